"""Abstract base classes (PEP 3119), as a device has them: who is a subclass is found out anew each time."""

from _krait import set_pattern_kind
from _weakref import ref


def abstractmethod(funcobj):
    """Mark a method that concrete subclasses must override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


def update_abstractmethods(cls):
    """Compute again which methods of a class are abstract, after it was changed. Returns the class."""
    names = [name for name, value in cls.__dict__.items() if getattr(value, "__isabstractmethod__", False)]
    inherited = [name for base in cls.__bases__ for name in getattr(base, "__abstractmethods__", ())]
    cls.__abstractmethods__ = frozenset(names + [name for name in inherited if getattr(getattr(cls, name, None), "__isabstractmethod__", False)])
    return cls


def _mark_pattern(cls, kind):
    if set_pattern_kind(cls, kind):  # builtin types keep what they have
        for sub in type.__subclasses__(cls):
            _mark_pattern(sub, kind)


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = update_abstractmethods(super().__new__(mcls, name, bases, namespace, **kwargs))
        if "_abc_pattern" in namespace:
            set_pattern_kind(cls, namespace["_abc_pattern"])
        return cls

    def register(cls, subclass):
        """Make a class a virtual subclass of this one. Returns the class, so that it works as a decorator."""
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_registry = cls.__dict__.get("_abc_registry", ()) + (ref(subclass),)
        if hasattr(cls, "_abc_pattern"):
            _mark_pattern(subclass, cls._abc_pattern)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance)) or instance.__class__ is not type(instance) and cls.__subclasscheck__(instance.__class__)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            return answer
        if cls in subclass.__mro__:
            return True
        known = [one() for one in cls.__dict__.get("_abc_registry", ())] + type.__subclasses__(cls)
        return any([one is not None and issubclass(subclass, one) for one in known])


class ABC(metaclass=ABCMeta):
    """Helper class: inherit from it to make an abstract base class."""

    __slots__ = ()
