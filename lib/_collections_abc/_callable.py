"""Callable, and what Callable[[arguments], result] is."""

from _collections_abc import ABCMeta, GenericAlias, _hook, abstractmethod

__name__ = "collections.abc"


def _type_repr(obj):
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is Ellipsis:
        return "..."
    return obj.__name__ if hasattr(obj, "__code__") else repr(obj)


def _is_param_expr(obj):
    """Can it stand for the parameters of a Callable?"""
    if obj is Ellipsis or isinstance(obj, (list, tuple)):
        return True
    t = type(obj)
    return t.__module__ == "typing" and t.__name__ in ("ParamSpec", "_ConcatenateGenericAlias")


class _CallableGenericAlias(GenericAlias):
    """Callable[[arguments], result], flat inside: Callable[[int, str], float].__args__ is (int, str, float)."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        params, result = args
        if isinstance(params, (tuple, list)):
            args = (*params, result)
        elif not _is_param_expr(params):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {params}")
        return super().__new__(cls, origin, args)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f"collections.abc.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return _CallableGenericAlias, (Callable, args)

    def __getitem__(self, item):
        if not isinstance(item, tuple):
            item = (item,)
        if len(self.__parameters__) == 1 and not (len(item) == 1 and _is_param_expr(item[0])) and \
                type(self.__parameters__[0]).__name__ == "ParamSpec":
            item = (list(item),)
        args = list(super().__getitem__(item).__args__)
        if args and not isinstance(args[0], (tuple, list)):
            return _CallableGenericAlias(Callable, (args[:-1], args[-1]))
        return _CallableGenericAlias(Callable, (list(args[0]), args[-1]))


class Callable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    __subclasshook__ = _hook("__call__")

    __class_getitem__ = classmethod(_CallableGenericAlias)
