"""Loggers, and the tree that they are in."""

import logging as _logging # for what a program may set there
import sys

from ._handler import _is_internal_frame, _lock, _own_files
from ._record import CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARNING, Filterer, LogRecord, _checkLevel, getLevelName, getLogRecordFactory

__name__ = "logging" # where its names belong
_NOBODY = "(unknown file)", 0, "(unknown function)", None


class PlaceHolder:
    """Stands in the tree where there is no logger yet, with those below."""

    def __init__(self, alogger):
        self.loggerMap = {alogger: None}

    def append(self, alogger):
        """Add a logger from below."""
        self.loggerMap.setdefault(alogger)


def setLoggerClass(klass):
    """Set the class of new loggers."""
    global _loggerClass
    _loggerClass = _checked(klass)


def getLoggerClass():
    """The class of new loggers."""
    return _loggerClass


def _checked(klass):
    if klass is Logger or issubclass(klass, Logger):
        return klass
    raise TypeError("logger not derived from logging.Logger: " + klass.__name__)


class Manager:
    """The tree of loggers."""

    def __init__(self, rootnode):
        self.root, self.disable, self.loggerDict = rootnode, NOTSET, {}
        self.emittedNoHandlerWarning, self.loggerClass, self.logRecordFactory = False, None, None

    @property
    def disable(self):
        """Records up to this level are not made at all."""
        return self._disable

    @disable.setter
    def disable(self, value):
        self._disable = _checkLevel(value)

    def getLogger(self, name):
        """The logger of that name, which is made if there is none."""
        if not isinstance(name, str):
            raise TypeError("A logger name must be a string")
        with _lock:
            known = self.loggerDict.get(name)
            if known is None or isinstance(known, PlaceHolder):
                new = self.loggerDict[name] = (self.loggerClass or _loggerClass)(name)
                new.manager = self
                if known is not None:
                    self._fixupChildren(known, new)
                self._fixupParents(new)
                known = new
            return known

    def setLoggerClass(self, klass):
        """Set the class of this tree's new loggers."""
        self.loggerClass = _checked(klass)

    def setLogRecordFactory(self, factory):
        """Set what makes records."""
        self.logRecordFactory = factory

    def _fixupParents(self, alogger):
        above = alogger.name.rpartition(".")[0]
        while above:
            known = self.loggerDict.get(above)
            if isinstance(known, Logger):
                alogger.parent = known
                return
            if known is None:
                self.loggerDict[above] = PlaceHolder(alogger)
            else:
                known.append(alogger)
            above = above.rpartition(".")[0]
        alogger.parent = self.root

    def _fixupChildren(self, ph, alogger):
        for child in ph.loggerMap:
            if not child.parent.name.startswith(alogger.name):
                alogger.parent = child.parent
                child.parent = alogger

    def _clear_cache(self):
        with _lock:
            for logger in (*self.loggerDict.values(), self.root):
                if not isinstance(logger, PlaceHolder):
                    logger._cache.clear()


def _at(name, level):
    """The method of loggers that logs with this level."""
    def log(self, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)
    log.__name__, log.__qualname__ = name, f"Logger.{name}"
    log.__doc__ = f"Log msg % args with level {name.upper()}; keywords: exc_info, stack_info, stacklevel, extra."
    return log


class Logger(Filterer):
    """What a program logs to: getLogger(name)."""

    def __init__(self, name, level=NOTSET):
        Filterer.__init__(self)
        self.name, self.level, self.parent, self.handlers = name, _checkLevel(level), None, []
        self.propagate, self.disabled = True, False
        self._cache = {} # level -> whether records of it are made

    def setLevel(self, level):
        """Set the least level that is logged; 0: that of the logger above."""
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    debug, info, warning, error, critical = (_at(*pair) for pair in (
        ("debug", DEBUG), ("info", INFO), ("warning", WARNING), ("error", ERROR), ("critical", CRITICAL)))

    def log(self, level, msg, *args, **kwargs):
        """Log with any level."""
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif _logging.raiseExceptions:
            raise TypeError("level must be an integer")

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log with level ERROR, and the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def fatal(self, msg, *args, **kwargs):
        """The same as critical()."""
        self.critical(msg, *args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of warning()."""
        _warn_old("method")
        self.warning(msg, *args, **kwargs)

    def findCaller(self, stack_info=False, stacklevel=1):
        """(file, line, function, stack or None) of who logs."""
        frame = _logging.currentframe()
        if frame is None:
            return _NOBODY
        while stacklevel > 0 and frame.f_back:
            frame = frame.f_back
            stacklevel -= not _is_internal_frame(frame)
        stack = None
        if stack_info:
            import io
            import traceback
            text = io.StringIO("Stack (most recent call last):\n")
            text.seek(0, 2)
            traceback.print_stack(frame, file=text)
            stack = text.getvalue().removesuffix("\n")
        code = frame.f_code
        return code.co_filename, frame.f_lineno, code.co_name, stack

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        """A record of these."""
        record = getLogRecordFactory()(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        if extra is not None:
            attributes = vars(record)
            for name in extra:
                if name in attributes or name in ("message", "asctime"):
                    raise KeyError(f"Attempt to overwrite {name!r} in LogRecord")
                attributes[name] = extra[name]
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        try:
            file, line, function, stack = self.findCaller(stack_info, stacklevel) if _logging._srcfile else _NOBODY
        except ValueError:
            file, line, function, stack = _NOBODY
        if isinstance(exc_info, BaseException):
            exc_info = type(exc_info), exc_info, exc_info.__traceback__
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, file, line, msg, args, exc_info, function, extra, stack))

    def handle(self, record):
        """Hand a record to the handlers if it passes the filters."""
        if not self.disabled and (passed := self.filter(record)):
            self.callHandlers(passed if isinstance(passed, LogRecord) else record)

    def addHandler(self, hdlr):
        """Add a handler."""
        with _lock:
            if hdlr not in self.handlers:
                self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        """Take a handler away."""
        with _lock:
            if hdlr in self.handlers:
                self.handlers.remove(hdlr)

    def hasHandlers(self):
        """Whether there is a handler here or above."""
        logger = self
        while logger:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def callHandlers(self, record):
        """Hand a record to the handlers here and above."""
        logger, found = self, 0
        while logger:
            for handler in logger.handlers:
                found += 1
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found:
            self._handle_alone(record)

    def _handle_alone(self, record):
        """There is no handler."""
        last, manager = _logging.lastResort, self.manager
        if last:
            if record.levelno >= last.level:
                last.handle(record)
        elif _logging.raiseExceptions and not manager.emittedNoHandlerWarning:
            manager.emittedNoHandlerWarning = True
            sys.stderr.write(f'No handlers could be found for logger "{self.name}"\n')

    def getEffectiveLevel(self):
        """The level of this logger, or of the first above that has one."""
        logger = self
        while logger:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        """Whether records of this level are made."""
        if self.disabled:
            return False
        known = self._cache.get(level)
        if known is None:
            with _lock:
                known = self._cache[level] = self.manager.disable < level and level >= self.getEffectiveLevel()
        return known

    def getChild(self, suffix):
        """The logger below with that name."""
        return self.manager.getLogger(suffix if self.root is self else self.name + "." + suffix)

    def getChildren(self):
        """The set of loggers right below."""
        dots = 0 if self is self.manager.root else self.name.count(".") + 1
        with _lock:
            return {each for each in self.manager.loggerDict.values()
                    if isinstance(each, Logger) and each.parent is self and each.name.count(".") == dots}

    def __repr__(self):
        return _shown(self, self)

    def __reduce__(self):
        if _logging.getLogger(self.name) is self:
            return _logging.getLogger, (self.name,)
        import pickle
        raise pickle.PicklingError("logger cannot be pickled")


def _shown(self, logger):
    """repr of a logger, or of what stands for one."""
    return f"<{type(self).__name__} {logger.name} ({getLevelName(logger.getEffectiveLevel())})>"


def _warn_old(what):
    """Tell who calls warn() what it is called now."""
    import warnings
    warnings.warn(f"The 'warn' {what} is deprecated, use 'warning' instead", DeprecationWarning, 3)


class RootLogger(Logger):
    """The one that all others lie below."""

    def __init__(self, level):
        super().__init__("root", level)

    def __reduce__(self):
        return _logging.getLogger, ()


_loggerClass = Logger
_own_files.add(Logger.log.__code__.co_filename)
