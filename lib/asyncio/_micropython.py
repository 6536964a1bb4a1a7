"""What asyncio has in MicroPython beside CPython's: sleep_ms(), wait_for_ms(), ThreadSafeFlag."""

from . import events, tasks


async def sleep_ms(t, /):
    """Let t milliseconds pass."""
    await tasks.sleep(t / 1000)


async def wait_for_ms(awaitable, timeout, /):
    """wait_for(), with the timeout in milliseconds."""
    return await tasks.wait_for(awaitable, timeout / 1000)


class ThreadSafeFlag:
    """A flag that one task waits for, and that threads, handlers of signals and scheduled functions may set."""

    def __init__(self):
        self._is_set, self._waiting = False, None

    def set(self):
        """Set the flag, and wake the task that waits."""
        self._is_set = True
        waiting = self._waiting
        if waiting is not None:
            try:
                waiting.get_loop().call_soon_threadsafe(_wake, waiting)
            except RuntimeError:  # the loop is closed
                pass

    def clear(self):
        """Take the flag back."""
        self._is_set = False

    async def wait(self):
        """Until the flag is set; it is cleared with that. RuntimeError: another task waits already."""
        if self._waiting is not None:
            raise RuntimeError("another task waits for this ThreadSafeFlag")
        while not self._is_set:
            self._waiting = waiting = events.get_running_loop().create_future()
            try:
                if not self._is_set:  # by another thread, just now
                    await waiting
            finally:
                self._waiting = None
        self._is_set = False


def _wake(waiting):
    if not waiting.done():
        waiting.set_result(None)
