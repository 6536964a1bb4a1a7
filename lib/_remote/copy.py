"""Copying between this machine and a board, one file or a tree of them."""

import errno
import hashlib
import os

from _remote.files import Files
from _remote.link import RemoteError


def _join(folder: str, name: str) -> str:
    return folder + name if not folder or folder.endswith("/") else f"{folder}/{name}"


def _put(files: Files, source: str, target: str) -> None:
    try:
        f = open(source, "rb")
    except OSError as e:
        raise RemoteError(f"{source}: {e.strerror}") from None
    with f:
        files.put(target, f.read, os.fstat(f.fileno()).st_size)


def _get(files: Files, source: str, target: str) -> None:
    """Through a file beside the target, which is there whole or not at all."""
    part = target + ".part"
    try:
        with open(part, "wb") as f:
            files.get(source, f.write)
        os.replace(part, target)
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise


def _put_tree(files: Files, source: str, target: str) -> None:
    if target:
        files.make_folder(target, True)
    for name in sorted(os.listdir(source)):
        here, there = os.path.join(source, name), _join(target, name)
        if os.path.isdir(here):
            _put_tree(files, here, there)
        else:
            _put(files, here, there)


def _get_tree(files: Files, source: str, target: str) -> None:
    os.makedirs(target, exist_ok=True)
    for name, is_folder, _ in files.walk(source):
        _check_name(name)
        here = os.path.join(target, name)
        if is_folder:
            os.makedirs(here, exist_ok=True)
        else:
            _get(files, _join(source, name), here)


def _check_name(name: str) -> None:
    """A board's names must not lead out of the folder that they are copied to."""
    if name.startswith("/") or ".." in name.split("/") or "\0" in name:
        raise RemoteError(f"the board has a file called {name!r}, which would not come to lie in the folder")


def copy(files: Files, sources: list[str], target: str, recursive: bool) -> None:
    """As cp does; names with : before them are on the board."""
    there = target.startswith(":")
    for source in sources:
        if source.startswith(":") == there:
            raise RemoteError(f"cp {source} {target}: one of them has to be on the board, with : before its name")
        if there:
            _copy_there(files, source, target[1:], recursive, len(sources) > 1)
        else:
            _copy_here(files, source[1:], target, recursive, len(sources) > 1)


def _copy_there(files: Files, source: str, target: str, recursive: bool, several: bool) -> None:
    into = not target or target.endswith("/") or files.kind(target)[0] == "folder"
    if several and not into:
        raise RemoteError(f"cp: {target} is no folder of the board")
    to = _join(target if target.strip("/.") or target.startswith("/") else "", os.path.basename(source.rstrip("/"))) if into else target
    if not os.path.isdir(source):
        _put(files, source, to)
    elif recursive:
        _put_tree(files, source, to)
    else:
        raise RemoteError(f"{source} is a folder (cp -r)")


def _copy_here(files: Files, source: str, target: str, recursive: bool, several: bool) -> None:
    into = os.path.isdir(target)
    if several and not into:
        raise RemoteError(f"cp: {target} is no folder")
    name = source.rstrip("/").rpartition("/")[2]
    kind, _ = files.kind(source or ".")
    if not kind:
        raise RemoteError(f"{source}: {os.strerror(errno.ENOENT)}")
    to = os.path.join(target, name) if into else target
    if kind == "file":
        _get(files, source, to)
    elif recursive:
        _get_tree(files, source, to)
    else:
        raise RemoteError(f"{source} is a folder (cp -r)")


def _hash(path: str) -> bytes:
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").digest()


def _make_way(files: Files, target: str, name: str, theirs: dict, for_folder: bool) -> None:
    """Remove what the board has under this name, if it is of another kind."""
    if name not in theirs or theirs[name][0] == for_folder:
        return
    files.remove(_join(target, name), True)
    for below in [n for n in theirs if n == name or n.startswith(name + "/")]:
        del theirs[below]


def sync(files: Files, source: str, target: str, delete: bool) -> None:
    """Copy what the board has not got, or has otherwise. delete: and remove what this machine has not got."""
    if not os.path.isdir(source):
        raise RemoteError(f"{source} is no folder")
    if target and files.kind(target)[0] != "folder":
        files.make_folder(target)
    theirs = {name: (is_folder, size) for name, is_folder, size in files.walk(target)}
    ours = set()
    for folder, names, plain in os.walk(source):
        names.sort()
        relative = os.path.relpath(folder, source)
        prefix = "" if relative == "." else relative + "/"
        for name in names:
            ours.add(prefix + name)
            if delete:
                _make_way(files, target, prefix + name, theirs, True)
            if not theirs.get(prefix + name, (False,))[0]:
                files.make_folder(_join(target, prefix + name))
        for name in sorted(plain):
            ours.add(prefix + name)
            here, there = os.path.join(folder, name), _join(target, prefix + name)
            if delete:
                _make_way(files, target, prefix + name, theirs, False)
            same = theirs.get(prefix + name) == (False, os.path.getsize(here)) and files.sha256(there) == _hash(here)
            if not same:
                _put(files, here, there)
                print(f"copied {prefix + name}")
    for name in sorted(theirs if delete else (), reverse=True):
        if name not in ours:
            files.remove(_join(target, name), True)
            print(f"removed {name}")
