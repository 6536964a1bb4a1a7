"""Groups of tasks that are waited for together."""

from . import events, exceptions, tasks

__all__ = ("TaskGroup",)


class TaskGroup:
    """`async with` it: at the end of the block its tasks are waited for; if one fails, the others are cancelled.

    What went wrong is raised as an ExceptionGroup."""

    def __init__(self):
        self._entered = self._exiting = self._aborting = False
        self._loop = self._parent_task = None
        self._parent_cancel_requested = False
        self._tasks, self._errors = set(), []
        self._base_error = None  # SystemExit or KeyboardInterrupt
        self._on_completed_fut = None

    def __repr__(self):
        info = [""]
        if self._tasks:
            info.append(f"tasks={len(self._tasks)}")
        if self._errors:
            info.append(f"errors={len(self._errors)}")
        if self._aborting:
            info.append("cancelling")
        elif self._entered:
            info.append("entered")
        return f"<TaskGroup{' '.join(info)}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        if self._loop is None:
            self._loop = events.get_running_loop()
        self._parent_task = tasks.current_task(self._loop)
        if self._parent_task is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        self._entered = True
        return self

    async def __aexit__(self, et, exc, tb):
        tb = None
        try:
            return await self._leave(et, exc)
        finally:
            # The tracebacks of what is raised would hold them
            et = exc = self._parent_task = self._errors = self._base_error = None

    async def _leave(self, et, exc):
        self._exiting = True
        if et is not None and self._is_base_error(exc) and self._base_error is None:
            self._base_error = exc
        cancelled = exc if et is not None and issubclass(et, exceptions.CancelledError) else None
        if et is not None and not self._aborting:
            self._abort()
        cancelled = await self._wait_for_tasks(cancelled)
        assert not self._tasks
        try:
            if self._base_error is not None:
                raise self._base_error
            if self._parent_cancel_requested and self._parent_task.uncancel() == 0:
                cancelled = None  # the only one who cancelled was the group
            if cancelled is not None and not self._errors:
                raise cancelled
            if et is not None and not issubclass(et, exceptions.CancelledError):
                self._errors.append(exc)
            if self._errors:
                if self._parent_task.cancelling():  # from outside: it is to come again at the next wait
                    self._parent_task.uncancel()
                    self._parent_task.cancel()
                raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors) from None
        finally:
            cancelled = exc = None

    async def _wait_for_tasks(self, cancelled):
        """Wait until there are no tasks; return the CancelledError that has come, if any."""
        while self._tasks:
            if self._on_completed_fut is None:
                self._on_completed_fut = self._loop.create_future()
            try:
                await self._on_completed_fut
            except exceptions.CancelledError as e:
                if not self._aborting:
                    cancelled = e
                    self._abort()
            self._on_completed_fut = None
        try:
            return cancelled
        finally:
            cancelled = None

    def create_task(self, coro, *, name=None, context=None):
        """Have coro run as a task of the group; return the task. RuntimeError: the group is not active."""
        why = ("has not been entered" if not self._entered else "is finished" if self._exiting and not self._tasks else
               "is shutting down" if self._aborting else None)
        if why:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} {why}")
        if context is None:
            task = self._loop.create_task(coro, name=name)
        else:
            task = self._loop.create_task(coro, name=name, context=context)
        if task.done():  # it was eager
            self._on_task_done(task)
        else:
            self._tasks.add(task)
            task.add_done_callback(self._on_task_done)
        try:
            return task
        finally:
            del task

    def _is_base_error(self, exc):
        return isinstance(exc, (SystemExit, KeyboardInterrupt))

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            if not task.done():
                task.cancel()

    def _on_task_done(self, task):
        self._tasks.discard(task)
        if self._on_completed_fut is not None and not self._tasks and not self._on_completed_fut.done():
            self._on_completed_fut.set_result(True)
        if task.cancelled():
            return
        exc = task.exception()
        if exc is None:
            return
        self._errors.append(exc)
        if self._is_base_error(exc) and self._base_error is None:
            self._base_error = exc
        if self._parent_task.done():
            self._loop.call_exception_handler({
                "message": f"Task {task!r} has errored out but its parent task {self._parent_task} is already completed",
                "exception": exc, "task": task})
            return
        if not self._aborting and not self._parent_cancel_requested:
            # The parent may be anywhere in the block: cancelling it brings it to the end
            self._abort()
            self._parent_cancel_requested = True
            self._parent_task.cancel()
