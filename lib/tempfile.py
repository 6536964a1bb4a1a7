"""Files and folders for a while, with names that nobody can guess and rights for nobody else."""

import errno as _errno
import functools as _functools
import io as _io
import os as _os
import sys as _sys

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp", "TMP_MAX",
           "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

TMP_MAX = 10000
template = "tmp"
tempdir = None
_text_openflags = _bin_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | getattr(_os, "O_NOFOLLOW", 0)
_O_TMPFILE_WORKS = hasattr(_os, "O_TMPFILE")
_name_sequence = None


def _exists(path):
    try:
        _os.lstat(path)
    except OSError:
        return False
    return True


def _infer_return_type(*args):
    """str or bytes, as what is given; a mixture is refused."""
    kind = None
    for arg in args:
        if arg is None:
            continue
        if isinstance(arg, _os.PathLike):
            arg = _os.fspath(arg)
        this = bytes if isinstance(arg, bytes) else str
        if kind is not None and kind is not this:
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = this
    if kind is None:
        return str if tempdir is None or isinstance(tempdir, str) else bytes
    return kind


def _sanitize_params(prefix, suffix, dir):
    """prefix, suffix and dir, all of one type, and the type."""
    kind = _infer_return_type(prefix, suffix, dir)
    if suffix is None:
        suffix = kind()
    if prefix is None:
        prefix = template if kind is str else _os.fsencode(template)
    if dir is None:
        dir = gettempdir() if kind is str else gettempdirb()
    return prefix, suffix, dir, kind


class _RandomNameSequence:
    """Names of eight characters, each of 37, from the system's entropy."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    def __iter__(self):
        return self

    def __next__(self):
        number, name = int.from_bytes(_os.urandom(8), "little"), ""
        for _ in range(8):
            number, which = divmod(number, len(self.characters))
            name += self.characters[which]
        return name


def _get_candidate_names():
    global _name_sequence
    if _name_sequence is None:
        _name_sequence = _RandomNameSequence()
    return _name_sequence


def _candidate_tempdir_list():
    places = [_os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if _os.environ.get(name)] + ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        places.append(_os.getcwd())
    except (AttributeError, OSError):
        places.append(_os.curdir)
    return places


def _get_default_tempdir(dirlist=None):
    """The first folder that a file can be made in."""
    names = _RandomNameSequence()
    places = _candidate_tempdir_list() if dirlist is None else dirlist
    for place in places:
        if place != _os.curdir:
            place = _os.path.abspath(place)
        for _ in range(100):
            path = _os.path.join(place, next(names))
            try:
                fd = _os.open(path, _bin_openflags, 0o600)
                try:
                    try:
                        _os.write(fd, b"blat")
                    finally:
                        _os.close(fd)
                finally:
                    _os.unlink(path)
                return place
            except FileExistsError:
                continue
            except OSError:
                break # no point in trying more names here
    raise FileNotFoundError(_errno.ENOENT, f"No usable temporary directory found in {places}")


def gettempprefix():
    """What names begin with where nothing else is asked for."""
    return _os.fsdecode(template)


def gettempprefixb():
    """The same as bytes."""
    return _os.fsencode(template)


def _gettempdir():
    global tempdir
    tempdir = _get_default_tempdir() if tempdir is None else tempdir
    return tempdir


def gettempdir():
    """The folder: TMPDIR, TEMP or TMP of the environment, else /tmp, /var/tmp, /usr/tmp or the current one; the first that can be written to."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    """The same as bytes."""
    return _os.fsencode(_gettempdir())


def _new(dir, prefix, suffix, kind, what, make):
    """make(path) for names until there is none of that name; what it gives, and the path."""
    names = _get_candidate_names()
    if kind is bytes:
        names = map(_os.fsencode, names)
    dir = _os.path.abspath(dir)
    for _ in range(TMP_MAX):
        path = _os.path.join(dir, prefix + next(names) + suffix)
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(_errno.EEXIST, f"No usable temporary {what} name found")


def _mkstemp_inner(dir, prefix, suffix, flags, output_type):
    def make(path):
        _sys.audit("tempfile.mkstemp", path)
        return _os.open(path, flags, 0o600)
    return _new(dir, prefix, suffix, output_type, "file", make)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Make a file: its descriptor, open for reading and writing, and its path. The caller removes it."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Make a folder; its path. The caller removes it."""
    def make(path):
        _sys.audit("tempfile.mkdtemp", path)
        _os.mkdir(path, 0o700)
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _new(dir, prefix, suffix, kind, "directory", make)[1]


def mktemp(suffix="", prefix=template, dir=None):
    """A path where nothing is; somebody else may make something there before the caller does."""
    names = _get_candidate_names()
    dir = gettempdir() if dir is None else dir
    for _ in range(TMP_MAX):
        path = _os.path.join(dir, prefix + next(names) + suffix)
        if not _exists(path):
            return path
    raise FileExistsError(_errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileCloser:
    """What closes a file, and removes it."""

    def __init__(self, file, name, delete=True, delete_on_close=True, warn_message="Implicitly cleaning up unknown file"):
        self.file, self.name, self.delete, self.delete_on_close = file, name, delete, delete_on_close
        self.warn_message = warn_message
        self.cleanup_called = self.close_called = False

    def cleanup(self):
        if self.cleanup_called:
            return
        self.cleanup_called = True
        try:
            if not self.close_called:
                self.close_called = True
                self.file.close()
        finally:
            if self.delete:
                try:
                    _os.unlink(self.name)
                except FileNotFoundError:
                    pass

    def close(self):
        if self.close_called:
            return
        self.close_called = True
        try:
            self.file.close()
        finally:
            if self.delete and self.delete_on_close:
                self.cleanup()

    def __del__(self):
        closed = self.close_called
        self.cleanup()
        if not closed:
            import warnings
            warnings.warn(self.warn_message, ResourceWarning)


class _TemporaryFileWrapper:
    """A file with a name, removed when it is closed."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name = file, name
        self._closer = _TemporaryFileCloser(file, name, delete, delete_on_close, f"Implicitly cleaning up {self!r}")

    def __repr__(self):
        file = self.__dict__["file"]
        return f"<{type(self).__name__} file={file!r}>"

    def __getattr__(self, name):
        file = self.__dict__["file"]
        value = getattr(file, name)
        if hasattr(value, "__call__"):
            function = value

            @_functools.wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)

            wrapper._closer = self._closer # what was taken off keeps the file
            value = wrapper
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, kind, value, tb):
        result = self.file.__exit__(kind, value, tb)
        self._closer.cleanup()
        return result

    def close(self):
        """Close the file, and remove it if that was asked for."""
        self._closer.close()

    def __iter__(self):
        for line in self.file:
            yield line


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
                       errors=None, delete_on_close=True):
    """A file with a name, removed when it is closed (delete), or at the end of the context (delete_on_close false)."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    name = None

    def opener(*args):
        nonlocal name
        fd, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        return fd

    try:
        file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener)
        try:
            raw = getattr(file, "buffer", file)
            raw = getattr(raw, "raw", raw)
            raw.name = name
            return _TemporaryFileWrapper(file, name, delete, delete_on_close)
        except:
            file.close()
            raise
    except:
        if name is not None and not (name is not None and delete and not _exists(name)):
            _os.unlink(name)
        raise


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    """A file without a name: it is gone when it is closed."""
    global _O_TMPFILE_WORKS
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    if _O_TMPFILE_WORKS:
        fd = None

        def opener(*args):
            nonlocal fd
            flags = (_bin_openflags | _os.O_TMPFILE) & ~_os.O_CREAT & ~_os.O_EXCL
            fd = _os.open(dir, flags & ~getattr(_os, "O_NOFOLLOW", 0), 0o600)
            return fd

        try:
            file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener)
            raw = getattr(file, "buffer", file)
            raw = getattr(raw, "raw", raw)
            raw.name = fd
            return file
        except IsADirectoryError: # an old kernel
            _O_TMPFILE_WORKS = False
        except OSError: # a file system that has it not
            pass
    fd = None

    def opener(*args):
        nonlocal fd
        fd, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        try:
            _os.unlink(name)
        except BaseException:
            _os.close(fd)
            raise
        return fd

    file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener)
    raw = getattr(file, "buffer", file)
    raw = getattr(raw, "raw", raw)
    raw.name = fd
    return file


def _attribute_of_file(name):
    return property(lambda self: getattr(self._file, name))


def _method_of_file(name):
    def method(self, *args):
        return getattr(self._file, name)(*args)
    method.__name__, method.__qualname__ = name, f"SpooledTemporaryFile.{name}"
    return method


class SpooledTemporaryFile(_io.IOBase):
    """In memory until it is larger than max_size, or has to have a number."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                 errors=None):
        if "b" in mode:
            self._file = _io.BytesIO()
        else:
            encoding = _io.text_encoding(encoding)
            self._file = _io.TextIOWrapper(_io.BytesIO(), encoding=encoding, errors=errors, newline=newline)
        self._max_size = max_size
        self._TemporaryFileArgs = {"mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix, "encoding": encoding,
                                   "newline": newline, "dir": dir, "errors": errors}

    __class_getitem__ = classmethod(type(list[int]))

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """From memory to a file."""
        if self._rolled:
            return
        file = self._file
        new = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        at = file.tell()
        (new if not hasattr(new, "buffer") else new.buffer).write(file.getvalue() if not hasattr(file, "buffer") else
                                                                  file.detach().getvalue())
        new.seek(at, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, kind, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            import warnings
            warnings.warn(f"Unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def close(self):
        self._file.close()

    closed = _attribute_of_file("closed")

    encoding, errors, newlines = map(_attribute_of_file, ("encoding", "errors", "newlines"))

    @property
    def mode(self):
        try:
            return self._file.mode
        except AttributeError:
            return self._TemporaryFileArgs["mode"]

    @property
    def name(self):
        try:
            return self._file.name
        except AttributeError:
            return None

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    flush, isatty, read, read1, readinto, readinto1, readline, readlines, readable, writable, seekable, seek, tell, detach = map(_method_of_file, (
        "flush", "isatty", "read", "read1", "readinto", "readinto1", "readline", "readlines", "readable", "writable", "seekable", "seek", "tell", "detach"))

    def truncate(self, size=None):
        if size is not None and size > self._max_size:
            self.rollover()
        return self._file.truncate(*(() if size is None else (size,)))

    def write(self, s):
        file = self._file
        count = file.write(s)
        self._check(file)
        return count

    def writelines(self, iterable):
        if self._max_size == 0 or self._rolled:
            return self._file.writelines(iterable)
        it = iter(iterable)
        for line in it:
            self.write(line)
            if self._rolled:
                break
        self._file.writelines(it)


class TemporaryDirectory:
    """A folder, removed with what is in it at the end of the context, or when nobody has the object any more."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors, self._delete = ignore_cleanup_errors, delete
        import weakref
        self._finalizer = weakref.finalize(self, self._cleanup, self.name, warn_message=f"Implicitly cleaning up {self!r}",
                                           ignore_errors=ignore_cleanup_errors, delete=delete)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False, repeated=False):
        import shutil

        def onexc(function, path, exc):
            if isinstance(exc, PermissionError):
                if repeated and path == name:
                    if ignore_errors:
                        return
                    raise
                try:
                    if path != name:
                        _reset_permissions(_os.path.dirname(path))
                    _reset_permissions(path)
                    try:
                        _os.unlink(path)
                    except IsADirectoryError:
                        cls._rmtree(path, ignore_errors=ignore_errors)
                    except PermissionError:
                        if not _os.path.isdir(path) or _os.path.islink(path):
                            if ignore_errors:
                                return
                            raise
                        cls._rmtree(path, ignore_errors=ignore_errors, repeated=path == name)
                except FileNotFoundError:
                    pass
            elif isinstance(exc, FileNotFoundError):
                pass
            elif not ignore_errors:
                raise exc

        shutil.rmtree(name, onexc=onexc)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False, delete=True):
        if delete:
            cls._rmtree(name, ignore_errors=ignore_errors)
            import warnings
            warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, kind, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove the folder with what is in it, if it is still there."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(type(list[int]))


def _reset_permissions(path):
    try:
        if not _os.path.islink(path):
            _os.chmod(path, 0o700)
    except FileNotFoundError:
        pass
