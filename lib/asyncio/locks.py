"""Locks, events, conditions, semaphores and barriers for coroutines."""

from . import exceptions
from ._waitqueue import LoopBound, WaitQueue

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")


class _Waitable(LoopBound):
    """Has coroutines wait at it. Its repr tells its state and how many those are."""

    def __init__(self):
        self._waiters = WaitQueue(self)

    def _state_text(self):
        raise NotImplementedError

    def _waiting(self):
        return len(self._waiters)

    def __repr__(self):
        waiters = f", waiters:{self._waiting()}" if self._waiting() else ""
        return f"<{object.__repr__(self)[1:-1]} [{self._state_text()}{waiters}]>"


class _Held:
    """`async with`: acquire() at the beginning, release() at the end."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()


class Lock(_Held, _Waitable):
    """One coroutine has it at a time."""

    def __init__(self):
        super().__init__()
        self._locked = False

    def _state_text(self):
        return "locked" if self._locked else "unlocked"

    def locked(self):
        """Return whether somebody has it."""
        return self._locked

    async def acquire(self):
        """Wait until it is free, and take it. Return True."""
        if self._locked or self._waiters.contended():
            await self._waiters.wait()
        self._locked = True
        return True

    def release(self):
        """Let the one that has waited longest have it. RuntimeError: nobody has it."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._waiters.wake()


class Event(_Waitable):
    """A flag that coroutines wait for."""

    def __init__(self):
        super().__init__()
        self._flag = False

    def _state_text(self):
        return "set" if self._flag else "unset"

    def is_set(self):
        """Return whether it is set."""
        return self._flag

    def set(self):
        """Set it: all that wait go on."""
        self._flag = True
        self._waiters.wake_all()

    def clear(self):
        """Take it back."""
        self._flag = False

    async def wait(self):
        """Wait until it is set. Return True."""
        if not self._flag:
            await self._waiters.wait()
        return True


class Condition(_Held, _Waitable):
    """What coroutines that have a lock wait for, and tell each other about."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release

    def _state_text(self):
        return "locked" if self.locked() else "unlocked"

    async def wait(self):
        """Give the lock back, wait to be notified, take the lock again. Return True. RuntimeError: one does not have the lock."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        notified = False
        self.release()
        try:
            try:
                await self._waiters.wait()
                notified = True
            finally:
                await self._acquire_at_last()
        except BaseException:
            if notified:
                self._waiters.wake()  # somebody else will have to see to it
            raise
        return True

    async def _acquire_at_last(self):
        """Acquire the lock; only then raise, if this was cancelled meanwhile."""
        cancelled = None
        while True:
            try:
                await self.acquire()
                break
            except exceptions.CancelledError as e:
                cancelled = e
        if cancelled is not None:
            try:
                raise cancelled
            finally:
                cancelled = None

    async def wait_for(self, predicate):
        """Wait until predicate() is true; return what it has returned."""
        while not (result := predicate()):
            await self.wait()
        return result

    def notify(self, n=1):
        """Wake at most n of those that wait. RuntimeError: one does not have the lock."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._waiters.wake(n)

    def notify_all(self):
        """Wake all that wait."""
        self.notify(len(self._waiters))


class Semaphore(_Held, _Waitable):
    """As many coroutines as value have it at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value  # less what was promised to those that were woken

    def _state_text(self):
        return "locked" if self.locked() else f"unlocked, value:{self._value}"

    def locked(self):
        """Return whether acquire() would have to wait."""
        return not self._value or self._waiters.contended()

    def _promise(self):
        """Wake as many as can have it."""
        self._value -= self._waiters.wake(self._value)

    def _give_back(self):
        self._value += 1
        self._promise()

    async def acquire(self):
        """Wait until it can be had, and take it. Return True."""
        if self.locked():
            await self._waiters.wait(lost=self._give_back)
            self._promise()
        else:
            self._value -= 1
        return True

    def release(self):
        """Let one more have it."""
        self._give_back()


class BoundedSemaphore(Semaphore):
    """A Semaphore that cannot be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._bound_value = value

    def release(self):
        """Let one more have it. ValueError: nobody had it."""
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Barrier(_Waitable):
    """Coroutines wait at it until there are as many as parties: then all go on, and it can be used again.

    A round fills; when it is full, or was reset, it drains: newcomers wait until the last one of it has left."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        super().__init__()
        self._parties, self._count = parties, 0
        self._phase = "filling"  # "draining", "resetting", "broken"
        self._newcomers = WaitQueue(self)

    def _state_text(self):
        return "broken" if self.broken else f"{self._phase}, waiters:{self.n_waiting}/{self._parties}"

    def _waiting(self):
        return 0  # told above

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, kind, error, traceback):
        pass

    @property
    def parties(self):
        """How many it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """How many wait."""
        return self._count if self._phase == "filling" else 0

    @property
    def broken(self):
        """Whether it is broken."""
        return self._phase == "broken"

    async def wait(self):
        """Wait for the others. Return a number of one's own, 0 to parties - 1. BrokenBarrierError: abort() or reset() was called."""
        while self._phase in ("draining", "resetting"):
            await self._newcomers.wait(lost=lambda: None)
        if self.broken:
            raise exceptions.BrokenBarrierError("Barrier aborted")
        index = self._count
        self._count += 1
        try:
            if self._count == self._parties:
                self._change("draining")
            else:
                await self._waiters.wait(lost=lambda: None)
                if self._phase != "draining":
                    raise exceptions.BrokenBarrierError("Abort or reset of barrier")
            return index
        finally:
            self._count -= 1
            if not self._count and not self.broken:
                self._phase = "filling"
                self._newcomers.wake_all()

    def _change(self, phase):
        self._phase = phase
        self._waiters.wake_all()

    async def reset(self):
        """Make it as new; who waits gets BrokenBarrierError."""
        self._change("resetting" if self._count else "filling")

    async def abort(self):
        """Break it: who waits, now or later, gets BrokenBarrierError."""
        self._change("broken")
        self._newcomers.wake_all()
