"""The simplest queue between threads."""

from collections import deque as _deque
from threading import Semaphore as _Semaphore


class Empty(Exception):
    """A queue that was asked for an item without waiting, or for long enough, has none."""


class SimpleQueue:
    """First in, first out, without a limit, tasks and shutting down. put() may be called from finalizers and signal handlers."""

    def __init__(self):
        self._queue = _deque()
        self._count = _Semaphore(0)

    def put(self, item, block=True, timeout=None):
        """Add item. Never waits: block and timeout are for likeness with Queue."""
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Remove and return an item; while there is none wait, if block, at most timeout seconds. Empty."""
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._count.acquire(block, timeout if block else None):
            raise Empty
        return self._queue.popleft()

    def put_nowait(self, item):
        """put(item, block=False)"""
        return self.put(item, block=False)

    def get_nowait(self):
        """get(block=False)"""
        return self.get(block=False)

    def empty(self):
        """Return whether there was no item."""
        return not self._queue

    def qsize(self):
        """Return the number of items; other threads may change it at once."""
        return len(self._queue)

    __class_getitem__ = classmethod(type(list[int]))
