"""Run one module of tests, and write what became of each method: report.py MODULE FILE, under CPython as under Krait.

Lines of FILE: an outcome (ok, fail, error, skip, xfail, unexpected, loadfail), a tab, the method, and for skip a reason behind
another tab. The last line is "done" and how many methods were started; without it nothing counts.
CONFORMANCE_PATH in the environment: folders to import from first, also for what the tests start, which would find the suite's helpers
where CPython's own library is installed. CONFORMANCE_RESOURCES: those that the tests may use. CONFORMANCE_LEND, if not empty: placeholders for modules that are not there.
"""

import os
import sys


def _paths():
    first = os.environ.get("CONFORMANCE_PATH", "")
    if first:
        sys.path[:0] = first.split(":")
        os.environ["PYTHONPATH"] = first


_paths()
import unittest

if os.environ.get("CONFORMANCE_LEND"): # what Krait's unittest does not have yet
    sys.path.append(os.path.dirname(os.path.abspath(__file__)))
    import placeholder
    placeholder.install()


class Reporter(unittest.TestResult):
    """Writes each outcome at once, so that it is there if the next test crashes."""

    def __init__(self, file):
        super().__init__()
        self.file = file

    def _say(self, outcome, test, more=""):
        more = "\t" + " ".join(str(more).split()) if more else ""
        self.file.write(f"{outcome}\t{test.id()}{more}\n")
        self.file.flush()

    def startTest(self, test):
        super().startTest(test)
        self._say("start", test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._say("ok", test)

    def addError(self, test, err):
        super().addError(test, err)
        self._say("error", test, _last(err))
        _show(self.errors[-1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say("fail", test, _last(err))
        _show(self.failures[-1])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say("skip", getattr(test, "test_case", test), reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._say("xfail", test)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._say("unexpected", test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._say("fail", test, _last(err))
            _show((self.failures or self.errors)[-1])


def _not_run():
    """The methods that would never end under Krait (not_run.txt), with the reasons."""
    if sys.implementation.name != "krait":
        return {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "not_run.txt"), encoding="utf-8") as file:
        return dict(line.split(None, 1) for line in file if line.strip() and not line.startswith("#"))


def _without(suite, reasons):
    """suite, in which the methods that are not run fail at once."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            _without(test, reasons)
        elif test.id() in reasons:
            def fails(reason=reasons[test.id()]):
                raise AssertionError("not run: " + reason.strip())
            setattr(test, test._testMethodName, fails)
    return suite


def _last(err):
    """What was raised, in a line."""
    try:
        return f"{err[0].__name__}: {err[1]}"[:200]
    except Exception:
        return err[0].__name__


def _show(entry):
    print("=" * 70, entry[0], entry[1], sep="\n", flush=True)


def main(name, path):
    with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
        try:
            try:
                from test import support
                support.verbose, support.use_resources = 0, os.environ.get("CONFORMANCE_RESOURCES", "").split()
                support.cpython_only = lambda test: test # many of these hold for Krait as well: they are tried
                if "PYTHONPATH" in os.environ:
                    from test.support import script_helper
                    script_helper.interpreter_requires_environment = lambda: True
            except ImportError: # modules that do without can run
                pass
            loader = unittest.TestLoader()
            suite = loader.loadTestsFromName(name)
        except unittest.SkipTest as e:
            file.write(f"skip\tsetUpModule ({name})\t{e}\ndone\t0\n")
            return
        for text in loader.errors:
            print(text)
            file.write("loadfail\t" + text.strip().splitlines()[-1] + "\n")
        result = Reporter(file)
        _without(suite, _not_run()).run(result)
        file.write(f"done\t{result.testsRun}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
