"""board.py - a Krait as a board at one end of a pair of pseudo terminals, krait remote at the other; and how the tests of this folder are run."""
# SPDX-License-Identifier: MIT
import atexit
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from line import Line
from pair import Pair

KRAIT = os.path.abspath(sys.argv[1])
WORK = tempfile.mkdtemp()
atexit.register(shutil.rmtree, WORK, True)


def folder(**files):
    path = tempfile.mkdtemp(dir=WORK)
    for name, text in files.items():
        with open(f"{path}/{name.replace('_py', '.py')}", "w") as f:
            f.write(text)
    return path


def is_equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


def wait_for(condition, timeout=5):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def remote(where, *words, options=(), seconds=60, **more):
    return subprocess.run([KRAIT, "remote", *options, "connect", where, *words], capture_output=True, text=True, timeout=seconds,
                          env={**os.environ, "HOME": WORK, "KRAIT_TOKEN": ""}, **more)


class Board:
    def __init__(self, flips=0, bits=0, **files):
        self.path = folder(**files)
        self.pair = Pair(flips, bits)
        self.process = subprocess.Popen([KRAIT, "--serial", self.pair.a, "--root", self.path], stdin=subprocess.DEVNULL)

    def __call__(self, *words, **more):
        return remote(self.pair.b, *words, **more)

    def good(self, *words):
        done = self(*words)
        is_equal((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def end(self):
        self.process.kill()
        self.process.wait()
        self.pair.close()


def run_tests(tests):
    """Run those named on the command line, or all; 1: some have failed. A test with an argument gets a line to a console."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    passed = failed = skipped = 0
    wanted = sys.argv[2:]
    for function in tests:
        name = function.__name__
        if wanted and name not in wanted:
            continue
        start, l = time.monotonic(), None
        try:
            if function.__code__.co_argcount:
                l = Line(KRAIT, folder())
                function(l)
            else:
                function()
            passed += 1
        except NotImplementedError as e:
            print(f"SKIP {name}: {e}")
            skipped += 1
        except Exception:
            failed += 1
            print(f"FAIL {name}")
            traceback.print_exc(file=sys.stdout)
        finally:
            if l:
                l.end()
        if wanted:
            print(f"{name}: {time.monotonic() - start:.1f} s")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed != 0
