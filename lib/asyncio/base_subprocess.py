"""The transport of child processes, under the name that programs know."""

from ._process import BaseSubprocessTransport

__all__ = ("BaseSubprocessTransport",)
