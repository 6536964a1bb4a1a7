# lex_bytes_literals.py - bytes literals: prefixes, escapes, limits, concatenation, repr.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def forms():
    print(b"", b'', B"abc", b'it"s', b"it's", b'it\'s "x"', b'''a
b''', b"""'""")
    print(rb"\n", br"\n", Rb"\x", bR'\'', RB"\\", BR'''\
''')
    print(b"a" b'b' rb"\n" b"\n", (b"x"
                                    b"y"))


@section
def escapes():
    print(b"\a\b\f\n\r\t\v\\\'\"", b"\0\1\x00\x7f\x80\xff", b"\101\377\08", b"a\
b")
    # \u, \U and \N are not escapes in bytes.
    print(eval(r"b'\u0041'"), eval(r"b'\U00000041'"), eval(r"b'\N{DIGIT ONE}'"), eval(r"b'\q\d'"))
    print(list(b"\x00A\xff"), len(b"\xff\xfe"), b"abc"[0], b"abc"[-1:], b"\xe9" == "\xe9".encode("latin-1"))


@section
def representation():
    print(repr(bytes(range(32))))
    print(repr(bytes(range(32, 127))))
    print(repr(bytes(range(127, 256, 9))))
    print(repr(b"'"), repr(b'"'), repr(b"'\""), str(b"abc"), "%s" % b"x", f"{b'y'!r:>6}")
    print(ascii(b"\xe9"), repr(bytearray(b"a'b")), repr(bytearray(b"\"'")))


def parse(source):
    try:
        print(ascii(source), "->", ascii(eval(source)))
    except SyntaxError as e:
        print(ascii(source), "->", e.msg, e.lineno, e.offset)


@section
def errors():
    for source in ("b'é'", "b'''a\né'''", "rb'日'", r"b'\x'", r"b'\x4'", r"b'\xzz'", "b'abc", 'b"', "b'''", "b'a' 'b'", "'a' b'b'", "b'a' f'b'",
                   "bb'a'", "ub'x'", "bf'x'", "b 'a'", "b'a'b"):
        parse(source)


@section
def octal_range():
    # An octal escape above 0o377 keeps the low eight bits (with a warning, not compared).
    parse(r"b'\400'")
    parse(r"b'\777'")
    parse(r"'\777'")
    parse(r"b'\377'")


@section
def newlines():
    for source in ("b'''a\r\nb'''", "b'''a\rb'''", "b'a\\\nb'", "rb'a\\\nb'", "b'a\tb'"):
        parse(source)


@section
def types():
    print(type(b""), b"a" == "a", b"a" != "a", b"a" == bytearray(b"a"), b"abc" < b"abd", b"a" in b"cat", 97 in b"a")
    print({b"k": 1}[b"k"], hash(b"a") == hash(b"a"), b"%d-%s" % (5, b"x"), b"a" * 3, b"" or b"empty")
    try:
        b"a" + "b"
    except TypeError as e:
        print(e)
    try:
        "a" + b"b"
    except TypeError as e:
        print(e)
    try:
        "a" in b"a"
    except TypeError as e:
        print(e)
