# lex_identifiers.py - identifiers: Unicode letters, keywords, reserved classes, mangled private names.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def unicode_names():
    é = 1
    naïve = 2
    日本 = 3
    Ω = 4
    _x1 = 5
    α_β2 = 6
    print(é, naïve, 日本, Ω, _x1, α_β2)
    print(sorted(ascii(n) for n in locals()))
    for name in ("a", "_", "a1", "1a", "", "é", "日", "a b", "a-b", "a.b", "²", "a²", "ª", "·", "a·", "\u0300", "a\u0300", "℘", "℮", "\u2118x",
                 "class", "match", "None", "x\u200c", "\ud800"):
        print(ascii(name), name.isidentifier())


@section
def invalid():
    for source in ("1a = 1", "a b = 1", "a-b = 1", "€ = 1", "a€ = 1", "\xa0a = 1", "a = 1\xa0", "“a” = 1", "a = ‘b’", "²= 1", "a\u200b = 1",
                   "a\x00", "a\x01 = 1", "~ = 1", "a$b = 1", "a? = 1", "a! = 1"):
        try:
            exec(source, {})
            print(ascii(source), "fine")
        except SyntaxError as e:
            print(ascii(source), e.msg, e.lineno, e.offset)


@section
def keywords():
    words = ("False None True and as assert async await break class continue def del elif else except finally for from global if "
             "import in is lambda nonlocal not or pass raise return try while with yield match case type _ print exec self cls").split()
    for word in words:
        try:
            exec(word + " = 1", {})
            print(word, "is a name")
        except SyntaxError as e:
            print(word, "|", e.msg)


@section
def mangling():
    class _Private:
        __x = 1

        def __init__(self):
            self.__y = 2
            self.__z__ = 3
            self._w = 4

        def get(self, __arg=5):
            def inner():
                __local = self.__y
                return __local, __arg
            return inner(), sorted(n for n in locals() if n != "self")

        def other(self, o):
            return o.__y

        class __Nested:
            __deep = 1

    print(sorted(n for n in vars(_Private) if "__x" in n or "Nested" in n), sorted(vars(_Private())))
    print(_Private().get(), _Private().other(_Private()))
    print(_Private._Private__Nested.__name__, [n for n in vars(_Private._Private__Nested) if "deep" in n])
    try:
        _Private().__y
    except AttributeError as e:
        print(e)

    class __:
        __a = 1
        ____ = 2
        __b_ = 3
        __c__ = 4
    print(sorted(n for n in vars(__) if n.strip("_") in ("a", "b", "c") or n == "____"))

    class __Dunder:
        __a = 1
        import sys as __sys

        def f(self):
            global __glob
            __glob = 9
            try:
                raise ValueError(1)
            except ValueError as __e:
                return __e.args
    print(sorted(n for n in vars(__Dunder) if n.startswith("_Dunder")), __Dunder().f(), _Dunder__glob)


@section
def underscore():
    _ = 5
    for _ in range(3):
        pass
    _, _, x = 1, 2, 3
    print(_, x)
