def f(n):
    out = []
    for i in range(n):
        try:
            try:
                if i == 0: raise ValueError("v")
                if i == 1: raise KeyError from None
                if i == 2: raise OSError("o") from ValueError("c")
                if i == 3: continue
                if i == 4: assert i == 5, "msg"
                out.append(i)
            except (ValueError, KeyError) as e:
                out.append(type(e).__name__)
                if i: raise
            else: out.append("else")
            finally: out.append("fin")
        except KeyError: out.append("outer")
        except BaseException as e: out.append(repr(e))
    return out
print(f(6))
class M:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return t is KeyError
def w():
    with M() as a, M():
        raise KeyError
    for i in range(2):
        with M():
            if i: return 5
            continue
print(w())
def star(e):
    try: raise e
    except* ValueError as g: r = ["v", len(g.exceptions)]
    except* (TypeError, OSError) as g: r = ["t"]
    return r
print(star(ExceptionGroup("x", [ValueError(1), ValueError(2)])), star(TypeError()))
try: star(ExceptionGroup("x", [ValueError(1), KeyError(2)]))
except* KeyError as e: print(e.exceptions)
try:
    try: star(ExceptionGroup("y", [KeyError()]))
    except* KeyError: raise IndexError
except IndexError as e: print(repr(e), e.__context__)
def re():
    try: 1 / 0
    except ZeroDivisionError:
        try: raise
        finally: pass
try: re()
except ZeroDivisionError as e: print(e, e.__context__)
