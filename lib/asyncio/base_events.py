"""The core of event loops: callbacks and timers in their order, tasks, threads, errors, debug mode.

How a loop waits is a subclass's matter: it has _selector.select(timeout), _process_events() and _write_to_self(). Whatever has to do
with the world outside (connections, servers, pipes, processes) stands in modules of its own, loaded with their first use."""

import importlib
import sys
import threading
import time
import weakref
from _asyncio import Loop
from . import constants, coroutines, events, exceptions, futures, tasks, timeouts
from .log import logger

__all__ = ("BaseEventLoop",)

_MIN_SCHEDULED_TIMER_HANDLES = 100  # from so many timers on, with so large a part of them cancelled, the cancelled ones are removed: see Loop
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5
MAXIMUM_SELECT_TIMEOUT = 24 * 3600  # seconds: what every selector can wait


class Later:
    """A method whose function is in a module that is loaded when the method is first asked for."""

    def __init__(self, module):
        self._module = module

    def __set_name__(self, owner, name):
        self._owner, self._name = owner, name

    def _load(self):
        function = getattr(importlib.import_module(self._module, __package__), self._name)
        setattr(self._owner, self._name, function)
        return function

    def __get__(self, obj, cls):
        return self._load().__get__(obj, cls)

    __doc__ = property(lambda self: self._load().__doc__)


def later(namespace, module, names):
    """Put such methods into a class."""
    for name in names.split():
        namespace[name] = Later(module)


def names_from(namespace, modules):
    """A module's __getattr__() for names that are in other modules of the package, or are modules outside: loaded when they are asked for."""
    def __getattr__(name):
        if name not in modules:
            raise AttributeError(f"module {namespace['__name__']!r} has no attribute {name!r}")
        module = importlib.import_module(modules[name], __package__)
        return getattr(module, name) if modules[name].startswith(".") else module
    return __getattr__


__getattr__ = names_from(globals(), {
    "Server": "._server", "_ipaddr_info": "._network", "_interleave_addrinfos": "._network", "_set_nodelay": "._endpoint",
    "_SendfileFallbackProtocol": "._sendfile", "socket": "socket", "ssl": "ssl"})


def _stop_loop(future):
    """What a future calls for which run_until_complete() waits."""
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        return  # that has gone through the loop already, and ends it
    futures._get_loop(future).stop()


class BaseEventLoop(Loop, events.AbstractEventLoop):
    """A loop of which a subclass says how it waits for files and wakes up."""

    def __init__(self):
        self._thread_id = None  # of the thread that runs the loop
        self._hooks_before = None  # for asynchronous generators, while it runs
        self._closed = self._stopping = False
        self._clock_resolution = time.get_clock_info("monotonic").resolution  # seconds
        self._task_factory = self._exception_handler = self._current_handle = None
        self._default_executor, self._executor_ended = None, False
        self._asyncgens, self._asyncgens_ended = weakref.WeakSet(), False
        self._origin_depth = None  # that of coroutines' origins, while debug mode has another
        self.slow_callback_duration = 0.1  # seconds; in debug mode callbacks that take longer are logged
        self._debug = False
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}>"

    # ---- Running ---------------------------------------------------------------------------------------------------------------------

    def run_forever(self):
        """Run until stop() is called."""
        self._run_forever_setup()
        try:
            if type(self)._run_once is Loop._run_once:
                self._run_rounds()
            else:
                self._run_once()
                while not self._stopping:
                    self._run_once()
        finally:
            self._run_forever_cleanup()

    # For loops of others around this one, which call _run_once() themselves

    def _run_forever_setup(self):
        """The thread's rounds begin."""
        self._check_idle()
        self._thread_id, self._hooks_before = threading.get_ident(), sys.get_asyncgen_hooks()
        self._track_origins(self._debug)
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_begins, finalizer=self._asyncgen_left)
        events._set_running_loop(self)

    def _run_forever_cleanup(self):
        """They have ended."""
        hooks, self._hooks_before = self._hooks_before, None
        self._thread_id, self._stopping = None, False
        events._set_running_loop(None)
        self._track_origins(False)
        if hooks is not None:
            sys.set_asyncgen_hooks(*hooks)

    def run_until_complete(self, future):
        """Run until a future, or a coroutine, is done; return its result. RuntimeError: stop() was called before."""
        self._check_idle()
        given = future
        future = tasks.ensure_future(given, loop=self)
        ours = future is not given
        if ours:
            future._log_destroy_pending = False  # what is raised here tells enough
        future.add_done_callback(_stop_loop)
        try:
            self.run_forever()
        except BaseException:
            if ours and future.done() and not future.cancelled():
                future.exception()  # it is what is raised, most likely: not to be logged
            raise
        finally:
            future.remove_done_callback(_stop_loop)
        if future.done():
            return future.result()
        raise RuntimeError("Event loop stopped before Future completed.")

    def stop(self):
        """End run_forever() after this round."""
        self._stopping = True

    def is_running(self):
        """Return whether it runs."""
        return self._thread_id is not None

    def is_closed(self):
        """Return whether it was closed."""
        return self._closed

    def close(self):
        """Give back what the loop has of the system. It must not run."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        if self._debug:
            logger.debug("Close %r", self)
        self._closed = self._executor_ended = True
        self._clear()
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=False)
            self._default_executor = None

    def __del__(self):
        if not self.is_closed():
            import warnings
            warnings.warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_idle(self):
        self._check_closed()
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    # ---- A round -----------------------------------------------------------------------------------------------------------------------

    def _look(self, timeout):
        """Wait for files at most timeout seconds, None: for ever; what they call becomes ready."""
        self._process_events(self._selector.select(timeout))

    def _run_timed(self, handle):
        """Run a handle in debug mode: one that takes long is logged."""
        self._current_handle = handle
        try:
            began = self.time()
            handle._run()
            seconds = self.time() - began
        finally:
            self._current_handle = None
        if seconds >= self.slow_callback_duration:
            owner = getattr(handle._callback, "__self__", None)
            logger.warning("Executing %s took %.3f seconds", repr(owner) if isinstance(owner, tasks.Task) else handle, seconds)

    def _process_events(self, event_list):
        raise NotImplementedError

    def _add_callback(self, handle):
        """What was waited for has come: call handle by the next round."""
        if not handle._cancelled:
            self._ready.append(handle)

    def _write_to_self(self):
        """Wake the loop from another thread."""
        raise NotImplementedError

    # ---- Callbacks -----------------------------------------------------------------------------------------------------------------------

    def call_soon_threadsafe(self, callback, *args, context=None):
        """As call_soon(), from any thread."""
        if self._closed or self._debug:
            self._check_call(callback, "call_soon_threadsafe", any_thread=True)
        handle = events.Handle(callback, args, self, context)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    def _timer_handle_cancelled(self, handle):
        """TimerHandles of other makers tell of it."""

    def _check_call(self, callback, method, any_thread=False):
        self._check_closed()
        if not self._debug:
            return
        if not any_thread and self._thread_id not in (None, threading.get_ident()):
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")
        self._check_callback(callback, method)

    @staticmethod
    def _check_callback(callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    # ---- Futures, tasks and asynchronous generators --------------------------------------------------------------------------------------

    def create_task(self, coro, *, name=None, context=None):
        """Have a coroutine run; return its task."""
        self._check_closed()
        factory = self._task_factory
        if factory is None:
            return tasks.Task(coro, loop=self, name=name, context=context)
        task = factory(self, coro) if context is None else factory(self, coro, context=context)
        try:
            task.set_name(name)
            return task
        finally:
            del task  # tracebacks would hold it

    def set_task_factory(self, factory):
        """Set what create_task() makes tasks with: factory(loop, coro); None: Task."""
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        """Return what set_task_factory() has set."""
        return self._task_factory

    def _asyncgen_begins(self, generator):
        """The interpreter tells of each asynchronous generator's first step."""
        self._asyncgens.add(generator)
        if self._asyncgens_ended:
            import warnings
            warnings.warn(f"asynchronous generator {generator!r} was scheduled after loop.shutdown_asyncgens() call", ResourceWarning,
                          source=self)

    def _asyncgen_left(self, generator):
        """... and of those that nobody has any more, and that are not at their end."""
        self._asyncgens.discard(generator)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, generator.aclose())

    async def shutdown_asyncgens(self):
        """Close the asynchronous generators that have not come to their end."""
        self._asyncgens_ended = True
        left = list(self._asyncgens)
        self._asyncgens.clear()
        outcomes = await tasks.gather(*(generator.aclose() for generator in left), return_exceptions=True)
        for generator, outcome in zip(left, outcomes):
            if isinstance(outcome, Exception):
                message = f"an error occurred during closing of asynchronous generator {generator!r}"
                self.call_exception_handler({"message": message, "exception": outcome, "asyncgen": generator})

    # ---- Threads -------------------------------------------------------------------------------------------------------------------------

    def run_in_executor(self, executor, func, *args):
        """Have func(*args) called by an executor, None: the default one, of threads; return a Future."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        return futures.wrap_future((self._executor() if executor is None else executor).submit(func, *args), loop=self)

    def _executor(self):
        if self._executor_ended:
            raise RuntimeError("Executor shutdown has been called")
        if self._default_executor is None:
            from concurrent.futures import ThreadPoolExecutor
            self._default_executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
        return self._default_executor

    def set_default_executor(self, executor):
        """Set the default executor, a ThreadPoolExecutor."""
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Wait until the calls of run_in_executor() have ended, at most timeout seconds."""
        self._executor_ended = True
        executor = self._default_executor
        if executor is None:
            return
        ended = self.create_future()
        thread = threading.Thread(target=self._end_executor, args=(executor, ended))
        thread.start()
        try:
            async with timeouts.timeout(timeout):
                await ended
        except TimeoutError:
            import warnings
            warnings.warn(f"The executor did not finishing joining its threads within {timeout} seconds.", RuntimeWarning, stacklevel=2)
            executor.shutdown(wait=False)
        else:
            thread.join()

    def _end_executor(self, executor, ended):
        try:
            executor.shutdown(wait=True)
            outcome, settle = None, futures._set_result_unless_cancelled
        except Exception as error:
            outcome, settle = error, _set_exception_unless_cancelled
        if not self._closed:
            self.call_soon_threadsafe(settle, ended, outcome)

    # ---- Errors --------------------------------------------------------------------------------------------------------------------------

    def get_exception_handler(self):
        """Return what set_exception_handler() has set."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Set what is called with (loop, context) for errors that nobody gets; None: they are logged."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def call_exception_handler(self, context):
        """Tell of an error that nobody gets. context: a dict with "message", "exception", and what it has to do with."""
        try:
            if self._exception_handler is None:
                self.default_exception_handler(context)
            else:
                self._call_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if self._exception_handler is None:
                logger.error("Exception in default exception handler", exc_info=True)
                return
            self._handler_failed(context, error)

    def _call_handler(self, context):
        """In the context of the task, future or handle that the error is of."""
        about = next((context[key] for key in ("task", "future", "handle") if context.get(key) is not None), None)
        where = about.get_context() if hasattr(about, "get_context") else None
        if where is None:
            self._exception_handler(self, context)
        else:
            where.run(self._exception_handler, self, context)

    def _handler_failed(self, context, error):
        try:
            self.default_exception_handler({"message": "Unhandled error in exception handler", "exception": error, "context": context})
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.error("Exception in default exception handler while handling an unexpected error in custom exception handler",
                         exc_info=True)

    def default_exception_handler(self, context):
        """Log an error: the message, and a line for each thing in context."""
        import traceback
        told = dict(context)
        message, error = told.pop("message", None), told.pop("exception", None)
        current = self._current_handle
        if "source_traceback" not in told and current is not None and current._source_traceback:
            told["handle_traceback"] = current._source_traceback
        lines = [message or "Unhandled exception in event loop"]
        for key in sorted(told):
            text, maker = repr(told[key]), {"source_traceback": "Object", "handle_traceback": "Handle"}.get(key)
            if maker:
                text = f"{maker} created at (most recent call last):\n{''.join(traceback.format_list(told[key]))}".rstrip()
            lines.append(f"{key}: {text}")
        logger.error("\n".join(lines), exc_info=False if error is None else (type(error), error, error.__traceback__))

    # ---- Debug mode ----------------------------------------------------------------------------------------------------------------------

    def get_debug(self):
        """Return whether it is in debug mode."""
        return self._debug

    def set_debug(self, enabled):
        """Set debug mode: more checks, and objects know where they were made."""
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._track_origins, enabled)

    def _track_origins(self, enabled):
        if bool(enabled) == (self._origin_depth is not None):
            return
        if enabled:
            self._origin_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(constants.DEBUG_STACK_DEPTH)
        else:
            sys.set_coroutine_origin_tracking_depth(self._origin_depth)
            self._origin_depth = None

    # ---- The world outside ---------------------------------------------------------------------------------------------------------------

    # What subclasses have to have: who makes transports
    events._owed(vars(), "_make_socket_transport _make_ssl_transport _make_datagram_transport _make_read_pipe_transport "
                 "_make_write_pipe_transport", "_make_subprocess_transport")

    later(vars(), "._network", "getaddrinfo getnameinfo create_connection connect_accepted_socket")
    later(vars(), ".sslproto", "start_tls")
    later(vars(), "._server", "create_server")
    later(vars(), "._datagram", "create_datagram_endpoint")
    later(vars(), "._pipe", "connect_read_pipe connect_write_pipe")
    later(vars(), "._sendfile", "sendfile sock_sendfile")
    later(vars(), "._process", "subprocess_exec subprocess_shell")

    async def _sock_sendfile_native(self, sock, file, offset, count):
        raise exceptions.SendfileNotAvailableError(f"syscall sendfile is not available for socket {sock!r} and file {file!r} combination")

    async def _sendfile_native(self, transp, file, offset, count):
        raise exceptions.SendfileNotAvailableError("sendfile syscall is not supported")


def _set_exception_unless_cancelled(future, error):
    if not future.cancelled():
        future.set_exception(error)
