# import_zip.py - modules and packages in zip files: stored and compressed members, folders inside, data, damage.
# SPDX-License-Identifier: MIT
import importlib
import os
import sys
import zipimport

sys.dont_write_bytecode = True
ZIP = bytes.fromhex(
    "504b03041400000000008318225878f3d62c4600000046000000050000007a6d2e7079272727646f632727270a76616c7565203d202773"
    "746f726564270a646566206661696c28293a0a2020202072616973652056616c75654572726f722827696e207a697027290a504b030414"
    "000000080083182258ec55e78e21000000220000000e0000007a702f5f5f696e69745f5f2e70794b2bcacf55d053c8cc2dc82f2a51282e"
    "4de2ca4bcc4d55b055888f0731e2e3b900504b0304140000000800831822587cd4dc4fae0000004f010000090000007a702f7375622e70"
    "791d90bb0d03310c43fb4ce1015c581fcb76914982e0aa04089001327ef4541d8f2229cabf766f8fd19bf4e6bd9d04d19bcede2cbf9eff"
    "91f4cea90c540a724786f62046ad13b4933375cce4e17007ede4a6e674aed4058e002db8c574a33b384ed4366264902842b8d41e51568a"
    "d576af22b33a45d58b6abae82cdbab2177e8a88e52b7e9485e6da4467d08ddf16a145ec5efd21cf4565e1372f2362e34f2cdb73c6fefcf"
    "f7952f785d80ebbafd01504b0304140000000800831822586557122e0f000000640000000b0000007a702f646174612e7478742bcecf4d"
    "5548492c495428a6190b00504b030414000000000083182258000000000000000000000000030000006e732f504b030414000000000083"
    "182258000000000000000000000000080000006e732f646565702f504b030414000000080083182258bc18ea590b000000090000000f00"
    "00006e732f646565702f6c6561662e7079f371757453b05530e40200504b0304140000000000831822588d24ceff070000000700000006"
    "0000006261642e707964656620283a0a504b03041400000800008318225842408727040000000400000008000000636166c3a92e707965"
    "3d310a504b010214031400000000008318225878f3d62c46000000460000000500000000000000000000008001000000007a6d2e707950"
    "4b0102140314000000080083182258ec55e78e21000000220000000e00000000000000000000008001690000007a702f5f5f696e69745f"
    "5f2e7079504b01021403140000000800831822587cd4dc4fae0000004f0100000900000000000000000000008001b60000007a702f7375"
    "622e7079504b01021403140000000800831822586557122e0f000000640000000b000000000000000000000080018b0100007a702f6461"
    "74612e747874504b01021403140000000000831822580000000000000000000000000300000000000000000000008001c30100006e732f"
    "504b01021403140000000000831822580000000000000000000000000800000000000000000000008001e40100006e732f646565702f50"
    "4b0102140314000000080083182258bc18ea590b000000090000000f000000000000000000000080010a0200006e732f646565702f6c65"
    "61662e7079504b01021403140000000000831822588d24ceff07000000070000000600000000000000000000008001420200006261642e"
    "7079504b010214031400000800008318225842408727040000000400000008000000000000000000000080016d020000636166c3a92e70"
    "79504b05060000000009000900ed0100009702000009006120636f6d6d656e74"
)


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
print(zm.value, zm.__doc__, zm.__file__ == PATH + "/zm.py", type(zm.__loader__).__name__, zm.__spec__.origin == zm.__file__)
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
