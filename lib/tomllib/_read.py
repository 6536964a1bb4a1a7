"""Reads TOML (toml.io/en/v1.0.0). Each function gets the text and a place in it, and says where it ended.

Which tables are complete, and cannot be added to any more, is kept beside the dicts: _Node has the same shape."""

import re

_DEC = r"[0-9](?:_?[0-9])*"
_number = re.compile(r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)|"
                     r"[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\." + _DEC + r")?(?:[eE][+-]?" + _DEC + r")?)")
_datetime = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
                       r"(?:[Tt ]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6})[0-9]*)?"
                       r"(?:([Zz])|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?)?")
_time = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6})[0-9]*)?")
_bare_key = re.compile(r"[A-Za-z0-9_-]+")
_space = re.compile(r"[ \t]*")
_space_and_lines = re.compile(r"[ \t\n]*")
_control = frozenset(map(chr, [*range(32), 127])) - {"\t"}
_escapes = {"\\b": "\b", "\\t": "\t", "\\n": "\n", "\\f": "\f", "\\r": "\r", '\\"': '"', "\\\\": "\\"}
_not_plain = re.compile(r'["\\\x00-\x08\x0a-\x1f\x7f]')
_not_plain_lines = re.compile(r'["\\\x00-\x08\x0b-\x1f\x7f]')


class TOMLDecodeError(ValueError):
    """A text is not TOML."""


def load(fp, /, *, parse_float=float):
    """The contents of a file that was opened for bytes; parse_float gets the text of each float."""
    data = fp.read()
    try:
        text = data.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)


def _fail(text, at, message):
    if at >= len(text):
        place = "end of document"
    else:
        line = text.count("\n", 0, at) + 1
        place = f"line {line}, column {at - text.rfind(chr(10), 0, at)}"
    return TOMLDecodeError(f"{message} (at {place})")


class _Node:
    """What is known of a table beside its values."""

    __slots__ = ("below", "defined", "frozen")

    def __init__(self):
        self.below = {}
        self.defined = False # by a header, or by dotted keys: cannot be by a header again
        self.frozen = False # written as a value: nothing can be added

    def at(self, path):
        """The node that path leads to, which is made if it is missing."""
        node = self
        for key in path:
            node = node.below.setdefault(key, _Node())
        return node

    def is_frozen(self, path):
        """Whether a table on the way, or the last one, is frozen."""
        node = self
        for key in path:
            node = node.below.get(key)
            if node is None:
                return False
            if node.frozen:
                return True
        return False


def loads(s, /, *, parse_float=float):
    """The contents of a TOML text; parse_float gets the text of each float."""
    text = s.replace("\r\n", "\n")
    if parse_float is not float:
        given = parse_float

        def parse_float(digits):
            value = given(digits)
            if isinstance(value, (dict, list)):
                raise ValueError("parse_float must not return dicts or lists")
            return value

    return _Document(text, parse_float).read()


class _Document:
    """One text that is being read."""

    def __init__(self, text, parse_float):
        self.text, self.parse_float = text, parse_float
        self.root, self.nodes = {}, _Node()
        self.header = ()
        self.pending = [] # nodes that dotted keys have made since the last header

    def read(self):
        text, at, end = self.text, 0, len(self.text)
        while True:
            at = self.skip(at)
            char = text[at:at + 1]
            if not char:
                return self.root
            if char == "\n":
                at += 1
                continue
            if char == "[":
                at = self.array_header(at) if text.startswith("[[", at) else self.table_header(at)
                at = self.skip(at)
            elif char in "\"'" or _bare_key.match(char):
                at = self.skip(self.key_value(at))
            elif char != "#":
                raise _fail(text, at, "Invalid statement")
            at = self.comment(at)
            if at >= end:
                return self.root
            if text[at] != "\n":
                raise _fail(text, at, "Expected newline or end of document after a statement")
            at += 1

    def skip(self, at):
        return _space.match(self.text, at).end()

    def comment(self, at):
        if not self.text.startswith("#", at):
            return at
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        for i in range(at + 1, end):
            if self.text[i] in _control:
                raise _fail(self.text, i, f"Found invalid character {self.text[i]!r}")
        return end

    def skip_lines(self, at):
        """Over spaces, newlines and comments."""
        while True:
            at = _space_and_lines.match(self.text, at).end()
            end = self.comment(at)
            if end == at:
                return at
            at = end

    # ---- Keys ----

    def key_part(self, at):
        text = self.text
        found = _bare_key.match(text, at)
        if found:
            return found.group(), found.end()
        if text.startswith("'", at):
            return self.literal(at)
        if text.startswith('"', at):
            return self.basic(at)
        raise _fail(text, at, "Invalid initial character for a key part")

    def key(self, at):
        part, at = self.key_part(at)
        parts = [part]
        at = self.skip(at)
        while self.text.startswith(".", at):
            part, at = self.key_part(self.skip(at + 1))
            parts.append(part)
            at = self.skip(at)
        return tuple(parts), at

    # ---- Headers ----

    def go(self, path, at):
        """The table that path leads to; what is missing is made. In an array of tables the way leads through its last."""
        table = self.root
        for key in path:
            table = table.setdefault(key, {})
            if isinstance(table, list):
                table = table[-1]
            if not isinstance(table, dict):
                raise _fail(self.text, at, "Cannot overwrite a value")
        return table

    def end_dotted(self):
        """Tables that dotted keys made are defined from the next header on."""
        for node in self.pending:
            node.defined = True
        self.pending = []

    def table_header(self, at):
        self.end_dotted()
        path, at = self.key(self.skip(at + 1))
        node = self.nodes.at(path)
        if node.defined or self.nodes.is_frozen(path):
            raise _fail(self.text, at, f"Cannot declare {path} twice")
        node.defined = True
        self.go(path, at)
        if not self.text.startswith("]", at):
            raise _fail(self.text, at, "Expected ']' at the end of a table declaration")
        self.header = path
        return at + 1

    def array_header(self, at):
        self.end_dotted()
        path, at = self.key(self.skip(at + 2))
        if self.nodes.is_frozen(path):
            raise _fail(self.text, at, f"Cannot mutate immutable namespace {path}")
        node = self.nodes.at(path)
        node.below.clear() # what was said about the last element does not hold for this one
        node.defined = True
        items = self.go(path[:-1], at).setdefault(path[-1], [])
        if not isinstance(items, list):
            raise _fail(self.text, at, "Cannot overwrite a value")
        items.append({})
        if not self.text.startswith("]]", at):
            raise _fail(self.text, at, "Expected ']]' at the end of an array declaration")
        self.header = path
        return at + 2

    # ---- Keys with values ----

    def pair(self, at):
        path, at = self.key(at)
        if not self.text.startswith("=", at):
            raise _fail(self.text, at, "Expected '=' after a key in a key/value pair")
        value, at = self.value(self.skip(at + 1))
        return path, value, at

    def key_value(self, at):
        path, value, at = self.pair(at)
        above = self.header + path[:-1]
        for i in range(1, len(path)):
            node = self.nodes.at(self.header + path[:i])
            if node.defined:
                raise _fail(self.text, at, f"Cannot redefine namespace {self.header + path[:i]}")
            self.pending.append(node)
        if self.nodes.is_frozen(above):
            raise _fail(self.text, at, f"Cannot mutate immutable namespace {above}")
        table = self.go(above, at)
        if path[-1] in table:
            raise _fail(self.text, at, "Cannot overwrite a value")
        if isinstance(value, (dict, list)):
            self.nodes.at(self.header + path).frozen = True
        table[path[-1]] = value
        return at

    # ---- Values ----

    def value(self, at):
        text = self.text
        char = text[at:at + 1]
        if char == '"':
            return self.lines(at, '"') if text.startswith('"""', at) else self.basic(at)
        if char == "'":
            return self.lines(at, "'") if text.startswith("'''", at) else self.literal(at)
        if char == "t" and text.startswith("true", at):
            return True, at + 4
        if char == "f" and text.startswith("false", at):
            return False, at + 5
        if char == "[":
            return self.array(at)
        if char == "{":
            return self.inline_table(at)
        found = _datetime.match(text, at)
        if found:
            try:
                return _as_datetime(found), found.end()
            except ValueError as e:
                raise _fail(text, at, "Invalid date or datetime") from e
        found = _time.match(text, at)
        if found:
            return _as_time(found), found.end()
        found = _number.match(text, at)
        if found:
            digits = found.group()
            return self.parse_float(digits) if found.group("float") else int(digits, 0), found.end()
        for word in ("inf", "nan", "+inf", "-inf", "+nan", "-nan"):
            if text.startswith(word, at):
                return self.parse_float(word), at + len(word)
        raise _fail(text, at, "Invalid value")

    def array(self, at):
        items = []
        at = self.skip_lines(at + 1)
        while not self.text.startswith("]", at):
            value, at = self.value(at)
            items.append(value)
            at = self.skip_lines(at)
            if self.text.startswith("]", at):
                break
            if not self.text.startswith(",", at):
                raise _fail(self.text, at, "Unclosed array")
            at = self.skip_lines(at + 1)
        return items, at + 1

    def inline_table(self, at):
        made, nodes = {}, _Node()
        at = self.skip(at + 1)
        if self.text.startswith("}", at):
            return made, at + 1
        while True:
            path, value, at = self.pair(at)
            if nodes.is_frozen(path):
                raise _fail(self.text, at, f"Cannot mutate immutable namespace {path}")
            table = made
            for key in path[:-1]:
                table = table.setdefault(key, {})
                if not isinstance(table, dict):
                    raise _fail(self.text, at, "Cannot overwrite a value")
            if path[-1] in table:
                raise _fail(self.text, at, f"Duplicate inline table key {path[-1]!r}")
            table[path[-1]] = value
            at = self.skip(at)
            if self.text.startswith("}", at):
                return made, at + 1
            if not self.text.startswith(",", at):
                raise _fail(self.text, at, "Unclosed inline table")
            if isinstance(value, (dict, list)):
                nodes.at(path).frozen = True
            at = self.skip(at + 1)

    # ---- Strings ----

    def literal(self, at):
        return self.until("'", at + 1, _control)

    def until(self, quote, at, bad):
        """The text up to a quote, without characters that are bad."""
        end = self.text.find(quote, at)
        if end < 0:
            raise _fail(self.text, len(self.text), f"Expected {quote!r}")
        for i in range(at, end):
            if self.text[i] in bad:
                raise _fail(self.text, i, f"Found invalid character {self.text[i]!r}")
        return self.text[at:end], end + len(quote)

    def basic(self, at):
        return self.escaped(at + 1, False)

    def escaped(self, at, lines):
        """A string with escapes; lines: it may have several, and ends with three quotes."""
        text = self.text
        pieces = []
        stop = _not_plain_lines if lines else _not_plain
        while True:
            found = stop.search(text, at)
            if found is None:
                raise _fail(text, len(text), "Unterminated string")
            pieces.append(text[at:found.start()])
            at = found.start()
            char = text[at]
            if char == '"':
                if not lines:
                    return "".join(pieces), at + 1
                if text.startswith('"""', at):
                    return "".join(pieces), at + 3
                pieces.append(char)
                at += 1
            elif char == "\\":
                piece, at = self.escape(at, lines)
                pieces.append(piece)
            else:
                raise _fail(text, at, f"Illegal character {char!r}")

    def escape(self, at, lines):
        text = self.text
        name = text[at:at + 2]
        at += 2
        if lines and name in ("\\ ", "\\\t", "\\\n"): # the rest of the line, and spaces on the next
            if name != "\\\n":
                at = self.skip(at)
                if not text[at:at + 1]:
                    return "", at
                if text[at] != "\n":
                    raise _fail(text, at, "Unescaped '\\' in a string")
                at += 1
            return "", _space_and_lines.match(text, at).end()
        if name in ("\\u", "\\U"):
            size = 4 if name == "\\u" else 8
            digits = text[at:at + size]
            if len(digits) != size or not all(c in "0123456789abcdefABCDEF" for c in digits):
                raise _fail(text, at, "Invalid hex value")
            number = int(digits, 16)
            if 0xD800 <= number < 0xE000 or number > 0x10FFFF:
                raise _fail(text, at + size, "Escaped character is not a Unicode scalar value")
            return chr(number), at + size
        if name not in _escapes:
            raise _fail(text, at, "Unescaped '\\' in a string")
        return _escapes[name], at

    def lines(self, at, quote):
        text = self.text
        at += 3
        if text.startswith("\n", at):
            at += 1
        if quote == "'":
            value, at = self.until("'''", at, _control - {"\n"})
        else:
            value, at = self.escaped(at, True)
        for _more in range(2): # up to two quotes right before the three that end it
            if text.startswith(quote, at):
                value += quote
                at += 1
        return value, at


def _micro(digits):
    return int(digits.ljust(6, "0")) if digits else 0


def _as_time(found):
    from datetime import time
    hour, minute, second, micro = found.groups()
    return time(int(hour), int(minute), int(second), _micro(micro))


def _as_datetime(found):
    from datetime import date, datetime, timedelta, timezone
    year, month, day, hour, minute, second, micro, zulu, sign, zone_hour, zone_minute = found.groups()
    if hour is None:
        return date(int(year), int(month), int(day))
    zone = timezone.utc if zulu else None
    if sign:
        delta = timedelta(hours=int(zone_hour), minutes=int(zone_minute))
        zone = timezone(-delta if sign == "-" else delta)
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), _micro(micro), tzinfo=zone)
