"""TOML 1.0: load(file) and loads(text) give a dict."""

__all__ = ("loads", "load", "TOMLDecodeError")

from ._read import TOMLDecodeError, load, loads

TOMLDecodeError.__module__ = load.__module__ = loads.__module__ = __name__
