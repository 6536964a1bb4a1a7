"""Blocks of code with a time by which they must be done."""

from . import events, exceptions

__all__ = ("Timeout", "timeout", "timeout_at")

_CREATED, _ACTIVE, _EXPIRING, _EXPIRED, _FINISHED = "created", "active", "expiring", "expired", "finished"


class Timeout:
    """`async with` it: at the time when, by loop.time(), the block is cancelled and TimeoutError raised. None: never."""

    def __init__(self, when):
        self._when, self._phase = when, _CREATED
        self._alarm = self._task = None
        self._cancels_before = 0  # of the task, by others

    def __repr__(self):
        if self._phase != _ACTIVE:
            return f"<Timeout [{self._phase}]>"
        return f"<Timeout [active] when={None if self._when is None else round(self._when, 3)}>"

    def when(self):
        """Return the time, or None."""
        return self._when

    def expired(self):
        """Return whether the time is over and the block was cancelled for that."""
        return self._phase in (_EXPIRING, _EXPIRED)

    def reschedule(self, when):
        """Set another time."""
        if self._phase == _CREATED:
            raise RuntimeError("Timeout has not been entered")
        if self._phase != _ACTIVE:
            raise RuntimeError(f"Cannot change state of {self._phase} Timeout")
        self._disarm()
        self._when = when
        if when is None:
            return
        loop = events.get_running_loop()
        self._alarm = loop.call_at(when, self._expire) if loop.time() < when else loop.call_soon(self._expire)

    def _disarm(self):
        alarm, self._alarm = self._alarm, None
        if alarm is not None:
            alarm.cancel()

    def _expire(self):
        self._alarm, self._phase = None, _EXPIRING
        self._task.cancel()

    async def __aenter__(self):
        from .tasks import current_task
        if self._phase != _CREATED:
            raise RuntimeError("Timeout has already been entered")
        if (task := current_task()) is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._phase, self._task, self._cancels_before = _ACTIVE, task, task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, kind, error, traceback):
        self._disarm()
        if self._phase == _ACTIVE:
            self._phase = _FINISHED
            return
        self._phase = _EXPIRED
        if self._task.uncancel() > self._cancels_before or error is None:
            return  # others have cancelled the task, too, or the block has come to its end all the same
        if isinstance(error, exceptions.CancelledError):
            raise TimeoutError from error
        for each in (error, *(error.exceptions if isinstance(error, BaseExceptionGroup) else ())):
            self._tell_in_chain(each)

    @staticmethod
    def _tell_in_chain(error):
        """Where the chain of contexts has our CancelledError, put a TimeoutError that came of it."""
        while (context := error.__context__) is not None:
            if isinstance(context, exceptions.CancelledError):
                error.__context__ = late = TimeoutError()
                late.__context__ = late.__cause__ = context
                return
            error = context


def timeout(delay):
    """Return a Timeout delay seconds from now; None: never."""
    return Timeout(delay if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    """Return a Timeout at the time when, by loop.time(); None: never."""
    return Timeout(when)
