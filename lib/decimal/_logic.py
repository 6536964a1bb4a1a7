"""Digits as bits, shifts, exponents as numbers, and the neighbours of a number."""

from ._digits import count, ten
from ._signal import *


def start(names):
    """What this file needs of _number.py."""
    wanted = ("Decimal", "_new", "_special", "_infinity", "_nan_of", "_invalid", "_finish", "_argument", "_overflow", "getcontext")
    globals().update({name: names[name] for name in wanted})


def _bits(number, context):
    """Its digits as text, filled up to the precision; None: it is no row of zeros and ones."""
    if number._is_special or number._sign or number._exp:
        return None
    text = str(number._int)
    return None if text.strip("01") else text[-context.prec:].rjust(context.prec, "0") if context.prec < 10 ** 6 else text


def _logical(self, other, context, operation):
    other, context = _argument(other), context or getcontext()
    a, b = _bits(self, context), _bits(other, context)
    if a is None or b is None:
        return _invalid(context)
    width = max(len(a), len(b))
    n = operation(int(a, 2), int(b, 2))
    return _new(0, int(bin(n)[2:][-width:]), 0)


def logical_and(self, other, context=None):
    """The digits, which are zeros and ones, joined by and."""
    return _logical(self, other, context, lambda a, b: a & b)


def logical_or(self, other, context=None):
    """The digits, which are zeros and ones, joined by or."""
    return _logical(self, other, context, lambda a, b: a | b)


def logical_xor(self, other, context=None):
    """The digits, which are zeros and ones, joined by exclusive or."""
    return _logical(self, other, context, lambda a, b: a ^ b)


def logical_invert(self, context=None):
    """The digits, which are zeros and ones, each changed to the other."""
    context = context or getcontext()
    return logical_xor(self, _new(0, (ten(context.prec) - 1) // 9, 0), context)


def _places(other, limit, context):
    """other as an int of at most that size; None: it is none."""
    if other._is_special or other._exp != 0 or other._int > limit:
        return None
    return -other._int if other._sign else other._int


def _moved(self, other, context, turn):
    other, context = _argument(other), context or getcontext()
    nan = _nan_of(context, self, other)
    if nan is not None:
        return nan
    prec = context.prec
    places = _places(other, prec, context)
    if places is None:
        return _invalid(context)
    if self._is_special:
        return _infinity(self._sign)
    n = self._int % ten(prec) if count(self._int) > prec else self._int
    if turn:
        left = places % prec
        high, low = divmod(n, ten(prec - left))
        return _new(self._sign, low * ten(left) + high, self._exp)
    n = n * ten(places) % ten(prec) if places > 0 else n // ten(-places)
    return _new(self._sign, n, self._exp)


def shift(self, other, context=None):
    """The digits moved other places to the left, within the precision; zeros come in."""
    return _moved(self, other, context, False)


def rotate(self, other, context=None):
    """The digits moved other places to the left, within the precision; what goes out comes in."""
    return _moved(self, other, context, True)


def scaleb(self, other, context=None):
    """self * 10**other, other being an integer."""
    other, context = _argument(other), context or getcontext()
    nan = _nan_of(context, self, other)
    if nan is not None:
        return nan
    places = _places(other, 2 * (context.Emax + context.prec), context)
    if places is None:
        return _invalid(context)
    return _infinity(self._sign) if self._is_special else _finish(self._sign, self._int, self._exp + places, context)


def logb(self, context=None):
    """The exponent of the first digit, as a Decimal."""
    context = context or getcontext()
    nan = _nan_of(context, self)
    if nan is not None:
        return nan
    if self._is_special:
        return _infinity(0)
    if not self._int:
        context._raise_error(DivisionByZero)
        return _infinity(1)
    adjusted = self.adjusted()
    return _finish(1 if adjusted < 0 else 0, abs(adjusted), 0, context)


def _neighbour(self, context, up):
    """The next number of this context above or below self; no flags."""
    quiet = context.copy()
    quiet.clear_traps()
    quiet.rounding = ROUND_CEILING if up else ROUND_FLOOR
    made = self._fix(quiet)
    if made._is_special and not self._is_special or made != self:
        return made
    return self.__add__(_new(0 if up else 1, 1, quiet.etiny - 1), quiet)


def _beside(self, context, up):
    context = context or getcontext()
    nan = _nan_of(context, self)
    if nan is not None:
        return nan
    if self._exp == "F":
        return _infinity(self._sign) if bool(self._sign) != up else _new(self._sign, ten(context.prec) - 1, context.etop)
    return _neighbour(self, context, up)


def next_plus(self, context=None):
    """The next number above."""
    return _beside(self, context, True)


def next_minus(self, context=None):
    """The next number below."""
    return _beside(self, context, False)


def next_toward(self, other, context=None):
    """The next number in the direction of other."""
    other, context = _argument(other), context or getcontext()
    nan = _nan_of(context, self, other)
    if nan is not None:
        return nan
    order = self.compare(other)
    if not order:
        return self.copy_sign(other)
    made = _beside(self, context, bool(order._sign))
    if made._is_special:
        context._raise_error(Overflow, Inexact, Rounded)
    elif made.adjusted() < context.Emin:
        signals = [Underflow, Subnormal, Inexact, Rounded]
        context._raise_error(*(signals if made._int else [*signals, Clamped]))
    return made
