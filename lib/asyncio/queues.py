"""Queues for coroutines."""

import collections
import heapq
from ._waitqueue import LoopBound, WaitQueue

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown")


class QueueEmpty(Exception):
    """get_nowait() found nothing."""


class QueueFull(Exception):
    """put_nowait() found no room."""


class QueueShutDown(Exception):
    """The queue was shut down."""


class Queue(LoopBound):
    """First in, first out. maxsize: how many items it takes, 0: any number.

    Subclasses with another order have _init(maxsize), _put(item) and _get()."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters, self._putters, self._joiners = WaitQueue(self), WaitQueue(self), WaitQueue(self)
        self._unfinished_tasks = 0  # items for which task_done() has not been called
        self._closed = False
        self._init(maxsize)

    def _init(self, maxsize):
        self._queue = collections.deque()

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.popleft()

    __class_getitem__ = classmethod(type(list[int]))

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._format()}>"

    def _format(self):
        items = getattr(self, "_queue", None)
        parts = [f"maxsize={self._maxsize!r}", f"_queue={list(items)!r}" if items else ""]
        parts += [f"{name}[{len(waiting)}]" for name, waiting in (("_getters", self._getters), ("_putters", self._putters)) if len(waiting)]
        parts += [f"tasks={self._unfinished_tasks}" if self._unfinished_tasks else "", "shutdown" if self._closed else ""]
        return " ".join(filter(None, parts))

    @property
    def maxsize(self):
        """How many items it takes; 0 or less: any number."""
        return self._maxsize

    def qsize(self):
        """Return how many items are in it."""
        return len(self._queue)

    def empty(self):
        """Return whether there is nothing in it."""
        return not self._queue

    def full(self):
        """Return whether maxsize items are in it."""
        return 0 < self._maxsize <= self.qsize()

    # A waiter that is woken looks again; if it can do nothing (it was cancelled), WaitQueue has woken the next

    async def put(self, item):
        """Put an item in, as soon as there is room. QueueShutDown."""
        while self.full() and not self._closed:
            await self._putters.wait()
        self.put_nowait(item)

    def put_nowait(self, item):
        """Put an item in. QueueFull, QueueShutDown."""
        if self._closed:
            raise QueueShutDown
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished_tasks += 1
        if self._getters:
            self._getters.wake()

    async def get(self):
        """Take an item, as soon as there is one. QueueShutDown."""
        while self.empty() and not self._closed:
            await self._getters.wait()
        return self.get_nowait()

    def get_nowait(self):
        """Take an item. QueueEmpty, QueueShutDown."""
        if self.empty():
            raise QueueShutDown if self._closed else QueueEmpty
        item = self._get()
        if self._putters:
            self._putters.wake()
        return item

    def task_done(self):
        """Of an item that was taken, the work is done. ValueError: called more often than there were items."""
        if self._unfinished_tasks < 1:
            raise ValueError("task_done() called too many times")
        self._finish(1)

    def _finish(self, count):
        if self._unfinished_tasks > 0:
            self._unfinished_tasks -= count
            if self._unfinished_tasks == 0:
                self._joiners.wake_all()

    async def join(self):
        """Wait until task_done() was called for each item."""
        if self._unfinished_tasks > 0:
            await self._joiners.wait()

    def shutdown(self, immediate=False):
        """Take no more items; get() gives those that are there, and then QueueShutDown. immediate: it gives none."""
        self._closed = True
        while immediate and not self.empty():
            self._get()
            self._finish(1)
        self._getters.wake_all()
        self._putters.wake_all()


class PriorityQueue(Queue):
    """The smallest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        heapq.heappush(self._queue, item)

    def _get(self):
        return heapq.heappop(self._queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()
