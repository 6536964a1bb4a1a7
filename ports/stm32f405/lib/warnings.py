"""Warnings: messages about code that works but should be changed, and the filters that decide which are shown."""

import sys

_ACTIONS = ("error", "ignore", "always", "all", "default", "module", "once")
# (action, beginning of the message or None, category, module or None, line or 0); the first that matches decides
filters = [("default", None, DeprecationWarning, "__main__", 0)]
filters += [("ignore", None, category, None, 0) for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)]
onceregistry = {}
_version = 1  # of the filters: what a module's registry remembers is forgotten when they change


class WarningMessage:
    """A warning that is shown, or recorded by catch_warnings(record=True)."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self.category.__name__!r}, filename : {self.filename!r}, "
                f"lineno : {self.lineno}, line : {self.line!r}}}")


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    return f"{filename}:{lineno}: {category.__name__}: {message}\n" + (f"  {line.strip()}\n" if line else "")


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, sys.stderr by default."""
    file = file or sys.stderr
    if file:
        file.write(formatwarning(message, category, filename, lineno, line))


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Insert a filter; message: what the text begins with, in either case; module: the name. Both are text, no patterns."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    item = action, message.lower() or None, category, module or None, lineno
    if not append:
        filters[:] = [item] + [one for one in filters if one != item]
    elif item not in filters:
        filters.append(item)
    _filters_mutated()


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Insert a filter that matches every module and message."""
    filterwarnings(action, "", category, "", lineno, append)


def resetwarnings():
    """Clear the list of filters, so that no filters are active."""
    filters.clear()
    _filters_mutated()


def _filters_mutated():
    global _version
    _version += 1


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Give a warning about the caller, or with stacklevel 2 about its caller, and so on."""
    if isinstance(message, Warning):
        category = type(message)
    category = category or UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:  # not so deep
        return warn_explicit(message, category, "<sys>", 0, "sys", {}, None, source)
    while frame.f_back and skip_file_prefixes and frame.f_code.co_filename.startswith(skip_file_prefixes):
        frame = frame.f_back
    registry, name = frame.f_globals.setdefault("__warningregistry__", {}), frame.f_globals.get("__name__", "<string>")
    warn_explicit(message, category, frame.f_code.co_filename, frame.f_lineno, name, registry, None, source)


def _first_time(registry, *key):
    seen = key in registry
    registry[key] = 1
    return not seen


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """warn() with the place given."""
    registry = {} if registry is None else registry
    if registry.get("version") != _version:
        registry.clear()
        registry["version"] = _version
    text = str(message)
    if isinstance(message, Warning):
        category = type(message)
    else:
        message = category(message)
    action = "default"
    for choice, start, kind, name, line in filters:
        if issubclass(category, kind) and line in (0, lineno) and text.lower().startswith(start or "") and name in (None, module):
            action = choice
            break
    if action == "error":
        raise message
    if action == "ignore" or action == "once" and not _first_time(onceregistry, text, category):
        return
    if action in ("default", "module") and not _first_time(registry, text, category, lineno if action == "default" else 0):
        return
    if _log is None:
        showwarning(message, category, filename, lineno)
    else:
        _log.append(WarningMessage(message, category, filename, lineno, source=source))


_log = None  # where warnings are recorded instead of being shown


class catch_warnings:
    """Context manager: puts the filters and showwarning back at its end. With record=True it gives a list of the warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record, self._saved = record, None
        self._filter = None if action is None else (action, category, lineno, append)

    def __enter__(self):
        global _log
        if self._saved:
            raise RuntimeError("Cannot enter catch_warnings twice")
        self._saved = filters[:], showwarning, _log
        if self._record:
            _log = []
        if self._filter:
            simplefilter(*self._filter)
        _filters_mutated()
        return _log if self._record else None

    def __exit__(self, *exc_info):
        global _log, showwarning
        filters[:], showwarning, _log = self._saved
        self._saved = None
        _filters_mutated()


def _origin_text(origin):
    """Where a coroutine was made, as its warning says it; origin: its cr_origin."""
    lines = [f'\n  File "{filename}", line {lineno}, in {name}' for filename, lineno, name in reversed(origin)]
    return "\nCoroutine created at (most recent call last)" + "".join(lines)
