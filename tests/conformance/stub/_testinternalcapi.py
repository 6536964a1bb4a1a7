"""CPython's _testinternalcapi, as far as Krait has it: see _helper_stub."""

import sys

import _helper_stub

if _helper_stub.in_c("_krait_testmore") is not None:
    from _krait_testmore import has_inline_values

__getattr__ = _helper_stub.skipping("_testinternalcapi")


def get_config():
    """The one setting that test.support asks for: code has columns."""
    return {"code_debug_ranges": 1}


def get_recursion_depth():
    """How many frames there are, of which sys.setrecursionlimit() sets the limit."""
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def suppress_immortalization(suppress):
    """Nothing in Krait lives for ever because a thread looked at it: there is nothing to suppress."""
