# urllib.request: requests, handlers, openers, redirects, authentication, proxies, errors, files and data, against a server of http.server.
import io
import os
import tempfile
import threading
import urllib.error
import urllib.request
import urllib.response
import urllib.robotparser
from http.client import HTTPConnection, HTTPException, HTTPResponse, InvalidURL, responses
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer

for name in list(os.environ):
    if name.lower().endswith("_proxy"):
        del os.environ[name]


def fails(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except (OSError, ValueError, TypeError, HTTPException) as e:
        print(type(e).__name__, str(e).replace(base, "BASE"))


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def answer(self, text, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/to":
            self.answer("", int(self.path.partition("?")[2]), Location="/end#part")
        elif path == "/loop":
            self.answer("", 302, Location="/loop")
        elif path == "/file":
            self.answer("", 302, Location="file:///etc/passwd")
        elif path == "/basic":
            good = self.headers["Authorization"] == "Basic dTpw"
            self.answer("in" if good else "", 200 if good else 401, WWW_Authenticate='Basic realm="r"')
        elif path == "/digest":
            given = urllib.request.parse_keqv_list(urllib.request.parse_http_list((self.headers["Authorization"] or "D ").partition(" ")[2]))
            text = ",".join(f"{k}={v}" for k, v in given.items() if k in ("username", "realm", "uri", "algorithm", "qop", "nc"))
            self.answer(text, 200 if given else 401, WWW_Authenticate='Digest realm="r", nonce="n", qop="auth,auth-int", opaque="o"')
        elif path == "/cookie":
            self.answer(self.headers["Cookie"] or "none", Set_Cookie="k=v")
        elif path == "/robots.txt":
            self.answer("User-agent: *\nDisallow: /private\nCrawl-delay: 3\nRequest-rate: 1/5\nSitemap: http://s/m\n\nUser-agent: good\nAllow: /\n")
        elif path == "/broken":
            self.wfile.write(b"nonsense\r\n\r\n")
        elif path == "/cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")
        elif path == "/chunk":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")
        elif path == "/many":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n")
        elif path == "/long":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70000 + b"\r\n\r\n")
        elif path == "/nothing":
            pass
        elif path == "/missing":
            self.answer("not here", 404, X_Why="gone")
        else:
            self.answer(f"{self.command} {self.path} {self.headers['User-Agent'].partition('/')[0]} {self.headers['X-Mine']}")

    do_HEAD = do_GET

    def do_POST(self):
        if self.headers["Transfer-Encoding"]:
            body = []
            while size := int(self.rfile.readline(), 16):
                body.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            body = b"".join(body)
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(f"{self.command} {self.headers['Content-Type']} {self.headers['Transfer-Encoding']} {body!r}")

    do_PUT = do_POST


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


server, base = serve(Handler)
open_ = urllib.request.urlopen
print("-- requests")
r = urllib.request.Request("<URL:http://Host:8/a b?c#d>", b"data", {"X-one": "1"}, method="PATCH")
print(r.full_url, r.type, r.host, r.selector, r.fragment, r.origin_req_host, r.get_method(), r.header_items(), r.has_header("X-one"), r.data)
r.add_unredirected_header("y", "2")
r.set_proxy("proxy:1", "http")
print(r.get_header("Y"), r.host, r.selector, r.has_proxy(), r.get_header("none", 0))
r.data = None
r.remove_header("X-one")
print(r.header_items(), urllib.request.Request("http://h", b"x").get_method(), urllib.request.Request("http://h").get_method())
fails(urllib.request.Request, "no scheme")
with open_(base + "/x?y=1") as f:
    print(f.status, f.reason, f.msg, f.getcode(), f.geturl() == base + "/x?y=1", f.info()["content-length"], f.read(3), f.readline(), f.closed)
for data in (b"bytes", io.BytesIO(b"file"), [b"one", b"two"]):
    print(open_(base + "/p", data).read())
print(open_(urllib.request.Request(base + "/p", b"x", {"Content-Type": "t/x"}, method="PUT")).read())
print(open_(urllib.request.Request(base + "/h", headers={"x-mine": "yes", "User-Agent": "me/1"})).read())
fails(open_, base + "/p", "text")
fails(open_, "spam://x")
fails(open_, "http:///x")
fails(open_, base + "/a b\n")
fails(open_, "http://127.0.0.1:1/")

print("-- errors and redirects")
for status in 301, 302, 303, 307, 308, 300:
    fails(lambda: (open_(f"{base}/to?{status}").geturl().replace(base, ""), open_(f"{base}/to?{status}", b"x" if status < 304 and False else None).read()))
for path in "/loop", "/file", "/missing", "/broken", "/nothing", "/many", "/long":
    fails(lambda: open_(base + path).read())
for path in "/cut", "/chunk":
    fails(lambda: open_(base + path).read())
try:
    open_(base + "/missing")
except urllib.error.HTTPError as e:
    print(e.code, e.reason, e.headers["X-Why"], e.read(), repr(e), e.url == base + "/missing", e.status, e.geturl() == e.filename)
    e.close()
print(repr(urllib.error.URLError("why")), urllib.error.URLError("why", "f").filename, urllib.error.ContentTooShortError("m", b"c").content)
fails(open_, base + "/x", timeout=-1)

print("-- handlers")
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, base, "u", "p")
opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPCookieProcessor(CookieJar()))
print(opener.open(base + "/basic").read(), opener.open(base + "/cookie").read(), opener.open(base + "/cookie").read())
fails(open_, base + "/basic")
print(urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords)).open(base + "/digest").read())
prior = urllib.request.HTTPPasswordMgrWithPriorAuth()
prior.add_password(None, base, "u", "p", is_authenticated=True)
print(urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(prior)).open(base + "/basic").read(), prior.is_authenticated(base + "/x"))
print(urllib.request.build_opener(urllib.request.ProxyHandler({"http": base})).open("http://far.away/page").read())
print(urllib.request.build_opener(urllib.request.ProxyHandler({"http": base.replace("//", "//u:p@")})).open("http://far.away/basic2").read())


class Own(urllib.request.BaseHandler):
    def own_open(self, request):
        return urllib.response.addinfourl(io.BytesIO(request.selector.encode()), {}, request.full_url, 200)

    def own_request(self, request):
        request.selector += "!"
        return request

    def own_response(self, request, response):
        return response


print(urllib.request.build_opener(Own).open("own:thing").read())
fails(urllib.request.OpenerDirector().add_handler, 3)
urllib.request.install_opener(urllib.request.build_opener(Own))
print(open_("own:x").read(), urllib.request.parse_http_list('a, "b,c", d="e\\"f"'), urllib.request.parse_keqv_list(["a=b", 'c="d"']))
urllib.request.urlcleanup()
os.environ.update(http_proxy="http://p:1", no_proxy="local.host, .in.side", HTTPS_PROXY="s")
print(sorted(urllib.request.getproxies().items()), urllib.request.proxy_bypass("a.in.side"), urllib.request.proxy_bypass("other"))
del os.environ["http_proxy"], os.environ["HTTPS_PROXY"], os.environ["no_proxy"]

print("-- files and data")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a b.txt")
    with open(path, "w") as file:
        file.write("content\n")
    url = "file://" + urllib.request.pathname2url(path)
    with open_(url) as f:
        print(f.read(), f.headers["Content-type"], f.headers["Content-length"], f.status, f.url == url, urllib.request.url2pathname("/a%20b"))
    print(urllib.request.urlretrieve(base + "/r", os.path.join(folder, "c"), lambda *n: print(n))[1]["Content-Length"], open(os.path.join(folder, "c")).read())
    name, headers = urllib.request.urlretrieve(url)
    print(name.endswith("txt"), headers["Content-length"])
    fails(open_, "file:///none/such")
    fails(open_, "file://elsewhere.invalid/x")
    static, place = serve(lambda *args: SimpleHTTPRequestHandler(*args, directory=folder))
    SimpleHTTPRequestHandler.log_message = lambda *args: None
    print(open_(place + "/a%20b.txt").read(), open_(place + "/a%20b.txt").headers["Content-type"], b"a%20b.txt" in open_(place + "/").read())
    fails(open_, place + "/../../etc/passwd")
    date = open_(place + "/c").headers["Last-Modified"]
    fails(open_, urllib.request.Request(place + "/c", headers={"If-Modified-Since": date}))
    static.shutdown()
    static.server_close()
for url in "data:,a%20b", "data:text/x;base64,aGk=", "data:;charset=utf-8,%C3%BC":
    with open_(url) as f:
        print(f.read(), f.headers["content-type"], f.headers["content-length"], f.geturl())
fails(open_, "data:nothing")

print("-- robots")
robots = urllib.robotparser.RobotFileParser(base + "/robots.txt")
print(robots.can_fetch("x", "/"), robots.mtime())
robots.read()
print(robots.can_fetch("x", base + "/private/a"), robots.can_fetch("x", base + "/a"), robots.can_fetch("Good/1", base + "/private"), robots.crawl_delay("x"),
      robots.request_rate("x"), robots.site_maps(), robots.mtime() > 0)
print(robots)
server.shutdown()
server.server_close()
