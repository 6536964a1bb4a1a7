"""Prints src/base/phrase_table.h: the phrases that shorten texts of the firmware the most, of the texts on standard input, one a line.

    make phrases
"""

import sys
from collections import Counter

COUNT = 128  # codes: a byte from 128 on
LONGEST = 24
ROUNDS = 30
NEW = 32  # phrases that are tried in a round


def encode(text: str, phrases: dict[str, list[str]]) -> list[str]:
    """The fewest letters and phrases that make the text; phrases by their first letter."""
    size = len(text)
    best = [0] * (size + 1)
    part = list(text)
    for i in range(size - 1, -1, -1):
        best[i] = best[i + 1] + 1
        for phrase in phrases.get(text[i], ()):
            if text.startswith(phrase, i) and best[i + len(phrase)] + 1 < best[i]:
                best[i] = best[i + len(phrase)] + 1
                part[i] = phrase
    parts = []
    i = 0
    while i < size:
        parts.append(part[i])
        i += len(part[i])
    return parts


def encode_all(texts: list[str], phrases: list[str]) -> list[list[str]]:
    """All texts in letters and phrases."""
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        by_letter.setdefault(phrase[0], []).append(phrase)
    return [encode(text, by_letter) for text in texts]


def cost(encoded: list[list[str]], phrases: list[str]) -> int:
    """Bytes of the texts and of the table."""
    return sum(len(parts) + 1 for parts in encoded) + sum(len(phrase) + 1 for phrase in phrases)


def worth(phrase: str, uses: int) -> float:
    """About how many bytes a phrase saves: without it, others would take its place."""
    return uses * (len(phrase) - 1) * (1 if len(phrase) == 2 else 0.6) - len(phrase)


def choose(texts: list[str]) -> list[str]:
    """Phrases grow from what stands side by side most often; those that save the least make room."""
    phrases: list[str] = []
    least, chosen = sys.maxsize, phrases
    for _ in range(ROUNDS):
        encoded = encode_all(texts, phrases)
        if cost(encoded, phrases) < least:
            least, chosen = cost(encoded, phrases), phrases
        pairs = Counter(a + b for parts in encoded for a, b in zip(parts, parts[1:]))
        phrases = phrases + [p for p, _ in pairs.most_common(2 * NEW) if len(p) <= LONGEST and p not in phrases][:NEW]
        while len(phrases) > COUNT:
            uses = Counter(part for parts in encode_all(texts, phrases) for part in parts)
            phrases = sorted(phrases, key=lambda p: (worth(p, uses[p]), p))[max(1, (len(phrases) - COUNT) // 3) :]
    return chosen


def main() -> None:
    phrases = choose(sorted(set(sys.stdin.read().splitlines())))
    print("// phrase_table.h - made by tools/gen_phrases.py (make phrases): phrases of messages and signatures, for tools/shorten.c and base/phrase.c.")
    print("// SPDX-License-Identifier: MIT")
    print("static const char kr_phrase_table[] =")
    for phrase in sorted(phrases):
        print('    "%s\\0"' % phrase.replace("\\", "\\\\").replace('"', '\\"'))
    print('    "";')


if __name__ == "__main__":
    main()
