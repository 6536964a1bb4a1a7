# type_names_text.py - which public attributes numbers and texts have.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def public_names():
    for t in (int, float, complex, bool, str, bytes, bytearray, memoryview):
        print(t.__name__, sorted(n for n in dir(t) if not n.startswith("_")))
