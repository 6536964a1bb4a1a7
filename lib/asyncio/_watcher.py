"""Watchers of child processes: they say when one has ended."""

import itertools
import os
import signal
import threading
import warnings
from . import events
from .log import logger


def waitstatus_to_exitcode(status):
    try:
        return os.waitstatus_to_exitcode(status)
    except ValueError:  # stopped or continued: not the end, and not expected
        return status


def _exit_code(status):
    from . import unix_events  # where programs may have another one
    return unix_events.waitstatus_to_exitcode(status)


def can_use_pidfd():
    """Can the system give descriptors of processes?"""
    if not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid(), 0))
    except OSError:
        return False
    return True


def _deprecated(name):
    warnings._deprecated(name, "{name!r} is deprecated as of Python 3.12 and will be removed in Python {remove}.", remove=(3, 14))


class AbstractChildWatcher:
    """What watchers have."""

    def __init_subclass__(cls):
        if not cls.__module__.startswith("asyncio."):
            _deprecated("AbstractChildWatcher")

    def add_child_handler(self, pid, callback, *args):
        """Have callback(pid, returncode, *args) called when the child ends."""
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        """Call nothing when the child ends; return whether something was to be."""
        raise NotImplementedError()

    def attach_loop(self, loop):
        """Watch in a loop; None: in none."""
        raise NotImplementedError()

    def close(self):
        """Watch no more."""
        raise NotImplementedError()

    def is_active(self):
        """Return whether it can watch now."""
        raise NotImplementedError()

    def __enter__(self):
        raise NotImplementedError()

    def __exit__(self, a, b, c):
        raise NotImplementedError()


class _Alone(AbstractChildWatcher):
    """A watcher that needs no loop of its own."""

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def is_active(self):
        return True

    def close(self):
        pass

    def attach_loop(self, loop):
        pass


def _wait_for(pid):
    """The exit code of a child that has ended, or will."""
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:  # somebody else has asked
        logger.warning("Unknown child process pid %d, will report returncode 255", pid)
        return pid, 255
    return pid, _exit_code(status)


class PidfdChildWatcher(_Alone):
    """By descriptors of processes, in the loop that runs."""

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        fd = os.pidfd_open(pid)
        loop._add_reader(fd, self._do_wait, pid, fd, callback, args)

    def _do_wait(self, pid, pidfd, callback, args):
        events.get_running_loop()._remove_reader(pidfd)
        pid, code = _wait_for(pid)
        os.close(pidfd)
        callback(pid, code, *args)

    def remove_child_handler(self, pid):
        return True  # asyncio never needs it


class ThreadedChildWatcher(_Alone):
    """By a thread for each child."""

    def __init__(self):
        self._numbers = itertools.count(0)
        self._threads = {}

    def close(self):
        self._join_threads()

    def _join_threads(self):
        for thread in list(self._threads.values()):
            if thread.is_alive() and not thread.daemon:
                thread.join()

    def __del__(self, _warn=warnings.warn):
        if any(thread.is_alive() for thread in list(self._threads.values())):
            _warn(f"{self.__class__} has registered but not finished child processes", ResourceWarning, source=self)

    def add_child_handler(self, pid, callback, *args):
        thread = threading.Thread(target=self._do_waitpid, name=f"asyncio-waitpid-{next(self._numbers)}",
                                  args=(events.get_running_loop(), pid, callback, args), daemon=True)
        self._threads[pid] = thread
        thread.start()

    def remove_child_handler(self, pid):
        return True  # asyncio never needs it

    def _do_waitpid(self, loop, expected_pid, callback, args):
        pid, code = _wait_for(expected_pid)
        if loop.get_debug():
            logger.debug("process %s exited with returncode %s", expected_pid, code)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, code, *args)
        self._threads.pop(expected_pid)


class BaseChildWatcher(AbstractChildWatcher):
    """By SIGCHLD, in the loop of the main thread."""

    def __init__(self):
        self._loop = None
        self._callbacks = {}  # pid -> (callback, args)

    def close(self):
        self.attach_loop(None)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def _do_waitpid(self, expected_pid):
        raise NotImplementedError()

    def _do_waitpid_all(self):
        raise NotImplementedError()

    def attach_loop(self, loop):
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if self._loop is not None and loop is None and self._callbacks:
            warnings.warn("A loop is being detached from a child watcher with pending handlers", RuntimeWarning)
        if self._loop is not None:
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            self._do_waitpid_all()  # those that ended before

    def _sig_chld(self):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop.call_exception_handler({"message": "Unknown exception in SIGCHLD handler", "exception": e})

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None


class SafeChildWatcher(BaseChildWatcher):
    """Asks the system for each child that it knows: other children are left alone."""

    def __init__(self):
        super().__init__()
        _deprecated("SafeChildWatcher")

    def close(self):
        self._callbacks.clear()
        super().close()

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = callback, args
        self._do_waitpid(pid)  # it may have ended already

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        code = _poll(expected_pid)
        if code is None:
            return
        if code != 255 and self._loop.get_debug():
            logger.debug("process %s exited with returncode %s", expected_pid, code)
        try:
            callback, args = self._callbacks.pop(expected_pid)
        except KeyError:
            if self._loop.get_debug():
                logger.warning("Child watcher got an unexpected pid: %r", expected_pid, exc_info=True)
        else:
            callback(expected_pid, code, *args)


def _poll(pid):
    """The exit code of a child, or None: it runs."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:  # somebody else has asked
        logger.warning("Unknown child process pid %d, will report returncode 255", pid)
        return 255
    return _exit_code(status) if found else None


class FastChildWatcher(BaseChildWatcher):
    """Asks the system for any child: those of others are lost to them."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        self._zombies = {}  # pid -> exit code: ended before anybody asked
        self._forks = 0
        _deprecated("FastChildWatcher")

    def close(self):
        self._callbacks.clear()
        self._zombies.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._forks += 1
            return self

    def __exit__(self, a, b, c):
        with self._lock:
            self._forks -= 1
            if self._forks or not self._zombies:
                return
            others = str(self._zombies)
            self._zombies.clear()
        logger.warning("Caught subprocesses termination from unknown pids: %s", others)

    def add_child_handler(self, pid, callback, *args):
        assert self._forks, "Must use the context manager"
        with self._lock:
            try:
                code = self._zombies.pop(pid)
            except KeyError:
                self._callbacks[pid] = callback, args
                return
        callback(pid, code, *args)

    def _do_waitpid_all(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = _exit_code(status)
            with self._lock:
                try:
                    callback, args = self._callbacks.pop(pid)
                except KeyError:
                    if self._forks:  # its handler may be on its way
                        self._zombies[pid] = code
                        if self._loop.get_debug():
                            logger.debug("unknown process %s exited with returncode %s", pid, code)
                        continue
                    callback = None
                else:
                    if self._loop.get_debug():
                        logger.debug("process %s exited with returncode %s", pid, code)
            if callback is None:
                logger.warning("Caught subprocess termination from unknown pid: %d -> %d", pid, code)
            else:
                callback(pid, code, *args)


class MultiLoopChildWatcher(AbstractChildWatcher):
    """By SIGCHLD, for children of loops in any thread."""

    def __init__(self):
        self._callbacks = {}  # pid -> (loop, callback, args)
        self._saved_sighandler = None
        _deprecated("MultiLoopChildWatcher")

    def is_active(self):
        return self._saved_sighandler is not None

    def close(self):
        self._callbacks.clear()
        if self._saved_sighandler is None:
            return
        if signal.getsignal(signal.SIGCHLD) != self._sig_chld:
            logger.warning("SIGCHLD handler was changed by outside code")
        else:
            signal.signal(signal.SIGCHLD, self._saved_sighandler)
        self._saved_sighandler = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = events.get_running_loop(), callback, args
        self._do_waitpid(pid)  # it may have ended already

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def attach_loop(self, loop):
        if self._saved_sighandler is not None:
            return
        self._saved_sighandler = signal.signal(signal.SIGCHLD, self._sig_chld)
        if self._saved_sighandler is None:
            logger.warning("Previous SIGCHLD handler was set by non-Python code, restore to default handler on watcher close.")
            self._saved_sighandler = signal.SIG_DFL
        signal.siginterrupt(signal.SIGCHLD, False)

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        code = _poll(expected_pid)
        if code is None:
            return
        try:
            loop, callback, args = self._callbacks.pop(expected_pid)
        except KeyError:
            logger.warning("Child watcher got an unexpected pid: %r", expected_pid, exc_info=True)
            return
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, expected_pid)
        else:
            if code != 255 and loop.get_debug():
                logger.debug("process %s exited with returncode %s", expected_pid, code)
            loop.call_soon_threadsafe(callback, expected_pid, code, *args)

    def _sig_chld(self, signum, frame):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.warning("Unknown exception in SIGCHLD handler", exc_info=True)
