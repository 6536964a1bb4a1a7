"""What is logged, and how it looks: levels, records, styles, formatters."""

import sys
import time

__name__ = "logging" # where its names belong
__all__ = ["CRITICAL", "FATAL", "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "NOTSET"]

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_levelToName = {CRITICAL: "CRITICAL", ERROR: "ERROR", WARNING: "WARNING", INFO: "INFO", DEBUG: "DEBUG", NOTSET: "NOTSET"}
_nameToLevel = {"CRITICAL": CRITICAL, "FATAL": FATAL, "ERROR": ERROR, "WARN": WARNING, "WARNING": WARNING, "INFO": INFO, "DEBUG": DEBUG,
                "NOTSET": NOTSET}


def getLevelNamesMapping():
    """All levels by their names."""
    return _nameToLevel.copy()


def getLevelName(level):
    """The name of a level, or the level of a name."""
    for names in _levelToName, _nameToLevel:
        if (found := names.get(level)) is not None:
            return found
    return f"Level {level}"


def _checkLevel(level):
    if not isinstance(level, int):
        if str(level) != level:
            raise TypeError("Level not an integer or a valid string: %r" % (level,))
        if level not in _nameToLevel:
            raise ValueError("Unknown level: %r" % (level,))
        level = _nameToLevel[level]
    return level


# What a program may set to False if it does without.
_startTime = time.time_ns()
raiseExceptions = True
logThreads = True
logMultiprocessing = True
logProcesses = True
logAsyncioTasks = True


class LogRecord:
    """One event: its message with arguments, level, time, place."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        import logging # where these switches are
        now = time.time_ns()
        self.name, self.msg = name, msg
        if args and len(args) == 1 and args[0] and not isinstance(args[0], (str, int, float)) and isinstance(args[0], _mapping()):
            args = args[0] # one dict is for %(name)s
        self.args = args
        self.levelname, self.levelno, self.pathname = getLevelName(level), level, pathname
        try:
            self.filename = pathname[pathname.rfind("/") + 1:]
            self.module = self.filename.rpartition(".")[0] or self.filename
        except (AttributeError, TypeError, ValueError):
            self.filename, self.module = pathname, "Unknown module"
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.lineno, self.funcName = lineno, func
        seconds, rest = divmod(now, 1_000_000_000)
        self.created, self.msecs = now / 1e9, float(rest // 1_000_000)
        if self.msecs == 999.0 and int(self.created) != seconds: # rounded up
            self.msecs = 0.0
        self.relativeCreated = (now - _startTime) / 1e6
        self.thread, self.threadName = _thread_now() if logging.logThreads else (None, None)
        self.processName = _ask("multiprocessing", _process_name, "MainProcess") if logging.logMultiprocessing else None
        self.process = _process_id() if logging.logProcesses else None
        self.taskName = _ask("asyncio", _task_name, None) if logging.logAsyncioTasks else None

    def __repr__(self):
        return '<LogRecord: %s, %s, %s, %s, "%s">' % (self.name, self.levelno, self.pathname, self.lineno, self.msg)

    def getMessage(self):
        """The message with its arguments."""
        msg = str(self.msg)
        return msg % self.args if self.args else msg


def _mapping():
    from collections.abc import Mapping
    return Mapping


def _process_id():
    os = sys.modules.get("os") # a program may have put its own getpid there
    if os is None:
        import posix as os
    return os.getpid() if hasattr(os, "getpid") else None


def _ask(module, question, default):
    """What a module answers, if the program has imported it and it can answer."""
    try:
        return question(sys.modules[module])
    except Exception:
        return default


def _process_name(multiprocessing):
    return multiprocessing.current_process().name


def _task_name(asyncio):
    return asyncio.current_task().get_name()


def _thread_now():
    """Number and name of the thread; without the module threading there is only one."""
    threading = sys.modules.get("threading")
    if threading:
        return threading.get_ident(), threading.current_thread().name
    try:
        from _thread import get_ident
        return get_ident(), "MainThread"
    except ImportError:
        return None, "MainThread"


_logRecordFactory = LogRecord


def setLogRecordFactory(factory):
    """Set what makes records: called as LogRecord."""
    global _logRecordFactory
    _logRecordFactory = factory


def getLogRecordFactory():
    """What makes records."""
    return _logRecordFactory


def makeLogRecord(dict):
    """A record with these attributes, as another process had them."""
    record = _logRecordFactory(None, None, "", 0, "", (), None, None)
    record.__dict__.update(dict)
    return record


# ---- Styles ----

class PercentStyle:
    """%(message)s"""

    default_format = "%(message)s"
    asctime_format = "%(asctime)s"
    asctime_search = "%(asctime)"
    _pattern = r"%\(\w+\)[#0+ -]*(\*|\d+)?(\.(\*|\d+))?[diouxefgcrsa%]"

    def __init__(self, fmt, *, defaults=None):
        self._fmt, self._defaults = fmt or self.default_format, defaults

    def usesTime(self):
        return self.asctime_search in self._fmt

    def validate(self):
        import re
        if not re.search(self._pattern, self._fmt, re.I):
            raise ValueError(f"Invalid format '{self._fmt}' for '{self.default_format[0]}' style")

    def _values(self, record):
        return self._defaults | record.__dict__ if self._defaults else record.__dict__

    def _format(self, record):
        return self._fmt % self._values(record)

    def format(self, record):
        try:
            return self._format(record)
        except KeyError as e:
            raise ValueError(f"Formatting field not found in record: {e}")


class StrFormatStyle(PercentStyle):
    """{message}"""

    default_format = "{message}"
    asctime_format = "{asctime}"
    asctime_search = "{asctime"

    def _format(self, record):
        return self._fmt.format(**self._values(record))

    def validate(self):
        import re
        from _string import formatter_parser
        fields = set()
        try:
            for _text, name, spec, conversion in formatter_parser(self._fmt):
                if name:
                    if not re.match(r"^(\d+|\w+)(\.\w+|\[\d+\]|\[[^\]]+\])*$", name):
                        raise ValueError("invalid field name/expression: %r" % name)
                    fields.add(name)
                if conversion and conversion not in "rsa":
                    raise ValueError(f"invalid conversion: {conversion!r}")
                if spec and not re.match(r"^(.?[<=>^])?[+ -]?#?0?(\d+|{\w+})?[,_]?(\.(\d+|{\w+}))?[bcdefgnosx%]?$", spec, re.I):
                    raise ValueError(f"bad specifier: {spec!r}")
        except ValueError as e:
            raise ValueError(f"invalid format: {e}")
        if not fields:
            raise ValueError("invalid format: no fields")


class StringTemplateStyle(PercentStyle):
    """${message}"""

    default_format = "${message}"
    asctime_format = "${asctime}"
    asctime_search = "${asctime}"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from string import Template
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return "$asctime" in self._fmt or self.asctime_search in self._fmt

    def validate(self):
        fields = set()
        for found in self._tpl.pattern.finditer(self._fmt):
            groups = found.groupdict()
            if groups["named"] or groups["braced"]:
                fields.add(groups["named"] or groups["braced"])
            elif found.group(0) == "$":
                raise ValueError("invalid format: bare '$' not allowed")
        if not fields:
            raise ValueError("invalid format: no fields")

    def _format(self, record):
        return self._tpl.substitute(**self._values(record))


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_STYLES = {"%": (PercentStyle, BASIC_FORMAT), "{": (StrFormatStyle, "{levelname}:{name}:{message}"),
           "$": (StringTemplateStyle, "${levelname}:${name}:${message}")}


class Formatter:
    """Makes text of a record: the format, then exception and stack."""

    converter = time.localtime
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        """fmt: the format, of one of the styles % { $; datefmt: for time.strftime; defaults: values of what a record does not have."""
        if style not in _STYLES:
            raise ValueError("Style must be one of: %s" % ",".join(_STYLES))
        chosen = _STYLES[style][0](fmt, defaults=defaults)
        if validate:
            chosen.validate()
        self._style, self._fmt, self.datefmt = chosen, chosen._fmt, datefmt

    def formatTime(self, record, datefmt=None):
        """The time of a record."""
        when = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, when)
        text = time.strftime(self.default_time_format, when)
        return self.default_msec_format % (text, record.msecs) if self.default_msec_format else text

    def formatException(self, ei):
        """The traceback of exception information."""
        import io
        import traceback
        file = io.StringIO()
        traceback.print_exception(ei[0], ei[1], ei[2], limit=None, file=file)
        return file.getvalue().removesuffix("\n")

    def usesTime(self):
        """Whether the format has the time in it."""
        return self._style.usesTime()

    def formatMessage(self, record):
        """The record in the format, without what follows."""
        return self._style.format(record)

    def formatStack(self, stack_info):
        """The stack: as it is."""
        return stack_info

    def format(self, record):
        """The text of a record."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, record.stack_info and self.formatStack(record.stack_info)):
            if more:
                text = (text if text[-1:] == "\n" else text + "\n") + more
        return text


class BufferingFormatter:
    """Makes one text of several records."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        """What stands before them."""
        return ""

    def formatFooter(self, records):
        """What stands behind them."""
        return ""

    def format(self, records):
        """The text."""
        if not records:
            return ""
        return self.formatHeader(records) + "".join(map(self.linefmt.format, records)) + self.formatFooter(records)


_defaultFormatter = Formatter(validate=False) # that takes the module re


class Filter:
    """Lets records pass whose logger is called name, or lies below it."""

    def __init__(self, name=""):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        """Whether a record passes."""
        return self.nlen == 0 or record.name == self.name or record.name.startswith(self.name + ".")


class Filterer:
    """What has filters: loggers and handlers."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Add a filter, or a function."""
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        """Take a filter away."""
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """False: it does not pass. Otherwise the record, or another one that a filter gave instead."""
        for each in self.filters:
            result = each.filter(record) if hasattr(each, "filter") else each(record)
            if not result:
                return False
            if isinstance(result, LogRecord):
                record = result
        return record
