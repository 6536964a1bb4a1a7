# doctest_examples.py - doctest: parsing, running, comparing, reporting; code, codeop, cmd and timeit beside it.
# SPDX-License-Identifier: MIT
"""
>>> 1 + 1
2
>>> print("a\\n\\nb")
a
<BLANKLINE>
b
>>> 1 / 0
Traceback (most recent call last):
ZeroDivisionError: division by zero
>>> range(20) # doctest: +ELLIPSIS
range(0, ...)
>>> print("a   b") # doctest: +NORMALIZE_WHITESPACE
a b
>>> for i in range(2):
...     print(i)
0
1
>>> raise SystemExit # doctest: +SKIP
"""
__file__ = "doctest_examples.py"  # what is printed does not depend on where it is
import cmd
import code
import codeop
import contextlib
import doctest
import io
import sys
import timeit
import types
import unittest


def good():
    """
    >>> good()
    1
    """
    return 1


class Holder:
    """
    >>> Holder.__name__
    'Holder'
    """

    def bad(self):
        """
        >>> 1 + 1
        3
        >>> print("x\\ny\\nz")
        x
        q
        z
        """


print(doctest.testmod())
print(doctest.testmod(verbose=True, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE))
for flags in (doctest.REPORT_UDIFF, doctest.REPORT_NDIFF, doctest.FAIL_FAST):
    runner = doctest.DocTestRunner(optionflags=flags, verbose=False)
    for test in doctest.DocTestFinder().find(Holder.bad, "bad", globs={}):
        lines = []
        print(runner.run(test, out=lines.append))
        print("".join(line for line in "".join(lines).splitlines(True) if not line.startswith(("File", "    Trace", "      File", "        "))))
print([test.name for test in doctest.DocTestFinder().find(Holder)], doctest.DocTestFinder(exclude_empty=False).find(good)[0])
parser = doctest.DocTestParser()
for example in parser.get_examples("x\n  >>> a = (1,\n  ...  2)\n  >>> a\n  (1, 2)\n\n  >>> b # doctest: +ELLIPSIS, -SKIP\n"):
    print(repr(example.source), repr(example.want), example.lineno, example.indent, example.options)
for text in (">>>1", ">>> 1\n...2", "  >>> 1\n x", ">>> 1 # doctest: +NOTHING"):
    try:
        print(parser.parse(text))
    except ValueError as error:
        print("ValueError", error)
checker = doctest.OutputChecker()
for want, got, flags in (("1\n", "True\n", 0), ("1\n", "True\n", doctest.DONT_ACCEPT_TRUE_FOR_1), ("a...c", "abbc", doctest.ELLIPSIS), ("a...ab", "ab", doctest.ELLIPSIS),
                         ("<BLANKLINE>\n", "\n", 0), ("a  b", "a b", doctest.NORMALIZE_WHITESPACE)):
    print(checker.check_output(want, got, flags), end=" ")
print(doctest.script_from_examples("Text.\n>>> a\n1\n>>> b\nmore"))
module = types.ModuleType("m", ">>> 1\n1\n>>> 2\n3\n")
result = unittest.TestResult()
doctest.DocTestSuite(module, test_finder=doctest.DocTestFinder()).run(result) if hasattr(module, "__file__") else None
print(result.testsRun, doctest.set_unittest_reportflags(0), doctest.TestResults(1, 2), doctest.TestResults(1, 2, skipped=3))
try:
    doctest.DebugRunner(verbose=False).run(parser.get_doctest(">>> 1\n2\n", {}, "n", "f", 0))
except doctest.DocTestFailure as failure:
    print(repr(failure.got), failure.example.want, failure.test)

# codeop and code.
for source in ("if 1:", "if 1:\n  x\n", "x = 1", "(1,", "", "# c", "x = 1 1", "'abc", "\"\"\"abc", "def f():", "a\\", "1\n"):
    try:
        print(repr(source), codeop.compile_command(source) and "code")
    except SyntaxError as error:
        print(repr(source), "SyntaxError", error.msg)
print(codeop.compile_command("1", symbol="eval").co_filename, codeop.CommandCompiler()("x = 1") is not None)
lines = iter(["x = 1", "if x:", "    print('in', x)", "", "1/0", "x y", "y"])


def read(prompt):
    print(prompt, end="|")
    try:
        return next(lines)
    except StopIteration:
        raise EOFError


with contextlib.redirect_stderr(sys.stdout):
    code.interact("banner", read, {}, "bye")

# cmd.


class Shell(cmd.Cmd):
    prompt = "$ "
    intro = "hello"
    use_rawinput = False
    def do_add(self, line):
        "Add numbers."
        print(sum(map(int, line.split())), file=self.stdout)
    def do_quit(self, line): return True
    def help_topic(self): self.stdout.write("about\n")


out = io.StringIO()
Shell(stdin=io.StringIO("add 1 2\n\nnothing\nhelp\nhelp add\n?topic\n? none\nEOF\nquit\n"), stdout=out).cmdloop()
print(out.getvalue())
Shell().columnize([str(i) * (i % 5) for i in range(1, 40)], 40)
print(Shell().parseline("a1 b c"), Shell().parseline("!x"), Shell().completenames("a"))

# timeit.
print(timeit.timeit("x += 1", "x = 0", number=10, timer=iter(range(100)).__next__), timeit.repeat(lambda: 0, number=2, repeat=3, timer=iter(range(100)).__next__))
print(timeit.Timer("pass", timer=lambda c=iter(range(0, 10**6, 7)): next(c)).autorange())
try:
    timeit.Timer(3)
except ValueError as error:
    print(error)
