"""CPython's _testcapi, as far as Krait has it: see _helper_stub."""

import sys

import _helper_stub

INT_MIN, INT_MAX, PY_SSIZE_T_MAX = -2**31, 2**31 - 1, sys.maxsize
UINT_MAX, USHRT_MAX, LONG_MIN, LONG_MAX, ULONG_MAX, ULLONG_MAX = 2**32 - 1, 2**16 - 1, -sys.maxsize - 1, sys.maxsize, 2 * sys.maxsize + 1, 2**64 - 1
Py_C_RECURSION_LIMIT = 1500 # what test.support takes where there is no _testcapi
__getattr__ = _helper_stub.skipping("_testcapi")


def exception_print(exception, legacy=False):
    """Have C print the exception as one that nobody caught."""
    sys.__excepthook__(type(exception), exception, getattr(exception, "__traceback__", None))


if (_c := _helper_stub.in_c("_krait_testcapi")) is not None: # its functions return the module they are in
    for _name in ("INT_MIN", "INT_MAX", "UINT_MAX", "USHRT_MAX", "LONG_MIN", "LONG_MAX", "ULONG_MAX", "ULLONG_MAX", "PY_SSIZE_T_MAX", "Py_C_RECURSION_LIMIT", "__getattr__", "exception_print"):
        setattr(_c, _name, globals()[_name])
    sys.modules[__name__] = _c
