# dm_arith_subclass.py - the subclass on the right goes first if it overrides the reflected method.
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


class Base:
    def __init__(self, name="base"):
        self.name = name

    def __add__(self, other):
        return f"{self.name}.Base.__add__"

    def __radd__(self, other):
        return f"{self.name}.Base.__radd__"

    def __sub__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return f"{self.name}.Base.__rsub__"


class Inherits(Base):
    pass


class Overrides(Base):
    def __radd__(self, other):
        return f"{self.name}.Overrides.__radd__"


class Declines(Base):
    def __radd__(self, other):
        print("  declines")
        return NotImplemented


class Deeper(Overrides):
    pass


@section
def user_classes():
    b = Base("b")
    print(b + Inherits("i"), b + Overrides("o"), b + Declines("d"), b + Deeper("x"))
    print(Inherits("i") + b, Overrides("o") + b, Overrides("o") + Deeper("x"), Deeper("x") + Overrides("o"), Inherits("i") + Overrides("o"))
    print(Base("l") + Base("r"))
    error(lambda: Base("l") - Base("r"))
    print(Base("l") - Inherits("r"), Inherits("l") - Base("r"))
    error(lambda: Inherits("l") - Inherits("r"))


@section
def virtual_subclass_does_not_count():
    class Meta(type):
        def __subclasscheck__(cls, other):
            return True

        def __instancecheck__(cls, other):
            return True

    class A(metaclass=Meta):
        def __add__(self, other):
            return "A.add"

    class B:
        def __radd__(self, other):
            return "B.radd"
    print(issubclass(B, A), A() + B())


@section
def int_subclass():
    class I(int):
        def __add__(self, other):
            return "I.add"

        def __radd__(self, other):
            return "I.radd"

        def __rsub__(self, other):
            return "I.rsub"

        def __rmul__(self, other):
            return NotImplemented
    print(1 + I(2), I(2) + 1, 5 - I(2), I(2) - 5, 3 * I(2), I(2) * 3, I(7) // I(2), True + I(1), 1.5 + I(1), type(I(3) - 1), sum([I(1), I(2)]))

    class J(int):
        pass
    print(1 + J(2), type(J(1) + J(2)), type(-J(1)), type(J(5) // J(2)), type(abs(J(-1))), J(2) ** J(3), type(J(2).__index__()))


@section
def float_int_mix():
    class F(float):
        def __radd__(self, other):
            return "F.radd"

        def __eq__(self, other):
            return "F.eq"
        __hash__ = float.__hash__
    print(1 + F(2), 1.0 + F(2), F(2) + 1, True + F(2), 1 == F(3), 1.0 == F(3), F(3) == 1, 1 != F(1), 1j + F(2))


@section
def str_and_list():
    class S(str):
        def __radd__(self, other):
            return "S.radd"

        def __rmod__(self, other):
            return "S.rmod"

        def __rmul__(self, other):
            return "S.rmul"
    print("a" + S("b"), S("a") + "b", "%s" % S("x"), S("%s") % "x", 3 * S("ab"), "x" * 2)

    class L(list):
        def __radd__(self, other):
            return "L.radd"
    print([1] + L([2]), L([1]) + [2], type(L([1]) + L([2])), (lambda: L([1]) * 2)(), L([1]) == [1])

    class T(tuple):
        pass
    print(type(T((1,)) + T((2,))), type(T((1,)) * 1), type(T((1, 2))[:]), T((1,)) + (2,))


@section
def comparison_priority():
    class A:
        def __lt__(self, other):
            return "A.lt"

        def __gt__(self, other):
            return "A.gt"

    class B(A):
        pass

    class C(A):
        def __gt__(self, other):
            return "C.gt"
    # Comparison gives any subclass priority, even when it inherits the method.
    print(A() < A(), A() < B(), B() < A(), A() < C(), C() < A(), A() > C())


@section
def sets_and_dicts():
    class MySet(set):
        def __ror__(self, other):
            return "ror"

        def __rand__(self, other):
            return "rand"
    print({1} | MySet([2]), {1} & MySet([1]), MySet([2]) | {1} == {1, 2}, type(MySet([1]) | {2}), type({2} - MySet([1])), type(MySet([1]).union({2})))

    class MyDict(dict):
        def __ror__(self, other):
            return "dict ror"
    print({1: 1} | MyDict(), type(MyDict({1: 2}) | {3: 4}), MyDict({1: 2}) | {3: 4})


@section
def other_module_types():
    class R:
        def __rdivmod__(self, other):
            return "rdivmod"

        def __rmatmul__(self, other):
            return "rmatmul"

        def __rlshift__(self, other):
            return "rlshift"
    print(divmod(1, R()), 1 @ R(), "x" << R(), divmod("s", R()))
