# inspect_objects.py - inspect: signatures, binding, members, kinds of objects, frames, docstrings, source.
# SPDX-License-Identifier: MIT
import abc
import functools
import inspect
import pickle
import sys
import textwrap
import types


def tell(what):
    try:
        print(what())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(a, b: int = 1, /, c=2, *args: str, d, e: "x" = 3, **kw) -> None:
    "Doc."


def g(a, *, b=1): return a, b


class Base:
    """Base doc."""
    def m(self, x, y=1):
        """m doc
            more
        """
    @classmethod
    def k(cls, x): pass
    @staticmethod
    def s(x): pass
    @property
    def p(self):
        "p doc"
    pm = functools.partialmethod(m, 5)


class Sub(Base):
    z = 3
    def __init__(self, q, *, r=2): self.q = q
    def m(self, x, y=1): pass
    @property
    def p(self): pass


class Meta(type):
    def __call__(cls, only): pass


class New:
    def __new__(cls, n, m=1): pass


class WithMeta(metaclass=Meta): pass


class Callable:
    def __call__(self, one, two): pass


class Slots:
    __slots__ = {"a": "slot doc"}


@functools.wraps(g)
def wrapper(*args): pass


class Told:
    __signature__ = inspect.Signature([inspect.Parameter("t", inspect.Parameter.KEYWORD_ONLY)])
    def __call__(self): pass


for thing in (f, g, lambda: 0, Base, Sub, Sub(1).m, Base.m, Base.k, Base.s, Base().k, Base.pm, Base().pm, WithMeta, New, Callable(), wrapper, Told(),
              functools.partial(f, 1), functools.partial(f, 1, d=5), functools.partial(g, b=3), len, print, [].append, list.append, dict.fromkeys, object,
              int, 3, str.join, "".join, sorted, isinstance, type, abc.ABCMeta, types.SimpleNamespace.__repr__):
    tell(lambda: inspect.signature(thing))
    tell(lambda: inspect.getfullargspec(thing))
tell(lambda: inspect.signature(wrapper, follow_wrapped=False))
sig = inspect.signature(f)
print(sig.parameters["b"], repr(sig.parameters["args"]), sig.parameters["d"].kind, sig.parameters["d"].kind.description, repr(sig.parameters["d"].kind))
print(repr(sig), sig.return_annotation, sig.format(max_width=10))
for args, kwargs in (((1, 2, 3, 4), {"d": 5, "z": 6}), ((1,), {"d": 2}), ((), {}), ((1,), {}), ((1,), {"d": 1, "a": 2}), ((1, 2), {"c": 3, "d": 4})):
    tell(lambda: sig.bind(*args, **kwargs))
    tell(lambda: sig.bind_partial(*args, **kwargs))
    tell(lambda: (sig.bind(*args, **kwargs).args, sig.bind(*args, **kwargs).kwargs))
bound = inspect.signature(g).bind(1)
bound.apply_defaults()
print(bound, bound.arguments, bound == inspect.signature(g).bind(1, b=1))
tell(lambda: inspect.signature(g).bind(1, 2))
tell(lambda: inspect.signature(g).bind(1, c=2))
tell(lambda: inspect.signature(g).bind(1, a=2))
print(pickle.loads(pickle.dumps(inspect.signature(g))) == inspect.signature(g), hash(inspect.signature(g)) == hash(inspect.signature(g)))
P = inspect.Parameter
for bad in (lambda: P("1", P.KEYWORD_ONLY), lambda: P(1, P.KEYWORD_ONLY), lambda: P("a", 9), lambda: P("a", P.VAR_KEYWORD, default=1), lambda: P("if", P.KEYWORD_ONLY),
            lambda: inspect.Signature([P("a", P.KEYWORD_ONLY), P("b", P.POSITIONAL_ONLY)]), lambda: inspect.Signature([P("a", P.KEYWORD_ONLY)] * 2),
            lambda: inspect.Signature([P("a", P.POSITIONAL_ONLY, default=1), P("b", P.POSITIONAL_ONLY)]), lambda: P(".0", P.POSITIONAL_OR_KEYWORD),
            lambda: sig.replace(parameters=[]), lambda: P("a", P.KEYWORD_ONLY).replace(name="b", annotation=int)):
    tell(bad)
tell(lambda: inspect.getcallargs(f, 1, d=2, x=3))
tell(lambda: inspect.getcallargs(f))
tell(lambda: inspect.getcallargs(g, 1, 2))
tell(lambda: inspect.getcallargs(g, 1, z=2))
print(inspect.getargs(f.__code__), inspect.get_annotations(f))
tell(lambda: inspect.get_annotations(f, eval_str=True))
print(inspect.get_annotations(f, eval_str=True, globals={"x": 7}), inspect.formatannotation(int), inspect.formatannotation(list[int]), inspect.formatannotation(Base))

# Kinds.


async def coro(): pass
def gen(): yield
async def agen(): yield


PREDICATES = [name for name in dir(inspect) if name.startswith("is")]
c = coro()
for label, thing in (("function", f), ("class", Base), ("method", Base().m), ("builtin", len), ("wrapper", (1).__add__), ("slot", Slots.a), ("descr", str.join),
                     ("property", Base.p), ("getset", types.FunctionType.__code__), ("module", sys), ("gen", gen), ("gen()", gen()), ("coro", coro), ("c", c),
                     ("agen", agen), ("agen()", agen()), ("frame", sys._getframe()), ("code", f.__code__), ("partial", functools.partial(coro)),
                     ("abstract", abc.ABCMeta("A", (), {"f": abc.abstractmethod(f)})), ("static", Base.__dict__["s"]), ("int", 3)):
    print(label, [name for name in PREDICATES if getattr(inspect, name)(thing)])
c.close()
print(inspect.iscoroutinefunction(inspect.markcoroutinefunction(lambda: 0)))

# Members.
print([n for n, _ in inspect.getmembers(Sub(1)) if not n.startswith("__")], inspect.getmembers(Sub, inspect.isdatadescriptor)[-1][0])
print([(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(Sub) if not a.name.startswith("__")])
print(inspect.getmro(Sub), inspect.getclasstree([Base, Sub]))


class Dynamic:
    def __getattr__(self, name): return 1
    @property
    def x(self): return 2


d = Dynamic()
d.y = 3
print(inspect.getattr_static(d, "y"), type(inspect.getattr_static(d, "x")), inspect.getattr_static(d, "w", 4), inspect.getattr_static(Base, "m") is Base.m)
tell(lambda: inspect.getattr_static(d, "w"))
tell(lambda: inspect.unwrap(wrapper) is g)
loop = lambda: 0
loop.__wrapped__ = loop
try:
    inspect.unwrap(loop)
except ValueError as error:
    print("ValueError", str(error)[:30])


def outer(x):
    def inner(): return x, len, nowhere, sys
    return inner


tell(lambda: inspect.getclosurevars(outer(1)))
tell(lambda: inspect.getclosurevars(3))

# Docstrings.
for thing in (f, Base, Sub, Sub.m, Sub.p, Base.m, Slots.a, 3, Sub(1), len):
    print(repr((inspect.getdoc(thing) or "")[:20]))
print(repr(inspect.cleandoc("  a\n    b\n      c\n\n  ")), inspect.indentsize("\t x"))

# States and frames.
g1 = gen()
print(inspect.getgeneratorstate(g1), next(g1), inspect.getgeneratorstate(g1), inspect.getgeneratorlocals(g1), g1.close(), inspect.getgeneratorstate(g1))
c = coro()
print(inspect.getcoroutinestate(c), c.close(), inspect.getcoroutinestate(c), inspect.getasyncgenstate(agen()))
tell(lambda: inspect.getgeneratorlocals(3))


def where(depth, *rest, k=1):
    frame = inspect.currentframe()
    info = inspect.getframeinfo(frame)
    print(info.function, info.lineno - frame.f_code.co_firstlineno, info.code_context[0].strip(), info.index, info.positions[2:])
    print(inspect.formatargvalues(*inspect.getargvalues(frame)[:3], {"depth": depth, "rest": rest, "k": k}))
    return [(i.function, i.index) for i in inspect.stack(3)]


print(where(1, 2)[:2])
try:
    [].index(1)
except ValueError:
    print([(i.function, i.code_context) for i in inspect.trace()])

# Source.
print(inspect.getsource(Base.m), inspect.getsourcelines(New)[0], inspect.getsource(wrapper) == inspect.getsource(g))
print(inspect.getsource(gen), inspect.getcomments(where), inspect.getmodulename("/a/b.py"), inspect.getmodule(f).__name__)
# A comment.
def commented():
    pass  # inside
    # at the end


print(inspect.getsource(commented), inspect.getcomments(commented))
tell(lambda: inspect.getsource(len))
tell(lambda: inspect.getfile(3))
tell(lambda: inspect.getsource(eval("lambda: 0")))
print(inspect.BufferFlags.FULL, sorted(set(inspect.__all__) - set(dir(inspect))))
