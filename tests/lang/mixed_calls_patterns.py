# mixed_calls_patterns.py - comprehensions, closures, wrong calls and match statements in odd mixtures.
# SPDX-License-Identifier: MIT
class X:
    __x = 1
    def __m(self): return self.__x
    def call(self): return self.__m(), self._X__x
    def kw(self, *, __k=5): return __k
print([(a, b) for a in range(3) if a for b in range(a) if b != 1], [[j for j in range(i)] for i in range(3)], {(i, j): i * j for i in range(2) for j in range(2)}, {i % 2 for i in range(5)}, [*(i for i in range(2))], [x for x, in [(1,), (2,)]], [a + b for a, (b, *c) in [(1, (2, 3))]], [x for x in [1, 2, 3] if x % 2 if x > 1], [(lambda: x)() for x in range(2)], [lambda: x for x in range(2)][0](), [x := 1 for _ in range(2)], [i for i in range(5) if (y := i) % 2], y)
def f():
    x = [1, 2]
    return [x for x in x], [x for x in [x for x in x]], x
print(f())
def f(a, b=lambda: 1, *args, **kw):
    def g():
        nonlocal a, b
        a, b = b, a
        return args, kw
    r = g()
    return a() if callable(a) else a, b, r
print(f(5), f(5, 6, 7, k=8))
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(30), fact(60) // fact(58))
import types
ns = types.SimpleNamespace(a=1); ns.b = [ns]; print(ns)
l = [1]; l.append(l); print(l, {"k": l}); dd = {}; dd["d"] = dd; print(dd); t = ([],); t[0].append(t); print(t)
def vararg(*, a, **b): return a, b
for args in ({}, {"a": 1, "b": 2}, {"c": 1}):
    try: print(vararg(**args))
    except TypeError as e: print(e)
def po(a, b, /, c): return a, b, c
for a, k in (((1,), {"b": 2, "c": 3}), ((1, 2), {"c": 3}), ((), {}), ((1, 2, 3, 4), {}), ((1, 2), {"d": 1}), ((1, 2, 3), {"c": 1})):
    try: print(po(*a, **k))
    except TypeError as e: print(e)
try: (lambda a, b: 0)(1)
except TypeError as e: print(e)
try: X().kw(1)
except TypeError as e: print(e)
try: X.call()
except TypeError as e: print(e)
try: class_err = type("A", (), {}, 5)
except TypeError as e: print(e)
match {"cmd": "go", "args": [1, 2, {"x": (3, 4)}]}:
    case {"cmd": "stop"}: print("stop")
    case {"cmd": str(cmd), "args": [int(a), *_, {"x": (b, c)}], **rest} if a < b: print(cmd, a, b, c, rest)
match "x":
    case ("y" | "x") as v: print(v)
match (1, (2, [3, 4])):
    case (int() as i, (j, [k, *l])) | ([i, j], k, l): print(i, j, k, l)
for v in (1, "a", [1, 2], {"a": 1}, None, (1,), 1.5, b"x"):
    match v:
        case bool() | int(): r = "int"
        case str(x) | bytes(x): r = x
        case [x]: r = ("one", x)
        case [x, y]: r = (x, y)
        case {"a": x}: r = x
        case None: r = "none"
        case float(): r = "fl"
    print(r, end=" ")
print()
