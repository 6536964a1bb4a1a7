# The faulthandler module: where threads are, when asked, after a time, at a signal, and when the process dies.
import faulthandler
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def written(action):
    """What an action writes to a file, with numbers of threads and folders taken out."""
    with tempfile.TemporaryFile() as file:
        action(file)
        file.seek(0)
        text = file.read().decode()
    text = re.sub(r'"[^"]*/', '"', re.sub(r" 0x[0-9a-f]+", "", text))
    return "".join(line + "\n" for line in text.splitlines() if "threading" not in line)


def inner(file):
    faulthandler.dump_traceback(file, all_threads=False)


print(written(inner))
print(written(lambda file: faulthandler.dump_traceback(file.fileno(), False)))


def threads(file):
    started, end = threading.Event(), threading.Event()

    def other():
        started.set()
        end.wait()

    thread = threading.Thread(target=other)
    thread.start()
    started.wait()
    time.sleep(0.05)
    faulthandler.dump_traceback(file)
    end.set()
    thread.join()


text = written(threads)
print(text.count("Current thread"), text.count("Thread (most"), "in other" in text, "in threads" in text)


def deep(n, file):
    if n:
        deep(n - 1, file)
    else:
        faulthandler.dump_traceback(file, False)


print(written(lambda file: deep(150, file)).count("in deep"), written(lambda file: deep(150, file)).splitlines()[-1])


def later(file):
    faulthandler.dump_traceback_later(0.05, file=file)
    time.sleep(0.3)


text = written(later)
print(text.splitlines()[0], "in later" in text)


def cancelled(file):
    faulthandler.dump_traceback_later(0.1, file=file)
    faulthandler.cancel_dump_traceback_later()
    time.sleep(0.2)


print(repr(written(cancelled)))


def at_signal(file):
    heard = []
    signal.signal(signal.SIGUSR1, lambda *args: heard.append(1))
    faulthandler.register(signal.SIGUSR1, file, all_threads=False, chain=True)
    os.kill(os.getpid(), signal.SIGUSR1)
    time.sleep(0.01)
    print(heard, faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))


print("in at_signal" in written(at_signal))
print(faulthandler.is_enabled(), faulthandler.disable())
for action in (lambda: faulthandler.dump_traceback(-1), lambda: faulthandler.dump_traceback("x"), lambda: faulthandler.dump_traceback_later(0),
               lambda: faulthandler.register(signal.SIGSEGV)):
    try:
        action()
    except Exception as e:
        print(type(e).__name__)
with tempfile.TemporaryFile() as file:
    faulthandler.enable(file)
    print(faulthandler.is_enabled(), faulthandler.disable(), faulthandler.is_enabled())
PROGRAM = """
import faulthandler, os, signal
faulthandler.enable()
def f():
    os.kill(os.getpid(), signal.{})
f()
"""
# AddressSanitizer, where the interpreter is built with it, is not to catch them before us.
here = os.environ | {"ASAN_OPTIONS": "handle_segv=0:handle_sigfpe=0:handle_abort=0:handle_sigill=0:detect_leaks=0"}
for name in ("SIGSEGV", "SIGFPE", "SIGABRT", "SIGILL"):
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(name)], stderr=subprocess.PIPE, text=True, env=here)
    lines = re.sub(r" 0x[0-9a-f]+", "", done.stderr).splitlines()
    print(done.returncode, [line for line in lines if line.startswith(("Fatal", "Current", "  File"))])
