"""What becomes of the parts of a test that runs, and the marks that skip tests or expect them to fail."""

import functools
import sys
import types

__unittest = True


class SkipTest(Exception):
    """Raised in a test to skip it."""

    __module__ = "unittest.case"


class _ShouldStop(Exception):
    """The test goes no further, and all has been reported."""


class _UnexpectedSuccess(Exception):
    """The test was to fail."""


class _Outcome:
    """How far one test has come."""

    def __init__(self, result=None):
        self.expecting_failure = False
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")
        self.success = True
        self.expectedFailure = None

    def testPartExecutor(self, test_case, subTest=False):
        """A context in which a part of test_case runs: what it raises is reported."""
        return _Part(self, test_case, subTest)


class _Part:
    def __init__(self, outcome, test_case, is_subtest):
        self.outcome, self.test_case, self.is_subtest = outcome, test_case, is_subtest

    def __enter__(self):
        self.success_before = self.outcome.success
        self.outcome.success = True

    def __exit__(self, kind, value, tb):
        outcome = self.outcome
        try:
            if kind is None:
                if self.is_subtest and outcome.success:
                    outcome.result.addSubTest(self.test_case.test_case, self.test_case, None)
                return False
            if issubclass(kind, KeyboardInterrupt):
                return False
            if issubclass(kind, SkipTest):
                outcome.success = False
                _addSkip(outcome.result, self.test_case, str(value))
            elif not issubclass(kind, _ShouldStop):
                self._failed((kind, value, tb))
            return True
        finally:
            outcome.success = outcome.success and self.success_before

    def _failed(self, info):
        outcome = self.outcome
        if outcome.expecting_failure:
            outcome.expectedFailure = info
            return
        outcome.success = False
        if self.is_subtest:
            outcome.result.addSubTest(self.test_case.test_case, self.test_case, info)
        else:
            _addError(outcome.result, self.test_case, info)


def _addSkip(result, test_case, reason):
    add = getattr(result, "addSkip", None)
    if add is not None:
        add(test_case, reason)
        return
    import warnings
    warnings.warn("TestResult has no addSkip method, skips not reported", RuntimeWarning, 2)
    result.addSuccess(test_case)


def _addError(result, test, info):
    if result is None or info is None:
        return
    if issubclass(info[0], test.failureException):
        result.addFailure(test, info)
    else:
        result.addError(test, info)


_module_cleanups = []


def _enter_context(cm, add_cleanup):
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol") from None
    result = enter(cm)
    add_cleanup(leave, cm, None, None, None)
    return result


def addModuleCleanup(function, /, *args, **kwargs):
    """Call function after tearDownModule, whether it ran or not; the last added first."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enter cm, and leave it with the module's cleanups; what it gives."""
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    """Call what addModuleCleanup took; raises the first of what they raise."""
    first = None
    while _module_cleanups:
        cleanup, args, kwargs = _module_cleanups.pop()
        try:
            cleanup(*args, **kwargs)
        except Exception as e:
            first = e if first is None else first
    if first is not None:
        raise first


def _id(obj):
    return obj


def skip(reason):
    """A decorator: skip the test, or all of the class."""

    def decorator(test_item):
        if not isinstance(test_item, type):
            @functools.wraps(test_item)
            def skip_wrapper(*args, **kwargs):
                raise SkipTest(reason)
            test_item = skip_wrapper
        test_item.__unittest_skip__ = True
        test_item.__unittest_skip_why__ = reason
        return test_item

    if isinstance(reason, types.FunctionType):
        function, reason = reason, ""
        return decorator(function)
    return decorator


def skipIf(condition, reason):
    """Skip the test if condition holds."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Skip the test unless condition holds."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """The test is to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


def _is_subtype(expected, basetype):
    if isinstance(expected, tuple):
        return all(_is_subtype(e, basetype) for e in expected)
    return isinstance(expected, type) and issubclass(expected, basetype)
