"""Running a program's main coroutine."""

from _asyncio import CancelledError
from . import coroutines, events, tasks


class Runner:
    """A loop in which several coroutines run one after the other; `with` it. loop_factory: what makes the loop."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._factory = loop_factory or events.new_event_loop
        self._loop = None

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, *exc):
        self.close()

    def get_loop(self):
        """Return the loop."""
        if self._loop is None:
            self._loop = self._factory()
            events.set_event_loop(self._loop)
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine; return its result. An interrupt from the keyboard cancels it, and is raised when it has ended."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        loop = self.get_loop()
        task = loop.create_task(coro, context=context)
        try:
            return loop.run_until_complete(task)
        except KeyboardInterrupt:
            task.cancel()
            try:
                loop.run_until_complete(task)
            except CancelledError:
                pass
            raise

    def close(self):
        """Cancel what is left, and close the loop."""
        if self._loop is None:
            return
        loop, self._loop = self._loop, None
        try:
            left = tasks.all_tasks(loop)
            for task in left:
                task.cancel()
            if left:
                loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
        finally:
            events.set_event_loop(None)
            loop.close()


def run(main, *, debug=None, loop_factory=None):
    """Run the coroutine main in a new loop; return its result. For the main entry of a program, once."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
