# type_names_containers.py - which public attributes containers, descriptors and exceptions have.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def public_names():
    for t in (list, tuple, dict, set, frozenset, range, slice, property, staticmethod, classmethod, object, type, enumerate, zip, map, filter, super, BaseException, OSError, SyntaxError, ImportError, UnicodeDecodeError, StopIteration, BaseExceptionGroup):
        print(t.__name__, sorted(n for n in dir(t) if not n.startswith("_")))
