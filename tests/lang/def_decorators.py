# def_decorators.py - decorators on functions and classes: any expression, order, replacement, common patterns.
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
def order_and_replacement():
    log = []
    def d(tag):
        log.append(f"make {tag}")
        def apply(f):
            log.append(f"apply {tag} to {f.__name__}")
            def wrapper(*a, **k): return f"{tag}({f(*a, **k)})"
            return wrapper
        return apply

    @d("a")
    @d("b")
    def f(x): return x
    print(f(1), log)

    def to_value(f): return 42
    @to_value
    def g(): pass
    @to_value
    class C: pass
    print(g, C)

    @lambda f: f.__name__
    def named(): pass
    print(named)

    def recursive(f): return f
    @recursive
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    print(fact(5))


@section
def expressions():
    class NS:
        decos = [lambda f: ("list", f.__name__)]
        table = {"k": lambda f: ("dict", f.__name__)}
        @staticmethod
        def static(f): return ("static", f.__name__)
        def method(self, f): return ("method", f.__name__)
        def __call__(self, f): return ("call", f.__name__)
        def __matmul__(self, o): return lambda f: ("matmul", f.__name__)
        def __getitem__(self, k): return lambda f: ("item", k, f.__name__)
    ns = NS()
    @ns.decos[0]
    def a(): pass
    @ns.table["k"]
    def b(): pass
    @NS.static
    def c(): pass
    @ns.method
    def d(): pass
    @ns
    def e(): pass
    @ns @ ns
    def f(): pass
    @ns["x"]
    def g(): pass
    @(lambda f: ("paren", f.__name__))
    def h(): pass
    @ns if 1 else None
    def i(): pass
    @(walrus := ns)
    def j(): pass
    @NS()
    def k(): pass
    @[ns][0]
    def l(): pass
    @(lambda: ns)()
    def m(): pass
    @None or ns
    def n(): pass
    @print and str.upper if 0 else lambda f: ("cond", f.__name__)
    def o(): pass
    print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, walrus is ns, sep="\n")


@section
def name_is_bound_after():
    def needs_old(f):
        return ("old value was", prop)
    prop = "old"
    @needs_old
    def prop(): pass
    print(prop)
    def fails(f): raise ValueError("decorator failed")
    try:
        @fails
        def never_bound(): pass
    except ValueError as e: print(e, "never_bound" in locals())
    try:
        @undefined_decorator
        def g(): pass
    except NameError as e: print(e)
    try:
        @5
        def g(): pass
    except TypeError as e: print(e)
    try:
        @(lambda: 1)
        def g(): pass
    except TypeError as e: print(str(e).split(".")[-1])


@section
def class_decorators():
    registry = []
    def register(cls):
        registry.append(cls.__name__)
        return cls
    def add(**attrs):
        def deco(cls):
            for k, v in attrs.items(): setattr(cls, k, v)
            return cls
        return deco
    @register
    @add(x=1, hello=lambda self: "hello")
    class A:
        y = 2
    print(registry, A.x, A.y, A().hello())
    @type
    class Meta: pass
    print(Meta)
    def singleton(cls): return cls()
    @singleton
    class One:
        v = 5
    print(type(One).__name__, One.v)
    @add(base="yes")
    class B(A): pass
    print(B.base, B.x)
    class Outer:
        @register
        class Inner: pass
        @staticmethod
        @add(tag="t") if 0 else lambda f: f
        def s(): return "static"
    print(registry, Outer.s())


@section
def builtin_decorators():
    class C:
        _v = 1
        @property
        def v(self): return self._v
        @v.setter
        def v(self, x): self._v = x
        @v.deleter
        def v(self): self._v = "deleted"
        @classmethod
        def c(cls): return cls.__name__
        @staticmethod
        def s(x): return x
        @staticmethod
        @lambda f: lambda: "inner decorated"
        def t(): pass
    o = C()
    o.v = 5
    print(o.v, C.c(), C.s(1), o.s(2), C.t())
    del o.v
    print(o.v)
    @staticmethod
    def plain_static(x): return x * 2
    print(plain_static(4), plain_static.__name__, plain_static.__wrapped__(5))


@section
def patterns():
    def memo(f):
        cache = {}
        def wrapper(*a):
            if a not in cache: cache[a] = f(*a)
            return cache[a]
        wrapper.cache = cache
        return wrapper
    @memo
    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
    print(fib(40), len(fib.cache))

    class CountCalls:
        def __init__(self, f): self.f, self.n = f, 0
        def __call__(self, *a):
            self.n += 1
            return self.f(*a)
        def __get__(self, obj, cls):
            return self if obj is None else lambda *a: self(obj, *a)
    @CountCalls
    def add(a, b): return a + b
    class K:
        @CountCalls
        def m(self, x): return x * 2
    print(add(1, 2), add(3, 4), add.n, K().m(4), K.m.n)

    def retry(times):
        def deco(f):
            def wrapper(*a):
                for i in range(times):
                    try: return f(*a)
                    except ValueError as e: last = str(e)
                return f"gave up: {last}"
            return wrapper
        return deco
    attempts = []
    @retry(3)
    def flaky(n):
        attempts.append(n)
        if len(attempts) < n: raise ValueError(f"try {len(attempts)}")
        return "worked"
    print(flaky(3), len(attempts), flaky(100))

    def typed(**types):
        def deco(f):
            def wrapper(**kw):
                for k, t in types.items():
                    if not isinstance(kw.get(k), t): raise TypeError(f"{k} must be {t.__name__}")
                return f(**kw)
            return wrapper
        return deco
    @typed(a=int, b=str)
    def h(a, b): return b * a
    print(h(a=2, b="x"))
    error(lambda: h(a="2", b="x"))

    def trace(f):
        def g(*a):
            r = yield from f(*a)
            yield ("result", r)
        return g
    @trace
    def gen(n):
        yield from range(n)
        return "end"
    print(list(gen(3)))

    def context(f):
        class CM:
            def __enter__(self):
                self.g = f()
                return next(self.g)
            def __exit__(self, *a): next(self.g, None)
        return CM
    @context
    def managed():
        print("  enter")
        yield "value"
        print("  exit")
    with managed() as v: print(v)


@section
def syntax():
    for source in ("@x\ndef f(): pass", "@x.y\ndef f(): pass", "@x()\nclass C: pass", "@x\n@y\nclass C: pass", "@x def f(): pass", "@x\n", "@x\nx = 1", "@x\n\ndef f(): pass", "@x\n# comment\ndef f(): pass", "@\ndef f(): pass", "@x, y\ndef f(): pass", "@*x\ndef f(): pass", "@x = 1\ndef f(): pass", "@x := 1\ndef f(): pass", "@(x := 1)\ndef f(): pass", "@yield\ndef f(): pass", "@(yield)\ndef f(): pass", "@x\nlambda: 1", "@x\nif 1: pass", "@x\n async def f(): pass", "@x\nasync def f(): pass", "@x; def f(): pass", "@x @y\ndef f(): pass", "@x[0]\ndef f(): pass", "@lambda f: f\ndef f(): pass", "@x if y else z\ndef f(): pass", "@not x\ndef f(): pass", "@f'{x}'\ndef f(): pass", "@[x]\ndef f(): pass", "@x\n  def f(): pass", "@x\nimport y", "@x\nfor y in z: pass", "@x\nwith y: pass", "@await x\ndef f(): pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
