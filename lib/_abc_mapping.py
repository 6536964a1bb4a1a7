"""Abstract base classes: mappings."""

import sys
from abc import abstractmethod

import _collections_abc

__name__ = "collections.abc"  # where its names belong


class Mapping(_collections_abc.Collection):
    """A read-only mapping: __getitem__, __iter__ and __len__ are needed."""

    __slots__ = ()
    _abc_pattern = 2

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        """The value of a key, or default."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        """The keys, as a set that follows what changes."""
        return _collections_abc.KeysView(self)

    def items(self):
        """The pairs of key and value, as a set that follows what changes."""
        return _collections_abc.ItemsView(self)

    def values(self):
        """The values, as a collection that follows what changes."""
        return _collections_abc.ValuesView(self)

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __reversed__ = None


Mapping.register(type(Mapping.__dict__))  # type.__dict__ would make all that type has
Mapping.register(type((lambda: sys._getframe().f_locals)()))
Mapping.register(dict)
