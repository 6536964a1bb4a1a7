"""Futures: results that coroutines wait for.

What a Future asks of its loop: call_soon(), get_debug() and, when an error was never looked at, call_exception_handler(). What tasks
ask of futures: add_done_callback(), cancel(), result(), get_loop() and the mark _asyncio_future_blocking."""

import concurrent.futures
import contextvars
from types import GenericAlias
from . import events, exceptions, format_helpers

__all__ = ("Future", "wrap_future", "isfuture")

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


def isfuture(obj):
    """Return whether obj behaves as a Future: its class has _asyncio_future_blocking, and it is not None."""
    cls = obj.__class__  # which a mock object may only pretend to be of
    return hasattr(cls, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


class Future:
    """A result that is not there yet. Of one thread; others go through loop.call_soon_threadsafe()."""

    _asyncio_future_blocking = False  # True from __await__'s yield until the task has seen it
    _state = _PENDING
    _loop = _source_traceback = None
    _result = _exception = _trace = None  # _trace: the traceback with which the exception came
    _cancel_message = _cancelled_exc = None  # _cancelled_exc: the CancelledError that ended a task, to be handed out once
    _unseen = False  # True: the exception was not asked for yet

    def __init__(self, *, loop=None):
        self._loop = loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []  # (callback, context)
        if loop.get_debug():
            self._source_traceback = format_helpers.caller_stack()

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        return format_helpers.future_text(self)

    def __del__(self):
        if self._unseen:
            details = {"message": f"{type(self).__name__} exception was never retrieved", "exception": self._exception, "future": self}
            if self._source_traceback:
                details["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(details)

    def _set_log_traceback(self, value):
        if value:
            raise ValueError("_log_traceback can only be set to False")
        self._unseen = False

    _log_traceback = property(lambda self: self._unseen, _set_log_traceback)

    # ---- Asking ----------------------------------------------------------------------------------------------------------------------

    def get_loop(self):
        """Return the loop to which the future belongs."""
        if self._loop is None:
            raise RuntimeError("Future object is not initialized.")
        return self._loop

    def done(self):
        """Return whether it has a result or an exception, or was cancelled."""
        return self._state != _PENDING

    def cancelled(self):
        """Return whether it was cancelled."""
        return self._state == _CANCELLED

    def _look(self, missing):
        """Somebody asks for what came: that can be told now, or it raises."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state == _PENDING:
            raise exceptions.InvalidStateError(missing)
        self._unseen = False

    def result(self):
        """Return the result or raise the exception. CancelledError, InvalidStateError."""
        self._look("Result is not set.")
        if self._exception is None:
            return self._result
        raise self._exception.with_traceback(self._trace)

    def exception(self):
        """Return the exception, or None. CancelledError, InvalidStateError."""
        self._look("Exception is not set.")
        return self._exception

    def _make_cancelled_error(self):
        error, self._cancelled_exc = self._cancelled_exc, None
        if error is None:
            error = exceptions.CancelledError(*[self._cancel_message] if self._cancel_message is not None else [])
        return error

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self
            if self._state == _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__

    # ---- Telling ---------------------------------------------------------------------------------------------------------------------

    def add_done_callback(self, fn, *, context=None):
        """Have fn(self) called by the loop once the future is done."""
        if self._state == _PENDING:
            self._callbacks.append((fn, contextvars.copy_context() if context is None else context))
        else:
            self._loop.call_soon(fn, self, context=context)

    def remove_done_callback(self, fn):
        """Remove all of fn from the callbacks; return how many those were."""
        before = len(self._callbacks)
        self._callbacks[:] = [pair for pair in self._callbacks if pair[0] != fn]
        return before - len(self._callbacks)

    def cancel(self, msg=None):
        """Cancel the future; return False if it is done already."""
        self._unseen = False
        if self._state != _PENDING:
            return False
        self._cancel_message = msg
        self.__end(_CANCELLED)
        return True

    def set_result(self, result):
        """Give it its result. InvalidStateError: it is done."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        self._result = result
        self.__end(_FINISHED)

    def set_exception(self, exception):
        """Give it an exception instead of a result. InvalidStateError: it is done."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        error = exception() if isinstance(exception, type) else exception
        if isinstance(error, StopIteration):  # it would end the coroutine that waits, without a word
            stop, error = error, RuntimeError("StopIteration interacts badly with generators and cannot be raised into a Future")
            error.__cause__ = error.__context__ = stop
        self._exception, self._trace = error, error.__traceback__
        self.__end(_FINISHED)
        self._unseen = True

    def __end(self, state):
        self._state = state
        if self._callbacks:
            told, self._callbacks[:] = self._callbacks[:], []
            for callback, context in told:
                self._loop.call_soon(callback, self, context=context)


_PyFuture = Future


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
