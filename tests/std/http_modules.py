"""http, http.client and http.server: a server in a thread and a client that asks it; what is refused; socketserver, urllib.request, email."""
import email
import email.message
import email.parser
import email.utils
import http
import http.client
import http.server
import io
import socketserver
import tempfile
import threading
import urllib.error
import urllib.request


def show(label, f, *a, **k):
    try:
        print(label, f(*a, **k))
    except Exception as e:
        print(label, type(e).__name__, e)


print(http.HTTPStatus.OK, repr(http.HTTPStatus.NOT_FOUND), http.HTTPStatus(413).name, http.HTTPStatus.IM_A_TEAPOT.phrase, len(http.HTTPStatus))
print([(s.is_informational, s.is_success, s.is_redirection, s.is_client_error, s.is_server_error) for s in map(http.HTTPStatus, (100, 204, 308, 451, 511))])
print(http.HTTPMethod.GET, repr(http.HTTPMethod.PATCH), http.HTTPMethod.PUT == "PUT", len(http.HTTPMethod))
print(sorted(http.client.__all__))
print(sorted(http.client.responses.items()) == sorted((s, s.phrase) for s in http.HTTPStatus), http.client.NOT_FOUND, http.client.HTTP_PORT)
for e in (http.client.IncompleteRead(b"ab"), http.client.IncompleteRead(b"ab", 4), http.client.BadStatusLine(""), http.client.LineTooLong("x"),
          http.client.UnknownProtocol("x"), http.client.RemoteDisconnected("x"), http.client.InvalidURL("u")):
    print(repr(e), str(e), e.args, isinstance(e, OSError))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *args):
        log.append(format % args)

    def version_string(self):
        return "S"

    def date_time_string(self, timestamp=None):
        return "D"

    def _answer(self, body, *headers, code=200):
        self.send_response(code)
        for header in headers:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/chunked":
            self._answer(b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n", ("Transfer-Encoding", "chunked"))
        elif self.path == "/old":
            self._answer(b"", ("Location", "/new"), ("Content-Length", "0"), code=302)
        elif self.path == "/short":
            self._answer(b"12345", ("Content-Length", "10"), ("Connection", "close"))
        elif self.path == "/to-the-end":
            self._answer(b"12345", ("Connection", "close"))
        elif self.path == "/missing":
            self.send_error(404)
        else:
            body = f"{self.path} {sorted((k.lower(), v) for k, v in self.headers.items() if k.lower() != 'host' and k.lower() != 'user-agent')}".encode()
            self._answer(body, ("Content-Length", str(len(body))), ("X-Twice", "1"), ("X-Twice", "2"))

    def do_HEAD(self):
        self._answer(b"", ("Content-Length", "1000"))

    def do_POST(self):
        if self.headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size) + b"|"
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["content-length"]))
        body = body.upper() + str(self.headers.get("content-type")).encode()
        self._answer(body, ("Content-Length", str(len(body))))


log = []
with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    host, port = server.server_address
    c = http.client.HTTPConnection(host, port, timeout=10)
    c.request("GET", "/a?b=c", headers={"Accept": "x", "N": 5})
    show("not read", c.getresponse().read)
    c.request("GET", "/")
    show("twice", c.request, "GET", "/")
    r = c.getresponse()
    print(r.status, r.reason, r.version, r.getheader("x-twice"), r.getheader("none"), r.getheader("none", 1), r.getheaders(), r.length, r.will_close, r.closed, r.isclosed())
    print(r.read(3), r.length, r.read1(2), r.readline(), r.read(), r.isclosed(), r.closed)
    show("nothing", c.getresponse)
    c.request("GET", "/chunked")
    r = c.getresponse()
    buffer = bytearray(2)
    print(r.chunked, r.length, r.read(2), r.readinto(buffer), buffer, r.peek(), r.read1(1), r.read(), r.read())
    c.request("HEAD", "/")
    r = c.getresponse()
    print(r.read(), r.getheader("content-length"), r.length)
    for body, headers in ((b"bytes", {}), ("text", {}), (io.BytesIO(b"file"), {}), ([b"it", b"", b"er"], {}), (io.StringIO("str\xe9"), {"Content-Type": "t"})):
        c.request("POST", "/p", body, headers)
        print(c.getresponse().read())
    c.request("GET", "/short")
    r = c.getresponse()
    try:
        r.read()
    except http.client.IncompleteRead as e:
        print(e, e.partial, e.expected)
    c.request("GET", "/to-the-end")
    r = c.getresponse()
    print(r.length, r.will_close, r.read())
    c.request("GET", "/missing")
    r = c.getresponse()
    print(r.status, r.reason, r.headers.get_content_type(), len(r.read()) > 100)
    c.request("BREW", "/")
    r = c.getresponse()
    print(r.status, r.reason, r.will_close, r.getheader("connection"), len(r.read()) > 100)
    c.close()
    url = f"http://{host}:{port}"
    with urllib.request.urlopen(url + "/new", timeout=10) as r:
        print(r.status, r.url == url + "/new", r.read()[:4], r.headers["X-Twice"])
    with urllib.request.urlopen(urllib.request.Request(url + "/old")) as r:
        print(r.status, r.url == url + "/new", r.read()[:4])
    with urllib.request.urlopen(url + "/p", b"data") as r:
        print(r.read())
    try:
        urllib.request.urlopen(url + "/missing")
    except urllib.error.HTTPError as e:
        print(e, repr(e), e.code, e.reason, len(e.read()) > 100)
        e.close()
    server.shutdown()
    thread.join()
print(*log, sep="\n")
show("refused", lambda: urllib.request.urlopen(url).read())
with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
    f.write("content")
    f.flush()
    with urllib.request.urlopen("file:" + urllib.request.pathname2url(f.name)) as r:
        print(r.read(), r.headers["content-length"], r.headers["content-type"])
print(urllib.request.urlopen("data:text/plain;base64,aGVsbG8=").read(), urllib.request.urlopen("data:,a%20b").read())
show("scheme", urllib.request.urlopen, "gopher://x")
show("no scheme", urllib.request.urlopen, "x")
q = urllib.request.Request("<URL:http://h:8/p?q#f>", b"d", {"a-b": "c"})
print(q.full_url, q.type, q.host, q.selector, q.fragment, q.get_method(), q.headers, q.has_header("A-b"), q.get_header("A-b"), q.data, q.header_items())

for h, p in (("h", None), ("h:81", None), ("h:", None), ("[::1]:82", None), ("[::1]", None), ("h", 5), ("h:x", None), ("a b", None), ("a\r", None)):
    show("host", lambda: (lambda c: (c.host, c.port))(http.client.HTTPConnection(h, p)))
c = http.client.HTTPConnection("h")
show("state", c.putheader, "a", "b")
show("state", c.endheaders)
show("state", c.getresponse)
c.auto_open = 0
show("closed", c.send, b"x")
for method, url in (("G\r", "/"), ("GET", "/a b"), ("GET", "/\x7f"), ("G\xe9", "/")):
    show("request", http.client.HTTPConnection("h").putrequest, method, url)
c = http.client.HTTPConnection("h")
c.putrequest("GET", "")
for name, *values in (("a b", "c"), ("a:", "c"), ("", "c"), ("a", "b\nc"), ("a", "b\r"), ("a", b"x", 5, "y")):
    show("header", c.putheader, name, *values)
print(c._buffer)


class FakeSocket:
    def __init__(self, data):
        self.data = data

    def makefile(self, mode):
        return io.BytesIO(self.data)


def response(data, **options):
    r = http.client.HTTPResponse(FakeSocket(data), **options)
    r.begin()
    return r


for data in (b"", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK", b"HTTP/1.1 99 X\r\n\r\n", b"HTTP/1.1 x X\r\n\r\n", b"NO 200 OK\r\n\r\n", b"HTTP/2 200 OK\r\n\r\n",
             b"HTTP/1.0 200 Fine  thing \r\nA: b\r\n c\r\nA:d\r\n\r\nrest", b"HTTP/1.1 100 C\r\nX: y\r\n\r\nHTTP/1.1 204 No\r\n\r\nmore",
             b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nrest", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nrest",
             b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
             b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 101 + b"\r\n", b"HTTP/1.1 200 " + b"x" * 70000):
    show("response", lambda: (lambda r: (r.status, r.reason, r.version, r.getheaders(), r.will_close, r.length, r.read()))(response(data)))


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class EchoPacket(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read()[::-1])


import socket
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.create_connection(server.server_address) as s:
        s.sendall(b"ab\ncd\n")
        s.shutdown(socket.SHUT_WR)
        print(s.makefile("rb").read())
    thread.join()
with socketserver.UDPServer(("127.0.0.1", 0), EchoPacket) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.sendto(b"abc", server.server_address)
    server.handle_request()
    print(s.recv(10))

m = email.message_from_string("From: a@b\nTo: c\n d\nSubject: x\nsubject: y\n\nbody\nmore\n")
print(m.items(), m["subject"], m.get_all("SUBJECT"), m.get_payload(), m["none"], len(m), "to" in m, m.get_content_type(), m.is_multipart())
m.replace_header("to", "e")
m.add_header("Content-Type", "text/html", charset="UTF-8", name='a "b"')
del m["SUBJECT"]
print(m.as_string(), m.get_content_type(), m.get_content_maintype(), m.get_content_subtype(), m.get_content_charset(), m.get_param("name"), m.get_params(), m.get_filename())
m = email.message_from_bytes(b"Content-Type: multipart/mixed; boundary=\"B\"\r\n\r\npre\r\n--B\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--B\r\n\r\nsecond\r\n--B--\r\nend\r\n")
print([(p.get_content_type(), p.get_payload(decode=True)) for p in m.walk()], m.preamble, m.epilogue, m.defects, m.get_boundary())
h = http.client.parse_headers(io.BytesIO(b"A: 1\r\na: 2\r\n\r\nrest"))
print(type(h), h.items(), h.get_all("A"))
print(email.utils.formatdate(0), email.utils.formatdate(1e9, usegmt=True), email.utils.parsedate("Fri, 09 Nov 2001 01:08:47 -0200"),
      email.utils.parsedate_tz("Fri, 09 Nov 2001 01:08:47 -0230"), email.utils.parsedate_to_datetime("9 Nov 2001 01:08:47 GMT"),
      email.utils.mktime_tz(email.utils.parsedate_tz("Thu, 01 Jan 1970 01:00:00 +0100")), email.utils.parsedate("nonsense"))
print(email.utils.parseaddr("A B <a@b>"), email.utils.parseaddr("a@b (C)"), email.utils.formataddr(("A.B", "a@b")), email.utils.formataddr(("", "a@b")), email.utils.quote('a"\\'), email.utils.unquote('"a b"'))
print("k\xf6ln.de".encode("idna"), b"xn--kln-sna.de".decode("idna"), "STRASSE.\u00df".encode("idna"))
