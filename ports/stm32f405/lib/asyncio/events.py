"""Callbacks that wait for their turn, and the loop."""

from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop

_loop = None


def get_event_loop():
    """Return the loop that runs, or the one that was set; one is made if there is none."""
    global _loop
    if (running := _get_running_loop()) is not None:
        return running
    if _loop is None:
        _loop = new_event_loop()
    return _loop


def set_event_loop(loop):
    """Set the loop that get_event_loop() gives where none runs; None: a new one."""
    global _loop
    _loop = loop


def new_event_loop():
    """Return a new loop."""
    from .base_events import EventLoop
    return EventLoop()


def _handle_text(handle):
    """The repr of a handle."""
    when = f" when={handle.when()}" if isinstance(handle, TimerHandle) else ""
    return f"<{type(handle).__name__}{' cancelled' if handle._cancelled else ''}{when} {handle._callback!r}>"


def _callback_failed(handle, error):
    """What a callback has raised goes to the loop's exception handler."""
    handle._loop.call_exception_handler({"message": f"Exception in callback {handle._callback!r}", "exception": error, "handle": handle})
