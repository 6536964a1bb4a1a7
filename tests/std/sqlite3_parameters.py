# needs: sqlite3
# sqlite3: what statements take for parameters.
import sqlite3, collections, array
import re, warnings
warnings.simplefilter("ignore")
def t(label, f):
    try: r = f(); print(label, "->", re.sub(" at 0x[0-9a-f]+", "", repr(r)))
    except BaseException as e: print(label, "!", type(e).__name__, e, getattr(e, "sqlite_errorname", None))
c=sqlite3.connect(':memory:')
class L:
    def __len__(self): return 2
    def __getitem__(self,i): return (10,20)[i]
class D:
    def __getitem__(self,k): return k+'!'
class D2:
    def __len__(self): return 2
    def __getitem__(self,k): return k+'!'
class K:
    def keys(self): return ['a']
    def __getitem__(self,k): raise ZeroDivisionError
class M(dict):
    def __missing__(self,k): return 'missing '+k
for p in (L(),D(),D2(),K(),M(),range(2),'ab',b'ab',array.array('i',[1,2]),collections.deque([1,2]),memoryview(b'ab'),collections.UserList([1,2]),collections.UserDict(a=1,b=2),iter([1,2]),{1,2},None,type):
    t('seq %s'%type(p).__name__,lambda:c.execute('select ?,?',p).fetchall())
    t('map %s'%type(p).__name__,lambda:c.execute('select :a,:b',p).fetchall())
