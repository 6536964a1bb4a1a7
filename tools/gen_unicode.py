#!/usr/bin/env python3
# gen_unicode.py - makes src/base/unicode_table.c and unicode_table_small.c from the Unicode Character Database.
# SPDX-License-Identifier: MIT
"""Usage: tools/gen_unicode.py [--ucd /usr/share/unicode] [--out src/base]

Reads the files of Debian's package `unicode-data`. Debian 12 has Unicode 15.0 and CPython 3.13 has 15.1, so `patch_15_1`
adds what 15.1 changed; with newer files it changes nothing. The output is committed: building Krait needs no Python.
`tests/base/unicode_oracle.py` compares the result with CPython, code point by code point.
"""

import argparse
import pathlib

COUNT = 0x110000

# The order is that of KrCategory in unicode.h.
CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()

# Bits of KrUnicodeProperty.flags, in the order of unicode_table.h.
FLAGS = [
    "UPPER", "LOWER", "TITLE", "ALPHA", "DECIMAL", "DIGIT", "NUMERIC", "PRINTABLE", "XID_START", "XID_CONTINUE",
    "CASED", "CASE_IGNORABLE",
]  # fmt: skip

UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
ALPHABETIC = {"Lu", "Ll", "Lt", "Lm", "Lo"}

LEAF_BITS, MIDDLE_BITS = 4, 5  # of the property table; these and the next gave the smallest tables of all pairs up to 7
CASE_LEAF_BITS, CASE_MIDDLE_BITS = 4, 6
KINDS = ("upper", "lower", "title", "fold")
SEQUENCE = 0x200000  # KR_CASE_SEQUENCE


def read_fields(path):
    """Yields (first, last, other fields) for each line of a UCD file."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if not line:
                continue
            codes, *fields = [field.strip() for field in line.split(";")]
            first, _, last = codes.partition("..")
            yield int(first, 16), int(last or first, 16), fields


class Database:
    """What the tables are made of, one entry or set member per code point."""

    def __init__(self, ucd):
        self.category = ["Cn"] * COUNT
        self.property = {}  # name -> set of code points
        self.numeric = {}  # code point -> "Decimal", "Digit" or "Numeric"
        self.value = {}  # code point -> 0..9, for Decimal and Digit
        self.mapping = {kind: {} for kind in KINDS}  # code point -> tuple of code points
        for first, last, fields in read_fields(ucd / "extracted/DerivedGeneralCategory.txt"):
            self.category[first : last + 1] = [fields[0]] * (last + 1 - first)
        for first, last, fields in read_fields(ucd / "DerivedCoreProperties.txt"):
            self.property.setdefault(fields[0], set()).update(range(first, last + 1))
        for first, last, fields in read_fields(ucd / "extracted/DerivedNumericType.txt"):
            self.numeric.update(dict.fromkeys(range(first, last + 1), fields[0]))
        for first, last, fields in read_fields(ucd / "extracted/DerivedNumericValues.txt"):
            for cp in range(first, last + 1):
                if self.numeric.get(cp) in ("Decimal", "Digit"):
                    self.value[cp] = int(float(fields[0]))
        self.read_case(ucd)
        self.patch_15_1()

    def read_case(self, ucd):
        for cp, _, fields in read_fields(ucd / "UnicodeData.txt"):
            upper, lower, title = fields[11], fields[12], fields[13]
            for kind, text in (("upper", upper), ("lower", lower), ("title", title or upper)):
                if text:
                    self.mapping[kind][cp] = (int(text, 16),)
        for cp, _, fields in read_fields(ucd / "SpecialCasing.txt"):
            if len(fields) > 4 and fields[3]:
                continue  # conditional: locales, and the final sigma, which is code
            for kind, text in zip(("lower", "title", "upper"), fields):
                self.mapping[kind][cp] = tuple(int(code, 16) for code in text.split())
        self.mapping["fold"] = {}
        for cp, _, fields in read_fields(ucd / "CaseFolding.txt"):
            if fields[0] in "CF":
                self.mapping["fold"][cp] = tuple(int(code, 16) for code in fields[1].split())

    def patch_15_1(self):
        """What Unicode 15.1.0 changed (its announcement and UAX 31, 38, 44): 627 new characters, 4 more of XID_Continue."""
        ideographs = range(0x2EBF0, 0x2EE5E)  # CJK Unified Ideographs Extension I
        for cp in ideographs:
            self.category[cp] = "Lo"
        self.property["XID_Start"].update(ideographs)
        self.property["XID_Continue"].update(ideographs)
        for cp in (0x2FFC, 0x2FFD, 0x2FFE, 0x2FFF, 0x31EF):  # ideographic description characters
            self.category[cp] = "So"
        self.property["XID_Continue"].update((0x200C, 0x200D, 0x30FB, 0xFF65))
        for cp in (0x4E24, 0x4EAC, 0x4FE9, 0x5006, 0x62D0, 0x6D1E, 0x7695, 0x79ED, 0x920E, 0x94A9):
            self.numeric.setdefault(cp, "Numeric")  # ideographs that got a numeric value

    def record(self, cp):
        """(category, digit value or -1, flags)."""
        category = self.category[cp]
        numeric = self.numeric.get(cp)
        has = {name: cp in self.property[name] for name in ("Uppercase", "Lowercase", "Cased", "Case_Ignorable")}
        flags = {
            "UPPER": has["Uppercase"],
            "LOWER": has["Lowercase"],
            "TITLE": has["Uppercase"] or category == "Lt",
            "ALPHA": category in ALPHABETIC,
            "DECIMAL": numeric == "Decimal",
            "DIGIT": numeric in ("Decimal", "Digit"),
            "NUMERIC": numeric is not None,
            "PRINTABLE": category not in UNPRINTABLE or cp == 0x20,
            "XID_START": cp in self.property["XID_Start"],
            "XID_CONTINUE": cp in self.property["XID_Continue"],
            "CASED": has["Cased"],
            "CASE_IGNORABLE": has["Case_Ignorable"],
        }
        return CATEGORIES.index(category), self.value.get(cp, -1), sum(1 << FLAGS.index(name) for name in FLAGS if flags[name])

    def case_record(self, cp):
        """The distance to the one code point that cp maps to, or SEQUENCE, for each of KINDS."""
        deltas = []
        for kind in KINDS:
            to = self.mapping[kind].get(cp, (cp,))
            deltas.append(to[0] - cp if len(to) == 1 else SEQUENCE)
        return tuple(deltas)

    def sequences(self):
        """Sorted (code point, kind, code points) of all mappings to more than one code point."""
        found = []
        for number, kind in enumerate(KINDS):
            found += [(cp, number, to) for cp, to in self.mapping[kind].items() if len(to) > 1]
        return sorted(found)


def number_items(items):
    """Numbers distinct items in the order they first appear: (list of numbers, list of distinct items)."""
    numbers = {}
    return [numbers.setdefault(item, len(numbers)) for item in items], list(numbers)


def split_blocks(numbers, bits):
    """Cuts a list into blocks of 1 << bits and shares equal ones: (list of block numbers, concatenated distinct blocks)."""
    size = 1 << bits
    indices, blocks = number_items(tuple(numbers[i : i + size]) for i in range(0, len(numbers), size))
    return indices, [number for block in blocks for number in block]


def three_stages(records, leaf_bits, middle_bits):
    """(top, middle, leaf, distinct records) such that the record of cp is found by three lookups."""
    numbers, distinct = number_items(records)
    indices, leaf = split_blocks(numbers, leaf_bits)
    top, middle = split_blocks(indices, middle_bits)
    return top, middle, leaf, distinct


class Writer:
    """Collects C text and the bytes of read-only memory that its arrays take."""

    def __init__(self, name, purpose):
        self.lines = [
            f"// {name} - {purpose}",
            "// SPDX-License-Identifier: MIT",
            "// Generated by tools/gen_unicode.py: do not edit.",
            "// clang-format off",
            '#include "base/unicode_table.h"',
            "",
        ]
        self.bytes = 0

    def numbers(self, name, numbers, bits):
        if max(numbers) >> bits:
            raise SystemExit(f"{name}: {max(numbers)} does not fit in {bits} bits")
        self.lines.append(f"const uint{bits}_t {name}[] = {{")
        self.wrap([str(number) for number in numbers], ",")
        self.lines += ["};", ""]
        self.bytes += len(numbers) * bits // 8

    def structs(self, kind, name, rows, size):
        self.lines.append(f"const {kind} {name}[] = {{")
        self.wrap(["{ " + ", ".join(str(item) for item in row) + " }" for row in rows], ", ")
        self.lines += ["};", ""]
        self.bytes += len(rows) * size

    def wrap(self, words, separator):
        line = "   "
        for word in words:
            piece = " " + word + separator.rstrip()
            if separator == "," and line != "   ":
                piece = word + separator
            if len(line) + len(piece) > 138:
                self.lines.append(line)
                line, piece = "   ", " " + piece.lstrip()
            line += piece
        self.lines.append(line)


def write_table(database, path, purpose, guard, end, keep):
    """Writes one table file, of code points below end. Those for which keep is false get the record of an uncased letter."""
    letter = (CATEGORIES.index("Lo"), -1, sum(1 << FLAGS.index(f) for f in ("ALPHA", "PRINTABLE", "XID_START", "XID_CONTINUE")))
    writer = Writer(path.name, purpose)
    writer.lines += [f"#if {guard}", ""]
    records = [database.record(cp) if keep(cp) else letter for cp in range(end)]
    top, middle, leaf, distinct = three_stages(records, LEAF_BITS, MIDDLE_BITS)
    writer.numbers("kr_unicode_top", top, 8)
    writer.numbers("kr_unicode_middle", middle, 16)
    writer.numbers("kr_unicode_leaf", leaf, 8)
    writer.structs("KrUnicodeProperty", "kr_unicode_property", distinct, 4)
    cases = [database.case_record(cp) if keep(cp) else (0,) * len(KINDS) for cp in range(end)]
    top, middle, leaf, distinct = three_stages(cases, CASE_LEAF_BITS, CASE_MIDDLE_BITS)
    writer.numbers("kr_unicode_case_top", top, 8)
    writer.numbers("kr_unicode_case_middle", middle, 8)
    writer.numbers("kr_unicode_case_leaf", leaf, 8)
    rows = [["{ " + ", ".join(str(delta) for delta in deltas) + " }"] for deltas in distinct]
    writer.structs("KrUnicodeCase", "kr_unicode_case", rows, 4 * len(KINDS))
    sequences = [(cp, kind, to) for cp, kind, to in database.sequences() if keep(cp)]
    rows = [(cp, kind, len(to), "{ " + ", ".join(str(code) for code in to) + " }") for cp, kind, to in sequences]
    writer.structs("KrCaseSequence", "kr_unicode_sequence", rows, 10)
    writer.lines += [f"const uint16_t kr_unicode_sequence_count = {len(rows)};", "", "#endif", ""]
    path.write_text("\n".join(writer.lines))
    print(f"{path.name}: {writer.bytes} bytes of tables, {len(distinct)} case records, {len(rows)} sequences")


def keep_small(cp):
    """Exact in the small table: Latin, Greek, Cyrillic, general punctuation and currency, surrogates, byte order mark."""
    return cp < 0x530 or 0x1E00 <= cp < 0x1F00 or 0x2000 <= cp < 0x20D0 or 0xD800 <= cp < 0xE000 or cp == 0xFEFF


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ucd", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "src/base")
    options = parser.parse_args()
    database = Database(options.ucd)
    write_table(database, options.out / "unicode_table.c", "Unicode 15.1, all of it.", "KR_UNICODE_FULL", COUNT, lambda cp: True)
    purpose = "Latin, Greek and Cyrillic; everything else is a letter without case."
    write_table(database, options.out / "unicode_table_small.c", purpose, "!KR_UNICODE_FULL", 0x10000, keep_small)


if __name__ == "__main__":
    main()
