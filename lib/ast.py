"""Abstract syntax trees: what Python's parser makes of a text, as objects that can be looked at, changed and compiled."""

from _ast import *
from _ast import AST, PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST, PyCF_OPTIMIZED_AST, PyCF_TYPE_COMMENTS


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None, optimize=-1):
    """The tree of a source text: a Module, or for mode "eval" an Expression, for "single" an Interactive."""
    flags = PyCF_ONLY_AST
    if optimize > 0:
        flags |= PyCF_OPTIMIZED_AST
    if type_comments:
        flags |= PyCF_TYPE_COMMENTS
    if feature_version is None:
        feature_version = -1
    elif isinstance(feature_version, tuple):
        major, minor = feature_version
        if major != 3:
            raise ValueError(f"Unsupported major version: {major}")
        feature_version = minor
    tree = compile(source, filename, mode, flags, _feature_version=feature_version, optimize=optimize)
    if feature_version >= 0:
        _check_features(tree, feature_version, filename)
    return tree


def _check_features(tree, version, filename):
    """SyntaxError for what Python 3.version did not have."""
    def wrong(text, node):
        raise SyntaxError(text, (filename, node.lineno, node.col_offset + 1, None, node.end_lineno, (node.end_col_offset or 0) + 1))
    for node in walk(tree):
        for kinds, since, what in (((NamedExpr,), 8, "Assignment expressions are"), ((TryStar,), 11, "Exception groups are"),
                                   ((Match,), 10, "Pattern matching is"), ((TypeAlias,), 12, "Type statement is"),
                                   ((TypeVar, ParamSpec, TypeVarTuple), 12, "Type parameter lists are"),
                                   ((MatMult,), 5, "The '@' operator is"), ((AnnAssign,), 6, "Variable annotation syntax is"),
                                   ((AsyncFor,), 5, "Async for loops are"), ((AsyncWith,), 5, "Async with statements are"),
                                   ((AsyncFunctionDef,), 5, "Async functions are"), ((Await,), 5, "Await expressions are")):
            if version < since and isinstance(node, kinds):
                wrong(f"{what} only supported in Python 3.{since} and greater", node)
        if version < 13 and getattr(node, "default_value", None) is not None:
            wrong("Type parameter defaults are only supported in Python 3.13 and greater", node)
        if version < 8 and isinstance(node, arguments) and node.posonlyargs:
            wrong("Positional-only parameters are only supported in Python 3.8 and greater", node.posonlyargs[0])


# ---- Values --------------------------------------------------------------------------------------------------------------------------


def _malformed(node):
    text = "malformed node or string"
    line = getattr(node, "lineno", None)
    raise ValueError(text + (f" on line {line}" if line else "") + f": {node!r}")


def _number(node):
    if type(node) is not Constant or type(node.value) not in (int, float, complex):
        _malformed(node)
    return node.value


def _signed(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand)
        return +value if isinstance(node.op, UAdd) else -value
    return _number(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and not node.args and not node.keywords:
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _signed(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed(node)


def literal_eval(node_or_string):
    """The value of an expression of literals alone: strings, bytes, numbers, tuples, lists, dicts, sets, booleans, None, Ellipsis."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


# ---- Printing ------------------------------------------------------------------------------------------------------------------------


class _Dump:
    def __init__(self, names, attributes, indent, empty):
        self.names, self.attributes, self.indent, self.empty = names, attributes, indent, empty

    def join(self, parts, level, opening, closing):
        if self.indent is None or not parts:
            return opening + ", ".join(parts) + closing
        start = "\n" + self.indent * level
        return opening + start + ("," + start).join(parts) + closing

    def value(self, value, level):
        """(text, whether it is simple enough to stand on the line)."""
        if isinstance(value, AST):
            return self.node(value, level)
        if isinstance(value, list):
            if not value:
                return "[]", True
            return self.join([self.value(item, level + 1)[0] for item in value], level + 1, "[", "]"), False
        return repr(value), True

    def node(self, node, level):
        cls, parts, simple = type(node), [], True
        names, waiting = self.names, []
        for name in node._fields:
            try:
                value = getattr(node, name)
            except AttributeError:
                names = True
                continue
            if value is None and getattr(cls, name, ...) is None:
                names = True
                continue
            if not self.empty:
                kind = getattr(cls, "_field_types", {}).get(name, object)
                if value == [] and getattr(kind, "__origin__", None) is list:
                    if not names:
                        waiting.append("[]")
                    continue
                if not names:
                    parts += waiting
                    waiting = []
            text, plain = self.value(value, level + 1)
            simple = simple and plain
            parts.append(f"{name}={text}" if names else text)
        if self.attributes and node._attributes:
            for name in node._attributes:
                value = getattr(node, name, None)
                if value is None and (not hasattr(node, name) or getattr(cls, name, ...) is None):
                    continue
                text, plain = self.value(value, level + 1)
                simple = simple and plain
                parts.append(f"{name}={text}")
        name = cls.__name__
        if simple and len(parts) <= 3:
            return f"{name}({', '.join(parts)})", not parts
        return self.join(parts, level + 1, name + "(", ")"), False


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False):
    """The tree as text; with indent (spaces, or the text to indent by) over several lines."""
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {type(node).__name__!r}")
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent
    return _Dump(annotate_fields, include_attributes, indent, show_empty).node(node, 0)[0]


def unparse(ast_obj):
    """Source text that has this tree."""
    from _ast_unparse import Unparser
    return Unparser().source(ast_obj)


# ---- Places --------------------------------------------------------------------------------------------------------------------------


def copy_location(new_node, old_node):
    """Give new_node the place of old_node, as far as both can have one; returns new_node."""
    for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or (hasattr(old_node, name) and name.startswith("end_")):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Fill in places that are missing: those of the node around; returns node."""
    def fill(node, place):
        for name in place:
            if name not in node._attributes:
                continue
            if name.startswith("end_"):
                given = getattr(node, name, None) is not None
            else:
                given = hasattr(node, name)
            if given:
                place[name] = getattr(node, name)
            else:
                setattr(node, name, place[name])
        for child in iter_child_nodes(node):
            fill(child, dict(place))
    fill(node, {"lineno": 1, "end_lineno": 1, "col_offset": 0, "end_col_offset": 0})
    return node


def increment_lineno(node, n=1):
    """Move a tree down by n lines; returns node."""
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno = getattr(child, "lineno", 0) + n
            continue
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and (end := getattr(child, "end_lineno", 0)) is not None:
            child.end_lineno = end + n
    return node


def _split_lines(source, last=None):
    """The lines with their ends: \\n, \\r\\n and \\r end one, a form feed does not."""
    lines, start, i = [], 0, 0
    while i < len(source) and (last is None or len(lines) < last):
        if source[i] == "\n" or source[i] == "\r":
            i += 2 if source[i:i + 2] == "\r\n" else 1
            lines.append(source[start:i])
            start = i
        else:
            i += 1
    if start < len(source) and (last is None or len(lines) < last):
        lines.append(source[start:])
    return lines


def get_source_segment(source, node, *, padded=False):
    """The part of source that a node stands for, or None; padded: with blanks before the first line, as wide as what was cut."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last, start, end = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = [line.encode() for line in _split_lines(source, last + 1)]
    if first == last:
        return lines[first][start:end].decode()
    padding = "".join(c if c in "\f\t" else " " for c in lines[first][:start].decode()) if padded else ""
    middle = [line.decode() for line in lines[first + 1:last]]
    return "".join([padding + lines[first][start:].decode()] + middle + [lines[last][:end].decode()])


# ---- Walking -------------------------------------------------------------------------------------------------------------------------


def iter_fields(node):
    """(name, value) of the fields that are there."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes in a node's fields and in lists there."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """A node and all nodes below it, level by level."""
    from collections import deque
    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    """The docstring of a module, class or function, or None; clean: as inspect.cleandoc makes it."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    if not node.body or not isinstance(node.body[0], Expr):
        return None
    value = node.body[0].value
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    if not clean:
        return value.value
    from _inspect_source import cleandoc
    return cleandoc(value.value)


_CONSTANT_NAMES = ((bool, "NameConstant"), (type(None), "NameConstant"), (int, "Num"), (float, "Num"), (complex, "Num"), (str, "Str"),
                   (bytes, "Bytes"), (type(...), "Ellipsis"))


class NodeVisitor:
    """Calls visit_CLASS(node) for a node of this class, generic_visit(node) where there is no such method."""

    def visit(self, node):
        return getattr(self, "visit_" + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """Visit what is below."""
        for _, value in iter_fields(node):
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)
            elif isinstance(value, AST):
                self.visit(value)

    def visit_Constant(self, node):
        value = node.value
        for kind, name in _CONSTANT_NAMES:
            if isinstance(value, kind) and (kind is not int or not isinstance(value, bool)):
                method = getattr(self, "visit_" + name, None)
                if method is not None:
                    import warnings
                    warnings.warn(f"visit_{name} is deprecated; add visit_Constant", DeprecationWarning, 2)
                    return method(node)
                break
        return self.generic_visit(node)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods give what takes the node's place: another node, in lists several as a list, None to leave it out."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


def __getattr__(name):
    # Num, Str and their kin, which say that they are deprecated, and the classes of older grammars.
    import _ast_old
    return _ast_old.find(name, globals())


def main():
    """python -m ast [FILE]: print the tree of a source file, or of standard input."""
    import argparse
    import sys
    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", nargs="?", default="-", help="the file to parse; defaults to stdin")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval", "func_type"),
                        help="specify what kind of code must be parsed")
    parser.add_argument("--no-type-comments", default=True, action="store_false", help="don't add information about type comments")
    parser.add_argument("-a", "--include-attributes", action="store_true",
                        help="include attributes such as line numbers and column offsets")
    parser.add_argument("-i", "--indent", type=int, default=3, help="indentation of nodes (number of spaces)")
    args = parser.parse_args()
    if args.infile == "-":
        name, source = "<stdin>", sys.stdin.buffer.read()
    else:
        name = args.infile
        with open(name, "rb") as file:
            source = file.read()
    tree = parse(source, name, args.mode, type_comments=args.no_type_comments)
    print(dump(tree, include_attributes=args.include_attributes, indent=args.indent))


if __name__ == "__main__":
    main()
