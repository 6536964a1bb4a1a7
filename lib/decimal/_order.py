"""Comparing decimals: as Python does, and as the specification does, with NaNs and exponents in an order."""

from ._digits import count, strip, ten
from ._signal import FloatOperation, InvalidOperation


def start(names):
    """What this file needs of _number.py."""
    globals().update({name: names[name] for name in ("Decimal", "_new", "_special", "_nan_of", "_checked", "_argument", "_operand", "getcontext")})


def sign_of(a, b):
    """-1, 0 or 1 as a is less than b, equal or greater; neither is a NaN."""
    if a._is_special or b._is_special:
        first = (-1 if a._sign else 1) if a._is_special else 0
        second = (-1 if b._sign else 1) if b._is_special else 0
        return (first > second) - (first < second)
    if not a._int or not b._int:
        first = 0 if not a._int else -1 if a._sign else 1
        second = 0 if not b._int else -1 if b._sign else 1
        return (first > second) - (first < second)
    if a._sign != b._sign:
        return -1 if a._sign else 1
    one, two = a.adjusted(), b.adjusted()
    if one == two:
        one, two = a._int, b._int
        if a._exp > b._exp:
            one *= ten(a._exp - b._exp)
        elif a._exp < b._exp:
            two *= ten(b._exp - a._exp)
    order = (one > two) - (one < two)
    return -order if a._sign else order


def _comparable(self, other, equality):
    """(self, other) as decimals whose comparison is theirs, or NotImplemented."""
    if isinstance(other, (Decimal, int)):
        return self, _operand(other)
    if isinstance(other, float):
        context = getcontext()
        if equality:
            dict.__setitem__(context.flags, FloatOperation, True)
        else:
            context._raise_error(FloatOperation)
        return self, Decimal.from_float(other)
    if equality and isinstance(other, complex) and other.imag == 0:
        return _comparable(self, other.real, True)
    from numbers import Rational
    if isinstance(other, Rational):
        if self._is_special:
            return self, _new(0, 0, 0) if self._exp == "F" else _new(0, 0, 0)
        return _new(self._sign, self._int * other.denominator, self._exp), Decimal(other.numerator)
    return NotImplemented


def rich(self, other, equality, wanted):
    """self == other and so on."""
    if other.__class__ is not Decimal:
        pair = _comparable(self, other, equality)
        if pair is NotImplemented:
            return NotImplemented
        self, other = pair
    if self._is_special or other._is_special:
        kinds = self._exp, other._exp
        if "N" in kinds or "n" in kinds:
            if not equality or "N" in kinds:
                getcontext()._raise_error(InvalidOperation)
            return False
    return wanted(sign_of(self, other))


def _decimal_of(order):
    return _new(1 if order < 0 else 0, abs(order), 0)


def compare(self, other, context=None):
    """Decimal -1, 0 or 1 as self is less than other, equal or greater; NaN if one is a NaN."""
    other, context = _argument(other), context or getcontext()
    nan = _nan_of(context, self, other)
    return nan if nan is not None else _decimal_of(sign_of(self, other))


def compare_signal(self, other, context=None):
    """The same, where quiet NaNs signal as well."""
    other, context = _argument(other), context or getcontext()
    if "N" not in (self._exp, other._exp) and "n" in (self._exp, other._exp):
        context._raise_error(InvalidOperation)
    return compare(self, other, context)


def _total(a, b):
    """-1, 0 or 1 in the order that has a place for all representations."""
    if a._sign != b._sign:
        return -1 if a._sign else 1
    rank = {"F": 1, "N": 2, "n": 3}
    one, two = rank.get(a._exp, 0), rank.get(b._exp, 0)
    if one == two:
        if one >= 2:
            one, two = a._int, b._int
        else:
            order = sign_of(a, b)
            if order:
                return order
            one, two = (0, 0) if one else (a._exp, b._exp)
    order = (one > two) - (one < two)
    return -order if a._sign else order


def compare_total(self, other, context=None):
    """Decimal -1, 0 or 1 in the order of all representations: 12.0 is below 12, NaNs are above the infinities."""
    return _decimal_of(_total(self, _argument(other)))


def compare_total_mag(self, other, context=None):
    """The same without signs."""
    return _decimal_of(_total(self.copy_abs(), _argument(other).copy_abs()))


def _choose(self, other, context, greater, magnitude):
    other, context = _argument(other), context or getcontext()
    if self._is_special or other._is_special:
        quiet_1, quiet_2 = self._exp == "n", other._exp == "n"
        if quiet_1 != quiet_2 and "N" not in (self._exp, other._exp):
            return (other if quiet_1 else self)._fix(context)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
    order = sign_of(self.copy_abs(), other.copy_abs()) if magnitude else 0
    order = order or sign_of(self, other) or _total(self, other)
    return (self if (order > 0) == greater and order or not order else other)._fix(context)


def max_(self, other, context=None):
    """The greater of both; a number rather than a quiet NaN."""
    return _choose(self, other, context, True, False)


def min_(self, other, context=None):
    """The lesser of both; a number rather than a quiet NaN."""
    return _choose(self, other, context, False, False)


def max_mag(self, other, context=None):
    """The one with the greater magnitude."""
    return _choose(self, other, context, True, True)


def min_mag(self, other, context=None):
    """The one with the lesser magnitude."""
    return _choose(self, other, context, False, True)


def same_quantum(self, other, context=None):
    """Have both the same exponent, or are both infinite, or both NaNs?"""
    other = _argument(other)
    if self._is_special or other._is_special:
        return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
    return self._exp == other._exp


for _function, _name in ((max_, "max"), (min_, "min")):
    _function.__name__ = _name
