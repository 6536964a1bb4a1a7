"""unittest.mock's view of what it stands in for: signatures, kinds of callables, names of special methods."""

import inspect
from functools import partial
from types import CodeType, FunctionType, MethodType

FunctionTypes = (FunctionType, MethodType)


class InvalidSpecError(Exception):
    """A mock cannot be the spec of another."""


_NUMERIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow".split()
_PLAIN = ("lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit divmod rdivmod neg pos abs invert complex int float "
          "index round trunc floor ceil bool next fspath aiter").split()
_magics = ({f"__{n}__" for n in _PLAIN} | {f"__{p}{n}__" for n in _NUMERIC for p in ("", "i", "r")} | {"__hash__", "__iter__"})
_non_defaults = {f"__{n}__" for n in ("get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat "
                                      "repr dir subclasses format getnewargs_ex").split()}
_async_method_magics = {"__aenter__", "__aexit__", "__anext__"}
_sync_async_magics = {"__aiter__"}
_async_magics = _async_method_magics | _sync_async_magics
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_magics
_unsupported_magics = {f"__{n}__" for n in "getattr setattr init new prepare instancecheck subclasscheck del".split()}


def _is_magic(name):
    return "__%s__" % name[2:-2] == name


def _is_async_func(obj):
    return hasattr(obj, "__code__") and inspect.iscoroutinefunction(obj)


def _is_async_obj(obj):
    if _is_instance_mock(obj) and not isinstance(obj, _class("AsyncMock")):
        return False
    return inspect.iscoroutinefunction(getattr(obj, "__func__", obj)) or inspect.isawaitable(obj)


def _class(name):
    from . import _mock_object
    return getattr(_mock_object, name)


def _is_instance_mock(obj):
    return issubclass(type(obj), _class("NonCallableMock")) # what isinstance() asks may be a mock's own idea


def _is_exception(obj):
    return isinstance(obj, BaseException) or (isinstance(obj, type) and issubclass(obj, BaseException))


def _extract_mock(obj):
    """The mock behind a function that create_autospec made."""
    if isinstance(obj, FunctionTypes) and hasattr(obj, "mock"):
        return obj.mock
    return obj


def _is_list(obj):
    return type(obj) in (list, tuple)


def _callable(obj):
    if isinstance(obj, type):
        return True
    if isinstance(obj, (staticmethod, classmethod, MethodType)):
        return _callable(obj.__func__)
    return getattr(obj, "__call__", None) is not None


def _instance_callable(obj):
    """Of an object: can it be called? Of a class: can its instances?"""
    if not isinstance(obj, type):
        return getattr(obj, "__call__", None) is not None
    return any(base.__dict__.get("__call__") is not None for base in obj.__mro__)


def _get_signature_object(spec, as_instance, eat_self):
    """(what tells the signature, the signature) of a spec; None where there is none."""
    if isinstance(spec, type) and not as_instance:
        spec, eat_self = spec.__init__, True
    elif isinstance(spec, (classmethod, staticmethod)):
        if isinstance(spec, classmethod):
            eat_self = True
        spec = spec.__func__
    elif not isinstance(spec, FunctionTypes):
        try:
            spec = spec.__call__
        except AttributeError:
            return None
    given = partial(spec, None) if eat_self else spec
    try:
        return spec, inspect.signature(given)
    except ValueError:
        return None


def _check_signature(func, mock, skipfirst, instance=False):
    """Let a mock's calls be checked against the signature of func."""
    found = _get_signature_object(func, instance, skipfirst)
    if found is None:
        return
    signature = found[1]

    def check(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)
    for name in ("__name__", "__doc__", "__text_signature__", "__module__", "__defaults__", "__kwdefaults__"):
        try:
            setattr(check, name, getattr(found[0], name))
        except AttributeError:
            pass
    type(mock)._mock_check_sig = check
    type(mock).__signature__ = signature


def _must_skip(spec, name, is_type):
    """Does a method found under this name get self from elsewhere, so that the signature to check is without it?"""
    if not isinstance(spec, type):
        if name in getattr(spec, "__dict__", {}):
            return False
        spec = spec.__class__
    for cls in spec.__mro__:
        found = cls.__dict__.get(name, _check_signature)
        if found is _check_signature:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        return is_type if isinstance(found, FunctionTypes) else False
    return is_type
