# lex_int_literals.py - integer literals of every base, underscores, and the errors of malformed ones.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def bases():
    print(0, 00, 0_0, 000_000, 7, 1_000_000, 1_2_3)
    print(0x0, 0xff, 0XFF, 0xdead_beef, 0x_f, 0xAbCdEf)
    print(0o0, 0o17, 0O17, 0o_7_7, 0o777)
    print(0b0, 0b101, 0B101, 0b_1, 0b1111_0000)


@section
def edges():
    print(2147483647, 2147483648, 4294967295, 4294967296)
    print(1073741823, 1073741824, -1073741824, -1073741825)
    print(140737488355327, 140737488355328, -140737488355328, -140737488355329)
    print(281474976710655, 281474976710656)
    print(9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809)
    print(18446744073709551615, 18446744073709551616)
    print(0x7fffffffffffffff, 0xffffffffffffffff, 0x1_0000_0000_0000_0000)
    print(0b1111111111111111111111111111111111111111111111111111111111111111111)
    print(0o7777777777777777777777777777777)
    print(123456789012345678901234567890123456789012345678901234567890)
    print(0xfedcba9876543210fedcba9876543210fedcba9876543210)


@section
def types_and_methods():
    print(type(1), type(0x10), type(2 ** 100))
    print(1 .real, (1).real, 1_0 .bit_length(), 0xf.bit_length(), 0b11.real)
    print(-1 .__abs__(), - 1, --1, ~0, ~-1, +-+1)
    print(5 .__add__(3), 1if 1else 2, 1or 0, [1for x in (1,)], 1 if 1 else 2)


@section
def keywords_next_to_numbers():
    # A number may be followed directly by some keywords.
    print(eval("1if 0else 2"), eval("1or 2"), eval("0and 3"), eval("1in [1]"), eval("1is 1"), eval("1and 3"))
    print(eval("0xfor 1"), eval("[0x1for x in (2,)]"), eval("1not in [2]"))


def syntax(source):
    try:
        print(source, "->", eval(source))
    except SyntaxError as e:
        print(source, "->", type(e).__name__, e.msg, e.lineno, e.offset)


@section
def malformed():
    for source in ("0x", "0b", "0o", "0xg", "0b2", "0b12", "0o8", "0o18", "1__0", "1_", "0x_", "0_", "0b_", "0x1__2",
                   "012", "01", "00_1", "0_7", "09", "0777", "1a", "1_a", "12abc", "0xfg", "0b1a", "1 2", "0o1_", "0b1_",
                   "1e", "1e+", "09.5", "09e1", "09j", "00.5", "0b1.5", "0x1.5", "1._0", "1.0_", "1.e_1"):
        syntax(source)


@section
def constant_arithmetic():
    print(1_000 + 0x10 - 0b11 * 0o7)
    print(2 ** 64 - 1 == 0xffff_ffff_ffff_ffff, -2 ** 2, (-2) ** 2, 2 ** -2)
    print(-9223372036854775808 == -2 ** 63, -0x8000000000000000, -0)
    print({1: "a", 0x1: "b", 0b1: "c"}, {10, 0xa, 0o12})
    x = -1
    print(-x, - -x, +x, not x, 3-1, 3 -1, 3- 1, 3--1, 3-+1, 3+-1, 3 - - - 1)
