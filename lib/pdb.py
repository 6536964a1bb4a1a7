"""The debugger: `python -m pdb script.py`, breakpoint(), pdb.post_mortem(). h lists its commands."""

import bdb
import cmd
import os
import sys

from _pdb_breakpoint import BreakpointCommands, find_function
from _pdb_step import StepCommands
from _pdb_target import Restart, _ModuleTarget, _ScriptTarget
from _pdb_value import ValueCommands, line_prefix

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]


class Pdb(BreakpointCommands, StepCommands, ValueCommands, bdb.Bdb, cmd.Cmd):
    """The debugger's prompt. Lines that are no commands are Python, run in the frame that is looked at."""

    _previous_sigint_handler = None
    commands_resuming = ["do_continue", "do_step", "do_next", "do_return", "do_until", "do_quit", "do_jump"]

    def __init__(self, completekey="tab", stdin=None, stdout=None, skip=None, nosigint=False, readrc=True):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdout:
            self.use_rawinput = 0
        self.prompt = "(Pdb) "
        self.aliases, self.displaying = {}, {}
        self.mainpyfile, self._wait_for_mainpyfile, self.tb_lineno = "", False, {}
        self.nosigint, self.allow_kbdint = nosigint, False
        self.commands_bnum, self.commands, self.commands_doprompt, self.commands_silent = None, {}, {}, {}
        self.commands_defining = False
        self.rcLines = self._read_rc() if readrc else []
        self._chained_exceptions, self._chained_exception_index = (), 0
        self.forget()

    def _read_rc(self):
        lines = []
        for path in (os.path.expanduser("~/.pdbrc"), ".pdbrc"):
            try:
                with open(path, encoding="utf-8") as file:
                    lines.extend(file)
            except OSError:
                pass
        return lines

    def sigint_handler(self, signum, frame):
        if self.allow_kbdint:
            raise KeyboardInterrupt
        self.message("\nProgram interrupted. (Use 'cont' to resume).")
        self.set_step()
        self.set_trace(frame)

    def set_trace(self, frame=None, *, commands=None):
        if frame is None:
            frame = sys._getframe().f_back
        if commands is not None:
            self.rcLines.extend(commands)
        super().set_trace(frame)

    def reset(self):
        bdb.Bdb.reset(self)
        self.forget()

    def forget(self):
        self.lineno, self.stack, self.curindex, self.curframe = None, [], 0, None
        self.tb_lineno.clear()

    def setup(self, f, tb):
        """Look at a frame, or at where a traceback ends."""
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = tb.tb_lineno
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        self.curframe_locals = self.curframe.f_locals
        if self._chained_exceptions:
            self.set_convenience_variable(self.curframe, "_exception", self._chained_exceptions[self._chained_exception_index])
        if self.rcLines:
            self.cmdqueue = [line for line in self.rcLines if line.strip() and not line.strip().startswith("#")]
            self.rcLines = []

    # Events.

    def user_call(self, frame, argument_list):
        if self._wait_for_mainpyfile:
            return
        if self.stop_here(frame):
            self.message("--Call--")
            self.interaction(frame, None)

    def user_line(self, frame):
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        self.trace_opcodes = False
        if self.bp_commands(frame):
            self.interaction(frame, None)

    user_opcode = user_line

    def bp_commands(self, frame):
        """Run the commands of a breakpoint; whether to stop then."""
        if not getattr(self, "currentbp", False) or self.currentbp not in self.commands:
            return True
        number, self.currentbp = self.currentbp, 0
        before = self.lastcmd
        self.setup(frame, None)
        for line in self.commands[number]:
            self.onecmd(line)
        self.lastcmd = before
        if not self.commands_silent.get(number):
            self.print_stack_entry(self.stack[self.curindex])
        if self.commands_doprompt.get(number, True):
            self._cmdloop()
        self.forget()
        return False

    def user_return(self, frame, return_value):
        if self._wait_for_mainpyfile:
            return
        frame.f_locals["__return__"] = return_value
        self.set_convenience_variable(frame, "_retval", return_value)
        self.message("--Return--")
        self.interaction(frame, None)

    def user_exception(self, frame, exc_info):
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        frame.f_locals["__exception__"] = kind, value
        self.set_convenience_variable(frame, "_exception", value)
        inside = "Internal " if not tb and kind is StopIteration else ""
        self.message(f"{inside}{self._format_exc(value)}")
        self.interaction(frame, tb)

    def _format_exc(self, error):
        import traceback
        return traceback.format_exception_only(error)[-1].strip()

    def _cmdloop(self):
        while True:
            try:
                self.allow_kbdint = True
                self.cmdloop()
                self.allow_kbdint = False
                return
            except KeyboardInterrupt:
                self.message("--KeyboardInterrupt--")

    def interaction(self, frame, tb_or_exc):
        """Stop: show where, and read commands."""
        if isinstance(tb_or_exc, BaseException):
            chain, error = [], tb_or_exc
            while error is not None and error not in chain:
                chain.append(error)
                error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
            self._chained_exceptions = tuple(reversed(chain))
            self._chained_exception_index = len(chain) - 1
            tb = tb_or_exc.__traceback__
            if tb is None:
                self.message("A valid traceback must be passed if no exception is being handled")
                return
        else:
            tb = tb_or_exc
        self.setup(frame, tb)
        self.print_stack_entry(self.stack[self.curindex])
        for expression, old in self.displaying.get(self.curframe, {}).items():
            self._show_display(expression, old)
        self._cmdloop()
        self.forget()
        self._chained_exceptions = ()

    def _show_display(self, expression, old):
        new = self._getval_except(expression)
        if new is not old and new != old:
            self.displaying[self.curframe][expression] = new
            self.message(f"display {expression}: {self._safe_repr(new, expression)}  [old: {self._safe_repr(old, expression)}]")

    def displayhook(self, obj):
        if obj is not None:
            self.message(repr(obj))

    def default(self, line):
        if line[:1] == "!":
            line = line[1:].strip()
        names, space = self.curframe.f_locals, self.curframe.f_globals
        line = self._replace_convenience_variables(line)
        try:
            code = self._read_statement(line)
            if code is None:
                return
            stdin, stdout, hook = sys.stdin, sys.stdout, sys.displayhook
            try:
                sys.stdin, sys.stdout, sys.displayhook = self.stdin, self.stdout, self.displayhook
                exec(code, space, names)
            finally:
                sys.stdin, sys.stdout, sys.displayhook = stdin, stdout, hook
        except BaseException as error:
            self._error_exc(error)

    def _read_statement(self, line):
        """The code of a line, and of those that go on with it."""
        import codeop
        text = line + "\n"
        code = codeop.compile_command(text, "<stdin>", "single")
        while code is None:
            if self.use_rawinput:
                try:
                    more = input("...   ")
                except (EOFError, KeyboardInterrupt):
                    return None
            else:
                self.stdout.write("...   ")
                self.stdout.flush()
                more = self.stdin.readline()
                if not more:
                    return None
                more = more.rstrip("\r\n")
            text += more + "\n"
            code = codeop.compile_command(text, "<stdin>", "single")
        return code

    def _replace_convenience_variables(self, line):
        if "$" not in line:
            return line
        import io
        import tokenize
        out, before = line, []
        for match in tokenize.generate_tokens(io.StringIO(line).readline):
            before.append(match)
        for dollar, name in reversed(list(zip(before, before[1:]))):
            if dollar.string == "$" and name.type == tokenize.NAME and dollar.end == name.start:
                out = out[:dollar.start[1]] + f'__pdb_convenience_variables["{name.string}"]' + out[name.end[1]:]
        return out

    def set_convenience_variable(self, frame, name, value):
        """A value that commands reach as $name."""
        frame.f_globals.setdefault("__pdb_convenience_variables", {})[name] = value

    def precmd(self, line):
        if not line.strip():
            return line
        words = line.split()
        while words[0] in self.aliases:
            line = self.aliases[words[0]]
            for i, word in enumerate(words[1:], 1):
                line = line.replace("%" + str(i), word)
            line = line.replace("%*", " ".join(words[1:]))
            words = line.split()
        if words[0] != "alias":
            at = line.find(";;")
            if at >= 0:
                self.cmdqueue.insert(0, line[at + 2:].lstrip())
                line = line[:at].rstrip()
        return line

    def onecmd(self, line):
        if not self.commands_defining:
            return cmd.Cmd.onecmd(self, line)
        return self.handle_command_def(line)

    def handle_command_def(self, line):
        """A line of the commands of a breakpoint; true at their end."""
        name, rest, line = self.parseline(line)
        number = self.commands_bnum
        if name == "silent":
            self.commands_silent[number] = True
            return False
        if name == "end":
            return True
        self.commands[number].append(f"{name} {rest}".strip() if rest and name else (name or line))
        if getattr(getattr(self, "do_" + (name or ""), None), "__name__", "") in self.commands_resuming:
            self.commands_doprompt[number] = False
            return True
        return False

    # Output.

    def message(self, msg, end="\n"):
        print(msg, end=end, file=self.stdout)

    def error(self, msg):
        print("***", msg, file=self.stdout)

    def _error_exc(self, error):
        self.error(self._format_exc(error))

    # Help.

    def do_help(self, arg):
        """h(elp) [command]

        List the commands, or tell about one.
        """
        if not arg:
            return cmd.Cmd.do_help(self, arg)
        command = getattr(self, "do_" + arg, None)
        helper = getattr(self, "help_" + arg, None)
        if helper:
            return helper()
        if command is None:
            self.error("No help for %r" % arg)
            return
        import inspect
        lines = (inspect.getdoc(command) or "").strip().split("\n")
        self.message("Usage: " + lines[0] + "\n" + "\n".join("        " + line if line else "" for line in lines[2:]) if len(lines) > 2 else lines[0])

    do_h = do_help

    def help_exec(self):
        """(!) statement

        Run a line of Python in the frame that is looked at; ! is needed where it begins as a command does.
        """
        self.message((self.help_exec.__doc__ or "").strip())

    def help_pdb(self):
        help()

    # Programs.

    def _run(self, target):
        self._wait_for_mainpyfile = True
        self._user_requested_quit = False
        self.mainpyfile = self.canonic(target.path)
        import __main__
        __main__.__dict__.clear()
        __main__.__dict__.update(target.names())
        self.run(target.code(), __main__.__dict__)


def run(statement, globals=None, locals=None):
    """Debug a statement."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """Debug an expression; gives its value."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    """run(statement, globals, locals)."""
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Debug a call of a function; gives what it returns."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None, commands=None):
    """Stop here."""
    pdb = Pdb()
    if header is not None:
        pdb.message(header)
    pdb.set_trace(sys._getframe().f_back, commands=commands)


def post_mortem(t=None):
    """Look at where an exception (or a traceback; None: that which is being handled) came from."""
    if t is None:
        t = sys.exception()
        if t is None:
            raise ValueError("A valid traceback must be passed if no exception is being handled")
    pdb = Pdb()
    pdb.reset()
    pdb.interaction(None, t)


def pm():
    """Look at where the last exception that nobody caught came from."""
    if hasattr(sys, "last_exc"):
        post_mortem(sys.last_exc)
    else:
        post_mortem(sys.last_traceback)


def help():
    """Print this module's docstring and the commands."""
    print(__doc__)
    Pdb(readrc=False).do_help("")


_usage = """usage: python -m pdb [-c command] ... [-m module | pyfile] [arg] ...

Debug a program. -c: a command, as if it stood in .pdbrc. -m: a module instead of a file."""


def main():
    import getopt
    options, args = getopt.getopt(sys.argv[1:], "mhc:", ["help", "command="])
    flags = [option for option, _ in options]
    if any(flag in ("-h", "--help") for flag in flags) or not args:
        print(_usage)
        sys.exit(0 if flags else 2)
    commands = [value for option, value in options if option in ("-c", "--command")]
    target = (_ModuleTarget if "-m" in flags else _ScriptTarget)(args[0])
    sys.argv[:] = args
    pdb = Pdb()
    pdb.rcLines.extend(commands)
    while True:
        try:
            pdb._run(target)
            if pdb._user_requested_quit:
                break
            print("The program finished and will be restarted")
        except Restart:
            print("Restarting", target.name, "with arguments:")
            print("\t" + " ".join(sys.argv[1:]))
        except SystemExit as error:
            print("The program exited via sys.exit(). Exit status:", error)
        except SyntaxError:
            import traceback
            traceback.print_exc()
            sys.exit(1)
        except BaseException as error:
            import traceback
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            pdb.interaction(None, error)
            print("Post mortem debugger finished. The " + target.name + " will be restarted")
        if pdb._user_requested_quit:
            break


if __name__ == "__main__":
    import pdb
    pdb.main()
