# tar archives in the three formats, plain, compressed and as streams: written, listed, extracted; filters; archives that are wrong.
import hashlib
import io
import os
import sys
import tarfile
import warnings


def why(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ".").replace(os.path.dirname(os.getcwd()), ".."))


def entry(name, data=b"", **values):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in values.items():
        setattr(info, key, value)
    return info, io.BytesIO(data)


ENTRIES = [entry("a.txt", b"text", mtime=1000000000, uid=3, gid=4, uname="me", gname="us", mode=0o640), entry("dir", type=tarfile.DIRTYPE, mode=0o755),
           entry("dir/link", type=tarfile.SYMTYPE, linkname="../a.txt"), entry("hard", type=tarfile.LNKTYPE, linkname="a.txt"),
           entry("x/" * 60 + "long.txt", b"z" * 1000), entry("fifo", type=tarfile.FIFOTYPE), entry("dev", type=tarfile.CHRTYPE, devmajor=1, devminor=3)]
for format in tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as tar:
        for info, data in ENTRIES:
            data.seek(0)
            tar.addfile(info, data if info.size else None)
        if format == tarfile.PAX_FORMAT:
            tar.addfile(*entry("\u00fc\u20ac" * 60, b"name", mtime=1.5, uid=1 << 30, pax_headers={"comment": "words"}))
        elif format == tarfile.GNU_FORMAT:
            tar.addfile(*entry("n" * 200, b"name", mtime=-5, uid=1 << 30))
    print(format, len(file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest())
    file.seek(0)
    with tarfile.open(fileobj=file) as tar:
        for info in tar:
            print(info.name[:30], info.size, oct(info.mode), info.mtime, info.uid, info.uname, info.type, info.linkname, info.isfile(), info.offset_data, info.pax_headers)
        print(tar.extractfile("a.txt").read(), tar.extractfile("dir/link").read(), tar.extractfile("hard").read(), tar.extractfile("dir"), tar.getmember("dir/").name)
        with tar.extractfile("x/" * 60 + "long.txt") as stream:
            print(stream.seek(990), stream.read(), stream.read(), stream.tell())
        why(tar.getmember, "none")
        why(tar.addfile, ENTRIES[0][0])
for mode in "w:gz", "w|gz", "w|", "w:", "x":
    with tarfile.open("made.tar", mode) as tar:
        info, data = ENTRIES[0]
        data.seek(0)
        tar.addfile(info, data)
    print(mode, tarfile.is_tarfile("made.tar"))
    for reading in "r", "r|*", "r:gz", "r:", "r|gz":
        try:
            with tarfile.open("made.tar", reading) as tar:
                print(reading, [(info.name, tar.extractfile(info).read()) for info in tar])
        except tarfile.ReadError as e:
            print(reading, type(e).__name__)
    os.remove("made.tar")
os.makedirs("tree/inner")
with open("tree/inner/file", "w") as f:
    f.write("inner")
os.symlink("inner/file", "tree/link")
with tarfile.open("tree.tar", "w") as tar:
    tar.add("tree", "top", filter=lambda info: info.replace(mtime=0, uid=0, gid=0, uname="root", gname="root", deep=False))
with tarfile.open("tree.tar", "a") as tar:
    tar.addfile(*entry("more", b"more"))
with tarfile.open("tree.tar") as tar:
    print(tar.getnames())
    tar.list(verbose=False)
    tar.extractall("out", filter="data")
with open("out/top/link") as file:
    print(sorted(os.listdir("out/top")), file.read(), os.readlink("out/top/link"))
BAD = [entry("/abs", b"x"), entry("../up", b"x"), entry("l1", type=tarfile.SYMTYPE, linkname="/etc/passwd"), entry("l2", type=tarfile.SYMTYPE, linkname="../../x"),
       entry("f", type=tarfile.FIFOTYPE), entry("ok", b"x", mode=0o4777, uid=5, uname="u"), entry("hl", type=tarfile.LNKTYPE, linkname="../y")]
for filter in tarfile.data_filter, tarfile.tar_filter, tarfile.fully_trusted_filter:
    for info, _ in BAD:
        try:
            kept = filter(info, "dest")
            print(filter.__name__, info.name, kept.name, oct(kept.mode) if kept.mode is not None else None, kept.uid, kept.uname)
        except tarfile.FilterError as e:
            print(filter.__name__, info.name, type(e).__name__, str(e).replace(os.getcwd(), ".").replace(os.path.dirname(os.getcwd()), ".."))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    with tarfile.open("tree.tar") as tar:
        tar.extract("more", "out2")
    print(caught[0].category.__name__, caught[0].message)
with tarfile.open("tree.tar") as tar:
    why(tar.extractall, "x", filter="nosuch")
for bad in (b"", b"x" * 600, b"\0" * 1024):
    try:
        print(tarfile.open(fileobj=io.BytesIO(bad), mode="r:").getnames())
    except tarfile.ReadError as e:
        print(type(e).__name__, e)
why(tarfile.open, "made.tar", "q")
why(tarfile.open, "made.tar", "r:zz")
why(tarfile.open)
why(tarfile.open, "nosuch.tar")
why(ENTRIES[0][0].replace, colour=1)
why(entry("n" * 300)[0].tobuf, tarfile.USTAR_FORMAT)
