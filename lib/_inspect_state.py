"""inspect's view of what can be suspended: generators, coroutines and asynchronous generators."""

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"
AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED = "AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "AGEN_CLOSED"


def _state(thing, prefix, names):
    if getattr(thing, prefix + "running"):
        return names[1]
    if getattr(thing, prefix + "suspended"):
        return names[2]
    return names[3] if getattr(thing, prefix + "frame") is None else names[0]


def getgeneratorstate(generator):
    """One of GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED and GEN_CLOSED."""
    return _state(generator, "gi_", (GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED))


def getcoroutinestate(coroutine):
    """One of CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED and CORO_CLOSED."""
    return _state(coroutine, "cr_", (CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED))


def getasyncgenstate(agen):
    """One of AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED and AGEN_CLOSED."""
    return _state(agen, "ag_", (AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED))


def _locals(frame):
    return {} if frame is None else frame.f_locals


def getgeneratorlocals(generator):
    """The variables of a generator by name; {} when it is closed."""
    import types
    if not isinstance(generator, types.GeneratorType):
        raise TypeError(f"{generator!r} is not a Python generator")
    return _locals(generator.gi_frame)


def getcoroutinelocals(coroutine):
    """The variables of a coroutine by name; {} when it is closed."""
    return _locals(getattr(coroutine, "cr_frame", None))


def getasyncgenlocals(agen):
    """The variables of an asynchronous generator by name; {} when it is closed."""
    import types
    if not isinstance(agen, types.AsyncGeneratorType):
        raise TypeError(f"{agen!r} is not a Python async generator")
    return _locals(agen.ag_frame)
