# import_zipimporter.py - zipimport.zipimporter: what it tells of modules and data in a zip file, and damaged files.
# SPDX-License-Identifier: MIT
import os
import sys
import zipimport

from _zip_file import ZIP

def error(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(type(e).__name__, str(e).replace(HERE, "."), getattr(e, "name", None))


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


HERE = os.getcwd()
PATH = os.path.abspath("lib.zip")
write("lib.zip", ZIP)
sys.path.insert(0, PATH)
import zm
print(zm.__doc__)
z = zipimport.zipimporter(PATH)
print(z.archive == PATH, repr(z.prefix), z.is_package("zp"), z.is_package("zm"), z.get_source("zm")[:9], z.get_data("zp/data.txt")[:9])
print(z.get_data(PATH + "/zp/data.txt") == b"some data " * 10, z.get_filename("zp") == PATH + "/zp/__init__.py", z.get_code("zp").co_name)
print(repr(z) == f'<zipimporter object "{PATH}/">', z.find_spec("none"), z.find_spec("zm").loader is z, z.find_spec("ns").loader)
sub = zipimport.zipimporter(PATH + "/zp")
print(repr(sub.prefix), sub.find_spec("sub").name, sub.is_package("sub"), repr(sub) == f'<zipimporter object "{PATH}/zp/">')
for call in ((z.get_source, "none"), (z.is_package, "none"), (z.get_code, "none"), (z.get_filename, "none"), (z.get_data, "none"),
             (zipimport.zipimporter, ""), (zipimport.zipimporter, "none.zip"), (zipimport.zipimporter, HERE), (zipimport.zipimporter, 1)):
    error(*call)
print(issubclass(zipimport.ZipImportError, ImportError), sys.path_hooks[0] is zipimport.zipimporter)
write("front.zip", b"#!/bin/sh\n" + ZIP)
print(zipimport.zipimporter("front.zip").get_source("zm")[10:26])
for name, data in (("short.zip", ZIP[:-20]), ("text.zip", b"no zip"), ("empty.zip", b""), ("cut.zip", ZIP[100:])):
    write(name, data)
    error(zipimport.zipimporter, name)
write("lib.zip", ZIP.replace(b"stored", b"change"))
zipimport.zipimporter(PATH).invalidate_caches()
print(type(sys.path_importer_cache.get(PATH)).__name__, type(sys.path_importer_cache.get(HERE)).__name__)
