"""Source lines of tracebacks, with marks below the part that failed (PEP 657) and in colour."""

import _krait

MAGENTA, BOLD_MAGENTA, RED, BOLD_RED, RESET = "\x1b[35m", "\x1b[1;35m", "\x1b[31m", "\x1b[1;31m", "\x1b[0m"
_COLOUR = {"^": BOLD_RED, "~": RED}
_OPERATOR, _SUBSCRIPT, _CALL = range(3)


def can_colour():
    """Does sys.stderr want colours? By the environment, then by whether it is a terminal."""
    import os
    import sys
    if not sys.flags.ignore_environment:
        get = os.environ.get
        if get("PYTHON_COLORS") in ("0", "1"):
            return get("PYTHON_COLORS") == "1"
        if "NO_COLOR" in os.environ:
            return False
        if not getattr(sys.modules.get("_colorize"), "COLORIZE", True):
            return False
        if "FORCE_COLOR" in os.environ:
            return True
        if get("TERM") == "dumb":
            return False
    try:
        return os.isatty(sys.stderr.fileno())
    except (AttributeError, OSError, ValueError):
        return False


# Code points that take two columns: Unicode's East_Asian_Width W and F.
_WIDE = ((0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3),
         (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
         (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA),
         (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B),
         (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
         (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x303E),
         (0x3041, 0x3247), (0x3250, 0x4DBF), (0x4E00, 0xA4C6), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
         (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FB), (0x1F004, 0x1F004),
         (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C),
         (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E),
         (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A),
         (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
         (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945),
         (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAF8), (0x20000, 0x3FFFD))


def _width(line, end):
    """Columns that the first `end` characters of a line take."""
    if line.isascii():
        return end
    return sum(2 if any(low <= ord(c) <= high for low, high in _WIDE) else 1 for c in line[:end])


def _characters(line, offset):
    """A byte offset as a character offset."""
    return min(offset, len(line)) if line.isascii() else len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "replace"))


def _spaces(line):
    return line[:len(line) - len(line.lstrip(" \t"))]


def dedent(text):
    """Text without the white space that all its lines begin with; blank lines become empty."""
    lines = ["" if not line.strip(" \t") else line for line in text.split("\n")]
    margin = None
    for line in lines:
        if line:
            lead = _spaces(line)
            if margin is None:
                margin = lead
            while not lead.startswith(margin):
                margin = margin[:-1]
    cut = len(margin or "")
    return "\n".join(line[cut:] for line in lines)


class _Walker:
    """A place in lines of source, which goes forwards only."""

    def __init__(self, lines, line, col):
        self.lines, self.line, self.col = lines, line, col

    def settle(self):
        while self.line < len(self.lines) and self.col >= len(self.lines[self.line]):
            self.line, self.col = self.line + 1, 0
        if self.line >= len(self.lines):
            raise ValueError

    def find(self, wanted):
        """Go to the next character that is wanted and stands in no comment."""
        self.settle()
        while True:
            c = self.lines[self.line][self.col]
            if c in "\\#":
                self.line, self.col = self.line + 1, 0
            elif wanted(c):
                return
            else:
                self.col += 1
            self.settle()


def _anchors(segment):
    """((line, column), (line, column)) between which the marks are carets and beside which they are tildes; None: all are carets."""
    found = _krait.anchors(f"(\n{segment}\n)", True)
    if not found:
        return None
    kind, _, _, left_end, left_col, right_line, right_col, end_line, end_col = found
    lines = segment.splitlines()  # the parser saw one line more above
    left_end, right_line, end_line = left_end - 2, right_line - 2, end_line - 2
    place = _Walker(lines, left_end, _characters(lines[left_end], left_col))
    if kind == _OPERATOR:
        place.find(lambda c: not c.isspace() and c != ")")
        line, col = place.line, place.col
        after = col + 1
        text = lines[line]
        if (after < len(text) and (right_line > line or after < _characters(lines[right_line], right_col)) and
                not text[after].isspace() and text[after] not in "\\#"):
            after += 1
        return (line, col), (line, after)
    place.find(lambda c: c == ("[" if kind == _SUBSCRIPT else "("))
    return (place.line, place.col), (end_line, _characters(lines[end_line], end_col))


def _says_something(lines, start, end, anchors):
    """Would marks tell more than the lines themselves?"""
    whole = _krait.anchors("\n".join(lines), False)
    if whole is False:
        return False
    if whole and whole[1:5] == (1, start, len(lines), end):
        return False
    return bool(anchors or lines[0][:start].lstrip() or lines[-1][end:].rstrip())


def _marks(lines, n, start, end, anchors):
    """The marks below line n, from column to column."""
    line = lines[n]
    blank = len(line) - len(line.lstrip())
    marks = []
    for col in range(end if n == len(lines) - 1 else _width(line, len(line))):
        if col < blank or (n == 0 and col < start):
            marks.append(" ")
        elif anchors:
            marks.append("^" if anchors[0] <= (n, col) < anchors[1] else "~")
        else:
            marks.append("^")
    return "".join(marks)


def _in_colour(line, marks):
    """The two lines, with the marks and what is above them in colour."""
    parts, below, i = [], [], 0
    while i < max(len(line), len(marks)):
        mark, end = marks[i:i + 1], i + 1
        while end < max(len(line), len(marks)) and marks[end:end + 1] == mark:
            end += 1
        before, after = (_COLOUR[mark], RESET) if mark in _COLOUR else ("", "")
        parts.append(before + line[i:end] + after)
        below.append(before + marks[i:end] + after)
        i = end
    return "".join(parts), "".join(below)


def _shown(count, anchors):
    """Which lines are shown: the first, the last, and those around the anchors; with (None, n) where n lines are left out."""
    wanted = {0, count - 1}
    for anchor in anchors or ():
        wanted.update(range(anchor[0] - 1, anchor[0] + 2))
    last = None
    for n in sorted(n for n in wanted if 0 <= n < count):
        if last is not None and n - last == 2:
            yield n - 1, 0
        elif last is not None and n - last > 2:
            yield None, n - last - 1
        yield n, 0
        last = n


def source_text(first, last, dedented, colno, end_colno, colour):
    """The lines of one entry with their marks. first, last: the first and last line as written; dedented: all lines."""
    start, end = _characters(first, colno), _characters(last, end_colno)
    lines = dedented
    cut = len(first) - len(lines[0])
    start, end = max(0, start - cut), max(0, end - cut)
    segment = "\n".join(lines)
    segment = segment[start:len(segment) - (len(lines[-1]) - end)]
    try:
        anchors = _anchors(segment)
    except (ValueError, IndexError):
        anchors = None
    marked = _says_something(lines, start, end, anchors)
    if anchors:
        anchors = tuple((n, _width(lines[n], col if n else col + start)) for n, col in anchors)
    start, end = _width(lines[0], start), _width(lines[-1], end)
    rows = []
    for n, left_out in _shown(len(lines), anchors):
        if n is None:
            rows.append(f"...<{left_out} lines>...")
            continue
        marks = _marks(lines, n, start, end, anchors) if marked else None
        if marked and colour:
            rows.extend(_in_colour(lines[n], marks))
        else:
            rows.append(lines[n])
            if marked:
                rows.append(marks)
    return "".join(f"    {row}\n" for row in dedent("\n".join(rows)).split("\n"))
