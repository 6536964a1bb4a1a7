# large_arguments.py - many arguments, spread from iterables and mappings; long bytes that change while they are shown.
# SPDX-License-Identifier: MIT
def f(*a, **k): return a, k
def show(s):
    try: print(s, '->', eval(s))
    except BaseException as e: print(s, type(e).__name__, e)
for s in '''len(f(*range(100000))[0])
len(f(**{'k%d'%i:i for i in range(3000)})[1])'''.split('\n'): show(s)


class Z:
    def __init__(s,f): s.f=f
    def __index__(s): s.f(); return 1
for f in ('clear','pop','reverse',lambda q: q.extend(b'0'*500)):
    q=bytearray(10**6)
    g=getattr(q,f) if isinstance(f,str) else (lambda: f(q))
    try: print(len(q.hex('-',Z(g))))
    except BaseException as e: print(type(e).__name__, e)
