"""The operating system: files, folders, environment, process."""

import posixpath as path
import stat as st
import sys

from _collections_abc import Mapping as _Mapping
from _collections_abc import MutableMapping as _MutableMapping
from abc import ABC as _ABC
from abc import abstractmethod as _abstractmethod
import _linux
import posix as _posix
from _linux import *
from _linux_process import *
from posix import (F_OK, O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, R_OK, W_OK, X_OK, _exit,
                   access, chdir, chmod, close, cpu_count, getcwd, getpid, isatty, listdir, lseek, mkdir, open, putenv, read, readlink,
                   remove, rename, replace, rmdir, strerror, symlink, unlink, unsetenv, urandom, write)
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

sys.modules["os.path"] = path
name = "posix"
linesep = "\n"
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK = 0
TMP_MAX, NGROUPS_MAX, XATTR_SIZE_MAX = 238328, 65536, 65536
P_WAIT, P_NOWAIT, P_NOWAITO = 0, 1, 1
POSIX_SPAWN_OPEN, POSIX_SPAWN_CLOSE, POSIX_SPAWN_DUP2, POSIX_SPAWN_CLOSEFROM = 0, 1, 2, 3
supports_bytes_environ = True
fspath = _fspath = path._fspath


class _Sequence(tuple):
    """A tuple whose items have names: subclasses give _fields."""

    __slots__ = ()
    n_unnamed_fields = 0

    def __new__(cls, sequence, dict=None, /):
        items = tuple(sequence)
        if len(items) != len(cls._fields):
            raise TypeError(f"{cls.__module__}.{cls.__name__}() takes a {len(cls._fields)}-sequence ({len(items)}-sequence given)")
        return tuple.__new__(cls, items)

    def __init_subclass__(cls):
        cls.n_fields = cls.n_sequence_fields = len(cls._fields)
        cls.__match_args__ = cls._fields
        for index, field in enumerate(cls._fields):
            setattr(cls, field, property(lambda self, index=index: self[index]))

    def __repr__(self):
        parts = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
        return f"{self.__class__.__module__}.{self.__class__.__name__}({parts})"

    def __reduce__(self):
        return self.__class__, (tuple(self), {})


class terminal_size(_Sequence):
    """(columns, lines) of a terminal."""

    __slots__ = ()
    _fields = ("columns", "lines")


class stat_result(tuple):
    """What os.stat() gives: ten integers, and more as attributes."""

    n_sequence_fields = 10
    n_fields = 19
    n_unnamed_fields = 3
    __match_args__ = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size")
    st_mode = property(lambda self: self[0], doc="protection bits")
    st_ino = property(lambda self: self[1], doc="inode")
    st_dev = property(lambda self: self[2], doc="device")
    st_nlink = property(lambda self: self[3], doc="number of hard links")
    st_uid = property(lambda self: self[4], doc="user ID of owner")
    st_gid = property(lambda self: self[5], doc="group ID of owner")
    st_size = property(lambda self: self[6], doc="total size, in bytes")
    st_atime = property(lambda self: self._more[0], doc="time of last access")
    st_mtime = property(lambda self: self._more[1], doc="time of last modification")
    st_ctime = property(lambda self: self._more[2], doc="time of last change")
    st_atime_ns = property(lambda self: self._more[3], doc="time of last access in nanoseconds")
    st_mtime_ns = property(lambda self: self._more[4], doc="time of last modification in nanoseconds")
    st_ctime_ns = property(lambda self: self._more[5], doc="time of last change in nanoseconds")
    st_blksize = property(lambda self: self._more[6], doc="blocksize for filesystem I/O")
    st_blocks = property(lambda self: self._more[7], doc="number of blocks allocated")
    st_rdev = property(lambda self: self._more[8], doc="device type (if inode device)")

    def __new__(cls, sequence, dict={}, /):
        items = tuple(sequence)
        if len(items) < 10:
            raise TypeError(f"os.stat_result() takes an at least 10-sequence ({len(items)}-sequence given)")
        if len(items) > 19:
            raise TypeError(f"os.stat_result() takes an at most 19-sequence ({len(items)}-sequence given)")
        self = tuple.__new__(cls, items[:10])
        more = [dict.get(name) for name in _STAT_MORE]
        more[:len(items) - 10] = items[10:]
        for i in range(3):
            if more[i] is None:
                more[i] = items[7 + i]
        tuple.__setattr__(self, "_more", tuple(more))
        return self

    def __setattr__(self, name, value):
        if name in _STAT_NAMES:
            raise AttributeError("readonly attribute")
        raise AttributeError(f"'os.stat_result' object has no attribute '{name}'")

    def __repr__(self):
        return "os.stat_result(" + ", ".join(f"{n}={v}" for n, v in zip(_STAT_NAMES, self)) + ")"

    def __reduce__(self):
        return stat_result, (tuple(self), dict(zip(_STAT_MORE, self._more)))


_STAT_MORE = ("st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev")
_STAT_NAMES = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", *_STAT_MORE)


def _stat_from(raw):
    """Of (mode, inode, device, links, user, group, size, three times in ns, block size, blocks, special)."""
    times = raw[7:10]
    self = tuple.__new__(stat_result, raw[:7] + tuple([t // 1000000000 for t in times]))
    tuple.__setattr__(self, "_more", tuple([t / 1e9 for t in times]) + raw[7:])
    return self


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Perform a stat system call on the given path, or on an open file descriptor."""
    return _stat_from(_posix._stat(path, follow_symlinks, "stat", dir_fd))


def lstat(path, *, dir_fd=None):
    """Perform a stat system call on the given path, without following symbolic links."""
    return _stat_from(_posix._stat(path, False, "lstat", dir_fd))


def fstat(fd):
    """Perform a stat system call on the given file descriptor."""
    if not hasattr(type(fd), "__index__"):
        raise TypeError(f"an integer is required (got type {type(fd).__name__})")
    return _stat_from(_posix._stat(fd))


def fsencode(filename):
    """Encode filename to the filesystem encoding, as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """Decode filename from the filesystem encoding, as str."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class PathLike(_ABC):
    """What has a path: os.fspath() gives it."""

    __slots__ = ()

    @_abstractmethod
    def __fspath__(self):
        """The path, a str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in base.__dict__ for base in subclass.__mro__) or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


# ---- Environment ----


class _Environ(_MutableMapping):
    """The environment of the process; a change is seen by the programs that it starts."""

    def __init__(self, data, encode, decode):
        self._data = data
        self.encodekey = self.encodevalue = encode
        self.decodekey = self.decodevalue = decode

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        _posix.putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        _posix.unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f"environ({{{', '.join(f'{self.decodekey(k)!r}: {self.decodevalue(v)!r}' for k, v in self._data.items())}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _encode_str(value):
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")
    return value.encode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected, not {type(value).__name__}")
    return value


environ = _Environ(_posix.environ, _encode_str, lambda value: value.decode("utf-8", "surrogateescape"))
environb = _Environ(environ._data, _check_bytes, _check_bytes)


def getenv(key, default=None):
    """Get an environment variable, return None if it doesn't exist."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """getenv() in bytes."""
    return environb.get(key, default)


# ---- Files and folders ----


def getcwdb():
    """Return a bytes string representing the current working directory."""
    return fsencode(getcwd())


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """Open a file object for a file descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import builtins
    return builtins.open(fd, mode, buffering, encoding, *args, **kwargs)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and all folders above it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b"." if isinstance(tail, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder, and those above it that are empty then."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making the folders of the new name and removing those of the old one that are empty then."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """One name in a folder, from scandir()."""

    __slots__ = ("name", "path", "_kind", "_inode", "_lstat", "_stat", "_fd")

    def __init__(self, folder, entry, fd):
        self.name, self._kind, self._inode = entry
        self.path = self.name if fd is not None else path.join(folder, self.name)
        self._fd = fd
        self._lstat = self._stat = None

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'posix.DirEntry' object")

    def stat(self, *, follow_symlinks=True):
        """What os.stat() gives; asked for once."""
        if follow_symlinks and self._stat is None:
            if self._kind not in (0, 10):
                self._stat = self.stat(follow_symlinks=False)
            else:
                self._stat = stat(self.path, dir_fd=self._fd)
        if follow_symlinks:
            return self._stat
        if self._lstat is None:
            self._lstat = stat(self.path, dir_fd=self._fd, follow_symlinks=False)
        return self._lstat

    def inode(self):
        return self._inode

    def _is(self, kind, follow):
        if self._kind and not (follow and self._kind == 10):
            return self._kind == kind
        try:
            return st.S_IFMT(self.stat(follow_symlinks=follow).st_mode) >> 12 == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(4, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(8, follow_symlinks)

    def is_symlink(self):
        return self._is(10, False)

    def is_junction(self):
        return False

    __class_getitem__ = classmethod(type(list[int]))


class _ScandirIterator:
    def __init__(self, folder):
        entries = _posix._scan(folder)
        fd = folder if isinstance(folder, int) else None
        folder = "." if folder is None or fd is not None else fspath(folder)
        self._entries = iter([(folder, entry, fd) for entry in entries])

    def __iter__(self):
        return self

    def __next__(self):
        return DirEntry(*next(self._entries))

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def scandir(path=None):
    """An iterator of DirEntry objects for a folder."""
    return _ScandirIterator(path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yields (folder, names of folders in it, names of files in it) for top and all folders below."""
    sys.audit("os.walk", top, topdown, onerror, followlinks)
    stack = [fspath(top)]
    while stack:
        top = stack.pop()
        if isinstance(top, tuple):
            yield top
            continue
        dirs, files, below = [], [], []
        try:
            for entry in scandir(top):
                if not _is_folder(entry):
                    files.append(entry.name)
                    continue
                dirs.append(entry.name)
                if not topdown and (followlinks or not _is_link(entry)):
                    below.append(entry.path)
        except OSError as e:
            if onerror is not None:
                onerror(e)
            continue
        if topdown:
            yield top, dirs, files
            for name in reversed(dirs):
                new = path.join(top, name)
                if followlinks or not path.islink(new):
                    stack.append(new)
        else:
            stack.append((top, dirs, files))
            stack.extend(reversed(below))


def _is_folder(entry):
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_link(entry):
    try:
        return entry.is_symlink()
    except OSError:
        return False


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk(), with the number of each folder, open, behind; names cannot be exchanged under it."""
    sys.audit("os.fwalk", top, topdown, onerror, follow_symlinks, dir_fd)
    top = fspath(top)
    stack = [(top, top, dir_fd, None)]  # folders to enter; lists: what to yield; numbers: what to close
    try:
        while stack:
            item = stack.pop()
            if isinstance(item, int):
                close(item)
            elif isinstance(item, list):
                yield tuple(item)
            else:
                yield from _fwalk_folder(stack, *item, topdown, onerror, follow_symlinks)
    finally:
        for item in reversed(stack):
            if isinstance(item, int):
                close(item)


def _fwalk_folder(stack, shown, name, dir_fd, seen, topdown, onerror, follow):
    first = not stack
    try:
        if not follow and seen is None:
            seen = stat(name, follow_symlinks=False, dir_fd=dir_fd)
        fd = open(name, O_RDONLY | O_NONBLOCK, dir_fd=dir_fd)
    except OSError as e:
        if first:
            raise
        if onerror is not None:
            onerror(e)
        return
    stack.append(fd)
    if not follow and not (path.samestat(seen, stat(fd)) and (st.S_ISDIR(seen.st_mode) or not first)):
        return
    dirs, files, known = _fwalk_names(fd, isinstance(shown, bytes))
    if topdown:
        yield shown, dirs, files, fd
    else:
        stack.append([shown, dirs, files, fd])
    for name in reversed(dirs):
        below = None
        if not follow and name in known:
            try:
                below = known[name].stat(follow_symlinks=False)
            except OSError as e:
                if onerror is not None:
                    onerror(e)
                continue
        stack.append((path.join(shown, name), name, fd, below))


def _fwalk_names(fd, as_bytes):
    """Names of folders, names of others, entries of the folders by name."""
    dirs, files, known = [], [], {}
    for entry in scandir(fd):
        name = fsencode(entry.name) if as_bytes else entry.name
        try:
            if entry.is_dir():
                dirs.append(name)
                known[name] = entry
            else:
                files.append(name)
        except OSError:
            try:
                if entry.is_symlink():
                    files.append(name)
            except OSError:
                pass
    return dirs, files, known



def utime(path, times=None, *, ns=_posix, dir_fd=None, follow_symlinks=True):
    """Set the access and modified time of path: two numbers of seconds, or ns, of nanoseconds; by default now."""
    given = ns is not _posix
    if times is not None and given:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if given:
        if not isinstance(ns, tuple) or len(ns) != 2:
            raise TypeError("utime: 'ns' must be a tuple of two ints")
        pairs = [divmod(int(t), 1000000000) for t in ns]
    elif times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        pairs = [_seconds(t) for t in times]
    else:
        pairs = [None, None]
    _linux._utime(path, *pairs, dir_fd, follow_symlinks)


def _seconds(t):
    """(seconds, nanoseconds), rounded down."""
    if isinstance(t, int):
        return t, 0
    from math import floor
    whole = floor(t)
    part = floor((t - whole) * 1e9)
    return (whole, part) if part < 1000000000 else (whole + 1, 0)


def lchown(path, uid, gid):
    """Change the owner and group of a link itself."""
    chown(path, uid, gid, follow_symlinks=False)


def listxattr(path=None, *, follow_symlinks=True):
    """Names of the extended attributes of path, by default of the current folder."""
    return _linux._listxattr("." if path is None else path, follow_symlinks)


def get_terminal_size(fd=1, /):
    """The size of the terminal as (columns, lines)."""
    return terminal_size(_linux._terminal_size(fd))


def device_encoding(fd):
    """The encoding of the terminal fd; None if it is none."""
    return "UTF-8" if isatty(fd) else None


def ctermid():
    """The name of the controlling terminal."""
    return "/dev/tty"


class statvfs_result(tuple):
    """What os.statvfs() gives."""

    n_sequence_fields, n_fields, n_unnamed_fields = 10, 11, 0
    _fields = ("f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail", "f_files", "f_ffree", "f_favail", "f_flag", "f_namemax")
    __match_args__ = _fields

    def __new__(cls, sequence, dict={}, /):
        items = tuple(sequence)
        if len(items) not in (10, 11):
            bound = "at least 10" if len(items) < 10 else "at most 11"
            raise TypeError(f"os.statvfs_result() takes an {bound}-sequence ({len(items)}-sequence given)")
        self = tuple.__new__(cls, items[:10])
        tuple.__setattr__(self, "_fsid", items[10] if len(items) > 10 else dict.get("f_fsid"))
        return self

    def __setattr__(self, name, value):
        if name in self._fields or name == "f_fsid":
            raise AttributeError("readonly attribute")
        raise AttributeError(f"'os.statvfs_result' object has no attribute '{name}'")

    def __repr__(self):
        return f"os.statvfs_result({', '.join(f'{n}={v}' for n, v in zip(self._fields, self))})"

    def __reduce__(self):
        return statvfs_result, (tuple(self), {"f_fsid": self._fsid})

    f_fsid = property(lambda self: self._fsid)
    for _index, _field in enumerate(_fields):
        locals()[_field] = property(lambda self, index=_index: self[index])
    del _index, _field


def statvfs(path):
    """What is known about the file system that path, or an open file, is on."""
    return statvfs_result(_linux._statvfs(path))


fstatvfs = statvfs


def get_exec_path(env=None):
    """The folders in which programs are looked for."""
    if env is None:
        env = environ
    given = env.get("PATH")
    try:
        as_bytes = env[b"PATH"]
    except (KeyError, TypeError):
        pass
    else:
        if given is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        given = as_bytes
    if given is None:
        given = defpath
    return fsdecode(given).split(pathsep)


def process_cpu_count():
    """How many logical CPUs this process may use."""
    return len(sched_getaffinity(0)) or None


supports_dir_fd = {access, chmod, chown, link, mkdir, mkfifo, mknod, open, readlink, rename, rmdir, stat, symlink, unlink, utime}
supports_follow_symlinks = {access, chown, link, stat, utime}
supports_effective_ids = {access}

for _name in ("stat_result", "stat", "lstat", "fstat", "scandir", "DirEntry", "fspath", "utime", "terminal_size", "statvfs_result",
              "statvfs"):
    setattr(_posix, _name, globals()[_name])
del _name

class times_result(_Sequence):
    """Processor times in seconds."""

    __module__ = "posix"
    _fields = ("user", "system", "children_user", "children_system", "elapsed")


class uname_result(_Sequence):
    """Names of the system and the machine."""

    __module__ = "posix"
    _fields = ("sysname", "nodename", "release", "version", "machine")


class waitid_result(_Sequence):
    """What became of a child."""

    __module__ = "posix"
    _fields = ("si_pid", "si_uid", "si_signo", "si_status", "si_code")


# What starts processes and asks about them is in a module of its own, loaded when one of these is first called.
_PROCESS = """execl execle execlp execlpe execv execve execvp execvpe fork forkpty popen posix_spawn posix_spawnp register_at_fork setpgrp spawnl
spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe times uname wait wait3 wait4 waitid waitstatus_to_exitcode WCOREDUMP WEXITSTATUS
WIFCONTINUED WIFEXITED WIFSIGNALED WIFSTOPPED WSTOPSIG WTERMSIG confstr fpathconf pathconf sysconf""".split()


def _later(name):
    def function(*args, **kwargs):
        import _os_process
        return getattr(_os_process, name)(*args, **kwargs)
    function.__name__ = function.__qualname__ = name
    return function


for _name in _PROCESS:
    globals()[_name] = _later(_name)
del _name
supports_fd = {chdir, chmod, chown, execve, listdir, pathconf, scandir, stat, statvfs, truncate, utime}

# Limits of the system, by the numbers of Linux.
sysconf_names = {
    "SC_ARG_MAX": 0, "SC_CHILD_MAX": 1, "SC_CLK_TCK": 2, "SC_NGROUPS_MAX": 3, "SC_OPEN_MAX": 4, "SC_STREAM_MAX": 5,
    "SC_TZNAME_MAX": 6, "SC_JOB_CONTROL": 7, "SC_SAVED_IDS": 8, "SC_REALTIME_SIGNALS": 9, "SC_PRIORITY_SCHEDULING": 10,
    "SC_TIMERS": 11, "SC_ASYNCHRONOUS_IO": 12, "SC_PRIORITIZED_IO": 13, "SC_SYNCHRONIZED_IO": 14, "SC_FSYNC": 15,
    "SC_MAPPED_FILES": 16, "SC_MEMLOCK": 17, "SC_MEMLOCK_RANGE": 18, "SC_MEMORY_PROTECTION": 19, "SC_MESSAGE_PASSING": 20,
    "SC_SEMAPHORES": 21, "SC_SHARED_MEMORY_OBJECTS": 22, "SC_AIO_LISTIO_MAX": 23, "SC_AIO_MAX": 24, "SC_AIO_PRIO_DELTA_MAX": 25,
    "SC_DELAYTIMER_MAX": 26, "SC_MQ_OPEN_MAX": 27, "SC_MQ_PRIO_MAX": 28, "SC_VERSION": 29, "SC_PAGESIZE": 30, "SC_PAGE_SIZE": 30,
    "SC_RTSIG_MAX": 31, "SC_SEM_NSEMS_MAX": 32, "SC_SEM_VALUE_MAX": 33, "SC_SIGQUEUE_MAX": 34, "SC_TIMER_MAX": 35,
    "SC_BC_BASE_MAX": 36, "SC_BC_DIM_MAX": 37, "SC_BC_SCALE_MAX": 38, "SC_BC_STRING_MAX": 39, "SC_COLL_WEIGHTS_MAX": 40,
    "SC_EQUIV_CLASS_MAX": 41, "SC_EXPR_NEST_MAX": 42, "SC_LINE_MAX": 43, "SC_RE_DUP_MAX": 44, "SC_CHARCLASS_NAME_MAX": 45,
    "SC_2_VERSION": 46, "SC_2_C_BIND": 47, "SC_2_C_DEV": 48, "SC_2_FORT_DEV": 49, "SC_2_FORT_RUN": 50, "SC_2_SW_DEV": 51,
    "SC_2_LOCALEDEF": 52, "SC_POLL": 58, "SC_SELECT": 59, "SC_IOV_MAX": 60, "SC_UIO_MAXIOV": 60, "SC_THREADS": 67,
    "SC_THREAD_SAFE_FUNCTIONS": 68, "SC_GETGR_R_SIZE_MAX": 69, "SC_GETPW_R_SIZE_MAX": 70, "SC_LOGIN_NAME_MAX": 71,
    "SC_TTY_NAME_MAX": 72, "SC_THREAD_DESTRUCTOR_ITERATIONS": 73, "SC_THREAD_KEYS_MAX": 74, "SC_THREAD_STACK_MIN": 75,
    "SC_THREAD_THREADS_MAX": 76, "SC_THREAD_ATTR_STACKADDR": 77, "SC_THREAD_ATTR_STACKSIZE": 78, "SC_THREAD_PRIORITY_SCHEDULING": 79,
    "SC_THREAD_PRIO_INHERIT": 80, "SC_THREAD_PRIO_PROTECT": 81, "SC_THREAD_PROCESS_SHARED": 82, "SC_NPROCESSORS_CONF": 83,
    "SC_NPROCESSORS_ONLN": 84, "SC_PHYS_PAGES": 85, "SC_AVPHYS_PAGES": 86, "SC_ATEXIT_MAX": 87, "SC_PASS_MAX": 88,
    "SC_XOPEN_VERSION": 89, "SC_XOPEN_XCU_VERSION": 90, "SC_XOPEN_UNIX": 91, "SC_XOPEN_CRYPT": 92, "SC_XOPEN_ENH_I18N": 93,
    "SC_XOPEN_SHM": 94, "SC_2_CHAR_TERM": 95, "SC_2_C_VERSION": 96, "SC_2_UPE": 97, "SC_CHAR_BIT": 101, "SC_CHAR_MAX": 102,
    "SC_CHAR_MIN": 103, "SC_INT_MAX": 104, "SC_INT_MIN": 105, "SC_LONG_BIT": 106, "SC_WORD_BIT": 107, "SC_MB_LEN_MAX": 108,
    "SC_NZERO": 109, "SC_SSIZE_MAX": 110, "SC_SCHAR_MAX": 111, "SC_SCHAR_MIN": 112, "SC_SHRT_MAX": 113, "SC_SHRT_MIN": 114,
    "SC_UCHAR_MAX": 115, "SC_UINT_MAX": 116, "SC_ULONG_MAX": 117, "SC_USHRT_MAX": 118, "SC_NL_ARGMAX": 119, "SC_NL_LANGMAX": 120,
    "SC_NL_MSGMAX": 121, "SC_NL_NMAX": 122, "SC_NL_SETMAX": 123, "SC_NL_TEXTMAX": 124, "SC_XOPEN_LEGACY": 129,
    "SC_XOPEN_REALTIME": 130, "SC_XOPEN_REALTIME_THREADS": 131, "SC_MINSIGSTKSZ": 249}
pathconf_names = {
    "PC_LINK_MAX": 0, "PC_MAX_CANON": 1, "PC_MAX_INPUT": 2, "PC_NAME_MAX": 3, "PC_PATH_MAX": 4, "PC_PIPE_BUF": 5,
    "PC_CHOWN_RESTRICTED": 6, "PC_NO_TRUNC": 7, "PC_VDISABLE": 8, "PC_SYNC_IO": 9, "PC_ASYNC_IO": 10, "PC_PRIO_IO": 11,
    "PC_SOCK_MAXBUF": 12, "PC_FILESIZEBITS": 13, "PC_REC_INCR_XFER_SIZE": 14, "PC_REC_MAX_XFER_SIZE": 15, "PC_REC_MIN_XFER_SIZE": 16,
    "PC_REC_XFER_ALIGN": 17, "PC_ALLOC_SIZE_MIN": 18, "PC_SYMLINK_MAX": 19}
confstr_names = {"CS_PATH": 0, "CS_GNU_LIBC_VERSION": 2, "CS_GNU_LIBPTHREAD_VERSION": 3}

__all__ = [n for n in globals() if not n.startswith("_") and n not in ("st", "sys")] + ["_exit"]
