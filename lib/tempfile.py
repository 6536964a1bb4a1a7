"""Files and folders for a while, with names that nobody can guess and rights for nobody else."""

import io
import os
import sys

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp", "TMP_MAX",
           "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

TMP_MAX = 10000
template = "tmp"
tempdir = None
_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def _candidate():
    """Eight characters, each of 37, from the system's entropy."""
    number = int.from_bytes(os.urandom(8), "little")
    name = ""
    for _ in range(8):
        number, which = divmod(number, len(_CHARACTERS))
        name += _CHARACTERS[which]
    return name


def gettempprefix():
    """What names begin with where nothing else is asked for."""
    return template


def gettempprefixb():
    """The same as bytes."""
    return os.fsencode(template)


def gettempdir():
    """The folder: TMPDIR, TEMP or TMP of the environment, else /tmp, /var/tmp, /usr/tmp or the current one; the first that can be written to."""
    global tempdir
    if tempdir is None:
        places = [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)] + ["/tmp", "/var/tmp", "/usr/tmp", os.getcwd()]
        for place in map(os.path.abspath, places):
            try:
                fd, path = mkstemp(dir=place)
                os.close(fd)
                os.unlink(path)
            except OSError:
                continue
            tempdir = place
            break
        else:
            raise FileNotFoundError(2, f"No usable temporary directory found in {places}")
    return os.fsdecode(tempdir)


def gettempdirb():
    """The same as bytes."""
    return os.fsencode(gettempdir())


def _parts(suffix, prefix, folder):
    """suffix, prefix and folder, all str or all bytes."""
    given = [part for part in (suffix, prefix, folder) if part is not None]
    as_bytes = bool(given) and isinstance(os.fspath(given[0]), bytes)
    if any(isinstance(os.fspath(part), bytes) != as_bytes for part in given):
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    default = [b"", gettempprefixb(), None] if as_bytes else ["", template, None]
    suffix, prefix = default[0] if suffix is None else suffix, default[1] if prefix is None else prefix
    if folder is None:
        folder = gettempdirb() if as_bytes else gettempdir()
    return suffix, prefix, folder, as_bytes


def _new(suffix, prefix, folder, make):
    """make(path) for names until there is none of that name; what it gives, and the path."""
    suffix, prefix, folder, as_bytes = _parts(suffix, prefix, folder)
    for _ in range(TMP_MAX):
        name = _candidate()
        path = os.path.abspath(os.path.join(folder, prefix + (os.fsencode(name) if as_bytes else name) + suffix))
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Make a file: its descriptor, open for reading and writing, and its path. The caller removes it."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    return _new(suffix, prefix, dir, lambda path: os.open(path, flags, 0o600))


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Make a folder; its path. The caller removes it."""
    return _new(suffix, prefix, dir, lambda path: os.mkdir(path, 0o700))[1]


def mktemp(suffix="", prefix=template, dir=None):
    """A path where nothing is; somebody else may make something there before the caller does."""
    def check(path):
        try:
            os.lstat(path)
        except FileNotFoundError:
            return
        raise FileExistsError(path)
    return _new(suffix, prefix, dir, check)[1]


class _TemporaryFileWrapper:
    """A file with a name, removed when it is closed."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name, self.delete = file, name, delete
        self._on_close = delete and delete_on_close

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, kind, value, tb):
        self.close()
        self._remove()

    def __iter__(self):
        yield from self.file

    def __del__(self):
        self.close()
        self._remove()

    def _remove(self):
        if self.delete:
            self.delete = False
            try:
                os.unlink(self.name)
            except FileNotFoundError:
                pass

    def close(self):
        """Close the file, and remove it if that was asked for."""
        self.file.close()
        if self._on_close:
            self._remove()


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
                       errors=None, delete_on_close=True):
    """A file with a name, removed when it is closed (delete), or at the end of the context (delete_on_close false)."""
    fd, name = mkstemp(suffix, prefix, dir)
    try:
        file = open(fd, mode, buffering, encoding=encoding, errors=errors, newline=newline)
    except BaseException:
        os.unlink(name)
        os.close(fd)
        raise
    return _TemporaryFileWrapper(file, name, delete, delete_on_close)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    """A file without a name: it is gone when it is closed."""
    fd, name = mkstemp(suffix, prefix, dir)
    os.unlink(name)
    try:
        return open(fd, mode, buffering, encoding=encoding, errors=errors, newline=newline)
    except BaseException:
        os.close(fd)
        raise


def SpooledTemporaryFile(*args, **kwargs):
    """In memory until it is large: not here yet."""
    raise NotImplementedError("tempfile.SpooledTemporaryFile")


def _remove_tree(path):
    for name in os.listdir(path):
        full = os.path.join(path, name)
        if os.path.isdir(full) and not os.path.islink(full):
            _remove_tree(full)
        else:
            os.unlink(full)
    os.rmdir(path)


class TemporaryDirectory:
    """A folder, removed with what is in it at the end of the context, or when nobody has the object any more."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore, self._delete = ignore_cleanup_errors, delete

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, kind, value, tb):
        if self._delete:
            self.cleanup()

    def __del__(self):
        if self._delete and os.path.isdir(self.name):
            import warnings
            warnings.warn(f"Implicitly cleaning up {self!r}", ResourceWarning)
            self.cleanup()

    def cleanup(self):
        """Remove the folder with what is in it, if it is still there."""
        try:
            if os.path.isdir(self.name):
                _remove_tree(self.name)
        except OSError:
            if not self._ignore:
                raise
