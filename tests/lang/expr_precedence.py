# expr_precedence.py - operator precedence and associativity, seen through objects that print their structure.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class N:
    def __init__(self, text): self.text = text
    def __repr__(self): return self.text
    def __bool__(self): return True


def binary(symbol):
    return lambda a, b: N(f"({a}{symbol}{b})")


def unary(symbol):
    return lambda a: N(f"({symbol}{a})")


for name, symbol in {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@", "lshift": "<<", "rshift": ">>", "and": "&", "or": "|", "xor": "^", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "eq": "==", "ne": "!="}.items():
    setattr(N, f"__{name}__", binary(symbol))
for name, symbol in {"neg": "-", "pos": "+", "invert": "~"}.items():
    setattr(N, f"__{name}__", unary(symbol))
N.__getitem__ = lambda a, k: N(f"{a}[{k}]")
N.__call__ = lambda a, *k: N(f"{a}({', '.join(map(str, k))})")
N.__getattr__ = lambda a, k: N(f"{a}.{k}")
N.__hash__ = None
a, b, c, d = N("a"), N("b"), N("c"), N("d")


@section
def arithmetic():
    print(a + b * c, a * b + c, a - b - c, a / b * c, a // b % c, a @ b * c, a * b @ c, a + b - c + d, a * b - c / d)
    print(a ** b ** c, -a ** b, a ** -b, (-a) ** b, -a ** -b ** -c, a * -b, a ** b * c, a * b ** c, ~a ** b, - -a, -+~a, -a + b, -a * b, a - -b, a ** ~b ** c)
    print(a << b + c, a + b << c, a << b >> c, a & b << c, a | b & c, a ^ b & c, a | b ^ c, a & b | c & d, a ^ b | c ^ d, a | b | c, ~a & b, -a << b)


@section
def comparisons():
    print(a < b + c, a + b < c, a | b == c, a == b | c, a & b != c, a < b & c, -a < -b, a < b << c)
    print(a < b < c, a == b != c, a < b > c <= d, (a < b) < c, a < (b < c))


@section
def boolean():
    print(a or b and c, a and b or c, not a or b, not a and b, not a == b, (not a) == b, a and not b, not not a, not a + b)
    print(a if b else c if d else a, (a if b else c) if d else a, a or b if c else d, a if b or c else d, a + b if c else d, (lambda: a if b else c)(), (lambda: a or b)(), not a if b else c)
    print([x for x in (a,) if a or b], [(a, b) if c else d for _ in (1,)], (yes := a or b), yes, (t := 1, 2), t)
    print(0 or [] or {} or "last", 1 and "x" and [] and 2, 0 and 1 or 2, (0 or 1) and 2, 1 or 2 and 3, not 0 and 1, not (0 and 1), 1 if 0 else 2 if 0 else 3)


@section
def primaries():
    print(a.x.y, a[b][c], a(b)(c), a.x[b](c).y, -a.x, -a[b], a.x ** b, a ** b.x, a(b) ** c(d), ~a(b), a[b + c], a(b + c, d), a[b:c], a[b, c], a[b:c, d], a.x(b)[c].z)
    print(not a.x, -a.x ** b[c], a.b.c(d)[a], (a + b).x, (a + b)[c], (a, b)[0], [a, b][1], {1: a}[1].x, (lambda: a)().x, "lit".upper()[0], 1 .real + 2, [1, 2, 3][0:2][1])


@section
def lambda_and_conditional():
    f = lambda: a, b
    print(type(f).__name__, f[0](), f[1])
    g = lambda x: x if x else lambda y: y
    print(g(1), g(0)(2))
    h = lambda x, y=1 if a else 2: x + y
    print(h(1), (lambda: (yield_ := 5))(), (lambda *x: x)(*[1, 2], 3), (lambda x: lambda y: x + y)(a)(b))
    print((lambda: 1 if 0 else 2)(), [lambda: 1, lambda: 2][1](), {"k": lambda: 3}["k"](), (lambda x=lambda: 4: x())())


@section
def await_and_star():
    async def f():
        return await g() ** 2, -await g(), await g() + 1, [await g()], (await h())[0], not await g()

    async def g(): return 3
    async def h(): return [7]
    try:
        f().send(None)
    except StopIteration as e:
        print(e.value)
    print(*[1, 2] or [3], *(a or b, c), [*[1] + [2]], [*([] or [5])], {**({} or {"k": 1})})


@section
def walrus_contexts():
    print((x := 1) + 1, [x := 2, x + 1], (x := 3, x), x)
    print(f"{(z := 4)}{z}", (lambda: (q := 1))(), {(k := "key"): (v := "value")}, k, v, (m := n_ if (n_ := 6) else 0), [1, 2, 3][(i := 1)], i)
    def f(x, y=0): return x, y
    print(f((p := 1)), f(p := 2), f(1, y=(r := 3)), p, r)
    print([last := n for n in range(3)], last, (w := 1, 2)[0], w, {s := 1}, s, a[(u := 2)], a[u := 3], u)
    if (match := 5) > 4 and (other := match * 2): print(match, other)
    while (count := locals().get("count", 0) + 1) < 3: pass
    print(count)


@section
def in_is_not():
    print(1 in [1] == True, (1 in [1]) == True, 1 in [[1]][0], not 1 in [2], 1 not in [2], not 1 is None, 1 is not None, not 1 not in [2], 1 in [1] in [[1]], None is None is None)
    print(1 + 1 in [2], 1 | 2 in [3], 2 in [1] or [2], "a" in "abc" and "z" not in "abc", 1 < 2 in [2], 1 if 2 in [2] else 3, -1 in [-1], not [] in [[]], [1] + [2] == [1, 2])
