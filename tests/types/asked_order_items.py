# asked_order_items.py - the order in which items, mappings of calls and dicts are asked for, and the errors.
# SPDX-License-Identifier: MIT
import operator

from _asked import Refusing, calls, section, t


class Huge:
    def __index__(self): calls.append("index"); return 2 ** 200


class Failing:
    def __index__(self): raise ValueError("failing")



@section
def no_item_assignment():
    class Plain: pass
    class Row(tuple): pass
    class Getting:
        def __getitem__(self, i): return 1
    class Deleting:
        def __delitem__(self, i): return 1
    for o in (Plain(), Row(), (), "abc", b"", range(3), 5, None, frozenset(), {}.keys(), {}.values(), type.__dict__, Getting(), Deleting(), Plain, len, iter([]), slice(1), list[int], set(), ValueError()):
        print(type(o).__name__)
        for k in (1, Huge(), Failing(), 2 ** 99, "a", Refusing(), slice(1)):
            t(lambda: operator.delitem(o, k)); t(lambda: operator.setitem(o, k, 1))


@section
def mappings_of_calls():
    class NoKeys:
        def keys(self): return 5
    class OwnError:
        def keys(self): raise AttributeError("own")
    class Keyed:
        def __init__(self, e): self.e = e
        def keys(self): return ["a", "b"]
        def __getitem__(self, k): raise self.e
    class Computed:
        def __getattr__(self, k): calls.append("get " + k); return lambda: ["a"]
        def __getitem__(self, k): calls.append("item " + k); return 1
    class Failed:
        def __getattr__(self, k): raise ValueError(k)
    class Late:
        def __iter__(self): calls.append("iter"); yield "a"; calls.append("mid"); yield "b"
        def __len__(self): calls.append("len"); return 3
    class Lazy:
        def keys(self): return Late()
        def __getitem__(self, k): calls.append("item " + k); return 1
    def f(**k): return k
    for m in (NoKeys(), OwnError(), Keyed(KeyError("a")), Keyed(KeyError("a", 1)), Keyed(AttributeError("a")), Computed(), Failed(), Lazy()):
        print(type(m).__name__)
        t(lambda: f(**m)); t(lambda: {**m}); t(lambda: dict(m)); t(lambda: {}.update(m)); t(lambda: f(a=1, **m)); t(lambda: f(**{"a": 1}, **m)); t(lambda: {} | m)


@section
def deleted_dicts():
    class Error(Exception): pass
    class Plain: pass
    class List(list): pass
    for v in (Error(), Plain(), List(), ValueError(), 5, lambda: 1, len): t(lambda: delattr(v, "__dict__")); t(lambda: setattr(v, "__dict__", {"a": 1})); t(lambda: setattr(v, "__dict__", 5))


@section
def symmetric_differences():
    s = {1, 2}
    def changing():
        yield 1
        s.add(7)
        yield 8
        s.discard(2)
    t(lambda: sorted(s.symmetric_difference(changing()))); t(lambda: sorted(s.symmetric_difference([1, 1, 9]))); t(lambda: s ^ s); t(lambda: s.symmetric_difference(s)); t(lambda: frozenset(s) ^ {1, 5, 7}); t(lambda: s.symmetric_difference(5))


@section
def lists_that_change():
    class Changing:
        def __init__(self, f, v): self.f = f; self.v = v
        def __index__(self): self.f(); return self.v
    for a in (0, 5, -3, 2 ** 70):
        for b in (-1, 9, -2 ** 70):
            q = [1, 2, 3, 4]
            t(lambda: (q.index(3, Changing(lambda: q.__imul__(3), a), Changing(lambda: q.__imul__(2), b)), len(q)))
            q = [1, 2, 3, 4]
            t(lambda: q.index(3, Changing(q.clear, a), b)); t(lambda: [1, 2, 3].index(3, "a", b)); t(lambda: [1, 2, 3].index(3, None))
    m = memoryview(b"ab")
    m.release()
    t(lambda: bytearray(b"ab") == m); t(lambda: bytearray(b"ab") != m); t(lambda: b"ab" == m)


@section
def last_ones():
    class Text(str): pass
    for v in (list[int], int | str, [1], (), "a", b"a", range(2), {1: 2}, {1}, memoryview(b"a"), 5): t(lambda: list(reversed(v))[:1])
    t(lambda: Text("a", None)); t(lambda: Text(b"a", "ascii", None)); t(lambda: str(b"a", "ascii", None)); t(lambda: Text(b"a", 5))


@section
def which_of_two_equal_keys():
    def numbers():
        for i in (2, 3, 4): calls.append(str(i)); yield i
    t(lambda: {1.0, "a"} & {1: 0, 2: 0, 3: 0}.keys()); t(lambda: {1.0, "a"} & {1: 0}.keys()); t(lambda: {1: 0}.keys() & {1.0, 3}); t(lambda: {1: 0}.keys() & [1.0]); t(lambda: {1}.intersection([1.0, 2]))
    t(lambda: {3}.intersection(numbers())); t(lambda: set().intersection(numbers())); t(lambda: {2, 9}.intersection(numbers()))
