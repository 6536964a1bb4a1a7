"""Fractions of ints, exact."""

import math
import numbers
import operator
import sys as _sys

__all__ = ["Fraction"]

_HASH_MODULUS = _sys.hash_info.modulus
_HASH_INF = _sys.hash_info.inf


class _Pattern:
    """A regular expression that is compiled when it is first needed."""

    def __init__(self, source):
        self.source = source

    def match(self, text):
        import re
        self.match = re.compile(self.source, re.VERBOSE | re.DOTALL).match
        return self.match(text)


_LITERAL = _Pattern(r"""
    \A\s* (?P<sign>[-+]?) (?=\d|\.\d) (?P<num>\d*|\d+(_\d+)*)
    (?: (?:\s*/\s*(?P<denom>\d+(_\d+)*))? | (?:\.(?P<decimal>\d*|\d+(_\d+)*))? (?:[eE](?P<exp>[-+]?\d+(_\d+)*))? )
    \s*\Z""")
_GENERAL_SPEC = _Pattern(r"""
    (?: (?P<fill>.)? (?P<align>[<>=^]) )? (?P<sign>[-+ ]?) (?P<alt>\#)? (?P<width>0|[1-9][0-9]*)? (?P<sep>[,_])? \Z""")
_FLOAT_SPEC = _Pattern(r"""
    (?: (?P<fill>.)? (?P<align>[<>=^]) )? (?P<sign>[-+ ]?) (?P<no_neg_zero>z)? (?P<alt>\#)?
    (?P<zeropad>0(?=[0-9]))? (?P<width>0|[1-9][0-9]*)? (?P<sep>[,_])? (?:\.(?P<precision>0|[1-9][0-9]*))? (?P<type>[eEfFgG%]) \Z""")


def _round_to_exponent(n, d, exponent, no_neg_zero=False):
    """(is n/d negative, n/d in units of 10**exponent, rounded half to even)."""
    if exponent >= 0:
        d *= 10 ** exponent
    else:
        n *= 10 ** -exponent
    units, rest = divmod(n + (d >> 1), d)
    if rest == 0 and d & 1 == 0:
        units &= -2
    return (units < 0 if no_neg_zero else n < 0), abs(units)


def _round_to_figures(n, d, figures):
    """(is n/d negative, an int with that many digits, the power of ten that it is multiplied with)."""
    if n == 0:
        return False, 0, 1 - figures
    top, bottom = str(abs(n)), str(d)
    magnitude = len(top) - len(bottom) + (bottom <= top)
    exponent = magnitude - figures
    negative, significand = _round_to_exponent(n, d, exponent)
    if len(str(significand)) == figures + 1:
        significand //= 10
        exponent += 1
    return negative, significand, exponent


def _grouped(digits, sep):
    """Digits in groups of three from the right."""
    if not sep:
        return digits
    first = 1 + (len(digits) - 1) % 3
    return digits[:first] + "".join([sep + digits[i:i + 3] for i in range(first, len(digits), 3)])


def _padded(sign, body, fill, align, width):
    padding = fill * (width - len(sign) - len(body))
    if align == ">":
        return padding + sign + body
    if align == "<":
        return sign + body + padding
    if align == "^":
        half = len(padding) // 2
        return padding[:half] + sign + body + padding[half:]
    return sign + padding + body


def _is_decimal(x):
    module = _sys.modules.get("decimal")
    return module is not None and isinstance(x, module.Decimal)


class Fraction(numbers.Rational):
    """A rational number: Fraction(3, 4), Fraction('3/4'), Fraction('-.75e1'), Fraction(0.75)."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super(Fraction, cls).__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
            elif isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
            elif isinstance(numerator, float) or _is_decimal(numerator):
                self._numerator, self._denominator = numerator.as_integer_ratio()
            elif isinstance(numerator, str):
                numerator, denominator = _read(numerator)
                common = math.gcd(numerator, denominator)
                self._numerator, self._denominator = numerator // common, denominator // common
            else:
                raise TypeError("argument should be a string or a Rational instance")
            return self
        if not (type(numerator) is int is type(denominator)):
            if not (isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational)):
                raise TypeError("both arguments should be Rational instances")
            numerator, denominator = numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator
        if denominator == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % numerator)
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        self._numerator, self._denominator = numerator // common, denominator // common
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float or int."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("%s.from_float() only takes floats, not %r (%s)" % (cls.__name__, f, type(f).__name__))
        return cls._from_coprime_ints(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal or int."""
        if isinstance(dec, numbers.Integral):
            dec = int(dec)
        elif not _is_decimal(dec):
            raise TypeError("%s.from_decimal() only takes Decimals, not %r (%s)" % (cls.__name__, dec, type(dec).__name__))
        return cls._from_coprime_ints(*dec.as_integer_ratio())

    @classmethod
    def _from_coprime_ints(cls, numerator, denominator, /):
        self = super(Fraction, cls).__new__(cls)
        self._numerator = numerator
        self._denominator = denominator
        return self

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The fraction closest to this one whose denominator is at most that (by continued fractions)."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            quotient = n // d
            q2 = q0 + quotient * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + quotient * p1, q2
            n, d = d, n - quotient * d
        k = (max_denominator - q0) // q1
        # Of the two bounds p1/q1 and (p0+k*p1)/(q0+k*q1), the nearer one; they are 1/(q1*(q0+k*q1)) apart.
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction._from_coprime_ints(p1, q1)
        return Fraction._from_coprime_ints(p0 + k * p1, q0 + k * q1)

    @property
    def numerator(a):
        return a._numerator

    @property
    def denominator(a):
        return a._denominator

    def __repr__(self):
        return "%s(%s, %s)" % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else "%s/%s" % (self._numerator, self._denominator)

    def _format_general(self, match):
        sign = "-" if self._numerator < 0 else "" if match["sign"] == "-" else match["sign"]
        body = _grouped(str(abs(self._numerator)), match["sep"])
        if self._denominator > 1 or match["alt"]:
            body += "/" + _grouped(str(self._denominator), match["sep"])
        return _padded(sign, body, match["fill"] or " ", match["align"] or ">", int(match["width"] or "0"))

    def _format_float_style(self, match):
        fill, align = match["fill"] or " ", match["align"] or ">"
        kind = match["type"]
        capital = kind in "EG"
        kind = kind.lower()
        precision = int(match["precision"] or "6")
        if kind == "g":
            precision = precision or 1
        n, d = self._numerator, self._denominator
        if kind in "f%":
            exponent = -precision - 2 if kind == "%" else -precision
            negative, significand = _round_to_exponent(n, d, exponent, match["no_neg_zero"])
            scientific, point = False, precision
        else:
            figures = precision if kind == "g" else precision + 1
            negative, significand, exponent = _round_to_figures(n, d, figures)
            scientific = kind == "e" or exponent > 0 or exponent + figures <= -4
            point = figures - 1 if scientific else -exponent
        suffix = "%" if kind == "%" else ""
        if scientific:
            suffix = "%s%+03d" % ("E" if capital else "e", exponent + point)
        digits = f"{significand:0{point + 1}d}"
        whole, fraction = digits[:len(digits) - point], digits[len(digits) - point:]
        if kind == "g" and not match["alt"]:
            fraction = fraction.rstrip("0")
        sign = "-" if negative else "" if match["sign"] == "-" else match["sign"]
        tail = ("." if match["alt"] or fraction else "") + fraction + suffix
        width = int(match["width"] or "0")
        if match["zeropad"]:
            room = width - len(sign) - len(tail)
            whole = whole.zfill(3 * room // 4 + 1 if match["sep"] else room)
        return _padded(sign, _grouped(whole, match["sep"]) + tail, fill, align, width)

    def __format__(self, format_spec, /):
        """'', fill, sign, width and separator for n/d; with e, f, g, % as floats are shown, but exact."""
        match = _GENERAL_SPEC.match(format_spec)
        if match:
            return self._format_general(match)
        match = _FLOAT_SPEC.match(format_spec)
        if match and (match["align"] is None or match["zeropad"] is None):
            return self._format_float_style(match)
        raise ValueError(f"Invalid format specifier {format_spec!r} for object of type {type(self).__name__!r}")

    def _operator_fallbacks(exact, other, handle_complex=True):
        """The two methods of an operator: exact for rational numbers, in floats or complex numbers else."""
        def forward(a, b):
            if type(b) is Fraction:
                return exact(a, b)
            if isinstance(b, int):
                return exact(a, Fraction(b))
            if isinstance(b, Fraction):
                return exact(a, b)
            if isinstance(b, float):
                return other(float(a), b)
            return other(complex(a), b) if handle_complex and isinstance(b, complex) else NotImplemented

        def reverse(b, a):
            if isinstance(a, numbers.Rational):
                return exact(Fraction(a), b)
            if isinstance(a, numbers.Real):
                return other(float(a), float(b))
            if handle_complex and isinstance(a, numbers.Complex):
                return other(complex(a), float(b))
            return NotImplemented
        forward.__name__ = "__" + other.__name__ + "__"
        reverse.__name__ = "__r" + other.__name__ + "__"
        forward.__doc__ = reverse.__doc__ = exact.__doc__
        return forward, reverse

    def _add(a, b):
        """a + b"""
        return _sum(a._numerator, a._denominator, b._numerator, b._denominator)

    __add__, __radd__ = _operator_fallbacks(_add, operator.add)

    def _sub(a, b):
        """a - b"""
        return _sum(a._numerator, a._denominator, -b._numerator, b._denominator)

    __sub__, __rsub__ = _operator_fallbacks(_sub, operator.sub)

    def _mul(a, b):
        """a * b"""
        return _product(a._numerator, a._denominator, b._numerator, b._denominator)

    __mul__, __rmul__ = _operator_fallbacks(_mul, operator.mul)

    def _div(a, b):
        """a / b"""
        n, d = b._numerator, b._denominator
        if n == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % d)
        return _product(a._numerator, a._denominator, -d, -n) if n < 0 else _product(a._numerator, a._denominator, d, n)

    __truediv__, __rtruediv__ = _operator_fallbacks(_div, operator.truediv)

    def _floordiv(a, b):
        """a // b"""
        return a._numerator * b._denominator // (a._denominator * b._numerator)

    __floordiv__, __rfloordiv__ = _operator_fallbacks(_floordiv, operator.floordiv, False)

    def _divmod(a, b):
        """(a // b, a % b)"""
        quotient, rest = divmod(a._numerator * b._denominator, a._denominator * b._numerator)
        return quotient, Fraction(rest, a._denominator * b._denominator)

    __divmod__, __rdivmod__ = _operator_fallbacks(_divmod, divmod, False)

    def _mod(a, b):
        """a % b"""
        return Fraction(a._numerator * b._denominator % (b._numerator * a._denominator), a._denominator * b._denominator)

    __mod__, __rmod__ = _operator_fallbacks(_mod, operator.mod, False)

    def __pow__(a, b):
        """a ** b: exact where b is whole."""
        if isinstance(b, numbers.Rational):
            if b.denominator != 1:
                return float(a) ** float(b)
            power, n, d = b.numerator, a._numerator, a._denominator
            if power >= 0:
                return Fraction._from_coprime_ints(n ** power, d ** power)
            if n > 0:
                return Fraction._from_coprime_ints(d ** -power, n ** -power)
            if n == 0:
                raise ZeroDivisionError("Fraction(%s, 0)" % d ** -power)
            return Fraction._from_coprime_ints((-d) ** -power, (-n) ** -power)
        return float(a) ** b if isinstance(b, (float, complex)) else NotImplemented

    def __rpow__(b, a):
        """a ** b"""
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        return a ** b._numerator if b._denominator == 1 else a ** float(b)

    def __pos__(a):
        return Fraction._from_coprime_ints(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction._from_coprime_ints(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction._from_coprime_ints(abs(a._numerator), a._denominator)

    def __int__(a, _index=operator.index):
        return _index(-(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator)

    def __trunc__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        """The nearest int, or multiple of 10**-ndigits; halves go to the even one."""
        if ndigits is None:
            whole, rest = divmod(self._numerator, self._denominator)
            twice = rest * 2
            return whole + (twice > self._denominator or twice == self._denominator and whole % 2)
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __hash__(self):
        try:
            inverse = pow(self._denominator, -1, _HASH_MODULUS)
        except ValueError:  # a multiple of the modulus has no inverse
            value = _HASH_INF
        else:
            value = hash(hash(abs(self._numerator)) * inverse)
        value = value if self._numerator >= 0 else -value
        return -2 if value == -1 else value

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return 0.0 == b if math.isnan(b) or math.isinf(b) else a == a.from_float(b)
        return NotImplemented

    def _richcmp(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return op(0.0, other) if math.isnan(other) or math.isinf(other) else op(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._richcmp(b, operator.lt)

    def __gt__(a, b):
        return a._richcmp(b, operator.gt)

    def __le__(a, b):
        return a._richcmp(b, operator.le)

    def __ge__(a, b):
        return a._richcmp(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()


def _read(text):
    """(numerator, denominator) of a literal, not in lowest terms."""
    m = _LITERAL.match(text)
    if m is None:
        raise ValueError("Invalid literal for Fraction: %r" % text)
    numerator, denominator = int(m["num"] or "0"), 1
    if m["denom"]:
        denominator = int(m["denom"])
    else:
        if m["decimal"]:
            decimals = m["decimal"].replace("_", "")
            denominator = 10 ** len(decimals)
            numerator = numerator * denominator + int(decimals)
        if m["exp"]:
            exponent = int(m["exp"])
            if exponent >= 0:
                numerator *= 10 ** exponent
            else:
                denominator *= 10 ** -exponent
    if denominator == 0:
        raise ZeroDivisionError("Fraction(%s, 0)" % (-numerator if m["sign"] == "-" else numerator))
    return -numerator if m["sign"] == "-" else numerator, denominator


def _sum(na, da, nb, db):
    """na/da + nb/db in lowest terms, with as small numbers on the way as possible (Knuth, TAOCP 4.5.1)."""
    common = math.gcd(da, db)
    if common == 1:
        return Fraction._from_coprime_ints(na * db + da * nb, da * db)
    rest = da // common
    n = na * (db // common) + nb * rest
    again = math.gcd(n, common)
    return Fraction._from_coprime_ints(n // again, rest * (db // again))


def _product(na, da, nb, db):
    """na/da * nb/db in lowest terms: common factors go before the numbers grow."""
    first, second = math.gcd(na, db), math.gcd(nb, da)
    return Fraction._from_coprime_ints(na // first * (nb // second), da // second * (db // first))
