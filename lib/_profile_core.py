"""What profile and cProfile are made of: a profile function that adds up the time of every call."""

import sys
import time


def label(code):
    """(file, line, name) of a code object, or of the text that stands for a native function."""
    if isinstance(code, str):
        return "~", 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def native_name(function):
    """How a native function is listed."""
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__name__", "?")
    if owner is None or type(owner) is type(sys):
        module = getattr(function, "__module__", None)
        return f"<built-in method {module}.{name}>" if module else f"<built-in method {name}>"
    kind = owner if isinstance(owner, type) else type(owner)
    return f"<method '{name}' of '{kind.__name__}' objects>"


class _Entry:
    """The calls of one function: all, those that were not recursive, time inside, and with what it called; by caller the same."""

    __slots__ = ("code", "calls", "primitive", "inside", "total", "depth", "callers")

    def __init__(self, code):
        self.code = code
        self.calls = self.primitive = self.depth = 0
        self.inside = self.total = 0.0
        self.callers = {}


class Collector:
    """Adds up calls while it is on. timer: a function that gives seconds (or units of `unit` seconds, if it gives ints)."""

    def __init__(self, timer=None, unit=0.0, native=True):
        self.timer = time.perf_counter if timer is None else timer
        self.unit, self.native = unit, native
        self.entries, self.stack = {}, []
        self.own = () # code of the profiler itself, which does not count

    def event(self, frame, event, arg):
        """The profile function."""
        if frame.f_code in self.own:
            return
        now = self.timer()
        if event == "call":
            self._begin(frame.f_code, now)
        elif event == "return":
            self._end(frame.f_code, now)
        elif self.native:
            if event == "c_call":
                self._begin(native_name(arg), now)
            else:
                self._end(native_name(arg), now)

    def _begin(self, code, now):
        entry = self.entries.get(code)
        if entry is None:
            entry = self.entries[code] = _Entry(code)
        entry.depth += 1
        edge = None
        if self.stack:
            edge = entry.callers.setdefault(self.stack[-1][0].code, [0, 0, 0.0, 0.0, 0])
            edge[4] += 1
        self.stack.append([entry, now, 0.0, edge])

    def _end(self, code, now):
        if not self.stack or self.stack[-1][0].code != code:
            return # it began before the profiler did
        entry, start, below, edge = self.stack.pop()
        total = now - start
        entry.depth -= 1
        self._add(entry, total, below, not entry.depth)
        if edge is not None:
            self.stack[-1][2] += total
            edge[4] -= 1
            edge[0] += 1
            edge[2] += total - below
            if not edge[4]:
                edge[1] += 1
                edge[3] += total

    def _add(self, entry, total, below, outermost):
        entry.calls += 1
        entry.inside += total - below
        if outermost:
            entry.primitive += 1
            entry.total += total

    def count(self, name):
        """A call of a native function that was not seen."""
        self._begin(name, self.timer())
        self._end(name, self.timer())

    def finish(self):
        """Calls that have not returned end now."""
        now = self.timer()
        while self.stack:
            self._end(self.stack[-1][0].code, now)

    def stats(self):
        """What pstats reads: {label: (primitive calls, calls, time inside, time in all, callers)}."""
        unit = self.unit or 1
        out = {}
        for entry in self.entries.values():
            callers = {}
            for code, (calls, primitive, inside, total, _) in entry.callers.items():
                callers[label(code)] = (calls, primitive, inside * unit, total * unit)
            if entry.calls:
                out[label(entry.code)] = (entry.primitive, entry.calls, entry.inside * unit, entry.total * unit, callers)
        return out


class Utils:
    """run and runctx of a module with a class Profile."""

    def __init__(self, profiler):
        self.profiler = profiler

    def run(self, statement, filename, sort):
        made = self.profiler()
        try:
            made.run(statement)
        except SystemExit:
            pass
        finally:
            self._show(made, filename, sort)

    def runctx(self, statement, globals, locals, filename, sort):
        made = self.profiler()
        try:
            made.runctx(statement, globals, locals)
        except SystemExit:
            pass
        finally:
            self._show(made, filename, sort)

    def _show(self, made, filename, sort):
        if filename is not None:
            made.dump_stats(filename)
        else:
            made.print_stats(sort)


class Runner:
    """What both kinds of Profile can do once they can begin, end and give stats."""

    def print_stats(self, sort=-1):
        """Print what was counted."""
        import pstats
        sort = sort if isinstance(sort, tuple) else (sort,)
        pstats.Stats(self).strip_dirs().sort_stats(*sort).print_stats()

    def dump_stats(self, file):
        """Write what was counted to a file, for pstats."""
        from _profile_file import write
        self.create_stats()
        data = bytearray()
        write(self.stats, data)
        with open(file, "wb") as out:
            out.write(data)

    def run(self, cmd):
        """exec(cmd) in __main__, counted."""
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """exec(cmd, globals, locals), counted."""
        self._begin()
        try:
            exec(cmd, globals, locals)
        finally:
            self._end()
        return self

    def runcall(self, func, /, *args, **kw):
        """func(*args, **kw), counted."""
        self._begin()
        try:
            return func(*args, **kw)
        finally:
            self._end()


def main(module, prog, run_context):
    """python -m profile or cProfile [-o FILE] [-s KEY] [-m MODULE | FILE] ARGS."""
    import argparse
    import io
    import os
    from pstats import Stats
    parser = argparse.ArgumentParser(prog=prog)
    parser.add_argument("-o", "--outfile", help="Save stats to <outfile>")
    parser.add_argument("-m", dest="module", action="store_true", help="Profile a library module", default=False)
    parser.add_argument("-s", "--sort", default=2, choices=sorted(Stats.sort_arg_dict_default), metavar="SORT",
                        help="Sort order when printing to stdout, based on pstats.Stats class")
    parser.add_argument("args", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.args:
        parser.print_usage()
        sys.exit(2)
    sys.argv[:] = options.args
    name = options.args[0]
    if options.module:
        import runpy
        code, names = "run_module(name, run_name='__main__')", {"run_module": runpy.run_module, "name": name}
    else:
        sys.path.insert(0, os.path.dirname(name))
        with io.open_code(name) as file:
            code = compile(file.read(), name, "exec")
        names = {"__file__": name, "__name__": "__main__", "__package__": None, "__cached__": None}
    try:
        run_context(code, names, None, options.outfile, options.sort)
    except BrokenPipeError as error:
        sys.stdout = None
        sys.exit(error.errno)
