# sys_audit_files.py - audit events of files and folders.
# SPDX-License-Identifier: MIT
import os
import sys
import time

from _audit import Path, show

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
show(os.listdir)
show(os.listdir, b".")
show(os.listdir, Path("a"))
show(os.listdir, "none")
show(os.getcwd)
show(os.chdir, ".")
show(os.chdir, "none")
show(os.stat, "h")
show(os.unlink, "h")
show(os.unlink, "none")
show(os.makedirs, "x/y")
show(time.sleep, 0)
show(time.sleep, -1)

print("-- wrong arguments")
for function in (os.mkdir, os.rmdir, os.remove, os.unlink, os.listdir, os.chdir, os.stat):
    show(function, 3.5)
    show(function, "a\0b")
    show(function, Path(3))
for function in (os.rename, os.replace):
    show(function, 3.5, 0)
    show(function, "a\0b", 0)
show(open, Path(3))


def refuse(event, args):
    if event == "os.mkdir":
        raise PermissionError("no folders")


sys.addaudithook(refuse)
show(os.mkdir, "z")
print(os.path.exists("z"))
