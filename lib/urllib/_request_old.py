"""The openers of former times: one object, a method for each scheme and each error."""

import os
import socket

from urllib import request
from urllib.error import HTTPError
from urllib.parse import _splittype, quote, unwrap, urljoin, urlparse
from urllib.response import addinfourl


def localhost():
    """The address of 'localhost'."""
    return socket.gethostbyname("localhost")


def thishost():
    """The addresses of this machine."""
    try:
        return tuple(socket.gethostbyname_ex(socket.gethostname())[2])
    except socket.gaierror:
        return tuple(socket.gethostbyname_ex("localhost")[2])


class URLopener:
    """Opens addresses by open_SCHEME(); errors go to http_error_CODE(), and else to http_error_default(). Deprecated."""

    version = "Python-urllib/" + request.__version__

    def __init__(self, proxies=None, **x509):
        import warnings
        warnings.warn(f"{type(self).__name__} style of invoking requests is deprecated. Use newer urlopen functions/methods",
                      DeprecationWarning, stacklevel=3)
        self.proxies = request.getproxies() if proxies is None else proxies
        self.addheaders = [("User-Agent", self.version), ("Accept", "*/*")]
        self._made = []

    def __del__(self):
        self.close()

    def close(self):
        """Remove the files that retrieve() made."""
        for name in getattr(self, "_made", ()):
            try:
                os.unlink(name)
            except OSError:
                pass
        self._made = []

    cleanup = close

    def addheader(self, *args):
        """Send this header, a name and a value, with each request."""
        self.addheaders.append(args)

    def open(self, fullurl, data=None):
        """The response."""
        url = quote(unwrap(fullurl), safe="%/:=&?~#+!$,;'@()*[]|")
        scheme, rest = _splittype(url)
        name = "open_" + (scheme or "file").replace("-", "_")
        if not hasattr(self, name) or name == "open_local_file":
            return self.open_unknown(url, data)
        return getattr(self, name)(rest) if data is None else getattr(self, name)(rest, data)

    def open_unknown(self, fullurl, data=None):
        raise OSError("url error", "unknown url type", _splittype(fullurl)[0])

    def retrieve(self, url, filename=None, reporthook=None, data=None):
        """Copy what an address stands for into a file; (its name, the headers)."""
        scheme, rest = _splittype(unwrap(url))
        if filename is None and scheme in (None, "file"):
            with self.open_local_file(rest) as response:
                return request.url2pathname(urlparse(url).path), response.info()
        with self.open(url, data) as response:
            headers = response.info()
            if filename:
                out = open(filename, "wb")
            else:
                import tempfile
                number, filename = tempfile.mkstemp(os.path.splitext(urlparse(url).path)[1])
                self._made.append(filename)
                out = os.fdopen(number, "wb")
            with out:
                done, whole = request._copy(response, out, headers, reporthook)
        if 0 <= done < whole:
            raise request.ContentTooShortError(f"retrieval incomplete: got only {done} out of {whole} bytes", (filename, headers))
        return filename, headers

    # ---- By scheme ----

    def _opener(self):
        opener = request.OpenerDirector()
        opener.addheaders = self.addheaders
        for handler in (request.HTTPHandler, request.HTTPSHandler, request.ProxyHandler(self.proxies)):
            opener.add_handler(handler() if isinstance(handler, type) else handler)
        return opener

    def _open_http(self, url, data):
        asked = request.Request(url, data)
        if asked.host and "@" in asked.host:
            import base64
            who, _, asked.host = asked.host.rpartition("@")
            asked.add_header("Authorization", "Basic " + base64.b64encode(who.encode()).decode("ascii"))
        response = self._opener().open(asked)
        if 200 <= response.status < 300:
            return addinfourl(response, response.headers, url, response.status)
        return self.http_error(url, response, response.status, response.reason, response.headers, data)

    def open_http(self, url, data=None):
        return self._open_http("http:" + url, data)

    def open_https(self, url, data=None):
        return self._open_http("https:" + url, data)

    def open_file(self, url):
        if url[:2] == "//" and url[2:3] != "/" and url[2:12].lower() != "localhost/":
            raise ValueError("file:// scheme is supported only on localhost")
        return self.open_local_file(url)

    def open_local_file(self, url):
        asked = request.Request("file:" + url)
        response = request.FileHandler().open_local_file(asked)
        response.url = "file:" + url if url[:2] == "//" else f"file://{url}" if url[:1] == "/" else url
        return response

    def open_data(self, url, data=None):
        return request.DataHandler().data_open(request.Request("data:" + url))

    def open_ftp(self, url):
        return request.FTPHandler().ftp_open(request.Request("ftp:" + url))

    # ---- Errors ----

    def http_error(self, url, fp, errcode, errmsg, headers, data=None):
        """Ask the method for this status, then the one for all."""
        method = getattr(self, f"http_error_{errcode}", None)
        if method:
            result = method(url, fp, errcode, errmsg, headers) if data is None else method(url, fp, errcode, errmsg, headers, data)
            if result:
                return result
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)


class FancyURLopener(URLopener):
    """Goes where responses tell, and gives what a server sends with an error. Deprecated."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tries, self.maxtries = 0, 10

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        return addinfourl(fp, headers, url, errcode)

    def http_error_302(self, url, fp, errcode, errmsg, headers, data=None):
        place = headers.get("location") or headers.get("uri")
        if not place:
            return None
        self.tries += 1
        try:
            if self.tries >= self.maxtries:
                return self.http_error_500(url, fp, 500, "Internal Server Error: Redirect Recursion", headers)
            place = urljoin(url, place)
            if urlparse(place).scheme not in ("http", "https", "ftp", ""):
                raise HTTPError(place, errcode, f"{errmsg} Redirection to url '{place}' is not allowed.", headers, fp)
            fp.close()
            return self.open(place)
        finally:
            self.tries = 0

    http_error_301 = http_error_303 = http_error_302

    def http_error_500(self, url, fp, errcode, errmsg, headers):
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_307(self, url, fp, errcode, errmsg, headers, data=None):
        if data is None:
            return self.http_error_302(url, fp, errcode, errmsg, headers, data)
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    http_error_308 = http_error_307

    def http_error_401(self, url, fp, errcode, errmsg, headers, data=None):
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)


for _class in (URLopener, FancyURLopener, localhost, thishost):
    _class.__module__ = "urllib.request"
