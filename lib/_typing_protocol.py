"""Type hints: protocols, which are classes known by their members."""

import sys
import typing
from abc import ABCMeta

from _typing import Generic

__name__ = "typing"  # where its names belong


_NOT_MEMBERS = {"__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__", "__slots__",
                "__subclasshook__", "__weakref__", "__class_getitem__", "__match_args__", "__static_attributes__", "__firstlineno__",
                "_abc_impl", "_abc_pattern", "__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol",
                "_is_runtime_protocol", "__protocol_attrs__", "__non_callable_proto_members__", "__type_params__", "__qualname__"}


# Abstract base classes that are protocols in all but name.
_ALLOWED = {"collections.abc": {"Callable", "Awaitable", "Iterable", "Iterator", "AsyncIterable", "AsyncIterator", "Hashable", "Sized", "Container",
                                "Collection", "Reversible", "Buffer"},
            "contextlib": {"AbstractContextManager", "AbstractAsyncContextManager"}}


def _protocol_attrs(cls):
    attrs = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        for attr in (*base.__dict__, *base.__dict__.get("__annotations__", {})):
            if attr not in _NOT_MEMBERS and not attr.startswith("_abc_"):
                attrs.add(attr)
    return attrs


def get_protocol_members(tp, /):
    """The names of the members of a protocol, as a frozenset."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(_protocol_attrs(tp))


def is_protocol(tp, /):
    """Is it a protocol class?"""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if cls is Protocol or not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if super().__instancecheck__(instance):
            return True
        missing = object()
        for attr in _protocol_attrs(cls):
            value = getattr(instance, attr, missing)
            if value is missing or (value is None and callable(getattr(cls, attr, None))):
                return False
        return True

    def _check_question(cls):
        """TypeError unless issubclass() can tell."""
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        values = getattr(cls, "__non_callable_proto_members__", ())
        if values and getattr(cls.__dict__.get("__subclasshook__"), "__func__", None) is _protocol_hook:
            raise TypeError("Protocols with non-method members don't support issubclass(). Non-method members: "
                            f"{str(sorted(values))[1:-1]}.")

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False):
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if sys._getframe(1).f_globals.get("__name__") not in ("abc", "typing"):
                cls._check_question()
        return super().__subclasscheck__(other)


def _no_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if cls.__init__ is _no_init: # a class that is no protocol, and has none of its own: what it would have without the protocols
        cls.__init__ = next(base.__dict__["__init__"] for base in cls.__mro__ if base.__dict__.get("__init__", _no_init) is not _no_init)
        cls.__init__(self, *args, **kwargs)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False
    __init__ = _no_init

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(b is Protocol for b in cls.__bases__)
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if cls._is_protocol:
            for base in cls.__bases__:
                if not (base in (object, Generic, Protocol) or getattr(base, "_is_protocol", False) or base.__name__ in _ALLOWED.get(base.__module__, ())):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
            cls.__protocol_attrs__ = _protocol_attrs(cls)
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


typing.Protocol = Protocol  # while this module is being loaded, too


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    for attr in _protocol_attrs(cls):
        for base in other.__mro__:
            if attr in base.__dict__:
                if base.__dict__[attr] is None:
                    return NotImplemented
                break
            if attr in getattr(base, "__annotations__", {}) and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


def runtime_checkable(cls):
    """Mark a protocol class as one that isinstance() may be used with."""
    if not (isinstance(cls, type) and getattr(cls, "_is_protocol", False)):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    cls.__non_callable_proto_members__ = {name for name in _protocol_attrs(cls) if not callable(getattr(cls, name, None))}
    return cls
