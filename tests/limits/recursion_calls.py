# stacks: 64 256 8192
# Every kind of call that can go on without an end raises RecursionError, and the program goes on.
class Deep:
    def __call__(self):
        return self()

    def __getattr__(self, name):
        return getattr(self, name + "x" if len(name) < 9 else name)

    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __hash__(self):
        return hash(self)

    def __len__(self):
        return len(self)

    def __bool__(self):
        return bool(self)

    def __iter__(self):
        return iter(Other())

    def __contains__(self, x):
        return x in self

    def __getitem__(self, i):
        return self[i]

    def __setitem__(self, i, v):
        self[i] = v

    def __add__(self, other):
        return self + other

    def __radd__(self, other):
        return other + self

    def __neg__(self):
        return -self

    def __index__(self):
        return range(10)[self]

    def __format__(self, spec):
        return format(self, spec)

    def __enter__(self):
        with self:
            pass

    def __exit__(self, *rest):
        pass

    def __lt__(self, other):
        return sorted([self, other])

    def __str__(self):
        return str(self)

    def __float__(self):
        return float(self)

    def __instancecheck__(self, other):
        return isinstance(other, self)


class Other:
    def __iter__(self):
        return iter(self)


class Set:
    def __setattr__(self, name, value):
        setattr(self, name, value)

    def __delattr__(self, name):
        delattr(self, name)


class Property:
    @property
    def x(self):
        return self.x


class Init:
    def __init__(self):
        Init()


class New:
    def __new__(cls):
        return cls()


class Descriptor:
    def __get__(self, o, t):
        return o.field

    def __set__(self, o, v):
        o.field = v


class Holder:
    field = Descriptor()


class Meta(type):
    def __call__(cls):
        return cls()

    def __getattr__(cls, name):
        return getattr(cls, name)


class Made(metaclass=Meta):
    pass


def plain():
    plain()


def keywords(**kw):
    keywords(**kw)


def star(*a):
    star(*a)


def through_map():
    list(map(lambda x: through_map(), [1]))


def through_sort():
    [2, 1].sort(key=lambda x: through_sort())


def through_sum():
    sum(through_sum() for _ in range(2))


def through_max():
    max([1, 2], key=lambda x: through_max())


def through_eval():
    eval("through_eval()")


def through_exec():
    exec("through_exec()", globals())


def through_generator():
    yield from through_generator()


def through_comprehension():
    return [through_comprehension() for _ in "a"]


def through_finally():
    try:
        through_finally()
    finally:
        pass


def through_except():
    try:
        1 / 0
    except ZeroDivisionError:
        through_except()


def decorated(f):
    return decorated(lambda: f())


d = Deep()
kinds = {
    "plain": plain, "keywords": lambda: keywords(a=1), "star": lambda: star(1, 2), "map": through_map, "sort": through_sort,
    "sum": through_sum, "max": through_max, "eval": through_eval, "exec": through_exec, "generator": lambda: list(through_generator()),
    "comprehension": through_comprehension, "finally": through_finally, "except": through_except, "decorated": lambda: decorated(plain),
    "call": d, "getattr": lambda: d.zzz, "repr": lambda: repr(d), "eq": lambda: d == 1, "hash": lambda: hash(d), "len": lambda: len(d),
    "bool": lambda: bool(d), "iter": lambda: iter(d), "contains": lambda: 1 in d, "getitem": lambda: d[1], "setitem": lambda: d.__setitem__(1, 2),
    "add": lambda: d + 1, "radd": lambda: 1 + d, "neg": lambda: -d, "index": lambda: d.__index__(), "format": lambda: f"{d:>3}",
    "with": lambda: d.__enter__(), "lt": lambda: sorted([d, d]), "str": lambda: str(d), "float": lambda: float(d),
    "isinstance": lambda: isinstance(1, d), "setattr": lambda: setattr(Set(), "a", 1), "delattr": lambda: delattr(Set(), "a"),
    "property": lambda: Property().x, "init": Init, "new": New, "descriptor": lambda: Holder().field,
    "descriptor set": lambda: setattr(Holder(), "field", 1), "metaclass": Made, "metaclass getattr": lambda: Made.zzz,
    "dict key": lambda: {d: 1}, "list eq": lambda: [d] == [1], "join": lambda: str([d]), "percent": lambda: "%s" % d,
}
for name, call in kinds.items():
    try:
        call()
    except RecursionError:
        print(name, "RecursionError")
    except BaseException as e:
        print(name, type(e).__name__, e)
    else:
        print(name, "returned")
