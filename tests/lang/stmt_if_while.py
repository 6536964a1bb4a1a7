# stmt_if_while.py - if, elif, else and while with else: truth tests, nesting, constant conditions.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def ifs():
    def grade(x):
        if x > 90: return "A"
        elif x > 80: return "B"
        elif x > 70:
            if x > 75: return "C+"
            else: return "C"
        else:
            return "F"
    print([grade(x) for x in (95, 85, 77, 71, 3)])
    if 0: print("never")
    elif "": print("never")
    elif []: print("never")
    elif None: print("never")
    else: print("else")
    if 1: print("one")
    if not 1: print("never")
    if 1 and not 0 or undefined_name: print("short circuit")
    if (x := 5) > 3 and x < 10: print(x)
    if 1 < x < 6 != 7: print("chain")
    if x: y = 1
    print(y)
    if x == 5:
        if x == 6: print("never")
    else: print("never: belongs to the outer if")


@section
def truth_of_everything():
    class B:
        def __init__(self, v): self.v = v
        def __bool__(self):
            print("  bool", self.v)
            return self.v
    if B(True): print("true")
    if not B(False): print("not false")
    if B(False): pass
    elif B(True): print("elif")
    if B(False) or B(True): print("or")
    if B(True) and B(False): pass
    else: print("and else")
    if not (B(True) and not B(False)): print("never")
    x = B(False) or B(False) or "last"
    print(x)
    if (B(True) if B(False) else B(True)): print("conditional")
    for v in ([], [0], "", " ", {}, {0}, 0.0, 0.1, None, ..., lambda: 0, float("nan"), 0j, range(0), b"", b"\0"):
        if v: print("T", end="")
        else: print("F", end="")
    print()


@section
def whiles():
    n = 3
    while n: n -= 1
    else: print("else after", n)
    while n < 5:
        n += 1
        if n == 3: break
    else: print("never")
    print(n)
    while False: print("never")
    else: print("else of while False")
    while 1:
        n += 1
        if n > 6: break
    print(n)
    while n:
        n -= 1
        if n % 2: continue
        print(n, end=" ")
    else: print("end")
    i = 0
    while i < 3:
        j = 0
        while j < 3:
            if j == i: break
            j += 1
        else: print("inner else", i)
        i += 1
    else: print("outer else", i, j)
    items = [1, 2, 3]
    while items: print(items.pop(), end=" ")
    print()
    while (line := items or "stop") != "stop": pass
    print(line)
    k = 10
    while k > 0: k -= 3; print(k, end=";")
    print()
    while True:
        try: raise ValueError
        except ValueError: break
        finally: print("finally")
    while not k >= 0:
        k += 1
    print(k)


@section
def constant_conditions():
    def f():
        if True: return "a"
        return "b"
    def g():
        if False: return "a"
        return "b"
    def h():
        while True:
            return "loop"
    def i():
        if __debug__: return "debug"
        return "optimised"
    def j():
        while 0: x = 1
        return "x" in locals()
    def k():
        if 0:
            yield
        return "still a generator"
    def l():
        if 0:
            global never_global
            y = 1
        try: return y
        except UnboundLocalError: return "unbound"
    def m():
        if not (): return "not empty tuple"
    def n():
        while "constant string":
            break
        else: return "never"
        if None or 0 or () or "x": return "folded"
    print(f(), g(), h(), i(), j(), type(k()).__name__, l(), m(), n())
    if 1:
        z = "in if"
    elif undefined: pass
    print(z, 1 if "" else 2, (1 and 0) or 3)


@section
def exceptions_in_conditions():
    def boom(): raise ValueError("condition")
    for source in ("if boom(): pass", "while boom(): pass", "if 0: pass\nelif boom(): pass", "while 1:\n  if boom(): break", "1 if boom() else 2", "[x for x in (1,) if boom()]", "not boom()", "boom() and 1", "0 or boom()", "assert boom()"):
        try: exec(source, {"boom": boom})
        except ValueError as e: print(e, end="; ")
    print()
    class B:
        def __bool__(self): return "not a bool"
    for source in ("if b: pass", "while b: pass", "not b", "b and 1", "b or 1", "1 if b else 2", "[x for x in (1,) if b]", "any([b])", "bool(b)", "filter(None, [b]).__next__()", "assert b"):
        try: exec(source, {"b": B()})
        except TypeError as e: print(e, end="; ")
    print()


@section
def big_elif_chain():
    source = "def f(x):\n  if x == 0: return 0\n" + "".join(f"  elif x == {i}: return {i} * 2\n" for i in range(1, 120)) + "  else: return 'else'\n"
    ns = {}
    exec(source, ns)
    print(ns["f"](0), ns["f"](1), ns["f"](60), ns["f"](119), ns["f"](120))
    body = "def g():\n  n = 0\n  while n < 3:\n" + "    n = n + 0\n" * 300 + "    n += 1\n  return n\n"
    exec(body, ns)
    print(ns["g"]())


@section
def syntax():
    for source in ("if", "if 1", "if 1:", "if x = 1: pass", "if x := 1: pass", "if (x = 1): pass", "if x == 1 pass", "if x: pass else: pass", "if x: pass\nelse if y: pass", "if x: pass\nelseif y: pass", "if x: pass\nelse: pass\nelif y: pass", "if x: pass\nelse: pass\nelse: pass", "elif x: pass", "else: pass", "while", "while 1", "while x = 1: pass", "while x: pass\nelif y: pass", "while x pass", "do: pass", "if x then: pass", "if (x\n: pass", "if x):\n pass", "while: pass", "if: pass", "if not: pass", "if x and: pass", "while True print(1)", "if x:\npass", "if x,: pass", "if x, y: pass", "if *x: pass", "if lambda: 1: pass", "if x: y = 1 if z else 2", "if x:: pass", "switch x: pass", "unless x: pass", "for x in y if z: pass", "if x is not in y: pass", "if x not y: pass", "if x in not y: pass", "while x in y: z", "if x != y == z: pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
