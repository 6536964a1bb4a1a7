# import_zip.py - modules and packages in zip files: stored and compressed members, folders inside.
# SPDX-License-Identifier: MIT
import importlib
import sys
from posix import getcwd  # os leaves less memory on a device

from _zip_file import ZIP

sys.dont_write_bytecode = True
PATH = getcwd() + "/lib.zip"


def error(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "name", None))


with open("lib.zip", "wb") as f:
    f.write(ZIP)
sys.path.insert(0, PATH)
import zm
print(zm.value, zm.__file__ == PATH + "/zm.py", type(zm.__loader__).__name__, zm.__spec__.origin == zm.__file__)
try:
    zm.fail()
except ValueError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_code.co_filename == zm.__file__, e.__traceback__.tb_next.tb_lineno)
import zp.sub
print(zp.name, zp.sub.x[-1], zp.__path__ == [PATH + "/zp"], zp.__package__, zp.sub.file == PATH + "/zp/sub.py")
import ns.deep.leaf
print(ns.deep.leaf.LEAF, ns.__file__, list(ns.deep.__path__) == [PATH + "/ns/deep"])
import café
print(café.e)
error(importlib.import_module, "nothing")
error(importlib.import_module, "zp.nothing")
try:
    import bad
except SyntaxError as e:
    print(type(e).__name__, e.filename == PATH + "/bad.py", e.lineno)
sys.path[0] = PATH + "/ns"
import deep.leaf
print(deep.leaf.__name__, deep.leaf.__file__ == PATH + "/ns/deep/leaf.py")
