"""Abstract base classes (PEP 3119)."""

from _krait import set_pattern_kind as _set_pattern_kind
from _weakref import ref as _ref

_token = 0  # grows with every registration; negative caches older than it are stale


def abstractmethod(funcobj):
    """Mark a method that concrete subclasses must override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Deprecated: classmethod over abstractmethod does the same."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    """Deprecated: staticmethod over abstractmethod does the same."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    """Deprecated: property over abstractmethod does the same."""

    __isabstractmethod__ = True


class _State:
    """What an abstract class knows: the classes registered, and answers given before. All weakly."""

    __slots__ = ("registry", "cache", "negative", "version")

    def __init__(self):
        self.registry = set()
        self.cache = set()
        self.negative = set()
        self.version = _token


def _remember(where, cls):
    where.add(_ref(cls, where.discard))


def _abstract_names(cls, namespace):
    names = {name for name, value in namespace if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


def _mark_pattern(cls, kind):
    if _set_pattern_kind(cls, kind):  # builtin types keep what they have
        for sub in type.__subclasses__(cls):
            _mark_pattern(sub, kind)


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, list(namespace.items()))
        cls._abc_impl = _State()
        kind = namespace.get("_abc_pattern")
        if kind is not None:
            _set_pattern_kind(cls, kind)
        return cls

    def register(cls, subclass):
        """Make a class a virtual subclass of this one. Returns the class, so that it works as a decorator."""
        global _token
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        plain = type(subclass) is type # no need to ask the hooks of all classes: to register one that they know changes nothing
        if cls in subclass.__mro__ if plain else issubclass(subclass, cls):
            return subclass
        if subclass in cls.__mro__ if plain else issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        _remember(cls._abc_impl.registry, subclass)
        _token += 1
        for base in cls.__mro__:
            kind = base.__dict__.get("_abc_pattern")
            if kind is not None:
                _mark_pattern(subclass, kind)
                break
        return subclass

    def __instancecheck__(cls, instance):
        """isinstance(instance, cls), by registration too."""
        subclass = instance.__class__
        subtype = type(instance)
        state = cls._abc_impl
        if _ref(subclass) in state.cache:
            return True
        if subtype is subclass:
            if state.version == _token and _ref(subclass) in state.negative:
                return False
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        """issubclass(subclass, cls), by registration too."""
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        state = cls._abc_impl
        if _ref(subclass) in state.cache:
            return True
        if state.version != _token:
            state.negative = set()
            state.version = _token
        elif _ref(subclass) in state.negative:
            return False
        found = cls._abc_find(subclass, state)
        _remember(state.cache if found else state.negative, subclass)
        return found

    def _abc_find(cls, subclass, state):
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            if not isinstance(answer, bool):
                raise AssertionError(f"__subclasshook__ must return either False, True, or NotImplemented")
            return answer
        if cls in getattr(subclass, "__mro__", ()):
            return True
        for r in list(state.registry):
            registered = r()
            if registered is not None and issubclass(subclass, registered):
                return True
        return any(issubclass(subclass, sub) for sub in type.__subclasses__(cls))

    def _dump_registry(cls, file=None):
        """Print what is registered, for people who look for errors."""
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        state = cls._abc_impl
        print(f"_abc_registry: {state.registry!r}", file=file)
        print(f"_abc_cache: {state.cache!r}", file=file)
        print(f"_abc_negative_cache: {state.negative!r}", file=file)
        print(f"_abc_negative_cache_version: {state.version!r}", file=file)

    def _abc_registry_clear(cls):
        """Forget what is registered; for tests."""
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        """Forget what was found out; for tests."""
        cls._abc_impl.cache.clear()
        cls._abc_impl.negative.clear()


class ABC(metaclass=ABCMeta):
    """Helper class: inherit from it to make an abstract base class."""

    __slots__ = ()


def get_cache_token():
    """A value that changes with every call to register() on any abstract class."""
    return _token


def update_abstractmethods(cls):
    """Compute again which methods of a class are abstract, after it was changed. Returns the class."""
    if not hasattr(cls, "__abstractmethods__"):
        return cls
    cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__.items())
    return cls
