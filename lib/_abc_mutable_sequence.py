"""Abstract base classes: sequences that can be changed."""

import sys
from abc import abstractmethod

from _collections_abc import Sequence

__name__ = "collections.abc"  # where its names belong


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


MutableSequence.register(list)
MutableSequence.register(bytearray)
if sys.modules.get("_collections"):  # otherwise collections does it
    MutableSequence.register(sys.modules["_collections"].deque)
if "array" in sys.modules:  # otherwise it registers itself when it is imported
    MutableSequence.register(sys.modules["array"].array)
