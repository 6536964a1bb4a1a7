"""Texts of futures and tasks."""


def _state_text(future):
    if not future.done():
        return "pending"
    if future.cancelled():
        return "cancelled"
    return f"finished {'exception' if future._exception is not None else 'result'}={future._exception or future._result!r}"


def future_text(future):
    """The repr of a future."""
    return f"<{type(future).__name__} {_state_text(future)}>"


def task_text(task):
    """The repr of a task."""
    return f"<{type(task).__name__} {_state_text(task)} name={task.get_name()!r} coro={task.get_coro()!r}>"
