# What pydoc says about classes, functions, modules and names.
import pydoc, enum, sys, io
class Base:
    """Base doc.

    more"""
    def a(self, x, *, y=1): "doc a"
    @classmethod
    def b(cls): "doc b"
    @staticmethod
    def c(q: int) -> str: "doc c"
    @property
    def d(self): "doc d"
    e = 5
    def z(self): pass
class D(Base):
    __slots__ = ("s",)
    def a(self, x): pass
    f = Base.z
    alias = a
    _private = 4
class Sub(D): pass
def fn(a, b: int = 3, *args, c, **kw) -> "str":
    """First line.

    Rest."""
def longfn(alpha_parameter: int, beta_parameter: dict[str, int], gamma_parameter=None, delta_parameter="some text", *more_arguments): pass
async def co(): "co doc"
def gen(): yield 1
lam = lambda x: x
def show(x, **k):
    print("-----", x if isinstance(x, str) else getattr(x,"__name__", "?"))
    print(pydoc.plain(pydoc.render_doc(x, **k)))
for x in (Base, D, Sub, fn, longfn, co, gen, lam, Base.d, Base().a, Base.b, Base.c, D.s, Base()):

    try: show(x)
    except Exception as e: print(type(e), e)
for n in ("int", "sys", "os.path.join", "nosuch", "json.nosuch", "str.join", "int.nosuch"):
    print(n, pydoc.locate(n) is not None)
for t in (len, Base, Base().a, Base.d, 5, sys, json if 0 else enum, str.join, D.s, int.real):
    print(pydoc.describe(t))
print(pydoc.getdoc(Base), pydoc.getdoc(Sub.a), repr(pydoc.getdoc(Base.z)), 1)
print(pydoc.splitdoc("a\n\nb\nc"), pydoc.splitdoc("a\nb"), pydoc.splitdoc("x"), pydoc.splitdoc(""))
print(pydoc.cram("a"*50, 20), pydoc.stripid("<x at 0x7f1234567>"), pydoc.visiblename("_x"), pydoc.visiblename("__x__"), pydoc.visiblename("__doc__"), pydoc.visiblename("x", all=["y"]), pydoc.replace("abc", "a", "b", "c", "d"), pydoc.isdata(5), pydoc.isdata(len), pydoc.classname(Base, "__main__"), pydoc.classname(Base, "x"))
print(pydoc.plaintext.section("T", "a\nb"), pydoc.text.bold("ab") , pydoc.text.indent("a\n\nb"))
out=io.StringIO(); h=pydoc.Helper(output=out); h(Base); h("nosuch.x"); h(fn); print(out.getvalue()); print(repr(h), repr(pydoc.help)[:40])
try: pydoc.render_doc("no.such")
except ImportError as e: print(e)
try: pydoc.TextDoc().docother(5,"n")
except Exception as e: print(type(e))
print(pydoc.TextDoc().docother([1]*50,"n", maxlen=40)); print(pydoc.TextDoc().formatvalue("x"))
print(pydoc.ispath("a/b"), pydoc.ispath("ab"), pydoc._getargspec(fn), pydoc.resolve("sys")[1], pydoc.plain("a\bab\bb"))
import types
m = types.ModuleType("somemod", "Module doc.\n\nLong text.")
exec('''
__all__ = ["f", "C", "X", "E"]
__version__ = "1.2"; __author__ = "me"; __date__ = "today"; __credits__="all"
def f(a): "doc f"
class C:
    "doc C"
    def m(self): pass
class E(C): pass
X = 5
__file__ = "/x/somemod.py"
''', m.__dict__)
m.f.__module__ = m.C.__module__ = m.E.__module__ = "somemod"
sys.modules["somemod"] = m
show(m)
print(pydoc.describe(m))
import inspect
print(pydoc.TextDoc().formattree(inspect.getclasstree([m.C, m.E, D]), "somemod"))
