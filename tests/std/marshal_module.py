# Constants of every kind in every format, there and back, what is no constant, and bytes that are damaged.
import io
import marshal

VALUES = (None, True, False, ..., StopIteration, 0, 1, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 10**30, 1.5, 0.1, 1e100, 1j, "", "abc", "\xe9", "a" * 300,
          b"x", (), (1, 2), tuple(range(300)), [1, [2]], {1: 2, "a": (3,)}, {1}, frozenset([1]), bytearray(b"q"), "\ud800", memoryview(b"a"))
for value in VALUES:
    for version in range(5):
        data = marshal.dumps(value, version)
        back = marshal.loads(data)
        print(version, type(back).__name__, back == value, data[:16] if version < 3 else "")
loop = []
loop.append(loop)
back = marshal.loads(marshal.dumps(loop))
print(back[0] is back)
code = compile("def f(x, *, y=2):\n    return [x * y for x in range(x)]\nresult = f(3)", "name.py", "exec")
space = {}
exec(marshal.loads(marshal.dumps(code)), space)
print(space["result"], marshal.loads(marshal.dumps(space["f"].__code__)).co_name)
file = io.BytesIO()
marshal.dump([1], file)
marshal.dump("two", file, 2)
file.seek(0)
print(marshal.load(file), marshal.load(file))
for data in (b"", b"?", b"i\0", b"(\1\0\0\0", b"r\0\0\0\0", b"[\xff\xff\xff\xff", b"0", b"{ii", b"{i\1\0\0\x000", b"l\0\0\0\x80", b"l\1\0\0\0\xff\xff", b"l\1\0\0\0\0\0",
             b"s\xff\xff\xff\xff", b"z\5ab", b"(\1\0\0\x000", b"[\1\0\0\x000", b"<\1\0\0\x000", b"I\xff\xff\xff\xff\xff\xff\xff\xff", b"<\1\0\0\0[\0\0\0\0"):
    try:
        print(data, repr(marshal.loads(data)))
    except (EOFError, ValueError, TypeError) as e:
        print(data, type(e).__name__, e)
class Int(int):
    pass
for call in (lambda: marshal.dumps(object()), lambda: marshal.dumps(object), lambda: marshal.loads("x"), lambda: marshal.dumps([1, object()]),
             lambda: marshal.loads(b"N", allow_code=False), lambda: marshal.dumps(code, allow_code=False),
             lambda: marshal.loads(marshal.dumps(code), allow_code=False), lambda: marshal.dumps(Int(4)), lambda: marshal.version,
             lambda: marshal.dumps({frozenset("abc")}) == marshal.dumps({frozenset("cba")})):
    try:
        print(call())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
