# syntax_errors_semantic.py - errors found after parsing: scopes, control flow out of place, duplicate arguments, async rules.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def check(*sources):
    for source in sources:
        try:
            compile(source, "<test>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)


@section
def outside_function_or_loop():
    check("return", "return 1", "yield 1", "x = yield", "yield from x", "await x", "break", "continue", "if x:\n  break", "class C:\n  return", "class C:\n  yield", "class C:\n  break", "class C:\n  await x", "def f():\n  break", "def f():\n  continue", "while x:\n  def f():\n    break", "while x:\n  class C:\n    continue", "while x: pass\nelse: break", "for x in y: pass\nelse: continue", "for x in y:\n  pass\nbreak", "lambda: (yield)", "lambda: await x", "[(yield x) for x in y]", "((yield x) for x in y)", "{(yield x): 1 for x in y}", "{(yield) for x in y}", "def f(): [(yield x) for x in y]", "def f(): lambda: [(yield) for x in y]", "class C: [(yield) for x in y]", "def f(x=(yield)): pass", "def f(x: (yield)): pass", "class C((yield)): pass", "@(yield)\ndef f(): pass", "async def f(): yield from x", "async def f():\n  yield\n  return 1", "async with x: pass", "async for x in y: pass", "[x async for x in y]", "def f(): [x async for x in y]", "def f(): (x async for x in y)", "def f():\n  async with x: pass", "def f():\n  async for x in y: pass", "def f(): await x", "async def f():\n  def g(): await x", "async def f():\n  lambda: await x", "async def f():\n  class C: await x", "async def f(): [await x async for x in y]", "from x import *", "def f():\n  from x import *", "class C:\n  from x import *", "try: pass\nexcept: pass\nexcept E: pass", "try: pass\nexcept* E: return", "def f():\n  try: pass\n  except* E: return", "while 1:\n  try: pass\n  except* E: break", "while 1:\n  try: pass\n  except* E: continue")


@section
def names_and_scopes():
    check("def f(a, a): pass", "def f(a, *a): pass", "def f(a, **a): pass", "def f(a, *, a): pass", "def f(a, /, a): pass", "lambda a, a: 1", "lambda *a, a: 1", "def f(a, b, c, b): pass", "async def f(a, a): pass", "def f():\n  x = 1\n  global x", "def f():\n  print(x)\n  global x", "def f(x):\n  global x", "def f():\n  global x\n  global x", "def f():\n  x: int\n  global x", "def f():\n  global x\n  x: int", "nonlocal x", "def f():\n  nonlocal x", "def f(x):\n  nonlocal x", "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x", "def f():\n  x = 1\n  def g():\n    nonlocal x\n    global x", "def f():\n  global x\n  def g():\n    nonlocal x", "class C:\n  nonlocal x", "x = 1\nglobal x", "print(x)\nglobal x", "global x\nx: int = 1", "def f():\n  for x in y: pass\n  nonlocal x", "def f():\n  x = 1\n  class C:\n    nonlocal x", "def f():\n  nonlocal f", "def f():\n  def g(): pass\n  def h():\n    nonlocal g", "def f():\n  import x\n  global x", "def f():\n  with a as x: pass\n  global x", "def f():\n  try: pass\n  except E as x: pass\n  global x", "def f():\n  [x for x in y]\n  global x", "def f():\n  (x := 1)\n  global x", "def f():\n  class x: pass\n  global x", "def f():\n  del x\n  global x", "def f():\n  x += 1\n  global x", "def f():\n  lambda: x\n  global x", "def f():\n  match y:\n    case x: pass\n  global x", "def f[T](T): pass", "def f[T, T](): pass", "class C[T, T]: pass", "type X[T, T] = int", "def f[T]():\n  nonlocal T")


@section
def debug_and_none():
    check("__debug__ = 1", "def __debug__(): pass", "class __debug__: pass", "import __debug__", "import x as __debug__", "from x import __debug__", "from x import y as __debug__", "def f(__debug__): pass", "def f(*__debug__): pass", "def f(**__debug__): pass", "lambda __debug__: 1", "f(__debug__=1)", "x.__debug__ = 1", "x.__debug__", "del __debug__", "del x.__debug__", "for __debug__ in x: pass", "with x as __debug__: pass", "try: pass\nexcept E as __debug__: pass", "[__debug__ for __debug__ in x]", "(__debug__ := 1)", "__debug__ += 1", "__debug__: int", "__debug__: int = 1", "global __debug__", "def f():\n  global __debug__\n  __debug__ = 1", "match x:\n  case __debug__: pass", "class C(__debug__=1): pass", "type __debug__ = int", "def f[__debug__](): pass", "print(__debug__)", "(__debug__, x) = 1, 2", "*__debug__, = x")


@section
def comprehension_walrus():
    check("[x := 1 for x in y]", "[(x := 1) for x in y]", "[(y := x) for x in y]", "[x for x in (y := z)]", "[x for x in y if (x := 1)]", "[x for x in y if (z := x)]", "[[x for x in y] for x in (z := w)]", "[(i := 0) for i, j in k]", "[(j := 0) for i, j in k]", "[j for i in k for j in (l := m)]", "[i for i in x for j in y if (i := j)]", "[[(i := 1) for j in y] for i in x]", "[[(j := 1) for j in y] for i in x]", "class C: [(x := 1) for y in z]", "class C: (x := 1)", "class C:\n  def f(self): [(x := y) for y in z]", "[lambda: (x := 1) for x in y]", "[x for x in lambda: (y := 1)]", "{(x := 1): 2 for x in y}", "{1: (x := 1) for x in y}", "((x := 1) for x in y)", "def f():\n  global x\n  [(x := y) for y in z]", "def f():\n  nonlocal x\n  [(x := y) for y in z]", "[[(a := 1) for b in c] for a in d]", "[a for a in b if [(a := 1) for c in d]]")


@section
def future_imports():
    check("from __future__ import annotations", "from __future__ import division, print_function", "from __future__ import nested_scopes, generators, absolute_import, with_statement, unicode_literals, generator_stop", "from __future__ import nope", "from __future__ import braces", "from __future__ import *", "x = 1\nfrom __future__ import division", "'doc'\nfrom __future__ import division", "'doc'\n'second'\nfrom __future__ import division", "# c\n\nfrom __future__ import division", "from __future__ import division\nfrom __future__ import annotations", "import sys\nfrom __future__ import division", "def f():\n  from __future__ import division", "from __future__ import division as d", "from __future__ import (division, annotations)", "from __future__ import division; from __future__ import annotations", "1; from __future__ import division", "from __future__ import barry_as_FLUFL", "import __future__", "from .__future__ import nope")


@section
def starred():
    check("*x", "*x = y", "*x, = y", "*x, *y = z", "[*x, *y] = z", "(*x, (*y, *z)) = w", "x = *y", "x = *y,", "return *x", "def f(): return *x", "def f(): return *x,", "def f(): yield *x", "def f(): yield *x,", "for *x in y: pass", "for *x, in y: pass", "for x in *y: pass", "for x in *y,: pass", "del *x", "del *x,", "print(*x)", "print(**x)", "(*x)", "(*x,)", "[*x]", "{*x}", "{**x}", "{*x: 1}", "{1: *x}", "{**x: 1}", "[**x]", "x[*y]", "x[*y, z]", "x[*y:z]", "*x += 1", "if *x: pass", "not *x", "*x if y else z", "x if *y else z", "*x or y", "[*x or y]", "f(*x or y)", "*x for x in y", "[*x for x in y]", "{**x for x in y}", "{x: *y for x in z}", "lambda: *x", "lambda *x: x", "with *x: pass", "with x as *y: pass", "assert *x", "raise *x", "import *x", "@*x\ndef f(): pass", "f(x, *)", "*", "**x", "*x.y", "*x()", "*x[0], y = z", "f'{*x}'", "f'{*x,}'", "*a, *b, c", "a, *b, *c = d", "*(a, *b), c = d", "**a, b = c", "x = 1, *y, 2", "x: int = *y", "x: int = *y,", "await *x")
