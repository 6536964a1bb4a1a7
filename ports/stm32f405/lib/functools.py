"""Functions of functions: those that a device has."""

from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=("__dict__",)):
    """Make wrapper look like wrapped."""
    for name in assigned:
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=("__dict__",)):
    """Decorator: update_wrapper() of what is decorated."""
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def lru_cache(maxsize=128, typed=False):
    """Decorator: results of the last maxsize arguments, None: of all, are kept."""
    if callable(maxsize):
        return lru_cache()(maxsize)

    def decorate(function):
        wrapper = _lru_cache_wrapper(function, maxsize, typed, lambda *figures: figures)
        return update_wrapper(wrapper, function)
    return decorate


def cache(function):
    """lru_cache() without a limit."""
    return lru_cache(None)(function)


class cached_property:
    """A property whose value is computed once and kept in the instance."""

    def __init__(self, func):
        self.func, self.__doc__ = func, func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value


def total_ordering(cls):
    """Class decorator: the missing of <, <=, > and >= are made of one of them and ==."""
    made = {
        "__lt__": {"__gt__": lambda a, b: not (a < b or a == b), "__le__": lambda a, b: a < b or a == b, "__ge__": lambda a, b: not a < b},
        "__le__": {"__ge__": lambda a, b: not a <= b or a == b, "__lt__": lambda a, b: a <= b and not a == b, "__gt__": lambda a, b: not a <= b},
        "__gt__": {"__lt__": lambda a, b: not (a > b or a == b), "__ge__": lambda a, b: a > b or a == b, "__le__": lambda a, b: not a > b},
        "__ge__": {"__le__": lambda a, b: not a >= b or a == b, "__gt__": lambda a, b: a >= b and not a == b, "__lt__": lambda a, b: not a >= b},
    }
    for root, others in made.items():
        if getattr(cls, root) is not getattr(object, root):
            for name, function in others.items():
                if getattr(cls, name) is getattr(object, name):
                    function.__name__ = name
                    setattr(cls, name, function)
            return cls
    raise ValueError("must define at least one ordering operation: < > <= >=")
