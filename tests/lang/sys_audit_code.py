# sys_audit_code.py - audit events of attributes that say how code works.
# SPDX-License-Identifier: MIT
import gc
import sys

import _audit
from _audit import show


class C:
    pass


class D:
    pass


def f():
    pass


async def co():
    yield


def generator():
    yield


def refused():
    try:
        1 / 0
    except ZeroDivisionError as e:
        tb = e.__traceback__
        _audit.on = True
        tb.tb_frame.f_code
        _audit.on = False


o, g, c = C(), generator(), co()
refused()
show(setattr, o, "__class__", D)
show(setattr, o, "x", 1)
show(setattr, D, "x", 1)
show(setattr, D, "__name__", "E")
show(setattr, D, "__qualname__", "E")
show(setattr, D, "__module__", "m")
show(delattr, D, "__name__")
show(setattr, D, "__bases__", 3)
show(setattr, f, "__code__", (lambda: 1).__code__)
show(setattr, f, "__code__", 1)
show(setattr, f, "__defaults__", (1,))
show(setattr, f, "__kwdefaults__", {})
show(setattr, f, "__name__", "g")
show(delattr, f, "__defaults__")
show(delattr, f, "__kwdefaults__")
for name in ("__code__", "__defaults__", "__kwdefaults__", "__name__", "__globals__"):
    show(getattr, f, name)
for name in ("gi_code", "gi_frame", "gi_running"):
    show(getattr, g, name)
show(getattr, c, "ag_code")
show(getattr, c, "ag_frame")
show(gc.get_objects)
show(gc.get_objects, generation=1)
show(sys._getframemodulename)
