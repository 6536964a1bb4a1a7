"""heapq without its C module: the same functions in Python."""


def _rise(heap, at, before):
    """Move the item at `at` towards the start until nothing on its way belongs behind it."""
    item = heap[at]
    while at > 0:
        parent = (at - 1) >> 1
        if not before(item, heap[parent]):
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def _sink(heap, at, before):
    """Make a heap of what is below `at`: its item goes to the end of the way of the first children, and from there back up."""
    start, end, item = at, len(heap), heap[at]
    child = 2 * at + 1
    while child < end:
        if child + 1 < end and not before(heap[child], heap[child + 1]):
            child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    while at > start:
        parent = (at - 1) >> 1
        if not before(item, heap[parent]):
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def _less(a, b):
    return a < b


def _greater(a, b):
    return b < a


def _order(heap, before):
    for at in reversed(range(len(heap) // 2)):
        _sink(heap, at, before)


def _pop(heap, before):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _sink(heap, 0, before)
    return first


def _replace(heap, item, before):
    first, heap[0] = heap[0], item
    _sink(heap, 0, before)
    return first


def heappush(heap, item):
    """Add an item to a heap."""
    heap.append(item)
    _rise(heap, len(heap) - 1, _less)


def heappop(heap):
    """Take out the least item of a heap."""
    return _pop(heap, _less)


def heapreplace(heap, item):
    """Pop and return the current smallest value, and add the new item."""
    return _replace(heap, item, _less)


def heappushpop(heap, item):
    """Push item on the heap, then pop and return the smallest item from the heap."""
    return _replace(heap, item, _less) if heap and heap[0] < item else item


def heapify(heap):
    """Transform list into a heap, in-place, in O(len(heap)) time."""
    _order(heap, _less)


def _heappop_max(heap):
    """Maxheap variant of heappop."""
    return _pop(heap, _greater)


def _heapreplace_max(heap, item):
    """Maxheap variant of heapreplace."""
    return _replace(heap, item, _greater)


def _heapify_max(heap):
    """Maxheap variant of heapify."""
    _order(heap, _greater)


for _function in (heappush, heappop, heapreplace, heappushpop, heapify, _heappop_max, _heapreplace_max, _heapify_max):
    _function.__module__ = "heapq"
