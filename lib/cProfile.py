"""Counts calls and their time: cProfile.run("main()"), or a Profile as a context."""

import sys
from _profile_core import Collector, Runner, Utils

__all__ = ["run", "runctx", "Profile"]


def run(statement, filename=None, sort=-1):
    """Run a statement, and print what it has called, or write it to a file."""
    return Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """As run, with these names."""
    return Utils(Profile).runctx(statement, globals, locals, filename, sort)


class Profile(Runner):
    """Counts between enable() and disable(), or in `with`. timer: a function of seconds; builtins: native functions as well."""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._subcalls = subcalls
        self._new = lambda native: Collector(timer, timeunit, native)
        self._collector = self._new(builtins)
        self._on = False

    def enable(self, subcalls=True, builtins=True):
        """Begin to count."""
        if sys.getprofile() is not None and not self._on:
            raise ValueError("Another profiling tool is already active")
        self._collector.native, self._collector.own = builtins, _own()
        self._on = True
        sys.setprofile(self._collector.event)

    def disable(self):
        """Stop counting."""
        if self._on:
            sys.setprofile(None)
            self._on = False
            self._collector.count(_DISABLE)
            self._collector.finish()

    def clear(self):
        """Forget what was counted."""
        self._collector.entries.clear()
        self._collector.stack.clear()

    def getstats(self):
        """What was counted as a list of entries: code, callcount, reccallcount, totaltime, inlinetime, calls."""
        from collections import namedtuple
        entry = namedtuple("profiler_entry", "code callcount reccallcount totaltime inlinetime calls")
        below = namedtuple("profiler_subentry", "code callcount reccallcount totaltime inlinetime")
        calls = {}
        for one in self._collector.entries.values():
            for code, (count, primitive, inside, total, _) in one.callers.items():
                calls.setdefault(code, []).append(below(one.code, count, count - primitive, total, inside))
        return [entry(one.code, one.calls, one.calls - one.primitive, one.total, one.inside, calls.get(one.code))
                for one in self._collector.entries.values() if one.calls]

    def create_stats(self):
        """Stop, and make .stats."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Make .stats."""
        self.stats = self._collector.stats()

    def _begin(self):
        self.enable()

    def _end(self):
        self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


_DISABLE = "<method 'disable' of '_lsprof.Profiler' objects>" # under this name pstats lists it for CPython


def _own():
    return {value.__code__ for cls in (Runner, Profile) for value in vars(cls).values() if hasattr(value, "__code__")}


def main():
    from _profile_core import main as run_main
    run_main(sys.modules[__name__], "cProfile", runctx)


if __name__ == "__main__":
    main()
