"""Waiting for futures and tasks: one, several, for some time."""

import concurrent.futures
import functools
from types import coroutine
from . import coroutines, events, exceptions, futures, queues, timeouts

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = (concurrent.futures.FIRST_COMPLETED, concurrent.futures.FIRST_EXCEPTION,
                                                   concurrent.futures.ALL_COMPLETED)


def _ensure(arg, loop=None):
    from . import tasks  # which is made of this module
    return tasks.ensure_future(arg, loop=loop)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures or tasks as return_when says, at most timeout seconds; return the sets (done, pending)."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def wait_for(fut, timeout):
    """Wait for fut at most timeout seconds; then cancel it and raise TimeoutError. Return its result."""
    if timeout is not None and timeout <= 0:
        fut = _ensure(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except exceptions.CancelledError as e:
            raise TimeoutError from e
    async with timeouts.timeout(timeout):
        return await fut


async def _wait(fs, timeout, return_when, loop):
    assert fs, "Set of Futures is empty."
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release_waiter, waiter)
    left = len(fs)

    def on_completion(future):
        nonlocal left
        left -= 1
        if (left <= 0 or return_when == FIRST_COMPLETED or
                return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None):
            if timer is not None:
                timer.cancel()
            if not waiter.done():
                waiter.set_result(None)

    for future in fs:
        future.add_done_callback(on_completion)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(on_completion)
    done = {future for future in fs if future.done()}
    return done, fs - done


async def _cancel_and_wait(fut):
    """Cancel fut and wait until it is done."""
    waiter = events.get_running_loop().create_future()
    callback = functools.partial(_release_waiter, waiter)
    fut.add_done_callback(callback)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(callback)


class _AsCompletedIterator:
    """What as_completed() gives: an iterator of coroutines, and an asynchronous iterator of futures."""

    def __init__(self, aws, timeout):
        self._done = queues.Queue()
        self._timer = None
        loop = events.get_event_loop()
        todo = {_ensure(aw, loop) for aw in set(aws)}
        for future in todo:
            future.add_done_callback(self._handle_completion)
        if todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._handle_timeout)
        self._todo, self._left = todo, len(todo)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._left:
            raise StopAsyncIteration
        self._left -= 1
        return await self._wait_for_one()

    def __next__(self):
        if not self._left:
            raise StopIteration
        self._left -= 1
        return self._wait_for_one(resolve=True)

    def _handle_timeout(self):
        for future in self._todo:
            future.remove_done_callback(self._handle_completion)
            self._done.put_nowait(None)
        self._todo.clear()

    def _handle_completion(self, future):
        if not self._todo:
            return  # the time was over
        self._todo.remove(future)
        self._done.put_nowait(future)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    async def _wait_for_one(self, resolve=False):
        future = await self._done.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result() if resolve else future


def as_completed(fs, *, timeout=None):
    """Iterate over awaitables in the order in which they are done: with for, coroutines of the results; with async for, the futures."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout)


@coroutine
def __sleep0():
    yield


async def sleep(delay, result=None):
    """Wait delay seconds and return result. 0: let others run once."""
    if delay <= 0:
        await __sleep0()
        return result
    if delay != delay:
        raise ValueError("Invalid delay: NaN (not a number)")
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


class _GatheringFuture(futures.Future):
    """What gather() gives: cancelling it cancels the children."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._cancel_requested = True  # even if a child does not obey
        return cancelled


def _gathered(child, return_exceptions):
    """A child's part of the result."""
    if child.cancelled():
        return exceptions.CancelledError("" if child._cancel_message is None else child._cancel_message)
    exception = child.exception()
    return child.result() if exception is None else exception


def gather(*coros_or_futures, return_exceptions=False):
    """Return a Future of the list of results of all; the first exception ends the waiting, unless it counts as a result."""
    if not coros_or_futures:
        empty = events.get_event_loop().create_future()
        empty.set_result([])
        return empty
    loop = events._get_running_loop()
    children, by_argument, finished, outer = [], {}, 0, None

    def done(child):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not child.cancelled():
                child.exception()  # so that it is not logged
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if finished == len(by_argument):
            results = [_gathered(child, return_exceptions) for child in children]
            if outer._cancel_requested:
                outer.set_exception(child._make_cancelled_error())
            else:
                outer.set_result(results)

    ready = []
    for arg in coros_or_futures:
        child = by_argument.get(arg)
        if child is None:
            child = _ensure(arg, loop)
            if loop is None:
                loop = futures._get_loop(child)
            if child is not arg:
                child._log_destroy_pending = False  # nobody else has it
            by_argument[arg] = child
            if child.done():
                ready.append(child)
            else:
                child.add_done_callback(done)
        children.append(child)
    outer = _GatheringFuture(children, loop=loop)
    for child in ready:  # now that there is an outer future to tell
        done(child)
    return outer


def shield(arg):
    """Return a Future of what arg will give; cancelling it does not cancel arg. Keep arg, too."""
    inner = _ensure(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()  # so that it is not logged
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """From another thread: have loop run coro; return a concurrent.futures.Future."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = concurrent.futures.Future()

    def begin():
        try:
            futures._chain_future(_ensure(coro, loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if future.set_running_or_notify_cancel():
                future.set_exception(e)
            raise

    loop.call_soon_threadsafe(begin)
    return future
