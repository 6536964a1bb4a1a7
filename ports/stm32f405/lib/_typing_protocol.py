"""Type hints on a device: protocols, which are classes known by their members."""

import typing

from _typing import Generic

__name__ = "typing"  # where its names belong


def get_protocol_members(tp, /):
    """The names of the members of a protocol, as a frozenset."""
    members = set()
    for base in tp.__mro__:
        if is_protocol(base):
            members |= {name for name in (*base.__dict__, *base.__dict__.get("__annotations__", ())) if name[:2] != "__" and name[:4] != "_is_"}
            members |= {name for name in base.__dict__ if name[:2] == "__" and name not in _OWN}
    return frozenset(members)


def is_protocol(tp, /):
    """Is it a protocol class?"""
    return isinstance(tp, type) and tp.__dict__.get("_is_protocol", False) and tp is not Protocol


class _ProtocolMeta(type):
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance)) or is_protocol(cls) and all([hasattr(instance, name) for name in get_protocol_members(cls)])

    def __subclasscheck__(cls, other):
        if type.__subclasscheck__(cls, other) or not is_protocol(cls):
            return type.__subclasscheck__(cls, other)
        if not cls.__dict__.get("_is_runtime_protocol"):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all([hasattr(other, name) for name in get_protocol_members(cls)])


def _no_init(self, *args, **kwargs):
    if is_protocol(type(self)):
        raise TypeError("Protocols cannot be instantiated")


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes."""

    __slots__ = ()

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls._is_protocol = Protocol in cls.__bases__
        if cls._is_protocol and "__init__" not in cls.__dict__:
            cls.__init__ = _no_init


class _Sample(Protocol):
    pass


_OWN = frozenset(_Sample.__dict__) | {"__annotations__", "__slots__", "__parameters__", "__orig_bases__", "__type_params__", "__dict__", "__weakref__"}
typing.Protocol = Protocol  # while this module is being loaded, too


def runtime_checkable(cls):
    """Mark a protocol class as one that isinstance() may be used with."""
    if not is_protocol(cls):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls
