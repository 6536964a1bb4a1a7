"""Objects as bytes, and back. Only read what you trust: a pickle can do anything that a program can."""

from _pickle_code import *
from _pickle_code import PickleBuffer, decode_long, encode_long
from _pickle_load import Unpickler, load, loads
from _pickle_save import Pickler, dump, dumps, export
from copyreg import dispatch_table

dump, dumps, load, loads = export(dump), export(dumps), export(load), export(loads)
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads
format_version = "5.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
bytes_types = (bytes, bytearray)
for _cls in Pickler, Unpickler:
    _cls.__module__ = "_pickle"
del _cls, export

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads", "PickleBuffer",
           *(_name for _name in dir() if _name.isupper())]


if __name__ == "__main__":
    from _pickle_command import show
    show()
