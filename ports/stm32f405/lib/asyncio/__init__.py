"""Coroutines that wait together, as on Linux, in what a microcontroller has: tasks, timeouts, queues, locks, and streams over UARTs.

Each part is loaded when one of its names is first asked for. What is not here (sockets, processes, threads, debug mode) is no attribute."""

_PARTS = {
    "base_events": "BaseEventLoop EventLoop",
    "coroutines": "iscoroutine iscoroutinefunction",
    "events": "Handle TimerHandle get_event_loop get_running_loop new_event_loop set_event_loop _get_running_loop _set_running_loop",
    "exceptions": "BrokenBarrierError CancelledError IncompleteReadError InvalidStateError LimitOverrunError TimeoutError",
    "futures": "Future isfuture",
    "locks": "Barrier BoundedSemaphore Condition Event Lock Semaphore",
    "queues": "LifoQueue PriorityQueue Queue QueueEmpty QueueFull QueueShutDown",
    "runners": "Runner run",
    "streams": "StreamReader StreamWriter open_uart",
    "taskgroups": "TaskGroup",
    "tasks": "Task all_tasks create_task current_task ensure_future sleep",
    "timeouts": "Timeout timeout timeout_at",
    "_wait": "ALL_COMPLETED FIRST_COMPLETED FIRST_EXCEPTION as_completed gather shield wait wait_for",
    "_micropython": "ThreadSafeFlag sleep_ms wait_for_ms",
}


def __getattr__(name):
    """A part, or a name of one."""
    for part, names in _PARTS.items():
        if name == part or name in names.split():
            module = __import__(f"{__name__}.{part}", fromlist=(name,))
            value = module if name == part else getattr(module, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r} on this device")


def __dir__():
    return sorted({*globals(), *_PARTS, *(name for names in _PARTS.values() for name in names.split())})
