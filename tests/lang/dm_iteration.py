# dm_iteration.py - __iter__, __next__, __reversed__, the sequence protocol, StopIteration.
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


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration("done")
        self.i += 1
        return self.i


class Seq:
    def __init__(self, items, stop=IndexError):
        self.items = items
        self.stop = stop

    def __getitem__(self, i):
        if i >= len(self.items):
            raise self.stop(i)
        return self.items[i]


@section
def protocol():
    c = Count(3)
    print(iter(c) is c, next(c), list(c), list(c), next(c, "default"))
    try:
        next(c)
    except StopIteration as e:
        print(repr(e), e.value, e.args)
    print([*Count(3)], sum(Count(4)), max(Count(5)), tuple(Count(2)), dict(zip("ab", Count(9))), 2 in Count(5), " ".join(map(str, Count(3))))
    a, b, c = Count(3)
    print(a, b, c, *Count(2), sep="-")
    for x in Count(3):
        if x == 2:
            break
    else:
        print("never")
    it = Count(5)
    for x in it:
        if x == 2:
            break
    print(x, list(it))


@section
def sequence_protocol():
    s = Seq("abc")
    print(list(s), "b" in s, [*s], list(zip(s, s)), iter(s) is iter(s))
    it = iter(s)
    print(next(it), next(it), next(it), next(it, "end"), next(it, "still end"))
    print(list(Seq("ab", StopIteration)))
    error(lambda: list(Seq("ab", KeyError)))
    x, y = Seq("pq")
    print(x, y)
    error(lambda: exec("a, b, c = s", {"s": Seq("pq")}))


@section
def not_iterable():
    class E:
        pass

    class NoIter:
        __iter__ = None

        def __getitem__(self, i):
            return i

    class BadIter:
        def __iter__(self):
            return [1, 2]

    class OnlyNext:
        def __next__(self):
            return 1

    class IterOnly:
        def __iter__(self):
            return E()
    for x in (E(), NoIter(), BadIter(), OnlyNext(), IterOnly(), 5, None, len, E):
        error(iter, x)
    for x in (E(), [1], "a", IterOnly()):
        error(next, x)
    print(next(OnlyNext()))
    error(lambda: [*5])
    error(lambda: list(1.5))
    error(lambda: [x for x in 5])
    error(lambda: exec("a, b = 5"))
    error(lambda: exec("for x in None: pass"))
    error(lambda: exec("[a, b] = E", {"E": E}))
    error(lambda: print(*5))
    error(lambda: {**5})
    error(lambda: dict(5))
    error(lambda: dict([5]))
    error(lambda: dict(["abc"]))


@section
def reversing():
    class R:
        def __reversed__(self):
            return "anything"

    class LenItem:
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return i * 10

    class Blocked(list):
        __reversed__ = None
    print(reversed(R()), list(reversed(LenItem())), list(reversed("abc")), list(reversed((1, 2))), list(reversed(range(5))), list(reversed({"a": 1, "b": 2})))
    error(lambda: reversed(Count(3)))
    error(lambda: reversed({1}))
    error(lambda: reversed(Blocked([1])))
    error(lambda: reversed(5))
    error(lambda: reversed())
    it = reversed([1, 2, 3])
    print(next(it), it.__length_hint__(), list(it), list(it))
    d = {"a": 1, "b": 2}
    print(list(reversed(d.items())), list(reversed(d.keys())), list(reversed(d.values())))


@section
def sentinel():
    items = iter([1, 2, 3, 0, 4])
    print(list(iter(lambda: next(items), 0)), next(items))
    it = iter(lambda: next(items), 0)
    print(list(it), next(it, "exhausted"))
    error(lambda: iter(5, 0))
    error(lambda: list(iter(lambda: 1 / 0, 0)))

    class CallMe:
        n = 0

        def __call__(self):
            self.n += 1
            return self.n
    print(list(iter(CallMe(), 4)))


@section
def mutation():
    x = [1, 2, 3, 4]
    out = []
    for v in x:
        out.append(v)
        if v == 2:
            x.remove(1)
    print(out, x)
    x = [1, 2, 3]
    it = iter(x)
    next(it)
    x.clear()
    print(list(it), list(it))
    x.append(9)
    print(list(it))
    x = [1]
    it = iter(x)
    print(next(it), end=" ")
    x.append(2)
    print(next(it), next(it, "end"), end=" ")
    x.append(3)
    print(next(it, "stays ended"))


@section
def raising():
    class Boom:
        def __init__(self, n):
            self.n = n

        def __iter__(self):
            return self

        def __next__(self):
            self.n -= 1
            if self.n < 0:
                raise ValueError("boom")
            return self.n
    for f in (list, tuple, sorted, sum, max, lambda b: [*b], lambda b: dict.fromkeys(b), lambda b: list(zip(b)), lambda b: ",".join(map(str, b)), lambda b: list(enumerate(b)), set, bytes):
        error(f, Boom(2))

    class IterRaises:
        def __iter__(self):
            raise KeyError("iter")
    error(lambda: list(IterRaises()))
    error(lambda: 1 in IterRaises())

    class ClassLevel(type):
        def __iter__(cls):
            yield from (1, 2)
    print(list(ClassLevel("X", (), {})))
