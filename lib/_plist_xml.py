"""Property lists as XML: the elements that they have, and no more of XML than can stand in them."""

from binascii import a2b_base64, b2a_base64
import datetime
import re

from plistlib import InvalidFileException, _BOMS, _items

_HEADER = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?Z", re.ASCII)

# ---- Reading ----

_PIECE = re.compile(r"""<!--.*?--> | <\?.*?\?> | <!\[CDATA\[(?P<plain>.*?)\]\]> | <!DOCTYPE(?P<type>[^\[>]*(?:\[(?P<inside>.*?)\]\s*)?)>
    | <(?P<end>/)?(?P<name>[A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?P<empty>/)?> | (?P<text>[^<]+)""", re.VERBOSE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#(?P<number>\d+)|#x(?P<hex>[0-9a-fA-F]+)|(?P<name>\w+));|&")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def _unescape(match):
    if match["name"] in _ENTITIES:
        return _ENTITIES[match["name"]]
    if match["number"] or match["hex"]:
        return chr(int(match["number"] or match["hex"], 10 if match["number"] else 16))
    raise InvalidFileException(f"not an entity of XML: {match[0]}")


def _decode(data):
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom):].decode(encoding)
    declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""", data)
    try:
        return data.decode(declared[1].decode() if declared else "utf-8")
    except LookupError as e:
        raise InvalidFileException(str(e)) from None


def _pieces(text):
    """(kind, name or text): kind is "<", ">" or "t"; an empty element is both of the first two."""
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if not match:
            line = text.count("\n", 0, at) + 1
            raise InvalidFileException(f"not well-formed XML: line {line}")
        at = match.end()
        if match["inside"] and "<!ENTITY" in match["inside"]:
            raise InvalidFileException("XML entity declarations are not supported in plist files")
        if match["name"]:
            if match["end"]:
                yield ">", match["name"]
                continue
            yield "<", match["name"]
            if match["empty"]:
                yield ">", match["name"]
        elif match["plain"] is not None:
            yield "t", match["plain"]
        elif match["text"]:
            yield "t", _ENTITY.sub(_unescape, match["text"].replace("\r\n", "\n").replace("\r", "\n"))


class _Reader:
    def __init__(self, dict_type, aware):
        self.dict_type, self.aware = dict_type, aware
        self.open, self.names, self.key, self.keyed, self.text, self.root, self.done = [], [], None, [], [], None, False

    def run(self, pieces):
        for kind, what in pieces:
            if kind == "t":
                self.text.append(what)
            elif kind == "<":
                self.text = []
                self.names.append(what)
                if what in ("dict", "array"):
                    self.begin(self.dict_type() if what == "dict" else [])
                elif what not in _SCALARS and what not in ("plist", "key"):
                    raise InvalidFileException(f"not an element of property lists: {what}")
            else:
                if not self.names or self.names.pop() != what:
                    raise InvalidFileException(f"not well-formed XML: </{what}>")
                self.end(what)
        if self.names:
            raise InvalidFileException(f"not well-formed XML: <{self.names[-1]}> has no end")
        return self.root

    def begin(self, container):
        self.add(container)
        self.open.append(container)
        self.keyed.append(None)

    def end(self, name):
        if name in ("dict", "array"):
            self.open.pop()
            if self.keyed.pop() is not None:
                raise ValueError(f"missing value for key {self.last_key!r}")
        elif name == "key":
            if not self.open or isinstance(self.open[-1], list) or self.keyed[-1] is not None:
                raise ValueError("unexpected key")
            self.last_key = "".join(self.text)
            self.keyed[-1] = (self.last_key,)
        elif name != "plist":
            self.add(_SCALARS[name]("".join(self.text), self.aware))
        self.text = []

    def add(self, value):
        if not self.open:
            if self.done:
                raise InvalidFileException("several values")
            self.root, self.done = value, True
        elif isinstance(self.open[-1], list):
            self.open[-1].append(value)
        elif self.keyed[-1] is None:
            raise ValueError("unexpected element: a value without a key")
        else:
            self.open[-1][self.keyed[-1][0]] = value
            self.keyed[-1] = None


def _read_date(text, aware):
    match = _DATE.match(text)
    if not match:
        raise ValueError(f"not a date: {text!r}")
    parts = [int(part) for part in match.groups() if part is not None]
    return datetime.datetime(*parts, tzinfo=datetime.UTC if aware else None)


def _read_integer(text, _):
    return int(text[2:], 16) if text[:2] in ("0x", "0X") else int(text)


_SCALARS = {"true": lambda text, _: True, "false": lambda text, _: False, "string": lambda text, _: text, "real": lambda text, _: float(text),
            "integer": _read_integer, "date": _read_date, "data": lambda text, _: a2b_base64(text)}


def read(data, dict_type, aware):
    """The value of a property list in XML."""
    return _Reader(dict_type, aware).run(_pieces(_decode(data)))


# ---- Writing ----

def _escape(text):
    if found := _CONTROL.search(text):
        raise ValueError("strings can't contain control characters; use bytes instead")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Writer:
    def __init__(self, fp, sort_keys, skipkeys, aware):
        self.fp, self.sort_keys, self.skipkeys, self.aware = fp, sort_keys, skipkeys, aware
        self.level = 0

    def line(self, text):
        self.fp.write(b"\t" * self.level + text.encode() + b"\n" if text else b"\n")

    def value(self, value):
        if isinstance(value, str):
            self.line(f"<string>{_escape(value)}</string>")
        elif value is True or value is False:
            self.line("<true/>" if value else "<false/>")
        elif isinstance(value, int):
            if not -1 << 63 <= value < 1 << 64:
                raise OverflowError(value)
            self.line(f"<integer>{value:d}</integer>")
        elif isinstance(value, float):
            self.line(f"<real>{value!r}</real>")
        elif isinstance(value, dict):
            self.several("dict", _items(value, self.sort_keys, self.skipkeys) if value else ())
        elif isinstance(value, (bytes, bytearray)):
            self.data(value)
        elif isinstance(value, datetime.datetime):
            self.line(f"<date>{self.date(value)}</date>")
        elif isinstance(value, (tuple, list)):
            self.several("array", [(None, item) for item in value])
        else:
            raise TypeError(f"unsupported type: {type(value)}")

    def several(self, name, items):
        first = True
        for key, item in items:
            if first:
                self.line(f"<{name}>")
                self.level += 1
                first = False
            if key is not None:
                self.line(f"<key>{_escape(key)}</key>")
            self.value(item)
        if first:
            self.line(f"<{name}/>")
            return
        self.level -= 1
        self.line(f"</{name}>")

    def data(self, value):
        self.line("<data>")
        size = max(16, 76 - 8 * self.level) // 4 * 3  # bytes of a line
        for at in range(0, len(value), size):
            self.line(b2a_base64(value[at:at + size], newline=False).decode())
        self.line("</data>")

    def date(self, value):
        if self.aware:
            value = value.astimezone(datetime.UTC)
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}T{value.hour:02d}:{value.minute:02d}:{value.second:02d}Z"


def write(value, fp, sort_keys, skipkeys, aware):
    """Write a value as XML."""
    fp.write(_HEADER)
    fp.write(b'<plist version="1.0">\n')
    _Writer(fp, sort_keys, skipkeys, aware).value(value)
    fp.write(b"</plist>\n")
