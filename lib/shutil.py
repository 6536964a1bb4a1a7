"""Copying, moving and removing of files and trees of them."""

import errno
import fnmatch
import os
import stat
import sys

__all__ = ["copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error", "SpecialFileError",
           "ExecError", "make_archive", "get_archive_formats", "register_archive_format", "unregister_archive_format",
           "get_unpack_formats", "register_unpack_format", "unregister_unpack_format", "unpack_archive", "ignore_patterns", "chown",
           "which", "get_terminal_size", "SameFileError", "disk_usage"]
COPY_BUFSIZE = 64 * 1024


class Error(OSError):
    """Something could not be copied or moved."""


class SameFileError(Error):
    """Source and destination are the same file."""


class SpecialFileError(OSError):
    """It is a named pipe or something like it."""


class ReadError(OSError):
    """An archive could not be read."""


class RegistryError(Exception):
    """An archive format is not known, or known already."""


class _GiveupOnFastCopy(Exception):
    """sendfile() does not work here."""


def __getattr__(name):
    if name == "ExecError":
        import warnings
        warnings._deprecated("shutil.ExecError", "shutil.ExecError is deprecated; it isn't raised by any shutil function.", remove=(3, 16))
        return RuntimeError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# ---- Files ----

def copyfileobj(fsrc, fdst, length=0):
    """Copy from one file object to another, in pieces of length bytes or characters."""
    read, write, length = fsrc.read, fdst.write, length or COPY_BUFSIZE
    while data := read(length):
        write(data)


def _samefile(src, dst):
    if isinstance(src, os.DirEntry):
        try:
            return os.path.samestat(src.stat(), os.stat(dst))
        except OSError:
            return False
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def _fastcopy_sendfile(fsrc, fdst):
    """Within the kernel; nothing is there yet of what it gives up on."""
    try:
        infd, outfd = fsrc.fileno(), fdst.fileno()
    except Exception as e:
        raise _GiveupOnFastCopy(e)
    try:
        size = max(os.fstat(infd).st_size, 2 ** 23)
    except OSError:
        size = 2 ** 27
    offset = 0
    while True:
        try:
            sent = os.sendfile(outfd, infd, offset, size)
        except OSError as e:
            e.filename, e.filename2 = fsrc.name, fdst.name
            if e.errno == errno.ENOTSOCK: # this system sends to sockets alone
                global _USE_CP_SENDFILE
                _USE_CP_SENDFILE = False
                raise _GiveupOnFastCopy(e)
            if e.errno == errno.ENOSPC:
                raise e from None
            if offset == 0 and os.lseek(outfd, 0, os.SEEK_CUR) == 0:
                raise _GiveupOnFastCopy(e)
            raise e
        if sent == 0:
            return
        offset += sent


_USE_CP_SENDFILE = sys.platform.startswith("linux")
_use_fd_functions = True


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy the content of a file; dst."""
    sys.audit("shutil.copyfile", src, dst)
    if _samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for path in (src, dst):
        try:
            st = path.stat() if isinstance(path, os.DirEntry) else os.stat(path)
        except OSError:
            continue
        if stat.S_ISFIFO(st.st_mode):
            shown = path.path if isinstance(path, os.DirEntry) else path
            raise SpecialFileError(f"`{shown}` is a named pipe")
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as fsrc:
        try:
            with open(dst, "wb") as fdst:
                if _USE_CP_SENDFILE:
                    try:
                        _fastcopy_sendfile(fsrc, fdst)
                        return dst
                    except _GiveupOnFastCopy:
                        pass
                copyfileobj(fsrc, fdst)
        except IsADirectoryError as e:
            if os.path.exists(dst):
                raise
            raise FileNotFoundError(f"Directory does not exist: {dst}") from e
    return dst


def _stat_of(path, follow):
    if isinstance(path, os.DirEntry):
        return path.stat(follow_symlinks=follow)
    return os.stat(path, follow_symlinks=follow)


def copymode(src, dst, *, follow_symlinks=True):
    """Copy the access rights. Links have none of their own on Linux."""
    sys.audit("shutil.copymode", src, dst)
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(_stat_of(src, True).st_mode))


def _copyxattr(src, dst, *, follow_symlinks=True):
    """Copy the extended attributes, as far as the file systems have them."""
    quiet = (errno.ENOTSUP, errno.ENODATA, errno.EINVAL)
    try:
        names = os.listxattr(src, follow_symlinks=follow_symlinks)
    except OSError as e:
        if e.errno not in quiet:
            raise
        return
    for name in names:
        try:
            os.setxattr(dst, name, os.getxattr(src, name, follow_symlinks=follow_symlinks), follow_symlinks=follow_symlinks)
        except OSError as e:
            if e.errno not in (errno.EPERM, errno.EACCES, *quiet):
                raise


def copystat(src, dst, *, follow_symlinks=True):
    """Copy access rights, times and extended attributes."""
    sys.audit("shutil.copystat", src, dst)
    follow = follow_symlinks or not (os.path.islink(src) and os.path.islink(dst))
    st = _stat_of(src, follow)
    os.utime(dst, ns=(st.st_atime_ns, st.st_mtime_ns), follow_symlinks=follow)
    _copyxattr(src, dst, follow_symlinks=follow)
    if follow:
        os.chmod(dst, stat.S_IMODE(st.st_mode))


def copy(src, dst, *, follow_symlinks=True):
    """Copy a file with its rights; dst may be a folder. The path of the copy."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """copy() with times and all that copystat() copies."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


# ---- Trees ----

def ignore_patterns(*patterns):
    """For copytree(ignore=): what matches one of the patterns is left out."""
    def ignore(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return ignore


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    """Copy a tree; dst. Error at the end, with a list of (source, destination, reason), for what could not be copied."""
    sys.audit("shutil.copytree", src, dst)
    with os.scandir(src) as found:
        entries = list(found)
    ignored = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    plain = copy_function is copy2 or copy_function is copy
    for entry in entries:
        if entry.name in ignored:
            continue
        from_name, to_name = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        source = entry if plain else from_name
        try:
            if entry.is_symlink():
                target = os.readlink(from_name)
                if symlinks:
                    os.symlink(target, to_name)
                    copystat(source, to_name, follow_symlinks=False)
                    continue
                if ignore_dangling_symlinks and not os.path.exists(target): # from the current folder, as CPython does
                    continue
            if entry.is_dir():
                copytree(from_name, to_name, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(source, to_name)
        except Error as e:
            errors.extend(e.args[0])
        except OSError as e:
            errors.append((from_name, to_name, str(e)))
    try:
        copystat(src, dst)
    except OSError as e:
        errors.append((src, dst, str(e)))
    if errors:
        raise Error(errors)
    return dst


def _open_folder(path, name, parent_fd, st, onexc):
    """The folder `name` in parent_fd, which has to be the one with stat st, and what is in it; None: it is not to be gone into."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent_fd)
    except FileNotFoundError as e:
        if parent_fd is None:
            onexc(os.open, path, e)
        return None
    except OSError as e:
        e.filename = path
        onexc(os.open, path, e)
        return None
    try:
        entries = _entries(fd, path, st, onexc)
    except BaseException:
        os.close(fd)
        raise
    if entries is None:
        _close(fd, path, onexc)
        return None
    return fd, path, name, parent_fd, entries


def _entries(fd, path, st, onexc):
    """What is in the folder that is open, which has to be the one with stat st: None otherwise."""
    try:
        if not os.path.samestat(st, os.fstat(fd)):
            try:
                raise OSError("Cannot call rmtree on a symbolic link")
            except OSError as e:
                onexc(os.path.islink, path, e)
            return None
        with os.scandir(fd) as found:
            return list(found)
    except FileNotFoundError:
        pass
    except OSError as e:
        e.filename = path
        onexc(os.scandir, path, e)
    return []


def _close(fd, path, onexc):
    try:
        os.close(fd)
    except OSError as e:
        e.filename = path
        onexc(os.close, path, e)


def _rmtree_safe_fd(path, name, parent_fd, st, onexc):
    """Remove the folder `name` in parent_fd, which has to be the one with stat st."""
    first = _open_folder(path, name, parent_fd, st, onexc)
    stack = [first] if first else []
    try:
        while stack:
            fd, path, name, parent_fd, entries = stack[-1]
            if entries:
                below = _remove_entry(fd, path, entries.pop(), onexc)
                if below:
                    stack.append(below)
                continue
            stack.pop()
            _close(fd, path, onexc)
            try:
                os.rmdir(name, dir_fd=parent_fd)
            except FileNotFoundError:
                pass
            except OSError as e:
                e.filename = path
                onexc(os.rmdir, path, e)
    finally:
        for fd, *_ in stack:
            os.close(fd)


def _remove_entry(fd, path, entry, onexc):
    """Remove a file; of a folder, what _open_folder() gives."""
    full = os.path.join(path, entry.name)
    try:
        folder = entry.is_dir(follow_symlinks=False)
        st = entry.stat(follow_symlinks=False) if folder else None
    except FileNotFoundError:
        return None
    except OSError as e:
        e.filename = full
        onexc(os.lstat, full, e)
        return None
    if folder:
        return _open_folder(full, entry.name, fd, st, onexc)
    try:
        os.unlink(entry.name, dir_fd=fd)
    except FileNotFoundError:
        pass
    except OSError as e:
        e.filename = full
        onexc(os.unlink, full, e)
    return None


def _raise(function, path, error):
    raise error


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    """Remove a folder with all that is in it. onexc(function, path, exception) is called for what cannot be removed."""
    sys.audit("shutil.rmtree", path, dir_fd)
    if ignore_errors:
        handler = lambda function, path, error: None
    elif onexc is not None:
        handler = onexc
    elif onerror is not None:
        handler = lambda function, path, error: onerror(function, path, (type(error), error, error.__traceback__))
    else:
        handler = _raise
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    try:
        st = os.stat(path, dir_fd=dir_fd, follow_symlinks=False)
    except OSError as e:
        handler(os.lstat, path, e)
        return
    if stat.S_ISLNK(st.st_mode):
        try:
            raise OSError("Cannot call rmtree on a symbolic link")
        except OSError as e:
            e.filename = path
            handler(os.path.islink, path, e)
        return
    _rmtree_safe_fd(path, path, dir_fd, st, handler)


rmtree.avoids_symlink_attacks = True


def move(src, dst, copy_function=copy2):
    """Move a file or tree, to another file system as well; where it is then. dst may be a folder to move it into."""
    sys.audit("shutil.move", src, dst)
    real_dst = dst
    if os.path.isdir(dst):
        if _samefile(src, dst) and not os.path.islink(src):
            os.rename(src, dst)
            return None
        name = os.path.basename(os.fspath(src).rstrip(b"/" if isinstance(os.fspath(src), bytes) else "/"))
        real_dst = os.path.join(dst, name)
        if os.path.exists(real_dst):
            raise Error(f"Destination path '{real_dst}' already exists")
    try:
        os.rename(src, real_dst)
        return real_dst
    except OSError:
        pass
    if os.path.islink(src):
        os.symlink(os.readlink(src), real_dst)
        os.unlink(src)
    elif os.path.isdir(src):
        if _is_below(dst, src):
            raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
        copytree(src, real_dst, copy_function=copy_function, symlinks=True)
        rmtree(src)
    else:
        copy_function(src, real_dst)
        os.unlink(src)
    return real_dst


def _is_below(path, folder):
    path, folder = os.path.abspath(path), os.path.abspath(folder)
    slash = b"/" if isinstance(path, bytes) else "/"
    return (path.rstrip(slash) + slash).startswith(folder.rstrip(slash) + slash)


_destinsrc = lambda src, dst: _is_below(dst, src)


# ---- The system ----

def disk_usage(path):
    """(total, used, free) bytes of the file system that path is on."""
    from collections import namedtuple
    global _ntuple_diskusage
    if "_ntuple_diskusage" not in globals():
        _ntuple_diskusage = namedtuple("usage", "total used free")
    st = os.statvfs(path)
    return _ntuple_diskusage(st.f_blocks * st.f_frsize, (st.f_blocks - st.f_bfree) * st.f_frsize, st.f_bavail * st.f_frsize)


def _get_uid(name):
    try:
        import pwd
        return None if name is None else pwd.getpwnam(name).pw_uid
    except (ImportError, KeyError):
        return None


def _get_gid(name):
    try:
        import grp
        return None if name is None else grp.getgrnam(name).gr_gid
    except (ImportError, KeyError):
        return None


def chown(path, user=None, group=None, *, dir_fd=None, follow_symlinks=True):
    """Change the owner and group, by name or number."""
    sys.audit("shutil.chown", path, user, group)
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    numbers = []
    for value, look_up, what in ((user, _get_uid, "user"), (group, _get_gid, "group")):
        number = -1 if value is None else value
        if isinstance(value, str):
            number = look_up(value)
            if number is None:
                raise LookupError(f"no such {what}: {value!r}")
        numbers.append(number)
    os.chown(path, *numbers, dir_fd=dir_fd, follow_symlinks=follow_symlinks)


def get_terminal_size(fallback=(80, 24)):
    """The size of the terminal: COLUMNS and LINES of the environment, else what sys.__stdout__'s terminal says, else fallback."""
    sizes = []
    for name in ("COLUMNS", "LINES"):
        try:
            sizes.append(int(os.environ[name]))
        except (KeyError, ValueError):
            sizes.append(0)
    columns, lines = sizes
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            size = os.terminal_size(fallback)
        columns = columns if columns > 0 else size.columns or fallback[0]
        lines = lines if lines > 0 else size.lines or fallback[1]
    return os.terminal_size((columns, lines))


def _access_check(file, mode):
    return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """Where the program is that the shell would run; None if there is none."""
    as_bytes = isinstance(cmd, bytes)
    folder, name = os.path.split(cmd)
    if folder:
        folders = [folder]
    else:
        if path is None:
            path = os.environ.get("PATH", None)
            if path is None:
                try:
                    path = os.confstr("CS_PATH")
                except (AttributeError, ValueError):
                    path = os.defpath
        if not path:
            return None
        folders = (os.fsencode(path).split(os.fsencode(os.pathsep)) if as_bytes else os.fsdecode(path).split(os.pathsep))
        name = cmd
    for folder in dict.fromkeys(folders):
        full = os.path.join(folder, name)
        if _access_check(full, mode):
            return full
    return None


# ---- Archives ----

def _visible(names):
    return sorted(names)


def _make_tarball(base_name, base_dir, compress="gzip", verbose=0, dry_run=0, owner=None, group=None, logger=None, root_dir=None):
    import tarfile
    kinds = {None: ("", ""), "gzip": ("gz", ".gz"), "bzip2": ("bz2", ".bz2"), "xz": ("xz", ".xz")}
    if compress not in kinds:
        raise ValueError(f"bad value for 'compress', or compression format not supported : {compress}")
    kind, suffix = kinds[compress]
    archive = base_name + ".tar" + suffix
    folder = os.path.dirname(archive)
    if folder and not os.path.exists(folder) and not dry_run:
        os.makedirs(folder)
    uid, gid = _get_uid(owner), _get_gid(group)

    def owned(info):
        if gid is not None:
            info.gid, info.gname = gid, group
        if uid is not None:
            info.uid, info.uname = uid, owner
        return info

    if not dry_run:
        arcname = base_dir
        if root_dir is not None:
            base_dir = os.path.join(root_dir, base_dir)
        with tarfile.open(archive, f"w|{kind}") as tar:
            tar.add(base_dir, arcname, filter=owned)
    return os.path.abspath(archive) if root_dir is not None else archive


def _make_zipfile(base_name, base_dir, verbose=0, dry_run=0, logger=None, owner=None, group=None, root_dir=None):
    import zipfile
    archive = base_name + ".zip"
    folder = os.path.dirname(base_name)
    if folder and not os.path.exists(folder) and not dry_run:
        os.makedirs(folder)
    if not dry_run:
        with zipfile.ZipFile(archive, "w", compression=zipfile.ZIP_DEFLATED) as file:
            arcname = os.path.normpath(base_dir)
            top = os.path.join(root_dir, base_dir) if root_dir is not None else base_dir
            top = os.path.normpath(top)
            if arcname != os.curdir:
                file.write(top, arcname)
            for here, folders, names in os.walk(top):
                below = os.path.normpath(os.path.join(arcname, os.path.relpath(here, top)))
                for name in _visible(folders):
                    file.write(os.path.join(here, name), os.path.normpath(os.path.join(below, name)))
                for name in names:
                    full = os.path.normpath(os.path.join(here, name))
                    if os.path.isfile(full):
                        file.write(full, os.path.normpath(os.path.join(below, name)))
    return os.path.abspath(archive) if root_dir is not None else archive


_make_tarball.supports_root_dir = _make_zipfile.supports_root_dir = True
_ARCHIVE_FORMATS = {"tar": (_make_tarball, [("compress", None)], "uncompressed tar file"),
                    "gztar": (_make_tarball, [("compress", "gzip")], "gzip'ed tar-file"),
                    "bztar": (_make_tarball, [("compress", "bzip2")], "bzip2'ed tar-file"),
                    "xztar": (_make_tarball, [("compress", "xz")], "xz'ed tar-file"),
                    "zip": (_make_zipfile, [], "ZIP file")}


def get_archive_formats():
    """[(name, description)] of what make_archive() makes."""
    return sorted((name, entry[2]) for name, entry in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=""):
    """Add a format: function(base_name, base_dir, **extra_args and others)."""
    extra_args = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError(f"The {function} object is not callable")
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError("extra_args needs to be a sequence")
    for element in extra_args:
        if not isinstance(element, (tuple, list)) or len(element) != 2:
            raise TypeError("extra_args elements are : (arg_name, value)")
    _ARCHIVE_FORMATS[name] = function, extra_args, description


def unregister_archive_format(name):
    """Take a format away."""
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None, logger=None):
    """Make an archive of base_dir, whose names are relative to root_dir; its path."""
    sys.audit("shutil.make_archive", base_name, format, root_dir, base_dir)
    try:
        function, extra_args, _ = _ARCHIVE_FORMATS[format]
    except KeyError:
        raise ValueError(f"unknown archive format '{format}'") from None
    kwargs = {"dry_run": dry_run, "logger": logger, "owner": owner, "group": group, **dict(extra_args)}
    if base_dir is None:
        base_dir = os.curdir
    here = None
    if root_dir is not None:
        if not stat.S_ISDIR(os.stat(root_dir).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "Not a directory", root_dir)
        if getattr(function, "supports_root_dir", False):
            base_name = os.fspath(base_name)
            kwargs["root_dir"] = root_dir
        else:
            here = os.getcwd()
            base_name = os.path.abspath(base_name)
            if not dry_run:
                os.chdir(root_dir)
    try:
        return function(base_name, base_dir, **kwargs)
    finally:
        if here is not None:
            os.chdir(here)


def _unpack_zipfile(filename, extract_dir):
    import zipfile
    if not zipfile.is_zipfile(filename):
        raise ReadError(f"{filename} is not a zip file")
    with zipfile.ZipFile(filename) as file:
        for info in file.infolist():
            name = info.filename
            if name.startswith("/") or ".." in name:
                continue
            target = os.path.join(extract_dir, *name.split("/"))
            folder = os.path.dirname(target)
            if folder:
                os.makedirs(folder, exist_ok=True)
            if not name.endswith("/"):
                with file.open(name) as source, open(target, "wb") as out:
                    copyfileobj(source, out)


def _unpack_tarfile(filename, extract_dir, *, filter=None):
    import tarfile
    try:
        file = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError(f"{filename} is not a compressed or uncompressed tar file") from None
    with file:
        file.extractall(extract_dir, filter=filter)


_UNPACK_FORMATS = {"tar": ([".tar"], _unpack_tarfile, [], "uncompressed tar file"), "zip": ([".zip"], _unpack_zipfile, [], "ZIP file"),
                   "gztar": ([".tar.gz", ".tgz"], _unpack_tarfile, [], "gzip'ed tar-file"),
                   "bztar": ([".tar.bz2", ".tbz2"], _unpack_tarfile, [], "bzip2'ed tar-file"),
                   "xztar": ([".tar.xz", ".txz"], _unpack_tarfile, [], "xz'ed tar-file")}


def get_unpack_formats():
    """[(name, extensions, description)] of what unpack_archive() takes."""
    return sorted((name, entry[0], entry[3]) for name, entry in _UNPACK_FORMATS.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=""):
    """Add a format: function(filename, extract_dir, **extra_args)."""
    known = {extension: other for other, entry in _UNPACK_FORMATS.items() for extension in entry[0]}
    for extension in extensions:
        if extension in known:
            raise RegistryError(f'{extension} is already registered for "{known[extension]}"')
    if not callable(function):
        raise TypeError("The registered function must be a callable")
    _UNPACK_FORMATS[name] = extensions, function, [] if extra_args is None else extra_args, description


def unregister_unpack_format(name):
    """Take a format away."""
    del _UNPACK_FORMATS[name]


def _find_unpack_format(filename):
    for name, entry in _UNPACK_FORMATS.items():
        if any(filename.endswith(extension) for extension in entry[0]):
            return name
    return None


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive into a folder, by default the current one."""
    sys.audit("shutil.unpack_archive", filename, extract_dir, format)
    extract_dir, filename = os.fspath(os.getcwd() if extract_dir is None else extract_dir), os.fspath(filename)
    more = {} if filter is None else {"filter": filter}
    if format is None:
        format = _find_unpack_format(filename)
        if format is None:
            raise ReadError(f"Unknown archive format '{filename}'")
    elif format not in _UNPACK_FORMATS:
        raise ValueError(f"Unknown unpack format '{format}'") from None
    _, function, extra_args, _ = _UNPACK_FORMATS[format]
    function(filename, extract_dir, **dict(extra_args), **more)
