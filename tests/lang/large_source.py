# Long and deep source, as programs write it that write programs: chains of calls, nested expressions, many locals, names, targets, cases.
# Each piece runs as a module's code, in a function, and in a function with 240 variables of its own.
N = 300
DEEP = 90
VARIABLES = ["v%d" % i for i in range(N)]


class Node:
    """Counts what is done with it."""

    def __init__(self):
        self.count = 0

    def step(self, *args, **named):
        self.count += 1 + len(args) + len(named)
        return self

    __call__ = __getitem__ = __add__ = __radd__ = step
    link = property(step)


def first(*args, **named):
    return args[0]


def last(*args, **named):
    return args[-1] if args else named["last"]


def show(value):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) < 60 else "%s ... %d %s" % (text[:20], len(text), sum(map(ord, text)))


def names():
    return {"node": Node(), "one": 1, "zero": [0], "first": first, "last": last, "Node": Node, "N": N}


def run(title, source, result="result"):
    space = names()
    try:
        exec(compile(source, "<%s>" % title, "exec"), space)
        value = space.get(result)
    except Exception as e:
        value = e
    print(title, show(value.count if isinstance(value, Node) else value))


def three(title, expression):
    run(title, "result = " + expression)
    run(title + ", function", "def f(node=node, one=one, zero=zero):\n    result = %s\n    return result\nresult = f()" % expression)
    body = "\n".join("    %s = %d" % (v, i) for i, v in enumerate(VARIABLES[:240]))
    tail = "+".join(VARIABLES[:240])
    run(title + ", variables", "def f(node=node, one=one, zero=zero):\n%s\n    return %s, %s\nresult, total = f()\nassert total == 28680" % (body, expression, tail))


def nest(left, middle, right, depth=DEEP):
    return left * depth + middle + right * depth


def joined(text, separator=", ", count=N):
    return separator.join(text.replace("#", str(i)) for i in range(count))


print("-- chains")
three("calls of methods", "node" + ".step()" * N)
three("with arguments", "node" + ".step(1, one, k=3)" * N)
three("with stars", "node" + ".step(*(1,), **{'a': 1})" * N)
three("attributes", "node" + ".link" * N)
three("items", "node" + "[1]" * N)
three("slices", "node" + "[1:2, one]" * N)
three("calls", "node" + "()" * N)
three("mixed", "node" + ".step(one)[2].link(3)" * N)
three("builder", "(Node()" + "\n    .step(Node().step(1).count, name='n')" * N + ")")

print("-- nested")
three("calls of one", nest("first(", "1", ")"))
three("last of three", nest("last(1, 2, ", "1", ")"))
three("by name", nest("last(a=1, b=2, last=", "1", ")"))
three("first of seven", nest("first(", "1", ", 2, 3, 4, 5, 6, 7)"))
three("method of an argument", nest("node.step(1, ", "1", ")"))
three("starred", nest("last(*[1, 2], *[", "1", "])"))
three("lists", nest("[", "1", "]"))
three("lists of four", nest("[1, one, 3, ", "1", "]"))
three("in the middle", nest("[one, one, one, ", "1", ", 4, 5]"))
three("dicts", nest("{1: 2, 3: 4, 5: ", "1", ", 6: 7}"))
three("tuples", nest("(one, ", "1", ")"))
three("starred lists", nest("[one, *[2, 3], *", "[4]", "]"))
three("sums", nest("one + (", "1", ")"))
three("sums of calls", nest("one + first(", "1", ")"))
three("powers", joined("one", " ** "))
three("items", nest("zero[", "0", "]"))
three("conditions", joined("# if one == # else", " ") + " -1")
three("comparisons", nest("(one < ", "1", ")"))
three("not", "not " * N + "one")
three("minus", "-" * DEEP + "one")
three("lambdas", nest("(lambda x: x + ", "1", ")(1)", 60))
three("strings", nest("f'{first(", "one", ")}'", 4))
three("comprehensions", nest("[", "x", " for x in [1, 2]]", 10))
three("generators", nest("list(", "x", " for x in [1, 2])", 8))
three("comprehensions in calls", nest("last(1, 2, 3, 4, 5, 6, 7, 8, [x + one for x in ", "[1]", "])", 12))
three("or", nest("(one > 1 or first(", "one", "))", 60))

print("-- wide")
three("arguments", "first(%s)" % joined("#"))
three("named arguments", "last(%s, last=1)" % joined("k#=#"))
three("both", "last(%s, %s)" % (joined("one"), joined("k#=#")))
three("starred arguments", "last(%s)" % joined("#, *(one,)"))
three("arguments of a method", "node.step(%s)" % joined("#"))
three("list", "[%s]" % joined("one + #", count=1000))
three("list of constants", "[%s]" % joined("#", count=1000))
three("tuple", "(%s)" % joined("one + #", count=1000))
three("set", "sorted({%s})" % joined("one + #", count=1000))
three("dict", "{%s}" % joined("one + #: #", count=1000))
three("dict with mappings", "{%s}" % joined("one + #: #, **{#: 9}"))
three("table", "[%s]" % joined("('k#', one, [#, {'z': one}])"))
three("f-string", "f'%s'" % joined("{one + #} ", ""))
three("f-string with formats", "f'%s'" % joined("{one + #:{one}d} ", ""))
three("comparisons", joined("one + #", " < "))
three("and", joined("first(# + 1)", " and "))
three("sum", joined("first(#)", " + "))
three("walrus", "[%s]" % joined("(w# := #)"))
three("comprehension", "[[%s] for i in range(5)]" % joined("i + #"))

print("-- functions")
local = "".join("    %s = %d\n" % (v, i) for i, v in enumerate(VARIABLES))
every = ", ".join(VARIABLES)
run("locals", "def f():\n%s    return [%s]\nresult = f()" % (local, every))
run("del", "def f():\n%s%s    return locals()\nresult = f()" % (local, "".join("    del %s\n" % v for v in VARIABLES)))
run("parameters", "def f(%s):\n    return [%s]\nresult = f(*range(N)), f(%s)" % (every, every, joined("#")))
run("defaults", "def f(%s, *more, k=3, **named):\n    g = lambda: (more, k, named)\n    return [%s], g()\nresult = f(5, k=2, z=4)" % (joined("v#=#"), every))
run("by name", "def f(*, %s):\n    return [%s]\nresult = f(%s)" % (joined("v#=#"), every, joined("v#=# + 1")))
run("annotations", "def f(%s) -> int: pass\nresult = f.__annotations__" % joined("v#: int"))
run("generator", "def f(%s):\n    yield [%s]\n    yield [v7 for v7 in range(v3)]\nresult = list(f(*range(N)))" % (every, every))
run("closure", "def f(%s):\n    def g(): return %s\n    return g\nresult = f(*range(N))()" % (every, "+".join(VARIABLES[:150])))
run("decorators", "d = lambda f: (lambda: f() + 1)\n%sdef f(): return 1\nresult = f()" % ("@d\n" * N))
run("class decorators", "def d(c): c.n += 1; return c\n%sclass C: n = 0\nresult = C.n" % ("@d\n" * N))
run("bases", "%sclass C(%s): pass\nresult = len(C.__mro__)" % (joined("class B#: pass\n", ""), joined("B#")))
run("class arguments", "class B:\n    def __init_subclass__(c, **k): c.k = k\nclass C(B, %s): pass\nresult = C.k" % joined("k#=#"))
run("class names", "class C:\n%s\nresult = C.v7 + len(vars(C))" % joined("    v# = #\n", ""))
run("type parameters", "def f[%s](): pass\nresult = len(f.__type_params__)" % joined("T#"))
run("yield in a display", "def f():\n    x = [%s]\n    yield x\nresult = list(f())" % joined("(yield #)"))
run("yield in arguments", "def f():\n    yield max(%s, 7)\ng = f()\nnext(g)\nfor i in range(N): result = g.send(i)" % joined("(yield #)"))
run("await", "async def c(x): return x\nasync def f(): return [%s]\ntry: f().send(None)\nexcept StopIteration as e: result = e.value" % joined("await c(#)"))
run("chain of awaits", "async def c(x): return x + 1\nasync def f(): return %s\ntry: f().send(None)\nexcept StopIteration as e: result = e.value" % nest("(await c(", "1", "))"))

print("-- targets")
run("unpack", "%s = range(N)\nresult = [%s]" % (every, every))
run("unpack in a function", "def f():\n    %s = range(N)\n    return [%s]\nresult = f()" % (every, every))
run("unpack, star", "*r, %s = range(N + 5)\nresult = [r, %s]" % (every, every))
run("unpack, star in the middle", "%s, *r, %s = range(N + 5)\nresult = [r, %s]" % (joined("v#", count=120), joined("w#", count=150), joined("w#", count=150)))
run("swap", "%s = range(N)\n%s = %s\nresult = [%s]" % (every, every, ", ".join(reversed(VARIABLES)), every))
run("attributes", "%s = range(N)\nresult = vars(node)" % joined("node.v#"))
run("nested", "%s = %s\nresult = a, b" % (nest("(a, ", "b", ")", 60), nest("(1, ", "2", ")", 60)))
run("too few", "%s = range(3)" % every)
run("too many", "%s = range(N + 1)" % every)
run("too few, star", "%s, *r = range(3)" % joined("v#", count=240))
run("none", "%s = 1" % every)
run("for", "for %s in [range(N)]: result = [%s]" % (every, every))
run("chain", "%s = 5\nresult = [%s]" % (" = ".join(VARIABLES), every))
run("import", "from os import %s\nresult = v299.__name__" % joined("path as v#"))

print("-- match")
run("cases", "def f(x):\n    match x:\n%s\nresult = [f(i) for i in range(N + 1)]" % joined("        case #: return # + 1\n", ""))
run("alternatives", "def f(x):\n    match x:\n        case %s: return 1\nresult = [f(i) for i in range(N + 2)]" % joined("#", " | "))
run("sequence", "match range(N):\n    case [%s]: result = [%s]" % (every, every))
run("sequence, constants", "match range(N):\n    case [%s]: result = 1" % joined("#"))
run("sequence, star", "match range(N + 3):\n    case [%s, *v]: result = [v, %s]" % (every, every))
run("sequence, wildcards", "match range(N + 3):\n    case [%s, *_, last]: result = [last, %s]" % (every, every))
run("mapping", "match {i: i for i in range(N + 1)}:\n    case {%s, **rest}: result = [rest, %s]" % (joined("#: v#"), every))
run("class", "%s = range(N)\nmatch node:\n    case Node(%s): result = [%s]" % (joined("node.w#"), joined("w#=v#"), every))
run("names in alternatives", "match range(41):\n    case [%s] | [%s, _]: result = [%s]" % (joined("v#", count=40), ", ".join(reversed(VARIABLES[:40])), joined("v#", count=40)))
run("nested", "match %s:\n    case %s: result = x" % (nest("[1, ", "2", "]", 60), nest("[1, ", "x", "]", 60)))
run("guard", "match range(N):\n    case [%s] if %s: result = v1" % (every, nest("last(1, 2, ", "v1", ")")))

print("-- what is around")


class Manager:
    def __enter__(self):
        return 5

    def __exit__(self, kind, value, traceback):
        print("exit", kind.__name__ if kind else None, value)
        return True


def order(n, log):
    log.append(n)
    return n


ordered = "".join("last(o(%d), o(%d), " % (2 * i + 20, 2 * i + 21) for i in range(60)) + "o(200)" + ")" * 60
SOURCE = """
def statements(log):
    o = lambda n: order(n, log)
    with Manager() as m, Manager() as k:
        {raising}
    for i in [1, 2]:
        log.append([{deep} for j in range(2)])
        try:
            log.append({raising})
        except ZeroDivisionError as e:
            log.append((e, {deep}, i))
        finally:
            log.append({deep})
    log.append([(j, {deep}) for j in range(2) if {deep} for k in [{deep}]])
    log.append({{j: {deep} for j in range(2)}})
    while not {deep}:
        pass
    else:
        log.append("else")
    assert {deep}, {deep}
    x = log
    x[len({list}) - 1][:] = {list}
    x[1] += {deep}
    x += {list}
    del x[len({list}) + 1]
    return o(1) + {ordered} + first(o(2), [o(3), {{o(4): o(5)}}, f"{{o(6)}}{{o(7):>{{o(8)}}}}"], o(9))

log = [[0], 1]
print(statements(log))
print(log)
"""
deep = nest("last(1, 2, 3, ", "7", ")", 60)
exec(SOURCE.format(deep=deep, raising=nest("last(1, 2, 3, ", "1 / 0", ")", 60), list=nest("last(1, 2, 3, ", "[8]", ")", 60), ordered=ordered), globals())
