# list_slices.py - list: assignment and deletion of slices, checked against a simple model.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


def model_assign(items, value, start, stop, step):
    """Slice assignment done item by item, for step 1 by rebuilding."""
    value = list(value)
    indices = range(*slice(start, stop, step).indices(len(items)))
    if step in (None, 1):
        lo, hi = indices.start, max(indices.start, indices.stop)
        return items[:lo] + value + items[hi:]
    if len(value) != len(indices): return f"ValueError {len(value)} {len(indices)}"
    out = items[:]
    for i, v in zip(indices, value): out[i] = v
    return out


def model_delete(items, start, stop, step):
    gone = set(range(*slice(start, stop, step).indices(len(items))))
    return [x for i, x in enumerate(items) if i not in gone]


BOUNDS = (None, 1, 4, 9, -2, -7)


@section
def against_model():
    base = list("abcdef")
    checked = wrong = 0
    for step in (None, 1, 2, -1, -3):
        for start in BOUNDS:
            for stop in BOUNDS:
                for value in ("", "XYZ"):
                    x = base[:]
                    try:
                        x[start:stop:step] = value
                        got = x
                    except ValueError as e:
                        got = f"ValueError {len(value)} {len(base[start:stop:step])}" if "extended slice" in str(e) else str(e)
                    checked += 1
                    if got != model_assign(base, value, start, stop, step): wrong += 1
                x = base[:]
                del x[start:stop:step]
                if x != model_delete(base, start, stop, step): wrong += 1
                if x + base[start:stop:step] != x + [base[i] for i in range(*slice(start, stop, step).indices(6))]: wrong += 1
    print(checked, wrong)


@section
def sources():
    x = [1, 2, 3, 4]
    x[1:3] = (i * 10 for i in (5, 6, 7))
    print(x)
    x[:0] = {"k": 1}
    x[len(x):] = "ab"
    x[2:2] = x
    print(x)
    x[::2] = x[::-2] if len(x) % 2 else x[::2]
    print(x)
    x[:] = x[3:6]
    x[1:] = map(str, [1, 2])
    x[0:1] = [[]]
    print(x)
    def boom():
        yield 1
        raise ValueError("source failed")
    y = [1, 2, 3]
    error(lambda: y.__setitem__(slice(0, 1), boom()))
    print(y)
    class Changes:
        def __iter__(self):
            y.clear()
            return iter([7, 8])
    y[1:2] = Changes()
    print(y)


@section
def errors():
    x = [1, 2, 3, 4, 5]
    for f in (lambda: x.__setitem__(slice(None, None, 2), [1]), lambda: x.__setitem__(slice(None, None, -1), [1, 2]), lambda: x.__setitem__(slice(0, 2), 5), lambda: x.__setitem__(slice(0, 2, 2), 5), lambda: x.__setitem__(slice(None, None, 0), []), lambda: x.__delitem__(slice(None, None, 0)), lambda: x.__setitem__(slice("a"), []), lambda: x.__delitem__(slice(1.5)), lambda: x[slice([])], lambda: x.__setitem__(slice(0, 1), None), lambda: x.__setitem__(9, 1), lambda: x.__delitem__(9), lambda: x.__delitem__("a"), lambda: x.__delitem__(None)): error(f)
    print(x)
    class Idx:
        def __init__(self, v): self.v = v
        def __index__(self):
            if self.v is None: raise ValueError("no index")
            return self.v
    print(x[Idx(1):Idx(4)], x[Idx(-1)], x[::Idx(2)])
    x[Idx(0):Idx(1)] = "z"
    del x[Idx(-1)]
    print(x)
    error(lambda: x[Idx(None)])
    error(lambda: x[Idx(None):])
    print(x[-10**30:10**30], x[10**30:], x[::10**30], x[::-10**30])


@section
def index_with_side_effects():
    class Clear:
        def __index__(self):
            z.clear()
            return 0
    z = [1, 2, 3]
    error(lambda: z[Clear()])
    z = [1, 2, 3]
    print(z[Clear():], z)
    z = [1, 2, 3]
    print(z[:Clear()], z)
    z = [1, 2, 3]
    error(lambda: z.__setitem__(Clear(), 9))
    z = [1, 2, 3]
    error(lambda: z.__delitem__(Clear()))
    z = [1, 2, 3]
    error(lambda: z.pop(Clear()))
    z = [1, 2, 3]
    z.insert(Clear(), "in")
    print(z)
    z = [1, 2]
    print(z * 2, len(z))
    z = [1, 2, 3]
    z[Clear():2] = [7]
    print(z)


@section
def rotations_and_stacks():
    x = list(range(10))
    x[:] = x[3:] + x[:3]
    x[2:5] = reversed(x[2:5])
    print(x)
    x[::2], x[1::2] = x[1::2], x[::2]
    print(x)
    def rotate(l, k):
        k %= len(l)
        l[:k], l[k:] = l[-k:] if k else [], l[:len(l) - k]
        return l
    print(rotate(list("abcde"), 2), rotate(list("abc"), 0), rotate(list("ab"), 3))
    heap = []
    def push(v):
        heap.append(v)
        i = len(heap) - 1
        while i and heap[i] < heap[(i - 1) // 2]:
            heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
            i = (i - 1) // 2
    def pop():
        heap[0], heap[-1] = heap[-1], heap[0]
        v = heap.pop()
        i = 0
        while (c := 2 * i + 1) < len(heap):
            if c + 1 < len(heap) and heap[c + 1] < heap[c]: c += 1
            if heap[i] <= heap[c]: break
            heap[i], heap[c] = heap[c], heap[i]
            i = c
        return v
    for v in (5, 2, 8, 1, 9, 3, 7, 2): push(v)
    print([pop() for _ in range(8)], heap)
    m = [[1, 2, 3], [4, 5, 6]]
    print([list(r) for r in zip(*m)], [r[::-1] for r in m], sum(m, []), [x for r in m for x in r if x % 2], list(map(list, zip(*m[::-1]))))
