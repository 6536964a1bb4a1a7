# sys_audit_os.py - audit events of files, folders, the environment, and of attributes that say how code works.
# SPDX-License-Identifier: MIT
import gc
import os
import sys
import time

on = False


def hook(event, args):
    if on and event not in ("import", "exec"):
        print("   ", event, [a if isinstance(a, (str, bytes, int, tuple, dict)) or a is None else type(a).__name__ for a in args])


sys.addaudithook(hook)


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def show(function, *args, **named):
    global on
    print(getattr(function, "__name__", "call"), *[repr(a) if isinstance(a, (str, bytes, int, float)) else type(a).__name__ for a in args])
    on = True
    try:
        function(*args, **named)
        on = False
    except Exception as e:
        on = False
        print("   ", type(e).__name__, e)


show(os.mkdir, "a")
show(os.mkdir, b"b", 0o700)
show(os.mkdir, "none/x")
show(os.mkdir, Path("c"))
show(os.rmdir, Path(b"c"))
show(os.rmdir, "b")
open("f", "w").close()
show(os.rename, "f", Path("g"))
show(os.replace, "g", "h")
show(os.rename, "f", "g")
show(os.symlink, "h", b"l")
show(os.symlink, Path("h"), b"l")
show(os.readlink, "l")
show(os.chmod, Path("h"), 0o600)
show(os.chmod, Path("i"), 0o600)
show(os.access, "h", 0)
show(os.listdir)
show(os.listdir, b".")
show(os.listdir, Path("a"))
show(os.listdir, "none")
show(os.scandir)
show(os.scandir, Path("a"))
show(list, os.walk(Path("a"), False))
show(os.getcwd)
show(os.chdir, ".")
show(os.chdir, "none")
show(os.stat, "h")
show(os.lstat, "none")
show(os.open, "h", os.O_RDWR | os.O_CREAT)
show(os.open, Path("none"), os.O_RDONLY)
show(open, Path("none"))
show(open, b"none")
show(open, Path(b"none"), "rb")
show(os.remove, "l")
show(os.unlink, "h")
show(os.unlink, "none")
show(os.makedirs, "x/y")
show(os.removedirs, "x/y")
show(os.putenv, "A", "b")
show(os.unsetenv, "A")
show(os.putenv, "a=b", "c")
show(os.putenv, "a", 3)
show(os.environ.__setitem__, "A", "1")
show(os.environ.__delitem__, "A")
show(os.getpid)
show(os.urandom, 1)
show(time.sleep, 0)
show(time.sleep, -1)

print("-- wrong arguments")
for function in (os.mkdir, os.rmdir, os.remove, os.unlink, os.readlink, os.listdir, os.chdir, os.stat, os.lstat, os.scandir):
    show(function, 3.5)
    show(function, "a\0b")
    show(function, Path(3))
for function in (os.rename, os.replace, os.symlink, os.access, os.open, os.chmod, os.putenv):
    show(function, 3.5, 0)
    show(function, "a\0b", 0)
show(open, Path(3))
show(os.lstat, 3)

print("-- code")


class C:
    pass


class D:
    pass


def f():
    pass


async def co():
    yield


def generator():
    yield


def refused():
    global on
    try:
        1 / 0
    except ZeroDivisionError as e:
        tb = e.__traceback__
        on = True
        tb.tb_frame.f_code
        on = False


o, g, c = C(), generator(), co()
refused()
show(setattr, o, "__class__", D)
show(setattr, o, "x", 1)
show(setattr, D, "x", 1)
show(setattr, D, "__name__", "E")
show(setattr, D, "__qualname__", "E")
show(setattr, D, "__module__", "m")
show(delattr, D, "__name__")
show(setattr, D, "__bases__", 3)
show(setattr, f, "__code__", (lambda: 1).__code__)
show(setattr, f, "__code__", 1)
show(setattr, f, "__defaults__", (1,))
show(setattr, f, "__kwdefaults__", {})
show(setattr, f, "__name__", "g")
show(delattr, f, "__defaults__")
show(delattr, f, "__kwdefaults__")
for name in ("__code__", "__defaults__", "__kwdefaults__", "__name__", "__globals__"):
    show(getattr, f, name)
for name in ("gi_code", "gi_frame", "gi_running"):
    show(getattr, g, name)
show(getattr, c, "ag_code")
show(getattr, c, "ag_frame")
show(gc.get_objects)
show(gc.get_objects, generation=1)
show(sys._getframemodulename)


def refuse(event, args):
    if event == "os.mkdir":
        raise PermissionError("no folders")


sys.addaudithook(refuse)
show(os.mkdir, "z")
print(os.path.exists("z"))
