# match_mappings.py - match: mapping patterns: keys, rest, lookups, errors.
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
def basics():
    def f(x):
        match x:
            case {"type": "point", "x": x0, "y": y0}: return f"point {x0} {y0}"
            case {"type": "line", "points": [a, *b]}: return f"line {a} {b}"
            case {"type": t, **rest}: return f"{t} {rest}"
            case {1: a, 2.5: b, None: c}: return a, b, c
            case {-1: a, 1 + 2j: b, b"k": c}: return a, b, c
            case {"a": {"b": {"c": deep}}}: return deep
            case {"k": None}: return "k is None"
            case {"k": 1 | 2 as v}: return f"small {v}"
            case {"k": [*v]}: return f"list {v}"
            case {"k": _}: return "has k"
            case {}: return "some mapping"
            case _: return "not a mapping"
    for x in ({"type": "point", "x": 1, "y": 2}, {"y": 2, "type": "point", "x": 1, "z": 3}, {"type": "line", "points": [1, 2]}, {"type": "line"}, {"type": "other", "q": 1}, {1: "a", 2.5: "b", None: "c"}, {-1: 1, 1 + 2j: 2, b"k": 3}, {"a": {"b": {"c": 9}}}, {"k": None}, {"k": 2}, {"k": "ab"}, {"k": [1]}, {}, {"z": 0}, [], "abc", None, {1}, [("k", 1)]):
        print(x, f(x))


@section
def rest():
    match {"a": 1, "b": 2, "c": 3}:
        case {"a": x, **r}: print(x, r)
    match {}:
        case {**r}: print(r)
    match {"a": 1}:
        case {"a": 1, **r}: print(r)
    src = {"a": [1], "b": [2]}
    match src:
        case {**copy}: print(copy == src, copy is src, copy["a"] is src["a"])
    match {"a": 1}:
        case {"b": _, **r}: print("never")
        case {**r}: print(r)


@section
def dotted_keys():
    class K:
        A = "alpha"
        B = "beta"
    ns = types.SimpleNamespace(k=5)
    match {"alpha": 1, "beta": 2, 5: 3}:
        case {K.A: a, K.B: b, ns.k: c}: print(a, b, c)
    class D:
        A = "x"
        B = "x"
    def duplicate():
        match {"x": 1, "y": 2}:
            case {D.A: a, D.B: b}: pass
    error(duplicate)
    def duplicate_literal():
        match {}:
            case {D.A: a, "x": b}: pass
    print(duplicate_literal())
    def unhashable():
        match {"x": 1}:
            case {U.k: a}: pass
    class U: k = []
    error(unhashable)


@section
def captures_and_order():
    class Loud(dict):
        def get(self, k, d=None):
            print("  get", k)
            return super().get(k, d)
    match Loud(a=1, b=2, c=3):
        case {"a": 1, "z": _}: print("never")
        case {"a": 2, "b": _}: print("never")
        case {"c": c, "a": a}: print(a, c)
    match {"a": 1, "b": {"c": [1, {"d": "found"}]}}:
        case {"b": {"c": [_, {"d": x}]}} as whole: print(x, len(whole))
    match {"x": 1}, {"y": 2}:
        case {"x": a}, {"y": b}: print(a, b)
    def guard(v):
        match v:
            case {"n": n} if n > 5: return "big"
            case {"n": n}: return f"small {n}"
    print(guard({"n": 9}), guard({"n": 1}), guard({}))
    match {"a": float("nan"), 1: "one", True: "true"}:
        case {1: v}: print(v)
    match {"": 0, "empty": ""}:
        case {"": z, "empty": ""}: print("empty strings", z)


@section
def syntax():
    for case in ("{}", "{'a': x}", "{'a': x, }", "{**r}", "{'a': x, **r}", "{**r, 'a': x}", "{**_}", "{**r, }", "{x: y}", "{'a': x, 'a': y}", "{'a': x, 'b': x}", "{1: a, 1.0: b}", "{1: a, True: b}", "{-1: a}", "{1 + 1: a}", "{1 + 1j: a}", "{a.b: c}", "{a.b: c, a.b: d}", "{f'x': a}", "{'a'}", "{'a': }", "{: a}", "{*a: b}", "{(1): a}", "{(1, 2): a}", "{None: a}", "{'a' 'b': c}", "{'a': x | y}", "{'a': (x)}", "{'a': x as y}", "{'a': 1 as y}", "{**r.x}", "{** r, **s}", "{'a': *x}", "{a(): b}", "{[]: b}", "{b'a': c, 'a': d}", "{'a': _, 'b': _}", "{'a': {'b': x}, 'c': x}"):
        try:
            compile(f"match x:\n case {case}: pass", "<t>", "exec")
            print(case, "-> fine")
        except SyntaxError as e:
            print(case, "->", e.msg, e.lineno, e.offset)
