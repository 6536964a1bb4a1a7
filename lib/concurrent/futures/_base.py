"""Futures, what an executor is, and waiting for several futures."""

import threading
import types
from time import monotonic as _time

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
_AS_COMPLETED = "_AS_COMPLETED"

PENDING, RUNNING, CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED = "PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"
_STATE_TO_DESCRIPTION_MAP = {PENDING: "pending", RUNNING: "running", CANCELLED: "cancelled", CANCELLED_AND_NOTIFIED: "cancelled",
                             FINISHED: "finished"}
_DONE = (CANCELLED_AND_NOTIFIED, FINISHED)


class Error(Exception):
    """What errors of futures are."""


class CancelledError(Error):
    """The future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The future is in a state in which this cannot be done."""


class BrokenExecutor(RuntimeError):
    """The executor cannot run calls any more."""


def _log():
    import logging
    return logging.getLogger("concurrent.futures")


class _Waiter:
    """Told by futures when they are done. enough: how many of them it waits for; on_error: one that failed is enough."""

    def __init__(self, enough=1, on_error=False):
        self.event, self.lock = threading.Event(), threading.Lock()
        self.finished_futures = []
        self._left, self._on_error = enough, on_error

    def _add(self, future, failed):
        with self.lock:
            self.finished_futures.append(future)
            self._left -= 1
            if self._left <= 0 or failed and self._on_error:
                self.event.set()

    def add_result(self, future):
        self._add(future, False)

    def add_exception(self, future):
        self._add(future, True)

    def add_cancelled(self, future):
        self._add(future, False)


class _All:
    """Holds the locks of several futures, taken in an order that all agree on."""

    def __init__(self, futures):
        self._futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self._futures:
            future._condition.acquire()

    def __exit__(self, *args):
        for future in self._futures:
            future._condition.release()


def _forget(waiter, futures):
    for future in futures:
        with future._condition:
            future._waiters.remove(waiter)


def as_completed(fs, timeout=None):
    """Iterate over the futures fs as they are done, each once. TimeoutError: not all were within timeout seconds."""
    end = None if timeout is None else timeout + _time()
    fs = set(fs)
    total = len(fs)
    with _All(fs):
        done = [future for future in fs if future._state in _DONE]
        pending = fs.difference(done)
        waiter = _Waiter()
        for future in pending:
            future._waiters.append(waiter)
    fs = None
    try:
        while True:
            while done:
                future = done.pop()
                with future._condition:
                    if waiter in future._waiters:
                        future._waiters.remove(waiter)
                pending.discard(future)
                # The caller may be the last to have it
                last = [future]
                del future
                yield last.pop()
            if not pending:
                return
            left = None if end is None else end - _time()
            if left is not None and left < 0:
                raise TimeoutError(f"{len(pending)} (of {total}) futures unfinished")
            waiter.event.wait(left)
            with waiter.lock:
                done, waiter.finished_futures = waiter.finished_futures, []
                waiter.event.clear()
            done.reverse()
    finally:
        for future in [*pending, *done]:
            with future._condition:
                if waiter in future._waiters:
                    future._waiters.remove(waiter)


class DoneAndNotDoneFutures(tuple):
    """What wait() returns: the futures that are done, and those that are not."""

    __slots__ = ()
    _fields = ("done", "not_done")

    def __new__(cls, done, not_done):
        return tuple.__new__(cls, (done, not_done))

    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return f"DoneAndNotDoneFutures(done={self[0]!r}, not_done={self[1]!r})"


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait until the futures fs are done as return_when says, at most timeout seconds; return (done, not_done)."""
    fs = set(fs)
    with _All(fs):
        done = {future for future in fs if future._state in _DONE}
        not_done = fs - done
        if return_when == FIRST_COMPLETED and done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when == FIRST_EXCEPTION and any(not f.cancelled() and f.exception() is not None for f in done):
            return DoneAndNotDoneFutures(done, not_done)
        if not not_done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError("Invalid return condition: %r" % return_when)
        waiter = _Waiter(1 if return_when == FIRST_COMPLETED else len(not_done), return_when == FIRST_EXCEPTION)
        for future in not_done:
            future._waiters.append(waiter)
    waiter.event.wait(timeout)
    _forget(waiter, not_done)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, fs - done)


def _result_or_cancel(fut, timeout=None):
    try:
        try:
            return fut.result(timeout)
        finally:
            fut.cancel()
    finally:
        del fut


class Future:
    """The result that a call will have."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = self._exception = None
        self._waiters, self._done_callbacks = [], []

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            try:
                callback(self)
            except Exception:
                _log().exception("exception calling callback for %r", self)

    def __repr__(self):
        with self._condition:
            more = ""
            if self._state == FINISHED:
                what = self._result if self._exception is None else self._exception
                more = f" {'raised' if self._exception is not None else 'returned'} {type(what).__name__}"
            return f"<{type(self).__name__} at {id(self):#x} state={_STATE_TO_DESCRIPTION_MAP[self._state]}{more}>"

    def cancel(self):
        """Cancel the call if it has not begun; return whether it is cancelled."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        """Return whether the call was cancelled."""
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        """Return whether the call is running."""
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Return whether the call was cancelled or has ended."""
        with self._condition:
            return self._is_done()

    def _is_done(self):
        return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)

    def add_done_callback(self, fn):
        """Call fn(self) when the call is cancelled or ends, or now if that is so already."""
        with self._condition:
            if not self._is_done():
                self._done_callbacks.append(fn)
                return
        try:
            fn(self)
        except Exception:
            _log().exception("exception calling callback for %r", self)

    def _await_end(self, timeout):
        """Wait with the lock held. CancelledError, TimeoutError."""
        if not self._is_done():
            self._condition.wait(timeout)
        if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """Return what the call returned, or raise what it raised; wait for it at most timeout seconds. CancelledError, TimeoutError."""
        try:
            with self._condition:
                self._await_end(timeout)
                if self._exception is not None:
                    raise self._exception
                return self._result
        finally:
            self = None  # the traceback would hold it

    def exception(self, timeout=None):
        """Return what the call raised, or None; wait for it at most timeout seconds. CancelledError, TimeoutError."""
        with self._condition:
            self._await_end(timeout)
            return self._exception

    def set_running_or_notify_cancel(self):
        """For executors, before the call: return whether it should be made. False: it was cancelled."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            _log().critical("Future %s in unexpected state: %s", id(self), self._state)
            raise RuntimeError("Future in unexpected state")

    def _finish(self, result, exception):
        with self._condition:
            if self._is_done():
                raise InvalidStateError(f"{self._state}: {self!r}")
            self._result, self._exception = result, exception
            self._state = FINISHED
            for waiter in self._waiters:
                if exception is None:
                    waiter.add_result(self)
                else:
                    waiter.add_exception(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_result(self, result):
        """For executors: the call has returned result. InvalidStateError."""
        self._finish(result, None)

    def set_exception(self, exception):
        """For executors: the call has raised exception. InvalidStateError."""
        self._finish(None, exception)

    __class_getitem__ = classmethod(types.GenericAlias)


class Executor:
    """What makes calls somewhere else."""

    def submit(self, fn, /, *args, **kwargs):
        """Have fn(*args, **kwargs) called; return its Future."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """As map(), but with calls made at once and side by side; iterating raises TimeoutError timeout seconds from now.

        chunksize: how many items are sent at once to a process; of no meaning for threads."""
        end = None if timeout is None else timeout + _time()
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                futures.reverse()
                while futures:
                    if end is None:
                        yield _result_or_cancel(futures.pop())
                    else:
                        yield _result_or_cancel(futures.pop(), end - _time())
            finally:
                for future in futures:
                    future.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls. wait: until those that run have ended; cancel_futures: those that have not begun are cancelled."""

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.shutdown(wait=True)
        return False
