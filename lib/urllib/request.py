"""What addresses stand for: requests, and the handlers that know what to do with them (RFC 9110; data: RFC 2397)."""

import bisect
import os
import socket
import sys

from urllib._request_auth import (AbstractBasicAuthHandler, AbstractDigestAuthHandler, HTTPBasicAuthHandler, HTTPDigestAuthHandler,
                                  HTTPPasswordMgr, HTTPPasswordMgrWithDefaultRealm, HTTPPasswordMgrWithPriorAuth, ProxyBasicAuthHandler,
                                  ProxyDigestAuthHandler, parse_http_list, parse_keqv_list)
from urllib._request_base import BaseHandler
from urllib._request_http import (AbstractHTTPHandler, HTTPCookieProcessor, HTTPDefaultErrorHandler, HTTPErrorProcessor, HTTPHandler,
                                  HTTPRedirectHandler, HTTPSHandler)
from urllib._request_local import CacheFTPHandler, DataHandler, FileHandler, FTPHandler, pathname2url, url2pathname
from urllib._request_proxy import (ProxyHandler, _parse_proxy, _proxy_bypass_macosx_sysconf, _proxy_bypass_winreg_override, getproxies,
                                   getproxies_environment, proxy_bypass, proxy_bypass_environment)
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import _splithost, _splittype, unquote, unwrap

__all__ = ["Request", "OpenerDirector", "BaseHandler", "HTTPDefaultErrorHandler", "HTTPRedirectHandler", "HTTPCookieProcessor", "ProxyHandler",
           "HTTPPasswordMgr", "HTTPPasswordMgrWithDefaultRealm", "HTTPPasswordMgrWithPriorAuth", "AbstractBasicAuthHandler",
           "HTTPBasicAuthHandler", "ProxyBasicAuthHandler", "AbstractDigestAuthHandler", "HTTPDigestAuthHandler", "ProxyDigestAuthHandler",
           "HTTPHandler", "FileHandler", "FTPHandler", "CacheFTPHandler", "DataHandler", "UnknownHandler", "HTTPErrorProcessor", "urlopen",
           "install_opener", "build_opener", "pathname2url", "url2pathname", "getproxies", "urlretrieve", "urlcleanup", "HTTPSHandler",
           "URLopener", "FancyURLopener"]

__version__ = "%d.%d" % sys.version_info[:2]
_opener = None
_temporary = []
_BLOCK = 8192


class Request:
    """What to ask for. data: bytes, a file or an iterable, sent as the body; headers: a mapping; method: else POST with data, GET without.

    origin_req_host, unverifiable: who asks, and whether the user could not know of it, for cookies (RFC 2965)."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self._data = self._tunnel_host = None
        self.headers, self.unredirected_hdrs = {}, {}
        self.full_url = url
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        if origin_req_host is None:
            from http.cookiejar import request_host
            origin_req_host = request_host(self)
        self.origin_req_host, self.unverifiable = origin_req_host, unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        """The address."""
        return f"{self._full_url}#{self.fragment}" if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        self._full_url, mark, fragment = unwrap(url).partition("#")
        self.fragment = fragment if mark else None
        self.type, rest = _splittype(self._full_url)
        if self.type is None:
            raise ValueError(f"unknown url type: {self.full_url!r}")
        self.host, self.selector = _splithost(rest)
        if self.host:
            self.host = unquote(self.host)

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ""

    @property
    def data(self):
        """The body."""
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            if self.has_header("Content-length"): # that of another body
                self.remove_header("Content-length")

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        """The method: GET, POST, ..."""
        return getattr(self, "method", "GET" if self.data is None else "POST")

    def get_full_url(self):
        """The address."""
        return self.full_url

    def set_proxy(self, host, type):
        """Ask this proxy, with a request of this type; of https:, by a tunnel."""
        if self.type == "https" and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        """Whether a proxy is asked."""
        return self.selector == self.full_url

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


class OpenerDirector:
    """Has handlers do what they can: NAME_request(), NAME_open(), NAME_response(), NAME_error_CODE(), for addresses NAME: and for all
    (default_open) or the others (unknown_open)."""

    def __init__(self):
        self.addheaders = [("User-agent", "Python-urllib/" + __version__)]
        self.handlers = []
        self.handle_open, self.handle_error, self.process_response, self.process_request = {}, {}, {}, {}

    def _place(self, name):
        """The list that a handler's method belongs to, or None."""
        protocol, _, what = name.partition("_")
        if name in ("redirect_request", "do_open", "proxy_open") or not what:
            return None
        if what.startswith("error"):
            kind = what.partition("_")[2]
            kind = int(kind) if kind.isdecimal() else kind
            return self.handle_error.setdefault(protocol, {}).setdefault(kind, [])
        table = {"open": self.handle_open, "response": self.process_response, "request": self.process_request}.get(what)
        return None if table is None else table.setdefault(protocol, [])

    def add_handler(self, handler):
        """Have this handler do its part, in the order of handler_order."""
        if not hasattr(handler, "add_parent"):
            raise TypeError(f"expected BaseHandler instance, got {type(handler)!r}")
        added = False
        for name in dir(handler):
            place = self._place(name)
            if place is not None:
                bisect.insort(place, handler)
                added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        """Only for programs that call it."""

    def _ask(self, table, kind, method, *args):
        """What the first handler gives that gives something."""
        for handler in table.get(kind, ()):
            result = getattr(handler, method)(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Open an address or Request; timeout: seconds that each wait on the socket may take."""
        request = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if data is not None:
            request.data = data
        request.timeout = timeout
        protocol = request.type
        for handler in self.process_request.get(protocol, ()):
            request = getattr(handler, protocol + "_request")(request)
        sys.audit("urllib.Request", request.full_url, request.data, request.headers, request.get_method())
        response = self._open(request, data)
        for handler in self.process_response.get(protocol, ()):
            response = getattr(handler, protocol + "_response")(request, response)
        return response

    def _open(self, req, data=None):
        for kind in ("default", req.type, "unknown"):
            if result := self._ask(self.handle_open, kind, kind + "_open", req):
                return result
        return None

    def error(self, proto, *args):
        """Something went wrong: for http, args are request, response, status, phrase and headers. What a handler makes of it."""
        if proto not in ("http", "https"):
            return self._ask(self.handle_error, proto, proto + "_error", *args)
        table = self.handle_error["http"]
        status = args[2]
        return (self._ask(table, status, f"http_error_{status}", *args)
                or self._ask(table, "default", "http_error_default", *args))


class UnknownHandler(BaseHandler):
    """Refuses what nobody opens."""

    def unknown_open(self, req):
        raise URLError(f"unknown url type: {req.type}")


def build_opener(*handlers):
    """An opener with these handlers, classes or objects, and the usual ones of which none of these is a subclass."""
    opener = OpenerDirector()
    usual = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler, FileHandler,
             HTTPErrorProcessor, DataHandler, HTTPSHandler]
    given = tuple(handler if isinstance(handler, type) else type(handler) for handler in handlers)
    for cls in usual:
        if not any(issubclass(other, cls) for other in given):
            opener.add_handler(cls())
    for handler in handlers:
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


def install_opener(opener):
    """urlopen() uses this opener from now on."""
    global _opener
    _opener = opener


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, context=None):
    """Open an address or Request; the response is a binary stream with status, headers and url. URLError, HTTPError.

    timeout: seconds that each wait on the socket may take; context: an ssl.SSLContext."""
    global _opener
    if context:
        opener = build_opener(HTTPSHandler(context=context))
    else:
        if _opener is None:
            _opener = build_opener()
        opener = _opener
    return opener.open(url, data, timeout)


def _copy(response, out, headers, reporthook):
    """Copy a response; (bytes copied, bytes announced or -1)."""
    whole = int(headers["Content-Length"]) if "content-length" in headers else -1
    count = done = 0
    if reporthook:
        reporthook(0, _BLOCK, whole)
    while block := response.read(_BLOCK):
        out.write(block)
        count, done = count + 1, done + len(block)
        if reporthook:
            reporthook(count, _BLOCK, whole)
    return done, whole


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what an address stands for into a file; (its name, the headers). reporthook(blocks, size of one, size of all) is told."""
    from contextlib import closing
    kind, path = _splittype(url)
    with closing(urlopen(url, data)) as response:
        headers = response.info()
        if kind == "file" and not filename:
            return os.path.normpath(path), headers
        if filename:
            out = open(filename, "wb")
        else:
            import tempfile
            out = tempfile.NamedTemporaryFile(delete=False)
            filename = out.name
            _temporary.append(filename)
        with out:
            done, whole = _copy(response, out, headers, reporthook)
    if 0 <= done < whole:
        raise ContentTooShortError(f"retrieval incomplete: got only {done} out of {whole} bytes", (filename, headers))
    return filename, headers


def urlcleanup():
    """Remove the files that urlretrieve() made, and forget install_opener()."""
    global _opener
    while _temporary:
        try:
            os.unlink(_temporary.pop())
        except OSError:
            pass
    _opener = None


def __getattr__(name):
    if name in ("URLopener", "FancyURLopener", "localhost", "thishost"):
        from urllib import _request_old
        return getattr(_request_old, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


for _name in __all__[:-2] + ["AbstractHTTPHandler"]:
    globals()[_name].__module__ = __name__
