"""Weak references, and containers that do not keep what is in them alive.

References and proxies are here; the rest is in modules of its own, loaded when one of its names is asked for."""

import sys
from _weakref import CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs, proxy, ref

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]

ProxyTypes = (ProxyType, CallableProxyType)
_HOME = {"WeakSet": "_weakrefset", "WeakMethod": "_weakref_call", "finalize": "_weakref_call",
         "KeyedRef": "_weakref_map", "WeakKeyDictionary": "_weakref_map", "WeakValueDictionary": "_weakref_map"}


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(__import__(_HOME[name]), name)
    if name == "WeakSet" and (abc := sys.modules.get("_abc_set")):  # otherwise that does so when it is imported
        abc.MutableSet.register(value)
    return value


def __dir__():
    return sorted({*globals(), *_HOME})
