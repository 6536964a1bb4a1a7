# stmt_assert_pass_del.py - assert, pass, del, and expression statements.
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
def asserts():
    assert True
    assert 1, "never evaluated" + undefined_name if 0 else ""
    for source in ("assert 0", "assert False, 'message'", "assert [], ('a', 1)", "assert None, None", "assert '', ValueError('v')", "assert 0, 5", "assert (0, 'tuple is true')", "assert not 1, f'{1 + 1}'", "assert 1 == 2 == 3, 'chain'", "assert undefined, 'x'", "assert 0, undefined", "assert 1, undefined", "assert (lambda: 0)()", "assert 0, [1][5]"):
        try:
            exec(source)
            print(source, "passed")
        except Exception as e:
            print(source, "->", type(e).__name__, e.args)
    log = []
    assert log.append(1) is None, log.append(2)
    print(log)
    try:
        assert log.append(3), log.append(4)
    except AssertionError as e:
        print(log, e.args)

    class B:
        def __bool__(self): raise ValueError("bool")
    try:
        assert B()
    except ValueError as e:
        print(e)
    AssertionError_saved = AssertionError
    def shadowed():
        AssertionError = KeyError
        assert 0, "real AssertionError is used"
    try: shadowed()
    except AssertionError_saved as e: print(type(e).__name__, e)


@section
def deletion():
    a = b = c = d = 1
    del a
    del b, c
    del (d)
    print(sorted(n for n in locals()))
    e, f, g = 1, 2, 3
    del (e, [f, (g)])
    print(sorted(locals()))
    x = [0, 1, 2, 3, 4, 5]
    del x[0], x[0]
    del x[1:3], x[-1]
    print(x)
    d = {"a": {"b": {"c": 1}}, "z": 1}
    del d["a"]["b"]["c"], d["z"]
    print(d)

    class O: pass
    o = O()
    o.p = o
    o.p.q = 5
    del o.p.q
    print(vars(o) == {"p": o})
    del o.p
    print(vars(o))
    del ()
    del []
    for i in range(3):
        del i
    print("i" in locals())
    for source in ("del x", "del x[0]", "del o.nope", "del d['k']", "del (1).real", "del t[0]", "del s[0]", "del s.x", "del len", "del x.y.z"):
        error(lambda: exec(source, {"o": O(), "d": {}, "t": (1,), "s": "s"}))


@section
def deletion_order_and_partial():
    log = []
    class T:
        def __init__(self, n): object.__setattr__(self, "n", n)
        def __delattr__(self, k): log.append((self.n, k))
        def __delitem__(self, k):
            log.append((self.n, k))
            if k == "bad": raise KeyError(k)
    a, b = T("a"), T("b")
    del a.x, b["k"], a[1:2], (b.y, [a[...]])
    print(log)
    log.clear()
    try: del a.first, a["bad"], b.never
    except KeyError as e: print(e, log)
    ns = {"x": 1, "y": 2}
    error(lambda: exec("del x, undefined_z, y", ns))
    print("x" in ns, "y" in ns)


@section
def del_and_scopes():
    def f():
        v = 1
        del v
        try: return v
        except UnboundLocalError as e: return str(e)
    print(f())
    def g(p):
        del p
        p = "rebound"
        return p
    print(g(1))
    def h():
        v = 1
        def inner():
            nonlocal v
            del v
        inner()
        try: return v
        except NameError as e: return type(e).__name__, str(e)
    print(h())
    class C:
        a = 1
        b = 2
        del a
        try: a
        except NameError as e: msg = str(e)
    print(hasattr(C, "a"), C.b, C.msg)
    global gl
    gl = 1
    def k():
        global gl
        del gl
    k()
    error(lambda: gl)
    error(k)


@section
def expression_statements():
    log = []
    def n(x):
        log.append(x)
        return x
    n(1)
    n(2), n(3)
    [n(i) for i in (4, 5)]
    n(6) if 1 else n(7)
    n(0) or n(8)
    n(9) and n(10)
    "docstring-like"
    1; 2.5; None; ...; (); []; {}
    lambda: n("never")
    (n(x) for x in "never")
    not n(11)
    -n(12)
    n(13) < n(14)
    f"{n(15)}"
    (w := n(16))
    {n(17): n(18)}
    print(log)
    error(lambda: exec("undefined_name"))
    error(lambda: exec("1 / 0"))
    error(lambda: exec("(1).x"))
    error(lambda: exec("[][0]"))
    error(lambda: exec("1 < 'a'"))
    error(lambda: exec("x = 1\nx.y"))


@section
def passes():
    if 1: pass
    else: pass
    for _ in (): pass
    while 0: pass
    def f(): pass
    class C: pass
    class D: ...
    def g(): ...
    def h(): "only a docstring"
    try: pass
    finally: pass
    with type("M", (), {"__enter__": lambda s: 0, "__exit__": lambda *a: 0})(): pass
    match 1:
        case _: pass
    pass; pass
    print(f(), C.__name__, g(), h(), D().__class__.__name__)


@section
def syntax():
    for source in ("assert", "assert 1,", "assert 1, 2, 3", "assert (1, 2)", "assert x = 1", "assert (x := 1)", "del", "del 1", "del f()", "del (a, f())", "del a + b", "del *a", "del a, *b", "del (a for a in b)", "del [a for a in b]", "del a if b else c", "del lambda: 1", "del -a", "del a.b()", "del 'x'", "del {}", "del {a}", "del (a), (b)", "del (a,)", "del ()", "del a = 1", "del (yield)", "del None", "del a and b", "del not a", "del a < b", "del await a", "del (a.b), c[0]", "del `a`", "pass 1", "pass = 1", "print 'x'", "print x", "exec 'x'", "print", "print x, y", "print >>f, x", "exec x in y", "raise x, y", "a b", "a 1", "1 a", "'a' 1", "a 'b'", "f() g()"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)
