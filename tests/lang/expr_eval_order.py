# expr_eval_order.py - order of evaluation in every kind of expression and statement.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


log = []


def n(tag, value=None):
    log.append(tag)
    return value


def flush():
    print(*log)
    log.clear()


class O:
    def __init__(self, name): self.__dict__["name"] = name
    def __getattr__(self, k):
        log.append(f"{self.name}.{k}")
        return O(f"{self.name}.{k}")
    def __setattr__(self, k, v): log.append(f"{self.name}.{k}={v}")
    def __delattr__(self, k): log.append(f"del {self.name}.{k}")
    def __getitem__(self, k):
        log.append(f"{self.name}[{k}]")
        return O(f"{self.name}[{k}]")
    def __setitem__(self, k, v): log.append(f"{self.name}[{k}]={v}")
    def __delitem__(self, k): log.append(f"del {self.name}[{k}]")
    def __call__(self, *a, **k):
        log.append(f"{self.name}(...)")
        return self
    def __repr__(self): return self.name
    def __add__(self, o): return O(f"({self}+{o})")
    def __iadd__(self, o):
        log.append(f"{self}+={o}")
        return self


def o(name):
    log.append(name)
    return O(name)


@section
def operators():
    n("a", 1) + n("b", 2) * n("c", 3)
    flush()
    (n("a", 1) + n("b", 2)) ** n("c", 3) ** n("d", 1)
    flush()
    n("a", 1) < n("b", 2) < n("c", 3)
    flush()
    n("a", 5) < n("b", 2) < n("c", 3)
    flush()
    n("a", 0) or n("b", 0) or n("c", 1) or n("d", 2)
    flush()
    n("a", 1) and n("b", 0) and n("c", 1)
    flush()
    n("then", 1) if n("cond", 1) else n("else", 2)
    flush()
    n("then", 1) if n("cond", 0) else n("else", 2)
    flush()
    not n("a", 0) or -n("b", 1)
    flush()
    n("x", 1) in n("list", [1])
    flush()


@section
def subscripts_and_attributes():
    o("x").a.b[n("k", 1)].c
    flush()
    o("x")[n("lo", 1):n("hi", 2):n("step", 3)]
    flush()
    o("x")[n("i", 1), n("j", 2)]
    flush()
    o("f")(n("a"), k=n("b"), *n("star", []), **n("dstar", {}))
    flush()


@section
def assignments():
    o("a").x = n("value", 1)
    flush()
    o("a").x = o("b")[n("k", 2)] = n("value", 1)
    flush()
    o("a").x, o("b").y = n("first", 1), n("second", 2)
    flush()
    o("a")[n("i", 0)].b = n("v", 9)
    flush()
    o("a").x += n("v", 1)
    flush()
    o("a")[n("k", 5)] += n("v", 1)
    flush()
    x: n("annotation", int) = n("value", 1)
    flush()
    o("a").x: n("annotation of attribute") = n("value", 1)
    flush()
    (y): n("annotation skipped in functions") = 1
    flush()
    del o("a").x, o("b")[n("k", 1)]
    flush()
    (z := n("walrus", 1)) + n("after", z)
    flush()


@section
def displays():
    {n("k1", 1): n("v1"), **n("star", {}), n("k2", 2): n("v2")}
    flush()
    [n("a"), *n("b", [1]), n("c")]
    flush()
    [n(f"elt{i}{j}") for i in n("outer", [1, 2]) for j in n(f"inner{i}", [1]) if n("cond", True)]
    flush()
    {n(f"key{i}", i): n(f"val{i}") for i in n("it", [1, 2])}
    flush()
    f"{n('a', 1)}{n('b', 2):{n('spec', '>')}{n('w', 3)}}{n('c')!r}"
    flush()
    (lambda x=n("default", 1): n("body"))
    flush()
    (n("gen") for x in n("iterable", []))
    flush()


@section
def functions_and_classes():
    @n("deco1", lambda f: f)
    @n("deco2", lambda f: f)
    def f(a: n("ann a") = n("def a"), *args: n("ann args"), k: n("ann k") = n("def k"), **kw: n("ann kw")) -> n("ann ret"):
        n("body")
    flush()

    @n("class deco", lambda c: c)
    class C(n("base", object), metaclass=n("meta", type)):
        n("class body")
    flush()
    def g(a=n("d1"), b=n("d2"), *, c=n("d3")): pass
    flush()


@section
def decorators_apply_inside_out():
    def d(tag):
        log.append("make " + tag)
        def apply(f):
            log.append("apply " + tag)
            return f
        return apply

    @d("outer")
    @d("middle")
    @d("inner")
    def f(): pass
    flush()


@section
def statements():
    for o("target").x in n("iterable", [1, 2]): n("body")
    else: n("else")
    flush()
    while n("cond", len(log) < 2): n("body")
    flush()
    with n("cm", type("M", (), {"__enter__": lambda s: n("enter", 1), "__exit__": lambda *a: n("exit")})()) as o("t").x, n("cm2", type("M", (), {"__enter__": lambda s: n("enter2"), "__exit__": lambda *a: n("exit2")})()): n("body")
    flush()
    try:
        assert n("test", 0), n("message", "m")
    except n("handler", AssertionError): n("handled")
    finally: n("finally")
    flush()
    try:
        raise n("exc", ValueError()) from n("cause", None)
    except (n("E1", KeyError), n("E2", ValueError)): pass
    flush()
    def ret():
        try: return n("value")
        finally: n("finally")
    ret()
    flush()
    match n("subject", 5):
        case 4 if n("guard4", 1): pass
        case x if n("guard5", 0): pass
        case _ if n("guard_", 1): n("body")
    flush()
    return n("returned")


@section
def exceptions_stop_evaluation():
    for f in (lambda: n("a", 1) + n("b", 1) / n("z", 0) + n("never"), lambda: o("f")(n("a"), 1 / n("z", 0), n("never")), lambda: [n("a"), 1 / n("z", 0), n("never")], lambda: {n("k", 1): 1 / n("z", 0), n("never"): 1}, lambda: o("x")[1 / n("z", 0)], lambda: f"{n('a')}{1 / n('z', 0)}{n('never')}"):
        try: f()
        except ZeroDivisionError: flush()
    flush()
