# dm_bool_len.py - __bool__ and __len__: truth value, fallbacks and the errors of bad results.
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


class B:
    def __init__(self, r):
        self.r = r

    def __bool__(self):
        print("  bool", self.r)
        return self.r


class L:
    def __init__(self, r):
        self.r = r

    def __len__(self):
        return self.r


class Both:
    def __bool__(self):
        return True

    def __len__(self):
        return 0


class Neither:
    pass


@section
def truth():
    print(bool(B(True)), bool(B(False)), not B(True), not B(False))
    print(bool(L(0)), bool(L(3)), not L(0), bool(Both()), bool(Neither()), not Neither())
    print(B(True) and 1, B(False) or 2, 1 if B(False) else 3, B(True) and B(False) and 5 and "never" if 0 else "skip")
    for x in (0, 1, -1, 0.0, -0.0, 0.1, 0j, 1j, "", "0", b"", b"\0", [], [0], (), (0,), {}, {0: 0}, set(), {0}, frozenset(), range(0), range(1), None, ..., NotImplemented if 0 else 1, float("nan"), bytearray(), memoryview(b""), object(), int, len, lambda: 0):
        print(bool(x), end=" ")
    print()


@section
def contexts():
    t, f = B(True), B(False)
    if t: print("if")
    if f: print("never")
    while f: print("never")
    else: print("while else")
    print([x for x in (1,) if t], [x for x in (1,) if f], any([f, t]), all([t, f]), list(filter(None, [f, L(0), L(1)])) != [])
    assert t
    try:
        assert f, "message"
    except AssertionError as e:
        print("assert", e)
    print(not not t, (t or f) is t, (f or t) is t, (t and f) is f, (f and t) is f)
    match 1:
        case 1 if f:
            print("never")
        case 1 if t:
            print("guard")


@section
def bad_bool():
    error(lambda: bool(B(1)))
    error(lambda: bool(B(None)))
    error(lambda: not B("x"))
    error(lambda: B(0) and 1)
    error(lambda: 1 if B([]) else 2)


@section
def bad_len():
    error(lambda: len(L(-1)))
    error(lambda: len(L("x")))
    error(lambda: len(L(1.0)))
    error(lambda: len(L(None)))
    error(lambda: len(L(2 ** 100)))
    error(lambda: len(L(-2 ** 100)))
    error(lambda: bool(L(-1)))
    error(lambda: bool(L("x")))
    error(lambda: len(Neither()))
    error(lambda: len(5))
    error(lambda: len(Neither))
    error(lambda: len())
    error(lambda: len([], []))
    print(len(L(True)), len(L(False)), type(len(L(True))))

    class I:
        def __index__(self):
            return 4
    print(len(L(I())), bool(L(I())))


@section
def raising():
    class R:
        def __bool__(self):
            raise ValueError("bool")

        def __len__(self):
            raise KeyError("len")
    error(lambda: bool(R()))
    error(lambda: len(R()))
    error(lambda: not R())
    error(lambda: R() or 1)

    class RL:
        def __len__(self):
            raise KeyError("len")
    error(lambda: bool(RL()))
    error(lambda: list(RL()))


@section
def on_type_only():
    n = Neither()
    n.__bool__ = lambda: False
    n.__len__ = lambda: 0
    print(bool(n))
    error(lambda: len(n))
    Neither.__len__ = lambda self: 0
    print(bool(n), len(n))
    del Neither.__len__

    class N:
        __bool__ = None
    error(lambda: bool(N()))

    class M(type):
        def __bool__(cls):
            return False

        def __len__(cls):
            return 9

    class A(metaclass=M):
        pass
    print(bool(A), len(A), bool(A()))


@section
def inherited():
    class MyList(list):
        pass

    class Truthy(list):
        def __bool__(self):
            return True

    class Short(list):
        def __len__(self):
            return 1
    print(bool(MyList()), bool(MyList([1])), bool(Truthy()), bool(Short()), len(Short([1, 2, 3])), list(Short([1, 2])), [1, 2] == Short([1, 2]))

    class S(str):
        def __bool__(self):
            return False
    print(bool(S("x")), S("x") or "empty", not S("x"), S("a") + "b")
    print((1).__bool__(), (0).__bool__(), 0.0.__bool__(), "ab".__len__(), [].__len__(), None.__bool__())
