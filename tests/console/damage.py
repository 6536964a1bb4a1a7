"""damage.py - krait remote where something goes wrong: bits that flip, a board that vanishes, a client that is killed, a full disk.

usage: KRAIT tests/console/damage.py KRAIT        The last line is the sum: N passed, N failed."""
# SPDX-License-Identifier: MIT
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from board import Board, folder, is_equal, run_tests  # noqa: E402

tests = []


def test(function):
    tests.append(function)
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


@test
def programs_with_a_byte_of_a_hundred_damaged():
    b = Board(flips=10)
    try:
        print("programs that got through:", tell_the_truth(b, 3, 90), "of 12")
    finally:
        b.end()


@test
def programs_with_a_bit_of_a_hundred_wrong():
    b = Board(bits=10)
    try:
        print("programs that got through:", tell_the_truth(b, 1, 150), "of 4")
    finally:
        b.end()


@test
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


@test
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


sys.exit(run_tests(tests))
