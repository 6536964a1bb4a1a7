"""Decimals as text: str, format, and the parts of a number."""

from collections import namedtuple
from ._digits import count, rescale, strip, ten
from ._signal import *

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")
_KINDS = {"F": "Infinity", "n": "NaN", "N": "sNaN"}
_specification = None


def start(names):
    """What this file needs of _number.py."""
    globals().update({name: names[name] for name in ("Decimal", "_new", "getcontext")})


def _row(n):
    """The digits of n, however many."""
    if n.bit_length() < 8000:
        return str(n)
    half = count(n) // 2
    high, low = divmod(n, ten(half))
    return _row(high) + _row(low).rjust(half, "0")


def to_text(self, eng=False, context=None):
    """Return str(self)."""
    sign = "-" if self._sign else ""
    if self._is_special:
        return sign + _KINDS[self._exp] + (_row(self._int) if self._int else "")
    digits, exp = _row(self._int), self._exp
    if exp == 0:
        return sign + digits
    left = exp + len(digits)
    if exp < 0 and left > -6:
        point = left
    elif not eng:
        point = 1
    elif digits == "0":
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    if point <= 0:
        text = "0." + "0" * -point + digits
    elif point >= len(digits):
        text = digits + "0" * (point - len(digits))
    else:
        text = digits[:point] + "." + digits[point:]
    if left == point:
        return sign + text
    if context is None:
        context = getcontext()
    return f"{sign}{text}{'eE'[context.capitals]}{left - point:+d}"


def to_eng_string(self, context=None):
    """str(self) with exponents that are multiples of 3."""
    return to_text(self, True, context)


def as_tuple(self):
    """The parts of the number: (sign, digits, exponent)."""
    digits = () if self._is_special and not self._int and self._exp != "F" else tuple(map(int, _row(self._int)))
    return DecimalTuple(self._sign, digits, self._exp)


def as_integer_ratio(self):
    """(n, d), ints without a common divisor, n / d being the number."""
    if self._is_special:
        if self.is_nan():
            raise ValueError("cannot convert NaN to integer ratio")
        raise OverflowError("cannot convert Infinity to integer ratio")
    if not self._int:
        return 0, 1
    n, d = (self._int * ten(self._exp), 1) if self._exp >= 0 else (self._int, ten(-self._exp))
    if d != 1:
        from math import gcd
        common = gcd(n, d)
        n, d = n // common, d // common
    return (-n if self._sign else n), d


# ---- format --------------------------------------------------------------------------------------------------------------------------

def _parse(spec, local):
    global _specification
    if _specification is None:
        import re
        _specification = re.compile(r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<no_neg_0>z)?(?P<alt>\#)?(?P<zero>0)?"
                                    r"(?P<width>\d+)?(?P<group>[,_])?(?:\.(?P<prec>\d+))?(?P<type>[eEfFgGnN%])?", re.DOTALL).fullmatch
    found = _specification(spec)
    if found is None:
        raise ValueError("invalid format string")
    f = found.groupdict()
    if f["zero"] and (f["align"] or f["fill"]):
        raise ValueError("invalid format string")
    if f["zero"]:
        f["fill"], f["align"] = "0", "="
    f["fill"], f["align"], f["sign"] = f["fill"] or " ", f["align"] or ">", f["sign"] or "-"
    f["width"] = int(f["width"] or 0)
    f["prec"] = None if f["prec"] is None else int(f["prec"])
    f["point"], f["grouping"] = ".", [3, 0]
    if f["type"] == "N":
        import warnings
        warnings.warn("Format specifier 'N' is deprecated and will be removed in Python 3.18", DeprecationWarning, 3)
    if f["type"] in ("n", "N"):
        if f["group"]:
            raise ValueError("invalid format string")
        if local is None:
            import locale
            local = locale.localeconv()
        sizes = local["grouping"]
        f["grouping"] = list(map(ord, sizes)) if isinstance(sizes, str) else sizes
        f["type"], f["point"], f["group"] = "g" if f["type"] == "n" else "G", local["decimal_point"], local["thousands_sep"]
    return f


def _grouped(digits, f, width):
    """The digits in groups, with zeros before them up to width."""
    separator = f["group"]
    if not separator:
        return digits.rjust(width, "0")
    groups, sizes, at, size = [], list(f["grouping"]), 0, 0
    while True:
        if at < len(sizes):
            if sizes[at] == 127 or not sizes[at] and at == 0:
                groups.append(digits.rjust(max(width, 1), "0"))
                break
            size = sizes[at] or size
            at += 1
        taken = min(max(len(digits), width, 1), size)
        groups.append(digits[-taken:].rjust(taken, "0"))
        digits = digits[:-taken]
        width -= taken
        if not digits and width <= 0:
            break
        width -= len(separator)
    return separator.join(reversed(groups))


def _padded(sign, body, f):
    fill, align, width = f["fill"], f["align"], f["width"]
    padding = fill * (width - len(sign) - len(body))
    if align == "<":
        return sign + body + padding
    if align == ">":
        return padding + sign + body
    if align == "=":
        return sign + padding + body
    half = len(padding) // 2
    return padding[:half] + sign + body + padding[half:]


def _sign_text(negative, f):
    return "-" if negative else f["sign"] if f["sign"] in " +" else ""


def _laid_out(negative, whole, part, exponent, f):
    sign = _sign_text(negative, f)
    if part or f["alt"]:
        part = f["point"] + part
    if exponent is not None:
        part += f"{'E' if f['type'] in 'EG' else 'e'}{exponent:+}"
    if f["type"] == "%":
        part += "%"
    width = f["width"] - len(part) - len(sign) if f["fill"] == "0" and f["align"] == "=" else 0
    return _padded(sign, _grouped(whole, f, width) + part, f)


def _rounded(self, f, context):
    """(sign, coefficient, exponent), rounded as the type and the precision ask."""
    sign, n, exp, prec, kind = self._sign, self._int, self._exp, f["prec"], f["type"]
    if kind == "%":
        exp += 2
    if prec is not None:
        if kind in "eE":
            places = count(n) - prec - 1
        elif kind in "fF%":
            places = -prec - exp
        else:
            places = count(n) - max(prec, 1)
        if kind in "fF%":
            n, _ = rescale(sign, n, exp, -prec, context.rounding)
            exp = -prec
        elif kind in "eE":
            n, exp = _significant(sign, n, exp, prec + 1, context) if n else (0, exp)
        elif places > 0:
            n, exp = _significant(sign, n, exp, max(prec, 1), context)
    if not n and exp > 0 and kind in "fF%":
        exp = 0
    return sign, n, exp


def _significant(sign, n, exp, digits, context):
    extra = count(n) - digits
    if extra <= 0:
        return (n * ten(-extra), exp + extra)
    n, _ = rescale(sign, n, exp, exp + extra, context.rounding)
    exp += extra
    if count(n) > digits:
        n, exp = n // 10, exp + 1
    return n, exp


def format_number(self, spec, local=None, _localeconv=None):
    """format(self, spec)"""
    if not isinstance(spec, str):
        raise TypeError("format arg must be str")
    if local is not None and not isinstance(local, dict):
        raise TypeError("optional argument must be a dict")
    context = getcontext()
    f = _parse(spec, local or _localeconv)
    if self._is_special:
        body = _KINDS[self._exp] + (_row(self._int) if self._int else "")
        if f["type"] == "%":
            body += "%"
        if f["fill"] == "0" and f["align"] == "=":
            f["fill"], f["align"] = " ", ">"
        return _padded(_sign_text(self._sign, f), body, f)
    if f["type"] is None:
        f["type"] = "gG"[context.capitals]
        if f["prec"] is None and not f["zero"] and not spec:
            return to_text(self, False, context)
    sign, n, exp = _rounded(self, f, context)
    if f["no_neg_0"] and not n:
        sign = 0
    digits = _row(n)
    left = exp + len(digits)
    kind = f["type"]
    if kind in "eE":
        point = 1 - f["prec"] if not n and f["prec"] is not None else 1
    elif kind in "fF%":
        point = left
    else:
        point = left if exp <= 0 and left > -6 else 1
    if point < 0:
        whole, part = "0", "0" * -point + digits
    elif point > len(digits):
        whole, part = digits + "0" * (point - len(digits)), ""
    else:
        whole, part = digits[:point] or "0", digits[point:]
    exponent = left - point
    shown = exponent if kind in "eE" or kind in "gG" and exponent else None
    return _laid_out(sign, whole, part, shown, f)
