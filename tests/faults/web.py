"""http.server and http.client, urllib, socketserver."""

import http.client
import http.server
import threading
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"page " * 2000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request, address):
        pass

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(5)
        return connection, address


def main():
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            connection = http.client.HTTPConnection(*server.server_address, timeout=5)
            try:
                connection.request("GET", "/")
                print(len(connection.getresponse().read()))
                connection.request("POST", "/", b"abc" * 3000)
                print(connection.getresponse().read()[:3])
            finally:
                connection.close()
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_address[1]}/", timeout=5) as page:
                print(page.status, len(page.read()))
        finally:
            server.shutdown()
            thread.join()


def serve(server):
    try:
        server.serve_forever(0.02)
    except OSError:
        pass
