"""What a message's content is as an object, and how an object becomes a content."""

import binascii
import sys

from email import charset as _charset, errors, quoprimime


class ContentManager:
    """Functions by type: of a message for get_content(), of an object for set_content()."""

    def __init__(self):
        self.get_handlers, self.set_handlers = {}, {}

    def add_get_handler(self, key, handler):
        """handler(msg, ...) is for messages of the type key: 'text/html', 'text', or '' for all."""
        self.get_handlers[key] = handler

    def get_content(self, msg, *args, **kw):
        """Call the handler of msg's type. KeyError if there is none."""
        kind = msg.get_content_type()
        for key in (kind, msg.get_content_maintype(), ""):
            if key in self.get_handlers:
                return self.get_handlers[key](msg, *args, **kw)
        raise KeyError(kind)

    def add_set_handler(self, typekey, handler):
        """handler(msg, obj, ...) is for objects of the type typekey: a class, its name with or without module, or None for all."""
        self.set_handlers[typekey] = handler

    def set_content(self, msg, obj, *args, **kw):
        """Call the handler of obj's type, after clear_content(). KeyError if there is none."""
        if msg.get_content_maintype() == "multipart":
            raise TypeError("set_content not valid on multipart")
        handler = self._set_handler(obj)
        msg.clear_content()
        handler(msg, obj, *args, **kw)

    def _set_handler(self, obj):
        first = None
        for cls in type(obj).__mro__:
            module = getattr(cls, "__module__", "")
            path = f"{module}.{cls.__qualname__}" if module else cls.__qualname__
            first = first or path
            for key in (cls, path, cls.__qualname__, cls.__name__):
                if key in self.set_handlers:
                    return self.set_handlers[key]
        if None in self.set_handlers:
            return self.set_handlers[None]
        raise KeyError(first)


raw_data_manager = ContentManager()


def get_text_content(msg, errors="replace"):
    """The text, decoded from its charset."""
    return msg.get_payload(decode=True).decode(msg.get_param("charset", "ASCII"), errors)


def get_non_text_content(msg):
    """The bytes."""
    return msg.get_payload(decode=True)


def get_message_content(msg):
    """The message inside."""
    return msg.get_payload(0)


def get_and_fixup_unknown_message_content(msg):
    """The message inside as bytes: it is of a type that only other programs understand (RFC 2046 section 5.2.4)."""
    return bytes(msg.get_payload(0))


for _handler, _kinds in ((get_text_content, ("text",)), (get_non_text_content, ("audio", "image", "video", "application")),
                         (get_message_content, ("message/rfc822", "message/external-body")),
                         (get_and_fixup_unknown_message_content, ("message",))):
    for _kind in _kinds:
        raw_data_manager.add_get_handler(_kind, _handler)


def _begin(msg, maintype, subtype, headers):
    """Set Content-Type and further headers."""
    msg["Content-Type"] = f"{maintype}/{subtype}"
    if not headers:
        return
    if not hasattr(headers[0], "name"):
        make = msg.policy
        headers = [make.header_factory(*make.header_source_parse([header])) for header in headers]
    for header in headers:
        if header.defects:
            raise ValueError(f"Invalid header: {header.fold(policy=msg.policy)}") from header.defects[0]
        msg[header.name] = header


def _end(msg, encoding, disposition, filename, cid, params):
    """Set the headers that tell of the content."""
    msg["Content-Transfer-Encoding"] = encoding
    named = filename is not None
    if named or disposition is not None:
        msg["Content-Disposition"] = "attachment" if disposition is None else disposition
    if named:
        msg.set_param("filename", filename, header="Content-Disposition", replace=True)
    if cid:
        msg["Content-ID"] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


def _base64_lines(data, width):
    size = width // 4 * 3
    return "".join([binascii.b2a_base64(data[i:i + size]).decode("ascii") for i in range(0, len(data), size)])


def _encode_text(string, charset, cte, policy):
    """(encoding, text): cte None chooses, 7bit if it can be, else what is shorter for the first lines."""
    lines = string.encode(charset).splitlines()
    line_end = policy.linesep.encode("ascii")
    plain = b"".join([line + b"\n" for line in lines]) or b"\n"
    if cte is None:
        if max(map(len, lines), default=0) <= (policy.max_line_length or sys.maxsize):
            if plain.isascii():
                return "7bit", plain.decode("ascii")
            if policy.cte_type == "8bit":
                return "8bit", plain.decode("ascii", "surrogateescape")
        sample = line_end.join(lines[:10]) + line_end
        quoted = quoprimime.body_encode(sample.decode("latin-1"), policy.max_line_length or sys.maxsize)
        cte = "base64" if len(quoted) > len(binascii.b2a_base64(sample)) else "quoted-printable"
        if cte == "quoted-printable" and len(lines) <= 10:
            return cte, quoted
    if cte == "7bit":
        return cte, plain.decode("ascii")
    if cte == "8bit":
        return cte, plain.decode("ascii", "surrogateescape")
    if cte == "quoted-printable":
        return cte, quoprimime.body_encode(plain.decode("latin-1"), policy.max_line_length or sys.maxsize)
    if cte == "base64":
        return cte, _base64_lines(line_end.join(lines) + line_end, policy.max_line_length or 76)
    raise ValueError(f"Unknown content transfer encoding {cte}")


def set_text_content(msg, string, subtype="plain", charset="utf-8", cte=None, disposition=None, filename=None, cid=None, params=None,
                     headers=None):
    """Text."""
    _begin(msg, "text", subtype, headers)
    cte, payload = _encode_text(string, charset, cte, msg.policy)
    msg.set_payload(payload)
    msg.set_param("charset", _charset.ALIASES.get(charset, charset), replace=True)
    _end(msg, cte, disposition, filename, cid, params)


def set_message_content(msg, message, subtype="rfc822", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None):
    """A message."""
    if subtype == "partial":
        raise ValueError("message/partial is not supported for Message objects")
    allowed = {"rfc822": ("8bit", "7bit", "binary"), "external-body": ("7bit",)}.get(subtype)
    if cte is None:
        cte = allowed[0] if allowed else "7bit"
    elif allowed and cte not in allowed:
        raise ValueError(f"message/{subtype} parts do not support cte={cte}")
    _begin(msg, "message", subtype, headers)
    msg.set_payload([message])
    _end(msg, cte, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None, headers=None):
    """Bytes."""
    _begin(msg, maintype, subtype, headers)
    if cte == "base64":
        data = _base64_lines(data, msg.policy.max_line_length or 76)
    elif cte == "quoted-printable":
        data = binascii.b2a_qp(data, istext=False, header=False, quotetabs=True).decode("ascii")
    elif cte in ("7bit", "8bit", "binary"):
        data = data.decode("ascii", "strict" if cte == "7bit" else "surrogateescape")
    msg.set_payload(data)
    _end(msg, cte, disposition, filename, cid, params)


raw_data_manager.set_handlers.update({str: set_text_content, "email.message.EmailMessage": set_message_content,
                                      **dict.fromkeys((bytes, bytearray, memoryview), set_bytes_content)})
