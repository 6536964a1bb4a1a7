# mixed_errors.py - control flow, closures and generators in odd mixtures; operations on an object whose special methods all misbehave.
# SPDX-License-Identifier: MIT
import sys
def gen():
    try: raise ValueError("inner")
    except ValueError:
        try: yield
        except KeyError as e: print(repr(e.__context__)); yield
g = gen(); next(g)
try: raise OSError
except OSError: g.throw(KeyError("x"))
def gen2(): yield
g = gen2()
try:
    try: raise OSError("a")
    except OSError: g.throw(KeyError("y"))
except KeyError as e: print(repr(e.__context__))
# closures over loop vars in class in function
def f():
    fs = []
    for i in range(3):
        class C:
            j = i
            def m(self): return i, self.j
        fs.append(C())
    return [c.m() for c in fs]
print(f())
# nested functions with del and cells
def f():
    x = 1
    def g(): return x
    del x
    try: g()
    except NameError as e: print(type(e).__name__, e)
    x = 2
    return g()
print(f())
# star-args evaluation order
def t(n): print(n, end=" "); return n
def ff(*a, **k): return a, k
print(ff(t(1), *[t(2)], t(3), k=t(4), **{"z": t(5)}))
d = {}
d[t("k")] = t("v"); print(d)
t("a"), t("b")
x = [t(1), t(2)][t(0)]; print(x)
print(t(1) < t(2) < t(0) < t(9))
print(t(0) or t(5) and t(0) or t("") or "end")
# chained assignment & augmented
class L(list):
    def __iadd__(s, o): print("iadd"); return super().__iadd__(o)
    def __getitem__(s, i): print("get", i); return super().__getitem__(i)
    def __setitem__(s, i, v): print("set", i, v); super().__setitem__(i, v)
l = L([1, 2]); l[0] += 5; l += [3]; a = b = l; print(a is b, l)
t1 = ([1],)
try: t1[0] += [2]
except TypeError as e: print(e, t1)
# del targets
a = b = c = 1
del (a, [b]), c
try: a
except NameError as e: print(e)
# global in nested & class bodies
x = "glob"
def f():
    x = "loc"
    class C:
        print(x)
        x = "cls"
        print(x)
        def m(self): return x
    return C().m()
print(f())
class A:
    x = x
    y = [x for _ in range(2)]
print(A.x, A.y)
# try/finally/return/loops
def f():
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            try: 1 / (i - 2)
            except ZeroDivisionError: print("zd"); continue
            else: print("else", i)
            finally: print("fin", i)
        finally: print("out", i)
    else: return "none"
    return i
print(f())
def f():
    while True:
        try:
            try: return 1
            finally: break
        finally: print("x")
    return 2
print(f())
def f():
    try: raise ValueError
    except: 
        try: raise KeyError
        except KeyError: pass
        try: raise
        except ValueError as e: return repr(e), repr(e.__context__)
print(f())
# generators in odd contexts
print(sum(x * y for x in range(3) for y in range(x)), list(x for x in (lambda: (yield 1))()), dict((k, v) for k, v in zip("ab", [1, 2])))
def f(): x = yield; y = yield x; return (x, y)
g = f(); next(g); print(g.send(1))
try: g.send(2)
except StopIteration as e: print(e.value)
def f():
    r = []
    for _ in range(3): r.append((yield len(r)))
    return r
def h(): print((yield from f()))
g = h(); print(next(g), g.send("a"), g.send("b"), next(g, "done"))
class It:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 3: raise StopIteration("res")
        return s.n
    def throw(s, *a): print("throw", a); return 99
    def close(s): print("close")
def f(): x = yield from It(); print("x", x)
g = f(); print(next(g), g.throw(KeyError("q")), list(g))
g = f(); next(g); g.close()
try: next(g)
except StopIteration: print("over")
try: g2 = f(); next(g2); g2.send(5)
except AttributeError as e: print(e)
# exceptions from weird places
class Bad:
    def __bool__(s): raise RuntimeError("bool")
    def __iter__(s): raise RuntimeError("iter")
    def __len__(s): return -1
    def __hash__(s): return "x"
    def __eq__(s, o): raise RuntimeError("eq")
    def __index__(s): return "i"
    def __repr__(s): return 5
    def __format__(s, f): return 5
    def __getattr__(s, n): raise KeyError(n)
    def __contains__(s, o): return []
    def __next__(s): return 1
b = Bad()
for fn in (lambda: not b, lambda: [*b], lambda: len(b), lambda: hash(b), lambda: b == 1, lambda: b in [1], lambda: 1 in [b], lambda: [1][b], lambda: repr(b), lambda: f"{b}", lambda: b.zz, lambda: 1 in b, lambda: "%s" % b, lambda: "%d" % b, lambda: range(b), lambda: {b}, lambda: b if b else 0, lambda: a1, lambda: max([b, b]), lambda: sorted([b, b]), lambda: (lambda *a: a)(*b), lambda: dict(b), lambda: next(iter(b)), lambda: iter(b), lambda: b(), lambda: b[0], lambda: b + 1, lambda: -b, lambda: b @ b, lambda: abs(b), lambda: int(b), lambda: float(b), lambda: complex(b), lambda: str(b), lambda: bytes(b), lambda: [].__getitem__(b), lambda: b < b, lambda: isinstance(1, b), lambda: issubclass(b, int), lambda: open(b), lambda: exec(b), lambda: compile(b, "", "exec"), lambda: setattr(b, 1, 2), lambda: getattr(b, 1), lambda: delattr(b, "q"), lambda: vars(1), lambda: dir(b) and None, lambda: chr(b), lambda: ord(b), lambda: chr(2 ** 70), lambda: round(b), lambda: divmod(b, 1), lambda: pow(b, 2, 3), lambda: sum(b), lambda: sum(["a"]), lambda: zip(b), lambda: map(b), lambda: filter(b, [1]).__next__(), lambda: enumerate(b), lambda: reversed(b), lambda: slice(b).indices(5), lambda: "a".join([b]), lambda: "a".join(5), lambda: "a" * b, lambda: "abc".find(b), lambda: "abc".split(b), lambda: "{}".format(b), lambda: "{0.x}".format(b), lambda: "{x}".format(), lambda: "{".format(), lambda: "{0}{}".format(1, 2), lambda: "%(a)s" % 5, lambda: "%s %s" % (1,), lambda: "%s" % (1, 2), lambda: "%z" % 1, lambda: "%", lambda: "%" % (), lambda: "%*d" % ("a", 1), lambda: "%c" % "ab", lambda: "%c" % -1, lambda: "%x" % 1.5, lambda: "%i" % "a", lambda: "%.1f" % "a", lambda: b"%s" % "a", lambda: b"%d" % b"a", lambda: b"%c" % 300, lambda: format(1, "zz"), lambda: format("a", "d"), lambda: format(1.5, "x"), lambda: format(1, ".2d"), lambda: format("a", "+"), lambda: format([], "5"), lambda: format(1, "c,"), lambda: format(-1, "c"), lambda: "{:,d}".format("a")):
    try: print("ok", fn())
    except BaseException as e: print(type(e).__name__, e)
