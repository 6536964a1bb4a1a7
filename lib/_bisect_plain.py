"""bisect without its C module: the same functions in Python."""


def _search(a, lo, hi, key, goes_left):
    """The place between lo and hi left of which are the items of which goes_left is not true."""
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        item = a[middle]
        if goes_left(item if key is None else key(item)):
            hi = middle
        else:
            lo = middle + 1
    return lo


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x in list a, which is sorted, after items equal to it."""
    return _search(a, lo, hi, key, lambda item: x < item)


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x in list a, which is sorted, before items equal to it."""
    return _search(a, lo, hi, key, lambda item: not item < x)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Insert x in list a, after items equal to it."""
    at = bisect_right(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(at, x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Insert x in list a, before items equal to it."""
    at = bisect_left(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(at, x)
