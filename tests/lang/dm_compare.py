# dm_compare.py - rich comparison methods: reflection, NotImplemented, subclass priority, defaults.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class V:
    def __init__(self, name, answer=NotImplemented):
        self.name = name
        self.answer = answer

    def note(self, op, other):
        print("  ", self.name, op, getattr(other, "name", other))
        return self.answer

    def __lt__(self, other): return self.note("<", other)
    def __le__(self, other): return self.note("<=", other)
    def __gt__(self, other): return self.note(">", other)
    def __ge__(self, other): return self.note(">=", other)
    def __eq__(self, other): return self.note("==", other)
    def __ne__(self, other): return self.note("!=", other)


class Sub(V):
    def __gt__(self, other): return self.note("sub >", other)
    def __eq__(self, other): return self.note("sub ==", other)


class Plain(V):
    pass


def each(a, b):
    for name, op in (("<", lambda: a < b), ("<=", lambda: a <= b), (">", lambda: a > b), (">=", lambda: a >= b),
                     ("==", lambda: a == b), ("!=", lambda: a != b)):
        try:
            print(name, op())
        except TypeError as e:
            print(name, e)


@section
def reflection():
    each(V("a"), V("b"))
    each(V("a", "left"), V("b", "right"))
    each(V("a"), V("b", "right"))


@section
def with_builtins():
    each(V("a"), 5)
    each(5, V("b"))
    each("s", V("b", "yes"))
    each(None, V("b", []))


@section
def subclass_priority():
    each(V("a", 1), Sub("b", 2))
    each(Sub("a", 1), V("b", 2))
    each(V("a", 1), Plain("b", 2))
    each(Sub("a"), Sub("b"))


@section
def any_result():
    a = V("a", "truthy")
    b = V("b", [])
    print((a < b) + "!", a == b, not (a == b), b == a, bool(b == a))
    print(a in [a], b in [b], [b] == [b], [V("x", 0)] == [V("y", 1)])
    if b < a:
        print("never")
    print(sorted([3, 1, 2]) == [1, 2, 3], a is a, a is not b)


@section
def default_eq():
    class A:
        pass
    a, b = A(), A()
    print(a == a, a == b, a != a, a != b, a.__eq__(b), a.__ne__(b), a.__eq__(a), a.__ne__(a), a.__lt__(b), object.__ge__(a, b))
    each(a, b)


@section
def ne_from_eq():
    class A:
        def __eq__(self, other):
            return "equal" if isinstance(other, A) else NotImplemented
    print(A() == A(), A() != A(), A() != 1, A() == 1, 1 == A(), A().__ne__(A()), A().__ne__(3))

    class B:
        def __ne__(self, other):
            return "ne"
    print(B() == B(), B() != B(), 1 != B(), B() != 1)


@section
def lookups_on_type():
    class A:
        pass
    a = A()
    a.__eq__ = lambda other: True
    a.__lt__ = lambda other: True
    print(a == 5)
    try:
        a < 5
    except TypeError as e:
        print(e)
    A.__lt__ = lambda self, other: "class"
    print(a < 5, 5 > a)
    A.__lt__ = None
    try:
        a < 5
    except TypeError as e:
        print(e)


@section
def raising():
    class A:
        def __eq__(self, other):
            raise ValueError("eq")

        def __lt__(self, other):
            raise KeyError("lt")
    for f in (lambda: A() == 1, lambda: 1 == A(), lambda: A() != 1, lambda: A() < 1, lambda: 1 > A(), lambda: 1 in [A()],
              lambda: [A()].index(1), lambda: sorted([A(), A()]), lambda: (A(),) == (1,), lambda: {1: A()} == {1: 1}, lambda: max(A(), A())):
        try:
            print(f())
        except Exception as e:
            print(repr(e))


@section
def identity_shortcut():
    class Never:
        def __eq__(self, other):
            return False
        __hash__ = None
    n = Never()
    print(n == n, n in [n], [n] == [n], (n,) == (n,), [n].index(n), [n].count(n), {1: n} == {1: n})
    nan = float("nan")
    print(nan == nan, nan in [nan], [nan] == [nan], nan in (nan,), float("nan") in [nan])
