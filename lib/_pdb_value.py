"""pdb's commands for values and source."""

__name__ = "pdb" # where its names belong
line_prefix = "\n-> "


class _Text(str):
    """A text that is shown without quotes."""

    def __repr__(self):
        return str(self)


class ValueCommands:
    """p, pp, args, retval, whatis, display, interact, alias; list, longlist, source."""

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
