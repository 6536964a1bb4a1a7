"""Functions that make or change functions."""

from _weakref import ref as _ref
from types import GenericAlias as _GenericAlias

try:
    from _thread import RLock
except ImportError:  # a system without threads
    RLock = None
try:
    from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
except ImportError:  # a system without it
    from _functools_plain import _lru_cache_wrapper, cmp_to_key, partial, reduce

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key", "lru_cache",
           "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)
_missing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper function look like the function that it wraps."""
    for attr in assigned:
        try:
            value = getattr(wrapped, attr)
        except AttributeError:
            continue
        setattr(wrapper, attr, value)
    for attr in updated:
        getattr(wrapper, attr).update(getattr(wrapped, attr, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator: update_wrapper() with the wrapped function given."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- partial ----


class partialmethod:
    """partial() for methods."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"functools.partialmethod({', '.join(parts)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None and not isinstance(self.func, partial):
            new_func = get(obj, cls)
            if new_func is not self.func:
                result = partial(new_func, *self.args, **self.keywords)
                try:
                    result.__self__ = new_func.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Caches ----


def __getattr__(name):
    if name != "_CacheInfo":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    global _CacheInfo
    from collections import namedtuple
    _CacheInfo = namedtuple("CacheInfo", ("hits", "misses", "maxsize", "currsize"))
    return _CacheInfo


def _cache_info(*figures):
    try:
        return _CacheInfo(*figures)
    except NameError:
        return __getattr__("_CacheInfo")(*figures)


_mark = (object(),)


class _HashedSeq(list):
    """A key that is hashed once."""

    __slots__ = ("hashvalue",)

    def __init__(self, items):
        super().__init__(items)
        self.hashvalue = hash(items)

    def __hash__(self):
        return self.hashvalue


def _make_key(args, kwds, typed, len=len):  # len itself may become a function with a cache
    if kwds:
        key = args + _mark + tuple(x for item in kwds.items() for x in item)
    elif not typed and len(args) == 1 and type(args[0]) in (int, str):
        return args[0]
    else:
        key = args
    if typed:
        key += tuple(map(type, args)) + tuple(map(type, kwds.values()))
    return _HashedSeq(key)


def lru_cache(maxsize=128, typed=False):
    """Decorator: keep the results of the last maxsize different calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _decorate(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda user_function: _decorate(user_function, maxsize, typed)


def _decorate(user_function, maxsize, typed):
    wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _cache_info)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, user_function)


def cache(user_function, /):
    """Decorator: keep all results; lru_cache(maxsize=None)."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property computed once: the result is kept in the instance's dict."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(f"Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {self.attrname!r} "
                            "property.") from None
        val = cache.get(self.attrname, _missing)
        if val is _missing:
            val = self.func(instance)
            try:
                cache[self.attrname] = val
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item "
                                f"assignment for caching {self.attrname!r} property.") from None
        return val

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Ordering ----


def _derived(root, name):
    """A comparison made from the one that a class has, and from == where that does not decide."""
    strict, wanted_strict, same_side = root in ("__lt__", "__gt__"), name in ("__lt__", "__gt__"), root[2] == name[2]
    if strict != wanted_strict and not same_side:
        def op(self, other):
            result = getattr(type(self), root)(self, other)
            return result if result is NotImplemented else not result
    elif same_side and strict:
        def op(self, other):
            result = getattr(type(self), root)(self, other)
            return result if result is NotImplemented else result or self == other
    elif same_side:
        def op(self, other):
            result = getattr(type(self), root)(self, other)
            return result if result is NotImplemented else result and self != other
    elif strict:
        def op(self, other):
            result = getattr(type(self), root)(self, other)
            return result if result is NotImplemented else not result and self != other
    else:
        def op(self, other):
            result = getattr(type(self), root)(self, other)
            return result if result is NotImplemented else not result or self == other
    op.__name__ = name
    op.__qualname__ = f"_{name.strip('_')}_from_{root.strip('_')}"
    op.__doc__ = getattr(int, name).__doc__
    return globals().setdefault(op.__qualname__, op)  # one for all classes, which pickle finds


def total_ordering(cls):
    """Class decorator: adds the ordering methods that are missing to a class with __eq__ and one of them."""
    names = ("__lt__", "__le__", "__gt__", "__ge__")
    roots = [op for op in names if getattr(cls, op, None) is not getattr(object, op, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = next(op for op in ("__lt__", "__gt__", "__le__", "__ge__") if op in roots)
    for name in names:
        if name not in roots:
            setattr(cls, name, _derived(root, name))
    return cls


# ---- Dispatch on the type of the first argument ----


def _find_impl(cls, registry):
    """The implementation for the closest class: along the MRO, then abstract classes."""
    for base in cls.__mro__[:-1]:
        if base in registry:
            exact = base
            break
    else:
        exact = None
    virtual = [t for t in registry if t is not object and t not in cls.__mro__ and isinstance(t, type) and issubclass(cls, t)]
    best = [t for t in virtual if not any(o is not t and issubclass(o, t) for o in virtual)]
    if exact is not None:
        exact = next((t for t in best if issubclass(t, exact)), exact)  # an abstract class that says more than the one inherited from
    elif best:
        if len(best) > 1:
            raise RuntimeError(f"Ambiguous dispatch: {best[0]!r} or {best[1]!r}")
        exact = best[0]
    return registry.get(exact if exact is not None else object)


def _dispatch_types(cls):
    """The classes of a union, or the class itself; None: it is neither."""
    if isinstance(cls, type) and not isinstance(cls, _GenericAlias):
        return (cls,)
    args = getattr(cls, "__args__", None)
    if args and type(cls).__name__ in ("UnionType", "_UnionGenericAlias") and all(isinstance(a, type) for a in args):
        return args
    return None


def singledispatch(func):
    """Decorator: a function whose implementation is chosen by the type of its first argument."""
    from abc import get_cache_token
    registry = {object: func}
    memo = {}
    token = None
    funcname = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal token
        if token is not None and token != get_cache_token():
            memo.clear()
            token = get_cache_token()
        key = _ref(cls)
        impl = memo.get(key)
        if impl is None:
            impl = memo[key] = registry.get(cls) or _find_impl(cls, registry)
        return impl

    def register(cls, func=None):
        """Register an implementation for a class; as a decorator, or by the annotation of the first parameter."""
        nonlocal token
        types = _dispatch_types(cls)
        if types is not None:
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            ann = getattr(cls, "__annotations__", {})
            if not ann:
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or plain "
                                "`@register` on an annotated function.")
            func = cls
            from typing import get_type_hints
            argname, cls = next(iter(get_type_hints(func).items()))
            types = _dispatch_types(cls)
            if types is None:
                union = type(cls).__name__ in ("UnionType", "_UnionGenericAlias")
                raise TypeError(f"Invalid annotation for {argname!r}. {cls!r} {'not all arguments are classes' if union else 'is not a class'}.")
        for t in types:
            registry[t] = func
            if token is None and hasattr(t, "__abstractmethods__"):
                token = get_cache_token()  # what is registered with an abstract class may change
        memo.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{funcname} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)
    from types import MappingProxyType
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = memo.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """singledispatch() for methods: by the type of the first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch
        name = getattr(self.func, "__name__", "singledispatchmethod method")

        def _method(*args, **kwargs):
            if not args:
                raise TypeError(f"{name} requires at least 1 positional argument")
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
