# stacks: 64 256 8192
# Recursion through each special method, by way of what calls it, raises RecursionError; the program goes on.
import gc
import sys

METHODS = {
    "__len__": "len(x)", "__length_hint__": "list(Hint(x))", "__iter__": "iter(x)", "__reversed__": "reversed(x)", "__hash__": "hash(x)", "__bool__": "not x", "__repr__": "repr(x)", "__str__": "str(x)",
    "__bytes__": "bytes(x)", "__index__": "[1, 2][x]", "__int__": "int(x)", "__float__": "float(x)", "__complex__": "complex(x)", "__neg__": "-x", "__pos__": "+x", "__invert__": "~x", "__abs__": "abs(x)",
    "__trunc__": "x.__trunc__()", "__round__": "round(x)", "__format__": "f'{x:>{x}}'", "__dir__": "dir(x)", "__eq__": "[x] == [1]", "__ne__": "x != 1", "__lt__": "sorted([x, x])", "__gt__": "max(x, x)", "__le__": "x <= 1", "__ge__": "x >= x",
    "__add__": "sum([x], x)", "__radd__": "sum([x])", "__iadd__": "add(x)", "__sub__": "x - 1", "__rsub__": "1 - x", "__mul__": "x * 2", "__rmul__": "2 * x", "__matmul__": "x @ x", "__truediv__": "x / 1", "__floordiv__": "x // 1",
    "__mod__": "x % 1", "__rmod__": "1 % x", "__divmod__": "divmod(x, 1)", "__pow__": "pow(x, 2)", "__rpow__": "2 ** x", "__lshift__": "x << 1", "__rrshift__": "1 >> x", "__and__": "x & 1", "__ror__": "1 | x", "__ixor__": "xor(x)",
    "__contains__": "1 in x", "__getitem__": "x[0]", "__setitem__": "put(x)", "__delitem__": "drop(x)", "__call__": "x()", "__getattr__": "x.missing", "__getattribute__": "x.any", "__setattr__": "setattr(x, 'a', 1)", "__delattr__": "delattr(x, 'a')",
    "__enter__": "enter(x)", "__get__": "type('O', (), {'a': x})().a", "__set__": "setattr(type('O', (), {'a': x})(), 'a', 1)", "__delete__": "delattr(type('O', (), {'a': x})(), 'a')", "__set_name__": "type('O', (), {'a': x})",
    "__mro_entries__": "exec('class O(x): pass', {'x': x})", "__instancecheck__": "isinstance(1, x)", "__subclasscheck__": "issubclass(int, x)", "__await__": "wait(x).send(None)", "__aiter__": "each(x).send(None)", "__anext__": "anext(x)",
    "__fspath__": "open(x)", "__buffer__": "memoryview(x)", "__init__": "type(x)()", "__class_getitem__": "type(x)[0]", "__reduce_ex__": "x.__reduce_ex__(4)", "__sizeof__": "x.__sizeof__()",
}


class Hint:
    def __init__(self, x):
        self.x = x

    def __iter__(self):
        return iter(())

    def __length_hint__(self):
        return self.x.__length_hint__()


def add(x):
    x += 1


def xor(x):
    x ^= 1


def put(x):
    x[0] = 1


def drop(x):
    del x[0]


def enter(x):
    with x:
        pass


async def wait(x):
    await x


async def each(x):
    async for _ in x:
        pass


def attempt(name, f):
    try:
        f()
    except RecursionError:
        print(name, "RecursionError")
    except Exception as e:
        print(name, type(e).__name__, e)
    else:
        print(name, "done")


for name, text in METHODS.items():
    use = eval("lambda x: " + text)
    body = {name: (classmethod if name == "__class_getitem__" else lambda f: f)(lambda self, *a, use=use: use(self)), "__exit__": lambda self, *a: None}
    if name == "__class_getitem__":
        body[name] = classmethod(lambda cls, *a: cls[0])
    if name != "__hash__":
        body["__hash__"] = object.__hash__
    cls = type("Deep", (), body)
    attempt(name, lambda: use(object.__new__(cls)))

# The same through functions written in C, each calling back.
f = lambda *a: None
for name, text in {
    "map": "list(map(f, [1]))", "filter": "list(filter(f, [1]))", "sorted": "sorted([1, 2], key=f)", "sort": "[1, 2].sort(key=f)", "min": "min([1, 2], key=f)", "iter": "list(iter(f, 1))", "eval": "eval('f()')", "exec": "exec('f()')",
    "join": "''.join(f() for _ in [1])", "dict": "dict(f() for _ in [1])", "set": "{f() for _ in [1]}", "type": "type('T', (Base,), {})", "class": "Meta('T', (), {})", "property": "Prop().p", "super": "Sub().go()", "partial": "(lambda *a, **k: f(*a, **k))(1)",
    "import": "__import__('deep_module')", "print": "print(1, file=Writer())", "str.format": "'{0.p}'.format(Prop())", "percent": "'%s' % Text()", "compare": "[Less()] < [Less()]", "in": "Same() in [Same()]", "unpack": "[*Items()]",
    "star": "f(*Items())", "kwargs": "f(**Keys())", "update": "{}.update(Keys())", "setdefault": "{Hashed(): 1}", "format_map": "'{a}'.format_map(Miss())", "sum": "sum(Items())", "zip": "list(zip(Items()))", "enumerate": "list(enumerate(Items()))",
    "any": "any(Items())", "bytes": "bytes(Items())", "bytearray": "bytearray(Items())", "extend": "[].extend(Items())", "isinstance": "isinstance(1, (str, Check()))", "hasattr": "hasattr(Attr(), 'x')", "raise": "raise_()", "with": "enter(Enter())",
    "match": "matched()", "slice": "[1][Index():]", "range": "range(Index())", "int": "int(Text2())", "round": "round(Items(), Index())", "generator": "next(deep_generator())", "yield from": "list(deep_yield())", "await": "deep_await().send(None)",
    "__dict__": "vars(Attr2())", "__class__": "isinstance(Claims(), int)", "decorator": "decorated()", "lambda default": "(lambda a=f(): a)()", "comprehension": "[f() for _ in [1]]",
}.items():
    def f(*a, code=compile(text, "<deep>", "eval"), **k):
        return eval(code)

    class Base:
        def __init_subclass__(cls):
            f()

    class Meta(type):
        def __call__(cls):
            f()

        def __init__(cls, *a):
            f()

    class Prop:
        p = property(lambda self: f())

    class Top:
        def go(self):
            f()

    class Sub(Top):
        def go(self):
            super().go()

    class Finder:
        def find_spec(self, *a):
            f()

    class Writer:
        def write(self, text):
            f()

    class Text:
        __str__ = __repr__ = lambda self: f()

    class Text2:
        __int__ = __index__ = __trunc__ = lambda self: f()

    class Less:
        __lt__ = __eq__ = lambda self, other: f()

    class Same(Less):
        __hash__ = None

    class Items:
        def __iter__(self):
            f()
            return iter(())

        __round__ = lambda self, n: f()

    class Keys:
        def keys(self):
            return f()

        __getitem__ = lambda self, k: f()

    class Hashed:
        __hash__ = lambda self: f()

    class Miss(dict):
        __missing__ = lambda self, k: f()

    class Check:
        __instancecheck__ = lambda self, o: f()

    class Attr:
        __getattr__ = lambda self, n: f()

    class Attr2:
        __getattribute__ = lambda self, n: f()

    class Claims:
        __class__ = property(lambda self: f())

    class Enter:
        __enter__ = lambda self: f()
        __exit__ = lambda self, *a: None

    class Index:
        __index__ = lambda self: f()

    class Error(Exception):
        def __init__(self, *a):
            f()

    def raise_():
        raise Error

    def matched():
        match Attr2():
            case Prop(p=1):
                pass
            case {"a": 1}:
                pass
            case object(x=1):
                pass

    def deep_generator():
        yield next(deep_generator())

    def deep_yield():
        yield from deep_yield()

    async def deep_await():
        await deep_await()

    def decorated():
        @f
        def g():
            pass

    if name == "import":
        sys.meta_path.insert(0, Finder())
    attempt(name, f)
    if name == "import":
        del sys.meta_path[0]

# Finalizers and weak-reference callbacks that make more of themselves end, as they run one after the other.
made = 0


class Again:
    def __del__(self):
        global made
        made += 1
        if made < 3000:
            Again()


Again()
for _ in range(20):
    gc.collect()
del Again
print("end")
