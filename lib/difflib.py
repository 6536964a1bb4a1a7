"""Differences between sequences: how alike they are, and the lines that change one into the other."""

import re
from collections import namedtuple
from types import GenericAlias

__all__ = ["get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK",
           "context_diff", "unified_diff", "diff_bytes", "HtmlDiff", "Match"]

Match = namedtuple("Match", "a b size")


def _calculate_ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares two sequences of hashable items by their longest common blocks.

    isjunk(item) tells what is not to begin a block; with autojunk, items that make up over 1% of a b of 200 or more do not either.
    """

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Compare a with b."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Compare a with the b that there is; what is known of b stays known."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Compare the a that there is with b."""
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self.__chain_b()

    def __chain_b(self):
        """b2j: where in b each item is, without junk and what is too frequent."""
        self.b2j = places = {}
        for i, item in enumerate(self.b):
            places.setdefault(item, []).append(i)
        self.bjunk = junk = set()
        if self.isjunk:
            junk.update(filter(self.isjunk, places))
            for item in junk:
                del places[item]
        self.bpopular = popular = set()
        n = len(self.b)
        if self.autojunk and n >= 200:
            most = n // 100 + 1
            popular.update(item for item, where in places.items() if len(where) > most)
            for item in popular:
                del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block that a[alo:ahi] and b[blo:bhi] have in common: the first in a, and of those the first in b."""
        a, b, places = self.a, self.b, self.b2j
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        best_i, best_j, best_size = alo, blo, 0
        ending = {} # how long the block is that ends with a[i - 1] and this place in b
        nothing = []
        for i in range(alo, ahi):
            now = {}
            for j in places.get(a[i], nothing):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = now[j] = ending.get(j - 1, 0) + 1
                if size > best_size:
                    best_i, best_j, best_size = i - size + 1, j - size + 1, size
            ending = now
        for junk in False, True: # what is no junk first, then junk beside it
            best_i, best_j, best_size = self._widen(best_i, best_j, best_size, (alo, ahi, blo, bhi), junk)
        return Match(best_i, best_j, best_size)

    def _widen(self, i, j, size, bounds, junk):
        a, b, bjunk = self.a, self.b, self.bjunk
        alo, ahi, blo, bhi = bounds
        while i > alo and j > blo and (b[j - 1] in bjunk) is junk and a[i - 1] == b[j - 1]:
            i, j, size = i - 1, j - 1, size + 1
        while i + size < ahi and j + size < bhi and (b[j + size] in bjunk) is junk and a[i + size] == b[j + size]:
            size += 1
        return i, j, size

    def get_matching_blocks(self):
        """The common blocks in order, adjacent ones as one, and an empty one at the ends."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        waiting, found = [(0, len(self.a), 0, len(self.b))], []
        while waiting:
            alo, ahi, blo, bhi = waiting.pop()
            match = self.find_longest_match(alo, ahi, blo, bhi)
            i, j, size = match
            if size:
                found.append(match)
                if alo < i and blo < j:
                    waiting.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    waiting.append((i + size, ahi, j + size, bhi))
        found.sort()
        blocks = []
        for i, j, size in found:
            if blocks and blocks[-1][0] + blocks[-1][2] == i and blocks[-1][1] + blocks[-1][2] == j:
                first_i, first_j, before = blocks[-1]
                blocks[-1] = Match(first_i, first_j, before + size)
            else:
                blocks.append(Match(i, j, size))
        blocks.append(Match(len(self.a), len(self.b), 0))
        self.matching_blocks = blocks
        return blocks

    def get_opcodes(self):
        """What turns a into b: ('replace', 'delete', 'insert' or 'equal', i1, i2, j1, j2) for a[i1:i2] and b[j1:j2]."""
        if self.opcodes is not None:
            return self.opcodes
        self.opcodes = answer = []
        i = j = 0
        for match_i, match_j, size in self.get_matching_blocks():
            in_a, in_b = i < match_i, j < match_j
            if in_a or in_b:
                tag = "replace" if in_a and in_b else "delete" if in_a else "insert"
                answer.append((tag, i, match_i, j, match_j))
            i, j = match_i + size, match_j + size
            if size:
                answer.append(("equal", match_i, i, match_j, j))
        return answer

    def get_grouped_opcodes(self, n=3):
        """The opcodes in groups, each with up to n items of what is equal before and behind."""
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        codes = codes[:]
        if codes[0][0] == "equal":
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == "equal":
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > n + n: # long enough to part two groups
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """How alike they are, from 0.0 to 1.0."""
        return _calculate_ratio(sum(block[2] for block in self.get_matching_blocks()), len(self.a) + len(self.b))

    def quick_ratio(self):
        """At least ratio(), sooner: by which items they have, in any order."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            number = left[item] if item in left else self.fullbcount.get(item, 0)
            left[item] = number - 1
            matches += number > 0
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """At least quick_ratio(), at once: by their lengths."""
        return _calculate_ratio(min(len(self.a), len(self.b)), len(self.a) + len(self.b))


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The n possibilities most like word, the likest first; none whose ratio is below cutoff."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    result = []
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    for candidate in possibilities:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            result.append((matcher.ratio(), candidate))
    return [candidate for score, candidate in sorted(result, reverse=True)[:n]]


def _keep_original_ws(text, tags):
    """tags, with the white space that text has where tags has a blank."""
    return "".join(c if tag == " " and c.isspace() else tag for c, tag in zip(text, tags))


class Differ:
    """Lines of both sequences, with '- ', '+ ' or '  ' before them, and '? ' lines that point at what differs inside."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """Generate the lines of the difference."""
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump(" ", a, alo, ahi)

    def _dump(self, tag, lines, low, high):
        for i in range(low, high):
            yield f"{tag} {lines[i]}"

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        first, second = self._dump("-", a, alo, ahi), self._dump("+", b, blo, bhi)
        if bhi - blo < ahi - alo: # the shorter first
            first, second = second, first
        yield from first
        yield from second

    def _closest(self, a, alo, ahi, b, blo, bhi):
        """The pair of lines most alike, (ratio, i, j): of equal ones only where no others are alike; or None."""
        matcher = SequenceMatcher(self.charjunk)
        best, where, equal = 0.74, None, None
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    equal = equal or (i, j)
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, where = matcher.ratio(), (i, j)
        return where if best >= 0.75 else equal

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """The difference of two blocks of lines: lines that are alike are marked inside, the rest goes around them."""
        waiting = [(alo, ahi, blo, bhi)] # blocks, or a pair of lines; the next one last
        while waiting:
            item = waiting.pop()
            if len(item) == 2:
                yield from self._pair(*item)
                continue
            alo, ahi, blo, bhi = item
            if alo >= ahi or blo >= bhi:
                yield from self._dump("-", a, alo, ahi)
                yield from self._dump("+", b, blo, bhi)
                continue
            where = self._closest(a, alo, ahi, b, blo, bhi)
            if where is None:
                yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
                continue
            i, j = where
            waiting += [(i + 1, ahi, j + 1, bhi), (a[i], b[j]), (alo, i, blo, j)]

    def _pair(self, old, new):
        if old == new:
            yield "  " + old
            return
        old_tags = new_tags = ""
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, old, new).get_opcodes():
            old_tags += {"replace": "^", "delete": "-"}.get(tag, " ") * (i2 - i1)
            new_tags += {"replace": "^", "insert": "+"}.get(tag, " ") * (j2 - j1)
        yield from self._qformat(old, new, old_tags, new_tags)

    def _qformat(self, aline, bline, atags, btags):
        """Both lines, with the line of marks below each that has any."""
        for sign, line, tags in ("-", aline, atags), ("+", bline, btags):
            yield f"{sign} {line}"
            tags = _keep_original_ws(line, tags).rstrip()
            if tags:
                yield f"? {tags}\n"


def IS_LINE_JUNK(line, pat=re.compile(r"\s*(?:#\s*)?$").match):
    """True for a line that is blank, or a lone #."""
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """True for a blank or a tab."""
    return ch in ws


def _format_range_unified(start, stop):
    length = stop - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}" # an empty range begins at the line before it


def _format_range_context(start, stop):
    length = stop - start
    if length <= 1:
        return f"{start + 1 if length else start}"
    return f"{start + 1},{start + length}"


def _check_types(a, b, *args):
    """Bytes would end in the text as their reprs."""
    for lines in a, b:
        if lines and not isinstance(lines[0], str):
            raise TypeError("lines to compare must be str, not %s (%r)" % (type(lines[0]).__name__, lines[0]))
    if isinstance(a, (bytes, bytearray)) or isinstance(b, (bytes, bytearray)):
        raise TypeError("inputs must be sequences of str, not bytes or bytearray")
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError("all arguments must be str, not: %r" % (arg,))


def _headers(marks, fromfile, tofile, fromfiledate, tofiledate, lineterm):
    for mark, name, date in (marks[0], fromfile, fromfiledate), (marks[1], tofile, tofiledate):
        yield f"{mark} {name}{'\t' + date if date else ''}{lineterm}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Generate the lines of a unified diff, with n lines around each change."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _headers(("---", "+++"), fromfile, tofile, fromfiledate, tofiledate, lineterm)
        old = _format_range_unified(group[0][1], group[-1][2])
        new = _format_range_unified(group[0][3], group[-1][4])
        yield f"@@ -{old} +{new} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (" " + line for line in a[i1:i2])
            if tag in ("replace", "delete"):
                yield from ("-" + line for line in a[i1:i2])
            if tag in ("replace", "insert"):
                yield from ("+" + line for line in b[j1:j2])


_CONTEXT_SIGNS = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Generate the lines of a context diff, with n lines around each change."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _headers(("***", "---"), fromfile, tofile, fromfiledate, tofiledate, lineterm)
        yield "***************" + lineterm
        yield f"*** {_format_range_context(group[0][1], group[-1][2])} ****{lineterm}"
        if any(code[0] in ("replace", "delete") for code in group):
            for tag, i1, i2, _, _ in group:
                if tag != "insert":
                    yield from (_CONTEXT_SIGNS[tag] + line for line in a[i1:i2])
        yield f"--- {_format_range_context(group[0][3], group[-1][4])} ----{lineterm}"
        if any(code[0] in ("replace", "insert") for code in group):
            for tag, _, _, j1, j2 in group:
                if tag != "delete":
                    yield from (_CONTEXT_SIGNS[tag] + line for line in b[j1:j2])


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """dfunc, one of the diffs, over lines of bytes in whatever encoding."""
    def text(data):
        try:
            return data.decode("ascii", "surrogateescape")
        except AttributeError as e:
            raise TypeError("all arguments must be bytes, not %s (%r)" % (type(data).__name__, data)) from e
    lines = dfunc(list(map(text, a)), list(map(text, b)), text(fromfile), text(tofile), text(fromfiledate), text(tofiledate), n, text(lineterm))
    for line in lines:
        yield line.encode("ascii", "surrogateescape")


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Generate the lines of a Differ's comparison."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """Generate the lines of sequence 1 or 2 from what ndiff gave."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which) from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


class HtmlDiff:
    """Side by side in a web page: not here yet."""

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        raise NotImplementedError("difflib.HtmlDiff")
