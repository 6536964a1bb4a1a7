"""While there is no asyncio: coroutines that wait for nothing can be run, what needs a loop is skipped."""

import unittest
from inspect import iscoroutinefunction


def run(main, *, debug=None, loop_factory=None):
    """Run a coroutine; one that really waits skips the test."""
    try:
        main.send(None)
    except StopIteration as stop:
        return stop.value
    main.close()
    raise unittest.SkipTest("needs an event loop")


def __getattr__(name):
    if name.startswith("__") or name == "Runner": # IsolatedAsyncioTestCase does without
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"needs asyncio.{name}")
    return skip
