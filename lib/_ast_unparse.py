"""ast.unparse: trees back to source. Each expression becomes a text that is as weak as its weakest operator; who uses it says
how strong it has to be, and brackets come where it is not."""

from _ast import *
from _ast import AST

(_NAMED, _TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _COMPARE, _EXPR, _BOR, _BXOR, _BAND, _SHIFT, _ARITH, _TERM, _FACTOR, _POWER, _AWAIT,
 _ATOM) = range(19)
_BOR = _EXPR # `|` is as weak as an expression may be
_BINARY = {
    "Add": ("+", _ARITH), "Sub": ("-", _ARITH), "Mult": ("*", _TERM), "MatMult": ("@", _TERM), "Div": ("/", _TERM), "Mod": ("%", _TERM),
    "LShift": ("<<", _SHIFT), "RShift": (">>", _SHIFT), "BitOr": ("|", _BOR), "BitXor": ("^", _BXOR), "BitAnd": ("&", _BAND),
    "FloorDiv": ("//", _TERM), "Pow": ("**", _POWER),
}
_UNARY = {"Invert": ("~", _FACTOR), "Not": ("not ", _NOT), "UAdd": ("+", _FACTOR), "USub": ("-", _FACTOR)}
_LOGICAL = {"And": ("and", _AND), "Or": ("or", _OR)}
_COMPARED = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in",
             "NotIn": "not in"}
_SHORT, _LONG = ("'", '"'), ('"""', "'''")
_QUOTES = _SHORT + _LONG
_HUGE = "1e309" # reads back as infinity


def _next(level):
    return min(level + 1, _ATOM) if level != _EXPR else _BXOR


def _name(node):
    return type(node).__name__


def _paren(text, own, level):
    return f"({text})" if level > own else text


# ---- Strings -------------------------------------------------------------------------------------------------------------------------


def _quoted(text, quotes, escape_blanks=False):
    """(the inside of a literal, the quotes that may stand around it), with as few backslashes as possible."""
    escaped = "".join(c if c in "\n\t" and not escape_blanks else
                      c.encode("unicode_escape").decode("ascii") if c == "\\" or not c.isprintable() else c for c in text)
    fit = [q for q in quotes if (q in _LONG or "\n" not in escaped) and q not in escaped]
    if not fit:
        whole = repr(text)
        return whole[1:-1], [next((q for q in quotes if whole[0] in q), whole[0])]
    if escaped:
        fit.sort(key=lambda q: q[0] == escaped[-1])
        if fit[0][0] == escaped[-1]:
            escaped = escaped[:-1] + "\\" + escaped[-1]
    return escaped, fit


def _literal(text, quotes):
    inside, fit = _quoted(text, quotes)
    return fit[0] + inside + fit[0]


def _value(value):
    """A constant; infinity and nan, which have no literals, by what gives them."""
    if isinstance(value, (float, complex)):
        return repr(value).replace("inf", _HUGE).replace("nan", f"({_HUGE}-{_HUGE})")
    return repr(value)


class _Expressions:
    """Texts of expressions: text(node, level), by methods named after the nodes."""

    def text(self, node, level=_TEST):
        if node is None:
            return ""
        return getattr(self, "_" + _name(node))(node, level)

    def listed(self, nodes, level=_TEST):
        return ", ".join(self.text(node, level) for node in nodes)

    def items(self, nodes):
        return self.text(nodes[0]) + "," if len(nodes) == 1 else self.listed(nodes)

    # Operators.

    def _NamedExpr(self, node, level):
        return _paren(f"{self.text(node.target, _ATOM)} := {self.text(node.value, _ATOM)}", _NAMED, level)

    def _BoolOp(self, node, level):
        word, own = _LOGICAL[_name(node.op)]
        inner, parts = own, []
        for value in node.values:
            inner = _next(inner)
            parts.append(self.text(value, inner))
        return _paren(f" {word} ".join(parts), own, level)

    def _BinOp(self, node, level):
        sign, own = _BINARY[_name(node.op)]
        left, right = (_next(own), own) if sign == "**" else (own, _next(own))
        return _paren(f"{self.text(node.left, left)} {sign} {self.text(node.right, right)}", own, level)

    def _UnaryOp(self, node, level):
        sign, own = _UNARY[_name(node.op)]
        return _paren(sign + self.text(node.operand, own), own, level)

    def _Compare(self, node, level):
        inner = _next(_COMPARE)
        text = self.text(node.left, inner)
        for op, value in zip(node.ops, node.comparators):
            text += f" {_COMPARED[_name(op)]} {self.text(value, inner)}"
        return _paren(text, _COMPARE, level)

    def _IfExp(self, node, level):
        inner = _next(_TEST)
        return _paren(f"{self.text(node.body, inner)} if {self.text(node.test, inner)} else {self.text(node.orelse, _TEST)}", _TEST, level)

    def _Lambda(self, node, level):
        given = self._arguments(node.args)
        return _paren(f"lambda{' ' if given else ''}{given}: {self.text(node.body, _TEST)}", _TEST, level)

    def _Await(self, node, level):
        return _paren("await" + (f" {self.text(node.value, _ATOM)}" if node.value else ""), _AWAIT, level)

    def _Yield(self, node, level):
        return _paren("yield" + (f" {self.text(node.value, _ATOM)}" if node.value else ""), _YIELD, level)

    def _YieldFrom(self, node, level):
        if not node.value:
            raise ValueError("Node can't be used without a value attribute.")
        return _paren(f"yield from {self.text(node.value, _ATOM)}", _YIELD, level)

    # Displays.

    def _Tuple(self, node, level):
        text = self.items(node.elts)if node.elts else ""
        return f"({text})" if not node.elts or level > _TUPLE else text

    def _List(self, node, level):
        return f"[{self.listed(node.elts)}]"

    def _Set(self, node, level):
        return f"{{{self.listed(node.elts)}}}" if node.elts else "{*()}"

    def _Dict(self, node, level):
        pairs = (f"**{self.text(value, _EXPR)}" if key is None else f"{self.text(key)}: {self.text(value)}"
                 for key, value in zip(node.keys, node.values))
        return "{" + ", ".join(pairs) + "}"

    def _clauses(self, node):
        return "".join(self._comprehension(clause) for clause in node.generators)

    def _comprehension(self, node, level=_TEST):
        inner = _next(_TEST)
        text = f" {'async ' if node.is_async else ''}for {self.text(node.target, _TUPLE)} in {self.text(node.iter, inner)}"
        return text + "".join(f" if {self.text(test, inner)}" for test in node.ifs)

    def _ListComp(self, node, level):
        return f"[{self.text(node.elt)}{self._clauses(node)}]"

    def _GeneratorExp(self, node, level):
        return f"({self.text(node.elt)}{self._clauses(node)})"

    def _SetComp(self, node, level):
        return f"{{{self.text(node.elt)}{self._clauses(node)}}}"

    def _DictComp(self, node, level):
        return f"{{{self.text(node.key)}: {self.text(node.value)}{self._clauses(node)}}}"

    # Atoms and what follows them.

    def _Constant(self, node, level):
        value = node.value
        if isinstance(value, tuple):
            return f"({', '.join(map(_value, value))}{',' if len(value) == 1 else ''})"
        if value is ...:
            return "..."
        return ("u" if node.kind == "u" else "") + _value(value)

    def _Name(self, node, level):
        return node.id

    def _Attribute(self, node, level):
        text = self.text(node.value, _ATOM)
        number = isinstance(node.value, Constant) and isinstance(node.value.value, int)
        return f"{text}{' ' if number else ''}.{node.attr}"

    def _Subscript(self, node, level):
        index = node.slice
        inside = self.items(index.elts) if isinstance(index, Tuple) and index.elts else self.text(index)
        return f"{self.text(node.value, _ATOM)}[{inside}]"

    def _Slice(self, node, level):
        step = f":{self.text(node.step)}" if node.step else ""
        return f"{self.text(node.lower)}:{self.text(node.upper)}{step}"

    def _Starred(self, node, level):
        return "*" + self.text(node.value, _EXPR)

    def _Call(self, node, level):
        return f"{self.text(node.func, _ATOM)}({', '.join([self.text(a) for a in node.args] + [self.text(k) for k in node.keywords])})"

    def _keyword(self, node, level):
        return ("**" if node.arg is None else node.arg + "=") + self.text(node.value)

    # f-strings.

    def _JoinedStr(self, node, level):
        parts = [(self._field(value), isinstance(value, Constant)) for value in node.values]
        quotes, out = list(_QUOTES), []
        for text, plain in parts:
            if plain:
                text, fit = _quoted(text, quotes, True)
                if not set(fit) & set(quotes):
                    return self._escaped(parts)
                quotes = fit
            elif "\n" in text:
                quotes = [q for q in quotes if q in _LONG]
            out.append(text)
        return f"f{quotes[0]}{''.join(out)}{quotes[0]}"

    def _escaped(self, parts):
        """For texts that no kind of quote fits: repr() of something that makes it choose the quote '."""
        return "f'''" + "".join(repr('"' + text)[2:-1] if plain else text for text, plain in parts) + "'''"

    def _field(self, node, spec=False):
        if isinstance(node, JoinedStr):
            return "".join(self._field(value, spec) for value in node.values)
        if isinstance(node, Constant) and isinstance(node.value, str):
            text = node.value.replace("{", "{{").replace("}", "}}")
            if spec:
                text = text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\n", "\\n")
            return text
        if isinstance(node, FormattedValue):
            return self._FormattedValue(node, _TEST)
        raise ValueError(f"Unexpected node inside JoinedStr, {node!r}")

    def _FormattedValue(self, node, level):
        inner = self.text(node.value, _next(_TEST))
        text = "{" + (" " if inner.startswith("{") else "") + inner
        if node.conversion != -1:
            text += "!" + chr(node.conversion)
        if node.format_spec:
            text += ":" + self._field(node.format_spec, True)
        return text + "}"

    # Parameters and other parts.

    def _arg(self, node, level=_TEST):
        return node.arg + (f": {self.text(node.annotation)}" if node.annotation else "")

    def _arguments(self, node, level=_TEST):
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        out = []
        for i, (parameter, default) in enumerate(zip(positional, defaults), 1):
            out.append(self._arg(parameter) + (f"={self.text(default)}" if default else ""))
            if i == len(node.posonlyargs):
                out.append("/")
        if node.vararg or node.kwonlyargs:
            out.append("*" + (self._arg(node.vararg) if node.vararg else ""))
        for parameter, default in zip(node.kwonlyargs, node.kw_defaults):
            out.append(self._arg(parameter) + (f"={self.text(default)}" if default else ""))
        if node.kwarg:
            out.append("**" + self._arg(node.kwarg))
        return ", ".join(out)

    def _alias(self, node, level=_TEST):
        return node.name + (f" as {node.asname}" if node.asname else "")

    def _withitem(self, node, level=_TEST):
        return self.text(node.context_expr) + (f" as {self.text(node.optional_vars)}" if node.optional_vars else "")

    def _TypeVar(self, node, level=_TEST):
        return node.name + (f": {self.text(node.bound)}" if node.bound else "") + self._type_default(node)

    def _TypeVarTuple(self, node, level=_TEST):
        return f"*{node.name}" + self._type_default(node)

    def _ParamSpec(self, node, level=_TEST):
        return f"**{node.name}" + self._type_default(node)

    def _type_default(self, node):
        return f" = {self.text(node.default_value)}" if node.default_value else ""

    # Patterns.

    def _MatchValue(self, node, level):
        return self.text(node.value)

    def _MatchSingleton(self, node, level):
        return _value(node.value)

    def _MatchSequence(self, node, level):
        return f"[{self.listed(node.patterns)}]"

    def _MatchStar(self, node, level):
        return f"*{node.name or '_'}"

    def _MatchMapping(self, node, level):
        pairs = [f"{self.text(key)}: {self.text(pattern)}" for key, pattern in zip(node.keys, node.patterns)]
        return "{" + ", ".join(pairs + ([f"**{node.rest}"] if node.rest is not None else [])) + "}"

    def _MatchClass(self, node, level):
        given = [self.text(pattern) for pattern in node.patterns]
        given += [f"{name}={self.text(pattern)}" for name, pattern in zip(node.kwd_attrs, node.kwd_patterns)]
        return f"{self.text(node.cls, _ATOM)}({', '.join(given)})"

    def _MatchAs(self, node, level):
        if node.name is None:
            return "_"
        if node.pattern is None:
            return node.name
        return _paren(f"{self.text(node.pattern, _BOR)} as {node.name}", _TEST, level)

    def _MatchOr(self, node, level):
        return _paren(" | ".join(self.text(pattern, _next(_BOR)) for pattern in node.patterns), _BOR, level)


class Unparser(_Expressions):
    """Source of whole trees: a list of lines, which statements append to."""

    def __init__(self):
        self.lines = []
        self.depth = 0
        self.ignores = {}
        self.star = False # the handlers are of try: except*

    def source(self, node):
        if isinstance(node, list):
            for item in node:
                self.statement(item)
        elif hasattr(self, "do_" + _name(node)):
            self.statement(node)
        else:
            return self.text(node)
        return "\n".join(self.lines)

    def statement(self, node):
        method = getattr(self, "do_" + _name(node), None)
        if method is None:
            self.line(self.text(node))
        else:
            method(node)

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, head, body, note=""):
        self.line(f"{head}:{note}")
        self.depth += 1
        for node in body:
            self.statement(node)
        self.depth -= 1

    def documented(self, node):
        """The statements of a body, a docstring as such."""
        body = node.body
        first = body[0] if body else None
        if isinstance(first, Expr) and isinstance(first.value, Constant) and isinstance(first.value.value, str):
            text = ("u" if first.value.kind == "u" else "") + _literal(first.value.value, _LONG)
            self.line(text)
            body = body[1:]
        for item in body:
            self.statement(item)

    def note(self, node):
        comment = self.ignores.get(getattr(node, "lineno", None)) or node.type_comment
        return f" # type: {comment}" if comment is not None else ""

    def do_Module(self, node):
        self.ignores = {ignore.lineno: f"ignore{ignore.tag}" for ignore in node.type_ignores}
        self.documented(node)
        self.ignores = {}

    def do_Interactive(self, node):
        for item in node.body:
            self.statement(item)

    def do_Expression(self, node):
        self.line(self.text(node.body))

    def do_FunctionType(self, node):
        self.line(f"({self.listed(node.argtypes)}) -> {self.text(node.returns)}")

    # Definitions.

    def type_params(self, node):
        params = getattr(node, "type_params", None)
        return f"[{', '.join(map(self.text, params))}]" if params else ""

    def definition(self, node, head, note=""):
        if self.lines:
            self.lines.append("")
        for decorator in node.decorator_list:
            self.line("@" + self.text(decorator))
        self.line(f"{head}:{note}")
        self.depth += 1
        self.documented(node)
        self.depth -= 1

    def do_FunctionDef(self, node, prefix="def"):
        result = f" -> {self.text(node.returns)}" if node.returns else ""
        self.definition(node, f"{prefix} {node.name}{self.type_params(node)}({self._arguments(node.args)}){result}", self.note(node))

    def do_AsyncFunctionDef(self, node):
        self.do_FunctionDef(node, "async def")

    def do_ClassDef(self, node):
        given = [self.text(base) for base in node.bases] + [self.text(keyword) for keyword in node.keywords]
        self.definition(node, f"class {node.name}{self.type_params(node)}" + (f"({', '.join(given)})" if given else ""))

    # Simple statements.

    def do_Expr(self, node):
        self.line(self.text(node.value, _YIELD))

    def do_Assign(self, node):
        targets = "".join(self.text(target, _TUPLE) + " = " for target in node.targets)
        self.line(targets + self.text(node.value) + self.note(node))

    def do_AugAssign(self, node):
        self.line(f"{self.text(node.target)} {_BINARY[_name(node.op)][0]}= {self.text(node.value)}")

    def do_AnnAssign(self, node):
        target = self.text(node.target)
        if not node.simple and isinstance(node.target, Name):
            target = f"({target})"
        self.line(f"{target}: {self.text(node.annotation)}" + (f" = {self.text(node.value)}" if node.value else ""))

    def do_TypeAlias(self, node):
        self.line(f"type {self.text(node.name)}{self.type_params(node)} = {self.text(node.value)}")

    def do_Return(self, node):
        self.line("return" + (f" {self.text(node.value)}" if node.value else ""))

    def do_Delete(self, node):
        self.line("del " + self.listed(node.targets))

    def do_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't be used without an exc attribute.")
            self.line("raise")
            return
        self.line(f"raise {self.text(node.exc)}" + (f" from {self.text(node.cause)}" if node.cause else ""))

    def do_Assert(self, node):
        self.line(f"assert {self.text(node.test)}" + (f", {self.text(node.msg)}" if node.msg else ""))

    def do_Import(self, node):
        self.line("import " + ", ".join(map(self._alias, node.names)))

    def do_ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import {', '.join(map(self._alias, node.names))}")

    def do_Global(self, node):
        self.line("global " + ", ".join(node.names))

    def do_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def do_Pass(self, node):
        self.line("pass")

    def do_Break(self, node):
        self.line("break")

    def do_Continue(self, node):
        self.line("continue")

    # Compound statements.

    def otherwise(self, body):
        if body:
            self.block("else", body)

    def do_For(self, node, prefix="for"):
        self.block(f"{prefix} {self.text(node.target, _TUPLE)} in {self.text(node.iter)}", node.body, self.note(node))
        self.otherwise(node.orelse)

    def do_AsyncFor(self, node):
        self.do_For(node, "async for")

    def do_While(self, node):
        self.block(f"while {self.text(node.test)}", node.body)
        self.otherwise(node.orelse)

    def do_If(self, node):
        self.block(f"if {self.text(node.test)}", node.body)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], If):
            node = node.orelse[0]
            self.block(f"elif {self.text(node.test)}", node.body)
        self.otherwise(node.orelse)

    def do_With(self, node, prefix="with"):
        self.block(f"{prefix} {', '.join(map(self._withitem, node.items))}", node.body, self.note(node))

    def do_AsyncWith(self, node):
        self.do_With(node, "async with")

    def do_Match(self, node):
        self.block(f"match {self.text(node.subject)}", node.cases)

    def do_match_case(self, node):
        guard = f" if {self.text(node.guard)}" if node.guard else ""
        self.block(f"case {self.text(node.pattern)}{guard}", node.body)

    def do_Try(self, node, star=False):
        before, self.star = self.star, star
        self.block("try", node.body)
        self.star = star
        for handler in node.handlers:
            self.statement(handler)
        self.otherwise(node.orelse)
        if node.finalbody:
            self.block("finally", node.finalbody)
        self.star = before

    def do_TryStar(self, node):
        self.do_Try(node, True)

    def do_ExceptHandler(self, node):
        what = f" {self.text(node.type)}" if node.type else ""
        self.block("except" + ("*" if self.star else "") + what + (f" as {node.name}" if node.name else ""), node.body)
