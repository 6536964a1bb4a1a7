"""A database that needs nothing but files: NAME.dat holds values in blocks of 512 bytes, NAME.dir where each key's value is.

The index is in memory, and written when the database is closed or synced; NAME.bak is the index before.
"""

import collections.abc
import io
import os

__all__ = ["error", "open"]
error = OSError
_BLOCK = 512


class _Database(collections.abc.MutableMapping):
    """The mapping that open() gives. Values go where they were if they fit, else behind all others."""

    def __init__(self, name, mode, flag="c"):
        self._index = None # until it is read: nothing to write on close()
        self._mode, self._readonly, self._changed = mode, flag == "r", False
        name = os.fsencode(name)
        self._dir, self._dat, self._bak = name + b".dir", name + b".dat", name + b".bak"
        if flag == "n":
            for path in self._dat, self._bak, self._dir:
                try:
                    os.remove(path)
                except OSError:
                    pass
        if not os.path.exists(self._dat):
            if flag not in ("c", "n"):
                raise FileNotFoundError(2, os.strerror(2), os.fsdecode(self._dat))
            with self._create(self._dat):
                pass
        self._read_index(flag)

    def _create(self, path):
        return io.open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, self._mode), "w", encoding="latin-1")

    def _read_index(self, flag):
        index = {}
        try:
            with io.open(self._dir, encoding="latin-1") as file:
                from ast import literal_eval
                for line in file:
                    key, place = literal_eval(line.rstrip())
                    index[key.encode("latin-1")] = place
        except FileNotFoundError:
            if flag not in ("c", "n"):
                raise
            with self._create(self._dir):
                pass
        self._index = index

    def _open_index(self):
        if self._index is None:
            raise error("DBM object has already been closed")
        return self._index

    def sync(self):
        """Write the index."""
        if self._index is None or not self._changed:
            return
        try:
            os.unlink(self._bak)
        except OSError:
            pass
        try:
            os.rename(self._dir, self._bak)
        except OSError:
            pass
        with self._create(self._dir) as file:
            for key, place in self._index.items():
                file.write(f"{key.decode('latin-1')!r}, {place!r}\n")
        self._changed = False

    def close(self):
        """Write the index, and be done."""
        try:
            self.sync()
        finally:
            self._index = None

    __del__ = close

    @staticmethod
    def _bytes(key, what):
        if isinstance(key, str):
            return key.encode("utf-8")
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"{what} must be bytes or strings")
        return bytes(key)

    def __getitem__(self, key):
        at, size = self._open_index()[key.encode("utf-8") if isinstance(key, str) else key]
        with io.open(self._dat, "rb") as file:
            file.seek(at)
            return file.read(size)

    def _writable(self):
        if self._readonly:
            raise error("The database is opened for reading only")

    def __setitem__(self, key, value):
        self._writable()
        key, value = self._bytes(key, "keys"), self._bytes(value, "values")
        index = self._open_index()
        old = index.get(key)
        with io.open(self._dat, "rb+") as file:
            if old is not None and (old[1] + _BLOCK - 1) // _BLOCK >= (len(value) + _BLOCK - 1) // _BLOCK:
                at = old[0]
                file.seek(at)
            else:
                end = file.seek(0, 2)
                at = -(-end // _BLOCK) * _BLOCK
                file.write(bytes(at - end))
            file.write(value)
        index[key] = at, len(value)
        self._changed = True

    def __delitem__(self, key):
        self._writable()
        del self._open_index()[key.encode("utf-8") if isinstance(key, str) else key]
        self._changed = True
        self.sync()

    def keys(self):
        """The keys, in a list."""
        return list(self._open_index())

    def items(self):
        """Keys and values, in a list."""
        return [(key, self[key]) for key in self._open_index()]

    def __contains__(self, key):
        return (key.encode("utf-8") if isinstance(key, str) else key) in self._open_index()

    def __iter__(self):
        return iter(self._open_index())

    iterkeys = __iter__

    def __len__(self):
        return len(self._open_index())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="c", mode=0o666):
    """The database at file (without .dat and .dir); flag as dbm.open()."""
    mask = os.umask(0)
    os.umask(mask)
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode & ~mask, flag=flag)
