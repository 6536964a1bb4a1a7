"""The transport of child processes, under the name that programs know."""

from ._process import _UnixSubprocessTransport as BaseSubprocessTransport

__all__ = ("BaseSubprocessTransport",)
