def plain(a, b=2, *c, d=4, **e): return a, b, c, d, e
def simple(a, b): return a - b
class P:
    def __init__(self, x): self.x = x
    def add(self, y): return self.x + y
    @staticmethod
    def st(a): return a
    @classmethod
    def cl(cls, a): return cls.__name__, a
p = P(3)
m = p.add
def go(n):
    t = 0
    for i in range(n):
        t = t + simple(i, 1) + p.add(i) + m(i)
        t += len(str(i)) + P.st(i)
    return t
print(go(3), plain(1), plain(1, *(5, 6), d=7, **{"z": 8}), plain(*[1], **{}), p.cl(1))
print(simple(b=1, a=5), p.add(y=2), sorted([3, 1], key=lambda v: -v), max(1, 2, key=abs))
try: simple(1)
except TypeError as e: print(e)
try: plain(1, a=2)
except TypeError as e: print(e)
import types
print(types.MethodType(types.MethodType(plain, 1), 2)(3))
