"""Weak references, and containers that do not keep what is in them alive."""

import _collections_abc
from _weakref import CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs, proxy, ref
from _weakrefset import WeakSet

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]

ProxyTypes = (ProxyType, CallableProxyType)
_collections_abc.MutableSet.register(WeakSet)


class WeakMethod(ref):
    """A reference to a bound method, dead when its object or its function is."""

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            obj = meth.__self__
            func = meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def _cb(arg):
            self = self_wr()
            if self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)
        self = super().__new__(cls, obj, _cb)
        self._alive, self._meth_type, self._func_ref = True, type(meth), ref(func, _cb)
        self_wr = ref(self)
        return self

    def __call__(self):
        parts = self._func_ref(), super().__call__()
        return None if None in parts else self._meth_type(*parts)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._alive and other._alive:
            return self._func_ref == other._func_ref and super().__eq__(other)
        return self is other

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A reference that knows the key of the dictionary in which it is."""

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        made = super().__new__(cls, ob, callback)
        made.key = key
        return made

    def __init__(self, ob, callback, key):
        ref.__init__(self, ob, callback)


def _is_mapping(thing):
    return isinstance(thing, _collections_abc.Mapping)


class _WeakDictionary(_collections_abc.MutableMapping):
    """What the two kinds of weak dictionaries share; `data` is the dict inside."""

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def copy(self):
        """A plain one of the same kind with the same entries."""
        new = self._kind()
        for key, value in self.items():
            new[key] = value
        return new

    __copy__ = copy

    def update(self, other=None, /, **kwargs):
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        return self._merged(self.copy(), other) if _is_mapping(other) else NotImplemented

    def __ror__(self, other):
        return self._merged(type(self)(), other, self) if _is_mapping(other) else NotImplemented

    @staticmethod
    def _merged(result, *others):
        for other in others:
            result.update(other)
        return result


class WeakValueDictionary(_WeakDictionary):
    """A mapping whose entries vanish when their values do."""

    def __init__(self, other=(), /, **kw):
        def remove(wr, selfref=ref(self)):
            self = selfref()
            if self is not None and self.data.get(wr.key) is wr:
                del self.data[wr.key]
        self._remove = remove
        self.data = {}
        self.update(other, **kw)

    def __getitem__(self, key):
        o = self.data[key]()
        if o is None:
            raise KeyError(key)
        return o

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return sum(wr() is not None for wr in list(self.data.values()))

    def __contains__(self, key):
        wr = self.data.get(key)
        return wr is not None and wr() is not None

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        for key, value in self.items():
            new[deepcopy(key, memo)] = value
        return new

    def get(self, key, default=None):
        wr = self.data.get(key)
        o = wr() if wr is not None else None
        return default if o is None else o

    def items(self):
        for k, wr in list(self.data.items()):
            v = wr()
            if v is not None:
                yield k, v

    def keys(self):
        for k, wr in list(self.data.items()):
            if wr() is not None:
                yield k

    __iter__ = keys

    def itervaluerefs(self):
        """Yields the references; they need not be live when they are used."""
        yield from list(self.data.values())

    def values(self):
        for wr in list(self.data.values()):
            obj = wr()
            if obj is not None:
                yield obj

    def popitem(self):
        while True:
            key, wr = self.data.popitem()
            o = wr()
            if o is not None:
                return key, o

    def pop(self, key, *args):
        wr = self.data.pop(key, None)
        o = wr() if wr is not None else None
        if o is not None:
            return o
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        o = self.get(key)
        if o is None:
            self[key] = default
            return default
        return o

    def valuerefs(self):
        """A list of the references; they need not be live when they are used."""
        return list(self.data.values())


class WeakKeyDictionary(_WeakDictionary):
    """A mapping whose entries vanish when their keys do."""

    def __init__(self, dict=None):
        self.data = {}

        def remove(k, selfref=ref(self)):
            self = selfref()
            if self is not None:
                self.data.pop(k, None)
        self._remove = remove
        if dict is not None:
            self.update(dict)

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __len__(self):
        return sum(wr() is not None for wr in list(self.data))

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        for key, value in self.items():
            new[key] = deepcopy(value, memo)
        return new

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def __contains__(self, key):
        try:
            wr = ref(key)
        except TypeError:
            return False
        return wr in self.data

    def items(self):
        for wr, value in list(self.data.items()):
            key = wr()
            if key is not None:
                yield key, value

    def keys(self):
        for wr in list(self.data):
            obj = wr()
            if obj is not None:
                yield obj

    __iter__ = keys

    def values(self):
        for wr, value in list(self.data.items()):
            if wr() is not None:
                yield value

    def keyrefs(self):
        """A list of the references; they need not be live when they are used."""
        return list(self.data)

    def popitem(self):
        while True:
            key, value = self.data.popitem()
            o = key()
            if o is not None:
                return o, value

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)


WeakValueDictionary._kind = WeakValueDictionary
WeakKeyDictionary._kind = WeakKeyDictionary


class _Duty:
    """What a finalize has to do; index: how many were made before it."""

    __slots__ = ("reference", "func", "args", "kwargs", "index", "atexit")

    def __init__(self, reference, func, args, kwargs, index):
        self.reference, self.func, self.args, self.kwargs, self.index, self.atexit = reference, func, args, kwargs, index, True


class finalize:
    """Calls func(*args, **kwargs) when obj is gone, or at the end of the program."""

    __slots__ = ()
    _registry = {}
    _count = 0
    _registered = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered:
            import atexit
            atexit.register(finalize._exitfunc)
            finalize._registered = True
        self._registry[self] = _Duty(ref(obj, self), func, args, kwargs, finalize._count)
        finalize._count += 1

    def __call__(self, _=None):
        """Make the call, unless it was made or given up: then None."""
        duty = self._registry.pop(self, None)
        return duty.func(*duty.args, **duty.kwargs) if duty else None

    def peek(self):
        """(obj, func, args, kwargs) as long as it waits; then None."""
        duty = self._registry.get(self)
        target = duty and duty.reference()
        return None if target is None else (target, duty.func, duty.args, duty.kwargs)

    def detach(self):
        """As peek(), and the call is given up."""
        parts = self.peek()
        return parts if parts and self._registry.pop(self, None) else None

    @property
    def alive(self):
        """Whether it still waits."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the call is made at the end of the program."""
        return self.alive and self._registry[self].atexit

    @atexit.setter
    def atexit(self, value):
        if self.alive:
            self._registry[self].atexit = bool(value)

    def __repr__(self):
        parts = self.peek()
        state = f"for {type(parts[0]).__qualname__!r} at {id(parts[0]):#x}" if parts else "dead"
        return f"<{type(self).__name__} object at {id(self):#x}; {state}>"

    @classmethod
    def _exitfunc(cls):
        while True:
            waiting = [(duty.index, one) for one, duty in cls._registry.items() if duty.atexit]
            if not waiting:
                break
            try:
                max(waiting)[1]()  # the one made last
            except Exception:
                import sys
                sys.excepthook(*sys.exc_info())
        cls._registry.clear()
