# asked_order_sequences.py - sequences and classes as operands: whose methods are asked, and in which order.
# SPDX-License-Identifier: MIT
import itertools

from _asked import Number, calls, section, tried


def kind(base, *methods):
    name = base.__name__ + "".join(m.strip("_")[0] for m in methods)
    def make(m):
        def f(self, *a): calls.append(m); return NotImplemented if "n" in name[-1] else m
        return f
    return type(name, (base,), {m: make(m) for m in methods} | {"__repr__": lambda self: name})


def all_four(a, b):
    def plus(x, y): return x + y
    def times(x, y): return x * y
    def add(x, y): x += y; return x
    def multiply(x, y): x *= y; return x
    return " | ".join(tried(lambda: f(a(), b())) for f in (plus, times, add, multiply))


def as_maker(v): return lambda: v.copy() if isinstance(v, (list, bytearray)) else v


@section
def sequences_and_classes():
    kinds = [kind(base, *m) for base in (object, list, tuple, bytearray, int) for m in ((), ("__mul__", "__add__"), ("__rmul__", "__radd__"), ("__imul__", "__iadd__"))]
    for k in kinds:
        for v in ([1], (1,), "a", b"a", bytearray(b"a"), 2, None, {1: 2}, Number()):
            print(k.__name__, v, "->", all_four(k, as_maker(v))); print(v, k.__name__, "->", all_four(as_maker(v), k))
    for a, b in itertools.product(kinds, kinds): print(a.__name__, b.__name__, "->", all_four(a, b))
