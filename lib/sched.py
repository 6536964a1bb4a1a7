"""Events at given times, one after another, in the time and with the waiting that the program chooses."""

import heapq
import time
from collections import namedtuple
from itertools import count
from threading import RLock
from time import monotonic as _monotonic

__all__ = ["scheduler"]

_nothing = object()
Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")
Event.time.__doc__ = "When to run, in numbers of the scheduler's clock."
Event.priority.__doc__ = "Of events at the same time the one with the lowest number runs first."
Event.sequence.__doc__ = "A number that tells events apart: of the same time and priority the earlier one runs first."
Event.action.__doc__ = "What to call: action(*argument, **kwargs)."
Event.argument.__doc__ = "Positional arguments of the action."
Event.kwargs.__doc__ = "Keyword arguments of the action."


class scheduler:
    """A queue of events. timefunc tells the time, delayfunc waits for a number in its units; waiting for 0 lets other threads run."""

    def __init__(self, timefunc=_monotonic, delayfunc=time.sleep):
        self._queue = []
        self._lock = RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_nothing):
        """Add an event at a time; what is returned can be given to cancel()."""
        event = Event(time, priority, next(self._sequence_generator), action, argument, {} if kwargs is _nothing else kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_nothing):
        """Add an event after a delay."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Remove an event; ValueError if it is not in the queue."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Is nothing in the queue?"""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run events until none is left. Not blocking: those that are due; then how long it is to the next, or None."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                wait = event.time - self.timefunc()
                if wait <= 0:
                    heapq.heappop(self._queue)
            if wait <= 0:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)
            elif blocking:
                self.delayfunc(wait)
            else:
                return wait

    @property
    def queue(self):
        """The events to come, in order."""
        with self._lock:
            return sorted(self._queue)
