"""Type hints: classes made from annotations."""

import collections
import sys
import typing

from _typing import Generic

__name__ = "typing"  # where its names belong


_TUPLE_ONLY = {"__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types", "_make", "_replace", "_asdict",
               "_source"}
_CLASS_ONLY = {"__module__", "__name__", "__annotations__", "__qualname__", "__orig_bases__", "__classcell__", "__firstlineno__"}


def _make_tuple(name, types_, module, defaults=()):
    types_ = {n: typing._type_check(t, f"field {n} annotation must be a type") for n, t in types_}
    nt = collections.namedtuple(name, list(types_), defaults=defaults, module=module)
    nt.__annotations__ = nt.__new__.__annotations__ = types_
    return nt


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        types_, defaults = ns.get("__annotations__", {}), []
        for name in types_:
            if name in ns:
                defaults.append(name)
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default field{'s' if len(defaults) > 1 else ''} "
                                f"{', '.join(defaults)}")
        nt = _make_tuple(typename, types_.items(), ns["__module__"], [ns[n] for n in defaults])
        if Generic in bases:
            nt = type(typename, tuple(tuple if base is _NamedTuple else base for base in bases), {
                **{key: value for key, value in nt.__dict__.items() if key not in ("__dict__", "__weakref__")},
                "__orig_bases__": ns.get("__orig_bases__", bases)})
        nt.__orig_bases__ = ns.get("__orig_bases__", (NamedTuple,))
        nt.__qualname__ = ns.get("__qualname__", typename)
        for key, value in ns.items():
            if key in _TUPLE_ONLY:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key in _CLASS_ONLY:
                continue
            if key not in nt._fields:
                setattr(nt, key, value)
            _tell_name(value, nt, key, typename)
        return nt


def _tell_name(value, nt, key, typename):
    """What the creation of other classes does with the values in them."""
    try:
        set_name = type(value).__set_name__
    except AttributeError:
        return
    try:
        set_name(value, nt, key)
    except BaseException as e:
        e.add_note(f"Error calling __set_name__ on {type(value).__name__!r} instance {key!r} in {typename!r}")
        raise


_unset = object()


def _warn(what, kind, typename=None, empty=""):
    import warnings
    if typename is None:
        text = (f"Creating {kind} classes using keyword arguments is deprecated and will be disallowed in Python 3.15. Use the class-based or functional "
                "syntax instead.")
    else:
        text = (f"{what} the 'fields' parameter is deprecated and will be disallowed in Python 3.15. To create a {kind} class with 0 fields using the "
                f"functional syntax, pass an empty {empty}, e.g. `{typename} = {kind}({typename!r}, {'[]' if empty == 'list' else '{}'})`.")
    warnings.warn(text, DeprecationWarning, stacklevel=3)


def NamedTuple(typename, fields=_unset, /, **kwargs):
    """Typed version of namedtuple."""
    if fields is _unset and kwargs:
        _warn("", "NamedTuple")
    elif fields is _unset:
        _warn("Failing to pass a value for", "NamedTuple", typename, "list")
    elif fields is None:
        if kwargs:
            raise TypeError("Cannot pass `None` as the 'fields' parameter and also specify fields using keyword arguments")
        _warn("Passing `None` as", "NamedTuple", typename, "list")
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    nt = _make_tuple(typename, kwargs.items() if fields is _unset or fields is None else fields, sys._getframemodulename(1))
    nt.__orig_bases__ = (NamedTuple,)
    return nt


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


def _qualifiers(value):
    """Required, NotRequired and ReadOnly around a type, through Annotated."""
    while True:
        origin = typing.get_origin(value)
        if origin is typing.Annotated:
            value = value.__origin__
        elif origin in (typing.Required, typing.NotRequired, typing.ReadOnly):
            yield origin
            value, = typing.get_args(value)
        else:
            return


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        tp = type.__new__(_TypedDictMeta, name, (*((Generic,) if any(issubclass(b, Generic) for b in bases) else ()), dict), dict(ns))
        own = {n: typing._type_check(t, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type", module=tp.__module__,
                                     allow_special_forms=True)
               for n, t in ns.get("__annotations__", {}).items()}
        annotations, required, optional, readonly, mutable = {}, set(), set(), set(), set()
        for base in bases:
            space = base.__dict__
            annotations.update(space.get("__annotations__", {}))
            needed, other = space.get("__required_keys__", frozenset()), space.get("__optional_keys__", frozenset())
            required, optional = (required | needed) - other, (optional - needed) | other
            readonly |= space.get("__readonly_keys__", frozenset())
            mutable |= space.get("__mutable_keys__", frozenset())
        annotations.update(own)
        for key, value in own.items():
            found = set(_qualifiers(value))
            needed = typing.Required in found or total and typing.NotRequired not in found
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
            if typing.ReadOnly in found:
                if key in mutable:
                    raise TypeError(f"Cannot override mutable key {key!r} with read-only key")
                readonly.add(key)
            else:
                mutable.add(key)
                readonly.discard(key)
        tp.__annotations__ = annotations
        tp.__required_keys__, tp.__optional_keys__ = frozenset(required), frozenset(optional)
        tp.__readonly_keys__, tp.__mutable_keys__ = frozenset(readonly), frozenset(mutable)
        tp.__total__ = total
        tp.__orig_bases__ = ns.get("__orig_bases__", bases or (TypedDict,))
        return tp

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=_unset, /, *, total=True):
    """A dict with known keys: a plain dict at run time."""
    if fields is _unset or fields is None:
        _warn("Failing to pass a value for" if fields is _unset else "Passing `None` as", "TypedDict", typename, "dictionary")
        fields = {}
    ns = {"__annotations__": dict(fields), "__module__": sys._getframemodulename(1)}
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
