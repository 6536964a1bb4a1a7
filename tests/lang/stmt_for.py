# stmt_for.py - for loops: every target form, iteration protocol, mutation while iterating, else, large bodies.
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
def targets():
    for a in [1]: print(a)
    for a, b in [(1, 2)]: print(a, b)
    for a, in [(1,)]: print(a)
    for [a, b] in ["xy"]: print(a, b)
    for (a, (b, [c])) in [(1, (2, [3]))]: print(a, b, c)
    for *a, b in [(1, 2, 3)]: print(a, b)
    d = {}
    for d["k"] in [1, 2]: print(d)
    class O: pass
    o = O()
    for o.x in "ab": print(o.x)
    l = [0, 0]
    for l[0], l[-1] in [(1, 2), (3, 4)]: print(l)
    for i, l[i] in [(0, "a"), (1, "b")]: print(i, l)
    for l[:] in [(1, 2, 3)]: print(l)
    for (x) in 1, 2: print(x)
    for o.y, *d["rest"] in ["abc"]: print(o.y, d["rest"])
    for x in *[1], 2: print(x, end=" ")
    for x in (yield_ for yield_ in "g"): print(x)


@section
def iterables():
    for source in ("(1, 2)", "[1, 2]", "'ab'", "b'ab'", "bytearray(b'a')", "range(2)", "{'k': 1}", "{5}", "frozenset([6])", "{'k': 1}.items()", "{'k': 1}.values()", "enumerate('a')", "zip('a', 'b')", "map(str, [1])", "filter(None, [0, 1])", "reversed([1, 2])", "iter([1])", "(x for x in 'g')", "memoryview(b'm')", "sorted('ba')", "''", "[]", "range(0)", "iter(lambda: 1, 1)", "type('S', (), {'__getitem__': lambda s, i: [7][i]})()"):
        out = []
        for x in eval(source): out.append(x)
        print(source, out)
    for bad in (5, None, 1.5, object, len, type("N", (), {})()):
        error(lambda: [x for x in bad])
        error(lambda: exec("for x in bad: pass", {"bad": bad}))


@section
def variable_after_loop():
    for i in range(3): pass
    print(i)
    i = "kept"
    for i in []: pass
    print(i)
    for i in range(5):
        i = i * 10
        print(i, end=" ")
    print(i)
    for i in range(3):
        for i in "ab": pass
        print(i, end=" ")
    print(i)
    def f():
        for q in (): pass
        return q
    error(f)


@section
def iterator_is_fetched_once():
    x = [1, 2, 3]
    for v in x:
        x = "changed"
        print(v, end=" ")
    print(x)
    x = [1, 2]
    for v in x:
        x = [9] * 5
    print(v)
    it = iter(range(10))
    for v in it:
        if v == 2: break
    for v in it:
        if v == 5: break
    print(list(it))
    for v in it: print("never")
    r = range(3)
    print([(a, b) for a in r for b in r if a < b], [next(it2) for it2 in [iter("z")]])
    class C:
        n = 0
        def __iter__(self):
            C.n += 1
            return iter("it")
    c = C()
    for _ in c: pass
    for _ in c: pass
    print(C.n)


@section
def mutation():
    l = [1, 2, 3, 4, 5, 6]
    for x in l:
        if x % 2 == 0: l.remove(x)
    print(l)
    l = [1, 2]
    for x in l:
        if len(l) < 8: l.append(x * 2)
    print(l)
    l = [1, 2, 3, 4]
    for x in l:
        l.pop()
        print(x, end=" ")
    print(l)
    l = [3, 2, 1]
    for x in l: l.insert(0, 9) if len(l) < 6 else l.clear()
    print(l)
    l = [1, 2, 3]
    for x in l: l[:] = [x]
    print(l, x)
    d = {1: 1, 2: 2}
    for f in (lambda: [d.update({k + 10: 0}) for k in d], lambda: [d.pop(k) for k in d], lambda: [d.clear() for k in d.values()] if d else 0, lambda: [d.__setitem__(k[0] * 100, 0) for k in {1: 1}.items()]):
        error(f)
    d = {1: 1, 2: 2}
    for k in d: d[k] = "changing values is fine"
    for k in list(d): del d[k]
    print(d)
    s = {1, 2}
    error(lambda: [s.add(x + 10) for x in s])
    s = {1, 2}
    error(lambda: [s.discard(x) for x in s])


@section
def range_loops():
    print([i for i in range(0)], [i for i in range(5, 0)], [i for i in range(0, 5, -1)], [i for i in range(5, 0, -2)], [i for i in range(-3, 3, 2)], [i for i in range(True)])
    big = 2 ** 64
    for i in range(big, big + 3): print(i - big, end=" ")
    for i in range(-big, -big + 2): print(i + big, end=" ")
    for i in range(2 ** 62 - 1, 2 ** 62 + 2): print(i - 2 ** 62, end=" ")
    for i in range(2 ** 47 - 2, 2 ** 47 + 2): print(i - 2 ** 47, end=" ")
    for i in range(2 ** 30 - 2, 2 ** 30 + 2): print(i - 2 ** 30, end=" ")
    for i in range(-2 ** 31 - 1, -2 ** 31 + 2): print(i + 2 ** 31, end=" ")
    for i in range(0, big, 2 ** 62): print(i, end=" ")
    print()
    total = 0
    for i in range(10):
        for j in range(i): total += j
        else: total += 100
    print(total)


@section
def exceptions():
    class It:
        def __init__(self, bad): self.bad, self.n = bad, 0
        def __iter__(self): return self
        def __next__(self):
            self.n += 1
            if self.n == 3: raise self.bad
            return self.n
    for bad in (StopIteration, StopIteration("v"), ValueError("next"), IndexError("index"), GeneratorExit("g")):
        out = []
        try:
            for x in It(bad): out.append(x)
            else: out.append("else")
        except BaseException as e: out.append(repr(e))
        print(out)
    out = []
    try:
        for x in [1, 2]:
            try: raise StopIteration
            finally: out.append(x)
    except StopIteration: out.append("StopIteration from the body is not the end")
    print(out)


@section
def else_clause():
    for x in [1, 2]: pass
    else: print("else", x)
    for x in []: pass
    else: print("else of empty")
    for x in [1]:
        break
    else: print("never")
    def f():
        for x in [1]: return "returned"
        else: return "never"
    print(f())
    for x in [1]:
        for y in [2]: break
        else: print("never")
    else: print("outer else")
    for x in range(2):
        try: continue
        finally: pass
    else: print("else after continue")
    try:
        for x in [1]: raise ValueError
        else: print("never")
    except ValueError: print("no else after an exception")
    for source in ("for", "for x", "for x in", "for x in y", "for in y: pass", "for x y: pass", "for 1 in y: pass", "for f() in y: pass", "for x + 1 in y: pass", "for x in y z: pass", "for x, in y: pass", "for x, y: pass", "for (x in y): pass", "for x in y: pass\nelif z: pass", "for x of y: pass", "for x = 1 in y: pass", "for x: int in y: pass", "for x in y := z: pass", "for x := 1 in y: pass", "for not x in y: pass", "for x in not y: pass", "for x in lambda: y: pass", "for x if y in z: pass", "for x in y if z else w: pass", "for lambda: x in y: pass", "for x in (yield): pass", "for x in *y: pass", "for x.y[z], *w in v: pass", "for None in y: pass", "for (x) in y: pass", "for () in y: pass", "for [] in y: pass", "for -x in y: pass", "for 'a' in y: pass", "for x not in y: pass", "for (yield) in y: pass", "for x in: pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.offset)
