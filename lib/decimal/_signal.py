"""Signals of decimal arithmetic, the conditions that lead to them, and limits (IBM's General Decimal Arithmetic, version 1.70)."""

ROUND_DOWN = "ROUND_DOWN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_UP = "ROUND_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_05UP = "ROUND_05UP"
ROUNDINGS = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)

MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


def _class(name, bases, doc):
    return type(name, bases, {"__doc__": doc, "__module__": "decimal"})


DecimalException = _class("DecimalException", (ArithmeticError,), "Base of all signals and conditions.")
Clamped = _class("Clamped", (DecimalException,), "The exponent of a zero or of a result was changed to fit.")
InvalidOperation = _class("InvalidOperation", (DecimalException,), "An operation that has no result; the result is NaN.")
DivisionByZero = _class("DivisionByZero", (DecimalException, ZeroDivisionError), "A finite number divided by 0; the result is infinite.")
Inexact = _class("Inexact", (DecimalException,), "Digits that are not 0 were dropped.")
Rounded = _class("Rounded", (DecimalException,), "Digits were dropped.")
Subnormal = _class("Subnormal", (DecimalException,), "The exponent was below Emin before rounding.")
Overflow = _class("Overflow", (Inexact, Rounded), "The exponent of the result is above Emax.")
Underflow = _class("Underflow", (Inexact, Rounded, Subnormal), "A subnormal result was rounded.")
FloatOperation = _class("FloatOperation", (DecimalException, TypeError), "Decimals and floats were mixed.")
ConversionSyntax = _class("ConversionSyntax", (InvalidOperation,), "A text is no number.")
DivisionImpossible = _class("DivisionImpossible", (InvalidOperation,), "The integer quotient has too many digits.")
DivisionUndefined = _class("DivisionUndefined", (InvalidOperation, ZeroDivisionError), "0 divided by 0.")
InvalidContext = _class("InvalidContext", (InvalidOperation,), "The context is not fit for the operation.")

SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Subnormal, Underflow, Rounded, Inexact, Clamped)
# Of several signals at once the first of these that is trapped is raised.
ORDER = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)
SHOWN = (Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)  # in a repr
CONDITIONS = {ConversionSyntax: InvalidOperation, DivisionImpossible: InvalidOperation, DivisionUndefined: InvalidOperation,
              InvalidContext: InvalidOperation}
