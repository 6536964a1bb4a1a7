# comp_locals.py - what frames show of inlined comprehensions, texts of annotations, and other things that the compiler remembers.
# SPDX-License-Identifier: MIT
from __future__ import annotations

import sys


def t1(p):
    print([sorted(locals()) for x in [1]])
def t2(p): print([sorted(locals()) for x in [1] for y in [2]])
def t3(p):    print([sorted(locals()) for x in [1] for y in [sorted(locals())]])
def t4(p):    print([locals() for p in [7]], p)
def t5(p):    print([sorted(locals()) for x in [1] if (lambda: x)() or 1])
def t6(p):    print([(sorted(locals()), lambda: p)[0] for p in [1]])
def t7(p):    print([(sorted(locals()), [sorted(locals()) for z in [3]]) for x in [1]])
def t8(p):    print({k: sorted(locals()) for k, v in [(1, 2)]})
def t9(p):    print([sys._getframe().f_locals['x'] for x in [1, 2]])
def t10(p):    print([sys._getframe().f_locals.__setitem__('x', 5) or x for x in [1, 2]])
def t11(p):    print([dir() for x in [1]], dir())
def t12(p):   print([eval('x+p') for x in [1]])
def t14(p):
    x = 1
    print([locals() for x in [2]], x)
def t15(p):
    x = 1
    print([[locals() for x in [3]] for x in [2]], x)
def t16(p):
    x = 1
    del x
    print([locals() for x in [2]])
def t18(p):
    try: [1/x for x in [0]]
    except Exception as e: print(sorted(e.__traceback__.tb_frame.f_locals))
def t19(p):
    return [(sorted(locals()), [lambda: x for y in [1]])[0] for x in [1]]
def t20(p):
    print([x for x in [1]], sorted(locals()))
    print([x for x in sorted(locals())], {k for k in [2]})


for name, function in list(globals().items()):
    if name[0] == "t" and name[1:].isdigit():
        print(name, end=" ")
        try: function(3)
        except Exception as e: print(repr(e))
print([eval("x") for x in [1, 2]], [eval("x + y") for x in [1, 2] for y in [x]])


def f(a: 1/0, b: (x if y else z), c: lambda*a,k=1,**q:(1,2), d: [i for i in(1,2)if i>2], *e: (*Ts,), g: {**a,'b':2}, h: {1,2,3}, **i: x[1:2,::3,...]) -> -(-1)**2**-3: pass
for k,v in f.__annotations__.items(): print(k,repr(v))
def f(a: (1).real, b: 1e400+1e400j, c: u'x' 'y', d: f"{a!r:>{w}} {{x}} { {1:2} } '\n", e: not a and b or (c or d), f: (a and b) if (c,d) else (lambda: 0), g: f(*a,b,**k,c=1), h: f(x for x in y), i: (), j: (1,), k: a.b.c[d], l: a<b<=c is not d not in e, m: {a:b for a,b in c}, n: {a async for a in b}, o: (a+b)*c-d//e%f@g<<1|2^3&~4, p: b'x'+b"'", q: tuple[*Ts], r: lambda x,/,y=1,*,z=2: x, s: -1, t: (a**b)**c, u: (await_)(1)[2].x, v: Callable[[int], str], w: """tri
ple""", x: 0xff, y: 1_000, z: None) -> (not x): pass
for k,v in f.__annotations__.items(): print(k,repr(v))
class K:
    __x: list[ __y ]
    z: "quoted"
print(K.__annotations__)


def tabs():
    """first	tab
	second
		third	end"""


print(repr(tabs.__doc__))
print(eval(compile("__debug__", "f", "eval", optimize=1)), __debug__)


def handling():
    try: raise ValueError("inner")
    except ValueError:
        try: yield
        except KeyError as e: yield repr(e.__context__)


g = handling()
next(g)
try: raise OSError
except OSError: print(g.throw(KeyError("x")))
try:
    try: raise OSError("a")
    except OSError: handling().throw(KeyError("y"))
except KeyError as e: print(repr(e.__context__))


class Exporter:
    def __buffer__(self, flags):
        self.view = memoryview(bytearray(b"abc"))
        return self.view

    def __release_buffer__(self, view):
        print("release", view is self.view)
        if self.fail: raise ValueError("ignored")
    fail = False


with memoryview(Exporter()) as m: print(m.tolist())
print(bytes(Exporter()), bytearray(b"x") + Exporter(), b"".join([Exporter()]))
