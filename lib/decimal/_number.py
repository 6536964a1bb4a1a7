"""Decimal: numbers that are sign, coefficient and exponent. What is long or rarely needed stands in files beside this one.

_int is the coefficient, an int that is not negative; _exp is an int, or "F" for an infinity, "n" for a NaN, "N" for a signalling NaN (_int
is then what a NaN says besides).
"""

import re
from . import _context, _division, _logic, _order, _power, _text
from ._digits import count, drop, rescale, strip, ten
from ._signal import *

getcontext = _context.getcontext
_new_object = object.__new__
_syntax = None  # the regular expression of numbers, once one is needed that is no plain row of digits


def _new(sign, coefficient, exp):
    """A finite number as it is."""
    self = _new_object(Decimal)
    self._sign = sign
    self._int = coefficient
    self._exp = exp
    self._is_special = False
    return self


def _special(sign, payload, kind):
    self = _new_object(Decimal)
    self._sign = sign
    self._int = payload
    self._exp = kind
    self._is_special = True
    return self


def _nan():
    return _special(0, 0, "n")


def _infinity(sign):
    return _special(sign, 0, "F")


def _overflow(sign, context):
    """What a result that is too large becomes."""
    rounding, prec = context.rounding, context.prec
    context._raise_error(Overflow, Inexact, Rounded)
    if rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP) or rounding == (ROUND_FLOOR if sign else ROUND_CEILING):
        return _infinity(sign)
    return _new(sign, ten(prec) - 1, context.Emax - prec + 1)


def _finish(sign, coefficient, exp, context):
    """The number as the context has it: rounded, within its limits, with flags."""
    etiny = context.etiny
    if not coefficient:
        top = context.etop if context.clamp else context.Emax
        if not etiny <= exp <= top:
            exp = etiny if exp < etiny else top
            context._raise_error(Clamped)
        return _new(sign, 0, exp)
    digits = count(coefficient)
    least = digits + exp - context.prec  # the exponent after rounding
    if least <= exp >= etiny and least <= context.etop and (digits + exp > context.Emin) and not (context.clamp and exp > context.etop):
        return _new(sign, coefficient, exp)
    return _fit(sign, coefficient, exp, least, context)


def _fit(sign, coefficient, exp, least, context):
    etiny, etop = context.etiny, context.etop
    if least > etop:
        return _overflow(sign, context)
    subnormal = least < etiny
    if subnormal:
        least = etiny
    signals = []
    if exp < least:
        coefficient, changed = rescale(sign, coefficient, exp, least, context.rounding)
        exp = least
        if count(coefficient) > context.prec:
            coefficient //= 10
            exp += 1
            if exp > etop:
                return _overflow(sign, context)
        if changed:
            signals.append(Inexact)
            if subnormal:
                signals.append(Underflow)
        signals.append(Rounded)
        if not coefficient:
            signals.append(Clamped)
    if subnormal:
        signals.append(Subnormal)
    if context.clamp and exp > etop:
        signals.append(Clamped)
        coefficient *= ten(exp - etop)
        exp = etop
    if signals:
        context._raise_error(*signals)
    return _new(sign, coefficient, exp)


# ---- Making ------------------------------------------------------------------------------------------------------------------------

def _parse(text):
    """(sign, coefficient, exponent or kind) of a text, or None."""
    global _syntax
    if _syntax is None:
        _syntax = re.compile(r"(?P<sign>[-+])?(?:(?=\d|\.\d)(?P<whole>\d*)(?:\.(?P<part>\d*))?(?:E(?P<exp>[-+]?\d+))?"
                             r"|Inf(?:inity)?|(?P<signal>s)?(?P<nan>NaN)(?P<payload>\d*))", re.IGNORECASE).fullmatch
    found = _syntax(text)
    if not found:
        return None
    sign = 1 if found["sign"] == "-" else 0
    if found["whole"] is None:
        if found["nan"] is None:
            return sign, 0, "F"
        return sign, int(found["payload"] or 0), "N" if found["signal"] else "n"
    part = found["part"] or ""
    return sign, _int(found["whole"] + part), int(found["exp"] or 0) - len(part)


def _int(digits):
    if len(digits) < 4000:
        return int(digits)
    half = len(digits) // 2  # sys.set_int_max_str_digits() is not meant for these
    return _int(digits[:half]) * ten(len(digits) - half) + _int(digits[half:])


def _of_text(text):
    text = text.strip()
    if "_" in text:
        text = text.replace("_", "")
    if len(text) < 300:
        whole, point, part = text.partition(".")
        if whole.isdecimal() and (part.isdecimal() or not part):
            return 0, int(whole + part), -len(part)
    return _parse(text)


def _of_tuple(value):
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exp = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if exp == "F":
        return sign, 0, "F"
    if not isinstance(digits, (tuple, list)):
        raise ValueError("coefficient must be a tuple of digits")
    coefficient = 0
    for digit in digits:
        if not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError("coefficient must be a tuple of digits")
        coefficient = coefficient * 10 + digit
    if isinstance(exp, str):
        if exp not in ("n", "N"):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    elif not isinstance(exp, int):
        raise ValueError("exponent must be an integer")
    elif not -1 << 63 <= exp < 1 << 63:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return sign, coefficient, exp


def _of_float(value):
    value = float.__pos__(value)  # not what a subclass makes of it
    if value != value:
        return 1 if str(value)[0] == "-" else 0, 0, "n"
    if value in (float("inf"), -float("inf")):
        return int(value < 0), 0, "F"
    negative = value < 0 or (value == 0 and str(value)[0] == "-")
    n, d = abs(value).as_integer_ratio()
    places = d.bit_length() - 1
    return int(negative), n * 5 ** places, -places


def _read(value, context):
    """(sign, coefficient, exponent or kind) of what Decimal() takes."""
    if isinstance(value, str):
        parts = _of_text(value)
        if parts is None:
            (context or getcontext())._raise_error(ConversionSyntax)
            return 0, 0, "n"
        return parts
    if isinstance(value, int):
        value = int.__pos__(value)
        return (1, -value, 0) if value < 0 else (0, value, 0)
    if isinstance(value, Decimal):
        return value._sign, value._int, value._exp
    if isinstance(value, (tuple, list)):
        return _of_tuple(value)
    if isinstance(value, float):
        (context or getcontext())._raise_error(FloatOperation)
        return _of_float(value)
    raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")


def _limits(sign, coefficient, exp, context):
    """A number that is too large or too small for any context is none."""
    if not isinstance(exp, str):
        adjusted = exp + count(coefficient) - 1
        if exp < MIN_ETINY or (adjusted if coefficient else exp) > MAX_EMAX:
            context._raise_error(InvalidOperation)
            return 0, 0, "n"
    return sign, coefficient, exp


def _operand(other):
    """An operand of an operator as a Decimal, or NotImplemented."""
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        other = int.__pos__(other)
        return _new(1, -other, 0) if other < 0 else _new(0, other, 0)
    return NotImplemented


def _argument(other):
    """Likewise of a method: TypeError."""
    made = _operand(other)
    if made is NotImplemented:
        raise TypeError(f"conversion from {type(other).__name__} to Decimal is not supported")
    return made


# ---- NaNs --------------------------------------------------------------------------------------------------------------------------

def _checked(self, context):
    """A NaN as a result: what it says is cut to the context's length, and it is quiet."""
    payload = self._int
    most = context.prec - context.clamp
    if payload and count(payload) > most:
        payload %= ten(most)
    return _special(self._sign, payload, "n")


def _nan_of(context, *operands):
    """The NaN that an operation on these gives, or None: there is none among them."""
    for wanted in "Nn":
        for operand in operands:
            if operand._exp == wanted:
                if wanted == "N":
                    context._raise_error(InvalidOperation)
                return _checked(operand, context)
    return None


def _invalid(context, condition=InvalidOperation):
    context._raise_error(condition)
    return _nan()


# ---- Sums, products, quotients -------------------------------------------------------------------------------------------------------

def _sum(s1, n1, e1, s2, n2, e2, context):
    exp = e1 if e1 < e2 else e2
    prec = context.prec
    if not n1 or not n2:
        if not n1 and not n2:
            sign = s1 & s2 if context.rounding != ROUND_FLOOR else s1 | s2
            return _finish(sign, 0, exp, context)
        sign, n, e = (s2, n2, e2) if n2 else (s1, n1, e1)
        exp = max(exp, e - prec - 1)
        return _finish(sign, n * ten(e - exp), exp, context)
    if e1 != e2:
        if e1 < e2:
            s1, n1, e1, s2, n2, e2 = s2, n2, e2, s1, n1, e1
        if e1 - e2 > prec + 2:  # the first may be so large that the second is only a trace
            low = e1 + min(-1, count(n1) - prec - 2)
            if count(n2) + e2 - 1 < low:
                n2, e2 = 1, low
        n1 *= ten(e1 - e2)
        exp = e2
    n = (-n1 if s1 else n1) + (-n2 if s2 else n2)
    if n > 0:
        return _finish(0, n, exp, context)
    if n:
        return _finish(1, -n, exp, context)
    return _finish(1 if s1 != s2 and context.rounding == ROUND_FLOOR else s1 & s2, 0, exp, context)


def _quotient(s, n1, e1, n2, e2, context):
    shift = count(n2) - count(n1) + context.prec + 1
    exp = e1 - e2 - shift
    if shift >= 0:
        n, rest = divmod(n1 * ten(shift), n2)
    else:
        n, rest = divmod(n1, n2 * ten(-shift))
    if rest:
        if n % 5 == 0:
            n += 1  # so that no rounding takes it for exact
    else:
        ideal = e1 - e2
        if exp < ideal and n % 10 == 0:
            n, zeros = strip(n)
            if zeros > ideal - exp:
                n *= ten(zeros - (ideal - exp))
                zeros = ideal - exp
            exp += zeros
    return _finish(s, n, exp, context)


class Decimal:
    """A decimal number: Decimal("3.14"), Decimal(3), Decimal((0, (3, 1, 4), -2)), Decimal(3.14) (which is what that float is exactly)."""

    __slots__ = ("_sign", "_int", "_exp", "_is_special")
    __module__ = "decimal"

    def __new__(cls, value="0", context=None):
        if context is not None and not isinstance(context, _context.Context):
            raise TypeError("optional argument must be a context")
        if value.__class__ is Decimal and cls is Decimal:
            return value
        parts = _read(value, context)
        exp = parts[2]
        if exp.__class__ is str or not -10 ** 9 < exp < 10 ** 9:
            parts = _limits(*parts, context or getcontext())
        self = _new_object(cls)
        self._sign, self._int, self._exp = parts
        self._is_special = isinstance(self._exp, str)
        return self

    @classmethod
    def from_float(cls, f, /):
        """The number that a float or an int is exactly."""
        if isinstance(f, int):
            return Decimal(f) if cls is Decimal else cls(Decimal(f))
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        sign, n, exp = _of_float(f)
        made = _special(sign, n, exp) if isinstance(exp, str) else _new(sign, n, exp)
        return made if cls is Decimal else cls(made)

    def _fix(self, context):
        if self._is_special:
            return self if self._exp == "F" else _checked(self, context) if self._exp == "n" else _special(self._sign, self._int, "N")
        return _finish(self._sign, self._int, self._exp, context)

    # ---- Arithmetic

    def __add__(self, other, context=None):
        """Return self+value."""
        if other.__class__ is not Decimal:
            other = _operand(other)
            if other is NotImplemented:
                return other
        context = context or getcontext()
        if self._is_special or other._is_special:
            nan = _nan_of(context, self, other)
            if nan is not None:
                return nan
            if self._is_special:
                return _invalid(context) if other._is_special and self._sign != other._sign else _infinity(self._sign)
            return _infinity(other._sign)
        return _sum(self._sign, self._int, self._exp, other._sign, other._int, other._exp, context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        """Return self-value."""
        if other.__class__ is not Decimal:
            other = _operand(other)
            if other is NotImplemented:
                return other
        context = context or getcontext()
        if self._is_special or other._is_special:
            nan = _nan_of(context, self, other)
            return nan if nan is not None else self.__add__(other.copy_negate(), context)
        return _sum(self._sign, self._int, self._exp, 1 - other._sign, other._int, other._exp, context)

    def __rsub__(self, other, context=None):
        """Return value-self."""
        other = _operand(other)
        return other if other is NotImplemented else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        """Return self*value."""
        if other.__class__ is not Decimal:
            other = _operand(other)
            if other is NotImplemented:
                return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._is_special or other._is_special:
            nan = _nan_of(context, self, other)
            if nan is not None:
                return nan
            zero = not self._is_special and not self._int or not other._is_special and not other._int
            return _invalid(context) if zero else _infinity(sign)
        return _finish(sign, self._int * other._int, self._exp + other._exp, context)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        """Return self/value."""
        if other.__class__ is not Decimal:
            other = _operand(other)
            if other is NotImplemented:
                return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._is_special or other._is_special:
            nan = _nan_of(context, self, other)
            if nan is not None:
                return nan
            if self._is_special:
                return _invalid(context) if other._is_special else _infinity(sign)
            context._raise_error(Clamped)
            return _new(sign, 0, context.etiny)
        if not other._int:
            if not self._int:
                return _invalid(context, DivisionUndefined)
            context._raise_error(DivisionByZero)
            return _infinity(sign)
        if not self._int:
            return _finish(sign, 0, self._exp - other._exp, context)
        return _quotient(sign, self._int, self._exp, other._int, other._exp, context)

    def __rtruediv__(self, other, context=None):
        """Return value/self."""
        other = _operand(other)
        return other if other is NotImplemented else other.__truediv__(self, context)

    __floordiv__, __mod__, __divmod__ = _division.floordiv, _division.mod, _division.divmod_
    __rfloordiv__, __rmod__, __rdivmod__ = _division.rfloordiv, _division.rmod, _division.rdivmod
    remainder_near = _division.remainder_near

    def __neg__(self, context=None):
        """Return -self."""
        context = context or getcontext()
        if self._is_special:
            nan = _nan_of(context, self)
            return nan if nan is not None else _infinity(1 - self._sign)
        sign = 1 - self._sign if self._int or context.rounding == ROUND_FLOOR and not self._sign else 0
        return _finish(sign, self._int, self._exp, context)

    def __pos__(self, context=None):
        """Return +self."""
        context = context or getcontext()
        if self._is_special:
            nan = _nan_of(context, self)
            return nan if nan is not None else _infinity(self._sign)
        sign = self._sign if self._int or context.rounding == ROUND_FLOOR else 0
        return _finish(sign, self._int, self._exp, context)

    def __abs__(self, round=True, context=None):
        """Return abs(self)."""
        if not round:
            return self.copy_abs()
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        other, third, context = _argument(other), _argument(third), context or getcontext()
        if self._is_special or other._is_special:
            kinds = self._exp, other._exp
            if "N" in kinds or "n" in kinds:
                return _nan_of(context, self, other) if "N" in kinds else _nan_of(context, self, other, third)
            product = self.__mul__(other, context)
            if product._exp == "n":
                return product
        else:
            product = _new(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product.__add__(third, context)

    # ---- Comparing

    def __bool__(self):
        """True if self else False"""
        return self._is_special or self._int != 0

    def __eq__(self, other):
        """Return self==value."""
        if other.__class__ is Decimal and not self._is_special and not other._is_special and self._exp == other._exp:
            return self._int == other._int and (self._sign == other._sign or not self._int)
        return _order.rich(self, other, True, lambda order: order == 0)

    def __lt__(self, other):
        """Return self<value."""
        return _order.rich(self, other, False, lambda order: order < 0)

    def __le__(self, other):
        """Return self<=value."""
        return _order.rich(self, other, False, lambda order: order <= 0)

    def __gt__(self, other):
        """Return self>value."""
        return _order.rich(self, other, False, lambda order: order > 0)

    def __ge__(self, other):
        """Return self>=value."""
        return _order.rich(self, other, False, lambda order: order >= 0)

    def __hash__(self):
        """Return hash(self)."""
        if self._is_special:
            if self._exp == "N":
                raise TypeError("Cannot hash a signaling NaN value")
            if self._exp == "n":
                return object.__hash__(self)
            return -314159 if self._sign else 314159
        import sys
        modulus = sys.hash_info.modulus
        if self._exp >= 0:
            power = pow(10, self._exp, modulus)
        else:
            power = pow(pow(10, modulus - 2, modulus), -self._exp, modulus)
        value = self._int * power % modulus
        value = -value if self._sign else value
        return -2 if value == -1 else value

    compare, compare_signal, compare_total, compare_total_mag = _order.compare, _order.compare_signal, _order.compare_total, _order.compare_total_mag
    max, min, max_mag, min_mag, same_quantum = _order.max_, _order.min_, _order.max_mag, _order.min_mag, _order.same_quantum

    # ---- Other types and texts

    def __int__(self):
        """int(self), towards 0."""
        if self._is_special:
            if self._exp == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = self._int * ten(self._exp) if self._exp >= 0 else 0 if -self._exp > count(self._int) else self._int // ten(-self._exp)
        return -n if self._sign else n

    __trunc__ = __int__

    def __float__(self):
        """float(self)"""
        if self._exp == "N":
            raise ValueError("cannot convert signaling NaN to float")
        if self._exp == "n":
            return float("-nan" if self._sign else "nan")
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __round__(self, ndigits=None):
        """round(self, ndigits): without ndigits an int, half to even."""
        if ndigits is not None:
            if not isinstance(ndigits, int):
                raise TypeError("optional arg must be an integer")
            if not -1 << 63 < ndigits < 1 << 63:
                raise OverflowError("Python int too large to convert to C ssize_t")
            return self.quantize(_new(0, 1, -int(ndigits)))
        return self._whole(ROUND_HALF_EVEN)

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def _whole(self, rounding):
        if self._is_special:
            return int(self)
        n, _ = rescale(self._sign, self._int, self._exp, 0, rounding)
        return -n if self._sign else n

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __repr__(self):
        return f"Decimal('{self}')"

    __str__, to_eng_string, __format__ = _text.to_text, _text.to_eng_string, _text.format_number
    as_tuple, as_integer_ratio = _text.as_tuple, _text.as_integer_ratio

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return _new(0, 0, 0)

    def conjugate(self):
        """self"""
        return self

    def canonical(self):
        """self"""
        return self

    def is_canonical(self):
        """True, all are."""
        return True

    def radix(self):
        """Decimal(10)"""
        return _new(0, 10, 0)

    # ---- Parts and kinds

    def adjusted(self):
        """The exponent of the first digit; 0 of what is no number."""
        return 0 if self._is_special else self._exp + count(self._int) - 1

    def is_finite(self):
        """Neither infinite nor a NaN?"""
        return not self._is_special

    def is_infinite(self):
        """Infinite?"""
        return self._exp == "F"

    def is_nan(self):
        """A NaN, quiet or signalling?"""
        return self._exp in ("n", "N")

    def is_qnan(self):
        """A quiet NaN?"""
        return self._exp == "n"

    def is_snan(self):
        """A signalling NaN?"""
        return self._exp == "N"

    def is_signed(self):
        """Has it a minus sign?"""
        return self._sign == 1

    def is_zero(self):
        """0?"""
        return not self._is_special and self._int == 0

    def is_normal(self, context=None):
        """Finite, not 0, and not below Emin?"""
        return bool(not self._is_special and self._int and (context or getcontext()).Emin <= self.adjusted())

    def is_subnormal(self, context=None):
        """Finite, not 0, and below Emin?"""
        return bool(not self._is_special and self._int and self.adjusted() < (context or getcontext()).Emin)

    def number_class(self, context=None):
        """The kind of number: '+Normal', '-Infinity', 'NaN' and so on."""
        if self._exp == "n":
            return "NaN"
        if self._exp == "N":
            return "sNaN"
        kind = "Infinity" if self._is_special else "Zero" if not self._int else "Subnormal" if self.is_subnormal(context) else "Normal"
        return "-+"[1 - self._sign] + kind

    def copy_abs(self):
        """Without its sign; no flags."""
        return _special(0, self._int, self._exp) if self._is_special else _new(0, self._int, self._exp)

    def copy_negate(self):
        """With the other sign; no flags."""
        return _special(1 - self._sign, self._int, self._exp) if self._is_special else _new(1 - self._sign, self._int, self._exp)

    def copy_sign(self, other, context=None):
        """With the sign of other; no flags."""
        sign = _argument(other)._sign
        return _special(sign, self._int, self._exp) if self._is_special else _new(sign, self._int, self._exp)

    # ---- Rounding

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of exp."""
        exp, context = _argument(exp), context or getcontext()
        rounding = context.rounding if rounding is None else rounding
        if rounding not in _context.ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        if self._is_special or exp._is_special:
            nan = _nan_of(context, self, exp)
            if nan is not None:
                return nan
            return _infinity(self._sign) if self._exp == exp._exp else _invalid(context)
        wanted = exp._exp
        if not context.etiny <= wanted <= context.Emax:
            return _invalid(context)
        if not self._int:
            return _finish(self._sign, 0, wanted, context)
        adjusted = self.adjusted()
        if adjusted > context.Emax or adjusted - wanted + 1 > context.prec:
            return _invalid(context)
        n, changed = rescale(self._sign, self._int, self._exp, wanted, rounding)
        digits = count(n)
        if n and wanted + digits - 1 > context.Emax or digits > context.prec:
            return _invalid(context)
        signals = []
        if n and wanted + digits - 1 < context.Emin:
            signals.append(Subnormal)
        if wanted > self._exp:
            signals += (Inexact, Rounded) if changed else (Rounded,)
        if signals:
            context._raise_error(*signals)
        return _finish(self._sign, n, wanted, context)

    def _integral(self, rounding, context, flags):
        context = context or getcontext()
        if self._is_special:
            nan = _nan_of(context, self)
            return nan if nan is not None else _infinity(self._sign)
        if self._exp >= 0:
            return _new(self._sign, self._int, self._exp)
        n, changed = rescale(self._sign, self._int, self._exp, 0, rounding or context.rounding)
        if flags and self._int:
            context._raise_error(*((Inexact, Rounded) if changed else (Rounded,)))
        return _new(self._sign, n, 0)

    def to_integral_value(self, rounding=None, context=None):
        """The nearest integer; no flags."""
        return self._integral(rounding, context, False)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        """The nearest integer, with the flags Inexact and Rounded."""
        return self._integral(rounding, context, True)

    def normalize(self, context=None):
        """The number without zeros at its end; any zero becomes 0."""
        context = context or getcontext()
        if self._is_special:
            nan = _nan_of(context, self)
            return nan if nan is not None else _infinity(self._sign)
        made = self._fix(context)
        if made._is_special:
            return made
        if not made._int:
            return _new(made._sign, 0, 0)
        n, zeros = strip(made._int)
        most = context.Emax if not context.clamp else context.etop
        if made._exp + zeros > most:
            n *= ten(made._exp + zeros - most)
            zeros = most - made._exp
        return _new(made._sign, n, made._exp + zeros)

    logical_and, logical_or, logical_xor, logical_invert = _logic.logical_and, _logic.logical_or, _logic.logical_xor, _logic.logical_invert
    shift, rotate, scaleb, logb = _logic.shift, _logic.rotate, _logic.scaleb, _logic.logb
    next_minus, next_plus, next_toward = _logic.next_minus, _logic.next_plus, _logic.next_toward
    sqrt, exp, ln, log10, __pow__, __rpow__ = _power.sqrt, _power.exp, _power.ln, _power.log10, _power.power, _power.rpower


for _part in (_division, _logic, _order, _power, _text):
    _part.start(globals())
