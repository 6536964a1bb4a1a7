"""Handlers, which bring records somewhere, and where they are all known."""

import logging as _logging # for what a program may set there
import sys
from _weakref import ref as _ref

from ._record import NOTSET, WARNING, Filterer, LogRecord, _checkLevel, _defaultFormatter, getLevelName

__name__ = "logging" # where its names belong

try:
    from _thread import RLock
except ImportError:
    class RLock: # one thread needs none
        def acquire(self, blocking=True, timeout=-1):
            return True

        def release(self):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *exc):
            pass

_lock = RLock()


# The files of this package: what runs there does not log, but is asked to.
_own_files = {code.__code__.co_filename for code in (Filterer.filter, _checkLevel)}


def _is_internal_frame(frame):
    filename = frame.f_code.co_filename
    return filename in _own_files or ("importlib" in filename and "_bootstrap" in filename)


class _Named(dict):
    """Handlers by name, held weakly: what weakref.WeakValueDictionary does, which takes longer to import than all of logging."""

    def __setitem__(self, name, handler):
        super().__setitem__(name, _ref(handler, lambda gone: super(_Named, self).pop(name, None) if super(_Named, self).get(name) is gone else None))

    def __getitem__(self, name):
        handler = super().__getitem__(name)()
        if handler is None:
            raise KeyError(name)
        return handler

    def get(self, name, default=None):
        found = super().get(name)
        return default if found is None or (handler := found()) is None else handler


_handlers = _Named()
_handlerList = [] # weak references, in the order in which they were made


def _removeHandlerRef(wr):
    with _lock:
        if wr in _handlerList:
            _handlerList.remove(wr)


def _addHandlerRef(handler):
    with _lock:
        _handlerList.append(_ref(handler, _removeHandlerRef))


def getHandlerByName(name):
    """The handler of that name, or None."""
    return _handlers.get(name)


def getHandlerNames():
    """The names of all handlers that have one."""
    return frozenset(_handlers)


class Handler(Filterer):
    """Brings records somewhere: subclasses have emit(record)."""

    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self.level, self._name, self.formatter, self._closed = _checkLevel(level), None, None, False
        _addHandlerRef(self)
        self.createLock()

    @property
    def name(self):
        """The name by which getHandlerByName() finds it."""
        return self._name

    @name.setter
    def name(self, name):
        self.set_name(name)

    def get_name(self):
        """The name."""
        return self._name

    def set_name(self, name):
        """Set the name."""
        with _lock:
            self._forget_name()
            self._name = name
            if name:
                _handlers[name] = self

    def _forget_name(self):
        if self._name:
            _handlers.pop(self._name, None)

    def createLock(self):
        """Make the lock that keeps threads apart."""
        self.lock = RLock()

    def _at_fork_reinit(self):
        self.lock._at_fork_reinit()

    def acquire(self):
        """Take the lock."""
        if self.lock:
            self.lock.acquire()

    def release(self):
        """Give the lock back."""
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        """Set the least level of records that are brought."""
        self.level = _checkLevel(level)

    def format(self, record):
        """The text of a record."""
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        """Bring a record; for subclasses."""
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        """Bring a record if it passes the filters; what became of it."""
        passed = self.filter(record)
        if isinstance(passed, LogRecord):
            record = passed
        if passed:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return passed

    def setFormatter(self, fmt):
        """Set the formatter."""
        self.formatter = fmt

    def flush(self):
        """Write what is waiting."""

    def close(self):
        """Give back what it holds."""
        with _lock:
            self._closed = True
            self._forget_name()

    def handleError(self, record):
        """An exception came while a record was brought: it is shown on sys.stderr, unless raiseExceptions is false."""
        if not (_logging.raiseExceptions and sys.stderr):
            return
        try:
            _report(sys.exception(), record, sys.stderr)
        except OSError:
            pass

    def _shown(self):
        """What repr() says between the class and the level."""
        return ""

    def __repr__(self):
        return f"<{type(self).__name__} {self._shown()}({getLevelName(self.level)})>"


def _report(error, record, out):
    """Write what went wrong with a record, and where the program logged it."""
    import traceback
    out.write("--- Logging error ---\n")
    traceback.print_exception(error, file=out)
    out.write("Call stack:\n")
    place = error.__traceback__.tb_frame
    while place and _is_internal_frame(place):
        place = place.f_back
    if place:
        traceback.print_stack(place, file=out)
    else:
        out.write(f"Logged from file {record.filename}, line {record.lineno}\n")
    try:
        out.write("Message: %r\nArguments: %s\n" % (record.msg, record.args))
    except RecursionError:
        raise
    except Exception:
        out.write("Unable to print the message and arguments - possible formatting error.\nUse the traceback above to help find the error.\n")


class StreamHandler(Handler):
    """Writes to a stream, sys.stderr unless another is given."""

    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        """Flush the stream."""
        self.acquire()
        try:
            if flush := getattr(self.stream or None, "flush", None):
                flush()
        finally:
            self.release()

    def emit(self, record):
        """Write a record."""
        try:
            text = self.format(record)
            self.stream.write(text + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def setStream(self, stream):
        """Set another stream; the old one, or None if it was the same."""
        old = self.stream
        if old is stream:
            return None
        self.acquire()
        try:
            self.flush()
            self.stream = stream
        finally:
            self.release()
        return old

    def _shown(self):
        name = str(getattr(self.stream, "name", ""))
        return name + " " if name else ""

    __class_getitem__ = classmethod(type(list[int]))


class FileHandler(StreamHandler):
    """Writes to a file; with delay it is opened when the first record comes."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        import os
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode, self.encoding, self.errors, self.delay = mode, encoding, errors, delay
        self._builtin_open = open # is needed still when the interpreter ends
        stream = None if delay else self._open()
        super().__init__(stream)
        self.stream = stream # None, where it would be sys.stderr

    def close(self):
        """Close the file."""
        self.acquire()
        try:
            try:
                self._close_stream()
            finally:
                super().close()
        finally:
            self.release()

    def _close_stream(self):
        if self.stream:
            try:
                self.flush()
            finally:
                old, self.stream = self.stream, None
                if close := getattr(old, "close", None):
                    close()

    def _open(self):
        return self._builtin_open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def emit(self, record):
        """Write a record."""
        if self.stream is None and not (self._closed and self.mode == "w"):
            self.stream = self._open()
        if self.stream:
            super().emit(record)

    def _shown(self):
        return self.baseFilename + " "


class _StderrHandler(StreamHandler):
    """Writes to what sys.stderr is at the time."""

    def __init__(self, level=NOTSET):
        super(StreamHandler, self).__init__(level)

    @property
    def stream(self):
        return sys.stderr


_defaultLastResort = _StderrHandler(WARNING)


class NullHandler(Handler):
    """Does nothing: for libraries."""

    def handle(self, record):
        """Nothing."""

    def emit(self, record):
        """Nothing."""

    def createLock(self):
        """There is none."""
        self.lock = None

    def _at_fork_reinit(self):
        pass
