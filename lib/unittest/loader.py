"""Finding tests: in classes, modules, by name, and in folders."""

import contextlib
import functools
import os
import re
import sys
import traceback
import types

from . import case, suite, util

__unittest = True

VALID_MODULE_NAME = re.compile(r"[_a-z]\w*\.py$", re.IGNORECASE)


class _FailedTest(case.TestCase):
    """A test that raises why it could not be loaded."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super(_FailedTest, self).__getattr__(name)

        def testFailure():
            raise self._exception
        return testFailure


def _make_failed_import_test(name, suiteClass):
    message = f"Failed to import test module: {name}\n{traceback.format_exc()}"
    return _make_failed_test(name, ImportError(message), suiteClass, message)


def _make_failed_load_tests(name, exception, suiteClass):
    message = f"Failed to call load_tests:\n{traceback.format_exc()}"
    return _make_failed_test(name, exception, suiteClass, message)


def _make_failed_test(methodname, exception, suiteClass, message):
    return suiteClass((_FailedTest(methodname, exception),)), message


def _make_skipped_test(methodname, exception, suiteClass):
    @case.skip(str(exception))
    def testSkipped(self):
        pass
    kind = type("ModuleSkipped", (case.TestCase,), {methodname: testSkipped})
    return suiteClass((kind(methodname),))


def _splitext(path):
    return os.path.splitext(path)[0]


class TestLoader:
    """Makes suites of what it finds; errors has the texts of what could not be loaded."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of the class's tests."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        if testCaseClass in (case.TestCase, case.FunctionTestCase):
            names = [] # unittest's own, imported by name
        else:
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, "runTest"):
                names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        """A suite of the module's tests; its load_tests may make another of it."""
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, case.TestCase) and obj not in (case.TestCase, case.FunctionTestCase):
                tests.append(self.loadTestsFromTestCase(obj))
        load_tests = getattr(module, "load_tests", None)
        tests = self.suiteClass(tests)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as e:
            failed, message = _make_failed_load_tests(module.__name__, e, self.suiteClass)
            self.errors.append(message)
            return failed

    def _import_longest(self, parts):
        """Import as many of the name's parts as are modules; the module or None, and the failed test."""
        failed = None
        parts = parts[:]
        while parts:
            name = ".".join(parts)
            try:
                return __import__(name), failed
            except ImportError:
                last = parts.pop()
                failed = _make_failed_import_test(last, self.suiteClass)
        return None, failed

    def _walk(self, module, names, failed):
        """The object that names lead to, its parent and name; or a failed test as the fourth."""
        parent, obj, name = None, module, None
        for name in names:
            try:
                parent, obj = obj, getattr(obj, name)
            except AttributeError as e:
                if getattr(obj, "__path__", None) is not None and failed is not None:
                    test, message = failed
                else:
                    test, message = _make_failed_test(name, e, self.suiteClass, "Failed to access attribute:\n%s" % (traceback.format_exc(),))
                self.errors.append(message)
                return None, None, None, test
        return parent, obj, name, None

    def loadTestsFromName(self, name, module=None):
        """A suite of what the dotted name leads to: a module, class, method, suite, or what makes one."""
        parts = name.split(".")
        failed = None
        if module is None:
            module, failed = self._import_longest(parts)
            if module is None:
                test, message = failed
                self.errors.append(message)
                return test
            parts = parts[1:]
        parent, obj, last, failed = self._walk(module, parts, failed)
        if failed is not None:
            return failed
        return self._tests_of(parent, obj, last)

    def _tests_of(self, parent, obj, name):
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, case.TestCase) and obj not in (case.TestCase, case.FunctionTestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(obj, types.FunctionType) and isinstance(parent, type) and issubclass(parent, case.TestCase):
            instance = parent(name)
            if not isinstance(getattr(instance, name), types.FunctionType): # no static method
                return self.suiteClass([instance])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if not callable(obj):
            raise TypeError(f"don't know how to make test from: {obj}")
        test = obj()
        if isinstance(test, suite.TestSuite):
            return test
        if isinstance(test, case.TestCase):
            return self.suiteClass([test])
        raise TypeError(f"calling {obj} returned {test}, not a test")

    def loadTestsFromNames(self, names, module=None):
        """A suite of the suites of all names."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """The names of the class's test methods, sorted."""
        def wanted(name):
            if not name.startswith(self.testMethodPrefix):
                return False
            if not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase
            full = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return any(fnmatchcase(full, pattern) for pattern in self.testNamePatterns)
        names = list(filter(wanted, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """A suite of the tests in the folder or package start_dir, in files that match pattern; modules are named from top_level_dir."""
        before = self._top_level_dir
        implicit = False
        if top_level_dir is None:
            top_level_dir = before
        if top_level_dir is None:
            implicit, top_level_dir = True, start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path: # the first, so that it hides no other of the name
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        not_importable = False
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            if start_dir != top_level_dir:
                not_importable = not os.path.isfile(os.path.join(start_dir, "__init__.py"))
        else:
            try:
                __import__(start_dir)
            except ImportError:
                not_importable = True
            else:
                start_dir = self._package_dir(start_dir, implicit)
        if not_importable:
            raise ImportError("Start directory is not importable: %r" % start_dir)
        tests = list(self._find_tests(start_dir, pattern))
        self._top_level_dir = before
        return self.suiteClass(tests)

    def _package_dir(self, name, implicit):
        module = sys.modules[name]
        file = module.__file__
        if file is None:
            raise TypeError(f"don't know how to discover from {module!r}" if name not in sys.builtin_module_names
                            else "Can not use builtin modules as dotted module names")
        if implicit:
            self._top_level_dir = self._get_directory_containing_module(name.split(".")[0])
            sys.path.remove(os.path.abspath(name)) if os.path.abspath(name) in sys.path else None
        return os.path.abspath(os.path.dirname(file))

    def _get_directory_containing_module(self, module_name):
        file = os.path.abspath(sys.modules[module_name].__file__)
        folder = os.path.dirname(file)
        return os.path.dirname(folder) if os.path.basename(file).lower().startswith("__init__.py") else folder

    def _get_name_from_path(self, path):
        if path == self._top_level_dir:
            return "."
        relative = os.path.relpath(_splitext(os.path.normpath(path)), self._top_level_dir)
        assert not os.path.isabs(relative), "Path must be within the project"
        assert not relative.startswith(".."), "Path must be within the project"
        return relative.replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        from fnmatch import fnmatch
        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern):
        package = self._get_name_from_path(start_dir)
        if package != "." and package not in self._loading_packages:
            tests, goes_on = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not goes_on: # load_tests did it
                return
        for entry in sorted(os.listdir(start_dir)):
            path = os.path.join(start_dir, entry)
            tests, goes_on = self._find_test_path(path, pattern)
            if tests is not None:
                yield tests
            if goes_on:
                with self._loading(self._get_name_from_path(path)):
                    yield from self._find_tests(path, pattern)

    @contextlib.contextmanager
    def _loading(self, package):
        self._loading_packages.add(package)
        try:
            yield
        finally:
            self._loading_packages.discard(package)

    def _import(self, name):
        """(the module, None), or (None, a test that says why there is none)."""
        try:
            return self._get_module_from_name(name), None
        except case.SkipTest as e:
            return None, _make_skipped_test(name, e, self.suiteClass)
        except:
            failed, message = _make_failed_import_test(name, self.suiteClass)
            self.errors.append(message)
            return None, failed

    def _find_test_path(self, full_path, pattern):
        """The tests in this file or package, and whether to look at what is in it."""
        basename = os.path.basename(full_path)
        if os.path.isfile(full_path):
            if not VALID_MODULE_NAME.match(basename) or not self._match_path(basename, full_path, pattern):
                return None, False
            return self._tests_of_file(full_path, pattern), False
        if not os.path.isdir(full_path) or not os.path.isfile(os.path.join(full_path, "__init__.py")):
            return None, False
        name = self._get_name_from_path(full_path)
        package, failed = self._import(name)
        if failed is not None:
            return failed, False
        goes_on = getattr(package, "load_tests", None) is None
        with self._loading(name):
            return self.loadTestsFromModule(package, pattern=pattern), goes_on

    def _tests_of_file(self, full_path, pattern):
        module, failed = self._import(self._get_name_from_path(full_path))
        if failed is not None:
            return failed
        found = _splitext(os.path.realpath(os.path.abspath(getattr(module, "__file__", full_path))))
        wanted = _splitext(os.path.realpath(full_path))
        if found.lower() != wanted.lower():
            raise ImportError("%r module incorrectly imported from %r. Expected %r. Is this module globally installed?" % (
                _splitext(os.path.basename(full_path)), os.path.dirname(found), os.path.dirname(full_path)))
        return self.loadTestsFromModule(module, pattern=pattern)


defaultTestLoader = TestLoader()
