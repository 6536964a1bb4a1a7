class N:
    def __init__(self, v): self.v = v
    def __matmul__(self, o): return "mm"
    def __imatmul__(self, o): return "imm"
    def __contains__(self, o): return o == 1
n = N(1)
def f(a, b, s):
    r = [a + 1, a + 1000, a & b, a & 7, a // b, a // 3, a > b, ~a, a <= b, a << b, a << 2, n @ n, a % b, a != b, 3 not in s, a | b]
    r += [a >> b, a >> 1, a - 1, a - 1000, a / b, a ^ b, a * b, a * 3, a / 2, a % 5, a ** b, +a, -a, not a]
    n2 = n
    n2 @= n
    a -= b
    t = 0
    if a > b: t += 1
    if a >= b: t += 2
    if a < b: t += 4
    if a <= b: t += 8
    if a == b: t += 16
    if a != b: t += 32
    if not a > 5: t += 64
    if not a >= 5: t += 128
    if not a < 5: t += 256
    if not a <= 5: t += 512
    if a == 5: t += 1024
    if a != 5: t += 2048
    if a in s: t += 4096
    if a not in s: t += 8192
    if a is not None: t += 1
    if a is s: t += 2
    if not (a is None or b is None): t += 3
    return r, n2, a, t
print(f(9, 2, {3, 7}))
print(f(2.5, 0.5, [2.5]) if 0 else f(200, 3, n))
def g():
    x = N(2)
    x.w = 5
    del x.w
    def h():
        nonlocal x
        del x
    h()
    try: return x
    except NameError as e: return str(e)
print(g())
from collections.abc import *
print(Sized.__name__, 1 if x_unknown is None else 2) if (x_unknown := None) is None else 0
class G[T]:
    def m[U](self, x: T, y: U) -> list[U]: return [x, y]
    type A = T
    class I[V: "G"]: k: V
print(G[int]().m(1, 2), G.A.__name__, G.I.__type_params__)
x = 5.0
for i in (1, 2.5, 10 ** 20):
    print(i + x, i - x, i * x, i / x, i // x, i % x, i < x, i == x, -i)
