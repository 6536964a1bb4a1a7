"""Paths of Windows as the part of a file: address behind the colon, and back."""

from urllib.parse import quote, unquote


def _drive(letter, what):
    """The letter of a drive. OSError if it is none."""
    if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        raise OSError(f"Bad URL: {what}" if "|" in what else f"Bad path: {what}")
    return letter.upper()


def url2pathname(url):
    """'///C|/a/b' as 'C:\\\\a\\\\b'; '////server/a' as '\\\\\\\\server\\\\a'."""
    url = url.replace(":", "|")
    if "|" not in url:
        if url.startswith("////"): # the path of another machine, with an empty authority
            url = url[2:]
        return unquote(url.replace("/", "\\"))
    letter, *rest = url.split("|")
    if len(rest) != 1 or not letter.lstrip("/")[-1:].isascii() or not letter[-1:].isalpha():
        raise OSError("Bad URL: " + url)
    path = _drive(letter[-1], url) + ":"
    for part in rest[0].split("/"):
        if part:
            path += "\\" + unquote(part)
    return path + "\\" if path.endswith(":") and rest[0].endswith("/") else path


def pathname2url(p):
    """'C:\\\\a\\\\b' as '///C:/a/b'."""
    p = p.replace("\\", "/")
    if p.startswith("//?/"): # a path of any length
        p = p[4:]
        if p[:4].upper() == "UNC/":
            p = "/" + p[4:]
        elif p[1:2] != ":":
            raise OSError("Bad path: " + p)
    if ":" not in p:
        if p.startswith("//"):
            p = "//" + p
        return quote(p)
    letter, _, rest = p.partition(":")
    if ":" in rest:
        raise OSError("Bad path: " + p)
    path = "///" + _drive(letter, p) + ":"
    for part in rest.split("/"):
        if part:
            path += "/" + quote(part)
    return path
