# code_objects.py - code objects: attributes, positions, replace(), types.CodeType(), equality.
# SPDX-License-Identifier: MIT
import types, sys
def err(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print("  ",type(e).__name__, e)
    else: print("  ->", r if not isinstance(r,types.CodeType) else "code")
def f(a,b,/,c,*d,e=1,**g):
    "doc"
    x=1
    def inner(): return x,c
    return [i for i in d]
C=f.__code__
for n in ("co_argcount","co_posonlyargcount","co_kwonlyargcount","co_nlocals","co_varnames","co_freevars","co_cellvars","co_name","co_qualname","co_firstlineno"):
    print(n,getattr(C,n))
print(hex(C.co_flags), C.co_consts[0], C.co_names, type(C.co_code), type(C.co_stacksize), type(C.co_linetable), type(C.co_exceptiontable), C.co_filename==err.__code__.co_filename)
inner=[k for k in C.co_consts if isinstance(k,types.CodeType)][0]
print(inner.co_freevars, inner.co_name, inner.co_qualname, hex(inner.co_flags))
for fn in (lambda:1, (lambda *a: (yield)),):
    print(hex(fn.__code__.co_flags))
async def af(): pass
async def ag(): yield
print(hex(af.__code__.co_flags),hex(ag.__code__.co_flags))
print(sorted(set(l-C.co_firstlineno for _,_,l in C.co_lines() if l) - {0}))
err(C.replace); print(C.replace()==C, hash(C.replace())==hash(C), C==f.__code__, C!=1)
D=C.replace(co_name="zz"); print(D.co_name, D==C, D.co_qualname)
D=C.replace(co_firstlineno=100); print(D.co_firstlineno, D==C, list(D.co_lines())[0][2])
D=C.replace(co_filename="x.py", co_qualname="Q.z"); print(D.co_filename,D.co_qualname, D==C)
err(C.replace,co_nope=1); err(C.replace,5); err(C.replace,co_name=5); err(C.replace,co_argcount="x"); err(C.replace,co_consts=[]); err(C.replace,co_code="x")
err(C.replace,co_flags=C.co_flags|0x100)
print(C.replace(co_code=C.co_code)==C, C.replace(co_linetable=C.co_linetable)==C, C.replace(co_exceptiontable=C.co_exceptiontable)==C)
def k(): return 5
K=k.__code__
L=types.FunctionType(K.replace(co_consts=tuple(6 if c==5 else c for c in K.co_consts)),{})
def k2(): return "abc", 1000000
f2=types.FunctionType(k2.__code__.replace(co_consts=tuple("xyz" if c=="abc" else 7 if c==1000000 else ("xyz",7) if c==("abc",1000000) else c for c in k2.__code__.co_consts)),{})
print(f2())
def k3(a): return a.attr
print(k3.__code__.replace(co_names=("other",)).co_names, k3.__code__.replace(co_varnames=("b",)).co_varnames)
err(types.FunctionType(k3.__code__.replace(co_names=("real",)),{}),3j)
def args(c,**k):
    d=dict(co_argcount=c.co_argcount,co_posonlyargcount=c.co_posonlyargcount,co_kwonlyargcount=c.co_kwonlyargcount,co_nlocals=c.co_nlocals,co_stacksize=c.co_stacksize,co_flags=c.co_flags,co_code=c.co_code,co_consts=c.co_consts,co_names=c.co_names,co_varnames=c.co_varnames,co_filename=c.co_filename,co_name=c.co_name,co_qualname=c.co_qualname,co_firstlineno=c.co_firstlineno,co_linetable=c.co_linetable,co_exceptiontable=c.co_exceptiontable,co_freevars=c.co_freevars,co_cellvars=c.co_cellvars)
    d.update(k); return tuple(d.values())
def plain(a,b=2):
    t=0
    for i in range(a):
        try:
            t+=i*b
        except TypeError:
            t=-1
    return t
P=plain.__code__
err(types.CodeType); err(types.CodeType,1)
N=types.CodeType(*args(P)); print(N==P, N is P, hash(N)==hash(P), types.FunctionType(N,globals(),"n",(2,))(5))
for kw in (dict(co_argcount=-1),dict(co_nlocals=-1),dict(co_name=5),dict(co_names=[]),dict(co_code=b"xxx"),dict(co_consts=5),dict(co_varnames=("a",1,"t","i")),dict(co_firstlineno=7)):
    try: r=types.CodeType(*args(P,**kw)); print(kw,"ok", r==P)
    except Exception as e: print(list(kw), type(e).__name__, e)
N=types.CodeType(*args(C)); print(N==C); 
N=types.CodeType(*args(inner)); print(N==inner)
g2=compile("x=1\ny=x+1\nfor i in range(3): y+=i","<s>","exec")
N=types.CodeType(*args(g2)); ns={}; exec(N,ns); print(ns["y"], N==g2)
def genf(n):
    for i in range(n): yield i
N=types.CodeType(*args(genf.__code__)); print(list(types.FunctionType(N,globals())(3)))
# equality
def e1(): return 1
def mk(src): return compile(src,"f","exec")
print(mk("x=1")==mk("x=1"), mk("x=1")==mk("x=2"), mk("x=1")==mk("x=1.0"), mk("x=0.0")==mk("x=-0.0"), mk("x=1")==mk("\nx=1"), hash(mk("a=b"))==hash(mk("a=b")))
print(mk("def f(): pass")==mk("def f(): pass"))
