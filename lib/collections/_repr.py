"""repr of containers that may contain themselves."""

_running = set()


def guarded_repr(self, again, make):
    """repr of a container that may contain itself."""
    key = id(self)
    if key in _running:
        return again
    _running.add(key)
    try:
        return make()
    finally:
        _running.discard(key)
