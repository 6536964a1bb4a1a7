"""Watchers of child processes: they say when one has ended."""

import itertools
import os
import threading
import warnings
from . import events
from .log import logger


def waitstatus_to_exitcode(status):
    try:
        return os.waitstatus_to_exitcode(status)
    except ValueError:  # stopped or continued: not the end, and not expected
        return status


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
    return pid, waitstatus_to_exitcode(status)


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
    """By SIGCHLD: deprecated, and left out. Making one raises NotImplementedError."""

    def __init__(self):
        raise NotImplementedError(f"asyncio.{type(self).__name__} watches by SIGCHLD; use PidfdChildWatcher or ThreadedChildWatcher")


class SafeChildWatcher(BaseChildWatcher):
    """Deprecated, and left out: NotImplementedError."""


class FastChildWatcher(BaseChildWatcher):
    """Deprecated, and left out: NotImplementedError."""


class MultiLoopChildWatcher(BaseChildWatcher):
    """Deprecated, and left out: NotImplementedError."""
