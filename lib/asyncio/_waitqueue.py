"""What locks, queues and their kin are made of: the coroutines that wait at one thing, first come, first served."""

import collections
from _asyncio import _get_running_loop


class LoopBound:
    """An object that belongs to the loop in which somebody first has to wait for it."""

    _loop = None

    def _get_loop(self):
        loop = _get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return loop


class WaitQueue(collections.deque):
    """Futures of the coroutines that wait at an owner. One that was woken stays in the queue until it has gone on.

    Who is woken and cancelled before it could go on has passed the wake-up on to the next, so that none is lost."""

    def __init__(self, owner):
        super().__init__()
        self._owner = owner

    def contended(self):
        """Is there anybody who has not given up?"""
        return any(not future.cancelled() for future in self)

    def wake(self, count=1):
        """Wake at most count of them; return how many there were to wake."""
        left = count
        if left > 0:
            for future in self:
                if not future.done():
                    future.set_result(None)
                    left -= 1
                    if not left:
                        break
        return count - left

    def wake_all(self):
        """Wake all of them."""
        self.wake(len(self))

    async def wait(self, lost=None):
        """Wait to be woken. lost: called in place of wake() if this one cannot make use of it."""
        loop = self._owner._loop
        if loop is None or loop is not _get_running_loop():
            loop = self._owner._get_loop()
        future = loop.create_future()
        self.append(future)
        try:
            await future
        except BaseException:
            self.remove(future)
            if future.done() and not future.cancelled():
                (lost or self.wake)()
            raise
        self.remove(future)
