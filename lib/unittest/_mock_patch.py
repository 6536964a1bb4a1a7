"""unittest.mock's patch: something else in the place of an attribute or of items of a dict, for the time of a test."""

import contextlib
import inspect
import sys
from functools import partial, wraps
from ._mock_autospec import create_autospec
from ._mock_call import DEFAULT
from ._mock_object import AsyncMock, MagicMock, NonCallableMagicMock, _check_spec_arg_typos
from ._mock_spec import InvalidSpecError, _instance_callable, _is_async_func, _is_async_obj, _is_instance_mock, _is_list, _callable


def _get_target(target):
    """(a function that imports what has the attribute, the attribute's name) of "package.module.name"."""
    import pkgutil
    try:
        where, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}") from None
    return partial(pkgutil.resolve_name, where), attribute


class _patch:
    """One patch: a decorator of functions and classes, a context manager, and an object to start() and stop()."""

    attribute_name = None
    _active_patches = []

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, *, unsafe=False):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        if not unsafe:
            _check_spec_arg_typos(kwargs)
        if _is_instance_mock(spec):
            raise InvalidSpecError(f"Cannot spec attr {attribute!r} as the spec has already been mocked out. [spec={spec!r}]")
        if _is_instance_mock(spec_set):
            raise InvalidSpecError(f"Cannot spec attr {attribute!r} as the spec_set target has already been mocked out. "
                                   f"[spec_set={spec_set!r}]")
        self.getter, self.attribute, self.new, self.new_callable = getter, attribute, new, new_callable
        self.spec, self.create, self.spec_set, self.autospec, self.kwargs = spec, create, spec_set, autospec, kwargs
        self.has_local = False
        self.additional_patchers = []
        self.is_started = False

    def copy(self):
        other = _patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec, self.new_callable,
                       self.kwargs)
        other.attribute_name = self.attribute_name
        other.additional_patchers = [p.copy() for p in self.additional_patchers]
        return other

    # As a decorator.

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        if inspect.iscoroutinefunction(func):
            return self.decorate_async_callable(func)
        return self.decorate_callable(func)

    def decorate_class(self, klass):
        for name in dir(klass):
            if not name.startswith(patch.TEST_PREFIX):
                continue
            method = getattr(klass, name)
            if hasattr(method, "__call__"):
                setattr(klass, name, self.copy()(method))
        return klass

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        extra = []
        with contextlib.ExitStack() as stack:
            for patching in patched.patchings:
                made = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(made)
                elif patching.new is DEFAULT:
                    extra.append(made)
            yield args + tuple(extra), keywargs

    def decorate_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @wraps(func)
        def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return func(*newargs, **newkeywargs)
        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @wraps(func)
        async def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return await func(*newargs, **newkeywargs)
        patched.patchings = [self]
        return patched

    # As a context.

    def get_original(self):
        """(what is there, whether it is the target's own); DEFAULT: nothing."""
        target, name = self.getter(), self.attribute
        original, local = DEFAULT, False
        try:
            original, local = target.__dict__[name], True
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        import builtins
        from types import ModuleType
        if name in dir(builtins) and isinstance(target, ModuleType):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError(f"{target} does not have the attribute {name!r}")
        return original, local

    def __enter__(self):
        if self.is_started:
            raise RuntimeError("Patch is already started")
        self.target = self.getter()
        original, local = self.get_original()
        new = self._replacement(original)
        self.temp_original, self.is_local, self.is_started = original, local, True
        self._exit_stack = contextlib.ExitStack()
        result = new
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is not None:
                result = {self.attribute_name: new} if self.new is DEFAULT else {}
                for other in self.additional_patchers:
                    made = self._exit_stack.enter_context(other)
                    if other.new is DEFAULT:
                        result.update(made)
            return result
        except BaseException:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _replacement(self, original):
        spec, spec_set, autospec = (None if given is False else given for given in (self.spec, self.spec_set, self.autospec))
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if spec_set is not None and autospec is not None and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        if spec is not None and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        if self.new is DEFAULT and autospec is None:
            return self._default(original, spec, spec_set)
        if autospec is not None:
            return self._autospecced(original, autospec, spec_set)
        if self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        return self.new

    def _default(self, original, spec, spec_set):
        inherit = False
        if spec is True: # what is there is the spec
            spec = original
            if spec_set is True:
                spec_set, spec = original, None
        elif spec is not None:
            if spec_set is True:
                spec_set, spec = spec, None
        elif spec_set is True:
            spec_set = original
        if spec is not None or spec_set is not None:
            if original is DEFAULT:
                raise TypeError("Can't use 'spec' with create=True")
            inherit = isinstance(original, type)
        if spec is None and _is_async_obj(original):
            cls = AsyncMock
        else:
            cls = MagicMock
        given = {}
        if self.new_callable is not None:
            cls = self.new_callable
        elif spec is not None or spec_set is not None:
            this = spec if spec is not None else spec_set
            no_call = "__call__" not in this if _is_list(this) else not callable(this)
            if _is_async_obj(this):
                cls = AsyncMock
            elif no_call:
                cls = NonCallableMagicMock
        if spec is not None:
            given["spec"] = spec
        if spec_set is not None:
            given["spec_set"] = spec_set
        if isinstance(cls, type) and issubclass(cls, NonCallableMagicMock.__mro__[2]) and self.attribute:
            given["name"] = self.attribute
        given.update(self.kwargs)
        new = cls(**given)
        if inherit and _is_instance_mock(new):
            this = spec if spec is not None else spec_set
            if not (_is_list(this) or _instance_callable(this)):
                cls = NonCallableMagicMock
            given.pop("name")
            new.return_value = cls(_new_parent=new, _new_name="()", **given)
        return new

    def _autospecced(self, original, autospec, spec_set):
        if self.new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        if autospec is True:
            autospec = original
        if _is_instance_mock(self.target):
            raise InvalidSpecError(f"Cannot autospec attr {self.attribute!r} as the patch target has already been mocked out. "
                                   f"[target={self.target!r}, attr={autospec!r}]")
        if _is_instance_mock(autospec):
            name = getattr(self.target, "__name__", self.target)
            raise InvalidSpecError(f"Cannot autospec attr {self.attribute!r} from target {name!r} as it has already been mocked out. "
                                   f"[target={self.target!r}, attr={autospec!r}]")
        return create_autospec(autospec, spec_set=bool(spec_set), _name=self.attribute, **self.kwargs)

    def __exit__(self, *exc_info):
        if not self.is_started:
            return None
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(self.target, self.attribute, self.temp_original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and (not hasattr(self.target, self.attribute) or self.attribute in
                                    ("__doc__", "__module__", "__defaults__", "__annotations__", "__kwdefaults__")):
                # Its deletion has taken it from where it came, as of a proxy's target.
                setattr(self.target, self.attribute, self.temp_original)
        del self.temp_original, self.is_local, self.target
        self.is_started = False
        return self._exit_stack.__exit__(*exc_info)

    def start(self):
        """Begin; gives what `with` would give."""
        result = self.__enter__()
        self._active_patches.append(self)
        return result

    def stop(self):
        """End what start() began."""
        try:
            self._active_patches.remove(self)
        except ValueError:
            return None # not started by start(), or stopped
        return self.__exit__(None, None, None)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False,
                  **kwargs):
    """As patch(), of an attribute of an object that is given."""
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Patches of several attributes of one object, by keyword; those that are DEFAULT get mocks, which decorated functions get by keyword."""
    if type(target) is str:
        import pkgutil
        getter = partial(pkgutil.resolve_name, target)
    else:
        def getter():
            return target
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    made = []
    for attribute, new in kwargs.items():
        one = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        made.append(one)
    made[0].additional_patchers.extend(made[1:])
    return made[0]


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    """Put new, or a mock, in the place of "package.module.name" while a function (as a decorator) or a `with` block runs.

    A mock that patch makes goes to the decorated function as a further argument. create: the attribute need not exist. Other arguments
    are those of the mock.
    """
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


class _patch_dict:
    """patch.dict: other items in a dict (or the name of one), for a time; clear: only those."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, dict(values, **kwargs), clear
        self._original = None # what was in it before

    def __call__(self, f):
        if isinstance(f, type):
            return self.decorate_class(f)
        if inspect.iscoroutinefunction(f):
            return self.decorate_async_callable(f)
        return self.decorate_callable(f)

    def decorate_callable(self, f):
        @wraps(f)
        def _inner(*args, **kw):
            with self:
                return f(*args, **kw)
        return _inner

    def decorate_async_callable(self, f):
        @wraps(f)
        async def _inner(*args, **kw):
            with self:
                return await f(*args, **kw)
        return _inner

    def decorate_class(self, klass):
        for name in dir(klass):
            method = getattr(klass, name)
            if name.startswith(patch.TEST_PREFIX) and hasattr(method, "__call__"):
                setattr(klass, name, _patch_dict(self.in_dict, self.values, self.clear)(method))
        return klass

    def __enter__(self):
        self._patch_dict()
        return self.in_dict

    def _patch_dict(self):
        if isinstance(self.in_dict, str):
            import pkgutil
            self.in_dict = pkgutil.resolve_name(self.in_dict)
        mapping = self.in_dict
        try:
            original = mapping.copy()
        except AttributeError: # only what a mapping must have
            original = {key: mapping[key] for key in mapping}
        self._original = original
        if self.clear:
            _clear_dict(mapping)
        try:
            mapping.update(self.values)
        except AttributeError:
            for key in self.values:
                mapping[key] = self.values[key]

    def _unpatch_dict(self):
        mapping, original = self.in_dict, self._original
        _clear_dict(mapping)
        try:
            mapping.update(original)
        except AttributeError:
            for key in original:
                mapping[key] = original[key]

    def __exit__(self, *args):
        if self._original is not None:
            self._unpatch_dict()
            self._original = None
        return False

    def start(self):
        """Begin; gives what `with` would give."""
        result = self.__enter__()
        _patch._active_patches.append(self)
        return result

    def stop(self):
        """End what start() began."""
        try:
            _patch._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _clear_dict(mapping):
    try:
        mapping.clear()
    except AttributeError:
        for key in list(mapping):
            del mapping[key]


def _patch_stopall():
    """Stop all patches that start() began, the last one first."""
    for one in reversed(_patch._active_patches):
        one.stop()


patch.object, patch.dict, patch.multiple, patch.stopall = _patch_object, _patch_dict, _patch_multiple, _patch_stopall
patch.TEST_PREFIX = "test"
