# stacks: 64 256 8192
# Deep values: printing, comparing, hashing, copying and freeing them never overruns the C stack.
DEPTH = 200_000


def attempt(name, f):
    try:
        r = f()
    except RecursionError:
        print(name, "RecursionError")
    except (MemoryError, ValueError, OverflowError) as e:
        print(name, type(e).__name__)
    else:
        print(name, "ok" if not isinstance(r, (bool, int)) or isinstance(r, bool) else "int")


def settle(name, f):
    """How deep it may go depends on the C stack: a result is as good as a RecursionError."""
    try:
        f()
    except RecursionError:
        pass
    print(name, "ended")


def nested(wrap, start):
    x = start
    for _ in range(DEPTH):
        x = wrap(x)
    return x


class Box:
    __slots__ = ("inner",)

    def __init__(self, inner):
        self.inner = inner

    def __repr__(self):
        return f"Box({self.inner!r})"

    def __eq__(self, other):
        return self.inner == other.inner

    def __hash__(self):
        return hash(self.inner)


makers = {
    "list": lambda x: [x], "tuple": lambda x: (x,), "dict": lambda x: {1: x}, "box": Box, "frozenset": lambda x: (frozenset(), x),
    "slice": lambda x: slice(x, None), "mixed": lambda x: [(x,)],
}
for name, wrap in makers.items():
    a, b = nested(wrap, 1), nested(wrap, 1)
    attempt(name + " repr", lambda: repr(a))
    attempt(name + " str", lambda: str(a))
    attempt(name + " ==", lambda: a == b)
    attempt(name + " hash", lambda: hash(a) if name != "list" and name != "dict" and name != "mixed" else None)
    attempt(name + " format", lambda: f"{a!r:>5}")
    del a, b

loop = []
loop.append(loop)
other = [loop]
loop2 = []
loop2.append(loop2)
attempt("cycle repr", lambda: repr(loop))
attempt("cycle ==", lambda: loop == loop2)
cycle = {}
cycle[1] = cycle
attempt("dict cycle repr", lambda: repr(cycle))
attempt("dict cycle ==", lambda: cycle == {1: {1: cycle}})

deep_type = int
for _ in range(5000):
    deep_type = list[deep_type]
settle("generic alias repr", lambda: len(repr(deep_type)))
settle("generic alias ==", lambda: deep_type == list[deep_type])
settle("generic alias hash", lambda: hash(deep_type))
nest = nested(lambda x: (x, int), int)
attempt("isinstance of nested tuples", lambda: isinstance("", nest))
attempt("issubclass of nested tuples", lambda: issubclass(str, nest))
attempt("startswith", lambda: "a".startswith(("b",) * 1000))
g = iter([1])
for _ in range(DEPTH):
    g = map(abs, g)
attempt("map chain", lambda: next(g))
g = iter([1, 2])
for _ in range(DEPTH):
    g = zip(g)
attempt("zip chain", lambda: next(g))
g = iter([1, 2])
for _ in range(DEPTH):
    g = (x for x in g)
attempt("generator chain", lambda: next(g))
del g


def pass_on(g):
    yield from g


g = iter([1])
for _ in range(DEPTH):
    g = pass_on(g)
attempt("yield from chain", lambda: next(g))
del g
f = abs
for _ in range(DEPTH):
    f = f.__call__
attempt("__call__ chain", lambda: f(-1))
e = ValueError(0)
for i in range(DEPTH):
    n = ValueError(i)
    n.__context__ = e
    e = n
attempt("exception chain", lambda: repr(e))


def raise_chained():
    try:
        raise e
    except ValueError:
        raise KeyError(1)


try:
    raise_chained()
except KeyError as k:
    print(type(k.__context__).__name__)
eg = ExceptionGroup("g", [ValueError(1)])
for i in range(3000):
    eg = ExceptionGroup("g", [eg])
settle("exception group split", lambda: eg.split(KeyError))
settle("exception group subgroup", lambda: eg.subgroup(lambda e: False))
settle("exception group repr", lambda: repr(eg))
base = object
try:
    for i in range(3000):
        base = type("C%d" % i, (base,), {})
    attempt("class chain", lambda: base().zzz if hasattr(base(), "zzz") else len(base.__mro__))
    attempt("subclass check", lambda: issubclass(base, int))
except RecursionError:
    print("class chain RecursionError")
x = 1
try:
    for i in range(3000):
        x = x | list[i] if i else int | str
    print("union", len(x.__args__))
except RecursionError:
    print("union RecursionError")
print("end")
