# odd_arguments_classes.py - which of several mistakes is told: classes with half a protocol, conversions, operands that are sequences.
# SPDX-License-Identifier: MIT


def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, repr(e.__context__))


def section(f):
    print("==", f.__name__)
    f()


@section
def classes():
    def f():
        class C(object, z=1): pass
    t(f)
    class M:
        class N: pass
    t(lambda: type('a.b',(),{},k=1)); t(lambda: M.N.__init_subclass__(x=1)); t(lambda: M.N.__init_subclass__(1)); t(lambda: int.__init_subclass__(x=1)); t(lambda: M.N.__subclasshook__()); t(lambda: int.from_bytes()); t(lambda: M.N.__dir__()); 
    def g():
        try: raise_()
        except* NameError as e:
            tb=e.__traceback__; n=[]
            while tb: n.append((tb.tb_frame.f_code.co_name,tb.tb_lineno)); tb=tb.tb_next
            print(n, e.__context__, e.__cause__)
            tb=e.exceptions[0].__traceback__; n=[]
            while tb: n.append((tb.tb_frame.f_code.co_name,tb.tb_lineno)); tb=tb.tb_next
            print(n)
        try:
            (lambda: 1/0)()
        except* ZeroDivisionError as e:
            tb=e.__traceback__; n=[]
            while tb: n.append((tb.tb_frame.f_code.co_name,tb.tb_lineno)); tb=tb.tb_next
            print(n)
    t(g)
    for s in ((1,),('1a',),('__dict__','__dict__'),('a','__weakref__','__weakref__'),5,'x',(),('x',)):
        for b in (int,tuple,bytes,list):
            t(lambda: type('T',(b,),{'__slots__':s,'x':1}))
    class D:
        def __setitem__(s,*a): pass
    class E:
        def __delitem__(s,*a): pass
    class F(list):
        def __setitem__(s,*a): pass
    class G: pass
    def d(x): del x[0]
    def s(x): x[0]=1
    for c in (D,E,F,G): t(lambda: d(c())); t(lambda: s(c()))
    class P1:
        def __rpow__(s,o): return 'r'
    class P2:
        def __pow__(s,o,m=None): return 'p'
    for a in (P1,P2,G):
        for b in (P1,P2,G,int):
            for m in (None,3,P1(),P2()): t(lambda: pow(a(),b(),m))
    class A1:
        def __radd__(s,o): return NotImplemented
    t(lambda: A1()+A1()); t(lambda: A1()+G()); t(lambda: G()+A1())
    class DD:
        def __set__(s,o,v): pass
    class HH:
        d=DD()
    def dl(x): del x.d
    t(lambda: dl(HH()))
    class DE:
        def __delete__(s,o): pass
    class HE: e=DE()
    def se(x): x.e=1
    t(lambda: se(HE()))


@section
def conversions():
    class K(int): pass
    class K2(int):
        def __new__(c,*a): return int.__new__(c,*a)
    class K3(K2): pass
    class E1(Exception): pass
    for c in (K,K2,K3,E1,int,list,str): t(lambda: object.__new__(c)); t(lambda: list.__new__(c)); t(lambda: BaseException.__new__(c))
    class S(str):
        def __bytes__(s): return b'by'
    t(lambda: bytes(S('x'))); t(lambda: bytes('x')); t(lambda: bytearray(S('x'))); t(lambda: bytes(S('x'),'ascii'))
    class F(float):
        def __complex__(s): return 1j
    class I(int):
        def __complex__(s): return 2j
    class C(complex):
        def __complex__(s): return 3j
    t(lambda: complex(F(1))); t(lambda: complex(I(1))); t(lambda: complex(C(1))); t(lambda: complex(F(1),2)); t(lambda: complex(1,C(1))); t(lambda: complex(C(2),1))
    b=bytearray(b'abc'); m=memoryview(b)
    t(lambda: b.__delitem__(slice(4,0,10))); t(lambda: b.__delitem__(slice(4,0,1))); t(lambda: b.__setitem__(slice(4,0,10),b'')); t(lambda: b.__delitem__(slice(0,0,-1)))
    class L(list):
        def __len__(s): return 0
    t(lambda: int.from_bytes(L([1,2]),'big'))


@section
def right_operands_of_sequences():
    class R:
        def __rmul__(s,o): return 'rmul'
        def __radd__(s,o): return 'radd'
        def __index__(s): return 2
    class N(R):
        def __rmul__(s,o): return NotImplemented
        def __radd__(s,o): return NotImplemented
        def __iter__(s): return iter([7])
    class I(int): pass
    class RI(int):
        def __rmul__(s,o): return 'rmul int'
    class L(list): pass
    def im(x,y): x*=y; return x
    def ia(x,y): x+=y; return x
    for a in ([1],(1,),'a',b'x',bytearray(b'y'),L([1]),3,1.5,{1:2}):
        for b in (R(),N(),I(2),RI(2)):
            c=type(a)
            t(lambda: c(a)*b); t(lambda: c(a)+b); t(lambda: im(c(a),b)); t(lambda: ia(c(a),b))
    class Z:
        def __init__(s,f): s.f=f
        def __index__(s): s.f(); return 1
    for n in (10,):
        for f in ('clear','pop','reverse',lambda q: q.extend(b'0'*500)):
            q=bytearray(n)
            g=getattr(q,f) if isinstance(f,str) else (lambda: f(q))
            t(lambda: len(q.hex('-',Z(g))))


@section
def slots_below_a_class():
    class H(int): pass
    t(lambda: type("T", (H,), {"__slots__": ("a",)}))
    t(lambda: type("T", (H,), {"__slots__": ()}).__slots__)


@section
def asked_once():
    class Z:
        n = 0
        def __index__(s): s.n += 1; return 2
    for q in ([1, 2], (1,), "a", b"b", bytearray(b"c")):
        for m in ("__mul__", "__rmul__", "__imul__"):
            z = Z()
            t(lambda: (getattr(q, m)(z), z.n)); t(lambda: getattr(q, m)("x"))
    m = memoryview(b"ab")
    for s in ([2, True], [True, 2], [2.0], [-1], [2 ** 70], ["x"], [2], [0, 2], [1, 1, 2], (2, 1)): t(lambda: m.cast("B", s).tolist())
    t(lambda: type("a", (), None)); t(lambda: type(None, (), {})); t(lambda: type("a", None, {}))
