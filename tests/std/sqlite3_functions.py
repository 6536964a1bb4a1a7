# needs: sqlite3
# sqlite3: functions, aggregates, windows, collations, authorizers, traces, progress; and errors in them.
import sqlite3, sys
import re, warnings
warnings.simplefilter("ignore")
def t(label, f):
    try: r = f(); print(label, "->", re.sub(" at 0x[0-9a-f]+", "", repr(r)))
    except BaseException as e: print(label, "!", type(e).__name__, e, getattr(e, "sqlite_errorname", None))
c=sqlite3.connect(':memory:')
sqlite3.enable_callback_tracebacks(True)
sys.unraisablehook=lambda u:print('  unraisable',u.exc_type.__name__,u.exc_value,u.err_msg,type(u.object).__name__)
def f(x): return x
for v in (1,2.5,'a\0b',b'x',None,True,10**30,(1,),object(),bytearray(b'q'),memoryview(b'zz'),'\ud800',float('nan'),type('S',(str,),{})('sub'),type('I',(int,),{})(7)):
    c.create_function('g',0,lambda:v)
    t('ret %s'%type(v).__name__,lambda:c.execute('select g(), typeof(g())').fetchall())
c.create_function('g',0,lambda:1/0)
t('err',lambda:c.execute('select g()').fetchall())
def ex(e):
    def f(): raise e
    return f
for e in (MemoryError,OverflowError,SystemExit,ValueError):
    c.create_function('g',0,ex(e)); t('exc %s'%e.__name__,lambda:c.execute('select g()').fetchall())
class A:
    def __init__(self): print('init')
    def step(self,*a): print('step',a)
    def finalize(self): print('finalize'); return 5
c.create_aggregate('agg',-1,A)
t('agg',lambda:c.execute('select agg(1,2)').fetchall())
t('agg0',lambda:c.execute('select agg(1) where 0').fetchall())
class B(A):
    def step(self,*a): print('step'); 1/0
c.create_aggregate('agg',-1,B)
t('aggB',lambda:c.execute('select agg(x) from (select 1 x union select 2)').fetchall())
class B(A):
    def __init__(self): 1/0
c.create_aggregate('agg',-1,B)
t('aggB',lambda:c.execute('select agg(x) from (select 1 x union select 2)').fetchall())
class B(A):
    def finalize(self): 1/0
c.create_aggregate('agg',-1,B)
t('aggB',lambda:c.execute('select agg(x) from (select 1 x union select 2)').fetchall())
class B:
    def step(self,x): pass
c.create_aggregate('agg',-1,B)
t('aggB',lambda:c.execute('select agg(x) from (select 1 x union select 2)').fetchall())
class B:
    def finalize(self,x): pass
c.create_aggregate('agg',-1,B)
t('aggB',lambda:c.execute('select agg(x) from (select 1 x union select 2)').fetchall())
c.create_function('g',0,None)
c.create_collation('cc',lambda a,b:1/0)
t('coll',lambda:c.execute("select 1 union select 2 order by 1 collate cc").fetchall())
c.create_collation('cc',None)
c.create_collation('CC2',lambda a,b:(a>b)-(a<b))
t('coll',lambda:c.execute("select 'a' x union select 'b' order by 1 collate cC2 desc").fetchall())
log=[]
def auth(*a): log.append(a); return 0
c.set_authorizer(auth); c.execute("create table t(a)"); c.execute('select a from t'); print(log)
for r in (None,'x',1.0,1,2,7,2**40,True,ZeroDivisionError):
    def auth(*a):
        if r is ZeroDivisionError: 1/0
        return r
    c.set_authorizer(auth); t('auth %r'%(r,),lambda:c.execute('select a from t').fetchall())
c.set_authorizer(None)
c.set_trace_callback(lambda s:print('  trace',repr(s)))
c.execute('insert into t values(?)',(5,)); c.executescript('select 1; select 2'); c.commit()
c.executescript('create trigger tr after insert on t begin select 1; end;')
c.execute('insert into t values(?)',("it's",)); c.rollback()
c.set_trace_callback(lambda s:1/0)
t('trace',lambda:c.execute('select 9').fetchall())
c.set_trace_callback(None)
c.set_progress_handler(lambda:1/0,1)
t('progress',lambda:c.execute('select 10').fetchall())
c.set_progress_handler(lambda:1,1)
t('progress',lambda:c.execute('select 10').fetchall())
c.set_progress_handler(None,1)
# window
class W:
    def __init__(self): self.n=0
    def step(self,x): self.n+=x
    def inverse(self,x): self.n-=x
    def value(self): return self.n
    def finalize(self): return self.n
c.create_window_function('w',1,W)
t('w',lambda:c.execute('select x,w(x) over (order by x rows between 1 preceding and 1 following) from (select 1 x union select 2 union select 3)').fetchall())
for m in ('__init__','step','inverse','value','finalize'):
    B=type('B',(W,),{m:lambda *a:1/0})
    c.create_window_function('w',1,B)
    t('w '+m,lambda:c.execute('select x,w(x) over (order by x rows between 1 preceding and 1 following) from (select 1 x union select 2 union select 3)').fetchall())
    if m!='__init__':
        B=type('B',(),{k:v for k,v in vars(W).items() if k!=m})
        c.create_window_function('w',1,B)
        t('w no '+m,lambda:c.execute('select x,w(x) over (order by x rows between 1 preceding and 1 following) from (select 1 x union select 2 union select 3)').fetchall())
t('w none',lambda:c.create_window_function('w',1,None))
t('w bad',lambda:c.create_window_function('w',-7,W))
