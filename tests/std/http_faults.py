# http.client and http.server with peers that misbehave: resets, half-closed and silent connections, bad chunks, lengths and headers, injection.
import http.client
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def peer(answer, reset=False, wait=0, before=b""):
    """The port of a server that reads a request, sends this and ends the connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        with listener, listener.accept()[0] as connection:
            connection.sendall(before)
            connection.recv(65536)
            connection.sendall(answer)
            time.sleep(wait)
            if reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def ask(what, answer, read=lambda response: response.read(), method="GET", **kwargs):
    connection = http.client.HTTPConnection("127.0.0.1", peer(answer, **kwargs), timeout=0.3 if kwargs.get("wait") else 10)
    try:
        connection.request(method, "/")
        response = connection.getresponse()
        print(what, response.status, response.reason, response.length, response.will_close, read(response))
    except (OSError, ValueError, http.client.HTTPException) as e:
        print(what, type(e).__name__, e)
    finally:
        connection.close()


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ask("whole", OK + b"Content-Length: 2\r\n\r\nhi")
ask("to the end", OK + b"\r\nuntil the end")
ask("nothing", b"")
ask("reset", b"", reset=True)
ask("cut in status", b"HTTP/1.")
ask("cut in headers", OK + b"A: b\r\nC")
ask("cut in body", OK + b"Content-Length: 9\r\n\r\nhi")
ask("cut in chunk", CHUNKED + b"9\r\nhi")
ask("cut between chunks", CHUNKED + b"2\r\nhi\r\n")
ask("slow status", b"HTTP", wait=1)
ask("slow body", OK + b"Content-Length: 9\r\n\r\nhi", wait=1)
ask("bad status", b"HTTP/1.1 abc\r\n\r\n")
ask("status 99", b"HTTP/1.1 99 x\r\n\r\n")
ask("not http", b"SSH-2.0\r\n\r\n")
ask("version 9", b"HTTP/9.1 200 OK\r\n\r\n")
ask("long status", b"HTTP/1.1 200 " + b"x" * 70000 + b"\r\n\r\n")
ask("long header", OK + b"A: " + b"x" * 70000 + b"\r\n\r\n")
ask("many headers", OK + b"A: b\r\n" * 101 + b"\r\n")
ask("bad header", OK + b"nonsense\r\nA: b\r\n\r\nbody", lambda r: (r.getheaders(), r.read()))
ask("folded header", OK + b"A: b\r\n c\r\nContent-Length: 0\r\n\r\n", lambda r: r.getheader("a"))
ask("two lengths", OK + b"Content-Length: 1, 1\r\n\r\nx")
ask("bad length", OK + b"Content-Length: x\r\n\r\nabc")
ask("negative length", OK + b"Content-Length: -3\r\n\r\nabc")
for size in b"zz", b"-1", b"", b"5;name=value", b"0x3", b"1" * 70000:
    ask(size[:20], CHUNKED + size + b"\r\nhello\r\n0\r\n\r\n")
ask("trailer", CHUNKED + b"5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n")
ask("trailer too long", CHUNKED + b"5\r\nhello\r\n0\r\nA: " + b"x" * 70000 + b"\r\n\r\n")
ask("head", OK + b"Content-Length: 9\r\n\r\n", method="HEAD")
ask("204", b"HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\nabc")
ask("continue", b"HTTP/1.1 100 Continue\r\nA: b\r\n\r\n" + OK + b"Content-Length: 1\r\n\r\nx")
ask("pieces", CHUNKED + b"5\r\nhello\r\n3\r\n to\r\n0\r\n\r\n", lambda r: (r.read(2), r.peek(1)[:1], r.read1(2), r.readline(), r.readinto(bytearray(9)), r.read(), r.isclosed()))

print("-- requests that are refused")
connection = http.client.HTTPConnection("127.0.0.1", 1)
for what in (lambda: connection.putrequest("GET", "/a b"), lambda: connection.putrequest("GET", "/a\r\nX: y"), lambda: connection.putrequest("GE T", "/"),
             lambda: connection.putrequest("GET\n", "/"), lambda: http.client.HTTPConnection("h\nost"), lambda: http.client.HTTPConnection("h", "p"),
             lambda: http.client.HTTPConnection("h:p"), lambda: connection.putheader("A", "b"), lambda: connection.endheaders(), lambda: connection.getresponse(),
             lambda: connection.putrequest("GET", "/ü")):
    try:
        what()
        print("taken")
    except (OSError, ValueError, http.client.HTTPException) as e:
        print(type(e).__name__, e)
    connection.close()
connection.putrequest("GET", "/")
for name, value in ("A\n", "b"), ("A", "b\nC: d"), ("A", "b\r\n"), ("A:", "b"), ("A", "fine\r\n folded"), ("", "x"), ("Ü", "x"), ("A", "\u20ac"):
    try:
        connection.putheader(name, value)
        print("taken")
    except ValueError as e:
        print(type(e).__name__, e)

print("-- servers")


class Handler(BaseHTTPRequestHandler):
    protocol_version, timeout = "HTTP/1.1", 0.3
    server_version, sys_version = "Test", ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def date_time_string(self, timestamp=None):
        return "now"

    def log_message(self, format, *args):
        log.append(format % args)


log = []
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.handle_error = lambda request, address: log.append("error")
threading.Thread(target=server.serve_forever, daemon=True).start()
for request in (b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"GET /\r\n", b"POST /\r\n", b"nonsense\r\n\r\n", b"GET / a b HTTP/1.1\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n",
                b"GET / HTTP/x\r\n\r\n", b"GET / HTTP/1.1\r\nA: b\r\n" * 1 + b"C: d\r\n" * 200 + b"\r\n", b"GET / HTTP/1.1\r\nA: " + b"x" * 65534,
                b"GET /" + b"x" * 65532, b"PUT / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
                b"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET / HT", b"\r\n", b"GET / HTTP/1.1\r\nA"):
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    print(request[:30], [line for line in answer.decode().split("\r\n") if line[:5] in ("HTTP/", "Conne", "ok", "okHTT")])
with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
    connection.sendall(b"GET")
    print(connection.recv(10)) # silent for longer than the server waits
server.shutdown()
server.server_close()
print([line for line in log if "timed out" in line][:1])
