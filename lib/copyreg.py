"""How objects are taken apart and put together again, for pickle and copy."""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Register the function that reduces instances of a type."""
    _check("reduction functions", pickle_function)
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that an object can be used as a constructor."""
    _check("constructors", object)


def _check(what, function):
    if not callable(function):
        raise TypeError(f"{what} must be callable")


def pickle_complex(number):
    return complex, (number.real, number.imag)


def pickle_union(union):
    from functools import reduce
    from operator import or_
    return reduce, (or_, union.__args__)


dispatch_table |= {complex: pickle_complex, type(int | str): pickle_union}


def _reconstructor(cls, base, state):
    """A new object of cls: base, a type of C, is asked to make it from its part of the state."""
    arguments = () if base is object else (state,)
    made = base.__new__(cls, *arguments)
    if arguments and base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


_HEAPTYPE = 1 << 9


def _reduce_ex(self, proto):
    """Reduction for protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    for base in cls.__mro__:
        if hasattr(base, "__flags__") and not base.__flags__ & _HEAPTYPE and base.__module__ != "typing": # Generic holds nothing
            break
        new = base.__dict__.get("__new__")
        if isinstance(new, type(len)) and getattr(new, "__self__", None) is base:
            break
    else:
        base = object
    if base is object:
        state = None
    else:
        if base is cls:
            raise TypeError(f"cannot pickle {cls.__name__!r} object")
        state = base(self)
    more = _rest(self, proto)
    return (_reconstructor, (cls, base, state), more) if more else (_reconstructor, (cls, base, state))


def _rest(self, proto):
    """What __getstate__ gives, or the attributes; TypeError for slots that only object would look after."""
    has_slots = bool(getattr(self, "__slots__", None))
    try:
        getstate = self.__getstate__
    except AttributeError:
        if has_slots:
            raise TypeError(f"cannot pickle {self.__class__.__name__!r} object: a class that defines __slots__ without defining "
                            f"__getstate__ cannot be pickled with protocol {proto}") from None
        return getattr(self, "__dict__", None)
    if has_slots and getattr(type(self), "__getstate__", None) is object.__getstate__:
        raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
    return getstate()


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """For classes with keyword-only arguments of __new__."""
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    """The names of all __slots__ of a class and its bases, mangled as they are stored; a list that the class keeps."""
    kept = vars(cls).get("__slotnames__")
    if kept is None:
        kept = [_stored(name, owner) for owner in getattr(cls, "__mro__", ()) for name in _own_slots(owner)]
        try:
            cls.__slotnames__ = kept
        except Exception:
            pass # a class that cannot be changed: it is asked again next time
    return kept


def _own_slots(cls):
    slots = vars(cls).get("__slots__", ())
    return [name for name in ([slots] if isinstance(slots, str) else slots) if name not in ("__dict__", "__weakref__")]


def _stored(name, owner):
    """The name of an attribute as it is stored: a private one has its class in it."""
    prefix = owner.__name__.lstrip("_")
    return f"_{prefix}{name}" if prefix and name[:2] == "__" != name[-2:] else name


_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Let pickles name module.name by a number."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = (module, name)
    known, owner = _extension_registry.setdefault(key, code), _inverted_registry.get(code, key)
    if known != code:
        raise ValueError(f"key {key} is already registered with code {known}")
    if owner != key:
        del _extension_registry[key]
        raise ValueError(f"code {code} is already in use for key {owner}")
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Undo add_extension(); for tests."""
    key = (module, name)
    if (_extension_registry.get(key), _inverted_registry.get(code)) != (code, key):
        raise ValueError(f"key {key} is not registered with code {code}")
    for table, entry in ((_extension_registry, key), (_inverted_registry, code)):
        del table[entry]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
