#!/usr/bin/env python3
# gen_unicode_names.py - makes src/base/unicode_name_table.c, the names of all characters, from the Unicode Character Database.
# SPDX-License-Identifier: MIT
"""Usage: tools/gen_unicode_names.py [--ucd /usr/share/unicode] [--out src/base]

Reads UnicodeData.txt and NameAliases.txt of Debian's package `unicode-data`; PATCH adds what Unicode 15.1 (that of CPython 3.13) has
more than Debian's 15.0. Hangul syllables and names that end in the code point itself are not in the table: unicode_name.c makes them.

The names, each ended by a NUL, are one text, compressed by a grammar (N. J. Larsson, A. Moffat: Off-line dictionary-based compression,
1999): the most frequent pair of neighbouring symbols becomes a symbol of its own, again and again, as long as that saves room. A rule is
the two symbols it stands for; no symbol goes beyond the end of a name, and ENDS in the second half says that it ends one. A character is
a rule whose second half is CHARACTER. Symbols are numbered by how often the compressed text has them, and take two, three or four nibbles there.
"""

import argparse
import collections
import heapq
import pathlib

GROUP = 32  # names between two stored offsets
LEAST = 4  # a pair that is rarer is left as it is
ENDS, CHARACTER = 0x8000, 0x7FFF
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


class Grammar:
    """The text as symbols (characters, and 256 + number of a rule), and the rules: pairs of symbols."""

    def __init__(self, text: bytes):
        self.rules, self.ending = [], {0}
        self.seq = list(text)
        self.after = list(range(1, len(text) + 1))  # positions of the neighbours: what a rule swallows is skipped
        self.before = list(range(-1, len(text) - 1))
        self.places = collections.defaultdict(set)  # of each pair, by its first symbol's position
        for i in range(len(text) - 1):
            self.note(i)
        heap = [(-len(found), pair) for pair, found in self.places.items()]
        heapq.heapify(heap)
        while heap:
            count, pair = heapq.heappop(heap)
            now = len(self.places.get(pair, ()))
            if now == -count and now >= LEAST:
                touched = self.replace(pair)
                for other in sorted(touched):
                    heapq.heappush(heap, (-len(self.places[other]), other))
            elif now >= LEAST:
                heapq.heappush(heap, (-now, pair))
        self.seq = [symbol for symbol in self.seq if symbol is not None]

    def pair_at(self, i):
        j = self.after[i]
        return (self.seq[i], self.seq[j]) if i >= 0 and j < len(self.seq) and self.seq[i] not in self.ending else None

    def note(self, i):
        pair = self.pair_at(i)
        if pair:
            self.places[pair].add(i)
        return {pair} - {None}

    def replace(self, pair):
        """Makes a rule for the pair; gives the pairs that are new."""
        symbol, touched = 256 + len(self.rules), set()
        self.rules.append(pair)
        if pair[1] in self.ending:
            self.ending.add(symbol)
        for i in sorted(self.places.pop(pair)):
            if self.pair_at(i) != pair:
                continue  # of three equal symbols, two are one now
            j, left = self.after[i], self.before[i]
            for k in (left, j):
                self.places.get(self.pair_at(k), set()).discard(k)
            self.seq[i], self.seq[j], self.after[i] = symbol, None, self.after[j]
            if self.after[j] < len(self.seq):
                self.before[self.after[j]] = i
            touched |= self.note(i) | (self.note(left) if left >= 0 else set())
        return touched


def best_code(count):
    """How many first nibbles begin codes of two nibbles, and of three, so that symbols with these counts take the least room."""
    return min(
        (sum(n * (2 + (i >= 16 * a) + (i >= 16 * a + 256 * b)) for i, n in enumerate(count)), a, b)
        for a in range(16)
        for b in range(16 - a)
        if 16 * a + 256 * b + 4096 * (16 - a - b) >= len(count)
    )[1:]


def nibbles(symbol, two, three):
    for first, many, width in ((0, two, 1), (two, three, 2), (two + three, 16 - two - three, 3)):
        if symbol < many << 4 * width:
            symbol += first << 4 * width
            return [symbol >> 4 * i & 15 for i in range(width, -1, -1)]
        symbol -= many << 4 * width


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
    grammar = Grammar(b"".join(name.encode("ascii") + b"\0" for _, name in entries))
    count = collections.Counter(grammar.seq)
    everything = set(grammar.seq) | {symbol for pair in grammar.rules for symbol in pair} | {0}
    order = sorted(everything, key=lambda symbol: (-count[symbol], symbol))
    number = {symbol: i for i, symbol in enumerate(order)}
    assert len(order) < CHARACTER
    two, three = best_code([count[symbol] for symbol in order if count[symbol]])

    rules = []
    for symbol in order:
        left, right = (symbol, CHARACTER) if symbol < 256 else (number[half] for half in grammar.rules[symbol - 256])
        rules.append(f"{{ {left}, {right | (ENDS if symbol in grammar.ending else 0)} }}")

    stream, offsets, runs, at_start, name = [], [], [], True, 0
    for symbol in grammar.seq:
        if at_start and name % GROUP == 0:
            offsets.append(len(stream))
        stream += nibbles(number[symbol], two, three)
        at_start = symbol in grammar.ending
        name += at_start
    for i, (code, _) in enumerate(entries):
        if not runs or runs[-1][1] + (i - runs[-1][0]) != code:
            runs.append((i, code))
    stream += [0] * (4 + len(stream) % 2)  # four nibbles are read at once
    packed = [stream[i] << 4 | stream[i + 1] for i in range(0, len(stream), 2)]
    assert name == len(entries) == len({name for _, name in entries})

    size = len(packed) + 4 * len(rules) + 4 * len(offsets) + 8 * len(runs)
    out = f"""// unicode_name_table.c - the names of characters. Made by tools/gen_unicode_names.py, see there for the format. {size // 1024} KB.
// SPDX-License-Identifier: MIT
// clang-format off
#include "base/unicode_name.h"

#if KR_UNICODE_FULL

const uint32_t kr_name_count = {len(entries)}, kr_name_alias_first = {len(names)}, kr_name_run_count = {len(runs)}, kr_name_range_count = {len(ranges)};
const uint32_t kr_name_two_nibbles = {two}, kr_name_three_nibbles = {three};

const KrNameRange kr_name_ranges[] = {{
{chr(10).join(f'    {{ 0x{a:X}, 0x{b:X}, "{p}" }},' for a, b, p in ranges)}
}};

// Number of the first name, its code point; the names that follow have the code points that follow.
const KrNameRun kr_name_runs[] = {{
{rows((f"{{ {i}, {c} }}" for i, c in runs), 12)}
}};

const KrNameRule kr_name_rules[] = {{
{rows(rules, 12)}
}};

const uint32_t kr_name_offsets[] = {{
{rows(offsets)}
}};

const uint8_t kr_name_stream[] = {{
{rows(packed)}
}};

#endif
"""
    (options.out / "unicode_name_table.c").write_text(out)
    print(f"{len(entries)} names, rules {len(rules)}, stream {len(packed)}, runs {len(runs)}, ranges {len(ranges)}: {size} bytes")


main()
