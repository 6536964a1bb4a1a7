"""Paths of any kind of file system: what follows from a text, a parser of paths, and a few operations."""

import errno
import functools

__all__ = ["UnsupportedOperation", "ParserBase", "PurePathBase", "PathBase"]
_IGNORED = {errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP}


class UnsupportedOperation(NotImplementedError):
    """The file system, or this kind of path, cannot do it."""


def _refuse(name):
    def method(cls, *args, **kwargs):
        shown = cls.__name__ if isinstance(cls, type) else type(cls).__name__
        raise UnsupportedOperation(f"{shown}.{name}{'' if name in ('sep',) else '()'} is unsupported")
    return method


class ParserBase:
    """How texts of paths are read, as os.path does it."""

    sep = property(_refuse("sep"))
    join, split, splitdrive, splitext, normcase, isabs = map(_refuse, ("join", "split", "splitdrive", "splitext", "normcase", "isabs"))


@functools.lru_cache(maxsize=256)
def _compiled(pattern, sep, case_sensitive, recursive=True):
    import glob
    import re
    flags = re.NOFLAG if case_sensitive else re.IGNORECASE
    return re.compile(glob.translate(pattern, recursive=recursive, include_hidden=True, seps=sep), flags).match


class PurePathBase:
    """A path that is not looked at: text and a parser."""

    __slots__ = ("_raw_path", "_resolving")
    parser = ParserBase()

    def __init__(self, path, *paths):
        self._raw_path = self.parser.join(path, *paths) if paths else path
        if not isinstance(self._raw_path, str):
            raise TypeError(f"path should be a str, not {type(self._raw_path).__name__!r}")
        self._resolving = False

    def with_segments(self, *pathsegments):
        """A path of this kind from segments: what all methods make new paths with."""
        return type(self)(*pathsegments)

    def __str__(self):
        return self._raw_path

    def as_posix(self):
        """The text with forward slashes."""
        return str(self).replace(self.parser.sep, "/")

    # ---- Parts

    @property
    def drive(self):
        """The drive, or an empty text."""
        return self.parser.splitdrive(self.anchor)[0]

    @property
    def root(self):
        """The root, or an empty text."""
        return self.parser.splitdrive(self.anchor)[1]

    @property
    def anchor(self):
        """Drive and root."""
        return self._stack[0]

    @property
    def _stack(self):
        """The anchor, and the other parts from the last to the first."""
        split = self.parser.split
        path, names = self._raw_path, []
        parent, name = split(path)
        while path != parent:
            names.append(name)
            path = parent
            parent, name = split(path)
        return path, names

    @property
    def parts(self):
        """The anchor, if there is one, and the names."""
        anchor, names = self._stack
        if anchor:
            names.append(anchor)
        return tuple(reversed(names))

    @property
    def name(self):
        """The last name."""
        return self.parser.split(self._raw_path)[1]

    @property
    def stem(self):
        """The name without its last suffix."""
        name = self.name
        at = name.rfind(".")
        return name[:at] if 0 < at < len(name) - 1 else name

    @property
    def suffix(self):
        """The last suffix of the name, with its dot."""
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        """All suffixes of the name."""
        name = self.name
        if name.endswith("."):
            return []
        return ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        """The folder that it is in."""
        path = self._raw_path
        parent = self.parser.split(path)[0]
        if path == parent:
            return self
        parent = self.with_segments(parent)
        parent._resolving = self._resolving
        return parent

    @property
    def parents(self):
        """All folders above."""
        split = self.parser.split
        path, found = self._raw_path, []
        parent = split(path)[0]
        while path != parent:
            found.append(self.with_segments(parent))
            path = parent
            parent = split(path)[0]
        return tuple(found)

    def is_absolute(self):
        """True if it has a root (and a drive, where there are drives)."""
        return self.parser.isabs(self._raw_path)

    # ---- Other paths

    def with_name(self, name):
        """With another last name."""
        split = self.parser.split
        if split(name)[0]:
            raise ValueError(f"Invalid name {name!r}")
        return self.with_segments(split(self._raw_path)[0], name)

    def with_stem(self, stem):
        """With another stem."""
        kept = self.suffix
        if kept and not stem:
            raise ValueError(f"{self!r} has a non-empty suffix")
        return self.with_name(stem + kept)

    def with_suffix(self, suffix):
        """With another suffix; an empty one takes it away."""
        kept = self.stem
        if not kept:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and (suffix == "." or not suffix.startswith(".")):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(kept + suffix)

    def relative_to(self, other, *, walk_up=False):
        """The way from other to here; walk_up: with .. where it is needed."""
        other, down, up = self._apart(other)
        if down is None:
            raise ValueError(f"{self._raw_path!r} and {other._raw_path!r} have different anchors")
        if up and not walk_up:
            raise ValueError(f"{self._raw_path!r} is not in the subpath of {other._raw_path!r}")
        if ".." in up:
            raise ValueError(f"'..' segment in {other._raw_path!r} cannot be walked")
        return self.with_segments("", *[".."] * len(up), *down)

    def _apart(self, other):
        """(other as a path, the names from where both part down to here, those down to other); None for the first: their anchors differ."""
        if not isinstance(other, PurePathBase):
            other = self.with_segments(other)
        (anchor, names), (other_anchor, other_names) = self._stack, other._stack
        if anchor != other_anchor:
            return other, None, ()
        shared = 0
        for mine, others in zip(reversed(names), reversed(other_names)):
            if mine != others:
                break
            shared += 1
        return other, names[::-1][shared:], [name for name in other_names[::-1][shared:] if name not in ("", ".")]

    def is_relative_to(self, other):
        """True if it is other, or below it."""
        _, down, up = self._apart(other)
        return down is not None and not up

    def joinpath(self, *pathsegments):
        """With segments behind."""
        return self.with_segments(self._raw_path, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self._raw_path, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self._raw_path)
        except TypeError:
            return NotImplemented

    # ---- Patterns

    @property
    def _case_sensitive(self):
        return self.parser.normcase("Aa") == "Aa"

    @property
    def _pattern_str(self):
        return str(self)

    def match(self, path_pattern, *, case_sensitive=None):
        """True if the last parts match the pattern's; an absolute pattern, if all do. ** is as *."""
        if not isinstance(path_pattern, PurePathBase):
            path_pattern = self.with_segments(path_pattern)
        if case_sensitive is None:
            case_sensitive = self._case_sensitive
        parts, patterns = self.parts[::-1], path_pattern.parts[::-1]
        if not patterns:
            raise ValueError("empty pattern")
        if len(parts) < len(patterns) or len(parts) > len(patterns) and path_pattern.anchor:
            return False
        sep = self.parser.sep
        return all(_compiled(pattern, sep, case_sensitive, False)(part) is not None for part, pattern in zip(parts, patterns))

    def full_match(self, pattern, *, case_sensitive=None):
        """True if the whole path matches the pattern, in which ** stands for any number of parts."""
        if not isinstance(pattern, PurePathBase):
            pattern = self.with_segments(pattern)
        if case_sensitive is None:
            case_sensitive = self._case_sensitive
        return _compiled(pattern._pattern_str, self.parser.sep, case_sensitive)(self._pattern_str) is not None


def _has_magic(part):
    return any(c in part for c in "*?[")


class PathBase(PurePathBase):
    """A path of a file system that its methods reach: stat(), open(), iterdir() and others are a subclass's."""

    __slots__ = ()
    _max_symlinks = 40

    @classmethod
    def _unsupported_msg(cls, attribute):
        return f"{cls.__name__}.{attribute} is unsupported"

    def stat(self, *, follow_symlinks=True):
        """What os.stat() gives."""
        raise UnsupportedOperation(self._unsupported_msg("stat()"))

    def lstat(self):
        """stat() of a link itself."""
        return self.stat(follow_symlinks=False)

    # ---- Questions

    def exists(self, *, follow_symlinks=True):
        """Is there something?"""
        try:
            self.stat(follow_symlinks=follow_symlinks)
        except OSError as e:
            if e.errno not in _IGNORED:
                raise
            return False
        except ValueError:
            return False
        return True

    def _is_kind(self, test, follow_symlinks=True):
        import stat
        try:
            return getattr(stat, test)(self.stat(follow_symlinks=follow_symlinks).st_mode)
        except OSError as e:
            if e.errno not in _IGNORED:
                raise
            return False
        except ValueError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        """Is it a folder?"""
        return self._is_kind("S_ISDIR", follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Is it a regular file?"""
        return self._is_kind("S_ISREG", follow_symlinks)

    def is_mount(self):
        """Is it where another file system begins?"""
        if not self.exists() or not self.is_dir():
            return False
        try:
            above = self.parent.stat().st_dev
        except OSError:
            return False
        here = self.stat()
        return here.st_dev != above or here.st_ino == self.parent.stat().st_ino

    def is_symlink(self):
        """Is it a symbolic link?"""
        return self._is_kind("S_ISLNK", False)

    def is_junction(self):
        """Is it a junction? There are none on POSIX."""
        return False

    def is_block_device(self):
        """Is it a block device?"""
        return self._is_kind("S_ISBLK")

    def is_char_device(self):
        """Is it a character device?"""
        return self._is_kind("S_ISCHR")

    def is_fifo(self):
        """Is it a named pipe?"""
        return self._is_kind("S_ISFIFO")

    def is_socket(self):
        """Is it a socket?"""
        return self._is_kind("S_ISSOCK")

    def samefile(self, other_path):
        """Is it the same file?"""
        st = self.stat()
        other = other_path.stat() if isinstance(other_path, PathBase) else self.with_segments(other_path).stat()
        return st.st_ino == other.st_ino and st.st_dev == other.st_dev

    # ---- Content

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """open() of the file."""
        raise UnsupportedOperation(self._unsupported_msg("open()"))

    def read_bytes(self):
        """All of a file, as bytes."""
        with self.open(mode="rb") as f:
            return f.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        """All of a file, as text."""
        with self.open(mode="r", encoding=encoding, errors=errors, newline=newline) as f:
            return f.read()

    def write_bytes(self, data):
        """Make the file hold these bytes."""
        view = memoryview(data)
        with self.open(mode="wb") as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Make the file hold this text."""
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {data.__class__.__name__}")
        with self.open(mode="w", encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    # ---- Folders

    def iterdir(self):
        """The paths in a folder, in any order."""
        raise UnsupportedOperation(self._unsupported_msg("iterdir()"))

    def _scandir(self):
        import contextlib
        return contextlib.nullcontext(self.iterdir())

    def _entries(self):
        """(name, its path, is it a folder, is it a link) for each in the folder; nothing if it cannot be read."""
        try:
            for child in self.iterdir():
                yield child.name, child, child.is_dir, child.is_symlink
        except OSError:
            return

    def _pattern_parts(self, pattern):
        if not isinstance(pattern, PurePathBase):
            pattern = self.with_segments(pattern)
        anchor, parts = pattern._stack
        if anchor:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return parts[::-1]

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=True):
        """All below that matches a relative pattern, in any order."""
        parts = self._pattern_parts(pattern)
        literal = case_sensitive is None or case_sensitive == self._case_sensitive
        if case_sensitive is None:
            case_sensitive = self._case_sensitive
        seen = set() if parts.count("**") > 1 else None
        return self._select(parts, literal, case_sensitive, recurse_symlinks, seen)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=True):
        """glob() in this folder and all below."""
        if not isinstance(pattern, PurePathBase):
            pattern = self.with_segments(pattern)
        pattern = self.with_segments("**", pattern._raw_path)
        return self.glob(pattern, case_sensitive=case_sensitive, recurse_symlinks=recurse_symlinks)

    def _select(self, parts, literal, case_sensitive, links, seen, exists=False):
        if not parts:
            if exists or self.exists(follow_symlinks=False):
                key = str(self)
                if seen is None or key not in seen:
                    if seen is not None:
                        seen.add(key)
                    yield self
            return
        part, rest = parts[0], parts[1:]
        if part == "**":
            while rest and rest[0] == "**":
                rest = rest[1:]
            yield from self._select_tree(rest, literal, case_sensitive, links, seen)
        elif not part: # a separator at the end: folders
            if self.is_dir():
                yield self.joinpath("") if self._keeps_slash else self
        elif literal and (not _has_magic(part) or part == ".."):
            yield from self.joinpath(part)._select(rest, literal, case_sensitive, links, seen)
        else:
            match = _compiled(part, self.parser.sep, case_sensitive, False)
            for name, child, is_dir, _ in self._entries():
                if match(name) is None:
                    continue
                if not rest:
                    yield from child._select(rest, literal, case_sensitive, links, seen, True)
                elif _true(is_dir):
                    yield from child._select(rest, literal, case_sensitive, links, seen, True)

    def _select_tree(self, rest, literal, case_sensitive, links, seen):
        stack = [self] if self.is_dir() else []
        only_folders = rest == [""]
        while stack:
            folder = stack.pop()
            if rest and not only_folders:
                yield from folder._select(rest, literal, case_sensitive, links, seen)
            else:
                found = folder.joinpath("") if folder is self and not rest and self._keeps_slash else folder
                yield from found._select(rest, literal, case_sensitive, links, seen, True)
            below = []
            for name, child, is_dir, is_link in folder._entries():
                folderish = _true(is_dir)
                if folderish and (links or not _true(is_link)):
                    below.append(child)
                elif not rest:
                    yield from child._select(rest, literal, case_sensitive, links, seen, True)
            stack.extend(reversed(below))

    _keeps_slash = True

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """Yields (folder, names of folders in it, names of files in it) for this folder and all below."""
        stack = [self]
        while stack:
            path = stack.pop()
            if isinstance(path, tuple):
                yield path
                continue
            dirs, files = [], []
            if not top_down:
                stack.append((path, dirs, files))
            try:
                for child in path.iterdir():
                    (dirs if _true(lambda: child.is_dir(follow_symlinks=follow_symlinks)) else files).append(child.name)
            except OSError as e:
                if not top_down:
                    stack.pop()
                if on_error is not None:
                    on_error(e)
                continue
            if top_down:
                yield path, dirs, files
            stack += [path.joinpath(name) for name in reversed(dirs)]

    # ---- What a file system may have

    def absolute(self):
        """From the root on, as it is."""
        raise UnsupportedOperation(self._unsupported_msg("absolute()"))

    @classmethod
    def cwd(cls):
        """The current folder."""
        return cls("").absolute()

    def expanduser(self):
        """With ~ and ~user replaced by home folders."""
        raise UnsupportedOperation(self._unsupported_msg("expanduser()"))

    @classmethod
    def home(cls):
        """The user's home folder."""
        return cls("~").expanduser()

    def readlink(self):
        """What a symbolic link leads to."""
        raise UnsupportedOperation(self._unsupported_msg("readlink()"))

    def resolve(self, strict=False):
        """Absolute, without symbolic links and ..; strict: it has to be there."""
        if self._resolving:
            return self
        path_root, parts = self._stack
        path = self.with_segments(path_root)
        try:
            path = path.absolute()
        except UnsupportedOperation:
            path._resolving = True
        import stat
        links, look = 0, True
        base, done = path, []
        while parts:
            part = parts.pop()
            if not part or part == ".":
                continue
            if part == "..":
                if done:
                    done.pop()
                elif not base.anchor:
                    done.append(part)
                continue
            if look:
                here = base.joinpath(*done, part)
                here._resolving = True
                try:
                    mode = here.stat(follow_symlinks=False).st_mode
                    if stat.S_ISLNK(mode):
                        links += 1
                        if links >= self._max_symlinks:
                            raise OSError(errno.ELOOP, "Too many symbolic links in path", self._raw_path)
                        target_root, target_parts = here.readlink()._stack
                        if target_root:
                            base, done = self.with_segments(target_root), []
                        parts.extend(target_parts)
                        continue
                    if parts and not stat.S_ISDIR(mode):
                        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", here._raw_path)
                except OSError:
                    if strict:
                        raise
                    look = False
            done.append(part)
        result = base.joinpath(*done) if done else base
        result._resolving = True
        return result

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the access rights."""
        raise UnsupportedOperation(self._unsupported_msg("chmod()"))

    def lchmod(self, mode):
        """chmod() of a link itself."""
        self.chmod(mode, follow_symlinks=False)


def _true(test):
    try:
        return test()
    except OSError:
        return False


def _add_missing():
    for name, arguments in (("symlink_to", "target, target_is_directory=False"), ("hardlink_to", "target"), ("touch", "mode=0o666, exist_ok=True"),
                            ("mkdir", "mode=0o777, parents=False, exist_ok=False"), ("rename", "target"), ("replace", "target"),
                            ("unlink", "missing_ok=False"), ("rmdir", ""), ("owner", "*, follow_symlinks=True"),
                            ("group", "*, follow_symlinks=True"), ("as_uri", "")):
        def method(self, *args, _name=name, **kwargs):
            raise UnsupportedOperation(self._unsupported_msg(_name + "()"))
        method.__name__ = method.__qualname__ = name
        method.__doc__ = f"{name}({arguments}), where the file system has it."
        setattr(PathBase, name, method)
    PathBase.from_uri = classmethod(lambda cls, uri: _unsupported(cls, "from_uri()"))


def _unsupported(cls, name):
    raise UnsupportedOperation(cls._unsupported_msg(name))


_add_missing()
