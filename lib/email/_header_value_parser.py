"""Addresses at the beginning of a text, as servers of mail read them (RFC 5321, section 4.1.2)."""

import re

from email import errors

_ATOM = r"[^\s<>()@,;:\\\".\[\]]+"
_LOCAL = rf"(?:{_ATOM}(?:\.{_ATOM})*|\"(?:[^\"\\]|\\.)*\")"
_DOMAIN = rf"(?:{_ATOM}(?:\.{_ATOM})*|\[[^\[\]\\]*\])"
_ADDRESS = re.compile(rf"\s*({_LOCAL})(?:@({_DOMAIN}))?\s*")
_ANGLE = re.compile(rf"\s*<\s*(?:@[^:<>]*:)?\s*(?:({_LOCAL})(?:@({_DOMAIN}))?)?\s*>\s*")


class _Address(str):
    """An address; addr_spec, local_part and domain are its parts."""

    def __new__(cls, found):
        local, domain = found[1] or "", found[2]
        self = super().__new__(cls, found[0])
        self.local_part, self.domain = local, domain
        self.addr_spec = local if domain is None else f"{local}@{domain}"
        if not local and domain is None:
            self.addr_spec = "<>"
        return self


def _get(pattern, what, value):
    found = pattern.match(value)
    if not found:
        raise errors.HeaderParseError(f"expected {what} but found '{value}'")
    return _Address(found), value[found.end():]


def get_addr_spec(value):
    """(the address that value begins with, the rest)"""
    return _get(_ADDRESS, "an address", value)


def get_angle_addr(value):
    """(the address in angle brackets that value begins with, the rest)"""
    return _get(_ANGLE, "an address in angle brackets", value)
