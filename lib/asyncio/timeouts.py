"""Blocks of code with a time by which they must be done."""

import enum
from . import events, exceptions

__all__ = ("Timeout", "timeout", "timeout_at")


class _State(enum.Enum):
    CREATED = "created"
    ENTERED = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    EXITED = "finished"


class Timeout:
    """`async with` it: at the time when, by loop.time(), the block is cancelled and TimeoutError raised. None: never."""

    def __init__(self, when):
        self._state = _State.CREATED
        self._timeout_handler = self._task = None
        self._when = when

    def when(self):
        """Return the time, or None."""
        return self._when

    def reschedule(self, when):
        """Set another time."""
        if self._state is not _State.ENTERED:
            if self._state is _State.CREATED:
                raise RuntimeError("Timeout has not been entered")
            raise RuntimeError(f"Cannot change state of {self._state.value} Timeout")
        self._when = when
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if when is not None:
            loop = events.get_running_loop()
            if when <= loop.time():
                self._timeout_handler = loop.call_soon(self._on_timeout)
            else:
                self._timeout_handler = loop.call_at(when, self._on_timeout)

    def expired(self):
        """Return whether the time is over and the block was cancelled for that."""
        return self._state in (_State.EXPIRING, _State.EXPIRED)

    def __repr__(self):
        more = ""
        if self._state is _State.ENTERED:
            more = f" when={round(self._when, 3) if self._when is not None else None}"
        return f"<Timeout [{self._state.value}]{more}>"

    async def __aenter__(self):
        if self._state is not _State.CREATED:
            raise RuntimeError("Timeout has already been entered")
        from . import tasks
        task = tasks.current_task()
        if task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._state, self._task = _State.ENTERED, task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        assert self._state in (_State.ENTERED, _State.EXPIRING)
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if self._state is not _State.EXPIRING:
            self._state = _State.EXITED
            return None
        self._state = _State.EXPIRED
        if self._task.uncancel() <= self._cancelling and exc_type is not None:  # cancelled by nobody else
            if issubclass(exc_type, exceptions.CancelledError):
                raise TimeoutError from exc_val
            self._insert_timeout_error(exc_val)
            if isinstance(exc_val, BaseExceptionGroup):
                for exc in exc_val.exceptions:
                    self._insert_timeout_error(exc)
        return None

    def _on_timeout(self):
        assert self._state is _State.ENTERED
        self._task.cancel()
        self._state = _State.EXPIRING
        self._timeout_handler = None

    @staticmethod
    def _insert_timeout_error(exc_val):
        """In the chain of contexts, CancelledError becomes the cause of a TimeoutError."""
        while exc_val.__context__ is not None:
            if isinstance(exc_val.__context__, exceptions.CancelledError):
                error = TimeoutError()
                error.__context__ = error.__cause__ = exc_val.__context__
                exc_val.__context__ = error
                break
            exc_val = exc_val.__context__


def timeout(delay):
    """Return a Timeout delay seconds from now; None: never."""
    return Timeout(None if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    """Return a Timeout at the time when, by loop.time(); None: never."""
    return Timeout(when)
