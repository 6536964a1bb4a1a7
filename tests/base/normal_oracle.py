#!/usr/bin/env python3
# normal_oracle.py - what CPython's unicodedata.normalize makes of all code points and of random text: makes normal_expected.h.
# SPDX-License-Identifier: MIT
"""Usage: normal_oracle.py > normal_expected.h, under CPython 3.13.
normal_oracle.py TEST_PROGRAM shows the texts on which `test_normal --pipe` differs."""

import random
import subprocess
import sys
import unicodedata

FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


def interesting():
    """Code points that decompose, compose or reorder."""
    found = []
    for cp in range(0x110000):
        char = chr(cp)
        if unicodedata.decomposition(char) or unicodedata.combining(char):
            found.append(cp)
    return found + [0x1100, 0x1112, 0x1161, 0x1175, 0x11A8, 0x11C2, 0x11A7, 0xAC00, 0xAC01, 0xD7A3, 0x41, 0x20, 0xD800, 0xDC00]


def random_texts(count):
    rng = random.Random(15)
    pool = interesting()
    marks = [cp for cp in pool if unicodedata.combining(chr(cp))]
    for _ in range(count):
        length = rng.choice([2, 3, 4, 8, 60])
        yield "".join(chr(rng.choice(marks if rng.randrange(3) == 0 else pool)) for _ in range(length))


def digest(texts, form):
    """FNV-1a over code points, 64 bits; a text ends with 0x110000."""
    state = 14695981039346656037
    for text in texts:
        for value in [*map(ord, unicodedata.normalize(form, text)), 0x110000]:
            state = ((state ^ value) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return state


def print_header():
    print("// normal_expected.h - digests of CPython 3.13's normal forms of each code point, and random texts with their forms.")
    print("// SPDX-License-Identifier: MIT")
    print("static const uint64_t expected_digest[4] = {")
    for form in FORMS:
        print(f"    UINT64_C({digest(map(chr, range(0x110000)), form):#018x}), // {form}")
    print("};")
    print("static const char *const expected_text[][5] = { // a text and its four forms")
    for text in random_texts(150):
        quoted = (
            '"' + "".join(f"\\{byte:03o}" for byte in string.encode("utf-8", "surrogatepass")) + '"'
            for string in [text[:9], *(unicodedata.normalize(form, text[:9]) for form in FORMS)]
        )
        print("    { " + ",\n      ".join(quoted) + " },")
    print("};")


def compare(program):
    texts = list(random_texts(60000))
    lines = "".join(text.encode("utf-8", "surrogatepass").hex() + "\n" for text in texts)
    output = subprocess.run([program, "--pipe"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    wrong = 0
    for text, line in zip(texts, output):
        for form, have in zip(FORMS, line.split()):
            want = unicodedata.normalize(form, text).encode("utf-8", "surrogatepass").hex()
            if want != have:
                wrong += 1
                if wrong < 20:
                    print(form, ascii(text), "CPython", want, "Krait", have)
    print(f"{len(texts)} texts, {wrong} differences")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(compare(sys.argv[1]) if len(sys.argv) > 1 else print_header())
