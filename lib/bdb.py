"""What debuggers are made of: following a program line by line, breakpoints, and when to stop."""

import fnmatch
import os
import sys

__all__ = ["BdbQuit", "Bdb", "Breakpoint"]
_GENERATOR = 0x20 | 0x80 | 0x200


class BdbQuit(Exception):
    """Ends the program that is being debugged."""


class Bdb:
    """Derive from it, with user_call, user_line, user_return and user_exception. skip: patterns of modules not to step into."""

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        self.breaks = {} # file -> list of lines
        self.fncache = {}
        self.frame_trace_lines_opcodes = {}
        self.frame_returning = None
        self.trace_opcodes = False
        self.enterframe = None
        self._load_breaks()

    def canonic(self, filename):
        """The absolute name of a file; "<...>" as it is."""
        if filename == "<" + filename[1:-1] + ">":
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
            if event in ("c_call", "c_exception", "c_return"):
                return self.trace_dispatch
            method = getattr(self, "dispatch_" + event, None)
            if method is None:
                print("bdb.Bdb.dispatch: unknown debugging event:", repr(event))
                return self.trace_dispatch
            return method(frame) if event in ("line",) else method(frame, arg)
        finally:
            self.enterframe = None

    def _go_on(self):
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def dispatch_line(self, frame):
        if self.stop_here(frame) or self.break_here(frame):
            self.user_line(frame)
            if self.quitting:
                raise BdbQuit
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        if self.botframe is None: # the first call since reset(): what is below is not debugged
            self.botframe = frame.f_back
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        if self.stopframe and frame.f_code.co_flags & _GENERATOR: # a generator that goes on
            return self.trace_dispatch
        self.user_call(frame, arg)
        return self._go_on()

    def dispatch_return(self, frame, arg):
        if self.stop_here(frame) or frame == self.returnframe:
            if self.stopframe and frame.f_code.co_flags & _GENERATOR:
                return self.trace_dispatch
            try:
                self.frame_returning = frame
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            if self.quitting:
                raise BdbQuit
            if self.stopframe is frame and self.stoplineno != -1: # `next` ended with the function
                self._set_stopinfo(None, None)
            if self.stoplineno != -1:
                self._set_caller_tracefunc(frame)
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        if self.stop_here(frame):
            # The end of a generator below is nothing to stop for when it is stepped over.
            if not (frame.f_code.co_flags & _GENERATOR and arg[0] is StopIteration and arg[2] is None):
                self.user_exception(frame, arg)
                if self.quitting:
                    raise BdbQuit
        elif self.stopframe and frame is not self.stopframe and self.stopframe.f_code.co_flags & _GENERATOR and arg[0] in (
                StopIteration, GeneratorExit):
            self.user_exception(frame, arg)
            if self.quitting:
                raise BdbQuit
        return self.trace_dispatch

    def dispatch_opcode(self, frame, arg):
        if self.stop_here(frame) or self.break_here(frame):
            self.user_opcode(frame)
            if self.quitting:
                raise BdbQuit
        return self.trace_dispatch

    # Whether to stop.

    def is_skipped_module(self, module_name):
        """Is it one of those not to step into?"""
        return module_name is not None and any(fnmatch.fnmatch(module_name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        """Is the frame one to stop in, by step, next and so on?"""
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        """Is there a breakpoint, whose conditions are met? A temporary one is then gone."""
        filename = self.canonic(frame.f_code.co_filename)
        if filename not in self.breaks:
            return False
        line = frame.f_lineno
        if line not in self.breaks[filename]:
            line = frame.f_code.co_firstlineno # one set on a function
            if line not in self.breaks[filename]:
                return False
        found, flag = effective(filename, line, frame)
        if not found:
            return False
        self.currentbp = found.number
        if flag and found.temporary:
            self.do_clear(str(found.number))
        return True

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
        if trace_opcodes != self.trace_opcodes:
            self.trace_opcodes = trace_opcodes
            frame = self.enterframe
            while frame is not None:
                frame.f_trace_opcodes = trace_opcodes
                if frame is self.botframe:
                    break
                frame = frame.f_back

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0, opcode=False):
        """Stop in stopframe (None: anywhere) from stoplineno on (-1: never), and at the return of returnframe."""
        self.stopframe, self.returnframe, self.quitting = stopframe, returnframe, False
        self.stoplineno = stoplineno
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
        """Stop before the next instruction."""
        self._set_stopinfo(None, None, opcode=True)

    def set_next(self, frame):
        """Stop at the next line of this frame, or those below it on the stack."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stop when the frame returns."""
        if frame.f_code.co_flags & _GENERATOR:
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Begin to debug, in the caller or in frame."""
        self.reset()
        frame = sys._getframe().f_back if frame is None else frame
        self.enterframe = frame
        try:
            while frame:
                frame.f_trace = self.trace_dispatch
                self.botframe = frame
                self.frame_trace_lines_opcodes[frame] = (frame.f_trace_lines, frame.f_trace_opcodes)
                frame.f_trace_lines = True
                frame = frame.f_back
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
        frame = sys._getframe().f_back
        while frame and frame is not self.botframe:
            del frame.f_trace
            frame = frame.f_back
        for frame, (lines, opcodes) in self.frame_trace_lines_opcodes.items():
            frame.f_trace_lines, frame.f_trace_opcodes = lines, opcodes
        self.frame_trace_lines_opcodes = {}

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
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return "Line %s:%d does not exist" % (filename, lineno)
        self._add_to_breaks(filename, lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        # Frames that run already are followed from now on.
        frame = self.enterframe
        while frame:
            if self.break_anywhere(frame):
                frame.f_trace = self.trace_dispatch
            if frame is self.botframe:
                break
            frame = frame.f_back
        return None

    def _load_breaks(self):
        for filename, lineno in Breakpoint.bplist.keys():
            self._add_to_breaks(filename, lineno)

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return "There are no breakpoints in %s" % filename
        if lineno not in self.breaks[filename]:
            return "There is no breakpoint at %s:%d" % (filename, lineno)
        for one in Breakpoint.bplist[filename, lineno][:]:
            one.deleteMe()
        self._prune_breaks(filename, lineno)
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
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return "There are no breakpoints in %s" % filename
        for line in self.breaks[filename]:
            for one in Breakpoint.bplist[filename, line]:
                one.deleteMe()
        del self.breaks[filename]
        return None

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return "There are no breakpoints"
        for one in Breakpoint.bpbynumber:
            if one:
                one.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """A breakpoint by its number; ValueError if there is none."""
        if not arg:
            raise ValueError("Breakpoint number expected")
        try:
            number = int(arg)
        except ValueError:
            raise ValueError("Non-numeric breakpoint number %s" % arg) from None
        try:
            found = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError("Breakpoint number %d out of range" % number) from None
        if found is None:
            raise ValueError("Breakpoint %d already deleted" % number)
        return found

    def get_break(self, filename, lineno):
        """Is there a breakpoint at this line?"""
        filename = self.canonic(filename)
        return filename in self.breaks and lineno in self.breaks[filename]

    def get_breaks(self, filename, lineno):
        """The breakpoints at this line."""
        filename = self.canonic(filename)
        return (self.get_break(filename, lineno) and Breakpoint.bplist[filename, lineno]) or []

    def get_file_breaks(self, filename):
        """The lines of a file that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """All lines with breakpoints, by file."""
        return self.breaks

    # Stacks.

    def get_stack(self, f, t):
        """([(frame, line), ...] from the outermost on, the index of the one to look at) of a frame and a traceback."""
        stack = []
        if t and t.tb_frame is f:
            t = t.tb_next
        while f is not None:
            stack.append((f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        stack.reverse()
        at = max(0, len(stack) - 1)
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        return stack, max(0, len(stack) - 1) if f is None else at

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """A frame as text: file(line)function()->value: line of source."""
        import linecache
        import reprlib
        frame, lineno = frame_lineno
        text = "%s(%r)" % (self.canonic(frame.f_code.co_filename), lineno)
        text += frame.f_code.co_name or "<lambda>"
        text += "()"
        if "__return__" in frame.f_locals:
            text += "->" + reprlib.repr(frame.f_locals["__return__"])
        if lineno is None:
            return text + f"{lprefix}Warning: lineno is None"
        line = linecache.getline(frame.f_code.co_filename, lineno, frame.f_globals)
        return text + lprefix + line.strip() if line else text

    # Running under the debugger.

    def run(self, cmd, globals=None, locals=None):
        """exec() under the debugger."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        locals = globals if locals is None else locals
        self.reset()
        if isinstance(cmd, str):
            cmd = compile(cmd, "<string>", "exec")
        sys.settrace(self.trace_dispatch)
        try:
            exec(cmd, globals, locals)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)

    def runeval(self, expr, globals=None, locals=None):
        """eval() under the debugger."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        locals = globals if locals is None else locals
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return eval(expr, globals, locals)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)

    def runctx(self, cmd, globals, locals):
        """run(cmd, globals, locals)."""
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """func(*args, **kwds) under the debugger."""
        self.reset()
        sys.settrace(self.trace_dispatch)
        result = None
        try:
            result = func(*args, **kwds)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)
        return result


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
        self.number = Breakpoint.next
        Breakpoint.next += 1
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
    if frame.f_code.co_name != b.funcname:
        return False
    if not b.func_first_executable_line:
        b.func_first_executable_line = frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """(the breakpoint to stop at, whether a temporary one is to be deleted), or (None, None)."""
    for one in Breakpoint.bplist[file, line]:
        if not one.enabled or not checkfuncname(one, frame):
            continue
        one.hits += 1
        meets, flag = True, True
        if one.cond:
            try:
                meets = eval(one.cond, frame.f_globals, frame.f_locals)
            except Exception: # what cannot be found out stops
                flag = False
                return one, flag
        if not meets:
            continue
        if one.ignore > 0:
            one.ignore -= 1
            continue
        return one, flag
    return None, None
