# odd_arguments.py - which of several mistakes is told, and in which words; values that fit nowhere; what fuzzing found.
# SPDX-License-Identifier: MIT


def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, repr(e.__context__))


def section(f):
    print("==", f.__name__)
    f()


@section
def values():
    class L(list): pass
    class N:
        def __str__(s): return 'an N'
    class LM(list):
        def __mul__(s,o): return NotImplemented
    def im(x,y): x*=y; return x
    for a in ([1],L([1]),LM([1]),'a',(1,),b'x',bytearray(b'x')):
        for b in ('a',1.5,N(),None): t(lambda: a*b); t(lambda: b*a); t(lambda: im(a,b)); t(lambda: a.__mul__(b)); t(lambda: a.__rmul__(b))
    def gen(log):
        try: yield 1
        finally:
            log.append(1); raise KeyError
    def g():
        x=gen([]); next(x)
        try: raise TypeError
        finally: x.close()
    def h():
        x=gen([]); next(x)
        try: raise TypeError
        except TypeError: x.close()
    def k():
        x=gen([]); next(x)
        try: raise TypeError
        except TypeError: x.throw(ValueError)
    def ctx(f):
        try: f()
        except BaseException as e:
            while e is not None: print(repr(e),end=' '); e=e.__context__
            print()
    ctx(g);ctx(h);ctx(k)
    for s in (1,None,'ab','é',b'-',b'--','\ud800'):
        for n in (None,'x',1,1.5,2**70): t(lambda: b'abcd'.hex(s,n)); 
        t(lambda: b'abcd'.hex(s)); t(lambda: memoryview(b'ab').hex(s,None)); t(lambda: bytearray(b'ab').hex(bytes_per_sep='x'))
    for f in ('é','\ud800','','bb','@b','<b','x',3,None,'c','@','😀'): t(lambda: memoryview(b'ab').cast(f).tolist()); t(lambda: memoryview(b'ab').cast(f,[2]).tolist())
    for m in ('find','index','count','startswith','endswith','rfind'):
        for r in ('abc',b'abc',bytearray(b'abc')):
            for x in ('a',1.5,None,N(),2**80): 
                y = r[:1]
                t(lambda: getattr(r,m)(y,x)); t(lambda: getattr(r,m)(y,0,x))
    for r in ([1,2],(1,2)):
        for x in ('a',1.5,None,N(),2**80): t(lambda: r.index(2,x)); t(lambda: r.index(2,0,x)); t(lambda: r[x:]); t(lambda: r[::x])
    t(lambda: (int|str)(1)); 
    def u(v): a,b=v
    for v in (list[int], 5, None, N, N(), int, 1.5, ...): t(lambda: u(v))
    for f in (5,None,N(),'a'):
        t(lambda: f(**{1:2})); t(lambda: f(*1)); t(lambda: f(*1,**2)); t(lambda: f(**3))
    class X(Exception): pass
    for f in (len,print,(lambda **k:k),'a'.join,dict.fromkeys,sorted):
        t(lambda: f(**{1:2})); t(lambda: f(1,**{1:2})); t(lambda: f(1,x=1,**{1:2}))
