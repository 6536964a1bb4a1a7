"""Warnings: messages about code that works but should be changed, and the filters that decide which are shown."""

import sys
from _krait import source_line

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings", "deprecated"]

_ACTIONS = ("error", "ignore", "always", "default", "module", "once", "all")
filters = []  # (action, message pattern or None, category, module pattern or None, line); the first that matches decides
defaultaction = "default"
_defaultaction = defaultaction
onceregistry = {}
_onceregistry = onceregistry
_version = 1  # of the filters: what a module's registry remembers is forgotten when they change


class WarningMessage:
    """A warning that is shown, or recorded by catch_warnings(record=True)."""

    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
                f"lineno : {self.lineno}, line : {self.line!r}}}")


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning, with the line of the source when it can be read."""
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    if line is None:
        line = _source_line(filename, lineno)
    if line:
        line = line.strip()
        text += f"  {line}\n"
    return text


def _source_line(filename, lineno):
    line = source_line(filename, lineno)
    if line is not None:
        return line
    try:
        with open(filename, "rb") as f:
            lines = f.read().decode("utf-8", "replace").splitlines()
    except Exception:
        return None
    return lines[lineno - 1] if 0 < lineno <= len(lines) else None


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, sys.stderr by default."""
    _show(WarningMessage(message, category, filename, lineno, file, line))


_showwarning_original = showwarning
_formatwarning_original = formatwarning


def _show(msg):
    file = msg.file
    if file is None:
        file = sys.stderr
        if file is None:
            return
    try:
        file.write(formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line))
    except OSError:
        pass


def _showwarnmsg(msg):
    """Through showwarning() where a program has replaced it."""
    if showwarning is not _showwarning_original:
        if not callable(showwarning):
            raise TypeError("warnings.showwarning() must be set to a function or method")
        showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
    else:
        _show(msg)


_showwarnmsg_impl = _show


def _search(pattern, text, ignore_case):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return text.lower().startswith(pattern.lower()) if ignore_case else text == pattern
    return pattern.match(text) is not None


def _compile(pattern, ignore_case):
    """A pattern without special characters stays text, so that module re is not needed for it."""
    if not pattern:
        return None
    if not any(c in pattern for c in "\\.^$*+?{}[]|()"):
        return pattern
    import re
    return re.compile(pattern, re.I if ignore_case else 0)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Insert a filter: message and module are regular expressions that must match at the start."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    for right, trouble in ((isinstance(message, str), "message must be a string"),
                           (isinstance(category, type) and issubclass(category, Warning), "category must be a Warning subclass"),
                           (isinstance(module, str), "module must be a string"), (isinstance(lineno, int), "lineno must be an int")):
        if not right:
            raise TypeError(trouble)
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    pattern = _compile(module, False)
    if isinstance(pattern, str):
        import re
        pattern = re.compile(pattern)
    _add_filter(action, _compile(message, True), category, pattern, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Insert a filter that matches every module and message."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    _add_filter(action, None, category, None, lineno, append=append)


def _filters_mutated():
    global _version
    _version += 1


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Clear the list of filters, so that no filters are active."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    """A -W option that cannot be understood."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as msg:
            print("Invalid -W option ignored:", msg, file=sys.stderr)


def _setoption(arg):
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError(f"too many fields (max 5): {arg!r}")
    action, message, category, module, lineno = [s.strip() for s in parts + [""] * (5 - len(parts))]
    actions = [a for a in _ACTIONS if a.startswith(action)] if action else ["default"]
    if not actions:
        raise _OptionError(f"invalid action: {action!r}")
    if action == "all":
        actions = ["always"]
    try:
        lineno = int(lineno or 0)
        if lineno < 0:
            raise ValueError
    except ValueError:
        raise _OptionError(f"invalid lineno {lineno!r}") from None
    _add_filter(actions[0], message or None, _category(category), module or None, lineno, append=False)


def _category(name):
    if not name:
        return Warning
    module, _, last = name.rpartition(".")
    try:
        import builtins
        from importlib import import_module
        found = getattr(import_module(module) if module else builtins, last)
    except ImportError:
        raise _OptionError(f"invalid module name: {module!r}") from None
    except AttributeError:
        raise _OptionError(f"unknown warning category: {name!r}") from None
    if not (isinstance(found, type) and issubclass(found, Warning)):
        raise _OptionError(f"invalid warning category: {name!r}")
    return found


def _is_internal(frame):
    filename = frame.f_code.co_filename
    return filename.startswith("<frozen importlib") or ("importlib" in filename and "_bootstrap" in filename)


def _place(stacklevel, skip_file_prefixes):
    """The frame that a warning is about; None: there are not so many."""
    frame = sys._getframe(2)
    if stacklevel <= 1 or _is_internal(frame):
        for _ in range(stacklevel - 1):
            frame = frame.f_back
            if frame is None:
                return None
        return frame
    for _ in range(stacklevel - 1):
        frame = frame.f_back
        while frame is not None and (_is_internal(frame) or frame.f_code.co_filename.startswith(skip_file_prefixes or ("\0",))):
            frame = frame.f_back
        if frame is None:
            return None
    return frame


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Show a warning, or ignore or raise it, as the filters say."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    if not isinstance(skip_file_prefixes, tuple):
        raise TypeError("skip_file_prefixes must be a tuple of strs.")
    if skip_file_prefixes:
        stacklevel = max(2, stacklevel)
    frame = _place(stacklevel, skip_file_prefixes)
    if frame is None:
        globals, filename, lineno = sys.__dict__, "<sys>", 0
    else:
        globals, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = globals.setdefault("__warningregistry__", {}) if globals is not sys.__dict__ else {}
    warn_explicit(message, category, filename, lineno, globals.get("__name__", "<string>"), registry, globals, source)


def _action(text, category, module, lineno):
    for action, msg, cat, mod, ln in filters:
        if (issubclass(category, cat) and (ln == 0 or lineno == ln) and _search(msg, text, True) and _search(mod, module, False)):
            return action
    return defaultaction


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """warn() with the place given."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
        if "__main__" in sys.modules and getattr(sys.modules["__main__"], "__file__", None) == filename:
            module = "__main__"
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action = _action(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        oncekey = (text, category)
        if onceregistry.get(oncekey):
            return
        onceregistry[oncekey] = 1
    elif action == "module":
        registry[key] = 1
        altkey = (text, category, 0)
        if registry.get(altkey):
            return
        registry[altkey] = 1
    elif action == "default":
        registry[key] = 1
    elif action not in ("always", "all"):
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {action}")
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Context manager: puts the filters and showwarning back at its end. With record=True it gives a list of the warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        m = self._module
        self._saved = m.filters, m.showwarning, m._show
        m.filters = m.filters[:]
        m._filters_mutated()
        log = None
        if self._record:
            log = []
            m._show = log.append
            m.showwarning = m._showwarning_original
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        m = self._module
        m.filters, m.showwarning, m._show = self._saved
        m._filters_mutated()


class deprecated:
    """Decorator: using the class or function gives a DeprecationWarning (PEP 702)."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        msg, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = msg
            return arg
        if isinstance(arg, type):
            return _deprecate_class(arg, msg, category, stacklevel)
        if not callable(arg):
            raise TypeError("@deprecated decorator with non-None category must be applied to a class or callable, "
                            f"not {arg!r}")
        import functools

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warn(msg, category=category, stacklevel=stacklevel + 1)
            return arg(*args, **kwargs)
        arg.__deprecated__ = wrapper.__deprecated__ = msg
        return wrapper


def _deprecate_class(arg, msg, category, stacklevel):
    original_new = arg.__new__

    def __new__(cls, /, *args, **kwargs):
        if cls is arg:
            warn(msg, category=category, stacklevel=stacklevel + 1)
        if original_new is not object.__new__:
            return original_new(cls, *args, **kwargs)
        if cls.__init__ is object.__init__ and (args or kwargs):
            raise TypeError(f"{cls.__name__}() takes no arguments")
        return original_new(cls)
    arg.__new__ = staticmethod(__new__)
    original_init_subclass = arg.__init_subclass__
    if isinstance(original_init_subclass, type(deprecated(msg).__call__)):
        original_init_subclass, kind = original_init_subclass.__func__, classmethod
    else:
        kind = None

    def __init_subclass__(*args, **kwargs):
        warn(msg, category=category, stacklevel=stacklevel + 1)
        return original_init_subclass(*args, **kwargs)
    arg.__init_subclass__ = kind(__init_subclass__) if kind else __init_subclass__
    arg.__deprecated__ = msg
    return arg


def _deprecated(name, message="{name!r} is deprecated and slated for removal in Python {remove}", *, remove, _version=sys.version_info):
    """Warn that something will be removed in a later version."""
    remove_formatted = f"{remove[0]}.{remove[1]}"
    warn(message.format(name=name, remove=remove_formatted), DeprecationWarning, stacklevel=3)


def _origin_text(origin):
    """Where a coroutine was made, as its warning says it; origin: its cr_origin."""
    import linecache
    text = "\nCoroutine created at (most recent call last)\n"
    lines = []
    for filename, lineno, name in reversed(origin):
        lines.append(f'  File "{filename}", line {lineno}, in {name}\n')
        line = linecache.getline(filename, lineno).strip()
        if line:
            lines.append(f"    {line}\n")
    return (text + "".join(lines)).removesuffix("\n")


def _default_filters():
    filters[:] = [
        ("default", None, DeprecationWarning, "__main__", 0),
        ("ignore", None, DeprecationWarning, None, 0),
        ("ignore", None, PendingDeprecationWarning, None, 0),
        ("ignore", None, ImportWarning, None, 0),
        ("ignore", None, ResourceWarning, None, 0),
    ]


_default_filters()
_processoptions(sys.warnoptions)
