"""Handlers of http: and https: requests, redirections, errors, cookies."""

import string

from urllib._request_base import BaseHandler
from urllib.error import HTTPError, URLError
from urllib.parse import _splithost, _splittype, quote, urljoin, urlparse, urlunparse


class HTTPErrorProcessor(BaseHandler):
    """Calls the opener's error() where the status is not 200 to 299."""

    handler_order = 1000

    def http_response(self, request, response):
        if 200 <= response.code < 300:
            return response
        return self.parent.error("http", request, response, response.code, response.msg, response.info())

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    """Raises HTTPError."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Goes where the response tells, if it asks for the same there, and not for ever."""

    max_repeats = 4
    max_redirections = 10
    inf_msg = ("The HTTP server returned a redirect error that would lead to an infinite loop.\n"
               "The last 30x error message was:\n")

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """The request for newurl. HTTPError if it should not be made; None: somebody else may."""
        method = req.get_method()
        if code not in (301, 302, 303, 307, 308) or not (method in ("GET", "HEAD") or method == "POST" and code < 307):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {name: value for name, value in req.headers.items() if name.lower() not in ("content-length", "content-type")}
        return type(req)(newurl.replace(" ", "%20"), method="HEAD" if method == "HEAD" else "GET", headers=kept,
                         origin_req_host=req.origin_req_host, unverifiable=True)

    def http_error_302(self, req, fp, code, msg, headers):
        place = next((headers[name] for name in ("location", "uri") if name in headers), None)
        if place is None:
            return None
        parts = urlparse(place)
        if parts.scheme not in ("http", "https", "ftp", ""):
            raise HTTPError(place, code, f"{msg} - Redirection to url '{place}' is not allowed", headers, fp)
        if parts.netloc and not parts.path:
            parts = parts._replace(path="/")
        # the header was decoded as Latin-1; its bytes stand for themselves
        place = urljoin(req.full_url, quote(urlunparse(parts), encoding="iso-8859-1", safe=string.punctuation))
        new = self.redirect_request(req, fp, code, msg, headers, place)
        if new is None:
            return None
        seen = getattr(req, "redirect_dict", None)
        if seen is None:
            seen = req.redirect_dict = {}
        elif seen.get(place, 0) >= self.max_repeats or len(seen) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        new.redirect_dict = seen
        seen[place] = seen.get(place, 0) + 1
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class AbstractHTTPHandler(BaseHandler):
    """What http: and https: have in common."""

    def __init__(self, debuglevel=None):
        if debuglevel is None:
            import http.client
            debuglevel = http.client.HTTPConnection.debuglevel
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        """1: print what is sent and received."""
        self._debuglevel = level

    def _get_content_length(self, request):
        from http.client import HTTPConnection
        return HTTPConnection._get_content_length(request.data, request.get_method())

    def do_request_(self, request):
        """Add the headers that a request needs."""
        if not request.host:
            raise URLError("no host given")

        def add(name, value):
            if not request.has_header(name):
                request.add_unredirected_header(name, value)
        if request.data is not None:
            if isinstance(request.data, str):
                raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
            add("Content-type", "application/x-www-form-urlencoded")
            if not request.has_header("Content-length") and not request.has_header("Transfer-encoding"):
                length = self._get_content_length(request)
                add(*("Transfer-encoding", "chunked") if length is None else ("Content-length", str(length)))
        add("Host", _splithost(_splittype(request.selector)[1])[0] if request.has_proxy() else request.host)
        for name, value in self.parent.addheaders:
            add(name.capitalize(), value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        """The response to a request, by a connection of http_class."""
        if not req.host:
            raise URLError("no host given")
        connection = http_class(req.host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = {name.title(): value for name, value in {**req.headers, **req.unredirected_hdrs, "Connection": "close"}.items()}
        if req._tunnel_host:
            for_proxy = {name: headers.pop(name) for name in ("Proxy-Authorization",) if name in headers}
            connection.set_tunnel(req._tunnel_host, headers=for_proxy)
        try:
            try:
                connection.request(req.get_method(), req.selector, req.data, headers, encode_chunked=req.has_header("Transfer-encoding"))
            except OSError as e:
                raise URLError(e) from e
            response = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock: # the response has its file, and closes it
            connection.sock.close()
            connection.sock = None
        response.url, response.msg = req.get_full_url(), response.reason
        return response


class HTTPHandler(AbstractHTTPHandler):
    """Opens http: addresses."""

    def http_open(self, req):
        import http.client
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


class HTTPSHandler(AbstractHTTPHandler):
    """Opens https: addresses. context: an ssl.SSLContext; check_hostname: must the certificate name the server?"""

    def __init__(self, debuglevel=None, context=None, check_hostname=None):
        import http.client
        super().__init__(http.client.HTTPSConnection.debuglevel if debuglevel is None else debuglevel)
        if check_hostname is not None:
            context = context or http.client._create_https_context()
            context.check_hostname = check_hostname
        self._context = context

    def https_open(self, req):
        import http.client
        if self._context is None: # made once, since it reads all certificates
            self._context = http.client._create_https_context()
        return self.do_open(http.client.HTTPSConnection, req, context=self._context)

    https_request = AbstractHTTPHandler.do_request_


class HTTPCookieProcessor(BaseHandler):
    """Keeps cookies in a http.cookiejar.CookieJar, and sends them."""

    def __init__(self, cookiejar=None):
        if cookiejar is None:
            from http.cookiejar import CookieJar
            cookiejar = CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request, https_response = http_request, http_response
