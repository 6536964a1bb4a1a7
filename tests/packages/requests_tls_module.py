# Requests over HTTPS: verification by an authority of its own, by environment and session, refusals, names, client certificates, keep-alive, adapters.
import http.server
import os
import ssl
import subprocess
import sys
import tempfile
import threading

import requests
import urllib3

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _tls

work = tempfile.mkdtemp(prefix="requests")
_tls.make(work)
authority = os.path.join(work, "ca.pem")
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
    os.environ.pop(name, None)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections = set()

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.connections.add(self.client_address)
        if self.path == "/who":
            certificate = self.connection.getpeercert()
            self.answer(repr(certificate and certificate["subject"]).encode())
        elif self.path == "/version":
            self.answer(self.connection.version().encode())
        elif self.path == "/go":
            self.answer(b"", 302, Location="/big")
        elif self.path == "/big":
            self.answer(bytes(range(256)) * 8192)
        else:
            self.answer(b"hello over tls")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(str(len(body)).encode() + body[-4:])


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), (ssl.SSLError, OSError)):
            super().handle_error(request, client_address)


def serve(wants_client=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(work, "server.pem"), os.path.join(work, "server.key"))
    if wants_client:
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"https://localhost:{server.server_address[1]}"


def refused(call, *args, **kwargs):
    try:
        print("no error", call(*args, **kwargs))
    except OSError as error:
        reason = getattr(getattr(error.args[0], "reason", None), "args", error.args)[0]
        text = next((word for word in ("self-signed certificate in certificate chain", "unable to get local issuer certificate", "doesn't match",
                                       "Hostname mismatch", "IP address mismatch", "CERTIFICATE_REQUIRED", "Could not find a suitable TLS CA",
                                       "invalid path", "timed out") if word in str(error)), str(reason)[:80])
        print(type(error).__name__, text)


try:
    server, url = serve()
    print("-- verification")
    r = requests.get(url + "/", verify=authority)
    print(r.status_code, r.text, r.raw.version, requests.get(url + "/version", verify=authority).text)
    refused(requests.get, url + "/")
    refused(requests.get, url + "/", verify=os.path.join(work, "stranger.pem"))
    refused(requests.get, url + "/", verify=os.path.join(work, "missing.pem"))
    with_ip = url.replace("localhost", "127.0.0.1")
    print(requests.get(with_ip + "/", verify=authority).ok)
    urllib3.disable_warnings()
    print(requests.get(url + "/", verify=False).ok)
    os.environ["REQUESTS_CA_BUNDLE"] = authority
    print(requests.get(url + "/").ok)
    del os.environ["REQUESTS_CA_BUNDLE"]
    refused(requests.get, url.replace("localhost", "127.1") + "/", verify=authority)

    print("-- sessions")
    with requests.Session() as session:
        session.verify = authority
        Handler.connections.clear()
        print([session.get(url + "/").status_code for _ in range(5)], len(Handler.connections))
        r = session.get(url + "/go")
        print([h.status_code for h in r.history], len(r.content), r.content == bytes(range(256)) * 8192)
        print(session.post(url + "/", data=b"x" * 3_000_000 + b"tail").text)
        with session.get(url + "/big", stream=True) as r:
            print(sum(map(len, r.iter_content(10000))), next(iter(session.get(url + "/", stream=True).iter_lines())))
        session.mount(url, requests.adapters.HTTPAdapter(max_retries=urllib3.Retry(2, backoff_factor=0)))
        print(session.get(url + "/", timeout=(5, 20)).ok)
        print(session.get(url + "/").raw.connection is not None, session.adapters[url].max_retries.total)
    results = []
    threads = [threading.Thread(target=lambda: results.append(requests.get(url + "/big", verify=authority).content)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(results), {len(content) for content in results})

    print("-- client certificates")
    strict, strict_url = serve(wants_client=True)
    pair = os.path.join(work, "server.pem"), os.path.join(work, "server.key")
    print(requests.get(strict_url + "/who", verify=authority, cert=pair).text)
    try:
        requests.get(strict_url + "/who", verify=authority)
        print("no error")
    except requests.exceptions.ConnectionError as error:
        print(isinstance(error, requests.exceptions.ConnectionError))
    refused(requests.get, strict_url + "/", verify=authority, cert=os.path.join(work, "none.pem"))
    server.shutdown()
    strict.shutdown()
finally:
    subprocess.run(["rm", "-rf", work])
