# _trace_events.py - for trace_*.py: runs the functions t_* of a file under sys.settrace and prints the (event, line) pairs of each.
# SPDX-License-Identifier: MIT
import sys

QUIET = ("deco", "deco2", "run", "__enter__", "__exit__", "__init__", "__aenter__", "__aexit__")


def show(events):
    line = ""
    for i, (name, event) in enumerate(events):
        if i == 0 or name != events[i - 1][0]:
            line += ("\n" if line else "") + name + ":"
        line += " " + event
    print(line)


def trace_all(namespace):
    def tracer(frame, event, arg):
        code = frame.f_code
        if code.co_filename != file or code.co_name in QUIET:
            return None
        events.append((code.co_name, event[0] + str(frame.f_lineno - code.co_firstlineno)))
        return tracer

    for name in [n for n in namespace if n.startswith("t_")]:
        events, file = [], namespace[name].__code__.co_filename
        sys.settrace(tracer)
        namespace[name]()
        sys.settrace(None)
        print("==", name)
        show(events)
