# dm_arith.py - binary arithmetic methods: each operator, reflected operands, NotImplemented, type errors.
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


OPS = {
    "+": ("add", lambda a, b: a + b), "-": ("sub", lambda a, b: a - b), "*": ("mul", lambda a, b: a * b), "/": ("truediv", lambda a, b: a / b),
    "//": ("floordiv", lambda a, b: a // b), "%": ("mod", lambda a, b: a % b), "**": ("pow", lambda a, b: a ** b), "@": ("matmul", lambda a, b: a @ b),
    "<<": ("lshift", lambda a, b: a << b), ">>": ("rshift", lambda a, b: a >> b), "&": ("and", lambda a, b: a & b), "|": ("or", lambda a, b: a | b),
    "^": ("xor", lambda a, b: a ^ b), "divmod": ("divmod", divmod),
}


def make(name, left, right):
    """A class whose operators print their call and answer NotImplemented where told so."""
    ns = {}
    for op, (method, _) in OPS.items():
        def forward(self, other, op=op):
            print("   ", name, op, getattr(type(other), "__name__", "?"))
            return NotImplemented if left is None else left

        def reflected(self, other, op=op):
            print("   ", name, "r" + op, getattr(type(other), "__name__", "?"))
            return NotImplemented if right is None else right
        ns[f"__{method}__"] = forward
        ns[f"__r{method}__"] = reflected
    return type(name, (), ns)


Yes = make("Yes", "forward", "reflected")
No = make("No", None, None)
Right = make("Right", None, "right")


class Bare:
    pass


def every(a, b):
    for op, (_, f) in OPS.items():
        try:
            print(op, f(a, b))
        except TypeError as e:
            print(op, e)


@section
def forward():
    every(Yes(), 1)


@section
def reflected():
    every(1, Yes())


@section
def falls_back():
    every(No(), Right())


@section
def both_refuse():
    every(No(), Bare())
    every(1, No())


@section
def same_type_is_not_reflected():
    # Operands of one type: the reflected method is not tried.
    every(No(), No())


@section
def builtin_pairs():
    every(1, "a")
    every([], ())
    every(None, 1)
    every(1.5, "x")
    every("a", [1])
    every({}, {1})


@section
def three_argument_pow():
    class P:
        def __pow__(self, other, mod="none"):
            return ("pow", other, mod)

        def __rpow__(self, other, mod="none"):
            return ("rpow", other, mod)
    print(P() ** 2, 2 ** P(), pow(P(), 2), pow(P(), 2, 3), pow(2, P()))
    error(lambda: pow(2, P(), 3))
    error(lambda: pow(2, 3, "x"))
    error(lambda: pow(2.0, 3, 4))
    error(lambda: pow("a", 2))
    error(lambda: pow(2, 3, 0))
    print(pow(base=2, exp=5), pow(2, 5, mod=7))


@section
def on_type_only():
    b = Bare()
    b.__add__ = lambda other: "instance"
    error(lambda: b + 1)
    Bare.__add__ = lambda self, other: "class"
    print(b + 1)
    Bare.__add__ = None
    error(lambda: b + 1)
    del Bare.__add__
    Bare.__radd__ = lambda self, other: "radd"
    print(1 + b, "s" + b, [] + b, None + b, b + b if 0 else "skip")
    error(lambda: b + b)
    del Bare.__radd__


@section
def sequences_concatenate_last():
    class Radd:
        def __radd__(self, other):
            return ("radd", other)

        def __rmul__(self, other):
            return ("rmul", other)
    print([1] + Radd(), "a" + Radd(), (1,) + Radd(), b"x" + Radd(), [1] * Radd(), "ab" * Radd())

    class I:
        def __index__(self):
            return 2
    print([1] * I(), I() * [1], "ab" * I(), I() * "ab", (1,) * I(), I() * (1,), b"x" * I(), bytearray(b"x") * I())


@section
def raising():
    class R:
        def __add__(self, other):
            raise ValueError("add")

        def __rsub__(self, other):
            raise KeyError("rsub")
    error(lambda: R() + 1)
    error(lambda: 1 - R())
    error(lambda: 1 + R())
    error(lambda: sum([R()]))
    error(lambda: sum([R()], R()))


@section
def direct_calls():
    print((1).__add__(2), (1).__add__(1.5), (1.5).__add__(1), (1).__radd__(2), (7).__rsub__(10), (2).__rpow__(3), (2).__pow__(10, 7))
    print("a".__add__("b"), (1).__and__(1.0), (5).__rfloordiv__(17), (5).__rdivmod__(17), (1).__lshift__("x"), [1].__mul__(2), [1].__rmul__(2))
    error(lambda: "a".__add__(1))
    error(lambda: [1].__add__((1,)))
    error(lambda: [1].__mul__("x"))
