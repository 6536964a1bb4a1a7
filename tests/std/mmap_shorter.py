# Krait alone: a mapped file that becomes shorter reads as zeros where it ended (CPython: SIGBUS ends the process).
import mmap
import os
import tempfile

file = tempfile.TemporaryFile()
file.write(b"x" * 3 * mmap.PAGESIZE)
file.flush()
maps = [mmap.mmap(file.fileno(), 0), mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)]
view = memoryview(maps[0])
os.ftruncate(file.fileno(), mmap.PAGESIZE)
for m in maps:
    print(m[0], m[2 * mmap.PAGESIZE], m[mmap.PAGESIZE:] == bytes(2 * mmap.PAGESIZE), m.find(b"\0") == mmap.PAGESIZE)
print(view[mmap.PAGESIZE], view[:3].tobytes())
maps[0][2 * mmap.PAGESIZE] = 5
print(maps[0][2 * mmap.PAGESIZE], os.fstat(file.fileno()).st_size == mmap.PAGESIZE)
