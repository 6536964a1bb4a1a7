# operator_module.py - operators as functions, itemgetter, attrgetter, methodcaller: results, messages, texts.
# SPDX-License-Identifier: MIT
import operator as o
import re


class A: x = 1


a = A()

def show(*texts):
    for text in texts:
        try:
            value = re.sub("0x[0-9a-fA-F]+", "0x", repr(eval(text)))
        except Exception as e:
            value = f"{type(e).__name__}: {e}"
        print(text, "->", value)

show('o.concat(1,2)', 'o.concat([1],2)', 'o.concat([1],(2,))', 'o.iconcat(1,2)', 'o.iconcat([1],"ab")', 'o.iconcat("a",1)',
     'o.countOf(1,2)', 'o.countOf([1,1],1)', 'o.indexOf(1,2)', 'o.indexOf([1],2)', 'o.indexOf([1,2],2)', 'o.length_hint(1,"a")',
     'o.length_hint(1,2)', 'o.length_hint([1],2)', 'o.contains(1,2)', 'o.getitem(1,2)', 'o.delitem([1],3)', 'o.setitem([1],3,4)',
     'o.setitem([1],0)', 'o.index("a")', 'o.index(True)', 'o.call(len,[1])', 'o.call(dict,a=1)', 'o.itemgetter()', 'o.itemgetter(1)',
     'o.itemgetter(1,2)', 'o.itemgetter(1)([1])', 'o.itemgetter(1)()', 'o.itemgetter(1)([1],2)', 'o.itemgetter(1)(x=1)',
     'o.itemgetter(x=1)', 'o.itemgetter(1).__reduce__()', 'o.itemgetter(1,2).__reduce__()', 'o.itemgetter("a")([1])',
     'o.itemgetter(slice(1))([1,2])', 'o.attrgetter()', 'o.attrgetter(1)', 'o.attrgetter("x")', 'o.attrgetter("x","y.z")',
     'o.attrgetter("x")(a)', 'o.attrgetter("x.y")(a)', 'o.attrgetter("x.real","x")(a)', 'o.attrgetter("y")(a)', 'o.attrgetter("x")()',
     'o.attrgetter("x",2)', 'o.attrgetter(".x")(a)', 'o.attrgetter("x.y").__reduce__()', 'o.attrgetter(x=1)', 'o.methodcaller(1)',
     'o.methodcaller("x")', 'o.methodcaller("x",1,y=2)', 'o.methodcaller("upper")("a")', 'o.methodcaller("upper")()',
     'o.methodcaller("upper",1)("a")', 'o.methodcaller("split",maxsplit=1)("a b c")', 'o.methodcaller("foo")("a")',
     'o.methodcaller("x").__reduce__()', 'o.methodcaller("x",1).__reduce__()', 'o.methodcaller("x",1,y=2).__reduce__()',
     'o.methodcaller("x")(1,2)', 'o.add(1)', 'o.add(1,2,3)', 'o.add(1,"a")', 'o.iadd([1],[2])', 'o.lt(1,"a")', 'o.not_([])', 'o.truth([])',
     'o.is_(1,1)', 'o.is_not(1,1)', 'o.inv(1)', 'o.invert(1.5)', 'o.pos("a")', 'o.abs(-3)', 'o.abs("a")', 'o.pow(2,3)', 'o.ipow(2,3)',
     'o.matmul(1,2)', 'o.__add__(1,2)', 'o.__call__(len,[1])', 'o.add.__module__', 'o.itemgetter.__module__', 'o.add.__doc__',
     'o.itemgetter.__doc__', 'o.attrgetter.__doc__', 'o.methodcaller.__doc__', 'o.add.__text_signature__',
     'o.length_hint.__text_signature__', 'o.call.__text_signature__', 'o.itemgetter(1).x', 'o.attrgetter("a")==o.attrgetter("a")',
     'o._compare_digest if hasattr(o,"_compare_digest") else 0', 'o.itemgetter(-1)((1,2,3))', 'o.itemgetter(1)({1:2})',
     'o.itemgetter(5)((1,2))', '{n:getattr(o,n).__doc__ for n in o.__all__}', '{n:getattr(o,n).__text_signature__ for n in o.__all__}')


class V:
    def __init__(self, v): self.v = v
    def __add__(self, other): return ("add", self.v, other)
    def __iadd__(self, other): return ("iadd", self.v, other)
    def __getitem__(self, key): return ("item", key)
    def __index__(self): return 7


print(o.add(V(1), 2), o.iadd(V(1), 2), o.concat(V(1), V(2)).__len__(), o.index(V(0)), o.itemgetter("k", 2)(V(0)))
for name in ("add", "sub", "mul", "floordiv", "mod", "pow", "truediv", "and_", "or_", "xor", "lshift", "rshift"):
    f, g = getattr(o, name), getattr(o, "i" + name.rstrip("_"))
    print(name, [f(a, b) for a, b in ((7, 3), (-7, 3), (2 ** 50, 5), (True, 2))], g(9, 2))
for name in ("lt", "le", "eq", "ne", "ge", "gt"):
    print(name, [getattr(o, name)(a, b) for a, b in ((1, 2), (2, 2), (2.5, 1), ("a", "b"), ([1], [1]))])
print(sorted([(2, "b"), (1, "c"), (3, "a")], key=o.itemgetter(1)), list(map(o.attrgetter("v", "__class__.__name__"), [V(1), V(2)])))
print(o.methodcaller("split", ",", maxsplit=1)("a,b,c"), list(map(o.methodcaller("upper"), "abc")))
import copy, pickle
for g in (o.itemgetter(1, 2), o.attrgetter("a.b", "c"), o.methodcaller("f", 1, x=[2])):
    print(g, copy.copy(g), pickle.loads(pickle.dumps(g)))
d = [1, 2, 3]
print(o.setitem(d, 1, 9), o.delitem(d, 0), d, o.contains(d, 9), o.countOf([1, True, 1.0, 2], 1), o.indexOf("abc", "c"))
