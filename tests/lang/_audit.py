# _audit.py - for sys_audit_*.py: calls of functions, with the audit events that they raise.
# SPDX-License-Identifier: MIT
import sys

on = False


def hook(event, args):
    if on and event not in ("import", "exec"):
        print("   ", event, [a if isinstance(a, (str, bytes, int, tuple, dict)) or a is None else type(a).__name__ for a in args])


sys.addaudithook(hook)


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def show(function, *args, **named):
    global on
    print(getattr(function, "__name__", "call"), *[repr(a) if isinstance(a, (str, bytes, int, float)) else type(a).__name__ for a in args])
    on = True
    try:
        function(*args, **named)
        on = False
    except Exception as e:
        on = False
        print("   ", type(e).__name__, e)
