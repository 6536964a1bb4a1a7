"""ThreadPoolExecutor: threads that make calls for others."""

import itertools
import os
import queue
import threading
import types
import weakref
from concurrent.futures import _base

_threads_queues = weakref.WeakKeyDictionary()  # worker -> the queue it takes calls from
_shutdown = False
_global_shutdown_lock = threading.Lock()  # held while an executor takes a call, so that none comes after the end


def _python_exit():
    global _shutdown
    with _global_shutdown_lock:
        _shutdown = True
    pairs = list(_threads_queues.items())
    for _, calls in pairs:
        calls.put(None)
    for thread, _ in pairs:
        thread.join()


threading._register_atexit(_python_exit)


class _WorkItem:
    """A call, and its future."""

    __slots__ = ("future", "fn", "args", "kwargs")

    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs

    def run(self):
        future = self.future
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(self.fn(*self.args, **self.kwargs))
            except BaseException as e:
                future.set_exception(e)
                self = future = None  # the traceback would hold the future

    __class_getitem__ = classmethod(types.GenericAlias)


def _begin(reference, initializer, initargs):
    """Call the initializer in a new worker; return whether it did well."""
    try:
        initializer(*initargs)
        return True
    except BaseException:
        _base._log().critical("Exception in initializer:", exc_info=True)
        executor = reference()
        if executor is not None:
            executor._initializer_failed()
        return False


def _worker(reference, calls, initializer, initargs):
    """What each thread of a pool does. reference: weak, to the executor, which ends when nobody has it any more."""
    if initializer is not None and not _begin(reference, initializer, initargs):
        return
    try:
        while True:
            try:
                call = calls.get_nowait()
            except queue.Empty:
                executor = reference()
                if executor:
                    executor._idle_semaphore.release()
                del executor
                call = calls.get()
            if call is not None:
                call.run()
                del call
                continue
            if _ends(reference()):
                calls.put(None)  # the next one should end too
                return
    except BaseException:
        _base._log().critical("Exception in worker", exc_info=True)


def _ends(executor):
    """Whether workers have nothing to wait for; then the executor, if it is still there, takes no more calls."""
    if executor is None:
        return True
    executor._shutdown = executor._shutdown or _shutdown
    return executor._shutdown


class BrokenThreadPool(_base.BrokenExecutor):
    """A worker's initializer has failed."""


def _usual_workers():
    """More than there are processors, since most calls wait; but not many more."""
    return min((os.process_cpu_count() or 1) + 4, 32)


class ThreadPoolExecutor(_base.Executor):
    """Makes calls in up to max_workers threads, which are started when they are needed.

    thread_name_prefix: their names begin with it; initializer(*initargs) is called first in each."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        most = _usual_workers() if max_workers is None else max_workers
        if most <= 0:
            raise ValueError("max_workers must be greater than 0")
        if not (initializer is None or callable(initializer)):
            raise TypeError("initializer must be a callable")
        self._max_workers, self._threads, self._work_queue = most, set(), queue.SimpleQueue()
        self._broken = self._shutdown = False
        self._shutdown_lock, self._idle_semaphore = threading.Lock(), threading.Semaphore(0)
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{self._counter()}"
        self._initializer, self._initargs = initializer, initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _global_shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _shutdown:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        """Start one more thread, unless one is idle or there are enough."""
        calls, count = self._work_queue, len(self._threads)
        if not self._idle_semaphore.acquire(blocking=False) and count < self._max_workers:
            reference = weakref.ref(self, lambda _: calls.put(None))
            thread = threading.Thread(name=f"{self._thread_name_prefix or self}_{count}", target=_worker,
                                      args=(reference, calls, self._initializer, self._initargs))
            thread.start()
            self._threads.add(thread)
            _threads_queues[thread] = calls

    def _drain(self):
        while True:
            try:
                call = self._work_queue.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                yield call.future

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            for future in self._drain():
                future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for future in self._drain():
                    future.cancel()
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
