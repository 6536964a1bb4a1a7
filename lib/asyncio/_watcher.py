"""Watchers of child processes: they say when one has ended."""

import os
import threading
import warnings
from . import events, unix_events
from .log import logger


def deprecated(name):
    """Warn of a name that Python 3.14 does not have any more."""
    warnings._deprecated(name, "{name!r} is deprecated as of Python 3.12 and will be removed in Python {remove}.", remove=(3, 14))


_UNKNOWN = 255  # the exit code of a child for which somebody else has waited


def _ask(pid, flags=0):
    """(pid, exit code) of a child that has ended; with os.WNOHANG it may be (0, ...): it runs. pid -1: of any child."""
    found, status = os.waitpid(pid, flags)
    return found, unix_events.waitstatus_to_exitcode(status)


def _exit_code(pid, flags=0):
    """The exit code of a child, or None: it runs."""
    try:
        found, code = _ask(pid, flags)
    except ChildProcessError:
        logger.warning("Unknown child process pid %d, will report returncode %d", pid, _UNKNOWN)
        return _UNKNOWN
    return code if found else None


def _log_end(loop, pid, code):
    if loop.get_debug():
        logger.debug("process %s exited with returncode %s", pid, code)


class AbstractChildWatcher:
    """What watchers have."""

    def __init_subclass__(cls):
        if cls.__module__ != __name__:
            deprecated("AbstractChildWatcher")

    # add_child_handler(pid, callback, *args): have callback(pid, returncode, *args) called when the child ends
    # remove_child_handler(pid): call nothing then; return whether something was to be
    # attach_loop(loop): watch in a loop, None: in none
    # is_active(): can it watch now?
    events._owed(vars(), "add_child_handler remove_child_handler attach_loop close is_active __enter__ __exit__")


class _Entered:
    """Nothing is to be done around the start of a process."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass


# ---- Those that need no loop of their own ----------------------------------------------------------------------------------------------

class _Independent(_Entered, AbstractChildWatcher):
    def is_active(self):
        return True

    def attach_loop(self, loop):
        pass

    def close(self):
        pass

    def remove_child_handler(self, pid):
        return True  # processes of asyncio never ask for it


class PidfdChildWatcher(_Independent):
    """By descriptors of processes, in the loop that runs."""

    def add_child_handler(self, pid, callback, *args):
        loop, process = events.get_running_loop(), _Pidfd(pid)

        def ended():
            loop._remove_reader(process.fd)
            process.close()
            callback(pid, _exit_code(pid), *args)
        loop._add_reader(process.fd, ended)


class _Pidfd:
    """The descriptor of a process; it is closed at the latest when the loop that waits for it is gone."""

    def __init__(self, pid):
        self.fd = os.pidfd_open(pid)

    def close(self):
        fd, self.fd = self.fd, None
        if fd is not None:
            os.close(fd)

    def __del__(self):
        if getattr(self, "fd", None) is not None:
            self.close()


class ThreadedChildWatcher(_Independent):
    """By a thread for each child."""

    def __init__(self):
        self._threads, self._count = {}, 0

    def close(self):
        for thread in list(self._threads.values()):
            if not thread.daemon:
                thread.join()

    def __del__(self):
        if any(thread.is_alive() for thread in list(self._threads.values())):
            warnings.warn(f"{type(self)} has registered but not finished child processes", ResourceWarning, source=self)

    def add_child_handler(self, pid, callback, *args):
        thread = threading.Thread(target=self._watch, args=(events.get_running_loop(), pid, callback, args),
                                  name=f"asyncio-waitpid-{self._count}", daemon=True)
        self._count += 1
        self._threads[pid] = thread
        thread.start()

    def _watch(self, loop, pid, callback, args):
        code = _exit_code(pid)
        _log_end(loop, pid, code)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, code, *args)
        del self._threads[pid]


# ---- Those by SIGCHLD ------------------------------------------------------------------------------------------------------------------

class BaseChildWatcher(AbstractChildWatcher):
    """By SIGCHLD, in the loop of the main thread."""

    def __init__(self):
        self._loop, self._callbacks = None, {}  # pid -> (callback, args)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def close(self):
        self._callbacks.clear()
        self.attach_loop(None)

    def attach_loop(self, loop):
        import signal
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if loop is None and self._loop is not None and self._callbacks:
            warnings.warn("A loop is being detached from a child watcher with pending handlers", RuntimeWarning)
        if self._loop is not None:
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            self._look()  # some may have ended before

    def _sig_chld(self):
        try:
            self._look()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._loop.call_exception_handler({"message": "Unknown exception in SIGCHLD handler", "exception": error})

    events._owed(vars(), "_look")  # calls back for all that have ended

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None


class SafeChildWatcher(_Entered, BaseChildWatcher):
    """Asks the system for each child that it knows: other children are left alone."""

    def __init__(self):
        super().__init__()
        deprecated("SafeChildWatcher")

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = callback, args
        self._look_at(pid)

    def _look(self):
        for pid in list(self._callbacks):
            self._look_at(pid)

    def _look_at(self, pid):
        code = _exit_code(pid, os.WNOHANG)
        if code is None:
            return
        if code != _UNKNOWN:
            _log_end(self._loop, pid, code)
        callback, args = self._callbacks.pop(pid)
        callback(pid, code, *args)


class FastChildWatcher(BaseChildWatcher):
    """Asks the system for any child: those of others are lost to them. `with` it around the start of a process."""

    def __init__(self):
        super().__init__()
        self._lock, self._starting = threading.Lock(), 0
        self._unclaimed = {}  # pid -> exit code: ended before a handler was added
        deprecated("FastChildWatcher")

    def close(self):
        self._unclaimed.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._starting += 1
        return self

    def __exit__(self, *exc):
        with self._lock:
            self._starting -= 1
            if self._starting or not self._unclaimed:
                return
            others, self._unclaimed = self._unclaimed, {}
        logger.warning("Caught subprocesses termination from unknown pids: %s", others)

    def add_child_handler(self, pid, callback, *args):
        assert self._starting, "Must use the context manager"
        with self._lock:
            code = self._unclaimed.pop(pid, None)
            if code is None:
                self._callbacks[pid] = callback, args
                return
        callback(pid, code, *args)

    def _look(self):
        while True:
            try:
                pid, code = _ask(-1, os.WNOHANG)
            except ChildProcessError:  # there are none
                return
            if not pid:
                return
            with self._lock:
                known = self._callbacks.pop(pid, None)
                if known is None and self._starting:
                    self._unclaimed[pid] = code
            if known is not None:
                _log_end(self._loop, pid, code)
                known[0](pid, code, *known[1])
            elif not self._starting:
                logger.warning("Caught subprocess termination from unknown pid: %d -> %d", pid, code)
            elif self._loop.get_debug():
                logger.debug("unknown process %s exited with returncode %s", pid, code)


class MultiLoopChildWatcher(_Entered, AbstractChildWatcher):
    """By SIGCHLD, for children of loops in any thread."""

    def __init__(self):
        self._callbacks = {}  # pid -> (loop, callback, args)
        self._handler_before = None
        deprecated("MultiLoopChildWatcher")

    def is_active(self):
        return self._handler_before is not None

    def attach_loop(self, loop):
        import signal
        if self._handler_before is not None:
            return
        self._handler_before = signal.signal(signal.SIGCHLD, self._sig_chld)
        if self._handler_before is None:
            logger.warning("Previous SIGCHLD handler was set by non-Python code, restore to default handler on watcher close.")
            self._handler_before = signal.SIG_DFL
        signal.siginterrupt(signal.SIGCHLD, False)

    def close(self):
        import signal
        self._callbacks.clear()
        before, self._handler_before = self._handler_before, None
        if before is None:
            return
        if signal.getsignal(signal.SIGCHLD) == self._sig_chld:
            signal.signal(signal.SIGCHLD, before)
        else:
            logger.warning("SIGCHLD handler was changed by outside code")

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = events.get_running_loop(), callback, args
        self._look_at(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _sig_chld(self, signum, frame):
        try:
            for pid in list(self._callbacks):
                self._look_at(pid)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.warning("Unknown exception in SIGCHLD handler", exc_info=True)

    def _look_at(self, pid):
        code = _exit_code(pid, os.WNOHANG)
        if code is None or pid not in self._callbacks:
            return
        loop, callback, args = self._callbacks.pop(pid)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
            return
        if code != _UNKNOWN:
            _log_end(loop, pid, code)
        loop.call_soon_threadsafe(callback, pid, code, *args)
