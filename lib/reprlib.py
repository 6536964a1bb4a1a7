"""repr() with limits on the size of what it gives, and a guard for objects that contain themselves."""

import builtins as _builtins
from itertools import islice as _islice

__all__ = ["Repr", "repr", "recursive_repr"]


def _thread():
    """A number for the thread that runs, once there are threads."""
    global _thread
    try:
        from _thread import get_ident as _thread
    except ImportError:
        _thread = int
    return _thread()


def recursive_repr(fillvalue="..."):
    """Decorator of a __repr__ method: gives fillvalue where the object is being shown already."""
    def decorating_function(user_function):
        running = set()

        def wrapper(self):
            key = id(self), _thread()
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return user_function(self)
            finally:
                running.discard(key)
        for name in ("__module__", "__doc__", "__name__", "__qualname__"):
            setattr(wrapper, name, getattr(user_function, name))
        wrapper.__type_params__ = getattr(user_function, "__type_params__", ())
        wrapper.__annotations__ = getattr(user_function, "__annotations__", {})
        wrapper.__wrapped__ = user_function
        return wrapper
    return decorating_function


class Repr:
    """Shows objects; for each type of container there is a limit of items, for texts and numbers one of characters."""

    _lookup = {"tuple": "builtins", "list": "builtins", "array": "array", "set": "builtins", "frozenset": "builtins", "deque": "collections",
               "dict": "builtins", "str": "builtins", "int": "builtins"}

    def __init__(self, *, maxlevel=6, maxtuple=6, maxlist=6, maxarray=5, maxdict=4, maxset=6, maxfrozenset=6, maxdeque=6, maxstring=30, maxlong=40,
                 maxother=30, fillvalue="...", indent=None):
        limits = locals()
        del limits["self"]
        vars(self).update(limits)

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """By the method for the name of the type, if it is the type that this name means."""
        cls = type(x)
        name = cls.__name__
        if " " in name:
            name = "_".join(name.split())
        method = getattr(self, "repr_" + name, None)
        if method:
            if name not in self._lookup:  # of a subclass of Repr
                return method(x, level)
            if getattr(cls, "__module__", None) == self._lookup[name]:
                return method(x, level)
        return self.repr_instance(x, level)

    def _join(self, pieces, level):
        if self.indent is None:
            return ", ".join(pieces)
        if not pieces:
            return ""
        indent = self.indent
        if isinstance(indent, int):
            if indent < 0:
                raise ValueError(f"Repr.indent cannot be negative int (was {indent!r})")
            indent *= " "
        try:
            sep = ",\n" + (self.maxlevel - level + 1) * indent
        except TypeError as error:
            raise TypeError(f"Repr.indent must be a str, int or None, not {type(indent)}") from error
        return sep.join(("", *pieces, ""))[1:-len(indent) or None]

    def _repr_iterable(self, x, level, left, right, maxiter, trail=""):
        n = len(x)
        if level <= 0 and n:
            shown = self.fillvalue
        else:
            pieces = [self.repr1(each, level - 1) for each in _islice(x, maxiter)]
            if n > maxiter:
                pieces.append(self.fillvalue)
            shown = self._join(pieces, level)
            if n == 1 and trail and self.indent is None:
                right = trail + right
        return "%s%s%s" % (left, shown, right)

    def repr_tuple(self, x, level):
        return self._repr_iterable(x, level, "(", ")", self.maxtuple, ",")

    def repr_list(self, x, level):
        return self._repr_iterable(x, level, "[", "]", self.maxlist)

    def repr_array(self, x, level):
        if not x:
            return "array('%s')" % x.typecode
        return self._repr_iterable(x, level, "array('%s', [" % x.typecode, "])", self.maxarray)

    def repr_set(self, x, level):
        if not x:
            return "set()"
        return self._repr_iterable(_possibly_sorted(x), level, "{", "}", self.maxset)

    def repr_frozenset(self, x, level):
        if not x:
            return "frozenset()"
        return self._repr_iterable(_possibly_sorted(x), level, "frozenset({", "})", self.maxfrozenset)

    def repr_deque(self, x, level):
        return self._repr_iterable(x, level, "deque([", "])", self.maxdeque)

    def repr_dict(self, x, level):
        if not x:
            return "{}"
        if level <= 0:
            return "{" + self.fillvalue + "}"
        pieces = ["%s: %s" % (self.repr1(key, level - 1), self.repr1(x[key], level - 1)) for key in _islice(_possibly_sorted(x), self.maxdict)]
        if len(x) > self.maxdict:
            pieces.append(self.fillvalue)
        return "{%s}" % self._join(pieces, level)

    def _cut(self, text, limit):
        """The beginning and the end of a text that is too long, with fillvalue between them."""
        if len(text) <= limit:
            return text
        before = max(0, (limit - 3) // 2)
        after = max(0, limit - 3 - before)
        return text[:before] + self.fillvalue + text[len(text) - after:]

    def repr_str(self, x, level):
        s = _builtins.repr(x[:self.maxstring])
        if len(s) <= self.maxstring:
            return s
        before = max(0, (self.maxstring - 3) // 2)
        after = max(0, self.maxstring - 3 - before)
        s = _builtins.repr(x[:before] + x[len(x) - after:])  # cut, so that the quotes fit
        return s[:before] + self.fillvalue + s[len(s) - after:]

    def repr_int(self, x, level):
        return self._cut(_builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            s = _builtins.repr(x)
        except Exception:
            return "<%s instance at %#x>" % (x.__class__.__name__, id(x))
        return self._cut(s, self.maxother)


def _possibly_sorted(x):
    try:
        return sorted(x)
    except Exception:
        return list(x)


aRepr = Repr()
repr = aRepr.repr
