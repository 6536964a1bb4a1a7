"""The classes of ast's nodes: made from the abstract grammar of Python 3.13. compile() makes and reads their instances."""

import sys

_GRAMMAR = """
mod = Module(stmt* body, type_ignore* type_ignores)
    | Interactive(stmt* body)
    | Expression(expr body)
    | FunctionType(expr* argtypes, expr returns)
stmt = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
     | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
     | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
     | Return(expr? value)
     | Delete(expr* targets)
     | Assign(expr* targets, expr value, string? type_comment)
     | TypeAlias(expr name, type_param* type_params, expr value)
     | AugAssign(expr target, operator op, expr value)
     | AnnAssign(expr target, expr annotation, expr? value, int simple)
     | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
     | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
     | While(expr test, stmt* body, stmt* orelse)
     | If(expr test, stmt* body, stmt* orelse)
     | With(withitem* items, stmt* body, string? type_comment)
     | AsyncWith(withitem* items, stmt* body, string? type_comment)
     | Match(expr subject, match_case* cases)
     | Raise(expr? exc, expr? cause)
     | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
     | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
     | Assert(expr test, expr? msg)
     | Import(alias* names)
     | ImportFrom(identifier? module, alias* names, int? level)
     | Global(identifier* names)
     | Nonlocal(identifier* names)
     | Expr(expr value)
     | Pass
     | Break
     | Continue
expr = BoolOp(boolop op, expr* values)
     | NamedExpr(expr target, expr value)
     | BinOp(expr left, operator op, expr right)
     | UnaryOp(unaryop op, expr operand)
     | Lambda(arguments args, expr body)
     | IfExp(expr test, expr body, expr orelse)
     | Dict(expr* keys, expr* values)
     | Set(expr* elts)
     | ListComp(expr elt, comprehension* generators)
     | SetComp(expr elt, comprehension* generators)
     | DictComp(expr key, expr value, comprehension* generators)
     | GeneratorExp(expr elt, comprehension* generators)
     | Await(expr value)
     | Yield(expr? value)
     | YieldFrom(expr value)
     | Compare(expr left, cmpop* ops, expr* comparators)
     | Call(expr func, expr* args, keyword* keywords)
     | FormattedValue(expr value, int conversion, expr? format_spec)
     | JoinedStr(expr* values)
     | Constant(constant value, string? kind)
     | Attribute(expr value, identifier attr, expr_context ctx)
     | Subscript(expr value, expr slice, expr_context ctx)
     | Starred(expr value, expr_context ctx)
     | Name(identifier id, expr_context ctx)
     | List(expr* elts, expr_context ctx)
     | Tuple(expr* elts, expr_context ctx)
     | Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler = ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment)
keyword(identifier? arg, expr value)
alias(identifier name, identifier? asname)
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern = MatchValue(expr value)
        | MatchSingleton(constant value)
        | MatchSequence(pattern* patterns)
        | MatchMapping(expr* keys, pattern* patterns, identifier? rest)
        | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
        | MatchStar(identifier? name)
        | MatchAs(pattern? pattern, identifier? name)
        | MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
type_param = TypeVar(identifier name, expr? bound, expr? default_value)
           | ParamSpec(identifier name, expr? default_value)
           | TypeVarTuple(identifier name, expr? default_value)
"""
_PLACED = ("stmt", "expr", "excepthandler", "pattern", "type_param", "arg", "keyword", "alias")
_OPTIONAL_END = ("stmt", "expr", "excepthandler", "arg", "keyword", "alias")
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_BASIC = {"identifier": str, "string": str, "int": int, "constant": object}

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST
_ABSENT = object()


def _warn(message, stacklevel=5):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel)


def _default(kind, name, cls):
    """What a field gets that was not given, by its type; _ABSENT: it has to be given."""
    import types
    if isinstance(kind, types.UnionType):
        return _ABSENT # the class has None for it
    if isinstance(kind, types.GenericAlias):
        return []
    if kind is expr_context:
        return _simple["Load"]
    _warn(f"{cls.__name__}.__init__ missing 1 required positional argument: '{name}'. This will become an error in Python 3.15.")
    return _ABSENT


class AST:
    """A node of a syntax tree: the root of all of ast's classes."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        fields = tuple(cls._fields)
        if len(args) > len(fields):
            count = len(fields)
            raise TypeError(f"{cls.__name__} constructor takes at most {count} positional argument{'' if count == 1 else 's'}")
        left = set(fields)
        for name, value in zip(fields, args):
            setattr(self, name, value)
            left.discard(name)
        for name, value in kwargs.items():
            if name in fields:
                if name not in left:
                    raise TypeError(f"{cls.__name__} got multiple values for argument '{name}'")
                left.discard(name)
            elif name not in cls._attributes:
                _warn(f"{cls.__name__}.__init__ got an unexpected keyword argument '{name}'. "
                      "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.", 3)
            setattr(self, name, value)
        if left:
            self._fill(cls, fields, left)

    def _fill(self, cls, fields, left):
        kinds = getattr(cls, "_field_types", _ABSENT)
        if kinds is _ABSENT:
            return
        for name in fields:
            if name not in left:
                continue
            if name not in kinds:
                _warn(f"Field '{name}' is missing from {cls.__name__}._field_types. This will become an error in Python 3.15.", 4)
                continue
            value = _default(kinds[name], name, cls)
            if value is not _ABSENT:
                setattr(self, name, value)

    def __reduce__(self):
        # Fields go as arguments, so that nodes that need them can be made; the whole state follows.
        # Nothing of worth, or nodes that know their parents would never come to an end.
        state, count = self.__dict__, 0
        for name in type(self)._fields:
            if name not in state:
                break
            count += 1
        return type(self), (None,) * count, state


def _type_of(text):
    name, mark = (text[:-1], text[-1]) if text[-1] in "?*" else (text, "")
    kind = _BASIC.get(name) or globals()[name]
    return list[kind] if mark == "*" else kind | None if mark == "?" else kind


def _make(text, base, attributes):
    """One class: "Name(type field, ...)" or "Name"."""
    name, _, rest = text.partition("(")
    fields = [part.split(" ") for part in rest.rstrip(")").split(", ")] if rest else []
    space = {"__doc__": text, "__module__": "ast", "_fields": tuple(field for _, field in fields)}
    space["__match_args__"] = space["_fields"]
    for kind, field in fields:
        if kind[-1] == "?":
            space[field] = None
    if attributes is not None:
        space["_attributes"] = attributes
        if attributes:
            space.update(end_lineno=None, end_col_offset=None)
    globals()[name] = cls = type(name, (base,), space)
    _later.append((cls, fields))
    return cls


def _make_all():
    rules, current = [], None
    for line in _GRAMMAR.strip().split("\n"):
        if line[0] == " ":
            rules[-1].append(line)
        else:
            rules.append([line])
    for lines in rules:
        name, equals, first = lines[0].partition(" = ")
        places = _PLACE if (name if equals else name.partition("(")[0]) in _PLACED else ()
        if not equals:
            _make(name, AST, places)
            continue
        root = type(name, (AST,), {"__doc__": "\n".join(lines), "__module__": "ast", "_attributes": places, "_fields": ()})
        if places and name in _OPTIONAL_END:
            root.end_lineno = root.end_col_offset = None
        globals()[name] = root
        for choice in [first] if len(lines) > 1 or "(" in first else first.split(" | "):
            _make(choice, root, None)
        for line in lines[1:]:
            _make(line.strip()[2:], root, None)


AST.__module__ = "ast"
_later = []
_make_all()
for _cls, _given in _later:
    _cls._field_types = _cls.__annotations__ = {_field: _type_of(_kind) for _kind, _field in _given}
_simple = {_cls.__name__: _cls() for _cls, _ in _later if _cls.__base__ in (expr_context, boolop, operator, unaryop, cmpop)}
del _later, _cls, _given, sys
