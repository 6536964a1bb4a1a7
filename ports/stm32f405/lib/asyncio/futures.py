"""Futures: results that coroutines wait for."""

from _asyncio import Future


def isfuture(obj):
    """Return whether obj behaves as a Future."""
    return getattr(obj, "_asyncio_future_blocking", None) is not None


def _tell_unseen(future):
    """A future is gone whose exception nobody has asked for."""
    message = f"{type(future).__name__} exception was never retrieved"
    future._loop.call_exception_handler({"message": message, "exception": future._exception, "future": future})


def _get_loop(future):
    return future.get_loop()
