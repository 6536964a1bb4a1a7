"""The system's log: openlog(), syslog(), closelog()."""

from _syslog import *
from _syslog import LOG_USER as _LOG_USER, LOG_INFO as _LOG_INFO, close as _close, mask as _mask, open as _open, write as _write
import sys as _sys

_is_open = False


def openlog(ident=None, logoption=0, facility=_LOG_USER):
    """Say what messages begin with (the program's name, if it is not given), LOG_PID and other options, and what kind of program this is."""
    global _is_open
    if ident is None:
        ident = _sys.argv[0].rpartition("/")[2] if getattr(_sys, "argv", None) and isinstance(_sys.argv[0], str) else ""
    _sys.audit("syslog.openlog", ident or None, logoption, facility)
    if isinstance(ident, str):
        ident.encode()  # UnicodeEncodeError
    _open(ident, logoption, facility)
    _is_open = True


def syslog(*args):
    """syslog([priority,] message): send a message to the log, by default as LOG_INFO."""
    if not 1 <= len(args) <= 2:
        raise TypeError("syslog.syslog requires 1 to 2 arguments")
    priority, message = args if len(args) == 2 else (_LOG_INFO, args[0])
    if not isinstance(message, str):
        raise TypeError(f"syslog() argument {len(args)} must be str, not {type(message).__name__}")
    _sys.audit("syslog.syslog", priority, message)
    message.encode()
    if not _is_open:
        openlog()
    _write(priority, message)


def closelog():
    """Forget what openlog() was told."""
    global _is_open
    _sys.audit("syslog.closelog")
    if _is_open:
        _close()
        _is_open = False


def setlogmask(maskpri, /):
    """Set which priorities are logged (LOG_MASK, LOG_UPTO); returns what was set before."""
    _sys.audit("syslog.setlogmask", maskpri)
    return _mask(maskpri)


def LOG_MASK(pri, /):
    """The mask of one priority."""
    return 1 << pri


def LOG_UPTO(pri, /):
    """The mask of all priorities up to this one."""
    return (1 << pri + 1) - 1
