"""recursive_repr() for classes whose objects may hold themselves."""


def recursive_repr(fillvalue="..."):
    """Decorator of __repr__: within the repr of an object, its own is fillvalue."""
    def decorate(function):
        running = set()

        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return function(self)
            finally:
                running.discard(key)
        wrapper.__name__, wrapper.__qualname__ = function.__name__, function.__qualname__
        return wrapper
    return decorate
