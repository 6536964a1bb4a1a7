"""The options of `-m unittest` and unittest.main(), read and explained as CPython's argparse does."""

import sys
from collections import namedtuple

__unittest = True

Option = namedtuple("Option", "flags dest kind value metavar help", defaults=(None, None, None))

COMMON = (
    Option(("-v", "--verbose"), "verbosity", "const", 2, None, "Verbose output"),
    Option(("-q", "--quiet"), "verbosity", "const", 0, None, "Quiet output"),
    Option(("--locals",), "tb_locals", "const", True, None, "Show local variables in tracebacks"),
    Option(("--durations",), "durations", "int", None, "N", "Show the N slowest test cases (N=0 for all)"),
)
UNLESS_SET = (
    Option(("-f", "--failfast"), "failfast", "const", True, None, "Stop on first fail or error"),
    Option(("-c", "--catch"), "catchbreak", "const", True, None, "Catch Ctrl-C and display results so far"),
    Option(("-b", "--buffer"), "buffer", "const", True, None, "Buffer stdout and stderr during tests"),
    Option(("-k",), "testNamePatterns", "append", None, "TESTNAMEPATTERNS", "Only run tests which match the given substring"),
)
DISCOVER = (
    Option(("-s", "--start-directory"), "start", "text", None, "START", "Directory to start discovery ('.' default)"),
    Option(("-p", "--pattern"), "pattern", "text", None, "PATTERN", "Pattern to match tests ('test*.py' default)"),
    Option(("-t", "--top-level-directory"), "top", "text", None, "TOP",
           "Top level directory of project (defaults to start directory)"),
)
HELP = Option(("-h", "--help"), "help", "help", None, None, "show this help message and exit")
EPILOG = "For test discovery all test modules must be importable from the top level\ndirectory of the project."


class CommandLine:
    """The options of one of the commands, and the places in target where they go."""

    def __init__(self, prog, options, positional):
        self.prog = prog
        self.options = (HELP, *options)
        self.positional = positional # "tests" for all that is left, or the names of one each

    def error(self, message):
        sys.stderr.write(f"{self.usage()}{self.prog}: error: {message}\n")
        sys.exit(2)

    def _find(self, flag):
        for option in self.options:
            if flag in option.flags:
                return option
        found = [option for option in self.options for f in option.flags if flag.startswith("--") and f.startswith(flag)]
        if len(found) > 1:
            matches = ", ".join(f for option in found for f in option.flags if f.startswith(flag))
            self.error(f"ambiguous option: {flag} could match {matches}")
        return found[0] if found else None

    def _store(self, option, text, target):
        if option.kind == "int":
            try:
                text = int(text)
            except ValueError:
                self.error(f"argument {'/'.join(option.flags)}: invalid int value: {text!r}")
        if option.kind == "append":
            text = [*(getattr(target, option.dest) or ()), text if "*" in text else f"*{text}*"]
        setattr(target, option.dest, text)

    def parse(self, argv, target):
        """Read argv; gives the arguments that are no options."""
        rest, unknown, args = [], [], list(argv)
        while args:
            arg = args.pop(0)
            if arg == "--":
                rest += args
                break
            if not arg.startswith("-") or arg == "-":
                rest.append(arg)
                continue
            flag, equals, text = arg.partition("=") if arg.startswith("--") else (arg[:2], arg[2:], arg[2:])
            option = self._find(flag)
            if option is None:
                unknown.append(arg)
            elif option.kind in ("const", "help"):
                if equals and arg.startswith("--"):
                    self.error(f"argument {'/'.join(option.flags)}: ignored explicit argument {text!r}")
                if option.kind == "help":
                    target._print_help()
                    sys.exit(0)
                setattr(target, option.dest, option.value)
                if equals: # -vf is -v -f
                    args.insert(0, "-" + text)
            elif equals:
                self._store(option, text, target)
            elif args and (not args[0].startswith("-") or args[0] == "-" or args[0][1:].isdigit()):
                self._store(option, args.pop(0), target)
            else:
                self.error(f"argument {'/'.join(option.flags)}: expected one argument")
        if self.positional != "tests":
            unknown, rest = unknown + rest[len(self.positional):], rest[:len(self.positional)]
        if unknown:
            self.error("unrecognized arguments: " + " ".join(unknown))
        return rest

    def usage(self):
        """The line (or lines) that begin with usage:."""
        start = f"usage: {self.prog} "
        parts = [f"[{option.flags[0]}{' ' + option.metavar if option.metavar else ''}]" for option in self.options]
        last = ["[tests ...]"] if self.positional == "tests" else []
        line = start + " ".join(parts + last)
        if len(line) <= 78:
            return line + "\n"
        lines, line = [], start.rstrip()
        for part in parts:
            if len(line) + 1 + len(part) > 78:
                lines.append(line)
                line = " " * (len(start) - 1)
            line += " " + part
        return "\n".join([*lines, line, *(" " * len(start) + part for part in last)]) + "\n"

    def help(self):
        """The usage, and a line for each option."""
        rows = [(_short(option), option.help) for option in self.options]
        width = min(max(len(flags) for flags, _ in rows if len(flags) < 22) + 4, 24)
        if any(len(flags) > 20 for flags, _ in rows):
            width = 24
        text = self.usage() + "\n"
        if self.positional == "tests":
            text += "positional arguments:\n" + _row("tests", "a list of any number of test modules, classes and test methods.", width) + "\n"
        text += "options:\n" + "".join(_row(flags, about, width) for flags, about in rows)
        if self.positional != "tests":
            text += f"\n{EPILOG}\n"
        return text


def _short(option):
    return ", ".join(option.flags) + (" " + option.metavar if option.metavar else "")


def _row(name, about, width):
    lines, line = [], ""
    for word in about.split(" "):
        if line and len(line) + 1 + len(word) > 78 - width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    first = f"  {name}"
    if len(first) > width - 2:
        return first + "\n" + "".join(" " * width + line + "\n" for line in lines)
    return "".join((first if i == 0 else "").ljust(width) + line + "\n" for i, line in enumerate(lines))
