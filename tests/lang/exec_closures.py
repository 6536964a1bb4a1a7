# exec_closures.py - closures: cells shared, late binding, loops, nested levels, cell contents.
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


@section
def shared_cells():
    def pair():
        value = 0

        def get(): return value

        def set(v):
            nonlocal value
            value = v
        return get, set
    g1, s1 = pair()
    g2, s2 = pair()
    s1(5)
    print(g1(), g2())
    s2("x")
    print(g1(), g2())


@section
def levels():
    def a(x):
        def b(y):
            def c(z):
                def d():
                    return x, y, z
                return d
            return c
        return b
    print(a(1)(2)(3)())

    def skip(x):
        def middle():
            def inner():
                return x
            return inner
        return middle
    f = skip("deep")
    print(f()(), f.__closure__[0].cell_contents, f().__code__.co_freevars, skip.__code__.co_cellvars)


@section
def loops():
    fs = []
    for i in range(3):
        def f(): return i
        fs.append(f)
    print([f() for f in fs])
    i = 10
    print([f() for f in fs])
    gs = []
    for i in range(3):
        def make(j):
            return lambda: j
        gs.append(make(i))
    print([g() for g in gs], [g() for g in [(lambda j: lambda: j)(i) for i in range(3)]])
    hs = [lambda: (i, j) for i in range(2) for j in range(2)]
    print([h() for h in hs])
    ws = [lambda: w for _ in range(2) if (w := 5)]
    w = 6
    print([x() for x in ws])


@section
def parameters_as_cells():
    def f(a, b=2, *args, c=3, **kw):
        def g():
            nonlocal a
            a += 1
            return a, b, args, c, sorted(kw)
        return g
    g = f(1, 5, 6, 7, c=8, d=9)
    print(g(), g())

    def rebinding(x):
        g = lambda: x
        x = x + 1
        return g()
    print(rebinding(1))

    def delete(x):
        g = lambda: x
        del x
        return g
    error(delete(1))

    def unset():
        g = lambda: later
        try:
            g()
        except NameError as e:
            print(type(e).__name__, e)
        later = 1
        return g()
    print(unset())

    def self_ref():
        def fact(n):
            return 1 if n < 2 else n * fact(n - 1)
        return fact
    print(self_ref()(5))


@section
def mutual():
    def outer():
        def even(n): return n == 0 or odd(n - 1)
        def odd(n): return n != 0 and even(n - 1)
        return even, odd
    even, odd = outer()
    print(even(6), odd(6), even.__code__.co_freevars, odd.__code__.co_freevars)


@section
def class_in_function():
    def make(tag):
        class C:
            label = tag

            def get(self): return tag

            def change(self, v):
                nonlocal tag
                tag = v
        return C
    A, B = make("a"), make("b")
    x = A()
    x.change("changed")
    print(A.label, x.get(), A().get(), B().get())


@section
def cell_objects():
    def f():
        x = 1
        y = 2
        def g(): return x, y
        return g
    g = f()
    print(g.__code__.co_freevars, [c.cell_contents for c in g.__closure__], len(g.__closure__), type(g.__closure__[0]).__name__, f.__closure__)
    g.__closure__[0].cell_contents = "written"
    print(g())
    del g.__closure__[1].cell_contents
    error(g)
    error(lambda: g.__closure__[1].cell_contents)
    a, b = type(g.__closure__[0])(5), type(g.__closure__[0])()
    print(a.cell_contents, a == type(a)(5), a < type(a)(6), b == type(a)())
    error(lambda: b.cell_contents)
    error(lambda: hash(a))
    error(lambda: setattr(g, "__closure__", None))


@section
def generators_and_comprehensions():
    def f():
        n = 0

        def gen():
            nonlocal n
            while n < 3:
                n += 1
                yield n
        it = gen()
        a = next(it)
        n = 1
        return a, list(it), n
    print(f())

    def g():
        x = 5
        lst = [lambda: x + y for y in range(2)]
        gen = (lambda: x + y for y in range(2))
        dct = {y: (lambda: x) for y in range(2)}
        x = 100
        return [h() for h in lst], [h() for h in gen], dct[0]()
    print(g())


@section
def defaults_vs_closures():
    def f():
        x = 1
        def g(a=x, b=lambda: x): return a, b()
        x = 2
        return g
    print(f()())
    x = "outer"
    def h(x=x): return x
    x = "changed"
    print(h(), (lambda x=x: x)())


@section
def decorators_with_state():
    def counted(f):
        calls = 0
        def wrapper(*a):
            nonlocal calls
            calls += 1
            wrapper.calls = calls
            return f(*a)
        return wrapper

    @counted
    @counted
    def add(a, b): return a + b
    print(add(1, 2), add(3, 4), add.calls)

    def memo(f):
        cache = {}
        def g(n):
            if n not in cache:
                cache[n] = f(n)
            return cache[n]
        g.cache = cache
        return g

    @memo
    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
    print(fib(30), len(fib.cache))
