"""pdb's commands for moving: on the stack, and on in the program."""

import sys

from _pdb_target import Restart

__name__ = "pdb" # where its names belong


class StepCommands:
    """where, up, down, exceptions; step, next, return, until, continue, jump, run, debug, quit."""

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

                from pdb import Pdb
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
        from pdb import Pdb
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
