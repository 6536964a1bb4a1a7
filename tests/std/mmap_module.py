# The mmap module: files as memory.
import mmap
import os
import re
import tempfile

EXPRESSIONS = r"""len(m)
m[0], m[-1], m[2:5], m[::3], m[100:], m[::-1]
m[100]
m['a']
m.__setitem__(0, 65)
m.__setitem__(0, 300)
m.__setitem__(0, 'a')
m.__setitem__(slice(0, 2), b'abc')
m.__setitem__(slice(0, 2), b'ab')
m.__setitem__(slice(0, 6, 3), b'xy')
m.__setitem__(slice(0, 2), 'ab')
m.__setitem__(100, 1)
m.__delitem__(0)
m[:]
m.read(3), m.tell(), m.readline(), m.read_byte(), m.read(), m.read(None), m.readline()
m.read_byte()
m.write_byte(3)
m.seek(0), m.seek(5, 1), m.seek(-2, 2)
m.seek(-1)
m.seek(1000)
m.seek(0, 7)
m.seek('a')
m.write(b'abc')
m.seek(0), m.write(b'abc')
m.write('abc')
m.write_byte(300)
m.write_byte(-1)
m.write_byte(65)
m.write_byte(b'a')
m.find(b'l'), m.find(b'l', 13), m.find(b'l', 0, 5), m.find(b''), m.find(b'zzz'), m.find(b'three', -5)
m.find('l')
m.rfind(b'e'), m.rfind(b'e', 0, 20), m.rfind(b'e', -3), m.rfind(b'zz'), m.rfind(b''), m.rfind(b'a' * 100)
m.size(), m.flush(), m.flush(0, 5)
m.flush(-1, 5)
m.flush(1, 5)
m.flush(0, 1000)
m.move(0, 5, 3), m[:]
m.move(0, 5, 1000)
m.move(-1, 5, 1)
m.seekable(), m.closed, repr(m)
bytes(m)[:4], list(m)[:4], 65 in m, b'a' in m, b'A' in m, 'A' in m
m.madvise(mmap.MADV_NORMAL), m.madvise(mmap.MADV_NORMAL, 0, 10)
m.madvise(mmap.MADV_NORMAL, 100)
m.madvise(mmap.MADV_NORMAL, -1)
m.madvise(mmap.MADV_NORMAL, 0, -1)
m.madvise(99)
m.resize(10), len(m), os.fstat(f.fileno()).st_size, m.tell()
m.resize(-1)
look(m)
m.close(), m.closed, repr(m), m.close()
len(m)
m[0]
m.read()
m.find(b'a')
m.__enter__()
mmap.mmap(-1, 0)
mmap.mmap(-1, -1)
mmap.mmap(f.fileno(), 1000000)
mmap.mmap(f.fileno(), 0, offset=-1)
mmap.mmap(f.fileno(), 5, offset=1)
mmap.mmap(f.fileno(), 0, offset=8192)
mmap.mmap(f.fileno(), 5, access=9)
mmap.mmap(999, 5)
mmap.mmap('a', 5)
mmap.mmap(-1, 'a')
mmap.mmap(-1, 10)
mmap.mmap(-1, 1 << 70)
mmap.mmap(f.fileno(), 5, access=mmap.ACCESS_READ)
mmap.mmap(empty.fileno(), 0)
mmap.error, mmap.mmap.__mro__, mmap.PAGESIZE == mmap.ALLOCATIONGRANULARITY
r.__setitem__(0, 1)
r.write(b'a')
r.write_byte(1)
r.move(0, 1, 1)
r.resize(3)
look(r), r.flush(), repr(r)
c.__setitem__(0, 90), c[:], r[:], c.size(), repr(c), r == c
c.resize(3)
n.size()
n.resize(3)
a.write(b'abc'), a[:4], a.size(), len(a)"""


def look(m):
    with memoryview(m) as view:
        return view.readonly, view.format, bytes(view)[:2], view.nbytes


f = tempfile.TemporaryFile()
f.write(b"0123456789\nline two\nthree")
f.flush()
empty = tempfile.TemporaryFile()
m = mmap.mmap(f.fileno(), 0)
a = mmap.mmap(-1, 10)
for expression in EXPRESSIONS.splitlines():
    if expression.startswith("r.__setitem__"):
        r = mmap.mmap(f.fileno(), 5, access=mmap.ACCESS_READ)
        c = mmap.mmap(f.fileno(), 5, access=mmap.ACCESS_COPY)
        n = mmap.mmap(f.fileno(), 5, trackfd=False)
    try:
        print(expression, "->", eval(expression))
    except Exception as e:
        print(expression, "!!", type(e).__name__, e)
view = memoryview(c)
for action in (c.close, lambda: a.resize(5)):
    try:
        print(action())
    except BufferError as e:
        print(e)
view.release()
c.close()
print(len(a))
with mmap.mmap(-1, 100) as m:
    m[10:20] = b"0123456789"
    found = re.search(rb"[3-5]+", m)
    print(found.span(), found.group())
    del found
print(m.closed)
big = tempfile.TemporaryFile()
big.truncate(3 * mmap.PAGESIZE)
with mmap.mmap(big.fileno(), 0, access=mmap.ACCESS_WRITE, offset=mmap.PAGESIZE) as m:
    m[0] = 7
    m.write(b"end")
    print(len(m) == 2 * mmap.PAGESIZE, m.size() == 3 * mmap.PAGESIZE)
print(os.pread(big.fileno(), 3, mmap.PAGESIZE))
