"""Forms with files: multipart/form-data (RFC 7578)."""

from __future__ import annotations

from typing import NamedTuple

from ._fields import Values
from ._response import Error

_PARTS_MOST = 1000


class File(NamedTuple):
    """A file of a form. name: as the client calls it, not to be used as a path."""

    name: str
    type: str
    data: bytes


class Form(Values):
    """Fields of a form, and its files by the name of their field."""

    __slots__ = ("files",)

    def __init__(self, pairs: list[tuple[str, str]], files: dict[str, File]) -> None:
        super().__init__(pairs)
        self.files = files


def _parameters(text: str) -> tuple[str, dict[str, str]]:
    from email.message import Message

    message = Message()
    message["content-type"] = text
    first, *rest = message.get_params(unquote=True)
    return first[0].lower(), dict(rest)


def parse(content_type: str, body: bytes) -> Form:
    """The parts of a body. Error 400: they are not as they should be."""
    boundary = _parameters(content_type)[1].get("boundary", "").encode("latin-1", "replace")
    if not 1 <= len(boundary) <= 70:
        raise Error(400, "multipart/form-data has no boundary")
    start, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(parts) < 1 or not parts[-1].startswith(b"--"):
        raise Error(400, "the form does not end with its boundary")
    if len(parts) > _PARTS_MOST:
        raise Error(400, f"a form has at most {_PARTS_MOST} parts")
    pairs: list[tuple[str, str]] = []
    files: dict[str, File] = {}
    for part in parts[:-1]:
        _add(part, pairs, files)
    return Form(pairs, files)


def _add(part: bytes, pairs: list[tuple[str, str]], files: dict[str, File]) -> None:
    head, blank, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not blank:
        raise Error(400, "a part of the form has no head")
    fields = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    kind, parameters = _parameters(fields.get("content-disposition", ""))
    if kind != "form-data" or "name" not in parameters:
        raise Error(400, "a part of the form has no name")
    if "filename" in parameters:
        files[parameters["name"]] = File(parameters["filename"], fields.get("content-type", "application/octet-stream"), data)
        return
    try:
        pairs.append((parameters["name"], data.decode()))
    except UnicodeDecodeError:
        raise Error(400, f"the field {parameters['name']!r} is not UTF-8") from None
