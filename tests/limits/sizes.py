# options: --heap 64M
# Sizes that cannot be: each raises, quickly, and nothing is left half done.
def attempt(name, f):
    try:
        r = f()
    except (MemoryError, OverflowError, ValueError, TypeError, IndexError) as e:
        print(name, type(e).__name__)
    else:
        print(name, "gave", type(r).__name__)


class Lies:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __length_hint__(self):
        return self.n

    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i

    def __index__(self):
        return self.n


BIG = [10**10, 10**12, 2**31, 2**32, 2**47, 2**61, 2**62, 2**63 - 1, 2**63, 2**64, 10**30]
for n in BIG:
    print(n)
    for value in ([0], (0,), "a", b"a", bytearray(b"a"), "é", [1, 2, 3], (1, 2, 3), "abc", b"abc", [[]] * 3):
        attempt(f"{value!r} * n", lambda: value * n)
        attempt(f"n * {value!r}", lambda: n * value)
    for kind in (bytes, bytearray):
        attempt(kind.__name__, lambda: kind(n))
    attempt("<<", lambda: 1 << n)
    attempt("-1 <<", lambda: -1 << n)
    attempt("0 <<", lambda: 0 << n)
    attempt(">>", lambda: 1 >> n)
    attempt("**", lambda: 3**n if n > 2**40 else 3 ** (n * n))
    attempt("center", lambda: "a".center(n))
    attempt("zfill", lambda: "a".zfill(n))
    attempt("ljust", lambda: b"a".ljust(n))
    attempt("expandtabs", lambda: "\ta".expandtabs(n))
    attempt("format width", lambda: format("a", str(n)))
    attempt("format precision", lambda: format(1.5, "." + str(n)))
    attempt("int width", lambda: format(1, "0" + str(n)))
    attempt("% width", lambda: "%*d" % (n, 1))
    attempt("% precision", lambda: "%.*f" % (n, 1.5))
    attempt("to_bytes", lambda: (1).to_bytes(n, "big"))
    attempt("round", lambda: round(5, -n) if n < 2**40 else round(1.5, n))
    attempt("list of a liar", lambda: list(Lies(n)))
    attempt("tuple of a liar", lambda: tuple(Lies(n)))
    attempt("len of a liar", lambda: len(Lies(n)))
    attempt("bool of a liar", lambda: bool(Lies(n)))
    attempt("range", lambda: len(range(n)))
    attempt("list of a range", lambda: list(range(n)))
    attempt("slice", lambda: [1, 2, 3][-n:n])
    attempt("slice step", lambda: [1, 2, 3][::n])
    attempt("index", lambda: [1, 2, 3][n])
    attempt("slice of a range", lambda: range(10)[:: -n])
    attempt("insert", lambda: [1].insert(n, 1))
    attempt("pop", lambda: [1].pop(n))
    attempt("find", lambda: "abc".find("c", -n, n))
    attempt("split", lambda: "a b".split(" ", n))
    attempt("replace", lambda: "aa".replace("a", "b", n))
    attempt("chr", lambda: chr(n))
    attempt("bytes of", lambda: bytes([n]))
    attempt("hex", lambda: b"abc".hex(":", n))
    attempt("int base", lambda: int("1", n))
attempt("replace grows", lambda: ("a" * 10**7).replace("a", "b" * 10**7))
attempt("join grows", lambda: ("x" * 10**6).join(["y" * 10**6] * 10**5))
attempt("translate grows", lambda: ("a" * 10**6).translate({97: "b" * 10**6}))
attempt("expandtabs grows", lambda: ("\t" * 10**6).expandtabs(10**6))
attempt("bytes join grows", lambda: (b"x" * 10**6).join([b"y" * 10**6] * 10**5))
attempt("bytes replace grows", lambda: (b"a" * 10**7).replace(b"a", b"b" * 10**7))
attempt("list *= grows", lambda: exec("x = [0] * 1000\nwhile True: x *= 1000"))
attempt("str += grows", lambda: exec("x = 'a'\nwhile True: x += x"))
attempt("dict grows", lambda: exec("d = {}\nfor i in range(10**9): d[i] = i"))
attempt("list grows", lambda: exec("d = []\nfor i in range(10**9): d.append(d)"))
attempt("set grows", lambda: set(range(10**9)))
attempt("bytearray grows", lambda: exec("b = bytearray(b'a')\nwhile True: b += bytes(b)"))
attempt("objects grow", lambda: exec("class A: pass\nx = None\nwhile True:\n  y = A(); y.x = x; x = y"))
attempt("closures grow", lambda: exec("x = None\ndef f(y): return lambda: y\nwhile True: x = f(x)"))
attempt("int grows", lambda: exec("x = 3\nwhile True: x = x << (1 << 26)"))
attempt("repr grows", lambda: exec("x = 'a'\nwhile True: x = repr([x, x])"))
attempt("memory afterwards", lambda: [0] * 10**6)
print("end")
