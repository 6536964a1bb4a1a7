# ast_trees.py - ast: trees of texts, texts of trees, code of trees, what is wrong with trees.
# SPDX-License-Identifier: MIT
import ast
import copy
import pickle
import warnings

SOURCE = '''
"""Doc."""
from __future__ import annotations
import a.b as c, d
from . import (x as y, z)
from ..m import *
@deco(1, *a, k=2, **kw)
async def f[T: int = str, *Ts, **P](a, b=1, /, c: int = 2, *args: T, d, e=3, **kw) -> None:
    "doc"
    async with m() as (p, q), n: await p
    async for i in x: yield i
    else: return
    return [i async for i in a if i if not i]
class C[T](B, metaclass=M):
    x: int = 1
    (y): int
    a.b: int = 2
    def m(self): return super().m() + __class__
def g():
    global p; nonlocal_ = 1
    def h():
        nonlocal nonlocal_
        del nonlocal_, a[1], b.c
    try: pass
    except (A, B) as e: raise X from e
    except: raise
    else: assert a, 'b'
    finally: pass
    try: pass
    except* A: pass
    while 1: break
    else: continue_ = 1
    yield
    x = yield from g()
match v:
    case 1 | -2.5 | 3 + 4j | "s" b"" if 0 else 1: pass
''' .replace(' b"" if 0 else 1', '') + '''
match w, :
    case [a, *_, b] | (a, *b): pass
    case {'k': 1, A.b: None, **rest} if rest: pass
    case C(1, x=2) as z: pass
    case _: pass
type A[X] = list[X]
a = b = c, *d = 1, 2
a += 1; a @= 2; a //= 3; a **= 4; a >>= 5; a <<= 6; a &= 7; a ^= 8; a |= 9; a %= 1
lambda a, /, b=1, *c, d, **e: (a if b else c)
{1: 2, **x}; {1, *y}; {}; (); (1,); []
a and b or not c; ~a ** -b; a < b <= c is not d not in e; a[1:2, ::3, ...]; a[*b]; a[()]
(i := 1); f(i for i in x); {k: v for k, v in z}; {s for s in t}
f'a{b!r:>{c}}{{}}' rf'\\d{x}' 'y' u'z'; f"{x=}"; f'{ {1} }'
1_000; 0xff; 1e400; -1.5e-7j; b'\\x00'; 'é\\ud800'; "it's \\"q\\""; 123456789012345678901234567890
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree, include_attributes=True))
print(ast.dump(tree, indent=2)[:3000])
print(ast.dump(ast.parse("f(x)"), annotate_fields=False), ast.dump(ast.Module([], []), show_empty=True))
text = ast.unparse(tree)
print(text)
assert ast.dump(ast.parse(text)) == ast.dump(tree)
for mode, source in (("eval", "a + 1"), ("single", "a; b\n")):
    print(ast.dump(ast.parse(source, mode=mode)))
print(ast.dump(pickle.loads(pickle.dumps(tree))) == ast.dump(tree) == ast.dump(copy.deepcopy(tree)))

# Classes.
print(ast.AST._fields, ast.Name.__doc__, ast.Name._fields, ast.Name.__match_args__, ast.expr._attributes, ast.Name.__base__, ast.stmt.__doc__[:60])
print(ast.FunctionDef._field_types, ast.Constant(1).kind, type(ast.Name("x").ctx), ast.List().elts)
match ast.parse("a.b").body[0].value:
    case ast.Attribute(ast.Name(id=n), attr):
        print(n, attr)


def tell(what):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = what()
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
    print(str(result).split(" object at ")[0], [f"{w.category.__name__}: {w.message}" for w in seen])


tell(lambda: ast.Name(1, 2, 3))
tell(lambda: ast.Name("a", id="b"))
tell(lambda: ast.Name())
tell(lambda: ast.Name("a", foo=1))
tell(lambda: ast.Num(3).n)
tell(lambda: isinstance(ast.Constant("a"), ast.Str))
tell(lambda: ast.dump(ast.Index(ast.Name("a"))))
tell(lambda: ast.nothing)

# Values.
for source in ("[1, -2, (3, 4j), {5: 'x', b'y': None}, {True}, ...]", "set()", "1 + 2j", "-1 - 2j", "  1", "f()", "a", "1 + 2", "[1", "{**a}",
               "'a' 'b'", "1\n"):
    tell(lambda: ast.literal_eval(source))
tell(lambda: ast.literal_eval(3))

# Walking and changing.


class Names(ast.NodeVisitor):
    def __init__(self):
        self.found = []

    def visit_Name(self, node):
        self.found.append(node.id)
        self.generic_visit(node)


visitor = Names()
visitor.visit(tree)
print(visitor.found)


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)

    def visit_Pass(self, node):
        return None

    def visit_Break(self, node):
        return [ast.Expr(ast.Constant(0)), ast.Expr(ast.Constant(0))]


changed = ast.fix_missing_locations(Double().visit(ast.parse("x = [1, 'a']\nwhile 0:\n  pass\n  break")))
print(ast.unparse(changed))
space = {}
exec(compile(changed, "t", "exec"), space)
print(space["x"])
print([type(n).__name__ for n in ast.walk(ast.parse("a = b[1]"))])
print([name for name, _ in ast.iter_fields(ast.parse("a = 1").body[0])], len(list(ast.iter_child_nodes(tree))))
moved = ast.increment_lineno(ast.parse("a\nb"), 5)
print([(n.lineno, n.end_lineno) for n in moved.body])
print(ast.get_docstring(tree), ast.get_docstring(tree.body[6]) if hasattr(tree.body[6], "name") else "-")
tell(lambda: ast.get_docstring(ast.Name("a")))
segment = "a = (1 +\n   éé\t)\nb = f('x',\r\n  2)"
for node in ast.parse(segment).body:
    print(repr(ast.get_source_segment(segment, node.value)), repr(ast.get_source_segment(segment, node.value, padded=True)))

# Code of trees.
for value in (-1, 1.5, -0.0, float("inf"), float("nan"), 3 + 4j, 1 << 100, -(1 << 100), (1, (2, "x")), frozenset({1}), "é\ud800", b"\xff", None, ...,
              True):
    code = compile(ast.fix_missing_locations(ast.Expression(ast.Constant(value))), "t", "eval")
    print(ascii(eval(code)))
exec(compile(ast.parse("'''Doc\n  more'''\nx: int = 1\nprint(__doc__, __annotations__)"), "t", "exec"), {})
exec(compile(ast.Interactive(ast.parse("1 + 1\n2").body), "t", "single"))

# What is wrong.
L, S = ast.Load(), ast.Store()
N, C, P, E = ast.Name, ast.Constant, ast.Pass, lambda e: ast.Module([ast.Expr(e)], [])
M, A = lambda *b: ast.Module(list(b), []), ast.arguments
pattern = lambda p: M(ast.Match(N("a"), [ast.match_case(p, None, [P()])]))
WRONG = [E(ast.BoolOp(ast.And(), [N("a")])), E(ast.Compare(N("a"), [], [])), E(ast.Compare(N("a"), [ast.Eq()], [N("a"), N("b")])),
         E(ast.Dict([], [N("a")])), E(ast.List([N("a", S)], L)), M(ast.Assign([N("a")], N("b"))), M(ast.Assign([], N("b"))),
         M(ast.Assign([C(3)], N("b"))), M(ast.Delete([])), M(ast.While(N("a"), [], [])), M(ast.FunctionDef("f", A(), [])), E(N("True")),
         M(ast.FunctionDef("f", A(defaults=[C(1)]), [P()])), M(ast.FunctionDef("f", A(kw_defaults=[C(1)]), [P()])), M(ast.Try([], [], [], [])),
         M(ast.Try([P()], [], [], [])), M(ast.Try([P()], [], [P()], [P()])), M(ast.Raise(None, N("a"))), M(ast.Import([])), M(ast.Global([])),
         M(ast.With([], [P()])), E(ast.ListComp(N("a"), [])), E(ast.NamedExpr(C(1), C(2))), E(C([1])), E(C((1, []))),
         M(ast.AnnAssign(ast.Attribute(N("a"), "b", S), N("a"), None, 1)), M(ast.TypeAlias(C(1, ), [], C(3))),
         M(ast.ImportFrom(None, [ast.alias("a")], -1)), M(3), M(None), ast.Module(3, []), E(N(3)), E(N(None)), E(N("a", 3)),
         pattern(ast.MatchValue(N("a"))), pattern(ast.MatchSingleton(3)), pattern(ast.MatchStar("a")), pattern(ast.MatchAs(None, "_")),
         pattern(ast.MatchAs(ast.MatchSingleton(None), None)), pattern(ast.MatchOr([])), pattern(ast.MatchMapping([C(1)], [], None)),
         pattern(ast.MatchClass(C(1), [], [], [])), pattern(ast.MatchClass(N("a"), [], ["b"], [])), pattern(ast.MatchValue(C(True))),
         ast.Expression(N("a"))]
for wrong in WRONG:
    tell(lambda: compile(ast.fix_missing_locations(wrong), "t", "exec"))
tell(lambda: compile(E(N("a")), "t", "exec"))
for name, value in (("lineno", "a"), ("lineno", 1 << 40), ("lineno", 9), ("col_offset", 9), ("end_lineno", None)):
    broken = ast.parse("abc")
    setattr(broken.body[0].value, name, value)
    tell(lambda: compile(broken, "t", "exec") and "compiled")

# Optimized.
for source in ("1 + 2 * 3", "-(1)", "not (a in b)", "(1, 'a', (2,))", "x in [1, 2]", "'%s-%r' % (a, b)", "(1, 2)[1]", "__debug__", "1 / 0",
               "'a' * 100000"):
    print(ast.unparse(ast.parse(source, optimize=1)), end=" | ")
print()
for version, source in (((3, 7), "(a := 1)"), ((3, 11), "type X = 1"), ((3, 12), "def f[T = int](): pass"), ((3, 7), "def f(a, /): pass")):
    tell(lambda: ast.parse(source, feature_version=version))
tell(lambda: ast.parse("a", feature_version=(2, 7)))
tell(lambda: ast.parse("a b"))
