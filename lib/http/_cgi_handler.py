"""A handler that runs programs and sends what they write (CGI, RFC 3875). Deprecated."""

import os
import subprocess
import urllib.parse
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler

_UNSET = ("QUERY_STRING", "REMOTE_HOST", "CONTENT_LENGTH", "HTTP_USER_AGENT", "HTTP_COOKIE", "HTTP_REFERER")


def executable(path):
    """May the file be run?"""
    return os.access(path, os.X_OK)


def _url_collapse_path(path):
    """path without . and .., its last part set apart by one slash. IndexError: it would leave the root."""
    path, mark, query = path.partition("?")
    parts = urllib.parse.unquote(path).split("/")
    kept = []
    for part in parts[:-1]:
        if part == "..":
            kept.pop()
        elif part and part != ".":
            kept.append(part)
    last = parts[-1]
    if last == "..":
        kept.pop()
    if last in ("..", "."):
        last = ""
    return "/" + "/".join(kept) + "/" * bool(kept) + (last + mark + query if mark else last)


class CGIHTTPRequestHandler(SimpleHTTPRequestHandler):
    """Runs the programs below cgi_directories."""

    rbufsize = 0 # the program reads the rest of the request
    cgi_directories = ["/cgi-bin", "/htbin"]

    def __init__(self, *args, **kwargs):
        import warnings
        warnings._deprecated("http.server.CGIHTTPRequestHandler", remove=(3, 15))
        super().__init__(*args, **kwargs)

    def do_POST(self):
        if self.is_cgi():
            self.run_cgi()
        else:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED, "Can only POST to CGI scripts")

    def send_head(self):
        return self.run_cgi() if self.is_cgi() else super().send_head()

    def is_cgi(self):
        """Is a program asked for? cgi_info is then (folder, rest)."""
        path = _url_collapse_path(self.path)
        at = path.find("/", 1)
        while at > 0 and path[:at] not in self.cgi_directories:
            at = path.find("/", at + 1)
        if at > 0:
            self.cgi_info = path[:at], path[at + 1:]
            return True
        return False

    def is_executable(self, path):
        return executable(path)

    def is_python(self, path):
        return os.path.splitext(path)[1].lower() in (".py", ".pyw")

    def _program(self):
        """(address, file, what is behind, query) of the program; None after an error was sent."""
        folder, rest = self.cgi_info
        at = rest.find("/")
        while at >= 0 and os.path.isdir(self.translate_path(f"{folder}/{rest[:at]}")):
            folder, rest = f"{folder}/{rest[:at]}", rest[at + 1:]
            at = rest.find("/")
        rest, _, query = rest.partition("?")
        name, slash, behind = rest.partition("/")
        address = f"{folder}/{name}"
        path = self.translate_path(address)
        if not os.path.exists(path):
            self.send_error(HTTPStatus.NOT_FOUND, f"No such CGI script ({address!r})")
        elif not os.path.isfile(path):
            self.send_error(HTTPStatus.FORBIDDEN, f"CGI script is not a plain file ({address!r})")
        elif not self.is_executable(path):
            self.send_error(HTTPStatus.FORBIDDEN, f"CGI script is not executable ({address!r})")
        else:
            return address, path, slash + behind, query
        return None

    def _environment(self, address, behind, query):
        host, port = self.server.server_name, self.server.server_port
        behind = urllib.parse.unquote(behind)
        env = {**os.environ, **dict.fromkeys(_UNSET, ""), "SERVER_SOFTWARE": self.version_string(), "SERVER_NAME": host,
               "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": self.protocol_version, "SERVER_PORT": str(port),
               "REQUEST_METHOD": self.command, "PATH_INFO": behind, "PATH_TRANSLATED": self.translate_path(behind), "SCRIPT_NAME": address,
               "QUERY_STRING": query, "REMOTE_ADDR": self.client_address[0], "CONTENT_TYPE": self.headers.get_content_type()}
        words = self.headers.get("authorization", "").split()
        if len(words) == 2:
            env["AUTH_TYPE"] = words[0]
            if words[0].lower() == "basic":
                import base64
                import binascii
                try:
                    user = base64.decodebytes(words[1].encode("ascii")).decode("ascii").split(":")
                except (binascii.Error, UnicodeError):
                    user = ()
                if len(user) == 2:
                    env["REMOTE_USER"] = user[0]
        if self.headers["content-type"] is not None:
            env["CONTENT_TYPE"] = self.headers["content-type"]
        for name, header in (("CONTENT_LENGTH", "content-length"), ("HTTP_REFERER", "referer"), ("HTTP_USER_AGENT", "user-agent")):
            if self.headers.get(header):
                env[name] = self.headers[header]
        env["HTTP_ACCEPT"] = ",".join(self.headers.get_all("accept", ()))
        cookies = ", ".join(self.headers.get_all("cookie", ()))
        if cookies:
            env["HTTP_COOKIE"] = cookies
        return env

    def run_cgi(self):
        """Run the program and send what it writes."""
        found = self._program()
        if found is None:
            return
        address, path, behind, query = found
        env = self._environment(address, behind, query)
        command = [path]
        if query and "=" not in query:
            command.append(urllib.parse.unquote_plus(query))
        length = self.headers.get("content-length", "")
        body = self.rfile.read(int(length)) if self.command.lower() == "post" and length.isdigit() else b""
        self.send_response(HTTPStatus.OK, "Script output follows")
        self.flush_headers()
        done = subprocess.run(command, input=body, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.wfile.write(done.stdout)
        if done.stderr:
            self.log_error("%s", done.stderr.decode(errors="replace"))
        if done.returncode:
            self.log_error("CGI script exit code %d", done.returncode)


CGIHTTPRequestHandler.__module__ = "http.server"
