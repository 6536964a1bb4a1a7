"""Waiting for futures and tasks: one, several, for some time."""

import collections
from _asyncio import NextRound
from . import coroutines, events, exceptions, futures, tasks, timeouts

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"  # as concurrent.futures has them


async def sleep(delay, result=None):
    """Wait delay seconds; return result."""
    if delay <= 0:
        await NextRound()
        return result
    if delay != delay:
        raise ValueError("Invalid delay: NaN (not a number)")
    loop = events.get_running_loop()
    over = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, over, result)
    try:
        return await over
    finally:
        timer.cancel()


def _release(waiter, *args):
    """Whoever waits for waiter goes on."""
    if not waiter.done():
        waiter.set_result(None)


# ---- Several -----------------------------------------------------------------------------------------------------------------------------

def _refuse_single(fs, kind):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect {kind} of futures, not {type(fs).__name__}")


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures or tasks as return_when says, at most timeout seconds; return the sets (done, pending)."""
    _refuse_single(fs, "a list")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(map(coroutines.iscoroutine, fs)):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    assert fs, "Set of Futures is empty."
    enough, missing = loop.create_future(), len(fs)

    def count(future):
        nonlocal missing
        missing -= 1
        failed = return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None
        if failed or missing == 0 or return_when == FIRST_COMPLETED:
            _release(enough)

    timer = loop.call_later(timeout, _release, enough) if timeout is not None else None
    for future in fs:
        future.add_done_callback(count)
    try:
        await enough
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(count)
    done = {future for future in fs if future.done()}
    return done, fs - done


async def wait_for(fut, timeout):
    """Wait for fut at most timeout seconds; then cancel it and raise TimeoutError. Return its result."""
    if timeout is None or timeout > 0:
        async with timeouts.timeout(timeout):
            return await fut
    future = tasks.ensure_future(fut)
    if not future.done():
        await _cancel_and_wait(future)
        try:
            return future.result()
        except exceptions.CancelledError as cancelled:
            raise TimeoutError from cancelled
    return future.result()


async def _cancel_and_wait(future):
    """Cancel a future, and wait until it is done: it may take its time, and may not let itself be cancelled."""
    ended = events.get_running_loop().create_future()

    def end(_):
        _release(ended)
    future.add_done_callback(end)
    try:
        future.cancel()
        await ended
    finally:
        future.remove_done_callback(end)


class _AsCompletedIterator:
    """What as_completed() gives: futures as they are done (async for), or coroutines that wait for the next one (for)."""

    def __init__(self, fs, timeout):
        self._done, self._waiting = collections.deque(), collections.deque()
        loop = events.get_event_loop()
        self._loop, self._over = loop, False
        self._missing = {tasks.ensure_future(f, loop=loop) for f in set(fs)}
        self._to_give = len(self._missing)
        for future in self._missing:
            future.add_done_callback(self._arrived)
        self._timer = loop.call_later(timeout, self._end) if self._missing and timeout is not None else None

    def _arrived(self, future):
        if future not in self._missing:
            return  # it came when the time was over
        self._missing.remove(future)
        self._done.append(future)
        self._wake(1)
        if self._timer is not None and not self._missing:
            self._timer.cancel()

    def _end(self):
        for future in self._missing:
            future.remove_done_callback(self._arrived)
        self._missing.clear()
        self._over = True
        self._wake(len(self._waiting))

    def _wake(self, count):
        for waiter in self._waiting:
            if count > 0 and not waiter.done():
                waiter.set_result(None)
                count -= 1

    async def _take(self):
        """The next future that is done. TimeoutError."""
        while not self._done:
            if self._over:
                raise exceptions.TimeoutError
            waiter = self._loop.create_future()
            self._waiting.append(waiter)
            try:
                await waiter
            except BaseException:
                if waiter.done() and not waiter.cancelled():
                    self._wake(1)  # another one has more use of it
                raise
            finally:
                self._waiting.remove(waiter)
        return self._done.popleft()

    async def _wait_for_one(self):
        return (await self._take()).result()

    def __iter__(self):
        return self

    def __next__(self):
        if not self._to_give:
            raise StopIteration
        self._to_give -= 1
        return self._wait_for_one()

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self._to_give:
            raise StopAsyncIteration
        self._to_give -= 1
        return await self._take()


def as_completed(fs, *, timeout=None):
    """Return an iterator over what fs give, in the order in which they are done. TimeoutError after timeout seconds.

    `async for` gives the futures themselves (or tasks of the coroutines), `for` coroutines that wait for the next result."""
    _refuse_single(fs, "an iterable")
    return _AsCompletedIterator(fs, timeout)


class _GatheringFuture(futures.Future):
    """The results of children, which it cancels when it is cancelled."""

    def __init__(self, children, return_exceptions, *, loop):
        assert loop is not None
        super().__init__(loop=loop)
        self._children, self._return_exceptions = children, return_exceptions
        self._missing = set(children)
        self._cancel_requested = False
        for child in list(self._missing):
            if not child.done():
                child.add_done_callback(self._child_done)
        for child in dict.fromkeys(children):
            if child.done():
                self._child_done(child)

    def cancel(self, msg=None):
        if self.done():
            return False
        if any([child.cancel(msg=msg) for child in self._children]):
            self._cancel_requested = True  # and done when they are
            return True
        return False

    def _child_done(self, child):
        self._missing.discard(child)
        if self.done():
            if not child.cancelled():
                child.exception()  # nobody will ask for it: it is not to be logged
        elif not self._return_exceptions and (failure := self._failure(child)) is not None:
            self.set_exception(failure)
        elif not self._missing:
            if self._cancel_requested:
                self.set_exception(child._make_cancelled_error())
            else:
                self.set_result([self._outcome(each) for each in self._children])

    def _failure(self, child):
        return child._make_cancelled_error() if child.cancelled() else child.exception()

    def _outcome(self, child):
        if child.cancelled():
            return exceptions.CancelledError("" if child._cancel_message is None else child._cancel_message)
        error = child.exception()
        return child.result() if error is None else error


def gather(*coros_or_futures, return_exceptions=False):
    """Return a Future of the list of results; the first exception ends it, unless return_exceptions: they are results, too."""
    if not coros_or_futures:
        nothing = events.get_event_loop().create_future()
        nothing.set_result([])
        return nothing
    loop, known = None, {}
    for arg in coros_or_futures:
        if arg in known:
            continue
        future = known[arg] = tasks.ensure_future(arg, loop=loop)
        if loop is None:
            loop = futures._get_loop(future)
        if future is not arg:
            future._log_destroy_pending = False  # it is ours
    return _GatheringFuture([known[arg] for arg in coros_or_futures], return_exceptions, loop=loop)


# ---- Apart -------------------------------------------------------------------------------------------------------------------------------

def shield(arg):
    """Return a Future of arg's result: cancelling it does not cancel arg."""
    inner = tasks.ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def inner_done(inner):
        if not outer.cancelled():
            futures._copy_future_state(inner, outer)
        elif not inner.cancelled():
            inner.exception()  # nobody will ask for it

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Have loop, which runs in another thread, run coro; return a concurrent.futures.Future."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    import concurrent.futures
    result = concurrent.futures.Future()

    def begin():
        try:
            futures._chain_future(tasks.ensure_future(coro, loop=loop), result)
        except BaseException as error:
            if not isinstance(error, (SystemExit, KeyboardInterrupt)) and result.set_running_or_notify_cancel():
                result.set_exception(error)
            raise
    loop.call_soon_threadsafe(begin)
    return result
