"""The debugger: `python -m pdb script.py`, breakpoint(), pdb.post_mortem(). h lists its commands."""

import bdb
import cmd
import os
import sys

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]
line_prefix = "\n-> "


class Restart(Exception):
    """The program is to begin again."""


def find_function(funcname, filename):
    """(name, file, line) of the first function of this name in a file, or None."""
    import re
    from tokenize import open as open_source
    begin = re.compile(r"(?:async\s+)?def\s+%s(\s*\[.+\])?\s*[(]" % re.escape(funcname))
    try:
        file = open_source(filename)
    except OSError:
        return None
    with file:
        for number, line in enumerate(file, 1):
            if begin.match(line.strip()):
                return funcname, filename, number
    return None


class _ScriptTarget:
    """A file to run as __main__."""

    def __init__(self, name):
        self.path = os.path.realpath(name)
        if not os.path.exists(self.path):
            raise SystemExit(f"Error: {self.path} does not exist")
        if os.path.isdir(self.path):
            raise SystemExit(f"Error: {self.path} is a directory")
        sys.path[0] = os.path.dirname(self.path)
        self.name = name

    def code(self):
        with open(self.path, "rb") as file:
            return compile(file.read(), self.path, "exec")

    def names(self):
        return {"__name__": "__main__", "__file__": self.path, "__builtins__": __builtins__}


class _ModuleTarget:
    """A module to run as __main__."""

    def __init__(self, name):
        import importlib.util
        self.name = name
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = importlib.util.find_spec(name + ".__main__")
        if spec is None:
            raise SystemExit(f"Error: No module named {name}")
        self.spec, self.path = spec, spec.origin

    def code(self):
        return self.spec.loader.get_code(self.spec.name)

    def names(self):
        return {"__name__": "__main__", "__file__": self.path, "__package__": self.spec.parent, "__loader__": self.spec.loader,
                "__spec__": self.spec, "__builtins__": __builtins__}


class Pdb(bdb.Bdb, cmd.Cmd):
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

    def _safe_repr(self, obj, expr):
        try:
            return repr(obj)
        except Exception as error:
            return f"*** repr({expr}) failed: {self._format_exc(error)} ***"

    def _getval(self, arg):
        try:
            return eval(self._replace_convenience_variables(arg), self.curframe.f_globals, self.curframe.f_locals)
        except BaseException as error:
            self._error_exc(error)
            raise

    def _getval_except(self, arg, frame=None):
        frame = self.curframe if frame is None else frame
        try:
            return eval(arg, frame.f_globals, frame.f_locals)
        except BaseException as error:
            return _Text("** raised %s **" % self._format_exc(error))

    # Breakpoints.

    def do_commands(self, arg):
        """commands [bpnumber]

        Give a breakpoint commands that run when it is reached; `end` ends them, `silent` says not to show the place.
        """
        try:
            number = int(arg) if arg else len(bdb.Breakpoint.bpbynumber) - 1
            self.get_bpbynumber(str(number))
        except ValueError as error:
            self.error("cannot set commands: %s" % error)
            return
        self.commands_bnum = number
        self.commands[number], self.commands_doprompt[number], self.commands_silent[number] = [], True, False
        prompt, self.prompt = self.prompt, "(com) "
        self.commands_defining = True
        try:
            self.cmdloop()
        finally:
            self.commands_defining, self.prompt = False, prompt

    def do_break(self, arg, temporary=False):
        """b(reak) [ ([filename:]lineno | function) [, condition] ]

        Without an argument, list the breakpoints. Else set one at a line or at the first line of a function.
        """
        if not arg:
            if self.breaks:
                self.message("Num Type         Disp Enb   Where")
                for one in bdb.Breakpoint.bpbynumber:
                    if one:
                        self.message(one.bpformat())
            return
        where, comma, condition = arg.partition(",")
        condition = condition.strip() if comma else None
        found = self._place(where.strip())
        if found is None:
            return
        filename, line, function = found
        line = self.checkline(filename, line)
        if not line:
            return
        problem = self.set_break(filename, line, temporary, condition, function)
        if problem:
            self.error(problem)
        else:
            one = self.get_breaks(filename, line)[-1]
            self.message("Breakpoint %d at %s:%d" % (one.number, one.file, one.line))

    def _place(self, text):
        """(file, line, function) of "file:line", "line" or the name of a function; None: a message was given."""
        name, colon, line = text.rpartition(":")
        if colon:
            filename = self.lookupmodule(name.rstrip())
            if not filename:
                self.error("%r not found from sys.path" % name.rstrip())
                return None
            try:
                return filename, int(line), None
            except ValueError:
                self.error("Bad lineno: %s" % line)
                return None
        try:
            return self.defaultFile(), int(text), None
        except ValueError:
            pass
        try:
            function = eval(text, self.curframe.f_globals, self.curframe.f_locals)
            code = getattr(function, "__func__", function).__code__
            return code.co_filename, code.co_firstlineno, code.co_name
        except Exception:
            found = find_function(text, self.defaultFile())
            if found:
                return found[1], found[2], found[0]
        self.error("The specified object %r is not a function or was not found along sys.path." % text)
        return None

    def defaultFile(self):
        filename = self.curframe.f_code.co_filename
        return self.mainpyfile if filename == "<string>" and self.mainpyfile else filename

    do_b = do_break

    def do_tbreak(self, arg):
        """tbreak [ ([filename:]lineno | function) [, condition] ]

        As break, for one stop only.
        """
        self.do_break(arg, True)

    def checkline(self, filename, lineno, module_globals=None):
        """The line, if one can stop there; 0, with a message, if not."""
        import linecache
        line = linecache.getline(filename, lineno, self.curframe.f_globals if self.curframe else module_globals)
        if not line:
            self.message("End of file")
            return 0
        line = line.strip()
        if not line or line[0] == "#" or line[:3] in ('"""', "'''"):
            self.error("Blank or comment")
            return 0
        return lineno

    def lookupmodule(self, filename):
        """The path of a file, along sys.path; None: not found."""
        if os.path.isabs(filename) and os.path.exists(filename):
            return filename
        if not os.path.splitext(filename)[1]:
            filename += ".py"
        for folder in [os.path.dirname(self.mainpyfile or ""), *sys.path]:
            full = os.path.join(folder, filename)
            if os.path.exists(full):
                return self.canonic(full)
        return None

    def _each_breakpoint(self, arg):
        for text in arg.split():
            try:
                yield self.get_bpbynumber(text)
            except ValueError as error:
                self.error(error)

    def do_enable(self, arg):
        """enable bpnumber [bpnumber ...]

        Stop at these breakpoints again.
        """
        for one in self._each_breakpoint(arg):
            one.enable()
            self.message("Enabled %s" % one)

    def do_disable(self, arg):
        """disable bpnumber [bpnumber ...]

        Do not stop at these breakpoints.
        """
        for one in self._each_breakpoint(arg):
            one.disable()
            self.message("Disabled %s" % one)

    def do_condition(self, arg):
        """condition bpnumber [condition]

        Stop at a breakpoint only if an expression is true; without one, always.
        """
        number, _, condition = arg.partition(" ")
        try:
            one = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        one.cond = condition.strip() or None
        self.message("New condition set for breakpoint %d." % one.number if one.cond else "Breakpoint %d is now unconditional." % one.number)

    def do_ignore(self, arg):
        """ignore bpnumber [count]

        Do not stop at a breakpoint the next count times.
        """
        number, _, count = arg.partition(" ")
        try:
            count = int(count.strip() or 0)
            one = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        one.ignore = max(count, 0)
        if count > 0:
            times = "%d crossings" % count if count > 1 else "1 crossing"
            self.message("Will ignore next %s of breakpoint %d." % (times, one.number))
        else:
            self.message("Will stop next time breakpoint %d is reached." % one.number)

    def do_clear(self, arg):
        """cl(ear) [filename:lineno | bpnumber ...]

        Delete breakpoints; without an argument all, after a question.
        """
        if not arg:
            reply = input("Clear all breaks? ") if self.use_rawinput else (self.message("Clear all breaks? ", ""), self.stdin.readline())[1]
            if reply.strip().lower() in ("y", "yes"):
                found = [one for one in bdb.Breakpoint.bpbynumber if one]
                self.clear_all_breaks()
                for one in found:
                    self.message("Deleted %s" % one)
            return
        if ":" in arg:
            filename, _, line = arg.rpartition(":")
            try:
                line = int(line)
            except ValueError:
                self.error("Invalid line number (%s)" % line)
                return
            found = self.get_breaks(filename, line)[:]
            problem = self.clear_break(filename, line)
            if problem:
                self.error(problem)
            for one in found if not problem else ():
                self.message("Deleted %s" % one)
            return
        for one in self._each_breakpoint(arg):
            self.clear_bpbynumber(one.number)
            self.message("Deleted %s" % one)

    do_cl = do_clear

    # The stack.

    def do_where(self, arg):
        """w(here)

        Print the stack, innermost last; > is the frame that is looked at.
        """
        self.print_stack_trace()

    do_w = do_bt = do_where

    def _select_frame(self, number):
        self.curindex, self.curframe = number, self.stack[number][0]
        self.curframe_locals, self.lineno = self.curframe.f_locals, None
        self.print_stack_entry(self.stack[number])

    def _move(self, arg, sign, problem):
        end = 0 if sign < 0 else len(self.stack) - 1
        if self.curindex == end:
            self.error(problem)
            return
        try:
            count = int(arg or 1)
        except ValueError:
            self.error("Invalid frame count (%s)" % arg)
            return
        goal = end if count < 0 else self.curindex + sign * count
        self._select_frame(min(max(goal, 0), len(self.stack) - 1))

    def do_up(self, arg):
        """u(p) [count]

        Look at the frame that has called this one.
        """
        self._move(arg, -1, "Oldest frame")

    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]

        Look at the frame that this one has called.
        """
        self._move(arg, 1, "Newest frame")

    do_d = do_down

    def do_exceptions(self, arg):
        """exceptions [number]

        List chained exceptions, or look at one of them.
        """
        if not self._chained_exceptions:
            self.message("Did not find chained exceptions. To move between exceptions, pdb/post_mortem must be given an exception object "
                         "rather than a traceback.")
            return
        if not arg:
            for i, error in enumerate(self._chained_exceptions):
                self.message(f"{'>' if i == self._chained_exception_index else ' '} {i:>3} {error!r}")
            return
        try:
            number = int(arg)
        except ValueError:
            self.error("Argument must be an integer")
            return
        if not 0 <= number < len(self._chained_exceptions):
            self.error("No exception with that number")
            return
        self._chained_exception_index = number
        self.setup(None, self._chained_exceptions[number].__traceback__)
        self.print_stack_entry(self.stack[self.curindex])

    # Going on.

    def do_until(self, arg):
        """unt(il) [lineno]

        Go on to a line further down, or to the end of the frame.
        """
        line = None
        if arg:
            try:
                line = int(arg)
            except ValueError:
                self.error("Error in argument: %r" % arg)
                return
            if line <= self.curframe.f_lineno:
                self.error('"until" line number is smaller than current line number')
                return
        self.set_until(self.curframe, line)
        return 1

    do_unt = do_until

    def do_step(self, arg):
        """s(tep)

        Go on to the next line, also in a function that is called.
        """
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        """n(ext)

        Go on to the next line of this function.
        """
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_return(self, arg):
        """r(eturn)

        Go on until this function returns.
        """
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_continue(self, arg):
        """c(ont(inue))

        Go on to the next breakpoint.
        """
        if not self.nosigint:
            try:
                import signal
                Pdb._previous_sigint_handler = signal.signal(signal.SIGINT, self.sigint_handler)
            except (ImportError, ValueError): # not in the main thread
                pass
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def do_jump(self, arg):
        """j(ump) lineno

        Go on at another line of the innermost frame.
        """
        if self.curindex + 1 != len(self.stack):
            self.error("You can only jump within the bottom frame")
            return
        try:
            line = int(arg)
        except ValueError:
            self.error("The 'jump' command requires a line number")
            return
        try:
            self.curframe.f_lineno = line
            self.stack[self.curindex] = self.stack[self.curindex][0], line
            self.print_stack_entry(self.stack[self.curindex])
        except ValueError as error:
            self.error("Jump failed: %s" % error)

    do_j = do_jump

    def do_run(self, arg):
        """run [args...]

        Begin the program again.
        """
        if arg:
            import shlex
            sys.argv[1:] = shlex.split(arg)
        raise Restart

    do_restart = do_run

    def do_debug(self, arg):
        """debug code

        Debug another piece of code, with a prompt inside this one.
        """
        sys.settrace(None)
        inner = Pdb(self.completekey, self.stdin, self.stdout)
        inner.prompt, inner.use_rawinput = "(%s) " % self.prompt.strip(), self.use_rawinput
        self.message("ENTERING RECURSIVE DEBUGGER")
        try:
            sys.call_tracing(inner.run, (arg, self.curframe.f_globals, self.curframe.f_locals))
        except Exception as error:
            self._error_exc(error)
        self.message("LEAVING RECURSIVE DEBUGGER")
        sys.settrace(self.trace_dispatch)
        self.lastcmd = inner.lastcmd

    def do_quit(self, arg):
        """q(uit) | exit

        End the program.
        """
        self._user_requested_quit = True
        self.set_quit()
        return 1

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF

        The end of the input: as quit.
        """
        self.message("")
        self._user_requested_quit = True
        self.set_quit()
        return 1

    # Values.

    def do_args(self, arg):
        """a(rgs)

        Print the arguments of the function.
        """
        code = self.curframe.f_code
        count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
        names = self.curframe.f_locals
        for name in code.co_varnames[:count]:
            self.message(f"{name} = {self._safe_repr(names[name], name)}" if name in names else f"{name} = *** undefined ***")

    do_a = do_args

    def do_retval(self, arg):
        """retval

        Print what the function returns.
        """
        names = self.curframe.f_locals
        self.message(self._safe_repr(names["__return__"], "retval")) if "__return__" in names else self.error("Not yet returned!")

    do_rv = do_retval

    def _print_value(self, arg, show):
        if not arg:
            self.error("SyntaxError: invalid syntax")
            return
        try:
            value = self._getval(arg)
        except BaseException:
            return
        try:
            self.message(show(value))
        except BaseException as error:
            self._error_exc(error)

    def do_p(self, arg):
        """p expression

        Print the value of an expression.
        """
        self._print_value(arg, repr)

    def do_pp(self, arg):
        """pp expression

        Print the value of an expression, laid out by pprint.
        """
        import pprint
        self._print_value(arg, pprint.pformat)

    def do_whatis(self, arg):
        """whatis expression

        Print the type of what an expression gives.
        """
        try:
            value = self._getval(arg)
        except BaseException:
            return
        code = getattr(getattr(value, "__func__", value), "__code__", None)
        if code is not None:
            self.message(("Method %s" if hasattr(value, "__func__") else "Function %s") % code.co_name)
        elif isinstance(value, type):
            self.message("Class %s.%s" % (value.__module__, value.__qualname__))
        else:
            self.message(type(value))

    def do_display(self, arg):
        """display [expression]

        Show an expression whenever it has changed at a stop in this frame; without one, list them.
        """
        if not arg:
            shown = self.displaying.get(self.curframe, {})
            if not shown:
                self.message("No expression is being displayed")
                return
            self.message("Currently displaying:")
            for key, value in shown.items():
                self.message(f"{key}: {self._safe_repr(value, key)}")
            return
        value = self._getval_except(arg)
        self.displaying.setdefault(self.curframe, {})[arg] = value
        self.message(f"display {arg}: {self._safe_repr(value, arg)}")

    def do_undisplay(self, arg):
        """undisplay [expression]

        Show it no longer; without one, none of this frame.
        """
        if not arg:
            self.displaying.pop(self.curframe, None)
        elif self.displaying.get(self.curframe, {}).pop(arg, self) is self:
            self.error("not displaying %s" % arg)

    def do_interact(self, arg):
        """interact

        A Python prompt with the names of this frame.
        """
        import code
        names = {**self.curframe.f_globals, **self.curframe.f_locals}
        code.interact("*pdb interact start*", local=names, exitmsg="*exit from pdb interact command*")

    def do_alias(self, arg):
        """alias [name [command]]

        Give a command a name; %1, %2 are its arguments, %* all of them.
        """
        words = arg.split()
        if not words:
            for name in sorted(self.aliases):
                self.message(f"{name} = {self.aliases[name]}")
        elif len(words) == 1:
            if words[0] in self.aliases:
                self.message(f"{words[0]} = {self.aliases[words[0]]}")
            else:
                self.error(f"Unknown alias {words[0]!r}")
        else:
            self.aliases[words[0]] = " ".join(words[1:])

    def do_unalias(self, arg):
        """unalias name

        Forget an alias.
        """
        self.aliases.pop(arg.strip(), None)

    # Source.

    def do_list(self, arg):
        """l(ist) [first[, last] | .]

        Print eleven lines around the current one, then those that follow; or from first to last, or so many from first on.
        """
        import linecache
        self.lastcmd = "list"
        last = None
        if arg and arg != ".":
            try:
                if "," in arg:
                    first, last = (int(text.strip()) for text in arg.split(","))
                    if last < first:
                        last = first + last
                else:
                    first = max(1, int(arg.strip()) - 5)
            except ValueError:
                self.error("Error in argument: %r" % arg)
                return
        elif self.lineno is None or arg == ".":
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        last = first + 10 if last is None else last
        filename = self.curframe.f_code.co_filename
        lines = linecache.getlines(filename, self.curframe.f_globals)
        self._print_lines(lines[first - 1:last], first, self.get_file_breaks(filename), self.curframe)
        self.lineno = min(last, len(lines))
        if len(lines) < last:
            self.message("[EOF]")

    do_l = do_list

    def do_longlist(self, arg):
        """ll | longlist

        Print the whole source of the function.
        """
        import inspect
        try:
            lines, first = inspect.getsourcelines(self.curframe)
        except OSError as error:
            self.error(error)
            return
        self._print_lines(lines, max(first, 1), self.get_file_breaks(self.curframe.f_code.co_filename), self.curframe)

    do_ll = do_longlist

    def do_source(self, arg):
        """source expression

        Print the source of an object.
        """
        import inspect
        try:
            lines, first = inspect.getsourcelines(self._getval(arg))
        except (OSError, TypeError) as error:
            self.error(error)
            return
        except BaseException:
            return
        self._print_lines(lines, max(first, 1))

    def _print_lines(self, lines, start, breaks=(), frame=None):
        current = frame.f_lineno if frame else -1
        raised = self.tb_lineno.get(frame, -1) if frame else -1
        for number, line in enumerate(lines, start):
            text = str(number).rjust(3)
            text = text + " " if len(text) < 4 else text
            text += "B" if number in breaks else " "
            text += "->" if number == current else ">>" if number == raised else ""
            self.message(text + "\t" + line.rstrip())

    def print_stack_trace(self):
        for entry in self.stack:
            self.print_stack_entry(entry)

    def print_stack_entry(self, frame_lineno, prompt_prefix=line_prefix):
        prefix = "> " if frame_lineno[0] is self.curframe else "  "
        self.message(prefix + self.format_stack_entry(frame_lineno, prompt_prefix))

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


class _Text(str):
    """A text that is shown without quotes."""

    def __repr__(self):
        return str(self)


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
