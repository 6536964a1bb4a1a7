"""Test cases with coroutines, which run in an event loop of asyncio."""

import inspect
import warnings
from .case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """A TestCase whose tests, asyncSetUp() and asyncTearDown() may be coroutines, in an event loop of its own."""

    loop_factory = None

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._asyncioRunner = None
        import contextvars
        self._context = contextvars.copy_context()

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
        self._asyncioRunner.get_loop()  # there, with its settings, before the first test code
        self._call(self.setUp)
        self._await(self.asyncSetUp())

    def _callTestMethod(self, method):
        if self._call(method) is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning,
                          stacklevel=5)

    def _callTearDown(self):
        self._await(self.asyncTearDown())
        self._call(self.tearDown)

    def _callCleanup(self, function, *args, **kwargs):
        self._call(function, *args, **kwargs)

    def _call(self, function, /, *args, **kwargs):
        assert self._asyncioRunner is not None, "asyncio runner is not initialized"
        if inspect.iscoroutinefunction(function):
            return self._await(function(*args, **kwargs))
        return self._context.run(function, *args, **kwargs)

    def _await(self, coroutine):
        return self._asyncioRunner.run(coroutine, context=self._context)

    def _setupAsyncioRunner(self):
        assert self._asyncioRunner is None, "asyncio runner is already initialized"
        import asyncio
        self._asyncioRunner = asyncio.Runner(debug=True, loop_factory=self.loop_factory)

    def run(self, result=None):
        self._setupAsyncioRunner()
        try:
            return super().run(result)
        finally:
            self._tearDownAsyncioRunner()

    def debug(self):
        self._setupAsyncioRunner()
        super().debug()
        self._tearDownAsyncioRunner()

    def _tearDownAsyncioRunner(self):
        runner, self._asyncioRunner = self._asyncioRunner, None
        if runner is not None:
            runner.close()

    def __del__(self):
        if getattr(self, "_asyncioRunner", None) is not None:
            self._tearDownAsyncioRunner()
