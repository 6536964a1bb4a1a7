"""UserDict: a mapping to be subclassed."""

from _collections_abc import MutableMapping

__name__ = "collections"  # where its name belongs


class UserDict(MutableMapping):
    """A mapping around a dict in its attribute data."""

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        self.update(dict or (), **kwargs)

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __getitem__(self, key):
        if key not in self.data and hasattr(type(self), "__missing__"):
            return type(self).__missing__(self, key)
        return self.data[key]

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __repr__(self):
        return repr(self.data)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self

    def _joined(self, left, right):
        return type(self)({**left, **right}) if isinstance(left, (dict, UserDict)) and isinstance(right, (dict, UserDict)) else NotImplemented

    def __or__(self, other):
        return self._joined(self, other)

    def __ror__(self, other):
        return self._joined(other, self)

    def copy(self):
        """Another one of the same class with the same attributes and entries."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.data = self.data.copy()
        return made

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """One that has the keys of iterable, all with value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made
