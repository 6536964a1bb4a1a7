"""Weak references: to bound methods, and calls when an object is gone."""

from _weakref import ref

__name__ = "weakref"  # where its names belong


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
