"""The event loop: rounds of what is ready and of timers are _asyncio's; how files are waited for is the port's (wait.c)."""

import sys
from _asyncio import Loop, _get_running_loop, _set_running_loop
from . import tasks

_WAIT = 1 << 30  # the number under which wait.c watches files


def _stop_loop(future):
    """What a future calls for which run_until_complete() waits."""
    future.get_loop().stop()


class BaseEventLoop(Loop):
    """The loop of the only thread."""

    def __init__(self):
        self._running = self._closed = self._stopping = False
        self._exception_handler = None
        self._use_epoll(_WAIT)

    def run_forever(self):
        """Run until stop() is called."""
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if self._running or _get_running_loop() is not None:
            raise RuntimeError("This event loop is already running")
        hooks = sys.get_asyncgen_hooks()
        self._running = True
        sys.set_asyncgen_hooks(finalizer=self._asyncgen_left)
        _set_running_loop(self)
        try:
            self._run_rounds()
        finally:
            self._running = self._stopping = False
            _set_running_loop(None)
            sys.set_asyncgen_hooks(*hooks)

    def _asyncgen_left(self, generator):
        self.create_task(generator.aclose())

    def run_until_complete(self, future):
        """Run until a future, or a coroutine, is done; return its result. RuntimeError: stop() was called before."""
        future = tasks.ensure_future(future, loop=self)
        future.add_done_callback(_stop_loop)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(_stop_loop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        """End run_forever() after this round."""
        self._stopping = True

    def is_running(self):
        """Return whether it runs."""
        return self._running

    def is_closed(self):
        """Return whether it was closed."""
        return self._closed

    def close(self):
        """Forget all callbacks. It must not run."""
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._clear()

    def _check_call(self, callback, method, any_thread=False):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    call_soon_threadsafe = Loop.call_soon  # from handlers of pins and timers, which run between two instructions

    def get_debug(self):
        """Return False: the device has no debug mode."""
        return False

    def create_task(self, coro, *, name=None, context=None):
        """Have a coroutine run; return its task."""
        return tasks.Task(coro, loop=self, name=name, context=context)

    def add_reader(self, fd, callback, *args):
        """Have callback(*args) called whenever the file can be read."""
        from .events import Handle
        self._set_watch(fd, 0, Handle(callback, args, self))

    def remove_reader(self, fd):
        """Watch the file no more; return whether it was watched."""
        return self._set_watch(fd, 0, None) is not None

    async def shutdown_asyncgens(self):
        """Nothing: what nobody holds any more is closed by the loop as it runs."""

    def set_exception_handler(self, handler):
        """Set what is called with (loop, details) for what nobody else handles; None: it is printed."""
        self._exception_handler = handler

    def get_exception_handler(self):
        """Return what set_exception_handler() has set."""
        return self._exception_handler

    def default_exception_handler(self, context):
        """Print the message and the exception."""
        print(context.get("message", "Unhandled exception in event loop"), file=sys.stderr)
        if error := context.get("exception"):
            sys.excepthook(type(error), error, error.__traceback__)

    def call_exception_handler(self, context):
        """Tell of what nobody handles."""
        if self._exception_handler is None:
            self.default_exception_handler(context)
        else:
            self._exception_handler(self, context)


EventLoop = BaseEventLoop
