# lex_indentation.py - indentation: tabs, mixed widths, dedents, and the errors about them.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def run(source):
    ns = {"out": []}
    try:
        exec(source, ns)
        print(ascii(source), "->", ns["out"])
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)


@section
def widths():
    if True:
     if True:
          if True:
           print("odd widths")
     print("two back")
    if True:
            print("eight")
    else:
     print("never")

    def f():
      return 1
    print(f())


@section
def tabs():
    run("if 1:\n\tout.append(1)\n\tout.append(2)")
    run("if 1:\n\tif 1:\n\t\tout.append(1)\n\tout.append(2)\nout.append(3)")
    run("if 1:\n        out.append(1)\n\tout.append(2)")
    run("if 1:\n\tout.append(1)\n        out.append(2)")
    run("if 1:\n  if 1:\n  \tout.append(1)\n  \tout.append(2)")
    run("if 1:\n \tout.append(1)\n\tout.append(2)")
    run("if 1:\n\tif 1:\n\t    out.append(1)\n\t    out.append(2)")


@section
def unexpected():
    run("  x = 1")
    run("x = 1\n  y = 2")
    run("def f():\n  x = 1\n    y = 2")
    run("\tx = 1")
    run("x = 1\n  # comment is fine\ny = 2\nout.append(y)")
    run("if 1:\n    x = 1\n     y = 2")
    run("    \n  # nothing\nout.append(1)")


@section
def missing():
    for head in ("if 1:", "while 1:", "for x in y:", "def f():", "class C:", "try:", "with a:", "match x:", "async def f():",
                 "if 1:\n  pass\nelse:", "if 1:\n  pass\nelif 2:", "try:\n  pass\nexcept:", "try:\n  pass\nfinally:",
                 "try:\n  pass\nexcept E:", "try:\n  pass\nexcept* E:", "match x:\n  case 1:", "for x in y:\n  pass\nelse:",
                 "while 1:\n  pass\nelse:", "try:\n  pass\nexcept:\n  pass\nelse:", "def f(a,\n      b):", "class C(A,\n B):", "with (a as b,\n c):"):
        run(head + "\nx = 1")
    run("if 1:")
    run("if 1:\n")
    run("if 1:\n\n\n# comment\n")
    run("def f():\n  # comment only\nx = 1")


@section
def dedents():
    run("if 1:\n    x = 1\n  y = 2")
    run("if 1:\n        if 1:\n            x = 1\n      y = 2")
    run("def f():\n        x\n    y")
    run("class C:\n    def f(self):\n        pass\n   def g(self): pass")
    run("if 1:\n    if 1:\n        out.append(1)\nout.append(2)")
    run("if 1:\n    out.append(1)\n    \n        \n\n    out.append(2)")


@section
def in_brackets():
    run("out.append([\n1,\n        2,\n  3])")
    run("if 1:\n    out.append(\n1)\n    out.append(2)")
    run("def f(\na,\n        b\n  ):\n  return a\nout.append(f(1, 2))")
    run("if 1:\n    x = '''\nnot indented\n'''\n    out.append(x)")
    run("if 1:\n    x = 1 + \\\n1\n    out.append(x)")


@section
def one_liners():
    run("if 1: out.append(1)\nelse: out.append(2)")
    run("if 0: pass\nelif 1: out.append('elif')\nelse: pass")
    run("class C: pass\nout.append(C.__name__)")
    run("if 1: pass\n  out.append(1)")
    run("if 1: x = 1\n      y = 1")
    run("else: pass")
    run("elif 1: pass")
    run("except: pass")
    run("try: pass")
    run("try:\n  pass\nx = 1")
    run("finally: pass")
    run("case 1: pass")


@section
def deep():
    source = ""
    for i in range(20):
        source += " " * i + "if 1:\n"
    source += " " * 20 + "out.append('twenty')\n"
    source += " " * 7 + "out.append('seven')\n"
    run("\n" + source[1:] if 0 else source)
    exec(source, {"out": (out := [])})
    print(out)
