"""Division to whole numbers: quotients and what is left of them."""

from ._digits import rescale, ten
from ._signal import *


def start(names):
    """What this file needs of _number.py."""
    wanted = ("_new", "_nan", "_infinity", "_nan_of", "_invalid", "_finish", "_argument", "_operand", "getcontext")
    globals().update({name: names[name] for name in wanted})


def _parts(self, other, context):
    """(quotient towards 0, remainder) of finite numbers, other not 0; None: the quotient has too many digits."""
    sign = self._sign ^ other._sign
    if other._is_special:
        return _new(sign, 0, 0), _new(self._sign, self._int, self._exp)
    ideal = min(self._exp, other._exp)
    apart = self.adjusted() - other.adjusted()
    if not self._int or apart <= -2:
        return _new(sign, 0, 0), _new(self._sign, rescale(0, self._int, self._exp, ideal, context.rounding)[0], ideal)
    if apart <= context.prec:
        n1, n2 = self._int, other._int
        if self._exp >= other._exp:
            n1 *= ten(self._exp - other._exp)
        else:
            n2 *= ten(other._exp - self._exp)
        quotient, rest = divmod(n1, n2)
        if quotient < ten(context.prec):
            return _new(sign, quotient, 0), _new(self._sign, rest, ideal)
    return None


def _outcomes(self, other, context):
    """Quotient towards 0 and remainder, each as (number, the conditions that come with it)."""
    nan = _nan_of(context, self, other)
    if nan is not None:
        return (nan, ()), (nan, ())
    sign = self._sign ^ other._sign
    invalid = _nan(), (InvalidOperation,)
    if self._exp == "F":
        return invalid if other._exp == "F" else (_infinity(sign), ()), invalid
    if not other._is_special and not other._int:
        if self._int:
            return (_infinity(sign), (DivisionByZero,)), invalid
        return ((_nan(), (DivisionUndefined,)),) * 2
    parts = _parts(self, other, context)
    if parts is None:
        return ((_nan(), (DivisionImpossible,)),) * 2
    return (parts[0], ()), (parts[1], ())


def _divide(self, other, context, *places):
    """Those of (quotient, remainder) that stand at these places; their conditions are raised together. None: other is no operand."""
    other = _operand(other)
    if other is NotImplemented:
        return None
    context = context or getcontext()
    outcomes = _outcomes(self, other, context)
    conditions = {condition: None for place in places for condition in outcomes[place][1]}
    if conditions:
        context._raise_error(*conditions)
    # A quotient has no more digits than fit; a remainder may have.
    return [outcomes[place][0] if place == 0 or outcomes[place][0]._is_special else outcomes[place][0]._fix(context) for place in places]


def floordiv(self, other, context=None):
    """Return self//value."""
    found = _divide(self, other, context, 0)
    return NotImplemented if found is None else found[0]


def mod(self, other, context=None):
    """Return self%value."""
    found = _divide(self, other, context, 1)
    return NotImplemented if found is None else found[0]


def divmod_(self, other, context=None):
    """Return divmod(self, value)."""
    found = _divide(self, other, context, 0, 1)
    return NotImplemented if found is None else tuple(found)


def reflected(operator, text):
    """The operator with its sides changed."""
    def method(self, other, context=None):
        other = _operand(other)
        return other if other is NotImplemented else operator(other, self, context)
    method.__doc__ = f"Return {text}."
    return method


rfloordiv, rmod, rdivmod = reflected(floordiv, "value//self"), reflected(mod, "value%self"), reflected(divmod_, "divmod(value, self)")
for _name, _method in (("floordiv", floordiv), ("mod", mod), ("divmod", divmod_), ("rfloordiv", rfloordiv), ("rmod", rmod), ("rdivmod", rdivmod)):
    _method.__name__, _method.__qualname__ = f"__{_name}__", f"Decimal.__{_name}__"


def remainder_near(self, other, context=None):
    """What is left of self after a whole number of others, the nearest one."""
    other, context = _argument(other), context or getcontext()
    nan = _nan_of(context, self, other)
    if nan is not None:
        return nan
    if self._exp == "F":
        return _invalid(context)
    if other._exp == "F":
        return self._fix(context)
    if not other._int:
        return _invalid(context, InvalidOperation if self._int else DivisionUndefined)
    ideal = min(self._exp, other._exp)
    if not self._int:
        return _finish(self._sign, 0, ideal, context)
    apart = self.adjusted() - other.adjusted()
    if apart >= context.prec + 1:
        return _invalid(context, DivisionImpossible)
    if apart <= -2:
        return _finish(self._sign, rescale(0, self._int, self._exp, ideal, context.rounding)[0], ideal, context)
    n1, n2 = self._int * ten(self._exp - ideal), other._int * ten(other._exp - ideal)
    quotient, rest = divmod(n1, n2)
    if 2 * rest + (quotient & 1) > n2:
        rest -= n2
        quotient += 1
    if quotient >= ten(context.prec):
        return _invalid(context, DivisionImpossible)
    return _finish(self._sign ^ (rest < 0), abs(rest), ideal, context)
