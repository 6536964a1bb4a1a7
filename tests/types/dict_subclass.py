# dict_subclass.py - dict subclasses: __missing__, overridden methods, attributes, defaultdict-like and ordered classes.
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
def missing():
    class D(dict):
        def __missing__(self, k): return f"missing {k!r}"
    d = D(a=1)
    print(d["a"], d["z"], d.get("z"), "z" in d, d.pop("z", "popped"), d.setdefault("s", 1), len(d), d, type(d.copy()).__name__, D.fromkeys("ab"), type(D.fromkeys("a")).__name__, dict(d), d == {"a": 1, "s": 1})
    class Default(dict):
        def __init__(self, factory, *a, **k):
            super().__init__(*a, **k)
            self.factory = factory
        def __missing__(self, k):
            self[k] = v = self.factory()
            return v
    g = Default(list)
    for word in ("apple", "bob", "avocado", "cat", "banana"): g[word[0]].append(word)
    n = Default(int)
    for c in "mississippi": n[c] += 1
    t = Default(lambda: Default(dict))
    t["a"]["b"]["c"] = 1
    print(g, n, t, sorted(n.items(), key=lambda kv: (-kv[1], kv[0])))
    error(lambda: Default(5)["x"])
    class E(dict):
        def __missing__(self, k): raise KeyError(f"custom {k}")
    error(lambda: E()["q"])
    print("%(q)s" % D(), "{q}".format_map(D()), eval("q", {}, D()))


@section
def overrides_are_not_used_internally():
    class U(dict):
        def __getitem__(self, k): return "overridden"
        def __setitem__(self, k, v): super().__setitem__(k, ("set", v))
        def __contains__(self, k): return True
        def keys(self): return ["fake"]
        def get(self, k, d=None): return "get"
        def __len__(self): return 42
    u = U(a=1)
    u["b"] = 2
    u.update(c=3)
    u.setdefault("d", 4)
    print(dict.__repr__(u), u["zzz"], u.get("a"), "q" in u, len(u), dict.__len__(u), u.pop("a"), list(u), list(u.items()), u == {"b": ("set", 2), "c": 3, "d": 4})
    print(dict(u), {**u}, (lambda **k: k)(**u), U(u) == u, {} | u)


@section
def with_attributes_and_slots():
    class A(dict):
        x = 1
        def __init__(self, *a, tag=None, **k):
            super().__init__(*a, **k)
            self.tag = tag
        def total(self): return sum(self.values())
    a = A({"p": 1}, tag="T", q=2)
    a.extra = [1]
    print(a, a.tag, a.total(), vars(a), a.x, isinstance(a, dict), a.copy(), type(a | {}).__name__, bool(A()), repr(a), str(a), f"{a}", sorted(a), a.__class__.__name__)
    class S(dict):
        __slots__ = ("only",)
    s = S(k=1)
    s.only = 5
    print(s, s.only)
    error(lambda: setattr(s, "other", 1))
    error(lambda: hash(a))
    class H(dict):
        def __hash__(self): return hash(tuple(sorted(self.items())))
    print({H(a=1): "hashable"}[H(a=1)])
    class AttrDict(dict):
        def __getattr__(self, k):
            try: return self[k]
            except KeyError: raise AttributeError(k) from None
        def __setattr__(self, k, v): self[k] = v
        def __delattr__(self, k): del self[k]
    o = AttrDict(a=1)
    o.b = 2
    del o.a
    print(o, o.b, hasattr(o, "zz"), o.keys())
    error(lambda: o.nope)


@section
def self_as_namespace():
    class Bunch(dict):
        def __init__(self, **k):
            super().__init__(**k)
            self.__dict__ = self
    b = Bunch(a=1)
    b.c = 3
    b["d"] = 4
    print(b.a, b["c"], b.d, b, b.__dict__ is b)
    del b.a
    print("a" in b)


@section
def case_insensitive_and_lru():
    class CI(dict):
        def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
        def __getitem__(self, k): return super().__getitem__(k.lower())
        def __contains__(self, k): return super().__contains__(k.lower())
        def get(self, k, d=None): return super().get(k.lower(), d)
    h = CI()
    h["Content-Type"] = "text/html"
    h["CONTENT-TYPE"] = "text/plain"
    print(h, h["content-type"], "Content-type" in h, h.get("X", "none"), len(h))
    class LRU(dict):
        def __init__(self, n):
            super().__init__()
            self.n = n
        def __getitem__(self, k):
            v = super().pop(k)
            super().__setitem__(k, v)
            return v
        def __setitem__(self, k, v):
            super().pop(k, None)
            super().__setitem__(k, v)
            if len(self) > self.n: del self[next(iter(self))]
    c = LRU(3)
    for i in "abc": c[i] = i.upper()
    c["a"]
    c["d"] = "D"
    print(c, list(c), "b" in c)
    error(lambda: c["b"])


@section
def class_getitem_and_reversed():
    class R(dict):
        def __reversed__(self): return iter("custom reversed")
        def __iter__(self): return iter(["custom", "iter"])
    r = R(a=1)
    print(list(r), "".join(reversed(r)), [*r], sorted(r), list(r.keys()), dict[str, int], R[int])
    for k in r: print(k, end=" ")
    print()
