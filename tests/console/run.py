"""run.py - the console on pseudo terminals and over TCP, and krait remote at the other end of them.

usage: KRAIT tests/console/run.py KRAIT        The last line is the sum: N passed, N failed."""
# SPDX-License-Identifier: MIT
import os
import random
import socket
import ssl
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from board import KRAIT, WORK, Board, folder, is_equal, remote, run_tests, wait_for  # noqa: E402
from line import RAW, Line  # noqa: E402
from pair import Pair  # noqa: E402

CERTS = os.path.join(HERE, "../std/_certs")
tests = []


def test(function):
    tests.append(function)
    return function


# ---- The protocol, byte for byte -------------------------------------------------------------------------------------------------


@test
def documented_transcript(l):
    l.until(b">>> ")
    l.send(b"\x01\x05A\x01print(123)\x04")
    is_equal(l.until(b"\x04\x04>"), b"\r\nraw REPL; CTRL-B to exit\r\n>R\x01\x80\x00\x01\x04123\r\n\x04\x04>")


@test
def documented_transcript_in_steps(l):
    l.until(b">>> ")
    is_equal(l.ask(b"\x01", b">"), b"\r\nraw REPL; CTRL-B to exit\r\n>")
    is_equal(l.ask(b"\x05A\x01", b"\x80\x00\x01"), b"R\x01\x80\x00\x01")
    is_equal(l.ask(b"print(123)\x04", b"\x04\x04>"), b"\x04123\r\n\x04\x04>")
    is_equal(l.quiet(), b"")


@test
def raw_mode(l):
    l.until(b">>> ")
    l.raw()
    is_equal(l.ask(b"print(1)\x04", b"\x04>"), b"OK1\r\n\x04\x04>")
    is_equal(l.ask(b"1/0\x04", b"\x04>"), b'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n'
             b"ZeroDivisionError: division by zero\r\n\x04>")
    is_equal(l.ask(b"ab\x03print(2)\x04", b"\x04>"), b"OK2\r\n\x04\x04>")  # Ctrl-C forgets what was sent
    is_equal(l.ask(b"ab\x01", b">"), RAW)
    is_equal(l.ask(b"\x05B\x01", b">"), b"R\x00>")  # a mode that does not exist
    is_equal(l.ask(b"x = 5\r\nprint(x)\rprint(x)\n\x04", b"\x04>"), b"OK5\r\n5\r\n\x04\x04>")
    is_equal(l.ask(b"print('\xc3\xa9', '\xff')\x04", b"\x04>")[:3], b"OK\x04")  # no UTF-8: an error, and the prompt
    is_equal(l.ask("print('é')".encode() + b"\x04", b"\x04>"), b"OK\xc3\xa9\r\n\x04\x04>")
    is_equal(l.ask(b"\x04", b">"), b"OK\r\nKrait: soft reboot\r\n" + RAW)
    is_equal(l.run("print(x)")[1].splitlines()[-1], "NameError: name 'x' is not defined")
    is_equal(l.ask(b"import sys; sys.exit()\x04", RAW), b"OK\x04\x04Krait: soft reboot\r\n" + RAW)
    is_equal(l.ask(b"\x02", b">>> ")[:8], b"\r\nKrait ")


@test
def raw_paste(l):
    l.until(b">>> ")
    l.raw()
    source = b"x = '" + b"a" * 1000 + b"'\nprint(len(x))\n"
    l.ask(b"\x05A\x01", b"R\x01\x80\x00\x01")
    left, at = 256, 0
    while at < len(source):
        if not left:
            l.until(b"\x01")
            left = 128
        l.send(source[at:at + left])
        at, left = at + min(left, len(source) - at), 0
    while (data := l.some(0.1)):
        is_equal(data.strip(b"\x01"), b"")
    is_equal(l.ask(b"\x04", b"\x04>").lstrip(b"\x01"), b"\x041000\r\n\x04\x04>")
    l.ask(b"\x05A\x01", b"R\x01\x80\x00\x01")
    is_equal(l.ask(b"print(1\x03", b"\x04>"), b"\x04\x04KeyboardInterrupt\r\n\x04>")
    l.ask(b"\x05A\x01", b"R\x01\x80\x00\x01")
    is_equal(l.ask(b"def f(:\x04", b"\x04>")[:2], b"\x04\x04")


@test
def friendly_mode(l):
    first = l.until(b">>> ")
    is_equal(first.count(b"\r\n"), 2)
    is_equal(l.ask(b"1+1\r", b">>> "), b"1+1\r\n2\r\n>>> ")
    is_equal(l.ask(b"\r", b">>> "), b"\r\n>>> ")
    is_equal(l.ask(b"for i in range(2):\rprint(i)\r\r", b">>> "), b"for i in range(2):\r\n...     print(i)\r\n...     \r\n0\r\n1\r\n>>> ")
    is_equal(l.ask(b"abc\x03", b">>> "), b"abc\r\n>>> ")
    l.ask(b"12", b"12")
    is_equal(l.ask(b"\x7f", b"[K"), b"\x08\x1b[K")
    is_equal(l.ask(b"3\r", b">>> "), b"3\r\n13\r\n>>> ")
    is_equal(l.ask(b"1\x1b[D2\r", b">>> ")[-9:], b"\r\n21\r\n>>> "[-9:])
    is_equal(l.ask(b"\x1b[A\r", b">>> "), b"21\r\n21\r\n>>> ")  # the history
    l.ask(b"'xyz'\r", b"'xyz'\r\n>>> ")
    assert b"Error" not in l.ask(b"\x1b[A\x7f\x7fq\x12xyz\x17\x03", b"\r\n>>> ")  # a search that finds the entry that is edited
    is_equal(l.ask(b"imp\t", b"import "), b"import ")
    l.ask(b"\x03", b">>> ")
    is_equal(l.ask(b"\xff\xfe1\r", b">>> ")[-6:], b"\r\n>>> ")
    is_equal(l.ask(b"\x05", b"=== "), b"\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ")
    is_equal(l.ask(b"if 1:\r    y = 3\r\n\rprint(y)\x04", b">>> "), b"if 1:\r\n===     y = 3\r\n=== \r\n=== print(y)\r\n3\r\n>>> ")
    l.ask(b"\x05", b"=== ")
    is_equal(l.ask(b"z = 1\x03", b">>> "), b"z = 1\r\n>>> ")
    is_equal(l.ask(b"\x04", b">>> "), b"\r\nKrait: soft reboot\r\n" + first)
    assert b"NameError" in l.ask(b"y\r", b">>> ")
    is_equal(l.ask(b"\x02", b">>> "), b"\r\n" + first)
    assert l.ask(b"exit()\r", first).startswith(b"exit()\r\nKrait: soft reboot\r\n")


# ---- Programs --------------------------------------------------------------------------------------------------------------------


@test
def interrupt(l):
    l.until(b">>> ")
    l.raw()
    for source in ("while True: pass", "import time; time.sleep(100)", "input()", "import sys; sys.stdin.read(5)", "import select; select.select([0], [], [])",
                   "import threading; threading.Event().wait()", "import asyncio; asyncio.run(asyncio.sleep(100))"):
        l.send(source.encode() + b"\x04")
        l.until(b"OK")
        time.sleep(0.05)
        l.send(b"\x03")
        assert b"KeyboardInterrupt" in l.until(b"\x04>"), source
    is_equal(l.run("import micropython; micropython.kbd_intr(-1)"), ("", ""))
    is_equal(l.ask(b"import sys; print(sys.stdin.buffer.read(3))\x04a\x03b", b"\x04>"), b"OKb'a\\x03b'\r\n\x04\x04>")
    is_equal(l.run("micropython.kbd_intr(3)"), ("", ""))
    l.send(b"while True: pass\x04" + b"x" * 1_000_000)  # nobody reads that
    l.send(b"\x03")
    assert b"KeyboardInterrupt" in l.until(b"\x04>", 20)
    l.raw()
    is_equal(l.run("print(7)"), ("7\r\n", ""))


@test
def standard_input(l):
    l.until(b">>> ")
    l.raw()
    is_equal(l.ask(b"print([input('? ')])\x04", b"? "), b"OK? ")
    is_equal(l.ask(b"ab\x7fc\r", b"\x04>"), b"ab\x08 \x08c\r\n['ac']\r\n\x04\x04>")
    is_equal(l.ask(b"import sys; print([sys.stdin.readline(), sys.stdin.read(2), sys.stdin.readline()])\x04one\r\n\xc3\xa92x\ry", b"\x04>"),
             "OK['one\\n', 'é2', 'x\\n']\r\n\x04\x04>".encode())
    l.raw()
    is_equal(l.ask(b"import select, sys; p = select.poll(); p.register(sys.stdin, select.POLLIN); print(p.poll(0)); print(len(p.poll()), "
                   b"sys.stdin.buffer.read(1), p.poll(0), sys.stdin.buffer.readinto(bytearray(2)))\x04", b"[]\r\n"), b"OK[]\r\n")
    is_equal(l.ask(b"abc", b"\x04>"), b"1 b'a' [(0, 1)] 2\r\n\x04\x04>")
    is_equal(l.run("print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stdin.fileno())"), ("True True 0\r\n", ""))
    is_equal(l.ask(b"n = sys.stdout.buffer.write(b'a\\nb\\x00\\xff')\x04", b"\x04>"), b"OKa\nb\x00\xff\x04\x04>")
    is_equal(l.run("print('one\\ntwo', file=sys.stderr)"), ("one\r\ntwo\r\n", ""))


@test
def boot_and_main():
    path = folder(boot_py="print('boot'); b = 1", main_py="print('main', b, __file__)\n1/0\n")
    l = Line(KRAIT, path)
    try:
        start = l.until(b">>> ")
        is_equal(start[:47], b"boot\r\nmain 1 main.py\r\nTraceback (most recent cal"[:47])
        assert b'File "main.py", line 2' in start and b"ZeroDivisionError" in start
        is_equal(l.ask(b"b\r", b">>> "), b"b\r\n1\r\n>>> ")
        is_equal(l.ask(b"import os; os.listdir() == sorted(os.listdir()) or 1; os.getcwd()\r", b">>> ").split(b"\r\n")[-2], repr(path).encode())
        l.raw()
        is_equal(l.ask(b"\x04", RAW), b"OK\r\nKrait: soft reboot\r\nboot\r\n" + RAW)  # no main.py in raw mode
        with open(path + "/main.py", "w") as f:
            f.write("import time\nprint('on')\nwhile True: time.sleep(1)\n")
        l.ask(b"\x02", b">>> ")
        l.ask(b"\x04", b"on\r\n")
        assert b"KeyboardInterrupt" in l.ask(b"\x03", b">>> ")
        with open(path + "/boot.py", "w") as f:
            f.write("def f(:")
        assert b"SyntaxError" in l.ask(b"\x04", b"on\r\n")
        l.ask(b"\x03", b">>> ")
    finally:
        l.end()


@test
def threads_end_with_a_reset(l):
    l.until(b">>> ")
    l.raw()
    is_equal(l.run("import threading, time\nfor i in range(3): threading.Thread(target=time.sleep, args=(1000,)).start()"), ("", ""))
    is_equal(l.run("def busy():\n while True: pass\nthreading.Thread(target=busy).start()"), ("", ""))
    l.ask(b"\x04", RAW, 10)
    is_equal(l.run("import threading; print(threading.active_count())"), ("1\r\n", ""))


@test
def resets_of_machine(l):
    l.until(b">>> ")
    l.raw()
    is_equal(l.ask(b"import machine; machine.soft_reset()\x04", RAW), b"OK\x04\x04Krait: soft reboot\r\n" + RAW)
    l.ask(b"x = 5; import machine; machine.reset()\x04", b">>> ")  # another process, on the same wire
    l.raw()
    is_equal(l.run("import machine; print(machine.reset_cause() == machine.HARD_RESET, 'x' in dir())"), ("True False\r\n", ""))
    l.send(b"while True: pass\x04")
    l.until(b"OK")
    assert b"KeyboardInterrupt" in l.ask(b"\x03", b"\x04>")


@test
def nobody_listens():
    """A program that prints where nobody reads goes on."""
    path = folder(main_py="for i in range(20000): print('x' * 60)\nopen('done', 'w').close()\n")
    l = Line(KRAIT, path)
    try:
        wait_for(lambda: os.path.exists(path + "/done"), 20)
    finally:
        l.end()


@test
def a_line_that_ends():
    path = folder()
    l = Line(KRAIT, path)
    l.until(b">>> ")
    os.close(l.master)
    os.close(l._slave)
    l.process.wait(5)
    l.master, l._slave = os.pipe()
    l.end()


# ---- Over TCP --------------------------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, path, *options):
        self.path = path
        self.process = subprocess.Popen([KRAIT, "--listen", "0", "--root", path, "--token-file", path + "/token", *options],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.said = b""
        while b" port " not in self.said:
            line = self.process.stderr.readline()
            assert line, self.said
            self.said += line
        self.port = int(self.said.split(b" port ")[1].split()[0])
        with open(path + "/token") as f:
            self.token = f.read().strip()

    def client(self, token=None, context=None):
        s = socket.create_connection(("127.0.0.1", self.port), 10)
        if context:
            s = context.wrap_socket(s, server_hostname="localhost")
        got = until(s, b"oken: ", b"\r\n")
        if got.endswith(b"oken: "):
            s.sendall((self.token if token is None else token).encode() + b"\r\n")
            got = until(s, b"Connected\r\n")
        return s, got

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()


def until(s, *ends):
    got = b""
    while not any(end in got for end in ends):
        data = s.recv(4096)
        if not data:
            return got
        got += data
    return got


@test
def tcp():
    server = Server(folder(main_py="print('main')"))
    try:
        is_equal(os.stat(server.path + "/token").st_mode & 0o777, 0o600)
        assert len(server.token) >= 32
        s, got = server.client()
        assert got.endswith(b"Connected\r\n"), got
        s.sendall(b"\r\x03\x01")
        until(s, RAW)
        s.sendall(b"x = 5; print(x)\x04")
        is_equal(until(s, b"\x04>"), b"OK5\r\n\x04\x04>")
        other, got = server.client()
        is_equal(got, b"\r\nBusy: another client is connected\r\n")
        other.close()
        s.sendall(b"\x05A\x01print('half")  # and it goes in the middle of that
        s.close()
        time.sleep(0.1)
        s, got = server.client()
        s.sendall(b"\r\x03\x01")
        until(s, RAW)
        s.sendall(b"print(x)\x04")
        is_equal(until(s, b"\x04>"), b"OK5\r\n\x04\x04>")  # it has lived on
        s.sendall(b"import os; os._exit(1)\x04")
        assert b"main\r\n" in until(s, b">>> ")  # and is started again
        s.close()
    finally:
        server.end()


@test
def wrong_tokens():
    server = Server(folder())
    try:
        for i in range(5):
            s, got = server.client("0" * 32)
            is_equal(got, b"\r\nWrong token\r\n")
            s.close()
        s, got = server.client()  # even with the right one
        assert got.startswith(b"Krait console. Locked out for "), got
        s.close()
    finally:
        server.end()


@test
def tls():
    server = Server(folder(), "--cert", CERTS + "/server.pem", "--key", CERTS + "/server.pem")
    try:
        context = ssl.create_default_context(cafile=CERTS + "/authority.pem")
        s, got = server.client(context=context)
        assert got.endswith(b"Connected\r\n"), got
        s.sendall(b"\r\x03\x01")
        until(s, RAW)
        s.sendall(b"print(1)\x04")
        is_equal(until(s, b"\x04>"), b"OK1\r\n\x04\x04>")
        s.close()
        done = remote(f"tls:localhost:{server.port}", "eval", "6*7", options=["--ca", CERTS + "/authority.pem", "--token-file", server.path + "/token"])
        is_equal((done.stdout, done.returncode, done.stderr), ("42\n", 0, ""))
    finally:
        server.end()


@test
def refused():
    """Command lines that are wrong, or not safe."""
    path = folder(short="abc\n", open="0" * 32)
    os.chmod(path + "/short", 0o600)
    os.chmod(path + "/open", 0o644)
    for words, text in [(["--listen", "0.0.0.0:0"], "it takes TLS"), (["--listen", "[::]:0", "--no-token"], "it takes TLS"),
                        (["--listen", "0.0.0.0:0", "--no-token", "--cert", CERTS + "/server.pem", "--key", CERTS + "/server.pem"], "it takes a token"),
                        (["--listen", "x"], "is no [HOST:]PORT"), (["--listen", "0", "--token-file", path + "/short"], "at least 128 bits"),
                        (["--listen", "0", "--token-file", path + "/open"], "others may read"), (["--listen", "0", "--cert", "a"], "belong together"),
                        (["--serial", "/dev/null/x"], "Not a directory"), (["--serial", "-", "--listen", "0"], "one of"),
                        (["--serial", "-", "x.py"], "no other program"), (["--root", "/"], "belongs to"), (["--serial", "/dev/null"], "ioctl")]:
        done = subprocess.run([KRAIT, *words], capture_output=True, text=True, timeout=10, stdin=subprocess.DEVNULL)
        assert done.returncode in (1, 2) and text in done.stderr, (words, done)


# ---- krait remote ----------------------------------------------------------------------------------------------------------------


@test
def remote_programs():
    b = Board()
    here = folder(p_py="import sys\nprint('ran', __name__)\n", bad_py="def f():\n    1/0\nf()\n")
    try:
        is_equal(b.good("exec", "print(1+1)"), "2\n")
        is_equal(b.good("eval", "[1, 'é']"), "[1, 'é']\n")
        is_equal(b.good("run", here + "/p.py"), "ran __main__\n")
        done = b("run", here + "/bad.py")
        is_equal((done.returncode, done.stderr.splitlines()[-1]), (1, "ZeroDivisionError: division by zero"))
        is_equal(b.good("exec", "x = 5", "exec", "print(x)", "+", "soft-reset", "exec", "print('x' in dir())"), "5\nFalse\n")
        is_equal(b.good("exec", "import subprocess; print('a', flush=True); subprocess.run(['echo', 'b']); import os; os.system('echo c')"), "a\nb\nc\n")
        done = b("exec", "import sys; print('out'); sys.exit(3)")
        is_equal((done.stdout, done.stderr), ("out\n", ""))
        is_equal(b.good("exec", "y = 6"), "")
        is_equal(b.good("resume", "exec", "print(y)"), "6\n")
        is_equal(b("exec", "print(y)").returncode, 1)  # after the soft reset of this one
        assert b("repl", input="1+1\r").stdout.endswith("1+1\n2\n>>> ")
        is_equal(b("reset").returncode, 0)
        is_equal(b("nothing").stderr, "krait remote: there is no command 'nothing' (krait remote --help)\n")
        is_equal(b("cp").returncode, 1)
    finally:
        b.end()


@test
def remote_files():
    b = Board()
    here = folder(a="one\n")
    data = random.Random(1).randbytes(100_000)
    with open(here + "/big", "wb") as f:
        f.write(data)
    os.makedirs(here + "/tree/sub/empty")
    with open(here + "/tree/sub/x y'z", "w") as f:
        f.write("quoted")
    try:
        b.good("cp", here + "/a", here + "/big", ":")
        with open(b.path + "/big", "rb") as f:
            is_equal(f.read() == data, True)
        b.good("cp", ":big", here + "/back")
        with open(here + "/back", "rb") as f:
            is_equal(f.read() == data, True)
        is_equal(b.good("cat", ":a"), "one\n")
        is_equal(b.good("ls"), "         4 a\n    100000 big\n")
        import hashlib
        is_equal(b.good("sha256sum", ":big"), hashlib.sha256(data).hexdigest() + " big\n")
        b.good("cp", "-r", here + "/tree", ":")
        is_equal(b.good("tree", ":tree"), ":tree\n  sub/\n    empty/\n    x y'z\n")
        b.good("cp", "-r", ":tree", here + "/tree2")
        with open(here + "/tree2/sub/x y'z") as f:
            is_equal(f.read(), "quoted")
        is_equal(b.good("sync", here + "/tree", ":tree"), "")
        with open(here + "/tree/new", "w") as f:
            f.write("n")
        is_equal(b.good("sync", here + "/tree", ":tree"), "copied new\n")
        os.unlink(here + "/tree/new")
        is_equal(b.good("sync", "--delete", here + "/tree", ":tree"), "removed new\n")
        is_equal(b.good("mkdir", ":m", "+", "touch", ":m/t", "+", "ls", ":m", "+", "rm", "-r", ":m", ":tree", "+", "ls", "+", "ls"),
                 "         0 t\n" + "         4 a\n    100000 big\n" * 2)
        is_equal(b("rm", ":nothing").stderr, "krait remote: nothing: No such file or directory\n")
        is_equal(b("cp", ":nothing", here).stderr, "krait remote: nothing: No such file or directory\n")
        is_equal(b("cp", here + "/tree", ":").stderr, f"krait remote: {here}/tree is a folder (cp -r)\n")
        is_equal(sorted(os.listdir(b.path)), ["a", "big"])  # nothing of it is left behind
    finally:
        b.end()


@test
def remote_mount():
    b = Board()
    here = folder(mod_py="name = 'imported'", h="text\n")
    os.symlink("/etc", here + "/etc")
    source = ("import os, mod\nprint(mod.name, mod.__file__, open('h').read().strip(), sorted(os.listdir('/remote')))\n"
              "with open('out', 'wb') as f: f.write(bytes(range(256)) * 300)\n"
              "print(open('out', 'rb').read() == bytes(range(256)) * 300, os.stat('out').st_size)\n"
              "try: open('etc/passwd')\nexcept PermissionError as e: print(e.errno)\nos.remove('out'); os.mkdir('d'); os.rename('d', 'e'); os.rmdir('e')")
    try:
        is_equal(b.good("mount", here, "exec", source), "imported /remote/mod.py text ['etc', 'h', 'mod.py']\nTrue 76800\n13\n")
        is_equal(b.good("exec", "import os; print(os.listdir())"), "[]\n")
        is_equal([n for n in sorted(os.listdir(here)) if n != "__pycache__"], ["etc", "h", "mod.py"])
    finally:
        b.end()


@test
def remote_on_a_noisy_line():
    """One byte of 500 has a wrong bit. What is copied is right, or it is said that it could not be copied."""
    b = Board(flips=2)
    here = folder()
    data = random.Random(2).randbytes(3000)
    with open(here + "/a", "wb") as f:
        f.write(data)
    try:
        for words in (["cp", here + "/a", ":b"], ["cp", ":b", here + "/c"]):
            done = b("resume", *words)
            is_equal((done.returncode, done.stderr), (0, ""))
        with open(here + "/c", "rb") as f:
            is_equal(f.read() == data, True)
        assert b.pair.flipped > 0
    finally:
        b.end()


@test
def remote_says_what_is_wrong():
    pair = Pair()  # and nobody at its other end
    try:
        done = remote(pair.b, "exec", "1", options=["--timeout", "2"])
        is_equal(done.returncode, 1)
        assert done.stderr.startswith("krait remote: could not enter raw mode: the board has sent b''"), done.stderr
    finally:
        pair.close()
    is_equal(remote("/dev/nothing", "ls").stderr, "krait remote: /dev/nothing: No such file or directory\n")
    is_equal(remote("/dev/null", "ls").stderr, "krait remote: /dev/null: Inappropriate ioctl for device (it is no serial line)\n")
    is_equal(remote("tcp:x", "ls").stderr, "krait remote: tcp:x: expected tcp:HOST:PORT\n")
    is_equal(remote("tcp:localhost:99999", "ls").stderr, "krait remote: tcp:localhost:99999: expected tcp:HOST:PORT\n")
    for wrong in (["--baud", "x"], ["--baud", "0"], ["--timeout", "nan"], ["--timeout", "-1"]):
        is_equal(remote("/dev/null", "ls", options=wrong).stderr, f"krait remote: {wrong[0]}: expected a number above 0, not {wrong[1]!r}\n")
    s = socket.create_server(("127.0.0.1", 0))
    port = s.getsockname()[1]
    s.close()
    is_equal(remote(f"tcp:127.0.0.1:{port}", "ls").stderr, f"krait remote: 127.0.0.1 port {port}: Connection refused\n")


@test
def full_disk():
    """The board's file system is full: it is said, and no part of the file is left."""
    b = Board()
    here = folder()
    with open(here + "/a", "wb") as f:
        f.write(bytes(600_000))
    small = b.path + "/small"
    os.mkdir(small)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", small], capture_output=True).returncode:
        b.end()
        raise NotImplementedError("no right to mount a small file system")
    try:
        with open(small + "/a", "w") as f:
            f.write("old")
        done = b("cp", here + "/a", ":small/a")
        is_equal((done.returncode, done.stderr), (1, "krait remote: small/a: No space left on device\n"))
        is_equal(os.listdir(small), ["a"])
        with open(small + "/a") as f:
            is_equal(f.read(), "old")
        done = b("cp", here + "/a", ":a", "+", "exec", "print('on')")
        is_equal(done.returncode, 0)
    finally:
        subprocess.run(["umount", small])
        b.end()


@test
def remote_over_tcp():
    server = Server(folder())
    here = folder(a="x" * 20000)
    where = f"tcp:127.0.0.1:{server.port}"
    try:
        done = remote(where, "cp", here + "/a", ":b", "+", "ls", options=["--token-file", server.path + "/token"])
        is_equal((done.stdout.splitlines()[0], done.returncode), ("     20000 b", 0))
        done = remote(where, "ls")
        assert "asks for a token" in done.stderr, done
        done = subprocess.run([KRAIT, "remote", "connect", where, "ls"], capture_output=True, text=True, timeout=20,
                              env={**os.environ, "KRAIT_TOKEN": "wrong-wrong-wrong-wrong"})
        assert done.stderr.endswith("Wrong token\n"), done
    finally:
        server.end()


# ---- Silence and floods ----------------------------------------------------------------------------------------------------------


def half_a_window():
    """Starts one; gives what looks at it later, when the console has given it up."""
    l = Line(KRAIT, folder())
    l.until(b">>> ")
    l.raw()
    l.ask(b"\x05A\x01print('never')", b"R\x01\x80\x00\x01")

    def look():
        try:
            is_equal(l.until(b"\x04", 15), b"\x04")
            is_equal(l.ask(b" and this is no program\x04", b"\x04>"), b"\x04TimeoutError: the program has not come to its end\r\n\x04>")
            is_equal(l.run("print(1)"), ("1\r\n", ""))
        finally:
            l.end()

    return look


def flood(size):
    """Noise of all kinds, and then it answers."""
    l = Line(KRAIT, folder())
    try:
        l.until(b">>> ")
        draw = random.Random(3)
        block = bytes(b for b in draw.randbytes(65536) if b not in b"\x04")
        sent = 0
        import select
        while sent < size:
            ready = select.select([l.master], [l.master], [])
            if ready[0]:
                os.read(l.master, 65536)
            if ready[1]:
                sent += os.write(l.master, block[:4096])
                block = block[4096:] or draw.randbytes(65536).replace(b"\x04", b"")
        l.quiet(0.3)
        l.raw()
        is_equal(l.run("print(1)"), ("1\r\n", ""))
    finally:
        l.end()


@test
def noise_of_a_megabyte():
    flood(1 << 20)


sys.exit(run_tests(tests + ([] if sys.argv[2:] else [half_a_window()])))
