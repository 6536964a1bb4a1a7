# match_programs.py - match in small programs: evaluator, parser of commands, tree rewriting, JSON-like data, state machine.
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


class Node:
    __match_args__ = ("op", "left", "right")
    def __init__(self, op, left=None, right=None): self.op, self.left, self.right = op, left, right
    def __repr__(self): return f"({self.left} {self.op} {self.right})"


class Num:
    __match_args__ = ("value",)
    def __init__(self, value): self.value = value
    def __repr__(self): return str(self.value)


class Var:
    __match_args__ = ("name",)
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name


def simplify(e):
    match e:
        case Node("+", Num(0), x) | Node("+", x, Num(0)) | Node("*", Num(1), x) | Node("*", x, Num(1)): return simplify(x)
        case Node("*", Num(0), _) | Node("*", _, Num(0)): return Num(0)
        case Node("+", Num(a), Num(b)): return Num(a + b)
        case Node("*", Num(a), Num(b)): return Num(a * b)
        case Node("-", Var(a), Var(b)) if a == b: return Num(0)
        case Node(op, l, r):
            l2, r2 = simplify(l), simplify(r)
            if (l2, r2) != (l, r): return simplify(Node(op, l2, r2))
            return Node(op, l2, r2)
        case Num() | Var(): return e
        case _: raise TypeError(f"not an expression: {e!r}")


def evaluate(e, env):
    match e:
        case Num(v): return v
        case Var(name) if name in env: return env[name]
        case Var(name): raise NameError(name)
        case Node("+" | "-" | "*" | "/" as op, l, r):
            a, b = evaluate(l, env), evaluate(r, env)
            match op:
                case "+": return a + b
                case "-": return a - b
                case "*": return a * b
                case "/": return a / b
        case Node(op): raise ValueError(f"unknown operator {op}")


@section
def expressions():
    x = Var("x")
    for e in (Node("+", Num(0), x), Node("*", x, Num(1)), Node("*", Node("+", x, Num(3)), Num(0)), Node("+", Num(2), Num(3)), Node("-", x, Var("x")), Node("-", x, Var("y")), Num(5)):
        print(e, "=>", simplify(e))
    error(simplify, "text")
    tree = Node("+", Node("*", Num(2), x), Node("/", Num(9), Num(3)))
    print(evaluate(tree, {"x": 10}))
    error(evaluate, tree, {})
    error(evaluate, Node("%", x, x), {"x": 1})
    error(evaluate, Node("/", x, Num(0)), {"x": 1})


@section
def commands():
    def run(line, state):
        match line.split():
            case []: return "nothing"
            case ["quit" | "exit"]: return "bye"
            case ["set", name, value]:
                state[name] = int(value) if value.lstrip("-").isdigit() else value
                return f"{name}={state[name]!r}"
            case ["get", name] if name in state: return state[name]
            case ["get", name]: return f"no {name}"
            case ["sum", *numbers] if all(n.isdigit() for n in numbers): return sum(map(int, numbers))
            case ["move", ("north" | "south" | "east" | "west") as d, *rest]: return d, rest
            case ["help", *_]: return "help!"
            case [cmd, *args]: return f"unknown {cmd} with {len(args)}"
    state = {}
    for line in ("", "quit", "exit", "exit now", "set a 5", "set b text", "get a", "get z", "sum 1 2 3", "sum", "sum 1 x", "move north fast", "move up", "help me", "zzz 1 2"):
        print(repr(line), run(line, state))
    print(state)


@section
def json_like():
    def describe(v):
        match v:
            case None: return "null"
            case True | False: return f"bool {v}"
            case int() | float(): return f"number {v}"
            case str(): return f"string {v!r}"
            case []: return "empty list"
            case [x]: return f"list of one {describe(x)}"
            case [x, *rest]: return f"list of {describe(x)} and {len(rest)} more"
            case {"$ref": str(ref), **other} if not other: return f"ref to {ref}"
            case {"type": "error", "code": int(code) | str(code), "detail": {"msg": str(msg)}}: return f"error {code}: {msg}"
            case {**fields} if all(isinstance(k, str) for k in fields): return "object " + ",".join(fields)
            case _: return f"unsupported {type(v).__name__}"
    for v in (None, True, 1, 2.5, "s", [], ["x"], [[1], 2, 3], {"$ref": "#/a"}, {"$ref": "#/a", "b": 1}, {"type": "error", "code": 404, "detail": {"msg": "gone"}}, {"type": "error", "code": "E1", "detail": {"msg": "m"}}, {"type": "error", "code": 1.5, "detail": {}}, {"a": 1, "b": 2}, {1: 2}, (1, 2), 3j, {1}):
        print(describe(v))


@section
def state_machine():
    def step(state, event):
        match state, event:
            case ("idle", {"kind": "coin", "value": int(v)}) if v >= 10: return "ready", v
            case (("ready", int(credit)), {"kind": "push"}): return "vending", credit - 10
            case (("ready", credit), {"kind": "coin", "value": v}): return "ready", credit + v
            case (("vending", 0), {"kind": "done"}): return "idle"
            case (("vending", change), {"kind": "done"}): return "idle", f"change {change}"
            case ((s, *_), {"kind": "reset"}) | (str(s), {"kind": "reset"}): return f"reset from {s}"
            case _: return "error", state, event.get("kind")
    print(step("idle", {"kind": "coin", "value": 10}))
    print(step(("ready", 15), {"kind": "push"}))
    print(step(("ready", 15), {"kind": "coin", "value": 5}))
    print(step(("vending", 0), {"kind": "done"}), step(("vending", 5), {"kind": "done"}))
    print(step(("ready", 1), {"kind": "reset"}), step("idle", {"kind": "reset"}), step("idle", {"kind": "coin", "value": 5}), step("idle", {}))


@section
def rewriting_lists():
    def flat(x):
        match x:
            case [[*inner], *rest]: return flat(inner) + flat(rest)
            case [head, *rest]: return [head] + flat(rest)
            case []: return []
    def merge(a, b):
        match a, b:
            case [], rest: return rest
            case rest, []: return rest
            case [x, *xs], [y, *_] if x <= y: return [x] + merge(xs, b)
            case _, [y, *ys]: return [y] + merge(a, ys)
    def rle(s):
        match s:
            case []: return []
            case [x, y, *_] if x == y:
                (v, n), *rest = rle(s[1:])
                return [(v, n + 1), *rest]
            case [x, *rest]: return [(x, 1), *rle(rest)]
    print(flat([1, [2, [3, [4]], 5], [], [[6]]]), merge([1, 4, 6], [2, 3, 7]), rle(list("aaabccd")))


@section
def bytes_frames():
    def frame(data):
        match list(data):
            case [0x7E, 1, hi, lo, *payload, crc] if sum(payload) % 256 == crc: return "data", hi << 8 | lo, bytes(payload)
            case [0x7E, 1, *_]: return "bad checksum"
            case [0x7E, 2 | 3 as kind, code]: return "control", kind, code
            case [0x7E]: return "short"
            case _: return "no frame"
    for d in (b"\x7e\x01\x01\x02\x05\x06\x0b", b"\x7e\x01\x01\x02\x05\x06\x0c", b"\x7e\x03\x09", b"\x7e", b"", b"abc"): print(frame(d))
