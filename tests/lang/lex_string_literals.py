# lex_string_literals.py - string literals: quotes, escapes, raw, triple-quoted, concatenation, names.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def quotes():
    print('a', "a", 'it"s', "it's", 'it\'s', "say \"hi\"", '', "", ''"", 'a' "b" 'c')
    print('''a
b''', """c
"d" ''e''
""", '''''', """""" '', """x"y""", '''x''y''', """\"""")
    print(repr("'"), repr('"'), repr("'\""), repr('\\'), repr("\\'"))


@section
def escapes():
    print(repr("\a\b\f\n\r\t\v\\\'\""))
    print(repr("\0"), repr("\1"), repr("\12"), repr("\012"), repr("\0123"), repr("\101\102"), repr("\377"), repr("\08"))
    print(repr("\x41\x7f\x80\xff"), repr("\u0041\u00e9\u20ac"), repr("\U0001F600\U00000041"))
    print("a\
b", "one \
two", '''x\
y''')
    print(len("\ud800"), ascii("\ud800\udc00"), len("\ud800\udc00"), ascii("\udfff"))
    print(len("\U0001F600"), len("é"), len("日本"), "日本"[1], "aé日😀"[::-1])


@section
def raw():
    print(r"\n", R'\x41', r"\\", r"\"", r'\'', len(r"\
"), r"a" "\t" r"\t")
    print(r'''\N{x}
\u0041''', repr(r"\\"), repr(u"\u00e9"), U"x", u'''y''')


@section
def concatenation():
    print("a" 'b' r"\n" "\n".strip() + "c" "d" if 0 else "a" "b")
    x = ("one "
         "two "
         'three')
    print(x, len("a" "b" "c"), "a" "b" * 2, "a" "b"[1], "a" "b".upper())
    print(["a" "b", "c"], ("d" "e",), {"f" "g": "h" "i"})


@section
def unprintable_repr():
    for c in "\x00\x1f\x20\x7e\x7f\x80\x9f\xa0\xa1\xad\u0378\u200b\u2028\ufeff\U0001f600":
        print(repr(c), ascii(c), c.isprintable())


def parse(source):
    try:
        print(ascii(source), "->", ascii(eval(source)))
    except SyntaxError as e:
        print(ascii(source), "->", e.msg, e.lineno, e.offset)


@section
def errors():
    for source in ("'abc", '"abc', "'a\nb'", "'''abc", '"""abc\n\n', r"'\x'", r"'\x4'", r"'\xg0'", r"'\u004'", r"'\U0011ffff'",
                   r"'\U0001F60'", r"'\N{nope nope}'", r"'\N{'", r"'\N'", r"'\Nx'", r"'\N{}'", "'a' b'b'", "b'a' 'b'", "ur'x'", "ru'x'", "bu'x'",
                   r"r'\'", "'a'1", "'a''b", "x'a'"):
        parse(source)


@section
def unknown_escapes():
    # Unknown escapes keep the backslash (with a SyntaxWarning, not compared here).
    for source in (r"'\d'", r"'\ '", r"'\%'", r"'\9'", r"'\8x'", r"'\e'", r"'\é'", r"'\
'", r"'a\qb\.c'"):
        parse(source)


@section
def newlines():
    for source in ("'''a\r\nb'''", "'''a\rb'''", "'''a\\\r\nb'''", "'a\\\nb'", "r'a\\\nb'", "'a\\r\\n'"):
        parse(source)


@section
def nul_and_control():
    parse("'a\tb'")
    parse("'a\x0cb'")
    parse("'\x7f\x80'")
    try:
        eval("'a\0b'")
    except (SyntaxError, ValueError) as e:
        print(type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)
