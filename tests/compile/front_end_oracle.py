"""Compares the front end with CPython 3.13, which must run this file.

    front_end_oracle.py AST_DUMP lib              trees of all files of the standard library, and their scopes
    front_end_oracle.py AST_DUMP errors           programs found in the tests of CPython, most of them wrong: trees, errors, warnings
    front_end_oracle.py AST_DUMP mutate SEED N    the same programs with random changes

AST_DUMP is the program built from tools/ast_dump.c. Names of characters (\\N{...}) must be known to it, or differences show.
"""

import ast
import collections
import doctest
import glob
import inspect
import os
import random
import re
import subprocess
import sys
import textwrap
import types
import warnings

LIB = os.path.dirname(os.__file__)
MODES = {"e": "exec", "v": "eval", "s": "single"}
COMPREHENSIONS = {3: "<lambda>", 4: "<listcomp>", 5: "<setcomp>", 6: "<dictcomp>", 7: "<genexpr>"}


class Dump:
    """The ast_dump program, run once for many texts."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([self.path, "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, text: str, mode: str) -> str:
        data = text.encode("utf-8")
        try:
            self.process.stdin.write(b"%s %d\n" % (mode.encode(), len(data)) + data)
            self.process.stdin.flush()
            size = int(self.process.stdout.readline())
            return numbers(self.process.stdout.read(size).decode("utf-8"))
        except (OSError, ValueError) as error:
            self.start()
            return f"crashed: {error}"


def numbers(text: str) -> str:
    """Replaces the marked digits of ast_dump by the repr of their value."""

    def value(match: re.Match) -> str:
        mark = match[1]
        if mark[0] == "i":
            base, digits = mark[1:].split(":")
            return str(int(digits, int(base)))
        return repr(float(mark[1:])) if mark[0] == "f" else repr(complex(0, float(mark[1:])))

    return re.sub("\x01([^\x02]*)\x02", value, text)


def show(value: object, out: list[str]) -> None:
    """ast.dump(include_attributes=True) with strings as ascii() gives them."""
    if isinstance(value, ast.AST):
        separator = ""
        out.append(type(value).__name__ + "(")
        for name in value._fields:
            field = getattr(value, name, None)
            constant = isinstance(value, ast.Constant | ast.MatchSingleton) and name == "value"
            if name in ("type_comment", "type_ignores") or (field in (None, []) and not constant):
                continue
            out.append(f"{separator}{name}=")
            show(field, out)
            separator = ", "
        if "lineno" in value._attributes:
            place = (value.lineno, value.col_offset, value.end_lineno, value.end_col_offset)
            out.append("%slineno=%d, col_offset=%d, end_lineno=%d, end_col_offset=%d" % (separator, *place))
        out.append(")")
    elif isinstance(value, list):
        out.append("[")
        for i, item in enumerate(value):
            out.append(", " if i else "")
            show(item, out)
        out.append("]")
    else:
        out.append(ascii(value) if isinstance(value, str) else repr(value))


def error_text(error: SyntaxError) -> str:
    place = (error.lineno or 0, error.offset or 0, error.end_lineno or 0, error.end_offset or 0)
    return f"{type(error).__name__}: {error.msg} {place}"


def oracle_tree(text: str, mode: str) -> str:
    try:
        tree = compile(text, "oracle", MODES[mode], ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError as error:
        return error_text(error)
    except (ValueError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    out: list[str] = []
    show(tree, out)
    return "".join(out)


def oracle_compile(text: str) -> tuple[str, list[str]]:
    """What compile() says, with its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(text, "oracle", "exec", dont_inherit=True)
            result = "OK"
        except SyntaxError as error:
            result = error_text(error)
        except (ValueError, RecursionError, MemoryError) as error:
            result = f"{type(error).__name__}: {error}"
    return result, [f"WARNING {w.lineno}: {w.message}" for w in caught if w.category is SyntaxWarning]


def our_compile(dump: Dump, text: str) -> tuple[str, list[str]]:
    lines = dump.ask(text, "ecw").split("\n")
    return "\n".join(line for line in lines if not line.startswith("WARNING ")), [w for w in lines if w.startswith("WARNING ")]


def oracle_scopes(code: types.CodeType, out: list[tuple], top: bool = True) -> list[tuple]:
    """One record for each code object: name, closure, cells, kind of code, parameters."""
    if not top:
        flags = code.co_flags
        kind = [bool(flags & bit) for bit in (inspect.CO_VARARGS, inspect.CO_VARKEYWORDS, 0x20, 0x80, 0x200)]
        counts = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
        out.append((code.co_name, code.co_freevars, tuple(sorted(code.co_cellvars)), *kind, *counts))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            oracle_scopes(constant, out, False)
    return out


def our_scopes(dump: Dump, text: str) -> list[tuple]:
    out = []
    for line in dump.ask(text, "ecy").split("\n")[1:]:
        if not line:
            continue
        head, free, cells, _, tail = line.split("|")
        number, name = head.split(" ", 1)
        bits, *counts = tail.split()
        flags = int(bits, 16)
        name = COMPREHENSIONS.get(int(number), name)
        if int(number) == 8:
            name = f"<generic parameters of {name}>"
        generator, coroutine, both = bool(flags & 4), bool(flags & 8), bool(flags & 1 << 18)
        kind = (bool(flags & 16), bool(flags & 32), generator and not coroutine, coroutine and not generator, both)
        out.append((name, tuple(sorted(free.split())), tuple(sorted(set(cells.split()))), *kind, *map(int, counts)))
    return out


def programs() -> list[str]:
    """Everything in CPython's tests that may be a program: doctest examples and strings."""
    found: list[str] = []
    for path in sorted(glob.glob(f"{LIB}/test/test_*.py") + glob.glob(f"{LIB}/test/test_*/test_*.py")):
        source = open(path, encoding="utf-8", errors="replace").read()
        if "SyntaxError" not in source and "compile(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or len(node.value) > 30000:
                continue
            try:
                found += [example.source for example in doctest.DocTestParser().get_examples(node.value)]
            except ValueError:
                pass
            if len(node.value) < 3000:
                found += [node.value, textwrap.dedent(node.value)]
    return [text for text in dict.fromkeys(found) if encodable(text)]


def encodable(text: str) -> bool:
    try:
        return bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def library() -> list[str]:
    found = []
    for path in sorted(glob.glob(f"{LIB}/*.py") + glob.glob(f"{LIB}/*/*.py")):
        try:
            found.append(open(path, encoding="utf-8").read())
        except UnicodeDecodeError:
            pass
    return found


WORDS = """( ) [ ] { } , : ; = == := += . * ** / -> @ not and or if else for in is lambda async await yield from import def class
return pass with as try except finally while global del print match case type x y 1 "s" f'{x}' None ... ! $ \\ ~ - % elif raise
b"z" f" " ' 0x 1_ #""".split() + ["\n", "    ", "\t"]


def mutate(text: str) -> str:
    tokens = re.findall(r"\s+|\w+|[^\w\s]", text)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        at, chance = random.randrange(len(tokens) + 1), random.random()
        if at == len(tokens) or chance < 0.35:
            tokens.insert(at, random.choice(WORDS))
        elif chance < 0.7:
            del tokens[at]
        elif chance < 0.8 or at + 1 == len(tokens):
            tokens[at] = random.choice(WORDS)
        else:
            tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
    return "".join(tokens)


class Report:
    def __init__(self) -> None:
        self.count: collections.Counter[bool] = collections.Counter()

    def compare(self, text: str, want: object, got: object) -> None:
        self.count[want == got] += 1
        if want != got and self.count[False] <= 20:
            print(f"{text[:200]!r}\n  want {str(want)[:200]}\n  got  {str(got)[:200]}")

    def end(self) -> None:
        print(f"equal: {self.count[True]}, different: {self.count[False]}")
        sys.exit(self.count[False] > 0)


def main() -> None:
    sys.setrecursionlimit(100000)
    warnings.simplefilter("ignore")
    dump, what, report = Dump(sys.argv[1]), sys.argv[2], Report()
    if what == "lib":
        for text in library():
            report.compare(text, oracle_tree(text, "e"), dump.ask(text, "e"))
            if oracle_compile(text)[0] == "OK":
                want = oracle_scopes(compile(text, "oracle", "exec", dont_inherit=True), [])
                # CPython drops code that can never run.
                missing = collections.Counter(want) - collections.Counter(our_scopes(dump, text))
                report.compare(text, [], list(missing))
    elif what == "errors":
        for text in programs():
            for mode in MODES:
                report.compare(text, oracle_tree(text, mode), dump.ask(text, mode))
            want, got = oracle_compile(text), our_compile(dump, text)
            report.compare(text, want[: 1 + (want[0] == "OK")], got[: 1 + (want[0] == "OK")])
    else:
        random.seed(int(sys.argv[3]))
        texts = [text for text in programs() + library() if text.strip()]
        for _ in range(int(sys.argv[4])):
            lines = random.choice(texts).split("\n")
            first = random.randrange(len(lines)) if len(lines) > 40 else 0
            text = mutate("\n".join(lines[first : first + 30]) or "x")
            if encodable(text):
                report.compare(text, oracle_tree(text, "e"), dump.ask(text, "e"))
    report.end()


if __name__ == "__main__":
    main()
