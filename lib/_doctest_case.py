"""doctest's unittest cases."""

import unittest
from io import StringIO
from _doctest_run import DebugRunner, DocTestFailure, DocTestRunner, REPORTING_FLAGS, UnexpectedException

__unittest = True


class _State:
    flags = 0


state = _State() # reporting flags for cases without any


class DocTestCase(unittest.TestCase):
    """One DocTest as a test; failures come as one text."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        unittest.TestCase.__init__(self)
        self._dt_optionflags, self._dt_checker, self._dt_test = optionflags, checker, test
        self._dt_setUp, self._dt_tearDown = setUp, tearDown

    def setUp(self):
        self._dt_globs = self._dt_test.globs.copy()
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        test = self._dt_test
        if self._dt_tearDown is not None:
            self._dt_tearDown(test)
        test.globs.clear()
        test.globs.update(self._dt_globs)

    def runTest(self):
        import sys
        out, stdout = StringIO(), sys.stdout
        flags = self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= state.flags
        runner = DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False)
        runner.DIVIDER = "-" * 70
        try:
            results = runner.run(self._dt_test, out=out.write, clear_globs=False)
            if results.skipped == results.attempted + results.skipped and results.skipped:
                raise unittest.SkipTest("all examples were skipped")
        finally:
            sys.stdout = stdout
        if results.failed:
            raise self.failureException(self.format_failure(out.getvalue()))

    def format_failure(self, err):
        test = self._dt_test
        line = "unknown line number" if test.lineno is None else f"{test.lineno}"
        name = ".".join(test.name.split(".")[-1:])
        return f"Failed doctest test for {test.name}\n  File \"{test.filename}\", line {line}, in {name}\n\n{err}"

    def debug(self):
        """Run the examples; the first failure raises DocTestFailure or UnexpectedException."""
        self.setUp()
        runner = DebugRunner(optionflags=self._dt_optionflags, checker=self._dt_checker, verbose=False)
        runner.run(self._dt_test, clear_globs=False)
        self.tearDown()

    def id(self):
        return self._dt_test.name

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return ((self._dt_test, self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker)
                == (other._dt_test, other._dt_optionflags, other._dt_setUp, other._dt_tearDown, other._dt_checker))

    def __hash__(self):
        return hash((self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker))

    def __repr__(self):
        *where, name = self._dt_test.name.split(".")
        return f"{name} ({'.'.join(where)})"

    __str__ = object.__str__

    def shortDescription(self):
        return "Doctest: " + self._dt_test.name


class SkipDocTestCase(DocTestCase):
    """Without docstrings there is nothing to test."""

    def __init__(self, module):
        self.module = module
        DocTestCase.__init__(self, None)

    def setUp(self):
        self.skipTest("DocTestSuite will not work with -O2 and above")

    def test_skip(self):
        pass

    def shortDescription(self):
        return f"Skipping tests from {self.module.__name__}"

    __str__ = shortDescription


class DocFileCase(DocTestCase):
    """A text file as a test."""

    def id(self):
        return "_".join(self._dt_test.name.split("."))

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        return f"Failed doctest test for {self._dt_test.name}\n  File \"{self._dt_test.filename}\", line 0\n\n{err}"


class _DocTestSuite(unittest.TestSuite):
    def _removeTestAtIndex(self, index):
        pass # the cases are small, and can be run again


def suite_of(module, tests, options):
    import sys
    suite = _DocTestSuite()
    if not tests and sys.flags.optimize >= 2:
        suite.addTest(SkipDocTestCase(module))
        return suite
    for test in sorted(tests):
        if not test.examples:
            continue
        if not test.filename:
            filename = getattr(module, "__file__", None) or module.__name__
            test.filename = filename[:-1] if filename[-4:] == ".pyc" else filename
        suite.addTest(DocTestCase(test, **options))
    return suite


for _thing in (DocTestCase, SkipDocTestCase, DocFileCase, _DocTestSuite):
    _thing.__module__ = "doctest"
