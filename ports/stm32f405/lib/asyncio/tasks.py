"""Tasks: coroutines that the loop runs step by step, and which there are."""

from _asyncio import NextRound, Task
from _weakref import ref
from . import coroutines, events, futures

_all = {}  # the identity of each task -> a weak reference to it


def _register_task(task):
    key = id(task)
    _all[key] = ref(task, lambda _: _all.pop(key, None))


def _unregister_task(task):
    _all.pop(id(task), None)


def current_task(loop=None):
    """Return the task that runs, or None."""
    return (events.get_running_loop() if loop is None else loop)._current_task


def all_tasks(loop=None):
    """Return the tasks of loop, without one the running one's, that are not done."""
    loop = events.get_running_loop() if loop is None else loop
    tasks = (reference() for reference in list(_all.values()))
    return {task for task in tasks if task is not None and not task.done() and task.get_loop() is loop}


def _swap_current_task(loop, task):
    before, loop._current_task = loop._current_task, task
    return before


def _tell_pending(task):
    """A task is gone that has not come to its end."""
    task._loop.call_exception_handler({"task": task, "message": "Task was destroyed but it is pending!"})


def _step_failed(task, error):
    """A step could not be made."""
    task._loop.call_exception_handler({"message": f"Exception in callback {task!r}", "exception": error, "task": task})


def create_task(coro, *, name=None, context=None):
    """Have the running loop run coro; return its Task. Keep it: the loop does not."""
    return events.get_running_loop().create_task(coro, name=name, context=context)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """Return a Future for a coroutine, a future or another awaitable. TypeError: it is none of them."""
    if futures.isfuture(coro_or_future):
        return coro_or_future
    coro = coro_or_future
    if not coroutines.iscoroutine(coro):
        if not hasattr(coro, "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro = _await(coro)
    return (events.get_event_loop() if loop is None else loop).create_task(coro)


async def sleep(delay, result=None):
    """Wait delay seconds; return result."""
    if delay <= 0:
        await NextRound()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    alarm = loop.call_later(delay, _wake, future)
    try:
        await future
    finally:
        alarm.cancel()
    return result


def _wake(future):
    if not future.done():
        future.set_result(None)


def __getattr__(name):
    """What is made of this module, and loaded when it is asked for."""
    from . import _wait
    return getattr(_wait, name)
