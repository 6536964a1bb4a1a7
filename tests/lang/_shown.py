# _shown.py - for frame_*.py: prints without addresses, and what a call gives or raises.
# SPDX-License-Identifier: MIT
def hx(s):
    while " at 0x" in s:
        i = s.index(" at 0x"); j = i+6
        while s[j] in "0123456789abcdef": j += 1
        s = s[:i]+s[j:]
    return s
_p=print
def print(*a): _p(hx(" ".join(map(str,a))))
def err(f,*a):
    try: r=f(*a)
    except BaseException as e: print("  ",type(e).__name__, e)
    else: print("  ->", r)
