"""Locks and the like, between coroutines of one loop."""

import collections
import enum
from . import exceptions, mixins

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")


class _ContextManagerMixin:
    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


def _describe(base, extra, waiters):
    if waiters:
        extra = f"{extra}, waiters:{len(waiters)}"
    return f"<{base[1:-1]} [{extra}]>"


class Lock(_ContextManagerMixin, mixins._LoopBoundMixin):
    """One coroutine at a time has it; those that wait get it in the order of coming."""

    def __init__(self):
        self._waiters, self._locked = None, False

    def __repr__(self):
        return _describe(super().__repr__(), "locked" if self._locked else "unlocked", self._waiters)

    def locked(self):
        """Return whether somebody has it."""
        return self._locked

    async def acquire(self):
        """Get the lock, when it is free. True."""
        if not self._locked and (self._waiters is None or all(w.cancelled() for w in self._waiters)):
            self._locked = True
            return True
        if self._waiters is None:
            self._waiters = collections.deque()
        waiter = self._get_loop().create_future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except exceptions.CancelledError:
            if not self._locked:  # it may have been this one's turn
                self._wake_up_first()
            raise
        self._locked = True
        return True

    def release(self):
        """Give it back. RuntimeError: nobody has it."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake_up_first()

    def _wake_up_first(self):
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)


class Event(mixins._LoopBoundMixin):
    """Coroutines wait until it is set."""

    def __init__(self):
        self._waiters, self._value = collections.deque(), False

    def __repr__(self):
        return _describe(super().__repr__(), "set" if self._value else "unset", self._waiters)

    def is_set(self):
        """Return whether it is set."""
        return self._value

    def set(self):
        """Set it: who waits goes on."""
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(True)

    def clear(self):
        """Unset it."""
        self._value = False

    async def wait(self):
        """Wait until it is set. True."""
        if self._value:
            return True
        waiter = self._get_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
            return True
        finally:
            self._waiters.remove(waiter)


class Condition(_ContextManagerMixin, mixins._LoopBoundMixin):
    """Coroutines wait on it until another one, which has changed what they wait for, notifies them."""

    def __init__(self, lock=None):
        self._lock = lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release
        self._waiters = collections.deque()

    def __repr__(self):
        return _describe(super().__repr__(), "locked" if self.locked() else "unlocked", self._waiters)

    async def wait(self):
        """Release the lock and wait until notified, then acquire it again. True."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = self._get_loop().create_future()
        self.release()
        try:
            try:
                self._waiters.append(waiter)
                try:
                    await waiter
                    return True
                finally:
                    self._waiters.remove(waiter)
            finally:
                await self._reacquire()
        except BaseException:
            self._notify(1)  # the notification may have been for this one: another gets it
            raise

    async def _reacquire(self):
        """Acquire the lock even when cancelled meanwhile, and raise that afterwards."""
        error = None
        while True:
            try:
                await self.acquire()
                break
            except exceptions.CancelledError as e:
                error = e
        if error is not None:
            try:
                raise error
            finally:
                error = None  # the traceback would hold it

    async def wait_for(self, predicate):
        """Wait until predicate() is true; return what it gave."""
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        """Let n of those that wait go on, once they can have the lock."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._notify(n)

    def _notify(self, n):
        for waiter in self._waiters:
            if n <= 0:
                break
            if not waiter.done():
                n -= 1
                waiter.set_result(False)

    def notify_all(self):
        """Let all go on."""
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin, mixins._LoopBoundMixin):
    """At most value coroutines have it at a time; those that wait get it in the order of coming."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters, self._value = None, value

    def __repr__(self):
        return _describe(super().__repr__(), "locked" if self.locked() else f"unlocked, value:{self._value}", self._waiters)

    def locked(self):
        """Return whether acquire() would have to wait."""
        return self._value == 0 or any(not w.cancelled() for w in self._waiters or ())

    async def acquire(self):
        """Get it, when it can be had. True."""
        if not self.locked():
            self._value -= 1
            return True
        if self._waiters is None:
            self._waiters = collections.deque()
        waiter = self._get_loop().create_future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except exceptions.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._value += 1  # what release() had set aside for this one
            raise
        finally:
            while self._value > 0 and self._wake_up_next():
                pass
        return True

    def release(self):
        """Give it back."""
        self._value += 1
        self._wake_up_next()

    def _wake_up_next(self):
        """The first that waits gets it; return whether there was one."""
        for waiter in self._waiters or ():
            if not waiter.done():
                self._value -= 1
                waiter.set_result(True)
                return True
        return False


class BoundedSemaphore(Semaphore):
    """A Semaphore that must not be released more often than it was acquired."""

    def __init__(self, value=1):
        self._bound_value = value
        super().__init__(value)

    def release(self):
        """Give it back. ValueError: nobody has it."""
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class _BarrierState(enum.Enum):
    FILLING = "filling"
    DRAINING = "draining"
    RESETTING = "resetting"
    BROKEN = "broken"


class Barrier(mixins._LoopBoundMixin):
    """Coroutines wait at it until there are parties of them."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition()
        self._parties, self._count = parties, 0
        self._state = _BarrierState.FILLING

    def __repr__(self):
        extra = self._state.value
        if not self.broken:
            extra += f", waiters:{self.n_waiting}/{self.parties}"
        return _describe(super().__repr__(), extra, None)

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *args):
        pass

    async def wait(self):
        """Wait until all are here; return a number that each has for itself. BrokenBarrierError."""
        async with self._cond:
            await self._block()
            try:
                index = self._count
                self._count += 1
                if index + 1 == self._parties:
                    self._state = _BarrierState.DRAINING
                    self._cond.notify_all()
                else:
                    await self._wait()
                return index
            finally:
                self._count -= 1
                self._exit()

    async def _block(self):
        """Wait until those of the last round have left."""
        await self._cond.wait_for(lambda: self._state not in (_BarrierState.DRAINING, _BarrierState.RESETTING))
        if self._state is _BarrierState.BROKEN:
            raise exceptions.BrokenBarrierError("Barrier aborted")

    async def _wait(self):
        await self._cond.wait_for(lambda: self._state is not _BarrierState.FILLING)
        if self._state in (_BarrierState.BROKEN, _BarrierState.RESETTING):
            raise exceptions.BrokenBarrierError("Abort or reset of barrier")

    def _exit(self):
        if self._count == 0:
            if self._state in (_BarrierState.RESETTING, _BarrierState.DRAINING):
                self._state = _BarrierState.FILLING
            self._cond.notify_all()

    async def reset(self):
        """Make it as new; who waits gets BrokenBarrierError."""
        async with self._cond:
            if self._count > 0:
                self._state = _BarrierState.RESETTING
            else:
                self._state = _BarrierState.FILLING
            self._cond.notify_all()

    async def abort(self):
        """Break it: who waits, now or later, gets BrokenBarrierError."""
        async with self._cond:
            self._state = _BarrierState.BROKEN
            self._cond.notify_all()

    @property
    def parties(self):
        """How many it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """How many wait."""
        return self._count if self._state is _BarrierState.FILLING else 0

    @property
    def broken(self):
        """Whether it is broken."""
        return self._state is _BarrierState.BROKEN
