"""Paths as objects."""

from pathlib._abc import UnsupportedOperation
from pathlib._local import Path, PosixPath, PurePath, PurePosixPath, PureWindowsPath, WindowsPath

__all__ = ["UnsupportedOperation", "PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]
for _class in (PurePath, PurePosixPath, PureWindowsPath, Path, PosixPath, WindowsPath):
    _class.__module__ = "pathlib"
del _class
