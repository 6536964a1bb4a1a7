"""What may come out of a tar archive, and as what (PEP 706)."""

import os

from _tar_header import TarError

__name__ = "tarfile"  # where its names belong


class FilterError(TarError):
    """A filter refuses a file."""


class AbsolutePathError(FilterError):
    """Its name begins at the root."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"member {tarinfo.name!r} has an absolute path")


class OutsideDestinationError(FilterError):
    """It would go to another place than the destination."""

    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__(f"{tarinfo.name!r} would be extracted to {path!r}, which is outside the destination")


class SpecialFileError(FilterError):
    """It is a device or a FIFO."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"{tarinfo.name!r} is a special file")


class AbsoluteLinkError(FilterError):
    """It links to a place that begins at the root."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"{tarinfo.name!r} is a link to an absolute path")


class LinkOutsideDestinationError(FilterError):
    """It links to another place than the destination."""

    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__(f"{tarinfo.name!r} would link to {path!r}, which is outside the destination")


def _inside(path, folder):
    return os.path.commonpath([path, folder]) == folder


def _changes(member, dest_path, for_data):
    changes, name = {}, member.name
    dest_path = os.path.realpath(dest_path)
    if name.startswith(("/", os.sep)):
        name = changes["name"] = member.path.lstrip("/" + os.sep)
    if os.path.isabs(name):
        raise AbsolutePathError(member)
    target = os.path.realpath(os.path.join(dest_path, name))
    if not _inside(target, dest_path):
        raise OutsideDestinationError(member, target)
    mode = member.mode
    if mode is not None:
        mode &= 0o755 # nothing special, and nobody else writes
        if for_data and (member.isreg() or member.islnk()):
            mode = (mode if mode & 0o100 else mode & ~0o111) | 0o600
        elif for_data and (member.isdir() or member.issym()):
            mode = None
        elif for_data:
            raise SpecialFileError(member)
        if mode != member.mode:
            changes["mode"] = mode
    if for_data:
        changes.update({key: None for key in ("uid", "gid", "uname", "gname") if getattr(member, key) is not None})
        if member.islnk() or member.issym():
            if os.path.isabs(member.linkname):
                raise AbsoluteLinkError(member)
            base = os.path.dirname(name) if member.issym() else ""
            target = os.path.realpath(os.path.join(dest_path, base, member.linkname))
            if not _inside(target, dest_path):
                raise LinkOutsideDestinationError(member, target)
    return changes


def fully_trusted_filter(member, dest_path):
    """The file as it is."""
    return member


def tar_filter(member, dest_path):
    """Nothing outside of the destination, and no strange modes."""
    changes = _changes(member, dest_path, False)
    return member.replace(**changes, deep=False) if changes else member


def data_filter(member, dest_path):
    """Data of somebody else: files, folders and links inside the destination, which belong to who extracts them."""
    changes = _changes(member, dest_path, True)
    return member.replace(**changes, deep=False) if changes else member


NAMED = {"fully_trusted": fully_trusted_filter, "tar": tar_filter, "data": data_filter}
