"""namedtuple: tuples whose items have names."""

import sys as _sys
from keyword import iskeyword as _iskeyword

from . import _tuplegetter

__name__ = "collections"  # where its names belong


def _renamed(names):
    """names, with the place in stead of those that no field can have."""
    seen = set()
    result = []
    for place, name in enumerate(names):
        bad = name in seen or name.startswith("_") or _iskeyword(name) or not name.isidentifier()
        result.append(f"_{place}" if bad else name)
        seen.add(name)
    return result


def _check_names(typename, fields, underscore):
    """Raise ValueError unless a class can have this name and these fields; underscore: whether they may begin with one."""
    for name in (typename, *fields):
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if _iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    for place, name in enumerate(fields):
        if not underscore and name.startswith("_"):
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in fields[:place]:
            raise ValueError(f"Encountered duplicate field name: {name!r}")


def _make_new(typename, fields, defaults):
    """The __new__, made of text so that its signature has the names."""
    items = ", ".join(fields) + ("," if len(fields) == 1 else "")
    scope = {"_tuple_new": tuple.__new__, "__builtins__": {}, "__name__": f"namedtuple_{typename}"}
    new = eval(f"lambda _cls, {items}: _tuple_new(_cls, ({items}))", scope)
    new.__name__, new.__defaults__ = "__new__", defaults
    new.__doc__ = f"Make a {typename} of the items ({items})"
    return new


def _methods(typename, fields):
    """The methods of the class; each knows the fields, whatever a subclass does with _fields."""
    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) == len(fields):
            return made
        raise TypeError(f"Expected {len(fields)} arguments, got {len(made)}")
    _make.__doc__ = f"Make a {typename} of what an iterable gives"

    def _replace(self, /, **kwds):
        made = self._make([kwds.pop(name, value) for name, value in zip(fields, self)])
        if not kwds:
            return made
        raise TypeError(f"Got unexpected field names: {list(kwds)!r}")
    _replace.__doc__ = f"Make a {typename} of the same items, but for those that are given"

    def __repr__(self):
        """The name of the class, and name=value for each field."""
        return type(self).__name__ + "(" + ", ".join([f"{n}={v!r}" for n, v in zip(fields, self)]) + ")"

    def _asdict(self):
        """A dict from the names of the fields to their values."""
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        """The items, for copy and pickle."""
        return tuple(self)

    return _make, _replace, __repr__, _asdict, __getnewargs__


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A new subclass of tuple, whose items also go by the names in field_names (strings, or one string with blanks or commas between them).

    rename: names that cannot be are replaced; defaults: the values of the last fields; module: the class's __module__.
    """
    typename = _sys.intern(str(typename))
    names = field_names.replace(",", " ").split() if isinstance(field_names, str) else [str(name) for name in field_names]
    if rename:
        names = _renamed(names)
    _check_names(typename, names, underscore=rename)
    if defaults is not None:
        defaults = tuple(defaults)
    without = len(names) - len(defaults or ())
    if without < 0:
        raise TypeError("Got more default values than field names")
    fields = tuple(_sys.intern(name) for name in names)
    own = {method.__name__: method for method in (_make_new(typename, fields, defaults), *_methods(typename, fields))}
    for name, method in own.items():
        method.__qualname__ = f"{typename}.{name}"
    own["_make"] = classmethod(own["_make"])
    own |= {"__doc__": f"{typename}({', '.join(fields)})", "__slots__": (), "__replace__": own["_replace"], "_fields": fields, "__match_args__": fields,
            "_field_defaults": dict(zip(fields[without:], defaults or ()))}
    own |= {name: _tuplegetter(place, _sys.intern(f"Alias for field number {place}")) for place, name in enumerate(fields)}
    made = type(typename, (tuple,), own)
    made.__module__ = module if module is not None else _sys._getframemodulename(1) or "__main__"
    return made
