"""Groups of tasks that are waited for together."""

from . import events, exceptions, tasks

__all__ = ("TaskGroup",)

_FATAL = (SystemExit, KeyboardInterrupt)  # raised as they are, not in a group


class TaskGroup:
    """`async with` it: at the end of the block its tasks are waited for; if one fails, the others and the block are cancelled.

    What went wrong is raised as an ExceptionGroup."""

    def __init__(self):
        self._loop = self._parent = None
        self._tasks, self._failures = set(), []
        self._fatal = None  # the first of the tasks' or the block's SystemExit, KeyboardInterrupt
        self._entered = self._leaving = self._aborting = False
        self._parent_cancelled = False  # by us
        self._all_done = None

    def __repr__(self):
        parts = ["TaskGroup"]
        parts += [f"{name}={len(some)}" for name, some in (("tasks", self._tasks), ("errors", self._failures)) if some]
        if self._aborting or self._entered:
            parts.append("cancelling" if self._aborting else "entered")
        return f"<{' '.join(parts)}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        self._loop = self._loop or events.get_running_loop()
        self._parent = tasks.current_task(self._loop)
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        self._entered = True
        return self

    def create_task(self, coro, *, name=None, context=None):
        """Have coro run as a task of the group; return the task. RuntimeError: the group is not active."""
        problem = self._why_not()
        if problem:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} {problem}")
        more = {} if context is None else {"context": context}
        task = self._loop.create_task(coro, name=name, **more)
        if task.done():  # in its eager start
            self._task_done(task)
        else:
            self._tasks.add(task)
            task.add_done_callback(self._task_done)
        try:
            return task
        finally:
            del task  # tracebacks would hold it

    def _why_not(self):
        if not self._entered:
            return "has not been entered"
        if self._leaving and not self._tasks:
            return "is finished"
        return "is shutting down" if self._aborting else None

    def _task_done(self, task):
        self._tasks.discard(task)
        if not self._tasks and self._all_done is not None and not self._all_done.done():
            self._all_done.set_result(None)
        if task.cancelled() or (error := task.exception()) is None:
            return
        self._failures.append(error)
        self._note_fatal(error)
        if self._parent.done():
            message = f"Task {task!r} has errored out but its parent task {self._parent} is already completed"
            self._loop.call_exception_handler({"message": message, "exception": error, "task": task})
        elif not (self._aborting or self._parent_cancelled):
            self._abort()
            self._parent_cancelled = True  # which may be anywhere in its block: so it comes to the end of it
            self._parent.cancel()

    def _note_fatal(self, error):
        if self._fatal is None and isinstance(error, _FATAL):
            self._fatal = error

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            if not task.done():
                task.cancel()

    async def __aexit__(self, kind, error, traceback):
        self._leaving = True
        self._note_fatal(error)
        cancelled = error if isinstance(error, exceptions.CancelledError) else None
        if error is not None and not self._aborting:
            self._abort()
        try:
            while self._tasks:
                try:
                    await self._tasks_to_end()
                except exceptions.CancelledError as e:
                    if not self._aborting:
                        self._abort()
                        cancelled = e
            self._raise(error, cancelled)
        finally:
            # Tracebacks of what is raised would hold them
            self._parent = self._fatal = error = cancelled = traceback = None
            self._failures = []

    async def _tasks_to_end(self):
        self._all_done = self._loop.create_future()
        try:
            await self._all_done
        finally:
            self._all_done = None

    def _raise(self, error, cancelled):
        """All tasks have ended: raise what the block is to end with, if it is anything."""
        try:
            if self._fatal is not None:
                raise self._fatal
            if self._parent_cancelled and self._parent.uncancel() == 0:
                cancelled = None  # it was only ours
            if cancelled is not None and not self._failures:
                raise cancelled
            if error is not None and not isinstance(error, exceptions.CancelledError):
                self._failures.append(error)
            if not self._failures:
                return
            if self._parent.cancelling():  # by others: it is to come again where the block's surroundings wait
                self._parent.uncancel()
                self._parent.cancel()
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._failures) from None
        finally:
            error = cancelled = None
