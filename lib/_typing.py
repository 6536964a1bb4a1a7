"""What PEP 695 syntax makes: type variables, their tuples and specifications, type aliases, and Generic."""


def _check_bound(name, covariant, contravariant, infer):
    if covariant and contravariant:
        raise ValueError("Bivariant types are not supported.")
    if infer and (covariant or contravariant):
        raise ValueError("Variance cannot be specified with infer_variance.")


class _NoDefaultType:
    __slots__ = ()

    def __new__(cls):
        return NoDefault

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


NoDefault = object.__new__(_NoDefaultType)
_NoDefaultType.__module__ = "typing"
_NoDefaultType.__name__ = _NoDefaultType.__qualname__ = "NoDefaultType"


class _Param:
    """The common part: a name, a default computed when it is asked for, and the operators of types."""

    __name__ = None

    @property
    def __default__(self):
        if self._default is NoDefault and self._default_thunk is not None:
            self._default = self._default_thunk()
        return self._default

    def has_default(self):
        """Does the parameter have a default?"""
        return self._default_thunk is not None or self._default is not NoDefault

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __reduce__(self):
        return self.__name__

    def __init_subclass__(cls, _ok=False, **kwargs):
        if not _ok:
            raise TypeError(f"type 'typing.{cls.__base__.__name__}' is not an acceptable base type")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


def _union(left, right):
    if isinstance(left, TypeAliasType) or isinstance(right, TypeAliasType):
        from _krait import union
        result = union(left, right)
        if result is not NotImplemented:
            return result
    import typing
    return typing.Union[left, right]


class TypeVar(_Param, _ok=True):
    """A type variable."""

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        _check_bound(name, covariant, contravariant, infer_variance)
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self.__name__ = name
        self._constraints = constraints
        self._bound = bound
        self._bound_thunk = self._constraints_thunk = self._default_thunk = None
        self._default = default
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__module__ = _caller()

    @property
    def __bound__(self):
        if self._bound_thunk is not None:
            self._bound, self._bound_thunk = self._bound_thunk(), None
        return self._bound

    @property
    def __constraints__(self):
        if self._constraints_thunk is not None:
            self._constraints, self._constraints_thunk = self._constraints_thunk(), None
        return self._constraints

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__

    def __typing_subst__(self, arg):
        import typing
        return typing._typevar_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._typevar_prepare(self, alias, args)


class ParamSpecArgs:
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if isinstance(other, ParamSpecArgs) else NotImplemented

    __hash__ = None


class ParamSpecKwargs:
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if isinstance(other, ParamSpecKwargs) else NotImplemented

    __hash__ = None


class ParamSpec(_Param, _ok=True):
    """A parameter specification variable."""

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        _check_bound(name, covariant, contravariant, infer_variance)
        self.__name__ = name
        self.__bound__ = bound
        self._default = default
        self._default_thunk = None
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__module__ = _caller()

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    __repr__ = TypeVar.__repr__

    def __typing_subst__(self, arg):
        import typing
        return typing._paramspec_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._paramspec_prepare(self, alias, args)


class TypeVarTuple(_Param, _ok=True):
    """A variable for any number of types."""

    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self._default = default
        self._default_thunk = None
        self.__module__ = _caller()

    def __iter__(self):
        import typing
        yield typing.Unpack[self]

    def __repr__(self):
        return self.__name__

    @property
    def __default__(self):
        value = super().__default__
        if type(value) is tuple and len(value) == 1 and getattr(value[0], "__unpacked__", False):
            self._default = value = value[0]  # the compiler gives `*Ts = *tuple[...]` as a tuple
        return value

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._typevartuple_prepare(self, alias, args)


class TypeAliasType:
    """What `type X = ...` makes; its value is computed when it is asked for."""

    def __init__(self, name, value, *, type_params=()):
        if not isinstance(name, str):
            raise TypeError(f"typealias() argument 'name' must be str, not {type(name).__name__}")
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        self.__name__ = name
        self._value = value
        self._thunk = None
        self.__type_params__ = type_params
        self.__module__ = _caller()

    @property
    def __value__(self):
        if self._thunk is not None:
            self._value, self._thunk = self._thunk(), None
        return self._value

    @property
    def __parameters__(self):
        out = []
        for p in self.__type_params__:
            if isinstance(p, TypeVarTuple):
                out.extend(p)
            else:
                out.append(p)
        return tuple(out)

    def __getitem__(self, parameters):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        return type(list[int])(self, parameters)

    def __repr__(self):
        return self.__name__

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __reduce__(self):
        return self.__name__

    def __init_subclass__(cls):
        raise TypeError("type 'typing.TypeAliasType' is not an acceptable base type")


class Generic:
    """Base class of generic classes."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, params):
        import typing
        return typing._generic_class_getitem(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        orig = cls.__dict__.get("__orig_bases__", ())
        params = []
        generic = None
        for base in orig:
            found = getattr(base, "__parameters__", ())
            if getattr(base, "__origin__", None) is Generic:
                generic = found
            for p in found:
                if p not in params:
                    params.append(p)
        cls.__parameters__ = tuple(generic if generic is not None else params)


class _GenericBase:
    """Generic[T, ...] as a base of a class with type parameters."""

    def __init__(self, params):
        self.__origin__ = Generic
        self.__args__ = self.__parameters__ = params

    def __mro_entries__(self, bases):
        return (Generic,)

    def __repr__(self):
        return "typing.Generic[" + ", ".join(map(repr, self.__args__)) + "]"

    def __eq__(self, other):
        return getattr(other, "__origin__", None) is Generic and self.__args__ == other.__args__

    def __hash__(self):
        return hash((Generic, self.__args__))


for _t in (TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic, ParamSpecArgs, ParamSpecKwargs):
    _t.__module__ = "typing"


def _caller():
    import sys
    return sys._getframemodulename(2)


def _prepare(param, default, module):
    if default is not None:
        param._default_thunk = default
    param.__module__ = module
    return param


def _make_typevar(name, bound, default, module):
    t = TypeVar(name, infer_variance=True)
    t._bound_thunk = bound
    return _prepare(t, default, module)


def _make_constrained(name, constraints, default, module):
    t = TypeVar(name, infer_variance=True)
    t._constraints_thunk = constraints
    return _prepare(t, default, module)


def _make_paramspec(name, bound, default, module):
    return _prepare(ParamSpec(name, infer_variance=True), default, module)


def _make_typevartuple(name, bound, default, module):
    return _prepare(TypeVarTuple(name), default, module)


def _make_alias(name, params, thunk, module):
    a = TypeAliasType(name, None, type_params=params or ())
    a._thunk = thunk
    a.__module__ = module
    return a


def _make_generic(params):
    return _GenericBase(tuple(params))
