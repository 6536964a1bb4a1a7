"""Logging: loggers by name in a tree, which hand records to handlers.

Records and formatters are in _record, handlers in _handler, loggers in _logger, and what few programs use in modules that __getattr__ loads.
"""

import sys

from ._record import (BASIC_FORMAT, BufferingFormatter, CRITICAL, DEBUG, ERROR, FATAL, Filter, Filterer, Formatter, INFO, LogRecord, NOTSET,
                      PercentStyle, StrFormatStyle, StringTemplateStyle, WARN, WARNING, _checkLevel, _defaultFormatter, _levelToName,
                      _nameToLevel, _startTime, _STYLES, getLevelName, getLevelNamesMapping, getLogRecordFactory, logAsyncioTasks,
                      logMultiprocessing, logProcesses, logThreads, makeLogRecord, raiseExceptions, setLogRecordFactory)
from ._handler import (FileHandler, Handler, NullHandler, RLock, StreamHandler, _StderrHandler, _defaultLastResort, _handlerList, _handlers, _lock,
                       _own_files, getHandlerByName, getHandlerNames)
from ._logger import Logger, Manager, PlaceHolder, RootLogger, _warn_old, getLoggerClass, setLoggerClass

__all__ = ["BASIC_FORMAT", "BufferingFormatter", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter", "Formatter", "Handler",
           "INFO", "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler", "StreamHandler", "WARN", "WARNING", "addLevelName",
           "basicConfig", "captureWarnings", "critical", "debug", "disable", "error", "exception", "fatal", "getLevelName",
           "getLogger", "getLoggerClass", "info", "log", "makeLogRecord", "setLoggerClass", "shutdown", "warn", "warning",
           "getLogRecordFactory", "setLogRecordFactory", "lastResort", "raiseExceptions", "getLevelNamesMapping", "getHandlerByName",
           "getHandlerNames"]


__author__ = "Krait developers"
__status__, __version__, __date__ = "production", "0.5.1.2", "07 February 2010" # of the interface
_HOME = {"LoggerAdapter": "_adapter", "captureWarnings": "_warning"}


def __getattr__(name):
    """What takes long to import, what few programs use, and what others may change."""
    if name in ("traceback", "weakref"):
        return __import__(name)
    if name == "_logRecordFactory":
        return getLogRecordFactory()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(__import__(f"{__name__}.{_HOME[name]}", fromlist=(name,)), name)
    return value


def __dir__():
    return sorted({*globals(), *_HOME})


def _acquireLock():
    _lock.acquire()


def _releaseLock():
    _lock.release()


def addLevelName(level, levelName):
    """Give a level a name."""
    with _lock:
        _nameToLevel[levelName], _levelToName[level] = level, levelName


currentframe = sys._getframe
_srcfile = addLevelName.__code__.co_filename
_own_files.add(_srcfile)
lastResort = _defaultLastResort
root = RootLogger(WARNING)
Logger.root = root
Logger.manager = Manager(root)


# ---- For short ----

def basicConfig(**kwargs):
    """Give the root logger a handler, if it has none: filename, filemode, format, datefmt, style, level, stream, handlers, force, encoding,
    errors."""
    with _lock:
        encoding, errors = kwargs.pop("encoding", None), kwargs.pop("errors", "backslashreplace")
        if kwargs.pop("force", False):
            for old in root.handlers[:]:
                root.removeHandler(old)
                old.close()
        if root.handlers:
            return
        handlers = kwargs.pop("handlers", None)
        if handlers is None:
            handlers = [_basic_handler(kwargs, encoding, errors)]
        elif "stream" in kwargs or "filename" in kwargs:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        datefmt, style, level = kwargs.pop("datefmt", None), kwargs.pop("style", "%"), kwargs.pop("level", None)
        if style not in _STYLES:
            raise ValueError(f"Style must be one of: {','.join(_STYLES)}")
        formatter = Formatter(kwargs.pop("format", _STYLES[style][1]), datefmt, style)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)
        if kwargs:
            raise ValueError(f"Unrecognised argument(s): {', '.join(kwargs)}")


def _basic_handler(kwargs, encoding, errors):
    """The handler that basicConfig() makes of its arguments, which are taken out of kwargs."""
    if "stream" in kwargs and "filename" in kwargs:
        raise ValueError("'stream' and 'filename' should not be specified together")
    filename, mode = kwargs.pop("filename", None), kwargs.pop("filemode", "a")
    if not filename:
        return StreamHandler(kwargs.pop("stream", None))
    if "b" in mode:
        errors = None
    elif encoding is None:
        import io
        encoding = io.text_encoding(encoding) if hasattr(io, "text_encoding") else None
    return FileHandler(filename, mode, encoding=encoding, errors=errors)


def getLogger(name=None):
    """The logger of that name; without one the root."""
    if not name or isinstance(name, str) and name == root.name:
        return root
    return Logger.manager.getLogger(name)


def _of_root(name):
    """The function that calls a method of the root, which is given a handler first if it has none."""
    def log(msg, *args, **kwargs):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kwargs)
    log.__name__ = log.__qualname__ = name
    log.__doc__ = f"Log to the root with level {name.upper()}."
    return log


debug, info, warning, error, critical = map(_of_root, ("debug", "info", "warning", "error", "critical"))


def log(level, msg, *args, **kwargs):
    """Log to the root with any level."""
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    """Log to the root with level ERROR, and the exception that is being handled."""
    error(msg, *args, exc_info=exc_info, **kwargs)


def fatal(msg, *args, **kwargs):
    """The same as critical()."""
    critical(msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    """The old name of warning()."""
    _warn_old("function")
    warning(msg, *args, **kwargs)


def disable(level=CRITICAL):
    """No logger makes records up to this level."""
    root.manager.disable = level
    root.manager._clear_cache()


def shutdown(handlerList=_handlerList):
    """Flush and close all handlers; done when the program ends."""
    for reference in handlerList[::-1]:
        try:
            if handler := reference():
                _shut(handler)
        except:
            if raiseExceptions:
                raise


def _shut(handler):
    try:
        handler.acquire()
        if getattr(handler, "flushOnClose", True):
            handler.flush()
        handler.close()
    except (OSError, ValueError): # a file that is closed already
        pass
    finally:
        handler.release()


import atexit
atexit.register(shutdown)
