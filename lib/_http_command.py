"""python -m http.server: the files of a folder, for who asks."""

import argparse
import os
import socket
import sys

from http import server


class _Server(server.ThreadingHTTPServer):
    """Listens to IPv4 as well, where it listens to every address of IPv6."""

    def server_bind(self):
        if self.address_family == socket.AF_INET6:
            try:
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            except OSError:
                pass # it is one or the other then
        super().server_bind()


def serve(handler, protocol, port, bind):
    """Answer requests until Ctrl-C."""
    family, _, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    _Server.address_family = family
    handler.protocol_version = protocol
    with _Server(address, handler) as httpd:
        host, port = httpd.socket.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving HTTP on {host} port {port} (http://{shown}:{port}/) ...")
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print("\nKeyboard interrupt received, exiting.")
            sys.exit(0)


def main(args=None):
    """The command."""
    p = argparse.ArgumentParser()
    p.add_argument("-b", "--bind", metavar="ADDRESS", help="bind to this address (default: all interfaces)")
    p.add_argument("-d", "--directory", default=os.getcwd(), help="serve this directory (default: current directory)")
    p.add_argument("-p", "--protocol", metavar="VERSION", default="HTTP/1.0",
                   help="conform to this HTTP version (default: %(default)s)")
    p.add_argument("port", default=8000, type=int, nargs="?", help="bind to this port (default: %(default)s)")
    options = p.parse_args(args)

    class Handler(server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=options.directory)

    serve(Handler, options.protocol, options.port, options.bind)
