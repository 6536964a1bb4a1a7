# Modules that import each other, or themselves while they start.
import _cycle.a

try:
    import _cycle.c
except ImportError as e:
    print(type(e).__name__, e.name)
import _cycle.endless

try:
    _cycle.endless.f()
except RecursionError:
    print("RecursionError")


def again(n):
    import sys

    sys.modules.pop("_cycle.quiet", None)
    import _cycle.quiet

    return again(n + 1)


try:
    again(0)
except RecursionError:
    print("RecursionError again")
