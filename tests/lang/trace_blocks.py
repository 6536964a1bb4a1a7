# trace_blocks.py - the (event, line) pairs of sys.settrace for functions, classes, generators, with and match: c call, l line, r return, e exception.
# SPDX-License-Identifier: MIT
from _trace_events import trace_all


class Ctx:
    def __init__(self, swallow=False): self.swallow = swallow

    def __enter__(self): return self

    def __exit__(self, *a): return self.swallow


class ACtx:
    async def __aenter__(self): return self

    async def __aexit__(self, *a): return False


def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as e:
        return e.value


def t_with():
    with Ctx():
        x = 1
    y = 2


def t_with_as():
    with Ctx() as c:
        x = 1
    y = 2


def t_with_two():
    with Ctx() as c, Ctx() as d:
        x = 1
    y = 2


def t_with_two_lines():
    with (
        Ctx() as c,
        Ctx() as d,
    ):
        x = 1
    y = 2


def t_with_swallow():
    with Ctx(True):
        raise KeyError
    y = 2


def t_with_raise():
    try:
        with Ctx(False):
            raise KeyError
    except KeyError:
        pass


def t_with_return():
    with Ctx():
        return 1


def t_with_break():
    for i in range(2):
        with Ctx():
            break
    while True:
        with Ctx():
            break
    for i in range(2):
        with Ctx():
            continue


def t_with_pass():
    with Ctx():
        pass


def t_with_nested():
    with Ctx():
        with Ctx():
            x = 1


def match(v):
    match v:
        case 1:
            x = 1
        case 2 | 3:
            x = 2
        case [a, b]:
            x = 3
        case {"k": v}:
            x = 4
        case Ctx(swallow=s):
            x = 5
        case str() as s if len(s) > 2:
            x = 6
        case _:
            x = 7
    return x


def t_match():
    for v in (1, 3, [1, 2], {"k": 1}, Ctx(), "abc", "a"):
        match(v)


def t_match_simple():
    match 1:
        case 1:
            pass
        case _:
            pass


def t_match_nomatch():
    match 7:
        case 1:
            x = 1
        case 2:
            x = 2
    y = 3


def deco(f):
    return f


def deco2(n):
    return deco


def t_decorator():
    @deco
    @deco2(
        1
    )
    def f():
        pass
    f()


def t_decorator_class():
    @deco
    class A:
        """doc"""
        x = 1
        def m(self):
            pass
    A().m()


def t_class():
    class A:
        x = 1
        y: int = 2
        z: int
    return A


def t_class_bases():
    class A(
        Ctx,
        ACtx,
    ):
        pass


def t_class_kw():
    class B:
        def __init_subclass__(cls, k):
            pass
    class A(B,
            k=1):
        __slots__ = ()


def t_def_defaults():
    def f(a,
          b=1,
          *,
          c=len("a"),
          d: int = 3) -> int:
        return a
    f(1)


def t_def_doc():
    def f():
        "doc"
    f()
    def g():
        "doc"
        return 1
    g()
    def h(): ...
    h()


def gen():
    yield 1
    x = yield (
        2)
    try:
        yield 3
    finally:
        x = 4
    return 5


def t_gen():
    for i in gen():
        pass


def t_gen_close():
    g = gen()
    next(g); next(g); next(g)
    g.close()


def t_gen_throw():
    g = gen()
    next(g); next(g); next(g)
    try:
        g.throw(KeyError)
    except KeyError:
        pass


def yf():
    x = yield from gen()
    return x


def t_yield_from():
    for i in yf():
        x = i

async def afun():
    async with ACtx() as c:
        x = 1
    async for i in agen():
        y = i
    else:
        y = 5
    z = [i async for i in agen()]
    return await bfun()

async def bfun():
    return 7

async def agen():
    yield 1
    yield 2


def t_async():
    run(afun())

async def afun2():
    async with ACtx() as c, ACtx() as d:
        return 5

async def afun3():
    for i in range(2):
        async with ACtx():
            if i: continue
            pass
    async for i in agen():
        break


def t_async2():
    run(afun2())
    run(afun3())


def t_type_params():
    def f[T](x: T) -> T:
        return x
    class C[T]:
        pass
    type X = int
    f(1)


def t_nested_func():
    x = 1
    def f():
        nonlocal x
        x = 2
        return x
    return f()


def t_with_multiline_call():
    with Ctx(
        False
    ) as c:
        x = 1
    return 2


def t_with_return_expr():
    with Ctx() as c:
        return (
            len("a"))


def t_match_guard():
    x = 3
    match x:
        case int(n) if (
                n > 5):
            y = 1
        case int(
            n
        ):
            y = 2


def t_match_class_multi():
    match (1, 2):
        case (
            1,
            3
        ):
            pass
        case (
            1 |
            2,
            b
        ):
            pass


def t_cond_return():
    def f(x):
        if x:
            return 1
        return 2
    f(1); f(0)


def t_exc_in_with_enter():
    class Bad:
        def __enter__(self):
            raise KeyError
        def __exit__(self, *a):
            pass
    try:
        with Bad():
            pass
    except KeyError:
        x = 1


def t_cell_body():
    x = 0
    class A:
        y = x
        def f(self):
            return __class__, y if 0 else 1
    A().f()


trace_all(globals())
