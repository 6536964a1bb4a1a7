"""unittest.mock's mocks that are made after something: create_autospec, mock_open, seal."""

import inspect
from ._mock_call import DEFAULT, _CallList, _deleted, call
from ._mock_object import (AsyncMock, AsyncMockMixin, MagicMock, NonCallableMagicMock, NonCallableMock, _SpecState, _check_and_set_parent,
                           _check_spec_arg_typos)
from ._mock_spec import (FunctionTypes, InvalidSpecError, _callable, _check_signature, _get_signature_object, _instance_callable, _is_async_func,
                         _is_async_obj, _is_instance_mock, _is_list, _is_magic, _must_skip)

_ASSERTIONS = ("assert_called_with", "assert_not_called", "assert_called", "assert_called_once", "assert_called_once_with",
               "assert_has_calls", "assert_any_call")
_AWAITS = ("assert_awaited", "assert_awaited_once", "assert_awaited_with", "assert_awaited_once_with", "assert_any_await",
           "assert_has_awaits", "assert_not_awaited")


def _function_for(mock, original, instance=False, is_async=False):
    """A real function in front of a mock, with the signature of what it stands for."""
    skipfirst = isinstance(original, type)
    found = _get_signature_object(original, instance, skipfirst)
    if found is None:
        return mock
    source, signature = found

    if is_async:
        async def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)
    else:
        def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)
    name = getattr(original, "__name__", "funcopy")
    funcopy.__name__ = funcopy.__qualname__ = name if name.isidentifier() else "funcopy"
    for attribute in ("__doc__", "__text_signature__", "__module__", "__defaults__", "__kwdefaults__"):
        try:
            setattr(funcopy, attribute, getattr(source, attribute))
        except (AttributeError, TypeError, ValueError):
            pass
    funcopy.__signature__ = signature
    _equip(funcopy, mock, signature)
    if is_async:
        _equip_async(funcopy, mock)
    mock._mock_delegate = funcopy
    return funcopy


def _forward(function, mock, names):
    def forwarder(name):
        def forward(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)
        return forward
    for name in names:
        setattr(function, name, forwarder(name))


def _equip(function, mock, signature):
    """Give a function what a mock has."""
    function.called, function.call_count, function.call_args = False, 0, None
    function.call_args_list, function.method_calls, function.mock_calls = _CallList(), _CallList(), _CallList()
    function.return_value, function.side_effect = mock.return_value, mock.side_effect
    function._mock_children = mock._mock_children
    function.mock = mock
    function.__signature__ = signature
    _forward(function, mock, _ASSERTIONS)

    def reset_mock():
        function.method_calls, function.mock_calls = _CallList(), _CallList()
        mock.reset_mock()
        result = function.return_value
        if _is_instance_mock(result) and result is not mock:
            result.reset_mock()
    function.reset_mock = reset_mock


def _equip_async(function, mock):
    function.await_count, function.await_args, function.await_args_list = 0, None, _CallList()
    function._is_coroutine_marker = inspect._is_coroutine_mark
    _forward(function, mock, _AWAITS)


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock after spec, whose attributes are made after spec's attributes, and whose calls must fit its signature.

    instance: spec is a class, and the mock stands for an instance of it. Other keywords go to the mock.
    """
    if _is_list(spec):
        spec = type(spec) # a list would be names of attributes
    is_type = isinstance(spec, type)
    if _is_instance_mock(spec):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    is_async_func = _is_async_func(spec)
    given = {} if spec is None else {"spec_set": spec} if spec_set else {"spec": spec}
    if is_type and not instance:
        pass
    if instance and is_type:
        given["_spec_as_instance"] = True
    if not unsafe:
        _check_spec_arg_typos(kwargs)
    name = kwargs.pop("name", _name)
    wraps = kwargs.get("wraps")
    given.update(kwargs)
    mock = _class_for(spec, is_type, instance, is_async_func, given)(parent=_parent, _new_parent=_parent, _new_name="" if _parent is None else name,
                                                                     name=name, **given)
    if isinstance(spec, FunctionTypes):
        mock = _function_for(mock, spec, is_async=is_async_func)
    else:
        _check_signature(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=mock, wraps=wraps and DEFAULT_WRAP(wraps))
    _fill(mock, spec, spec_set, is_type, instance, wraps)
    return mock


def DEFAULT_WRAP(wraps):
    """What wraps the instances of a wrapped class is not known."""
    return None


def _class_for(spec, is_type, instance, is_async_func, given):
    if inspect.isdatadescriptor(spec):
        given.pop("spec", None), given.pop("spec_set", None) # its instances' attributes are not known
        return MagicMock
    if is_type and instance and not _instance_callable(spec):
        return NonCallableMagicMock
    if is_async_func:
        if instance:
            raise RuntimeError("Instance can not be True when create_autospec is mocking an async function")
        return AsyncMock
    return MagicMock if spec is None or _callable(spec) else NonCallableMagicMock


def _fill(mock, spec, spec_set, is_type, instance, wraps):
    """Attributes of functions and classes at once, those of other objects when somebody looks."""
    wrapped = wraps is not None
    for entry in dir(spec):
        if _is_magic(entry):
            continue # MagicMock has them
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        given = {"spec": original}
        if spec_set:
            given = {"spec_set": original}
        if wrapped and hasattr(wraps, entry):
            given["wraps"] = getattr(wraps, entry)
        if not isinstance(original, FunctionTypes):
            new = _SpecState(original, is_type, mock, entry, instance=False)
            new.spec_set = spec_set
            if wrapped:
                new = NonCallableMagicMock(parent=mock, name=entry, _new_name=entry, _new_parent=mock, **given) if not callable(
                    original) else MagicMock(parent=mock, name=entry, _new_name=entry, _new_parent=mock, **given)
            mock._mock_children[entry] = new
        else:
            parent = mock.mock if isinstance(spec, FunctionTypes) else mock
            skipfirst = _must_skip(spec, entry, is_type)
            given["_eat_self"] = skipfirst
            cls = AsyncMock if inspect.iscoroutinefunction(original) else MagicMock
            new = cls(parent=parent, name=entry, _new_name=entry, _new_parent=parent, **given)
            mock._mock_children[entry] = new
            new.return_value = cls()
            _check_signature(original, new, skipfirst=skipfirst)
        if isinstance(new, FunctionTypes):
            setattr(mock, entry, new)


_file_spec = _open_spec = None


def _specs():
    global _file_spec, _open_spec
    if _file_spec is None:
        import io
        _file_spec = list(set(dir(io.TextIOWrapper)) | set(dir(io.BytesIO)))
        _open_spec = dir(io.open)
    return _file_spec


def mock_open(mock=None, read_data=""):
    """A mock for open(): what it gives reads read_data, by read(), readline(), readlines() and iteration, also in `with`."""
    import io

    def stream():
        return io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)
    state = [stream(), None]

    def default(method, attribute):
        def read(*args, **kwargs):
            given = getattr(handle, attribute).return_value
            return given if given is not None else getattr(state[0], method)(*args, **kwargs)
        return read

    def lines():
        given = handle.readline.return_value
        while given is not None:
            yield given
        yield from state[0]

    def readline(*args, **kwargs):
        yield from iter_lines(*args, **kwargs)
        while True:
            yield state[0].readline(*args, **kwargs)

    def iter_lines(*args, **kwargs):
        if handle.readline.return_value is not None:
            while True:
                yield handle.readline.return_value
        for line in state[0]:
            yield line

    def next_line():
        if handle.readline.return_value is not None:
            return handle.readline.return_value
        return next(state[0])

    def exit_side_effect(exctype, excinst, exctb):
        handle.close()

    if mock is None:
        mock = MagicMock(name="open", spec=_open_spec or _specs() and _open_spec)
    handle = MagicMock(spec=_specs())
    handle.__enter__.return_value = handle
    handle.write.return_value = handle.read.return_value = handle.readline.return_value = handle.readlines.return_value = None
    handle.read.side_effect = default("read", "read")
    state[1] = readline()
    handle.readline.side_effect = state[1]
    handle.readlines.side_effect = default("readlines", "readlines")
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = next_line
    handle.__exit__.side_effect = exit_side_effect

    def begin(*args, **kwargs):
        state[0] = stream()
        if handle.readline.side_effect == state[1]: # nobody has put another one there
            state[1] = readline()
            handle.readline.side_effect = state[1]
        return DEFAULT
    mock.side_effect = begin
    mock.return_value = handle
    return mock


def seal(mock):
    """No more attributes, of the mock and of those below: what is not there yet raises AttributeError."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock) or isinstance(child._mock_children.get(name), _SpecState):
            continue
        if child._mock_new_parent is mock:
            seal(child)
