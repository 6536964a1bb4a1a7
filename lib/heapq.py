"""Heaps: lists whose item k is at most as large as items 2k+1 and 2k+2, so that the smallest is always first."""

try:
    from _heapq import _heapify_max, _heappop_max, _heapreplace_max, heapify, heappop, heappush, heappushpop, heapreplace
except ImportError:  # a system without it
    from _heapq_plain import _heapify_max, _heappop_max, _heapreplace_max, heapify, heappop, heappush, heappushpop, heapreplace

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """Merge sorted inputs into one sorted iterator, without reading them into memory: list(merge(a, b)) == sorted([*a, *b]).

    key and reverse are as in sorted(); the inputs are sorted likewise. Of equal items those of earlier inputs come first.

    >>> list(merge([2, 3, 7], [1, 3]))
    [1, 2, 3, 3, 7]
    """
    order, replace, pop = (_heapify_max, _heapreplace_max, _heappop_max) if reverse else (heapify, heapreplace, heappop)
    heap = []  # [key, number of the input, item, __next__]: numbers differ, so that items are not compared
    for number, iterator in enumerate(map(iter, iterables)):
        advance = iterator.__next__
        try:
            item = advance()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), -number if reverse else number, item, advance])
    order(heap)
    while len(heap) > 1:
        try:
            while True:
                entry = heap[0]
                yield entry[2]
                item = entry[2] = entry[3]()
                entry[0] = item if key is None else key(item)
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        _, _, item, advance = heap[0]
        yield item
        yield from advance.__self__


def _best(n, iterable, key, first, order, replace, step, reverse):
    """The n items that come first, in order; of equal ones those that came first."""
    if n == 1:
        nothing = object()
        best = first(iterable, default=nothing, key=key)
        return [] if best is nothing else [best]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=reverse)[:n]
    iterator = iter(iterable)
    # (key, when it came, item), the worst of the best on top. Times differ, so that items are not compared.
    best = [(item if key is None else key(item), i * step, item) for i, item in zip(range(n), iterator)]
    if not best:
        return []
    order(best)
    worst, when = best[0][0], n * step
    for item in iterator:
        k = item if key is None else key(item)
        if (worst < k) if reverse else (k < worst):
            replace(best, (k, when, item))
            worst = best[0][0]
            when += step
    best.sort(reverse=reverse)
    return [item for _, _, item in best]


def nsmallest(n, iterable, key=None):
    """Find the n smallest items of an iterable: sorted(iterable, key=key)[:n], faster if n is small."""
    return _best(n, iterable, key, min, _heapify_max, _heapreplace_max, 1, False)


def nlargest(n, iterable, key=None):
    """Find the n largest items of an iterable: sorted(iterable, key=key, reverse=True)[:n], faster if n is small."""
    return _best(n, iterable, key, max, heapify, heapreplace, -1, True)
