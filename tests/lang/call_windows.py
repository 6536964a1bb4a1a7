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
"""
exec(src)
