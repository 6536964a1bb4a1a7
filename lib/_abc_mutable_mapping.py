"""Abstract base classes: mappings that can be changed."""

from abc import abstractmethod

from _collections_abc import Mapping

__name__ = "collections.abc"  # where its names belong


_missing = object()


class MutableMapping(Mapping):
    """A mapping that can be changed: __setitem__ and __delitem__ are needed in addition."""

    __slots__ = ()
    _MutableMapping__marker = _missing

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_missing):
        """Take out an item and return it; KeyError or IndexError if there is none."""
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        """Take out a pair of key and value and return it; KeyError if there is none."""
        try:
            key = next(iter(self))
        except StopIteration:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        """Take everything out."""
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other=(), /, **kwds):
        """Take over the pairs of a mapping or of an iterable of pairs, and those of keywords."""
        if isinstance(other, Mapping):
            for key in other:
                self[key] = other[key]
        elif hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        """The value of a key, which gets default if it has none."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


MutableMapping.register(dict)
