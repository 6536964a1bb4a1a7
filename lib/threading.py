"""Threads: several flows of control in one program. One of them runs Python code at a time; while one waits, others run."""

import sys as _sys
import _thread
from _thread import RLock as _RLock
from _thread import TIMEOUT_MAX, _get_main_thread_ident, _local as local, get_ident, get_native_id, lock as Lock, stack_size
from time import monotonic as _time

__all__ = ["get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX", "Event", "Lock", "RLock",
           "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer", "ThreadError", "setprofile", "settrace", "local",
           "stack_size", "excepthook", "ExceptHookArgs", "getprofile", "gettrace", "setprofile_all_threads", "settrace_all_threads", "get_native_id"]

ThreadError = _thread.error
_CRLock = _PyRLock = _RLock
_start_joinable_thread = _thread.start_joinable_thread
_trace_hook = _profile_hook = None


def RLock(*args, **kwargs):
    """Return a lock that the thread which has it may acquire again."""
    if args or kwargs:
        from warnings import warn
        warn("Passing arguments to RLock is deprecated and will be removed in 3.15", DeprecationWarning, stacklevel=2)
    return _RLock()


def _deprecated(old, new):
    from warnings import warn
    warn(f"{old} is deprecated, {new} instead", DeprecationWarning, stacklevel=3)


def setprofile(func):
    """Set the profile function that threads get when they start."""
    global _profile_hook
    _profile_hook = func


def setprofile_all_threads(func):
    """Set the profile function of the threads that run and of those to come."""
    setprofile(func)
    _sys._setprofileallthreads(func)


def getprofile():
    """Return what setprofile() has set."""
    return _profile_hook


def settrace(func):
    """Set the trace function that threads get when they start."""
    global _trace_hook
    _trace_hook = func


def settrace_all_threads(func):
    """Set the trace function of the threads that run and of those to come."""
    settrace(func)
    _sys._settraceallthreads(func)


def gettrace():
    """Return what settrace() has set."""
    return _trace_hook


class Condition:
    """Threads wait on it until another one, which has changed what they wait for, notifies them.

    lock: a Lock or RLock that guards what is waited for; None: an RLock of its own."""

    def __init__(self, lock=None):
        self._lock = lock = RLock() if lock is None else lock
        self.acquire, self.release = lock.acquire, lock.release
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = {}  # the lock that each waiting thread waits for, in the order of coming

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._waiters.clear()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, saved):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Release the lock and wait until notified or for timeout seconds, then acquire it again. False: the time was over."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = Lock()
        waiter.acquire()
        self._waiters[waiter] = True
        saved = self._release_save()
        notified = False
        try:
            if timeout is None:
                notified = waiter.acquire()
            else:
                notified = waiter.acquire(True, timeout) if timeout > 0 else waiter.acquire(False)
            return notified
        finally:
            try:
                self._acquire_restore(saved)
            except (Exception, KeyboardInterrupt):  # of a signal's handler: whoever catches it expects the lock to be held
                self._acquire_restore(saved)
                raise
            if not notified:
                self._waiters.pop(waiter, None)

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true; return its last value, false after timeout seconds."""
        end = None if timeout is None else _time() + timeout
        while not (result := predicate()):
            left = None if end is None else end - _time()
            if left is not None and left <= 0:
                break
            self.wait(left)
        return result

    def notify(self, n=1):
        """Wake n of the waiting threads; the lock must be held."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        while n > 0 and self._waiters:
            waiter = next(iter(self._waiters))
            try:
                waiter.release()
            except RuntimeError:  # interrupted between its end of waiting and its leaving the table
                pass
            else:
                n -= 1
            self._waiters.pop(waiter, None)

    def notify_all(self):
        """Wake all waiting threads."""
        self.notify(len(self._waiters))

    def notifyAll(self):
        """Deprecated: notify_all()."""
        _deprecated("notifyAll()", "use notify_all()")
        self.notify_all()


class Semaphore:
    """A counter that acquire() takes one from, waiting while it is zero, and release() adds to."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        of = type(self)
        return f"<{of.__module__}.{of.__qualname__} at {id(self):#x}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        """Take one, waiting for it if blocking, at most timeout seconds. Return whether there was one."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._value and not (blocking and self._cond.wait_for(lambda: self._value, timeout)):
                return False
            self._value -= 1
            return True

    __enter__ = acquire

    def release(self, n=1):
        """Add n, and wake as many threads."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, *args):
        self.release()


class BoundedSemaphore(Semaphore):
    """A Semaphore whose value may not exceed the first one: ValueError then."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        of = type(self)
        return f"<{of.__module__}.{of.__qualname__} at {id(self):#x}: value={self._value}/{self._initial_value}>"

    def release(self, n=1):
        """Add n, and wake as many threads."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        of = type(self)
        return f"<{of.__module__}.{of.__qualname__} at {id(self):#x}: {'set' if self._flag else 'unset'}>"

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        """Return whether the flag is set."""
        return self._flag

    def isSet(self):
        """Deprecated: is_set()."""
        _deprecated("isSet()", "use is_set()")
        return self.is_set()

    def set(self):
        """Set the flag and wake all that wait for it."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Clear the flag."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set, at most timeout seconds; return whether it is."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    """The barrier was reset or aborted, or waiting took too long."""


class Barrier:
    """A fixed number of threads wait for each other; then all go on.

    parties: how many; action: called by one of them before they go on; timeout: seconds, what wait() waits unless told."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(Lock())
        self._action, self._timeout, self._parties = action, timeout, parties
        self._state = "filling"  # "draining": all have come and are leaving; "resetting"; "broken"
        self._count = 0          # how many wait

    def __repr__(self):
        of = type(self)
        state = "broken" if self.broken else f"waiters={self.n_waiting}/{self.parties}"
        return f"<{of.__module__}.{of.__qualname__} at {id(self):#x}: {state}>"

    def wait(self, timeout=None):
        """Wait for the others. Return 0 to parties-1, another number to each thread; BrokenBarrierError if it breaks."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._cond.wait_for(lambda: self._state not in ("draining", "resetting"))
            if self._state == "broken":
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if self._count == self._parties:
                    self._open()
                else:
                    self._wait(timeout)
                return index
            finally:
                self._count -= 1
                if not self._count and self._state in ("draining", "resetting"):
                    self._state = "filling"
                    self._cond.notify_all()

    def _open(self):
        try:
            if self._action:
                self._action()
        except:
            self._break()
            raise
        self._state = "draining"
        self._cond.notify_all()

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != "filling", timeout):
            self._break()
            raise BrokenBarrierError
        if self._state != "draining":
            raise BrokenBarrierError

    def _break(self):
        self._state = "broken"
        self._cond.notify_all()

    def reset(self):
        """Make it as new; those that wait get BrokenBarrierError."""
        with self._cond:
            self._state = "resetting" if self._count else "filling"
            self._cond.notify_all()

    def abort(self):
        """Break it: those that wait, and all that come, get BrokenBarrierError."""
        with self._cond:
            self._break()

    @property
    def parties(self):
        """The number of threads that it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """The number of threads that wait."""
        return self._count if self._state == "filling" else 0

    @property
    def broken(self):
        """Whether it is broken."""
        return self._state == "broken"


# ---- Threads ----------------------------------------------------------------------------------------------------------------------

_numbers = iter(range(1, 1 << 62)).__next__
_active = {}     # ident -> Thread
_limbo = {}      # threads that start() has asked for and that do not run yet
_dangling = _active.values()  # for test.support
_exiting = False
_shutdown_calls = []


def _newname(template):
    return template % _numbers()


class Thread:
    """A flow of control: start() makes it run run(), which calls target(*args, **kwargs)."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name is None:
            name = _newname("Thread-%d")
            if target is not None and hasattr(target, "__name__"):
                name += f" ({target.__name__})"
        else:
            name = str(name)
        self._target, self._name, self._args, self._kwargs = target, name, args, {} if kwargs is None else kwargs
        if daemon is not None and daemon and not _thread.daemon_threads_allowed():
            raise RuntimeError("daemon threads are disabled in this (sub)interpreter")
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = self._native_id = None
        self._handle = _thread._ThreadHandle()
        self._started = Event()
        self._initialized = True
        self._stderr = _sys.stderr  # for errors after sys.stderr is gone

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial" if not self._started.is_set() else "started" if self.is_alive() else "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"

    def _after_fork(self, new_ident=None):
        self._started._at_fork_reinit()
        if new_ident is None:
            self._handle._set_done()
        else:
            self._ident = new_ident
            self._native_id = get_native_id()

    def start(self):
        """Start the thread; once only."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        _limbo[self] = self
        try:
            _start_joinable_thread(self._bootstrap, handle=self._handle, daemon=self.daemon)
        except Exception:
            del _limbo[self]
            raise
        self._started.wait()

    def run(self):
        """What the thread does: target(*args, **kwargs). Subclasses have their own."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._ident, self._native_id = get_ident(), get_native_id()
        _active[self._ident] = self
        _limbo.pop(self, None)
        self._started.set()
        try:
            if _trace_hook:
                _sys.settrace(_trace_hook)
            if _profile_hook:
                _sys.setprofile(_profile_hook)
            try:
                self.run()
            except:
                self._report()
        finally:
            _sys.settrace(None)
            _sys.setprofile(None)
            _active.pop(get_ident(), None)

    def _report(self):
        """What run() raised goes to excepthook; what that raises, to sys.excepthook."""
        kind, value, traceback = _sys.exc_info()
        if issubclass(kind, _sys.modules["builtins"].BaseException) and kind.__name__ == "LimitExceeded" and kind.__module__ == "krait":
            return
        hook = excepthook
        try:
            try:
                if hook is None:
                    print("Exception in thread", self.name, "but threading.excepthook is None", file=_sys.stderr or self._stderr)
                    return
                if _sys.stderr is None and self._stderr is not None and hook is __excepthook__:
                    _print_exception(self._stderr, kind, value, traceback, self)
                else:
                    hook(ExceptHookArgs((kind, value, traceback, self)))
            except Exception:
                print("Exception in threading.excepthook:", file=_sys.stderr, flush=True)
                _sys.excepthook(*_sys.exc_info())
        finally:
            kind = value = traceback = None

    def join(self, timeout=None):
        """Wait until the thread has ended, at most timeout seconds."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        self._handle.join(None if timeout is None else max(timeout, 0))

    def _check_made(self):
        assert self._initialized, "Thread.__init__() not called"

    @property
    def name(self):
        """Its name, for people."""
        self._check_made()
        return self._name

    @name.setter
    def name(self, name):
        self._check_made()
        self._name = str(name)

    @property
    def ident(self):
        """Its identifier, None before it has started."""
        self._check_made()
        return self._ident

    @property
    def native_id(self):
        """The system's number of it, None before it has started."""
        self._check_made()
        return self._native_id

    def is_alive(self):
        """Return whether it runs: from start() until run() has ended."""
        self._check_made()
        return self._started.is_set() and not self._handle.is_done()

    @property
    def daemon(self):
        """Whether the program may end while it runs."""
        self._check_made()
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """Deprecated: the attribute daemon."""
        _deprecated("isDaemon()", "get the daemon attribute")
        return self.daemon

    def setDaemon(self, daemonic):
        """Deprecated: the attribute daemon."""
        _deprecated("setDaemon()", "set the daemon attribute")
        self.daemon = daemonic

    def getName(self):
        """Deprecated: the attribute name."""
        _deprecated("getName()", "get the name attribute")
        return self.name

    def setName(self, name):
        """Deprecated: the attribute name."""
        _deprecated("setName()", "set the name attribute")
        self.name = name


class Timer(Thread):
    """Calls function(*args, **kwargs) after interval seconds, unless cancel() comes before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Stop the timer, if it still waits."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._adopt(_get_main_thread_ident())

    def _adopt(self, ident):
        self._started.set()
        self._ident = ident
        if ident == get_ident():
            self._native_id = get_native_id()
        self._handle = _thread._make_thread_handle(ident)
        _active[ident] = self


class _DummyThread(_MainThread):
    """A thread that _thread or C code has started; it lives as long as the entry."""

    def __init__(self):
        Thread.__init__(self, name=_newname("Dummy-%d"), daemon=True)
        self._adopt(get_ident())

    def is_alive(self):
        if not self._handle.is_done() and self._started.is_set():
            return True
        raise RuntimeError("thread is not alive")

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")

    def _after_fork(self, new_ident=None):
        if new_ident is not None:
            self.__class__ = _MainThread
            self._name = "MainThread"
            self._daemonic = False
        Thread._after_fork(self, new_ident)


def _forget_foreign():
    if isinstance(_active.get(get_ident()), _DummyThread):
        del _active[get_ident()]


def current_thread():
    """Return the Thread that runs."""
    thread = _active.get(get_ident())
    return _DummyThread() if thread is None else thread


def currentThread():
    """Deprecated: current_thread()."""
    _deprecated("currentThread()", "use current_thread()")
    return current_thread()


def active_count():
    """Return how many threads there are."""
    return len(_active) + len(_limbo)


def activeCount():
    """Deprecated: active_count()."""
    _deprecated("activeCount()", "use active_count()")
    return active_count()


def enumerate():
    """Return the list of all threads that run."""
    return list(_active.values()) + list(_limbo)


def main_thread():
    """Return the Thread that the program began with."""
    return _main_thread


class ExceptHookArgs(tuple):
    """What excepthook() gets: exc_type, exc_value, exc_traceback, thread."""

    __slots__ = ()

    def __new__(cls, args):
        args = tuple(args)
        if len(args) != 4:
            raise TypeError(f"_thread.ExceptHookArgs() takes a 4-sequence ({len(args)}-sequence given)")
        return super().__new__(cls, args)

    exc_type, exc_value, exc_traceback, thread = (property(lambda self, i=i: self[i]) for i in range(4))

    def __repr__(self):
        return (f"_thread._ExceptHookArgs(exc_type={self[0]!r}, exc_value={self[1]!r}, exc_traceback={self[2]!r}, thread={self[3]!r})")


def _print_exception(file, kind, value, traceback, thread):
    from traceback import print_exception
    print(f"Exception in thread {thread.name if thread is not None else get_ident()}:", file=file, flush=True)
    print_exception(kind, value, traceback, file=file)
    file.flush()


def excepthook(args, /):
    """Print what a thread raised and did not catch; SystemExit ends the thread silently."""
    if type(args) is not ExceptHookArgs:
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type is SystemExit:
        return
    file = _sys.stderr
    if file is None:
        file = args.thread._stderr if args.thread is not None else None
        if file is None:
            return
    _print_exception(file, *args)


__excepthook__ = excepthook
_main_thread = None
_main_thread = _MainThread()


def _register_atexit(func, *arg, **kwargs):
    """Call func(*arg, **kwargs) before the program waits for its threads."""
    if _exiting:
        raise RuntimeError("can't register atexit after shutdown")
    _shutdown_calls.append((func, arg, kwargs))


def _shutdown():
    """The program is over: wait for threads that are not daemons."""
    global _exiting
    if _exiting:
        return
    _exiting = True
    while _shutdown_calls:
        func, arg, kwargs = _shutdown_calls.pop()
        func(*arg, **kwargs)
    _main_thread._handle._set_done()
    me = current_thread()
    while waiting := [t for t in enumerate() if not t.daemon and t is not me and t is not _main_thread]:
        for thread in waiting:
            thread._started.wait()
            thread._handle.join()


def _after_fork():
    """In the child of a fork, called by module os: only this thread is left."""
    global _main_thread
    me = current_thread()
    _main_thread = me
    for thread in list(_active.values()) + list(_limbo):
        thread._after_fork(get_ident() if thread is me else None)
    _limbo.clear()
    _active.clear()
    _active[get_ident()] = me

