"""Handlers of addresses for which no HTTP server is asked: file:, data:, ftp:."""

import os
import socket

from urllib._request_base import BaseHandler
from urllib.error import URLError
from urllib.parse import _splitport, quote, unquote, unquote_to_bytes
from urllib.response import addinfourl


def pathname2url(pathname):
    """A path as the part of a file: address behind the colon."""
    return quote(pathname)


def url2pathname(pathname):
    """The path of the part of a file: address behind the colon."""
    return unquote(pathname)


def _headers(**values):
    from email.message import Message
    message = Message()
    for name, value in values.items():
        message[name.replace("_", "-")] = str(value)
    return message


def _address_of(host):
    try:
        return socket.gethostbyname(host)
    except OSError:
        return None


class FileHandler(BaseHandler):
    """Opens file: addresses on this machine."""

    names = None

    def file_open(self, req):
        place = req.selector
        if place[:2] == "//" and place[2:3] != "/" and req.host and req.host != "localhost" and req.host not in self.get_names():
            raise URLError("file:// scheme is supported only on localhost")
        return self.open_local_file(req)

    def get_names(self):
        """The addresses of this machine."""
        if FileHandler.names is None:
            try:
                found = socket.gethostbyname_ex("localhost")[2] + socket.gethostbyname_ex(socket.gethostname())[2]
            except socket.gaierror:
                found = [socket.gethostbyname("localhost")]
            FileHandler.names = tuple(found)
        return FileHandler.names

    def open_local_file(self, req):
        """The file that a request names, as a response."""
        from email.utils import formatdate
        import mimetypes
        place, host = req.selector, req.host
        path = url2pathname(place)
        try:
            about = os.stat(path)
            headers = _headers(Content_type=mimetypes.guess_type(place)[0] or "text/plain", Content_length=about.st_size,
                               Last_modified=formatdate(about.st_mtime, usegmt=True))
            name, port = _splitport(host) if host else (None, None)
            if not host or not port and _address_of(name) in self.get_names():
                return addinfourl(open(path, "rb"), headers, f"file://{host or ''}{place}")
        except OSError as e:
            raise URLError(e, e.filename) from e
        raise URLError("file not on local host")


class DataHandler(BaseHandler):
    """Opens data: addresses, which hold what they stand for."""

    def data_open(self, req):
        import base64
        import io
        url = req.full_url
        kind, content = url.partition(":")[2].split(",", 1)
        content = unquote_to_bytes(content)
        if kind.endswith(";base64"):
            kind, content = kind.removesuffix(";base64"), base64.decodebytes(content)
        return addinfourl(io.BytesIO(content), _headers(Content_type=kind or "text/plain;charset=US-ASCII", Content_length=len(content)), url)


class FTPHandler(BaseHandler):
    """Refuses ftp: addresses: there is no module ftplib."""

    def ftp_open(self, req):
        if not req.host:
            raise URLError("ftp error: no host given")
        raise NotImplementedError("urllib.request: ftp")


class CacheFTPHandler(FTPHandler):
    """Refuses ftp: addresses."""
