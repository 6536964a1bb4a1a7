# Bound methods of bound methods.
import types


def count(*args):
    return len(args), args[:3]


m = count
for i in range(50):
    m = types.MethodType(m, i)


def call_it(m):
    a, b, c, d = 1, 2, 3, 4
    r = m(), m(a), m(a, b)
    return r, a, b, c, d


for _ in range(3):
    print(call_it(m))

# A module's code as a function, and functions as class bodies.
print(types.FunctionType(compile("x", "", "eval"), {"x": 1})())


def f():
    pass


f.__code__ = compile("y = 5\nprint(y)", "", "exec")
f()
print(y)
print(__build_class__(lambda: 3, "X").__name__)
try:
    __build_class__(lambda a: a, "Y")
except TypeError as e:
    print(e)


def positional(a, /, b: 1, *, c: 2): pass


def order(a: print("a"), /, b: print("b"), *c: print("c"), d: print("d"), **e: print("e")): pass


print(list(order.__annotations__))
