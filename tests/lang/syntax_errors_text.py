# syntax_errors_text.py - SyntaxError details: text, end positions, later lines, tabs, non-ASCII columns, nested sources.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(repr(source), "-> fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg, "|", e.lineno, e.offset)


@section
def positions():
    for source in ("x = = 1", "a = 1\nb = = 2\nc = 3", "f(a b)", "f(\n  a b\n)", "1 + 1 = 2", "if x = 1: pass", "x = (1,\n  2\ny = 3", "def f(a, a): pass", "print 'hello'", "print hello world", "x = 'abc", "x = '''abc\ndef", "for x in y\n  pass", "None = 1", "f(x for x in y, 1)", "f(a=1, a=2)", "def f():\nx = 1", "  x = 1", "if 1:\n    x\n  y", "return 1", "class C:\n  def f(self):\n    nonlocal zz", "a, b += 1", "[x y]", "{1: 2 3}", "{1: 2, 3}", "import a.b as c.d", "from x import (a, b", "lambda x x: 1", "x[1 2]", "(a, b) = 1 = c", "assert (x, y", "raise x from", "del f()", "with x as f(): pass", "a.b.c d", "not a b", "yield x", "0xg", "1_000_", "'a' b'b'", "f'{x y}'", "f'{x'", "@x y\ndef f(): pass"):
        check(source)


@section
def non_ascii_columns():
    for source in ("é = = 1", "x = 'é' y", "日本 日本", "f('日', a b)", "'😀' + = 1", "# é\nx = = 1", "x = 'é\n", "é(x for x in y, 1)", "π = 1 π", "x = {'é': 1, 'ü'}"):
        check(source)


@section
def tabs_and_indents():
    for source in ("if 1:\n\tx = = 1", "if 1:\n\tx\n        y = 1 2", "if 1:\n    x = (1\n    y = 2", "if 1:\n  x\n    y", "\tx", "class C:\n\tdef f():\n\t\treturn = 1", "if 1:\n\n\n  x y", "# c\n# d\nx y", "\n\n\nx y\n\n"):
        check(source)


@section
def ends_of_input():
    for source in ("x =", "x = (", "f(", "if x:", "def f():", "x = 1 +", "'abc", '"""abc', "x = [1,", "x.", "x[", "not", "lambda:", "class C:\n", "try:\n  x", "if 1:\n  x\nelse:", "for x in", "while", "import", "from x import", "x = {", "f'{x", "\\", "x \\", "x = 1 \\\n", "(\n\n\n", "def f(\n  a,\n  b", "match x:", "with x:", "a = '''\n\n\n"):
        check(source)


@section
def eval_and_single():
    for source in ("x = 1", "1 1", "1\n2", "if 1: pass", "import x", "x y", "(1", "1)", "yield"):
        check(source, "eval")
    for source in ("x = 1\ny = 2", "if 1:", "x y", "if 1: pass\nx", "def f(): pass\nx"):
        check(source, "single")


@section
def raised_by_exec_eval():
    for f in (lambda: exec("x y"), lambda: eval("x y"), lambda: compile("x y", "my file", "exec"), lambda: exec(b"x y"), lambda: eval("1\n+")):
        try: f()
        except SyntaxError as e: print(e.filename, e.lineno, e.offset, e.text, str(e))


@section
def ends_and_text():
    for source in ("x = = 1", "a = 1\nb = = 2\nc = 3", "f(a b)", "1 + 1 = 2", "if x = 1: pass", "None = 1", "f(x for x in y, 1)", "del f()", "a, b += 1", "[x yz]", "print 'hello'", "\n\n  \nfoo bar\n", "x = 'é' yy"):
        try: compile(source, "<test>", "exec")
        except SyntaxError as e: print(e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))


@section
def hierarchy():
    for source in ("x y", "  x", "if 1:\nx", "if 1:\n  x\n y", "if 1:\n\tx\n        y"):
        try: exec(source)
        except SyntaxError as e: print(type(e).__name__, isinstance(e, IndentationError), isinstance(e, TabError), e.msg)


@section
def many_lines():
    source = "\n".join(f"x{i} = {i}" for i in range(200)) + "\nbroken here\n" + "\n".join(f"y{i} = {i}" for i in range(50))
    check_line = None
    try: compile(source, "<test>", "exec")
    except SyntaxError as e: print(e.lineno, e.offset, e.text.strip(), e.msg)
    source = "(" + "\n" * 150 + "a b)"
    try: compile(source, "<test>", "exec")
    except SyntaxError as e: print(e.lineno, e.offset, e.msg)
    source = "x = '''" + "\n" * 100 + "''' y"
    try: compile(source, "<test>", "exec")
    except SyntaxError as e: print(e.lineno, e.offset, e.msg)
