# lex_soft_keywords.py - match, case, type and _ as ordinary names and as keywords.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def names():
    match = 1
    case = 2
    type_ = int
    _ = 3
    print(match, case, _, match + case, match * case, match - case, match [0:0] if 0 else "skip")
    match = [1, 2, 3]
    print(match[0], match [1], -match[0], match == [1, 2, 3], match, (match))
    match, case = case, match
    print(match, case)
    match: int = 5
    match += 1
    print(match)
    case = lambda case: case
    print(case(4), case (5), case(case=6))


@section
def calls():
    def match(*args, **kw):
        return args, kw

    def case(x):
        return x
    match(1)
    match (1, 2)
    print(match(1), match (2), match(*[1], **{"a": 2}), match(x=1), case (3))
    match(
        1
    )
    match.attr = 5
    match . attr
    print(match.attr, [match for match in (1, 2)], {case: 1 for case in "a"})


print(type(1), type (2), type.__name__, type == type)
type.__name__


@section
def types():
    # `type` is still the builtin unless a statement has the form `type NAME ... =`.
    type, x = 1, 2
    print(type, x)
    type = 5
    type += 1
    print(type)
    type: int = 7
    print(type)


@section
def statement():
    type X = int
    type type = str
    print(X.__name__, type.__name__, type.__value__)
    type match = list[int]
    type case = int
    type _ = int
    print(match, case, _)


@section
def match_match():
    match = 1
    match match:
        case case if case == 1:
            print("inner", case)
    match (match):
        case 1: print("one")
    match [1, 2]:
        case [a, b]: print(a, b)
    match 1, 2:
        case a, b: print(a, b)
    match 1,:
        case (a,): print(a)
    match -1:
        case -1: print("minus one")
    match {}:
        case {}: print("dict")
    match not 1:
        case False: print("not")
    match *[1], 2:
        case [1, 2]: print("starred")
    match lambda: 1:
        case f: print(f())
    match (yes := 5):
        case 5: print(yes)
    match "a" "b":
        case "ab": print("string")
    match match:
        case _: print(_ if "_" in locals() else "no binding")
    match match.real:
        case match.real: print("value pattern")
    match ...:
        case type: print(type)


@section
def attributes_and_params():
    class C:
        match = 1
        case = 2
        type = 3

        def _(self, match, case=1, *, type=2):
            return match, case, type
    c = C()
    c.match = c.case + c.type
    print(c.match, c._(1, type=5), C.type)
    import sys as match
    from sys import maxsize as case
    print(match.maxsize == case)
    for match in (1, 2):
        pass
    with open.__class__ and C.__new__(type("M", (), {"__enter__": lambda s: 8, "__exit__": lambda *a: None})) as case:
        print(match, case)
    try:
        raise ValueError("v")
    except ValueError as match:
        print(match)
    global_match = lambda match, *case, **type: (match, case, type)
    print(global_match(1, 2, a=3))
    del c.match
    print(c.match)


def parse(source):
    try:
        exec(source, {})
        print(ascii(source), "fine")
    except SyntaxError as e:
        print(ascii(source), "|", e.msg, "|", e.lineno, e.offset)
    except Exception as e:
        print(ascii(source), "|", type(e).__name__, e)


@section
def boundaries():
    for source in ("match x", "match x:", "match x:\n case 1", "match x:\n pass", "case 1:\n pass", "match = 1\nmatch[0:1]", "type X", "type X =", "type X: int = 1",
                   "type 1 = 2", "type X = 1; type Y = 2", "match: int", "match\n", "type\n", "case = 1; case", "match.x = 1", "type(x) = 1", "match(x) = 1",
                   "match 1:\n case _: pass\n case _: pass", "match 1:\n case x: pass\n case 2: pass", "match (x)\n:", "_ = 1; _", "type X[T] = 1", "type[0]"):
        parse(source)
