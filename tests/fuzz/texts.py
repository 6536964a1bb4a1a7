"""Texts for the compiler, by seed: made by the grammar, or taken from the tests and the library; most of them then damaged.

Every rule of the grammar is in Grammar, some of them with choices that only a later phase refuses (an assignment to a call, a return outside of a
function, a duplicate parameter), since that is where compilers differ.
"""

import ast
import glob
import os
import random
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

NAMES = "a b c x y z f g self cls i k v T print match case type _ __x __debug__ é ª 名 async_ None_ super __class__ ABC lambda_".split()
LITERALS = """0 1 2 10 1_000 0x1F 0b101 0o17 1.5 .5 1e5 1e400 1j 2.5e-3J 99999999999999999999 'a' "b" '' 'a\\nb' r'\\d' b'x' b'\\xff' rb'\\z' u'u' '\\N{BULLET}' '''t
t''' None True False ... 'é' '\\u00e9' '\\x41' "\\
" 0_0 1if 0xfor 1_ 0777 '\\400' '\\d' b'é' '\\N{x}' '\\x4' f'' f'a' f'{x}' f'{x!r}' f'{x:>{y}}' f'{x=}' f"{'a'}" f'{{}}' rf'\\{x}' f'{x:{y:{z}}}' f'{x!z}' f'{' f'}' f'{}' f'{x' f"{x:%H}" f'{*a}' f'{yield}'
f'{lambda:1}' f'{a["b"]}' f'{x!r:^{w}.{p}}' f\"\"\"{
x}\"\"\"""".replace("t\nt", "t\0t").replace("\\\n\"", "\\\0\"").replace("{\nx", "{\0x").split()
LITERALS = [text.replace("\0", "\n") for text in LITERALS]
BINARY = "+ - * / // % @ ** << >> & | ^".split()
COMPARE = ["==", "!=", "<", ">", "<=", ">=", "is", "is not", "in", "not in", "<>"]
AUGMENTED = [op + "=" for op in BINARY] + [":="]


class Grammar:
    """A random program."""

    def __init__(self, r: random.Random) -> None:
        self.r = r
        self.depth = 0

    def pick(self, items):
        return items[int(self.r.random() * len(items))]

    def chance(self, n: float) -> bool:
        return self.r.random() < n

    def many(self, make, most: int = 3, least: int = 0, separator: str = ", ") -> str:
        return separator.join(make() for _ in range(self.r.randint(least, most)))

    def name(self) -> str:
        return self.pick(NAMES[:8] if self.chance(0.8) else NAMES)

    # ---- Expressions

    def expr(self) -> str:
        self.depth += 1
        try:
            if self.depth > 5 or self.chance(0.3):
                return self.name() if self.chance(0.6) else self.pick(LITERALS)
            return self.pick(self.EXPRESSIONS)(self)
        finally:
            self.depth -= 1

    def star(self) -> str:
        return ("*" if self.chance(0.15) else "") + self.expr()

    def binary(self) -> str:
        return f"{self.expr()} {self.pick(BINARY)} {self.expr()}"

    def unary(self) -> str:
        return self.pick(["-", "+", "~", "not ", "await "]) + self.expr()

    def logic(self) -> str:
        return f" {self.pick(['and', 'or'])} ".join(self.expr() for _ in range(self.r.randint(2, 3)))

    def compare(self) -> str:
        return self.expr() + "".join(f" {self.pick(COMPARE)} {self.expr()}" for _ in range(self.r.randint(1, 3)))

    def conditional(self) -> str:
        return f"{self.expr()} if {self.expr()} else {self.expr()}"

    def lambda_(self) -> str:
        return f"lambda {self.parameters(False)}: {self.expr()}"

    def parentheses(self) -> str:
        return f"({self.expr()})"

    def tuple_(self) -> str:
        return f"({self.many(self.star, 3)}{self.pick(['', ','])})"

    def list_(self) -> str:
        return f"[{self.many(self.star, 4)}]"

    def set_(self) -> str:
        return f"{{{self.many(self.star, 3, 1)}}}"

    def dict_(self) -> str:
        return "{" + self.many(lambda: f"**{self.expr()}" if self.chance(0.15) else f"{self.expr()}: {self.expr()}", 3) + "}"

    def comprehension(self) -> str:
        clauses = "".join(
            f" {self.pick(['for', 'for', 'for', 'async for'])} {self.target()} in {self.expr()}" + (f" if {self.expr()}" if self.chance(0.4) else "")
            for _ in range(self.r.choice([1, 1, 2, 3]))
        )
        item = f"{self.expr()}: {self.expr()}" if self.chance(0.2) else self.star() if self.chance(0.1) else self.expr()
        return self.pick(["[%s]", "{%s}", "(%s)", "f(%s)", "[%s]"]) % (item + clauses)

    def attribute(self) -> str:
        return f"{self.expr()}.{self.name()}"

    def slice_(self) -> str:
        return self.pick([self.expr, lambda: f"{self.maybe()}:{self.maybe()}", lambda: f"{self.maybe()}:{self.maybe()}:{self.maybe()}", self.star])()

    def maybe(self) -> str:
        return self.expr() if self.chance(0.6) else ""

    def subscript(self) -> str:
        return f"{self.expr()}[{self.many(self.slice_, 2, 1)}]"

    def argument(self) -> str:
        x = self.r.random()
        return f"{self.name()}={self.expr()}" if x < 0.25 else f"*{self.expr()}" if x < 0.32 else f"**{self.expr()}" if x < 0.4 else self.expr()

    def call(self) -> str:
        return f"{self.expr()}({self.many(self.argument, 4)}{self.pick(['', '', ','])})"

    def walrus(self) -> str:
        return f"({self.name()} := {self.expr()})"

    def yield_(self) -> str:
        return self.pick(["(yield)", f"(yield {self.expr()})", f"(yield from {self.expr()})"])

    def fstring(self) -> str:
        quote = self.pick(["'", '"', "'''", '"""'])
        return self.pick(["f", "rf", "F", "fR"]) + quote + "".join(self.field() for _ in range(self.r.randint(0, 3))) + quote

    def field(self) -> str:
        if self.chance(0.3):
            return self.pick(["a", "{{", "}}", "\\n", " ", "é", "\\N{BULLET}", "#", "\\{", "\n", "\\"])
        end = self.pick(["", "", "=", "!r", "!s", "!a", " = ", "!x", "! r"]) + self.pick(["", "", ":", ":>5", ":{x}", f":{{{self.expr()}}}", ":%Y", ":{{}}", ":="])
        return "{" + self.pick([self.expr, self.star, self.yield_, self.lambda_])() + end + "}"

    def strings(self) -> str:
        return " ".join(self.pick([text for text in LITERALS if text[-1] in "'\""]) for _ in range(self.r.randint(2, 3)))

    EXPRESSIONS = [binary, binary, unary, logic, compare, compare, conditional, lambda_, parentheses, tuple_, list_, set_, dict_, comprehension]
    EXPRESSIONS += [comprehension, attribute, attribute, subscript, subscript, call, call, call, walrus, yield_, fstring, fstring, strings]

    # ---- Targets, parameters, patterns

    def target(self) -> str:
        x = self.r.random()
        if x < 0.6:
            return self.name()
        if x < 0.75:
            return self.pick([self.attribute, self.subscript])()
        if x < 0.95:
            return self.pick(["(%s)", "[%s]", "%s"]) % self.many(lambda: self.pick(["", "", "", "*"]) + self.target(), 3, 1)
        return self.expr()

    def parameters(self, annotated: bool = True) -> str:
        def one() -> str:
            return self.name() + (f": {self.expr()}" if annotated and self.chance(0.3) else "") + (f"={self.expr()}" if self.chance(0.3) else "")

        parts = [one() for _ in range(self.r.choice([0, 0, 1, 2, 3]))]
        for extra in ("/", "*", "*" + self.name(), "**" + self.name(), one()):
            if self.chance(0.15):
                parts.append(extra)
        return ", ".join(parts)

    def type_parameters(self) -> str:
        def one() -> str:
            return self.pick(["", "", "*", "**"]) + self.name() + self.pick(["", "", f": {self.expr()}", f" = {self.expr()}"])

        return f"[{self.many(one, 3, 1)}]" if self.chance(0.15) else ""

    def pattern(self) -> str:
        self.depth += 1
        try:
            if self.depth > 6 or self.chance(0.4):
                return self.pick([self.name(), "_", "1", "-1", "'a'", "None", "1+2j", "a.b", "f'{x}'", "-1.5", "b'x'", "'a' 'b'", "1-a", "a.b.c", "*_"])
            inner = lambda: self.pick(["", "", "", "*"]) + self.pattern()  # noqa: E731
            return self.pick([
                lambda: f"[{self.many(inner, 3)}]",
                lambda: f"({self.many(inner, 3)}{self.pick(['', ','])})",
                lambda: "{" + self.many(lambda: self.pick(["'k': ", "1: ", "a.b: ", "**", "-1: ", "x: "]) + self.pattern(), 3) + "}",
                lambda: f"{self.name()}({self.many(lambda: self.pick(['', self.name() + '=']) + self.pattern(), 3)})",
                lambda: f"{self.pattern()} | {self.pattern()}",
                lambda: f"{self.pattern()} as {self.name()}",
            ])()
        finally:
            self.depth -= 1

    # ---- Statements

    def simple(self) -> str:
        e, t, n = self.expr, self.target, self.name
        return self.pick([
            e, e, lambda: f"{t()} = {e()}", lambda: f"{t()} = {e()}", lambda: f"{t()} = {t()} = {self.star()}, {e()}", lambda: f"{t()} {self.pick(AUGMENTED)} {e()}",
            lambda: f"{t()}: {e()}", lambda: f"{t()}: {e()} = {e()}", lambda: f"del {self.many(t, 2, 1)}", lambda: "pass", lambda: f"return {self.pick(['', e(), self.star()])}",
            lambda: f"raise {self.pick(['', e(), f'{e()} from {e()}'])}", lambda: self.pick(["break", "continue"]), lambda: f"global {self.many(n, 2, 1)}",
            lambda: f"nonlocal {self.many(n, 2, 1)}", lambda: f"assert {e()}{self.pick(['', ', ' + e()])}", lambda: f"import {n()}.{n()} as {n()}, {n()}", lambda: f"import {n()}",
            lambda: f"from {self.pick(['', '.', '...', '. '])}{n()} import {self.pick(['*', n(), f'({n()} as {n()}, {n()},)', f'{n()} as {n()}'])}",
            lambda: f"from __future__ import {self.pick(['annotations', 'division', 'braces', n(), 'barry_as_FLUFL'])}", lambda: f"type {n()}{self.type_parameters()} = {e()}",
            lambda: f"yield {self.star()}", lambda: f"x = yield", lambda: f"await {e()}", lambda: f"print {e()}", lambda: f"{e()} = {e()}", lambda: f"({t()}) = {e()}", lambda: f"exec {e()}",
        ])()

    def body(self, indent: str) -> str:
        if self.chance(0.2):
            return " " + self.many(self.simple, 2, 1, "; ") + "\n"
        deeper = indent + self.pick(["    ", "    ", "    ", " ", "\t"])
        return "\n" + self.block(deeper)

    def block(self, indent: str) -> str:
        return "".join(self.statement(indent) for _ in range(self.r.choice([1, 1, 2, 3])))

    def statement(self, indent: str) -> str:
        self.depth += 1
        try:
            if self.depth > 5 or self.chance(0.55):
                return indent + self.many(self.simple, 2 if self.chance(0.1) else 1, 1, "; ") + self.pick(["\n"] * 9 + ["  # c\n", ";\n", "\n\n", "\\\n\n", "\r\n", "\f\n"])
            return self.pick(self.COMPOUND)(self, indent)
        finally:
            self.depth -= 1

    def if_(self, indent: str) -> str:
        text = f"{indent}if {self.expr()}:{self.body(indent)}"
        while self.chance(0.3):
            text += f"{indent}elif {self.expr()}:{self.body(indent)}"
        return text + (f"{indent}else:{self.body(indent)}" if self.chance(0.3) else "")

    def loop(self, indent: str) -> str:
        head = self.pick([f"while {self.expr()}", f"for {self.target()} in {self.many(self.star, 2, 1)}", f"async for {self.target()} in {self.expr()}"])
        return f"{indent}{head}:{self.body(indent)}" + (f"{indent}else:{self.body(indent)}" if self.chance(0.3) else "")

    def try_(self, indent: str) -> str:
        star = self.pick(["", "", "", "*"])
        text = f"{indent}try:{self.body(indent)}"
        for _ in range(self.r.randint(0, 2)):
            text += f"{indent}except{star} {self.pick([self.expr(), self.expr() + ' as ' + self.name(), '', f'({self.expr()}, {self.expr()})'])}:{self.body(indent)}"
        text += f"{indent}else:{self.body(indent)}" if self.chance(0.2) else ""
        return text + (f"{indent}finally:{self.body(indent)}" if self.chance(0.5) else "")

    def with_(self, indent: str) -> str:
        items = self.many(lambda: self.expr() + (f" as {self.target()}" if self.chance(0.5) else ""), 3, 1)
        return f"{indent}{self.pick(['', '', 'async '])}with {self.pick(['%s', '(%s)', '(%s,)']) % items}:{self.body(indent)}"

    def def_(self, indent: str) -> str:
        decorators = "".join(f"{indent}@{self.expr()}\n" for _ in range(self.r.choice([0, 0, 0, 1, 2])))
        arrow = f" -> {self.expr()}" if self.chance(0.2) else ""
        head = f"{self.pick(['', '', '', 'async '])}def {self.name()}{self.type_parameters()}({self.parameters()}){arrow}"
        return f"{decorators}{indent}{head}:{self.body(indent)}"

    def class_(self, indent: str) -> str:
        arguments = self.pick(["", "()", f"({self.many(self.argument, 3)})"])
        return f"{indent}class {self.name()}{self.type_parameters()}{arguments}:{self.body(indent)}"

    def match(self, indent: str) -> str:
        deeper = indent + "    "
        cases = "".join(f"{deeper}case {self.many(self.pattern, 2, 1)}{self.pick(['', '', f' if {self.expr()}'])}:{self.body(deeper)}" for _ in range(self.r.randint(1, 3)))
        return f"{indent}match {self.many(self.star, 2, 1)}:\n{cases}"

    COMPOUND = [if_, loop, loop, try_, try_, with_, def_, def_, def_, class_, class_, match]


# ---- Damage ----------------------------------------------------------------------------------------------------------------------

WORDS = """( ) [ ] { } , : ; = == := += . * ** / -> @ not and or if else for in is lambda async await yield from import def class return pass with as try except
finally while global nonlocal del print match case type x y 1 "s" f'{x}' None True ... ! $ ? \\ ~ - % <> elif raise b"z" f" " ' ''' 0x 1_ # ` {x!r} } =} :} !r} <<= //= 0b 1e 1__0 rb' Rb""
f{ \\N{ \\x \\u12 0o8 01 1.e 1jj é ä· ° € \u00a0 \ufeff \u2028 \x0c \x00 \x1b \r \t""".split(" ")
WORDS = [w for word in WORDS for w in word.split("\n")] + ["\n", "    ", "\t", "\\\n", "\r", " \\ ", "\n\n", "\x0c"]


def change_tokens(r: random.Random, text: str) -> str:
    tokens = re.findall(r"\s+|\w+|[^\w\s]", text) or ["x"]
    for _ in range(r.choice([1, 1, 1, 2, 3, 6])):
        at, how = r.randrange(len(tokens)), r.random()
        if how < 0.3:
            tokens.insert(at, r.choice(WORDS))
        elif how < 0.55 and len(tokens) > 1:
            del tokens[at]
        elif how < 0.7:
            tokens[at] = r.choice(WORDS)
        elif how < 0.8:
            tokens.insert(at, tokens[r.randrange(len(tokens))])
        elif how < 0.9:
            other = r.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        else:
            tokens[at : at + r.randrange(1, 8)] = tokens[r.randrange(len(tokens)) :][: r.randrange(1, 8)]
        tokens = tokens or ["x"]
    return "".join(tokens)


def change_lines(r: random.Random, text: str) -> str:
    lines = text.split("\n")
    for _ in range(r.randint(1, 3)):
        at, other = r.randrange(len(lines)), r.randrange(len(lines))
        how = r.randrange(6)
        if how == 0:
            lines[at] = r.choice([" ", "    ", "\t", "        "]) + lines[at]
        elif how == 1:
            lines[at] = lines[at][r.choice([1, 2, 4]) :]
        elif how == 2:
            lines.insert(at, lines[other])
        elif how == 3:
            lines[at], lines[other] = lines[other], lines[at]
        elif how == 4:
            lines = lines[: at + 1]
        else:
            lines[at] = lines[at][: r.randrange(len(lines[at]) + 1)]
    return "\n".join(lines)


def change_characters(r: random.Random, text: str) -> str:
    out = list(text)
    for _ in range(r.choice([1, 1, 2, 5])):
        at = r.randrange(len(out) + 1)
        c = r.choice(["\0", "\r", "\f", "\t", "é", "\u0301", "\ufeff", "\U0001f600", "\u3000", chr(r.randrange(32, 127)), chr(r.randrange(1, 0xD800)), "\\", "'", '"', "{", "}"])
        if out and at < len(out) and r.random() < 0.4:
            out[at] = c
        else:
            out.insert(at, c)
    return "".join(out)


NESTS = [
    ("(", ")"), ("[", "]"), ("{", "}"), ("-", ""), ("not ", ""), ("f(", ")"), ("a[", "]"), ("lambda: ", ""), ("x if ", " else y"), ("(yield ", ")"), ("[x for x in ", "]"), ("a.b(*", ")"),
    ("a ** ", ""), ("1 + ", ""), ("", " + 1"), ("", ".a"), ("", "()"), ("", "[0]"), ("await ", ""), ("f'{", "}'"), ("{1: ", "}"), ("(a, ", ")"), ("a < ", ""), ("a and ", ""), ("*", ""), ("(x := ", ")"),
]
BLOCKS = ["if a:", "while a:", "for a in b:", "try:", "with a:", "def f():", "class A:", "async def f():", "with a, b as c:", "for a, *b in c:"]


def nested(r: random.Random, g: Grammar) -> str:
    """Deep expressions and blocks, around the depths at which somebody gives up."""
    depth = r.choice([3, 10, 18, 19, 20, 21, 22, 50, 90, 99, 100, 101, 150, 198, 199, 200, 201, 250, 400])
    if r.random() < 0.35:
        depth = min(depth, 110)
        step, kinds = r.choice([" ", " ", "\t", "  "]), [r.choice(BLOCKS) for _ in range(r.randint(1, 3))]
        lines = [step * i + r.choice(kinds) for i in range(depth)] + [step * depth + "pass"]
        for i in range(depth - 1, -1, -1):
            if lines[i].strip() == "try:":
                lines.append(step * i + "finally: a = " + g.expr())
        return "\n".join(lines) + "\n"
    pairs = [r.choice(NESTS) for _ in range(r.choice([1, 1, 1, 2, 3]))]
    left = right = ""
    for i in range(depth):
        before, after = pairs[i % len(pairs)]
        left, right = left + before, after + right
    return r.choice(["", "x = ", "del ", "for ", "match ", "lambda x=", "import "]) + left + r.choice([g.name(), "1", ""]) + right[: len(right) if r.random() < 0.8 else r.randrange(len(right) + 1)] + "\n"


def wide(r: random.Random, g: Grammar) -> str:
    """Many of one kind, around the sizes at which operands of instructions end."""
    n = r.choice([60, 127, 128, 129, 240, 249, 250, 251, 254, 255, 256, 257, 300, 520])
    names = [f"v{i}" for i in range(n)]
    return r.choice([
        lambda: f"f({', '.join(names)})", lambda: f"def f({', '.join(names)}):\n    return {names[-1]}, [{names[0]} for x in y]", lambda: f"[{', '.join(names)}] = x",
        lambda: f"f({', '.join(f'{n}={n}' for n in names)})", lambda: "def f():\n" + "".join(f"    {n} = {g.name()}\n" for n in names) + f"    def g(): nonlocal {names[3]}; return {names[-2]}\n    return locals()",
        lambda: "{" + ", ".join(f"{n}: {i}" for i, n in enumerate(names)) + "}", lambda: " + ".join(names), lambda: " < ".join(names), lambda: "f'" + "".join("{%s}" % n for n in names) + "'",
        lambda: f"{' = '.join(names)} = {g.expr()}", lambda: "x = " + g.pick(BINARY).join(f" {i} " for i in range(n)), lambda: f"with {', '.join(n + ' as ' + n for n in names[:25])}: pass",
        lambda: f"match x:\n    case [{', '.join(names)}]: pass\n    case {' | '.join(str(i) for i in range(n))}: pass", lambda: f"class A({', '.join(names)}): pass", lambda: f"from a import {', '.join(names)}",
        lambda: "def f(*, " + ", ".join(f"{n}: {g.name()} = {i}" for i, n in enumerate(names)) + "): pass", lambda: "def f():\n" + "    a.b(c)\n" * (n * 40) + "    if a: return\n" * 40,
        lambda: "while a:\n" + "    b = c.d(e, f=g)\n" * (n * 30) + "    if a: break\n    continue\n", lambda: "[" + ", ".join(f"{i}.5" for i in range(n * 20)) + "]", lambda: f"f(*a, {', '.join(names)}, *b, **c)",
    ])() + "\n"


# ---- Cases -----------------------------------------------------------------------------------------------------------------------


def read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as f:
        return f.read()


def corpus() -> list[str]:
    """What the tests and the library have, in pieces of at most 40 lines."""
    found: list[str] = []
    for path in sorted(glob.glob(f"{ROOT}/tests/errors/*.txt")):
        found += [part.partition("\n")[2] for part in read(path).split("#### ")[1:]]
    for pattern in ("tests/lang/*.py", "tests/types/*.py", "tests/limits/*.py", "lib/*.py", "lib/*/*.py"):
        for path in sorted(glob.glob(f"{ROOT}/{pattern}")):
            lines = read(path).split("\n")
            begins = [i for i, line in enumerate(lines) if line[:1] not in ("", " ", "\t", ")", "]", "}", "#")] or [0]
            for i in begins[:: max(1, len(begins) // 12)]:
                found.append("\n".join(lines[i : i + 40]))
    return found


CORPUS = corpus()
COOKIES = ["# coding: latin-1\n", "# -*- coding: utf-8 -*-\n", "#!x\n# vim: set fileencoding=ascii :\n", "# coding: nonsense\n", "\ufeff", "\ufeff# coding: latin-1\n"]


def as_bytes(r: random.Random, text: str) -> bytes:
    data = bytearray((r.choice(COOKIES) if r.random() < 0.4 else "").encode() + text.encode())
    for _ in range(r.choice([0, 1, 1, 2])):
        data.insert(r.randrange(len(data) + 1), r.choice([0, 0x80, 0xC3, 0xE9, 0xFF, 0xF4, 0xED, r.randrange(256)]))
    return bytes(data)


def case(seed: int) -> tuple[str, str | bytes]:
    """(kind, text): e, v, s for compile() in the modes exec, eval and single; E for bytes."""
    r = random.Random(seed)
    g = Grammar(r)
    how = r.random()
    kind = r.choice("eeeeeevs")
    if how < 0.4:
        text = g.expr() if kind == "v" else g.block("") if kind == "s" else "".join(g.statement("") for _ in range(r.randint(1, 4)))
    elif how < 0.46:
        text = nested(r, g)
    elif how < 0.48:
        return kind, wide(r, g)
    else:
        text = r.choice(CORPUS)
    if how >= 0.46 or r.random() < 0.4:
        text = r.choice([change_tokens] * 5 + [change_lines] * 2 + [change_characters] * 2)(r, text)
    text = text.encode("utf-8", "replace").decode()
    return ("E", as_bytes(r, text)) if r.random() < 0.08 else (kind, text)


RESULT = re.compile(r"(\w+: .*) \((-?\d+), (-?\d+), (-?\d+), (-?\d+)\) (None|'.*'|\".*\")", re.S)
KRAITS_LIMIT = re.compile(r"RecursionError: (too many \w+ in one \w+: at most \d+|expression too complex: it needs more than \d+ registers)$")


def decodable(text: str | bytes) -> bool:
    try:
        return isinstance(text, str) or bool(text.decode("utf-8")) or True
    except UnicodeDecodeError:
        return False


def refused(result: str) -> bool:
    return not result.startswith("OK")


def same(text: str | bytes, want: str, got: str) -> bool:
    """Equal, or different as docs/sturdiness.md says ("Differences that are known")."""
    if want.split("\nWARNING ")[0] != "OK":  # what is wrong ends a compilation: warnings about what stands behind it may be missing
        want, got = want.split("\nWARNING ")[0], got.split("\nWARNING ")[0]
    want, got = (re.sub(r'\nWARNING \d+: "is( not)?" with .*', "", result) for result in (want, got))  # of folded constants
    if isinstance(text, str) and re.search(r"=\s*(![rsa])?\s*[:}]", text):  # CPython looks for escapes in the text of f"{r'\d'=}" as well
        want, got = (re.sub(r"\nWARNING \d+: invalid (octal )?escape sequence .*", "", result) for result in (want, got))
    if want == got or want == "MemoryError" or KRAITS_LIMIT.match(got.split("\n")[0]):
        return True
    if (not decodable(text) or "codec can't decode" in want) and refused(want) and refused(got):
        return True
    a, b = RESULT.fullmatch(want), RESULT.fullmatch(got)
    if not a or not b or a[1] != b[1] or (a[2], a[4]) != (b[2], b[4]):
        return False
    shown, line = ast.literal_eval(a[6]), ast.literal_eval(b[6])
    return shown is not None and line is not None and shown != line and shown.endswith(line)  # behind a literal of several lines


# Differences that are known: the name by which they are counted, what CPython (want) and Krait (got) have to say, and why.
PLACE = re.compile(r" \((\d+), (\d+), (\d+), (\d+)\) .*", re.S)


def said(text: str) -> str:
    return PLACE.sub("", text.split("\nWARNING")[0])


def begins(text: str) -> tuple[str, ...]:
    m = PLACE.search(text)
    return m.groups()[:2] if m else ()


def differ_in_text_only(want: str, got: str) -> bool:
    a, b = PLACE.search(want), PLACE.search(got)
    return said(want) == said(got) and a is not None and b is not None and a.groups()[:3] == b.groups()[:3]


KNOWN = [
    ("nested blocks", lambda want, got: "too many statically nested blocks" in want + got,
     "comprehensions count as blocks in CPython, which has one for each of its loops: what it refuses may work in Krait, and the place is another"),
    ("jumps out of loops", lambda want, got: said(want) == said(got) and ("outside loop" in want or "not properly in loop" in want),
     "of two such mistakes CPython tells the one in the body that it compiles first, Krait the first in the text"),
    ("folded constants", lambda want, got: want.split("\nWARNING")[0] == got.split("\nWARNING")[0] and "perhaps you missed a comma" in want,
     "CPython warns of what is left when constants have been folded, Krait of what is written"),
    ("ends and texts", lambda want, got: differ_in_text_only(want, got) or (said(want) == said(got) and begins(want) == begins(got)),
     "the same mistake at the same place: where its range ends, and the text of the line at the end of a file without newline or in another encoding"),
    ("starred items of annotations", lambda want, got: "can't use starred expression here" in want and got.startswith("OK"),
     "f[*a]: int, where CPython 3.13 refuses a star that it takes in f[*a]: int = 1"),
]


def known(want: str, got: str) -> str:
    """The name of the known difference between the two; empty: it is none."""
    return next((name for name, holds, why in KNOWN if holds(want, got)), "")
