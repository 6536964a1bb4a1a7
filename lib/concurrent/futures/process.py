"""ProcessPoolExecutor: Krait cannot send calls to other processes, and says so."""

from concurrent.futures import _base


class BrokenProcessPool(_base.BrokenExecutor):
    """A process of the pool has ended when it should not have."""


class ProcessPoolExecutor(_base.Executor):
    """Making one raises NotImplementedError."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        raise NotImplementedError("ProcessPoolExecutor: Krait runs no pools of processes; ThreadPoolExecutor has threads")
