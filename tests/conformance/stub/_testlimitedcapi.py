"""CPython's _testlimitedcapi, as far as Krait has it: see _helper_stub."""

import _helper_stub

if _helper_stub.in_c("_krait_testmore") is not None:
    from _krait_testmore import (call_vectorcall, call_vectorcall_method, object_hasattrstring, sequence_delitem, sequence_getitem,
                                 sequence_setitem)

__getattr__ = _helper_stub.skipping("_testlimitedcapi")
