# lex_lines.py - logical lines: explicit and implicit joining, semicolons, blank lines, comments, line ends.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def explicit():
    x = 1 + \
        2 + \
        3
    if x == 6 and \
       x != 7:
        print("joined", x)
    y = "a\
b" + \
"c"
    print(y)
    assert \
        x \
        == 6
    print(1, \
          2)


@section
def implicit():
    x = [
        1,  # one

        # nothing
        2,

    ]
    y = (1 +
2
  + 3)
    z = {
'a':
    1, 'b'
        : 2}
    print(x, y, z, [i
                    for i
                    in range(3)
                    if
                    i], print
          .__name__
          [0])
    print((lambda a,
           b: a +
           b)(1,
              2))

    def f(a,
          b=2,
          # comment
          *,
          c):
        return (a,
                b, c)
    print(f(1,
            c=3
            ,))


@section
def semicolons():
    x = 1; y = 2; z = x + y
    print(z);
    if z: print("a"); print("b")
    for i in 1, 2: print(i, end=" "); print("-", end=" ")
    print();
    class C: a = 1; b = 2
    def f(): x = 1; return x
    print(C.a, C.b, f())
    while False: pass; pass
    try: pass
    except: pass
    else: print("else"); print("more")
    finally: print("finally")


@section
def blank_and_comment_lines():
    x = 1
# a comment at the margin does not end the block

        # nor does an indented one
    x += 1
  # nor does an oddly indented one
    print(x)  # trailing
    #
    #no space


def run(source):
    try:
        ns = {"out": []}
        exec(source, ns)
        print(ascii(source), "->", ns["out"])
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)


@section
def line_ends():
    run("out.append(1)\nout.append(2)\n")
    run("out.append(1)\r\nout.append(2)\r\n")
    run("out.append(1)\rout.append(2)")
    run("if 1:\r\n  out.append(1)\r\n\r\n  out.append(2)\r\n")
    run("out.append(1)")
    run("")
    run("\n\n\n")
    run("# only a comment")
    run("   \n\t\n  # comment\n")
    run("if 1:\n  out.append(1)\n  # end")
    run("if 1:\n  out.append(1)\n\n\n")
    run("if 1: out.append(1)  # no newline")
    run("out.append(1) ; out.append(2) ;")
    run("\x0cout.append(1)\n")
    run("if 1:\n\x0c    out.append(1)\n    out.append(2)")
    run("\ufeffout.append(1)")
    run("out.append(1 + \\\n 2)")
    run("out.append(1) \\\n\n")
    run("out\\\n.append(3)")
    run("x = '''a\n  b\n'''\nout.append(x)")


@section
def errors():
    run("x = 1 \\ \nout.append(1)")
    run("x = 1 \\")
    run("x = \\\n")
    run(";")
    run("x = 1;; y = 2")
    run("; x = 1")
    run("(1,\n2")
    run("x = [1,\n\n2\n\ny = 3")
    run("x = (1]")
    run("x = {1)")
    run(")")
    run("x = 1)")
    run("foo(\n  bar[\n  }\n)")
    run("x = $")
    run("x = a ? b")
    run("x = 1 !")
    run("x = `1`")
    run("\\x = 1")
    run("if 1: if 2: pass")
    run("x = 1 if 2: pass")
    run("for i in 1: x = 1; if i: pass")
    run("x = 'a\\\nb' c")
