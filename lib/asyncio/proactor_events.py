"""The event loop over completion ports, which only Windows has."""

from . import base_events

__all__ = ("BaseProactorEventLoop",)


class BaseProactorEventLoop(base_events.BaseEventLoop):
    """Making one raises NotImplementedError."""

    def __init__(self, proactor=None):
        self._closed = True
        raise NotImplementedError("asyncio: completion ports are for Windows")
