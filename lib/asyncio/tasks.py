"""Tasks: coroutines that the loop runs step by step, and which tasks each loop has.

A step sends into the coroutine; what it yields is the future that it waits for, whose callback makes the next step. What a Task asks
of its loop: call_soon() and is_running(); all else it asks of futures."""

import contextvars
import itertools
import types
import weakref
from types import GenericAlias
from . import coroutines, events, exceptions, format_helpers, futures

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep",
           "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory",
           "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task")

# ---- Which tasks there are -------------------------------------------------------------------------------------------------------------

_scheduled_tasks = weakref.WeakSet()
_eager_tasks = set()  # in their first step, which begins when they are made
_current_tasks = {}  # loop -> the task whose step it makes

# Tasks of other makers than Task tell of themselves with these
_register_task, _unregister_task = _scheduled_tasks.add, _scheduled_tasks.discard
_register_eager_task, _unregister_eager_task = _eager_tasks.add, _eager_tasks.discard


def current_task(loop=None):
    """Return the task that runs in loop, or None; without loop: in the one that runs."""
    return _current_tasks.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """Return the tasks of loop, without one the running one's, that are not done."""
    wanted = events.get_running_loop() if loop is None else loop
    for attempts_left in range(999, -1, -1):
        try:
            tasks = [*_eager_tasks, *_scheduled_tasks]
            break
        except RuntimeError:  # another thread has made one meanwhile
            if not attempts_left:
                raise
    return {task for task in tasks if not task.done() and futures._get_loop(task) is wanted}


def _enter_task(loop, task):
    """A step of task begins."""
    if (other := _current_tasks.get(loop)) is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {other!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    """A step of task has ended."""
    if (current := _current_tasks.get(loop)) is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {current!r}.")
    del _current_tasks[loop]


def _swap_current_task(loop, task):
    """Make task, or None, the current one; return the one before."""
    before = _current_tasks.pop(loop, None)
    if task is not None:
        _current_tasks[loop] = task
    return before


# ---- Tasks -----------------------------------------------------------------------------------------------------------------------------

_new_number = itertools.count(1).__next__


class Task(futures.Future):
    """A coroutine that the loop runs; a Future of what it returns."""

    _coro = _fut_waiter = None  # _fut_waiter: what it waits for
    _must_cancel = False  # True: the next step is to throw CancelledError in
    _num_cancels_requested = 0
    _log_destroy_pending = True  # False: nobody need hear that it never ended

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        futures.Future.__init__(self, loop=loop)
        if not coroutines.iscoroutine(coro):
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._coro, self._name = coro, f"Task-{_new_number()}" if name is None else str(name)
        self._context = contextvars.copy_context() if context is None else context
        if eager_start and self._loop.is_running():
            self.__begin_now()
        else:
            _register_task(self)
            self._loop.call_soon(self.__step, context=self._context)

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        return format_helpers.task_text(self)

    def __del__(self):
        if self._log_destroy_pending and self._state == futures._PENDING:
            _unregister_task(self)  # the handler may keep it
            details = {"task": self, "message": "Task was destroyed but it is pending!"}
            if self._source_traceback:
                details["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(details)
        futures.Future.__del__(self)

    def get_coro(self):
        """Return the coroutine."""
        return self._coro

    def get_context(self):
        """Return the context in which it runs."""
        return self._context

    def get_name(self):
        """Return the name."""
        return self._name

    def set_name(self, value):
        """Set the name."""
        self._name = str(value)

    def get_stack(self, *, limit=None):
        """Return the frames in which it waits, or those of the exception that ended it."""
        return format_helpers.task_frames(self, limit)

    def print_stack(self, *, limit=None, file=None):
        """Print what get_stack() gives."""
        format_helpers.print_task(self, limit, file)

    def set_result(self, result):
        """RuntimeError: the coroutine sets it."""
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        """RuntimeError: the coroutine sets it."""
        raise RuntimeError("Task does not support set_exception operation")

    # ---- Cancelling ------------------------------------------------------------------------------------------------------------------

    def cancel(self, msg=None):
        """Have CancelledError raised in the coroutine, with msg; return False if it is done."""
        self._log_traceback = False
        if self._state != futures._PENDING:
            return False
        self._num_cancels_requested += 1
        waits_for = self._fut_waiter
        if waits_for is None or not waits_for.cancel(msg=msg):  # else that wakes it with CancelledError
            self._cancel_message, self._must_cancel = msg, True
        return True

    def cancelling(self):
        """Return how many calls of cancel() uncancel() has not taken back."""
        return self._num_cancels_requested

    def uncancel(self):
        """Take one call of cancel() back; return how many are left."""
        left = self._num_cancels_requested = max(self._num_cancels_requested - 1, 0)
        if not left:
            self._must_cancel = False
        return left

    # ---- Steps -----------------------------------------------------------------------------------------------------------------------

    def __begin_now(self):
        """The first step, in the middle of that of the task that makes this one."""
        loop, before = self._loop, _swap_current_task(self._loop, self)
        _register_eager_task(self)
        try:
            self._context.run(self.__advance, None)
        finally:
            _unregister_eager_task(self)
            mine = _swap_current_task(loop, before)
            if self._state == futures._PENDING:
                _register_task(self)
            else:
                self._coro = None
            assert mine is self
            self = mine = None

    def __step(self, error=None):
        """A step: with error thrown in, if there is one."""
        if self._state != futures._PENDING:
            raise exceptions.InvalidStateError(f"__step(): already done: {self!r}, {error!r}")
        if self._must_cancel:
            self._must_cancel = False
            if not isinstance(error, exceptions.CancelledError):
                error = self._make_cancelled_error()
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        try:
            self.__advance(error)
        finally:
            _leave_task(loop, self)
            self = error = None  # tracebacks would hold them

    def __advance(self, error):
        coro, future = self._coro, super()
        try:
            awaited = coro.send(None) if error is None else coro.throw(error)
        except StopIteration as end:
            if self._must_cancel:  # cancel() came in the last step
                self._must_cancel = False
                future.cancel(msg=self._cancel_message)
            else:
                future.set_result(end.value)
        except exceptions.CancelledError as cancelled:
            self._cancelled_exc = cancelled
            future.cancel()
        except BaseException as failure:
            if isinstance(failure, (KeyboardInterrupt, SystemExit)):
                future.set_exception(failure)
                raise
            if failure.__traceback__ is not None:
                failure.__traceback__ = failure.__traceback__.tb_next  # without this frame
            future.set_exception(failure)
        else:
            problem = self.__await(awaited)
            if problem is not None:
                self._loop.call_soon(self.__step, RuntimeError(problem), context=self._context)
        finally:
            self = future = error = None

    def __await(self, awaited):
        """Wait for what the coroutine has yielded, a future, or None: the next round; return what is wrong with it."""
        blocking = getattr(awaited, "_asyncio_future_blocking", None)
        if blocking and awaited is not self and futures._get_loop(awaited) is self._loop:
            awaited._asyncio_future_blocking = False
            awaited.add_done_callback(self.__woken, context=self._context)
            self._fut_waiter = awaited
            if self._must_cancel:
                self._must_cancel = not awaited.cancel(msg=self._cancel_message)
            return None
        if awaited is None:
            self._loop.call_soon(self.__step, context=self._context)
            return None
        if blocking is None:
            if isinstance(awaited, types.GeneratorType):
                return f"yield was used instead of yield from for generator in task {self!r} with {awaited!r}"
            return f"Task got bad yield: {awaited!r}"
        if futures._get_loop(awaited) is not self._loop:
            return f"Task {self!r} got Future {awaited!r} attached to a different loop"
        if blocking:
            return f"Task cannot await on itself: {self!r}"
        return f"yield was used instead of yield from in task {self!r} with {awaited!r}"

    def __woken(self, future):
        """What it waited for is done. The coroutine asks for the result itself: only an error is thrown in."""
        error = None
        if isinstance(future, futures.Future) and future._state == futures._FINISHED:
            future._unseen, error = False, future._exception
            if error is not None:
                error.__traceback__ = future._trace
        else:  # cancelled, or of another maker
            try:
                future.result()
            except BaseException as e:
                error = e
        self.__step(error)
        self = future = error = None

    __woken.__qualname__ = "Task.task_wakeup"  # under which it is told of


_PyTask = Task
_py_current_task, _py_swap_current_task, _py_enter_task, _py_leave_task = current_task, _swap_current_task, _enter_task, _leave_task
_py_register_task, _py_register_eager_task = _register_task, _register_eager_task
_py_unregister_task, _py_unregister_eager_task = _unregister_task, _unregister_eager_task


# ---- Making tasks ----------------------------------------------------------------------------------------------------------------------

def create_task(coro, *, name=None, context=None):
    """Have the running loop run coro; return its Task. Keep it: the loop does not."""
    more = {} if context is None else {"context": context}  # which loops of other makers may not know
    return events.get_running_loop().create_task(coro, name=name, **more)


def create_eager_task_factory(custom_task_constructor):
    """Return a task factory whose tasks begin to run when they are made."""
    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=True)
    return factory


eager_task_factory = create_eager_task_factory(Task)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """Return a Future for a coroutine, a future or another awaitable. TypeError: it is none of them."""
    if futures.isfuture(coro_or_future):
        if loop is not None and futures._get_loop(coro_or_future) is not loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    coro = coro_or_future
    if not coroutines.iscoroutine(coro):
        import inspect
        if not inspect.isawaitable(coro):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro = _await(coro)
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro)
    except RuntimeError:
        coro.close()  # it will never run
        raise


# Which is made of this module
from ._wait import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, as_completed, gather, run_coroutine_threadsafe, shield, sleep, wait,
                    wait_for)
