# syntax_errors_depth.py - brackets and blocks nested too deep.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def limits():
    for source in ("(" * 250 + ")" * 250, "[" * 90 + "]" * 90):
        try:
            compile(source, "<t>", "exec")
            print("fine", len(source))
        except (SyntaxError, MemoryError, RecursionError) as e: print(type(e).__name__, e.msg if isinstance(e, SyntaxError) else "")
    try:
        compile("if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 120)) + " " * 121 + "x", "<t>", "exec")
        print("fine")
    except SyntaxError as e: print(type(e).__name__, e.msg)


@section
def evaluated():
    try: print("value", eval("(" * 300 + ")" * 300))
    except Exception as e: print(type(e).__name__)
