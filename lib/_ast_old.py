"""ast's deprecated names: Num, Str, Bytes, NameConstant and Ellipsis stand for Constant; classes of grammars before Python 3.9."""

import _ast
from _ast import AST, Constant, Load, Tuple, expr_context, mod

_ADVICE = "; use ast.Constant instead"
_REMOVED = "and will be removed in Python 3.14"
_KINDS = {"Num": (int, float, complex), "Str": (str,), "Bytes": (bytes,), "NameConstant": (type(None), bool), "Ellipsis": (type(...),)}
_made = {}


def _warn(name, advice=_ADVICE, level=2):
    import warnings
    warnings.warn(f"{name} is deprecated {_REMOVED}{advice}", DeprecationWarning, stacklevel=level + 1)


def _is_instance(cls, instance):
    if cls not in _CLASSES:
        return type.__instancecheck__(cls, instance)
    _warn(f"ast.{cls.__name__}")
    if not isinstance(instance, Constant):
        return False
    try:
        value = instance.value
    except AttributeError:
        return False
    kinds = _KINDS[cls.__name__]
    if isinstance(value, bool) and bool not in kinds:
        return False
    return isinstance(value, kinds)


class _Meta(type):
    __instancecheck__ = _is_instance


_CLASSES = []


def _make(name):
    def __new__(cls, *args, **kwargs):
        for key in kwargs:
            if key not in cls._fields:
                continue
            position = cls._fields.index(key)
            if position < len(args):
                raise TypeError(f"{cls.__name__} got multiple values for argument {key!r}")
        if cls is made:
            _warn(f"ast.{name}")
            return Constant(..., *args, **kwargs) if name == "Ellipsis" else Constant(*args, **kwargs)
        return object.__new__(cls)
    fields = (_FIELDS[name],) if name in _FIELDS else ()
    made = _Meta(name, (Constant,), {"__new__": __new__, "_fields": fields, "__module__": "ast",
                                     "__doc__": "Deprecated AST node class. Use ast.Constant instead"})
    _CLASSES.append(made)
    return made


_FIELDS = {"Num": "n", "Str": "s", "Bytes": "s", "NameConstant": "value"}


def _alias(name):
    def get(self):
        _warn(f"Attribute {name}", "; use value instead")
        return self.value

    def put(self, value):
        _warn(f"Attribute {name}", "; use value instead")
        self.value = value
    return property(get, put)


Constant.n, Constant.s = _alias("n"), _alias("s")


class slice(AST):
    """What Index and ExtSlice were."""


class Index(slice):
    """Deprecated: calling it gives the value, which stands for itself."""

    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    """Deprecated: calling it gives a Tuple."""

    def __new__(cls, dims=(), **kwargs):
        return Tuple(list(dims), Load(), **kwargs)


class Suite(mod):
    """A node of Python 2."""


class AugLoad(expr_context):
    """A node of Python 2."""


class AugStore(expr_context):
    """A node of Python 2."""


class Param(expr_context):
    """A node of Python 2."""


_OLD = {cls.__name__: cls for cls in (slice, Index, ExtSlice, Suite, AugLoad, AugStore, Param)}
for _cls in _OLD.values():
    _cls.__module__ = "ast"


def find(name, space):
    """What ast.name is; AttributeError if it is nothing."""
    if name == "_Precedence":
        from enum import IntEnum
        names = "NAMED_EXPR TUPLE YIELD TEST OR AND NOT CMP EXPR BXOR BAND SHIFT ARITH TERM FACTOR POWER AWAIT ATOM".split()

        class _Precedence(IntEnum):
            """How strongly operators bind, weakest first (the grammar's order)."""

            locals().update({n: i for i, n in enumerate(names, 1)}, BOR=9)

            def next(self):
                try:
                    return self.__class__(self + 1)
                except ValueError:
                    return self
        _Precedence.__module__, made = "ast", _Precedence
        space[name] = made
        return made
    if name in _OLD:
        space[name] = _OLD[name]
        return _OLD[name]
    if name in _KINDS:
        if name not in _made:
            _made[name] = _make(name)
        space[name] = _made[name]
        _warn(f"ast.{name}", level=3)
        return _made[name]
    raise AttributeError(f"module 'ast' has no attribute '{name}'")
