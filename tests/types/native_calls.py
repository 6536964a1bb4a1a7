# What natives do with arguments that take the short way, next to those that do not.


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


# Defaults, *args and **kwargs of natives.
show(lambda: "{x}".format(1))
show(lambda: "{}{}".format(1))
show(lambda: "{0[a]} {y}".format({"a": 1}, y=2))
show(lambda: "{x}".format_map({"x": 3}))
show(lambda: ValueError(1, 2))
show(lambda: ValueError(x=1))
show(lambda: KeyError("k", k=1))
show(lambda: StopIteration(5).value)
show(lambda: SystemExit(code=1))
show(lambda: UnicodeDecodeError("utf-8", b"x", 0, 1, reason="r"))
show(lambda: int("12", 3, 4))
show(lambda: int("zz", 36))
show(lambda: str(b"x", "utf-8", "strict", 1))
show(lambda: str(b"\xe9", "latin-1"))
show(lambda: str.__new__(str, 5))
show(lambda: bool.__new__(bool, []))
show(lambda: min())
show(lambda: min(3))
show(lambda: max((), default=4))
show(lambda: max(1, 2, default=4))
show(lambda: min(3, 1, 2, key=lambda v: -v))
show(lambda: max(2, 2.5, True))
show(lambda: max(float("nan"), 1.0))
show(lambda: min(1.0, float("nan")))
show(lambda: max("a", "b"))
show(lambda: max(1, "b"))
show(lambda: sum([0.1] * 10))
show(lambda: any(v > 2 for v in (1, 2, 3)))
show(lambda: getattr(5, "no", None))
show(lambda: getattr(5, 3))
show(lambda: dict(a=1) | dict([("b", 2)], c=3))


# A type's call: __init__ runs for what __new__ or __bytes__ made.
class Named(bytes):
    def __init__(self, *args, **kwargs):
        print("init", self[:2], len(args), kwargs)


class Gives:
    def __bytes__(self):
        return Named(b"given")


class Listed(list):
    def __bytes__(self):
        return b"listed"


show(lambda: bytes(Gives()))
show(lambda: bytes(Listed([1, 2])))
show(lambda: bytearray(Listed([1, 2])))
show(lambda: bytes([1, 2, 255]))
show(lambda: bytes((1, 256)))
show(lambda: bytearray([1, -1]))
show(lambda: bytes([1, "a"]))
show(lambda: bytes({7}))
show(lambda: bytes(memoryview(b"abcdef")[::2]))
show(lambda: bytes(3.5))
show(lambda: b", ".join([b"a", bytearray(b"b"), memoryview(b"c")]))
show(lambda: bytearray(b"-").join((b"a", b"b")))
show(lambda: b"".join([b"a", 1]))

# Encodings by any of their names.
for name in "utf-8", "UTF8", "utf_8", "u8", "Latin1", "L1", "ansi_x3.4-1968", "US-ASCII", "iso-8859-1", "nope", "":
    show(lambda: b"\xc3\xa9".decode(name, "replace"))
    show(lambda: "a\xe9".encode(name, "replace"))

# Numbers as text, with and without something around them.
big = 2**70
for spec in "", "d", "+d", "x", "X", "#x", "#X", "b", "08d", "<6", "^9d", ",", "_x", ".2f", "010.3f", "+.1e", "%", "g", "n", "c":
    for value in 0, -5, 255, -255, big, -(2**63), 2.5, -0.0, 1e300, float("inf"), float("-nan"):
        show(lambda: format(value, spec))
for text in "%d", "%5d|", "%-5d|", "%+d", "%05d", "%.4d", "%x", "%#X", "%X", "%o", "%s", "%r", "%.2f", "%8.3e":
    for value in 0, -5, 255, -255, big, -(2**63), 2.5, -0.0:
        show(lambda: text % value)
show(lambda: f"{5:{6}d}|{'x':>{3}}|{2.5!r:>6}|{'é':^5}|{3:é>4}")

# Text in parts and one by one.
for text in "", ",", "a", "a,b,", ",a", "é,ü", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p":
    show(lambda: text.split(","))
    show(lambda: text.split(",", 1))
show(lambda: "a--b--".split("--"))
show(lambda: " a  b ".split())
show(lambda: [ord(c) for c in "aé€𝄞"])
show(lambda: ord("ab"))
show(lambda: ord(""))
show(lambda: ord(b"a"))
show(lambda: list("aé€𝄞\ud800z"))
show(lambda: (513).to_bytes(2, "little") + (513).to_bytes(2, "big"))
show(lambda: (1).to_bytes(2, "large"))
show(lambda: (1).to_bytes(2, "be"))
show(lambda: int.from_bytes(b"\1\2", "little"))
