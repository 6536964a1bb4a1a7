"""Texts about callbacks, coroutines, futures and tasks, and the stacks that debug mode remembers.

What is heavy is imported when a text is asked for."""

import functools
import reprlib
import sys
import types
from . import constants

_PARTIALS = (functools.partial, functools.partialmethod)


def _own(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0] == __package__


def caller_stack():
    """The stack of whoever called into asyncio, oldest first, at most DEBUG_STACK_DEPTH entries; sources are not read yet."""
    import traceback
    frame = sys._getframe(1)
    while frame.f_back is not None and _own(frame):
        frame = frame.f_back
    stack = traceback.StackSummary.extract(traceback.walk_stack(frame), limit=constants.DEBUG_STACK_DEPTH, lookup_lines=False)
    stack.reverse()
    return stack


def created_at(stack):
    """What a repr says of the stack in which its object was made, in a list that is empty without one."""
    return [f"created at {stack[-1][0]}:{stack[-1][1]}"] if stack else []


def _get_function_source(func):
    """(file, line) of the function that is inside of partials and decorators, or None."""
    while True:
        if isinstance(func, _PARTIALS):
            func = func.func
        elif hasattr(func, "__wrapped__"):
            func = func.__wrapped__
        else:
            break
    if not isinstance(func, types.FunctionType):
        return None
    return func.__code__.co_filename, func.__code__.co_firstlineno


def _arguments(args, keywords, shown):
    if not shown:  # they may be secret
        return "()"
    named = [f"{name}={reprlib.repr(value)}" for name, value in keywords.items()]
    return f"({', '.join([*map(reprlib.repr, args), *named])})"


def callback_text(callback, args=(), debug=False):
    """How a callback is told of: name(arguments) at file:line; the arguments only in debug mode."""
    place, calls = _get_function_source(callback), _arguments(args, {}, debug)
    while isinstance(callback, functools.partial):
        calls = _arguments(callback.args, callback.keywords, debug) + calls
        callback = callback.func
    name = getattr(callback, "__qualname__", None) or getattr(callback, "__name__", None) or repr(callback)
    return f"{name}{calls} at {place[0]}:{place[1]}" if place else name + calls


def _first(obj, *names):
    """The first of these attributes that is there and true, or None."""
    for name in names:
        value = getattr(obj, name, None)
        if value:
            return value
    return None


def _format_coroutine(coro):
    """How a coroutine is told of: its name, and where it stands or was defined."""
    name = _first(coro, "__qualname__", "__name__") or f"<{type(coro).__name__} without __name__>"
    running = getattr(coro, "cr_running" if hasattr(coro, "cr_running") else "gi_running", False)
    code, frame = _first(coro, "cr_code", "gi_code"), _first(coro, "cr_frame", "gi_frame")
    if code is None:
        return f"{name}() running" if running else f"{name}()"
    line = code.co_firstlineno if frame is None else frame.f_lineno
    state = "running" if running or frame is not None else "done, defined"
    return f"{name}() {state} at {code.co_filename or '<empty co_filename>'}:{line}"


def _callbacks_text(callbacks):
    texts = [callback_text(callback) for callback, _ in (callbacks if len(callbacks) < 3 else (callbacks[0], callbacks[-1]))]
    if len(callbacks) > 2:
        texts.insert(1, f"<{len(callbacks) - 2} more>")
    return f"cb=[{', '.join(texts)}]"


def _outcome_parts(future):
    parts = [future._state.lower()]
    if future._state == "FINISHED":
        error = future._exception
        parts.append(f"result={reprlib.repr(future._result)}" if error is None else f"exception={error!r}")
    if future._callbacks:
        parts.append(_callbacks_text(future._callbacks))
    return parts + created_at(future._source_traceback)


@reprlib.recursive_repr()
def future_text(future):
    """The repr of a future."""
    return f"<{type(future).__name__} {' '.join(_outcome_parts(future))}>"


@reprlib.recursive_repr()
def task_text(task):
    """The repr of a task."""
    state, *rest = _outcome_parts(task)
    if task.cancelling() and not task.done():
        state = "cancelling"
    middle = [f"name={task.get_name()!r}"]
    if task._coro:
        middle.append(f"coro=<{_format_coroutine(task._coro)}>")
    if task._fut_waiter is not None:
        middle.append(f"wait_for={task._fut_waiter!r}")
    return f"<{type(task).__name__} {' '.join([state, *middle, *rest])}>"


def _limited(start, following, limit):
    """start, following(start), ... up to None, at most limit of them."""
    found, item = [], start
    while item is not None and (limit is None or len(found) < limit):
        found.append(item)
        item = following(item)
    return found


def task_frames(task, limit):
    """The frames in which a task waits, or those of the exception that ended it, oldest first."""
    frame = _first(task._coro, "cr_frame", "gi_frame", "ag_frame")
    if frame is not None:
        return _limited(frame, lambda frame: frame.f_back, limit)[::-1]
    if task._exception is None:
        return []
    return [tb.tb_frame for tb in _limited(task._exception.__traceback__, lambda tb: tb.tb_next, limit)]


def print_task(task, limit, file):
    """Write the stack of a task, as tracebacks are written."""
    import linecache
    import traceback
    error, entries = task._exception, []
    for frame in task.get_stack(limit=limit):
        path = frame.f_code.co_filename
        linecache.checkcache(path)
        entries.append((path, frame.f_lineno, frame.f_code.co_name, linecache.getline(path, frame.f_lineno, frame.f_globals)))
    if entries:
        print("Stack" if error is None else "Traceback", f"for {task!r} (most recent call last):", file=file)
    else:
        print(f"No stack for {task!r}", file=file)
    traceback.print_list(entries, file=file)
    if error is not None:
        print(*traceback.format_exception_only(error), sep="", end="", file=file)
