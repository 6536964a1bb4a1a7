# stmt_try.py - try, except, else, finally: every combination, nesting, return and loop control in each part.
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
def paths():
    def run(fail_try, fail_except, fail_else, fail_finally):
        log = []
        try:
            try:
                log.append("try")
                if fail_try: raise fail_try
            except ValueError:
                log.append("except")
                if fail_except: raise fail_except
            else:
                log.append("else")
                if fail_else: raise fail_else
            finally:
                log.append("finally")
                if fail_finally: raise fail_finally
            log.append("after")
        except Exception as e:
            log.append((repr(e), repr(e.__context__)))
        return log
    V, K = ValueError("v"), KeyError("k")
    for args in ((None, None, None, None), (V, None, None, None), (K, None, None, None), (ValueError("a"), KeyError("b"), None, None), (None, None, ValueError("e"), None), (None, None, None, OSError("f")), (ValueError("t"), None, None, OSError("f")), (KeyError("t"), None, None, OSError("f")), (ValueError("1"), KeyError("2"), None, OSError("3")), (None, None, KeyError("else"), OSError("fin"))):
        print(run(*args))


@section
def control_matrix():
    def f(where, what):
        out = []
        for i in range(2):
            try:
                if where == "try":
                    if what == "return": return out + ["ret"]
                    if what == "break": break
                    if what == "continue": continue
                    if what == "raise": raise KeyError
                if where == "except": raise ValueError
                out.append(f"t{i}")
            except ValueError:
                if what == "return": return out + ["ret"]
                if what == "break": break
                if what == "continue": continue
                if what == "raise": raise KeyError
            except KeyError: out.append("caught key")
            else:
                if where == "else":
                    if what == "return": return out + ["ret"]
                    if what == "break": break
                    if what == "continue": continue
                    if what == "raise": raise KeyError
            finally:
                out.append(f"f{i}")
                if where == "finally":
                    if what == "return": return out + ["ret"]
                    if what == "break": break
                    if what == "continue": continue
                    if what == "raise": raise KeyError
            out.append(f"end{i}")
        else: out.append("else")
        return out
    for where in ("try", "except", "else", "finally"):
        for what in ("return", "break", "continue", "raise", ""):
            try: print(where, what, f(where, what))
            except Exception as e: print(where, what, repr(e))


@section
def nested():
    log = []
    try:
        try:
            try: raise ValueError("inner")
            except KeyError: log.append("never")
            finally: log.append("f1")
        except ValueError as e:
            log.append(str(e))
            try: raise KeyError("from handler")
            except KeyError as e2: log.append((repr(e2.__context__), e2.__context__ is e))
            raise
        finally: log.append("f2")
    except ValueError as e: log.append(repr(e.__context__))
    print(log)
    def deep(n):
        try:
            if n == 0: raise ValueError("deep")
            deep(n - 1)
        finally: log.append(n)
    log.clear()
    try: deep(4)
    except ValueError: print(log)


@section
def finally_overrides():
    def f():
        try: return 1
        finally: return 2
    def g():
        try: raise ValueError
        finally: return "no exception"
    def h():
        while True:
            try: raise ValueError
            finally: break
        return "broke out"
    def i():
        for x in range(3):
            try: return x
            finally:
                if x < 2: continue
    def j():
        try:
            try: return "a"
            finally: raise KeyError
        except KeyError: return "b"
    def k():
        try: return 1
        finally:
            try: return 2
            finally: return 3
    def l():
        try:
            return "value"
        finally:
            try: raise ValueError
            except ValueError: pass
    print(f(), g(), h(), i(), j(), k(), l())


@section
def else_details():
    def f(x):
        try: y = 10 // x
        except ZeroDivisionError: return "zero"
        else:
            try: return [1][y]
            except IndexError: return "index"
            else: return "never after return"
        finally: pass
    print(f(0), f(20), f(5))
    try:
        try: pass
        except ValueError: print("never")
        else: raise ValueError("else is not covered by except")
    except ValueError as e: print(e)
    try: pass
    finally: print("only finally")
    try: x = 1
    except: x = 2
    else: x += 10
    print(x)


@section
def handlers_and_names():
    def f(exc):
        try: raise exc
        except (ValueError, TypeError) as e: return "VT", type(e).__name__
        except KeyError: return "K"
        except LookupError as e: return "L", type(e).__name__
        except: return "bare"
    print(f(ValueError), f(TypeError()), f(KeyError), f(IndexError), f(SystemExit), f(OSError))
    e = 1
    try: raise ValueError
    except ValueError as e: e2 = e
    error(lambda: e)
    try:
        try: raise ValueError("x")
        except ValueError as err:
            try: raise KeyError("y")
            except KeyError as err: pass
            print("err" in locals())
    except NameError as n: print(n)
    for i in range(2):
        try: raise ValueError(i)
        except ValueError as same: print(same)
    class Holder: pass
    def attr_target():
        exec("try: raise ValueError\nexcept ValueError as x.y: pass")
    try: attr_target()
    except SyntaxError as s: print(s.msg)


@section
def dynamic_types():
    kinds = [ValueError]
    try: raise ValueError
    except tuple(kinds): print("tuple from list")
    def choose(*k): return k
    try: raise KeyError("k")
    except choose(ValueError, KeyError) as e: print(repr(e))
    try:
        try: raise OSError("os")
        except kinds[5]: print("never")
    except IndexError as e: print(type(e).__name__, repr(e.__context__))
    class Meta(type): pass
    class E(Exception, metaclass=Meta): pass
    class F(E): pass
    try: raise F("f")
    except E as e: print(type(e).__name__)
    class Old(ValueError): pass
    class New(Old, KeyError): pass
    for k in (KeyError, Old, ValueError, LookupError, Exception, BaseException, New):
        try: raise New("multi")
        except k: print(k.__name__, end=" ")
    print()


@section
def syntax():
    for source in ("try: pass", "try:\n pass\nx = 1", "try: pass\nexcept:", "try: pass\nexcept: pass\nexcept E: pass", "try: pass\nexcept E: pass\nexcept: pass\nelse: pass\nfinally: pass", "try: pass\nelse: pass", "try: pass\nelse: pass\nexcept: pass", "try: pass\nfinally: pass\nexcept: pass", "try: pass\nfinally: pass\nelse: pass", "try: pass\nfinally: pass\nfinally: pass", "except: pass", "finally: pass", "try: pass\nexcept A, B: pass", "try: pass\nexcept A, B as e: pass", "try: pass\nexcept (A, B) as e: pass", "try: pass\nexcept A as: pass", "try: pass\nexcept A as b.c: pass", "try: pass\nexcept A as (b): pass", "try: pass\nexcept A as 1: pass", "try: pass\nexcept as e: pass", "try: pass\nexcept A e: pass", "try: pass\nexcept A as e pass", "try: pass\nexcept lambda: 1: pass", "try: pass\nexcept *A: pass", "try: pass\nexcept* : pass", "try: pass\nexcept*: pass", "try: pass\nexcept* A: pass\nexcept B: pass", "try: pass\nexcept A: pass\nexcept* B: pass", "try pass", "try:\n  pass\n except: pass", "try: pass\nexcept A or B: pass", "try: pass\nexcept A if b else C: pass", "try: pass\nexcept (yield): pass", "try: pass\nexcept A: pass\nelse: pass\nelse: pass", "try: pass\nexcept E as None: pass", "try: pass\ncatch E: pass", "try: pass\nexcept A as a, B as b: pass", "try: pass\nexcept (A, B): pass", "try: pass\nexcept *(A, B) as e: pass", "try: pass\nexcept* A: return"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
