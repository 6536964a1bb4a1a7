"""HTML: escape() and unescape() of texts. html.parser reads pages, html.entities names characters."""

import re

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """Text with &, < and > as entities; quote: also both kinds of quotes."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


_windows = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"
_reference = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def _numbered(text):
    """The character with a number (HTML5, section 8.2.4.69)."""
    digits = text[1:].rstrip(";")
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if 0x80 <= number <= 0x9F:
        return _windows[number - 0x80]
    if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\ufffd"
    if number == 13:
        return "\r"
    if (number < 32 and number not in (9, 10, 12)) or number == 0x7F or 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE or number == 11:
        return ""
    return chr(number)


def _replace(found):
    text = found.group(1)
    if text[0] == "#":
        return _numbered(text)
    from html.entities import html5
    if text in html5:
        return html5[text]
    for end in range(len(text) - 1, 1, -1): # the longest beginning that is one
        if text[:end] in html5:
            return html5[text[:end]] + text[end:]
    return "&" + text


def unescape(s):
    """Text with characters for entities: &gt; &#62; &#x3e;"""
    return _reference.sub(_replace, s) if "&" in s else s
