"""Running a program's main coroutine."""

import contextvars
import threading
from . import constants, coroutines, events, exceptions, tasks

__all__ = ("Runner", "run")


class Runner:
    """A loop in which several coroutines run one after the other; `with` it.

    debug: the loop's debug mode, None: as it is; loop_factory: what makes the loop, None: as the policy does."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug, self._loop_factory = debug, loop_factory
        self._loop = self._context = None
        self._closed = False

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _open(self):
        if self._closed:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            loop = self._loop = (self._loop_factory or _current_loop)()
            if self._debug is not None:
                loop.set_debug(self._debug)
            self._context = contextvars.copy_context()

    def get_loop(self):
        """Return the loop."""
        self._open()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine; return its result. An interrupt from the keyboard cancels it, and is raised when it has ended."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        _refuse_inside_loop("Runner.run")
        self._open()
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        with _Interrupts(task, self._loop) as interrupts:
            try:
                return self._loop.run_until_complete(task)
            except exceptions.CancelledError:
                if interrupts.count and interrupts.were_all():
                    raise KeyboardInterrupt
                raise

    def close(self):
        """Cancel what is left, and close the loop."""
        if self._loop is None:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            for ending in (loop.shutdown_asyncgens, lambda: loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT)):
                loop.run_until_complete(ending())
        finally:
            if self._loop_factory is None:
                events.set_event_loop(None)
            loop.close()
            self._loop, self._closed = None, True


def _current_loop():
    """A new loop, which the policy has for this thread from now on."""
    loop = events.new_event_loop()
    events.set_event_loop(loop)
    return loop


def _refuse_inside_loop(name):
    if events._get_running_loop() is not None:
        raise RuntimeError(f"{name}() cannot be called from a running event loop")


class _Interrupts:
    """While it is entered, the first SIGINT cancels a task, the next raises KeyboardInterrupt. Leaves handlers of others as they are."""

    def __init__(self, task, loop):
        self.task, self.loop, self.count = task, loop, 0
        self.signal = None  # the module, while we handle SIGINT

    def __enter__(self):
        if threading.current_thread() is threading.main_thread():
            import signal
            if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                try:
                    signal.signal(signal.SIGINT, self._interrupted)
                    self.signal = signal
                except ValueError:  # not the main thread of the main interpreter
                    pass
        return self

    def __exit__(self, *exc):
        signal = self.signal
        if signal is not None and signal.getsignal(signal.SIGINT) == self._interrupted:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupted(self, signum, frame):
        self.count += 1
        if self.count > 1 or self.task.done():
            raise KeyboardInterrupt
        self.task.cancel()
        self.loop.call_soon_threadsafe(lambda: None)  # it may wait for something else

    def were_all(self):
        """Did nobody else cancel the task?"""
        uncancel = getattr(self.task, "uncancel", None)
        return uncancel is not None and uncancel() == 0


def run(main, *, debug=None, loop_factory=None):
    """Run the coroutine main in a new loop; return its result. For the main entry of a program, once."""
    _refuse_inside_loop("asyncio.run")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    """Cancel the loop's tasks, and run it until they have ended."""
    left = tasks.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            details = {"message": "unhandled exception during asyncio.run() shutdown", "exception": error, "task": task}
            loop.call_exception_handler(details)
