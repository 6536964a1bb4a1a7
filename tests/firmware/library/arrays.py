# array and the buffer protocol.
from array import array
import struct

a = array("h", [1, -2, 300])
print(a, len(a), a[0], a[-1], a[1:], a.typecode, a.itemsize, a.tolist(), a.tobytes())
a.append(4)
a.extend([5, 6])
a[0] = 7
a[1:3] = array("h", [8, 9, 10])
del a[0]
a.insert(1, 11)
print(a, a.pop(), a.index(11), a.count(5), 9 in a, list(a), a == array("h", a), a < array("h", [99]))
a.reverse()
a += array("h", [1])
a.remove(1)
print(a, a + array("h", [2]), array("b", [1, 2]) * 2, array("d"), array("f", [0.5])[0], array("H", b"\x01\x00\x02\x00"))
struct.pack_into("<h", a, 2, -1)
print(a[1], memoryview(a)[1], bytes(memoryview(array("B", b"xyz"))), sum(a))
a.byteswap()
print(a[1])
for f in (lambda: array("q", [1])[1], lambda: array("b", ["x"]), lambda: a.extend(array("b")), lambda: array("z"), lambda: a.remove(5000)):
    try:
        f()
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__)
with memoryview(a):
    try:
        a.append(1)
    except BufferError:
        print("BufferError")
