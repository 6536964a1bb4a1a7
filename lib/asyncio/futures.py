"""Futures: results that coroutines can wait for."""

import concurrent.futures
import contextvars
import sys
from types import GenericAlias
from . import base_futures, events, exceptions, format_helpers

__all__ = ("Future", "wrap_future", "isfuture")

isfuture = base_futures.isfuture
_PENDING, _CANCELLED, _FINISHED = base_futures._PENDING, base_futures._CANCELLED, base_futures._FINISHED
STACK_DEBUG = 9  # logging.DEBUG - 1


class Future:
    """A result that is not there yet. Not for use by several threads, except by loop.call_soon_threadsafe()."""

    _state = _PENDING
    _result = _exception = _loop = _source_traceback = None
    _cancel_message = None
    _cancelled_exc = None
    _asyncio_future_blocking = False  # True: it was just yielded by its __await__
    __log_traceback = False

    def __init__(self, *, loop=None):
        if loop is None:
            loop = events.get_event_loop()
        self._loop = loop
        self._callbacks = []
        if loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        return base_futures._future_repr(self)

    def __del__(self):
        if not self.__log_traceback:
            return  # its exception was asked for, or there is none
        context = {"message": f"{self.__class__.__name__} exception was never retrieved", "exception": self._exception, "future": self}
        if self._source_traceback:
            context["source_traceback"] = self._source_traceback
        self._loop.call_exception_handler(context)

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def _log_traceback(self):
        return self.__log_traceback

    @_log_traceback.setter
    def _log_traceback(self, val):
        if val:
            raise ValueError("_log_traceback can only be set to False")
        self.__log_traceback = False

    def get_loop(self):
        """Return the loop to which the future belongs."""
        loop = self._loop
        if loop is None:
            raise RuntimeError("Future object is not initialized.")
        return loop

    def _make_cancelled_error(self):
        """The exception for who waits; it is made or handed out once."""
        if self._cancelled_exc is not None:
            exception, self._cancelled_exc = self._cancelled_exc, None
            return exception
        if self._cancel_message is None:
            return exceptions.CancelledError()
        return exceptions.CancelledError(self._cancel_message)

    def cancel(self, msg=None):
        """Cancel the future; return False if it is done already."""
        self.__log_traceback = False
        if self._state != _PENDING:
            return False
        self._state, self._cancel_message = _CANCELLED, msg
        self.__schedule_callbacks()
        return True

    def __schedule_callbacks(self):
        callbacks = self._callbacks[:]
        if callbacks:
            self._callbacks[:] = []
            for callback, context in callbacks:
                self._loop.call_soon(callback, self, context=context)

    def cancelled(self):
        """Return whether it was cancelled."""
        return self._state == _CANCELLED

    def done(self):
        """Return whether it has a result or an exception, or was cancelled."""
        return self._state != _PENDING

    def result(self):
        """Return the result or raise the exception. CancelledError, InvalidStateError."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError("Result is not set.")
        self.__log_traceback = False
        if self._exception is not None:
            raise self._exception.with_traceback(self._exception_tb)
        return self._result

    def exception(self):
        """Return the exception, or None. CancelledError, InvalidStateError."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError("Exception is not set.")
        self.__log_traceback = False
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        """Have fn(self) called by the loop once the future is done."""
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, contextvars.copy_context() if context is None else context))

    def remove_done_callback(self, fn):
        """Remove all of fn from the callbacks; return how many those were."""
        kept = [(f, context) for f, context in self._callbacks if f != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        """Give it its result. InvalidStateError: it is done."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        self._result, self._state = result, _FINISHED
        self.__schedule_callbacks()

    def set_exception(self, exception):
        """Give it an exception instead of a result. InvalidStateError: it is done."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if isinstance(exception, StopIteration):  # would end whoever waits
            replaced = RuntimeError("StopIteration interacts badly with generators and cannot be raised into a Future")
            replaced.__cause__ = replaced.__context__ = exception
            exception = replaced
        self._exception, self._exception_tb = exception, exception.__traceback__
        self._state = _FINISHED
        self.__schedule_callbacks()
        self.__log_traceback = True

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self
        if self._state == _PENDING:
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


_PyFuture = Future


def _get_loop(fut):
    try:
        get_loop = fut.get_loop
    except AttributeError:
        return fut._loop
    return get_loop()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


_CONVERTED = {concurrent.futures.CancelledError: exceptions.CancelledError, concurrent.futures.InvalidStateError: exceptions.InvalidStateError}


def _convert_future_exc(exc):
    """The exception of a concurrent future as one of asyncio."""
    kind = _CONVERTED.get(type(exc))
    return exc if kind is None else kind(*exc.args).with_traceback(exc.__traceback__)


def _set_concurrent_future_state(concurrent, source):
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    exception = source.exception()
    if exception is not None:
        concurrent.set_exception(_convert_future_exc(exception))
    else:
        concurrent.set_result(source.result())


def _copy_future_state(source, dest):
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
        return
    exception = source.exception()
    if exception is not None:
        dest.set_exception(_convert_future_exc(exception))
    else:
        dest.set_result(source.result())


def _chain_future(source, destination):
    """When source is done, destination gets its result; when destination is cancelled, so is source. Each of either kind."""
    for future, what in ((source, "source"), (destination, "destination")):
        if not isfuture(future) and not isinstance(future, concurrent.futures.Future):
            raise TypeError(f"A future is required for {what} argument")
    source_loop = _get_loop(source) if isfuture(source) else None
    destination_loop = _get_loop(destination) if isfuture(destination) else None

    def give():
        if isfuture(destination):
            _copy_future_state(source, destination)
        else:
            _set_concurrent_future_state(destination, source)

    def cancelled(done):
        if done.cancelled():
            if source_loop is None or source_loop is destination_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def finished(done):
        if destination.cancelled() and destination_loop is not None and destination_loop.is_closed():
            return
        if destination_loop is None or destination_loop is source_loop:
            give()
        elif not destination_loop.is_closed():
            destination_loop.call_soon_threadsafe(give)

    destination.add_done_callback(cancelled)
    source.add_done_callback(finished)


def wrap_future(future, *, loop=None):
    """Return a Future of asyncio for a concurrent.futures.Future."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), f"concurrent.futures.Future is expected, got {future!r}"
    wrapped = (events.get_event_loop() if loop is None else loop).create_future()
    _chain_future(future, wrapped)
    return wrapped
