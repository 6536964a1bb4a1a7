# sys_audit_os.py - audit events of links, modes of files, descriptors, the environment.
# SPDX-License-Identifier: MIT
import os

from _audit import Path, show

open("h", "w").close()
os.mkdir("a")
show(os.symlink, "h", b"l")
show(os.symlink, Path("h"), b"l")
show(os.readlink, "l")
show(os.chmod, Path("h"), 0o600)
show(os.chmod, Path("i"), 0o600)
show(os.access, "h", 0)
show(os.scandir)
show(os.scandir, Path("a"))
show(list, os.walk(Path("a"), False))
show(os.lstat, "none")
show(os.open, "h", os.O_RDWR | os.O_CREAT)
show(os.open, Path("none"), os.O_RDONLY)
show(open, Path("none"))
show(open, b"none")
show(open, Path(b"none"), "rb")
show(os.remove, "l")
os.makedirs("x/y")
show(os.removedirs, "x/y")
show(os.putenv, "A", "b")
show(os.unsetenv, "A")
show(os.putenv, "a=b", "c")
show(os.putenv, "a", 3)
show(os.environ.__setitem__, "A", "1")
show(os.environ.__delitem__, "A")
show(os.getpid)
show(os.urandom, 1)

print("-- wrong arguments")
for function in (os.readlink, os.lstat, os.scandir):
    show(function, 3.5)
    show(function, "a\0b")
    show(function, Path(3))
for function in (os.symlink, os.access, os.open, os.chmod, os.putenv):
    show(function, 3.5, 0)
    show(function, "a\0b", 0)
show(os.lstat, 3)
