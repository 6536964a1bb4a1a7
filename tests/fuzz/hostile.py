# hostile.py - writes a random hostile program, the same one for the same seed:  krait tests/fuzz/hostile.py SEED >program.py
# fuzz.py imports it.
#
# The program has a pool of objects: containers, buffers, iterators, generators, weak references, exceptions, types, and instances of classes all of
# whose special methods change something of the pool before they answer, often wrongly. It does random things with them. Whatever it raises is
# fine; it must not crash. What it prints means nothing.
import sys

state = 0


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
    return (state >> 33) % n


def pick(items):
    return items[random(len(items))]


UNARY_SPECIALS = """__len__ __length_hint__ __iter__ __next__ __reversed__ __hash__ __bool__ __repr__ __str__ __bytes__ __index__ __int__ __float__
__complex__ __neg__ __pos__ __invert__ __abs__ __trunc__ __floor__ __ceil__ __enter__ __dir__ __aiter__ __anext__ __await__ __aenter__ __reduce__
__copy__ __sizeof__ __fspath__ __del__""".split()
BINARY_SPECIALS = """__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __imul__ __matmul__ __truediv__
__floordiv__ __mod__ __rmod__ __divmod__ __rdivmod__ __pow__ __rpow__ __lshift__ __rshift__ __and__ __rand__ __or__ __ror__ __ior__ __xor__ __contains__
__getitem__ __missing__ __delitem__ __getattr__ __delattr__ __format__ __round__ __instancecheck__ __subclasscheck__ __class_getitem__ __buffer__
__release_buffer__ __mro_entries__ __subclasshook__ __delete__ __init_subclass__ __prepare__""".split()
TERNARY_SPECIALS = "__setitem__ __setattr__ __get__ __set__ __set_name__ __exit__ __aexit__ __call__ __init__ __new__".split()
BASES = "object list dict set frozenset tuple str bytes bytearray int float complex Exception BaseException type property StopIteration".split()
POOL = "L M D E S T B W G H I J A C K X Y Z R F V N".split()  # names of the program's pool, see PRELUDE

PRELUDE = '''
import sys, gc
try:
    import weakref
except ImportError:
    weakref = None
fuel = %d
log = []
FUNCTIONS = [f for n, f in sorted(vars(sys.modules["builtins"]).items()) if callable(f) and n not in ("input", "breakpoint", "exit", "quit", "open", "print", "help")]
class Mix(Exception): pass
def plain(): return 1
def generator(n=3):
    try:
        for i in range(n):
            got = yield i
            act()
            if got: yield got
    except GeneratorExit:
        act()
        raise
    finally:
        act()
def delegating():
    act()
    r = yield from generator()
    yield from iter(P[0]) if hasattr(P[0], "__iter__") else ()
    return r
async def coroutine():
    act()
    return await H0()
async def asynchronous():
    yield 1
    act()
    yield 2
def t(f):
    try:
        return f()
    except BaseException as e:
        log.append(e)
        if len(log) > 20: log.clear()
        if type(e).__name__ == "LimitExceeded": raise
def act():
    global fuel
    if fuel <= 0: return
    fuel -= 1
    k = fuel %% len(ACTIONS)
    ACTIONS[(k * 7 + len(log)) %% len(ACTIONS)]()
def callback(*a):
    act()
    raise Mix("callback")
'''

POOL_SETUP = '''
L = [1, "a", H0(), 2.5, None]
M = [H1(), L, H0(), H1(), 3]
D = {1: 2, "k": L, H0(): 3, "x": H1()}
E = {i: H0() for i in range(5)}
S = {1, "a", H1(), (1, 2)}
T = (1, H0(), "z", L)
B = bytearray(b"0123456789")
W = memoryview(B)
G = generator()
H = delegating()
I = iter(L)
J = iter(D)
A = H0()
C = H1()
K = type("K", (H0,), {"a": 1})
X = Mix(1, H0())
Y = X
Z = 2 ** 70
R = range(5)
F = lambda *a, **k: (act(), a)[1]
V = weakref.ref(A, callback) if weakref else None
N = "häuser" * 3
P = [L, M, D, E, S, T, B, W, G, H, I, J, A, C, K, X, Z, R, F, V, N]
'''

VALUES = [
    "None", "0", "1", "-1", "2", "True", "10**30", "-10**20", "1.5", "float('nan')", "''", "'abc'", "b'xy'", "()", "(1, 2)", "[]", "[1, 2, 3]", "{}", "{1: 2}", "set()", "{3, 4}",
    "NotImplemented", "Ellipsis", "slice(None)", "slice(1, -1, 2)", "H0()", "H1()", "iter([1, 2])", "generator()", "range(3)", "object()", "type('Q', (), {})", "Mix()", "lambda *a: act()",
]
ACTION = [
    "L.clear()", "L.append(%v)", "L[:] = [%v, %v]", "M.clear()", "M.extend(M[:50])", "del M[:2]", "D.clear()", "D[%v] = %v", "D.update(E)", "E.pop(next(iter(E)))", "E.clear()",
    "S.clear()", "S.add(%v)", "S.update(range(50))", "B.clear()", "B.extend(b'xx')", "B.append(7)", "del B[:3]", "W.release()", "next(G)", "G.close()", "G.throw(Mix)", "G.send(%v)",
    "next(H)", "H.close()", "next(I)", "next(J)", "gc.collect()", "A.__dict__.clear()", "A.__dict__.update(L=1)", "A.x = %v", "del A.x", "A.__class__ = H1", "A.__class__ = H0", "setattr(H0, %m, lambda *a: %v)",
    "setattr(H1, %m, %v)", "delattr(H0, %m)", "delattr(H1, %m)", "setattr(K, %m, lambda *a: act())", "X.__context__ = Y", "X.__cause__ = X", "X.__traceback__ = None", "X.args = (%v,)", "log.clear()",
    "P.append(%v)", "sys.modules.pop('hooked', None)", "sys.modules.__setitem__('hooked', %v)", "bytearray(1000)", "[[] for i in range(100)]", "exec('q = 1')", "A.__dict__.__setitem__(%v, 1)",
    "H1.__bases__.__len__()", "setattr(K, '__bases__', (H1,))", "setattr(K, '__bases__', (H0,))", "globals().__setitem__('L', [])", "globals().__setitem__('D', {})", "globals().__setitem__('A', %v)", "globals().__setitem__('G', generator())",
    "globals().__setitem__('W', memoryview(B))", "globals().__setitem__('I', iter(L))", "L.sort(key=F)", "L.reverse()", "list(map(F, L))", "globals().__setitem__('F', %v)", "raise_(Mix(1))", "raise_(KeyError(%v))", "raise_(StopIteration(%v))",
    "raise_(X)", "raise_(GeneratorExit)", "raise_(MemoryError)", "raise_(RecursionError)", "act()", "act()", "plain.__setattr__('__code__', F.__code__)", "plain.__setattr__('__defaults__', (%v,))", "globals().__setitem__('V', weakref.ref(A, callback))",
]
EXPRESSION = [
    "%p", "%p", "%p", "%v", "%p + %p", "%p * %p", "%p %% %p", "%p - %p", "%p | %p", "%p & %p", "%p ** %v", "%p // %p", "%p << %v", "-%p", "~%p", "not %p", "%p == %p", "%p < %p", "%p != %p", "%p in %p", "%p is %p", "%p and %p", "%p if %p else %p",
    "%p[%p]", "%p[%v]", "%p[%v:%v]", "%p[%v:%v:%v]", "len(%p)", "hash(%p)", "repr(%p)", "str(%p)", "bool(%p)", "int(%p)", "float(%p)", "complex(%p)", "bytes(%p)", "bytearray(%p)", "list(%p)", "tuple(%p)", "set(%p)", "frozenset(%p)", "dict(%p)",
    "iter(%p)", "next(%p)", "next(%p, %v)", "reversed(%p)", "list(reversed(%p))", "sorted(%p)", "sorted(%p, key=%p)", "min(%p)", "max(%p, key=F)", "sum(%p, %v)", "any(%p)", "all(%p)", "list(zip(%p, %p))", "list(map(%p, %p))", "list(filter(%p, %p))",
    "list(enumerate(%p))", "dict.fromkeys(%p, %v)", "''.join(%p)", "b''.join(%p)", "'%%s %%r %%d' %% %p", "'{} {!r:>5}'.format(%p, %p)", "f'{%p} {%p!r:>{%v}}'", "format(%p, %v)", "round(%p)", "round(%p, %v)", "divmod(%p, %p)", "pow(%p, %p, %v)", "abs(%p)", "chr(%p)",
    "isinstance(%p, %p)", "issubclass(%p, %p)", "getattr(%p, %m)", "getattr(%p, %m)()", "getattr(%p, %m)(%p)", "hasattr(%p, %m)", "setattr(%p, %m, %p)", "delattr(%p, %m)", "setattr(%p, 'x', %p)", "dir(%p)", "vars(%p)", "type(%p)", "type(%p)()", "type(%p)(%p)", "type(%p)(%p, %p)",
    "%p()", "%p(%p)", "%p(*%p)", "%p(**%p)", "%p(%p, x=%p)", "print(%p, file=A)", "[x for x in %p]", "{x: x for x in %p}", "{x for x in %p}", "list(x for x in %p if x)", "[*%p, *%p]", "{**%p, **%p}", "(lambda a, *b: b)(*%p)", "memoryview(%p)", "memoryview(%p)[%v]", "slice(%p, %p, %p).indices(%v)",
    "range(%p, %p)", "type('N', (%p,), {})", "type('N', (K,), {%m: %p})", "K[%p]", "weakref.ref(%p)", "weakref.ref(%p, F)", "V()", "weakref.proxy(%p)", "gc.get_objects()[:5]", "super(K, %p).__repr__()", "property(%p, %p).__get__(%p)", "staticmethod(%p)", "classmethod(%p).__get__(%p)", "exec(%p)", "eval('%v')",
    "compile('a = 1', '<c>', 'exec')", "exec('x = 1', %p)", "exec('x = y', {}, %p)", "int(%p, %v)", "'abc'.translate(%p)", "'abc'.split(%p)", "'abc'.replace(%p, %p)", "'abc'.startswith(%p)", "'x'.encode(%p)", "b'x'.decode(%p)", "B.find(%p)", "B.replace(%p, %p)", "L.index(%p)", "L.count(%p)", "L.remove(%p)", "L.insert(%p, %p)", "L.pop(%p)",
    "L.extend(%p)", "L.__imul__(%v)", "L.__setitem__(%v, %p)", "L.__setitem__(slice(%p, %p, %p), %p)", "L.__delitem__(slice(%p, %p, %p))", "L.sort()", "L.sort(key=%p, reverse=%p)", "D.get(%p)", "D.setdefault(%p, %p)", "D.pop(%p, None)", "D.update(%p)", "D.__or__(%p)", "D.keys() & %p", "D.items() - %p", "D.values().__iter__()", "D.popitem()",
    "S.add(%p)", "S.discard(%p)", "S.pop()", "S.update(%p)", "S ^ %p", "S.intersection(%p, %p)", "S.issubset(%p)", "S.symmetric_difference_update(%p)", "B.extend(%p)", "B.__setitem__(%p, %p)", "B.__setitem__(slice(%p, %p), %p)", "B.insert(%p, %p)", "B.pop(%p)", "W.__setitem__(%p, %p)", "W[%v:%v].tolist()", "W.cast(%p)", "W == %p",
    "bytes(W)", "W.toreadonly().hex()", "G.send(%p)", "G.throw(%p)", "G.close()", "list(G)", "list(H)", "H.throw(Mix())", "coroutine().send(None)", "asynchronous().asend(None).send(None)", "asynchronous().athrow(Mix).send(None)", "X.with_traceback(%p)", "X.add_note(%p)", "ExceptionGroup('g', %p)", "ExceptionGroup('g', [X, X]).split(%p)", "BaseException.__new__(%p, %p)",
    "object.__new__(%p)", "object.__reduce_ex__(%p, 2)", "type.__call__(%p, %p)", "type.mro(%p)", "object.__setattr__(%p, %m, %p)", "object.__getattribute__(%p, %m)", "dict.__getitem__(%p, %p)", "list.__init__(%p, %p)", "tuple.__new__(%p, %p)", "int.__add__(%p, %p)", "str.__add__(%p, %p)", "__import__('hooked')", "__import__(%p)", "K.__subclasses__()", "H0.__mro__", "callable(%p)", "id(%p)", "locals()", "globals().get(%p)",
    "sys.intern(%p)", "sys.getsizeof(%p)", "input(%p)", "open(%p)", "isinstance(%p, (int, %p, (%p,)))", "map(%p, %p, %p).__next__()", "zip(*%p).__next__()", "iter(F, %p).__next__()", "iter(%p, %p)", "list(iter(F, 1))[:1]" if False else "bin(%p)", "oct(%p)", "ascii(%p)", "ord(%p)", "hash((%p, %p))", "(%p, %p) < (%p, %p)", "[%p, %p] == [%p, %p]",
]
EVERY = [  # all methods of an object, all builtin functions
    "[t(lambda: getattr(%p, m)()) for m in dir(%p)]", "[t(lambda: getattr(o, m)(%p)) for o in [%p] for m in dir(o)]", "[t(lambda: getattr(o, m)(%p, %p)) for o in [%p] for m in dir(o)]", "[t(lambda: getattr(o, m)(%p, %p, %p)) for o in [%p] for m in dir(o)]",
    "[t(lambda: getattr(o, m)(A, C)) for o in [%p] for m in dir(o)]", "[t(lambda: getattr(o, m)(C)) for o in [%p] for m in dir(o)]", "[t(lambda: getattr(o, m)(A, A, A)) for o in [%v] for m in dir(o)]", "[t(lambda: getattr(o, m)(C, %v)) for o in [%v] for m in dir(o)]",
    "[t(lambda: getattr(type(o), m)(%p, %p)) for o in [%p] for m in dir(o)]", "[t(lambda: getattr(o, m)) for o in P for m in dir(o)]", "[t(lambda: setattr(o, m, %p)) for o in [%p] for m in dir(o)]", "[t(lambda: delattr(o, m)) for o in [%p] for m in dir(o)]",
    "[t(lambda: f(%p)) for f in FUNCTIONS]", "[t(lambda: f(%p, %p)) for f in FUNCTIONS]", "[t(lambda: f(%p, %p, %p)) for f in FUNCTIONS]", "[t(lambda: f(A)) for f in FUNCTIONS]", "[t(lambda: f(C, A)) for f in FUNCTIONS]", "[t(lambda: f(*%p)) for f in FUNCTIONS]",
    "[t(lambda: o[A:C:%v]) for o in P]", "[t(lambda: o.__setitem__(slice(A, C), %p)) for o in P]", "[t(lambda: o.__setitem__(slice(C, None, A), %p)) for o in P]", "[t(lambda: o.__delitem__(slice(A, C, %v))) for o in P]", "[t(lambda: o[C]) for o in P]", "[t(lambda: o + %p) for o in P]", "[t(lambda: o == %p) for o in P]",
    "[t(lambda: o in %p) for o in P]", "[t(lambda: %p in o) for o in P]", "[t(lambda: list(o)) for o in P]", "[t(lambda: o * C) for o in P]", "[t(lambda: o %% %p) for o in P]", "[t(lambda: f'{o:{A}}') for o in P]", "[t(lambda: hash(o)) for o in P]", "[t(lambda: type(o).__new__(type(o), %p)) for o in P]",
]
STATEMENT = [
    "for x in %p:\n    act()\n    if fuel % 5 == 0: break", "with %p as q:\n    act()", "match %p:\n    case [a, *b]: act()\n    case {'k': v, **r}: act()\n    case H0(a=1) | K(): act()\n    case int(z) if z: act()", "a, *b = %p", "a, b = %p", "(a, b), c = %p",
    "try:\n    raise %p\nexcept %p:\n    act()\nfinally:\n    act()", "try:\n    raise ExceptionGroup('g', [X, ValueError(%v)])\nexcept* Mix as e:\n    act()\n    raise\nexcept* %p:\n    act()", "raise %p from %p", "del %p[%p]", "%p[%p] = %p", "%p.attr = %p", "x = %p\nx += %p", "x = %p\nx *= %v", "x = %p\nx |= %p",
    "class Q(%p, metaclass=%p): pass", "class Q(K):\n    a = %p\n    def __init_subclass__(cls, **k): act()\nclass Q2(Q, z=1): pass", "class Q(%b):\n    __slots__ = ('s', 'u')\n    def __del__(self): act(); P.append(self)\nq = Q()\nq.s = q\ndel q", "import hooked", "from hooked import *", "from hooked import x", "def f(a, b=%p, *c, d=%p, **e): return act()\nf(*%p, **%p)",
    "@%p\ndef f(): pass", "assert %p, %p", "global Z\nZ = %p", "[x := %p for y in %p]", "print(f'{%p:{%v}}', end=%p, sep=%p)", "async def q():\n    async for x in %p: act()\n    async with %p: act()\n    return [y async for y in %p]\nc = q()\nc.send(None)", "g = generator()\nnext(g)\ng.gi_frame.f_locals\ng.throw(%p)",
    "try:\n    %p()\nexcept BaseException as e:\n    e.__context__ = e\n    X.__context__ = e\n    raise X from e", "def rec(n): return rec(n + 1) + %v\nrec(0)", "def rec(x): return repr([rec2(x)])\ndef rec2(x): return sorted([1, 2], key=lambda k: rec(x))\nrec(1)", "o = type('O', (), {%m: lambda self, *a: getattr(self, %m)})()\n%s(o)", "o = type('O', (), {%m: lambda self, *a: %s(self)})()\n%s(o)",
    "sys.stdout = A\ntry:\n    print(%p)\nfinally:\n    sys.stdout = sys.__stdout__", "sys.excepthook = %p", "w = weakref.WeakValueDictionary() if hasattr(weakref, 'WeakValueDictionary') else {}\nw[1] = A", "m = memoryview(B)\nn = m[2:5]\ndel m\nB.extend(b'x')", "m = memoryview(bytearray(8)).cast('i')\nm[0] = %p\nm.tolist()", "f = lambda: (yield)\ng = f()\ng.send(None)\ng.send(g)", "gc.collect()", "def g():\n    yield g1.__next__()\ng1 = g()\nnext(g1)",
]
SENSIBLE = {  # answers of the right kind
    "__len__": "2", "__length_hint__": "3", "__iter__": "iter([1, 'a'])", "__next__": "fuel", "__reversed__": "iter('ab')", "__hash__": "1", "__bool__": "True", "__repr__": "'<r>'", "__str__": "'text'",
    "__bytes__": "b'by'", "__index__": "2", "__int__": "5", "__float__": "0.5", "__complex__": "1j", "__enter__": "self", "__exit__": "fuel % 2", "__dir__": "['x', 'y']", "__aiter__": "self",
    "__await__": "iter([1])", "__eq__": "fuel % 2 == 0", "__lt__": "fuel % 3 == 0", "__contains__": "True", "__getitem__": "1", "__format__": "'f'", "__round__": "1", "__get__": "self", "__init__": "None",
    "__setitem__": "None", "__delitem__": "None", "__set__": "None", "__set_name__": "None", "__delete__": "None", "__del__": "P.append(self)", "__instancecheck__": "True", "__subclasscheck__": "False",
    "__buffer__": "memoryview(B)", "__call__": "a", "__add__": "self", "__radd__": "1", "__missing__": "2", "__getattr__": "3", "__class_getitem__": "4", "__reduce__": "(plain, ())",
}
NEEDED = "__init__ __hash__ __eq__ __new__ __setattr__ __getattribute__ __mro_entries__ __prepare__ __init_subclass__".split()
CALLABLE = "len hash repr str bool int float iter next list tuple set dict sorted abs reversed bytes callable dir vars type isinstance round ascii format".split()


def special():
    return pick(pick([UNARY_SPECIALS, UNARY_SPECIALS, BINARY_SPECIALS, TERNARY_SPECIALS]))


def fill(template, depth=0):
    out, i = "", 0
    while i < len(template):
        c = template[i]
        if c == "%" and i + 1 < len(template):
            k = template[i + 1]
            i += 2
            if k == "%":
                out += "%"
            elif k == "v":
                out += pick(VALUES)
            elif k == "p":
                out += pick(POOL) if depth > 1 or random(4) else "(" + fill(pick(EXPRESSION), depth + 1) + ")"
            elif k == "m":
                out += repr(special()) if random(5) else pick(["'x'", "'__class__'", "'__dict__'", "'__doc__'", "'__module__'", "'__slots__'", "'__weakref__'", "'__annotations__'", "'__name__'"])
            elif k == "b":
                out += pick(BASES)
            elif k == "s":
                out += pick(CALLABLE)
            else:
                out += "%" + k
        else:
            out += c
            i += 1
    return out


def method(name):
    lines = ["    def %s(self, *a, **k):" % name, "        act()"]
    how = random(8)
    if name in SENSIBLE and (how < 4 or (name in NEEDED and random(8))):
        lines.append("        return " + SENSIBLE[name])
    elif how < 4:
        lines.append("        return " + pick(VALUES))
    elif how < 6:
        lines.append("        return t(lambda: eval(%r))" % fill(pick(EXPRESSION), 1))
    elif how == 6:
        lines.append("        raise " + pick(["Mix(1)", "TypeError", "StopIteration", "AttributeError('x')", "KeyError(self)", "IndexError", "X"]))
    else:
        lines.append("        return self")
    return lines


def hostile_class(name):
    bases = pick(BASES) if random(2) else "object"
    if bases in ("type", "property"):
        bases = "object"
    lines = ["class %s(%s):" % (name, bases), "    a = 1"]
    for _ in range(random(14) + 4):
        s = special()
        if s in SENSIBLE or s not in NEEDED or random(8) == 0:
            lines += method(s)
    if bases in ("object", "list", "dict", "set", "bytearray"):
        lines += method("__hash__")
    return lines


def guarded(text):  # may be no Python at all
    return ["try:", "    exec(%r, globals())" % text, "except BaseException as e:", "    log.append(e)", "    if type(e).__name__ == 'LimitExceeded': raise"]


def program(seed):
    global state
    state = seed * 2654435761 + 12345
    lines = [PRELUDE % (random(300) + 20)]
    lines += ["def raise_(e): raise e"]
    lines += hostile_class("H0") + hostile_class("H1")
    lines.append("ACTIONS = [plain]")
    for _ in range(14):
        lines += guarded("def a():\n    global L, D, A, G, W, I, F, V\n    %s\nACTIONS.append(a)" % fill(pick(ACTION)))
    for line in POOL_SETUP.strip().split("\n"):
        name = line.split(" ")[0]
        if name == "P":
            lines.append(line)
        else:  # whatever fails leaves something in its place
            lines += ["try:", "    " + line, "except BaseException as e:", "    %s = e if len(log) %% 2 else [1]" % name]
    for n in range(random(60) + 20):
        if random(4) == 0:
            lines += guarded("def s():\n    return %s\nt(s)" % fill(pick(EVERY)))
        elif random(3):
            lines += guarded("def s():\n    return %s\nfor _ in range(3): t(s)" % fill(pick(EXPRESSION)))
        else:
            lines += guarded(fill(pick(STATEMENT)))
        if random(12) == 0:
            lines.append("fuel += %d" % random(50))
        if random(20) == 0:
            lines.append("t(gc.collect)")
    lines.append("sys.stdout = sys.__stdout__")  # a full heap may have prevented it: a stream that cannot flush ends with 120
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(program(int(sys.argv[1])), end="")
