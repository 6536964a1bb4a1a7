"""What compile(..., PyCF_OPTIMIZED_AST) makes of a tree: constant expressions become constants."""

import operator as _operator
from ast import *
from ast import NodeTransformer

_BINARY = {Add: _operator.add, Sub: _operator.sub, Mult: _operator.mul, Div: _operator.truediv, FloorDiv: _operator.floordiv,
           Mod: _operator.mod, Pow: _operator.pow, LShift: _operator.lshift, RShift: _operator.rshift, BitOr: _operator.or_,
           BitXor: _operator.xor, BitAnd: _operator.and_}
_UNARY = {Invert: _operator.invert, Not: _operator.not_, UAdd: _operator.pos, USub: _operator.neg}
_OPPOSITE = {Is: IsNot, IsNot: Is, In: NotIn, NotIn: In}
_MAX_BITS, _MAX_ITEMS, _MAX_TEXT = 128, 256, 4096


def _at(new, old):
    return copy_location(new, old)


def _too_large(op, left, right):
    """Would the result take more room than it is worth?"""
    if isinstance(left, int) and isinstance(right, int):
        if op in (Mult, Pow, LShift) and left and right:
            bits = left.bit_length()
            size = bits + right.bit_length() if op is Mult else bits * right if op is Pow else bits + right
            return right > 0 and size > _MAX_BITS
        return False
    if op is Mult:
        for count, items in ((left, right), (right, left)):
            if isinstance(count, int) and isinstance(items, (tuple, str, bytes)):
                return abs(count) * len(items) > (_MAX_ITEMS if isinstance(items, tuple) else _MAX_TEXT)
    return op is Mod and isinstance(left, (str, bytes))


class _Folder(NodeTransformer):
    def __init__(self, optimize):
        self.optimize = optimize

    def visit(self, node):
        super().generic_visit(node)
        method = getattr(self, "fold_" + type(node).__name__, None)
        return node if method is None else method(node)

    def fold_Name(self, node):
        if node.id == "__debug__" and isinstance(node.ctx, Load):
            return _at(Constant(self.optimize <= 0), node)
        return node

    def fold_BinOp(self, node):
        left, right, op = node.left, node.right, type(node.op)
        if op is Mod and isinstance(left, Constant) and isinstance(left.value, str) and isinstance(right, Tuple):
            return self._format(node)
        if not isinstance(left, Constant) or not isinstance(right, Constant) or op not in _BINARY or _too_large(op, left.value, right.value):
            return node
        try:
            return _at(Constant(_BINARY[op](left.value, right.value)), node)
        except Exception:
            return node # the program will raise it

    def _format(self, node):
        """"%s: %r" % (a, b) as an f-string."""
        import re
        pieces = re.split(r"%(?:(%)|([sra]))", node.left.value)
        if any("%" in text for text in pieces[::3]):
            return node
        values, given, text = [], list(node.right.elts), ""
        if len(given) != sum(kind is not None for kind in pieces[2::3]) or any(isinstance(item, Starred) for item in given):
            return node
        for i in range(0, len(pieces), 3):
            text += pieces[i]
            if i + 2 < len(pieces) and pieces[i + 2]:
                if text:
                    values.append(_at(Constant(text), node))
                    text = ""
                item = given.pop(0)
                values.append(_at(FormattedValue(item, ord(pieces[i + 2]), None), item))
            elif i + 1 < len(pieces):
                text += "%"
        if text:
            values.append(_at(Constant(text), node))
        return _at(JoinedStr(values), node)

    def fold_UnaryOp(self, node):
        operand = node.operand
        if isinstance(operand, Constant):
            if isinstance(node.op, Invert) and isinstance(operand.value, bool):
                return node # it is deprecated, and says so when it runs
            try:
                return _at(Constant(_UNARY[type(node.op)](operand.value)), node)
            except Exception:
                return node
        if isinstance(node.op, Not) and isinstance(operand, Compare) and len(operand.ops) == 1 and type(operand.ops[0]) in _OPPOSITE:
            operand.ops[0] = _OPPOSITE[type(operand.ops[0])]()
            return operand
        return node

    def fold_Tuple(self, node):
        if isinstance(node.ctx, Load) and all(isinstance(item, Constant) for item in node.elts):
            return _at(Constant(tuple(item.value for item in node.elts)), node)
        return node

    def fold_Subscript(self, node):
        if isinstance(node.ctx, Load) and isinstance(node.value, Constant) and isinstance(node.slice, Constant):
            try:
                return _at(Constant(node.value.value[node.slice.value]), node)
            except Exception:
                pass
        return node

    def _items(self, node):
        """A list or set that is only looked through."""
        if isinstance(node, (List, Set)) and all(isinstance(item, Constant) for item in node.elts):
            made = tuple if isinstance(node, List) else frozenset
            return _at(Constant(made(item.value for item in node.elts)), node)
        if isinstance(node, List) and not any(isinstance(item, Starred) for item in node.elts):
            return _at(Tuple(node.elts, node.ctx), node)
        return node

    def fold_Compare(self, node):
        if isinstance(node.ops[-1], (In, NotIn)):
            node.comparators[-1] = self._items(node.comparators[-1])
        return node

    def fold_For(self, node):
        node.iter = self._items(node.iter)
        return node

    fold_AsyncFor = fold_comprehension = fold_For

    def _body(self, node):
        if self.optimize >= 2 and get_docstring(node, False) is not None:
            node.body = node.body[1:] or [_at(Pass(), node.body[0])]
        return node

    fold_FunctionDef = fold_AsyncFunctionDef = fold_ClassDef = fold_Module = _body


def fold(tree, optimize):
    """The tree with its constant expressions folded, as with this optimization level."""
    return _Folder(optimize).visit(tree)


def fold_copy(tree, optimize):
    """As fold, of a tree that belongs to somebody."""
    from copy import deepcopy
    return fold(deepcopy(tree), optimize)
