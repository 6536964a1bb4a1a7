"""Type hints: functions that mark and pass on."""

import sys

__name__ = "typing"  # where its names belong


def cast(typ, val):
    """Return val; it is said to be of type typ."""
    return val


def assert_type(val, typ, /):
    """Return val; type checkers confirm its type."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg, /):
    """For code that cannot be reached: raises AssertionError."""
    value = repr(arg)
    if len(value) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        value = value[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def reveal_type(obj, /):
    """Print the type of obj to sys.stderr, and return obj."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def _mark(obj, name):
    try:
        setattr(obj, name, True)
    except (AttributeError, TypeError):
        pass
    return obj


def final(f):
    """Mark a method or class as final."""
    return _mark(f, "__final__")


def override(method, /):
    """Mark a method as one that overrides another."""
    return _mark(method, "__override__")


def no_type_check(arg):
    """Mark: annotations are not type hints."""
    if isinstance(arg, type):
        import types
        for name in dir(arg):
            value = getattr(arg, name, None)
            if getattr(value, "__module__", None) != arg.__module__ or \
                    getattr(value, "__qualname__", None) != f"{arg.__qualname__}.{getattr(value, '__name__', None)}":
                continue # not its own
            if isinstance(value, types.MethodType):
                value.__func__.__no_type_check__ = True
            elif isinstance(value, (types.FunctionType, type)):
                no_type_check(value)
    return _mark(arg, "__no_type_check__")


def no_type_check_decorator(decorator):
    """Decorator to give another decorator the @no_type_check effect."""
    import functools
    import warnings
    warnings.warn("'typing.no_type_check_decorator' is deprecated and slated for removal in Python 3.15", DeprecationWarning, stacklevel=2)

    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False, field_specifiers=(),
                        **kwargs):
    """Mark: the class or decorator works like dataclasses.dataclass."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default,
            "frozen_default": frozen_default, "field_specifiers": field_specifiers, "kwargs": kwargs}
        return cls_or_fn
    return decorator


def _tp_cache(func=None, /, *, typed=False):
    """Keep what a function of hints gives; for arguments that cannot be hashed it is called again."""
    import functools

    def decorated(func):
        kept = functools.lru_cache(typed=typed)(func)

        @functools.wraps(func)
        def call(*args, **kwargs):
            try:
                return kept(*args, **kwargs)
            except TypeError: # not hashable, or refused: then again
                return func(*args, **kwargs)
        return call
    return decorated if func is None else decorated(func)


_overloads = {}


def _overload_dummy(*args, **kwds):
    """Stands for an overloaded function without implementation."""
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions outside a stub "
                              "module should always be followed by an implementation that is not @overload-ed.")


def overload(func):
    """Decorator for overloaded functions."""
    f = getattr(func, "__func__", func)
    try:
        _overloads.setdefault((f.__module__, f.__qualname__), {})[f.__code__.co_firstlineno] = func
    except AttributeError:
        pass
    return _overload_dummy


def get_overloads(func):
    """The overloads of a function."""
    f = getattr(func, "__func__", func)
    return list(_overloads.get((f.__module__, f.__qualname__), {}).values())


def clear_overloads():
    """Forget all overloads."""
    _overloads.clear()
