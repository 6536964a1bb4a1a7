"""A message: headers in their order, any name more than once and in any case, and a payload, which is text or a list of messages."""

from email._parameter import collapse_rfc2231_value, decode_params, format_param, has_surrogates, split_params, unquote_value
from email._policybase import compat32

__all__ = ["Message", "EmailMessage"]

_UU = ("x-uuencode", "uuencode", "uue", "x-uue")
_JOIN = "; "


def _value_of(text):
    """A header's value without its parameters."""
    return str(text).partition(";")[0].strip()


class Message:
    """Headers as in a mapping, and the payload. len() counts headers; a name that is not there gives None."""

    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers = []
        self._unixfrom = self._payload = self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = "text/plain"

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """The whole message as text; bytes that could not be decoded are encoded."""
        from io import StringIO
        from email.generator import Generator
        out = StringIO()
        Generator(out, mangle_from_=False, maxheaderlen=maxheaderlen, policy=policy or self.policy).flatten(self, unixfrom=unixfrom)
        return out.getvalue()

    def __bytes__(self):
        return self.as_bytes()

    def as_bytes(self, unixfrom=False, policy=None):
        """The whole message as bytes."""
        from io import BytesIO
        from email.generator import BytesGenerator
        out = BytesIO()
        BytesGenerator(out, mangle_from_=False, policy=policy or self.policy).flatten(self, unixfrom=unixfrom)
        return out.getvalue()

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
            self._payload = [payload]
            return
        try:
            self._payload.append(payload)
        except AttributeError:
            raise TypeError("Attach is not valid on a message with a non-multipart payload") from None

    def get_payload(self, i=None, decode=False):
        """The payload, or its i-th message; decode: as bytes, without Content-Transfer-Encoding, None if there are several messages."""
        payload = self._payload
        if isinstance(payload, list):
            return None if decode else payload if i is None else payload[i]
        if i is not None:
            raise TypeError(f"Expected list, got {type(payload)}")
        if not isinstance(payload, str):
            return payload
        if not decode:
            return self._as_text(payload)
        try:
            octets = payload.encode("ascii", "surrogateescape")
        except UnicodeEncodeError:
            octets = payload.encode("raw-unicode-escape")
        field = self.get("content-transfer-encoding", "")
        return self._decode(octets, field.cte if hasattr(field, "cte") else str(field).strip().lower())

    def _as_text(self, payload):
        if not has_surrogates(payload):
            return payload
        try:
            octets = payload.encode("ascii", "surrogateescape")
        except UnicodeEncodeError:
            return payload
        try:
            return octets.decode(self.get_content_charset("ascii"), "replace")
        except LookupError:
            return octets.decode("ascii", "replace")

    def _decode(self, octets, encoding):
        if encoding == "quoted-printable":
            from binascii import a2b_qp
            return a2b_qp(octets)
        if encoding == "base64":
            from email._encoded_words import decode_b
            octets, defects = decode_b(b"".join(octets.splitlines()))
            for defect in defects:
                self.policy.handle_defect(self, defect)
        elif encoding in _UU:
            from email._uu import decode_uu
            try:
                return decode_uu(octets)
            except ValueError:
                pass
        return octets

    def set_payload(self, payload, charset=None):
        """Have this payload; charset: set Content-Type's parameter, and encode the text."""
        if hasattr(payload, "encode") and hasattr(charset, "output_charset"):
            payload = payload.encode(charset.output_charset, "surrogateescape")
        self._payload = payload.decode("ascii", "surrogateescape") if hasattr(payload, "decode") else payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        """Encode the payload as a Charset says (or its name), and set the headers that tell it; None: remove the parameter."""
        if charset is None:
            self.del_param("charset")
            self._charset = None
            return
        from email.charset import Charset
        if not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        name = charset.get_output_charset()
        if "MIME-Version" not in self:
            self.add_header("MIME-Version", "1.0")
        if "Content-Type" not in self:
            self.add_header("Content-Type", "text/plain", charset=name)
        else:
            self.set_param("charset", name)
        if charset != name:
            self._payload = charset.body_encode(self._payload)
        if "Content-Transfer-Encoding" not in self:
            how = charset.get_body_encoding()
            if callable(how):
                how(self)
                return
            octets = self._payload
            if octets:
                try:
                    octets = octets.encode("ascii", "surrogateescape")
                except UnicodeError:
                    octets = octets.encode(charset.output_charset)
            self._payload = charset.body_encode(octets)
            self.add_header("Content-Transfer-Encoding", how)

    def get_charset(self):
        """What set_charset() has set."""
        return self._charset

    def walk(self):
        """Iterate over this message and all that it contains, depth first."""
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()

    # ---- Headers ----

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, val):
        most = self.policy.header_max_count(name)
        if most and sum(self._named(name)) >= most:
            raise ValueError(f"There may be at most {most} {name} headers in a message")
        self._headers.append(self.policy.header_store_parse(name, val))

    def _named(self, name):
        """For each header, whether it has this name."""
        name = name.lower()
        return [other.lower() == name for other, _ in self._headers]

    def __delitem__(self, name):
        self._headers = [header for header, same in zip(self._headers, self._named(name)) if not same]

    def __contains__(self, name):
        return any(self._named(name))

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        """All names, in their order."""
        return [name for name, _ in self._headers]

    def values(self):
        """All values, in their order."""
        return [value for _, value in self.items()]

    def items(self):
        """All pairs, in their order."""
        return [(name, self.policy.header_fetch_parse(name, value)) for name, value in self._headers]

    def get(self, name, failobj=None):
        """The first value of the name, or failobj."""
        lower = name.lower()
        for other, value in self._headers:
            if other.lower() == lower:
                return self.policy.header_fetch_parse(other, value)
        return failobj

    def get_all(self, name, failobj=None):
        """The list of all values of the name, or failobj."""
        lower = name.lower()
        found = [self.policy.header_fetch_parse(other, value) for other, value in self._headers if other.lower() == lower]
        return found or failobj

    def set_raw(self, name, value):
        """Add a header as it is."""
        self._headers.append((name, value))

    def raw_items(self):
        """Iterate over the headers as they are."""
        return iter(self._headers.copy())

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters: add_header('Content-Disposition', 'attachment', filename='a.txt'). _ in names stands for -."""
        parts = [] if _value is None else [_value]
        parts += [format_param(name.replace("_", "-"), value) for name, value in _params.items()]
        self[_name] = _JOIN.join(parts)

    def replace_header(self, _name, _value):
        """Change the first header of the name. KeyError if there is none."""
        for i, same in enumerate(self._named(_name)):
            if same:
                self._headers[i] = self.policy.header_store_parse(self._headers[i][0], _value)
                return
        raise KeyError(_name.lower())

    # ---- Content-Type and its parameters ----

    def get_content_type(self):
        """The type in small letters, as 'text/html'; what cannot be understood is text/plain."""
        value = self.get("content-type")
        if value is None:
            return self.get_default_type()
        kind = _value_of(value).lower()
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

    def _get_params_preserve(self, failobj, header):
        """The parameters with their quotes."""
        value = self.get(header)
        return failobj if value is None else decode_params(split_params(value))

    def get_params(self, failobj=None, header="content-type", unquote=True):
        """The parameters of a header as pairs, first its value with ''."""
        params = self._get_params_preserve(None, header)
        if params is None:
            return failobj
        return [(name, unquote_value(value)) for name, value in params] if unquote else params

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        """A parameter of a header: str, or (charset, language, text) if it is encoded as in RFC 2231."""
        for name, value in self._get_params_preserve((), header):
            if name.lower() == param.lower():
                return unquote_value(value) if unquote else value
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        """Set a parameter of a header, which is made if need be."""
        if charset and not isinstance(value, tuple):
            value = (charset, language, value)
        old = self.get(header)
        if old is None and header.lower() == "content-type":
            old = "text/plain"
        new = format_param(param, value, requote)
        if self.get_param(param, header=header):
            text = _JOIN.join([new if name.lower() == param.lower() else format_param(name, other, requote)
                               for name, other in self.get_params(header=header, unquote=requote)])
        else:
            text = f"{old}{_JOIN}{new}" if old else new
        if text != self.get(header):
            if replace:
                self.replace_header(header, text)
            else:
                del self[header]
                self[header] = text

    def del_param(self, param, header="content-type", requote=True):
        """Remove a parameter of a header."""
        if header not in self:
            return
        text = _JOIN.join([format_param(name, value, requote) for name, value in self.get_params(header=header, unquote=requote)
                           if name.lower() != param.lower()])
        if text != self.get(header):
            del self[header]
            self[header] = text

    def set_type(self, type, header="Content-Type", requote=True):
        """Set maintype/subtype of a header and leave its parameters."""
        if type.count("/") != 1:
            raise ValueError
        if header.lower() == "content-type":
            del self["mime-version"]
            self["MIME-Version"] = "1.0"
        params = self.get_params(header=header, unquote=requote) or [()]
        del self[header]
        self[header] = type
        for name, value in params[1:]:
            self.set_param(name, value, header, requote)

    def get_filename(self, failobj=None):
        """The name of a file: of Content-Disposition, or Content-Type's parameter name."""
        value = self.get_param("filename", None, "content-disposition")
        if value is None:
            value = self.get_param("name", None, "content-type")
        return failobj if value is None else collapse_rfc2231_value(value).strip()

    def get_boundary(self, failobj=None):
        """The parameter boundary."""
        value = self.get_param("boundary")
        return failobj if value is None else collapse_rfc2231_value(value).rstrip()

    def set_boundary(self, boundary):
        """Set the parameter boundary and leave Content-Type where it is. HeaderParseError if there is none."""
        params = self._get_params_preserve(None, "content-type")
        if params is None:
            from email.errors import HeaderParseError
            raise HeaderParseError("No Content-Type header found")
        quoted = f'"{boundary}"'
        params = [(name, quoted if name.lower() == "boundary" else value) for name, value in params]
        if all(name.lower() != "boundary" for name, _ in params):
            params.append(("boundary", quoted))
        text = _JOIN.join([name if value == "" else f"{name}={value}" for name, value in params])
        self._headers = [self.policy.header_store_parse(name, text) if same else (name, value)
                         for (name, value), same in zip(self._headers, self._named("content-type"))]

    def get_content_charset(self, failobj=None):
        """The parameter charset in small letters."""
        value = self.get_param("charset")
        if value is None:
            return failobj
        if isinstance(value, tuple):
            try:
                value = value[2].encode("raw-unicode-escape").decode(value[0] or "us-ascii")
            except (LookupError, UnicodeError):
                value = value[2]
        return value.lower() if value.isascii() else failobj

    def get_charsets(self, failobj=None):
        """The charsets of all parts."""
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        """'inline', 'attachment', ... or None."""
        value = self.get("content-disposition")
        return None if value is None else _value_of(value).lower()


def __getattr__(name):
    if name in ("EmailMessage", "MIMEPart"):
        from email import _email_message
        return getattr(_email_message, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
