# ZIP archives: what is written, read and listed, and what is said about archives that are wrong.
import io
import os
import zipfile
from zipfile import ZipFile, ZipInfo


def show(archive):
    for info in archive.infolist():
        print(str(info).partition(' compress_size')[0], info.date_time, info.compress_type, info.file_size, info.CRC, info.is_dir(), oct(info.external_attr >> 16))


def why(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


file = io.BytesIO()
with ZipFile(file, "w") as z:
    print(repr(z)[:25], z.mode)
    z.writestr(ZipInfo("a.txt", (2020, 2, 3, 4, 5, 7)), "text")
    info = ZipInfo("dir/\u00fc.bin", (1999, 12, 31, 23, 59, 59))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.comment = b"about it"
    z.writestr(info, bytes(range(256)) * 100)
    z.mkdir("folder")
    with z.open(ZipInfo("stream.txt"), "w") as stream:
        stream.write(b"one\n")
        stream.write(b"two\n")
        why(z.open, "a.txt")
        why(z.close)
    z.comment = b"the comment"
data = file.getvalue()
print(len(data) > 500, zipfile.is_zipfile(file), zipfile.is_zipfile(io.BytesIO(b"PK")))
with ZipFile(io.BytesIO(b"before" + data)) as z:
    show(z)
    print(z.namelist(), z.comment, z.testzip(), z.read("a.txt"), len(z.read("dir/\u00fc.bin")), z.getinfo("dir/\u00fc.bin").comment)
    with z.open("stream.txt") as stream:
        print(stream, stream.readline(), stream.tell(), stream.seek(1), stream.read1(2), stream.peek(3)[:3], stream.read())
    with z.open("dir/\u00fc.bin") as stream:
        print(stream.seek(25000), stream.read(4), stream.seek(-3, 2), stream.read(), stream.seek(10), stream.read(2))
    with z.open("stream.txt") as stream:
        print(list(io.TextIOWrapper(stream)))
    z.extractall("out")
    print(sorted(os.listdir("out")), open("out/a.txt").read(), os.path.isdir("out/folder"))
    z.printdir()
    why(z.read, "nothing")
    why(z.writestr, "x", "y")
    why(z.open, "a.txt", "q")
with ZipFile("disk.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    z.write("out/a.txt", "../up/a.txt")
    z.write("out", "out")
with ZipFile("disk.zip", "a") as z:
    z.writestr("later", b"x" * 1000, compress_type=zipfile.ZIP_DEFLATED)
with ZipFile("disk.zip") as z:
    print(z.namelist(), z.extract("../up/a.txt", "safe") == os.path.join("safe", "up", "a.txt"), z.getinfo("later").compress_size < 30)
broken = bytearray(data)
broken[broken.index(b"text")] ^= 1
why(ZipFile(io.BytesIO(broken)).read, "a.txt")
print(ZipFile(io.BytesIO(broken)).testzip())
for bad in (b"", b"PK\5\6" + b"\0" * 18, data[:-40], b"x" * 100):
    why(lambda: ZipFile(io.BytesIO(bad)).namelist())
why(ZipFile, "nosuch.zip")
why(ZipFile, io.BytesIO(), "z")
why(ZipFile, io.BytesIO(), "w", 99)
why(ZipInfo, "x", (1979, 1, 1, 0, 0, 0))
why(setattr, ZipFile(io.BytesIO(), "w"), "comment", "text")
root = zipfile.Path(io.BytesIO(data))
print(sorted(p.at for p in root.iterdir()), (root / "dir").is_dir(), (root / "a.txt").read_text(), (root / "none").exists(), [p.name for p in root.glob("**/*.bin")])
print((root / "a.txt").suffix, (root / "dir" / "\u00fc.bin").parent.at)
print(str(zipfile.Path("disk.zip") / "later"), repr(zipfile.Path("disk.zip", "later")))
why(str, root)
many = io.BytesIO()
with ZipFile(many, "w") as z:
    with z.open("big", "w", force_zip64=True) as stream:
        stream.write(b"0123456789")
with ZipFile(many) as z:
    print(z.read("big"), z.getinfo("big").extract_version)
