# syntax_errors_common.py - SyntaxError type, message, line and offset for the mistakes that people make most.
# SPDX-License-Identifier: MIT
from _syntax import check, section


@section
def missing_colon():
    check("if x\n  pass", "while x\n  pass", "for x in y\n  pass", "def f()\n  pass", "class C\n  pass", "try\n  pass", "else\n  pass", "with x\n  pass", "match x\n  case 1: pass", "if x: pass\nelse\n  pass", "if x: pass\nelif y\n  pass", "try: pass\nexcept\n  pass", "try: pass\nfinally\n  pass", "lambda x", "def f() -> int\n  pass", "class C(A)\n  pass", "with x as y\n  pass", "try: pass\nexcept E\n  pass", "try: pass\nexcept E as e\n  pass", "for x in y\n  pass\nelse: pass", "async def f()\n  pass", "{1: 2, 3}", "{1, 2: 3}", "{1: 2, 3:}", "{1:}", "{:1}", "x[1:2:3:4]")


@section
def assignment_mistakes():
    check("if x = 1: pass", "while x = 1: pass", "f(x=)", "1 = x", "'a' = x", "x + 1 = y", "f() = 1", "f(x) += 1", "x() = y = 1", "None = 1", "True = 1", "[1, 2] = x", "(1, x) = y", "[x, f()] = y", "{x} = y", "{x: y} = z", "-x = 1", "x < y = 1", "not x = 1", "x and y = 1", "x if y else z = 1", "lambda: x = 1", "(x for x in y) = 1", "[x for x in y] = 1", "f'{x}' = 1", "... = 1", "x.y() = 1", "await x = 1", "x = 1 = y", "(x, y) += 1", "[x] += 1", "1 += 1", "x = ", "= 1", "x == ", "x +=", "x := 1", "x = y := 1", "print(x = 1 if y)", "f(a.b=1)", "f(a[0]=1)", "f(1=2)", "f('a'=1)", "f(a+b=1)", "f((a)=1)", "f(True=1)", "f(not x=1)", "f(a=1 b=2)", "x == y = z", "a, b = c, = d", "import x = y", "(yield) = 1", "`x` = 1", "x = (1, 2", "a = b c", "a = 1 2", "a += b += c", "a =+ 1", "a <> b", "a != = b")


@section
def brackets():
    check("(", ")", "[", "]", "{", "}", "(]", "[)", "{)", "(}", "x = (1, 2", "x = [1, 2\ny = 3", "f(1, 2\ng(3)", "f(1, 2))", "x = 1]", "x = {1: 2", "x = {'a': [1, 2}", "(\n\n", "[1, 2, (3, 4]", "def f(x:\n  pass", "class C(:\n  pass", "if (x:\n  pass", "print('a'\nprint('b')", "x = (\n1,\n2\ny = 3\n", "{[(", "foo(a, b for b in c)", "x[", "x[1", "x[]", "f(,)", "f(,1)", "f(1,,2)", "[,]", "[1,,2]", "(,)", "{,}", "{1,,2}", "{1:2,,}", "()()", "[][]", "{}{}", "f()()", "(1)(2)", "x = ((1)", "'a' (", "\"a\" ]")


@section
def strings():
    check("'abc", '"abc', "'''abc", '"""abc', "x = 'it's'", "print('a)", "print(\"a)\nx", "'a\nb'", "f'abc", "b'abc", "r'abc\\'", "'\\x'", "'\\u12'", "'\\N{bad name}'", "b'é'", "'a' b'b'", "u'a' 'b'", "'a' + ", "'a' 'b' c", "'abc'def", "x = '''a\nb\n", "f('a', 'b)", "'''a'''b'''", "f'{x'", "f'{'", "f'}'", "f'{}'", "f'{x!z}'", "f'{x:{y}'", "'\\", "\"\\", "'a\\", "x = \"abc'", "'%s % x", "print 'a'", "print('a'", "print 'a', 'b'")


@section
def keywords_misused():
    check("class = 1", "def = 1", "x.class", "f(class=1)", "import class", "for = 1", "if", "else", "elif x: pass", "else: pass", "except: pass", "finally: pass", "return", "yield", "break", "continue", "pass pass", "pass x", "del", "assert", "raise x y", "global", "nonlocal x", "lambda", "not", "is", "in", "and", "x is", "x in", "x not", "x and", "x or", "or x", "and x", "import", "from", "from x", "from x import", "import x as", "with", "while", "for", "for x", "for x in", "try", "async", "await", "None.x = 1", "del None", "x = class", "x = def", "print def", "x = return 1", "x = pass", "x = import y", "(return)", "[pass]", "f(return)", "f(def)", "f(lambda)", "yield = 1", "def f(yield): pass", "def class(): pass", "class if: pass", "async = 1", "await = 1", "def async(): pass", "true = True", "null", "x = !y", "x = y ? 1 : 2", "x = y && z", "x++", "++x", "x--", "--x", "x => y", "x -> y", "x = new Y()", "var x = 1", "let x = 1", "const x = 1", "function f() {}", "x = y;", "x = y;;", "switch x:\n  pass", "do:\n  pass", "else if x: pass", "elseif x: pass", "elif: pass", "try: pass", "throw x", "print x", "exec x", "raise E, 'x'", "except E, e: pass", "0777", "0xZZ", "1__0", "1.2.3", "10L", "0b12", "1e", "09", "1a", "1_a", "$x", "x$", "?", "!", "`x`", "\\", "\\x", "x\\", "@", "@x", "~", ":", "::", ".", "..", ",", ";", "->", ":=", "=", "==", "%", "&", "*", "**")


@section
def calls():
    check("f(a, b", "f(a b)", "f(a=1, b)", "f(**a, b)", "f(**a, *b)", "f(a=1, *b)", "f(*a, b=1, c)", "f(a for a in b, c)", "f(c, a for a in b)", "f(a for a in b for c in d, e)", "f(a=1, a=2)", "f(a=1, b=2, a=3)", "f(*)", "f(**)", "f(*a=1)", "f(**a=1)", "f(*, a)", "f(a := 1)", "f(a=b := 1)", "f(a, a for a in b)", "f(x for)", "f(if x)", "f(x if y)", "f(x else y)", "f(x y z)", "f(1 2)", "f('a' 1)", "f(a.1)", "f(a..b)", "f(.a)", "f(a.)", "f.1", "f. ", "f.()", "f[1 2]", "f[a=1]", "f[*a=1]", "f[a:b:c:d]", "f[:=1]", "f[**a]", "f[a b:c]", "print(a b)", "print(end=)", "print(**)", "f(a=)", "f(a=, b=1)", "f(a, =b)", "f(=)", "f(lambda x: )", "f(x, lambda: )", "f(*a, *)", "f(yield)", "f(yield x)", "f((yield))", "f(await)", "f(1 if 2 else)", "f(not)", "f(x not y)", "f(...=1)", "f(None=1)", "f(__debug__=1)")
