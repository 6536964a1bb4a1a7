"""Type hints at run time, as a device has them: they are kept and shown, not checked.

Forms (Optional, List and so on) are made when they are asked for. What fewer programs need is in modules of its own, loaded like that, too."""

from _typing import Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple, _GenericBase

TYPE_CHECKING = False
Text = str
GenericAlias, _UnionType = type(list[int]), type(int | str)

_PLAIN = " Any NoReturn Never Self LiteralString TypeAlias "
_SPECIAL = (" ClassVar Final Required NotRequired ReadOnly TypeGuard TypeIs Union Optional Literal Concatenate Unpack Annotated "
            "ContextManager AsyncContextManager Pattern Match ")
_BUILTIN = " Tuple List Set FrozenSet Dict Type "
_COLLECTED = " Deque DefaultDict OrderedDict Counter ChainMap "
_ABSTRACT = (" Hashable Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Iterable Iterator Generator Reversible Sized Container Collection "
             "AbstractSet MutableSet Mapping MutableMapping Sequence MutableSequence MappingView KeysView ItemsView ValuesView Callable ByteString ")
# module: the names that are typing's too
_HOME = {
    "_typing_parameter": " _generic_class_getitem _make_union _paramspec_prepare_subst _paramspec_subst _typevar_subst _typevartuple_prepare_subst ",
    "_typing_protocol": " Protocol get_protocol_members is_protocol runtime_checkable ",
    "_typing_support": " SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound ",
    "_typing_record": " NamedTuple NewType TypedDict is_typeddict ",
    "_typing_mark": (" assert_never assert_type cast clear_overloads dataclass_transform final get_overloads no_type_check no_type_check_decorator "
                     "overload override reveal_type "),
}


def __getattr__(name):
    asked = f" {name} "
    if asked in _PLAIN + _SPECIAL + _BUILTIN + _COLLECTED + _ABSTRACT:
        value = _SpecialForm(name)
    elif name == "AnyStr":
        value = TypeVar(name, bytes, str)
    elif name == "__all__":
        value = [other for other in globals() if other[0] != "_"]
        value += (_PLAIN + _SPECIAL + _BUILTIN + _COLLECTED + _ABSTRACT + "AnyStr Protocol NamedTuple cast overload").split()
    else:
        for module, names in _HOME.items():
            if asked in names:
                value = getattr(__import__(module), name)
                break
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r} on this device")
    globals()[name] = value
    return value


def _form(name):
    return globals().get(name) or __getattr__(name)


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
    return cls is Generic or cls is globals().get("Protocol")


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec)) or isinstance(arg, _GenericAlias) and arg._named("Concatenate")


def _is_unpacked_typevartuple(arg):
    return isinstance(arg, _UnpackGenericAlias) and arg.__typing_is_unpacked_typevartuple__


def _type_convert(arg):
    return type(None) if arg is None else ForwardRef(arg) if isinstance(arg, str) else arg


def _type_check(arg, msg, **options):
    """The argument as a type: None and texts are converted, what cannot be a type raises TypeError."""
    if _is_root(arg):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return _type_convert(arg)


def _type_repr(obj):
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if isinstance(obj, (tuple, list)):
        return f"[{', '.join(map(_type_repr, obj))}]"
    return "..." if obj is ... else repr(obj)


class _Hint:
    """What forms and aliases have in common."""

    __slots__ = ()

    def __or__(self, other):
        return _form("Union")[self, other]

    def __ror__(self, other):
        return _form("Union")[other, self]


class _SpecialForm(_Hint):
    """A name that takes types in brackets."""

    __slots__ = ("__name__",)

    def __init__(self, name):
        self.__name__ = name

    def __repr__(self):
        return "typing." + self.__name__

    def __eq__(self, other):
        return isinstance(other, _SpecialForm) and self.__name__ == other.__name__

    def __hash__(self):
        return hash(self.__name__)

    @property
    def __origin__(self):
        """The class that is meant."""
        name = self.__name__
        if f" {name} " in _BUILTIN:
            return {"Tuple": tuple, "List": list, "Set": set, "FrozenSet": frozenset, "Dict": dict, "Type": type}[name]
        if f" {name} " in _COLLECTED:
            import collections
            return getattr(collections, {"Deque": "deque", "DefaultDict": "defaultdict"}.get(name, name))
        if f" {name} " in _ABSTRACT:
            import _collections_abc
            return getattr(_collections_abc, "Set" if name == "AbstractSet" else name)
        raise AttributeError(f"{self!r} stands for no class")

    def __mro_entries__(self, bases):
        if not hasattr(self, "__origin__"):
            raise TypeError(f"Cannot subclass {self!r}")
        return (self.__origin__,)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if not hasattr(self, "__origin__"):
            raise TypeError(f"{self} cannot be used with isinstance() or issubclass()")
        return issubclass(cls, self.__origin__)

    def __getitem__(self, given):
        name, args = self.__name__, given if isinstance(given, tuple) else (given,)
        if f" {name} " in _PLAIN:
            raise TypeError(f"{self} is not subscriptable")
        if name == "Literal":
            return _GenericAlias(self, args)
        if name == "Annotated":
            alias = _GenericAlias(self, (_type_check(args[0], "Annotated[t, ...]: t must be a type."),))
            alias.__metadata__ = args[1:]
            return alias
        if name == "Callable":
            if len(args) != 2:
                raise TypeError("Callable must be used as Callable[[arg, ...], result].")
            args = (*args[0], args[1]) if isinstance(args[0], list) else args
        args = tuple([arg if arg is ... else _type_check(arg, f"{name}[arg, ...]: each arg must be a type.") for arg in args])
        if name in ("Union", "Optional"):
            return _union(args + (type(None),) * (name == "Optional"))
        return (_UnpackGenericAlias if name == "Unpack" else _GenericAlias)(self, args)


def _union(args):
    flat = []
    for arg in args:
        joined = isinstance(arg, _UnionType) or isinstance(arg, _GenericAlias) and arg._named("Union")
        flat += [one for one in (arg.__args__ if joined else (arg,)) if one not in flat]
    if not flat:
        raise TypeError("Cannot take a Union of no types.")
    return flat[0] if len(flat) == 1 else _GenericAlias(_form("Union"), tuple(flat))


class _GenericAlias(_Hint):
    """A generic with its arguments: List[int], MyClass[T], Union[int, str]. form: the special form, or the class."""

    def __init__(self, form, args):
        self._form, self.__args__ = form, args

    def _named(self, name):
        return isinstance(self._form, _SpecialForm) and self._form.__name__ == name

    @property
    def __origin__(self):
        if self._named("Annotated"):
            return self.__args__[0]
        return getattr(self._form, "__origin__", self._form) if isinstance(self._form, _SpecialForm) else self._form

    @property
    def __parameters__(self):
        return () if self._named("Literal") else GenericAlias(tuple, self.__args__).__parameters__

    def __getitem__(self, args):
        if _is_root(self._form):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        args = tuple([_type_convert(arg) for arg in (args if isinstance(args, tuple) else (args,))])
        new = GenericAlias(tuple, self.__args__)[args].__args__
        return _union(new) if self._named("Union") else type(self)(self._form, new)

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias) or self._form != other._form:
            return NotImplemented
        if self._named("Union"):
            return set(self.__args__) == set(other.__args__)
        return self.__args__ == other.__args__ and getattr(self, "__metadata__", ()) == getattr(other, "__metadata__", ())

    def __hash__(self):
        return hash((self._form, frozenset(self.__args__) if self._named("Union") else self.__args__))

    def __repr__(self):
        args, name = [_type_repr(arg) for arg in self.__args__ + getattr(self, "__metadata__", ())], _type_repr(self._form)
        if self._named("Literal"):
            args = [repr(arg) for arg in self.__args__]
        elif self._named("Union") and len(args) == 2 and "NoneType" in args:
            name = "typing.Optional"
            args.remove("NoneType")
        elif self._named("Callable") and not (len(args) == 2 and _is_param_expr(self.__args__[0])):
            args = [f"[{', '.join(args[:-1])}]", args[-1]]
        return f"{name}[{', '.join(args) or '()'}]"

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        rest = [base for base in bases[bases.index(self) + 1:]]
        if self._form is Generic:
            return () if any([base is not Generic and _is_root(base) or isinstance(base, (_Hint, _GenericBase)) for base in rest]) else (Generic,)
        generic = not isinstance(self._form, _SpecialForm) or any([isinstance(base, (_Hint, _GenericBase)) for base in rest])
        return (self.__origin__,) if generic else (self.__origin__, Generic)

    def __call__(self, *args, **kwargs):
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            pass
        return result

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if self._named("Union"):
            return any([issubclass(cls, arg) for arg in self.__args__])
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __iter__(self):
        yield _form("Unpack")[self]


class _UnpackGenericAlias(_GenericAlias):
    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        return arg.__args__ if isinstance(arg, (_GenericAlias, GenericAlias)) else None

    def __getitem__(self, args):
        return args if self.__typing_is_unpacked_typevartuple__ else super().__getitem__(args)


def get_origin(tp):
    """List[int] -> list, Union[int, str] -> Union, and so on; None: not subscripted."""
    if isinstance(tp, _UnionType):
        return _UnionType
    if isinstance(tp, _GenericAlias) and tp._named("Annotated"):
        return tp._form
    return tp.__origin__ if isinstance(tp, (_GenericAlias, GenericAlias, _GenericBase, ParamSpecArgs, ParamSpecKwargs)) else None


def get_args(tp):
    """The arguments of a subscripted type: Dict[str, int] -> (str, int)."""
    if not isinstance(tp, (_GenericAlias, GenericAlias, _GenericBase, _UnionType)):
        return ()
    args = tp.__args__ + getattr(tp, "__metadata__", ())
    callable_ = isinstance(tp, _GenericAlias) and tp._named("Callable") and not (len(args) == 2 and _is_param_expr(args[0]))
    return (list(args[:-1]), args[-1]) if callable_ else args
