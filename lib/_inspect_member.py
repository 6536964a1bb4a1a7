"""inspect's view of attributes: what an object has, from where, and how to see it without running its code."""

import types
from collections import namedtuple

Attribute = namedtuple("Attribute", "name kind defining_class object")
_ABSENT = object()
_get_mro = type.__dict__["__mro__"].__get__
_get_dict = type.__dict__["__dict__"].__get__


def getmro(cls):
    """The classes in which attributes of cls are looked up, in this order."""
    return cls.__mro__


def _members(object, predicate, getter):
    order = object.__mro__ if isinstance(object, type) else ()
    names, seen, out = dir(object), set(), []
    if order: # what only instances see is not in dir() of a class with a metaclass that has a __dir__ of its own
        names.extend(key for base in object.__bases__ for key, value in base.__dict__.items()
                     if isinstance(value, types.DynamicClassAttribute))
    for name in names:
        try:
            value = getter(object, name)
            if name in seen:
                raise AttributeError
        except AttributeError:
            for base in order:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else: # in dir(), and nowhere else
                continue
        if not predicate or predicate(value):
            out.append((name, value))
        seen.add(name)
    out.sort(key=lambda pair: pair[0])
    return out


def getmembers(object, predicate=None):
    """The attributes of an object as (name, value), sorted by name; with predicate only those of which it says yes."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """As getmembers, without running descriptors and __getattr__."""
    return _members(object, predicate, getattr_static)


# ---- classify_class_attrs ------------------------------------------------------------------------------------------------------------


def _home(cls, name, value, class_bases, meta_bases):
    """The class that has what getattr() gave under this name."""
    home = getattr(value, "__objclass__", None)
    if home in class_bases:
        return home
    last = None
    for base in class_bases:
        if getattr(base, name, None) is value:
            last = base
    for base in meta_bases: # a metaclass answers
        try:
            inside = base.__getattr__(cls, name)
        except AttributeError:
            continue
        if inside is value:
            last = base
    return last if last is not None else home


def _got(cls, name, class_bases, meta_bases):
    """By getattr: (the value or _ABSENT, the class it is from)."""
    if name == "__dict__":
        return _ABSENT, None
    try:
        value = getattr(cls, name)
    except Exception:
        return _ABSENT, None
    return value, _home(cls, name, value, class_bases, meta_bases)


def _kind(raw, value):
    if isinstance(raw, (staticmethod, types.BuiltinMethodType)):
        return "static method"
    if isinstance(raw, (classmethod, types.ClassMethodDescriptorType)):
        return "class method"
    if isinstance(raw, property):
        return "property"
    from inspect import isroutine
    return "method" if isroutine(value) else "data"


def classify_class_attrs(cls):
    """What a class has: Attribute(name, kind, defining class, object); kind is 'method', 'data', 'property' and so on."""
    order = cls.__mro__
    metas = tuple(base for base in type(cls).__mro__ if base not in (type, object))
    names, seen, out = dir(cls), set(), []
    class_bases, all_bases = (cls,) + order, order + metas
    names.extend(name for base in order for name, value in base.__dict__.items()
                 if isinstance(value, types.DynamicClassAttribute) and value.fget is not None)
    for name in names:
        value, home = _ABSENT, None
        if name not in seen:
            value, home = _got(cls, name, class_bases, metas)
        raw = _ABSENT
        for base in all_bases:
            if name in base.__dict__:
                raw = base.__dict__[name]
                if home not in metas:
                    home = base
                break
        if home is None: # neither found by getattr nor in a dict: dir() has made it up
            continue
        best = value if value is not _ABSENT else raw
        if isinstance(raw, (staticmethod, classmethod, property, types.BuiltinMethodType, types.ClassMethodDescriptorType)):
            best = raw
        out.append(Attribute(name, _kind(raw, best), home, best))
        seen.add(name)
    return out


# ---- Class trees ---------------------------------------------------------------------------------------------------------------------


def walktree(classes, children, parent):
    """The list of getclasstree for these classes, by a dict of the classes below each."""
    out = []
    classes.sort(key=lambda cls: (cls.__module__, cls.__name__))
    for cls in classes:
        out.append((cls, cls.__bases__))
        if cls in children:
            out.append(walktree(children[cls], children, cls))
    return out


def getclasstree(classes, unique=False):
    """The classes as a tree of lists: a list after an entry holds what is derived from it."""
    children, roots = {}, []
    for cls in classes:
        if not cls.__bases__:
            if cls not in roots:
                roots.append(cls)
            continue
        for base in cls.__bases__:
            below = children.setdefault(base, [])
            if cls not in below:
                below.append(cls)
            if unique and base in classes:
                break
    roots.extend(base for base in children if base not in classes)
    return walktree(roots, children, None)


# ---- Without running anything --------------------------------------------------------------------------------------------------------


def _of_instance(obj, name):
    try:
        own = object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return _ABSENT
    return dict.get(own, name, _ABSENT)


def _hidden_dict(cls):
    """What a class puts in the place of its instances' __dict__, if anything."""
    for entry in _get_mro(cls):
        own = _get_dict(entry)
        if "__dict__" in own:
            found = own["__dict__"]
            native = isinstance(found, types.GetSetDescriptorType) and found.__name__ == "__dict__"
            if not (native and found.__objclass__ is entry):
                return found
    return _ABSENT


def _of_class(cls, name):
    for entry in _get_mro(cls):
        if _hidden_dict(type(entry)) is _ABSENT and name in entry.__dict__:
            return entry.__dict__[name]
    return _ABSENT


def getattr_static(obj, attr, default=_ABSENT):
    """An attribute as it is stored: no descriptor, __getattr__ or __getattribute__ runs."""
    inside = _ABSENT
    if issubclass(type(obj), type):
        cls = obj
    else:
        cls = type(obj)
        hidden = _hidden_dict(cls)
        if hidden is _ABSENT or isinstance(hidden, types.MemberDescriptorType):
            inside = _of_instance(obj, attr)
    found = _of_class(cls, attr)
    if inside is not _ABSENT and found is not _ABSENT:
        kind = type(found)
        if _of_class(kind, "__get__") is not _ABSENT and (_of_class(kind, "__set__") is not _ABSENT
                                                           or _of_class(kind, "__delete__") is not _ABSENT):
            return found
    for result in (inside, found):
        if result is not _ABSENT:
            return result
    if obj is cls:
        for entry in _get_mro(type(cls)):
            if _hidden_dict(type(entry)) is _ABSENT and attr in entry.__dict__:
                return entry.__dict__[attr]
    if default is not _ABSENT:
        return default
    raise AttributeError(attr)
