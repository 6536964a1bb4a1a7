"""Decimal floating point arithmetic, as the General Decimal Arithmetic Specification of IBM has it.

    getcontext().prec = 6
    Decimal(1) / Decimal(7)         # Decimal('0.142857')

Numbers are exact; results of operations are rounded to the precision of the current context.
"""

from ._context import (BasicContext, Context, DefaultContext, ExtendedContext, HAVE_CONTEXTVAR, HAVE_THREADS, getcontext, localcontext, setcontext)
from ._number import Decimal
from ._signal import (Clamped, ConversionSyntax, DecimalException, DivisionByZero, DivisionImpossible, DivisionUndefined, FloatOperation, Inexact,
                      InvalidContext, InvalidOperation, MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, Overflow, ROUND_05UP, ROUND_CEILING, ROUND_DOWN,
                      ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Rounded, Subnormal, Underflow)
from ._text import DecimalTuple

__all__ = ["Decimal", "Context", "DecimalTuple", "DefaultContext", "BasicContext", "ExtendedContext", "DecimalException", "Clamped",
           "InvalidOperation", "DivisionByZero", "Inexact", "Rounded", "Subnormal", "Overflow", "Underflow", "FloatOperation",
           "DivisionImpossible", "InvalidContext", "ConversionSyntax", "DivisionUndefined", "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN",
           "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP", "ROUND_HALF_DOWN", "ROUND_05UP", "setcontext", "getcontext", "localcontext",
           "MAX_PREC", "MAX_EMAX", "MIN_EMIN", "MIN_ETINY", "HAVE_THREADS", "HAVE_CONTEXTVAR"]

__version__ = "1.70"
__libmpdec_version__ = "2.5.1"

for _part in (getcontext, localcontext, setcontext):
    _part.__module__ = "decimal"


def _register():
    """Decimals are numbers; where numbers comes later, it says so itself."""
    import sys
    numbers = sys.modules.get("numbers")
    if numbers is not None:
        numbers.Number.register(Decimal)


_register()


def __dir__():
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
