# type_params_syntax.py - PEP 695 and 696: what may stand between the brackets.
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
def syntax():
    for params in ("", "T", "T,", "T, T", "T, U", "T: int", "T: (int, str)", "T: (int,)", "T: int, str", "*T", "**T", "*T: int", "**T: int", "*T, *U", "**P, *T", "*", "**", "1", "T.x", "(T)", "T = int", "T: int = bool", "T = int, U", "T = int, *U", "*T = int", "*T = *int", "**P = int", "T = *int", "T := int", "T: (yield)", "T: await x", "T: (x := 1)", "T: lambda: 1", "T: [x for x in y]", "T = (yield)", "T: x if y else z", "None", "__debug__", "print", "T: int str", "T U", "T,,", "'T'"):
        for form in ("def f[{}](): pass", "class C[{}]: pass", "type X[{}] = int"):
            try:
                compile(form.format(params), "<t>", "exec")
                print(form.format(params), "-> fine")
            except SyntaxError as e:
                print(form.format(params), "->", e.msg, e.offset)
    for source in ("def f[T](T): pass", "def f[T](): nonlocal T", "def f[T]():\n  T = 1", "def f[T]():\n  global T", "class C[T]: T = 1", "class C[T]: nonlocal T", "def f[T](x: (yield)): pass", "def f[T](x: (y := 1)): pass", "def f[T](x=(yield)): pass", "class C[T](x := 1): pass", "class C[T]((x := 1)): pass", "class C[T]((yield)): pass", "def f [T] (): pass", "class C [T] : pass", "def f[T] -> int: pass", "lambda[T]: T", "async def f[T](): pass", "def f[T](x: T = T): pass", "class C[T](A[T], metaclass=M[T]): pass", "def f[T](): T: int", "def f[T]():\n  for T in x: pass", "def f[T]():\n  del T"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
