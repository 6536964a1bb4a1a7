# unicode_properties.py - properties of characters beyond Latin, Greek and Cyrillic: digits, case, kinds, what can be printed.
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
def digits():
    for s in ("٣.٥", "１.５"): print(ascii(s)[:50], float(s))
    for s in ("٣٤", "１２３", "१२"): print(ascii(s), int(s))
    for s in ("①", "١.٢"): error(int, s)


@section
def case():
    for s in ("ﬁ", "ᾳ", "ᾼ", "ﬄ", "Ⅷ", "ⓐ", "ა", "Ა", "Ꭰ", "ꭰ", "𐐀", "𐐨", "հ", "եւ", "և"):
        print(s, s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold(), len(s.upper()), len(s.lower()))
    print("ﬁRST".capitalize(), "ﬁrst".title())


@section
def kinds():
    names = ("isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper")
    print(names)
    for s in ("٣", "Ⅷ", "ⅷ", "㊀", "😀", "௧", "Ａ", "Ａ１", "ﬀ"): print(ascii(s), "".join("T" if getattr(s, n)() else "." for n in names))
    print([c for c in "aA1²½Ⅷ٣日_ -\n\u00a0\u200b·ªʰǅ\u0300$€😀" if c.isalpha()], [c for c in "1²½Ⅷ٣㊀一" if c.isnumeric()], [c for c in "1²½Ⅷ٣①" if c.isdigit()], [c for c in "1²½Ⅷ٣๑" if c.isdecimal()], [hex(ord(c)) for c in "a \xa0\xad\u200b\u2028\ue000\U000e0001\u0378\ud800é😀\x7f" if c.isprintable()])


@section
def representation():
    for s in ("\ue000", "\U000e0001", "\ufffe\uffff", "\U0010ffff", "\u0041\u00e9\u20ac\ud7ff", "\U0001F600\U0010ffff\U00000041"): print(ascii(repr(s)), repr(s), ascii(s), len(repr(s)), eval(repr(s)) == s, eval(ascii(s)) == s)
    for c in "\u3000\ue000\U000e0001": print(repr(c), ascii(c), c.isprintable())
