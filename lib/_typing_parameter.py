"""Type hints: putting types in the place of type parameters."""

import typing

from _typing import Generic, ParamSpec, TypeVar, TypeVarTuple

__name__ = "typing"  # where its names belong
GenericAlias = type(list[int])


def _typevar_subst(self, arg):
    arg = typing._type_check(arg, "Parameters to generic types must be types.", is_argument=True)
    if isinstance(arg, typing._UnpackGenericAlias) or (isinstance(arg, GenericAlias) and getattr(arg, "__unpacked__", False)):
        raise TypeError(f"{arg} is not valid as type argument")
    return arg


def _make_union(left, right):
    return typing.Union[left, right]


def _paramspec_subst(self, arg):
    if isinstance(arg, (list, tuple)):
        return tuple(typing._type_check(a, "Expected a type.") for a in arg)
    if not typing._is_param_expr(arg):
        raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}")
    return arg


def _paramspec_prepare_subst(self, alias, args):
    params = alias.__parameters__
    i = params.index(self)
    if i == len(args) and self.has_default():
        args = (*args, self.__default__)
    if i >= len(args):
        raise TypeError(f"Too few arguments for {alias}")
    if len(params) == 1 and not typing._is_param_expr(args[0]):
        return (tuple(args),)
    if isinstance(args[i], list):
        return (*args[:i], tuple(args[i]), *args[i + 1:])
    return args


def _typevartuple_prepare_subst(self, alias, args):
    params = alias.__parameters__
    left = params.index(self)
    right = len(params) - left - 1
    alen = len(args)
    if any(isinstance(p, TypeVarTuple) for p in params[left + 1:]):
        raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
    if left + right > alen:
        raise TypeError(f"Too few arguments for {alias}; actual {alen}, expected at least {len(params) - 1}")
    if left == alen and self.has_default():
        replacement = list(self.__default__) if not isinstance(self.__default__, GenericAlias) else [*self.__default__.__args__]
        return (*args, tuple(replacement))
    return (*args[:left], tuple(args[left:alen - right]), *args[alen - right:])


def _generic_class_getitem(cls, args):
    """Generic[T], Protocol[T] and MyClass[int]."""
    if not isinstance(args, tuple):
        args = (args,)
    args = tuple(typing._type_convert(a) if not isinstance(a, (list, tuple)) else a for a in args)
    if typing._is_root(cls):
        if not args:
            raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
        if not all(isinstance(p, (TypeVar, ParamSpec)) or typing._is_unpacked_typevartuple(p) for p in args):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.")
        if len(set(args)) != len(args):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        return typing._GenericAlias(cls, args)
    params = getattr(cls, "__parameters__", ())
    if not params:
        raise TypeError(f"{cls} is not a generic class")
    for param in params:
        args = param.__typing_prepare_subst__(cls, args)
    if len(args) > len(params):
        raise TypeError(f"Too many arguments for {cls}; actual {len(args)}, expected {len(params)}")
    out = []
    for param, arg in zip(params, args):
        if isinstance(param, TypeVarTuple):
            out.extend(arg)
        elif isinstance(arg, tuple):
            out.append(tuple(typing._type_convert(a) for a in arg))
        else:
            out.append(typing._type_check(arg, "Parameters to generic types must be types.") if isinstance(param, TypeVar) else arg)
    return typing._GenericAlias(cls, tuple(out))
