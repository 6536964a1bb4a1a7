"""The operators of the language as functions."""

try:
    from _operator import *
except ImportError:  # a system without it
    from _operator_plain import *

__all__ = ["abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf", "delitem", "eq", "floordiv", "ge", "getitem",
           "gt", "iadd", "iand", "iconcat", "ifloordiv", "ilshift", "imatmul", "imod", "imul", "index", "indexOf", "inv", "invert",
           "ior", "ipow", "irshift", "is_", "is_not", "isub", "itemgetter", "itruediv", "ixor", "le", "length_hint", "lshift", "lt",
           "matmul", "methodcaller", "mod", "mul", "ne", "neg", "not_", "or_", "pos", "pow", "rshift", "setitem", "sub", "truediv",
           "truth", "xor"]

for _name in __all__ + ["inv"]:
    globals()[f"__{_name.rstrip('_')}__"] = globals()[_name]
for _name in ("attrgetter", "itemgetter", "methodcaller", "countOf", "indexOf", "length_hint", "is", "is_not", "truth"):
    globals().pop(f"__{_name}__", None)
del _name
