"""Queues that several threads put items into and take items from."""

import threading as _threading
from collections import deque as _deque
from heapq import heappop as _heappop, heappush as _heappush
from time import monotonic as _time

__all__ = ["Empty", "Full", "ShutDown", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]


try:
    from _queue import Empty
except ImportError:
    class Empty(Exception):
        """A queue that was asked for an item without waiting, or for long enough, has none."""


class Full(Exception):
    """A queue that was given an item without waiting, or for long enough, has no room."""


class ShutDown(Exception):
    """The queue was shut down."""


def _check_timeout(timeout):
    if timeout is not None and timeout < 0:
        raise ValueError("'timeout' must be a non-negative number")


class Queue:
    """First in, first out. maxsize: how many items it holds at most; 0 or less: any number."""

    def __init__(self, maxsize=0):
        self.maxsize, self.unfinished_tasks, self.is_shutdown = maxsize, 0, False
        self.mutex = _threading.Lock()
        self.not_empty, self.not_full, self.all_tasks_done = (_threading.Condition(self.mutex) for _ in range(3))
        self._init(maxsize)

    # What kind of queue it is: subclasses have their own.

    def _init(self, maxsize):
        self.queue = _deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def task_done(self):
        """One item that get() gave has been dealt with. ValueError if called more often than items were put."""
        with self.all_tasks_done:
            if self.unfinished_tasks < 1:
                raise ValueError("task_done() called too many times")
            self._finish(1)

    def _finish(self, count):
        self.unfinished_tasks -= min(count, self.unfinished_tasks)
        if self.unfinished_tasks == 0:
            self.all_tasks_done.notify_all()

    def join(self):
        """Wait until task_done() was called for every item that was put."""
        with self.mutex:
            self.all_tasks_done.wait_for(lambda: self.unfinished_tasks == 0)

    def qsize(self):
        """Return the number of items; other threads may change it at once."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Return whether there was no item."""
        with self.mutex:
            return not self._qsize()

    def full(self):
        """Return whether there was no room."""
        with self.mutex:
            return self._has_no_room()

    def _wait(self, condition, unready, error, block, timeout):
        """Wait on condition while unready(), as block and timeout say."""
        if not block:
            if unready():
                raise error
            return
        _check_timeout(timeout)
        end = None if timeout is None else _time() + timeout
        while unready():
            left = None if end is None else end - _time()
            if left is not None and left <= 0:
                raise error
            condition.wait(left)

    def _has_no_room(self):
        return self.maxsize > 0 and self._qsize() >= self.maxsize

    def _cannot_put(self):
        if self.is_shutdown:
            raise ShutDown
        return self._has_no_room()

    def _cannot_get(self):
        if self._qsize():
            return False
        if self.is_shutdown:
            raise ShutDown
        return True

    def put(self, item, block=True, timeout=None):
        """Add item; while there is no room wait, if block, at most timeout seconds. Full, ShutDown."""
        with self.mutex:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                self._wait(self.not_full, self._cannot_put, Full, block, timeout)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Remove and return an item; while there is none wait, if block, at most timeout seconds. Empty, ShutDown."""
        with self.mutex:
            self._wait(self.not_empty, self._cannot_get, Empty, block, timeout)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """put(item, block=False)"""
        return self.put(item, block=False)

    def get_nowait(self):
        """get(block=False)"""
        return self.get(block=False)

    def shutdown(self, immediate=False):
        """From now on put() raises ShutDown, and get() once the queue is empty; immediate: what is in it is dropped."""
        with self.mutex:
            self.is_shutdown = True
            while immediate and self._qsize():
                self._get()
                self._finish(1)
            for condition in self.not_empty, self.not_full:
                condition.notify_all()

    __class_getitem__ = classmethod(type(list[int]))


class PriorityQueue(Queue):
    """The least item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        _heappush(self.queue, item)

    def _get(self):
        return _heappop(self.queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()

    def _put(self, item):
        self.queue.append(item)


class _PySimpleQueue:
    """First in, first out, without a limit, tasks and shutting down. put() may be called from finalizers and signal handlers."""

    def __init__(self):
        self._queue = _deque()
        self._count = _threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        """Add item. Never waits: block and timeout are for likeness with Queue."""
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Remove and return an item; while there is none wait, if block, at most timeout seconds. Empty."""
        _check_timeout(timeout)
        if not self._count.acquire(block, timeout if block else None):
            raise Empty
        return self._queue.popleft()

    put_nowait, get_nowait = Queue.put_nowait, Queue.get_nowait

    def empty(self):
        """Return whether there was no item."""
        return not self._queue

    def qsize(self):
        """Return the number of items; other threads may change it at once."""
        return len(self._queue)

    __class_getitem__ = classmethod(type(list[int]))


try:
    from _queue import SimpleQueue
except ImportError:
    SimpleQueue = _PySimpleQueue
