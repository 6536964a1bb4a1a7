"""Tracebacks where a program hangs or dies: enable(), dump_traceback(), dump_traceback_later(), register().

Only enable() works where the interpreter itself has crashed. The others are Python: they wait until a thread may run Python code."""

import os
import sys

_MOST = 100  # frames that are shown of a thread
_enabled = False
_later = None  # threading.Event that ends what waits
_registered = {}  # signal -> (what handled it before, what it was registered with)
_kept = {}  # files whose descriptors are in use


def _descriptor(file):
    """(a descriptor, what keeps it open); text that waits in the file is written first."""
    if file is None:
        file = sys.stderr
        if file is None:
            raise RuntimeError("sys.stderr is None")
    if isinstance(file, int):
        if file < 0:
            raise ValueError("file is not a valid file descriptor")
        return file, None
    fd = file.fileno()
    if not isinstance(fd, int) or fd < 0:
        raise RuntimeError("file.fileno() is not a valid file descriptor")
    try:
        file.flush()
    except Exception:
        pass
    return fd, file


def _frames(frame):
    """The lines of a thread's frames, the newest first."""
    for _ in range(_MOST):
        if frame is None:
            return
        code = frame.f_code
        line = f'  File "{_cut(code.co_filename)}", line {frame.f_lineno or "???"} in {_cut(code.co_name)}\n'
        yield line.encode("ascii", "backslashreplace")
        frame = frame.f_back


def _cut(text):
    return text if len(text) <= 500 else text[:500] + "..."


def _dump(fd, all_threads, frame):
    """frame: where this thread is; None: it is one of ours, and not shown."""
    from _thread import get_ident
    current = get_ident()
    if not all_threads:
        os.write(fd, b"Stack (most recent call first):\n" + b"".join(_frames(frame)))
        return
    parts = []
    for ident, top in sys._current_frames().items():
        if ident == current and frame is None:
            continue
        title = f"{'Current thread' if ident == current else 'Thread'} 0x{ident:016x} (most recent call first):\n"
        parts.append(title.encode() + b"".join(_frames(frame if ident == current else top)))
    os.write(fd, b"\n".join(parts))


def dump_traceback(file=None, all_threads=True):
    """Write where this thread is, or all threads are, to a file (or a descriptor)."""
    fd, _keep = _descriptor(file)
    _dump(fd, all_threads, sys._getframe(1))


def enable(file=None, all_threads=True):
    """Where the process dies of SIGSEGV, SIGFPE, SIGABRT or SIGILL, write that, and where the thread that ran Python code was, to a file.

    Of other threads nothing is written."""
    global _enabled
    from _fault import enable
    fd, _kept[None] = _descriptor(file)
    enable(fd)
    _enabled = True


def disable():
    """Take enable() back. Return whether it was in effect."""
    global _enabled
    from _fault import disable
    before, _enabled = _enabled, False
    disable()
    _kept.pop(None, None)
    return before


def is_enabled():
    """Is enable() in effect?"""
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Write where all threads are after so many seconds, again and again if repeat, and end the process with os._exit(1) if exit."""
    global _later
    timeout = float(timeout)
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")
    fd, keep = _descriptor(file)
    cancel_dump_traceback_later()
    from threading import Event, Thread
    _later = done = Event()
    _kept["later"] = keep
    whole, micro = divmod(round(timeout * 1000000), 1000000)
    shown = f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}" + (f".{micro:06}" if micro else "")

    def wait():
        while not done.wait(timeout):
            os.write(fd, f"Timeout ({shown})!\n".encode())
            _dump(fd, True, None)
            if exit:
                os._exit(1)
            if not repeat:
                return

    Thread(target=wait, daemon=True).start()


def cancel_dump_traceback_later():
    """Take dump_traceback_later() back."""
    global _later
    if _later is not None:
        _later.set()
        _later = None
        _kept.pop("later", None)


def register(signum, file=None, all_threads=True, chain=False):
    """Write where this thread is, or all threads are, when a signal comes; chain: then do what was done before. Only in the first thread."""
    import signal
    if signum in (signal.SIGSEGV, signal.SIGFPE, signal.SIGABRT, signal.SIGILL, signal.SIGBUS):
        raise RuntimeError(f"signal {signum} cannot be registered, use enable() instead")
    fd, keep = _descriptor(file)

    def handler(number, frame):
        _dump(fd, all_threads, frame)
        before = _registered[signum][0]
        if chain and callable(before):
            before(number, frame)
        elif chain and before == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
            signal.signal(number, handler)

    before = signal.signal(signum, handler)
    if signum in _registered:
        before = _registered[signum][0]
    _registered[signum] = before, keep


def unregister(signum, /):
    """Take register() back. Return whether it was in effect."""
    found = _registered.pop(signum, None)
    if found is None:
        return False
    import signal
    signal.signal(signum, found[0])
    return True
