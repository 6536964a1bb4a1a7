"""The Python half of abc under its CPython name: Krait has one implementation."""

from abc import ABCMeta, get_cache_token

__all__ = ["ABCMeta", "get_cache_token"]
