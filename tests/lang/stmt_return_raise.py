# stmt_return_raise.py - return, raise, break, continue in every position; what is refused outside functions and loops.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def returns():
    def bare(): return
    def value(): return 1
    def many(): return 1, 2
    def starred(): return *[1], 2
    def implicit(): 1
    def conditional(x):
        if x: return "yes"
    def nested():
        for i in range(3):
            for j in range(3):
                if i + j == 3: return i, j
    def in_while():
        while True: return "while"
    def in_with():
        with type("M", (), {"__enter__": lambda s: 5, "__exit__": lambda *a: None})() as x: return x
    def in_match(v):
        match v:
            case 1: return "one"
            case [x]: return x
        return "none"
    def unreachable():
        return "reached"
        raise ValueError
    def paren(): return (
        1,
        2)
    def lam(): return lambda: (yield)
    print(bare(), value(), many(), starred(), implicit(), conditional(1), conditional(0), nested(), in_while(), in_with(), in_match(1), in_match([7]), in_match(2), unreachable(), paren(), type(lam()()).__name__)


@section
def through_finally():
    log = []
    def f():
        try: return log.append("value") or "from try"
        finally: log.append("finally")
    def g():
        for i in range(3):
            try: return i
            finally:
                log.append(f"f{i}")
                if i == 0: continue
    def h():
        try: return "try"
        finally: return "finally wins"
    def k():
        try: raise ValueError("lost")
        finally: return "swallowed"
    def m():
        for i in range(3):
            try: 1 / 0
            except ZeroDivisionError: continue
            finally: log.append(i)
        return "done"
    def n():
        while True:
            try: break
            finally: log.append("break passes finally")
        return "out"
    def p():
        x = 1
        try: return x
        finally: x = 2
    def q():
        x = [1]
        try: return x
        finally: x.append(2)
    def r():
        try:
            try: return "inner"
            finally: log.append("f1")
        finally: log.append("f2")
    def s():
        for i in (1, 2):
            try:
                try: raise KeyError(i)
                finally: break
            except KeyError: log.append("never: the break drops it")
        return i
    def t():
        try: raise ValueError(1)
        except ValueError as e: return e.args, "e" in locals()
        finally: log.append("e" in locals())
    print(f(), g(), h(), k(), m(), n(), p(), q(), r(), s(), t(), log)


@section
def generator_returns():
    def g():
        yield 1
        return 5
    def h():
        r = yield from g()
        return r + 1
    def run(it):
        out = []
        while True:
            try: out.append(next(it))
            except StopIteration as e: return out, e.value
    print(run(g()), run(h()), run(x for x in "ab"))
    def fin():
        try:
            yield 1
            return "r"
        finally: yield "from finally"
    print(run(fin()))


@section
def loops():
    out = []
    for i in range(5):
        if i == 1: continue
        for j in range(5):
            if j == 2: break
            out.append((i, j))
        else: out.append("never")
        if i == 3: break
    else: out.append("never")
    print(out)
    n = 0
    while n < 10:
        n += 1
        if n % 2: continue
        if n == 6: break
    else: n = "never"
    print(n)
    for i in range(3):
        with type("M", (), {"__enter__": lambda s: 0, "__exit__": lambda *a: out.append("exit")})():
            if i == 1: break
            continue
    print(i, out[-2:])
    for i in range(3):
        try:
            if i == 0: continue
            if i == 1: raise ValueError
            break
        except ValueError: continue
        finally: out.append(f"fin{i}")
    print(i, out[-3:])
    for i in range(2):
        class C:
            for k in range(3):
                if k == 1: break
            v = k
        def f():
            for q in range(3):
                if q: return q
        out.append((C.v, f()))
    print(out[-2:])
    for i in [1, 2, 3]:
        match i:
            case 1: continue
            case 2: break
    print(i)
    i = 0
    while (i := i + 1) < 5:
        while True:
            if i == 2: break
            break
        else: print("never")
        continue
    else: print("else", i)


@section
def raising():
    class E(Exception):
        def __init__(self, *a, code=0):
            super().__init__(*a)
            self.code = code
    for make in (lambda: E, lambda: E(1), lambda: E("a", code=5), lambda: E(), lambda: KeyError("k")):
        try: raise make()
        except Exception as e: print(repr(e), getattr(e, "code", None), e.__traceback__ is not None)
    def f(n):
        if n == 0: raise E("bottom")
        f(n - 1)
    try: f(5)
    except E as e:
        depth, tb = 0, e.__traceback__
        while tb: depth, tb = depth + 1, tb.tb_next
        print(e, depth)
    saved = E("same object")
    for _ in range(2):
        try: raise saved
        except E as e: print(e is saved)
    try: raise E("with cause") from KeyError("c")
    except E as e: print(repr(e.__cause__), e.__suppress_context__, e.__context__)
    try:
        try: raise KeyError(1)
        except KeyError as k: raise E("x") from None
    except E as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)


@section
def syntax():
    for source in ("return", "return 1", "class C: return", "if 1: return", "for x in y: return", "def f(): return *a", "def f(): return *a,", "def f(): return yield", "def f(): return (yield)", "def f(): return x := 1", "def f(): return x = 1", "def f(): return return", "lambda: return", "break", "continue", "if 1: break", "def f(): break", "class C: continue", "for x in y: def f(): break" if 0 else "for x in y:\n  def f(): break", "for x in y:\n  class C: continue", "for x in y: pass\nelse: break", "while 1: pass\nelse: continue", "for x in y:\n  for z in w: pass\n  else: break", "while 1:\n  lambda: break", "for x in y:\n  try: pass\n  finally: continue", "for x in y:\n  with z: break", "for x in y: [break for z in w]", "break 1", "continue 2", "while break: pass", "try: break\nexcept: pass", "match x:\n  case 1: break", "with x: continue", "raise", "raise x from", "raise from x", "raise x from y from z", "raise *x", "raise x if y else z", "raise (yield)", "raise x := 1", "raise x, y", "raise x y", "raise lambda: 1", "async def f(): return await x", "def f():\n  return\n  yield", "yield", "yield from x", "class C: yield", "x = yield", "(yield)", "lambda: (yield)", "def f(x=(yield)): pass", "[(yield)]"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
