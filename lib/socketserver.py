"""Servers: one waits for requests at an address, and calls a handler class for each, here, in a thread or in a child process of its own.

A request goes get_request(), verify_request(), process_request(), finish_request(), where the handler class is called, shutdown_request(),
close_request(); each of these can be a subclass's own. Threads and processes come in at process_request()."""

import io
import os
import selectors
import socket
import threading

__all__ = ["BaseServer", "TCPServer", "UDPServer", "ThreadingUDPServer", "ThreadingTCPServer", "BaseRequestHandler", "StreamRequestHandler",
           "DatagramRequestHandler", "ThreadingMixIn"]
_CAN_FORK, _HAS_UNIX = hasattr(os, "fork"), hasattr(socket, "AF_UNIX")
if _CAN_FORK:
    __all__ += ["ForkingUDPServer", "ForkingTCPServer", "ForkingMixIn"]
if _HAS_UNIX:
    __all__ += ["UnixStreamServer", "UnixDatagramServer", "ThreadingUnixStreamServer", "ThreadingUnixDatagramServer"]
if _CAN_FORK and _HAS_UNIX:
    __all__ += ["ForkingUnixStreamServer", "ForkingUnixDatagramServer"]

# What a server's attributes ask of its socket, for which families; None: all
_OPTIONS = (("allow_reuse_address", "SO_REUSEADDR", None), ("allow_reuse_port", "SO_REUSEPORT", ("AF_INET", "AF_INET6")))


class BaseServer:
    """What all servers have. Subclasses have fileno() and get_request(); timeout: seconds that handle_request() waits, None: for ever."""

    timeout = None

    def __init__(self, server_address, RequestHandlerClass):
        self.server_address = server_address
        self.RequestHandlerClass = RequestHandlerClass
        self._stop_wanted, self._has_stopped = False, threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.server_close()

    # ---- Serving ---------------------------------------------------------------------------------------------------------------------

    def _selector(self):
        """What waits for requests; poll() where there is one: it takes any descriptor."""
        selector = getattr(selectors, "PollSelector", selectors.SelectSelector)()
        selector.register(self, selectors.EVENT_READ)
        return selector

    def serve_forever(self, poll_interval=0.5):
        """Handle requests until shutdown(), which is looked for each poll_interval seconds."""
        self._has_stopped.clear()
        try:
            with self._selector() as selector:
                for waiting in self._polls(selector, poll_interval):
                    if waiting:
                        self._handle_request_noblock()
                    self.service_actions()
        finally:
            self._stop_wanted = False
            self._has_stopped.set()

    def _polls(self, selector, seconds):
        """Again and again, whether a request waits, until the server is to stop."""
        while not self._stop_wanted:
            waiting = selector.select(seconds)
            if not self._stop_wanted:
                yield waiting

    def shutdown(self):
        """End serve_forever(), which runs in another thread, and wait for its end."""
        self._stop_wanted = True
        self._has_stopped.wait()

    def handle_request(self):
        """Wait for a request, at most timeout seconds, and handle it."""
        seconds = min((limit for limit in (self.timeout, self.socket.gettimeout()) if limit is not None), default=None)
        with self._selector() as selector:
            waiting = selector.select(seconds)
        if waiting:
            self._handle_request_noblock()
        else:
            self.handle_timeout()

    def _handle_request_noblock(self):
        """Handle the request that waits; whatever comes of it, it is shut down once."""
        try:
            request, address = self.get_request()
        except OSError:
            return  # it has gone meanwhile
        handed_over = False
        try:
            if self.verify_request(request, address):
                self.process_request(request, address)
                handed_over = True
        except Exception:
            self.handle_error(request, address)
        finally:
            if not handed_over:
                self.shutdown_request(request)

    # ---- What subclasses may have their own of ---------------------------------------------------------------------------------------

    def server_activate(self):
        """Begin to listen."""

    def server_close(self):
        """Clean up."""

    def service_actions(self):
        """Called by serve_forever() each time round."""

    def handle_timeout(self):
        """Called when handle_request() has waited for too long."""

    def verify_request(self, request, client_address):
        """Whether to handle this request."""
        return True

    def process_request(self, request, client_address):
        """Handle the request and close it."""
        self.finish_request(request, client_address)
        self.shutdown_request(request)

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
        import sys
        import traceback
        line = "-" * 40
        sys.stderr.write(f"{line}\nException occurred during processing of request from {client_address}\n{traceback.format_exc()}{line}\n")


class TCPServer(BaseServer):
    """A server of streams."""

    address_family, socket_type = socket.AF_INET, socket.SOCK_STREAM
    request_queue_size = 5
    allow_reuse_address = allow_reuse_port = False

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        BaseServer.__init__(self, server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if not bind_and_activate:
            return
        try:
            self.server_bind()
            self.server_activate()
        except BaseException:
            self.server_close()
            raise

    def fileno(self):
        """The socket's descriptor."""
        return self.socket.fileno()

    def server_bind(self):
        """Give the socket its address; server_address is what it got."""
        for attribute, option, families in _OPTIONS:
            applies = families is None or any(self.address_family == getattr(socket, name, None) for name in families)
            if getattr(self, attribute) and applies and hasattr(socket, option):
                self.socket.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        self.socket.listen(self.request_queue_size)

    def server_close(self):
        self.socket.close()

    def get_request(self):
        """(a request, the address that it is from)"""
        return self.socket.accept()

    def close_request(self, request):
        request.close()

    def shutdown_request(self, request):
        try:
            request.shutdown(socket.SHUT_WR)  # which tells the other side even if a child has the socket, too
        except OSError:
            pass  # the other side was first
        self.close_request(request)


class UDPServer(TCPServer):
    """A server of datagrams: a request is (bytes, socket)."""

    socket_type = socket.SOCK_DGRAM
    max_packet_size = 8192

    def server_activate(self):
        pass  # there is nothing to listen for

    def get_request(self):
        packet, sender = self.socket.recvfrom(self.max_packet_size)
        return (packet, self.socket), sender

    # The request has no socket of its own
    shutdown_request = BaseServer.shutdown_request
    close_request = BaseServer.close_request


# ---- Threads and processes -------------------------------------------------------------------------------------------------------------

class ThreadingMixIn:
    """Each request is handled by a thread. block_on_close: server_close() waits for those that are not daemons."""

    daemon_threads = False
    block_on_close = True
    _threads = ()

    def process_request(self, request, client_address):
        """Start a thread for the request."""
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=self.daemon_threads)
        if self.block_on_close and not self.daemon_threads:
            self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]
        thread.start()

    def process_request_thread(self, request, client_address):
        """What the thread does."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)

    def server_close(self):
        super().server_close()
        while self._threads:
            self._threads.pop().join()


class _ForkingMixIn:
    """Each request is handled by a child process; max_children: no more at a time."""

    timeout = 300
    active_children = None  # the numbers of those that run
    max_children = 40
    block_on_close = True

    def process_request(self, request, client_address):
        """Handle the request in a child."""
        pid = os.fork()
        if pid == 0:
            self._be_child(request, client_address)
        self.active_children = {pid, *(self.active_children or ())}
        self.close_request(request)

    def _be_child(self, request, client_address):
        """Handle the request and exit, whatever comes."""
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

    def collect_children(self, *, blocking=False):
        """Forget children that have ended; wait for all of them if blocking, and for one if there are max_children."""
        full = True
        while full and len(self.active_children or ()) >= self.max_children:
            full = self._wait_for(-1, 0)
        for pid in list(self.active_children or ()):
            self._wait_for(pid, 0 if blocking else os.WNOHANG)

    def _wait_for(self, pid, flags):
        """Wait for a child, -1: any. False: that cannot be done."""
        try:
            ended = {os.waitpid(pid, flags)[0]}
        except ChildProcessError:  # somebody else has waited for it
            ended = {pid} if pid != -1 else set(self.active_children)
        except OSError:
            return False
        self.active_children -= ended
        return True

    def handle_timeout(self):
        self.collect_children()

    def service_actions(self):
        self.collect_children()

    def server_close(self):
        super().server_close()
        self.collect_children(blocking=self.block_on_close)


class ThreadingUDPServer(ThreadingMixIn, UDPServer):
    """Datagrams, a thread for each."""


class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    """Streams, a thread for each."""


if _CAN_FORK:
    ForkingMixIn = _ForkingMixIn
    ForkingMixIn.__name__ = ForkingMixIn.__qualname__ = "ForkingMixIn"

    class ForkingUDPServer(ForkingMixIn, UDPServer):
        """Datagrams, a process for each."""

    class ForkingTCPServer(ForkingMixIn, TCPServer):
        """Streams, a process for each."""

if _HAS_UNIX:
    class UnixStreamServer(TCPServer):
        """Streams at a path."""
        address_family = socket.AF_UNIX

    class UnixDatagramServer(UDPServer):
        """Datagrams at a path."""
        address_family = UnixStreamServer.address_family

    class ThreadingUnixStreamServer(ThreadingMixIn, UnixStreamServer):
        """Streams at a path, a thread for each."""

    class ThreadingUnixDatagramServer(ThreadingMixIn, UnixDatagramServer):
        """Datagrams at a path, a thread for each."""

if _CAN_FORK and _HAS_UNIX:
    class ForkingUnixStreamServer(ForkingMixIn, UnixStreamServer):
        """Streams at a path, a process for each."""

    class ForkingUnixDatagramServer(ForkingMixIn, UnixDatagramServer):
        """Datagrams at a path, a process for each."""


# ---- Handlers --------------------------------------------------------------------------------------------------------------------------

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
    """A file without a buffer, of which each write() sends all to a socket."""

    def __init__(self, sock):
        self._sock = sock

    def writable(self):
        return True

    def fileno(self):
        return self._sock.fileno()

    def write(self, data):
        self._sock.sendall(data)
        return memoryview(data).nbytes


class StreamRequestHandler(BaseRequestHandler):
    """rfile and wfile are the request as binary files; timeout: seconds that each wait may take."""

    rbufsize, wbufsize = -1, 0  # as io.open() takes them; 0: none
    timeout = None
    disable_nagle_algorithm = False

    def setup(self):
        sock = self.connection = self.request
        if self.timeout is not None:
            sock.settimeout(self.timeout)
        if self.disable_nagle_algorithm:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rfile = sock.makefile("rb", self.rbufsize)
        self.wfile = _SocketWriter(sock) if self.wbufsize == 0 else sock.makefile("wb", self.wbufsize)

    def finish(self):
        try:
            if not self.wfile.closed:
                self.wfile.flush()
        except OSError:
            pass  # the other side has gone
        self.wfile.close()
        self.rfile.close()


class DatagramRequestHandler(BaseRequestHandler):
    """rfile is the datagram, what is written to wfile is sent back at the end."""

    def setup(self):
        packet, sock = self.request
        self.packet, self.socket = packet, sock
        self.rfile, self.wfile = io.BytesIO(packet), io.BytesIO()

    def finish(self):
        self.socket.sendto(self.wfile.getbuffer(), self.client_address)
