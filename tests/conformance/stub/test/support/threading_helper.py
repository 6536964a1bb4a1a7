"""What CPython's tests need of test.support.threading_helper; without the module threading the tests are skipped."""

import functools
import unittest

try:
    import threading
    can_start_thread = True
except ImportError:
    threading = None
    can_start_thread = False


def requires_working_threading(*, module=False):
    if module:
        if not can_start_thread:
            raise unittest.SkipTest("no module threading")
        return None
    return unittest.skipUnless(can_start_thread, "no module threading")


def reap_threads(func):
    """The threads that the test started end with it."""
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        before = threading.active_count() if threading else 0
        try:
            return func(*args, **kwargs)
        finally:
            if threading:
                for thread in threading.enumerate():
                    if thread is not threading.current_thread() and threading.active_count() > before:
                        thread.join(30)
    return wrapper


class start_threads:
    """The threads run in the context, and end with it."""

    def __init__(self, threads, unlock=None):
        if threading is None:
            raise unittest.SkipTest("no module threading")
        self.threads, self.unlock = list(threads), unlock

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self.threads

    def __exit__(self, *info):
        if self.unlock:
            self.unlock()
        for thread in self.threads:
            thread.join(60)
            if thread.is_alive():
                raise AssertionError("Unable to join %d threads" % len(self.threads))


def threading_setup():
    return (threading.active_count(), ()) if threading else (0, ())


def threading_cleanup(*original_values):
    pass
