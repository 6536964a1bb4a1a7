"""Writing what is in a tar archive to files: checking it first, and setting owner, mode and times afterwards."""

import io
import os
import stat

from _tar_filter import NAMED, FilterError, fully_trusted_filter
from _tar_header import TarError
from _tar_stream import ReadError

__name__ = "tarfile" # where its names belong


class ExtractError(TarError):
    """A file came out of the archive, but not all that is said about it could be set."""


class Extraction:
    """The half of TarFile that extracts."""

    def _filter_of(self, filter):
        if filter is None:
            filter = self.extraction_filter
            if filter is None:
                import warnings
                warnings.warn("Python 3.14 will, by default, filter extracted tar archives and reject files or modify their metadata. Use the "
                              "filter argument to control this behavior.", DeprecationWarning, stacklevel=3)
                return fully_trusted_filter
            if isinstance(filter, str):
                raise TypeError("String names are not supported for TarFile.extraction_filter. Use a function such as tarfile.data_filter directly.")
            return filter
        if callable(filter):
            return filter
        try:
            return NAMED[filter]
        except KeyError:
            raise ValueError(f"filter {filter!r} not found") from None

    def extractall(self, path=".", members=None, *, numeric_owner=False, filter=None):
        """Write all files, or these, below path. filter: 'data', 'tar', 'fully_trusted', or a function of a description and the path."""
        chosen, folders = self._filter_of(filter), []
        for member in self if members is None else members:
            info = self._filtered(member, chosen, path)
            if info is None:
                continue
            if info.isdir():
                folders.append(info)
            self._extract_one(info, path, not info.isdir(), numeric_owner)
        # Times and modes of folders last: what is put into them changes the first, and may be forbidden by the second.
        for info in sorted(folders, key=lambda info: info.name, reverse=True):
            target = os.path.join(path, info.name)
            try:
                self._set_attributes(info, target, numeric_owner)
            except ExtractError as e:
                self._minor(e)

    def extract(self, member, path="", set_attrs=True, *, numeric_owner=False, filter=None):
        """Write a file below path."""
        info = self._filtered(member, self._filter_of(filter), path)
        if info is not None:
            self._extract_one(info, path, set_attrs, numeric_owner)

    def _filtered(self, member, chosen, path):
        self._check("r")
        info = self.getmember(member) if isinstance(member, str) else member
        original = info
        try:
            info = chosen(info, path)
        except (OSError, FilterError) as e:
            self._fatal(e)
            return None
        except ExtractError as e:
            self._minor(e)
            return None
        if info is None:
            return None
        if info.islnk():
            info = info.replace(deep=False)
            info._link_target = os.path.join(path, info.linkname)
        return info

    def _fatal(self, e):
        if self.errorlevel > 0:
            raise e

    def _minor(self, e):
        if self.errorlevel > 1:
            raise e

    def _extract_one(self, info, path, set_attrs, numeric_owner):
        self._check("r")
        try:
            self._extract_member(info, os.path.join(path, info.name), set_attrs, numeric_owner)
        except (OSError, FilterError) as e:
            self._fatal(e)
        except ExtractError as e:
            self._minor(e)

    def _extract_member(self, info, target, set_attrs, numeric_owner):
        target = target.rstrip("/").replace("/", os.sep)
        folder = os.path.dirname(target)
        if folder and not os.path.exists(folder):
            os.makedirs(folder, exist_ok=True)
        if info.isreg():
            self.makefile(info, target)
        elif info.isdir():
            self.makedir(info, target)
        elif info.isfifo():
            self.makefifo(info, target)
        elif info.ischr() or info.isblk():
            self.makedev(info, target)
        elif info.islnk() or info.issym():
            self.makelink(info, target)
        else:
            self.makefile(info, target) # a type that nobody knows
        if set_attrs:
            self._set_attributes(info, target, numeric_owner)

    def _set_attributes(self, info, target, numeric_owner):
        self.chown(info, target, numeric_owner)
        if not info.issym():
            self.chmod(info, target)
            self.utime(info, target)

    def makedir(self, tarinfo, targetpath):
        """Make a folder."""
        try:
            os.mkdir(targetpath) if tarinfo.mode is None else os.mkdir(targetpath, 0o700)
        except FileExistsError:
            if not os.path.isdir(targetpath):
                raise

    def makefile(self, tarinfo, targetpath):
        """Make a file."""
        with io.open(targetpath, "wb") as target:
            if tarinfo.sparse is None:
                self.fileobj.seek(tarinfo.offset_data)
                self._copy(self.fileobj, target, tarinfo.size, ReadError)
                return
            offset = tarinfo.offset_data
            for begin, size in tarinfo.sparse:
                self.fileobj.seek(offset)
                target.seek(begin)
                self._copy(self.fileobj, target, size, ReadError)
                offset += size
            target.seek(tarinfo.size)
            target.truncate()

    def makefifo(self, tarinfo, targetpath):
        """Make a FIFO."""
        os.mkfifo(targetpath)

    def makedev(self, tarinfo, targetpath):
        """Make a device."""
        kind = stat.S_IFBLK if tarinfo.isblk() else stat.S_IFCHR
        os.mknod(targetpath, (0o600 if tarinfo.mode is None else tarinfo.mode) | kind, os.makedev(tarinfo.devmajor, tarinfo.devminor))

    def makelink(self, tarinfo, targetpath):
        """Make a link, or a copy of what it links to where the system has no links."""
        try:
            if os.path.lexists(targetpath):
                os.unlink(targetpath)
            if tarinfo.issym():
                os.symlink(tarinfo.linkname, targetpath)
                return
            if os.path.exists(tarinfo._link_target):
                os.link(tarinfo._link_target, targetpath)
                return
            self._extract_member(self._link_target(tarinfo), targetpath, True, False)
            return
        except (AttributeError, NotImplementedError):
            pass
        try:
            self._extract_member(self._link_target(tarinfo), targetpath, True, False)
        except KeyError:
            raise ExtractError("unable to resolve link inside archive") from None

    def chown(self, tarinfo, targetpath, numeric_owner):
        """Give a file its owner, as root."""
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            return
        uid, gid = tarinfo.uid, tarinfo.gid
        if not numeric_owner:
            uid, gid = _owner_numbers(tarinfo.uname, tarinfo.gname, uid, gid)
        try:
            change = os.lchown if tarinfo.issym() and hasattr(os, "lchown") else os.chown
            change(targetpath, -1 if uid is None else uid, -1 if gid is None else gid)
        except (OSError, OverflowError) as e:
            raise ExtractError("could not change owner") from e

    def chmod(self, tarinfo, targetpath):
        """Give a file its mode."""
        if tarinfo.mode is not None:
            try:
                os.chmod(targetpath, tarinfo.mode)
            except OSError as e:
                raise ExtractError("could not change mode") from e

    def utime(self, tarinfo, targetpath):
        """Give a file its time."""
        if tarinfo.mtime is not None:
            try:
                os.utime(targetpath, (tarinfo.mtime, tarinfo.mtime))
            except OSError as e:
                raise ExtractError("could not change modification time") from e


def _owner_numbers(uname, gname, uid, gid):
    try:
        import grp
        import pwd
    except ImportError:
        return uid, gid
    numbers = []
    for look_up, name, number in (pwd.getpwnam, uname, uid), (grp.getgrnam, gname, gid):
        try:
            numbers.append(look_up(name)[2] if name else number)
        except KeyError:
            numbers.append(number)
    return tuple(numbers)
