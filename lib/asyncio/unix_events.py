"""What loops have only on Unix: signals, Unix sockets, watchers of child processes; the loop and the policy that are used there."""

import errno
import os
import signal
import sys
import threading
from . import base_events, coroutines, events, selector_events
from .log import logger

__all__ = ("SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy", "EventLoop")


__getattr__ = base_events.names_from(globals(), {
    "_UnixReadPipeTransport": "._pipe", "_UnixWritePipeTransport": "._pipe", "_UnixSubprocessTransport": "._process",
    "BaseChildWatcher": "._watcher", "socket": "socket", **{name: "._watcher" for name in __all__ if name.endswith("Watcher")}})


def can_use_pidfd():
    """Can the system give descriptors of processes?"""
    try:
        os.close(os.pidfd_open(os.getpid(), 0))
        return True
    except (AttributeError, OSError):
        return False


def waitstatus_to_exitcode(status):
    """What os.waitpid() has given as an exit code; as it is if the child has neither ended nor been killed."""
    try:
        return os.waitstatus_to_exitcode(status)
    except ValueError:
        return status


def _seen(signum, frame):
    """The handler of signals that a loop handles: the number has been written to its pipe, and that is all."""


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """The loop of Unix. selector: None: the best that the system has."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}  # number -> Handle

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if sys.is_finalizing() and self._signal_handlers:
            import warnings
            warnings.warn(f"Closing the loop {self!r} on interpreter shutdown stage, skipping signal handlers removal", ResourceWarning,
                          source=self)
            self._signal_handlers.clear()
        for number in list(self._signal_handlers):
            self.remove_signal_handler(number)
        super().close()

    def _process_self_data(self, data):
        for number in data:
            if number:
                self._handle_signal(number)

    def _handle_signal(self, sig):
        """A signal has come."""
        known = self._signal_handlers.get(sig)
        if known is not None:
            wanted = not known._cancelled
            self._add_callback(known) if wanted else self.remove_signal_handler(sig)

    def add_signal_handler(self, sig, callback, *args):
        """Have callback(*args) called when the signal comes. In the main thread."""
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        try:
            waker = self._csock.fileno()
            signal.set_wakeup_fd(waker)
        except (ValueError, OSError) as error:  # not the main thread
            raise RuntimeError(str(error))
        self._signal_handlers[sig] = events.Handle(callback, args, self)
        try:
            signal.signal(sig, _seen)
            signal.siginterrupt(sig, False)
        except OSError as error:
            self._signal_handlers.pop(sig)
            self._wake_no_more()
            self._not_caught(sig, error)

    def remove_signal_handler(self, sig):
        """Handle the signal as if there were no loop; return whether it was handled."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as error:
            self._not_caught(sig, error)
        self._wake_no_more()
        return True

    def _wake_no_more(self):
        """Signals need not wake the loop if it handles none."""
        if not self._signal_handlers:
            try:
                signal.set_wakeup_fd(-1)
            except (ValueError, OSError) as error:
                logger.info("set_wakeup_fd(-1) failed: %s", error)

    @staticmethod
    def _not_caught(sig, error):
        if error.errno == errno.EINVAL:
            raise RuntimeError(f"sig {sig} cannot be caught")
        raise error

    @staticmethod
    def _check_signal(sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    base_events.later(vars(), "._network", "create_unix_connection")
    base_events.later(vars(), "._server", "create_unix_server")
    base_events.later(vars(), "._pipe", "_make_read_pipe_transport _make_write_pipe_transport")
    base_events.later(vars(), "._process", "_make_subprocess_transport")
    base_events.later(vars(), "._sendfile", "_sock_sendfile_native _sock_sendfile_native_impl")


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The usual policy, and the one watcher of child processes."""

    _loop_factory = _UnixSelectorEventLoop
    _watcher = None

    def set_event_loop(self, loop):
        super().set_event_loop(loop)
        if self._watcher is not None and threading.current_thread() is threading.main_thread():
            self._watcher.attach_loop(loop)

    set_event_loop.__doc__ = events.BaseDefaultEventLoopPolicy.set_event_loop.__doc__

    def _child_watcher(self):
        """The watcher; made when it is first needed."""
        with events._policy_lock:
            if self._watcher is None:
                from . import _watcher
                self._watcher = _watcher.PidfdChildWatcher() if can_use_pidfd() else _watcher.ThreadedChildWatcher()
        return self._watcher

    def get_child_watcher(self):
        """Return what watches child processes."""
        watcher = self._child_watcher()
        from ._watcher import deprecated
        deprecated("get_child_watcher")
        return watcher

    def set_child_watcher(self, watcher):
        """Set what watches child processes."""
        from ._watcher import AbstractChildWatcher, deprecated
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        before, self._watcher = self._watcher, watcher
        if before is not None:
            before.close()
        deprecated("set_child_watcher")


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
