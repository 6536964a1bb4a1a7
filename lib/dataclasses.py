"""Classes that are mostly fields: the decorator writes __init__, __repr__, __eq__ and others from the annotations."""

import sys as _sys

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict", "astuple", "make_dataclass", "replace",
           "is_dataclass"]

_MappingProxy = type(type.__dict__)
_GenericAlias = type(list[int])


class FrozenInstanceError(AttributeError):
    pass


class _Factory:
    """The default of a parameter whose field has a default_factory."""

    def __repr__(self):
        return "<factory>"


class _MISSING_TYPE:
    pass


class _KW_ONLY_TYPE:
    pass


class _FieldKind:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_HAS_DEFAULT_FACTORY = _Factory()
MISSING = _MISSING_TYPE()
KW_ONLY = _KW_ONLY_TYPE()
_FIELD = _FieldKind("_FIELD")
_FIELD_CLASSVAR = _FieldKind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FieldKind("_FIELD_INITVAR")
_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_EMPTY_METADATA = _MappingProxy({})


class InitVar:
    """The annotation of a parameter of __init__ that is handed to __post_init__ and not kept."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        shown = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{shown}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of a field. Made by field() and the decorator."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else _MappingProxy(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return _guarded(self, _show_field)

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)

    __class_getitem__ = classmethod(_GenericAlias)


_shown_now = set()


def _guarded(obj, show):
    """show(obj), or three dots where obj is being shown already."""
    key = id(obj)
    if key in _shown_now:
        return "..."
    _shown_now.add(key)
    try:
        return show(obj)
    finally:
        _shown_now.discard(key)


def _show_field(f):
    names = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")
    shown = ",".join([f"{name}={getattr(f, name)!r}" for name in names])
    return f"Field({shown},_field_type={f._field_type})"


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots", "weakref_slot")

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen
        self.match_args = match_args
        self.kw_only = kw_only
        self.slots = slots
        self.weakref_slot = weakref_slot

    def __repr__(self):
        return "_DataclassParams(%s)" % ",".join([f"{name}={getattr(self, name)!r}" for name in self.__slots__])


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """Says more about a field than its default: written in the place of the default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _Writer:
    """Collects the source of methods; compiles them together, since each compilation has its price."""

    def __init__(self, globals):
        self.globals = globals
        self.values = {}
        self.made = []  # (name, decorator or None, what to say where the class has the method, whether to put it there all the same)
        self.lines = []

    def add(self, name, params, body, returns="", decorator=None, clash=False, always=False):
        """A method: params as a list of texts, body as lines."""
        self.made.append((name, decorator, clash, always))
        self.lines.append(f" def {name}({','.join(params)}){returns}:")
        self.lines += ["  " + line for line in body]

    def put_into(self, cls):
        if not self.made:
            return
        names = [made[0] for made in self.made]
        source = f"def __create_fn__({','.join(self.values)}):\n" + "\n".join(self.lines) + f"\n return {','.join(names)},"
        space = {}
        exec(source, self.globals, space)
        functions = space["__create_fn__"](**self.values)
        for function, (name, decorator, clash, always) in zip(functions, self.made):
            if decorator is not None:
                function = decorator(function)
            function.__qualname__ = f"{cls.__qualname__}.{name}"
            if always or name not in cls.__dict__:
                setattr(cls, name, function)
            elif clash:
                message = f"Cannot overwrite attribute {name} in class {cls.__name__}"
                raise TypeError(message if clash is True else f"{message} {clash}")


def _write_init(writer, fields, positional, named, frozen, has_post_init, self_name, slots):
    with_default = None
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            with_default = f
        elif with_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument {with_default.name!r}")
    values = writer.values
    values["__dataclass_HAS_DEFAULT_FACTORY__"] = _HAS_DEFAULT_FACTORY
    values["__dataclass_builtins_object__"] = object
    body = []
    for f in fields:
        values[f"__dataclass_type_{f.name}__"] = f.type
        value = _initial_value(f, values, slots)
        if value is None or f._field_type is _FIELD_INITVAR:
            continue
        if frozen:
            body.append(f"__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})")
        else:
            body.append(f"{self_name}.{f.name}={value}")
    if has_post_init:
        body.append(f"{self_name}.__post_init__({','.join([f.name for f in fields if f._field_type is _FIELD_INITVAR])})")
    params = [self_name, *map(_parameter, positional)]
    if named:
        params += ["*", *map(_parameter, named)]
    values["__dataclass___init___return_type__"] = None
    writer.add("__init__", params, body or ["pass"], "->__dataclass___init___return_type__")


def _initial_value(f, values, slots):
    """The source of what __init__ gives the field, or None where it gives nothing."""
    default = f"__dataclass_dflt_{f.name}__"
    if f.default_factory is not MISSING:
        values[default] = f.default_factory
        return f"{default}() if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}" if f.init else f"{default}()"
    if f.default is not MISSING and (f.init or slots):
        values[default] = f.default
    if f.init:
        return f.name
    return default if slots and f.default is not MISSING else None


def _parameter(f):
    if f.default is not MISSING:
        default = f"=__dataclass_dflt_{f.name}__"
    else:
        default = "" if f.default_factory is MISSING else "=__dataclass_HAS_DEFAULT_FACTORY__"
    return f"{f.name}:__dataclass_type_{f.name}__{default}"


def _write_repr(writer, fields):
    from reprlib import recursive_repr
    shown = ", ".join([f"{f.name}={{self.{f.name}!r}}" for f in fields if f.repr])
    writer.add("__repr__", ["self"], [f'return f"{{self.__class__.__qualname__}}({shown})"'], decorator=recursive_repr())


def _tuple_source(obj, fields):
    return f"({','.join([f'{obj}.{f.name}' for f in fields])},)" if fields else "()"


def _write_comparisons(writer, fields, eq, order):
    compared = [f for f in fields if f.compare]
    if eq:
        same = " and ".join([f"self.{f.name}==other.{f.name}" for f in compared]) or "True"
        writer.add("__eq__", ["self", "other"], ["if self is other:", " return True", "if other.__class__ is self.__class__:", f" return {same}",
                                                 "return NotImplemented"])
    if order:
        ours, theirs = _tuple_source("self", compared), _tuple_source("other", compared)
        for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            body = ["if other.__class__ is self.__class__:", f" return {ours}{sign}{theirs}", "return NotImplemented"]
            writer.add(name, ["self", "other"], body, clash="Consider using functools.total_ordering")


def _write_frozen(writer, cls, fields):
    writer.values["cls"] = cls
    writer.values["FrozenInstanceError"] = FrozenInstanceError
    condition = "type(self) is cls"
    if fields:
        condition += " or name in {" + ", ".join([repr(f.name) for f in fields]) + "}"
    for name, params, verb in (("__setattr__", ["self", "name", "value"], "assign to"), ("__delattr__", ["self", "name"], "delete")):
        body = [f"if {condition}:", f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")', f"super(cls, self).{name}({', '.join(params[1:])})"]
        writer.add(name, params, body, clash=True)


def _write_hash(writer, cls, fields, unsafe_hash, eq, frozen, explicit):
    """The table of the documentation of unsafe_hash."""
    if unsafe_hash and explicit:
        raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    if unsafe_hash or eq and frozen and not explicit:
        hashed = [f for f in fields if (f.compare if f.hash is None else f.hash)]
        writer.add("__hash__", ["self"], [f"return hash({_tuple_source('self', hashed)})"], always=True)
    elif eq and not explicit:
        cls.__hash__ = None


def _is_classvar(annotation, typing):
    return annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar


def _is_initvar(annotation, dataclasses):
    return annotation is dataclasses.InitVar or type(annotation) is dataclasses.InitVar


def _is_kw_only(annotation, dataclasses):
    return annotation is dataclasses.KW_ONLY


def _word(text):
    """(the identifier characters that text begins with, the rest), without the blanks around them."""
    text = text.lstrip()
    end = 0
    while end < len(text) and (text[end] == "_" or text[end].isalnum()):
        end += 1
    return text[:end], text[end:].lstrip()


def _text_means(annotation, cls, module, kind, predicate):
    """Does an annotation that is a text begin with a name that stands for kind, alone or behind the name of its module?"""
    first, rest = _word(annotation)
    own = _sys.modules.get(cls.__module__)
    if not first or own is None:
        return False
    if rest[:1] == "." and (second := _word(rest[1:])[0]):
        if own.__dict__.get(first) is not module:
            return False
        return predicate(_sys.modules[kind.__module__].__dict__.get(second), module)
    return predicate(own.__dict__.get(first), module)


def _means(annotation, cls, module, kind, predicate):
    return predicate(annotation, module) or isinstance(annotation, str) and _text_means(annotation, cls, module, kind, predicate)


def _make_field(cls, name, annotation, kw_only):
    """The Field of an annotated name."""
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default) is type(Field.name):  # the descriptor of a slot
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = _FIELD
    typing = _sys.modules.get("typing")
    if typing and _means(annotation, cls, typing, typing.ClassVar, _is_classvar):
        f._field_type = _FIELD_CLASSVAR
    elif _means(annotation, cls, _sys.modules[__name__], InitVar, _is_initvar):
        f._field_type = _FIELD_INITVAR
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {f.name} cannot have a default factory")
    if f._field_type is not _FIELD_CLASSVAR:
        if f.kw_only is MISSING:
            f.kw_only = kw_only
    elif f.kw_only is not MISSING:
        raise TypeError(f"field {f.name} is a ClassVar but specifies kw_only")
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory")
    return f


def _inherited(cls, frozen):
    """The fields of the bases."""
    found = {}
    base_frozen = []
    for base in cls.__mro__[-1:0:-1]:
        fields = getattr(base, _FIELDS, None)
        if fields is not None:
            found.update((f.name, f) for f in fields.values())
            base_frozen.append(getattr(base, _PARAMS).frozen)
    return found, base_frozen


def _own_fields(cls, kw_only):
    """The fields that the class itself annotates; their defaults become its attributes."""
    annotations = cls.__dict__.get("__annotations__") or {}
    this = _sys.modules[__name__]
    found = []
    seen = False
    for name, annotation in annotations.items():
        if _means(annotation, cls, this, KW_ONLY, _is_kw_only):
            if seen:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen = kw_only = True
        else:
            found.append(_make_field(cls, name, annotation, kw_only))
    for f in found:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return found


def _process(cls, params):
    namespace = _sys.modules[cls.__module__].__dict__ if cls.__module__ in _sys.modules else {}
    setattr(cls, _PARAMS, params)
    frozen = params.frozen
    fields, base_frozen = _inherited(cls, frozen)
    fields.update((f.name, f) for f in _own_fields(cls, params.kw_only))
    if base_frozen and any(base_frozen) and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if base_frozen and not all(base_frozen) and frozen:
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, fields)
    own_hash = cls.__dict__.get("__hash__", MISSING)
    explicit_hash = not (own_hash is MISSING or own_hash is None and "__eq__" in cls.__dict__)
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    given = [f for f in fields.values() if f._field_type is not _FIELD_CLASSVAR]
    positional = [f for f in given if f.init and not f.kw_only]
    named = [f for f in given if f.init and f.kw_only]
    kept = [f for f in fields.values() if f._field_type is _FIELD]
    writer = _Writer(namespace)
    if params.init:
        _write_init(writer, given, positional, named, frozen, hasattr(cls, "__post_init__"), "__dataclass_self__" if "self" in fields else "self",
                    params.slots)
    if "__replace__" not in cls.__dict__:
        cls.__replace__ = _replace
    if params.repr:
        _write_repr(writer, kept)
    _write_comparisons(writer, kept, params.eq, params.order)
    if frozen:
        _write_frozen(writer, cls, kept)
    _write_hash(writer, cls, kept, params.unsafe_hash, params.eq, frozen, explicit_hash)
    writer.put_into(cls)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature_text(cls, positional, named, params.init)
    if params.match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in positional)
    if params.weakref_slot and not params.slots:
        raise TypeError("weakref_slot is True but slots is False")
    if params.slots:
        cls = _with_slots(cls, frozen, params.weakref_slot)
    if hasattr(cls, "__abstractmethods__"):
        import abc
        abc.update_abstractmethods(cls)
    return cls


def _signature_text(cls, positional, named, init):
    """What inspect.signature() shows of the class; without inspect where __init__ is the one that was written here."""
    if not init and cls.__init__ is object.__init__:
        positional, named, init = (), (), True
    if not init or cls.__new__ is not object.__new__ or type(cls).__call__ is not type.__call__:
        try:
            import inspect
            return str(inspect.signature(cls)).replace(" -> None", "")
        except (ImportError, TypeError, ValueError):
            return ""
    params = [_shown_parameter(f) for f in positional]
    if named:
        params += ["*", *map(_shown_parameter, named)]
    return f"({', '.join(params)})"


def _shown_parameter(f):
    shown = f.type
    if isinstance(shown, type) and not isinstance(shown, _GenericAlias):
        shown = shown.__qualname__ if shown.__module__ == "builtins" else f"{shown.__module__}.{shown.__qualname__}"
    elif getattr(shown, "__module__", None) == "typing":
        shown = repr(shown).replace("typing.", "")
    else:
        shown = repr(shown)
    if f.default is MISSING and f.default_factory is MISSING:
        return f"{f.name}: {shown}"
    return f"{f.name}: {shown} = {_HAS_DEFAULT_FACTORY if f.default is MISSING else f.default!r}"


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__")
    if slots is None:
        return [name for name in ("__weakref__", "__dict__") if name in cls.__dict__]
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__") or not hasattr(slots, "__iter__"):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return slots


def _with_slots(cls, frozen, weakref_slot):
    """A class like cls that keeps its fields in slots."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    names = tuple(f.name for f in fields(cls))
    inherited = set()
    for base in cls.__mro__[1:-1]:
        inherited.update(_slots_of(base))
    wanted = names + ("__weakref__",) if weakref_slot else names
    namespace["__slots__"] = tuple(name for name in wanted if name not in inherited)
    for name in names + ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    qualname = getattr(cls, "__qualname__", None)
    cls = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        cls.__qualname__ = qualname
    if frozen:
        if "__getstate__" not in namespace:
            cls.__getstate__ = _dataclass_getstate
        if "__setstate__" not in namespace:
            cls.__setstate__ = _dataclass_setstate
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
              weakref_slot=False):
    """Class decorator: adds the methods that follow from the annotated fields."""
    def wrap(cls):
        return _process(cls, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot))
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass or of an instance of one, as a tuple."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    """Is obj a dataclass, or an instance of one?"""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


_ATOMIC = frozenset((type(None), bool, int, float, str, complex, bytes, type(...), type(NotImplemented), type(field), type(len),
                     type(field.__code__), type, range, property))


def asdict(obj, *, dict_factory=dict):
    """The fields of an instance as a dict; so are dataclasses inside it, in lists, tuples and dicts too. What else it holds is copied."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("asdict() should be called on dataclass instances")
    return _converted(obj, lambda pairs: dict_factory(pairs))


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields of an instance as a tuple; so are dataclasses inside it, in lists, tuples and dicts too. What else it holds is copied."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("astuple() should be called on dataclass instances")
    return _converted(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def _converted(obj, make):
    """obj with every dataclass in it replaced by make([(name, value), ...])."""
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if hasattr(kind, _FIELDS):
        return make([(f.name, _converted(getattr(obj, f.name), make)) for f in fields(obj)])
    if issubclass(kind, (list, tuple)):
        if hasattr(obj, "_fields") and issubclass(kind, tuple):  # a named tuple takes its values one by one
            return kind(*[_converted(each, make) for each in obj])
        return kind([_converted(each, make) for each in obj])
    if issubclass(kind, dict):
        pairs = [(_converted(key, make), _converted(value, make)) for key, value in obj.items()]
        if not hasattr(kind, "default_factory"):
            return kind(pairs)
        result = kind(obj.default_factory)
        for key, value in pairs:
            result[key] = value
        return result
    import copy
    return copy.deepcopy(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
                   match_args=True, kw_only=False, slots=False, weakref_slot=False, module=None):
    """A dataclass from names: each of fields is a name, (name, type) or (name, type, field or default)."""
    import types
    from keyword import iskeyword
    annotations, defaults = {}, {}
    for item in fields:
        annotation = "typing.Any"
        if isinstance(item, str):
            name = item
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation

    def fill(ns):
        ns.update(namespace or {})
        ns.update(defaults)
        ns["__annotations__"] = annotations
    cls = types.new_class(cls_name, bases, {}, fill)
    if module is None:
        module = _sys._getframemodulename(1) or "__main__"
    cls.__module__ = module
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args, kw_only=kw_only,
                     slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new object of the same class with some fields changed."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
