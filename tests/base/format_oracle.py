#!/usr/bin/env python3
# format_oracle.py - what CPython's format() makes of random specifications: makes format_expected.h or checks more of them.
# SPDX-License-Identifier: MIT
"""Usage: format_oracle.py > format_expected.h, under CPython 3.13.
format_oracle.py TEST_PROGRAM [COUNT] compares COUNT random specifications with the output of `test_format_spec --pipe`."""

import random
import subprocess
import sys

STRING = "\u00e4b\U0001f600c"
INTEGERS = [0, 7, -7, 65, 0x20AC, 1000, 123456, -1234567, 2**40, -(2**62)]
FLOATS = [0.0, 0.5, -1.25, 1234567.875, -999.0, float("inf"), float("-inf"), float("nan")]


def random_spec(rng):
    """Mostly well-formed, sometimes with a piece too many or in the wrong place."""
    pieces = [
        rng.choice(["", "", "<", ">", "^", "=", "*<", "0>", "0=", "_^", "\u00e9^", "\U0001f600<", "x=", "=="]),
        rng.choice(["", "", "", "+", "-", " "]),
        rng.choice(["", "", "", "", "z"]),
        rng.choice(["", "", "", "#"]),
        rng.choice(["", "", "0"]),
        rng.choice(["", "", str(rng.randrange(30)), str(rng.randrange(30)), "\u0661\u0662", "00", "99999999999999999999999"]),
        rng.choice(["", "", "", ",", "_", ",_", "_,", ",,"]),
        rng.choice(["", "", "", ".", ".0", ".2", ".7", ".99999999999", ".\u0663", ".9223372036854775808"]),
        rng.choice(["", "", "b", "c", "d", "o", "x", "X", "n", "f", "F", "s", "q", "\u00e9", "\u20ac", "e", "%", "ff", "\x7f", " ", "\x01"]),
    ]
    if rng.randrange(12) == 0:
        rng.shuffle(pieces)
    return "".join(pieces)


def random_row(rng):
    """(kind, value, specification): kinds are s, i, f and c for complex."""
    kind = rng.choice("siifc")
    value = {"s": 0, "i": rng.randrange(len(INTEGERS)), "f": rng.randrange(len(FLOATS)), "c": 0}[kind]
    return kind, value, random_spec(rng)


def expected(kind, value, spec):
    """The text, or ! and the error's message."""
    thing = {"s": STRING, "c": 1.5j}.get(kind)
    if kind == "i":
        thing = INTEGERS[value]
    elif kind == "f":
        thing = FLOATS[value]
    try:
        text = format(thing, spec)
    except (ValueError, OverflowError) as error:
        return "!" + str(error)
    if len(text) > 1000:
        return "long"
    return text if testable(kind, spec) else "ok"


def testable(kind, spec):
    """Whether the test program can make the pieces itself: for floats and complex only type f."""
    last = spec[-1:]
    if kind == "i":
        return last not in "eEfFgG%" or not last
    return kind == "s" or (kind == "f" and last in ("f", "F"))


def quote(text):
    """A C literal; hexadecimal escapes end a piece so that a following digit is not taken as part of them."""
    out = ""
    for byte in text.encode("utf-8", "surrogatepass"):
        char = chr(byte)
        out += char if 32 <= byte < 127 and char not in '"\\' else f"\\{byte:03o}"
    return f'"{out}"'


def print_header():
    print("// format_expected.h - what CPython 3.13's format() makes of random specifications, made by format_oracle.py.")
    print("// SPDX-License-Identifier: MIT")
    rng = random.Random(42)
    rows = 0
    while rows < 500:
        kind, value, spec = random_row(rng)
        text = expected(kind, value, spec)
        if spec and text != "long" and len(text) < 120:
            print(f"{{ '{kind}', {value}, {quote(spec)}, {quote(text)} }},")
            rows += 1


def compare(program, count):
    rng = random.Random(7)
    rows = [row for row in (random_row(rng) for _ in range(count)) if row[2]]
    lines = "".join(f"{kind} {value} {spec.encode().hex()}\n" for kind, value, spec in rows)
    output = subprocess.run([program, "--pipe"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.split(b"\n")
    wrong = tested = 0
    for (kind, value, spec), have in zip(rows, output):
        want = expected(kind, value, spec)
        have = bytes.fromhex(have.decode()).decode()
        if "long" in (want, have):  # too long for the test program's buffers
            continue
        tested += 1
        if want != have:
            wrong += 1
            if wrong < 30:
                print(f"{kind} {value} {spec!r}: CPython {want!r}, Krait {have!r}")
    print(f"{tested} specifications, {wrong} differences")
    return wrong != 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(compare(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100000))
    print_header()
