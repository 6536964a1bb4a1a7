"""What debuggers are made of: following a program line by line, breakpoints, and when to stop."""

import fnmatch
import os
import sys

__all__ = ["BdbQuit", "Bdb", "Breakpoint"]
_GENERATOR = 0x20 | 0x80 | 0x200
_NO_BREAKS = "There are no breakpoints"


class BdbQuit(Exception):
    """Ends the program that is being debugged."""


class Bdb:
    """Derive from it, with user_call, user_line, user_return and user_exception. skip: patterns of modules not to step into."""

    def __init__(self, skip=None):
        self.skip = {*skip} if skip else None
        self.breaks, self.fncache = {}, {} # file -> list of lines; name of a file -> its absolute name
        self.trace_opcodes, self.frame_trace_lines_opcodes = False, {} # what f_trace_lines and f_trace_opcodes of the frames were before
        self.enterframe = self.frame_returning = None # the frame of the event that is dealt with, and the one that is about to return
        self._load_breaks()

    def canonic(self, filename):
        """The absolute name of a file; "<...>" as it is."""
        if filename[:1] == "<" and filename[-1:] == ">":
            return filename
        known = self.fncache.get(filename)
        if not known:
            known = self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
        return known

    def reset(self):
        """Stop at the next line, wherever that is."""
        import linecache
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    # Events.

    def trace_dispatch(self, frame, event, arg):
        """The trace function."""
        self.enterframe = frame
        try:
            if self.quitting:
                return None
            if event == "line":
                return self.dispatch_line(frame)
            if event in ("call", "return", "exception", "opcode"):
                return getattr(self, "dispatch_" + event)(frame, arg)
            if event not in ("c_call", "c_exception", "c_return"):
                print("bdb.Bdb.dispatch: unknown debugging event:", repr(event))
            return self.trace_dispatch
        finally:
            self.enterframe = None

    def _ask(self, user_method, *args):
        """Let the user decide, and go on unless that is to quit."""
        user_method(*args)
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def _steps_over(self, frame):
        """Is it a generator, whose calls and returns are no news unless every line is?"""
        return self.stopframe and _is_generator(frame)

    def dispatch_line(self, frame):
        stops = self.stop_here(frame) or self.break_here(frame)
        return self._ask(self.user_line, frame) if stops else self.trace_dispatch

    def dispatch_opcode(self, frame, arg):
        stops = self.stop_here(frame) or self.break_here(frame)
        return self._ask(self.user_opcode, frame) if stops else self.trace_dispatch

    def dispatch_call(self, frame, arg):
        if self.botframe is None: # the first call since reset(): what is below is not debugged
            self.botframe = frame.f_back
        elif not self.stop_here(frame) and not self.break_anywhere(frame):
            return None
        elif not self._steps_over(frame):
            return self._ask(self.user_call, frame, arg)
        return self.trace_dispatch

    def dispatch_return(self, frame, arg):
        wanted = self.stop_here(frame) or frame == self.returnframe
        if not wanted or self._steps_over(frame):
            return self.trace_dispatch
        self.frame_returning = frame
        try:
            follow = self._ask(self.user_return, frame, arg)
        finally:
            self.frame_returning = None
        if self.stoplineno != -1:
            if self.stopframe is frame: # `next` ended with the function
                self._set_stopinfo(None, None)
            self._set_caller_tracefunc(frame)
        return follow

    def dispatch_exception(self, frame, arg):
        kind, _, trace = arg
        if self.stop_here(frame):
            # The end of a generator below is nothing to stop for when it is stepped over.
            wanted = kind is not StopIteration or trace is not None or not _is_generator(frame)
        else:
            wanted = kind in (StopIteration, GeneratorExit) and frame is not self.stopframe and self.stopframe and _is_generator(self.stopframe)
        return self._ask(self.user_exception, frame, arg) if wanted else self.trace_dispatch

    # Whether to stop.

    def is_skipped_module(self, module_name):
        """Is it one of those not to step into?"""
        return module_name is not None and any(fnmatch.fnmatch(module_name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        """Is the frame one to stop in, by step, next and so on?"""
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if not self.stopframe:
            return True
        return frame is self.stopframe and 0 <= self.stoplineno <= frame.f_lineno

    def break_here(self, frame):
        """Is there a breakpoint, whose conditions are met? A temporary one is then gone."""
        code = frame.f_code
        filename = self.canonic(code.co_filename)
        lines = self.breaks.get(filename, ())
        for line in frame.f_lineno, code.co_firstlineno: # the second for one set on a function
            if line in lines:
                found, flag = effective(filename, line, frame)
                break
        else:
            return False
        if found:
            self.currentbp = found.number
            if flag and found.temporary:
                self.do_clear(str(found.number))
        return bool(found)

    def do_clear(self, arg):
        """Remove a temporary breakpoint: for subclasses."""
        raise NotImplementedError("subclass of bdb must implement do_clear()")

    def break_anywhere(self, frame):
        """Is there any breakpoint in the file of the frame?"""
        return self.canonic(frame.f_code.co_filename) in self.breaks

    # For subclasses.

    def user_call(self, frame, argument_list):
        """A function that might have to be stopped in is called."""

    def user_line(self, frame):
        """Stopped before a line."""

    def user_return(self, frame, return_value):
        """Stopped before a return."""

    def user_exception(self, frame, exc_info):
        """Stopped at an exception."""

    def user_opcode(self, frame):
        """Stopped before an instruction."""

    def _set_trace_opcodes(self, trace_opcodes):
        if trace_opcodes is not self.trace_opcodes:
            self.trace_opcodes = trace_opcodes
            for frame in self._running():
                frame.f_trace_opcodes = trace_opcodes

    def _running(self):
        """The frames that are debugged, from that of the event on."""
        frame = self.enterframe
        while frame:
            yield frame
            frame = None if frame is self.botframe else frame.f_back

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0, opcode=False):
        """Stop in stopframe (None: anywhere) from stoplineno on (-1: never), and at the return of returnframe."""
        self.stopframe, self.returnframe, self.stoplineno, self.quitting = stopframe, returnframe, stoplineno, False
        self._set_trace_opcodes(opcode)

    def _set_caller_tracefunc(self, current_frame):
        caller = current_frame.f_back
        if caller and not caller.f_trace:
            caller.f_trace = self.trace_dispatch

    def set_until(self, frame, lineno=None):
        """Stop at a line that is further down, or when the frame returns."""
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stop at the next line."""
        if self.frame_returning:
            self._set_caller_tracefunc(self.frame_returning)
        self._set_stopinfo(None, None)

    def set_stepinstr(self):
        """Stop at the next instruction."""
        self._set_stopinfo(None, None, opcode=True)

    def set_next(self, frame):
        """Stop at the next line of this frame, or those below it on the stack."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stop when the frame returns."""
        stop = (frame, None, -1) if _is_generator(frame) else (frame.f_back, frame)
        self._set_stopinfo(*stop)

    def set_trace(self, frame=None):
        """Begin to debug, in the caller or in frame."""
        self.reset()
        self.enterframe = sys._getframe().f_back if frame is None else frame
        try:
            for frame in self._running():
                self.frame_trace_lines_opcodes[frame] = frame.f_trace_lines, frame.f_trace_opcodes
                frame.f_trace, frame.f_trace_lines = self.trace_dispatch, True
            self.botframe = frame
            self.set_stepinstr()
        finally:
            self.enterframe = None
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Stop at breakpoints only; without any, no more following."""
        self._set_stopinfo(self.botframe, None, -1)
        if self.breaks:
            return
        sys.settrace(None)
        follower = sys._getframe(1)
        while follower and follower is not self.botframe:
            del follower.f_trace
            follower = follower.f_back
        before, self.frame_trace_lines_opcodes = self.frame_trace_lines_opcodes, {}
        for frame, switches in before.items():
            frame.f_trace_lines, frame.f_trace_opcodes = switches

    def set_quit(self):
        """End the program: BdbQuit at the next event."""
        self.stopframe, self.returnframe, self.quitting = self.botframe, None, True
        sys.settrace(None)

    # Breakpoints: what goes wrong is given as text.

    def _add_to_breaks(self, filename, lineno):
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines.append(lineno)

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """A new breakpoint."""
        import linecache
        place = self.canonic(filename), lineno
        if not linecache.getline(*place):
            return "Line %s:%d does not exist" % place
        self._add_to_breaks(*place)
        Breakpoint(*place, temporary, cond, funcname)
        for frame in self._running(): # those that run already are followed from now on
            if self.break_anywhere(frame):
                frame.f_trace = self.trace_dispatch
        return None

    def _load_breaks(self):
        for place in Breakpoint.bplist:
            self._add_to_breaks(*place)

    def _prune_breaks(self, filename, lineno):
        """Forget a line without breakpoints, and a file without such lines."""
        lines = self.breaks[filename]
        if (filename, lineno) not in Breakpoint.bplist:
            lines.remove(lineno)
        if not lines:
            self.breaks.pop(filename)

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        file = self.canonic(filename)
        if file not in self.breaks:
            return f"{_NO_BREAKS} in {file}"
        if lineno not in self.breaks[file]:
            return "There is no breakpoint at %s:%d" % (file, lineno)
        _delete(file, lineno)
        self._prune_breaks(file, lineno)
        return None

    def clear_bpbynumber(self, arg):
        """Delete a breakpoint."""
        try:
            found = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        found.deleteMe()
        self._prune_breaks(found.file, found.line)
        return None

    def clear_all_file_breaks(self, filename):
        """Delete the breakpoints of a file."""
        file = self.canonic(filename)
        lines = self.breaks.pop(file, None)
        if lines is None:
            return f"{_NO_BREAKS} in {file}"
        for line in lines:
            _delete(file, line)
        return None

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return _NO_BREAKS
        for one in Breakpoint.bpbynumber:
            if one:
                one.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """A breakpoint by its number; ValueError if there is none."""
        trouble = "Breakpoint number expected"
        if arg:
            try:
                number = int(arg)
                if found := Breakpoint.bpbynumber[number]:
                    return found
                trouble = f"Breakpoint {number} already deleted"
            except ValueError:
                trouble = f"Non-numeric breakpoint number {arg}"
            except IndexError:
                trouble = f"Breakpoint number {number} out of range"
        raise ValueError(trouble)

    def get_break(self, filename, lineno):
        """Is there a breakpoint at this line?"""
        return lineno in self.get_file_breaks(filename)

    def get_breaks(self, filename, lineno):
        """The breakpoints at this line."""
        return Breakpoint.bplist[self.canonic(filename), lineno] if self.get_break(filename, lineno) else []

    def get_file_breaks(self, filename):
        """The lines of a file that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """All lines with breakpoints, by file."""
        return self.breaks

    # Stacks.

    def get_stack(self, f, t):
        """([(frame, line), ...] from the outermost on, the index of the one to look at) of a frame and a traceback."""
        below, frame = [], f
        while frame:
            below.insert(0, (frame, frame.f_lineno))
            if frame is self.botframe:
                break
            frame = frame.f_back
        above = []
        trace = t.tb_next if t and t.tb_frame is f else t
        while trace:
            above.append((trace.tb_frame, trace.tb_lineno))
            trace = trace.tb_next
        stack = below + above
        return stack, max(0, len(below if frame else stack) - 1)

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """A frame as text: file(line)function()->value: line of source."""
        import linecache
        import reprlib
        (frame, lineno), code = frame_lineno, frame_lineno[0].f_code
        names = frame.f_locals
        result = f"->{reprlib.repr(names['__return__'])}" if "__return__" in names else ""
        text = f"{self.canonic(code.co_filename)}({lineno!r}){code.co_name or '<lambda>'}(){result}"
        if lineno is None:
            return text + f"{lprefix}Warning: lineno is None"
        line = linecache.getline(code.co_filename, lineno, frame.f_globals)
        return text + lprefix + line.strip() if line else text

    # Running under the debugger: each in its own frame, which is the outermost one that is seen, and without a call while it is followed.

    def run(self, cmd, globals=None, locals=None):
        """exec() under the debugger."""
        code = compile(cmd, "<string>", "exec") if isinstance(cmd, str) else cmd
        names, local = _scopes(globals, locals)
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            exec(code, names, local)
        except BdbQuit:
            return None
        finally:
            sys.settrace(None)
            self.quitting = True

    def runeval(self, expr, globals=None, locals=None):
        """eval() under the debugger."""
        names, local = _scopes(globals, locals)
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return eval(expr, names, local)
        except BdbQuit:
            return None
        finally:
            sys.settrace(None)
            self.quitting = True

    def runctx(self, cmd, globals, locals):
        """run(cmd, globals, locals)."""
        self.run(cmd, globals=globals, locals=locals)

    def runcall(self, func, /, *args, **kwds):
        """func(*args, **kwds) under the debugger."""
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return func(*args, **kwds)
        except BdbQuit:
            return None
        finally:
            sys.settrace(None)
            self.quitting = True


def _scopes(globals, locals):
    """Where code runs that was given none, or only one, of these."""
    if globals is None:
        import __main__
        globals = vars(__main__)
    return globals, globals if locals is None else locals


def _is_generator(frame):
    return frame.f_code.co_flags & _GENERATOR


def _delete(file, line):
    for one in Breakpoint.bplist[file, line][:]:
        one.deleteMe()


def set_trace():
    """Debug the caller with a bare Bdb."""
    Bdb().set_trace()


class Breakpoint:
    """A place to stop at: only once if temporary, only if cond (an expression) is true, not the next `ignore` times."""

    next = 1
    bplist = {} # (file, line) -> list
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.funcname, self.func_first_executable_line = funcname, None
        self.file, self.line, self.temporary, self.cond = file, line, temporary, cond
        self.enabled, self.ignore, self.hits = True, 0, 0
        self.number, Breakpoint.next = Breakpoint.next, Breakpoint.next + 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forget all."""
        Breakpoint.next = 1
        Breakpoint.bplist = {}
        Breakpoint.bpbynumber = [None]

    def deleteMe(self):
        """Delete it from the lists."""
        place = (self.file, self.line)
        self.bpbynumber[self.number] = None
        self.bplist[place].remove(self)
        if not self.bplist[place]:
            del self.bplist[place]

    def enable(self):
        """Stop at it."""
        self.enabled = True

    def disable(self):
        """Do not stop at it."""
        self.enabled = False

    def bpprint(self, out=None):
        """Print bpformat()."""
        print(self.bpformat(), file=sys.stdout if out is None else out)

    def bpformat(self):
        """What there is to know, for lists."""
        text = "%-4dbreakpoint   %s at %s:%d" % (self.number, ("del  " if self.temporary else "keep ") + ("yes  " if self.enabled else "no   "),
                                                  self.file, self.line)
        if self.cond:
            text += f"\n\tstop only if {self.cond}"
        if self.ignore:
            text += f"\n\tignore next {self.ignore} hits"
        if self.hits:
            text += f"\n\tbreakpoint already hit {self.hits} time{'s' if self.hits > 1 else ''}"
        return text

    def __str__(self):
        return f"breakpoint {self.number} at {self.file}:{self.line}"


def checkfuncname(b, frame):
    """Is the frame where the breakpoint is? One on a function stops at its first line only."""
    if not b.funcname:
        return b.line == frame.f_lineno # not a call of a function that begins there
    if b.funcname != frame.f_code.co_name:
        return False
    b.func_first_executable_line = b.func_first_executable_line or frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """(the breakpoint to stop at, whether a temporary one is to be deleted), or (None, None)."""
    for one in Breakpoint.bplist[file, line]:
        if not one.enabled or not checkfuncname(one, frame):
            continue
        one.hits += 1
        try:
            if one.cond and not eval(one.cond, frame.f_globals, frame.f_locals):
                continue
        except Exception: # what cannot be found out stops
            return one, False
        if one.ignore <= 0:
            return one, True
        one.ignore -= 1
    return None, None
