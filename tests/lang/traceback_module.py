# The traceback module: all of its functions and classes, with every option.
import traceback, sys, io
from traceback import *

FILE = (lambda: 0).__code__.co_filename

def show(title, value):
    print("##", title)
    for item in value if isinstance(value, list) else [value]:
        text = ascii(item) if isinstance(item, str) else repr(item)
        text = text.replace(FILE, "FILE")
        at = text.find(" at 0x")
        print("  ", text if at < 0 else text[:at])

def inner(a):
    local = [a, "text"]
    return a / 0

def middle(b):
    return (inner(b) +
            1)

def outer():
    middle(5)

def caught(f, *args):
    try: f(*args)
    except BaseException as e: return e

e = caught(outer)
show("format_exception", format_exception(e))
show("format_exception 3", format_exception(type(e), e, e.__traceback__))
for n in (0, 1, 2, 3, -1, -2, 10): show(f"limit {n}", format_exception(e, limit=n))
show("format_tb", format_tb(e.__traceback__))
show("format_tb 1", format_tb(e.__traceback__, 1))
show("format_tb -1", format_tb(e.__traceback__, -1))
s = extract_tb(e.__traceback__)
show("type", type(s).__name__)
for f in s:
    show("frame", [f.filename.rpartition("/")[2], f.lineno, f.end_lineno, f.colno, f.end_colno, f.name, f.line, f.locals, len(f)])
    print(repr(f).replace(FILE, "FILE"), f._original_lines == f._dedented_lines, list(f)[1:], f[1], f[-1])
show("eq", [s[0] == s[0], s[0] == s[1], s[0] == tuple(s[0]), s[0] == 5, s[0] != s[1]])
show("format_list", format_list(s))
show("format_list tuples", format_list([("a.py", 3, "f", "  some text  "), ("b.py", 4, "g", None), ("c.py", 5, "h", "")]))
show("from_list", [tuple(x) for x in StackSummary.from_list([("a.py", 3, "f", "text")])])
f = FrameSummary("x.py", 1, "n", locals={"a": 1, "b": "x"}, line="hello  world ")
show("summary", [f.line, f.locals, f.end_lineno, f.colno, StackSummary.from_list([f]).format()])
f = FrameSummary("x.py", 1, "n", line="  hello + world ", colno=2, end_colno=15, end_lineno=1)
show("summary carets", StackSummary.from_list([f]).format())
f = FrameSummary("x.py", None, "n")
show("no line", [f.line, StackSummary.from_list([f]).format()])
f = FrameSummary("nofile.py", 5, "n", lookup_line=False)
show("no file", [f.line, f._lines, StackSummary.from_list([f]).format()])
class Bad:
    def __repr__(self): raise ValueError
f = FrameSummary("x.py", 1, "n", locals={"bad": Bad(), "a": None}, line="q")
show("bad local", [f.locals, StackSummary.from_list([f]).format()])
try: hash(s[0])
except TypeError as x: show("hash", str(x))

te = TracebackException.from_exception(e)
show("te", [te.exc_type_str, str(te), te.__cause__, te.__context__, te.__suppress_context__, te.exceptions, te.__notes__, len(te.stack), te.max_group_width, te.max_group_depth])
show("te eq", [te == TracebackException.from_exception(e), te == 5, te != TracebackException(KeyError, KeyError(1), None)])
show("te only", list(te.format_exception_only()))
show("te format", list(te.format()))
show("te nochain", list(te.format(chain=False)))
te = TracebackException.from_exception(e, capture_locals=True, limit=2)
show("locals", list(te.format())[1:2])
te = TracebackException.from_exception(e, capture_locals=True, limit=-1)
show("locals", [x.locals for x in te.stack])
show("locals", list(te.format()))
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    show("exc_type", te.exc_type)
    show("warning", [str(x.message) + x.category.__name__ for x in w])
te = TracebackException.from_exception(e, save_exc_type=False)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    show("exc_type", te.exc_type)
buf = io.StringIO(); te.print(file=buf); show("print", buf.getvalue())
buf = io.StringIO(); te.print(file=buf, colorize=True); show("print colour", buf.getvalue())
buf = io.StringIO(); print_exception(e, file=buf, limit=1); show("print_exception", buf.getvalue())
buf = io.StringIO(); print_tb(e.__traceback__, file=buf); show("print_tb", buf.getvalue())
buf = io.StringIO(); traceback.print_list(s, file=buf); show("print_list", buf.getvalue())
show("colour", format_exception(e, colorize=True))
try:
    1/0
except ZeroDivisionError:
    show("format_exc", format_exc())
    show("format_exc 0", format_exc(limit=0))
    buf = io.StringIO(); print_exc(file=buf); show("print_exc", buf.getvalue())
show("none", format_exc())
show("only", format_exception_only(e))
show("only2", format_exception_only(type(e), e))
show("only none", format_exception_only(None))
show("only none2", format_exception_only(None, None))
show("format none", format_exception(None))
show("format none3", format_exception(None, None, None))
show("te none", list(TracebackException(None, None, None).format()))
for args in ((5,), (ValueError,), (e, e), (e, None, None), ("x",)):
    try: show("bad args", format_exception(*args))
    except Exception as x: show("bad args", type(x).__name__ + str(x))
try: traceback.print_last()
except ValueError as x: show("last", str(x))
sys.last_exc = e

del sys.last_exc
sys.last_type, sys.last_value, sys.last_traceback = type(e), e, None
buf = io.StringIO(); traceback.print_last(file=buf); show("last", buf.getvalue())

def chained():
    try:
        try: {}["k"]
        except KeyError as k: raise ValueError("v") from k
    except ValueError: raise TypeError("t")
c = caught(chained)
show("chain", format_exception(c))
show("no chain", format_exception(c, chain=False))
te = TracebackException.from_exception(c)
show("chain te", [str(te.__context__), str(te.__context__.__cause__), str(te.__context__.__context__), te.__context__.__suppress_context__])
te = TracebackException.from_exception(c, compact=True)
show("compact te", [str(te.__context__), str(te.__context__.__cause__), str(te.__context__.__context__)])
g = ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [TypeError("x\ny"), KeyError("k")]), c])
g.add_note("note")
show("group", format_exception(g))
show("group only", format_exception_only(g))
show("group show", format_exception_only(g, show_group=True))
te = TracebackException.from_exception(ExceptionGroup("w", [ValueError(i) for i in range(5)]), max_group_width=2)
show("width", list(te.format()))
te = TracebackException.from_exception(ExceptionGroup("a", [ExceptionGroup("b", [ExceptionGroup("c", [ValueError(3)])])]), max_group_depth=1)
show("depth", list(te.format()))
show("exceptions", [str(x) for x in te.exceptions])
try: compile("x = = 1\n", "f.py", "exec")
except SyntaxError as x: show("syntax", format_exception_only(x)); te = TracebackException.from_exception(x); show("fields", [te.filename, te.lineno, te.end_lineno, te.text, te.offset, te.end_offset, te.msg])
show("syntax colour", format_exception_only(SyntaxError("bad", ("f.py", 1, 3, "abcdefg", 1, 5)), colorize=True))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, 300, "abc", 1, 500))))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, -3, "abc", 1, -5))))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, 2, "\t\tabc def", 1, 5))))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, 5, "\t\tabc\tdef", 1, 8))))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, 0, "abc", 1, 0))))
show("syntax", format_exception_only(SyntaxError("bad", ("f.py", 1, 1, "", 1, 0))))
def deep(n):
    if n: return deep(n - 1)
    return traceback.extract_stack()
show("stack", [x.name for x in deep(2)])
show("stack", [(x.name, x.lineno, x.colno) for x in extract_stack(limit=2)])
show("stack -1", [x.name for x in deep(4)[-3:]])
show("format_stack", format_stack())
def stacked(): buf = io.StringIO(); print_stack(file=buf); return buf.getvalue()
show("print_stack", stacked())
def walker(): return [f.f_code.co_name for f, n in walk_stack(sys._getframe())]
show("walk_stack", walker())
def walker2(): return StackSummary.extract(walk_stack(None))
show("walk_stack None", [x.name for x in walker2()])
show("walk_tb", [(f.f_code.co_name, n) for f, n in walk_tb(e.__traceback__)])
show("extract", StackSummary.extract(walk_tb(e.__traceback__), limit=2, capture_locals=False).format())
show("extract locals", [sorted(x.locals or ()) for x in StackSummary.extract(walk_tb(e.__traceback__), limit=-1, capture_locals=True)])
sys.tracebacklimit = 1
show("limit sys", format_exception(e))
sys.tracebacklimit = 0
show("limit sys 0", format_exception(e))
sys.tracebacklimit = -5
show("limit sys -5", format_exception(e))
del sys.tracebacklimit
def rec(n):
    if n: rec(n - 1)
    else: 1 / 0
for n in (2, 3, 4, 5, 30): show(f"rec {n}", format_tb(caught(rec, n).__traceback__))
class Skip(StackSummary):
    def format_frame_summary(self, frame_summary, **kwargs):
        if frame_summary.name == "middle": return None
        return super().format_frame_summary(frame_summary, **kwargs)
show("skip", Skip.extract(walk_tb(e.__traceback__)).format())
show("skip", type(Skip.extract(walk_tb(e.__traceback__))).__name__ + type(Skip.from_list([])).__name__)
tb = e.__traceback__
clear_frames(tb)
show("cleared", tb.tb_next.tb_next.tb_frame.f_locals)
class Weird(Exception):
    def __str__(self): raise KeyError
show("weird", format_exception_only(Weird()))
class Weird(Exception):
    __module__ = "a.b"
    __qualname__ = "C.D"
show("weird", format_exception_only(Weird("x")))
for notes in (["a", "b\nc"], [], ("t",), "str", b"bytes", 5, {"k": 1}, [1, None], None):
    x = ValueError("n"); x.__notes__ = notes
    show("notes", format_exception_only(x))
show("all", sorted(traceback.__all__))
show("sub", format_exception_only(ImportError("cannot import name 'x'", name="os", name_from="pth")))
show("sub", format_exception_only(AttributeError("a", name="lowr", obj="")))
show("sub", format_exception_only(AttributeError("a", name="_lowr", obj="")))
show("sub", format_exception_only(AttributeError("a", name=5, obj="")))
show("sub", format_exception_only(NameError("n", name="sys")))
show("sub", format_exception_only(NameError("n", name=None)))
import linecache
show("linecache", [linecache.getline(FILE, 1), linecache.getline("nope", 1), linecache.getline(FILE, 99999), linecache.getlines("nope"), linecache.getline(FILE, 0)])
linecache.clearcache()
show("linecache", [len(linecache.cache), linecache.lazycache("zz", {}), linecache.lazycache("", None)])
class L:
    def get_source(self, name): return "source of\n" + name
show("lazy", [linecache.lazycache("no/such", {"__name__": "m", "__loader__": L()}), linecache.getlines("no/such"), linecache.getline("no/such", 2), linecache.checkcache()])
linecache._register_code("kk", "one\ntwo", "nm")
show("register", linecache.getlines("kk"))

def carets(text, colno, end_colno, lines=1):
    f = FrameSummary("x.py", 1, "n", line=text, colno=colno, end_colno=end_colno, end_lineno=lines)
    show("carets", "".join(StackSummary.from_list([f]).format()).split("\n")[1:])
carets("x = a + b", 4, 9)
carets("a + b", 0, 5)
carets("f(a)", 0, 4)
carets("x.y", 0, 3)
carets("x = f(a)", 4, 8)
carets("return f(a)", 7, 11)
carets("return f.g(a)", 7, 13)
carets("    if (a ) + ( b ):", 7, 18)
carets("\tx = a[ 'k' ]", 5, 13)
carets("x = (a +\n     b +\n     c)", 4, 7, 3)
carets("x = f(\n  1,\n  2,\n  3,\n  4\n)", 4, 1, 6)
carets("y = f(\n  1,\n  2\n) + 1", 4, 1, 4)
carets("x = '\u65e5' + a", 4, 13)
carets("x = \U0001f600", 4, 8)
carets("syntax error here", 0, 6)
carets("a = b # c", 4, 5)
carets("a = (b # +\n + c)", 5, 4, 2)
carets("a ** b", 0, 6)
carets("a  //  b", 0, 8)
carets("a @ b @ c", 0, 9)
carets("a+b", 0, 3)
carets("x = a\\\n  + b", 4, 5, 2)
carets("", 0, 3)
carets("abc", 5, 9)
carets("abc", 2, 1)
