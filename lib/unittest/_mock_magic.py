"""unittest.mock's MagicMock: a mock that has the special methods, with results that suit them."""

from ._mock_call import DEFAULT
from ._mock_object import Base, Mock, NonCallableMock
from ._mock_spec import _async_magics, _magics, _is_magic

_RETURNS = {"__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented, "__int__": 1,
            "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0, "__bool__": True, "__index__": 1,
            "__aexit__": False}


def _fspath(mock):
    return f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}"


_CALCULATED = {"__hash__": lambda mock: object.__hash__(mock), "__str__": lambda mock: object.__str__(mock),
               "__sizeof__": lambda mock: object.__sizeof__(mock), "__fspath__": _fspath}


def _eq(mock):
    def equal(other):
        given = mock.__eq__._mock_return_value
        if given is not DEFAULT:
            return given
        return True if mock is other else NotImplemented
    return equal


def _ne(mock):
    def differs(other):
        if mock.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if mock is other else NotImplemented
    return differs


def _iter(mock):
    def iterate():
        given = mock.__iter__._mock_return_value
        return iter([]) if given is DEFAULT else iter(given)
    return iterate


class _AsyncIterator:
    """Wraps an iterator in an asynchronous one."""

    def __init__(self, iterator):
        self.iterator = iterator

    async def __anext__(self):
        try:
            return next(self.iterator)
        except StopIteration:
            raise StopAsyncIteration

    def __aiter__(self):
        return self


def _aiter(mock):
    def iterate():
        given = mock.__aiter__._mock_return_value
        return _AsyncIterator(iter([])) if given is DEFAULT else _AsyncIterator(iter(given))
    return iterate


_EFFECTS = {"__eq__": _eq, "__ne__": _ne, "__iter__": _iter, "__aiter__": _aiter}


def _set_return_value(mock, method, name):
    """Give a special method what it has to give: a fixed value, or what is computed of the mock."""
    if name in _RETURNS:
        method.return_value = _RETURNS[name]
    elif name in _CALCULATED:
        method.return_value = _CALCULATED[name](mock)
    elif name in _EFFECTS:
        method.side_effect = _EFFECTS[name](mock)


class MagicProxy(Base):
    """Stands in a mock's class for a special method, and becomes a mock when it is first looked at."""

    def __init__(self, name, parent):
        self.name, self.parent = name, parent

    def create_mock(self):
        made = self.parent._get_child_mock(name=self.name, _new_name=self.name, _new_parent=self.parent)
        setattr(self.parent, self.name, made)
        _set_return_value(self.parent, made, self.name)
        return made

    def __get__(self, obj, _type=None):
        return self.create_mock()


class MagicMixin(Base):
    def __init__(self, /, *args, **kw):
        self._mock_set_magics() # before and after: side effects may be set up in between
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        self._put(_magics | _async_magics)

    def _put(self, names):
        known, cls = getattr(self, "_mock_methods", None), type(self)
        if known is not None:
            removed = names - set(known)
            names = names & set(known)
            for name in removed:
                if name in cls.__dict__:
                    delattr(self, name)
        for name in names - set(cls.__dict__):
            setattr(cls, name, MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A MagicMock that cannot be called."""

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec: only attributes of it can be got, with spec_set only they can be set."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class AsyncMagicMixin(MagicMixin):
    """The special methods of AsyncMock: all of them."""


class MagicMock(MagicMixin, Mock):
    """A Mock with the special methods: it can be called, compared, iterated over, used in `with` and so on.

    To change what one does: mock.__str__.return_value = "text".
    """

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec: only attributes of it can be got, with spec_set only they can be set."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        """As of other mocks; special methods get their results back."""
        super().reset_mock(*args, return_value=return_value, **kwargs)
        if return_value:
            for name, child in list(self._mock_children.items()):
                if _is_magic(name) and hasattr(child, "_mock_return_value"):
                    _set_return_value(self, child, name)
