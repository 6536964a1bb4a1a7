"""pdb's commands for breakpoints."""

import bdb
import os
import sys

__name__ = "pdb" # where its names belong


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


class BreakpointCommands:
    """break, tbreak, clear, enable, disable, ignore, condition, commands."""

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
