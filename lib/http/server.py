"""HTTP/1.x from the side that answers: a server, and handlers whose methods do_GET(), do_POST(), ... deal with requests.

Made for tests and small devices: no TLS, no defence against slow clients but timeout."""

import html
import http.client
import os
import socket
import socketserver
import sys
import time
from http import HTTPStatus

__version__ = "0.6"
__all__ = ["HTTPServer", "ThreadingHTTPServer", "BaseHTTPRequestHandler", "SimpleHTTPRequestHandler"]

_ERROR_PAGE = (
    "<!DOCTYPE HTML>", '<html lang="en">', "    <head>", '        <meta charset="utf-8">', "        <title>Error response</title>", "    </head>",
    "    <body>", "        <h1>Error response</h1>", "        <p>Error code: %(code)d</p>", "        <p>Message: %(message)s.</p>",
    "        <p>Error code explanation: %(code)s - %(explain)s.</p>", "    </body>", "</html>", "")
DEFAULT_ERROR_MESSAGE = "\n".join(_ERROR_PAGE)
DEFAULT_ERROR_CONTENT_TYPE = "text/html;charset=utf-8"
_MAX_LINE = 65536
_NO_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED)


class HTTPServer(socketserver.TCPServer):
    """A server of HTTP; server_name and server_port are its own."""

    allow_reuse_address = True

    def server_bind(self):
        super().server_bind()
        host, self.server_port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    """A server of HTTP with a thread for each connection."""

    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """Reads a request, and calls do_ and its method. command, path, request_version and headers say what was asked for; rfile has the body.

    An answer is send_response(), send_header() as often as need be, end_headers(), and wfile.write()."""

    sys_version = "Krait"
    server_version = "BaseHTTP/" + __version__
    error_message_format = DEFAULT_ERROR_MESSAGE
    error_content_type = DEFAULT_ERROR_CONTENT_TYPE
    default_request_version = "HTTP/0.9"
    protocol_version = "HTTP/1.0"  # HTTP/1.1 keeps connections, and needs Content-Length in each answer
    MessageClass = http.client.HTTPMessage
    responses = {status: (status.phrase, status.description) for status in HTTPStatus.__members__.values()}
    weekdayname = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    monthname = [None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    _control_char_table = {c: f"\\x{c:02x}" for c in (*range(0x20), *range(0x7f, 0xa0))} | {ord("\\"): r"\\"}

    # ---- Requests ----

    def _refuse(self, code, message):
        self.send_error(code, message)
        return False

    def _parse_version(self, version):
        """(major, minor), or None after an error was sent."""
        name, _, number = version.partition("/")
        parts = number.split(".")
        if name != "HTTP" or len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) <= 10 for part in parts):
            self.send_error(HTTPStatus.BAD_REQUEST, f"Bad request version ({version!r})")
            return None
        return int(parts[0]), int(parts[1])

    def parse_request(self):
        """Take raw_requestline apart and read the headers; False: an error was sent."""
        self.command = None
        self.request_version = version = self.default_request_version
        self.close_connection = True
        self.requestline = str(self.raw_requestline, "iso-8859-1").rstrip("\r\n")
        words = self.requestline.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            number = self._parse_version(version)
            if number is None:
                return False
            if number >= (1, 1) and self.protocol_version >= "HTTP/1.1":
                self.close_connection = False
            if number >= (2, 0):
                return self._refuse(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, f"Invalid HTTP version ({version.partition('/')[2]})")
            self.request_version = version
        if not 2 <= len(words) <= 3:
            return self._refuse(HTTPStatus.BAD_REQUEST, f"Bad request syntax ({self.requestline!r})")
        command, path = words[:2]
        if len(words) == 2:
            self.close_connection = True
            if command != "GET":
                return self._refuse(HTTPStatus.BAD_REQUEST, f"Bad HTTP/0.9 request type ({command!r})")
        self.command = command
        self.path = "/" + path.lstrip("/") if path.startswith("//") else path  # //host would be another host's address
        return self._parse_headers()

    def _parse_headers(self):
        try:
            self.headers = http.client.parse_headers(self.rfile, _class=self.MessageClass)
        except http.client.LineTooLong as e:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Line too long", str(e))
            return False
        except http.client.HTTPException as e:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Too many headers", str(e))
            return False
        wish = self.headers.get("Connection", "")
        if wish.lower() != "keep-alive" or self.protocol_version >= "HTTP/1.1":
            self._heed(wish)
        if (self.headers.get("Expect", "").lower() == "100-continue" and self.protocol_version >= "HTTP/1.1"
                and self.request_version >= "HTTP/1.1"):
            return self.handle_expect_100()
        return True

    def _heed(self, wish):
        """Do what a header Connection says."""
        self.close_connection = {"close": True, "keep-alive": False}.get(wish.lower(), self.close_connection)

    def handle_expect_100(self):
        """The client waits for a word before it sends the body; False: it shall not."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def _take_request(self):
        """Read a request; the method that answers it, or None: there is none, or an error was sent."""
        line = self.raw_requestline = self.rfile.readline(_MAX_LINE + 1)
        if len(line) > _MAX_LINE:
            self.requestline = self.request_version = self.command = ""
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
            return None
        if not line: # the client is gone
            self.close_connection = True
        elif self.parse_request():
            method = getattr(self, f"do_{self.command}", None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, f"Unsupported method ({self.command!r})")
            return method
        return None

    def handle_one_request(self):
        """Read a request and answer it."""
        try:
            if method := self._take_request():
                method()
                self.wfile.flush()
        except TimeoutError as error:
            self.log_error("Request timed out: %r", error)
            self.close_connection = True

    def handle(self):
        """Answer requests until the connection is to be closed."""
        self.close_connection = False
        while not self.close_connection:
            self.close_connection = True
            self.handle_one_request()

    # ---- Answers ----

    def send_error(self, code, message=None, explain=None):
        """Answer with an error and a page that tells of it."""
        known = self.responses.get(code, ("???", "???"))
        message, explain = (text if given is None else given for given, text in zip((message, explain), known))
        self.log_error("code %d, message %s", code, message)
        self.send_response(code, message)
        self.send_header("Connection", "close")
        page = b""
        if code >= 200 and code not in _NO_BODY:
            texts = {"code": code, "message": html.escape(message, quote=False), "explain": html.escape(explain, quote=False)}
            page = (self.error_message_format % texts).encode("UTF-8", "replace")
            for name, value in (("Content-Type", self.error_content_type), ("Content-Length", str(len(page)))):
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and page:
            self.wfile.write(page)

    def send_response(self, code, message=None):
        """Begin an answer, with Server and Date, and log it."""
        self.log_request(code)
        self.send_response_only(code, message)
        for name, value in (("Server", self.version_string()), ("Date", self.date_time_string())):
            self.send_header(name, value)

    def _add(self, line):
        vars(self).setdefault("_headers_buffer", []).append(line.encode("latin-1", "strict"))

    def send_response_only(self, code, message=None):
        """Begin an answer."""
        if self.request_version != "HTTP/0.9":
            if message is None:
                message = self.responses[code][0] if code in self.responses else ""
            self._add(f"{self.protocol_version} {code} {message}\r\n")

    def send_header(self, keyword, value):
        """Add a header to the answer."""
        if self.request_version != "HTTP/0.9":
            self._add(f"{keyword}: {value}\r\n")
        if keyword.lower() == "connection":
            self._heed(value)

    def end_headers(self):
        """Send the headers; the body comes next."""
        if self.request_version != "HTTP/0.9":
            self._add("\r\n")
            self.flush_headers()

    def flush_headers(self):
        """Send the headers so far."""
        lines = vars(self).pop("_headers_buffer", None)
        if lines is not None:
            self._headers_buffer = []
            self.wfile.write(b"".join(lines))

    # ---- The log ----

    def log_request(self, code="-", size="-"):
        """Note an answer."""
        self.log_message('"%s" %s %s', self.requestline, str(code.value if isinstance(code, HTTPStatus) else code), str(size))

    def log_error(self, format, *args):
        """Note an error."""
        self.log_message(format, *args)

    def log_message(self, format, *args):
        """Print a line to sys.stderr; what could move the cursor is escaped."""
        message = (format % args).translate(self._control_char_table)
        sys.stderr.write(f"{self.address_string()} - - [{self.log_date_time_string()}] {message}\n")

    def version_string(self):
        """The header Server."""
        return self.server_version + " " + self.sys_version

    def date_time_string(self, timestamp=None):
        """A time, or now, as the header Date has it."""
        from email.utils import formatdate
        return formatdate(time.time() if timestamp is None else timestamp, usegmt=True)

    def log_date_time_string(self):
        """The time now, as the log has it."""
        t = time.localtime()
        return f"{t.tm_mday:02d}/{self.monthname[t.tm_mon]}/{t.tm_year:04d} {t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d}"

    def address_string(self):
        """Who asks."""
        return self.client_address[0]


def _unquote(path):
    """path without %XX; bytes that are no UTF-8 are lost."""
    from urllib.parse import unquote
    try:
        return unquote(path, errors="surrogatepass")
    except UnicodeDecodeError:
        return unquote(path)


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Gives the files of a folder (directory, else the current one), and lists of folders."""

    server_version = "SimpleHTTP/" + __version__
    index_pages = ("index.html", "index.htm")
    extensions_map = {".gz": "application/gzip", ".Z": "application/octet-stream", ".bz2": "application/x-bzip2", ".xz": "application/x-xz"}

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(os.getcwd() if directory is None else directory)
        super().__init__(*args, **kwargs)

    def do_GET(self):
        """Send a file, or a list."""
        if file := self.send_head():
            with file:
                self.copyfile(file, self.wfile)

    def do_HEAD(self):
        """Send the headers of a file."""
        if file := self.send_head():
            file.close()

    def send_head(self):
        """Send the headers; the file to send behind them, or None if all is said."""
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            place, mark, rest = self.path.partition("?")
            if not place.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", place + "/" + mark + rest)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            for name in self.index_pages:
                if os.path.isfile(os.path.join(path, name)):
                    path = os.path.join(path, name)
                    break
            else:
                return self.list_directory(path)
        if path.endswith("/"):
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        return self._send_file_head(path)

    def _send_file_head(self, path):
        try:
            file = open(path, "rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        try:
            about = os.fstat(file.fileno())
            if self._not_modified(about.st_mtime):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.end_headers()
                file.close()
                return None
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-type", self.guess_type(path))
            self.send_header("Content-Length", str(about.st_size))
            self.send_header("Last-Modified", self.date_time_string(about.st_mtime))
            self.end_headers()
            return file
        except:
            file.close()
            raise

    def _not_modified(self, changed):
        if "If-Modified-Since" not in self.headers or "If-None-Match" in self.headers:
            return False
        from email.utils import parsedate_to_datetime
        try:
            since = parsedate_to_datetime(self.headers["If-Modified-Since"])
        except (TypeError, ValueError, OverflowError):
            return False
        return int(changed) <= since.timestamp()

    def list_directory(self, path):
        """Send the headers of a folder's list; the list as a file."""
        import io
        from urllib.parse import quote
        try:
            names = sorted(os.listdir(path), key=str.lower)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "No permission to list directory")
            return None
        title = html.escape(f"Directory listing for {_unquote(self.path)}", quote=False)
        lines = ["<!DOCTYPE HTML>", '<html lang="en">', "<head>", f'<meta charset="{sys.getfilesystemencoding()}">', f"<title>{title}</title>",
                 "</head>", "<body>", f"<h1>{title}</h1>", "<hr>", "<ul>"]
        for name in names:
            whole = os.path.join(path, name)
            folder = "/" * os.path.isdir(whole)
            shown = name + "@" if os.path.islink(whole) else name + folder
            lines.append(f'<li><a href="{quote(name + folder, errors="surrogatepass")}">{html.escape(shown, quote=False)}</a></li>')
        lines += ["</ul>", "<hr>", "</body>", "</html>", ""]
        body = "\n".join(lines).encode(sys.getfilesystemencoding(), "surrogateescape")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-type", f"text/html; charset={sys.getfilesystemencoding()}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def translate_path(self, path):
        """The file that a request's path names: never outside of the folder."""
        path = _unquote(path.partition("?")[0].partition("#")[0])
        end = "/" if path.rstrip().endswith("/") else ""
        kept = []
        for part in path.split("/"):
            if part == "..":
                del kept[-1:]
            elif part and part != "." and not os.path.dirname(part): # names of other systems' drives
                kept.append(part)
        return os.path.join(self.directory, *kept) + end

    def copyfile(self, source, outputfile):
        """Send all of a file."""
        while block := source.read(65536):
            outputfile.write(block)

    def guess_type(self, path):
        """The type of a file, by its name."""
        import mimetypes
        end = os.path.splitext(path)[1]
        for key in (end, end.lower()):
            if key in self.extensions_map:
                return self.extensions_map[key]
        return mimetypes.guess_file_type(path)[0] or "application/octet-stream"


def _get_best_family(*address):
    """(family, address) of the first place that a server could be at."""
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return found[0][0], found[0][4]


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol="HTTP/1.0", port=8000, bind=None):
    """Run a server until it is interrupted."""
    ServerClass.address_family, address = _get_best_family(bind, port)
    HandlerClass.protocol_version = protocol
    with ServerClass(address, HandlerClass) as httpd:
        host, port = httpd.socket.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving HTTP on {host} port {port} (http://{shown}:{port}/) ...")
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print("\nKeyboard interrupt received, exiting.")
            sys.exit(0)


def _main():
    import argparse
    import contextlib
    parser = argparse.ArgumentParser()
    parser.add_argument("--cgi", action="store_true", help="run as CGI server")
    parser.add_argument("-b", "--bind", metavar="ADDRESS", help="bind to this address (default: all interfaces)")
    parser.add_argument("-d", "--directory", default=os.getcwd(), help="serve this directory (default: current directory)")
    parser.add_argument("-p", "--protocol", metavar="VERSION", default="HTTP/1.0", help="conform to this HTTP version (default: %(default)s)")
    parser.add_argument("port", default=8000, type=int, nargs="?", help="bind to this port (default: %(default)s)")
    args = parser.parse_args()
    handler = __getattr__("CGIHTTPRequestHandler") if args.cgi else SimpleHTTPRequestHandler

    class Server(ThreadingHTTPServer):
        def server_bind(self):
            if self.address_family == socket.AF_INET6:  # that listens to IPv4 as well, where it can
                with contextlib.suppress(OSError):
                    self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            super().server_bind()

        def finish_request(self, request, client_address):
            self.RequestHandlerClass(request, client_address, self, directory=args.directory)
    test(handler, Server, args.protocol, args.port, args.bind)


def __getattr__(name):
    if name in ("CGIHTTPRequestHandler", "_url_collapse_path"):
        from http import _cgi_handler
        return getattr(_cgi_handler, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if __name__ == "__main__":
    _main()
