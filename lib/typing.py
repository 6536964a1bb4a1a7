"""Type hints at run time. Hints are kept and shown, not checked.

What a program that only annotates needs is here; the rest is in modules of its own, loaded when one of its names is asked for.
"""

import _collections_abc

from _typing import Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple
from _typing_alias import (_BaseGenericAlias, _CallableType, _GenericAlias, _SpecialGenericAlias, _TupleType, _UnionType, _deduplicate,
                           _is_root,
                           _is_param_expr, _is_unpacked_typevartuple, _type_check, _type_convert, _type_repr, GenericAlias)

TYPE_CHECKING = False


# ---- Special forms ----


class _SpecialForm:
    """Names that are not classes: Union, Optional, Literal and so on."""

    __iter__ = None

    def __init_subclass__(cls, /, *args, **kwargs):
        if cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = self.__name__ = getitem.__name__
        self.__doc__ = getitem.__doc__
        self.__module__ = "typing"

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def _plain(name, doc):
    def getitem(self, parameters):
        raise TypeError(f"{self} is not subscriptable")
    getitem.__name__ = name
    getitem.__doc__ = doc
    return _SpecialForm(getitem)


NoReturn = _plain("NoReturn", "Special type indicating functions that never return.")
Never = _plain("Never", "The bottom type, a type that has no members.")
Self = _plain("Self", "Used to spell the type of \"self\" in classes.")
LiteralString = _plain("LiteralString", "Represents an arbitrary literal string.")
TypeAlias = _plain("TypeAlias", "Special form for marking type aliases.")
_PLAIN_FORMS = (NoReturn, Never, Self, LiteralString, TypeAlias)


def _one(name, doc):
    """A form with one type inside: Final[int]."""
    def getitem(self, parameters):
        item = _type_check(parameters, f"{self} accepts only single type.", allow_special_forms=True)
        return _GenericAlias(self, (item,), name=name)
    getitem.__name__ = name
    getitem.__doc__ = doc
    return _SpecialForm(getitem)


ClassVar = _one("ClassVar", "Special type construct to mark class variables.")
Final = _one("Final", "Special typing construct to indicate final names to type checkers.")
Required = _one("Required", "Special typing construct to mark a TypedDict key as required.")
NotRequired = _one("NotRequired", "Special typing construct to mark a TypedDict key as potentially missing.")
ReadOnly = _one("ReadOnly", "A special typing construct to mark an item of a TypedDict as read-only.")
TypeGuard = _one("TypeGuard", "Special typing construct for marking user-defined type predicate functions.")
TypeIs = _one("TypeIs", "Special typing construct for marking user-defined type predicate functions.")


class _UnionGenericAlias(_GenericAlias):
    __iter__ = None

    def __reduce__(self):
        import operator
        return operator.getitem, (Union, self.__args__)

    def copy_with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, _UnionType)):
            return NotImplemented
        try:
            return set(self.__args__) == set(other.__args__)
        except TypeError:
            return all(a in other.__args__ for a in self.__args__) and all(b in self.__args__ for b in other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return f"typing.Optional[{_type_repr(args[0] if args[1] is type(None) else args[1])}]"
        return super().__repr__()

    def __instancecheck__(self, obj):
        return any(isinstance(obj, a) for a in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, a) for a in self.__args__)


@_SpecialForm
def Union(self, parameters):
    """Union type; Union[X, Y] means either X or Y."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for p in parameters:
        p = _type_check(p, "Union[arg, ...]: each arg must be a type.")
        if isinstance(p, (_UnionGenericAlias, _UnionType)):
            flat.extend(p.__args__)
        else:
            flat.append(p)
    parameters = _deduplicate(flat)
    if len(parameters) == 1:
        return parameters[0]
    return _UnionGenericAlias(self, parameters, name="Optional" if len(parameters) == 2 and type(None) in parameters else "Union")


@_SpecialForm
def Optional(self, parameters):
    """Optional[X] is equivalent to Union[X, None]."""
    return Union[_type_check(parameters, f"{self} requires a single type."), type(None)]


class _LiteralGenericAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return {(type(a), a) for a in self.__args__} == {(type(a), a) for a in other.__args__}

    def __hash__(self):
        return hash(frozenset((type(a), a) for a in self.__args__))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(_type_repr, self.__args__))}]"


@_SpecialForm
def Literal(self, parameters):
    """Special typing form to define literal types (a.k.a. value types)."""
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat, seen = [], []
    for p in parameters:
        for value in p.__args__ if isinstance(p, _LiteralGenericAlias) else (p,):
            try:
                hash(value)
            except TypeError: # kept as often as it comes
                flat.append(value)
                continue
            if (type(value), value) not in seen:
                seen.append((type(value), value))
                flat.append(value)
    alias = _LiteralGenericAlias(self, (), name="Literal")
    alias.__args__ = tuple(flat)
    return alias


class _ConcatenateGenericAlias(_GenericAlias):
    pass


@_SpecialForm
def Concatenate(self, parameters):
    """Special form for annotating higher-order functions."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    parameters = (*(_type_check(p, "Concatenate[arg, ...]: each arg must be a type.") for p in parameters[:-1]), parameters[-1])
    return _ConcatenateGenericAlias(self, parameters, name="Concatenate")


class _UnpackGenericAlias(_GenericAlias):
    def __repr__(self):
        return f"typing.Unpack[{_type_repr(self.__args__[0])}]"

    def __getitem__(self, args):
        if self.__typing_is_unpacked_typevartuple__:
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        if isinstance(arg, (_GenericAlias, GenericAlias)):
            if arg.__origin__ is not tuple:
                raise TypeError("Unpack[...] must be used with a tuple type")
            return arg.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


@_SpecialForm
def Unpack(self, parameters):
    """Type unpack operator."""
    item = _type_check(parameters, f"{self} accepts only single type.")
    return _UnpackGenericAlias(origin=self, args=(item,), name="Unpack")


class _AnnotatedAlias(_GenericAlias):
    """Annotated[type, ...]: behaves like the type, with metadata."""

    __iter__ = None

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin, name="Annotated")
        self.__metadata__ = metadata

    def copy_with(self, params):
        return _AnnotatedAlias(params[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def _given(self, args):
        return self.__origin__, *self.__metadata__


@_SpecialForm
def Annotated(self, params):
    """Add context-specific metadata to a type."""
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    origin = _type_check(params[0], "Annotated[t, ...]: t must be a type.", allow_special_forms=True)
    return _AnnotatedAlias(origin, params[1:])


T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
AnyStr = TypeVar("AnyStr", bytes, str)
Text = str

# ---- Generic versions of classes ----

_alias = _SpecialGenericAlias
Hashable = _alias(_collections_abc.Hashable, 0)
Awaitable = _alias(_collections_abc.Awaitable, 1)
Coroutine = _alias(_collections_abc.Coroutine, 3)
AsyncIterable = _alias(_collections_abc.AsyncIterable, 1)
AsyncIterator = _alias(_collections_abc.AsyncIterator, 1)
AsyncGenerator = _alias(_collections_abc.AsyncGenerator, 2, defaults=(type(None),))
Iterable = _alias(_collections_abc.Iterable, 1)
Iterator = _alias(_collections_abc.Iterator, 1)
Generator = _alias(_collections_abc.Generator, 3, defaults=(type(None), type(None)))
Reversible = _alias(_collections_abc.Reversible, 1)
Sized = _alias(_collections_abc.Sized, 0)
Container = _alias(_collections_abc.Container, 1)
Collection = _alias(_collections_abc.Collection, 1)
AbstractSet = _alias(_collections_abc.Set, 1, name="AbstractSet")
MutableSet = _alias(_collections_abc.MutableSet, 1)
Mapping = _alias(_collections_abc.Mapping, 2)
MutableMapping = _alias(_collections_abc.MutableMapping, 2)
Sequence = _alias(_collections_abc.Sequence, 1)
MutableSequence = _alias(_collections_abc.MutableSequence, 1)
MappingView = _alias(_collections_abc.MappingView, 1)
KeysView = _alias(_collections_abc.KeysView, 1)
ItemsView = _alias(_collections_abc.ItemsView, 2)
ValuesView = _alias(_collections_abc.ValuesView, 1)
Callable = _CallableType(_collections_abc.Callable, 2)
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
List = _alias(list, 1, inst=False, name="List")
Set = _alias(set, 1, inst=False, name="Set")
FrozenSet = _alias(frozenset, 1, inst=False, name="FrozenSet")
Dict = _alias(dict, 2, inst=False, name="Dict")
Type = _alias(type, 1, inst=False, name="Type")


# ---- Names that are made when they are asked for ----

# module: the names that are typing's too
_HOME = {
    "_typing_protocol": ("Protocol", "_ProtocolMeta", "get_protocol_members", "is_protocol", "runtime_checkable"),
    "_typing_support": ("SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound"),
    "_typing_record": ("NamedTuple", "NewType", "TypedDict", "_NamedTupleMeta", "_TypedDictMeta", "is_typeddict"),
    "_typing_io": ("BinaryIO", "IO", "TextIO"),
    "_typing_hint": ("ForwardRef", "_eval_type", "get_args", "get_origin", "get_type_hints"),
    "_typing_mark": ("_ASSERT_NEVER_REPR_MAX_LENGTH", "_overload_dummy", "_tp_cache", "assert_never", "assert_type", "cast", "clear_overloads", "dataclass_transform", "final",
        "get_overloads", "no_type_check", "no_type_check_decorator", "overload", "override", "reveal_type"),
    "_typing_parameter": ("_generic_class_getitem", "_make_union", "_paramspec_prepare_subst", "_paramspec_subst",
        "_typevar_subst", "_typevartuple_prepare_subst"),
}
# name: (module, class there, number of parameters)
_ALIASES = {
    "ByteString": ("_collections_abc", "ByteString", 0), "ChainMap": ("collections", "ChainMap", 2),
    "Counter": ("collections", "Counter", 1),
    "DefaultDict": ("collections", "defaultdict", 2), "Deque": ("collections", "deque", 1),
    "OrderedDict": ("collections", "OrderedDict", 2), "ContextManager": ("contextlib", "AbstractContextManager", 2),
    "AsyncContextManager": ("contextlib", "AbstractAsyncContextManager", 2), "Match": ("re", "Match", 1), "Pattern": ("re", "Pattern", 1),
}


def __getattr__(name):
    if name in _ALIASES:
        module, cls, count = _ALIASES[name]
        value = _alias(getattr(__import__(module), cls), count, name=name, defaults=(bool | None,) if module == "contextlib" else ())
    else:
        for module, names in _HOME.items():
            if name in names:
                value = getattr(__import__(module), name)
                break
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})


__all__ = [
    "Generic", "NoDefault", "ParamSpec", "ParamSpecArgs", "ParamSpecKwargs", "TypeAliasType", "TypeVar", "TypeVarTuple",
    "TYPE_CHECKING", "Any", "NoReturn", "Never", "Self", "LiteralString", "TypeAlias", "ClassVar", "Final", "Required",
    "NotRequired", "ReadOnly", "TypeGuard", "TypeIs", "Union", "Optional", "Literal", "Concatenate", "Unpack", "Annotated",
    "ForwardRef", "AnyStr", "Text", "Hashable", "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator",
    "AsyncGenerator", "Iterable", "Iterator", "Generator", "Reversible", "Sized", "Container", "Collection", "AbstractSet",
    "MutableSet", "Mapping", "MutableMapping", "Sequence", "MutableSequence", "MappingView", "KeysView", "ItemsView",
    "ValuesView", "Callable", "Tuple", "List", "Deque", "Set", "FrozenSet", "Dict", "DefaultDict", "OrderedDict", "Counter",
    "ChainMap", "Type", "get_protocol_members", "is_protocol", "Protocol", "runtime_checkable", "SupportsInt",
    "SupportsFloat", "SupportsComplex", "SupportsBytes", "SupportsIndex", "SupportsAbs", "SupportsRound", "NamedTuple",
    "TypedDict", "is_typeddict", "NewType", "IO", "BinaryIO", "TextIO", "cast", "assert_type", "assert_never",
    "reveal_type", "final", "override", "no_type_check", "no_type_check_decorator", "dataclass_transform", "overload",
    "get_overloads", "clear_overloads", "get_origin", "get_args", "get_type_hints", "ByteString", "ContextManager",
    "AsyncContextManager", "Match", "Pattern",
]
