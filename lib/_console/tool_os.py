"""Module os as tools for boards expect it at the end of a wire: MicroPython's ilistdir(), mount() and umount(), and results of stat() and statvfs() that
print as plain tuples, which tools read with literal_eval(). All else stays CPython's, also the names in those results."""

import os

import uos


class _Plain(tuple):
    """The items that MicroPython has, and the attributes of what they come from."""

    def __getattr__(self, name: str):
        return getattr(self._whole, name)


def _plain(function):
    def call(*arguments, **named):
        whole = function(*arguments, **named)
        out = _Plain(tuple(whole)[:10])
        out._whole = whole
        return out

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    return call


def install() -> None:
    """Once per interpreter."""
    if not hasattr(os, "ilistdir"):
        for name in ("ilistdir", "mount", "umount"):
            setattr(os, name, getattr(uos, name))
        os.stat, os.statvfs = _plain(os.stat), _plain(os.statvfs)
