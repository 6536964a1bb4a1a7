"""Code of source files, kept in __pycache__: names, validity, writing. docs/code-files.md has the format."""

import sys

import _krait

MAGIC_NUMBER = (_krait.opcode_set & 0xFFFF).to_bytes(2, "little") + b"\r\n"
_HEADER = 32
_MAGIC = b"KRP\x1a"
_HASH, _CHECK, _YOUNG = 1, 2, 4
_YOUNG_SECONDS = 2  # the coarsest clock of a file system: a file this new may change again without a sign


def cache_from_source(path, debug_override=None, *, optimization=None):
    """The path of the cache file of a source file. It need not exist, nor need the source.

    optimization: which level the code is of, "" for none; by default that of this interpreter.
    NotImplementedError: sys.implementation.cache_tag is None. ValueError: optimization is not alphanumeric.
    """
    import os
    if debug_override is not None:
        import warnings
        warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead", DeprecationWarning)
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    path = os.fspath(path)
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    if optimization is None:
        return _krait.cache_path(path)
    optimization = str(optimization)
    if optimization and not optimization.isalnum():
        raise ValueError(f"{optimization!r} is not alphanumeric")
    return _krait.cache_path(path, optimization)


def source_from_cache(path):
    """The path of the source file of a cache file. ValueError: the name has not the form of one."""
    import os
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    path = os.fspath(path)
    head, name = os.path.split(path)
    prefix = sys.pycache_prefix
    if prefix is not None and head.startswith(prefix.rstrip("/") + "/"):
        head = head[len(prefix.rstrip("/")):]
    else:
        head, folder = os.path.split(head)
        if folder != "__pycache__":
            raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    dots = name.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {name!r}")
    if dots == 3:
        level = name.rsplit(".", 2)[-2]
        if not level.startswith("opt-"):
            raise ValueError("optimization portion of filename does not start with 'opt-'")
        if not level[4:].isalnum():
            raise ValueError(f"optimization level {level!r} is not an alphanumeric value")
    return os.path.join(head, name.partition(".")[0] + ".py")


def source_hash(source_bytes):
    """Eight bytes that differ when the source does."""
    return _krait.source_hash(source_bytes)


def data_of_cache(data):
    """The code object in the bytes of a cache file, or of a plain code file, and the header (None). ImportError: it is damaged."""
    if data[:4] == _MAGIC and len(data) >= _HEADER:
        return _krait.code_load(data[_HEADER:]), bytes(data[:_HEADER])
    return _krait.code_load(data), None


def header(mtime, size, source, flags):
    """The header of a cache file. mtime in microseconds."""
    return b"".join((_MAGIC, flags.to_bytes(4, "little"), mtime.to_bytes(8, "little", signed=True), size.to_bytes(8, "little"),
                     _krait.source_hash(source)))


def _is_current(loader, path, head, mtime, size):
    flags = int.from_bytes(head[4:8], "little")
    if flags & ~(_HASH | _CHECK | _YOUNG):
        return False
    if not flags & _HASH:
        return int.from_bytes(head[8:16], "little", signed=True) == mtime and size in (None, int.from_bytes(head[16:24], "little"))
    return not flags & _CHECK or _krait.source_hash(loader.get_data(path)) == head[24:32]


def _read(loader, path, cache, mtime, size):
    """The code object in the cache, or None."""
    try:
        data = loader.get_data(cache)
    except OSError:
        return None
    if data[:4] != _MAGIC or len(data) <= _HEADER:
        return None
    try:
        if not _is_current(loader, path, data, mtime, size):
            return None
        code, _ = data_of_cache(data)
    except (ImportError, OSError):
        return None
    _krait.code_rename(code, path)
    return code


def code_from_cache(loader, path):
    """The code of a source file that a loader can read, from the cache or compiled, and then cached."""
    cache = mtime = size = None
    try:
        cache = cache_from_source(path)
        stats = loader.path_stats(path)
        mtime, size = int(stats["mtime"] * 1e6), stats.get("size")
    except (NotImplementedError, OSError):
        pass
    else:
        code = _read(loader, path, cache, mtime, size)
        if code is not None:
            return code
    source = loader.get_data(path)
    code = loader.source_to_code(source, path)
    if mtime is not None and not sys.dont_write_bytecode:
        import time
        flags = _HASH | _CHECK | _YOUNG if time.time() - mtime / 1e6 < _YOUNG_SECONDS else 0
        data = header(mtime, len(source) if size is None else size, source, flags) + _krait.code_save(code)
        try:
            loader._cache_bytecode(path, cache, data)
        except NotImplementedError:
            pass
    return code


def write_atomic(path, data, mode=0o666):
    """Write a file under another name, and rename it when it is complete."""
    import os
    temporary = f"{path}.{os.getpid()}.{id(data)}"
    fd = os.open(temporary, os.O_EXCL | os.O_CREAT | os.O_WRONLY, mode & 0o666)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view):]
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            pass
        raise
