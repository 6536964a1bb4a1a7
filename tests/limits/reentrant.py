# Things used while they are in use: generators, iterators, buffers, sorts, finalizers, exception chains. Results are CPython's.
import gc
import sys
import weakref


def attempt(name, f):
    try:
        r = f()
    except BaseException as e:
        print(name, type(e).__name__, e)
    else:
        print(name, "->", r if isinstance(r, (int, str, list, tuple, bytes, type(None))) else type(r).__name__)


# Generators that reach themselves.
def running(how):
    def g():
        yield 1
        yield how(it)

    it = g()
    next(it)
    return list(it)


for name, how in {
    "next": next, "send": lambda g: g.send(1), "throw": lambda g: g.throw(ValueError("x")), "close": lambda g: g.close(), "list": list, "frame": lambda g: g.gi_running, "for": lambda g: [x for x in g],
}.items():
    attempt("generator " + name, lambda: running(how))


def refusing():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


g = refusing()
next(g)
attempt("refuses to close", g.close)


def closing():
    try:
        yield 1
    finally:
        other.close()


other = closing()
next(other)
attempt("closes itself", other.close)


async def coro():
    me.send(None)


me = coro()
attempt("coroutine in itself", lambda: me.send(None))
attempt("coroutine again", lambda: me.send(None))


def delegate():
    yield from outer


outer = delegate()
attempt("delegates to itself", lambda: next(outer))

# Iterators that reach themselves.
it = map(lambda x: next(it), [1, 2, 3])
attempt("map", lambda: list(it))
it = filter(lambda x: next(it, 7), [1, 2, 3, 4])
attempt("filter", lambda: list(it))


class Iterator:
    def __init__(self, act):
        self.act, self.n = act, 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.act(self)


attempt("zip", lambda: list(zip(Iterator(lambda s: 1), Iterator(lambda s: next(s, 0)))))
L = [1, 2, 3]
attempt("iter changes", lambda: [L.clear() for _ in L])
L = [1, 2, 3]
attempt("list from its own changes", lambda: list(Iterator(lambda s: L.append(1))))
attempt("extend from changes", lambda: L.extend(Iterator(lambda s: L.clear() or 1)))
print(L)
d = {1: 1, 2: 2}
attempt("dict changes", lambda: [d.update({i + 10: 1}) for i in d])
attempt("dict values", lambda: [d.clear() for i in d.values()])
s = {1, 2}
attempt("set changes", lambda: [s.add(i + 10) for i in s])

# Lies about length and index.


class Lies(Iterator):
    def __init__(self, n):
        super().__init__(lambda s: s.n)
        self.hint = n

    def __length_hint__(self):
        return self.hint

    def __len__(self):
        return self.hint


for n in (0, 1, 100, 2**40, -1, 2**62, 2**70, 1.5, None):
    attempt(f"list hint {n}", lambda: list(Iterator.__new__(Lies) if False else Lies(n)) if n not in (2**40, 2**62) else "skipped")
    attempt(f"len {n}", lambda: len(Lies(n)))
    attempt(f"bool {n}", lambda: bool(Lies(n)))
    attempt(f"tuple {n}", lambda: tuple(Lies(n)) if n not in (2**40, 2**62) else "skipped")


class Index:
    def __init__(self, act, n=0):
        self.act, self.n = act, n

    def __index__(self):
        self.act()
        return self.n


# Buffers that change while an argument is being made.
for name, use in {
    "set": lambda b: b.__setitem__(Index(b.clear, 5), 1), "set value": lambda b: b.__setitem__(5, Index(b.clear, 65)), "get": lambda b: b[Index(b.clear, 5)], "slice": lambda b: b[Index(b.clear, 1) : Index(b.clear, 9)],
    "insert": lambda b: b.insert(Index(b.clear, 5), Index(b.clear, 65)), "append": lambda b: b.append(Index(b.clear, 65)), "pop": lambda b: b.pop(Index(b.clear, 5)), "delete": lambda b: b.__delitem__(Index(b.clear, 5)),
    "multiply": lambda b: b * Index(b.clear, 2), "find": lambda b: b.find(b"3", Index(b.clear, 1)), "extend": lambda b: b.extend([1, Index(b.clear, 2), 3]), "remove": lambda b: b.remove(Index(b.clear, 51)),
    "count": lambda b: b.count(Index(b.clear, 51)), "slice set": lambda b: b.__setitem__(slice(Index(b.clear, 1), 5), b"xyz"), "center": lambda b: b.center(Index(b.clear, 20)),
    "replace": lambda b: b.replace(b"1", b"22", Index(b.clear, 1)), "splitlines": lambda b: b.splitlines(Index(b.clear, 1)),
}.items():
    b = bytearray(b"0123456789")
    attempt("bytearray " + name, lambda: use(b))
    print(bytes(b))
    b = bytearray(b"0123456789")
    m = memoryview(b)
    attempt("with a view " + name, lambda: use(b))
    m.release()
for name, use in {
    "get": lambda m: m[Index(m.release, 1)], "set": lambda m: m.__setitem__(Index(m.release, 1), 2), 
    "slice set": lambda m: m.__setitem__(slice(0, Index(m.release, 2)), b"xy"), "cast": lambda m: m.cast("H")[Index(m.release, 1)], "tobytes": lambda m: (m.release(), m.tobytes()), "hash": lambda m: (m.release(), hash(m)),
}.items():
    m = memoryview(bytearray(b"01234567"))
    attempt("view " + name, lambda: use(m))

# Sorting, comparing, hashing that change what is sorted.
L = [3, 1, 2]
attempt("sort clears", lambda: L.sort(key=lambda x: L.clear() or x))
L = [3, 1, 2]
attempt("sort appends", lambda: L.sort(key=lambda x: L.append(x) or x))
L = [3, 1, 2]
attempt("sort sorts", lambda: L.sort(key=lambda x: L.sort() or x))
print(L)


class Sorts:
    def __lt__(self, other):
        L.append(1)
        return True


L = [Sorts(), Sorts()]
attempt("compare appends", lambda: L.sort())


class Changes:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.__class__ = Changed
        return self.n == getattr(other, "n", None)


class Changed(Changes):
    def __eq__(self, other):
        self.__dict__ = {"n": self.n}
        self.__class__ = Changes
        return False


attempt("class changes in eq", lambda: len({Changes(1), Changes(1), Changes(2)}))
attempt("class to builtin", lambda: setattr(Changes(1), "__class__", int))
attempt("class of builtin", lambda: setattr([], "__class__", Changes))

# Finalizers that come back, and raise. How many are found dead at once is the collector's affair.
kept = []
unraisable = []
sys.unraisablehook = lambda u: unraisable.append(type(u.exc_value).__name__)


class Returns:
    def __del__(self):
        kept.append(self)
        raise ValueError("in __del__")


def forget():
    for _ in range(50):
        c = Returns()
        c.c = c


forget()
gc.collect()
print(len(kept) > 40, len(unraisable) > 40, set(unraisable))
kept.clear()
unraisable.clear()
gc.collect()
print(len(kept) < 10, len(unraisable) < 10)  # once for each


class Thing:
    pass


def watched():
    for _ in range(50):
        thing = Thing()
        refs.append(weakref.ref(thing, lambda r: calls.append(r()) or 1 / 0))
        refs.append(weakref.ref(thing, lambda r: refs.reverse()))
        thing.self = thing


refs, calls = [], []
unraisable.clear()
watched()
gc.collect()
print(len(calls) > 40, set(calls), set(unraisable))
sys.unraisablehook = sys.__unraisablehook__

# Chains in circles.
a, b, c = ValueError("a"), KeyError("b"), TypeError("c")
a.__context__, b.__context__, c.__context__ = b, c, a
a.__cause__ = a


def chained():
    try:
        raise a
    except ValueError:
        try:
            raise b
        except KeyError:
            raise c


attempt("circle", chained)
e = ExceptionGroup("g", [ValueError(1)])
e.__context__ = e
e.__cause__ = e.exceptions[0]
e.exceptions[0].__context__ = e


def grouped():
    try:
        raise e
    except* ValueError as part:
        raise part


attempt("group", grouped)
attempt("split", lambda: e.split(ValueError)[0].exceptions[0] is e.exceptions[0])


class Raises(Exception):
    def __str__(self):
        raise self

    def __eq__(self, other):
        raise self


def raises():
    raise Raises


for name, f in {"str": str, "repr of a list": lambda r: repr([r.args]), "format": "{}".format, "eq": lambda r: [r] == [Raises()]}.items():
    try:
        raises()
    except Raises as r:
        try:
            print(name, f(r))
        except Raises as again:
            print(name, "raises itself", again is r, again.__context__ is r)

# Modules.
sys.modules["weird"] = None
attempt("module None", lambda: __import__("weird"))


class Module:
    def __getattr__(self, name):
        del sys.modules["weird"]
        raise AttributeError(name)


sys.modules["weird"] = Module()
attempt("module that leaves", lambda: exec("from weird import thing"))
sys.modules.pop("weird", None)
print("end")
