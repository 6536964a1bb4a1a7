# File systems that are objects (uos.mount): open(), os, pathlib and imports find their files. Krait's own: CPython has no such thing.
import errno
import io
import os
import sys

import uos


class File(io.BytesIO):
    def __init__(self, files, path, data):
        super().__init__(data)
        self.files, self.path = files, path

    def close(self):
        if not self.closed and self.files is not None:
            self.files[self.path] = self.getvalue()
        super().close()


class Memory:
    """MicroPython's methods of a file system. files: path to contents; None: a folder."""

    def __init__(self, files):
        self.files, self.log = {"/": None, **files}, []

    def mount(self, readonly, mkfs):
        self.log.append(("mount", readonly, mkfs))

    def umount(self):
        self.log.append("umount")

    def _there(self, path):
        if path not in self.files:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.files[path]

    def open(self, path, mode):
        data = self._there(path) if mode[0] == "r" else b""
        stream = File(self.files if mode[0] != "r" else None, path, data)
        return stream if "b" in mode else io.TextIOWrapper(stream, "utf-8")

    def ilistdir(self, path):
        if self._there(path) is not None:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        at = path.rstrip("/") + "/"
        for name, data in self.files.items():
            if name.startswith(at) and name != at and "/" not in name[len(at):]:
                yield name[len(at):], 0x4000 if data is None else 0x8000, 0, 0 if data is None else len(data)

    def stat(self, path):
        data = self._there(path)
        return (0x4000 if data is None else 0x8000, 0, 0, 0, 0, 0, 0 if data is None else len(data), 1, 2, 3)

    def statvfs(self, path):
        return (1, 1, 100, 50, 50, 0, 0, 0, 0, 255)

    def mkdir(self, path):
        self.files[path] = None

    def remove(self, path):
        self._there(path)
        del self.files[path]

    rmdir = remove

    def rename(self, old, new):
        self.files[new] = self._there(old)
        del self.files[old]


here = os.getcwd()
m = Memory({"/a": b"one\ntwo\n", "/d": None, "/d/b": b"\x00\xff", "/mod.py": b"import pk\nname = 'module', pk.inner.x\n", "/pk": None,
            "/pk/__init__.py": b"from . import inner\n", "/pk/inner.py": b"x = 7\n", "/bad.py": b"def f():\n    1/0\n"})
uos.mount(m, "/memory", readonly=True)
print(m.log, sorted(os.listdir("/memory")), sorted(uos.listdir("/memory/d")))
print(open("/memory/a").read(), open("/memory/d/b", "rb").read())
s = os.stat("/memory/a")
print(type(s), s.st_size, s.st_mtime, os.path.isfile("/memory/a"), os.path.isdir("/memory/d"), os.path.exists("/memory/x"), os.path.getsize("/memory/a"))
with open("/memory/new", "w") as f:
    f.write("text é")
print(m.files["/new"])
os.rename("/memory/new", "/memory/d/new")
os.mkdir("/memory/e")
print(sorted(n for n, k, i, z in uos.ilistdir("/memory")), [(e.name, e.is_dir(), e.stat().st_size) for e in os.scandir("/memory/d")])
print([(a, sorted(b), sorted(c)) for a, b, c in os.walk("/memory")])
os.remove("/memory/d/new")
os.rmdir("/memory/e")
os.chdir("/memory/d")
print(os.getcwd(), os.listdir(), open("b", "rb").read(), os.path.exists("b"), open("../a").readline())
import pathlib
print(pathlib.Path("/memory/a").read_text(), pathlib.Path("b").exists(), sorted(p.name for p in pathlib.Path("/memory").iterdir()))
for call in (lambda: open("/memory/none"), lambda: os.stat("none"), lambda: os.listdir("/memory/a"), lambda: os.rename("/memory/a", "/tmp/a"),
             lambda: uos.mount(m, "/memory"), lambda: uos.umount("/other"), lambda: os.chdir("/memory/a")):
    try:
        call()
    except OSError as e:
        print(type(e).__name__, e.errno == errno.EXDEV, e.strerror)
os.chdir(here)
print(os.getcwd() == here, os.statvfs("/memory").f_bfree)
sys.path.append("/memory")
import mod
print(mod.name, mod.__file__, sys.modules["pk"].__path__)
import bad
try:
    bad.f()
except ZeroDivisionError as e:
    print(e.__traceback__.tb_next.tb_frame.f_code.co_filename)
try:
    import nothing_there
except ImportError as e:
    print(e)
uos.umount("/memory")
print(m.log[-1], os.path.exists("/memory/a"), os.path.exists(here))
try:
    open("/memory/a")
except FileNotFoundError as e:
    print(e)
uos.mount(m, "/again")
print(os.listdir("/again/d"))
uos.umount(m)
