"""A message: headers in their order, any name more than once and in any case, and a payload, which is text or a list of messages."""

import binascii
import re

from email import errors

__all__ = ["Message", "EmailMessage"]

_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;]*))?')


def _unquote(text):
    """text without the quotes around it and the backslashes in it."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _split_parameters(value):
    """'a/b; c="d"' as [('a/b', ''), ('c', '"d"')]"""
    first, semicolon, rest = str(value).partition(";")
    found = [(first.strip(), "")]
    for name, text in _PARAMETER.findall(semicolon + rest):
        found.append((name.strip(), text.strip()))
    return found


def _format_parameter(name, value):
    if value is None or value == "":
        return name
    if isinstance(value, tuple):
        from urllib.parse import quote
        charset, language, text = value
        return f"{name}*={charset or ''}'{language or ''}'{quote(text, safe='', encoding=charset or 'ascii')}"
    if re.fullmatch(r"[!#-'*+\-.0-9A-Z^-~]+", value):
        return f"{name}=\"{value}\""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'


class Message:
    """Headers as in a mapping, and the payload. len() counts headers; a name that is not there gives None."""

    def __init__(self, policy=None):
        if policy is not None:
            raise NotImplementedError("email: policies")
        self._headers = []
        self._unixfrom = self._payload = self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = "text/plain"

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """The whole message as text."""
        if policy is not None or maxheaderlen:
            raise NotImplementedError("email: policies, and folding headers")
        lines = [f"{name}: {value}\n" for name, value in self._headers]
        if unixfrom and self._unixfrom:
            lines.insert(0, self._unixfrom + "\n")
        return "".join(lines) + "\n" + self._body_text()

    def _body_text(self):
        if not isinstance(self._payload, list):
            return self._payload or ""
        boundary = self.get_boundary()
        if boundary is None:
            raise errors.HeaderParseError("a message with parts has no parameter boundary")
        parts = [f"--{boundary}\n{part.as_string()}" for part in self._payload]
        return ((self.preamble + "\n" if self.preamble is not None else "") + "\n".join(parts) + f"\n--{boundary}--\n" + (self.epilogue or ""))

    def as_bytes(self, unixfrom=False, policy=None):
        """The whole message as bytes."""
        return self.as_string(unixfrom, policy=policy).encode("ascii", "surrogateescape")

    __bytes__ = as_bytes

    # ---- Payload ----

    def is_multipart(self):
        """Whether the payload is a list of messages."""
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    def attach(self, payload):
        """Add a message to the payload."""
        if self._payload is None:
            self._payload = []
        if not isinstance(self._payload, list):
            raise TypeError("Attach is not valid on a message with a non-multipart payload")
        self._payload.append(payload)

    def get_payload(self, i=None, decode=False):
        """The payload, or its i-th message; decode: as bytes, without Content-Transfer-Encoding, None if there are several messages."""
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None:
            raise TypeError(f"Expected list, got {type(self._payload)}")
        return self._decoded() if decode else self._payload

    def _decoded(self):
        text = self._payload
        if not isinstance(text, str):
            return text
        raw = text.encode("ascii", "surrogateescape") if text.isascii() or any("\udc80" <= c <= "\udcff" for c in text) else text.encode("raw-unicode-escape")
        encoding = str(self.get("content-transfer-encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(raw)
        if encoding == "base64":
            try:
                return binascii.a2b_base64(raw)
            except binascii.Error:
                self.defects.append(errors.InvalidBase64PaddingDefect())
        return raw

    def set_payload(self, payload, charset=None):
        """Have this payload; charset: set Content-Type's parameter, and encode the text."""
        if charset is not None:
            if isinstance(payload, str):
                payload = payload.encode(str(charset), "surrogateescape").decode("ascii", "surrogateescape")
            self.set_param("charset", str(charset))
        elif hasattr(payload, "decode"):
            payload = payload.decode("ascii", "surrogateescape")
        self._payload = payload

    def get_charset(self):
        """What set_charset() has set: nothing here."""
        return self._charset

    def walk(self):
        """Iterate over this message and all that it contains."""
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()

    # ---- Headers ----

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, value))

    def __delitem__(self, name):
        name = name.lower()
        self._headers = [header for header in self._headers if header[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(header[0].lower() == name for header in self._headers)

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        """All names, in their order."""
        return [name for name, _ in self._headers]

    def values(self):
        """All values, in their order."""
        return [value for _, value in self._headers]

    def items(self):
        """All pairs, in their order."""
        return list(self._headers)

    def get(self, name, failobj=None):
        """The first value of the name, or failobj."""
        name = name.lower()
        for other, value in self._headers:
            if other.lower() == name:
                return value
        return failobj

    def get_all(self, name, failobj=None):
        """The list of all values of the name, or failobj."""
        name = name.lower()
        return [value for other, value in self._headers if other.lower() == name] or failobj

    def set_raw(self, name, value):
        """Add a header as it is."""
        self._headers.append((name, value))

    def raw_items(self):
        """Iterate over the headers as they are."""
        return iter(self._headers.copy())

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters: add_header('Content-Disposition', 'attachment', filename='a.txt'). _ in names stands for -."""
        parts = [] if _value is None else [_value]
        parts += [_format_parameter(name.replace("_", "-"), value) for name, value in _params.items()]
        self[_name] = "; ".join(parts)

    def replace_header(self, _name, _value):
        """Change the first header of the name. KeyError if there is none."""
        for i, (name, _) in enumerate(self._headers):
            if name.lower() == _name.lower():
                self._headers[i] = name, _value
                return
        raise KeyError(_name)

    # ---- Content-Type and its parameters ----

    def get_content_type(self):
        """The type in small letters, as 'text/html'; what cannot be understood is text/plain."""
        value = self.get("content-type")
        if value is None:
            return self.get_default_type()
        kind = _split_parameters(value)[0][0].lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        """The part of get_content_type() before the slash."""
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        """The part of get_content_type() behind the slash."""
        return self.get_content_type().split("/")[1]

    def get_default_type(self):
        """The type where there is no header Content-Type."""
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_params(self, failobj=None, header="content-type", unquote=True):
        """The parameters of a header as pairs, first its value with ''."""
        value = self.get(header)
        if value is None:
            return failobj
        return [(name, _unquote(text) if unquote else text) for name, text in _split_parameters(value)]

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        """A parameter of a header: str, or (charset, language, text) if it is encoded as in RFC 2231."""
        for name, text in self.get_params(failobj, header, unquote) or ():
            if name.lower() == param.lower():
                return text
            if name.lower() == param.lower() + "*" and text.count("'") >= 2:
                from urllib.parse import unquote as from_percent
                charset, language, encoded = text.split("'", 2)
                return charset or None, language or None, from_percent(encoded, encoding="latin-1")
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        """Set a parameter of a header, which is made if need be."""
        if charset:
            value = (charset, language, value)
        if header not in self and header.lower() == "content-type":
            parts = [(self.get_default_type(), "")]
        else:
            parts = self.get_params([("", "")], header)
        parts = [part for part in parts if part[0].lower() != param.lower()] + [(param, value)]
        text = "; ".join([parts[0][0]] + [_format_parameter(name, one) for name, one in parts[1:]])
        if header in self:
            self.replace_header(header, text)
        else:
            self[header] = text

    def _text_param(self, name, header):
        value = self.get_param(name, None, header)
        if isinstance(value, tuple):
            value = value[2].encode("latin-1").decode(value[0] or "ascii", "replace")
        return value

    def get_content_charset(self, failobj=None):
        """The parameter charset in small letters."""
        value = self._text_param("charset", "content-type")
        return failobj if value is None else value.lower()

    def get_boundary(self, failobj=None):
        """The parameter boundary."""
        value = self._text_param("boundary", "content-type")
        return failobj if value is None else value.rstrip()

    def get_filename(self, failobj=None):
        """The name of a file: of Content-Disposition, or Content-Type's parameter name."""
        value = self._text_param("filename", "content-disposition")
        if value is None:
            value = self._text_param("name", "content-type")
        return failobj if value is None else value.strip()

    def get_content_disposition(self):
        """'inline', 'attachment', ... or None."""
        value = self.get("content-disposition")
        return None if value is None else _split_parameters(value)[0][0].lower()


class EmailMessage(Message):
    """A Message to be sent: set_content() makes the headers that describe it."""

    def __init__(self, policy=None):
        super().__init__(policy)

    def __setitem__(self, name, value):
        if hasattr(value, "isoformat"):
            from email.utils import format_datetime
            value = format_datetime(value)
        value = str(value)
        if "\r" in value or "\n" in value:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        super().__setitem__(name, value if value.isascii() else _encoded_word(value))

    def set_content(self, content, subtype="plain", charset="utf-8"):
        """Have this text, or with subtype of the form 'a/b', these bytes."""
        for name in [name for name in self.keys() if name.lower().startswith("content-")]:
            del self[name]
        if isinstance(content, str):
            lines = "".join(line + "\n" for line in content.splitlines())
            octets = lines.encode(charset)
            self["Content-Type"] = f"text/{subtype}; charset=\"{charset}\""
            plain = max(map(len, octets.split(b"\n"))) <= 998
            self["Content-Transfer-Encoding"] = "base64" if not plain else "7bit" if octets.isascii() else "8bit"
        elif isinstance(content, (bytes, bytearray, memoryview)):
            octets, plain = bytes(content), False
            self["Content-Type"] = subtype if "/" in subtype else f"application/{subtype}"
            self["Content-Transfer-Encoding"] = "base64"
        else:
            raise NotImplementedError(f"email: content of type {type(content).__name__}")
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"
        if not plain:
            octets = b"".join(binascii.b2a_base64(octets[i:i + 57]) for i in range(0, len(octets), 57))
        self._payload = octets.decode("ascii", "surrogateescape")

    def get_content(self):
        """The text, or for what is no text, the bytes."""
        octets = self.get_payload(decode=True)
        return octets.decode(self.get_content_charset("ascii"), "replace") if self.get_content_maintype() == "text" else octets


def _encoded_word(text):
    """text as RFC 2047 has it, in pieces of at most 75 characters."""
    pieces, piece = [], b""
    for c in text:
        octets = c.encode("utf-8")
        if len(piece) + len(octets) > 45:
            pieces.append(piece)
            piece = b""
        piece += octets
    pieces.append(piece)
    return " ".join("=?utf-8?b?" + binascii.b2a_base64(piece, newline=False).decode("ascii") + "?=" for piece in pieces)
