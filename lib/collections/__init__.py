"""Containers beyond the builtin ones."""

import _collections_abc
import sys as _sys
from keyword import iskeyword as _iskeyword

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]

_GenericAlias = type(list[int])
_repr_running = set()
_missing = object()


def _guarded_repr(self, again, make):
    """repr of a container that may contain itself."""
    key = id(self)
    if key in _repr_running:
        return again
    _repr_running.add(key)
    try:
        return make()
    finally:
        _repr_running.discard(key)


# ---- namedtuple ----


def _nt_check_names(typename, field_names, rename):
    if rename:
        seen = set()
        for index, name in enumerate(field_names):
            if not name.isidentifier() or _iskeyword(name) or name.startswith("_") or name in seen:
                field_names[index] = f"_{index}"
            seen.add(name)
    for name in [typename] + field_names:
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if _iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in field_names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    return field_names


class _tuplegetter:
    """The descriptor of one field."""

    def __init__(self, index, doc):
        self.index = index
        self.__doc__ = doc

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return tuple.__getitem__(obj, self.index)

    def __set__(self, obj, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, obj):
        raise AttributeError("can't delete attribute")

    def __reduce__(self):
        return _tuplegetter, (self.index, self.__doc__)

    def __repr__(self):
        return f"_tuplegetter({self.index}, {self.__doc__!r})"


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Returns a new subclass of tuple with named fields."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    field_names = _nt_check_names(str(typename), list(map(str, field_names)), rename)
    typename = str(typename)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(field_names):
            raise TypeError("Got more default values than field names")
        field_defaults = dict(reversed(list(zip(reversed(field_names), reversed(defaults)))))
    field_names = tuple(map(_sys.intern, field_names))
    num_fields = len(field_names)
    arg_list = ", ".join(field_names)
    if num_fields == 1:
        arg_list += ","
    tuple_new = tuple.__new__

    scope = {"_tuple_new": tuple_new, "__builtins__": {}, "__name__": f"namedtuple_{typename}"}
    __new__ = eval(f"lambda _cls, {arg_list}: _tuple_new(_cls, ({arg_list}))", scope)
    __new__.__name__ = "__new__"
    __new__.__doc__ = f"Create new instance of {typename}({arg_list})"
    if defaults is not None:
        __new__.__defaults__ = defaults

    @classmethod
    def _make(cls, iterable):
        result = tuple_new(cls, iterable)
        if len(result) != num_fields:
            raise TypeError(f"Expected {num_fields} arguments, got {len(result)}")
        return result
    _make.__func__.__doc__ = f"Make a new {typename} object from a sequence or iterable"

    def _replace(self, /, **kwds):
        result = self._make([kwds.pop(name, value) for name, value in zip(field_names, self)])
        if kwds:
            raise TypeError(f"Got unexpected field names: {list(kwds)!r}")
        return result
    _replace.__doc__ = f"Return a new {typename} object replacing specified fields with new values"

    def __repr__(self):
        "Return a nicely formatted representation string"
        return self.__class__.__name__ + "(" + ", ".join([f"{n}={v!r}" for n, v in zip(field_names, self)]) + ")"

    def _asdict(self):
        "Return a new dict which maps field names to their values."
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        "Return self as a plain tuple.  Used by copy and pickle."
        return tuple(self)

    for method in (__new__, _make.__func__, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"
    namespace = {"__doc__": f"{typename}({', '.join(field_names)})", "__slots__": (), "_fields": field_names,
                 "_field_defaults": field_defaults, "__new__": __new__, "_make": _make, "__replace__": _replace,
                 "_replace": _replace, "__repr__": __repr__, "_asdict": _asdict, "__getnewargs__": __getnewargs__,
                 "__match_args__": field_names}
    for index, name in enumerate(field_names):
        namespace[name] = _tuplegetter(index, _sys.intern(f"Alias for field number {index}"))
    result = type(typename, (tuple,), namespace)
    if module is None:
        module = _sys._getframemodulename(1) or "__main__"
    if module is not None:
        result.__module__ = module
    return result


# ---- deque ----


class deque:
    """A list-like sequence with fast appends and pops at both ends: a ring in a list whose length is a power of two."""

    __slots__ = ("_ring", "_head", "_len", "_max", "_version", "__weakref__")
    _abc_pattern = 1

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._ring = [None] * 8
        self._head = self._len = self._version = 0
        self._max = None
        return self

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._max = maxlen
        if self._len:
            self.clear()
        self.extend(iterable)

    @property
    def maxlen(self):
        """maximum size of a deque or None if unbounded"""
        return self._max

    def _grow(self):
        ring, head = self._ring, self._head
        self._ring = ring[head:] + ring[:head] + [None] * len(ring)
        self._head = 0

    def append(self, item, /):
        """Add an element to the right side of the deque."""
        if self._len == self._max:
            if not self._max:
                return
            self.popleft()
        if self._len == len(self._ring):
            self._grow()
        self._ring[(self._head + self._len) & (len(self._ring) - 1)] = item
        self._len += 1
        self._version += 1

    def appendleft(self, item, /):
        """Add an element to the left side of the deque."""
        if self._len == self._max:
            if not self._max:
                return
            self.pop()
        if self._len == len(self._ring):
            self._grow()
        self._head = (self._head - 1) & (len(self._ring) - 1)
        self._ring[self._head] = item
        self._len += 1
        self._version += 1

    def pop(self):
        """Remove and return the rightmost element."""
        if not self._len:
            raise IndexError("pop from an empty deque")
        self._len -= 1
        self._version += 1
        at = (self._head + self._len) & (len(self._ring) - 1)
        item, self._ring[at] = self._ring[at], None
        return item

    def popleft(self):
        """Remove and return the leftmost element."""
        if not self._len:
            raise IndexError("pop from an empty deque")
        at = self._head
        item, self._ring[at] = self._ring[at], None
        self._head = (at + 1) & (len(self._ring) - 1)
        self._len -= 1
        self._version += 1
        return item

    def _list(self):
        ring, head, end = self._ring, self._head, self._head + self._len
        return ring[head:end] if end <= len(ring) else ring[head:] + ring[:end - len(ring)]

    def _assign(self, items):
        room = 8
        while room < len(items):
            room *= 2
        self._ring = items + [None] * (room - len(items))
        self._head, self._len = 0, len(items)
        self._version += 1

    def extend(self, iterable, /):
        """Extend the right side of the deque with elements from the iterable."""
        for item in self._list() if iterable is self else iterable:
            self.append(item)

    def extendleft(self, iterable, /):
        """Extend the left side of the deque with elements from the iterable."""
        for item in self._list() if iterable is self else iterable:
            self.appendleft(item)

    def clear(self):
        """Remove all elements from the deque."""
        self._assign([])

    def copy(self):
        """Return a shallow copy of a deque."""
        return self.__class__(self) if self._max is None else self.__class__(self, self._max)

    __copy__ = copy

    def count(self, value, /):
        """Return number of occurrences of value."""
        return sum(1 for v in self if v is value or v == value)

    def index(self, value, start=0, stop=_sys.maxsize, /):
        """Return first index of value. Raises ValueError if the value is not present."""
        if start < 0:
            start = max(start + self._len, 0)
        if stop < 0:
            stop = max(stop + self._len, 0)
        for i in range(start, min(stop, self._len)):
            v = self[i]
            if v is value or v == value:
                return i
        raise ValueError(f"{value!r} is not in deque")

    def insert(self, index, value, /):
        """Insert value before index."""
        if self._len == self._max:
            raise IndexError("deque already at its maximum size")
        items = self._list()
        items.insert(index, value)
        self._assign(items)

    def remove(self, value, /):
        """Remove first occurrence of value."""
        for i, v in enumerate(self._list()):
            if v is value or v == value:
                del self[i]
                return
        raise ValueError("deque.remove(x): x not in deque")

    def reverse(self):
        """Reverse *IN PLACE*."""
        self._assign(self._list()[::-1])

    def rotate(self, n=1, /):
        """Rotate the deque n steps to the right. If n is negative, rotates left."""
        if self._len > 1:
            items = self._list()
            n %= len(items)
            self._assign(items[-n:] + items[:-n] if n else items)

    def __len__(self):
        return self._len

    def _at(self, index):
        try:
            index = index.__index__()
        except AttributeError:
            raise TypeError(f"sequence index must be integer, not '{type(index).__name__}'") from None
        if index < 0:
            index += self._len
        if not 0 <= index < self._len:
            raise IndexError("deque index out of range")
        return (self._head + index) & (len(self._ring) - 1)

    def __getitem__(self, index):
        return self._ring[self._at(index)]

    def __setitem__(self, index, value):
        self._ring[self._at(index)] = value

    def __delitem__(self, index):
        self._at(index)
        items = self._list()
        del items[index]
        self._assign(items)

    def __contains__(self, value):
        return any(v is value or v == value for v in self)

    def __iter__(self):
        version = self._version
        for i in range(self._len):
            yield self._ring[(self._head + i) & (len(self._ring) - 1)]
            if self._version != version:
                raise RuntimeError("deque mutated during iteration")

    def __reversed__(self):
        version = self._version
        for i in range(self._len - 1, -1, -1):
            yield self._ring[(self._head + i) & (len(self._ring) - 1)]
            if self._version != version:
                raise RuntimeError("deque mutated during iteration")

    def __repr__(self):
        def make():
            items = repr(self._list())
            return f"{type(self).__name__}({items})" if self._max is None else f"{type(self).__name__}({items}, maxlen={self._max})"
        return _guarded_repr(self, "[...]", make)

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        new = self.copy()
        new.extend(other)
        return new

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        if not hasattr(type(n), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(n).__name__}'")
        return self.__class__(self._list() * n) if self._max is None else self.__class__(self._list() * n, self._max)

    __rmul__ = __mul__

    def __imul__(self, n):
        items = self._list() * n
        self._assign(items if self._max is None else items[max(0, len(items) - self._max):])
        return self

    def __eq__(self, other):
        return self._list() == other._list() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._list() < other._list() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._list() <= other._list() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._list() > other._list() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._list() >= other._list() if isinstance(other, deque) else NotImplemented

    __hash__ = None

    def __reduce__(self):
        state = getattr(self, "__dict__", None) or None
        args = () if self._max is None else ((), self._max)
        return type(self), args, state, iter(self._list())

    __class_getitem__ = classmethod(_GenericAlias)


_collections_abc.MutableSequence.register(deque)


# ---- Dictionaries ----


class defaultdict(dict):
    """A dict that calls default_factory() for a key that is missing, and keeps the value."""

    __slots__ = ("default_factory",)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key, /):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        """A shallow copy."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        return type(self), () if self.default_factory is None else (self.default_factory,), None, None, iter(self.items())

    def __repr__(self):
        def make():
            return f"{type(self).__name__}({self.default_factory!r}, {dict.__repr__(self)})"
        return _guarded_repr(self, f"{type(self).__name__}(...)", make)

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self.default_factory, other)
        new.update(self)
        return new


class OrderedDict(dict):
    """A dict that can move entries to its ends, and for which the order counts in comparisons."""

    def move_to_end(self, key, last=True):
        """Move an existing element to the end (or beginning if last is false)."""
        value = dict.__getitem__(self, key) if dict.__contains__(self, key) else _missing
        if value is _missing:
            raise KeyError(key)
        if last:
            dict.__delitem__(self, key)
            dict.__setitem__(self, key, value)
            return
        items = [(k, v) for k, v in dict.items(self) if k is not key and k != key]
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for k, v in items:
            dict.__setitem__(self, k, v)

    def popitem(self, last=True):
        """Remove and return a (key, value) pair: the last one, or the first if last is false."""
        if not self:
            raise KeyError("dictionary is empty")
        if last:
            return dict.popitem(self)
        key = next(iter(self))
        return key, dict.pop(self, key)

    def pop(self, key, default=_missing):
        """Remove the key and return its value; if it is not there, default, or KeyError."""
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is not _missing:
            return default
        if hasattr(type(self), "__missing__"):
            return type(self).__missing__(self, key)
        raise KeyError(key)

    def setdefault(self, key, default=None):
        """The value of the key, which is set to default first if it is not there."""
        if key in self:
            return self[key]
        self[key] = default
        return default

    def update(self, other=(), /, **kwds):
        _collections_abc.MutableMapping.update(self, other, **kwds)

    def __init__(self, other=(), /, **kwds):
        self.update(other, **kwds)

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Create a new ordered dictionary with keys from iterable and values set to value."""
        self = cls()
        for key in iterable:
            self[key] = value
        return self

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(a is b or a == b for a, b in zip(self, other))
        return dict.__eq__(self, other)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __repr__(self):
        def make():
            return f"{self.__class__.__name__}({dict(self.items())!r})" if self else f"{self.__class__.__name__}()"
        return _guarded_repr(self, "...", make)

    def __reduce__(self):
        return self.__class__, (), self.__dict__.copy() or None, None, iter(self.items())

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.__class__(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.__class__(other)
        new.update(self)
        return new


class Counter(dict):
    """A dict from items to how often they occur; a missing item occurs 0 times."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """The count of elements not in the Counter is zero."""
        return 0

    def total(self):
        """Sum of the counts"""
        return sum(self.values())

    def most_common(self, n=None):
        """List the n most common elements and their counts from the most common to the least."""
        items = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return items if n is None else items[:max(n, 0)]

    def elements(self):
        """Iterator over elements repeating each as many times as its count."""
        for item, count in self.items():
            for _ in range(count):
                yield item

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        """Like dict.update() but add counts instead of replacing them."""
        if iterable is not None:
            if isinstance(iterable, _collections_abc.Mapping):
                for item, count in iterable.items():
                    self[item] = count + self.get(item, 0)
            else:
                for item in iterable:
                    self[item] = self.get(item, 0) + 1
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Like dict.update() but subtracts counts instead of replacing them."""
        if iterable is not None:
            if isinstance(iterable, _collections_abc.Mapping):
                for item, count in iterable.items():
                    self[item] = self.get(item, 0) - count
            else:
                for item in iterable:
                    self[item] = self.get(item, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """Return a shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        """Like dict.__delitem__() but does not raise KeyError for missing values."""
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            d = dict(self.most_common())
        except TypeError:
            d = dict(self)
        return f"{self.__class__.__name__}({d!r})"

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)

    def __ne__(self, other):
        return NotImplemented if not isinstance(other, Counter) else not self == other

    __hash__ = None

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] <= other[e] for c in (self, other) for e in c)

    def __lt__(self, other):
        return NotImplemented if not isinstance(other, Counter) else self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] >= other[e] for c in (self, other) for e in c)

    def __gt__(self, other):
        return NotImplemented if not isinstance(other, Counter) else self >= other and self != other

    def _combine(self, other, count):
        result = Counter()
        for elem in [*self, *(e for e in other if e not in self)]:
            n = count(self[elem], other[elem])
            if n > 0:
                result[elem] = n
        return result

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b) if isinstance(other, Counter) else NotImplemented

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b) if isinstance(other, Counter) else NotImplemented

    def __or__(self, other):
        return self._combine(other, max) if isinstance(other, Counter) else NotImplemented

    def __and__(self, other):
        return self._combine(other, min) if isinstance(other, Counter) else NotImplemented

    def __pos__(self):
        return Counter({e: n for e, n in self.items() if n > 0})

    def __neg__(self):
        return Counter({e: -n for e, n in self.items() if n < 0})

    def _keep_positive(self):
        for elem in [e for e, count in self.items() if not count > 0]:
            del self[elem]
        return self

    def __iadd__(self, other):
        for elem, count in other.items():
            self[elem] += count
        return self._keep_positive()

    def __isub__(self, other):
        for elem, count in other.items():
            self[elem] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for elem, count in other.items():
            if count > self[elem]:
                self[elem] = count
        return self._keep_positive()

    def __iand__(self, other):
        for elem, count in self.items():
            if other[elem] < count:
                self[elem] = other[elem]
        return self._keep_positive()


class ChainMap(_collections_abc.MutableMapping):
    """Several mappings seen as one: lookups search all of them, changes go to the first."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        d = {}
        for mapping in map(dict.fromkeys, reversed(self.maps)):
            d |= mapping
        return iter(d)

    def __contains__(self, key):
        return any(key in m for m in self.maps)

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return _guarded_repr(self, "...", lambda: f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})")

    @classmethod
    def fromkeys(cls, iterable, value=None, /):
        """Create a new ChainMap with keys from iterable and values set to value."""
        return cls(dict.fromkeys(iterable, value))

    def copy(self):
        """New ChainMap with a new copy of maps[0] and refs to maps[1:]"""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """New ChainMap with a new map followed by all previous maps."""
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        """New ChainMap from maps[1:]."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}") from None

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.") from None

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}") from None

    def clear(self):
        self.maps[0].clear()

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        m = self.copy()
        m.maps[0].update(other)
        return m

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        m = dict(other)
        for child in reversed(self.maps):
            m.update(child)
        return self.__class__(m)

    __class_getitem__ = classmethod(_GenericAlias)


# ---- Containers to inherit from ----


class UserDict(_collections_abc.MutableMapping):
    """A mapping around a dict in its attribute data."""

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, "__missing__"):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __repr__(self):
        return repr(self.data)

    def __or__(self, other):
        if isinstance(other, UserDict):
            return self.__class__(self.data | other.data)
        return self.__class__(self.data | other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        if isinstance(other, UserDict):
            return self.__class__(other.data | self.data)
        return self.__class__(other | self.data) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        import copy
        data = self.data
        try:
            self.data = {}
            c = copy.copy(self)
        finally:
            self.data = data
        c.update(self)
        return c

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        d = cls()
        for key in iterable:
            d[key] = value
        return d


class UserList(_collections_abc.MutableSequence):
    """A sequence around a list in its attribute data."""

    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(self._plain(initlist))

    @staticmethod
    def _plain(other):
        return other.data if isinstance(other, UserList) else other

    def __repr__(self):
        return repr(self.data)

    def __lt__(self, other):
        return self.data < self._plain(other)

    def __le__(self, other):
        return self.data <= self._plain(other)

    def __eq__(self, other):
        return self.data == self._plain(other)

    def __gt__(self, other):
        return self.data > self._plain(other)

    def __ge__(self, other):
        return self.data >= self._plain(other)

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + list(self._plain(other)))

    def __radd__(self, other):
        return self.__class__(list(self._plain(other)) + self.data)

    def __iadd__(self, other):
        self.data += list(self._plain(other))
        return self

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(self._plain(other))


class UserString(_collections_abc.Sequence):
    """A string around a str in its attribute data."""

    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else seq.data[:] if isinstance(seq, UserString) else str(seq)

    def __str__(self):
        return str(self.data)

    def __repr__(self):
        return repr(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __complex__(self):
        return complex(self.data)

    def __hash__(self):
        return hash(self.data)

    def __getnewargs__(self):
        return (self.data[:],)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __contains__(self, char):
        return _plain_string(char) in self.data

    def __eq__(self, string):
        return self.data == _plain_string(string)

    def __lt__(self, string):
        return self.data < _plain_string(string)

    def __le__(self, string):
        return self.data <= _plain_string(string)

    def __gt__(self, string):
        return self.data > _plain_string(string)

    def __ge__(self, string):
        return self.data >= _plain_string(string)

    def __add__(self, other):
        return self.__class__(self.data + str(other))

    def __radd__(self, other):
        return self.__class__(str(other) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)


def _plain_string(value):
    return value.data if isinstance(value, UserString) else value


def _forward(name, wrap):
    def method(self, /, *args, **kwargs):
        result = getattr(self.data, name)(*map(_plain_string, args), **kwargs)
        return self.__class__(result) if wrap else result
    method.__name__ = name
    method.__qualname__ = f"UserString.{name}"
    setattr(UserString, name, method)


for _name in ("capitalize", "casefold", "center", "expandtabs", "ljust", "lower", "lstrip", "removeprefix", "removesuffix",
              "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate", "upper", "zfill"):
    _forward(_name, True)
for _name in ("count", "encode", "endswith", "find", "format", "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal",
              "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper", "join",
              "partition", "rfind", "rindex", "rpartition", "rsplit", "split", "splitlines", "startswith"):
    _forward(_name, False)
UserString.maketrans = str.maketrans
del _name, _forward
