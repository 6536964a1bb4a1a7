# stmt_except_star.py - except*: splitting groups, naked exceptions, re-raising, nesting, restrictions.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def show(e, depth=0):
    """Structure of an exception group, as text."""
    if isinstance(e, BaseExceptionGroup):
        return f"{type(e).__name__}({e.message!r}, [{', '.join(show(x) for x in e.exceptions)}])"
    return repr(e)


def group(*excs, msg="g"):
    return ExceptionGroup(msg, list(excs))


@section
def splitting():
    log = []
    try:
        raise group(ValueError(1), TypeError(2), ValueError(3), KeyError(4))
    except* ValueError as e: log.append(show(e))
    except* (TypeError, KeyError) as e: log.append(show(e))
    except* OSError: log.append("never")
    print(*log, sep="\n")
    try:
        try: raise group(ValueError(1), OSError(2), group(ValueError(3), KeyError(4), msg="inner"))
        except* ValueError as e: print(show(e))
    except ExceptionGroup as rest: print("rest", show(rest))


@section
def naked():
    try: raise ValueError("alone")
    except* ValueError as e: print(type(e).__name__, repr(e.message), e.exceptions)
    try:
        try: raise KeyError("other")
        except* ValueError: print("never")
    except KeyError as e: print("passed through", repr(e), e.__context__)
    try:
        try: raise KeyboardInterrupt("k")
        except* KeyboardInterrupt as e: print(type(e).__name__, show(e))
    except BaseException as e: print("never")


@section
def else_and_finally():
    for exc in (None, ValueError("v"), KeyError("k")):
        log = []
        try:
            try:
                if exc: raise exc
            except* ValueError: log.append("handler")
            else: log.append("else")
            finally: log.append("finally")
        except KeyError: log.append("outer")
        print(log)
    def f():
        try: raise group(ValueError())
        except* ValueError: pass
        finally: return "from finally"
    print(f())


@section
def raising_in_handlers():
    try:
        try: raise group(ValueError(1), TypeError(2))
        except* ValueError: raise KeyError("new")
    except BaseExceptionGroup as e:
        print(show(e), [repr(x.__context__)[:16] for x in e.exceptions])
    try:
        try: raise group(ValueError(1), TypeError(2), OSError(3))
        except* ValueError: raise KeyError("a")
        except* TypeError: raise IndexError("b")
    except ExceptionGroup as e: print(show(e))
    try:
        try: raise group(ValueError(1), TypeError(2))
        except* ValueError: raise
        except* TypeError as e: raise e
    except ExceptionGroup as e: print(show(e))
    try:
        try: raise group(ValueError(1), TypeError(2), OSError(3))
        except* (ValueError, OSError): raise
    except ExceptionGroup as e: print(show(e))
    try:
        try: raise group(ValueError(1))
        except* ValueError: raise KeyError("only new")
    except Exception as e: print(show(e))
    try:
        try: raise ValueError("naked")
        except* ValueError: raise
    except Exception as e: print(show(e))
    try:
        try: raise group(ValueError(1), OSError(0))
        except* ValueError as e: raise KeyError("c") from e
    except ExceptionGroup as e: print(show(e), [show(x.__cause__) if x.__cause__ else None for x in e.exceptions])


@section
def nested_groups():
    eg = group(ValueError(1), group(TypeError(2), group(ValueError(3), OSError(4), msg="c"), msg="b"), msg="a")
    try:
        try: raise eg
        except* TypeError as e: print(show(e))
        except* OSError as e: print(show(e))
    except ExceptionGroup as e: print("left", show(e))
    try: raise eg
    except* Exception as e: print(e is eg, show(e))
    try:
        try: raise eg
        except* KeyError: print("never")
    except ExceptionGroup as e: print(e is eg)
    try:
        raise eg
    except* ValueError as outer:
        try: raise outer
        except* ValueError as inner: print(show(inner))
    except* (TypeError, OSError): print("others")


@section
def types_checked():
    for kinds in ("ExceptionGroup", "BaseExceptionGroup", "(ValueError, ExceptionGroup)", "5", "int", "(ValueError, 5)", "[ValueError]"):
        try: exec(f"try: raise ExceptionGroup('g', [ValueError()])\nexcept* {kinds}: print('matched')")
        except TypeError as e: print(kinds, "->", e)
        except ExceptionGroup as e: print(kinds, "-> group left")
    try: exec("try: pass\nexcept* 5: pass\nelse: print('type not evaluated')")
    except TypeError as e: print(e)


@section
def variables():
    e = "before"
    try: raise group(ValueError(1), KeyError(2))
    except* ValueError as e: print(show(e))
    except* KeyError as f: print("e" in locals(), show(f))
    print("e" in locals(), "f" in locals())


@section
def subclass_groups():
    class MyGroup(ExceptionGroup):
        def __new__(cls, msg, excs, tag=None):
            self = super().__new__(cls, msg, excs)
            self.tag = tag
            return self
        def derive(self, excs): return MyGroup(self.message, excs, self.tag)
    try:
        try: raise MyGroup("mine", [ValueError(1), KeyError(2)], "T")
        except* ValueError as e: print(show(e), e.tag)
    except ExceptionGroup as e: print(show(e), e.tag)
    class Plain(ExceptionGroup): pass
    try:
        try: raise Plain("p", [ValueError(1), KeyError(2)])
        except* ValueError as e: print(show(e))
    except ExceptionGroup as e: print(show(e))
    try:
        try: raise BaseExceptionGroup("base", [KeyboardInterrupt(), ValueError(1)])
        except* ValueError as e: print(show(e))
    except BaseExceptionGroup as e: print(show(e))


@section
def loops_and_functions():
    out = []
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: raise group(ValueError(i))
        except* ValueError as e: out.append(show(e))
        else: out.append(f"else {i}")
    print(out)
    def f():
        def g(): raise group(ValueError("deep"))
        try: g()
        except* ValueError as e:
            got = [x.args for x in e.exceptions]
        return got
    print(f())
    for source in ("for x in y:\n  try: pass\n  except* E: break", "for x in y:\n  try: pass\n  except* E: continue", "def f():\n  try: pass\n  except* E: return 1", "def f():\n  try: pass\n  except* E:\n    def g(): return 1", "try: pass\nexcept* E:\n  for x in y: break", "for x in y:\n  try: break\n  except* E: pass", "def f():\n  try: return\n  except* E: pass", "def f():\n  try: pass\n  except* E:\n    while 1:\n      return"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "fine")
        except SyntaxError as e: print(repr(source), "->", e.msg, e.lineno, e.offset)
