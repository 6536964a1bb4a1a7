"""What addresses stand for: urlopen() of http:, file: and data:. Openers, handlers, proxies and https: (which needs ssl) raise NotImplementedError."""

import os
import sys

from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

__all__ = ["Request", "urlopen", "urlretrieve", "pathname2url", "url2pathname"]

_REDIRECTS = 10  # one request follows at most so many


def pathname2url(pathname):
    """A path as the part of a file: address behind the colon."""
    return quote(pathname)


def url2pathname(pathname):
    """The path of the part of a file: address behind the colon."""
    return unquote(pathname, encoding=sys.getfilesystemencoding(), errors=sys.getfilesystemencodeerrors())


class Request:
    """What to ask for. data: bytes, a file or an iterable, sent as the body; headers: a mapping; method: else POST with data, GET without."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data, self.headers, self.unredirected_hdrs = data, {}, {}
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = origin_req_host or self.host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        """The address."""
        return f"{self._full_url}#{self.fragment}" if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        url = _unwrap(url)
        self._full_url, _, fragment = url.partition("#")
        self.fragment = fragment or None
        parts = urlsplit(self._full_url)
        if not parts.scheme:
            raise ValueError(f"unknown url type: {url!r}")
        self.type, self.host = parts.scheme, parts.netloc or None
        self.selector = self._full_url[len(parts.scheme) + 1:]
        if self.selector.startswith("//"):
            self.selector = self.selector[2 + len(parts.netloc):]
            if parts.scheme != "file" and not self.selector.startswith("/"):
                self.selector = "/" + self.selector

    def get_method(self):
        """The method: GET, POST, ..."""
        return getattr(self, "method", "GET" if self.data is None else "POST")

    def get_full_url(self):
        """The address."""
        return self.full_url

    def add_header(self, key, val):
        """Send this header; its name is written as in Content-type."""
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        """Send this header, but not where a response sends us."""
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        """Whether there is a header of this name."""
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        """The value of a header."""
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        """Do not send this header."""
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        """All headers as pairs."""
        return list({**self.unredirected_hdrs, **self.headers}.items())

    def set_proxy(self, host, type):
        raise NotImplementedError("urllib.request: proxies")


def _unwrap(url):
    """'<URL:a>' as 'a'."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url


def _open_http(request, timeout):
    from http.client import HTTPConnection
    if not request.host:
        raise URLError("no host given")
    headers = {name.title(): value for name, value in request.header_items()}
    headers.setdefault("User-Agent", "Krait-urllib/" + ".".join(map(str, sys.version_info[:2])))
    if request.data is not None:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    headers["Connection"] = "close"
    connection = HTTPConnection(request.host, timeout=timeout)
    try:
        try:
            connection.request(request.get_method(), request.selector, request.data, headers)
        except OSError as e:
            raise URLError(e) from e
        response = connection.getresponse()
    except:
        connection.close()
        raise
    response.url, response.msg = request.full_url, response.reason
    return response


def _redirected(request, response):
    """The request that the response asks for, or None."""
    place, method = response.headers.get("location") or response.headers.get("uri"), request.get_method()
    if response.status not in (301, 302, 303, 307, 308) or not place:
        return None
    if method not in ("GET", "HEAD") and not (method == "POST" and response.status in (301, 302, 303)):
        return None
    place = urljoin(request.full_url, place)
    if urlsplit(place).scheme not in ("http", "https"):
        raise HTTPError(place, response.status, f"{response.reason} - Redirection to url '{place}' is not allowed", response.headers, response)
    kept = {name: value for name, value in request.headers.items() if name.lower() not in ("content-length", "content-type")}
    return Request(place.replace(" ", "%20"), headers=kept, origin_req_host=request.origin_req_host, unverifiable=True,
                   method="HEAD" if method == "HEAD" else "GET")


class _LocalResponse:
    """A file, or text, as a response: what a file has, headers, url and status None."""

    def __init__(self, fp, headers, url):
        self.fp, self.headers, self.url = fp, headers, url
        self.code = self.status = None

    def __getattr__(self, name):
        return getattr(self.fp, name)

    def __iter__(self):
        return iter(self.fp)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.code


def _headers(**values):
    from email.message import Message
    message = Message()
    for name, value in values.items():
        message[name.replace("_", "-")] = str(value)
    return message


def _open_file(request):
    if request.host not in (None, "localhost"):
        raise URLError("file:// scheme is supported only on localhost")
    path = url2pathname(request.selector)
    try:
        about = os.stat(path)
        file = open(path, "rb")
    except OSError as e:
        raise URLError(e, path) from e
    from email.utils import formatdate
    headers = _headers(Content_type="text/plain", Content_length=about.st_size, Last_modified=formatdate(about.st_mtime, usegmt=True))
    return _LocalResponse(file, headers, "file://" + request.selector)


def _open_data(request):
    import binascii
    import io
    kind, comma, data = request._full_url[5:].partition(",")
    if not comma:
        raise ValueError("data: URL without a comma")
    content = unquote_to_bytes(data)
    if kind.endswith(";base64"):
        kind, content = kind[:-7], binascii.a2b_base64(content)
    return _LocalResponse(io.BytesIO(content), _headers(Content_type=kind or "text/plain;charset=US-ASCII", Content_length=len(content)),
                          request.full_url)


def urlopen(url, data=None, timeout=None, *, context=None):
    """Open an address or Request; the response is a binary stream with status, headers and url. URLError, HTTPError.

    timeout: seconds that each wait on the socket may take."""
    request = url if isinstance(url, Request) else Request(url)
    if data is not None:
        request.data = data
    if context is not None or request.type == "https":
        raise NotImplementedError("urllib.request: https needs module ssl")
    if request.type == "file":
        return _open_file(request)
    if request.type == "data":
        return _open_data(request)
    if request.type != "http":
        raise URLError(f"unknown url type: {request.type}")
    if any(os.environ.get(name) for name in ("http_proxy", "HTTP_PROXY")):
        raise NotImplementedError("urllib.request: proxies (http_proxy is set)")
    for _ in range(_REDIRECTS + 1):
        import socket
        sys.audit("urllib.Request", request.full_url, request.data, request.headers, request.get_method())
        response = _open_http(request, socket._GLOBAL_DEFAULT_TIMEOUT if timeout is None else timeout)
        if 200 <= response.status < 300:
            return response
        again = _redirected(request, response)
        if again is None:
            raise HTTPError(request.full_url, response.status, response.reason, response.headers, response)
        if again.type == "https":
            raise NotImplementedError("urllib.request: https needs module ssl")
        response.close()
        request = again
    raise HTTPError(request.full_url, response.status, "too many redirections", response.headers, response)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what an address stands for into a file; (its name, the headers). reporthook(blocks, size of one, size of all) is told."""
    import tempfile
    size = 8192
    with urlopen(url, data) as response:
        headers = response.info()
        whole = int(headers.get("Content-Length", -1))
        file = open(filename, "wb") if filename else tempfile.NamedTemporaryFile(delete=False)
        with file:
            count = done = 0
            if reporthook:
                reporthook(0, size, whole)
            while block := response.read(size):
                file.write(block)
                count, done = count + 1, done + len(block)
                if reporthook:
                    reporthook(count, size, whole)
    if 0 <= done < whole:
        from urllib.error import ContentTooShortError
        raise ContentTooShortError(f"retrieval incomplete: got only {done} out of {whole} bytes", (file.name, headers))
    return file.name, headers


def _not_there(name):
    def refuse(*args, **kwargs):
        raise NotImplementedError(f"urllib.request.{name}")
    refuse.__name__ = refuse.__qualname__ = name
    return refuse


build_opener, install_opener = _not_there("build_opener"), _not_there("install_opener")
