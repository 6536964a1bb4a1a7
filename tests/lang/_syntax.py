# _syntax.py - for syntax_errors_*.py: what the compiler says about sources.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def check(*sources):
    for source in sources:
        try:
            compile(source, "<test>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)
