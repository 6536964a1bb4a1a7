"""Imports: of files, packages, cached code, the library; data of packages."""

import os
import sys


def prepare():
    os.mkdir("folder")
    os.mkdir("folder/package")
    for name, text in (("one.py", "value = 1\n"), ("package/__init__.py", "from . import inner\nvalue = inner.value\n"), ("package/inner.py", "value = 2\n")):
        with open("folder/" + name, "w") as file:
            file.write(text)
        os.utime("folder/" + name, (1e9, 1e9))
    sys.path.insert(0, os.path.abspath("folder"))


def main():
    import one
    import package
    print(one.value, package.value)
    for name in ("one", "package", "package.inner"):
        del sys.modules[name]
    import one
    import package.inner
    print(one.value, package.inner.value)
    import json, decimal, logging, uuid
    print(json.dumps([1]), decimal.Decimal("1.5") * 2, logging.WARNING, len(str(uuid.uuid4())))


def check():
    """What is cached is right, or not there."""
    for name in ("one", "package", "package.inner"):
        sys.modules.pop(name, None)
    import one
    import package
    if (one.value, package.value, package.inner.value) != (1, 2, 2):
        raise ValueError("LOST")
