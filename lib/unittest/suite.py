"""Many tests, with the fixtures of their classes and modules around them."""

import sys

from . import case, util

__unittest = True


def _call_if_exists(parent, name):
    getattr(parent, name, lambda: None)()


class BaseTestSuite:
    """Tests and suites in order, without fixtures."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return f"<{util.strclass(self.__class__)} tests={list(self)}>"

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, self.__class__) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        """How many tests there are, those that ran and were let go as well."""
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        """Add a test or a suite."""
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        """Add all of tests."""
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        """Run all, until the result says stop; gives the result."""
        for place, test in enumerate(self):
            if result.shouldStop:
                return result
            test(result)
            if self._cleanup:
                self._removeTestAtIndex(place)
        return result

    def _removeTestAtIndex(self, index):
        """Let a test go that ran, so that what it holds is freed."""
        try:
            test = self._tests[index]
        except TypeError: # no list, in a subclass
            return
        if hasattr(test, "countTestCases"):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run all without a result: exceptions come out."""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """Tests and suites in order, with setUpClass, setUpModule and their opposites where class and module change."""

    def run(self, result, debug=False):
        top = getattr(result, "_testRunEntered", False) is False
        if top:
            result._testRunEntered = True
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if _isnotsuite(test):
                self._tearDownPreviousClass(test, result)
                self._handleModuleFixture(test, result)
                self._handleClassSetUp(test, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                    continue
            if debug:
                test.debug()
            else:
                test(result)
            if self._cleanup:
                self._removeTestAtIndex(index)
        if top:
            self._tearDownPreviousClass(None, result)
            self._handleModuleTearDown(result)
            result._testRunEntered = False
        return result

    def debug(self):
        self.run(_DebugResult(), True)

    def _handleClassSetUp(self, test, result):
        previous, current = getattr(result, "_previousTestClass", None), test.__class__
        if current == previous or result._moduleSetUpFailed or getattr(current, "__unittest_skip__", False):
            return
        failed = False
        try:
            current._classSetupFailed = False
        except TypeError: # a test that is no TestCase, and cannot be marked
            pass
        setup, cleanup = getattr(current, "setUpClass", None), getattr(current, "doClassCleanups", None)
        if setup is None:
            return
        name = util.strclass(current)
        _call_if_exists(result, "_setupStdout")
        try:
            try:
                setup()
            except Exception as e:
                if isinstance(result, _DebugResult):
                    raise
                failed = True
                try:
                    current._classSetupFailed = True
                except TypeError:
                    pass
                self._createClassOrModuleLevelException(result, e, "setUpClass", name)
            if failed and cleanup is not None:
                cleanup()
                self._report_class_cleanups(result, current, "setUpClass", name)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _report_class_cleanups(self, result, cls, method, name):
        for info in cls.tearDown_exceptions:
            self._createClassOrModuleLevelException(result, info[1], method, name, info=info)

    def _tearDownPreviousClass(self, test, result):
        previous = getattr(result, "_previousTestClass", None)
        if test.__class__ == previous or previous is None:
            return
        if getattr(previous, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False) or getattr(previous, "__unittest_skip__", False):
            return
        teardown, cleanup = getattr(previous, "tearDownClass", None), getattr(previous, "doClassCleanups", None)
        if teardown is None and cleanup is None:
            return
        name = util.strclass(previous)
        _call_if_exists(result, "_setupStdout")
        try:
            if teardown is not None:
                try:
                    teardown()
                except Exception as e:
                    if isinstance(result, _DebugResult):
                        raise
                    self._createClassOrModuleLevelException(result, e, "tearDownClass", name)
            if cleanup is not None:
                cleanup()
                if previous.tearDown_exceptions and isinstance(result, _DebugResult):
                    raise previous.tearDown_exceptions[0][1]
                self._report_class_cleanups(result, previous, "tearDownClass", name)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _get_previous_module(self, result):
        previous = getattr(result, "_previousTestClass", None)
        return None if previous is None else previous.__module__

    def _handleModuleFixture(self, test, result):
        current = test.__class__.__module__
        if current == self._get_previous_module(result):
            return
        self._handleModuleTearDown(result)
        result._moduleSetUpFailed = False
        try:
            module = sys.modules[current]
        except KeyError:
            return
        setup = getattr(module, "setUpModule", None)
        if setup is None:
            return
        _call_if_exists(result, "_setupStdout")
        try:
            try:
                setup()
            except Exception as e:
                if isinstance(result, _DebugResult):
                    raise
                result._moduleSetUpFailed = True
                self._createClassOrModuleLevelException(result, e, "setUpModule", current)
            if result._moduleSetUpFailed:
                self._do_module_cleanups(result, "setUpModule", current)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _do_module_cleanups(self, result, method, name):
        try:
            case.doModuleCleanups()
        except Exception as e:
            if isinstance(result, _DebugResult):
                raise
            self._createClassOrModuleLevelException(result, e, method, name)

    def _handleModuleTearDown(self, result):
        name = self._get_previous_module(result)
        if name is None or result._moduleSetUpFailed:
            return
        try:
            module = sys.modules[name]
        except KeyError:
            return
        _call_if_exists(result, "_setupStdout")
        try:
            teardown = getattr(module, "tearDownModule", None)
            if teardown is not None:
                try:
                    teardown()
                except Exception as e:
                    if isinstance(result, _DebugResult):
                        raise
                    self._createClassOrModuleLevelException(result, e, "tearDownModule", name)
            self._do_module_cleanups(result, "tearDownModule", name)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _createClassOrModuleLevelException(self, result, exc, method_name, parent, info=None):
        self._addClassOrModuleLevelException(result, exc, f"{method_name} ({parent})", info)

    def _addClassOrModuleLevelException(self, result, exception, name, info=None):
        error = _ErrorHolder(name)
        add_skip = getattr(result, "addSkip", None)
        if add_skip is not None and isinstance(exception, case.SkipTest):
            add_skip(error, str(exception))
        else:
            result.addError(error, info or sys.exc_info())


class _ErrorHolder:
    """Stands for a fixture that raised, where a result wants a test."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.id()

    def run(self, result):
        pass

    def __call__(self, result):
        return self.run(result)

    def countTestCases(self):
        return 0


def _isnotsuite(test):
    try:
        iter(test)
    except TypeError:
        return True
    return False


class _DebugResult:
    """The result of debug(): knows where class and module change."""

    _previousTestClass = None
    _moduleSetUpFailed = False
    shouldStop = False
