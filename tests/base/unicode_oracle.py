#!/usr/bin/env python3
# unicode_oracle.py - what CPython says of every code point: makes or checks unicode_expected.h.
# SPDX-License-Identifier: MIT
"""Usage: unicode_oracle.py > unicode_expected.h, under CPython 3.13.
unicode_oracle.py TEST_PROGRAM compares each code point with the output of `test_unicode --dump` and shows differences."""

import subprocess
import sys
import unicodedata

CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()

# The order is that of test_unicode.c.
COLUMNS = [
    ("category", lambda s: [CATEGORIES.index(unicodedata.category(s))]),
    ("upper", lambda s: [s.isupper()]),
    ("lower", lambda s: [s.islower()]),
    ("title", lambda s: [s.istitle()]),
    ("alpha", lambda s: [s.isalpha()]),
    ("alnum", lambda s: [s.isalnum()]),
    ("decimal", lambda s: [s.isdecimal()]),
    ("digit", lambda s: [s.isdigit()]),
    ("numeric", lambda s: [s.isnumeric()]),
    ("printable", lambda s: [s.isprintable()]),
    ("space", lambda s: [s.isspace()]),
    ("line_break", lambda s: [len(("a" + s + "a").splitlines()) > 1]),
    ("identifier_start", lambda s: [s.isidentifier()]),
    ("identifier_part", lambda s: [("a" + s).isidentifier()]),
    # Seen through the final sigma: a sigma before s and a letter is final when s is neither cased nor ignorable; and one
    # after s is final when s is cased.
    ("cased_or_ignorable", lambda s: [("a\u03a3" + s + "a").lower()[1] == "\u03c3"]),
    ("cased", lambda s: [(s + "\u03a3").lower()[-1] == "\u03c2"]),
    ("decimal_value", lambda s: [unicodedata.decimal(s, -1)]),
    ("digit_value", lambda s: [unicodedata.digit(s, -1)]),
    ("to_upper", lambda s: list(map(ord, s.upper()))),
    ("to_lower", lambda s: list(map(ord, s.lower()))),
    ("to_title", lambda s: list(map(ord, s.title()))),
    ("to_fold", lambda s: list(map(ord, s.casefold()))),
]


def digest(rows):
    """FNV-1a over values, 64 bits, each value taken as one unit of 32 bits."""
    state = 14695981039346656037
    for row in rows:
        for value in row:
            state = ((state ^ (value & 0xFFFFFFFF)) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return state


def print_header():
    print("// unicode_expected.h - digests of CPython 3.13's answers over all code points, made by unicode_oracle.py.")
    print("// SPDX-License-Identifier: MIT")
    for name, ask in COLUMNS:
        print(f'{{ "{name}", UINT64_C({digest(ask(chr(cp)) for cp in range(0x110000)):#018x}) }},')


def compare(program):
    output = subprocess.run([program, "--dump"], stdout=subprocess.PIPE, text=True, check=True).stdout
    wrong = 0
    for cp, line in enumerate(output.splitlines()):
        ours = [list(map(int, field.split(","))) for field in line.split()]
        for (name, ask), have in zip(COLUMNS, ours):
            want = list(map(int, ask(chr(cp))))
            if want != have:
                wrong += 1
                if wrong <= 50:
                    print(f"U+{cp:04X} {name}: CPython {want}, Krait {have}")
    print(f"{wrong} differences")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(compare(sys.argv[1]) if len(sys.argv) > 1 else print_header())
