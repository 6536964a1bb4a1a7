"""Type hints: classes made from annotations."""

import collections
import sys
import typing

from _typing import Generic

__name__ = "typing"  # where its names belong


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        types_ = ns.get("__annotations__", {})
        defaults = [n for n in types_ if n in ns]
        for name in list(types_)[:-len(defaults)] if defaults else ():
            if name in defaults:
                raise TypeError(f"Non-default namedtuple field cannot follow default field{'s' if len(defaults) > 1 else ''} "
                                f"{', '.join(defaults)}")
        nt = collections.namedtuple(typename, list(types_), defaults=[ns[n] for n in defaults], module=ns["__module__"])
        nt.__annotations__ = nt.__new__.__annotations__ = {n: typing._type_check(t, f"field {n} annotation must be a type")
                                                           for n, t in types_.items()}
        nt.__orig_bases__ = ns.get("__orig_bases__", (NamedTuple,))
        for key, value in ns.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make", "_replace",
                       "_asdict", "_source"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in ("__module__", "__name__", "__annotations__", "__qualname__", "__orig_bases__") and key not in nt._fields:
                setattr(nt, key, value)
        nt.__qualname__ = ns.get("__qualname__", typename)
        return nt


def NamedTuple(typename, fields=(), /, **kwargs):
    """Typed version of namedtuple."""
    if kwargs and not fields:
        fields = kwargs.items()
    fields = [(n, typing._type_check(t, f"field {n} annotation must be a type")) for n, t in fields]
    nt = collections.namedtuple(typename, [n for n, _ in fields], module=sys._getframemodulename(1))
    nt.__annotations__ = nt.__new__.__annotations__ = dict(fields)
    nt.__orig_bases__ = (NamedTuple,)
    return nt


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        tp = type.__new__(_TypedDictMeta, name, (*((Generic,) if any(issubclass(b, Generic) for b in bases) else ()), dict),
                          dict(ns))
        own = {n: typing._type_check(t, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type", allow_special_forms=True)
               for n, t in ns.get("__annotations__", {}).items()}
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            required |= base.__dict__.get("__required_keys__", frozenset())
            optional |= base.__dict__.get("__optional_keys__", frozenset())
        annotations.update(own)
        for key, value in own.items():
            origin = getattr(value, "__origin__", None)
            needed = True if origin is typing.Required else False if origin is typing.NotRequired else total
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        tp.__annotations__ = annotations
        tp.__required_keys__ = frozenset(required)
        tp.__optional_keys__ = frozenset(optional)
        tp.__readonly_keys__ = frozenset(k for k, v in annotations.items() if getattr(v, "__origin__", None) is typing.ReadOnly)
        tp.__mutable_keys__ = frozenset(annotations) - tp.__readonly_keys__
        tp.__total__ = total
        tp.__orig_bases__ = ns.get("__orig_bases__", bases or (TypedDict,))
        return tp

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True):
    """A dict with known keys: a plain dict at run time."""
    ns = {"__annotations__": dict(fields or {}), "__module__": sys._getframemodulename(1)}
    td = _TypedDictMeta(typename, (), ns, total=total)
    td.__orig_bases__ = (TypedDict,)
    return td


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Is it a TypedDict class?"""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict


class NewType:
    """A type that is another one at run time: UserId = NewType('UserId', int)."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        module = sys._getframemodulename(1)
        if module != "typing":
            self.__module__ = module

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of NewType. Perhaps you were looking for: `{bases[-1].__name__} = "
                        f"NewType({bases[-1].__name__!r}, {self.__name__})`")

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return typing.Union[self, other]

    def __ror__(self, other):
        return typing.Union[other, self]
