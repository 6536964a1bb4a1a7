# io.TextIOWrapper: encodings, ends of lines, positions, reconfigure(), and open().
import codecs
import io
import os
import sys
import warnings

warnings.simplefilter("ignore", ResourceWarning)


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


path = "file.txt"
print("-- ends of lines")
data = b"one\ntwo\r\nthree\rfour"
for newline in (None, "", "\n", "\r", "\r\n"):
    f = io.TextIOWrapper(io.BytesIO(data), "ascii", newline=newline)
    print(repr(newline), f.readlines(), f.newlines)
    f = io.TextIOWrapper(io.BytesIO(data), "ascii", newline=newline)
    f._CHUNK_SIZE = 1
    print("  ", [f.readline(4) for _ in range(7)], f.newlines)
    out = io.BytesIO()
    f = io.TextIOWrapper(out, "ascii", newline=newline)
    print("  ", f.write("a\nb\r\n"), f.flush(), out.getvalue())
print(shown(io.TextIOWrapper, io.BytesIO(), newline="x"), shown(open, path, "w", newline="q"))

print("-- encodings")
text = "a\u20ac\xe9\nz\U00010000\n"
for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7"):
    with open(path, "w", encoding=name) as f:
        f.write(text)
        f.write("more")
    with open(path, encoding=name) as f:
        print(name, ascii(f.read()), os.path.getsize(path))
    with open(path, "a", encoding=name) as f:
        f.write("!")
    with open(path, encoding=name) as f:
        lines = []
        while line := f.readline():
            lines.append((ascii(line), len(str(f.tell())) < 30))
        print("  ", lines)
        f.seek(0)
        f.read(2)
        at = f.tell()
        rest = f.read()
        f.seek(at)
        print("  ", f.read() == rest, f.encoding, f.errors)
for name, errors in (("ascii", "strict"), ("ascii", "replace"), ("ascii", "surrogateescape"), ("latin-1", "strict"), ("cp1252", "strict"), ("utf-8", "ignore")):
    f = io.TextIOWrapper(io.BytesIO(b"a\xe9b"), name, errors)
    print(name, errors, ascii(shown(f.read)))
    f = io.TextIOWrapper(out := io.BytesIO(), name, errors)
    print("  ", shown(f.write, "a\u20ac"), shown(f.flush), out.getvalue())
print(shown(io.TextIOWrapper, io.BytesIO(), "nonsense"), shown(io.TextIOWrapper, io.BytesIO(), "hex"), shown(io.TextIOWrapper, io.BytesIO(), 7))

print("-- positions")
with open(path, "w+", encoding="utf-8") as f:
    f.write("z\xe9ro\neins\nzwei\n")
    print(f.tell(), f.seek(0), f.readline().encode(), f.tell(), f.read(2), f.tell(), f.seek(6), f.read(), f.seek(0, 2), shown(f.seek, 1, 1), shown(f.seek, -1, 2))
    print(shown(f.seek, -1), shown(f.seek, 0, 5), f.seek(0), next(f).encode(), shown(f.tell), list(f), f.tell(), f.truncate(3), f.seek(0), f.read().encode())
f = io.TextIOWrapper(io.BytesIO(b"a\r\nb\r\nc"), "ascii")
print([(f.read(1), f.tell()) for _ in range(6)])

print("-- what it has")
f = open(path, "w", encoding="utf-8", errors="replace", newline="\n")
print(f, f.name, f.mode, f.encoding, f.errors, f.line_buffering, f.write_through, f.newlines, f.closed, f.readable(), f.writable(), f.seekable(), f.isatty())
print(f.buffer.name, f.buffer.mode, f.buffer.raw.name, f.buffer.raw.mode, shown(f.read), shown(f.write, b""), shown(f.write, 7))
f.reconfigure(line_buffering=True, encoding="ascii")
print(f.encoding, f.errors, f.line_buffering, f.write("x\n"), os.path.getsize(path), f.reconfigure(newline="\r\n"), f.write("y\n"), os.path.getsize(path))
print(shown(f.reconfigure, encoding=7), shown(f.reconfigure, newline="q"), f.close(), shown(f.write, ""), shown(f.flush), f.closed, shown(f.__enter__))
f = open(path, encoding="utf-8")
print(f.read(1), shown(f.reconfigure, encoding="ascii"), f.detach().read(), shown(f.read), shown(lambda: f.name))
wrapper = io.TextIOWrapper(io.BytesIO(b"x"))
print(repr(wrapper).replace("utf-8", "UTF-8"), shown(wrapper.fileno), wrapper.detach().read(), repr(wrapper).replace("utf-8", "UTF-8"))

print("-- open()")
for args in (("r", -1, None), ("rb", 0), ("r", 0), ("rb", 1, "ascii"), ("rt",), ("rtb",), ("q",), ("rw",), ("r", -2), ("",), ("rr",), ("U",)):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        f = shown(open, path, *args)
        print(args, f if isinstance(f, str) else type(f).__name__, [str(w.message) for w in caught if w.category is not ResourceWarning])
print(shown(open, path, "rb", errors="x"), shown(open, path, "rb", newline="x"), shown(open, path, encoding=7), shown(open, None), shown(open, "a\0"))
fd = os.open(path, os.O_RDONLY)
with open(fd, closefd=False, encoding="utf-8") as f:
    print(f.name == fd, f.read())
print(os.close(fd), shown(open, fd))
with open(path, opener=lambda name, flags: os.open(name, flags)) as f:
    print(f.name, f.read())
print(io.open is open, io.open_code(path).read(), io.text_encoding(None), io.text_encoding("x"), sys.stdout.name, sys.stdout.mode, sys.stdout.encoding, sys.stderr.errors)
decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), translate=True)
print(repr(decoder.decode(b"a\r")), repr(decoder.decode(b"\nb\r\n\n")), decoder.newlines, decoder.getstate(), decoder.reset(), decoder.newlines)
decoder = io.IncrementalNewlineDecoder(None, translate=False)
print(repr(decoder.decode("a\r")), repr(decoder.decode("b", final=True)), decoder.newlines, decoder.getstate())
os.remove(path)
