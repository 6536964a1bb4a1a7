"""Runs the examples in docstrings: what stands after >>> is run, and what it shows is compared with what the docstring shows."""

import re
import sys
from _doctest_find import DocTest, DocTestFinder, DocTestParser, Example
from _doctest_run import (BLANKLINE_MARKER, COMPARISON_FLAGS, DONT_ACCEPT_BLANKLINE, DONT_ACCEPT_TRUE_FOR_1, ELLIPSIS, ELLIPSIS_MARKER,
                          FAIL_FAST, IGNORE_EXCEPTION_DETAIL, NORMALIZE_WHITESPACE, OPTIONFLAGS_BY_NAME, REPORTING_FLAGS, REPORT_CDIFF,
                          REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE, REPORT_UDIFF, SKIP, DebugRunner, DocTestFailure, DocTestRunner,
                          OutputChecker, TestResults, UnexpectedException, _ellipsis_match, _SpoofOut, register_optionflag)

__all__ = ["register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP",
           "IGNORE_EXCEPTION_DETAIL", "COMPARISON_FLAGS", "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE",
           "REPORTING_FLAGS", "FAIL_FAST", "Example", "DocTest", "DocTestParser", "DocTestFinder", "DocTestRunner", "OutputChecker",
           "DocTestFailure", "UnexpectedException", "DebugRunner", "testmod", "testfile", "run_docstring_examples", "DocTestSuite",
           "DocFileSuite", "set_unittest_reportflags", "script_from_examples", "testsource", "debug_src", "debug"]
__docformat__ = "reStructuredText en"
__unittest = True
master = None # the runner that testmod and testfile have added their results to


def _module_of(module):
    """A module that was given, by name, or None for the caller's."""
    if module is None:
        return sys.modules[sys._getframe(2).f_globals["__name__"]]
    return __import__(module, globals(), locals(), ["*"]) if isinstance(module, str) else module


def _runner(verbose, optionflags, raise_on_error):
    return (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)


def _finish(runner, report):
    global master
    if report:
        runner.summarize()
    if master is None:
        master = runner
    else:
        master.merge(runner)
    return TestResults(runner.failures, runner.tries, skipped=runner.skips)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
            exclude_empty=False):
    """Test the docstrings of a module (None: __main__), and those in m.__test__. TestResults(failed, attempted)."""
    if m is None:
        m = sys.modules.get("__main__")
    import types
    if not isinstance(m, types.ModuleType):
        raise TypeError(f"testmod: module required; {m!r}")
    runner = _runner(verbose, optionflags, raise_on_error)
    for test in DocTestFinder(exclude_empty=exclude_empty).find(m, m.__name__ if name is None else name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    return _finish(runner, report)


def _load_testfile(filename, package, module_relative, encoding):
    """(text, path) of a file; module_relative: beside package, with / between folders."""
    import os
    if module_relative:
        package = _package_of(package)
        filename = _beside(package, filename)
        loader = getattr(package, "__loader__", None)
        if loader is not None and hasattr(loader, "get_data"):
            text = loader.get_data(filename).decode(encoding)
            return text.replace("\r\n", "\n").replace("\r", "\n"), filename
    with open(filename, encoding=encoding) as file:
        return file.read(), filename


def _package_of(package):
    return _module_of_depth(package, 4) if package is None or isinstance(package, str) else package


def _module_of_depth(module, depth):
    if module is None:
        return sys.modules[sys._getframe(depth).f_globals["__name__"]]
    return __import__(module, globals(), locals(), ["*"])


def _beside(module, path):
    import os
    import types
    if not isinstance(module, types.ModuleType):
        raise TypeError(f"Expected a module: {module!r}")
    if path.startswith("/"):
        raise ValueError("Module-relative files may not have absolute paths")
    path = os.path.join(*path.split("/"))
    if hasattr(module, "__file__"):
        return os.path.join(os.path.split(module.__file__)[0], path)
    if module.__name__ == "__main__":
        return os.path.join(os.path.split(sys.argv[0])[0] if sys.argv and sys.argv[0] else os.curdir, path)
    for folder in getattr(module, "__path__", ()):
        full = os.path.join(folder, path)
        if os.path.exists(full):
            return full
    raise ValueError(f"Can't resolve paths relative to the module {module!r} (it has no __file__)")


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0,
             extraglobs=None, raise_on_error=False, parser=DocTestParser(), encoding=None):
    """Test the examples in a text file. TestResults(failed, attempted)."""
    import os
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    if module_relative and package is None:
        package = sys.modules[sys._getframe(1).f_globals["__name__"]]
    text, filename = _load_testfile(filename, package, module_relative, encoding or "utf-8")
    space = {} if globs is None else globs.copy()
    space.update(extraglobs or {})
    space.setdefault("__name__", "__main__")
    runner = _runner(verbose, optionflags, raise_on_error)
    runner.run(parser.get_doctest(text, space, name if name is not None else os.path.basename(filename), filename, 0))
    return _finish(runner, report)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Test the docstring of one object with these globals; only failures are shown."""
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


# ---- For unittest --------------------------------------------------------------------------------------------------------------------


def set_unittest_reportflags(flags):
    """Reporting flags for tests that have none of their own; gives what they were."""
    from _doctest_case import state
    if flags & REPORTING_FLAGS != flags:
        raise ValueError("Only reporting flags allowed", flags)
    before, state.flags = state.flags, flags
    return before


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """A unittest.TestSuite of a module's docstrings; options: setUp, tearDown, globs, optionflags, checker."""
    from _doctest_case import suite_of
    module = _module_of(module)
    finder = DocTestFinder() if test_finder is None else test_finder
    return suite_of(module, finder.find(module, globs=globs, extraglobs=extraglobs), options)


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=DocTestParser(), encoding=None, **options):
    import os
    from _doctest_case import DocFileCase
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    text, path = _load_testfile(path, package, module_relative, encoding or "utf-8")
    space = {} if globs is None else globs.copy()
    space.setdefault("__file__", path)
    return DocFileCase(parser.get_doctest(text, space, os.path.basename(path), path, 0), **options)


def DocFileSuite(*paths, **kw):
    """A unittest.TestSuite of text files; options as of DocTestSuite, and module_relative, package, parser, encoding."""
    import unittest
    suite = unittest.TestSuite()
    if kw.get("module_relative", True):
        kw["package"] = _module_of(kw.get("package"))
    for path in paths:
        suite.addTest(DocFileTest(path, **kw))
    return suite


def __getattr__(name):
    if name in ("DocTestCase", "DocFileCase", "SkipDocTestCase"):
        import _doctest_case
        return getattr(_doctest_case, name)
    if name == "pdb":
        import pdb
        return pdb
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# ---- Debugging -----------------------------------------------------------------------------------------------------------------------


def _commented(text):
    return "".join("#" + (f" {line}" if line else "") + "\n" for line in text.split("\n")[:-1])


def script_from_examples(s):
    """The examples of a text as a program; what they should show, and the text around, as comments."""
    out = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            out.append(piece.source[:-1])
            if piece.want:
                out.append("# Expected:")
                out += [f"## {line}" for line in piece.want.split("\n")[:-1]]
        else:
            out += ["#" + (f" {line}" if line else "") for line in piece.split("\n")[:-1]]
    while out and out[-1] == "#":
        out.pop()
    while out and out[0] == "#":
        out.pop(0)
    return "\n".join(out) + "\n"


def testsource(module, name):
    """The examples of one docstring of a module as a program."""
    module = _module_of(module)
    found = [test for test in DocTestFinder().find(module) if test.name == name]
    if not found:
        raise ValueError(name, "not found in tests")
    return script_from_examples(found[0].docstring)


def debug_src(src, pm=False, globs=None):
    """Debug the examples of a docstring with pdb; pm: only after an exception."""
    debug_script(script_from_examples(src), pm, globs)


def debug_script(src, pm=False, globs=None):
    """Debug a program that script_from_examples has made."""
    import pdb
    space = {} if globs is None else globs.copy()
    if not pm:
        pdb.Pdb(nosigint=True).run("exec(%r)" % src, space, space)
        return
    try:
        exec(src, space, space)
    except Exception as error:
        print(error)
        debugger = pdb.Pdb(nosigint=True)
        debugger.reset()
        debugger.interaction(None, error)


def debug(module, name, pm=False):
    """Debug the examples of one docstring of a module."""
    module = _module_of(module)
    debug_script(testsource(module, name), pm, module.__dict__)


def _test():
    import argparse
    import os
    parser = argparse.ArgumentParser(description="doctest runner")
    parser.add_argument("-v", "--verbose", action="store_true", default=False, help="print very verbose output for all tests")
    parser.add_argument("-o", "--option", action="append", choices=OPTIONFLAGS_BY_NAME.keys(), default=[],
                        help="specify a doctest option flag to apply to the test run; may be specified more than once")
    parser.add_argument("-f", "--fail-fast", action="store_true", help="stop running tests after first failure")
    parser.add_argument("file", nargs="+", help="file containing the tests to run")
    args = parser.parse_args()
    options = FAIL_FAST if args.fail_fast else 0
    for option in args.option:
        options |= OPTIONFLAGS_BY_NAME[option]
    for filename in args.file:
        if filename.endswith(".py"):
            folder, name = os.path.split(filename)
            sys.path.insert(0, folder)
            module = __import__(name[:-3])
            del sys.path[0]
            failures, _ = testmod(module, verbose=args.verbose, optionflags=options)
        else:
            failures, _ = testfile(filename, module_relative=False, verbose=args.verbose, optionflags=options)
        if failures:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(_test())
