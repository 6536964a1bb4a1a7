"""unittest.mock's records: sentinels, calls and lists of calls."""


class _SentinelObject:
    """An object that is nothing but itself, with a name to show."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    __reduce__ = __repr__ # where copies of it are found


class _Sentinel:
    """Attributes are made when they are first asked for; the same name gives the same object."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError # or it would look like a class
        if name not in self._sentinels:
            self._sentinels[name] = _SentinelObject(name)
        return self._sentinels[name]

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()
DEFAULT, _missing, _deleted = sentinel.DEFAULT, sentinel.MISSING, sentinel.DELETED


class _ANY:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args] + ["%s=%r" % pair for pair in kwargs.items()]
    return f"{name}({', '.join(parts)})"


def _parts(value, name=""):
    """(name, args, kwargs) of what stands for a call: of these three, any that come in this order; None: it does not."""
    if len(value) == 3:
        return tuple(value)
    if len(value) > 3:
        return None
    args, kwargs = (), {}
    rest = list(value)
    if rest and isinstance(rest[0], str):
        name = rest.pop(0)
    elif len(rest) == 2:
        return name, rest[0], rest[1]
    if rest:
        if isinstance(rest[0], tuple):
            args = rest[0]
        else:
            kwargs = rest[0]
    return name, args, kwargs


class _Call(tuple):
    """A call: (name, args, kwargs), or with two=True (args, kwargs). Equal to tuples that leave out what is empty.

    `call.a.b(1)` makes one; those before it in such a chain are its parents.
    """

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        found = _parts(value, name)
        return tuple.__new__(cls, found[1:] if two else found)

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name, self._mock_parent, self._mock_from_kall = name, parent, from_kall

    def __eq__(self, other):
        try:
            found = _parts(other) if len(other) < 4 else None
        except TypeError:
            return NotImplemented
        if found is None:
            return False
        mine, others = self._mock_parent, getattr(other, "_mock_parent", None)
        if mine and others and mine != others:
            return False
        name, args, kwargs = _parts(self)
        if name and found[0] != name:
            return False
        return (found[1], found[2]) == (args, kwargs) # what may be ANY is on the left

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        name = self._mock_name
        return _Call((name or "", args, kwargs), name=f"{name or ''}()", parent=None if name is None else self)

    def __getattr__(self, attr):
        name = self._mock_name
        return _Call(name=attr if name is None else f"{name}.{attr}", parent=None if name is None else self, from_kall=False)

    def __getattribute__(self, attr):
        if attr not in vars(tuple):
            return super().__getattribute__(attr)
        raise AttributeError # call.count and call.__len__ are calls as well

    def _get_call_arguments(self):
        return _parts(self)[1:]

    @property
    def args(self):
        return _parts(self)[1]

    @property
    def kwargs(self):
        return _parts(self)[2]

    def __repr__(self):
        if self._mock_from_kall:
            name, args, kwargs = _parts(self) if len(self) == 3 else ("", *self)
            shown = "call" if not name else f"call{name}" if name.startswith("()") else f"call.{name}"
            return _format_call_signature(shown, args, kwargs)
        path = self._mock_name or "call"
        return f"call{path}" if path.startswith("()") else path

    def call_list(self):
        """The calls that a chain as `call.a(1).b(2)` is made of, as mock_calls has them."""
        links, link = _CallList(), self
        while link is not None:
            if link._mock_from_kall:
                links.insert(0, link)
            link = link._mock_parent
        return links


call = _Call(from_kall=False)


class _CallList(list):
    """A list of calls; `in` finds a run of calls as well."""

    def __contains__(self, value):
        if isinstance(value, list):
            count = len(value)
            return any(self[i:i + count] == value for i in range(len(self) - count + 1))
        return super().__contains__(value)

    def __repr__(self):
        import pprint
        return pprint.pformat([*self])


class _AnyComparer(list):
    """A list of calls whose `in` lets ANY stand on either side, argument by argument."""

    def __contains__(self, item):
        for mine in self:
            assert len(item) == len(mine)
            if all(expected == actual for expected, actual in zip(item, mine)):
                return True
        return False
