"""Abstract base classes: sequences."""

from abc import abstractmethod

from _collections_abc import Collection, Reversible

__name__ = "collections.abc"  # where its names belong


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


for _sequence in (tuple, str, range, memoryview, bytes, bytearray, list):
    Sequence.register(_sequence)
