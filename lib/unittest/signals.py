"""Ctrl-C stops a run after the test that runs; a second one at once."""

import weakref

__unittest = True

_results = weakref.WeakKeyDictionary()
_interrupt_handler = None


def _as_function(handler):
    """What the system would do for a handler that is a number, as a function."""
    import signal
    if not isinstance(handler, int):
        return handler
    if handler == signal.SIG_IGN:
        return lambda signum, frame: None
    if handler == signal.SIG_DFL:
        return signal.default_int_handler
    raise TypeError("expected SIGINT signal handler to be signal.SIG_IGN, signal.SIG_DFL, or a callable object")


class _InterruptHandler:
    """Tells all runs to stop; what was there before gets the second Ctrl-C, and each one that came by way of another handler."""

    def __init__(self, default_handler):
        self.called = False
        self.original_handler = default_handler
        self.default_handler = _as_function(default_handler)

    def __call__(self, signum, frame):
        import signal
        again, self.called = self.called, True
        if again or signal.getsignal(signal.SIGINT) is not self:
            self.default_handler(signum, frame)
        for run in _results:
            run.stop()


def registerResult(result):
    """Ctrl-C stops this result's run, where installHandler was called."""
    _results[result] = True


def removeResult(result):
    """Ctrl-C no longer stops it; True if it did."""
    return _results.pop(result, False)


def installHandler():
    """Let Ctrl-C stop runs."""
    global _interrupt_handler
    if _interrupt_handler is None:
        import signal
        _interrupt_handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, _interrupt_handler)


def removeHandler(method=None):
    """Put the handler before back; as a decorator: while the function runs."""
    if method is not None:
        return _removed(method)
    if _interrupt_handler is not None:
        import signal
        signal.signal(signal.SIGINT, _interrupt_handler.original_handler)


def _removed(method):
    import signal
    from functools import wraps

    @wraps(method)
    def run(*args, **kwargs):
        ours = signal.getsignal(signal.SIGINT)
        removeHandler()
        try:
            return method(*args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, ours)
    return run
