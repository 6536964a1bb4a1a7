"""Several attempts, each begun somewhat after the one before; the first that succeeds wins."""

__all__ = ("staggered_race",)

import contextlib
from . import events, exceptions, locks, tasks


async def staggered_race(coro_fns, delay, *, loop=None):
    """Begin coroutines one by one, the next when one failed or after delay seconds (None: only then), until one returns.

    Return its result and index, or None and None; and the list of what each has raised."""
    loop = loop or events.get_running_loop()
    functions = list(coro_fns)
    raised, running = [], []
    winner, winner_index = None, None

    async def attempt(index, failed_before):
        nonlocal winner, winner_index
        if failed_before is not None:
            with contextlib.suppress(exceptions.TimeoutError):
                await tasks.wait_for(failed_before.wait(), delay)
        failed = locks.Event()
        raised.append(None)
        if index + 1 < len(functions):
            running.append(loop.create_task(attempt(index + 1, failed)))
        try:
            result = await functions[index]()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            raised[index] = e
            failed.set()
            return
        winner, winner_index = result, index
        for other, task in enumerate(running):
            if other != index:
                task.cancel()

    if not functions:
        return None, None, raised
    running.append(loop.create_task(attempt(0, None)))
    done_count = 0
    try:
        while done_count != len(running):
            done, _ = await tasks.wait(running)
            done_count = len(done)
            for task in done:
                if not task.cancelled() and task.exception() is not None:
                    raise task.exception()
        return winner, winner_index, raised
    finally:
        for task in running:
            task.cancel()
        winner = raised = functions = None
