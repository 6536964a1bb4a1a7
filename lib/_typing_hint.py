"""Type hints: reading them back, texts evaluated."""

import _collections_abc
import sys
import types
import typing
from types import GenericAlias

from _typing import Generic, ParamSpecArgs, ParamSpecKwargs, _GenericBase

__name__ = "typing"  # where its names belong
_UnionType = type(int | str)


class ForwardRef:
    """A type given as text."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        try:
            code = compile(f"({arg},)[0]" if arg.startswith("*") else arg, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}") from None
        self.__forward_arg__, self.__forward_code__, self.__forward_module__ = arg, code, module
        self.__forward_is_argument__, self.__forward_is_class__ = is_argument, is_class
        self.__forward_evaluated__, self.__forward_value__ = False, None

    def _evaluate(self, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            if globalns is None:
                globalns = {} if localns is None else localns
            if localns is None:
                localns = globalns
            if self.__forward_module__ is not None:
                globalns = getattr(sys.modules.get(self.__forward_module__), "__dict__", globalns)
            if type_params: # they hide what is global, and are hidden by what is in the class
                globalns, localns = dict(globalns), dict(localns)
                for param in type_params:
                    if not self.__forward_is_class__ or param.__name__ not in globalns:
                        globalns[param.__name__] = param
                        localns.pop(param.__name__, None)
            value = eval(self.__forward_code__, globalns, localns)
            value = typing._type_check(value, "Forward references must evaluate to types.", allow_special_forms=True)
            self.__forward_value__ = _eval_type(value, globalns, localns, type_params,
                                                recursive_guard=recursive_guard | {self.__forward_arg__})
            self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return typing.Union[self, other]

    def __ror__(self, other):
        return typing.Union[other, self]

    def __repr__(self):
        module = f", module={self.__forward_module__!r}" if self.__forward_module__ is not None else ""
        return f"ForwardRef({self.__forward_arg__!r}{module})"


def get_origin(tp):
    """List[int] -> list, Union[int, str] -> Union, and so on; None: not subscripted."""
    if isinstance(tp, typing._AnnotatedAlias):
        return typing.Annotated
    if isinstance(tp, (typing._BaseGenericAlias, GenericAlias, _GenericBase, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, _UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """The arguments of a subscripted type: Dict[str, int] -> (str, int)."""
    if isinstance(tp, typing._AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (typing._GenericAlias, GenericAlias, _GenericBase)):
        res = tp.__args__
        if tp.__origin__ is _collections_abc.Callable and not (len(res) == 2 and typing._is_param_expr(res[0])):
            res = (list(res[:-1]), res[-1])
        return res
    if isinstance(tp, _UnionType):
        return tp.__args__
    return ()


def _eval_type(t, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, type_params, recursive_guard=recursive_guard)
    if isinstance(t, (typing._GenericAlias, GenericAlias, _UnionType)):
        args = tuple(ForwardRef(a) if isinstance(a, str) and isinstance(t, GenericAlias) else a for a in t.__args__)
        ev = tuple(_eval_type(a, globalns, localns, type_params, recursive_guard=recursive_guard) for a in args)
        if ev == t.__args__:
            return t
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, ev)
        if isinstance(t, _UnionType):
            result = ev[0]
            for e in ev[1:]:
                result = result | e
            return result
        return t.copy_with(ev)
    return t


def _strip_annotations(t):
    if isinstance(t, typing._AnnotatedAlias):
        return _strip_annotations(t.__origin__)
    if getattr(t, "__origin__", None) in (typing.Required, typing.NotRequired, typing.ReadOnly):
        return _strip_annotations(t.__args__[0])
    if isinstance(t, (typing._GenericAlias, GenericAlias)):
        stripped = tuple(_strip_annotations(a) for a in t.__args__)
        if stripped == t.__args__:
            return t
        return t.copy_with(stripped) if isinstance(t, typing._GenericAlias) else GenericAlias(t.__origin__, stripped)
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, module or function with texts evaluated."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            base_globals = getattr(sys.modules.get(base.__module__), "__dict__", {}) if globalns is None else globalns
            base_locals = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                base_globals, base_locals = base_locals, base_globals
            annotations = base.__dict__.get("__annotations__", {})
            if isinstance(annotations, types.GetSetDescriptorType):
                continue # type's own, which gives those of others
            for name, value in annotations.items():
                value = type(None) if value is None else ForwardRef(value, is_argument=False, is_class=True) if isinstance(value, str) else value
                hints[name] = _eval_type(value, base_globals, base_locals, base.__type_params__)
    else:
        if globalns is None:
            if isinstance(obj, types.ModuleType):
                globalns = obj.__dict__
            else:
                inner = obj
                while hasattr(inner, "__wrapped__"):
                    inner = inner.__wrapped__
                globalns = getattr(inner, "__globals__", {})
            if localns is None:
                localns = globalns
        elif localns is None:
            localns = globalns
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            if isinstance(obj, (types.BuiltinFunctionType, types.MethodType, types.FunctionType)):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        for name, value in dict(annotations).items():
            value = type(None) if value is None else \
                ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType)) if isinstance(value, str) else value
            hints[name] = _eval_type(value, globalns, localns, getattr(obj, "__type_params__", ()))
    return hints if include_extras else {k: _strip_annotations(t) for k, t in hints.items()}
