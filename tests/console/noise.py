"""noise.py - noise on the console's wire: pieces of its protocol, programs, text and bytes of any kind, cut anywhere. After each round the console has to
answer as ever.

usage: PYTHON tests/console/noise.py KRAIT SECONDS SEED      KRAIT: a sanitizer build; SECONDS of its processor time"""
# SPDX-License-Identifier: MIT
import os
import random
import select
import socket
import subprocess
import sys
import tempfile
import time

RAW = b"raw REPL; CTRL-B to exit\r\n>"
PIECES = [b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x05A\x01", b"\x05B\x01", b"\x05A", b"\r", b"\n", b"\r\n", b"\x1b[A", b"\x1b[D", b"\x1b",
          b"\x1b[200~", b"\x1b[201~", b"\x7f", b"\t", b"\x00", b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98\x80", b"\x1c", b"\x12", b"\x15",
          b"print(1)", b"x = 5", b"1/0", b"def f(:", b"for i in range(3):", b"    print(i)", b"'" + b"a" * 300 + b"'", b"a" * 200, b" " * 150,
          b"input('? ')", b"import sys; sys.stdin.read(3)", b"import sys; sys.stdin.readline()", b"import sys; sys.stdin.buffer.read(4)",
          b"while True: pass", b"import time; time.sleep(0.2)", b"raise SystemExit", b"exit()", b"import sys; sys.stdout = None",
          b"import sys; sys.stderr = 5", b"import sys; del sys.stdin", b"import sys; sys.ps1 = 7", b"import sys; sys.excepthook = None",
          b"print('\\x04>')", b"import builtins; del builtins.input", b"del print", b"import sys; sys.modules.clear()", b"b'''", b'"""',
          b"import sys; sys.stdout.buffer.write(bytes(300))", b"raise KeyboardInterrupt", b"class E(Exception):\n def __str__(s): 1/0\nraise E",
          b"import sys; sys.displayhook = 3", b"_", b"print('x' * 5000)", b"import threading; threading.Thread(target=print, args=(1,)).start()"]


class Child:
    def __init__(self, krait, folder):
        self.wire, theirs = socket.socketpair()
        self.wire.setblocking(False)
        environment = {**os.environ, "ASAN_OPTIONS": f"detect_leaks=0:detect_stack_use_after_return=0:log_path={folder}/asan"}
        self.process = subprocess.Popen([krait, "--serial", "-", "--root", folder], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
                                        env=environment, start_new_session=True)
        theirs.close()

    def take(self, timeout):
        if not select.select([self.wire], [], [], timeout)[0]:
            return b""
        data = self.wire.recv(65536)
        if not data:
            raise EOFError
        return data

    def put(self, data):
        got = b""
        while data:
            try:
                data = data[self.wire.send(data):]
            except BlockingIOError:
                got += self.take(0.05)
        return got

    def seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(child, end, timeout):
    got, stop = b"", time.monotonic() + timeout
    while end not in got:
        if time.monotonic() > stop:
            return None, got
        got += child.take(max(0, stop - time.monotonic()))
    return got, got


def answers(child):
    """Does it answer as ever?"""
    for _ in range(30):
        child.put(b"\r\x03\x03")
        time.sleep(0.01)
        child.put(b"\r\x03\x01")
        if until(child, RAW, 1)[0] is None:
            continue
        while child.take(0.02):
            pass
        child.put(b"\x03\x04")
        if until(child, RAW, 20)[0] is None:
            continue
        child.put(b"print(6*7)\x04")
        if until(child, b"OK42\r\n\x04\x04>", 20)[0] is not None:
            return True
    return False


def is_ours(seen):
    """Is there a traceback of the console's own? Those of programs may end in its streams, or in what Ctrl-C has hit."""
    for block in seen.split(b"Traceback (most recent call last):")[1:]:
        frames = [line for line in block.splitlines() if line.startswith(b'  File "')]
        own = [f for f in frames if b'"<frozen _console' in f or b'"<frozen _prompt' in f]
        if own and b"_console.stream" not in own[0] and b"KeyboardInterrupt" not in block:
            return True
    return False


def noise(draw):
    out = []
    for _ in range(draw.choice([10, 100, 1000])):
        kind = draw.randrange(20)
        if kind == 0:
            out.append(draw.randbytes(draw.randrange(1, 400)))
        elif kind == 1:
            out.append(b"\x01\x05A\x01" + draw.choice(PIECES)[:draw.randrange(200)] + draw.choice([b"\x04", b"", b"\x03"]))
        elif kind == 2:
            out.append(draw.choice(PIECES) + b"\x04")
        else:
            out.append(draw.choice(PIECES))
    return b"".join(out)


def main():
    krait, seconds, seed = os.path.abspath(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    used, rounds, lives = 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        child = None
        while used < seconds:
            draw = random.Random(seed * 1_000_003 + rounds)
            data = noise(draw)
            child = child or Child(krait, folder)
            try:
                seen = child.put(data)
                wait = draw.choice([0, 0, 0.01, 0.1])
                while more := child.take(wait):
                    seen += more
                ok = answers(child)
                now = child.seconds()
            except (EOFError, OSError, ProcessLookupError) as e:
                print(f"round {rounds}: the process has ended ({e!r}), status {child.process.wait()}")
                ok = False
            if not ok or is_ours(seen):
                print(f"FAIL round {rounds} of seed {seed}: {data!r}\nit said {seen[-3000:]!r}")
                for name in os.listdir(folder):
                    with open(f"{folder}/{name}", errors="replace") as f:
                        print(name, f.read(6000))
                child.process.kill()
                print("0 passed, 1 failed")
                return 1
            rounds += 1
            if draw.randrange(20) == 0 or used + now >= seconds:
                used += now
                lives += 1
                child.process.kill()
                child.process.wait()
                child.wire.close()
                child = None
    print(f"{rounds} rounds in {lives} processes, {used:.0f} s of processor time\n1 passed, 0 failed")
    return 0


sys.exit(main())
