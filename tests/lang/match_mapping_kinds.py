# match_mapping_kinds.py - match: which types are mappings, and what mapping patterns ask of them.
# SPDX-License-Identifier: MIT
import types


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
def kinds_of_mapping():
    import collections.abc
    class Plain:
        def keys(self): return ["k"]
        def __getitem__(self, k): return 1
    class M(collections.abc.Mapping):
        def __init__(self, d): self.d, self.log = d, []
        def __getitem__(self, k):
            self.log.append(("item", k))
            return self.d[k]
        def get(self, k, default=None):
            self.log.append(("get", k))
            return self.d.get(k, default)
        def __iter__(self): return iter(self.d)
        def __len__(self): return len(self.d)
        def keys(self): return self.d.keys()
    def f(x):
        match x:
            case {"k": v, **rest}: return v, rest
            case {}: return "mapping"
        return "no"
    m = M({"k": 1, "l": 2})
    print(f(Plain()), f(m), m.log, f(types.MappingProxyType({"k": 3})), f(M({})))
    class D(dict):
        def __missing__(self, k): return "made up"
    d = D()
    print(f(d), len(d))
    class DefaultGet(dict):
        def get(self, k, default=None): return "from get"
    print(f(DefaultGet()))
    class NoneBlocked(dict):
        def get(self, k, default=None): raise ValueError("get raises")
    error(f, NoneBlocked())
    class V(Plain): pass
    collections.abc.Mapping.register(V)
    error(lambda: f(V()))
