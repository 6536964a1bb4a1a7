"""Iterators made from iterators."""

import operator
import sys

_missing = object()


class _Iterator:
    """Wraps a generator, so that each tool is a class with its own name."""

    __slots__ = ("_it", "__weakref__")

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._it)


def _define(function):
    """A class from a generator function that has the class's signature."""
    def __new__(cls, /, *args, **kwargs):
        self = object.__new__(cls)
        self._it = function(*args, **kwargs)
        return self
    return type(function.__name__, (_Iterator,), {"__new__": __new__, "__slots__": (), "__doc__": function.__doc__,
                                                  "__module__": "itertools"})


class count:
    """count(start=0, step=1) --> start, start+step, start+2*step, ..."""

    __slots__ = ("_next", "_step")

    def __init__(self, start=0, step=1):
        if not hasattr(start, "__add__") or isinstance(start, (str, bytes, list, tuple)):
            raise TypeError("a number is required")
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        n = self._next
        self._next = n + self._step
        return n

    def __repr__(self):
        return f"count({self._next!r})" if type(self._step) is int and self._step == 1 else f"count({self._next!r}, {self._step!r})"


@_define
def cycle(iterable, /):
    """Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely."""
    it = iter(iterable)

    def run():
        saved = []
        for x in it:
            yield x
            saved.append(x)
        while saved:
            yield from saved
    return run()


class repeat:
    """repeat(object [,times]) -> create an iterator which returns the object for the specified number of times."""

    __slots__ = ("_object", "_left")

    def __init__(self, object, times=None):
        self._object = object
        self._left = None if times is None else max(0, operator.index(times))

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if not self._left:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        return f"repeat({self._object!r})" if self._left is None else f"repeat({self._object!r}, {self._left})"


@_define
def accumulate(iterable, func=None, *, initial=None):
    """Return series of accumulated sums (or other binary function results)."""
    it = iter(iterable)
    func = operator.add if func is None else func

    def run():
        total = initial
        if total is None:
            try:
                total = next(it)
            except StopIteration:
                return
        yield total
        for x in it:
            total = func(total, x)
            yield total
    return run()


class chain:
    """Iterate over the elements of the first iterable, then of the second, and so on."""

    __slots__ = ("_sources", "_it")

    def __init__(self, *iterables):
        self._sources = iter(iterables)
        self._it = None

    @classmethod
    def from_iterable(cls, iterable, /):
        """Alternative chain() constructor taking a single iterable argument that evaluates lazily."""
        self = cls()
        self._sources = iter(iterable)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            if self._it is None:
                self._it = iter(next(self._sources))
            for x in self._it:
                return x
            self._it = None

    __class_getitem__ = classmethod(type(list[int]))


@_define
def compress(data, selectors):
    """Return data elements corresponding to true selector elements."""
    return (d for d, s in zip(data, selectors) if s)


@_define
def dropwhile(predicate, iterable, /):
    """Drop items from the iterable while predicate(item) is true."""
    it = iter(iterable)

    def run():
        for x in it:
            if not predicate(x):
                yield x
                break
        yield from it
    return run()


@_define
def takewhile(predicate, iterable, /):
    """Return successive entries from an iterable as long as the predicate evaluates to true for each entry."""
    it = iter(iterable)

    def run():
        for x in it:
            if not predicate(x):
                return
            yield x
    return run()


@_define
def filterfalse(function, iterable, /):
    """Return those items of iterable for which function(item) is false."""
    return (x for x in iterable if not (x if function is None else function(x)))


@_define
def starmap(function, iterable, /):
    """Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence."""
    return (function(*args) for args in iterable)


def _slice_number(value, default, what):
    if value is None:
        return default
    try:
        value = operator.index(value)
    except TypeError:
        value = -1
    if value < 0 or value > sys.maxsize:
        raise ValueError(what)
    return value


@_define
def islice(iterable, /, *args):
    """islice(iterable, stop) or islice(iterable, start, stop[, step])"""
    if not 1 <= len(args) <= 3:
        raise TypeError(f"islice expected at {'least 2' if not args else 'most 4'} arguments, got {len(args) + 1}")
    s = slice(*args)
    stop = _slice_number(s.stop, None, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    start = _slice_number(s.start, 0, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    step = _slice_number(s.step, 1, "Step for islice() must be a positive integer or None.")
    if step == 0:
        raise ValueError("Step for islice() must be a positive integer or None.")
    it = iter(iterable)

    def run():
        at, wanted = 0, start
        while stop is None or wanted < stop:
            while at <= wanted:
                try:
                    x = next(it)
                except StopIteration:
                    return
                at += 1
            yield x
            wanted += step
        while stop is not None and at < stop:
            try:
                next(it)
            except StopIteration:
                return
            at += 1
    return run()


@_define
def pairwise(iterable, /):
    """Return an iterator of overlapping pairs taken from the input iterator."""
    it = iter(iterable)

    def run():
        for a in it:
            for b in it:
                yield a, b
                a = b
    return run()


@_define
def batched(iterable, n, *, strict=False):
    """Batch data into tuples of length n. The last batch may be shorter than n."""
    if n < 1:
        raise ValueError("n must be at least one")
    it = iter(iterable)

    def run():
        while batch := tuple(islice(it, n)):
            if strict and len(batch) != n:
                raise ValueError("batched(): incomplete batch")
            yield batch
    return run()


@_define
def zip_longest(*iterables, fillvalue=None):
    """Like zip(), as long as the longest iterable; fillvalue stands for what is missing."""
    its = [iter(it) for it in iterables]

    def run():
        left = len(its)
        while left:
            row = []
            for i, it in enumerate(its):
                value = fillvalue if it is None else next(it, _missing)
                if value is _missing:
                    left -= 1
                    if not left:
                        return
                    its[i], value = None, fillvalue
                row.append(value)
            yield tuple(row)
    return run()


@_define
def product(*iterables, repeat=1):
    """Cartesian product of input iterables. Equivalent to nested for-loops."""
    repeat = operator.index(repeat)
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    pools = [tuple(pool) for pool in iterables] * repeat

    def run():
        if not all(pools):
            return
        at = [0] * len(pools)
        while True:
            yield tuple([pool[i] for pool, i in zip(pools, at)])
            for k in reversed(range(len(pools))):
                at[k] += 1
                if at[k] < len(pools[k]):
                    break
                at[k] = 0
            else:
                return
    return run()


@_define
def permutations(iterable, r=None):
    """Return successive r-length permutations of elements in the iterable."""
    pool = tuple(iterable)
    n = len(pool)
    if r is None:
        r = n
    elif not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")

    def run():
        if r > n:
            return
        chosen, used = [], [False] * n
        nexts = [0]
        while nexts:
            if len(chosen) == r:
                yield tuple([pool[i] for i in chosen])
            else:
                i = nexts[-1]
                while i < n and used[i]:
                    i += 1
                if i < n:
                    nexts[-1] = i + 1
                    used[i] = True
                    chosen.append(i)
                    nexts.append(0)
                    continue
            nexts.pop()
            if chosen and nexts:
                used[chosen.pop()] = False
    return run()


def _combine(iterable, r, again):
    pool = tuple(iterable)
    n = len(pool)
    r = operator.index(r)
    if r < 0:
        raise ValueError("r must be non-negative")

    def run():
        if (r > n and not again) or (again and not n and r):
            return
        at = [0] * r if again else list(range(r))
        while True:
            yield tuple([pool[i] for i in at])
            for k in reversed(range(r)):
                if at[k] != (n - 1 if again else k + n - r):
                    break
            else:
                return
            first = at[k] + 1
            at[k:] = [first] * (r - k) if again else range(first, first + r - k)
    return run()


@_define
def combinations(iterable, r):
    """Return successive r-length combinations of elements in the iterable."""
    return _combine(iterable, r, False)


@_define
def combinations_with_replacement(iterable, r):
    """Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats."""
    return _combine(iterable, r, True)


class groupby:
    """Iterates over consecutive items with the same key: (key, iterator of the items)."""

    __slots__ = ("_it", "_key", "_current", "_value", "_target", "_group")

    def __init__(self, iterable, key=None):
        self._it = iter(iterable)
        self._key = key
        self._current = self._target = _missing
        self._value = self._group = None

    def __iter__(self):
        return self

    def _step(self):
        self._value = next(self._it)
        self._current = self._value if self._key is None else self._key(self._value)

    def __next__(self):
        self._group = None
        if self._current is _missing:
            self._step()
        else:
            while self._current == self._target:
                self._step()
        self._target = self._current
        self._group = token = object()
        return self._current, self._grouper(self._target, token)

    def _grouper(self, target, token):
        while self._group is token and self._current == target:
            yield self._value
            try:
                self._step()
            except StopIteration:
                self._current = _missing
                self._it = iter(())
                return


class _tee:
    """One of several iterators over the same items: a position in a linked list that grows as it is read."""

    __slots__ = ("_it", "_link", "__weakref__")

    def __init__(self, iterable):
        if isinstance(iterable, _tee):
            self._it, self._link = iterable._it, iterable._link
        else:
            self._it, self._link = iter(iterable), [None, None]

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if link[1] is None:
            link[0] = next(self._it)
            link[1] = [None, None]
        self._link = link[1]
        return link[0]

    def __copy__(self):
        return _tee(self)


def tee(iterable, n=2, /):
    """Returns a tuple of n independent iterators."""
    if n < 0:
        raise ValueError("n must be >= 0")
    if not n:
        return ()
    first = _tee(iterable)
    return (first, *(_tee(first) for _ in range(n - 1)))


del _define
