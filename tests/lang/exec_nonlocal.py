# exec_nonlocal.py - nonlocal and global declarations: what they reach, nesting, errors.
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
def reaches_nearest():
    def outer():
        x = "outer"

        def middle():
            x = "middle"

            def inner():
                nonlocal x
                x = "set by inner"
            inner()
            return x
        return middle(), x
    print(outer())

    def skip():
        x = 0

        def middle():
            def inner():
                nonlocal x
                x += 1
                return x
            return inner
        f = middle()
        f()
        return f(), x
    print(skip())


x = "global x"


@section
def mixed_with_global():
    def outer():
        x = "outer"

        def g():
            global x
            def h():
                return x
            return h(), x

        def i():
            nonlocal x
            x = "changed"
        i()
        return g(), x
    print(outer(), x)

    def outer2():
        global x
        def inner():
            return x
        x = "global rebound"
        return inner()
    print(outer2(), x)


@section
def several_names():
    def f():
        a, b, c = 1, 2, 3

        def g():
            nonlocal a, b
            nonlocal c
            a, b, c = c, a, b
        g()
        g()
        return a, b, c
    print(f())


@section
def all_binders():
    def f():
        a = b = c = d = e = h = i = None

        def g():
            nonlocal a, b, c, d, e, h, i
            for a in range(3): pass
            with type("M", (), {"__enter__": lambda s: "with", "__exit__": lambda *z: None})() as b: pass
            def c(): return "def"
            class d: pass
            import sys as e
            (h := "walrus")
            [i, *_] = "ij"
        g()
        return a, b, c(), d.__name__, e.__name__, h, i
    print(f())

    def aug():
        n = 2

        def g():
            nonlocal n
            n **= 5
            n -= 1
            return n
        return g(), n
    print(aug())

    def deleted():
        n = 1

        def g():
            nonlocal n
            del n
        g()
        return n
    error(deleted)

    def exc():
        e = "kept?"

        def g():
            nonlocal e
            try: 1 / 0
            except ZeroDivisionError as e: pass
        g()
        return e
    error(exc)


@section
def class_bodies():
    def f():
        v = 1

        class C:
            nonlocal v
            v = 2
            w = v + 1

            def m(self):
                nonlocal v
                v += 10
                return v
        c = C()
        return v, C.w, c.m(), v, hasattr(C, "v")
    print(f())


@section
def comprehensions_and_lambdas():
    def f():
        total = 0

        def add(x):
            nonlocal total
            total += x
            return total
        a = [add(i) for i in range(4)]
        b = list(map(lambda i: add(i), range(2)))
        c = [y := y0 for y0 in range(3)]
        return a, b, total, y
    print(f())

    def walrus():
        last = None

        def g(items):
            nonlocal last
            return any((last := i) > 2 for i in items)
        return g([1, 2, 3, 4]), last
    print(walrus())

    def walrus_list():
        last = None

        def g(items):
            nonlocal last
            return [last := i for i in items]
        return g("abc"), last
    print(walrus_list())


@section
def generators():
    def f():
        log = "start"

        def gen():
            nonlocal log
            log = "running"
            yield 1
            log = "resumed"
            yield 2
        g = gen()
        states = [log]
        for _ in g:
            states.append(log)
        return states
    print(f())


def check(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "-> fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg, e.lineno, e.offset)


@section
def errors():
    for source in ("nonlocal x", "def f():\n  nonlocal x", "x = 1\ndef f():\n  nonlocal x", "def f(x):\n  nonlocal x", "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x",
                   "def f():\n  x = 1\n  def g():\n    print(x)\n    nonlocal x", "def f():\n  x = 1\n  def g(x):\n    nonlocal x", "def f():\n  x = 1\n  def g():\n    global x\n    nonlocal x",
                   "def f():\n  global x\n  def g():\n    nonlocal x", "class C:\n  x = 1\n  def f(self):\n    nonlocal x", "def f():\n  class C:\n    x = 1\n    def g(self):\n      nonlocal x",
                   "def f(x):\n  global x", "x = 1\nglobal x", "def f():\n  x = 1\n  global x", "def f():\n  print(x)\n  global x", "def f():\n  x: int\n  global x", "def f():\n  global x\n  x: int = 1",
                   "def f():\n  for x in y: pass\n  global x", "def f():\n  def x(): pass\n  global x", "def f():\n  import x\n  global x", "global x, y\nx = 1", "global x\nglobal x", "def f():\n  global x; global x; x = 1",
                   "nonlocal", "global", "global x.y", "global x = 1", "global (x)", "nonlocal x,", "def f():\n  x = 1\n  def g():\n    nonlocal x, x\n    x = 2", "def f():\n  nonlocal __class__", "class C:\n  def f(self):\n    nonlocal __class__",
                   "def f():\n  x=1\n  def g():\n    [x for x in y]\n    nonlocal x", "def f():\n  x=1\n  def g():\n    (x := 2)\n    nonlocal x", "lambda: (global x)", "class C:\n  nonlocal x", "def f():\n  x = 1\n  class C:\n    nonlocal x\n    x = 5"):
        check(source)
