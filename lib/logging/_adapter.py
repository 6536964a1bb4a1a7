"""LoggerAdapter: a logger with something to add."""

from ._handler import _own_files
from ._logger import _shown, _warn_old
from ._record import CRITICAL, DEBUG, ERROR, INFO, WARNING

__name__ = "logging" # where its names belong


def _at(name, level):
    """The method that logs with this level."""
    def log(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)
    log.__name__, log.__qualname__ = name, f"LoggerAdapter.{name}"
    log.__doc__ = f"Log with level {name.upper()}."
    return log


class LoggerAdapter:
    """A logger that adds extra information to every record."""

    def __init__(self, logger, extra=None, merge_extra=False):
        """merge_extra: that of a call is added to it, instead of being replaced by it."""
        self.logger, self.extra, self.merge_extra = logger, extra, merge_extra

    def process(self, msg, kwargs):
        """What is really logged: the message and keywords."""
        merged = self.merge_extra and "extra" in kwargs
        kwargs["extra"] = {**self.extra, **kwargs["extra"]} if merged else self.extra
        return msg, kwargs

    debug, info, warning, error, critical = (_at(*pair) for pair in (
        ("debug", DEBUG), ("info", INFO), ("warning", WARNING), ("error", ERROR), ("critical", CRITICAL)))

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log with level ERROR, and the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of warning()."""
        _warn_old("method")
        self.warning(msg, *args, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        """Log with any level."""
        if self.isEnabledFor(level):
            text, keywords = self.process(msg, kwargs)
            self.logger.log(level, text, *args, **keywords)

    def isEnabledFor(self, level):
        """Whether records of this level are made."""
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        """Set the logger's level."""
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        """The logger's level."""
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        """Whether the logger has handlers."""
        return self.logger.hasHandlers()

    def _log(self, level, msg, args, **kwargs):
        return self.logger._log(level, msg, args, **kwargs)

    @property
    def manager(self):
        """The logger's manager."""
        return self.logger.manager

    @manager.setter
    def manager(self, value):
        self.logger.manager = value

    @property
    def name(self):
        """The logger's name."""
        return self.logger.name

    def __repr__(self):
        return _shown(self, self.logger)

    __class_getitem__ = classmethod(type(list[int]))


_own_files.add(LoggerAdapter.log.__code__.co_filename)
