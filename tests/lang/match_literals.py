# match_literals.py - match: literal, value, capture, wildcard, or and group patterns, guards.
# SPDX-License-Identifier: MIT
import types


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
def literals():
    def f(x):
        match x:
            case 0: return "zero"
            case 1: return "one"
            case -1: return "minus one"
            case 2.5: return "two and a half"
            case -0.5: return "minus half"
            case 3 + 4j: return "complex"
            case -3 - 4j: return "minus complex"
            case 0x10: return "hex"
            case 1_000: return "thousand"
            case "text": return "text"
            case "a" "b": return "joined"
            case b"bytes": return "bytes"
            case r"\n": return "raw"
            case """tri""": return "triple"
            case None: return "None"
            case True: return "True"
            case False: return "False"
            case _: return "other"
    for x in (0, 1, -1, 2.5, -0.5, 3 + 4j, -3 - 4j, 16, 1000, "text", "ab", b"bytes", "\\n", "tri", None, True, False, 0.0, 1.0, -1.0, 1 + 0j, "TEXT", bytearray(b"bytes"), [], ()):
        print(repr(x), f(x))


@section
def equality_or_identity():
    class Eq:
        def __init__(self, *equals): self.equals = equals
        def __eq__(self, o):
            print("  ==", repr(o))
            return o in self.equals
    match Eq(2):
        case None: print("never: None is by identity")
        case True: print("never: True is by identity")
        case 1: print("never")
        case 2: print("two by ==")
    match Eq("x"):
        case "x": print("str by ==")
    match 1:
        case True: print("never")
        case 1: print("1 is not True")
    match True:
        case 1: print("True == 1")
    match 0:
        case False: print("never")
        case 0.0: print("0 == 0.0")


@section
def captures():
    match 5:
        case x: pass
    print(x)
    match [1, 2]:
        case y: print(y)
    match 1, 2:
        case z: print(z)
    match {"a": 1}:
        case {"a": v}: print(v)
    match 7:
        case (w): print(w)
    match 8:
        case _: print("_" in locals())
    def f(v):
        match v:
            case int(): a = "int"
            case str(): b = "str"
        return sorted(locals())
    print(f(1), f("s"), f(None))
    def g(v):
        match v:
            case 1: r = 1
        return r
    error(g, 2)


@section
def values():
    ns = types.SimpleNamespace(a=1, b="two", c=types.SimpleNamespace(d=3))
    class C:
        X = 10
        Y = None
        class D: Z = "deep"
    for v in (1, "two", 3, 10, None, "deep", 4):
        match v:
            case ns.a: print("ns.a")
            case ns.b: print("ns.b")
            case ns.c.d: print("ns.c.d")
            case C.X: print("C.X")
            case C.Y: print("C.Y")
            case C.D.Z: print("C.D.Z")
            case other: print("other", other)
    def missing():
        match 1:
            case ns.zzz: pass
    error(missing)
    def unbound():
        match 1:
            case nope.x: pass
    error(unbound)


@section
def alternatives():
    def f(x):
        match x:
            case 1 | 2 | 3: return "small"
            case "a" | "b" | None: return "ab or None"
            case [1, y] | [y, 2]: return f"list {y}"
            case {"k": v} | {"l": v}: return f"dict {v}"
            case (int() | float()) as n: return f"number {n}"
            case [(1 | 2) as a, ("x" | "y") as b]: return f"nested {a} {b}"
            case str(s) | bytes(s): return f"stringy {s}"
            case _: return "other"
    for x in (2, "b", None, [1, 5], [5, 2], {"k": 1}, {"l": 2}, {"k": 1, "l": 2}, 10, 1.5, "zzz", b"q", [2, "y"], [3, "y"], ()):
        print(x, f(x))
    match [[1, 2], 3]:
        case [[a, b] | [a, b, _], 3 | 4 as c] as whole: print(a, b, c, whole)


@section
def guards():
    log = []
    def n(tag, v):
        log.append(tag)
        return v
    def f(x):
        match x:
            case int(i) if n("neg", i < 0): return "negative"
            case int(i) if n("small", i < 10): return "small"
            case [a, b] if a == b: return "equal pair"
            case [a, b] if (s := a + b) > 10: return f"sum {s}"
            case y if y: return f"truthy {y}"
            case _ if n("last", True): return "falsy"
    for x in (-5, 5, 50, [1, 1], [6, 7], [1, 2], "", None): print(x, f(x), log); log.clear()
    def bindings_survive(x):
        match x:
            case [a, b] if False: pass
            case _: return a, b
    print(bindings_survive([1, 2]))
    error(bindings_survive, 5)
    def raising(x):
        match x:
            case a if 1 / a: return "ok"
    print(raising(1))
    error(raising, 0)
    def truthy_guard(v):
        match 1:
            case 1 if v: return "yes"
        return "no"
    print([truthy_guard(v) for v in (0, 1, "", "x", [], None)])


@section
def subject():
    log = []
    def subj():
        log.append("subject")
        return 3
    match subj():
        case 1: pass
        case 2: pass
        case 3: print("three", log)
    match x := 5, x if 0 else 6:
        case (a, b): print(a, b)
    match (y := [1]):
        case [1]: print(y)
    match *[1, 2], 3:
        case [*z]: print(z)
    match 1,:
        case (1,): print("one-tuple")
    match ():
        case (): print("empty")
    match (1):
        case 1: print("not a tuple")
    match "a" if 0 else "b":
        case "b": print("conditional subject")
    match lambda: 4:
        case f: print(f())
    def no_match():
        match 5:
            case 6: return "never"
        return "fell through"
    print(no_match())
    for i in range(4):
        match i:
            case 0: continue
            case 2: break
        print("loop", i)
    def yielder():
        match (yield "ask"):
            case 1: yield "one"
            case _: yield "other"
    g = yielder()
    print(next(g), g.send(1))
    match 1:
        case 1:
            match 2:
                case 2: print("nested match")
