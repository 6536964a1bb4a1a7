"""Classes of records: dataclass, field, fields, asdict, astuple, replace."""


class _Missing:
    def __repr__(self):
        return "MISSING"


MISSING, KW_ONLY = _Missing(), type("KW_ONLY", (), {})


class FrozenInstanceError(AttributeError):
    """A field of a frozen record cannot be set."""


class Field:
    """One field: name, type, default, default_factory, and which methods look at it."""

    __slots__ = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory, self.init, self.repr = default, default_factory, init, repr
        self.hash, self.compare, self.metadata, self.kw_only = hash, compare, metadata or {}, kw_only


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """What stands for a field in the body of a class where its default alone does not tell enough."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _fields_of(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(getattr(base, "__dataclass_fields__", {}))
    for name, kind in cls.__dict__.get("__annotations__", {}).items():
        if kind is KW_ONLY:
            kw_only = True
            continue
        if getattr(kind, "__qualname__", "") == "ClassVar" or str(kind).startswith("typing.ClassVar"):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
        f.name, f.type = name, kind
        f.kw_only = kw_only if f.kw_only is MISSING else f.kw_only
        if f.default is not MISSING:
            setattr(cls, name, f.default)
        elif isinstance(default, Field):
            delattr(cls, name)
        found[name] = f
    return found


def _write_init(cls, rows, frozen):
    """The source of __init__; defaults are looked up in the fields."""
    positional = [f for f in rows if f.init and not f.kw_only]
    named = [f for f in rows if f.init and f.kw_only]
    seen = None
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen = f
        elif seen:
            raise TypeError(f"non-default argument {f.name!r} follows default argument {seen.name!r}")
    parameters = [f.name if f.default is MISSING and f.default_factory is MISSING else f"{f.name}=_missing" for f in positional]
    if named:
        parameters += ["*"] + [f.name if f.default is MISSING and f.default_factory is MISSING else f"{f.name}=_missing" for f in named]
    lines = [f"def __init__(self, {', '.join(parameters)}):"]
    for f in rows:
        value = f.name if f.init else "_missing"
        if f.default_factory is not MISSING:
            value = f"_fields[{f.name!r}].default_factory() if {value} is _missing else {value}"
        elif f.default is not MISSING:
            value = f"_fields[{f.name!r}].default if {value} is _missing else {value}"
        elif not f.init:
            continue
        lines.append(f" _set(self, {f.name!r}, {value})" if frozen else f" self.{f.name} = {value}")
    lines.append(" self.__post_init__()" if hasattr(cls, "__post_init__") else " pass")
    names = {"_missing": MISSING, "_fields": cls.__dataclass_fields__, "_set": object.__setattr__}
    exec("\n".join(lines), names)
    return names["__init__"]


def _key(self):
    return tuple([getattr(self, f.name) for f in self.__dataclass_fields__.values() if f.compare])


def _repr(self):
    shown = ", ".join([f"{f.name}={getattr(self, f.name)!r}" for f in self.__dataclass_fields__.values() if f.repr])
    return f"{type(self).__qualname__}({shown})"


def _compared(compare):
    return lambda self, other: compare(_key(self), _key(other)) if type(other) is type(self) else NotImplemented


def _refuse_set(self, name, value):
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self, name):
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _put(cls, name, function, force=False):
    if force or name not in cls.__dict__:
        function.__name__, function.__qualname__ = name, f"{cls.__qualname__}.{name}"
        setattr(cls, name, function)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False):
    """Class decorator: the annotated names become fields, with __init__, __repr__, __eq__ and the like."""
    if cls is None:
        return lambda cls: dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
                                     kw_only=kw_only, slots=slots)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    cls.__dataclass_fields__ = _fields_of(cls, kw_only)
    rows = list(cls.__dataclass_fields__.values())
    if init:
        _put(cls, "__init__", _write_init(cls, rows, frozen), True)
    if repr:
        _put(cls, "__repr__", lambda self: _repr(self))
    if eq:
        _put(cls, "__eq__", _compared(lambda a, b: a == b))
    if order:
        for name, compare in (("__lt__", lambda a, b: a < b), ("__le__", lambda a, b: a <= b), ("__gt__", lambda a, b: a > b), ("__ge__", lambda a, b: a >= b)):
            _put(cls, name, _compared(compare))
    if unsafe_hash or (eq and frozen):
        _put(cls, "__hash__", lambda self: hash(_key(self)))
    elif eq and "__hash__" not in cls.__dict__:
        cls.__hash__ = None
    if frozen:
        _put(cls, "__setattr__", lambda self, name, value: _refuse_set(self, name, value))
        _put(cls, "__delattr__", lambda self, name: _refuse_delete(self, name))
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in rows if f.init and not f.kw_only])
    return cls


def is_dataclass(obj):
    """Is it a class of records, or one of them?"""
    return hasattr(obj, "__dataclass_fields__")


def fields(class_or_instance):
    """The fields, in order."""
    if not is_dataclass(class_or_instance):
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(class_or_instance.__dataclass_fields__.values())


def _plain(value, make):
    if is_dataclass(value) and not isinstance(value, type):
        return make([(f.name, _plain(getattr(value, f.name), make)) for f in fields(value)])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(each, make) for each in value])
    if isinstance(value, dict):
        return {key: _plain(each, make) for key, each in value.items()}
    return value


def asdict(obj, *, dict_factory=dict):
    """A record, and those inside it, as dicts."""
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    """A record, and those inside it, as tuples."""
    return _plain(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def replace(obj, /, **changes):
    """A record with other values."""
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)
