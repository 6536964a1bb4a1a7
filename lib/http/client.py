"""HTTP/1.1 from the side that asks (RFC 9112): HTTPConnection sends requests, HTTPResponse reads what comes back, a request at a time.

The exceptions are in http._client_error, the response in http._client_response. TLS: HTTPSConnection raises NotImplementedError."""

import collections.abc
import errno
import io
import re
import socket
import sys

from http import HTTPStatus
from http._client_error import (BadStatusLine, CannotSendHeader, CannotSendRequest, HTTPException, ImproperConnectionState, IncompleteRead,
                                InvalidURL, LineTooLong, NotConnected, RemoteDisconnected, ResponseNotReady, UnimplementedFileMode,
                                UnknownProtocol, UnknownTransferEncoding, error)
from http._client_response import (_MAXHEADERS, _MAXLINE, _UNKNOWN, HTTPMessage, HTTPResponse, _parse_header_lines, _read_headers,
                                   parse_headers)

__all__ = ["HTTPResponse", "HTTPConnection", "HTTPException", "NotConnected", "UnknownProtocol", "UnknownTransferEncoding",
           "UnimplementedFileMode", "IncompleteRead", "InvalidURL", "ImproperConnectionState", "CannotSendRequest", "CannotSendHeader",
           "ResponseNotReady", "BadStatusLine", "LineTooLong", "RemoteDisconnected", "error", "responses", "HTTPSConnection"]

HTTP_PORT, HTTPS_PORT = 80, 443
globals().update(HTTPStatus.__members__)
responses = {status: status.phrase for status in HTTPStatus.__members__.values()}

_CS_IDLE, _CS_REQ_STARTED, _CS_REQ_SENT = "Idle", "Request-started", "Request-sent"
_METHODS_EXPECTING_BODY = {"PATCH", "POST", "PUT"}

_is_legal_header_name = re.compile(rb"[^:\s][^:\r\n]*").fullmatch
_is_illegal_header_value = re.compile(rb"\n(?![ \t])|\r(?![ \t\n])").search
_bad_in_url = re.compile("[\x00-\x20\x7f]").search
_bad_in_method = re.compile("[\x00-\x1f]").search


def _encode(data, name="data"):
    """data in Latin-1; the error tells what to do."""
    try:
        return data.encode("latin-1")
    except UnicodeEncodeError as e:
        raise UnicodeEncodeError(e.encoding, e.object, e.start, e.end,
                                 f"{name.title()} ({data[e.start:e.end]!r:.20}) is not valid Latin-1. Use {name}.encode('utf-8') if you "
                                 "want to send it encoded in UTF-8.") from None


def _in_ascii(name):
    """A host's name as bytes: international ones in IDNA."""
    try:
        return name.encode("ascii")
    except UnicodeEncodeError:
        return name.encode("idna")


def _in_brackets(host):
    """An address of IPv6 in brackets, without the interface; other hosts as they are."""
    if b":" not in host or host.startswith(b"["):
        return host
    address, percent, _ = host.partition(b"%")
    return b"[" + address + b"]"


def _refuse(match, url):
    raise InvalidURL(f"URL can't contain control characters. {url!r} (found at least {match.group()!r})")


class HTTPConnection:
    """A connection to a server, opened when it is needed.

    timeout: seconds that each wait on the socket may take; source_address: (host, port) to come from; blocksize: bytes at a time of a file."""

    _http_vsn, _http_vsn_str = 11, "HTTP/1.1"
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1
    debuglevel = 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout, self.source_address, self.blocksize = timeout, source_address, blocksize
        self.sock = self._response = self._method = None
        self._buffer = []
        self._state = _CS_IDLE
        self._tunnel_host = self._tunnel_port = self._raw_proxy_headers = None
        self._tunnel_headers = {}
        self.host, self.port = self._get_hostport(host, port)
        self._validate_host(self.host)
        self._create_connection = socket.create_connection  # tests have another

    def _get_hostport(self, host, port):
        if port is None:
            colon = host.rfind(":")
            if colon > host.rfind("]"):
                digits, host = host[colon + 1:], host[:colon]
                try:
                    port = int(digits) if digits else self.default_port
                except ValueError:
                    raise InvalidURL(f"nonnumeric port: '{digits}'") from None
            else:
                port = self.default_port
        if host and host[0] == "[" and host[-1] == "]":
            host = host[1:-1]
        return host, port

    def _validate_host(self, host):
        if found := _bad_in_url(host):
            _refuse(found, host)

    def _validate_path(self, url):
        if found := _bad_in_url(url):
            _refuse(found, url)

    def _validate_method(self, method):
        if found := _bad_in_method(method):
            raise ValueError(f"method can't contain control characters. {method!r} (found at least {found.group()!r})")

    def set_debuglevel(self, level):
        """1: print what is sent and received."""
        self.debuglevel = level

    # ---- Opening and closing ----

    def set_tunnel(self, host, port=None, headers=None):
        """Have the server, a proxy, connect to this host: before connecting."""
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = dict(headers) if headers else {}
        if not any(name.lower() == "host" for name in self._tunnel_headers):
            name = _in_brackets(self._tunnel_host.encode("idna"))
            self._tunnel_headers["Host"] = f"{name.decode('ascii')}:{self._tunnel_port}"

    def _tunnel(self):
        host = _in_brackets(self._tunnel_host.encode("idna"))
        lines = [b"CONNECT %s:%d %s\r\n" % (host, self._tunnel_port, self._http_vsn_str.encode("ascii"))]
        lines += [f"{name}: {value}\r\n".encode("latin-1") for name, value in self._tunnel_headers.items()]
        self.send(b"".join(lines) + b"\r\n")
        response = self.response_class(self.sock, method=self._method)
        try:
            _, code, message = response._read_status()
            self._raw_proxy_headers = _read_headers(response.fp)
            if self.debuglevel > 0:
                for header in self._raw_proxy_headers:
                    print("header:", header.decode("latin-1").rstrip("\r\n"))
            if code != HTTPStatus.OK:
                self.close()
                raise OSError(f"Tunnel connection failed: {code} {message.strip()}")
        finally:
            response.close()

    def get_proxy_response_headers(self):
        """The headers that the proxy sent when the tunnel was made, or None."""
        return None if self._raw_proxy_headers is None else _parse_header_lines(self._raw_proxy_headers)

    def connect(self):
        """Open the connection; request() does so by itself."""
        sys.audit("http.client.connect", self, self.host, self.port)
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        try:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as e:
            if e.errno != errno.ENOPROTOOPT:
                raise
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        """Close the connection; the next request opens it again."""
        self._state = _CS_IDLE
        sock, response = self.sock, self._response
        self.sock = self._response = None
        try:
            if sock:
                sock.close()
        finally:
            if response:
                response.close()

    # ---- Sending ----

    def _read_blocks(self, file):
        text = isinstance(file, io.TextIOBase)
        while block := file.read(self.blocksize):
            yield block.encode("latin-1") if text else block

    def send(self, data):
        """Send bytes, the content of a file, or what an iterable gives."""
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if self.debuglevel > 0:
            print("send:", repr(data))
        if hasattr(data, "read"):
            for block in self._read_blocks(data):
                sys.audit("http.client.send", self, block)
                self.sock.sendall(block)
            return
        sys.audit("http.client.send", self, data)
        try:
            self.sock.sendall(data)
        except TypeError:
            if not isinstance(data, collections.abc.Iterable):
                raise TypeError(f"data should be a bytes-like object or an iterable, got {type(data)!r}") from None
            for piece in data:
                self.sock.sendall(piece)

    def _pieces_of(self, body):
        if hasattr(body, "read"):
            return self._read_blocks(body)
        try:
            memoryview(body)
            return (body,)
        except TypeError:
            pass
        try:
            return iter(body)
        except TypeError:
            raise TypeError(f"message_body should be a bytes-like object or an iterable, got {type(body)!r}") from None

    def _send_output(self, body, encode_chunked):
        head, self._buffer[:] = b"\r\n".join(self._buffer) + b"\r\n\r\n", ()
        self.send(head)
        if body is None:
            return
        chunked = encode_chunked and self._http_vsn == 11
        for piece in self._pieces_of(body):
            if not piece:
                if self.debuglevel > 0:
                    print("Zero length chunk ignored")
                continue
            self.send(b"%X\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.send(b"0\r\n\r\n")

    def _forget_closed(self):
        if self._response and self._response.isclosed():
            self._response = None

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        """Begin a request; Host and Accept-Encoding are added, unless to be skipped."""
        self._forget_closed()
        if self._state != _CS_IDLE:
            raise CannotSendRequest(self._state)
        self._state = _CS_REQ_STARTED
        self._validate_method(method)
        self._method = method
        url = url or "/"
        self._validate_path(url)
        self._buffer.append(self._encode_request(f"{method} {url} {self._http_vsn_str}"))
        if self._http_vsn != 11:
            return
        if not skip_host:
            self.putheader("Host", self._host_header(url))
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")

    def _host_header(self, url):
        if url.startswith("http"):
            from urllib.parse import urlsplit
            if place := urlsplit(url).netloc:
                return _in_ascii(place)
        host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
        host = _in_brackets(_in_ascii(host))
        return host if port == self.default_port else b"%s:%d" % (host, port)

    def _encode_request(self, request):
        return request.encode("ascii")

    def putheader(self, header, *values):
        """Add a header to the request; more than one value stand on lines of their own."""
        if self._state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        if hasattr(header, "encode"):
            header = header.encode("ascii")
        if not _is_legal_header_name(header):
            raise ValueError(f"Invalid header name {header!r}")
        lines = []
        for value in values:
            line = value.encode("latin-1") if hasattr(value, "encode") else str(value).encode("ascii") if isinstance(value, int) else value
            if _is_illegal_header_value(line):
                raise ValueError(f"Invalid header value {line!r}")
            lines.append(line)
        self._buffer.append(header + b": " + b"\r\n\t".join(lines))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        """Send the headers, and the body; encode_chunked: in chunks, of which a header Transfer-Encoding tells."""
        if self._state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        self._state = _CS_REQ_SENT
        self._send_output(message_body, encode_chunked)

    @staticmethod
    def _get_content_length(body, method):
        """How many bytes the body has; None if that is not known, or there is none."""
        if body is None:
            return 0 if method.upper() in _METHODS_EXPECTING_BODY else None
        if hasattr(body, "read"):
            return None
        try:
            return memoryview(body).nbytes
        except TypeError:
            return len(body) if isinstance(body, str) else None

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a request. body: bytes, str, a file or an iterable; Content-Length is added, or where it is not known, chunks are sent."""
        self._send_request(method, url, body, headers, encode_chunked)

    def _send_request(self, method, url, body, headers, encode_chunked):
        given = {name.lower() for name in headers}
        self.putrequest(method, url, skip_host="host" in given, skip_accept_encoding="accept-encoding" in given)
        if "content-length" in given:
            encode_chunked = False
        elif "transfer-encoding" not in given:
            encode_chunked = False
            length = self._get_content_length(body, method)
            if length is not None:
                self.putheader("Content-Length", str(length))
            elif body is not None:
                if self.debuglevel > 0:
                    print(f"Unable to determine size of {body!r}")
                encode_chunked = True
                self.putheader("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(_encode(body, "body") if isinstance(body, str) else body, encode_chunked=encode_chunked)

    # ---- Receiving ----

    def getresponse(self):
        """The response to the request that was sent; it must be read before the next request."""
        self._forget_closed()
        if self._state != _CS_REQ_SENT or self._response:
            raise ResponseNotReady(self._state)
        response = self.response_class(self.sock, *[self.debuglevel][:self.debuglevel > 0], method=self._method)
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
            self._state = _CS_IDLE
            if response.will_close:
                self.close()  # the response has the socket's file, and lets go of it at its end
            else:
                self._response = response
            return response
        except:
            response.close()
            raise


def _create_https_context(http_version=11):
    """The ssl.SSLContext that connections have: certificates are checked against those of the system."""
    import ssl
    context = ssl._create_default_https_context()
    if http_version == 11:
        context.set_alpn_protocols(["http/1.1"])
    if context.post_handshake_auth is not None:
        context.post_handshake_auth = True
    return context


class HTTPSConnection(HTTPConnection):
    """A connection with TLS. context: an ssl.SSLContext; needs module ssl."""

    default_port = HTTPS_PORT

    def __init__(self, host, port=None, *, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None, blocksize=8192):
        super().__init__(host, port, timeout, source_address, blocksize=blocksize)
        self._context = _create_https_context(self._http_vsn) if context is None else context

    def connect(self):
        """Open the connection, and shake hands."""
        super().connect()
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._tunnel_host or self.host)
