"""Contexts of decimal arithmetic: precision, rounding, limits, flags and traps; and which one is current."""

from ._signal import *
from ._signal import CONDITIONS, ORDER, ROUNDINGS, SHOWN, SIGNALS

_RANGES = {"prec": (1, MAX_PREC), "Emin": (MIN_EMIN, 0), "Emax": (0, MAX_EMAX), "capitals": (0, 1), "clamp": (0, 1)}
_RANGE_NAMES = {"prec": "[1, MAX_PREC]", "Emin": "[MIN_EMIN, 0]", "Emax": "[0, MAX_EMAX]", "capitals": "[0, 1]", "clamp": "[0, 1]"}
_INVALID_SIGNALS = "invalid signal dict"


class _Signals(dict):
    """flags and traps: bools for all the signals, and for nothing else."""

    __slots__ = ()

    def __setitem__(self, signal, value):
        if signal not in self:
            raise KeyError("invalid error flag")
        super().__setitem__(signal, bool(value))

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __repr__(self):
        return "{" + ", ".join(f"{signal!r}:{value!r}" for signal, value in self.items()) + "}"

    def copy(self):
        return dict(self)

    def __reduce__(self):
        return dict, (dict(self),)


def _signal_dict(value):
    if isinstance(value, dict):
        if len(value) != len(SIGNALS) or not all(signal in value for signal in SIGNALS):
            raise KeyError(_INVALID_SIGNALS)
        return _Signals((signal, bool(value[signal])) for signal in SIGNALS)
    made = _Signals(dict.fromkeys(SIGNALS, False))
    for signal in value:
        if signal not in made:
            raise KeyError("invalid error flag")
        dict.__setitem__(made, signal, True)
    return made


class Context:
    """How decimal arithmetic is done: see the names of the attributes. flags say what happened, traps what is raised."""

    __slots__ = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps", "etiny", "etop")
    __module__ = "decimal"
    __hash__ = None

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        base = globals().get("DefaultContext")
        given = (("prec", prec, 28), ("rounding", rounding, ROUND_HALF_EVEN), ("Emin", Emin, -999999), ("Emax", Emax, 999999),
                 ("capitals", capitals, 1), ("clamp", clamp, 0))
        for name, value, start in given:
            setattr(self, name, value if value is not None else start if base is None else getattr(base, name))
        if traps is None:
            traps = base.traps if base is not None else []
        for name, value in (("traps", traps), ("flags", [] if flags is None else flags)):
            if not isinstance(value, (dict, list)):
                raise TypeError("argument must be a signal dict")
            super().__setattr__(name, _signal_dict(value))

    def __setattr__(self, name, value):
        if name in _RANGES:
            low, high = _RANGES[name]
            if not isinstance(value, int):
                raise TypeError("an integer is required")
            if not -1 << 63 <= value < 1 << 63:
                raise OverflowError("Python int too large to convert to C ssize_t")
            if not low <= value <= high:
                raise ValueError(f"valid range for {name} is {_RANGE_NAMES[name]}" if name not in ("capitals", "clamp")
                                 else f"valid values for {name} are 0 or 1")
            put = super().__setattr__
            put(name, int(value))
            try:
                put("etiny", self.Emin - self.prec + 1)
                put("etop", self.Emax - self.prec + 1)
            except AttributeError:  # it is being made
                pass
        elif name == "rounding":
            if not isinstance(value, str) or value not in ROUNDINGS:
                raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                                "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
            super().__setattr__(name, value)
        elif name in ("flags", "traps"):
            if not isinstance(value, dict):
                raise TypeError("argument must be a signal dict")
            super().__setattr__(name, _signal_dict(value))
        else:
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")

    def __delattr__(self, name):
        raise AttributeError("context attributes cannot be deleted" if name in Context.__slots__ else
                             f"'decimal.Context' object has no attribute '{name}'")

    def __repr__(self):
        flags, traps = (", ".join(signal.__name__ for signal in SHOWN if signals[signal]) for signals in (self.flags, self.traps))
        return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, capitals={self.capitals}, "
                f"clamp={self.clamp}, flags=[{flags}], traps=[{traps}])")

    def __reduce__(self):
        return type(self), (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
                            [signal for signal, value in self.flags.items() if value],
                            [signal for signal, value in self.traps.items() if value])

    def copy(self):
        """A context with the same attributes."""
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags, self.traps)

    __copy__ = copy

    def clear_flags(self):
        """Set all flags to False."""
        super().__setattr__("flags", _signal_dict(()))

    def clear_traps(self):
        """Set all traps to False."""
        super().__setattr__("traps", _signal_dict(()))

    def Etiny(self):
        """The exponent of the least number that is not 0."""
        return self.etiny

    def Etop(self):
        """The greatest exponent of a number of prec digits."""
        return self.etop

    def radix(self):
        """Decimal(10)"""
        return Decimal(10)

    def _raise_error(self, *conditions):
        """Set the flags of conditions, and raise what is trapped."""
        flags, traps, raised = self.flags, self.traps, None
        for condition in conditions:
            signal = CONDITIONS.get(condition, condition)
            dict.__setitem__(flags, signal, True)
            if traps[signal]:
                raised = raised or []
                raised.append(condition)
        if raised:
            trapped = [CONDITIONS.get(condition, condition) for condition in raised]
            for signal in ORDER:
                if signal in trapped:
                    raise signal(raised)

    def create_decimal(self, num="0", /):
        """A Decimal of num, rounded to this context."""
        if isinstance(num, str) and (num != num.strip() or "_" in num):
            self._raise_error(ConversionSyntax)
            return _nan()
        sign, n, exp = _read(num, self)
        if not isinstance(exp, str):
            return _finish(sign, n, exp, self)
        if exp != "F" and n and count(n) > self.prec - self.clamp:
            self._raise_error(ConversionSyntax)
            return _nan()
        return _special(sign, n, exp)

    def create_decimal_from_float(self, f, /):
        """A Decimal of the float or int f, rounded to this context."""
        d = Decimal.from_float(f)
        return d if d._is_special else _finish(d._sign, d._int, d._exp, self)

    def _apply(self, d, /):
        return d._fix(self)

    def is_canonical(self, a, /):
        """True, all are."""
        if not isinstance(a, Decimal):
            raise TypeError("argument must be a Decimal")
        return True

    def canonical(self, a, /):
        """a, which is canonical."""
        if not isinstance(a, Decimal):
            raise TypeError("argument must be a Decimal")
        return a

    def divmod(self, x, y, /):
        """(x // y, x % y)"""
        return _operand(x).__divmod__(_operand(y), self)

    def power(self, a, b, modulo=None):
        """a ** b, or pow(a, b, modulo)"""
        return _operand(a).__pow__(_operand(b), None if modulo is None else _operand(modulo), self)

    def fma(self, a, b, c, /):
        """a * b + c, rounded once"""
        return _operand(a).fma(_operand(b), _operand(c), self)

    def to_sci_string(self, x, /):
        """x as text, in scientific notation where it is needed."""
        return _operand(x).__str__(False, self)

    def to_eng_string(self, x, /):
        """x as text, with exponents that are multiples of 3."""
        return _operand(x).to_eng_string(self)

    def copy_decimal(self, x, /):
        """x as a Decimal."""
        return _operand(x)

    def number_class(self, x, /):
        """The kind of number that x is."""
        return _operand(x).number_class(self)


def _operand(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")


def _add_methods():
    """Methods of Context that are those of Decimal with the context given."""
    def one(name, method):
        def function(self, x, /):
            return getattr(Decimal, method)(_operand(x), context=self)
        return function

    def plain(name, method):
        def function(self, x, /):
            return getattr(Decimal, method)(_operand(x))
        return function

    def two(name, method):
        def function(self, x, y, /):
            return getattr(Decimal, method)(_operand(x), _operand(y), context=self)
        return function

    same = {
        one: "exp ln log10 logb logical_invert next_minus next_plus normalize sqrt to_integral_exact to_integral_value is_normal is_subnormal",
        plain: "copy_abs copy_negate is_finite is_infinite is_nan is_qnan is_signed is_snan is_zero",
        two: "compare compare_signal compare_total compare_total_mag copy_sign logical_and logical_or logical_xor max max_mag min min_mag "
             "next_toward quantize remainder_near rotate same_quantum scaleb shift",
    }
    other = {one: {"abs": "__abs__", "plus": "__pos__", "minus": "__neg__", "to_integral": "to_integral_value"},
             two: {"add": "__add__", "subtract": "__sub__", "multiply": "__mul__", "divide": "__truediv__", "divide_int": "__floordiv__",
                   "remainder": "__mod__"}, plain: {}}
    for make in same:
        for name, method in [*((name, name) for name in same[make].split()), *other[make].items()]:
            function = make(name, method)
            function.__name__, function.__qualname__ = name, f"Context.{name}"
            function.__doc__ = getattr(Decimal, method).__doc__
            setattr(Context, name, function)


# ---- The current context -----------------------------------------------------------------------------------------------------------

try:
    from contextvars import ContextVar
    HAVE_CONTEXTVAR = True
except ImportError:
    HAVE_CONTEXTVAR = False
HAVE_THREADS = True


class _Holder:
    """Where there are no context variables: one context for each thread, or for all, as the system has it."""

    def __init__(self):
        try:
            from _thread import _local
            self.place = _local()
        except ImportError:
            self.place = _Place()

    def get(self, default):
        return getattr(self.place, "context", default)

    def set(self, context):
        self.place.context = context


class _Place:
    pass


_current = ContextVar("decimal_context") if HAVE_CONTEXTVAR else _Holder()
_get_current = _current.get


def getcontext():
    """The current context of this thread."""
    context = _get_current(None)
    if context is None:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
    return context


def setcontext(context, /):
    """Make context the current one; of the three that come with the module, a copy."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if context is DefaultContext or context is BasicContext or context is ExtendedContext:
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _Manager:
    """What localcontext() gives: __enter__ makes the context current, __exit__ the one before."""

    def __init__(self, context, changes):
        self.context = context.copy()
        for name, value in changes.items():
            setattr(self.context, name, value)

    def __enter__(self):
        self.before = getcontext()
        setcontext(self.context)
        return self.context

    def __exit__(self, *info):
        setcontext(self.before)


def localcontext(ctx=None, **kwargs):
    """A context manager with a copy of ctx, or of the current context, in which the attributes given are changed."""
    context = getcontext() if ctx is None else ctx
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    for name in kwargs:
        if name not in Context.__slots__[:8]:
            raise TypeError(f"localcontext() got an unexpected keyword argument '{name}'")
    return _Manager(context, {name: value for name, value in kwargs.items() if value is not None})


DefaultContext = Context(28, ROUND_HALF_EVEN, -999999, 999999, 1, 0, [], [DivisionByZero, Overflow, InvalidOperation])
BasicContext = Context(9, ROUND_HALF_UP, -999999, 999999, 1, 0, [], [DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, -999999, 999999, 1, 0, [], [])

from ._number import Decimal, _finish, _nan, _read, _special
from ._digits import count

_add_methods()
