# match_sequence_classes.py - match: classes that are sequences, by inheritance or by registration, and what patterns ask of them.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def custom_sequences():
    class Plain:
        def __len__(self): return 2
        def __getitem__(self, i): return (1, 2)[i]
    class L(list): pass
    class T(tuple): pass
    class S(str): pass
    def f(x):
        match x:
            case [a, b]: return f"matched {a} {b}"
            case _: return "no"
    print(f(Plain()), f(L([1, 2])), f(T((1, 2))), f(S("ab")), f(T((1, 2, 3))))
    import collections.abc
    class Registered(collections.abc.Sequence):
        def __init__(self, n): self.n = n
        def __len__(self): return self.n
        def __getitem__(self, i):
            if i >= self.n: raise IndexError(i)
            print("  item", i)
            return i * 10
    print(f(Registered(2)), f(Registered(3)))
    match Registered(5):
        case [a, *b, c]: print(a, b, c)
    match Registered(5):
        case [_, *_, c]: print("only what is needed:", c)
    class Virtual(Plain): pass
    collections.abc.Sequence.register(Virtual)
    print(f(Virtual()))
    class Bad(collections.abc.Sequence):
        def __len__(self): raise ValueError("len")
        def __getitem__(self, i): raise KeyError(i)
    error(f, Bad())
    class Bad2(Bad):
        def __len__(self): return 2
    error(f, Bad2())
    class Both(collections.abc.Sequence, dict):
        def __len__(self): return 2
        def __getitem__(self, i): return i
    error(f, Both())
