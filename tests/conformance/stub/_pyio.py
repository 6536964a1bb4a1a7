"""CPython's own _pyio, from beside its suite: Krait has one implementation of io, tests ask for two."""

import os

_path = os.path.join(os.path.dirname(os.environ["CONFORMANCE_SUITE"]), "_pyio.py")
with open(_path, encoding="utf-8") as _file:
    exec(compile(_file.read(), _path, "exec"), globals())
