# int_bits.py - int: bitwise operators on negative and big values, shifts, bit_length, bit_count.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def operators():
    values = [0, 1, -1, 5, -6, 255, -256, 2**30, -2**30, 2**31 - 1, -2**31, 2**32, 2**47, -2**47 - 1, 2**63, -2**63, 2**64 - 1, -2**64, 2**100 + 3, -2**100 - 3]
    for a in values: print(a, [a & b for b in (1, -1, 255, -256, 2**64, -2**64)], [a | b for b in (1, -256, 2**64)], [a ^ b for b in (1, -1, 2**64, -2**64 - 1)], ~a)
    print(sum((a & b) + (a | b) * 3 + (a ^ b) * 7 for a in values for b in values))


@section
def shifts():
    for a in (1, -1, 5, -5, 255, 2**31 - 1, -2**31, 2**47, 2**63, -2**63, 2**100, -2**100 - 1):
        print(a, [a << n for n in (0, 1, 16, 31, 32, 63, 64, 70)], [a >> n for n in (0, 1, 16, 31, 32, 46, 47, 63, 64, 99, 100, 101, 200)])
    print(1 << 0, 0 << 1000, 0 >> 5, True << 3, 8 >> True, -1 >> 1000, 1 >> 1000, 2**200 >> 199, -2**200 >> 200, (-2**200 - 1) >> 200, 3 << 29, 3 << 30, 1 << 30, 1 << 31, 1 << 46, 1 << 47, 1 << 62, 1 << 63)
    for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 2**70 << -1, lambda: 1 << 1.0, lambda: 1.0 << 1, lambda: 1 << "a", lambda: 1 >> None, lambda: 1 & 1.0, lambda: 1 | None, lambda: 1 ^ "a", lambda: 1.5 & 1, lambda: ~1.5, lambda: "a" | 1, lambda: 1 & [1], lambda: -1 << -2**70): error(f)


@section
def bit_methods():
    for a in (0, 1, -1, 2, 3, -4, 255, 256, -255, 2**31, 2**32 - 1, -2**47, 2**63 - 1, 2**63, -2**63, 2**64 - 1, 2**64, 3**100, -3**100):
        print(a, a.bit_length(), a.bit_count(), len(bin(abs(a))) - 2 if a else 0, bin(a).count("1"))
    print(True.bit_length(), False.bit_count(), (2**1000 - 1).bit_count(), (2**1000).bit_length())


@section
def masks_and_fields():
    def field(x, lo, width): return x >> lo & (1 << width) - 1
    def signed(x, bits): return (x & (1 << bits) - 1) - ((x >> bits - 1 & 1) << bits)
    print([field(0xDEADBEEF, i, 8) for i in (0, 8, 16, 24)], [signed(x, 8) for x in (0, 127, 128, 255, 256)], [signed(x, 16) for x in (32767, 32768, 65535)], signed(2**63, 64), signed(2**64 - 1, 64))
    def crc8(data):
        c = 0
        for b in data:
            c ^= b
            for _ in range(8): c = (c << 1 ^ 0x07 if c & 0x80 else c << 1) & 0xff
        return c
    def crc32(data):
        c = 0xFFFFFFFF
        for b in data:
            c ^= b
            for _ in range(8): c = c >> 1 ^ (0xEDB88320 & -(c & 1))
        return c ^ 0xFFFFFFFF
    def fnv(data):
        h = 0xcbf29ce484222325
        for b in data: h = (h ^ b) * 0x100000001b3 & 0xFFFFFFFFFFFFFFFF
        return h
    print(hex(crc8(b"123456789")), hex(crc32(b"123456789")), hex(fnv(b"hello")))
    def xorshift(x, n):
        for _ in range(n):
            x ^= x << 13 & 0xFFFFFFFF
            x ^= x >> 17
            x ^= x << 5 & 0xFFFFFFFF
        return x
    print(xorshift(1, 5), xorshift(2463534242, 20))
    def gray(n): return n ^ n >> 1
    def reverse(x, bits): return int(f"{x:0{bits}b}"[::-1], 2)
    def popcount(x):
        n = 0
        while x: x, n = x & x - 1, n + 1
        return n
    print([gray(i) for i in range(9)], reverse(0b1011, 8), popcount(2**100 - 1), [x & -x for x in (12, 7, 2**80, -8)], [x & 1 for x in (-3, -2, 2**70 + 1)])


@section
def booleans():
    print(True & True, True & False, True | False, True ^ True, ~True, ~False, True & 1, 1 | True, True ^ 2, type(True & True), type(True & 1), type(True | False), type(~True), True << 1, bool(2 & 1), not 5 & 2, 5 & 4 == 4, (5 & 4) == 4)


@section
def inplace():
    x = 0b1010
    x &= 0b0110
    x |= 0b1000
    x ^= 0b1111
    x <<= 70
    x >>= 68
    print(x)
    y = -1
    y <<= 64
    y >>= 60
    y ^= -1
    y &= 2**65 - 1
    print(y)
    flags = 0
    for i in (0, 5, 31, 32, 63, 64): flags |= 1 << i
    print(hex(flags), [i for i in range(70) if flags >> i & 1])
    flags &= ~(1 << 32)
    print(hex(flags), flags & 1 << 32 == 0)


@section
def dunder_forms():
    print((6).__and__(3), (6).__or__(3), (6).__xor__(3), (6).__lshift__(1), (6).__rshift__(1), (6).__invert__(), (6).__rand__(3), (1).__rlshift__(5), (2).__rrshift__(64), (6).__and__(1.5), (6).__or__("x"), True.__and__(True), True.__and__(1), True.__xor__(False), int.__and__(True, 3))
    error(lambda: (1).__lshift__(-1))
    error(lambda: int.__and__("a", 1))
