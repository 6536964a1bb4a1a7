# base64_module.py - base64: all alphabets both ways, padding, options, errors, files and lines.
# SPDX-License-Identifier: MIT
import base64 as B
import io


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)


state = 5


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
    return (state >> 33) % n


print(B.__all__)
for name in ("b64", "standard_b64", "urlsafe_b64", "b32", "b32hex", "b16", "b85", "a85", "z85"):
    for _ in range(12):
        d = bytes((0, 32, 255, below(256))[below(4)] for _ in range(below(20)))
        e = getattr(B, name + "encode")(d)
        print(name, e, getattr(B, name + "decode")(e) == d, getattr(B, name + "decode")(e.decode()) == d)
    for broken in (b"A", b"AA", b"AAA", b"AAAAA", b"a1!~", b"=", b"A=", b"AAAAAAA=", b"AAAAAA==", b"A=======", b"\xff", b"~~~~~", b"uuuuu", b"zz", b"Azzz", b"y", b"0OIL1111", "\xe9", 5, None, memoryview(b"AAAAAAAA")):
        show(f"B.{name}decode({broken!r})" if not isinstance(broken, memoryview) else f"B.{name}decode(memoryview(b'AAAAAAAA'))")
    show(f"B.{name}encode('text')")
    show(f"B.{name}encode(memoryview(b'abcdef'))")
for text in """B.b64encode(b"\\xfb\\xff\\xfe", b"-_")
B.b64encode(b"\\xfb\\xff\\xfe", altchars=b"-")
B.b64decode("-_-_", "-_")
B.b64decode("-_-_", b"-_", validate=True)
B.b64decode("YQ==\\n")
B.b64decode("YQ==\\n", validate=True)
B.b64decode("Y!Q==", validate=True)
B.b32decode("mfrgg===")
B.b32decode("mfrgg===", True)
B.b32decode("MFRGG===", casefold=False)
B.b32decode("M1023456", map01=b"I")
B.b32decode("M1023456", map01="L")
B.b32decode("M1023456", map01=b"IL")
B.b32hexdecode("c5h66===", True)
B.b16decode("0aff")
B.b16decode("0aff", True)
B.b16decode("0")
B.a85encode(b"    " * 3 + b"\\0" * 8 + b"x", foldspaces=True)
B.a85encode(b"    " * 3 + b"\\0" * 6)
B.a85encode(b"abcdefghij", adobe=True)
B.a85encode(b"abcdefghij" * 3, adobe=True, wrapcol=10)
B.a85encode(b"abcdefghij" * 3, wrapcol=1)
B.a85encode(b"abcdefghij" * 3, adobe=True, wrapcol=1)
B.a85encode(b"ab", pad=True)
B.a85decode(b"<~ab~>", adobe=True)
B.a85decode(b"ab~>", adobe=True)
B.a85decode(b"<~ab", adobe=True)
B.a85decode(b"y+<Vdz", foldspaces=True)
B.a85decode(b"+<V d\\nL")
B.a85decode(b"+<V_d", ignorechars=b"_")
B.b85encode(b"ab", pad=True)
B.b85encode(b"\\0\\0")
B.encodebytes(b"x" * 100)
B.encodebytes("text")
B.encodebytes(memoryview(b"abcd").cast("H"))
B.decodebytes(b"YWJj\\nYWJj")
B.decodebytes("YWJj")""".split("\n"): show(text)


out = io.BytesIO() if hasattr(io, "BytesIO") else None
if out is not None:
    B.encode(io.BytesIO(bytes(range(256))), out)
    print(out.getvalue())
    back = io.BytesIO()
    B.decode(io.BytesIO(out.getvalue()), back)
    print(back.getvalue() == bytes(range(256)))
