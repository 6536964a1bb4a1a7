"""Waiting for several tasks: which of them, and until when."""

from _asyncio import CancelledError
from . import events, tasks

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


class _Gate:
    """Opens once: whoever waits for it goes on."""

    def __init__(self, loop):
        self.future = loop.create_future()

    def open(self, *ignored):
        """Let the one that waits go on."""
        if not self.future.done():
            self.future.set_result(None)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures and tasks, at most timeout seconds; return those that are done, and the others."""
    fs = set(fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    if any(not hasattr(f, "add_done_callback") for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    gate = _Gate(loop)

    def look(future=None):
        failed = return_when == FIRST_EXCEPTION and any(f.done() and not f.cancelled() and f.exception() is not None for f in fs)
        if failed or (return_when == FIRST_COMPLETED and any(f.done() for f in fs)) or all(f.done() for f in fs):
            gate.open()

    alarm = None if timeout is None else loop.call_later(timeout, gate.open)
    for f in fs:
        f.add_done_callback(look)
    look()
    try:
        await gate.future
    finally:
        if alarm:
            alarm.cancel()
        for f in fs:
            f.remove_done_callback(look)
    done = {f for f in fs if f.done()}
    return done, fs - done


async def wait_for(fut, timeout):
    """Wait for a future, task or coroutine at most timeout seconds, None: for ever; then it is cancelled, and TimeoutError raised."""
    from .timeouts import timeout as limit
    if timeout is not None and timeout <= 0:
        fut = tasks.ensure_future(fut)
        if fut.done():
            return fut.result()
        fut.cancel()
        try:
            return await fut
        except CancelledError as error:
            raise TimeoutError from error
    async with limit(timeout):
        return await fut


def gather(*coros_or_futures, return_exceptions=False):
    """Return a future of the list of all results; the first exception is its own, unless return_exceptions puts those among the results."""
    loop = events.get_event_loop()
    outer = loop.create_future()
    children = [tasks.ensure_future(each, loop=loop) for each in coros_or_futures]
    left = len(set(children))

    def result_of(child):
        if child.cancelled():
            return CancelledError()
        return child.exception() or child.result()

    def ended(child):
        nonlocal left
        left -= 1
        if outer.cancelled():
            if not child.cancelled():
                child.exception()
        elif outer.done():
            return
        elif not return_exceptions and (child.cancelled() or child.exception()):
            outer.set_exception(CancelledError() if child.cancelled() else child.exception())
        elif not left:
            outer.set_result([result_of(each) for each in children])

    def cancelled(future):
        if future.cancelled():
            for child in children:
                child.cancel()

    if not children:
        outer.set_result([])
    for child in set(children):
        child.add_done_callback(ended)
    outer.add_done_callback(cancelled)
    return outer


def shield(arg):
    """Return a future of what arg gives; cancelling it does not cancel arg."""
    inner = tasks.ensure_future(arg)
    outer = inner.get_loop().create_future()

    def ended(child):
        if outer.done():
            if not child.cancelled():
                child.exception()
        elif child.cancelled():
            outer.cancel()
        elif child.exception() is not None:
            outer.set_exception(child.exception())
        else:
            outer.set_result(child.result())

    inner.add_done_callback(ended)
    return outer


async def _next_of(left):
    done, _ = await wait(left, return_when=FIRST_COMPLETED)
    first = done.pop()
    left.discard(first)
    return await first


def as_completed(fs, *, timeout=None):
    """Give coroutines; each awaited gives the result of the next one that is done."""
    left = {tasks.ensure_future(each) for each in fs}
    for _ in range(len(left)):
        yield wait_for(_next_of(left), timeout)
