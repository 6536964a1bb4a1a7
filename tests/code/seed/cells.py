def outer(a):
    b = 1
    def inner(c=a):
        nonlocal b
        b += c
        def deep(): return a, b, c
        return deep
    r = inner(), inner(5)
    del a
    try: r[0]()
    except NameError as e: print(e)
    a = 9
    return [f() for f in r], locals().keys() >= {"a", "b"}
print(outer(2))
class C:
    k = 5
    def f(self): return __class__.__name__, super().__repr__()[:5]
    def g(x=k): return x
    z = [k for k in range(3)]
print(C().f()[0], C.g(), C.z, C.k)
def fs(): return [lambda i=i: i for i in range(3)]
print([f() for f in fs()])
