# code_columns.py - columns in code objects: co_positions(), and what they mean for equality.
# SPDX-License-Identifier: MIT
def pos():
    x = 1
    y = x + len("abc")
    if y:
        return [y]
s=set()
for p in pos.__code__.co_positions():
    if p[0]: s.add((p[0]-pos.__code__.co_firstlineno,)+p[2:])
print((2,12,22) in s, (2,8,22) in s, (4,15,18) in s)
def mk(src): return compile(src,"f","exec")
print(mk("x=1")==mk("x = 1"))
