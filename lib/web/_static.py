"""Files as responses: types, validators, ranges (RFC 9110, 8.8, 13, 14)."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ._request import Request
from ._response import Error, Response, http_date

_PIECE = 65536  # bytes
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


def file(request: Request, path: str | os.PathLike[str], *, type: str | None = None, cache: int = 0) -> Response:
    """A file, or the range of it that is asked for; 304 where the client has it already. cache: seconds for which a client need not ask again.

    path.gz, where it is there and not older, goes to clients that take gzip. Error 404: there is no such file; 405, 416."""
    if request.method not in ("GET", "HEAD"):
        raise Error(405, f"{request.method} is not for files", [("allow", "GET, HEAD")])
    source, status, coding = _open(request, os.fspath(path))
    try:
        return _respond(request, source, status, type or _type_of(os.fspath(path)), coding, cache)
    except BaseException:
        source.close()
        raise


def _open(request: Request, path: str) -> tuple[BinaryIO, os.stat_result, str]:
    try:
        source = open(path, "rb")
    except (OSError, ValueError):
        raise Error(404, "there is no such file") from None
    status = os.fstat(source.fileno())
    if not stat.S_ISREG(status.st_mode):
        source.close()
        raise Error(404, "there is no such file")
    if "gzip" in request.fields.words("accept-encoding") and "range" not in request.fields:
        try:
            packed = open(path + ".gz", "rb")
        except OSError:
            return source, status, ""
        packed_status = os.fstat(packed.fileno())
        if packed_status.st_mtime >= status.st_mtime:
            source.close()
            return packed, packed_status, "gzip"
        packed.close()
    return source, status, ""


def _type_of(path: str) -> str:
    import mimetypes  # large tables

    guess = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{guess}; charset=utf-8" if guess.startswith(_TEXTS) else guess


def _respond(request: Request, source: BinaryIO, status: os.stat_result, type: str, coding: str, cache: int) -> Response:
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}{"-" + coding if coding else ""}"'
    fields = [("etag", tag), ("last-modified", http_date(status.st_mtime)), ("vary", "accept-encoding"), ("x-content-type-options", "nosniff"),
              ("cache-control", f"max-age={cache}" if cache else "no-cache")]
    if _has_it(request, tag, status.st_mtime):
        source.close()
        return Response(b"", 304, fields=fields)
    fields += [("content-encoding", coding)] if coding else [("accept-ranges", "bytes")]
    start, end, code = 0, status.st_size, 200
    asked = request.fields.get("range")
    if asked and not coding and request.fields.get("if-range", tag) in (tag, http_date(status.st_mtime)):
        bounds = _range(asked, status.st_size)
        if bounds is not None:
            start, end = bounds
            code = 206
            fields.append(("content-range", f"bytes {start}-{end - 1}/{status.st_size}"))
    fields.append(("content-length", str(end - start)))
    return Response(_read(source, start, end), code, type, fields)


def _has_it(request: Request, tag: str, modified: float) -> bool:
    tags = request.fields.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in [t.strip().removeprefix("W/") for t in tags.split(",")]
    return request.fields.get("if-modified-since") == http_date(modified)


def _range(text: str, size: int) -> tuple[int, int] | None:
    """The one range that is asked for; None: several, or something else: then the whole file is the answer. Error 416: it is outside."""
    unit, _, rest = text.partition("=")
    first, dash, last = rest.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or not (first or last) or not (first + last).isdecimal():
        return None
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if start >= end:
        raise Error(416, f"the file has {size} bytes", [("content-range", f"bytes */{size}")])
    return start, end


def _read(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with source:
        source.seek(start)
        while start < end and (piece := source.read(min(_PIECE, end - start))):
            start += len(piece)
            yield piece


def folder_handler(folder: str) -> Callable[[Request, str], Response]:
    """A handler for App.mount: the files of a folder. ValueError: it is none."""
    root = os.path.realpath(folder)
    if not os.path.isdir(root):
        raise ValueError(f"there is no folder {folder!r}")

    def handle(request: Request, rest: str) -> Response:
        parts = rest.lstrip("/").split("/")
        if any(part.startswith(".") or "\0" in part for part in parts):
            raise Error(404, "there is no such file")
        path = os.path.realpath(os.path.join(root, *parts))
        if os.path.commonpath((root, path)) != root:
            raise Error(404, "there is no such file")
        if os.path.isdir(path):
            if not request.path.endswith("/"):
                return Response(b"", 308, fields=[("location", request.target.partition("?")[0] + "/")])
            path = os.path.join(path, "index.html")
        return file(request, path)

    return handle
