"""Callbacks that wait for their turn, what loops, servers and policies have, and which loop a thread is in."""

import os
import sys
import threading
from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop
from . import format_helpers

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
           "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher", "set_child_watcher",
           "_set_running_loop", "get_running_loop", "_get_running_loop")

# ---- Handles ---------------------------------------------------------------------------------------------------------------------------


def _callback_text(handle):
    return format_helpers.callback_text(handle._callback, handle._args, handle._loop.get_debug())


def _handle_text(handle):
    """The repr of a handle."""
    parts = [type(handle).__name__] + (["cancelled"] if handle._cancelled else [])
    if isinstance(handle, TimerHandle):
        parts.append(f"when={handle.when()}")
    if handle._callback is not None:
        parts.append(_callback_text(handle))
    return f"<{' '.join(parts + format_helpers.created_at(handle._source_traceback))}>"


def _callback_failed(handle, error):
    """What a callback has raised goes to the loop's exception handler."""
    details = {"message": f"Exception in callback {_callback_text(handle)}", "exception": error, "handle": handle}
    if handle._source_traceback:
        details["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(details)


# ---- What there is to be had -----------------------------------------------------------------------------------------------------------

def _owed(namespace, plain, coroutines=""):
    """Put methods into a class that subclasses have to have: calling them raises NotImplementedError."""
    def define(name, waits):
        def method(self, *args, **kwargs):
            raise NotImplementedError

        async def coroutine(self, *args, **kwargs):
            raise NotImplementedError
        namespace[name] = coroutine if waits else method
        namespace[name].__name__ = name

    for name in plain.split():
        define(name, False)
    for name in coroutines.split():
        define(name, True)


class AbstractServer:
    """What loop.create_server() gives."""

    _owed(vars(), "get_loop is_serving close close_clients abort_clients", "start_serving serve_forever wait_closed")

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What every loop has."""

    _owed(vars(),
          # running
          "run_forever run_until_complete stop close is_running is_closed "
          # callbacks, futures, threads
          "time call_later call_at _timer_handle_cancelled call_soon_threadsafe create_future create_task set_task_factory get_task_factory "
          "run_in_executor set_default_executor "
          # files and signals
          "add_reader remove_reader add_writer remove_writer add_signal_handler remove_signal_handler "
          # errors
          "get_exception_handler set_exception_handler default_exception_handler call_exception_handler get_debug set_debug",
          "shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo "
          # transports
          "create_connection create_server create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint "
          "connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sendfile start_tls "
          # sockets
          "sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile")

    def call_soon(self, callback, *args, context=None):
        """Have callback(*args) called by the loop's next round."""
        return self.call_later(0, callback, *args, context=context)


class AbstractEventLoopPolicy:
    """Says which loop a thread has, and makes loops."""

    _owed(vars(), "get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher")


class _Choice(threading.local):
    """The loop that a thread has set."""

    _loop = None
    made = False  # True: it was set, also if it is None


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """Each thread has a loop of its own; only for the main thread one is made when it is asked for."""

    _loop_factory = None

    def __init__(self):
        self._local = _Choice()

    def get_event_loop(self):
        """Return the thread's loop. RuntimeError: it has none, and is not the main thread or has set None."""
        if self._local._loop is None and not self._local.made and threading.current_thread() is threading.main_thread():
            self._warn_of_making()
            self.set_event_loop(self.new_event_loop())
        loop = self._local._loop
        if loop is None:
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return loop

    @staticmethod
    def _warn_of_making():
        import warnings
        frame, level = sys._getframe(1), 2
        while frame is not None and format_helpers._own(frame):
            frame, level = frame.f_back, level + 1
        warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=level)

    def set_event_loop(self, loop):
        """Make loop the thread's loop; None: it has none."""
        self._local.made = True
        if not isinstance(loop, (AbstractEventLoop, type(None))):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local._loop = loop

    def new_event_loop(self):
        """Return a new loop."""
        return self._loop_factory()


# ---- Which loop ------------------------------------------------------------------------------------------------------------------------

_event_loop_policy = None
_policy_lock = threading.Lock()


def get_event_loop():
    """Return the loop that runs in this thread, or else the one that the policy has for it."""
    loop = _get_running_loop()
    return get_event_loop_policy().get_event_loop() if loop is None else loop


def get_event_loop_policy():
    """Return the policy."""
    global _event_loop_policy
    if _event_loop_policy is None:
        with _policy_lock:
            if _event_loop_policy is None:
                from .unix_events import DefaultEventLoopPolicy
                _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy; None: the usual one."""
    global _event_loop_policy
    if not isinstance(policy, (AbstractEventLoopPolicy, type(None))):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def set_event_loop(loop):
    """Make loop the one that this thread has."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """Return a new loop, as the policy makes them."""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """Return what watches child processes."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Set what watches child processes."""
    return get_event_loop_policy().set_child_watcher(watcher)


# The functions under the names of those that are in C, and of those that are not: the two are one here
_py_get_running_loop, _py_get_event_loop = _c_get_running_loop, _c_get_event_loop = get_running_loop, get_event_loop
_py__get_running_loop, _py__set_running_loop = _c__get_running_loop, _c__set_running_loop = _get_running_loop, _set_running_loop


def _forget_parent():
    """In a child process: the loops of the parent are not to be touched."""
    _set_running_loop(None)
    if isinstance(_event_loop_policy, BaseDefaultEventLoopPolicy):
        _event_loop_policy._local = _Choice()
    signal = sys.modules.get("signal")
    if signal and threading.current_thread() is threading.main_thread():
        signal.set_wakeup_fd(-1)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parent)
