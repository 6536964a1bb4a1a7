"""Test cases with coroutines. With asyncio they run in its loop; without it they run as long as nothing really waits."""

import inspect
import warnings
from .case import TestCase

__unittest = True


class _Alone:
    """Runs coroutines without a loop: one that waits for something raises NotImplementedError."""

    def __init__(self):
        import contextvars
        self._context = contextvars.copy_context()

    def get_context(self):
        return self._context

    def run(self, coroutine, context=None):
        try:
            self._context.run(coroutine.send, None)
        except StopIteration as stop:
            return stop.value
        coroutine.close()
        raise NotImplementedError("IsolatedAsyncioTestCase: this coroutine waits for something, and there is no asyncio")

    def close(self):
        pass


class _Plain(_Alone):
    """As _Alone, without contextvars."""

    def __init__(self):
        pass

    def run(self, coroutine, context=None):
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        coroutine.close()
        raise NotImplementedError("IsolatedAsyncioTestCase: this coroutine waits for something, and there is no asyncio")


def _runner(factory):
    try:
        import asyncio
        return asyncio.Runner(debug=True, loop_factory=factory)
    except (ImportError, AttributeError):
        pass
    try:
        return _Alone()
    except ImportError:
        return _Plain()


class IsolatedAsyncioTestCase(TestCase):
    """A TestCase whose tests, asyncSetUp() and asyncTearDown() may be coroutines, in an event loop of its own."""

    loop_factory = None

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._asyncioRunner = None

    async def asyncSetUp(self):
        """Called before each test, after setUp()."""

    async def asyncTearDown(self):
        """Called after each test, before tearDown()."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """As addCleanup, of a coroutine function."""
        self.addCleanup(*(func, *args), **kwargs)

    async def enterAsyncContext(self, cm):
        """Enter an asynchronous context manager, and leave it at the end of the test."""
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the asynchronous context manager "
                            "protocol") from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _callSetUp(self):
        self._call(self.setUp)
        self._await(self.asyncSetUp())

    def _callTestMethod(self, method):
        if self._call(method) is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning,
                          stacklevel=4)

    def _callTearDown(self):
        self._await(self.asyncTearDown())
        self._call(self.tearDown)

    def _callCleanup(self, function, *args, **kwargs):
        self._call(function, *args, **kwargs)

    def _call(self, function, /, *args, **kwargs):
        assert self._asyncioRunner is not None, "asyncio runner is not initialized"
        if inspect.iscoroutinefunction(function):
            return self._await(function(*args, **kwargs))
        context = getattr(self._asyncioRunner, "get_context", lambda: None)() if type(self._asyncioRunner) is not _Plain else None
        return function(*args, **kwargs) if context is None else context.run(function, *args, **kwargs)

    def _await(self, coroutine):
        return self._asyncioRunner.run(coroutine)

    def run(self, result=None):
        self._asyncioRunner = _runner(self.loop_factory)
        try:
            return super().run(result)
        finally:
            self._close()

    def debug(self):
        self._asyncioRunner = _runner(self.loop_factory)
        super().debug()
        self._close()

    def _close(self):
        runner, self._asyncioRunner = self._asyncioRunner, None
        if runner is not None:
            runner.close()

    def __del__(self):
        if getattr(self, "_asyncioRunner", None) is not None:
            self._close()
