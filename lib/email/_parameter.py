"""Parameters of headers: quoted, in pieces, and with a charset (RFC 2231)."""

import re

_PIECE = re.compile(r'(?:[^";\\]|\\"?|"(?:[^"\\]|\\"?)*+(?:"|\Z))*+')
_NUMBERED = re.compile(r"(\w+)\*(?:([0-9]+)\*?)?", re.ASCII)
_TSPECIAL = re.compile(r'[ ()<>@,:;\\"/\[\]?=]')


def has_surrogates(s):
    """Does s hold bytes that could not be decoded?"""
    if s.isascii():
        return False
    try:
        s.encode()
    except UnicodeEncodeError:
        return True
    return False


def quote(str):
    """str with backslashes before quotes and backslashes."""
    return str.replace("\\", "\\\\").replace('"', r"\"")


def unquote(str):
    """str without the quotes, or angle brackets, around it."""
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace("\\\\", "\\").replace(r"\"", '"')
        if str.startswith("<") and str.endswith(">"):
            return str[1:-1]
    return str


def unquote_value(value):
    """unquote() for what decode_params() gives."""
    return (value[0], value[1], unquote(value[2])) if isinstance(value, tuple) else unquote(value)


def decode_rfc2231(s):
    """"charset'language'text" as a list of three; (None, None, s) if it is none."""
    parts = s.split("'", 2)
    return parts if len(parts) == 3 else (None, None, s)


def encode_rfc2231(s, charset=None, language=None):
    """s with %XX; as charset'language'text if one of them is given."""
    from urllib.parse import quote as percent
    coded = percent(s, safe="", encoding=charset or "ascii")
    return coded if charset is None and language is None else f"{charset}'{language or ''}'{coded}"


def decode_params(params):
    """Pairs (name, value), of which the first stays as it is: pieces joined, values with quotes, or tuples (charset, language, value)."""
    from urllib.parse import unquote as from_percent
    decoded, pieces = [params[0]], {}
    for name, value in params[1:]:
        value = unquote(value)
        if found := _NUMBERED.fullmatch(name):
            number = None if found[2] is None else int(found[2][:9])
            pieces.setdefault(found[1], []).append((number or 0, value, name.endswith("*")))
        else:
            decoded.append((name, f'"{quote(value)}"'))
    for name, parts in pieces.items():
        parts.sort()
        text = quote("".join([from_percent(value, encoding="latin-1") if coded else value for _, value, coded in parts]))
        if any(coded for _, _, coded in parts):
            charset, language, text = decode_rfc2231(text)
            decoded.append((name, (charset, language, f'"{text}"')))
        else:
            decoded.append((name, f'"{text}"'))
    return decoded


def collapse_rfc2231_value(value, errors="replace", fallback_charset="us-ascii"):
    """The text of what Message.get_param() gives: a str, or (charset, language, text)."""
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, _, text = value
    try:
        return text.encode("raw-unicode-escape").decode(fallback_charset if charset is None else charset, errors)
    except LookupError:
        return unquote(text)


def format_param(name, value=None, quoted=True):
    """'name="value"', or with name*= where it is not ASCII or is a tuple (charset, language, text)."""
    if not value:
        return name
    if isinstance(value, tuple):
        return f"{name}*={encode_rfc2231(value[2], value[0], value[1])}"
    if not value.isascii():
        return f"{name}*={encode_rfc2231(value, 'utf-8', '')}"
    return f'{name}="{quote(value)}"' if quoted or _TSPECIAL.search(value) else f"{name}={value}"


def split_params(text):
    """The value of a header and its parameters as pairs; what stands in quotes is left alone."""
    text, at = str(text), 0
    pairs = []
    while at <= len(text):
        end = _PIECE.match(text, at).end()
        name, equals, value = text[at:end].partition("=")
        pairs.append((name.strip().lower(), value.strip()) if equals else (name.strip(), ""))
        at = end + 1
    return pairs
