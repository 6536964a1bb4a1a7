"""What finds out which kind of JSON value begins somewhere, and reads it."""

import re

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

__all__ = ["make_scanner"]

NUMBER_RE = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.VERBOSE | re.MULTILINE | re.DOTALL)
_WORDS = (("null", None), ("true", True), ("false", False))


def py_make_scanner(context):
    """The function (text, index) -> (value, index behind it) of a decoder."""
    strict, memo = context.strict, context.memo

    def number(text, at):
        found = NUMBER_RE.match(text, at)
        if found is None:
            raise StopIteration(at)
        whole, fraction, exponent = found.groups()
        if fraction or exponent:
            return context.parse_float(found.group()), found.end()
        return context.parse_int(whole), found.end()

    def value(text, at):
        if at < 0:
            raise ValueError("idx cannot be negative")
        first = text[at:at + 1]
        if first == '"':
            return context.parse_string(text, at + 1, strict)
        if first == "{":
            return context.parse_object((text, at + 1), strict, value, context.object_hook, context.object_pairs_hook, memo)
        if first == "[":
            return context.parse_array((text, at + 1), value)
        for word, meant in _WORDS:
            if text.startswith(word, at):
                return meant, at + len(word)
        for name in ("NaN", "Infinity", "-Infinity"):
            if text.startswith(name, at):
                return context.parse_constant(name), at + len(name)
        return number(text, at)

    def scan_once(string, idx):
        try:
            return value(string, idx)
        finally:
            memo.clear()

    return scan_once


make_scanner = c_make_scanner or py_make_scanner
