"""Tasks: coroutines that the loop runs step by step, and which tasks each loop has.

A step sends into the coroutine; what it yields is the future that it waits for, whose callback makes the next step. Tasks are written in C.
What a Task asks of a loop of another make: call_soon() and is_running(); all else it asks of futures."""

import weakref
from _asyncio import Loop, Task
from . import coroutines, events, futures

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep",
           "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory",
           "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task")

# ---- Which tasks there are -------------------------------------------------------------------------------------------------------------

_scheduled_tasks = weakref.WeakSet()
_eager_tasks = set()  # of other makers, in their first step, which begins when they are made
_current_tasks = {}  # loop -> the task whose step it makes; loops derived from ours know it themselves

# Tasks of other makers than Task tell of themselves with these
_register_task, _unregister_task = _scheduled_tasks.add, _scheduled_tasks.discard
_register_eager_task, _unregister_eager_task = _eager_tasks.add, _eager_tasks.discard


def current_task(loop=None):
    """Return the task that runs in loop, or None; without loop: in the one that runs."""
    loop = events.get_running_loop() if loop is None else loop
    return loop._current_task if isinstance(loop, Loop) else _current_tasks.get(loop)


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
    if (other := current_task(loop)) is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {other!r} is being executed.")
    _swap_current_task(loop, task)


def _leave_task(loop, task):
    """A step of task has ended."""
    if (current := current_task(loop)) is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {current!r}.")
    _swap_current_task(loop, None)


def _swap_current_task(loop, task):
    """Make task, or None, the current one; return the one before."""
    if isinstance(loop, Loop):
        before, loop._current_task = loop._current_task, task
        return before
    before = _current_tasks.pop(loop, None)
    if task is not None:
        _current_tasks[loop] = task
    return before


# ---- Tasks -----------------------------------------------------------------------------------------------------------------------------

def _tell_pending(task):
    """A task is gone that has not come to its end."""
    _unregister_task(task)  # the handler may keep it
    details = {"task": task, "message": "Task was destroyed but it is pending!"}
    if task._source_traceback:
        details["source_traceback"] = task._source_traceback
    task._loop.call_exception_handler(details)


def _step_failed(task, error):
    """A step could not be made."""
    task._loop.call_exception_handler({"message": f"Exception in callback {task!r}", "exception": error, "task": task})


_PyTask = _CTask = Task
_py_current_task, _py_swap_current_task = _c_current_task, _c_swap_current_task = current_task, _swap_current_task
_py_enter_task, _py_leave_task = _c_enter_task, _c_leave_task = _enter_task, _leave_task
_py_register_task, _py_unregister_task = _c_register_task, _c_unregister_task = _register_task, _unregister_task
_py_register_eager_task, _py_unregister_eager_task = _c_register_eager_task, _c_unregister_eager_task = _register_eager_task, _unregister_eager_task


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
