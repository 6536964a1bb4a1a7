"""enum.verify and its checks, and the comparison of two enumerations that the library's own tests use."""

import builtins
import sys

from enum import KEEP, Enum, Flag, StrEnum, _high_bit, _is_single_bit, _iter_bits_lsb


class EnumCheck(StrEnum):
    """What verify() can check: no gaps between the values, no flag with bits without a name, no two names for one value."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck
EnumCheck.__module__ = "enum"


class verify:
    """Class decorator: checks an enumeration for what the arguments name."""

    __module__ = "enum"

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        if issubclass(enumeration, Flag):
            kind = "flag"
        elif issubclass(enumeration, Enum):
            kind = "enum"
        else:
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                _check_unique(enumeration)
            elif check is CONTINUOUS:
                _check_continuous(enumeration, kind)
            elif check is NAMED_FLAGS:
                _check_named(enumeration)
        return enumeration


def _check_unique(enumeration):
    doubles = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
    if doubles:
        raise ValueError("aliases found in %r: %s" % (enumeration, ", ".join(["%s -> %s" % pair for pair in doubles])))


def _check_continuous(enumeration, kind):
    values = {each.value for each in enumeration}
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    if kind == "flag":
        expected = [2 ** bit for bit in range(_high_bit(low) + 1, _high_bit(high))]
    else:
        expected = range(low + 1, high)
    missing = ", ".join(str(value) for value in expected if value not in values)
    if missing:
        raise ValueError(("invalid %s %r: missing values %s" % (kind, enumeration.__name__, missing))[:256])


def _check_named(enumeration):
    """Raises where a name stands for several bits some of which have no name of their own."""
    named = {each.value for each in enumeration}
    incomplete, lacking = [], 0
    for name, alias in enumeration._member_map_.items():
        if name in enumeration._member_names_ or alias.value < 0:
            continue
        bits = [bit for bit in _iter_bits_lsb(alias.value) if bit not in named]
        if bits:
            incomplete.append(name)
            for bit in bits:
                lacking |= bit
    if not incomplete:
        return
    if len(incomplete) == 1:
        names = "alias %s is missing" % incomplete[0]
    else:
        names = "aliases %s and %s are missing" % (", ".join(incomplete[:-1]), incomplete[-1])
    value = ("value 0x%x" if _is_single_bit(lacking) else "combined values of 0x%x") % lacking
    raise ValueError("invalid Flag %r: %s %s [use enum.show_flag_values(value) for details]" % (enumeration.__name__, names, value))


_UNCOMPARED = {"__module__", "_member_map_", "_value2member_map_", "__doc__", "__static_attributes__", "__firstlineno__"}
_METHODS = ("__str__", "__repr__", "__reduce_ex__", "__format__", "__getnewargs_ex__", "__getnewargs__", "__reduce__")


def _test_simple_enum(checked_enum, simple_enum):
    """Raises TypeError where an enumeration that _simple_enum made differs from one that the class statement made."""
    failed = []
    if checked_enum.__dict__ != simple_enum.__dict__:
        failed += _compare_classes(checked_enum, simple_enum)
        failed += _compare_members(checked_enum, simple_enum)
        for method in _METHODS:
            if method in simple_enum.__dict__ or method in checked_enum.__dict__:
                continue  # compared with the classes
            ours, theirs = getattr(checked_enum, method, None), getattr(simple_enum, method, None)
            if getattr(ours, "__func__", ours) != getattr(theirs, "__func__", theirs):
                failed.append("%r:  %-30s %s" % (method, "checked -> %r" % (ours,), "simple -> %r" % (theirs,)))
    if failed:
        raise TypeError("enum mismatch:\n   %s" % "\n   ".join(failed))


def _compare_classes(checked, simple):
    members = set(checked._member_map_) | set(simple._member_map_)
    ours, theirs = checked.__dict__, simple.__dict__
    for key in sorted(set(ours) | set(theirs)):
        if key in _UNCOMPARED or key in members:
            continue
        if key not in theirs:
            yield "missing key: %r" % (key,)
        elif key not in ours:
            yield "extra key:   %r" % (key,)
        else:
            left, right = ours[key], theirs[key]
            if callable(left) or isinstance(left, (builtins.property, staticmethod, classmethod)):
                continue
            if left != right:
                yield "%r:\n         %s\n         %s" % (key, "checked -> %r" % (left,), "simple  -> %r" % (right,))


def _compare_members(checked, simple):
    for name in checked._member_map_:
        if name not in simple._member_map_:
            yield "missing member from simple enum: %r" % name
            continue
        ours, theirs = vars(checked[name]), vars(simple[name])
        wrong = []
        for key in sorted((set(ours) | set(theirs)) - {"__module__", "__objclass__", "_inverted_"}):
            if key not in theirs:
                wrong.append("missing key %r not in the simple enum member %r" % (key, name))
            elif key not in ours:
                wrong.append("extra key %r in simple enum member %r" % (key, name))
            elif ours[key] != theirs[key]:
                wrong.append("%r:\n         checked member -> %r\n         simple member  -> %r" % (key, ours[key], theirs[key]))
        if wrong:
            yield "%r member mismatch:\n      %s" % (name, "\n      ".join(wrong))
    for name in simple._member_map_:
        if name not in checked._member_map_:
            yield "extra member in simple enum: %r" % name


def _old_convert_(etype, name, module, filter, source=None, *, boundary=None):
    """The enumeration that etype._convert_() makes, made by calling etype."""
    source = source.__dict__ if source else sys.modules[module].__dict__
    members = [(key, value) for key, value in source.items() if filter(key)]
    try:
        members.sort(key=lambda pair: (pair[1], pair[0]))
    except TypeError:
        members.sort(key=lambda pair: pair[0])
    return etype(name, members, module=module, boundary=boundary or KEEP)
