#!/usr/bin/env python3
# gen_unicode_names.py - makes src/base/unicode_name_table.c, the names of all characters, from the Unicode Character Database.
# SPDX-License-Identifier: MIT
"""Usage: tools/gen_unicode_names.py [--ucd /usr/share/unicode] [--out src/base]

Reads UnicodeData.txt and NameAliases.txt of Debian's package `unicode-data`; PATCH adds what Unicode 15.1 (that of CPython 3.13) has
more than Debian's 15.0. Hangul syllables and names that end in the code point itself are not in the table: unicode_name.c makes them.

A name is a run of word numbers, ended by 0. Words 1 to ONE_BYTE-1 are the most frequent ones and take one byte; the others take two:
ONE_BYTE + high, low. A word is its text with the top bit of the last character set; it says itself whether a hyphen or a space follows:
words that end with a hyphen are joined to the next without a space.
"""

import argparse
import collections
import pathlib

GROUP = 32  # names and words between two stored offsets
MERGES = 150  # pairs of words that become one word
PATCH = {
    0x2FFC: "IDEOGRAPHIC DESCRIPTION CHARACTER SURROUND FROM RIGHT",
    0x2FFD: "IDEOGRAPHIC DESCRIPTION CHARACTER SURROUND FROM LOWER RIGHT",
    0x2FFE: "IDEOGRAPHIC DESCRIPTION CHARACTER HORIZONTAL REFLECTION",
    0x2FFF: "IDEOGRAPHIC DESCRIPTION CHARACTER ROTATION",
    0x31EF: "IDEOGRAPHIC DESCRIPTION CHARACTER SUBTRACTION",
}
PATCH_RANGES = [(0x2EBF0, 0x2EE5D, "CJK UNIFIED IDEOGRAPH-")]
RANGE_NAMES = {"CJK Ideograph": "CJK UNIFIED IDEOGRAPH-"}  # CPython does not know the names of Tangut ideographs either


def read_names(ucd):
    """Gives ({code: name}, [(first, last, prefix)]): explicit names, and ranges whose names end in the code point."""
    names, ranges, first = dict(PATCH), list(PATCH_RANGES), None
    for line in open(ucd / "UnicodeData.txt", encoding="utf-8"):
        field = line.split(";")
        code, name = int(field[0], 16), field[1]
        if name.endswith(", First>"):
            first = code
        elif name.endswith(", Last>"):
            for start, prefix in RANGE_NAMES.items():
                if name[1:].startswith(start) and (first, code, prefix) not in ranges:
                    ranges.append((first, code, prefix))
        elif not name.startswith("<"):
            names[code] = name
    last = None
    for code in sorted(names):
        suffix = f"-{code:04X}"
        if names[code].endswith(suffix):
            prefix = names.pop(code)[: -len(suffix)] + "-"
            if last and ranges[-1][1] == code - 1 and ranges[-1][2] == prefix:
                ranges[-1] = (ranges[-1][0], code, prefix)
            else:
                ranges.append((code, code, prefix))
            last = code
    return names, sorted(ranges)


def read_aliases(ucd):
    out = []
    for line in open(ucd / "NameAliases.txt", encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line:
            code, name, _ = line.split(";")
            out.append((int(code, 16), name))
    return out


def split_words(name):
    """'LATIN-1 SIGN' -> ['LATIN-', '1', 'SIGN']; a space after a hyphen stays with the next word: 'BKA- SHOG' -> ['BKA-', ' SHOG']."""
    out = []
    for word in name.split(" "):
        parts = word.split("-")
        if out and out[-1].endswith("-"):
            parts[0] = " " + parts[0]
        out += [part + "-" for part in parts[:-1]] + parts[-1:] * (parts[-1] != "")
    return out


def merge_pairs(names, merges):
    """Joins the most frequent pairs of neighbouring words, again and again: 'SMALL LETTER' becomes one word."""
    for _ in range(merges):
        pairs = collections.Counter(pair for words in names for pair in zip(words, words[1:]))
        (left, right), _ = pairs.most_common(1)[0]
        joined = left + ("" if left.endswith("-") else " ") + right
        for words in names:
            i = 0
            while i + 1 < len(words):
                if words[i] == left and words[i + 1] == right:
                    words[i : i + 2] = [joined]
                i += 1


def rows(values, per_line=32):
    values = list(values)
    return "\n".join("    " + ", ".join(map(str, values[i : i + per_line])) + "," for i in range(0, len(values), per_line))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ucd", default="/usr/share/unicode", type=pathlib.Path)
    parser.add_argument("--out", default="src/base", type=pathlib.Path)
    options = parser.parse_args()
    names, ranges = read_names(options.ucd)
    entries = sorted(names.items()) + read_aliases(options.ucd)
    split = [split_words(name) for _, name in entries]
    merge_pairs(split, MERGES)
    count = collections.Counter(word for words in split for word in words)
    frequent = [word for word, _ in count.most_common()]
    one_byte = 256 - (len(frequent) + 255) // 256
    order = frequent[: one_byte - 1] + sorted(frequent[one_byte - 1 :])
    number = {word: i + 1 for i, word in enumerate(order)}

    words, word_offsets = bytearray(), []  # of the table
    for i, word in enumerate(order):
        if i % GROUP == 0:
            word_offsets.append(len(words))
        text = bytearray(word.encode("ascii"))
        text[-1] |= 0x80
        words += text

    stream, name_offsets, runs = bytearray(), [], []
    for i, (code, name) in enumerate(entries):
        if i % GROUP == 0:
            name_offsets.append(len(stream))
        if not runs or runs[-1][1] + (i - runs[-1][0]) != code:
            runs.append((i, code))
        for word in split[i]:
            n = number[word]
            stream += bytes([n]) if n < one_byte else bytes([one_byte + (n - one_byte) // 256, (n - one_byte) % 256])
        stream.append(0)
    sorted_names = sorted(range(len(entries)), key=lambda i: entries[i][1])
    assert len({name for _, name in entries}) == len(entries) < 65536

    size = len(words) + 4 * len(word_offsets) + len(stream) + 4 * len(name_offsets) + 8 * len(runs) + 2 * len(entries)
    out = f"""// unicode_name_table.c - the names of characters. Made by tools/gen_unicode_names.py, see there for the format. {size // 1024} KB.
// SPDX-License-Identifier: MIT
// clang-format off
#include "base/unicode_name.h"

#if KR_UNICODE_FULL

const uint32_t kr_name_count = {len(entries)}, kr_name_alias_first = {len(names)}, kr_name_run_count = {len(runs)}, kr_name_range_count = {len(ranges)};
const uint32_t kr_name_one_byte = {one_byte};

const KrNameRange kr_name_ranges[] = {{
{chr(10).join(f'    {{ 0x{a:X}, 0x{b:X}, "{p}" }},' for a, b, p in ranges)}
}};

// Number of the first name, its code point; the names that follow have the code points that follow.
const KrNameRun kr_name_runs[] = {{
{rows((f"{{ {i}, {c} }}" for i, c in runs), 12)}
}};

// Numbers of the names, sorted by name.
const uint16_t kr_name_sorted[] = {{
{rows(sorted_names)}
}};

const uint32_t kr_name_word_offsets[] = {{
{rows(word_offsets)}
}};

const uint32_t kr_name_offsets[] = {{
{rows(name_offsets)}
}};

const uint8_t kr_name_words[] = {{
{rows(words)}
}};

const uint8_t kr_name_stream[] = {{
{rows(stream)}
}};

#endif
"""
    (options.out / "unicode_name_table.c").write_text(out)
    print(f"{len(entries)} names, {len(order)} words, words {len(words)}, stream {len(stream)}, runs {len(runs)}, ranges {len(ranges)}: {size} bytes")


main()
