"""The parts of functools that are C, for systems without the module _functools."""

from types import GenericAlias as _GenericAlias
from types import MethodType as _MethodType

__name__ = "functools"  # where its names belong
_missing = object()


def reduce(function, iterable, initial=_missing, /):
    """Apply a function of two arguments cumulatively to the items of an iterable, from left to right."""
    try:
        it = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial is _missing:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for element in it:
        value = function(value, element)
    return value


class partial:
    """A function with some of its arguments given already."""

    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, *args = args
        args = tuple(args)
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if type(func) is partial or (isinstance(func, partial) and not func.__dict__):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        if keywords or self.keywords:
            return self.func(*self.args, *args, **{**self.keywords, **keywords})
        return self.func(*self.args, *args)

    def __get__(self, obj, objtype=None):
        if obj is not None:
            import warnings
            warnings.warn("functools.partial will be a method descriptor in future Python versions; wrap it in staticmethod() if you want to "
                          "preserve the old behavior", FutureWarning, 2)
        return self

    def __repr__(self):
        from collections._repr import guarded_repr
        cls = type(self)

        def make():
            parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
            return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"
        return guarded_repr(self, "...", make)

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        func, args, kwds, namespace = state
        if not callable(func) or not isinstance(args, tuple) or (kwds is not None and not isinstance(kwds, dict)):
            raise TypeError("invalid partial state")
        self.func, self.args = func, tuple(args)
        self.keywords = kwds if type(kwds) is dict else dict(kwds or {})
        self.__dict__ = {} if namespace is None else namespace

    __class_getitem__ = classmethod(_GenericAlias)


class _lru_cache_wrapper:
    """A function with a cache. Results are in links [previous, next, key, result] of a ring, in the order of use: a hit does not change the dict
    that somebody may be looking through, as comparisons of keys can call the function again."""

    def __init__(self, user_function, maxsize, typed, cache_info_type):
        from functools import _make_key
        self._function, self._maxsize, self._typed, self._key, self._info = user_function, maxsize, typed, _make_key, cache_info_type
        self.cache_clear()

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        key = self._key(args, kwds, self._typed)
        link = self._links.get(key)
        if link is not None:
            self._hits += 1
            self._unlink(link)
            self._append(link)
            return link[3]
        self._misses += 1
        result = self._function(*args, **kwds)
        if key not in self._links:
            if self._maxsize is not None and self._count() >= self._maxsize:
                oldest = self._root[1]
                self._unlink(oldest)
                del self._links[oldest[2]]
            link = self._links[key] = [None, None, key, result]
            self._append(link)
        return result

    def _unlink(self, link):
        previous, following = link[:2]
        previous[1], following[0] = following, previous

    def _append(self, link):
        root = self._root
        link[0], link[1] = root[0], root
        root[0][1] = root[0] = link

    def __get__(self, obj, cls=None):
        return self if obj is None else _MethodType(self, obj)

    def cache_info(self):
        """Report cache statistics"""
        return self._info(self._hits, self._misses, self._maxsize, self._count())

    def cache_clear(self):
        """Forget all results, and begin to count anew."""
        self._links = {}
        self._count = self._links.__len__  # len itself may be what is wrapped
        self._root = root = []
        root[:] = [root, root, None, None]
        self._hits = self._misses = 0

    def __repr__(self):
        return f"<functools._lru_cache_wrapper object at {id(self):#x}>"

    def __reduce__(self):
        return self.__qualname__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Key:
    __slots__ = ("obj",)
    __hash__ = None


def cmp_to_key(mycmp):
    """A key= function from a comparison function of the old kind: negative, zero or positive."""
    class K(_Key):
        __slots__ = ()
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0
    return K
