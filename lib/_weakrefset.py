"""Sets that do not keep their items alive."""

from _weakref import ref

__all__ = ["WeakSet"]


def _refs(items):
    return {ref(item) for item in items}


def _forgetter(owner):
    """The callback of the items' references: takes one out of the set, as long as that lives."""
    def forget(reference):
        weak_set = owner()
        if weak_set is not None:
            weak_set.data.discard(reference)
    return forget


class WeakSet:
    """A set of weakly referenced objects."""

    def __init__(self, data=None):
        self.data = set()  # of references, which leave it through _remove
        self._remove = _forgetter(ref(self))
        if data is not None:
            self.update(data)

    def _watched(self, items):
        return {ref(item, self._remove) for item in items}

    # ---- Items ----

    def __iter__(self):
        for reference in list(self.data):
            if (item := reference()) is not None:
                yield item

    def __len__(self):
        return sum(1 for _ in self)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def pop(self):
        while self.data:
            item = self.data.pop()()
            if item is not None:
                return item
        raise KeyError("pop from empty WeakSet")

    def clear(self):
        self.data.clear()

    # ---- Changes by other sets, which are read first: they may be this one ----

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def __isub__(self, other):
        self.data -= _refs(other)
        return self

    def __iand__(self, other):
        self.data &= _refs(other)
        return self

    def __ixor__(self, other):
        self.data ^= self._watched(other)
        return self

    def difference_update(self, other):
        self -= other

    def intersection_update(self, other):
        self &= other

    def symmetric_difference_update(self, other):
        self ^= other

    # ---- New sets ----

    def copy(self):
        return type(self)(self)

    def union(self, other):
        result = self.copy()
        result |= other
        return result

    def difference(self, other):
        result = self.copy()
        result -= other
        return result

    def symmetric_difference(self, other):
        result = self.copy()
        result ^= other
        return result

    def intersection(self, other):
        return type(self)(filter(self.__contains__, other))

    __or__, __sub__, __xor__, __and__ = union, difference, symmetric_difference, intersection

    # ---- Comparisons ----

    def issubset(self, other):
        return self.data <= _refs(other)

    def issuperset(self, other):
        return self.data >= _refs(other)

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < _refs(other)

    def __gt__(self, other):
        return self.data > _refs(other)

    def __eq__(self, other):
        return self.data == _refs(other) if isinstance(other, type(self)) else NotImplemented

    def isdisjoint(self, other):
        return not any(map(self.__contains__, other))

    # ---- As an object ----

    def __repr__(self):
        return repr(self.data)

    def __getstate__(self):
        return {name: value for name, value in vars(self).items() if name not in ("data", "_remove")} or None

    def __reduce__(self):
        return type(self), (list(self),), self.__getstate__()

    __class_getitem__ = classmethod(type(list[int]))
