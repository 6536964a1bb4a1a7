# match_syntax.py - match: syntax errors of patterns, irrefutable patterns, binding rules.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def check(case, tail=": pass"):
    try:
        compile(f"match x:\n case {case}{tail}", "<t>", "exec")
        print(case, "-> fine")
    except SyntaxError as e:
        print(case, "->", e.msg, e.lineno, e.offset)


@section
def literals():
    for case in ("1", "-1", "+1", "- 1", "--1", "1 + 1", "1 - 1j", "1j + 1", "-1 + 2j", "1 + -2j", "1 * 2j", "1.5 - 2.5j", "(1)", "1 + a", "'a'", "'a' 'b'", "'a' b'b'", "f'a'", "f'{a}'", "'a' f'b'", "b'a' b'b'", "...", "None", "True", "not True", "-True", "~1", "1 < 2", "1 if 2 else 3", "1 or 2", "lambda: 1", "x + 1", "x[0]", "x()", "x().y", "x.y()", "x.y[0]", "'a'.b", "(a).b", "1 .b", "[1][0]", "(1, 2)[0]", "await x", "yield x", "x := 1", "(x := 1)", "*x, *y", "**x", "0x1F", "1_0", "01", "1__0", "{1}", "{1, 2}", "[x for x in y]", "(x for x in y)", "1 2", "x y", "print 1", "$"):
        check(case)


@section
def names():
    for case in ("x", "_", "x, x", "[x, x]", "(x, [x])", "x | y", "x | x", "1 | x", "x | 1", "_ | 1", "1 | _", "1 | 2 | _", "[x] | [y]", "[x] | [x]", "[x, y] | [y, x]", "[x] | [x, y]", "(x | 1)", "[x | 1]", "[_ | 1]", "[1 | x]", "x as y", "x as x", "1 as x", "_ as x", "1 as _", "1 as x.y", "1 as x[0]", "1 as (x)", "1 as 2", "1 as x as y", "(1 as x) as y", "(1 as x) as x", "1 | 2 as x", "(1 as x) | (2 as x)", "(1 as x) | 2", "1 as x | 2", "[1 as x, 2 as y]", "[1 as x, 2 as x]", "x.y as z", "x.y | z.w", "x.y, x.y", "_, _", "[*_, _]", "[*_, *_]", "[*x, *x]", "*x", "*x,", "*_", "*_,", "(*x)", "(*x,)", "*1,", "*x.y,", "*(x),", "*x as y,", "()", "(,)", "[]", "[,]", "(x)", "(x,)", "x,", "x, y,", "[x, ]", "[[]]", "((x))", "(x as y)", "(x, y as z)", "x, y as z", "None as x", "match", "case", "type", "match as case", "x as match", "__debug__", "x as __debug__", "[__debug__]", "None | x.y", "x.None", "class"):
        check(case)


@section
def classes():
    for case in ("C()", "C(1)", "C(x)", "C(x, y)", "C(x, x)", "C(a=x)", "C(a=x, b=x)", "C(a=1, a=2)", "C(a=1, b=2,)", "C(1, a=2)", "C(a=1, 2)", "C(*x)", "C(**x)", "C(1,)", "C(,)", "a.b.C()", "C()()", "C().x", "C[0]()", "C(1)(2)", "(C)()", "C (1)", "C(x) | D(x)", "C(x) | D(y)", "C() as x", "C(x as y)", "C(a=x as y)", "C(a=x | y)", "C(_)", "C(_, _)", "C(a=_)", "C(a.b=1)", "C(1=2)", "C('a'=1)", "C(a:=1)", "C(a: 1)", "C(x for x in y)", "None()", "'s'()", "1()", "_()", "_(1)", "C(\n1,\na=2\n)", "C({'a': x}, [y], a=(z,))", "C(C(C(x)))", "C(None=1)", "C(a=None)"):
        check(case)


@section
def unreachable():
    for cases in (["_", "1"], ["x", "1"], ["_", "_"], ["x", "_"], ["1", "_"], ["x if 1", "_"], ["_ if 1", "1"], ["(x)", "1"], ["x as y", "1"], ["(_ as y)", "1"], ["1 | x", "2"], ["1", "x", "2"], ["[*_]", "_"], ["{}", "_"], ["x.y", "_"], ["_ | _", "1"], ["*_,", "1"], ["(x | 1)", "2"], ["1 | (x)", "2"], ["1 | (_)", "2"]):
        source = "match x:\n" + "".join(f" case {c}: pass\n" for c in cases)
        try:
            compile(source, "<t>", "exec")
            print(cases, "-> fine")
        except SyntaxError as e:
            print(cases, "->", e.msg, e.lineno, e.offset)


@section
def statements():
    for source in ("match x:\n case 1: pass\n else: pass", "match x:\n case 1\n  pass", "match x:\n case: pass", "match x:\n case 1 pass", "match x:\n case 1:\n pass", "match x:\ncase 1: pass", "match x: case 1: pass", "match x:\n pass", "match:\n case 1: pass", "match x\n case 1: pass", "match x:\n case 1 if: pass", "match x:\n case 1 if y := 2: pass", "match x:\n case 1 if (y := 2): pass", "match x:\n case 1 and 2: pass", "match x:\n case 1: pass\n\n # comment\n case 2: pass", "match x:\n  case 1: pass\n case 2: pass", "match x:\n case 1: pass\n  case 2: pass", "match x, y:\n case 1, 2: pass", "match *x:\n case 1: pass", "match *x,:\n case 1: pass", "match x,:\n case 1: pass", "match (x, y):\n case (1, 2): pass", "match x := 1:\n case 1: pass", "match (x := 1):\n case 1: pass", "match yield:\n case 1: pass", "match x if y else z:\n case 1: pass", "match lambda: x:\n case 1: pass", "match not x:\n case 1: pass", "match x:\n case 1:\n  match y:\n   case 2: pass", "match x:\n case 1: break", "while 1:\n match x:\n  case 1: break", "match x:\n case 1 if *y: pass", "match x:\n case 1, *y if y: pass", "match x = 1:\n case 1: pass", "match 'a' 'b':\n case 'ab': pass", "match [x][0]:\n case 1: pass", "match {x}:\n case 1: pass", "match -x:\n case 1: pass", "match x.y():\n case 1: pass", "match x:\n case 1: x = 1; y = 2", "match x:\n case (1\n | 2): pass", "match x:\n case 1 \\\n | 2: pass", "match x:\n  case 1: pass\n  x = 1", "match x:\n  x = 1\n  case 1: pass", "case 1: pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
