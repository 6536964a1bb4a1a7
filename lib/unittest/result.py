"""What became of tests."""

import io
import sys
import traceback
from functools import wraps

from . import util

__unittest = True

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"


def failfast(method):
    """Stop the run when this is reported, where failfast is on."""
    @wraps(method)
    def inner(self, *args, **kw):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kw)
    return inner


class TestResult:
    """Lists of what failed, was skipped and so on, each with the test and a text."""

    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses, self.collectedDurations = [], [], []
        self.failfast = self.shouldStop = self.buffer = self.tb_locals = self._mirrorOutput = False
        self.testsRun = 0
        self._stdout_buffer = self._stderr_buffer = None
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr

    def printErrors(self):
        """Called after the run."""

    def startTest(self, test):
        """Called before a test."""
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def _setupStdout(self):
        if not self.buffer:
            return
        if self._stderr_buffer is None:
            self._stdout_buffer, self._stderr_buffer = io.StringIO(), io.StringIO()
        sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def startTestRun(self):
        """Called before all tests."""

    def stopTest(self, test):
        """Called after a test."""
        self._restoreStdout()
        self._mirrorOutput = False

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            for stream, original, line in ((sys.stdout, self._original_stdout, STDOUT_LINE), (sys.stderr, self._original_stderr, STDERR_LINE)):
                text = _with_newline(stream.getvalue())
                if text:
                    original.write(line % text)
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for stream in self._stdout_buffer, self._stderr_buffer:
            stream.seek(0)
            stream.truncate()

    def stopTestRun(self):
        """Called after all tests."""

    @failfast
    def addError(self, test, err):
        """The test raised what is no failure; err is from sys.exc_info()."""
        self._add(self.errors, test, err)

    @failfast
    def addFailure(self, test, err):
        """The test failed."""
        self._add(self.failures, test, err)

    def _add(self, troubles, test, err, subtest=None):
        """Note trouble with a test, or with a part of it, and that its output is to be shown."""
        troubles.append((subtest or test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSubTest(self, test, subtest, err):
        """A part of a test ended; err is None where it succeeded."""
        if err is not None:
            self._add_part(test, subtest, err)

    @failfast
    def _add_part(self, test, subtest, err):
        self._add(self.failures if issubclass(err[0], test.failureException) else self.errors, test, err, subtest)

    def addSuccess(self, test):
        """The test succeeded."""

    def addSkip(self, test, reason):
        """The test was skipped."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """The test failed, as it was to."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        """The test was to fail, and did not."""
        self.unexpectedSuccesses.append(test)

    def addDuration(self, test, elapsed):
        """The test took so many seconds."""
        self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        """True if nothing failed."""
        return not self.failures and not self.errors and not getattr(self, "unexpectedSuccesses", ())

    def stop(self):
        """Run no more tests."""
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        kind, value, tb = err
        tb = self._clean_tracebacks(kind, value, tb, test)
        text = "".join(traceback.TracebackException(kind, value, tb, capture_locals=self.tb_locals, compact=True).format())
        if self.buffer:
            for stream, line in (sys.stdout, STDOUT_LINE), (sys.stderr, STDERR_LINE):
                output = _with_newline(stream.getvalue())
                if output:
                    text += line % output
        return text

    def _clean_tracebacks(self, kind, value, tb, test):
        """Leave out unittest's own frames, here and in what the exception was caused by; gives the traceback."""
        first, result = True, None
        waiting, seen = [(kind, value, tb)], {id(value)}
        while waiting:
            kind, value, tb = waiting.pop()
            while tb and self._is_relevant_tb_level(tb):
                tb = tb.tb_next
            if kind is test.failureException:
                self._remove_unittest_tb_frames(tb)
            if first:
                result, first = tb, False
            else:
                value.__traceback__ = tb
            if value is None:
                continue
            for other in value.__cause__, value.__context__:
                if other is not None and id(other) not in seen:
                    waiting.append((type(other), other, other.__traceback__))
                    seen.add(id(other))
        return result

    def _is_relevant_tb_level(self, tb):
        return "__unittest" in tb.tb_frame.f_globals

    def _remove_unittest_tb_frames(self, tb):
        """End the traceback before the assert method."""
        last = None
        while tb and not self._is_relevant_tb_level(tb):
            last = tb
            tb = tb.tb_next
        if last is not None:
            last.tb_next = None

    def __repr__(self):
        return f"<{util.strclass(self.__class__)} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>"


def _with_newline(text):
    return text + "\n" if text and not text.endswith("\n") else text
