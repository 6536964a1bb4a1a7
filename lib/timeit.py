"""Times small pieces of code: `python -m timeit "sum(range(100))"`, or timeit.timeit(statement)."""

import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
dummy_src_name = "<timeit-src>"
_TEMPLATE = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""
_globals = globals


def reindent(src, indent):
    """Let the lines after the first begin further right."""
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Times a statement (source, or a callable) after a setup; timer: a function that gives seconds."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = _globals() if globals is None else globals
        local, init = {}, ""
        if isinstance(setup, str):
            compile(setup, dummy_src_name, "exec") # alone first, for errors in it
            prefix, setup = setup + "\n", reindent(setup, 4)
        elif callable(setup):
            local["_setup"], init, prefix, setup = setup, init + ", _setup=_setup", "", "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(prefix + stmt, dummy_src_name, "exec")
            stmt = reindent(stmt, 8)
        elif callable(stmt):
            local["_stmt"], init, stmt = stmt, init + ", _stmt=_stmt", "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = _TEMPLATE.format(stmt=stmt, setup=setup, init=init)
        exec(compile(self.src, dummy_src_name, "exec"), names, local)
        self.inner = local["inner"]

    def print_exc(self, file=None):
        """Print the exception that is being handled, with lines of the code that is timed."""
        import linecache
        import traceback
        if self.src is not None:
            linecache.cache[dummy_src_name] = len(self.src), None, self.src.split("\n"), dummy_src_name
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds that number runs of the statement take; without garbage collections in between."""
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """A list of several timings; look at the least."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, seconds): as many runs as take 0.2 s at least; numbers go 1, 2, 5, 10, 20, 50 and so on."""
        scale = 1
        while True:
            for factor in (1, 2, 5):
                number = scale * factor
                seconds = self.timeit(number)
                if callback:
                    callback(number, seconds)
                if seconds >= 0.2:
                    return number, seconds
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """Seconds that number runs of a statement take."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """A list of several timings of a statement."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_USAGE = """Times small pieces of code.

python -m timeit [-n N] [-r N] [-s S] [-p] [-h] [--] [statement]
  -n/--number N: how many times to execute 'statement' (default: as many as take 0.2 s)
  -r/--repeat N: how many times to repeat the timer (default 5)
  -s/--setup S: statement to be executed once initially (default 'pass')
  -p/--process: use time.process_time() (default is time.perf_counter())
  -v/--verbose: print raw timing results; repeat for more digits precision
  -u/--unit: set the output time unit (nsec, usec, msec, or sec)
"""


def main(args=None, *, _wrap_timer=None):
    """The command; gives its exit status, None for success."""
    import getopt
    import os
    args = sys.argv[1:] if args is None else args
    try:
        options, args = getopt.getopt(args, "n:u:s:r:pvh", ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"])
    except getopt.error as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    timer, number, setup, times, verbose, unit = default_timer, 0, [], default_repeat, 0, None
    units = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}
    for option, value in options:
        if option in ("-n", "--number"):
            number = int(value)
        elif option in ("-s", "--setup"):
            setup.append(value)
        elif option in ("-u", "--unit"):
            if value not in units:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                return 2
            unit = value
        elif option in ("-r", "--repeat"):
            times = max(int(value), 1)
        elif option in ("-p", "--process"):
            timer = time.process_time
        elif option in ("-v", "--verbose"):
            verbose += 1
        elif option in ("-h", "--help"):
            print(_USAGE, end="")
            return 0
    sys.path.insert(0, os.curdir)
    if _wrap_timer is not None:
        timer = _wrap_timer(timer)
    t = Timer("\n".join(args) or "pass", "\n".join(setup) or "pass", timer)
    return _report(t, number, times, verbose, unit, units)


def _report(t, number, times, verbose, unit, units):
    precision = 3 + max(verbose - 1, 0)

    def shown(seconds):
        name = unit or next((n for n, s in sorted(units.items(), key=lambda pair: -pair[1]) if seconds >= s), "nsec")
        return "%.*g %s" % (precision, seconds / units[name], name)

    def progress(count, seconds):
        print(f"{count} loop{'' if count == 1 else 's'} -> {seconds:.{precision}g} secs")
    try:
        if not number:
            number, _ = t.autorange(progress if verbose else None)
            if verbose:
                print()
        raw = t.repeat(times, number)
    except:
        t.print_exc()
        return 1
    if verbose:
        print("raw times: %s" % ", ".join(map(shown, raw)))
        print()
    timings = [seconds / number for seconds in raw]
    best, worst = min(timings), max(timings)
    print("%d loop%s, best of %d: %s per loop" % (number, "" if number == 1 else "s", times, shown(best)))
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(f"The test results are likely unreliable. The worst time ({shown(worst)}) was more than four times "
                               f"slower than the best time ({shown(best)}).", UserWarning, "", 0)
    return None


if __name__ == "__main__":
    sys.exit(main())
