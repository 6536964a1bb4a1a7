# Requests against a server of http.server: methods, json, forms, files, streaming, redirects, sessions, cookies, auth, gzip, timeouts, errors.
import gzip
import io
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, kind="text/plain", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def body(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_GET(self):
        parts = urlsplit(self.path)
        getattr(self, "get_" + parts.path.strip("/").replace("/", "_"), self.missing)(parse_qs(parts.query))

    do_HEAD = do_GET

    def missing(self, query):
        self.answer(b"no such thing", 404)

    def get_plain(self, query):
        self.answer("grüße".encode(), kind="text/plain; charset=utf-8", X_Header="one")

    def get_json(self, query):
        self.answer(json.dumps({"query": query, "accept": self.headers["Accept"]}).encode(), kind="application/json")

    def get_gzip(self, query):
        self.answer(gzip.compress(b"squeezed " * 100, mtime=0), Content_Encoding="gzip")

    def get_again(self, query):
        count = int(query.get("n", ["1"])[0])
        self.answer(b"", 302, Location=f"/again?n={count - 1}" if count > 1 else "/plain")

    def get_loop(self, query):
        self.answer(b"", 302, Location="/loop")

    def get_set(self, query):
        self.send_response(200)
        self.send_header("Set-Cookie", "color=green; Path=/")
        self.send_header("Set-Cookie", "size=3; Path=/; Max-Age=60")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def get_cookies(self, query):
        self.answer((self.headers["Cookie"] or "none").encode())

    def get_basic(self, query):
        if self.headers["Authorization"] == "Basic dXNlcjpwYXNz":
            self.answer(b"welcome")
        else:
            self.answer(b"who are you?", 401, WWW_Authenticate='Basic realm="here"')

    def get_digest(self, query):
        header = self.headers["Authorization"] or ""
        if header.startswith("Digest ") and 'username="user"' in header:
            self.answer(b"welcome, " + header.split()[1].encode())
        else:
            self.answer(b"", 401, WWW_Authenticate='Digest realm="here", nonce="abc", qop="auth", algorithm=MD5')

    def get_chunks(self, query):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for i in range(5):
            self.wfile.write(b"7\r\nline %d\n\r\n" % i)
        self.wfile.write(b"0\r\n\r\n")

    def get_slow(self, query):
        time.sleep(1)
        self.answer(b"late")

    def get_cut(self, query):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"short")
        self.close_connection = True

    def do_POST(self):
        body = self.body()
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            from email import message_from_bytes
            whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
            found = [[part.get_param("name", header="content-disposition"), part.get_filename(), part.get_payload(decode=True).decode()]
                     for part in whole.get_payload()]
            self.answer(json.dumps(found).encode(), kind="application/json")
        else:
            self.answer(f"{self.command} {kind} {body!r}".encode(), kind="text/plain; charset=utf-8")

    do_PUT = do_PATCH = do_DELETE = do_POST


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"


def fails(what, *args, **kwargs):
    try:
        print(what, requests.get(base + "/" + what, *args, **kwargs).content)
    except requests.RequestException as e:
        print(what, type(e).__name__)


r = requests.get(base + "/plain")
print(r.status_code, r.ok, r.reason, r.text, r.encoding, r.headers["x-header"], r.headers["Content-Type"], r.content)
r = requests.get(base + "/json", params={"a": [1, 2], "b": "ü &"}, headers={"Accept": "application/json"})
print(r.json(), r.url.removeprefix(base))
print(requests.head(base + "/plain").headers["Content-Length"], requests.get(base + "/gzip").text[:20], len(requests.get(base + "/gzip").content))
print(requests.post(base + "/", data={"a": "1", "b": "ü"}).text)
print(requests.post(base + "/", json={"k": [1, None, "ä"]}).text)
print(requests.put(base + "/", data=b"raw").text, requests.patch(base + "/", data="text").text, requests.delete(base + "/").text)
print(requests.post(base + "/", data=(piece for piece in (b"one ", b"two"))).text)
print(requests.post(base + "/", files={"f": ("näme.txt", io.BytesIO(b"content"), "text/plain")}, data={"field": "value"}).json())
r = requests.get(base + "/again?n=3")
print(r.status_code, r.url.removeprefix(base), [step.status_code for step in r.history], r.text)
print(requests.get(base + "/again", allow_redirects=False).headers["Location"])
with requests.Session() as session:
    session.headers["X-Mine"] = "1"
    session.get(base + "/set")
    print(sorted(session.cookies.items()), session.get(base + "/cookies").text)
    print(session.get(base + "/cookies", cookies={"extra": "1"}).text.count("="), session.get(base + "/basic", auth=("user", "pass")).text)
    session.auth = HTTPDigestAuth("user", "secret")
    print(session.get(base + "/digest").text)
print(requests.get(base + "/basic").status_code, requests.get(base + "/basic", auth=HTTPBasicAuth("user", "pass")).text)
with requests.get(base + "/chunks", stream=True) as r:
    print(list(r.iter_lines()))
with requests.get(base + "/plain", stream=True) as r:
    print(b"".join(r.iter_content(2)), r.raw.closed)
fails("slow", timeout=0.1)
fails("loop")
fails("cut")
try:
    requests.get(base + "/nothing").raise_for_status()
except requests.HTTPError as e:
    print(str(e).partition(" for")[0], e.response.text)
for bad in "http://127.0.0.1:1/", "nonsense", "http://", "ftp://x/":
    try:
        requests.get(bad, timeout=2)
    except requests.RequestException as e:
        print(bad, type(e).__name__)
try:
    requests.get(base + "/plain", headers={"X": "a\r\nInjected: 1"})
except requests.RequestException as e:
    print(type(e).__name__)
server.shutdown()
