"""Type hints on a device: what brackets behind a form give."""

import typing

from _typing import Generic, ParamSpec, TypeVarTuple, _GenericBase

__name__ = "typing"  # where its names belong
GenericAlias, _UnionType, _NoneType = type(list[int]), type(int | str), type(None)


class ForwardRef:
    """A type given as text."""

    def __init__(self, arg):
        self.__forward_arg__ = arg

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


def _is_root(cls):
    return cls is Generic or cls is typing.__dict__.get("Protocol")


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec)) or isinstance(arg, _GenericAlias) and repr(arg.__origin__) == "typing.Concatenate"


def _is_unpacked_typevartuple(arg):
    return isinstance(arg, _UnpackGenericAlias) and isinstance(arg.__args__[0], TypeVarTuple)


def _type_convert(arg):
    return _NoneType if arg is None else ForwardRef(arg) if isinstance(arg, str) else arg


def _type_check(arg, msg, **options):
    """The argument as a type: None and texts are converted, what cannot be a type raises TypeError."""
    if _is_root(arg):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return _type_convert(arg)


def _typevar_subst(self, arg):
    if isinstance(arg, _UnpackGenericAlias):
        raise TypeError(f"{arg} is not valid as type argument")
    return _type_check(arg, "Parameters to generic types must be types.")


def _type_repr(obj):
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if isinstance(obj, (tuple, list)):
        return f"[{', '.join(map(_type_repr, obj))}]"
    return "..." if obj is ... else repr(obj)


class _GenericAlias(GenericAlias):
    """A generic class or a form with its arguments."""

    def __new__(cls, origin, args):
        plain = [arg for arg in args if not _is_unpacked_typevartuple(arg)] if _is_root(origin) else []
        defaults = [arg.has_default() for arg in plain]
        if defaults != sorted(defaults):
            late = plain[defaults.index(False, defaults.index(True))]
            raise TypeError(f"Type parameter {late!r} without a default follows type parameter with a default")
        return super().__new__(cls, origin, args)

    def __mro_entries__(self, bases):
        rest = bases[bases.index(self) + 1:]
        return () if _is_root(self.__origin__) and any([isinstance(base, (_GenericAlias, _GenericBase)) for base in rest]) else (self.__origin__,)

    def __repr__(self):
        return f"{_type_repr(self.__origin__)}[{', '.join(map(_type_repr, self.__args__)) or '()'}]"


class _UnpackGenericAlias:
    """Unpack[Ts], which is no alias for the parameters that it holds."""

    __parameters__ = property(lambda self: GenericAlias(tuple, self.__args__).__parameters__)
    __typing_is_unpacked_typevartuple__ = property(lambda self: isinstance(self.__args__[0], TypeVarTuple))
    __typing_unpacked_tuple_args__ = property(lambda self: getattr(self.__args__[0], "__args__", None))

    def __init__(self, form, args):
        self.__origin__, self.__args__ = form, args

    def __getitem__(self, args):
        return args

    def __eq__(self, other):
        return isinstance(other, _UnpackGenericAlias) and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self.__args__)

    def __repr__(self):
        return f"typing.Unpack[{_type_repr(self.__args__[0])}]"


class _Union:
    """A union with what int | str cannot have: type variables, texts, forms."""

    __origin__ = property(lambda self: typing.Union)
    __parameters__ = property(lambda self: GenericAlias(tuple, self.__args__).__parameters__)

    def __init__(self, args):
        self.__args__ = args

    def __getitem__(self, args):
        return _union(GenericAlias(tuple, self.__args__)[args].__args__)

    def __eq__(self, other):
        return set(self.__args__) == set(other.__args__) if isinstance(other, (_Union, _UnionType)) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = [_type_repr(arg) for arg in self.__args__]
        if len(args) == 2 and "NoneType" in args:
            args.remove("NoneType")
            return f"typing.Optional[{args[0]}]"
        return f"typing.Union[{', '.join(args)}]"

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))


def _union(args, plain=False):
    """plain: what can be int | str is that."""
    flat = []
    for arg in map(_type_convert, args):
        flat += [one for one in (arg.__args__ if isinstance(arg, (_Union, _UnionType)) else (arg,)) if one not in flat]
    if not flat:
        raise TypeError("Cannot take a Union of no types.")
    if plain and all([isinstance(one, (type, GenericAlias)) for one in flat]):
        first, *rest = flat
        for one in rest:
            first |= one
        return first
    return flat[0] if len(flat) == 1 else _Union(tuple(flat))


def _make_union(left, right):
    return _union((left, right))


def subscript(form, args):
    """form[args]"""
    name = form.__name__
    if name in ("Union", "Optional"):
        return _union(args + (None,) * (name == "Optional"), True)
    if name not in ("Literal", "Annotated", "Callable", "Concatenate"):
        args = tuple([arg if arg is ... else _type_check(arg, f"{name}[arg, ...]: each arg must be a type.") for arg in args])
    return (_UnpackGenericAlias if name == "Unpack" else _GenericAlias)(form, args)


def get_origin(tp):
    """list[int] -> list, int | str -> Union, and so on; None: not subscripted."""
    if isinstance(tp, (_Union, _UnionType)):
        return typing.Union
    return tp.__origin__ if isinstance(tp, (GenericAlias, _GenericBase)) else None


def get_args(tp):
    """The arguments of a subscripted type: dict[str, int] -> (str, int)."""
    return tp.__args__ if isinstance(tp, (GenericAlias, _GenericBase, _Union, _UnionType)) else ()
