"""unittest.mock's ThreadingMock: a mock that other threads call, and that can be waited for."""

import threading
from ._mock_object import MagicMixin, Mock, Base
from ._mock_spec import _is_instance_mock

_unset = object()


class ThreadingMixin(Base):
    """wait_until_called and wait_until_any_call_with; DEFAULT_TIMEOUT, or timeout= of the mock: seconds, None for ever."""

    DEFAULT_TIMEOUT = None

    def _get_child_mock(self, /, **kw):
        if isinstance(kw.get("parent"), ThreadingMixin):
            kw["timeout"] = kw["parent"]._mock_wait_timeout
        elif isinstance(kw.get("_new_parent"), ThreadingMixin):
            kw["timeout"] = kw["_new_parent"]._mock_wait_timeout
        return super()._get_child_mock(**kw)

    def __init__(self, *args, timeout=_unset, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__.update(_mock_wait_timeout=self.DEFAULT_TIMEOUT if timeout is _unset else timeout, _mock_condition=threading.Condition())

    def _mock_call(self, *args, **kwargs):
        result = super()._mock_call(*args, **kwargs)
        with self._mock_condition:
            self._mock_condition.notify_all()
        return result

    def wait_until_called(self, *, timeout=_unset):
        """Wait for a call; AssertionError when the time is over."""
        if timeout is _unset:
            timeout = self._mock_wait_timeout
        with self._mock_condition:
            if not self._mock_condition.wait_for(lambda: self.called, timeout):
                raise AssertionError(f"{self._mock_name or 'mock'} was not called before timeout({timeout}).")

    def wait_until_any_call_with(self, *args, **kwargs):
        """Wait for a call with these arguments; AssertionError when the time is over."""
        def happened():
            try:
                self.assert_any_call(*args, **kwargs)
            except AssertionError:
                return False
            return True
        with self._mock_condition:
            if not self._mock_condition.wait_for(happened, self._mock_wait_timeout):
                expected = self._format_mock_call_signature(args, kwargs)
                raise AssertionError(f"{expected} call not found before timeout({self._mock_wait_timeout}).")


class ThreadingMock(ThreadingMixin, MagicMixin, Mock):
    """A MagicMock to be called by other threads."""


ThreadingMixin.__module__ = ThreadingMock.__module__ = "unittest.mock"
