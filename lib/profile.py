"""Counts calls and their time, with a bias that can be measured and subtracted: profile.run("main()")."""

import sys
import time
from _profile_core import Collector, Runner, Utils

__all__ = ["run", "runctx", "Profile"]


def run(statement, filename=None, sort=-1):
    """Run a statement, and print what it has called, or write it to a file."""
    return Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """As run, with these names."""
    return Utils(Profile).runctx(statement, globals, locals, filename, sort)


class _Biased(Collector):
    def __init__(self, timer, bias):
        super().__init__(timer)
        self.bias = bias

    def _add(self, entry, total, below, outermost):
        super()._add(entry, total, below, outermost)
        entry.inside -= self.bias
        if outermost:
            entry.total -= self.bias


class Profile(Runner):
    """timer: a function of seconds (time.process_time), or one that gives several numbers to add; bias: seconds to take off each call."""

    bias = 0

    def __init__(self, timer=None, bias=None):
        self.timings, self.cur, self.cmd, self.c_func_name = {}, None, "", ""
        self.bias = self.bias if bias is None else bias
        timer = time.process_time if timer is None else timer
        first = timer()
        self.timer = timer if isinstance(first, (int, float)) else lambda: sum(timer())
        self._collector = _Biased(self.timer, self.bias)

    def create_stats(self):
        """Make .stats."""
        self.snapshot_stats()

    def snapshot_stats(self):
        """Make .stats."""
        self.stats = self._collector.stats()

    def set_cmd(self, cmd):
        """Say what is being run."""
        self.cmd = cmd

    def _begin(self):
        sys.setprofile(self._collector.event)

    def _end(self):
        sys.setprofile(None)
        self._collector.finish()

    def calibrate(self, m, verbose=0):
        """The bias of this machine: seconds that a call of a function seems to take because it is counted."""
        if self.__class__ is not Profile:
            raise TypeError("Subclasses must override .calibrate().")
        saved, self.bias = self.bias, 0
        try:
            return self._calibrate(m, verbose)
        finally:
            self.bias = saved

    def _calibrate(self, m, verbose):
        def one(n):
            for _ in range(n):
                pass

        def calls(m):
            for _ in range(m):
                one(100)
        start = self.timer()
        calls(m)
        plain = self.timer() - start
        counted = Profile(self.timer, 0)
        start = self.timer()
        counted.runctx("calls(m)", {}, {"calls": calls, "m": m})
        whole = self.timer() - start
        if verbose:
            print("elapsed time without profiling =", plain)
            print("elapsed time with profiling =", whole)
        counted.snapshot_stats()
        total = reported = 0
        for (_, _, name), (_, count, inside, _, _) in counted.stats.items():
            if name in ("calls", "one"):
                total, reported = total + count, reported + inside
        if total != m + 1:
            raise ValueError("internal error: total calls = %d" % total)
        mean = (reported - plain) / 2.0 / total
        if verbose:
            print("mean stopwatch overhead per profile event =", mean)
        return mean


def main():
    from _profile_core import main as run_main
    run_main(sys.modules[__name__], "profile", runctx)


if __name__ == "__main__":
    main()
