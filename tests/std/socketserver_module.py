# socketserver_module.py - servers of streams and datagrams, in threads, in processes, at paths; handlers; errors.
# SPDX-License-Identifier: MIT
import io
import os
import socket
import socketserver
import sys
import threading
import time

print(sorted(socketserver.__all__))
print(issubclass(socketserver.UDPServer, socketserver.TCPServer), socketserver.TCPServer.request_queue_size,
      socketserver.UDPServer.max_packet_size, socketserver.ForkingMixIn.max_children, socketserver.ForkingMixIn.timeout,
      socketserver.ForkingMixIn.__name__, socketserver.StreamRequestHandler.rbufsize, socketserver.StreamRequestHandler.wbufsize)


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            print(self.wfile.write(line.upper()), file=log)


class Datagram(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read()[::-1])


def exchange(family, kind, address, *messages):
    with socket.socket(family, kind) as s:
        s.settimeout(5)
        if family == socket.AF_UNIX and kind == socket.SOCK_DGRAM:
            s.bind("client")
        s.connect(address)
        for message in messages:
            s.sendall(message)
        if kind == socket.SOCK_STREAM:
            s.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: s.recv(1000), b""))
        answer = s.recv(1000)
    if family == socket.AF_UNIX:
        os.unlink("client")
    return answer


log = io.StringIO()
for cls in ("TCPServer", "ThreadingTCPServer", "ForkingTCPServer", "UDPServer", "ThreadingUDPServer", "ForkingUDPServer", "UnixStreamServer",
            "ThreadingUnixStreamServer", "ForkingUnixStreamServer", "UnixDatagramServer", "ThreadingUnixDatagramServer",
            "ForkingUnixDatagramServer"):
    stream = "TCP" in cls or "Stream" in cls
    unix = "Unix" in cls
    with getattr(socketserver, cls)("server" if unix else ("127.0.0.1", 0), Echo if stream else Datagram) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        family, kind = socket.AF_UNIX if unix else socket.AF_INET, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM
        print(cls, server.address_family == family, server.socket_type == kind, server.fileno() == server.socket.fileno(),
              [exchange(family, kind, server.server_address, b"one\n", b"two\n") if stream
               else exchange(family, kind, server.server_address, b"abc") for _ in range(3)])
        server.shutdown()
        thread.join()
    if unix:
        os.unlink("server")
    print(server.socket.fileno(), getattr(server, "active_children", None))
print(log.getvalue().split())


# a request step by step
class Steps(socketserver.TCPServer):
    allow_reuse_address = True
    timeout = 0.05

    def __getattribute__(self, name):
        if name in ("server_bind", "server_activate", "get_request", "verify_request", "process_request", "finish_request",
                    "shutdown_request", "close_request", "handle_error", "handle_timeout", "service_actions", "server_close"):
            print(name, end=" ")
        return super().__getattribute__(name)

    def verify_request(self, request, client_address):
        return verified

    def handle_timeout(self):
        print("(late)", end=" ")


class Handler(socketserver.BaseRequestHandler):
    def setup(self):
        print("setup", end=" ")

    def handle(self):
        print("handle", end=" ")
        if fails:
            raise fails

    def finish(self):
        print("finish", end=" ")


with Steps(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1] > 0, server.RequestHandlerClass is Handler)
    for verified, fails in ((True, None), (False, None), (True, ValueError("wrong")), (True, KeyboardInterrupt("stop"))):
        client = socket.create_connection(server.server_address)
        saved, sys.stderr = sys.stderr, io.StringIO()
        try:
            server.handle_request()
        except BaseException as e:
            print(repr(e), end=" ")
        sys.stderr, text = saved, sys.stderr.getvalue()
        print()
        lines = text.splitlines()
        print([line for line in lines if not line.startswith(("  ", "Exception occ"))], [line.split("(")[0] for line in lines[1:2]])
        client.close()
    began = time.monotonic()
    server.handle_request()
    print(time.monotonic() - began < 1)
print()

# without binding; what cannot be bound is closed
server = socketserver.TCPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
print(server.socket.getsockname())
server.server_close()
taken = socketserver.TCPServer(("127.0.0.1", 0), Handler)
try:
    socketserver.TCPServer(taken.server_address, Handler)
except OSError as e:
    print(type(e).__name__, e.errno == 98)


class Unhearing(socketserver.TCPServer):
    def get_request(self):
        raise OSError("gone")


with Unhearing(("127.0.0.1", 0), Handler) as server:
    client = socket.create_connection(server.server_address)
    print(server.handle_request())
    client.close()
taken.server_close()


class Options(socketserver.TCPServer):
    allow_reuse_address = allow_reuse_port = True


with Options(("127.0.0.1", 0), Handler) as server, Options(server.server_address, Handler) as second:
    print([server.socket.getsockopt(socket.SOL_SOCKET, option) for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT)],
          server.server_address == second.server_address)


# handlers
class Slow(socketserver.StreamRequestHandler):
    timeout = 0.02
    disable_nagle_algorithm = True
    wbufsize = 1000

    def handle(self):
        print(self.connection is self.request, self.request.gettimeout(), type(self.wfile).__name__, self.wfile.writable(),
              self.request.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
        self.wfile.write(b"kept")
        try:
            self.rfile.read(1)
        except TimeoutError as e:
            print(e)


with socketserver.TCPServer(("127.0.0.1", 0), Slow) as server:
    client = socket.create_connection(server.server_address)
    server.handle_request()
    print(client.recv(10), client.recv(10))
    client.close()


class Plain(socketserver.StreamRequestHandler):
    def handle(self):
        print(self.wfile.writable(), self.wfile.readable(), self.wfile.fileno() == self.connection.fileno(), self.wfile.write(b"12"),
              self.wfile.write(memoryview(bytearray(8)).cast("I")))


with socketserver.TCPServer(("127.0.0.1", 0), Plain) as server:
    client = socket.create_connection(server.server_address)
    server.handle_request()
    print(client.recv(20), client.recv(10))
    client.close()


# threads that are waited for, and those that are not
class Waits(socketserver.BaseRequestHandler):
    def handle(self):
        time.sleep(0.05)
        done.append(threading.current_thread().daemon)


for daemon, block in ((False, True), (False, False), (True, True)):
    done = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Waits)
    server.daemon_threads, server.block_on_close = daemon, block
    clients = [socket.create_connection(server.server_address) for _ in range(3)]
    for _ in clients:
        server.handle_request()
    server.server_close()
    print(daemon, block, done)
    time.sleep(0.2)
    print(done)
    for client in clients:
        client.close()

# processes: no more than max_children, and those that others have waited for are forgotten
server = socketserver.ForkingTCPServer(("127.0.0.1", 0), Waits)
server.max_children = 2
print(server.active_children, server.collect_children())
clients = []
for _ in range(4):
    clients.append(socket.create_connection(server.server_address))
    server.handle_request()
    server.collect_children()
    print(len(server.active_children) < 2)
for pid in list(server.active_children):
    os.waitpid(pid, 0)
server.collect_children(blocking=True)
print(server.active_children)
server.server_close()
for client in clients:
    client.close()
