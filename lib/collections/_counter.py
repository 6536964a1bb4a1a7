"""Counter: how often things occur."""

import _collections_abc

__name__ = "collections"  # where its names belong

try:
    from _collections import _count_elements
except ImportError:  # a system without it
    def _count_elements(mapping, iterable):
        """Add 1 to mapping[item] for every item."""
        get = mapping.get
        for item in iterable:
            mapping[item] = get(item, 0) + 1


def _count_of(item):
    return item[1]


def _is_mapping(thing):
    return isinstance(thing, _collections_abc.Mapping)


class Counter(dict):
    """A dict from items to how often they occur; a missing item occurs 0 times."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """What was never counted occurs 0 times."""
        return 0

    def total(self):
        """How often all items together occur."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n items that occur most (None: all), each with its count, in falling order."""
        if n is None:
            return sorted(self.items(), key=_count_of, reverse=True)
        from heapq import nlargest
        return nlargest(n, self.items(), key=_count_of)

    def elements(self):
        """All items, each as often as it occurs."""
        for item, count in self.items():
            for _ in range(count):
                yield item

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        """Add the counts of a mapping, or one for each item of an iterable."""
        if _is_mapping(iterable):
            if self:
                for item, count in iterable.items():
                    self[item] = count + self.get(item, 0)
            else:
                super().update(iterable)
        elif iterable is not None:
            _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take away the counts of a mapping, or one for each item of an iterable; counts may fall below 0."""
        if iterable is not None:
            for item, count in iterable.items() if _is_mapping(iterable) else ((item, 1) for item in iterable):
                self[item] = self.get(item, 0) - count
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """A Counter of the same counts."""
        return type(self)(self)

    def __reduce__(self):
        return type(self), (dict(self),)

    def __delitem__(self, elem):
        """Forget an item, if it is there."""
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        shown = ""
        if self:
            try:
                shown = repr(dict(self.most_common()))
            except TypeError:  # counts without an order
                shown = repr(dict(self))
        return f"{type(self).__name__}({shown})"

    # ---- Comparisons: those of all counts, where what is not there counts 0 ----

    def _counts_beside(self, other):
        return [(self[item], other[item]) for item in {**self, **other}]

    def __eq__(self, other):
        if isinstance(other, Counter):
            return all(a == b for a, b in self._counts_beside(other))
        return NotImplemented

    def __ne__(self, other):
        return not self == other if isinstance(other, Counter) else NotImplemented

    __hash__ = None

    def __le__(self, other):
        if isinstance(other, Counter):
            return all(a <= b for a, b in self._counts_beside(other))
        return NotImplemented

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __ge__(self, other):
        if isinstance(other, Counter):
            return all(a >= b for a, b in self._counts_beside(other))
        return NotImplemented

    def __gt__(self, other):
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    # ---- Arithmetic: only counts above 0 are kept ----

    def _combine(self, other, count):
        result = Counter()
        for item in [*self, *(e for e in other if e not in self)]:
            n = count(self[item], other[item])
            if n > 0:
                result[item] = n
        return result

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b) if isinstance(other, Counter) else NotImplemented

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b) if isinstance(other, Counter) else NotImplemented

    def __or__(self, other):
        return self._combine(other, max) if isinstance(other, Counter) else NotImplemented

    def __and__(self, other):
        return self._combine(other, min) if isinstance(other, Counter) else NotImplemented

    def __pos__(self):
        return Counter({e: n for e, n in self.items() if n > 0})

    def __neg__(self):
        return Counter({e: -n for e, n in self.items() if n < 0})

    def _set_counts(self, counts):
        """Take these counts over, and drop those that are not above 0."""
        for item, count in counts:
            self[item] = count
        for item in [item for item, count in self.items() if not count > 0]:
            del self[item]
        return self

    def __iadd__(self, other):
        return self._set_counts((item, self[item] + count) for item, count in other.items())

    def __isub__(self, other):
        return self._set_counts((item, self[item] - count) for item, count in other.items())

    def __ior__(self, other):
        return self._set_counts((item, count) for item, count in other.items() if count > self[item])

    def __iand__(self, other):
        return self._set_counts((item, other[item]) for item, count in self.items() if other[item] < count)
