"""defaultdict and OrderedDict."""

import _collections_abc

from ._repr import guarded_repr as _guarded_repr

__name__ = "collections"  # where its names belong
_missing = object()


class defaultdict(dict):
    """A dict that calls default_factory() for a key that is missing, and keeps the value."""

    __slots__ = ("default_factory",)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key, /):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        """A shallow copy."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        return type(self), () if self.default_factory is None else (self.default_factory,), None, None, iter(self.items())

    def __repr__(self):
        items = dict.__repr__(self)  # which shows a dict in itself as {...}
        factory = self.default_factory
        shown = "None" if factory is None else _guarded_repr(factory, "...", lambda: repr(factory))
        return f"{type(self).__name__}({shown}, {items})"

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self.default_factory, other)
        new.update(self)
        return new


class OrderedDict(dict):
    """A dict that can move entries to its ends, and for which the order counts in comparisons."""

    def move_to_end(self, key, last=True):
        """Move an existing element to the end (or beginning if last is false)."""
        value = dict.__getitem__(self, key) if dict.__contains__(self, key) else _missing
        if value is _missing:
            raise KeyError(key)
        if last:
            dict.__delitem__(self, key)
            dict.__setitem__(self, key, value)
            return
        items = [(k, v) for k, v in dict.items(self) if k is not key and k != key]
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for k, v in items:
            dict.__setitem__(self, k, v)

    def popitem(self, last=True):
        """Remove and return a (key, value) pair: the last one, or the first if last is false."""
        if not self:
            raise KeyError("dictionary is empty")
        if last:
            return dict.popitem(self)
        key = next(iter(self))
        return key, dict.pop(self, key)

    def pop(self, key, default=_missing):
        """Remove the key and return its value; if it is not there, default, or KeyError."""
        value = dict.pop(self, key, default)
        if value is _missing:
            raise KeyError(key)
        return value

    def setdefault(self, key, default=None):
        """The value of the key, which is set to default first if it is not there."""
        if key in self:
            return self[key]
        self[key] = default
        return default

    def update(self, other=(), /, **kwds):
        _collections_abc.MutableMapping.update(self, other, **kwds)

    def __init__(self, other=(), /, **kwds):
        OrderedDict.update(self, other, **kwds)  # not that of a class that derives from this one

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A dictionary of these keys, all with the same value."""
        self = cls()
        for key in iterable:
            self[key] = value
        return self

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(a is b or a == b for a, b in zip(self, other))
        return dict.__eq__(self, other)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __repr__(self):
        def make():
            return f"{self.__class__.__name__}({dict(self.items())!r})" if self else f"{self.__class__.__name__}()"
        return _guarded_repr(self, "...", make)

    def __reduce__(self):
        return self.__class__, (), self.__getstate__(), None, iter(self.items())

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.__class__(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.__class__(other)
        new.update(self)
        return new
