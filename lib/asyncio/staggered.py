"""Several attempts, each begun somewhat after the one before; the first that succeeds wins."""

from . import events, exceptions, tasks

__all__ = ("staggered_race",)


async def staggered_race(coro_fns, delay, *, loop=None):
    """Begin coroutines one by one, the next when the one before failed or after delay seconds (None: only then), until one returns.

    Return its result and index, or None and None; and the list of what each has raised."""
    loop = events.get_running_loop() if loop is None else loop
    waiting, running, raised = list(coro_fns)[::-1], {}, []  # running: task -> index
    newest = begin_next = None
    try:
        while waiting or running:
            if waiting and (newest not in running or begin_next is not None and loop.time() >= begin_next):
                newest = loop.create_task(_attempt(waiting.pop()))
                running[newest] = len(raised)
                raised.append(None)
                begin_next = None if delay is None else loop.time() + delay
            patience = None if begin_next is None or not waiting else max(begin_next - loop.time(), 0)
            done, _ = await tasks.wait(running, timeout=patience, return_when=tasks.FIRST_COMPLETED)
            for task in sorted(done, key=running.get):
                index = running.pop(task)
                result, raised[index] = (None, exceptions.CancelledError()) if task.cancelled() else task.result()
                if raised[index] is None:
                    await _stop(running, raised)
                    return result, index, raised
        return None, None, raised
    finally:
        for task in running:
            task.cancel()
        running = raised = newest = task = done = None  # tracebacks would hold them


async def _attempt(function):
    """(result, None) or (None, error): only what ends the program is raised."""
    try:
        return await function(), None
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        return None, error


async def _stop(running, raised):
    """Cancel what is still running, and wait for its end."""
    for task in running:
        task.cancel()
    if running:
        await tasks.wait(running)
    for task, index in running.items():
        raised[index] = exceptions.CancelledError() if task.cancelled() else task.result()[1]
