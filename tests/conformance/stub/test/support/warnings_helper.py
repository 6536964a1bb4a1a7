"""What CPython's tests need of test.support.warnings_helper."""

import functools
import re
import sys
import warnings


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    """Compiling it warns, once even with all warnings, and raises SyntaxError where warnings are errors."""
    from . import check_syntax_error
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", SyntaxWarning)
        compile(statement, "<testcase>", "exec")
    testcase.assertEqual(len(seen), 1, seen)
    [record] = seen
    testcase.assertTrue(issubclass(record.category, SyntaxWarning))
    if errtext:
        testcase.assertRegex(str(record.message), errtext)
    testcase.assertEqual(record.filename, "<testcase>")
    testcase.assertIsNotNone(record.lineno)
    if lineno is not None:
        testcase.assertEqual(record.lineno, lineno)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("error", SyntaxWarning)
        check_syntax_error(testcase, statement, errtext, lineno=lineno, offset=offset)
    testcase.assertEqual(seen, [])


def ignore_warnings(*, category):
    """The test runs without these warnings."""
    def decorator(test):
        @functools.wraps(test)
        def wrapper(self, *args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return test(self, *args, **kwargs)
        return wrapper
    return decorator


class WarningsRecorder:
    """What was warned of: warnings, and the last one's attributes."""

    def __init__(self, warnings_list):
        self._warnings, self._last = warnings_list, 0

    def __getattr__(self, attr):
        if len(self._warnings) > self._last:
            return getattr(self._warnings[-1], attr)
        if attr in warnings.WarningMessage._WARNING_DETAILS:
            return None
        raise AttributeError("%r has no attribute %r" % (self, attr))

    @property
    def warnings(self):
        return self._warnings[self._last:]

    def reset(self):
        self._last = len(self._warnings)


class check_warnings:
    """What is warned of is what the filters, (text, category), say; each of them comes, unless quiet."""

    def __init__(self, *filters, quiet=None):
        self.quiet = (not filters) if quiet is None else quiet
        self.filters = filters or (("", Warning),)

    def __enter__(self):
        frame = sys._getframe(1)
        registry = frame.f_globals.get("__warningregistry__")
        if registry:
            registry.clear()
        self.catcher = warnings.catch_warnings(record=True)
        seen = self.catcher.__enter__()
        warnings.simplefilter("always")
        self.recorder = WarningsRecorder(seen)
        return self.recorder

    def __exit__(self, kind, value, tb):
        self.catcher.__exit__(kind, value, tb)
        if kind is not None:
            return False
        left = list(self.recorder.warnings)
        missing = []
        for text, category in self.filters:
            matched = [w for w in left if re.match(text, str(w.message), re.I) and issubclass(w.message.__class__, category)]
            left = [w for w in left if w not in matched]
            if not matched and not self.quiet:
                missing.append((text, category.__name__))
        if left:
            raise AssertionError("unhandled warning %s" % left[0])
        if missing:
            raise AssertionError("filter (%r, %s) did not catch any warning" % missing[0])
        return False


class check_no_warnings:
    """Nothing is warned of."""

    def __init__(self, testcase, message="", category=Warning, force_gc=False):
        self.testcase, self.message, self.category, self.force_gc = testcase, message, category, force_gc

    def __enter__(self):
        self.catcher = warnings.catch_warnings(record=True)
        self.seen = self.catcher.__enter__()
        warnings.filterwarnings("always", message=self.message, category=self.category)

    def __exit__(self, kind, value, tb):
        if kind is None and self.force_gc:
            from . import gc_collect
            gc_collect()
        self.catcher.__exit__(kind, value, tb)
        if kind is None:
            self.testcase.assertEqual(self.seen, [])


class check_no_resource_warning(check_no_warnings):
    """No ResourceWarning, after a collection."""

    def __init__(self, testcase):
        super().__init__(testcase, category=ResourceWarning, force_gc=True)
