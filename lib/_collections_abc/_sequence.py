"""Sequences."""

import sys as _sys

from _collections_abc import ABCMeta, Collection, Reversible, abstractmethod

__name__ = "collections.abc"


class Sequence(Reversible, Collection):
    """A read-only sequence: __getitem__ and __len__ are needed."""

    __slots__ = ()
    _abc_pattern = 1

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return

    def __contains__(self, value):
        return any(v is value or v == value for v in self)

    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value, start=0, stop=None):
        """The first place of value from start up to stop; ValueError if it is not there."""
        at = start if start is None or start >= 0 else max(start + len(self), 0)
        end = stop if stop is None or stop >= 0 else stop + len(self)
        while end is None or at < end:
            try:
                item = self[at]
            except IndexError:
                break
            if item is value or item == value:
                return at
            at += 1
        raise ValueError

    def count(self, value):
        """How many items are equal to value."""
        return sum(1 for v in self if v is value or v == value)


class _DeprecateByteStringMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        _warn_byte_string()
        return super().__instancecheck__(instance)


def _warn_byte_string():
    import warnings
    warnings._deprecated("collections.abc.ByteString", remove=(3, 14))


class ByteString(Sequence, metaclass=_DeprecateByteStringMeta):
    """Deprecated: the common part of bytes and bytearray."""

    __slots__ = ()


class MutableSequence(Sequence):
    """A sequence that can be changed: __setitem__, __delitem__ and insert() are needed in addition."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put value before the item at index."""
        raise IndexError

    def append(self, value):
        """Put value at the end."""
        self.insert(len(self), value)

    def clear(self):
        """Take everything out."""
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        """Turn the order round, in place."""
        n = len(self)
        for i in range(n // 2):
            self[i], self[n - i - 1] = self[n - i - 1], self[i]

    def extend(self, values):
        """Put all items of an iterable at the end."""
        if values is self:
            values = list(values)
        for v in values:
            self.append(v)

    def pop(self, index=-1):
        """Take out an item and return it; KeyError or IndexError if there is none."""
        v = self[index]
        del self[index]
        return v

    def remove(self, value):
        """Take an item out; KeyError if it is not in."""
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


for _sequence in tuple, str, range, memoryview:
    Sequence.register(_sequence)
for _sequence in bytes, bytearray:
    ByteString.register(_sequence)
for _sequence in list, bytearray:
    MutableSequence.register(_sequence)
del _sequence
if _sys.modules.get("_collections"):  # otherwise collections does it
    MutableSequence.register(_sys.modules["_collections"].deque)
if "array" in _sys.modules:  # otherwise it registers itself when it is imported
    MutableSequence.register(_sys.modules["array"].array)
