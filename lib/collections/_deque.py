"""deque: a row of items with two fast ends."""

import _collections_abc
import sys as _sys

from ._repr import guarded_repr as _guarded_repr

__name__ = "collections"  # where its names belong
_GenericAlias = type(list[int])


class deque:
    """A list-like sequence with fast appends and pops at both ends: a ring in a list whose length is a power of two."""

    __slots__ = ("_ring", "_head", "_len", "_max", "_version", "__weakref__")
    _abc_pattern = 1

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._ring = [None] * 8
        self._head = self._len = self._version = 0
        self._max = None
        return self

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._max = maxlen
        if self._len:
            self.clear()
        self.extend(iterable)

    @property
    def maxlen(self):
        """maximum size of a deque or None if unbounded"""
        return self._max

    def _grow(self):
        ring, head = self._ring, self._head
        self._ring = ring[head:] + ring[:head] + [None] * len(ring)
        self._head = 0

    def append(self, item, /):
        """Add an element to the right side of the deque."""
        if self._len == self._max:
            if not self._max:
                return
            self.popleft()
        if self._len == len(self._ring):
            self._grow()
        self._ring[(self._head + self._len) & (len(self._ring) - 1)] = item
        self._len += 1
        self._version += 1

    def appendleft(self, item, /):
        """Add an element to the left side of the deque."""
        if self._len == self._max:
            if not self._max:
                return
            self.pop()
        if self._len == len(self._ring):
            self._grow()
        self._head = (self._head - 1) & (len(self._ring) - 1)
        self._ring[self._head] = item
        self._len += 1
        self._version += 1

    def pop(self):
        """Remove and return the rightmost element."""
        if not self._len:
            raise IndexError("pop from an empty deque")
        self._len -= 1
        self._version += 1
        at = (self._head + self._len) & (len(self._ring) - 1)
        item, self._ring[at] = self._ring[at], None
        return item

    def popleft(self):
        """Remove and return the leftmost element."""
        if not self._len:
            raise IndexError("pop from an empty deque")
        at = self._head
        item, self._ring[at] = self._ring[at], None
        self._head = (at + 1) & (len(self._ring) - 1)
        self._len -= 1
        self._version += 1
        return item

    def _list(self):
        ring, head, end = self._ring, self._head, self._head + self._len
        return ring[head:end] if end <= len(ring) else ring[head:] + ring[:end - len(ring)]

    def _assign(self, items):
        room = 8
        while room < len(items):
            room *= 2
        self._ring = items + [None] * (room - len(items))
        self._head, self._len = 0, len(items)
        self._version += 1

    def extend(self, iterable, /):
        """Extend the right side of the deque with elements from the iterable."""
        for item in self._list() if iterable is self else iterable:
            self.append(item)

    def extendleft(self, iterable, /):
        """Extend the left side of the deque with elements from the iterable."""
        for item in self._list() if iterable is self else iterable:
            self.appendleft(item)

    def clear(self):
        """Remove all elements from the deque."""
        self._assign([])

    def copy(self):
        """Return a shallow copy of a deque."""
        return self.__class__(self) if self._max is None else self.__class__(self, self._max)

    __copy__ = copy

    def count(self, value, /):
        """Return number of occurrences of value."""
        return sum(1 for v in self if v is value or v == value)

    def index(self, value, start=0, stop=_sys.maxsize, /):
        """Return first index of value. Raises ValueError if the value is not present."""
        if start < 0:
            start = max(start + self._len, 0)
        if stop < 0:
            stop = max(stop + self._len, 0)
        for i in range(start, min(stop, self._len)):
            v = self[i]
            if v is value or v == value:
                return i
        raise ValueError(f"{value!r} is not in deque")

    def insert(self, index, value, /):
        """Insert value before index."""
        if self._len == self._max:
            raise IndexError("deque already at its maximum size")
        items = self._list()
        items.insert(index, value)
        self._assign(items)

    def remove(self, value, /):
        """Remove first occurrence of value."""
        for i, v in enumerate(self._list()):
            if v is value or v == value:
                del self[i]
                return
        raise ValueError(f"{value!r} is not in deque")

    def reverse(self):
        """Reverse *IN PLACE*."""
        self._assign(self._list()[::-1])

    def rotate(self, n=1, /):
        """Rotate the deque n steps to the right. If n is negative, rotates left."""
        if self._len > 1:
            items = self._list()
            n %= len(items)
            self._assign(items[-n:] + items[:-n] if n else items)

    def __len__(self):
        return self._len

    def _at(self, index):
        try:
            index = index.__index__()
        except AttributeError:
            raise TypeError(f"sequence index must be integer, not '{type(index).__name__}'") from None
        if index < 0:
            index += self._len
        if not 0 <= index < self._len:
            raise IndexError("deque index out of range")
        return (self._head + index) & (len(self._ring) - 1)

    def __getitem__(self, index):
        return self._ring[self._at(index)]

    def __setitem__(self, index, value):
        self._ring[self._at(index)] = value

    def __delitem__(self, index):
        self._at(index)
        items = self._list()
        del items[index]
        self._assign(items)

    def __contains__(self, value):
        return any(v is value or v == value for v in self)

    def __iter__(self):
        version = self._version
        for i in range(self._len):
            yield self._ring[(self._head + i) & (len(self._ring) - 1)]
            if self._version != version:
                raise RuntimeError("deque mutated during iteration")

    def __reversed__(self):
        version = self._version
        for i in range(self._len - 1, -1, -1):
            yield self._ring[(self._head + i) & (len(self._ring) - 1)]
            if self._version != version:
                raise RuntimeError("deque mutated during iteration")

    def __repr__(self):
        def make():
            items = repr(self._list())
            return f"{type(self).__name__}({items})" if self._max is None else f"{type(self).__name__}({items}, maxlen={self._max})"
        return _guarded_repr(self, "[...]", make)

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        new = self.copy()
        new.extend(other)
        return new

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        if not hasattr(type(n), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(n).__name__}'")
        return self.__class__(self._list() * n) if self._max is None else self.__class__(self._list() * n, self._max)

    __rmul__ = __mul__

    def __imul__(self, n):
        items = self._list() * n
        self._assign(items if self._max is None else items[max(0, len(items) - self._max):])
        return self

    def __eq__(self, other):
        return self._list() == other._list() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._list() < other._list() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._list() <= other._list() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._list() > other._list() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._list() >= other._list() if isinstance(other, deque) else NotImplemented

    __hash__ = None

    def __reduce__(self):
        state = getattr(self, "__dict__", None) or None
        args = () if self._max is None else ((), self._max)
        return type(self), args, state, iter(self._list())

    __class_getitem__ = classmethod(_GenericAlias)


_collections_abc.MutableSequence.register(deque)
