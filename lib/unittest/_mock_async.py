"""unittest.mock's AsyncMock: calls give coroutines, and awaits are remembered as calls are."""

import inspect
from ._mock_call import DEFAULT, _AnyComparer, _Call, _CallList
from ._mock_object import Base, CallableMixin, NonCallableMock, _delegating
from ._mock_spec import _async_magics, _callable, _is_exception


async def _pattern(*args, **kwargs):
    pass


class AsyncMockMixin(Base):
    """What makes a mock awaitable when it is called."""

    await_count, await_args, await_args_list = _delegating("await_count"), _delegating("await_args"), _delegating("await_args_list")

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # So that inspect takes it for a function with async def.
        self.__dict__.update(_mock_await_count=0, _mock_await_args=None, _mock_await_args_list=_CallList(), __code__=_pattern.__code__,
                             __name__="AsyncMock", __defaults__=(), __kwdefaults__={}, __annotations__=None,
                             _is_coroutine_marker=inspect._is_coroutine_mark)

    async def _execute_mock_call(self, /, *args, **kwargs):
        self.await_count += 1
        self.await_args = both = _Call((args, kwargs), two=True)
        self.await_args_list.append(both)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                try:
                    result = next(effect)
                except StopIteration:
                    raise StopAsyncIteration # StopIteration cannot leave a coroutine
                if _is_exception(result):
                    raise result
            elif inspect.iscoroutinefunction(effect):
                result = await effect(*args, **kwargs)
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            wrapped = self._mock_wraps(*args, **kwargs)
            return await wrapped if inspect.iscoroutinefunction(self._mock_wraps) else wrapped
        return self.return_value

    def assert_awaited(self):
        """It was awaited at least once."""
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        """It was awaited once."""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """The last await was of a call with these arguments."""
        if self.await_args is None:
            raise AssertionError(f"Expected await: {self._format_mock_call_signature(args, kwargs)}\nNot awaited")
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.await_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs, action="await")) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """It was awaited once, with these arguments."""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """Some await was of a call with these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        if cause or expected not in _AnyComparer([self._call_matcher(c) for c in self.await_args_list]):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} await not found") from cause

    def assert_has_awaits(self, calls, any_order=False):
        """These awaits were made one after the other; any_order: in whatever order."""
        self._has_awaits(calls, any_order)

    def _has_awaits(self, calls, any_order):
        expected = [self._call_matcher(c) for c in calls]
        cause = next((e for e in expected if isinstance(e, Exception)), None)
        actual = _CallList(self._call_matcher(c) for c in self.await_args_list)
        if not any_order:
            if expected in actual:
                return
            problem = "Awaits not found."
            if cause is not None:
                problem = f"Error processing expected awaits.\nErrors: {[e if isinstance(e, Exception) else None for e in expected]}"
            raise AssertionError(f"{problem}\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}") from cause
        left, missing = list(actual), []
        for one in expected:
            try:
                left.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError(f"{tuple(missing)!r} not all found in await list") from cause

    def assert_not_awaited(self):
        """It was never awaited."""
        if self.await_count != 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to not have been awaited. Awaited {self.await_count} times.")

    def reset_mock(self, /, *args, **kwargs):
        """As of other mocks; awaits are forgotten as well."""
        super().reset_mock(*args, **kwargs)
        self.await_count, self.await_args, self.await_args_list = 0, None, _CallList()


from ._mock_magic import AsyncMagicMixin


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, CallableMixin, NonCallableMock):
    """A mock whose calls give coroutines: their result is return_value, or what side_effect says, when they are awaited."""
