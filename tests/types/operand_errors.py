# operand_errors.py - the TypeErrors of unsupported operands, for every operator and pair of builtin types.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


VALUES = {"int": 1, "float": 1.5, "complex": 1j, "str": "a", "bytes": b"a", "list": [1], "tuple": (1,), "dict": {1: 2}, "set": {1}, "NoneType": None, "range": range(2), "function": len}
BINARY = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "//": lambda a, b: a // b, "%": lambda a, b: a % b, "**": lambda a, b: a ** b, "@": lambda a, b: a @ b, "<<": lambda a, b: a << b, "&": lambda a, b: a & b, "|": lambda a, b: a | b, "<": lambda a, b: a < b, "in": lambda a, b: a in b}


@section
def binary():
    for op, f in BINARY.items():
        for ln, a in VALUES.items():
            for rn, b in VALUES.items():
                if op == "%" and ln in ("str", "bytes"): continue
                try: f(a, b)
                except TypeError as e: print(op, ln, rn, "|", e)
                except Exception as e: print(op, ln, rn, "|", type(e).__name__)


@section
def inplace():
    for op in ("+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "<<=", ">>=", "&=", "|=", "^="):
        for ln, rn in (("int", "str"), ("str", "int"), ("list", "int"), ("tuple", "list"), ("dict", "list"), ("set", "list"), ("NoneType", "int"), ("float", "NoneType"), ("function", "int"), ("bytes", "str")):
            ns = {"x": VALUES[ln], "y": VALUES[rn]}
            if isinstance(ns["x"], (list, dict, set)): ns["x"] = type(ns["x"])(ns["x"])
            try: exec(f"x {op} y", ns)
            except TypeError as e: print(op, ln, rn, "|", e)
            except Exception as e: print(op, ln, rn, "|", type(e).__name__)


@section
def unary():
    for name, f in (("-", lambda x: -x), ("+", lambda x: +x), ("~", lambda x: ~x), ("abs", abs), ("len", len), ("iter", iter), ("next", next), ("hash", hash), ("[0]", lambda x: x[0]), ("[0:1]", lambda x: x[0:1]), ("()", lambda x: x()), ("int", int), ("float", float), ("round", round), ("list", list), ("dict", dict), ("bytes", bytes), ("reversed", reversed), ("sum", sum), ("max", max), ("sorted", sorted), ("*", lambda x: [*x]), ("**", lambda x: {**x}), ("range", range), ("chr", chr), ("ord", ord), ("bin", bin), ("set", set), ("enumerate", enumerate), ("zip", zip), ("join", "".join), ("isinstance", lambda x: isinstance(1, x)), ("with", lambda x: exec("with x: pass", {"x": x})), ("del[0]", lambda x: exec("del x[0]", {"x": x})), ("[0]=", lambda x: exec("x[0] = 1", {"x": x})), (".x=", lambda x: exec("x.attr = 1", {"x": x})), (".x", lambda x: x.attr), ("raise", lambda x: exec("raise x", {"x": x})), ("a,b=", lambda x: exec("a, b = x", {"x": x}))):
        for vn, v in VALUES.items():
            if isinstance(v, (list, dict, set)): v = type(v)(v)
            if name == "()" and vn == "function": continue
            try: f(v)
            except (TypeError, AttributeError) as e: print(name, vn, "|", type(e).__name__, e)
            except Exception as e: print(name, vn, "|", type(e).__name__)
