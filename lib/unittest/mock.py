"""Mocks: objects for tests that take whatever is done with them, and can be asked about it afterwards."""

from . import _mock_autospec, _mock_call, _mock_magic, _mock_object, _mock_patch, _mock_spec
from ._mock_autospec import create_autospec, mock_open, seal
from ._mock_call import (ANY, DEFAULT, _ANY, _AnyComparer, _Call, _CallList, _Sentinel, _SentinelObject, _deleted, _format_call_signature,
                         _missing, call, sentinel)
from ._mock_magic import MagicMixin, MagicProxy, _AsyncIterator, _set_return_value
from ._mock_object import (AsyncMagicMixin, AsyncMock, AsyncMockMixin, Base, CallableMixin, MagicMock, Mock, NonCallableMagicMock,
                           NonCallableMock, PropertyMock, _MockIter, _SpecState, _check_and_set_parent, _check_spec_arg_typos, _try_iter)
from ._mock_patch import (_clear_dict, _get_target, _patch, _patch_dict, _patch_multiple, _patch_object, _patch_stopall, patch)
from ._mock_spec import (FunctionTypes, InvalidSpecError, _all_magics, _all_sync_magics, _async_magics, _async_method_magics, _callable,
                         _check_signature, _extract_mock, _get_signature_object, _instance_callable, _is_async_func, _is_async_obj,
                         _is_exception, _is_instance_mock, _is_list, _is_magic, _magics, _must_skip, _non_defaults, _sync_async_magics,
                         _unsupported_magics)

__all__ = ("Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock", "ThreadingMock", "FILTER_DIR",
           "NonCallableMock", "NonCallableMagicMock", "mock_open", "PropertyMock", "seal")
FILTER_DIR = True # dir(mock) without what begins with _


def __getattr__(name):
    if name in ("ThreadingMock", "ThreadingMixin"): # the only ones that need threads
        from . import _mock_thread
        return getattr(_mock_thread, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


for _part in (_mock_autospec, _mock_call, _mock_magic, _mock_object, _mock_patch, _mock_spec):
    for _thing in list(vars(_part).values()):
        if isinstance(_thing, type) and _thing.__module__.startswith("unittest._mock"):
            _thing.__module__ = __name__
del _part, _thing
