"""damage.py - krait remote where something goes wrong: bits that flip, a board that vanishes, a client that is killed, a full disk.

usage: KRAIT tests/console/damage.py KRAIT [--noise | name ...]      --noise: those with a line on which little or nothing gets through, which take minutes.
The last line is the sum: N passed, N failed."""
# SPDX-License-Identifier: MIT
import os
import random
import select
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from board import KRAIT, WORK, Board, folder, is_equal, run_tests, wait_for  # noqa: E402

tests, noise = [], []


def test(function):
    tests.append(function)
    return function


def noisy(function):
    noise.append(function)
    return function


# ---- Bits that flip ----------------------------------------------------------------------------------------------------------------


def tell_the_truth(b, rounds, most):
    """Programs over a bad line: what is reported as done is right, the rest is an error in words, and each takes at most so many seconds. How many got through."""
    here = folder(p_py="print('ran', sum(range(10)))\n", mod_py="name = 'imported'\n", data="0123456789" * 50)
    through = 0
    for words, wanted in ((["exec", "print('x' * 40)"], "x" * 40 + "\n"), (["eval", "6*7"], "42\n"), (["run", here + "/p.py"], "ran 45\n"),
                          (["mount", here, "exec", "import mod; print(mod.name, len(open('data').read()))"], "imported 500\n"),
                          (["exec", "1/0"], None)) * rounds:
        start = time.monotonic()
        done = b("resume", *words)
        took = time.monotonic() - start
        assert took < most, (words, took, done)
        if done.returncode == 0:
            is_equal(done.stdout, wanted)
            through += 1
        else:
            assert done.stderr.strip(), (words, done)
    return through


@noisy
def programs_with_a_byte_of_a_hundred_damaged():
    b = Board(flips=10)
    try:
        print("programs that got through:", tell_the_truth(b, 3, 90), "of 12")
    finally:
        b.end()


@noisy
def programs_with_a_bit_of_a_hundred_wrong():
    b = Board(bits=10)
    try:
        print("programs that got through:", tell_the_truth(b, 1, 150), "of 4")
    finally:
        b.end()


@noisy
def files_with_a_byte_of_a_hundred_damaged():
    """They get through, and are what they were."""
    b = Board(flips=10)
    here = folder()
    data = random.Random(4).randbytes(800)
    with open(here + "/a", "wb") as f:
        f.write(data)
    try:
        for words in (["cp", here + "/a", ":b"], ["cp", ":b", here + "/c"]):
            done = b("resume", *words, seconds=300)
            is_equal((done.returncode, done.stderr), (0, ""))
        with open(here + "/c", "rb") as f:
            is_equal(f.read() == data, True)
    finally:
        b.end()


@noisy
def files_with_a_bit_of_a_hundred_wrong():
    """They do not get through, and that is said within two minutes; the board has no piece of them."""
    b = Board(bits=10)
    here = folder(a="x" * 300)
    start = time.monotonic()
    try:
        done = b("resume", "cp", here + "/a", ":b", seconds=300)
        assert time.monotonic() - start < 150, time.monotonic() - start
        if done.returncode == 0:
            with open(b.path + "/b") as f:
                is_equal(f.read(), "x" * 300)
        else:
            assert "noisy" in done.stderr or "raw mode" in done.stderr, done
            is_equal([name for name in os.listdir(b.path) if name == "b"], [])
    finally:
        b.end()


# ---- Ends that go --------------------------------------------------------------------------------------------------------------------


class Client:
    """krait remote that runs while something happens."""

    def __init__(self, where, *words):
        self.process = subprocess.Popen([KRAIT, "remote", "--timeout", "1", "connect", where, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**os.environ, "HOME": WORK})
        self.said = b""

    def until(self, text, timeout=10):
        end = time.monotonic() + timeout
        while text not in self.said:
            assert select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0], (text, self.said)
            data = os.read(self.process.stdout.fileno(), 4096)
            assert data, (text, self.said, self.process.stderr.read())
            self.said += data

    def end(self, timeout=15):
        """Exit code and standard error."""
        _, error = self.process.communicate(timeout=timeout)
        return self.process.returncode, error.decode()

    def kill(self):
        self.process.kill()
        self.process.communicate()


LONG = "import time\nprint('begun', flush=True)\nwhile True: time.sleep(1)"


@test
def a_board_that_dies():
    """Its process is killed, and the line stays: nobody answers any more."""
    for words in (["exec", LONG], ["mount", folder(h="text"), "exec", LONG.replace("sleep(1)", "sleep(0.1); open('h').read()")]):
        b = Board()
        try:
            client = Client(b.pair.b, *words)
            client.until(b"begun")
            b.process.kill()
            status, error = client.end()
            assert status == 1 and "does not answer: it is gone" in error, (status, error)
        finally:
            b.end()
    b = Board()
    here = folder()
    with open(here + "/big", "wb") as f:
        f.write(bytes(3_000_000))
    try:
        status, error = Client(b.pair.b, "exec", "import machine; machine.reset()").end()  # begins again at the prompt, and the program has no end
        assert status == 1 and "was reset" in error, (status, error)
        client = Client(b.pair.b, "cp", here + "/big", ":")
        wait_for(lambda: os.path.exists(b.path + "/big.part"))
        os.kill(b.process.pid, signal.SIGSTOP)
        b.process.kill()
        status, error = client.end(100)
        assert status == 1 and ("raw mode" in error or "does not answer" in error), (status, error)
        is_equal(os.path.exists(b.path + "/big"), False)
    finally:
        b.end()


@test
def a_line_that_vanishes():
    for words in (["exec", LONG], ["watch", folder(p_py=LONG) + "/p.py"], ["mount", folder(), "exec", LONG]):
        b = Board()
        client = Client(b.pair.b, *words)
        client.until(b"begun")
        b.end()
        status, error = client.end()
        assert status == 1 and "the connection is lost" in error or "the connection is closed" in error, (status, error)


@test
def a_client_that_is_killed():
    """In the middle of a copy, of a program, of a question to its mount: the next one finds a board that works."""
    b = Board()
    here = folder(h="text", old="old")
    with open(here + "/big", "wb") as f:
        f.write(bytes(3_000_000))
    try:
        b.good("cp", here + "/old", ":big")
        client = Client(b.pair.b, "cp", here + "/big", ":big")
        wait_for(lambda: os.path.exists(b.path + "/big.part"))
        client.kill()
        is_equal(b.good("cat", ":big"), "old")
        b.good("cp", here + "/old", ":big")
        is_equal(os.listdir(b.path), ["big"])
        for words in (["exec", LONG], ["mount", here, "exec", LONG.replace("sleep(1)", "sleep(0.01); open('h').read()")]):
            client = Client(b.pair.b, *words)
            client.until(b"begun")
            client.kill()
            is_equal(b.good("eval", "6*7"), "42\n")
            is_equal(b.good("ls"), "         3 big\n")
    finally:
        b.end()


@test
def a_mount_that_was_left():
    """With resume, the board still believes that there is a folder: that is an error, and the next mount takes its place."""
    b = Board()
    here = folder(h="text")
    try:
        client = Client(b.pair.b, "mount", here, "exec", LONG)
        client.until(b"begun")
        client.kill()
        is_equal(b.good("resume", "mount", here, "exec", "import os; print(os.listdir(), open('h').read())"), "['h'] text\n")
        is_equal(b.good("resume", "exec", "import os; print(os.listdir(), os.getcwd() != '/remote')"), "[] True\n")
    finally:
        b.end()


# ---- watch, sync, mount ----------------------------------------------------------------------------------------------------------------


@test
def watch():
    b = Board()
    here = folder(p_py="print('one')\n")
    path = here + "/p.py"

    def write(text):
        with open(path + "~", "w") as f:
            f.write(text)
        os.rename(path + "~", path)

    try:
        client = Client(b.pair.b, "watch", path)
        client.until(b"one\n-- ended --\n")
        write("print('two')\n1/0\n")
        client.until(b"ZeroDivisionError: division by zero\n-- ended --\n")
        write("def f(:\n")
        client.until(b"SyntaxError")
        os.unlink(path)  # an editor is at work
        time.sleep(0.5)
        write(LONG.replace("begun", "three"))
        client.until(b"three")
        write(LONG.replace("begun", "four"))  # while that runs
        client.until(b"four")
        client.process.send_signal(signal.SIGINT)
        is_equal(client.end(), (0, ""))
        is_equal(b.good("eval", "6*7"), "42\n")
        is_equal(b("watch", here + "/nothing.py").returncode, 1)
    finally:
        b.end()


@test
def sync():
    b = Board()
    here = folder(same="same", changed="12345")
    os.makedirs(here + "/deep/er")
    for i in range(3):
        with open(f"{here}/deep/er/{i}", "w") as f:
            f.write("x" * i)
    try:
        is_equal(sorted(b.good("sync", here, ":app").split()), sorted("copied changed copied same copied deep/er/0 copied deep/er/1 copied deep/er/2".split()))
        with open(here + "/changed", "w") as f:
            f.write("54321")
        os.unlink(here + "/deep/er/0")
        is_equal(b.good("sync", here, ":app"), "copied changed\n")
        is_equal(b.good("sync", "--delete", here, ":app"), "removed deep/er/0\n")
        os.unlink(here + "/same")
        os.mkdir(here + "/same")  # a folder where the board has a file
        done = b("sync", here, ":app")
        assert done.returncode == 1 and "same: File exists" in done.stderr, done
        b.good("sync", "--delete", here, ":app", "+", "tree", ":app")
        is_equal(b("sync", here + "/nothing", ":app").stderr, f"krait remote: {here}/nothing is no folder\n")
        is_equal(b("sync", here, "app").stderr, "krait remote: sync: expected DIR :DIR\n")
        with open(b.path + "/app/changed") as f:
            is_equal(f.read(), "54321")
    finally:
        b.end()


def small_disk(path):
    """A file system of 200 KB there, until umount. NotImplementedError: there is no right to."""
    os.mkdir(path)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", path], capture_output=True).returncode:
        raise NotImplementedError("no right to mount a small file system")


@test
def full_disks():
    """The board's in the middle of a sync, and this machine's below a mount."""
    b = Board()
    here = folder(a="small")
    with open(here + "/b", "wb") as f:
        f.write(bytes(600_000))
    try:
        small_disk(b.path + "/small")
        small_disk(here + "/small")
        done = b("sync", here, ":small/app")
        is_equal((done.returncode, done.stdout, done.stderr), (1, "copied a\n", "krait remote: small/app/b: No space left on device\n"))
        is_equal(sorted(os.listdir(b.path + "/small/app")), ["a", "small"])
        is_equal(b.good("mount", here + "/small", "exec", "try:\n open('big', 'wb').write(bytes(600_000))\nexcept OSError as e: print(e.errno)\nprint('on')"), "28\non\n")
        is_equal(b.good("eval", "6*7"), "42\n")
    finally:
        for path in (b.path, here):
            subprocess.run(["umount", path + "/small"], capture_output=True)
        b.end()


names = sys.argv[2:]
if names == ["--noise"]:
    del sys.argv[2:]
    tests = noise
sys.exit(run_tests(tests + noise if names and tests is not noise else tests))
