# dm_match_args.py - __match_args__ and class patterns: lookups, builtin classes, errors.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Point3(Point):
    __match_args__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class NoArgs:
    a = 1


def show(o):
    match o:
        case Point3(x, y, z):
            return f"p3 {x} {y} {z}"
        case Point(0, 0):
            return "origin"
        case Point(x, 0) | Point(0, x):
            return f"axis {x}"
        case Point(x, y=1):
            return f"y1 {x}"
        case Point():
            return "point"
        case NoArgs(a=a):
            return f"noargs {a}"
        case int(n) | float(n):
            return f"number {n}"
        case str(s):
            return f"str {s}"
        case bool():
            return "never: bool is an int"
        case list([x, *_]):
            return f"list of {x}"
        case dict({"k": v}):
            return f"dict k={v}"
        case tuple((a, b)):
            return f"pair {a} {b}"
        case bytes(b) | bytearray(b):
            return f"bytes {b}"
        case object():
            return f"object {type(o).__name__}"


@section
def dispatch():
    for o in (Point(0, 0), Point(3, 0), Point(0, 4), Point(2, 1), Point(2, 2), Point3(1, 2, 3), NoArgs(), 5, 2.5, "s", True, [1, 2], [], {"k": 1}, {}, (1, 2), (1,), b"b", bytearray(b"c"), None, {1}, 1j):
        print(show(o))


@section
def builtin_positional():
    # These builtins bind their whole value to one positional pattern.
    for value, cls in ((True, bool), (bytearray(b"x"), bytearray), (b"x", bytes), ({1: 2}, dict), (1.5, float), (frozenset([1]), frozenset), (3, int), ([1], list), ({4}, set), ("s", str), ((1,), tuple)):
        match value:
            case cls(v):
                print(cls.__name__, v == value)

    class MyInt(int): pass
    match MyInt(5):
        case int(x): print(type(x).__name__, x)
    match 5:
        case int(real=r, imag=0): print("attributes", r)
    match 5:
        case int(4 | 5 as which): print(which)


def attempt(cls, value, positional=1):
    try:
        match value, positional:
            case cls(a), 1: print("matched", a)
            case cls(a, b), 2: print("matched", a, b)
            case _: print("no match")
    except TypeError as e:
        print("TypeError:", e)


@section
def errors():
    attempt(NoArgs, NoArgs())
    attempt(Point, Point(1, 2), 2)
    attempt(complex, 1j)
    attempt(range, range(3))
    attempt(object, 1)
    attempt(type, int)
    attempt(int, 5, 2)
    for args in (["x"], "x", 5, None, (1,), ("x", "x"), (), ("missing",), ("x", "missing")):
        class C:
            __match_args__ = args
            x = 1
        print(args)
        attempt(C, C())
        attempt(C, C(), 2)
    for cls in (5, "Point", None, len, int | str, list[int], lambda: 1):
        attempt(cls, 5)

    def duplicate():
        match Point(1, 2):
            case Point(1, x=1): pass
    try:
        duplicate()
    except TypeError as e:
        print(e)


@section
def attribute_lookups():
    class P:
        __match_args__ = ("a", "b")

        def __getattr__(self, name):
            print("  getattr", name)
            if name == "b":
                raise AttributeError(name)
            return 1
    attempt(P, P())
    attempt(P, P(), 2)

    class R:
        @property
        def a(self):
            raise ValueError("property fails")
    try:
        match R():
            case R(a=_): print("never")
    except ValueError as e:
        print(e)

    class Meta(type):
        def __instancecheck__(cls, o):
            print("  instancecheck")
            return o == 5

    class Five(metaclass=Meta):
        pass
    match 5:
        case Five(real=r): print("five", r)
    match 6:
        case Five(): print("never")
        case _: print("other")
    match 5:
        case Five.__class__(): print("never")
        case Five.__mro__: print("never")
        case _: print("dotted class")


@section
def inherited_and_instance():
    class Sub(Point): pass
    match Sub(1, 2):
        case Point(a, b): print(a, b)
    match Point(1, 2):
        case Sub(a, b): print("never")
        case Point(x=a, y=b): print("kw", a, b)
    p = Point(7, 8)
    p.__match_args__ = ("y", "x")
    match p:
        case Point(a, b): print("class attribute wins", a, b)
    match Point(Point(1, [2, 3]), {"k": Point(5, 6)}):
        case Point(Point(a, [b, *c]), {"k": Point(y=d)}): print(a, b, c, d)
    Point.__match_args__ = ("y",)
    match Point(1, 2):
        case Point(a): print("changed", a)
    del Point.__match_args__
    attempt(Point, Point(1, 2))
    attempt(Point3, Point3(1, 2, 3), 2)
