"""unittest.mock's mocks: objects whose attributes are mocks, and that remember how they were called."""

import inspect
from ._mock_call import (DEFAULT, _AnyComparer, _Call, _CallList, _deleted, _format_call_signature, _missing, call, sentinel)
from ._mock_spec import (InvalidSpecError, _all_magics, _all_sync_magics, _async_method_magics, _callable, _check_signature,
                         _extract_mock, _get_signature_object, _is_async_func, _is_async_obj, _is_exception, _is_instance_mock, _is_list,
                         _is_magic, _must_skip, _unsupported_magics)
from .util import safe_repr

_ASSERT_WORDS = ("assert", "assret", "asert", "aseert", "assrt")
_TYPOS = {"autospec": ("autospect", "auto_spec"), "spec_set": ("set_spec",)}


def _denied():
    return frozenset(name.removeprefix("assert_") for name in dir(NonCallableMock) if name.startswith("assert_"))


class _SpecState:
    """What an attribute of an autospecced mock will be, once somebody looks."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec, self.ids, self.spec_set, self.parent, self.instance, self.name = spec, ids, spec_set, parent, instance, name


class _MockIter:
    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


def _try_iter(obj):
    """A side effect: what can be iterated over becomes an iterator."""
    if obj is None or _is_exception(obj) or _callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        return obj


def _delegating(name):
    """An attribute that is the mock's own, unless a function made by create_autospec stands before it."""
    own = "_mock_" + name

    def get(self):
        delegate = self._mock_delegate
        return getattr(self, own) if delegate is None else getattr(delegate, name)

    def put(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[own] = value
        else:
            setattr(delegate, name, value)
    return property(get, put)


_allowed_names = {"return_value", "_mock_return_value", "side_effect", "_mock_side_effect", "_mock_parent", "_mock_new_parent", "_mock_name",
                  "_mock_new_name", "called", "call_count", "call_args", "call_args_list", "mock_calls", "await_count", "await_args",
                  "await_args_list"}


def _check_and_set_parent(parent, value, name, new_name):
    """Make value, if it is a mock without a place, a child of parent; False if it is none, or stands above."""
    value = _extract_mock(value)
    if not _is_instance_mock(value):
        return False
    if value._mock_name or value._mock_new_name or value._mock_parent is not None or value._mock_new_parent is not None:
        return False
    above = parent
    while above is not None:
        if above is value:
            return False
        above = above._mock_new_parent
    if new_name:
        value._mock_new_parent, value._mock_new_name = parent, new_name
    if name:
        value._mock_parent, value._mock_name = parent, name
    return True


def _check_spec_arg_typos(kwargs):
    for right, wrongs in _TYPOS.items():
        for wrong in wrongs:
            if wrong in kwargs:
                raise RuntimeError(f"{wrong!r} might be a typo; use unsafe=True if this is intended")


class Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A mock that cannot be called."""

    def __new__(cls, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="", _new_parent=None,
                _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        # A class for each mock: special methods are looked up there.
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            given = spec_set or spec
            if given is not None and _is_async_obj(given):
                bases = (AsyncMockMixin, cls)
        made = type(cls.__name__, bases, {"__doc__": cls.__doc__})
        return object.__new__(made)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="", _new_parent=None,
                 _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        if _new_parent is None:
            _new_parent = parent
        state = self.__dict__
        state.update(_mock_parent=parent, _mock_name=name, _mock_new_name=_new_name, _mock_new_parent=_new_parent, _mock_sealed=False)
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        state.update(_mock_children={}, _mock_wraps=wraps, _mock_delegate=None, _mock_called=False, _mock_call_args=None, _mock_call_count=0,
                     _mock_call_args_list=_CallList(), _mock_mock_calls=_CallList(), method_calls=_CallList(), _mock_unsafe=unsafe)
        if kwargs:
            self.configure_mock(**kwargs)
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state)

    # What it stands for.

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_instance_mock(spec):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        cls = signature = None
        asyncs = []
        if spec is not None and not _is_list(spec):
            cls = spec if isinstance(spec, type) else type(spec)
            found = _get_signature_object(spec, _spec_as_instance, _eat_self)
            signature = found and found[1]
            names = dir(spec)
            for name in names:
                value = inspect.getattr_static(spec, name, None)
                if isinstance(value, staticmethod):
                    value = value.__func__
                if inspect.iscoroutinefunction(getattr(value, "__func__", value)):
                    asyncs.append(name)
            from dataclasses import fields, is_dataclass
            if is_dataclass(spec):
                names = names + [field.name for field in fields(spec)]
            spec = names
        self.__dict__.update(_spec_class=cls, _spec_set=spec_set, _spec_signature=signature, _mock_methods=spec, _spec_asyncs=asyncs)

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec: only attributes of it can be got, with spec_set only they can be set."""
        self._mock_add_spec(spec, spec_set)

    def attach_mock(self, mock, attribute):
        """Make a mock an attribute of this one, which then sees its calls."""
        inner = _extract_mock(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name, inner._mock_new_name = "", None
        setattr(self, attribute, mock)

    # State.

    def __get_return_value(self):
        result = self._mock_return_value if self._mock_delegate is None else self._mock_delegate.return_value
        if result is DEFAULT and self._mock_wraps is None:
            result = self._get_child_mock(_new_parent=self, _new_name="()")
            self.return_value = result
        return result

    def __set_return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            _check_and_set_parent(self, value, None, "()")

    return_value = property(__get_return_value, __set_return_value, doc="The value to be returned when the mock is called.")

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    called, call_count, call_args = _delegating("called"), _delegating("call_count"), _delegating("call_args")
    call_args_list, mock_calls = _delegating("call_args_list"), _delegating("mock_calls")

    def __get_side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if effect is not None and not callable(effect) and not isinstance(effect, _MockIter) and not _is_exception(effect):
            effect = _MockIter(effect)
            delegate.side_effect = effect
        return effect

    def __set_side_effect(self, value):
        value = _try_iter(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    side_effect = property(__get_side_effect, __set_side_effect)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls, of the mocks below as well; if asked to, also what calls give."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called, self.call_args, self.call_count = False, None, 0
        self.mock_calls, self.call_args_list, self.method_calls = _CallList(), _CallList(), _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if not isinstance(child, _SpecState) and child is not _deleted:
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        result = self._mock_return_value
        if _is_instance_mock(result) and result is not self:
            result.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes, also those of attributes: configure_mock(**{"method.return_value": 3})."""
        for path, value in sorted(kwargs.items(), key=lambda pair: pair[0].count(".")):
            *above, last = path.split(".")
            thing = self
            for name in above:
                thing = getattr(thing, name)
            setattr(thing, last, value)

    # Attributes.

    def __getattr__(self, name):
        if name in {"_mock_methods", "_mock_unsafe"}:
            raise AttributeError(name)
        known = self._mock_methods
        if known is not None:
            if name not in known or name in _all_magics:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (not known or name not in known) and (name.startswith(_ASSERT_WORDS) or name in _denied()):
            raise AttributeError(f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute.")
        return self._child(name)

    def _child(self, name):
        child = self._mock_children.get(name)
        if child is _deleted:
            raise AttributeError(name)
        if child is None:
            wraps = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
            child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = child
        elif isinstance(child, _SpecState):
            from ._mock_autospec import create_autospec
            spec = child.spec
            try:
                child = create_autospec(spec, child.spec_set, child.instance, child.parent, child.name)
            except InvalidSpecError:
                target = self.__dict__["_mock_name"] or self
                raise InvalidSpecError(f"Cannot autospec attr {name!r} from target {target!r} as it has already been mocked out. "
                                       f"[target={self!r}, attr={spec!r}]") from None
            self._mock_children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in _allowed_names:
            object.__setattr__(self, name, value)
            return
        known = self._mock_methods
        if self._spec_set and known is not None and name not in known and name not in self.__dict__:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _unsupported_magics:
            raise AttributeError(f"Attempting to set unsupported magic method {name!r}.")
        if name == "__class__":
            self._spec_class = value
            return
        if name in _all_magics:
            if known is not None and name not in known:
                raise AttributeError(f"Mock object has no attribute '{name}'")
            value = self._set_magic(name, value)
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, PropertyMock):
            self.__dict__[name] = value
            return
        object.__setattr__(self, name, value)

    def _set_magic(self, name, value):
        if _is_instance_mock(value):
            _check_and_set_parent(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
            return value

        def method(self, /, *args, **kwargs):
            return value(self, *args, **kwargs)
        method.__name__ = name
        setattr(type(self), name, method)
        return lambda *args, **kwargs: value(self, *args, **kwargs)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return # nobody had looked at it
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is _deleted:
            raise AttributeError(name)
        if child is not _missing:
            del self._mock_children[name]
        self._mock_children[name] = _deleted

    def __dir__(self):
        from . import mock
        if not mock.FILTER_DIR:
            return object.__dir__(self)
        names = set(self._mock_methods or ())
        names.update(name for name in dir(type(self)) if not name.startswith("_"))
        names.update(name for name in list(self.__dict__) if not name.startswith("_") or _is_magic(name))
        names.update(name for name, child in self._mock_children.items() if child is not _deleted)
        return sorted(names)

    # Names.

    def _extract_mock_name(self):
        """The way to this mock from the uppermost: "mock.a().b"."""
        top, parts, dot = self, [self._mock_new_name], "." if self._mock_new_name != "()" else ""
        while top._mock_new_parent is not None:
            top = top._mock_new_parent
            parts.append(top._mock_new_name + dot)
            dot = "" if top._mock_new_name == "()" else "."
        parts.reverse()
        first = top._mock_name or "mock"
        if len(parts) > 1 and parts[1] not in ("()", "()."):
            first += "."
        return first + "".join(parts[1:])

    def __repr__(self):
        name = self._extract_mock_name()
        shown = "" if name in ("mock", "mock.") else f" name={name!r}"
        if self._spec_class is not None:
            shown += (" spec_set=%r" if self._spec_set else " spec=%r") % self._spec_class.__name__
        return f"<{type(self).__name__}{shown} id='{id(self)}'>"

    def _calls_repr(self):
        """The calls, for the end of a message."""
        return f"\nCalls: {safe_repr(self.mock_calls)}." if self.mock_calls else ""

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or "mock", args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action="call"):
        actual = self._format_mock_call_signature(*self.call_args)
        return f"expected {action} not found.\nExpected: {self._format_mock_call_signature(args, kwargs)}\n  Actual: {actual}"

    # Comparing calls.

    def _get_call_signature_from_name(self, name):
        """The signature of the method that a call's name leads to; None: not known."""
        if not name:
            return self._spec_signature
        signature, children = None, self._mock_children
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            child = _extract_mock(child)
            children, signature = child._mock_children, child._spec_signature
        return signature

    def _call_matcher(self, _call):
        """A call as the signature sees it, so that f(1) and f(a=1) are equal; the TypeError if it does not fit."""
        named = isinstance(_call, tuple) and len(_call) > 2
        signature = self._get_call_signature_from_name(_call[0]) if named else self._spec_signature
        if signature is None:
            return _call
        name, args, kwargs = _call if named else ("", *_call)
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return call(name, bound.args, bound.kwargs)

    # Assertions.

    def _fail_count(self, words):
        raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to {words} Called {self.call_count} times.{self._calls_repr()}")

    def assert_not_called(self):
        """It was never called."""
        if self.call_count != 0:
            self._fail_count("not have been called.")

    def assert_called(self):
        """It was called at least once."""
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called.")

    def assert_called_once(self):
        """It was called once."""
        if self.call_count != 1:
            self._fail_count("have been called once.")

    def assert_called_with(self, /, *args, **kwargs):
        """The last call had these arguments."""
        if self.call_args is None:
            raise AssertionError(f"expected call not found.\nExpected: {self._format_mock_call_signature(args, kwargs)}\n  Actual: not called.")
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.call_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """It was called once, with these arguments."""
        if self.call_count != 1:
            self._fail_count("be called once.")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Some call had these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        if cause or expected not in _AnyComparer([self._call_matcher(c) for c in self.call_args_list]):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} call not found") from cause

    def assert_has_calls(self, calls, any_order=False):
        """These calls were made, to this mock and those below, one after the other; any_order: in whatever order."""
        self._has_calls(calls, any_order, self.mock_calls)

    def _has_calls(self, calls, any_order, made, word="Calls", found_word="call"):
        expected = [self._call_matcher(c) for c in calls]
        cause = next((e for e in expected if isinstance(e, Exception)), None)
        actual = _CallList(self._call_matcher(c) for c in made)
        if not any_order:
            if expected in actual:
                return
            problem = f"{word} not found."
            if cause is not None:
                problem = f"Error processing expected {word.lower()}.\nErrors: {[e if isinstance(e, Exception) else None for e in expected]}"
            shown = f"\n  Actual: {safe_repr(made)}"
            raise AssertionError(f"{problem}\nExpected: {_CallList(calls)}{shown}") from cause
        left, missing = list(actual), []
        for one in expected:
            try:
                left.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError(f"{self._mock_name or 'mock'!r} does not contain all of {tuple(missing)!r} in its {found_word} list, "
                                 f"found {list(actual)!r} instead") from cause

    def _get_child_mock(self, /, **kw):
        """A mock for an attribute or a return value: of the same class, but for what is asynchronous."""
        if self._mock_sealed:
            raise AttributeError(self._extract_mock_name() + (f".{kw['name']}" if "name" in kw else "()"))
        name, cls = kw.get("_new_name"), type(self)
        if name in self.__dict__["_spec_asyncs"]:
            return AsyncMock(**kw)
        if issubclass(cls, MagicMock) and name in _async_method_magics:
            return AsyncMock(**kw)
        if issubclass(cls, AsyncMockMixin):
            plain = name in _all_sync_magics or (self._mock_methods and name in self._mock_methods)
            return (MagicMock if plain else AsyncMock)(**kw)
        if issubclass(cls, CallableMixin):
            return cls.__mro__[1](**kw)
        return (MagicMock if issubclass(cls, NonCallableMagicMock) else Mock)(**kw)


class CallableMixin(Base):
    """What makes a mock callable."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None,
                 _spec_state=None, _new_name="", _new_parent=None, **kwargs):
        self.__dict__["_mock_return_value"] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        pass

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Remember a call, here and in the mocks above."""
        self.called = True
        self.call_count += 1
        self.call_args = both = _Call((args, kwargs), two=True)
        self.call_args_list.append(both)
        self.mock_calls.append(_Call(("", args, kwargs)))
        method, path = self._mock_name, self._mock_new_name
        is_method, is_call = self._mock_parent is not None, path == "()"
        above = self._mock_new_parent
        while above is not None:
            if is_method:
                above.method_calls.append(_Call((method, args, kwargs)))
                is_method = above._mock_parent is not None
                if is_method:
                    method = f"{above._mock_name}.{method}"
            above.mock_calls.append(_Call((path, args, kwargs)))
            name = above._mock_new_name
            if name:
                path = name + ("" if is_call else ".") + path
                is_call = name == "()"
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_delegate is not None and self._mock_delegate.return_value is not DEFAULT:
            return self._mock_delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """An object that takes whatever is done with it, and remembers it. Calls give return_value, or what side_effect says.

    spec: an object, or names, outside of which there are no attributes; spec_set: they cannot be set either. wraps: an object that gets the
    calls. name: shown in repr. Other keywords are attributes.
    """


class PropertyMock(Mock):
    """A mock for a property: set on a class; getting the attribute calls it without an argument, setting it with the value."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


from ._mock_async import AsyncMagicMixin, AsyncMock, AsyncMockMixin
from ._mock_magic import MagicMixin, MagicMock, NonCallableMagicMock
