# basic_functions.py - the simplest functions: parameters, return, recursion, closures, lambda.
# SPDX-License-Identifier: MIT

def nothing():
    pass


def one():
    return 1


def add(a, b):
    return a + b


def default(a, b=2, c=3):
    return (a, b, c)


def star(a, *rest):
    return a, rest


def kwonly(a, *, b, c=4):
    return a, b, c


def everything(a, /, b, *args, c=10, **kw):
    return a, b, args, c, sorted(kw.items())


print(nothing(), one(), add(1, 2), add("a", "b"), add([1], [2]))
print(default(1), default(1, 5), default(1, c=9), default(c=1, b=2, a=3))
print(star(1), star(1, 2, 3), star(*[1, 2]))
print(kwonly(1, b=2), kwonly(1, c=5, b=2), kwonly(a=0, b=1))
print(everything(1, 2), everything(1, 2, 3, 4, c=5, d=6, e=7), everything(1, b=2, a=3))


def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fact(5), fact(25), fib(10))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print(is_even(10), is_odd(7), is_even(7))


def make_adder(n):
    def adder(x):
        return x + n
    return adder


def make_counter():
    count = 0

    def inc():
        nonlocal count
        count += 1
        return count
    return inc


add5 = make_adder(5)
add7 = make_adder(7)
print(add5(1), add7(1), make_adder("x")("y"))
c1, c2 = make_counter(), make_counter()
print(c1(), c1(), c2(), c1(), c2())

total = 0


def accumulate(x):
    global total
    total += x


accumulate(3)
accumulate(4)
print(total)

square = lambda x: x * x
print(square(4), (lambda: 7)(), (lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, x=5))


def shared(x, acc=[]):
    acc.append(x)
    return acc


print(shared(1), shared(2), shared(3, []), shared(4))


def early(x):
    for i in range(10):
        if i == x:
            return "found"
    return "missing"


print(early(3), early(30))


def multi():
    return 1, 2, 3


a, b, c = multi()
print(a, b, c, multi(), multi()[1])


def doc():
    """What it does."""
    return doc.__doc__


print(doc(), doc.__name__, one.__doc__)


def apply(f, *args, **kwargs):
    return f(*args, **kwargs)


print(apply(add, 1, 2), apply(default, 1, c=0), apply(lambda: "none"), apply(max, 3, 9, 2))


def shadow(total):
    total += 100
    return total


print(shadow(1), total)


def gen(n):
    i = 0
    while i < n:
        yield i
        i += 1


print(list(gen(4)), sum(gen(5)), [x * 2 for x in gen(3)], list(gen(0)))


def deco(f):
    def wrapper(*args):
        return "<" + f(*args) + ">"
    return wrapper


@deco
def name(x):
    return x.upper()


print(name("abc"))


def annotated(x: int, y: "str" = "a") -> float:
    return x


print(annotated(1), sorted(annotated.__annotations__))
f = one
print(f(), f is one, callable(f), callable(1))
for bad in (lambda: add(1), lambda: add(1, 2, 3), lambda: add(1, b=2, c=3), lambda: 1()):
    try:
        bad()
    except TypeError as e:
        print("TypeError:", e)
