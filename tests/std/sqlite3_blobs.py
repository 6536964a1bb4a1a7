# needs: sqlite3
# sqlite3: blobs, serialize and deserialize, backups, limits, counts of rows.
import sqlite3
import re, warnings
warnings.simplefilter("ignore")
def t(label, f):
    try: r = f(); print(label, "->", re.sub(" at 0x[0-9a-f]+", "", repr(r)))
    except BaseException as e: print(label, "!", type(e).__name__, e, getattr(e, "sqlite_errorname", None))
c=sqlite3.connect(':memory:')
c.execute('create table t(b)'); c.execute("insert into t values(x'00112233445566778899')"); c.execute("insert into t values(5)")
t('open',lambda:c.blobopen('t','b',2))
t('open',lambda:c.blobopen('t','b',9))
t('open',lambda:c.blobopen('t','b','x'))
t('open',lambda:c.blobopen('t','b',2**70))
t('open',lambda:c.blobopen('t\0','b',1))
t('open',lambda:c.blobopen(1,'b',1))
b=c.blobopen('t','b',1)
t('read',lambda:b.read(-5)); t('tell',lambda:b.tell()); t('read',lambda:b.read(3)); b.seek(0)
t('read',lambda:b.read('x')); t('read',lambda:b.read(0))
t('seek',lambda:b.seek('x')); t('seek',lambda:b.seek(2,1)); t('seek',lambda:b.seek(2**31-1,1)); t('seek',lambda:b.seek(2**40))
t('write',lambda:b.write('x')); t('write',lambda:b.write(5)); t('write',lambda:b.write(b'')); t('write',lambda:b.write(b'z'*11))
def s(k,v):
    b[k]=v
for k,v in ((0,'x'),(0,5.0),(0,256),(0,-1),(0,2**70),(99,1),('x',1),(slice(0,2),b'a'),(slice(0,2),'ab'),(slice(0,2),b'ab'),(slice(0,4,2),b'xy'),(slice(0,4,2),5),(slice(0,2,0),b''),(slice(3,1),b''),(2**70,1)):
    t('set %r %r'%(k,v),lambda:s(k,v))
t('all',lambda:b[:])
def d(k): del b[k]
t('del',lambda:d(0)); t('del',lambda:d(slice(0,1)))
t('iter',lambda:iter(b)); t('in',lambda:1 in b); t('len',lambda:len(b)); t('list',lambda:list(b))
t('hash',lambda:hash(b)==hash(b)); t('new',lambda:sqlite3.Blob())
t('enter',lambda:b.__enter__() is b); t('exit',lambda:b.__exit__(1,2,3)); t('len',lambda:len(b)); t('close',lambda:b.close()); t('enter',lambda:b.__enter__())
t('repr',lambda:type(b))
b=c.blobopen('t','b',1); c.execute('delete from t where rowid=1'); t('expired',lambda:b.read()); t('expired',lambda:len(b)); t('expired',lambda:b.write(b'x'))
t('slice',lambda:b[0:2]); t('close', lambda:b.close())
c.execute("insert into t(rowid,b) values(1,x'0011')")
b=c.blobopen('t','b',1); c.close(); t('closed',lambda:b.read()); t('close',lambda:b.close()); t('len',lambda:len(b))
c=sqlite3.connect(':memory:')
t('ser',lambda:c.serialize()); c.execute('create table t(a)'); t('ser',lambda:len(c.serialize())); t('ser',lambda:c.serialize(name='temp')); t('ser',lambda:c.serialize(name='nope')); t('ser', lambda:c.serialize(name=5))
data=c.serialize()
c2=sqlite3.connect(':memory:'); t('des',lambda:c2.deserialize(data)); t('des',lambda:c2.execute('select * from t').fetchall()); t('w',lambda:c2.execute('insert into t values(1)')); c2.commit()
t('des',lambda:c2.deserialize('x'));
c2.execute('begin'); t('des in tr',lambda:c2.deserialize(data))
c2.close()
c2=sqlite3.connect(':memory:'); t('des bad',lambda:c2.deserialize(b'x'*100)); 
t('b',lambda:c.backup(c2)); t('b',lambda:c.backup(c)); t('b',lambda:c.backup('x')); t('b',lambda:c.backup(c2,pages=0)); t('b',lambda:c.backup(c2,name='qq')); t('b',lambda:c.backup(c2,sleep='x'))
t('b',lambda:c.backup(c2,progress=5)); t('b',lambda:c.backup(c2,progress=print))
t('lim',lambda:c.getlimit(-1)); t('lim',lambda:c.setlimit(1,-5)); t('lim',lambda:c.setlimit('x',1))
t('cfg',lambda:c.setconfig(1002)); t('cfg',lambda:c.getconfig(1002)); t('cfg',lambda:c.setconfig(1002,False)); t('cfg',lambda:c.setconfig(5)); t('cfg',lambda:c.getconfig(1009))
for p in (range(3),):
    c.execute('create table r(a)')
cu=c.execute('insert into r values(7),(8) returning a'); print(cu.rowcount,cu.description,cu.fetchone(),cu.rowcount,cu.fetchall(),cu.rowcount,cu.lastrowid)
cu=c.execute('update r set a=a+1'); print(cu.rowcount,cu.description,cu.lastrowid)
cu=c.execute('with x as (select 1) insert into r select * from x'); print(cu.rowcount,cu.description,cu.lastrowid, c.in_transaction)
cu=c.execute('select 1'); print(cu.rowcount,cu.lastrowid)
cu=c.cursor(); cu.executemany('insert into r values(?)',[]); print(cu.rowcount,cu.lastrowid,cu.description)
t('rs',lambda:cu.execute('insert into r values(?,?)',(1,2))); print(cu.rowcount)
t('chk', lambda:c.executescript('create table u(a unique); insert into u values(1); insert into u values(1); insert into u values(2)')); print(c.in_transaction)
t('chk', lambda:c.execute('insert into u values(1)')); 
t('chk', lambda:c.executemany('insert into u values(?)',[(5,),(6,),(5,)])); print(c.execute('select * from u').fetchall())
t('nosuch', lambda:c.execute('select * from nosuch'))
t('syn', lambda:c.execute('selec'))
c=sqlite3.connect(':memory:')
cu=c.cursor(); cu.row_factory=lambda cur,row:cur.execute('select 5') and 8
c.row_factory=lambda cur,row:c.close()
c=sqlite3.connect(':memory:'); cu=c.cursor()
t('nested', lambda:(c.create_function('n',1,lambda x:c.execute('select ?+1',(x,)).fetchone()[0]),c.execute('select n(n(1))').fetchall()))
t('nested same', lambda:(c.create_function('n',1,lambda x:cu.execute('select ?+1',(x,)).fetchone()[0]),cu.execute('select n(n(1))').fetchall()))
calls=[]
c.create_function('k',1,lambda x:calls.append(x) or x)
cu.execute('select k(a) from (select 1 a union select 2 union select 3)'); print(calls); cu.fetchone(); print(calls); cu.fetchall(); print(calls)
