# builtin_contents.py - which names the builtins module has, and what they are.
# SPDX-License-Identifier: MIT
import builtins


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def builtin_names():
    names = sorted(n for n in dir(builtins) if not n.startswith("_") and n not in ("copyright", "credits", "license", "exit", "quit", "help"))
    print(len(names), *names)
    for n in names:
        v = getattr(builtins, n)
        if isinstance(v, type): kind = "class"
        elif callable(v): kind = "function"
        else: kind = repr(v)
        print(n, kind, getattr(v, "__name__", ""), getattr(v, "__module__", ""), end="; ")
    print()
