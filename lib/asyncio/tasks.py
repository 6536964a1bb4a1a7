"""Tasks: coroutines that the loop runs."""

import contextvars
import itertools
import types
import weakref
from types import GenericAlias
from . import base_tasks, coroutines, events, exceptions, futures
from ._wait import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, _cancel_and_wait, _AsCompletedIterator, _GatheringFuture, _release_waiter,
                    _wait, as_completed, gather, run_coroutine_threadsafe, shield, sleep, wait, wait_for)

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep",
           "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory",
           "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task")

_task_name_counter = itertools.count(1).__next__
_scheduled_tasks = weakref.WeakSet()
_eager_tasks = set()
_current_tasks = {}  # loop -> task


def current_task(loop=None):
    """Return the task that runs in loop, the running one if None, or None."""
    return _current_tasks.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """Return the tasks of loop that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    for attempt in itertools.count(1):
        try:
            known = [*_scheduled_tasks, *_eager_tasks]
        except RuntimeError:  # another thread made one meanwhile
            if attempt >= 1000:
                raise
        else:
            return {task for task in known if futures._get_loop(task) is loop and not task.done()}


class Task(futures._PyFuture):
    """A coroutine that the loop runs; a Future of what it returns."""

    _log_destroy_pending = True
    _fut_waiter = None  # the future that it waits for
    _must_cancel = False  # a CancelledError is to be thrown in at the next step
    _num_cancels_requested = 0

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        super().__init__(loop=loop)
        if self._source_traceback:
            del self._source_traceback[-1]
        if not coroutines.iscoroutine(coro):
            self._log_destroy_pending = False  # nothing was begun
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._name = f"Task-{_task_name_counter()}" if name is None else str(name)
        self._coro = coro
        self._context = contextvars.copy_context() if context is None else context
        if eager_start and self._loop.is_running():
            self.__eager_start()
        else:
            self._loop.call_soon(self.__step, context=self._context)
            _register_task(self)

    def __del__(self):
        if self._state == futures._PENDING and self._log_destroy_pending:
            _unregister_task(self)  # the handler may keep it
            context = {"task": self, "message": "Task was destroyed but it is pending!"}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
        super().__del__()

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        return base_tasks._task_repr(self)

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

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        """Return the frames in which it waits, or those of the exception that ended it."""
        return base_tasks._task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        """Print what get_stack() gives."""
        return base_tasks._task_print_stack(self, limit, file)

    def cancel(self, msg=None):
        """Have CancelledError raised in the coroutine, with msg; return False if it is done."""
        self._log_traceback = False
        if self.done():
            return False
        self._num_cancels_requested += 1
        if self._fut_waiter is not None and self._fut_waiter.cancel(msg=msg):
            return True  # that will wake it
        self._must_cancel, self._cancel_message = True, msg
        return True

    def cancelling(self):
        """Return how many calls of cancel() uncancel() has not taken back."""
        return self._num_cancels_requested

    def uncancel(self):
        """Take one call of cancel() back; return how many are left."""
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
            if self._num_cancels_requested == 0:
                self._must_cancel = False
        return self._num_cancels_requested

    def __eager_start(self):
        before = _swap_current_task(self._loop, self)
        try:
            _register_eager_task(self)
            try:
                self._context.run(self.__advance, None)
            finally:
                _unregister_eager_task(self)
        finally:
            try:
                current = _swap_current_task(self._loop, before)
                assert current is self
            finally:
                if self.done():
                    self._coro = None
                    self = None
                else:
                    _register_task(self)

    def __step(self, exc=None):
        if self._state != futures._PENDING:
            raise exceptions.InvalidStateError(f"__step(): already done: {self!r}, {exc!r}")
        if self._must_cancel:
            if not isinstance(exc, exceptions.CancelledError):
                exc = self._make_cancelled_error()
            self._must_cancel = False
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        try:
            self.__advance(exc)
        finally:
            _leave_task(loop, self)
            self = None  # the traceback would hold it

    def __advance(self, exc):
        """Run the coroutine up to where it waits, or its end."""
        coro = self._coro
        try:
            yielded = coro.send(None) if exc is None else coro.throw(exc)
        except StopIteration as stop:
            if self._must_cancel:  # cancelled before it could return
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(stop.value)
        except exceptions.CancelledError as e:
            self._cancelled_exc = e
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as e:
            super().set_exception(e)
            raise
        except BaseException as e:
            e.__traceback__ = e.__traceback__.tb_next  # without this frame
            super().set_exception(e)
        else:
            self.__wait_for(yielded)
        finally:
            self = None

    def __wait_for(self, yielded):
        """The coroutine waits for what it yielded: a future, or None for the next round."""
        blocking = getattr(yielded, "_asyncio_future_blocking", None)
        if blocking is None:
            if yielded is None:
                self._loop.call_soon(self.__step, context=self._context)
            elif isinstance(yielded, types.GeneratorType):
                self.__refuse(f"yield was used instead of yield from for generator in task {self!r} with {yielded!r}")
            else:
                self.__refuse(f"Task got bad yield: {yielded!r}")
        elif futures._get_loop(yielded) is not self._loop:
            self.__refuse(f"Task {self!r} got Future {yielded!r} attached to a different loop")
        elif not blocking:
            self.__refuse(f"yield was used instead of yield from in task {self!r} with {yielded!r}")
        elif yielded is self:
            self.__refuse(f"Task cannot await on itself: {self!r}")
        else:
            yielded._asyncio_future_blocking = False
            yielded.add_done_callback(self.__wakeup, context=self._context)
            self._fut_waiter = yielded
            if self._must_cancel and yielded.cancel(msg=self._cancel_message):
                self._must_cancel = False

    def __refuse(self, message):
        self._loop.call_soon(self.__step, RuntimeError(message), context=self._context)

    def __wakeup(self, future):
        try:
            if isinstance(future, futures._PyFuture) and future._state == futures._FINISHED:
                error = future.exception()
                if error is not None:
                    error.__traceback__ = future._exception_tb
            else:  # cancelled, or another kind of future
                error = None
                future.result()
        except BaseException as e:
            error = e
        self.__step(error)
        self = error = None

    __wakeup.__qualname__ = "Task.task_wakeup"  # as it is told of


_PyTask = Task


def create_task(coro, *, name=None, context=None):
    """Have the running loop run coro; return its Task. Keep it: the loop does not."""
    loop = events.get_running_loop()
    if context is None:
        return loop.create_task(coro, name=name)
    return loop.create_task(coro, name=name, context=context)


def ensure_future(coro_or_future, *, loop=None):
    """Return a Future for a coroutine, a future or another awaitable. TypeError: it is none of them."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    mine = False
    if not coroutines.iscoroutine(coro_or_future):
        import inspect
        if not inspect.isawaitable(coro_or_future):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")

        async def wrap(awaitable):
            return await awaitable
        coro_or_future, mine = wrap(coro_or_future), True
    if loop is None:
        try:
            loop = events.get_event_loop()
        except RuntimeError:
            if mine:
                coro_or_future.close()
            raise
    return loop.create_task(coro_or_future)


def create_eager_task_factory(custom_task_constructor):
    """Return a task factory whose tasks begin to run when they are made."""

    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=True)
    return factory


eager_task_factory = create_eager_task_factory(Task)


def _register_task(task):
    """The loop's tasks have one more."""
    _scheduled_tasks.add(task)


def _register_eager_task(task):
    _eager_tasks.add(task)


def _unregister_task(task):
    """The loop's tasks have one less."""
    _scheduled_tasks.discard(task)


def _unregister_eager_task(task):
    _eager_tasks.discard(task)


def _enter_task(loop, task):
    current = _current_tasks.get(loop)
    if current is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {current!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    current = _current_tasks.get(loop)
    if current is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {current!r}.")
    del _current_tasks[loop]


def _swap_current_task(loop, task):
    before = _current_tasks.get(loop)
    if task is None:
        _current_tasks.pop(loop, None)
    else:
        _current_tasks[loop] = task
    return before


_py_current_task, _py_swap_current_task, _py_enter_task, _py_leave_task = current_task, _swap_current_task, _enter_task, _leave_task
_py_register_task, _py_register_eager_task = _register_task, _register_eager_task
_py_unregister_task, _py_unregister_eager_task = _unregister_task, _unregister_eager_task
