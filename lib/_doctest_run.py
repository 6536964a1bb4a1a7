"""doctest's running: examples are run one after the other, and their output is compared and reported."""

import sys
from collections import namedtuple
from io import StringIO

OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    """The flag of this name; made if it is new."""
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
COMPARISON_FLAGS = (DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL)
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST
BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."


class TestResults(namedtuple("TestResults", "failed attempted")):
    """How many examples failed and how many there were; skipped: how many of them were not run."""

    def __new__(cls, failed, attempted, *, skipped=0):
        results = super().__new__(cls, failed, attempted)
        results.skipped = skipped
        return results

    def __repr__(self):
        more = f", skipped={self.skipped}" if self.skipped else ""
        return f"TestResults(failed={self.failed}, attempted={self.attempted}{more})"


class _SpoofOut(StringIO):
    """What examples print to; the last line always ends."""

    def getvalue(self):
        text = StringIO.getvalue(self)
        return text if not text or text.endswith("\n") else text + "\n"

    def truncate(self, size=None):
        self.seek(size)
        StringIO.truncate(self)


def _indent(s, indent=4):
    import re
    return re.sub("(?m)^(?!$)", indent * " ", s)


def _ellipsis_match(want, got):
    """Does got match want, in which ... stands for any text?"""
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    at, end = len(first), len(got) - len(last)
    for piece in middle:
        at = got.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _exception_name(message):
    """What stands before the colon of an exception's line, without modules."""
    line = message.partition("\n")[0]
    return line.partition(":")[0].rpartition(".")[2]


class OutputChecker:
    """Compares what an example shows with what it should show; subclasses may know better."""

    def _toAscii(self, s):
        return str(s.encode("ASCII", "backslashreplace"), "ASCII")

    def check_output(self, want, got, optionflags):
        """Is it what was wanted, as far as the flags are strict?"""
        want, got = self._toAscii(want), self._toAscii(got)
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            import re
            want = re.sub(rf"(?m)^{re.escape(BLANKLINE_MARKER)}\s*?$", "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _ellipsis_match(want, got)

    def output_difference(self, example, got, optionflags):
        """The difference as text."""
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            import re
            got = re.sub(r"(?m)^[ ]*(?=\n)", BLANKLINE_MARKER, got)
        if self._wants_diff(want, got, optionflags):
            import difflib
            want_lines, got_lines = want.splitlines(keepends=True), got.splitlines(keepends=True)
            if optionflags & REPORT_UDIFF:
                lines, title = list(difflib.unified_diff(want_lines, got_lines, n=2))[2:], "unified diff with -expected +actual"
            elif optionflags & REPORT_CDIFF:
                lines, title = list(difflib.context_diff(want_lines, got_lines, n=2))[2:], "context diff with expected followed by actual"
            else:
                lines = list(difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(want_lines, got_lines))
                title = "ndiff with -expected +actual"
            return f"Differences ({title}):\n" + _indent("".join(lines))
        if want and got:
            return f"Expected:\n{_indent(want)}Got:\n{_indent(got)}"
        if want:
            return f"Expected:\n{_indent(want)}Got nothing\n"
        return f"Expected nothing\nGot:\n{_indent(got)}" if got else "Expected nothing\nGot nothing\n"

    def _wants_diff(self, want, got, optionflags):
        if not optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            return False
        return bool(optionflags & REPORT_NDIFF) or (want.count("\n") > 2 and got.count("\n") > 2)


class DocTestFailure(Exception):
    """An example did not show what it should: .test, .example, .got."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised what it should not: .test, .example, .exc_info."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DocTestRunner:
    """Runs DocTests, reports, and counts: failures, tries, skips."""

    DIVIDER = "*" * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = self.skips = 0
        self._stats = {} # name -> (failures, tries, skips)
        self._fakeout = _SpoofOut()

    # Reports.

    def report_start(self, out, test, example):
        """An example begins."""
        if not self._verbose:
            return
        if example.want:
            out("Trying:\n" + _indent(example.source) + "Expecting:\n" + _indent(example.want))
        else:
            out("Trying:\n" + _indent(example.source) + "Expecting nothing\n")

    def report_success(self, out, test, example, got):
        """It has shown what it should."""
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        """It has not."""
        out(self._failure_header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        """It has raised what it should not."""
        import traceback
        text = "".join(traceback.format_exception(*exc_info))
        out(self._failure_header(test, example) + "Exception raised:\n" + _indent(text))

    def _failure_header(self, test, example):
        out = [self.DIVIDER]
        line = None if test.lineno is None or example.lineno is None else test.lineno + example.lineno + 1
        if test.filename:
            out.append(f"File \"{test.filename}\", line {'?' if line is None else line}, in {test.name}")
        else:
            out.append(f"Line {example.lineno + 1}, in {test.name}")
        return "\n".join(out + ["Failed example:", _indent(example.source)])

    # Running.

    def _flags_of(self, example):
        flags = self.original_optionflags
        for flag, on in example.options.items():
            flags = flags | flag if on else flags & ~flag
        return flags

    def _execute(self, test, example, number, compileflags):
        """Run one example: what it has printed, and its exception."""
        name = f"<doctest {test.name}[{number}]>"
        try:
            exec(compile(example.source, name, "single", compileflags, True), test.globs)
            self.debugger.set_continue()
            error = None
        except KeyboardInterrupt:
            raise
        except BaseException:
            error = sys.exc_info()
            self.debugger.set_continue()
        got = self._fakeout.getvalue()
        self._fakeout.truncate(0)
        return got, error

    def _judge(self, example, got, error):
        """("ok", "wrong" or "raised", the text to show)."""
        check = self._checker.check_output
        if error is None:
            return ("ok" if check(example.want, got, self.optionflags) else "wrong"), got
        import traceback
        lines = traceback.format_exception_only(*error[:2])
        if issubclass(error[0], SyntaxError): # where it is does not count
            names = (f"{error[0].__qualname__}:", f"{error[0].__module__}.{error[0].__qualname__}:")
            lines = lines[next((i for i, line in enumerate(lines) if line.startswith(names)), 0):]
        message = "".join(lines)
        got += "".join(traceback.format_exception(*error))
        if example.exc_msg is None:
            return "raised", got
        if check(example.exc_msg, message, self.optionflags):
            return "ok", got
        if self.optionflags & IGNORE_EXCEPTION_DETAIL and check(_exception_name(example.exc_msg), _exception_name(message), self.optionflags):
            return "ok", got
        return "wrong", got

    def _run_examples(self, test, compileflags, out):
        failures = tries = skips = 0
        for number, example in enumerate(test.examples):
            self.optionflags = self._flags_of(example)
            tries += 1
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            if self.optionflags & SKIP:
                skips += 1
                continue
            if not quiet:
                self.report_start(out, test, example)
            got, error = self._execute(test, example, number, compileflags)
            outcome, got = self._judge(example, got, error)
            if outcome == "ok":
                if not quiet:
                    self.report_success(out, test, example, got)
                continue
            failures += 1
            if not quiet:
                if outcome == "wrong":
                    self.report_failure(out, test, example, got)
                else:
                    self.report_unexpected_exception(out, test, example, error)
            if self.optionflags & FAIL_FAST:
                break
        self.optionflags = self.original_optionflags
        before = self._stats.get(test.name, (0, 0, 0))
        self._stats[test.name] = (before[0] + failures, before[1] + tries, before[2] + skips)
        self.failures, self.tries, self.skips = self.failures + failures, self.tries + tries, self.skips + skips
        return TestResults(failures, tries, skipped=skips)

    def _lines_of(self, test):
        """For the time of a run, tracebacks find the lines of examples."""
        import linecache
        import re
        names = re.compile(r"<doctest (?P<name>.+)\[(?P<number>\d+)\]>$", re.DOTALL)
        before = linecache.getlines

        def getlines(filename, module_globals=None):
            match = names.match(filename)
            if match and match["name"] == test.name:
                return test.examples[int(match["number"])].source.splitlines(keepends=True)
            return before(filename, module_globals)
        return before, getlines

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run a DocTest; TestResults. out: a function that writes the reports, for sys.stdout.write."""
        import linecache
        import pdb
        self.test = test
        if compileflags is None:
            compileflags = _future_flags(test.globs)
        stdout, trace, display = sys.stdout, sys.gettrace(), sys.displayhook
        if out is None:
            def out(text):
                encoding = stdout.encoding
                if encoding is not None and encoding.lower() != "utf-8":
                    text = str(text.encode(encoding, "backslashreplace"), encoding)
                stdout.write(text)
        sys.stdout = self._fakeout
        before_trace = pdb.set_trace
        self.debugger = _debugger(stdout)
        self.debugger.reset()
        pdb.set_trace = self.debugger.set_trace
        before, linecache.getlines = self._lines_of(test)
        self.save_linecache_getlines = before
        sys.displayhook = sys.__displayhook__
        try:
            return self._run_examples(test, compileflags, out)
        finally:
            sys.stdout = stdout
            pdb.set_trace = before_trace
            sys.settrace(trace)
            linecache.getlines = before
            sys.displayhook = display
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    # Summaries.

    def summarize(self, verbose=None):
        """Print how it went; TestResults of all that were run."""
        verbose = self._verbose if verbose is None else verbose
        groups = {"no": [], "passed": [], "failed": []}
        failures = tries = skips = 0
        for name, (failed, tried, skipped) in self._stats.items():
            failures, tries, skips = failures + failed, tries + tried, skips + skipped
            groups["no" if not tried else "failed" if failed else "passed"].append((name, failed, tried))
        if verbose:
            self._list(groups)
        if groups["failed"]:
            print(self.DIVIDER)
            print(f"{_items(len(groups['failed']))} had failures:")
            for name, failed, tried in sorted(groups["failed"]):
                print(f" {failed:3d} of {tried:3d} in {name}")
        if verbose:
            print(f"{_tests(tries)} in {_items(len(self._stats))}.")
            print(f"{tries - failures} passed" + (f" and {failures} failed." if failures else "."))
        if failures:
            print(f"***Test Failed*** {failures} failure{'' if failures == 1 else 's'}" + (f" and {_skipped(skips)}." if skips else "."))
        elif verbose:
            print("Test passed" + (f" and {_skipped(skips)}." if skips else "."))
        return TestResults(failures, tries, skipped=skips)

    def _list(self, groups):
        if groups["no"]:
            print(f"{_items(len(groups['no']))} had no tests:")
            for name, _, _ in sorted(groups["no"]):
                print(f"    {name}")
        if groups["passed"]:
            print(f"{_items(len(groups['passed']))} passed all tests:")
            for name, _, count in sorted(groups["passed"]):
                print(f" {count:3d} test{'' if count == 1 else 's'} in {name}")

    def merge(self, other):
        """Add the counts of another runner."""
        for name, (failures, tries, skips) in other._stats.items():
            before = self._stats.get(name, (0, 0, 0))
            self._stats[name] = (before[0] + failures, before[1] + tries, before[2] + skips)


def _items(count):
    return f"{count} item{'' if count == 1 else 's'}"


def _tests(count):
    return f"{count} test{'' if count == 1 else 's'}"


def _skipped(count):
    return f"{count} skipped test{'' if count == 1 else 's'}"


def _future_flags(globs):
    """Flags for compile() of the features of __future__ that stand among these names."""
    import __future__
    flags = 0
    for name in __future__.all_feature_names:
        feature = globs.get(name)
        if feature is getattr(__future__, name):
            flags |= feature.compiler_flag
    return flags


def _debugger(out):
    """A pdb that talks to the real output while sys.stdout is another."""
    import pdb

    class OutputRedirectingPdb(pdb.Pdb):
        def __init__(self):
            pdb.Pdb.__init__(self, stdout=out, nosigint=True)
            self.use_rawinput = 1
            self.entered = False

        def set_trace(self, frame=None, **kwargs):
            self.entered = True
            pdb.Pdb.set_trace(self, sys._getframe(1) if frame is None else frame, **kwargs)

        def set_continue(self):
            if self.entered:
                pdb.Pdb.set_continue(self)

        def trace_dispatch(self, *args):
            before, sys.stdout = sys.stdout, out
            try:
                return pdb.Pdb.trace_dispatch(self, *args)
            finally:
                sys.stdout = before
    return OutputRedirectingPdb()


class DebugRunner(DocTestRunner):
    """Raises DocTestFailure or UnexpectedException at the first failure, and leaves the globals as they are then."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        result = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return result

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


for _thing in (TestResults, OutputChecker, DocTestFailure, UnexpectedException, DocTestRunner, DebugRunner, _SpoofOut):
    _thing.__module__ = "doctest"
