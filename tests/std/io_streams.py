# io: raw, buffered and memory streams.
import io
import os
import warnings

warnings.simplefilter("ignore", ResourceWarning)


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("-- classes")
for name in ("IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase", "FileIO", "BytesIO", "StringIO", "BufferedReader", "BufferedWriter",
             "BufferedRandom", "BufferedRWPair", "TextIOWrapper"):
    cls = getattr(io, name)
    print(name, cls.__module__, cls.__qualname__, [issubclass(cls, base) for base in (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase)])
print(io.UnsupportedOperation.__mro__, io.DEFAULT_BUFFER_SIZE, io.SEEK_SET, io.SEEK_CUR, io.SEEK_END)
for method in ("read", "readline", "write", "seek", "tell", "truncate", "fileno", "detach", "readable", "isatty"):
    print(method, *(shown(getattr(cls(), method, lambda *a: "none"), *(("" if cls is io.TextIOBase else b"",) if method == "write" else (0,) if method in ("seek",) else ()))
                    for cls in (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase)))

print("-- FileIO")
path = "file.bin"
for mode in ("w", "r", "a", "x", "r+", "w+", "rw", "", "z", "rb+"):
    try:
        f = io.FileIO(path, mode)
        print(mode, f.mode, f.readable(), f.writable(), f.seekable(), f.closefd, f.closed, f.name)
        print("  ", shown(f.write, b"12345"), shown(f.seek, 0), shown(f.read, 3), shown(f.tell), shown(f.readall), shown(f.truncate, 4))
        f.close()
        print("  ", f.closed, shown(f.read), shown(f.fileno), shown(f.flush), repr(f))
    except Exception as e:
        print(mode, type(e).__name__, e)
print(shown(io.FileIO, "nowhere/file"), shown(io.FileIO, -1), shown(io.FileIO, path, closefd=False), shown(io.FileIO, "."), shown(io.FileIO, "a\0b"))
print(repr(io.FileIO(path)).replace("closefd=True", "..."))
fd = os.open(path, os.O_RDONLY)
f = io.FileIO(fd, closefd=False)
b = bytearray(3)
print(f.readinto(b), b, f.closefd, f.close(), shown(os.fstat, fd) is not None, os.close(fd))
print(shown(io.FileIO, path, opener=lambda name, flags: "x"), shown(io.FileIO, path, opener=lambda name, flags: -3))

print("-- buffered")
with open(path, "wb") as f:
    print(repr(f), f.write(b"line 1\nline 2\n"), f.write(bytearray(b"line 3")), f.tell(), shown(f.read), shown(f.write, "str"))
with open(path, "rb") as f:
    print(repr(f), f.peek(3)[:6], f.read(3), f.read1(2), f.readline(), f.readlines(), f.read(), shown(f.write, b""), f.seek(-3, 2), f.read())
    print(f.seek(2), f.tell(), f.readinto(b), b, shown(f.seek, 0, 9), shown(f.read, -2), f.raw.tell())
print(shown(f.read), shown(f.seek, 0), shown(f.readline), shown(f.peek), f.closed)
with open(path, "rb+") as f:
    print(repr(f), f.read(4), f.write(b"XX"), f.seek(0), f.read(8), f.truncate(), f.seek(0, 2), f.write(b"end"), f.flush(), f.seek(0), f.read())
with open(path, "ab+") as f:
    print(f.tell(), f.write(b"+"), f.seek(0), f.read())
raw = io.BytesIO(b"0123456789" * 3)
f = io.BufferedReader(raw, 4)
print(f.read(3), f.read(5), f.read1(10), f.read1(10), f.peek(), f.tell(), f.seek(1, 1), f.read(2), f.detach() is raw, shown(f.read))
out = io.BytesIO()
f = io.BufferedWriter(out, 4)
print(f.write(b"ab"), out.getvalue(), f.write(b"cdefgh"), f.flush(), out.getvalue(), shown(io.BufferedWriter, out, 0), shown(io.BufferedReader, 7))


class Slow(io.RawIOBase):
    def __init__(self):
        self.pieces = [b"abc", None, b"de", b""]
        self.taken = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, b):
        piece = self.pieces.pop(0) if self.pieces else b""
        if piece is None:
            return None
        if len(piece) > len(b):
            self.pieces.insert(0, piece[len(b):])
        count = min(len(b), len(piece))
        b[:count] = piece[:count]
        return count

    def write(self, b):
        if len(self.taken) >= 2:
            return None
        self.taken.append(bytes(b[:3]))
        return min(3, len(b))


f = io.BufferedReader(Slow())
print(f.read(2), f.read(5), f.read(5), f.read())
slow = Slow()
f = io.BufferedWriter(slow, 4)
try:
    print(f.write(b"0123456789abcdef"))
except BlockingIOError as e:
    print(e.strerror, e.characters_written, slow.taken)
slow.taken = []
f.close()
out = io.BytesIO()
pair = io.BufferedRWPair(io.BytesIO(b"in"), out)
print(pair.read(), pair.write(b"out"), pair.flush(), pair.readable(), pair.writable(), pair.seekable(), out.getvalue()[-3:], pair.isatty())
print(shown(list, Slow()), Slow().readall(), Slow().read(2))

print("-- BytesIO")
f = io.BytesIO(b"one\ntwo\nthree")
print(f.read(2), f.readline(), f.readlines(), f.tell(), f.seek(-3, 2), f.read(), f.seek(20), f.write(b"!"), f.getvalue())
view = f.getbuffer()
view[0:3] = b"ONE"
print(f.getvalue()[:5], shown(f.write, b"x" * 50), shown(f.truncate, 1), view.release(), f.truncate(5), f.getvalue(), f.seek(0), list(f))
print(shown(f.seek, -1), shown(f.seek, 0, 7), shown(f.write, "s"), shown(io.BytesIO, "s"), f.getstate() if hasattr(f, "getstate") else f.__getstate__())
f.close()
print(f.closed, shown(f.read), shown(f.getvalue), shown(f.getbuffer))

print("-- StringIO")
f = io.StringIO("eins\nzwei\r\ndr\xe9i")
print(ascii([f.readline(), f.read(3), f.tell(), f.read(), f.getvalue()]), f.newlines)
for newline in (None, "", "\n", "\r", "\r\n"):
    f = io.StringIO("a\nb\r\nc\rd", newline=newline)
    print(repr(newline), repr(f.getvalue()), f.readlines(), f.newlines, f.seek(0), f.write("\n"), repr(f.getvalue()))
f = io.StringIO()
print(f.write("abc"), f.seek(1), f.write("\xe9"), ascii(f.getvalue()), f.seek(6), f.write("z"), ascii(f.getvalue()), f.truncate(2), f.getvalue().encode())
print(shown(f.write, b""), shown(f.seek, -1), shown(f.seek, 1, 1), shown(f.seek, 0, 5), shown(io.StringIO, 7), shown(io.StringIO, "", "x"))
f.close()
print(shown(f.read), f.closed)
os.remove(path)
