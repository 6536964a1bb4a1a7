"""Type hints at run time, as a device has them: they are kept and shown, not checked.

List[int] is list[int], and Union[int, str] is int | str. What fewer programs need is in modules of its own, loaded when it is asked for."""

from _typing import Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple

TYPE_CHECKING = False
Text, List, Set, FrozenSet, Dict, Tuple, Type = str, list, set, frozenset, dict, tuple, type

_PLAIN = " Any NoReturn Never Self LiteralString TypeAlias "
_FORMS = (" ClassVar Final Required NotRequired ReadOnly TypeGuard TypeIs Union Optional Literal Concatenate Unpack Annotated ContextManager "
          "AsyncContextManager Pattern Match Deque DefaultDict OrderedDict Counter ChainMap ")
_ABSTRACT = (" Hashable Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Iterable Iterator Generator Reversible Sized Container Collection "
             "AbstractSet MutableSet Mapping MutableMapping Sequence MutableSequence MappingView KeysView ItemsView ValuesView Callable ")
# module: the names that are typing's too
_HOME = {
    "_typing_more": (" ForwardRef _GenericAlias _UnpackGenericAlias _is_param_expr _is_root _is_unpacked_typevartuple _make_union "
                     "_type_check _type_convert _typevar_subst get_args get_origin "),
    "_typing_parameter": " _generic_class_getitem _paramspec_subst _paramspec_prepare_subst _typevartuple_prepare_subst ",
    "_typing_protocol": " Protocol get_protocol_members is_protocol runtime_checkable ",
    "_typing_record": " NamedTuple NewType TypedDict is_typeddict ",
    "_typing_mark": (" assert_never assert_type cast clear_overloads dataclass_transform final get_overloads no_type_check no_type_check_decorator "
                     "overload override reveal_type "),
}


def __getattr__(name):
    asked = f" {name} "
    if asked in _PLAIN + _FORMS + _ABSTRACT:
        value = _SpecialForm(name)
    elif name == "AnyStr":
        value = TypeVar(name, bytes, str)
    elif name == "__all__":
        value = [other for other in globals() if other[0] != "_"] + (_PLAIN + _FORMS + _ABSTRACT + "AnyStr Protocol").split()
    else:
        for module, names in _HOME.items():
            if asked in names:
                value = getattr(__import__(module), name)
                break
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r} on this device")
    globals()[name] = value
    return value


class _SpecialForm:
    """A name that takes types in brackets, but is no class."""

    __slots__ = ("__name__",)

    def __init__(self, name):
        self.__name__ = name

    def __repr__(self):
        return "typing." + self.__name__

    def __getitem__(self, args):
        if f" {self.__name__} " in _PLAIN:
            raise TypeError(f"{self} is not subscriptable")
        from _typing_more import subscript
        return subscript(self, args if isinstance(args, tuple) else (args,))

    def __or__(self, other):
        return __getattr__("_make_union")(self, other)

    def __ror__(self, other):
        return __getattr__("_make_union")(other, self)

    def __mro_entries__(self, bases):
        if f" {self.__name__} " not in _ABSTRACT:
            raise TypeError(f"Cannot subclass {self!r}")
        import _collections_abc
        return (getattr(_collections_abc, self.__name__.removeprefix("Abstract")),)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__mro_entries__(()))
