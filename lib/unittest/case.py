"""One test: TestCase, its assert methods, its fixtures and how it runs."""

import re
import sys
import time
import types
import warnings

from . import result
from ._compare import DIFF_OMITTED, _Compare
from ._context import (_AssertNotWarnsContext, _AssertRaisesBaseContext, _AssertRaisesContext, _AssertWarnsContext,
                       _BaseTestCaseContext)
from ._outcome import (SkipTest, _Outcome, _ShouldStop, _UnexpectedSuccess, _addError, _addSkip, _enter_context, _id,
                       _is_subtype, _module_cleanups, addModuleCleanup, doModuleCleanups, enterModuleContext, expectedFailure,
                       skip, skipIf, skipUnless)
from .util import _common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr, strclass

__unittest = True

_subtest_msg_sentinel = object()


class _Assert(_Compare):
    """The assert methods that need no diff."""

    def fail(self, msg=None):
        """Fail, with msg."""
        raise self.failureException(msg)

    def assertFalse(self, expr, msg=None):
        """expr is false."""
        if expr:
            self._fail(f"{safe_repr(expr)} is not false", msg)

    def assertTrue(self, expr, msg=None):
        """expr is true."""
        if not expr:
            self._fail(f"{safe_repr(expr)} is not true", msg)

    def assertIn(self, member, container, msg=None):
        """member in container."""
        if member not in container:
            self._fail(f"{safe_repr(member)} not found in {safe_repr(container)}", msg)

    def assertNotIn(self, member, container, msg=None):
        """member not in container."""
        if member in container:
            self._fail(f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}", msg)

    def assertIs(self, expr1, expr2, msg=None):
        """expr1 is expr2."""
        if expr1 is not expr2:
            self._fail(f"{safe_repr(expr1)} is not {safe_repr(expr2)}", msg)

    def assertIsNot(self, expr1, expr2, msg=None):
        """expr1 is not expr2."""
        if expr1 is expr2:
            self._fail(f"unexpectedly identical: {safe_repr(expr1)}", msg)

    def assertIsNone(self, obj, msg=None):
        """obj is None."""
        if obj is not None:
            self._fail(f"{safe_repr(obj)} is not None", msg)

    def assertIsNotNone(self, obj, msg=None):
        """obj is not None."""
        if obj is None:
            self._fail("unexpectedly None", msg)

    def assertIsInstance(self, obj, cls, msg=None):
        """isinstance(obj, cls)."""
        if not isinstance(obj, cls):
            self._fail(f"{safe_repr(obj)} is not an instance of {cls!r}", msg)

    def assertNotIsInstance(self, obj, cls, msg=None):
        """not isinstance(obj, cls)."""
        if isinstance(obj, cls):
            self._fail(f"{safe_repr(obj)} is an instance of {cls!r}", msg)

    def assertLess(self, a, b, msg=None):
        """a < b."""
        if not a < b:
            self._fail(f"{safe_repr(a)} not less than {safe_repr(b)}", msg)

    def assertLessEqual(self, a, b, msg=None):
        """a <= b."""
        if not a <= b:
            self._fail(f"{safe_repr(a)} not less than or equal to {safe_repr(b)}", msg)

    def assertGreater(self, a, b, msg=None):
        """a > b."""
        if not a > b:
            self._fail(f"{safe_repr(a)} not greater than {safe_repr(b)}", msg)

    def assertGreaterEqual(self, a, b, msg=None):
        """a >= b."""
        if not a >= b:
            self._fail(f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}", msg)

    def assertRegex(self, text, expected_regex, msg=None):
        """The regular expression is found in text."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._fail(f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}", msg)

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """The regular expression is not found in text."""
        if isinstance(unexpected_regex, (str, bytes)):
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            found = text[match.start():match.end()]
            self._fail(f"Regex matched: {found!r} matches {unexpected_regex.pattern!r} in {text!r}", msg)

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Calling the first of args with the others raises this exception; without args, a context that expects it."""
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle("assertRaises", args, kwargs)
        finally:
            context = None # the exception holds this frame

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """As assertRaises; the regular expression is found in the exception's text."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """As assertRaises, for a warning."""
        return _AssertWarnsContext(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """As assertRaisesRegex, for a warning."""
        return _AssertWarnsContext(expected_warning, self, expected_regex).handle("assertWarnsRegex", args, kwargs)

    def _assertNotWarns(self, expected_warning, *args, **kwargs):
        return _AssertNotWarnsContext(expected_warning, self).handle("_assertNotWarns", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """A context in which something is logged, with this level or higher; gives records and their output."""
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """A context in which nothing is logged with this level or higher."""
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, no_logs=True)


class _SubTestContext:
    def __init__(self, case, msg, params):
        self.case, self.msg, self.params = case, msg, params

    def __enter__(self):
        case = self.case
        self.part = None
        if case._outcome is None or not case._outcome.result_supports_subtests:
            return
        self.parent = case._subtest
        params = dict(self.params)
        if self.parent is not None: # the inner ones come first, as they are looked up first
            params.update((key, value) for key, value in self.parent.params.items() if key not in params)
        case._subtest = _SubTest(case, self.msg, params)
        self.part = case._outcome.testPartExecutor(case._subtest, subTest=True)
        self.part.__enter__()

    def __exit__(self, kind, value, tb):
        if self.part is None:
            return False
        case, outcome = self.case, self.case._outcome
        try:
            if not self.part.__exit__(kind, value, tb) and kind is not None:
                return False
            stops = outcome.result is not None and outcome.result.failfast if not outcome.success else outcome.expectedFailure
            if stops:
                raise _ShouldStop
            return True
        finally:
            case._subtest = self.parent


class TestCase(_Assert):
    """A test: the method named methodName of a subclass, with setUp before and tearDown after it."""

    failureException = AssertionError
    longMessage = True
    _classSetupFailed = False
    _class_cleanups = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = "No test"
        try:
            method = getattr(self, methodName)
        except AttributeError:
            if methodName != "runTest":
                raise ValueError(f"no such test method in {self.__class__}: {methodName}")
        else:
            self._testMethodDoc = method.__doc__
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {}
        for kind, function in ((dict, "assertDictEqual"), (list, "assertListEqual"), (tuple, "assertTupleEqual"),
                               (set, "assertSetEqual"), (frozenset, "assertSetEqual"), (str, "assertMultiLineEqual")):
            self.addTypeEqualityFunc(kind, function)

    def addCleanup(self, function, /, *args, **kwargs):
        """Call function after tearDown, the last added first, whether setUp raised or not."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter cm, and leave it with the cleanups; what it gives."""
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Call function after tearDownClass."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """Enter cm, and leave it with the class's cleanups; what it gives."""
        return _enter_context(cm, cls.addClassCleanup)

    def setUp(self):
        """Runs before the test."""

    def tearDown(self):
        """Runs after the test, where setUp did not raise."""

    @classmethod
    def setUpClass(cls):
        """Runs before the tests of the class."""

    @classmethod
    def tearDownClass(cls):
        """Runs after the tests of the class."""

    def countTestCases(self):
        """1."""
        return 1

    def defaultTestResult(self):
        """The result to use where run is given none."""
        return result.TestResult()

    def shortDescription(self):
        """The first line of the test's docstring, or None."""
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        """Module, class and method, with dots between them."""
        return f"{strclass(self.__class__)}.{self._testMethodName}"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({strclass(self.__class__)}.{self._testMethodName})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} testMethod={self._testMethodName}>"

    def subTest(self, msg=_subtest_msg_sentinel, **params):
        """A context: what fails in it is reported with msg and params, and the test goes on."""
        return _SubTestContext(self, msg, params)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return f"{standardMsg} : {msg}"
        except UnicodeDecodeError:
            return f"{safe_repr(standardMsg)} : {safe_repr(msg)}"

    def skipTest(self, reason):
        """Skip this test."""
        raise SkipTest(reason)

    def _addExpectedFailure(self, result, exc_info):
        add = getattr(result, "addExpectedFailure", None)
        if add is not None:
            return add(self, exc_info)
        warnings.warn("TestResult has no addExpectedFailure method, reporting as passes", RuntimeWarning)
        result.addSuccess(self)

    def _addUnexpectedSuccess(self, result):
        add = getattr(result, "addUnexpectedSuccess", None)
        if add is not None:
            return add(self)
        warnings.warn("TestResult has no addUnexpectedSuccess method, reporting as failure", RuntimeWarning)
        try: # so that there is a traceback
            raise _UnexpectedSuccess from None
        except _UnexpectedSuccess:
            result.addFailure(self, sys.exc_info())

    def _addDuration(self, result, elapsed):
        add = getattr(result, "addDuration", None)
        if add is not None:
            return add(self, elapsed)
        warnings.warn("TestResult has no addDuration method", RuntimeWarning)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning, stacklevel=3)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        """Run the test, reporting to result; gives the result."""
        stop = None
        if result is None:
            result = self.defaultTestResult()
            start, stop = getattr(result, "startTestRun", None), getattr(result, "stopTestRun", None)
            if start is not None:
                start()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            if getattr(self.__class__, "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
                reason = getattr(self.__class__, "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", "")
                _addSkip(result, self, reason)
            else:
                self._run_parts(result, method)
            return result
        finally:
            result.stopTest(self)
            if stop is not None:
                stop()

    def _run_parts(self, result, method):
        expecting = getattr(self, "__unittest_expecting_failure__", False) or getattr(method, "__unittest_expecting_failure__", False)
        self._outcome = outcome = _Outcome(result)
        start = time.perf_counter()
        try:
            with outcome.testPartExecutor(self):
                self._callSetUp()
            if outcome.success:
                outcome.expecting_failure = expecting
                with outcome.testPartExecutor(self):
                    self._callTestMethod(method)
                outcome.expecting_failure = False
                with outcome.testPartExecutor(self):
                    self._callTearDown()
            self.doCleanups()
            self._addDuration(result, time.perf_counter() - start)
            if not outcome.success:
                return
            if not expecting:
                result.addSuccess(self)
            elif outcome.expectedFailure:
                self._addExpectedFailure(result, outcome.expectedFailure)
            else:
                self._addUnexpectedSuccess(result)
        finally: # what holds the exception holds this frame
            outcome.expecting_failure = False
            outcome.expectedFailure = None
            self._outcome = outcome = None

    def doCleanups(self):
        """Call what addCleanup took; True if nothing was raised."""
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            with outcome.testPartExecutor(self):
                self._call_last_cleanup()
        return outcome.success

    def _call_last_cleanup(self):
        function, args, kwargs = self._cleanups.pop()
        self._callCleanup(function, *args, **kwargs)

    @classmethod
    def doClassCleanups(cls):
        """Call what addClassCleanup took; what they raise is in tearDown_exceptions."""
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test without a result: exceptions come out."""
        method = getattr(self, self._testMethodName)
        if getattr(self.__class__, "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
            raise SkipTest(getattr(self.__class__, "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", ""))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            self._call_last_cleanup()


class FunctionTestCase(TestCase):
    """A test made of functions."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc, self._tearDownFunc = setUp, tearDown
        self._testFunc, self._description = testFunc, description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._parts() == other._parts() if isinstance(other, self.__class__) else NotImplemented

    def __hash__(self):
        return hash((type(self), *self._parts()))

    def __str__(self):
        return f"{strclass(self.__class__)} ({self._testFunc.__name__})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} tec={self._testFunc}>"

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class _SubTest(TestCase):
    """What is reported where a part of a test, in subTest, failed."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self._message = message
        self.test_case = test_case
        self.params = params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not _subtest_msg_sentinel:
            parts.append(f"[{self._message}]")
        if self.params:
            parts.append("({})".format(", ".join(f"{k}={v!r}" for k, v in self.params.items())))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"
