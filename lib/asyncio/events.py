"""Handles of callbacks, what loops and policies are, and the current loop of each thread."""

import contextvars
import os
import sys
import threading
from . import format_helpers

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
           "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher", "set_child_watcher",
           "_set_running_loop", "get_running_loop", "_get_running_loop")


class Handle:
    """A callback that the loop will call."""

    __slots__ = ("_callback", "_args", "_cancelled", "_loop", "_source_traceback", "_repr", "__weakref__", "_context")

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop, self._callback, self._args = loop, callback, args
        self._cancelled, self._repr = False, None
        self._source_traceback = format_helpers.extract_stack(sys._getframe(1)) if loop.get_debug() else None

    def _repr_info(self):
        info = [self.__class__.__name__]
        if self._cancelled:
            info.append("cancelled")
        if self._callback is not None:
            info.append(format_helpers._format_callback_source(self._callback, self._args, debug=self._loop.get_debug()))
        if self._source_traceback:
            frame = self._source_traceback[-1]
            info.append(f"created at {frame[0]}:{frame[1]}")
        return info

    def __repr__(self):
        return self._repr if self._repr is not None else f"<{' '.join(self._repr_info())}>"

    def get_context(self):
        """Return the context in which the callback is called."""
        return self._context

    def cancel(self):
        """Do not call it."""
        if not self._cancelled:
            self._cancelled = True
            if self._loop.get_debug():  # what is known now, for messages later
                self._repr = repr(self)
            self._callback = self._args = None

    def cancelled(self):
        """Return whether it was cancelled."""
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            text = format_helpers._format_callback_source(self._callback, self._args, debug=self._loop.get_debug())
            context = {"message": f"Exception in callback {text}", "exception": e, "handle": self}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
        self = None  # the traceback would hold it


class TimerHandle(Handle):
    """A callback that the loop will call at a time: when, by loop.time()."""

    __slots__ = ("_scheduled", "_when")

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        if self._source_traceback:
            del self._source_traceback[-1]
        self._when, self._scheduled = when, False

    def _repr_info(self):
        info = super()._repr_info()
        info.insert(2 if self._cancelled else 1, f"when={self._when}")
        return info

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        return self._when < other._when if isinstance(other, TimerHandle) else NotImplemented

    def __le__(self, other):
        return self._when < other._when or self.__eq__(other) if isinstance(other, TimerHandle) else NotImplemented

    def __gt__(self, other):
        return self._when > other._when if isinstance(other, TimerHandle) else NotImplemented

    def __ge__(self, other):
        return self._when > other._when or self.__eq__(other) if isinstance(other, TimerHandle) else NotImplemented

    def __eq__(self, other):
        if not isinstance(other, TimerHandle):
            return NotImplemented
        return ((self._when, self._callback, self._args, self._cancelled) ==
                (other._when, other._callback, other._args, other._cancelled))

    def cancel(self):
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    cancel.__doc__ = Handle.cancel.__doc__

    def when(self):
        """Return the time."""
        return self._when


def _abstract(name, *, coroutine=False):
    """A method that subclasses have to have."""
    if coroutine:
        async def method(self, *args, **kwargs):
            raise NotImplementedError
    else:
        def method(self, *args, **kwargs):
            raise NotImplementedError
    method.__name__ = name
    return method


def _abstracts(namespace, plain, coroutines=""):
    for name in plain.split():
        namespace[name] = _abstract(name)
    for name in coroutines.split():
        namespace[name] = _abstract(name, coroutine=True)


class AbstractServer:
    """What loop.create_server() gives."""

    _abstracts(vars(), "close close_clients abort_clients get_loop is_serving", "start_serving serve_forever wait_closed")

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What every loop has."""

    _abstracts(vars(), "run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_later call_at time "
               "create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader remove_reader "
               "add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory get_task_factory "
               "get_exception_handler set_exception_handler default_exception_handler call_exception_handler get_debug set_debug",
               "shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server sendfile start_tls "
               "create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint connect_read_pipe "
               "connect_write_pipe subprocess_shell subprocess_exec sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into "
               "sock_sendall sock_sendto sock_connect sock_accept sock_sendfile")

    def call_soon(self, callback, *args, context=None):
        """Have callback(*args) called by the loop's next round."""
        return self.call_later(0, callback, *args, context=context)


class AbstractEventLoopPolicy:
    """Says which loop a context has, and makes loops."""

    _abstracts(vars(), "get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher")


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """Each thread has a loop of its own; only the main thread gets one made."""

    _loop_factory = None

    class _Local(threading.local):
        _loop = None
        _set_called = False

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        """Return the thread's loop; in the main thread one is made, with a warning. RuntimeError: there is none."""
        local = self._local
        if local._loop is None and not local._set_called and threading.current_thread() is threading.main_thread():
            level, frame = 2, sys._getframe(1)
            while frame and (frame.f_globals.get("__name__") == "asyncio" or frame.f_globals.get("__name__", "").startswith("asyncio.")):
                frame = frame.f_back
                level += 1
            import warnings
            warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=level)
            self.set_event_loop(self.new_event_loop())
        if local._loop is None:
            raise RuntimeError("There is no current event loop in thread %r." % threading.current_thread().name)
        return local._loop

    def set_event_loop(self, loop):
        """Make loop the thread's loop."""
        self._local._set_called = True
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local._loop = loop

    def new_event_loop(self):
        """Return a new loop."""
        return self._loop_factory()


_event_loop_policy = None
_lock = threading.Lock()


class _RunningLoop(threading.local):
    loop = None


_running_loop = _RunningLoop()


def get_running_loop():
    """Return the loop that runs in this thread. RuntimeError: none does."""
    loop = _running_loop.loop
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


def _get_running_loop():
    return _running_loop.loop


def _set_running_loop(loop):
    _running_loop.loop = loop


def _init_event_loop_policy():
    global _event_loop_policy
    with _lock:
        if _event_loop_policy is None:
            from . import DefaultEventLoopPolicy
            _event_loop_policy = DefaultEventLoopPolicy()


def get_event_loop_policy():
    """Return the policy."""
    if _event_loop_policy is None:
        _init_event_loop_policy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy; None: the usual one."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def get_event_loop():
    """Return the running loop, or else the one that the policy has."""
    loop = _running_loop.loop
    return get_event_loop_policy().get_event_loop() if loop is None else loop


def set_event_loop(loop):
    """Make loop the current one of this thread."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """Return a new loop."""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """Return what watches child processes."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Set what watches child processes."""
    return get_event_loop_policy().set_child_watcher(watcher)


_py__get_running_loop, _py__set_running_loop = _get_running_loop, _set_running_loop
_py_get_running_loop, _py_get_event_loop = get_running_loop, get_event_loop


def on_fork():
    """In a child no loop runs; it must not be that of the parent."""
    if _event_loop_policy is not None:
        _event_loop_policy._local = BaseDefaultEventLoopPolicy._Local()
    _set_running_loop(None)
    if sys.modules.get("signal"):
        import signal
        try:
            signal.set_wakeup_fd(-1)
        except ValueError:  # not in the main thread
            pass


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=on_fork)
