# loop_pairs.py - loops whose targets unpack pairs of items(), enumerate() and zip().
# SPDX-License-Identifier: MIT
def f():
    d = {"a": 1, "b": 2}
    for p in d.items():
        a, b = p
        print(p, a, b)
    for i, x in enumerate("xy", 5): print(i, x)
    for a, b in zip("ab", [1, 2, 3]): print(a, b)
    try:
        for a, b in zip("ab", [1, 2, 3], strict=True): print(a, b)
    except ValueError as e: print(e)
    try:
        for k, v in d.items(): d["c"] = 3
    except RuntimeError as e: print(e)
    for a, b in zip("ab"): pass
def g():
    try: f()
    except ValueError as e: print(e)
    it = iter({1: (2, 3)}.items())
    for a, (b, c) in it: print(a, b, c)
    print([(k, v) for k, v in zip("ab", "cd")], {k: v for k, v in enumerate("ab")}, list((a, b) for a, b in {1: 2}.items()))
    def stop():
        yield 1
        raise StopIteration
    try:
        for a, b in zip(stop(), "abc"): print(a, b)
    except RuntimeError as e: print(e)
    class I:
        n = 0
        def __iter__(self): return self
        def __next__(self):
            self.n += 1
            if self.n > 2: raise StopIteration("end")
            return self.n
    for a, b in zip(I(), "abc"): print(a, b)
    for a, b in enumerate(I()): print(a, b)
g()
for q in {1: 2}.items():
    a, b = q
    print(q, a, b)
