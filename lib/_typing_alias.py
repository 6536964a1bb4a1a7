"""Type hints: what Name[...] makes, and how types are shown and checked."""

import types
import typing
from types import GenericAlias

from _typing import Generic, ParamSpec, _GenericBase

__name__ = "typing"  # where its names belong
_UnionType = type(int | str)


def _is_root(cls):
    """Generic, or Protocol, which is nobody's base while its module is not loaded."""
    return cls is Generic or cls is typing.__dict__.get("Protocol")


def _type_repr(obj):
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is ...:
        return "..."
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    if isinstance(obj, (tuple, list)):
        return "[" + ", ".join(map(_type_repr, obj)) + "]"
    return repr(obj)


def _type_convert(arg, module=None, *, allow_special_forms=False):
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return typing.ForwardRef(arg, module=module, is_class=allow_special_forms)
    return arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """The argument as a type: None and strings are converted, what cannot be a type raises TypeError."""
    arg = _type_convert(arg, module, allow_special_forms=allow_special_forms)
    if isinstance(arg, (_GenericAlias, _GenericBase)) and _is_root(arg.__origin__):
        raise TypeError(f"{arg} is not valid as type argument")
    if not allow_special_forms and isinstance(arg, _GenericAlias) and arg.__origin__ in (typing.ClassVar, typing.Final) and is_argument:
        raise TypeError(f"{arg} is not valid as type argument")
    if isinstance(arg, (typing._SpecialForm,)) and arg not in typing._PLAIN_FORMS and not allow_special_forms or _is_root(arg):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return arg


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list)) or isinstance(arg, (ParamSpec, typing._ConcatenateGenericAlias))


def _is_unpacked_typevartuple(x):
    return not isinstance(x, type) and getattr(x, "__typing_is_unpacked_typevartuple__", False)


def _parameters_of(args):
    """The type parameters in args; those with a default follow those without."""
    default = pack = False
    for arg in args:
        if _is_unpacked_typevartuple(arg):
            pack = True
        elif not isinstance(arg, type) and hasattr(arg, "__typing_subst__"):
            if arg.has_default():
                default = True
                if pack:
                    raise TypeError("Type parameter with a default follows TypeVarTuple")
            elif default:
                raise TypeError(f"Type parameter {arg!r} without a default follows type parameter with a default")
    return GenericAlias(tuple, tuple(args)).__parameters__


def _deduplicate(args):
    out = []
    for arg in args:
        if arg not in out:
            out.append(arg)
    return tuple(out)


# ---- Generic aliases ----


class _BaseGenericAlias:
    """What Name[...] gives; attributes that are not its own are those of the class."""

    def __init_subclass__(cls, /, *args, **kwargs):
        if cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            pass
        return result

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, typing._SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self.__origin__ is Generic:
            rest = bases[bases.index(self) + 1:]
            if any(_is_root(b) and b is not Generic for b in bases) or any(isinstance(b, (_BaseGenericAlias, _GenericBase)) and b is not self for b in rest):
                return ()
        out = []
        if self.__origin__ not in bases:
            out.append(self.__origin__)
        rest = bases[bases.index(self) + 1:]
        if self._name and self.__origin__ is not Generic and not any(
                isinstance(b, _BaseGenericAlias) or (isinstance(b, type) and issubclass(b, Generic)) for b in rest):
            out.append(Generic)
        return tuple(out)

    def __getattr__(self, attr):
        if "__origin__" in self.__dict__ and not (attr.startswith("__") and attr.endswith("__")):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __setattr__(self, attr, value):
        if (attr.startswith("__") and attr.endswith("__")) or attr in ("_inst", "_name", "_nparams", "_defaults"):
            object.__setattr__(self, attr, value)
        else:
            setattr(self.__origin__, attr, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __or__(self, right):
        return typing.Union[self, right]

    def __ror__(self, left):
        return typing.Union[left, self]


class _GenericAlias(_BaseGenericAlias):
    """A generic with its arguments: List[int], MyClass[T], Union[int, str]."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        self.__args__ = args = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _parameters_of(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __getitem__(self, args):
        if _is_root(self.__origin__):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_type_convert(a) if not isinstance(a, (list, tuple)) else a for a in args)
        new = GenericAlias(self.__origin__ if isinstance(self.__origin__, type) else tuple, self.__args__)[args].__args__
        return self.copy_with(new)

    def copy_with(self, args):
        """The same generic with other arguments."""
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _type_repr(self.__origin__)
        args = ", ".join(map(_type_repr, self.__args__)) if self.__args__ else "()"
        return f"{name}[{args}]"

    def _given(self, args):
        return args

    def __reduce__(self):
        import operator
        origin = getattr(typing, self._name) if self._name else self.__origin__
        args = self._given(tuple(self.__args__))
        return operator.getitem, (origin, args[0] if len(args) == 1 and not isinstance(args[0], tuple) else args)

    def __iter__(self):
        yield typing.Unpack[self]


class _SpecialGenericAlias(_BaseGenericAlias):
    """List, Dict and the like without arguments."""

    __iter__ = None

    def __init__(self, origin, nparams, *, inst=True, name=None, defaults=()):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams, self._defaults = nparams, defaults
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple(_type_check(p, "Parameters to generic types must be types.") for p in params)
        if self._defaults:
            params += self._defaults[len(params) - self._nparams:] if len(params) < self._nparams else ()
        _check_count(self, params, self._nparams, "at least " * bool(self._defaults), self._nparams - len(self._defaults))
        return self.copy_with(params)

    def copy_with(self, params):
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        return f"typing.{self._name}"

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if isinstance(cls, _GenericAlias):
            return super().__subclasscheck__(cls)
        return issubclass(cls, self.__origin__)

    def __reduce__(self):
        return self._name


def _check_count(cls, params, expected, least="", shown=None):
    if expected < 0 or len(params) == expected:
        return
    many = "many" if len(params) > expected else "few"
    raise TypeError(f"Too {many} arguments for {cls}; actual {len(params)}, expected {least}{expected if shown is None else shown}")


class _CallableGenericAlias(_GenericAlias):
    __iter__ = None

    def _given(self, args):
        return args if len(args) == 2 and _is_param_expr(args[0]) else (list(args[:-1]), args[-1])

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"

    def copy_with(self, args):
        return _CallableGenericAlias(self.__origin__, tuple(args), name=self._name, inst=self._inst)


class _CallableType(_SpecialGenericAlias):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        if isinstance(args, (list, tuple)):
            args = tuple(_type_convert(a) for a in args)
        elif _is_param_expr(args):
            args = (args,)
        else:
            raise TypeError(f"Callable[args, result]: args must be a list. Got {args}")
        return _CallableGenericAlias(self.__origin__, args + (result,), name=self._name, inst=self._inst)


class _TupleType(_SpecialGenericAlias):
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if len(params) >= 2 and params[-1] is ...:
            checked = tuple(_type_check(p, "Tuple[t, ...]: t must be a type.") for p in params[:-1]) + (...,)
            return self.copy_with(checked)
        return self.copy_with(tuple(_type_check(p, "Tuple[t0, t1, ...]: each t must be a type.") for p in params))
