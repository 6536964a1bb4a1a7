"""Servers: one waits for requests at an address, and calls a handler class for each, here, in a thread or in a child process of its own."""

import io
import os
import selectors
import socket
import sys
import threading

__all__ = ["BaseServer", "TCPServer", "UDPServer", "ThreadingUDPServer", "ThreadingTCPServer", "BaseRequestHandler", "StreamRequestHandler",
           "DatagramRequestHandler", "ThreadingMixIn"]
if hasattr(os, "fork"):
    __all__ += ["ForkingUDPServer", "ForkingTCPServer", "ForkingMixIn"]
if hasattr(socket, "AF_UNIX"):
    __all__ += ["UnixStreamServer", "UnixDatagramServer", "ThreadingUnixStreamServer", "ThreadingUnixDatagramServer"]
    if hasattr(os, "fork"):
        __all__ += ["ForkingUnixStreamServer", "ForkingUnixDatagramServer"]

_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)


class BaseServer:
    """What all servers have. Subclasses have fileno() and get_request(); timeout: seconds that handle_request() waits, None: for ever."""

    timeout = None

    def __init__(self, server_address, RequestHandlerClass):
        self.server_address, self.RequestHandlerClass = server_address, RequestHandlerClass
        self._stopped = threading.Event()
        self._stopping = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server_close()

    def server_activate(self):
        """Begin to listen."""

    def serve_forever(self, poll_interval=0.5):
        """Handle requests until shutdown(), which is looked for each poll_interval seconds."""
        self._stopped.clear()
        try:
            with _Selector() as selector:
                selector.register(self, selectors.EVENT_READ)
                while not self._stopping:
                    ready = selector.select(poll_interval)
                    if self._stopping:
                        break
                    if ready:
                        self._handle_request_noblock()
                    self.service_actions()
        finally:
            self._stopping = False
            self._stopped.set()

    def shutdown(self):
        """End serve_forever(), which runs in another thread, and wait for its end."""
        self._stopping = True
        self._stopped.wait()

    def service_actions(self):
        """Called by serve_forever() each time round."""

    def handle_request(self):
        """Wait for a request, at most timeout seconds, and handle it."""
        limits = [limit for limit in (self.socket.gettimeout(), self.timeout) if limit is not None]
        with _Selector() as selector:
            selector.register(self, selectors.EVENT_READ)
            if selector.select(min(limits) if limits else None):
                return self._handle_request_noblock()
        return self.handle_timeout()

    def _handle_request_noblock(self):
        try:
            request, client_address = self.get_request()
        except OSError:
            return
        try:
            if self.verify_request(request, client_address):
                self.process_request(request, client_address)
            else:
                self.shutdown_request(request)
        except Exception:
            self.handle_error(request, client_address)
            self.shutdown_request(request)
        except:
            self.shutdown_request(request)
            raise

    def handle_timeout(self):
        """Called when handle_request() has waited for too long."""

    def verify_request(self, request, client_address):
        """Whether to handle this request."""
        return True

    def process_request(self, request, client_address):
        """Handle the request and close it."""
        self.finish_request(request, client_address)
        self.shutdown_request(request)

    def server_close(self):
        """Clean up."""

    def finish_request(self, request, client_address):
        """Have an instance of the handler class deal with the request."""
        self.RequestHandlerClass(request, client_address, self)

    def shutdown_request(self, request):
        """End the request."""
        self.close_request(request)

    def close_request(self, request):
        """Clean up after the request."""

    def handle_error(self, request, client_address):
        """Called in an except block when a handler has raised: prints to sys.stderr."""
        import traceback
        line = "-" * 40
        print(line, f"Exception occurred during processing of request from {client_address}", sep="\n", file=sys.stderr)
        traceback.print_exc()
        print(line, file=sys.stderr)


class TCPServer(BaseServer):
    """A server of streams."""

    address_family = socket.AF_INET
    socket_type = socket.SOCK_STREAM
    request_queue_size = 5
    allow_reuse_address = False
    allow_reuse_port = False

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        super().__init__(server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if bind_and_activate:
            try:
                self.server_bind()
                self.server_activate()
            except:
                self.server_close()
                raise

    def server_bind(self):
        """Give the socket its address; server_address is what it got."""
        if self.allow_reuse_address and hasattr(socket, "SO_REUSEADDR"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.allow_reuse_port and hasattr(socket, "SO_REUSEPORT") and self.address_family in (socket.AF_INET, socket.AF_INET6):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        self.socket.listen(self.request_queue_size)

    def server_close(self):
        self.socket.close()

    def fileno(self):
        """The socket's descriptor."""
        return self.socket.fileno()

    def get_request(self):
        """(a request, the address that it is from)"""
        return self.socket.accept()

    def shutdown_request(self, request):
        try:
            request.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other side was first
        self.close_request(request)

    def close_request(self, request):
        request.close()


class UDPServer(TCPServer):
    """A server of datagrams: a request is (bytes, socket)."""

    allow_reuse_address = False
    allow_reuse_port = False
    socket_type = socket.SOCK_DGRAM
    max_packet_size = 8192

    def get_request(self):
        data, client_address = self.socket.recvfrom(self.max_packet_size)
        return (data, self.socket), client_address

    def server_activate(self):
        pass

    def shutdown_request(self, request):
        self.close_request(request)

    def close_request(self, request):
        pass


if hasattr(os, "fork"):
    class ForkingMixIn:
        """Each request is handled by a child process; max_children: no more at a time."""

        timeout = 300
        active_children = None
        max_children = 40
        block_on_close = True

        def _collect(self, pid, flags):
            try:
                ended, _ = os.waitpid(pid, flags)
            except ChildProcessError:
                ended = pid  # somebody else has waited for it
            except OSError:
                return
            self.active_children.discard(ended)

        def collect_children(self, *, blocking=False):
            """Wait for children that have ended: for all of them if blocking."""
            if self.active_children is None:
                return
            while len(self.active_children) >= self.max_children:
                try:
                    ended, _ = os.waitpid(-1, 0)
                    self.active_children.discard(ended)
                except ChildProcessError:
                    self.active_children.clear()
                except OSError:
                    break
            for pid in self.active_children.copy():
                self._collect(pid, 0 if blocking else os.WNOHANG)

        def handle_timeout(self):
            self.collect_children()

        def service_actions(self):
            self.collect_children()

        def process_request(self, request, client_address):
            """Handle the request in a child."""
            pid = os.fork()
            if pid:
                if self.active_children is None:
                    self.active_children = set()
                self.active_children.add(pid)
                self.close_request(request)
                return
            status = 1
            try:
                self.finish_request(request, client_address)
                status = 0
            except Exception:
                self.handle_error(request, client_address)
            finally:
                try:
                    self.shutdown_request(request)
                finally:
                    os._exit(status)

        def server_close(self):
            super().server_close()
            self.collect_children(blocking=self.block_on_close)


class ThreadingMixIn:
    """Each request is handled by a thread. block_on_close: server_close() waits for those that are not daemons."""

    daemon_threads = False
    block_on_close = True
    _threads = ()

    def process_request_thread(self, request, client_address):
        """What the thread does."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)

    def process_request(self, request, client_address):
        """Start a thread for the request."""
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=self.daemon_threads)
        if self.block_on_close and not thread.daemon:
            self._threads = [other for other in self._threads if other.is_alive()] + [thread]
        thread.start()

    def server_close(self):
        super().server_close()
        threads, self._threads = self._threads, ()
        for thread in threads:
            thread.join()


class ThreadingUDPServer(ThreadingMixIn, UDPServer):
    """Datagrams, a thread for each."""


class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    """Streams, a thread for each."""


if hasattr(os, "fork"):
    class ForkingUDPServer(ForkingMixIn, UDPServer):
        """Datagrams, a process for each."""

    class ForkingTCPServer(ForkingMixIn, TCPServer):
        """Streams, a process for each."""

if hasattr(socket, "AF_UNIX"):
    class UnixStreamServer(TCPServer):
        """Streams at a path."""
        address_family = socket.AF_UNIX

    class UnixDatagramServer(UDPServer):
        """Datagrams at a path."""
        address_family = socket.AF_UNIX

    class ThreadingUnixStreamServer(ThreadingMixIn, UnixStreamServer):
        """Streams at a path, a thread for each."""

    class ThreadingUnixDatagramServer(ThreadingMixIn, UnixDatagramServer):
        """Datagrams at a path, a thread for each."""

    if hasattr(os, "fork"):
        class ForkingUnixStreamServer(ForkingMixIn, UnixStreamServer):
            """Streams at a path, a process for each."""

        class ForkingUnixDatagramServer(ForkingMixIn, UnixDatagramServer):
            """Datagrams at a path, a process for each."""


class BaseRequestHandler:
    """Handles a request when it is made: setup(), handle(), finish(). request, client_address and server say what for."""

    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()

    def setup(self):
        """Before handle()."""

    def handle(self):
        """Subclasses have their own."""

    def finish(self):
        """After handle(), whatever it raises."""


class _SocketWriter(io.BufferedIOBase):
    """Writes all to a socket at once."""

    def __init__(self, sock):
        self._sock = sock

    def writable(self):
        return True

    def write(self, b):
        self._sock.sendall(b)
        with memoryview(b) as view:
            return view.nbytes

    def fileno(self):
        return self._sock.fileno()


class StreamRequestHandler(BaseRequestHandler):
    """rfile and wfile are the request as binary files; timeout: seconds that each wait may take."""

    rbufsize = -1
    wbufsize = 0
    timeout = None
    disable_nagle_algorithm = False

    def setup(self):
        self.connection = self.request
        if self.timeout is not None:
            self.connection.settimeout(self.timeout)
        if self.disable_nagle_algorithm:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", self.wbufsize) if self.wbufsize else _SocketWriter(self.connection)

    def finish(self):
        if not self.wfile.closed:
            try:
                self.wfile.flush()
            except OSError:
                pass  # the other side has gone
        self.wfile.close()
        self.rfile.close()


class DatagramRequestHandler(BaseRequestHandler):
    """rfile is the datagram, what is written to wfile is sent back at the end."""

    def setup(self):
        self.packet, self.socket = self.request
        self.rfile, self.wfile = io.BytesIO(self.packet), io.BytesIO()

    def finish(self):
        self.socket.sendto(self.wfile.getvalue(), self.client_address)
