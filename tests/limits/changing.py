# Containers that change while they are used: an exception or a result, never a crash.
def attempt(name, f):
    try:
        r = f()
    except Exception as e:
        print(name, type(e).__name__)
    else:
        print(name, "done")


class Key:
    def __init__(self, n, act, every=False):
        self.n, self.act, self.every = n, act, every

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if self.act:
            act = self.act
            if not self.every:
                self.act = None
            act()
        return isinstance(other, Key) and self.n == other.n

    def __lt__(self, other):
        if self.act:
            self.act()
        return self.n < other.n


def fill(d):
    for i in range(100):
        d[i] = i


def on_dict(name, use, act):
    d = {}

    def go():
        for i in range(5):
            d[Key(i, None)] = i
        use(d, Key(9, lambda: act(d)))

    attempt(f"dict {name}", go)


acts = {"clear": lambda d: d.clear(), "fill": fill, "shrink": lambda d: [d.pop(k) for k in list(d)[:3]], "update": lambda d: d.update({7: 7})}
for act_name, act in acts.items():
    for use_name, use in {
        "get": lambda d, k: d.get(k), "set": lambda d, k: d.__setitem__(k, 1), "in": lambda d, k: k in d, "pop": lambda d, k: d.pop(k, None),
        "setdefault": lambda d, k: d.setdefault(k, 1), "update": lambda d, k: d.update({k: 1}), "==": lambda d, k: d == {k: 1, **{i: i for i in range(4)}},
        "|": lambda d, k: d | {k: 1}, "fromkeys": lambda d, k: dict.fromkeys([k, k, k]), "values": lambda d, k: k in d.values(), "items": lambda d, k: (k, 1) in d.items(),
    }.items():
        on_dict(use_name + " while " + act_name, use, act)


def changing_iteration(make, step, change):
    x = make()
    for i, _ in enumerate(step(x)):
        change(x, i)
        if i > 1000:
            break


for name, make, step, change in [
    ("dict grow", lambda: {1: 1}, iter, lambda x, i: x.__setitem__(i + 5, i)), ("dict clear", lambda: {i: i for i in range(9)}, iter, lambda x, i: x.clear()),
    ("items", lambda: {i: i for i in range(9)}, lambda x: x.items(), lambda x, i: x.pop(i)), ("reversed", lambda: {i: i for i in range(9)}, reversed, lambda x, i: x.clear()),
    ("set", lambda: {1, 2, 3}, iter, lambda x, i: x.add(i + 10)), ("set clear", lambda: {1, 2, 3}, iter, lambda x, i: x.clear()),
    ("list", lambda: [1, 2, 3], iter, lambda x, i: x.append(i)), ("list clear", lambda: [1, 2, 3], iter, lambda x, i: x.clear()),
    ("list reversed", lambda: [1, 2, 3], reversed, lambda x, i: x.clear()), ("bytearray", lambda: bytearray(9), iter, lambda x, i: x.clear()),
    ("deleted slices", lambda: list(range(99)), iter, lambda x, i: x.__delitem__(slice(0, 5))),
]:
    attempt("iterate " + name, lambda: changing_iteration(make, step, change))

L = []


def fresh():
    L[:] = [Key(i, lambda: (L.clear(), [bytearray(100) for _ in range(50)]), True) for i in range(9)]
    return L


for name, use in {
    "sort": lambda: fresh().sort(), "sort key": lambda: fresh().sort(key=lambda k: L.clear() or k.n), "sort grow": lambda: fresh().sort(key=lambda k: L.append(1) or k.n),
    "index": lambda: fresh().index(7), "remove": lambda: fresh().remove(Key(77, None)), "count": lambda: fresh().count(5), "in": lambda: 8 in fresh(),
    "==": lambda: fresh() == [1] * 9, "<": lambda: fresh() < [Key(1, None)] * 9, "max": lambda: max(fresh()), "min": lambda: min(fresh()), "sorted": lambda: sorted(fresh()),
    "list": lambda: list(fresh()), "tuple in": lambda: 8 in tuple(fresh()), "extend itself": lambda: L.extend(L), "+= itself": lambda: L.__iadd__(L),
    "slice itself": lambda: L.__setitem__(slice(1, 3), L), "insert itself": lambda: L.insert(0, L),
}.items():
    attempt("list " + name, use)


class Text:
    def __init__(self, act):
        self.act = act

    def __str__(self):
        self.act()
        return "t"

    __repr__ = __str__

    def __index__(self):
        self.act()
        return 3

    def __len__(self):
        self.act()
        return 3

    def __iter__(self):
        self.act()
        return iter((1, 2, 3))

    def __del__(self):
        self.act()

    def __bool__(self):
        self.act()
        return True

    def __add__(self, other):
        self.act()
        return 1

    __radd__ = __add__


def growing():
    for i in range(20):
        L.append(i)
        yield "x"


b = bytearray(b"abcdef" * 10)
clear = lambda: (L.clear(), b.clear() if not locked else None, d.clear(), s.clear())
locked = False
d, s = {}, set()
for name, use in {
    "repr": lambda: repr(L), "join": lambda: ",".join(L), "join growing": lambda: ",".join(growing()), "sum": lambda: sum(L, 0), "slice": lambda: L[Text(clear) : 9],
    "index": lambda: L[Text(clear)], "set index": lambda: L.__setitem__(Text(clear), 1), "del index": lambda: L.__delitem__(Text(clear)),
    "insert": lambda: L.insert(Text(clear), 1), "pop": lambda: L.pop(Text(clear)), "multiply": lambda: L * Text(clear), "set slice": lambda: L.__setitem__(slice(0, 2), Text(clear)),
    "set slice ends": lambda: L.__setitem__(slice(Text(clear), Text(clear)), [1, 2]), "extended slice": lambda: L.__setitem__(slice(0, 6, 2), Text(clear)),
    "bytearray index": lambda: b.__setitem__(0, Text(clear)), "bytearray slice": lambda: b.__setitem__(slice(0, 2), Text(clear)), "bytearray append": lambda: b.append(Text(clear)),
    "bytearray insert": lambda: b.insert(Text(clear), 3), "bytearray pop": lambda: b.pop(Text(clear)), "bytearray +=": lambda: b.__iadd__(b), "bytearray extend": lambda: b.extend(Text(clear)),
    "bytearray extend itself": lambda: b.extend(b), "bytearray find": lambda: b.find(Text(clear)), "bytearray contains": lambda: Text(clear) in b, "bytearray from": lambda: bytearray(L),
    "bytes from": lambda: bytes(L), "bytes join": lambda: b"".join(L), "format": lambda: "{0} {1}".format(*L), "%": lambda: "%s %s" % tuple(L[:2]), "f-string": lambda: f"{L}",
    "print": lambda: str(L), "zip": lambda: list(zip(L, Text(clear))), "map": lambda: list(map(lambda x: clear(), L)), "filter": lambda: list(filter(lambda x: clear() or True, L)),
    "enumerate": lambda: [clear() for _ in enumerate(L)], "any": lambda: any(L), "all": lambda: all(L), "dict from": lambda: dict(L), "set from": lambda: set(L), "star": lambda: print(*L, sep="", end=""),
    "unpack": lambda: (lambda a, *r: 1)(*L), "set update": lambda: s.update(L), "set &": lambda: s & set(L), "del": lambda: L.clear(), "dict update": lambda: d.update(a=Text(clear)),
    "memoryview": lambda: memoryview(b).__setitem__(0, Text(clear)), "reversed": lambda: [clear() for _ in reversed(L)], "copy": lambda: L.copy(), "min key": lambda: min(L, key=lambda x: clear() or 1),
    "range": lambda: range(Text(clear)), "chr": lambda: chr(Text(clear)), "struct": lambda: b.translate(None, b), "sorted": lambda: sorted(L, key=lambda x: clear() or 1),
}.items():
    locked = name == "memoryview" or name.startswith("print")
    L[:] = [Text(clear) for _ in range(8)]
    b[:] = b"abcdef" * 10
    s.update(range(5))
    attempt(name, use)


class Shrinks(set):
    pass


x = {Key(i, None) for i in range(6)}
for name, use in {
    "add": lambda: x.add(Key(9, x.clear)), "in": lambda: Key(9, x.clear) in x, "-": lambda: x - {Key(9, x.clear)}, "^": lambda: x ^ {Key(9, x.clear)}, "&": lambda: x & {Key(3, x.clear)},
    "|=": lambda: x.__ior__({Key(9, x.clear)}), "<=": lambda: x <= {Key(i, x.clear) for i in range(9)}, "discard": lambda: x.discard(Key(9, x.clear)), "pop": lambda: x.pop(),
    "update itself": lambda: x.update(x), "-= itself": lambda: x.__isub__(x), "^= itself": lambda: x.__ixor__(x), "isdisjoint": lambda: x.isdisjoint([Key(9, x.clear)]),
}.items():
    x.clear()
    for i in range(6):
        x.add(Key(i, None))
    attempt("set " + name, use)
g = (next(g) for _ in range(3))
attempt("generator in itself", lambda: list(g))
it = iter(lambda: next(it), None)
attempt("iterator in itself", lambda: next(it))
print("end")
