"""ChainMap: several mappings as one."""

import _collections_abc

from ._repr import guarded_repr as _guarded_repr

__name__ = "collections"  # where its names belong


def _absent(key):
    return KeyError(f"Key not found in the first mapping: {key!r}")


class ChainMap(_collections_abc.MutableMapping):
    """Several mappings seen as one: lookups search all of them, changes go to the first."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                continue
        return self.__missing__(key)

    def get(self, key, default=None):
        if key not in self:
            return default
        return self[key]

    def _all_keys(self):
        """The keys of all maps as those of a dict, the last map's first."""
        return {key: None for mapping in self.maps[::-1] for key in mapping}

    def __len__(self):
        return len(self._all_keys())

    def __iter__(self):
        return iter(self._all_keys())

    def __contains__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return True
        return False

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return _guarded_repr(self, "...", lambda: f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})")

    @classmethod
    def fromkeys(cls, iterable, value=None, /):
        """A ChainMap of one dict: the items of iterable, all with this value."""
        return cls(dict.fromkeys(iterable, value))

    def copy(self):
        """A ChainMap of a copy of the first map and of the same others."""
        first, *others = self.maps
        return type(self)(first.copy(), *others)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A ChainMap of one map more, which is now the first: m with kwargs added to it."""
        if m is not None and kwargs:
            m.update(kwargs)
        return type(self)(kwargs if m is None else m, *self.maps)

    @property
    def parents(self):
        """The ChainMap of all maps but the first."""
        return type(self)(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise _absent(key) from None

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.") from None

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise _absent(key) from None

    def clear(self):
        self.maps[0].clear()

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        result = self.copy()
        result |= other
        return result

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        merged = dict(other)
        for mapping in self.maps[::-1]:
            merged.update(mapping)
        return type(self)(merged)

    __class_getitem__ = classmethod(type(list[int]))
