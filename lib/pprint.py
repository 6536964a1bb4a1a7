"""Shows data so that it can be read: containers that do not fit into a line have an item on each."""

import sys as _sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Writes an object and a newline; stream: a file, sys.stdout without one; the rest as for PrettyPrinter."""
    PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """What pprint() would write, without the newline."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """pprint() with dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """repr() of an object that may contain itself."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Could eval() make the object from its saferepr()?"""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Does the object contain itself?"""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _safe_key:
    """A key for sorted() that orders what cannot be compared by the name of its type."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _safe_tuple(pair):
    return _safe_key(pair[0]), _safe_key(pair[1])


_BY_NAME = {  # methods whose types' modules are not imported for this
    ("collections", "OrderedDict"): "_pprint_ordered_dict", ("collections", "defaultdict"): "_pprint_default_dict",
    ("collections", "Counter"): "_pprint_counter", ("collections", "ChainMap"): "_pprint_chain_map", ("collections", "deque"): "_pprint_deque",
    ("collections", "UserDict"): "_pprint_user_data", ("collections", "UserList"): "_pprint_user_data", ("collections", "UserString"): "_pprint_user_data",
}


class _Dispatch(dict):
    """The method for each __repr__; those of collections join when their module has been imported."""

    def get(self, function, default=None):
        found = dict.get(self, function)
        if found is None and "collections" in _sys.modules and "_seen" not in self.__dict__:
            self._seen = True
            import collections
            for (_, name), method in _BY_NAME.items():
                self[getattr(collections, name).__repr__] = getattr(PrettyPrinter, method)
            found = dict.get(self, function)
        return default if found is None else found


class PrettyPrinter:
    """indent: blanks for each level; width: of a line at most, where possible; depth: levels that are shown; stream: a file;
    compact: as many items on a line as fit; sort_dicts: by their keys; underscore_numbers: 1_000.
    """

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = _sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        from io import StringIO
        out = StringIO()
        self._format(object, out, 0, 0, {}, 0)
        return out.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def _format(self, object, stream, indent, allowance, context, level):
        """Writes an object; indent: the column it begins in, allowance: what has to fit behind it, context: what it is inside of."""
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            self._recursive = True
            self._readable = False
            return
        shown = self._repr(object, context, level)
        if len(shown) > self._width - indent - allowance:
            show = self._dispatch.get(type(object).__repr__)
            if show is None and _is_plain_dataclass(object):
                show = PrettyPrinter._pprint_dataclass
            if show is not None:
                context[key] = 1
                show(self, object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(shown)

    def _pprint_dataclass(self, object, stream, indent, allowance, context, level):
        name = object.__class__.__name__
        items = [(f.name, getattr(object, f.name)) for f in object.__dataclass_fields__.values() if f._field_type.name == "_FIELD" and f.repr]
        self._pprint_named(name, items, stream, indent, allowance, context, level)

    def _pprint_named(self, name, items, stream, indent, allowance, context, level):
        stream.write(name + "(")
        self._format_namespace_items(items, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(")")

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        if object:
            items = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
            self._format_dict_items(items, stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _pprint_ordered_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _pprint_list(self, object, stream, indent, allowance, context, level):
        stream.write("[")
        self._format_items(object, stream, indent, allowance + 1, context, level)
        stream.write("]")

    def _pprint_tuple(self, object, stream, indent, allowance, context, level):
        end = ",)" if len(object) == 1 else ")"
        stream.write("(")
        self._format_items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        cls = object.__class__
        if cls is set:
            start, end = "{", "}"
        else:
            start, end = cls.__name__ + "({", "})"
            indent += len(cls.__name__) + 1
        stream.write(start)
        self._format_items(sorted(object, key=_safe_key), stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        """Lines of a text, those that are too long cut between words; in parentheses where the text is not inside of anything."""
        if not object:
            stream.write(repr(object))
            return
        pieces = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        room = self._width - indent
        for i, line in enumerate(lines):
            shown = repr(line)
            last_room = room - allowance if i == len(lines) - 1 else room
            if len(shown) <= last_room:
                pieces.append(shown)
            else:
                pieces += self._cut_line(line, room, last_room)
        if len(pieces) == 1:
            stream.write(shown)
            return
        separator = "\n" + " " * indent
        shown = separator.join(pieces)
        stream.write("(" + shown + ")" if level == 1 else shown)

    @staticmethod
    def _cut_line(line, room, last_room):
        """The parts of a line that is too long, each as repr() shows it: words with the white space behind them."""
        words, at = [], 0
        while at < len(line):
            start = at
            while at < len(line) and not line[at].isspace():
                at += 1
            while at < len(line) and line[at].isspace():
                at += 1
            words.append(line[start:at])
        current = ""
        for i, word in enumerate(words):
            candidate = current + word
            if current and len(repr(candidate)) > (last_room if i == len(words) - 1 else room):
                yield repr(current)
                candidate = word
            current = candidate
        if current:
            yield repr(current)

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            stream.write("(")
        stream.write(("\n" + " " * indent).join(_wrap_bytes_repr(object, self._width - indent, allowance)))
        if parens:
            stream.write(")")

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _pprint_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    def _pprint_simplenamespace(self, object, stream, indent, allowance, context, level):
        cls = type(object)
        name = "namespace" if cls is _SimpleNamespace else object.__class__.__name__
        self._pprint_named(name, object.__dict__.items(), stream, indent, allowance, context, level)

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        items = list(items)
        for i, (key, value) in enumerate(items):
            shown = self._repr(key, context, level)
            if i:
                stream.write(",\n" + " " * indent)
            stream.write(shown + ": ")
            self._format(value, stream, indent + len(shown) + 2, allowance if i == len(items) - 1 else 1, context, level)

    def _format_namespace_items(self, items, stream, indent, allowance, context, level):
        items = list(items)
        for i, (name, value) in enumerate(items):
            if i:
                stream.write(",\n" + " " * indent)
            stream.write(name + "=")
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(name) + 1, allowance if i == len(items) - 1 else 1, context, level)

    def _format_items(self, items, stream, indent, allowance, context, level):
        """Items with commas, each on its line; with compact, as many on a line as fit."""
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        items = list(items)
        room = left = self._width - indent + 1
        newline = ",\n" + " " * indent
        separator = ""
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                room -= allowance
                left -= allowance
            if self._compact:
                shown = self._repr(item, context, level)
                size = len(shown) + 2
                if left < size:
                    left = room
                    separator = separator and newline
                if left >= size:
                    left -= size
                    stream.write(separator + shown)
                    separator = ", "
                    continue
            stream.write(separator)
            separator = newline
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _repr(self, object, context, level):
        shown, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if not readable:
            self._readable = False
        if recursive:
            self._recursive = True
        return shown

    def format(self, object, context, maxlevels, level):
        """(the text, could eval() read it, does the object contain itself); for subclasses to replace."""
        return self._safe_repr(object, context, maxlevels, level)

    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write("%s(%s,\n%s" % (name, factory, " " * indent))
        self._pprint_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "({")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        self._format_dict_items(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write("})")

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        if not len(object.maps):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        indent += len(name) + 1
        for i, mapping in enumerate(object.maps):
            last = i == len(object.maps) - 1
            self._format(mapping, stream, indent, allowance + 1 if last else 1, context, level)
            stream.write(")" if last else ",\n" + " " * indent)

    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "([")
        indent += len(name) + 1
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 2, context, level)
            stream.write("])")
        else:
            self._format_items(object, stream, indent, 2, context, level)
            limit = self._repr(object.maxlen, context, level)
            stream.write("],\n%smaxlen=%s)" % (" " * indent, limit))

    def _pprint_user_data(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _safe_repr(self, object, context, maxlevels, level):
        """(the text, could eval() read it, does the object contain itself)."""
        kind = type(object)
        if kind in _SCALARS:
            return repr(object), True, False
        method = getattr(kind, "__repr__", None)
        if issubclass(kind, int) and method is int.__repr__:
            return f"{object:_d}" if self._underscore_numbers else repr(object), True, False
        if issubclass(kind, dict) and method is dict.__repr__:
            return self._safe_container(object, context, maxlevels, level, "{}", "{...}", "{%s}")
        if issubclass(kind, list) and method is list.__repr__:
            return self._safe_container(object, context, maxlevels, level, "[]", "[...]", "[%s]")
        if issubclass(kind, tuple) and method is tuple.__repr__:
            single = len(object) == 1
            return self._safe_container(object, context, maxlevels, level, "()", "(...,)" if single else "(...)", "(%s,)" if single else "(%s)")
        shown = repr(object)
        return shown, bool(shown) and not shown.startswith("<"), False

    def _safe_container(self, object, context, maxlevels, level, empty, deep, form):
        if not object:
            return empty, True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return deep, False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        pieces, readable, recursive = [], True, False
        is_dict = form == "{%s}"
        if is_dict:
            items = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
        else:
            items = ((item,) for item in object)
        for item in items:
            shown = []
            for part in item:
                text, part_readable, part_recursive = self.format(part, context, maxlevels, level + 1)
                shown.append(text)
                readable = readable and part_readable
                recursive = recursive or part_recursive
            pieces.append(": ".join(shown))
        del context[key]
        return form % ", ".join(pieces), readable, recursive

    _dispatch = _Dispatch()


_SimpleNamespace = type(_sys.implementation)
_SCALARS = frozenset((str, bytes, bytearray, float, complex, bool, type(None)))
PrettyPrinter._dispatch.update({
    dict.__repr__: PrettyPrinter._pprint_dict, list.__repr__: PrettyPrinter._pprint_list, tuple.__repr__: PrettyPrinter._pprint_tuple,
    set.__repr__: PrettyPrinter._pprint_set, frozenset.__repr__: PrettyPrinter._pprint_set, str.__repr__: PrettyPrinter._pprint_str,
    bytes.__repr__: PrettyPrinter._pprint_bytes, bytearray.__repr__: PrettyPrinter._pprint_bytearray,
    type(type.__dict__).__repr__: PrettyPrinter._pprint_mappingproxy, _SimpleNamespace.__repr__: PrettyPrinter._pprint_simplenamespace,
})


def _is_plain_dataclass(object):
    """Is this an instance of a dataclass whose __repr__ is the one that the decorator wrote?"""
    cls = type(object)
    return (hasattr(cls, "__dataclass_fields__") and object.__dataclass_params__.repr and hasattr(cls.__repr__, "__wrapped__")
            and "__create_fn__" in cls.__repr__.__wrapped__.__qualname__)


def _recursion(object):
    return "<Recursion on %s with id=%s>" % (type(object).__name__, id(object))


def _wrap_bytes_repr(object, width, allowance):
    """The parts of bytes, cut at multiples of 4, each as repr() shows it."""
    current = b""
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        part = object[i:i + 4]
        if i == last:
            width -= allowance
        candidate = current + part
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)
