"""Source text to tokens, comments and blank lines among them, and back.

The interpreter's own lexer finds the tokens; what it steps over (comments, line ends that mean nothing) is put in here.
"""

import re
from builtins import open as _builtin_open
from collections import namedtuple
from token import *
from token import EXACT_TOKEN_TYPES, __all__ as _names

__all__ = _names + ["tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo", "open", "TokenError"]
cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(br"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)
tabsize = 8
BOM_UTF8 = b"\xef\xbb\xbf"


class TokenError(Exception):
    """The text is not made of tokens, or ends too soon."""


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    """A token: its number, its text, where it begins and ends as (line, column), and the lines that it is in."""

    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, end={self.end!r}, line={self.line!r})"

    @property
    def exact_type(self):
        """Of OP: the number of this very operator."""
        if self.type == OP and self.string in EXACT_TOKEN_TYPES:
            return EXACT_TOKEN_TYPES[self.string]
        return self.type


# ---- Encodings -----------------------------------------------------------------------------------------------------------------------


def _normal_name(name):
    short = name[:12].lower().replace("_", "-")
    if short == "utf-8" or short.startswith("utf-8-"):
        return "utf-8"
    if short in ("latin-1", "iso-8859-1", "iso-latin-1") or short.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
        return "iso-8859-1"
    return name


def _codec_name(name):
    """What an encoding is called; LookupError if it is not known."""
    try:
        from codecs import lookup
    except ImportError:
        b"".decode(name)
        return name
    return lookup(name).name


def _cookie(line, filename, marked):
    """The encoding that a line declares, or None."""
    about = f" for {filename!r}" if filename is not None else ""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise SyntaxError("invalid or missing encoding declaration" + about) from None
    match = cookie_re.match(text)
    if not match:
        return None
    encoding = _normal_name(match[1])
    try:
        _codec_name(encoding)
    except LookupError:
        raise SyntaxError((f"unknown encoding{about}: " if about else "unknown encoding: ") + encoding) from None
    if not marked:
        return encoding
    if encoding != "utf-8":
        raise SyntaxError(f"encoding problem{about}: utf-8")
    return encoding + "-sig"


def detect_encoding(readline):
    """(encoding, the lines that were read to find it) of source that readline gives line by line as bytes: a byte order mark or a
    comment in the first two lines says which; "utf-8" otherwise."""
    filename = getattr(getattr(readline, "__self__", None), "name", None)

    def read():
        try:
            return readline()
        except StopIteration:
            return b""
    first = read()
    marked = first.startswith(BOM_UTF8)
    first = first[3:] if marked else first
    default = "utf-8-sig" if marked else "utf-8"
    if not first:
        return default, []
    encoding = _cookie(first, filename, marked)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = read()
    if not second:
        return default, [first]
    return _cookie(second, filename, marked) or default, [first, second]


def open(filename):
    """Open a source file for reading, in the encoding that it declares."""
    from io import TextIOWrapper
    file = _builtin_open(filename, "rb")
    try:
        encoding, _ = detect_encoding(file.readline)
        file.seek(0)
        text = TextIOWrapper(file, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except BaseException:
        file.close()
        raise


# ---- Tokens --------------------------------------------------------------------------------------------------------------------------


class _Lines:
    """A text by lines: what is where, with columns in characters."""

    def __init__(self, text):
        self.lines = text.splitlines(keepends=True) if not re.search("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text) else re.findall(
            "[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)

    def line(self, number):
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def span(self, first, last):
        return "".join(self.lines[first - 1:last])

    def column(self, number, byte):
        line = self.line(number)
        if line.isascii() or byte <= 0:
            return byte
        data = line.encode("utf-8", "surrogatepass")
        return len(data[:byte].decode("utf-8", "surrogatepass")) + max(byte - len(data), 0)

    def text(self, start, end):
        (first, left), (last, right) = start, end
        if first == last:
            return self.line(first)[left:right]
        return self.line(first)[left:] + self.span(first + 1, last - 1) + self.line(last)[:right]


def _ending(line):
    return "\r\n" if line.endswith("\r\n") else "\n" if line.endswith("\n") else "\r" if line.endswith("\r") else ""


class _Reader:
    """Makes TokenInfos of what the lexer has found, line ends and comments between them included."""

    def __init__(self, text, exact_end):
        self.source = _Lines(text)
        self.at = (1, 0) # the end of the last token
        self.inside = False # of a statement that has begun
        self.depth = 0

    def gap(self, until):
        """The comments and line ends before a place."""
        row, column = self.at
        while row < until[0]:
            yield from self._rest(row, column, None)
            row, column = row + 1, 0
        if row <= len(self.source.lines):
            yield from self._rest(row, column, until[1])

    def _rest(self, row, column, end):
        """From a column of a line on, up to end, or with the end of the line."""
        line = self.source.line(row)
        body = line[:len(line) - len(_ending(line))]
        part = body[column:] if end is None else body[column:end]
        start = column + len(part) - len(part.lstrip(" \t\f"))
        if part.lstrip(" \t\f")[:1] == "#":
            comment = part.strip("") [start - column:]
            yield TokenInfo(COMMENT, comment, (row, start), (row, start + len(comment)), line)
            start += len(comment)
        elif part.lstrip(" \t\f")[:1] == "\\":
            return # the line goes on
        if end is None and line:
            ending = _ending(line)
            yield TokenInfo(NL, ending, (row, start), (row, start + max(len(ending), 1)), line)

    def token(self, kind, line, column, end_line, end_column):
        source = self.source
        start, end = (line, source.column(line, column)), (end_line, source.column(end_line, end_column))
        self.at = end
        return TokenInfo(kind, source.text(start, end), start, end, source.span(line, end_line))

    def newline(self, row):
        """The end of a statement, with a comment before it."""
        line = self.source.line(row)
        ending = _ending(line)
        end = len(line) - len(ending)
        yield from self._rest(row, self.at[1], end)
        yield TokenInfo(NEWLINE, ending, (row, end), (row, end + max(len(ending), 1)), line)
        self.at = (row + 1, 0)

    def middle(self, found):
        """The text of an f-string: a doubled brace ends a token, and counts once."""
        start, row = found.start, found.start[0]
        pieces = re.split(r"(\{\{|\}\})", found.string)
        text, here, begun = "", start, start
        for i, piece in enumerate(pieces):
            text += piece[:1] if i % 2 else piece
            piece_end = _advance(here, piece)
            if i % 2:
                yield TokenInfo(FSTRING_MIDDLE, text, begun, (piece_end[0], piece_end[1] - 1), found.line)
                text, begun = "", piece_end
            here = piece_end
        if text or len(pieces) == 1:
            yield TokenInfo(FSTRING_MIDDLE, text, begun, found.end, found.line)


def _advance(place, text):
    lines = text.split("\n")
    return (place[0], place[1] + len(text)) if len(lines) == 1 else (place[0] + len(lines) - 1, len(lines[-1]))


def _tokens(text):
    import _krait
    found, error = _krait.tokens(text)
    reader = _Reader(text, True)
    dedents = 0
    indented = False
    for kind, start, end, line, column, end_line, end_column in found:
        if kind == DEDENT:
            dedents += 1
        elif kind == INDENT:
            indented = True
        elif kind == NEWLINE:
            yield from reader.newline(line)
        elif kind == ENDMARKER:
            yield from _end(reader, dedents)
        else:
            place = (line, reader.source.column(line, column))
            yield from reader.gap(place)
            if indented:
                yield TokenInfo(INDENT, reader.source.line(line)[:place[1]], (line, 0), place, reader.source.line(line))
                indented = False
            for _ in range(dedents):
                yield TokenInfo(DEDENT, "", place, place, reader.source.line(line))
            dedents = 0
            token = reader.token(kind, line, column, end_line, end_column)
            if kind == FSTRING_MIDDLE:
                yield from reader.middle(token)
            else:
                yield token
    if error is not None:
        yield from _before_error(reader, error)
        _raise(reader, *error)


def _end(reader, dedents):
    last = len(reader.source.lines)
    yield from reader.gap((last + 1, 0))
    place = (last + 1, 0)
    for _ in range(dedents):
        yield TokenInfo(DEDENT, "", place, place, "")
    yield TokenInfo(ENDMARKER, "", place, place, "")


def _before_error(reader, error):
    """The comments and line ends before what is wrong."""
    message, line, _, _ = error
    last = len(reader.source.lines)
    if message.endswith("was never closed") or "unexpected EOF" in message:
        yield from reader.gap((last + 1, 0))
    elif line > reader.at[0]:
        yield from reader.gap((line, 0))


def _raise(reader, message, line, column, kind):
    if kind is not SyntaxError:
        text = reader.source.line(line)
        error = kind(message)
        raise kind(message, ("<string>", line, len(text.rstrip("\r\n")) + 1, text.rstrip("\r\n"), None, None)) from None
    if "unterminated triple-quoted string" in message:
        message = "EOF in multi-line string"
    elif "was never closed" in message or message == "unexpected EOF while parsing":
        message = "unexpected EOF in multi-line statement"
        line, column = len(reader.source.lines), 1
    raise TokenError(message, (line, max(column - 1, 0) if "EOF in multi-line statement" in message else column))


def _read_all(readline):
    lines = []
    while True:
        try:
            line = readline()
        except StopIteration:
            break
        if not line:
            break
        lines.append(line)
    return lines


def _generate_tokens_from_c_tokenizer(source, encoding=None, extra_tokens=False):
    """What the lexer finds, for CPython's tests of it: without extra_tokens as the parser sees it, operators by their own numbers."""
    lines = _read_all(source)
    text = "".join(lines) if encoding is None else b"".join(lines).decode(encoding)
    for token in _tokens(text):
        if extra_tokens:
            yield token
        elif token.type not in (COMMENT, NL):
            yield token._replace(type=token.exact_type)


def generate_tokens(readline):
    """The tokens of source that readline gives line by line as text."""
    return _tokens("".join(_read_all(readline)))


def tokenize(readline):
    """The tokens of source that readline gives line by line as bytes; the first is ENCODING."""
    encoding, first = detect_encoding(readline)
    lines = first + _read_all(readline)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    yield TokenInfo(ENCODING, name, (0, 0), (0, 0), "")
    yield from _tokens(b"".join(lines).decode(name))


# ---- And back ------------------------------------------------------------------------------------------------------------------------


class Untokenizer:
    """Puts tokens where they were; untokenize() of pairs of number and text only sees that they stay apart."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0
        self.prev_type = None
        self.prev_line = ""
        self.encoding = None

    def add_whitespace(self, start):
        row, col = start
        if row < self.prev_row or (row == self.prev_row and col < self.prev_col):
            raise ValueError(f"start ({row},{col}) precedes previous end ({self.prev_row},{self.prev_col})")
        self._continue_lines(row)
        if col > self.prev_col:
            self.tokens.append(" " * (col - self.prev_col))

    def _continue_lines(self, row):
        """Lines between that had nothing but a backslash at their end."""
        lines = row - self.prev_row
        if not lines:
            return
        ending = "\r\n" if self.prev_line.endswith("\r\n") else "\n"
        before = self.prev_line.rstrip("\r\n")
        if not before.endswith("\\"):
            self.tokens.append("\\" + ending)
        else: # as much blank before the backslash as there was
            body = before[:-1]
            self.tokens.append(body[len(body.rstrip()):] + "\\" + ending if self.prev_col <= len(body.rstrip()) else "\\" + ending)
        if lines > 1:
            self.tokens.append(("\\" + ending) * (lines - 1))
        self.prev_col = 0

    def untokenize(self, iterable):
        tokens = iter(iterable)
        indents, at_start = [], False
        for token in tokens:
            if len(token) == 2:
                self.compat(token, tokens)
                break
            kind, text, start, end, line = token
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind == ENDMARKER:
                break
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                at_start = True
            elif at_start and indents:
                if start[1] >= len(indents[-1]):
                    self.tokens.append(indents[-1])
                    self.prev_col = len(indents[-1])
                at_start = False
            elif kind == FSTRING_MIDDLE:
                at_start = False
                text, end = self._doubled(text, end)
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row, self.prev_col = self.prev_row + 1, 0
            self.prev_type, self.prev_line = kind, line
        return "".join(self.tokens)

    def _doubled(self, text, end):
        """Text of an f-string with its braces doubled again, but for those of \\N{...}."""
        if "{" not in text and "}" not in text:
            return text, end
        fixed = re.sub(r"(\\N\{[^}]*\})|([{}])", lambda m: m[0] if m[1] else m[0] * 2, text)
        last = text.rpartition("\n")[2]
        more = len(fixed.rpartition("\n")[2]) - len(last)
        return fixed, (end[0], end[1] + more)

    def compat(self, token, iterable):
        from itertools import chain
        indents, out = [], self.tokens
        at_start, after_string, in_fstring = token[0] in (NEWLINE, NL), False, 0
        for kind, text in ((t[0], t[1]) for t in chain([token], iterable)):
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            if kind == FSTRING_START:
                in_fstring += 1
            elif kind == FSTRING_END:
                in_fstring -= 1
            if kind == STRING or kind == FSTRING_START:
                if after_string:
                    text = " " + text
            after_string = kind == STRING or kind == FSTRING_END
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                at_start = True
            elif at_start and indents:
                out.append(indents[-1])
                at_start = False
            elif kind == FSTRING_MIDDLE:
                text = self._doubled(text, (0, 0))[0]
            if in_fstring and text == "{" and out and out[-1].endswith("{"):
                text = " " + text
            out.append(text)


def untokenize(iterable):
    """Source that has these tokens: bytes if they begin with ENCODING, else text. Whole tokens come back as they were."""
    maker = Untokenizer()
    out = maker.untokenize(iterable)
    return out if maker.encoding is None else out.encode(maker.encoding)


def main():
    """python -m tokenize [-e] [FILE]: print the tokens of a source file, or of standard input."""
    import argparse
    import sys
    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true", help="display token names using the exact type")
    args = parser.parse_args()
    name = args.filename or "<stdin>"
    try:
        if args.filename:
            with _builtin_open(args.filename, "rb") as file:
                found = list(tokenize(file.readline))
        else:
            found = list(generate_tokens(sys.stdin.readline))
        for token in found:
            place = "%d,%d-%d,%d:" % (token.start + token.end)
            print("%-20s%-15s%-15r" % (place, tok_name[token.exact_type if args.exact else token.type], token.string))
    except (IndentationError, TokenError, SyntaxError) as error:
        line, column = error.args[1][1:3] if isinstance(error, SyntaxError) and len(error.args) > 1 else error.args[1] if len(error.args) > 1 else (0, 0)
        print(f"{name}:{line}:{column}: error: {error.args[0]}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
