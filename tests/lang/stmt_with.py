# stmt_with.py - with statements: targets, several managers, parenthesised forms, scoping and syntax errors.
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


log = []


class CM:
    def __init__(self, name, result=None): self.name, self.result = name, result
    def __enter__(self):
        log.append("+" + self.name)
        return self.result if self.result is not None else self.name
    def __exit__(self, *exc):
        log.append("-" + self.name + (":" + exc[0].__name__ if exc[0] else ""))


def flush():
    print(" ".join(log))
    log.clear()


@section
def targets():
    class O: pass
    o, l, d = O(), [0, 0], {}
    with CM("a") as x: pass
    with CM("b") as o.attr: pass
    with CM("c") as l[0]: pass
    with CM("d") as d["k"]: pass
    with CM("e", (1, [2, 3])) as (p, [q, r]): pass
    with CM("f", "xyz") as [s, *t]: pass
    with CM("g") as (u): pass
    with CM("h", [5]) as (v,): pass
    with CM("i", "ab") as l[:]: pass
    print(x, o.attr, l, d, p, q, r, s, t, u, v)
    flush()


@section
def several():
    with CM("a") as a, CM("b") as b, CM("c"): log.append("body")
    flush()
    with CM("a"), CM("b"):
        with CM("c"): log.append("body")
    flush()
    with (CM("a")): log.append("1")
    with (CM("a"),): log.append("2")
    with (CM("a") as x,): log.append(x)
    with (CM("a"), CM("b")): log.append("3")
    with (CM("a"), CM("b"),): log.append("4")
    with (CM("a") as x, CM("b") as y): log.append(x + y)
    with (
        CM("a") as x,  # comment
        CM("b")
        as y,
    ): log.append("5")
    flush()
    with (CM("a"), CM("b"))[0] as x, CM("c"): log.append(x)
    with (CM("a") if 1 else CM("b")) as x: log.append(x)
    with (yes := CM("w")) as x: log.append(yes.name)
    with CM("a") if 0 else CM("b") as x: log.append(x)
    with (lambda: CM("lam"))() as x: log.append(x)
    with [CM("l")][0]: log.append("6")
    with (CM("p")) as x, (CM("q")) as y: log.append(x + y)
    with (CM("r").__class__("s")) as x: log.append(x)
    flush()


@section
def later_managers_see_earlier_targets():
    with CM("one") as a, CM(a + "two") as b, CM(b + "three") as c: log.append(c)
    flush()
    def fail(): raise ValueError("making the second")
    try:
        with CM("first"), fail(): log.append("never")
    except ValueError as e: log.append(str(e))
    flush()
    try:
        with CM("first", (1, 2)) as (a, b, c): log.append("never")
    except ValueError as e: log.append("unpack")
    flush()


@section
def exceptions_and_returns():
    def f():
        with CM("f"): return "value"
    def g():
        for i in range(3):
            with CM(str(i)):
                if i == 0: continue
                break
        return i
    def h():
        with CM("h") as x:
            yield x
            yield x * 2
    print(f(), g(), list(h()))
    flush()
    try:
        with CM("a"), CM("b"): raise KeyError("k")
    except KeyError as e: log.append(repr(e))
    flush()
    class Catch(CM):
        def __exit__(self, kind, value, tb):
            log.append(f"caught {kind.__name__ if kind else None}")
            return True
    with Catch("c") as x: raise ValueError
    with Catch("c"), CM("in"): raise ValueError
    with CM("out"), Catch("c"): raise ValueError
    def k():
        with Catch("k"): return 1 / 0
        return "after"
    log.append(k())
    flush()
    def order():
        with CM("m"):
            try: return log.append("return")
            finally: log.append("finally")
    order()
    flush()


@section
def same_manager_twice():
    c = CM("same")
    with c as a, c as b: log.append("body")
    with c:
        with c: pass
    flush()
    class Once:
        used = False
        def __enter__(self):
            if self.used: raise RuntimeError("used twice")
            self.used = True
            return self
        def __exit__(self, *a): pass
    o = Once()
    with o: pass
    error(lambda: exec("with o: pass", {"o": o}))


@section
def exit_arguments():
    class Rec:
        def __enter__(self): return self
        def __exit__(self, kind, value, tb):
            self.got = (kind, value if value is None else repr(value), tb is not None, value is not None and value.__traceback__ is tb)
            return True
    for exc in (None, ValueError("v"), KeyError, SystemExit(2), StopIteration("s"), GeneratorExit()):
        r = Rec()
        with r:
            if exc: raise exc
        print(r.got)


@section
def generator_based():
    class FromGen:
        def __init__(self, gen): self.gen = gen
        def __enter__(self): return next(self.gen)
        def __exit__(self, kind, value, tb):
            if kind is None:
                next(self.gen, None)
                return False
            try: self.gen.throw(value)
            except StopIteration: return True
            return False
    def manager(swallow):
        log.append("setup")
        try: yield "resource"
        except ValueError:
            log.append("error seen")
            if not swallow: raise
        finally: log.append("teardown")
    with FromGen(manager(False)) as r: log.append(r)
    flush()
    with FromGen(manager(True)): raise ValueError
    flush()
    try:
        with FromGen(manager(False)): raise ValueError("not swallowed")
    except ValueError as e: log.append(str(e))
    flush()


@section
def syntax():
    for source in ("with", "with x", "with x:", "with x as: pass", "with x as y as z: pass", "with x as 1: pass", "with x as f(): pass", "with x as y + 1: pass", "with x as (y, f()): pass", "with x, : pass", "with (x, ): pass", "with (x as y), z: pass", "with (x as y, z): pass", "with (x, y as z,): pass", "with (x as y)(): pass", "with (x, y) as z: pass", "with (x as y) as z: pass", "with (x as y, z) as w: pass", "with (): pass", "with () as x: pass", "with (*x): pass", "with *x: pass", "with (*x, y): pass", "with x as *y: pass", "with x as *y, z: pass", "with x as (*y, z): pass", "with x as y.z[0]: pass", "with x := y: pass", "with (x := y): pass", "with (x := y, z): pass", "with (x := y as z): pass", "with x as y, z as w,: pass", "with x y: pass", "with lambda: x: pass", "with x if y else z as w: pass", "with (yield): pass", "with x as (yield): pass", "with x as None: pass", "with x as [a, b]: pass", "with x as {}: pass", "with x as 'a': pass", "with (x for x in y): pass", "with (x for x in y) as z: pass", "with x as y pass", "with x:\npass", "async with x: pass", "with (x as y:\n pass", "with (x, y as z): pass", "with (x), (y): pass", "with (a, b)\n: pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
