# _tried.py - for type_variables*.py: prints what a call gives or raises.
# SPDX-License-Identifier: MIT


def t(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e)
