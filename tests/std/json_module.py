"""json: what is written and read, every hook and option, every message."""
import json
from collections import OrderedDict, namedtuple
from enum import Enum, IntEnum, IntFlag
from json import decoder, encoder, scanner
from io import StringIO

def show(label, f, *args, **kw):
    try:
        print(label, ascii(f(*args, **kw)))
    except Exception as e:
        print(label, type(e).__name__, ascii(str(e)), ascii([getattr(e, n, None) for n in ("msg", "pos", "lineno", "colno")]))

VALUES = [None, True, False, 0, -1, 10**30, 1.5, -0.0, 1e300, 5e-324, 0.1, float("nan"), float("inf"), -float("inf"), "", "a\"b\\c/\b\f\n\r\t\x00\x1f\x7f",
          "\xe9\u20ac\U0001f600\ud800", [], (), {}, [1, [2, [3, []]]], (1, (2,)), {"a": {"b": {}}, "c": [{}]}, {1: 2, 1.5: 3, None: 4, True: 5, False: 6}]
for v in VALUES:
    for kw in ({}, {"ensure_ascii": False}, {"indent": 2}, {"indent": "\t", "separators": (" ,", " :")}, {"separators": (",", ":")},
               {"check_circular": False}, {"allow_nan": False}):
        show("dumps", json.dumps, v, **kw)
        show("iter", lambda: list(json.JSONEncoder(**kw).iterencode(v)))

print(json.dumps({"b": 1, "a": 2, "c": {"z": 1, "y": 2}}, sort_keys=True))
show("unsortable", json.dumps, {"b": 1, 2: 2}, sort_keys=True)
show("key", json.dumps, {(1, 2): 3, "a": 1})
show("skip", json.dumps, {(1, 2): 3, "a": 1, b"x": 2, 3: 4}, skipkeys=True)
show("skip all", json.dumps, {(1, 2): 3}, skipkeys=True, indent=1)
show("object", json.dumps, [object()])
show("set", json.dumps, {"a": {1}})
show("default", json.dumps, {"a": {1}, "b": 3j}, default=lambda o: sorted(o) if isinstance(o, set) else [o.real, o.imag])
show("default loop", json.dumps, {"a": {1}}, default=lambda o: o)
loop = []
loop.append({"x": loop})
show("circular", json.dumps, loop)
show("circular indent", json.dumps, loop, indent=1)
show("same twice", json.dumps, [VALUES[-4]] * 3)
show("kw", json.dumps, 1, wrong=2)

class Num(IntEnum):
    A = 1
class Flag(IntFlag):
    X = 4
class Real(float, Enum):
    H = 0.5
class Text(str):
    def __repr__(self): return "no"
class Odd(int):
    def __repr__(self): return "no"
    __str__ = __repr__
class Half(float):
    def __repr__(self): return "no"
    __str__ = __repr__
class Points(dict):
    def items(self): return [("p", 1)]
class Bad(dict):
    def items(self): return [("p",)]
P = namedtuple("P", "x y")
show("subclasses", json.dumps, [Num.A, Flag.X, Real.H, Text("t"), Odd(7), Half(2.5), P(1, 2), OrderedDict(b=1, a=2), {Num.A: Num.A, Odd(3): 1, Half(0.5): 2}])
show("items", json.dumps, [Points(a=1), Points()])
show("bad items", json.dumps, Bad(a=1))

class Mine(json.JSONEncoder):
    item_separator = ";"
    def default(self, o):
        return "<%s>" % type(o).__name__ if isinstance(o, complex) else super().default(o)
show("cls", json.dumps, [1j, 2], cls=Mine)
show("cls fails", json.dumps, [1j, {1}], cls=Mine)
file = StringIO()
json.dump({"a": [1, 2]}, file, indent=1)
print(file.getvalue(), json.load(StringIO(file.getvalue())))

TEXTS = ["", " ", "1", "-0", "-", "--1", "01", "1.5", "1.", ".5", "1e5", "1E+5", "1e", "-1e-3", "123456789012345678", "1234567890123456789", "-99999999999999999999999", "NaN", "Infinity", "-Infinity",
         "-Inf", "nul", "null", "true", "false", "nulll", "[]", "[", "[1", "[1,", "[1,]", "[1 2]", "[,]", "]", "{", "{}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\" 1}",
         "{a:1}", "{1:2}", "{\"a\":1 \"b\":2}", "{\"a\":1,\n \"b\"\n:\n[1,\n2,\nx]}", "\"", "\"a", "\"a\\", "\"\\x\"", "\"\\u12\"", "\"\\u123g\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ude00\\ud83d\"",
         "\"\\ud83d\\u12\"", "\"\\ud83d\\u0041\"", "\"a\nb\"", "\"a\tb\"", "\"\x00\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"", "\"\xe9\U0001f600\\n\"", "\xe9", "[\"\xe9\", x]", "\ufeff1", " \t\n\r1 \t\n\r", "1 2", "\x0c1", "\xa01",
         "{\"a\":1,\"a\":2}", "[[[[]]]]", "\u0661", "1\u0661", "\"" + "x" * 100 + "\\n" + "y" * 100 + "\"", "[" + "1," * 300 + "2]"]
for t in TEXTS:
    show("loads", json.loads, t)
    show("lax", json.loads, t, strict=False)
    show("raw", json.JSONDecoder().raw_decode, t)
for i in (-1, 0, 1, 2, 5, 6, 100):
    show("raw at", json.JSONDecoder().raw_decode, "\xe9[1] \"", i)
    show("scanstring", decoder.scanstring, "\xe9\"ab\" \"", i)
    show("scan", scanner.make_scanner(json.JSONDecoder()), "\xe9[1] \"", i)
doc = '{"a": [1, 2.5, -7, NaN], "b": {"c": Infinity, "d": -Infinity}}'
show("object_hook", json.loads, doc, object_hook=lambda d: sorted(d))
show("pairs_hook", json.loads, doc, object_pairs_hook=lambda p: p, object_hook=lambda d: 1 / 0)
show("parse", json.loads, doc, parse_float=lambda s: "f" + s, parse_int=lambda s: "i" + s, parse_constant=lambda s: "c" + s)
show("parse fails", json.loads, doc, parse_constant=lambda s: 1 / 0)
show("hook fails", json.loads, doc, object_hook=lambda d: d[1])

class Reader(json.JSONDecoder):
    def decode(self, s):
        return ["read", super().decode(s)]
show("cls", json.loads, "1", cls=Reader)
for v in (1, None, [], b"\xff\xfe\xff", object):
    show("type", json.loads, v)
for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
    for t in ("1", "12", "[\"\xe9\"]", "\"\U0001f600\""):
        try:
            raw = t.encode(name)
        except LookupError:
            continue
        show(name, lambda: (json.detect_encoding(raw), json.loads(raw), json.loads(bytearray(raw))))
show("empty", json.detect_encoding, b"")
show("error", lambda: json.JSONDecodeError("what", "a\nb\nc", 3).__reduce__())
for t in ("a", "\xe9\n\"", "\U0001f600"):
    show("quote", encoder.encode_basestring_ascii, t)
    show("quote", encoder.encode_basestring, t)
    show("quote", encoder.py_encode_basestring_ascii, t)
    show("quote", encoder.py_encode_basestring, t)
    show("py", decoder.py_scanstring, '"' + t + '\\u0041"', 1)
for t in TEXTS:
    if t == "1\u0661": # CPython's Python version takes any digit
        continue
    try:
        show("pure", lambda: scanner.py_make_scanner(json.JSONDecoder())(t, 0)[1])
    except StopIteration as e:
        print("stop", e.value)
show("bytes", encoder.encode_basestring_ascii, b"x")
show("int", decoder.scanstring, 1, 2)
show("make_encoder", encoder.c_make_encoder, 1, None, None, None, ": ", ", ", False, False, False)
deep = "[" * 100000
try:
    json.loads(deep)
except RecursionError as e:
    print("RecursionError")
nested = []
for i in range(100000):
    nested = [nested]
try:
    json.dumps(nested)
except RecursionError as e:
    print("RecursionError")
print(json.__all__, decoder.__all__, scanner.__all__)
