# expr_generators.py - generator functions and expressions: send, throw, close, return values, states, errors.
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
def basics():
    def g():
        yield 1
        x = yield 2
        yield ("got", x)
        return "result"
    it = g()
    print(next(it), next(it), it.send("value"))
    try: next(it)
    except StopIteration as e: print(e.value, e.args)
    try: next(it)
    except StopIteration as e: print(e.value)
    print(list(g()), it.gi_frame, it.gi_running, it.gi_yieldfrom, it.__name__, it.__qualname__, iter(it) is it, type(it).__name__)

    def empty():
        return
        yield
    print(list(empty()), next(empty(), "default"))

    def bare():
        x = yield
        print("  received", x)
        yield
    b = bare()
    print(next(b), b.send(5))


@section
def send_errors():
    def g(): yield 1
    error(lambda: g().send(1))
    print(g().send(None))
    it = g()
    list(it)
    error(lambda: it.send(1))
    error(lambda: next(it))
    def again():
        yield next(me)
    me = again()
    error(lambda: next(me))
    def again2():
        try: next(me2)
        except ValueError as e: yield str(e)
    me2 = again2()
    print(next(me2))


@section
def throwing():
    def g():
        while True:
            try:
                x = yield "ready"
                print("  sent", x)
            except ValueError as e:
                print("  caught", e)
                yield "handled"
    it = g()
    next(it)
    print(it.throw(ValueError("a")), next(it), it.throw(ValueError), it.send(1))
    error(lambda: it.throw(KeyError("out")))
    error(lambda: next(it))
    it = g()
    error(lambda: it.throw(ValueError("before start")))
    print(next(it, "finished"))
    it = g()
    next(it)
    error(lambda: it.throw(5))
    error(lambda: it.throw("text"))
    error(lambda: it.throw())
    error(lambda: it.throw(int))
    def swallow():
        try: yield 1
        except ValueError: return "stopped"
    s = swallow()
    next(s)
    try: s.throw(ValueError)
    except StopIteration as e: print("StopIteration", e.value)
    def ctx():
        try: yield
        except ValueError: raise KeyError("new")
    c = ctx()
    next(c)
    try: c.throw(ValueError("old"))
    except KeyError as e: print(repr(e.__context__))


@section
def closing():
    def g(log):
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append("exit")
            raise
        finally:
            log.append("finally")
    log = []
    it = g(log)
    it.close()
    print(log, next(it, "closed"))
    it = g(log)
    next(it)
    print(it.close(), it.close(), log, next(it, "closed"))
    def stubborn():
        try: yield 1
        except GeneratorExit: yield 2
    s = stubborn()
    next(s)
    error(s.close)
    def returns():
        try: yield 1
        except GeneratorExit: return "value from close"
    r = returns()
    next(r)
    print(r.close())
    def other():
        try: yield
        except GeneratorExit: raise KeyError("in close")
    o = other()
    next(o)
    error(o.close)


@section
def stop_iteration_inside():
    def g():
        yield 1
        raise StopIteration("inner")
    try: list(g())
    except RuntimeError as e: print(e, repr(e.__cause__), e.__suppress_context__)
    def h():
        yield next(iter([]))
    try: list(h())
    except RuntimeError as e: print(e)
    error(lambda: list(next(iter([])) for x in [1]))
    def fine():
        try: next(iter([]))
        except StopIteration: yield "caught"
    print(list(fine()))
    def returns_tuple():
        return (1, 2)
        yield
    try: next(returns_tuple())
    except StopIteration as e: print(e.value, e.args)
    def returns_exc():
        return StopIteration(3)
        yield
    try: next(returns_exc())
    except StopIteration as e: print(repr(e.value))


@section
def in_expressions():
    def g():
        x = yield (yield 1)
        y = [(yield "a"), (yield "b")]
        z = f"{(yield 'f')}"
        d = {(yield "k"): (yield "v")}
        return x, y, z, d, (lambda: (yield))().__class__.__name__, (yield) if (yield "cond") else "no"
    it = g()
    out = [next(it)]
    try:
        for i in range(20): out.append(it.send(i))
    except StopIteration as e: print(out, e.value)
    def args():
        def f(*a, **k): return a, k
        r = f((yield 1), *(yield 2), k=(yield 3))
        yield r
    it = args()
    print(next(it), it.send("x"), it.send([7, 8]), it.send("kw"))


@section
def control_flow():
    def g(n):
        for i in range(n):
            if i == 2: continue
            if i == 4: return
            try: yield i
            finally: yield f"f{i}"
    print(list(g(6)))
    def w():
        with type("M", (), {"__enter__": lambda s: "in", "__exit__": lambda s, *a: print("  exit", a[0])})() as x:
            yield x
            yield x + "2"
    print(list(w()))
    def countdown(n):
        while n:
            n -= 1
            got = yield n
            if got: n = got
    c = countdown(3)
    print(next(c), c.send(5), list(c))
    def permute(items):
        if not items: yield []
        for i in range(len(items)):
            for rest in permute(items[:i] + items[i + 1:]):
                yield [items[i], *rest]
    print(list(permute([1, 2, 3])))
    def primes():
        found = []
        n = 2
        while True:
            if all(n % p for p in found):
                found.append(n)
                yield n
            n += 1
    print([p for p, _ in zip(primes(), range(10))])


@section
def expressions():
    g = (x * x for x in range(4))
    print(next(g), list(g), list(g), type(g).__name__, g.__name__, sum(x for x in range(5)), list((x, y) for x in "ab" for y in range(2) if y), next((x for x in [1, 2, 3] if x > 1), None))
    h = (x for x in iter([1, 2, 3]))
    print(1 in h, list(h), max((len(w) for w in ["a", "bbb"]), default=0), "".join(c.upper() for c in "abc"), dict((k, v) for k, v in zip("ab", [1, 2])), [*(i for i in "xy")], any(x > 2 for x in [1, 3]), all(x > 2 for x in [1, 3]), (lambda: list(i for i in range(2)))(), sorted(set(i % 2 for i in range(9))))
    k = (i for i in range(3))
    print(k.send(None), k.close(), list(k))
    m = (1 // x for x in [1, 0])
    print(next(m))
    error(lambda: next(m))
    print(next(m, "ended by the error"))


@section
def interleaving():
    def g(name):
        for i in range(3):
            yield f"{name}{i}"
    a, b = g("a"), g("b")
    print([next(x) for x in (a, b, a, b, b, a)], list(zip(g("x"), g("y"))))
    shared = g("s")
    print(list(zip(shared, shared)), list(shared))
    def tree(n): return n and (tree(n - 1), n, tree(n - 1))
    def walk(t):
        if t:
            yield from walk(t[0])
            yield t[1]
            yield from walk(t[2])
    print(list(walk(tree(3))))
