# struct_module.py - struct: every code in every byte order, limits, errors, buffers, Struct and iter_unpack.
# SPDX-License-Identifier: MIT
import struct


class Index:
    def __index__(self): return 5


class Bad:
    def __index__(self): raise KeyError("x")


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)

values = """-1 2**7 2**8 -2**7-1 2**15 2**16 -2**15-1 2**31 2**32 -2**31-1 2**63 2**64 -2**63-1 2**100 1.5 "a" b"a" b"ab" None Index() Bad() 1e39 True
    bytearray(b"z") float("nan") float("-inf") 65519.9 65520.0 5e-8 -0.0 0.1 10**400""".split()
native = ("",) if struct.calcsize("P") == 8 else ()  # numbers and places of 64-bit machines
for order in native + ("<", ">"):
    for code in "cbB?hHiIqQefdspx" + ("" if order else "nNP"):
        for value in values: show(f"struct.pack({order + code!r}, {value})")
        show(f"struct.calcsize({order + '3' + code!r}), struct.calcsize({order + 'b' + code + 'b'!r}), struct.calcsize({order + 'b0' + code!r})")
        for data in (b"\x80" * 8, b"\xff" * 8, b"\x01\x02\x03\x04\x05\x06\x07\x08", b"\x00" * 8):
            show(f"struct.unpack_from({order + 'x' + code!r}, {data * 3!r})")
for order in ("=", "!", "<", "@"):
    for code in "lLP":
        if order != "@": show(f"struct.calcsize({order + code!r})")
        if order != "@" and code != "P": show(f"struct.unpack({order + code!r}, struct.pack({order + code!r}, 70000))")
print(struct.calcsize("l") == struct.calcsize("n") == struct.calcsize("P"))
for bits in range(0, 65536, 97):  # half precision, both ways
    data = bits.to_bytes(2, "little")
    x, = struct.unpack("<e", data)
    if struct.pack("<e", x) != data: print(hex(bits), x, struct.pack("<e", x))
for text in r"""struct.pack()
struct.pack(1)
struct.pack('i')
struct.pack('i',1,2)
struct.pack('3')
struct.pack('i3')
struct.pack('3 i',1,2,3)
struct.pack('y',1)
struct.pack('i@',1)
struct.pack(b'<h',5)
struct.pack('é',5)
struct.pack('\0')
struct.pack('i\0',1)
struct.calcsize('99999999999999999999i')
struct.calcsize('2147483647i2147483647i')
struct.calcsize('9223372036854775808b')
struct.unpack('i',b'')
struct.unpack('i',b'12345')
struct.unpack('i')
struct.unpack('i','abcd')
struct.unpack('i',5)
struct.unpack_from('i',b'12345',2)
struct.unpack_from('i',b'12345',1)
struct.unpack_from('i',b'12345',-2)
struct.unpack_from('i',b'12345',-4)
struct.unpack_from('i',b'12345',-6)
struct.unpack_from('i',buffer=b'12345',offset=1)
struct.unpack_from('i',b'12345','a')
struct.unpack_from('i',b'12345',10**30)
struct.unpack_from(buffer=b'12345',format='i')
struct.unpack_from()
struct.pack_into('i')
struct.pack_into()
struct.pack_into('i',bytearray(4))
struct.pack_into('i',bytearray(4),0)
struct.pack_into('i',b'1234',0,1)
struct.pack_into('i',5,0,1)
struct.pack_into('i',bytearray(4),1,1)
struct.pack_into('i',bytearray(4),-1,1)
struct.pack_into('i',bytearray(4),-5,1)
struct.pack_into('i',bytearray(4),10,1)
struct.pack_into('i',bytearray(4),'a',1)
struct.pack_into('i',bytearray(4),2**70,1)
struct.pack_into('i',bytearray(4),-2**70,1)
struct.iter_unpack('i',b'12345')
struct.iter_unpack('',b'12345')
list(struct.iter_unpack('<h',b'123456'))
struct.iter_unpack('<h',5)
struct.Struct()
struct.Struct(1)
struct.Struct('i','j')
struct.Struct('i')
struct.Struct('<2h').format
struct.Struct(b'<2h').format
struct.Struct('<2h').size
struct.Struct('i').pack()
struct.Struct('i').pack(1,2)
struct.Struct('i').unpack(b'1')
struct.Struct('i').unpack_from(b'1')
struct.Struct('i').pack_into(bytearray(4))
struct.Struct('i').pack_into()
struct.Struct.__new__(struct.Struct).pack(1)
struct.Struct.__new__(struct.Struct).unpack(b'')
struct.Struct.__new__(struct.Struct).size
struct.Struct.__new__(struct.Struct).format
repr(struct.Struct.__new__(struct.Struct))
struct.pack('10s',b'abc')
struct.pack('2s',b'abc')
struct.pack('10p',b'abc')
struct.pack('2p',b'abc')
struct.pack('0p',b'abc')
struct.pack('1p',b'abc')
struct.pack('300p',b'a'*400)[:3]
struct.unpack('5p',b'\x10abcd')
struct.unpack('0p',b'')
struct.unpack('1p',b'\5')
struct.unpack('0s',b'')
struct.pack('0s',b'aaa')
struct.calcsize(1)
struct.calcsize('b0i')
struct.calcsize('0i')
struct.calcsize('ci')
struct.calcsize('bqbi0q')
struct.pack('xxx')
struct.pack(' i\tb\n ',1,2)
struct.pack('- i',1)
struct.pack('<n',1)
struct.pack('s','a')
struct.pack('p','a')
struct.pack('c','a')
struct.error.__mro__
struct.error.__module__
struct.Struct.__module__
struct.Struct.__name__
struct.Struct('i').size.__class__
type(struct.iter_unpack('b',b'1'))
struct.iter_unpack('b',b'1').__length_hint__()
struct.pack('?',[])
struct.pack('?',[0])
struct.unpack('?',b'\2')
struct.pack('f',1e39)
struct.pack('<f',1e39)
struct.pack('e',1e9)
struct.pack('>2h3sB',-2,3,b'ab',7)
struct.unpack('>2h3sB',b'\xff\xfe\0\3ab\0\7')
struct._clearcache()
struct.__all__
setattr(struct.Struct('i'),'size',2)
setattr(struct.Struct('i'),'x',2)
struct.Struct(format='i').size
struct.Struct('i') == struct.Struct('i')
struct.unpack('i',bytearray(b'abcd'))
struct.unpack('i',memoryview(b'abcdefgh')[::2])
struct.pack_into('4b',memoryview(bytearray(8))[::2],0,1,2,3,4)
struct.unpack('i',memoryview(b'abcdefgh')[2:6])""".split("\n"): show(text)

if struct.calcsize("P") == 8:
    for text in ("9223372036854775807i", "9223372036854775807b", "9223372036854775807bh", "9223372036854775808b", "2147483647i2147483647i"): show(f"struct.calcsize({text!r})")

data = bytearray(b"abcdef")
it = struct.iter_unpack("<h", data)
print(next(it), it.__length_hint__())
try:
    data.append(1)
except BufferError as e:
    print(type(e).__name__)
print(list(it), it.__length_hint__(), list(it))
data.append(1)
print(data)


class Sub(struct.Struct):
    def __init__(self, format, more):
        super().__init__(format)
        self.more = more


s = Sub("<i", 5)
print(s.pack(1), s.more, repr(s), s.size)
print([struct.unpack(f"<{n}B", bytes(range(n))) == tuple(range(n)) for n in (0, 1, 15, 16, 17, 200)], struct.unpack("<10000H", bytes(20000)) == (0,) * 10000)
for n in range(250): struct.pack(f"<{n}x")
print(struct.pack("<3x"), struct.pack(b"<3x"))
