# lex_character_names.py - \N{...} in literals, f-strings and docstrings, and the error handler "namereplace".
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def literals():
    print("\N{LATIN SMALL LETTER A}", "\N{EURO SIGN}", "\N{latin small letter e with acute}", "\N{SNOWMAN}",
          repr("\N{NO-BREAK SPACE}"), "\N{CJK UNIFIED IDEOGRAPH-4E00}", "\N{HANGUL SYLLABLE GA}", "\N{GREEK SMALL LETTER ALPHA}")
    def f(): """tab	and \x41 \N{DIGIT ONE}"""
    print(repr(f.__doc__))


@section
def f_strings():
    print(f"{"\x41\u0042\N{DIGIT ONE}"}", f"{"\N{SNOWMAN}"}\N{SNOWMAN}", f"\N{EURO SIGN}{1}")
    print(f"{1}\N{DIGIT TWO}{3}", f"\N{LEFT CURLY BRACKET}{1}\N{RIGHT CURLY BRACKET}", rf"\N{1}")
    class Echo:
        def __format__(self, spec):
            return "[" + spec + "]"
    print(f"{Echo():\N{DIGIT ONE}}")


@section
def namereplace():
    for s in ("aéb", "é€😀", "\ud800"):
        for enc in ("ascii", "latin-1"): print(s.encode(enc, "namereplace"))
    print("é".encode(encoding="ascii", errors="namereplace"))
