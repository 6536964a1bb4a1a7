"""Futures: results that coroutines wait for.

What a Future, which is written in C, asks of a loop of another make: call_soon(), get_debug() and, when an error was never looked at,
call_exception_handler(). What tasks ask of futures of another make: add_done_callback(), cancel(), result(), get_loop() and the mark
_asyncio_future_blocking."""

import concurrent.futures
from _asyncio import Future
from . import events, exceptions

__all__ = ("Future", "wrap_future", "isfuture")


def isfuture(obj):
    """Return whether obj behaves as a Future: its class has _asyncio_future_blocking, and it is not None."""
    cls = obj.__class__  # which a mock object may only pretend to be of
    return hasattr(cls, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _tell_unseen(future):
    """A future is gone whose exception nobody has asked for."""
    details = {"message": f"{type(future).__name__} exception was never retrieved", "exception": future._exception, "future": future}
    if future._source_traceback:
        details["source_traceback"] = future._source_traceback
    future._loop.call_exception_handler(details)


_PyFuture = _CFuture = Future


def _get_loop(future):
    """The loop of what isfuture(): very old ones have only the attribute."""
    return future.get_loop() if hasattr(future, "get_loop") else future._loop


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


# ---- Futures of threads and of loops ---------------------------------------------------------------------------------------------------

def _translated(error):
    """An exception of concurrent.futures as that of asyncio that means the same."""
    for theirs, ours in ((concurrent.futures.CancelledError, exceptions.CancelledError),
                         (concurrent.futures.InvalidStateError, exceptions.InvalidStateError)):
        if type(error) is theirs:
            return ours(*error.args).with_traceback(error.__traceback__)
    return error


def _copy_future_state(source, dest):
    """Give dest what source, which is done, has: either may be of either kind."""
    assert source.done()
    if isfuture(dest):
        if dest.cancelled():
            return
        assert not dest.done()
        if source.cancelled():
            dest.cancel()
            return
    else:
        if source.cancelled():
            dest.cancel()
        if not dest.set_running_or_notify_cancel():
            return
    error = source.exception()
    if error is None:
        dest.set_result(source.result())
    else:
        dest.set_exception(_translated(error))


class _Link:
    """When source is done, target gets what it has; when target is cancelled, so is source."""

    def __init__(self, source, target):
        self.source, self.target = source, target
        self.source_loop, self.target_loop = (_get_loop(each) if isfuture(each) else None for each in (source, target))
        target.add_done_callback(self.target_done)
        source.add_done_callback(self.source_done)

    def target_done(self, target):
        if not target.cancelled():
            return
        if self.source_loop is None or self.source_loop is self.target_loop:
            self.source.cancel()
        else:
            self.source_loop.call_soon_threadsafe(self.source.cancel)

    def source_done(self, source):
        loop = self.target_loop
        if loop is None or loop is self.source_loop:
            _copy_future_state(source, self.target)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_copy_future_state, source, self.target)


def _chain_future(source, destination):
    """Link two futures of either kind."""
    for future, role in ((source, "source"), (destination, "destination")):
        if not (isfuture(future) or isinstance(future, concurrent.futures.Future)):
            raise TypeError(f"A future is required for {role} argument")
    _Link(source, destination)


def wrap_future(future, *, loop=None):
    """Return a Future of asyncio for a concurrent.futures.Future."""
    if not isfuture(future):
        assert isinstance(future, concurrent.futures.Future), f"concurrent.futures.Future is expected, got {future!r}"
        source, future = future, (events.get_event_loop() if loop is None else loop).create_future()
        _Link(source, future)
    return future
