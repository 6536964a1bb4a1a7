"""Signals of the system: what the program does when one arrives, and timers that send one."""

import _signal
from enum import IntEnum as _IntEnum

_names = ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ "
          "VTALRM PROF WINCH IO PWR SYS").split()  # Linux's order: 1, 2, ...
_numbers = {"SIG" + name: number for number, name in enumerate(_names, 1)} | {"SIGCLD": 17, "SIGPOLL": 29, "SIGIOT": 6, "SIGRTMIN": 34, "SIGRTMAX": 64}

Signals = _IntEnum("Signals", _numbers, module=__name__)
Handlers = _IntEnum("Handlers", {"SIG_DFL": 0, "SIG_IGN": 1}, module=__name__)
Sigmasks = _IntEnum("Sigmasks", {"SIG_BLOCK": 0, "SIG_UNBLOCK": 1, "SIG_SETMASK": 2}, module=__name__)
for _enum in (Signals, Handlers, Sigmasks):
    globals().update(_enum.__members__)
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = range(3)
NSIG = 65


class ItimerError(OSError):
    """A timer cannot be set so."""


ItimerError.__name__ = ItimerError.__qualname__ = "itimer_error"
itimer_error = ItimerError
_signal._set_itimer_error(ItimerError)

from _signal import (alarm, default_int_handler, getitimer, pause, pthread_kill, raise_signal, set_wakeup_fd, setitimer, siginterrupt,
                     sigtimedwait, sigwaitinfo, strsignal)


def _wraps(native):
    """Decorator: the function has native's docstring and signature."""
    def mark(function):
        function.__doc__, function.__wrapped__ = native.__doc__, native
        return function
    return mark


def _member(value, enum):
    """value as a member of enum, if it is one."""
    try:
        return enum(value) if isinstance(value, int) else value
    except ValueError:
        return value


def _number(value):
    return int(value) if isinstance(value, _IntEnum) else value


def _members(numbers):
    return {_member(n, Signals) for n in numbers}


@_wraps(_signal.signal)
def signal(signalnum, handler):
    return _member(_signal.signal(_number(signalnum), _number(handler)), Handlers)


@_wraps(_signal.getsignal)
def getsignal(signalnum):
    return _member(_signal.getsignal(signalnum), Handlers)


@_wraps(_signal.pthread_sigmask)
def pthread_sigmask(how, mask):
    return _members(_signal.pthread_sigmask(how, mask))


@_wraps(_signal.sigpending)
def sigpending():
    return _members(_signal.sigpending())


@_wraps(_signal.sigwait)
def sigwait(sigset):
    return _member(_signal.sigwait(sigset), Signals)


@_wraps(_signal.valid_signals)
def valid_signals():
    return _members(_signal.valid_signals())
