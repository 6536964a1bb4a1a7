# large_arguments.py - many arguments, spread from iterables and mappings; calls among 300 variables; long bytes and texts that change.
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

s = ""
for i in range(30000): s += "ab"
print(len(s), s[100:110], hash(s) == hash("ab"*30000), s == "ab"*30000)

# Calls of functions with many local variables by such.
exec("def wide(c):\n" + "".join(f"    b{i} = -{i}\n" for i in range(150)) + "    return len([b3, c])\n")
exec("def caller(f):\n" + "".join(f"    a{i} = {i}\n" for i in range(300)) + "    f(1)\n    f(c=2)\n    f(*[3])\n    return [" + ", ".join(f"a{i}" for i in range(300)) + "]\n")
for _ in range(3):
    print(caller(wide) == list(range(300)))
