# Calls among many local variables: windows of callees lie over temporaries, never over variables.
n=200
decl="".join(f"    a{i}={i}\n" for i in range(n))
uses="["+",".join(f"a{i}" for i in range(n))+"]"
params=",".join(f"p{i}" for i in range(180))
src=f"""
def gen(x, *args, k=5, **kw):
{decl}
    y = yield x
    z = yield {uses}
    yield (y, z, args, k, kw)
def cells({params}):
    def inner(): return p179, p0
    q0=q1=q2=q3=1
    return inner, [p for p in (p178, p179)], p179
def many(g):
{decl}
    class C:
        x = a199
    with g(C) as w:
        a3 = w
    def deco(f): return f
    @deco
    def h(t=a198): return t + a199
    d = {{k: v for k, v in zip("ab", (a150, a151))}}
    s = sorted([3, 1, 2], key=lambda v: -v)
    assert a199 == 199, str(a199)
    return h(), C.x, a3.__class__.__name__, d, s, {uses} == list(range({n})), a3
class Ctx:
    def __init__(self, c): self.c = c
    def __enter__(self): b = [i for i in range(3)]; return self
    def __exit__(self, *a): q=w=e=r=t=y=1; return False
g = gen(1, 2, 3, k=7, z=9)
print(next(g), g.send('y') == list(range(200)), g.send('z'))
i, l, m = cells(*range(180))
print(i(), l, m)
for _ in range(3): print(many(Ctx)[:5])
def f():
{decl}
    del a199
    try: a199
    except UnboundLocalError as e: print(e)
    loc = locals()
    import sys
    fr = sys._getframe()
    fr.f_locals['a198'] = 'changed'
    return len(loc), loc['a180'], a198
print(f())
"""
exec(src)

# A callee with many registers, called by a function with many variables.
exec("def wide(c):\n" + "".join(f"    b{i} = -{i}\n" for i in range(150)) + "    return len([b3, c])\n")
exec("def caller(f):\n" + "".join(f"    a{i} = {i}\n" for i in range(300)) + "    f(1)\n    f(c=2)\n    f(*[3])\n    return [" + ", ".join(f"a{i}" for i in range(300)) + "]\n")
for _ in range(3):
    print(caller(wide) == list(range(300)))


# Variables that have no value yet, among many.
def junk(n):
    return [n] * 5 if n < 1 else (junk(n - 1), [n], (n, n), "x%d" % n)


exec("def maybe(c):\n    if c:\n" + "".join(f"        a{i} = {i}\n" for i in range(300)) + "    return a299\n")
exec("def names(c):\n" + "".join(f"    a{i} = {i}\n" for i in range(300)) + "    return locals()\n")
junk(50)
print(maybe(1))
try:
    print(maybe(0))
except UnboundLocalError as e:
    print(e)
junk(50)
print(len(names(0)), names(0)["a0"], names(0)["a299"])

# Bound methods of bound methods.
import types


def count(*args):
    return len(args), args[:3]


m = count
for i in range(50):
    m = types.MethodType(m, i)


def call_it(m):
    a, b, c, d = 1, 2, 3, 4
    r = m(), m(a), m(a, b)
    return r, a, b, c, d


for _ in range(3):
    print(call_it(m))

# A module's code as a function, and functions as class bodies.
print(types.FunctionType(compile("x", "", "eval"), {"x": 1})())


def f():
    pass


f.__code__ = compile("y = 5\nprint(y)", "", "exec")
f()
print(y)
print(__build_class__(lambda: 3, "X").__name__)
try:
    __build_class__(lambda a: a, "Y")
except TypeError as e:
    print(e)


def positional(a, /, b: 1, *, c: 2): pass


def order(a: print("a"), /, b: print("b"), *c: print("c"), d: print("d"), **e: print("e")): pass


print(list(order.__annotations__))
