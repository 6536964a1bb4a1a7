"""The program that runs tests: python -m unittest, and unittest.main() in a module of tests."""

import os
import sys

from . import loader, runner
from ._command_line import COMMON, DISCOVER, UNLESS_SET, CommandLine
from .signals import installHandler

__unittest = True

_NO_TESTS_EXITCODE = 5
_EXAMPLES = (("test_module", "run tests from test_module"), ("module.TestClass", "run tests from module.TestClass"),
             ("module.Class.test_method", "run specified test method"), ("path/to/test_file.py", "run tests from test_file.py"))
_MODULE_EXAMPLES = (("", "run default set of tests"), ("MyTestSuite", "run suite 'MyTestSuite'"),
                    ("MyTestCase.testSomething", "run MyTestCase.testSomething"),
                    ("MyTestCase", "run all 'test*' test methods"))


def _convert_name(name):
    """The module's name for the path of an existing file, and anything else as it is."""
    if not os.path.isfile(name) or not name.lower().endswith(".py"):
        return name
    if os.path.isabs(name):
        relative = os.path.relpath(name, os.getcwd())
        if os.path.isabs(relative) or relative.startswith(os.pardir):
            return name
        name = relative
    return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")


class TestProgram:
    """Reads the command line, loads tests, runs them, and exits with 0 (all succeeded), 1, or 5 (there were none)."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=loader.defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False,
                 durations=None):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        argv = sys.argv if argv is None else argv
        self.exit, self.verbosity = exit, verbosity
        self.failfast, self.catchbreak, self.buffer = failfast, catchbreak, buffer
        self.tb_locals, self.durations = tb_locals, durations
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.defaultTest = defaultTest
        self.testRunner, self.testLoader = testRunner, testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def _print_help(self):
        examples = _EXAMPLES if self.module is None else _MODULE_EXAMPLES
        commands = [f"{self.progName} {args}".rstrip() for args, _ in examples]
        width = max(map(len, commands))
        print(self._main_parser.help())
        print("Examples:")
        for command, (_, about) in zip(commands, examples):
            print(f"  {command:{width}}  - {about}")
        if self.module is None:
            print()
            print(self._discovery_parser.help(), end="")
        else:
            print(" " * (width + 8) + "in MyTestCase\n")

    def _initArgParsers(self):
        options = list(COMMON)
        for option in UNLESS_SET: # what the program was given as an argument is no option
            if getattr(self, option.dest) is None:
                options.append(option)
                setattr(self, option.dest, [] if option.kind == "append" else False)
        self._main_parser = CommandLine(self.progName, options, "tests")
        self._discovery_parser = CommandLine(f"{self.progName} discover", [*options, *DISCOVER], ("start", "pattern", "top"))

    def parseArgs(self, argv):
        """Read argv, and load the tests."""
        self._initArgParsers()
        if self.module is None and len(argv) > 1 and argv[1].lower() == "discover":
            self._do_discovery(argv[2:])
            return
        self.tests = self._main_parser.parse(argv[1:], self)
        if self.module is None and not self.tests:
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = [_convert_name(name) for name in self.tests]
        elif self.defaultTest is None:
            self.testNames = None
        else:
            self.testNames = (self.defaultTest,) if isinstance(self.defaultTest, str) else list(self.defaultTest)
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        """Load the tests that the command line names."""
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            test_loader = self.testLoader if Loader is None else Loader()
            self.test = test_loader.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = ".", "test*.py", None
        if argv is not None:
            if self._discovery_parser is None:
                self._initArgParsers()
            rest = self._discovery_parser.parse(argv, self)
            for name, value in zip(self._discovery_parser.positional, rest):
                setattr(self, name, value)
        self.createTests(from_discovery=True, Loader=Loader)

    def _make_runner(self):
        if not isinstance(self.testRunner, type):
            return self.testRunner
        options = {"verbosity": self.verbosity, "failfast": self.failfast, "buffer": self.buffer, "warnings": self.warnings}
        for extra in ({"tb_locals": self.tb_locals, "durations": self.durations}, {"tb_locals": self.tb_locals}, {}):
            try:
                return self.testRunner(**options, **extra)
            except TypeError: # a runner that knows fewer options
                pass
        return self.testRunner()

    def runTests(self):
        """Run the tests, and exit unless exit is false."""
        if self.catchbreak:
            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        self.result = self._make_runner().run(self.test)
        if not self.exit:
            return
        if self.result.testsRun == 0 and not self.result.skipped:
            sys.exit(_NO_TESTS_EXITCODE)
        sys.exit(0 if self.result.wasSuccessful() else 1)


main = TestProgram
