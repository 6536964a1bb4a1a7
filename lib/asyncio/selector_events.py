"""The event loop that waits with a selector: files, operations of sockets, accepting."""

import errno
import selectors
import socket
import weakref
from . import base_events, constants, events
from ._selector_transport import _HAS_SENDMSG, _SelectorDatagramTransport, _SelectorSocketTransport, _SelectorTransport, _test_selector_event
from .log import logger

__all__ = ("BaseSelectorEventLoop",)


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """selector: None: the best that the system has."""

    def __init__(self, selector=None):
        super().__init__()
        if selector is None:
            selector = selectors.DefaultSelector()
        logger.debug("Using selector: %s", selector.__class__.__name__)
        self._selector = selector
        self._make_self_pipe()
        self._transports = weakref.WeakValueDictionary()  # descriptor -> transport

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        self._ensure_fd_no_transport(sock)
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False, server_hostname=None, extra=None,
                            server=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, call_connection_made=True):
        rawsock.close()
        raise NotImplementedError("asyncio: TLS is not there yet")

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        self._ensure_fd_no_transport(sock)
        return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._close_self_pipe()
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    # ---- Waking the loop ---------------------------------------------------------------------------------------------------------------

    def _close_self_pipe(self):
        self._remove_reader(self._ssock.fileno())
        self._ssock.close()
        self._csock.close()
        self._ssock = self._csock = None
        self._internal_fds -= 1

    def _make_self_pipe(self):
        self._ssock, self._csock = socket.socketpair()
        self._ssock.setblocking(False)
        self._csock.setblocking(False)
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _process_self_data(self, data):
        """Bytes that woke the loop: subclasses look at them."""

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
            except InterruptedError:
                continue
            except BlockingIOError:
                break
            if not data:
                break
            self._process_self_data(data)

    def _write_to_self(self):
        sock = self._csock  # another thread may close it
        if sock is None:
            return
        try:
            sock.send(b"\0")
        except OSError:
            if self._debug:
                logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    # ---- Accepting ---------------------------------------------------------------------------------------------------------------------

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT, ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, sslcontext, server, backlog, ssl_handshake_timeout,
                         ssl_shutdown_timeout)

    def _accept_connection(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                           ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT, ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        for _ in range(backlog):
            try:
                conn, addr = sock.accept()
                if self._debug:
                    logger.debug("%r got a new connection from %r: %r", server, addr, conn)
                conn.setblocking(False)
            except ConnectionAbortedError:
                continue  # it was gone before we came
            except (BlockingIOError, InterruptedError):
                return
            except OSError as e:
                if e.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                # Nothing is left to make a connection of: try again in a while
                self.call_exception_handler({"message": "socket.accept() out of system resource", "exception": e,
                                             "socket": base_events.trsock.TransportSocket(sock)})
                self._remove_reader(sock.fileno())
                self.call_later(constants.ACCEPT_RETRY_DELAY, self._start_serving, protocol_factory, sock, sslcontext, server, backlog,
                                ssl_handshake_timeout, ssl_shutdown_timeout)
            else:
                self.create_task(self._accept_connection2(protocol_factory, conn, {"peername": addr}, sslcontext, server,
                                                          ssl_handshake_timeout, ssl_shutdown_timeout))

    async def _accept_connection2(self, protocol_factory, conn, extra, sslcontext=None, server=None,
                                  ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT, ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        protocol = transport = None
        try:
            protocol = protocol_factory()
            waiter = self.create_future()
            if sslcontext:
                transport = self._make_ssl_transport(conn, protocol, sslcontext, waiter=waiter, server_side=True, extra=extra, server=server,
                                                     ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
            else:
                transport = self._make_socket_transport(conn, protocol, waiter=waiter, extra=extra, server=server)
            await self._wait_or_close(waiter, transport)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if self._debug:
                context = {"message": "Error on transport creation for incoming connection", "exception": e}
                if protocol is not None:
                    context["protocol"] = protocol
                if transport is not None:
                    context["transport"] = transport
                self.call_exception_handler(context)

    # ---- Files -------------------------------------------------------------------------------------------------------------------------

    def _ensure_fd_no_transport(self, fd):
        fileno = fd
        if not isinstance(fileno, int):
            try:
                fileno = int(fileno.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(fileno)
        if transport and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def _watch(self, fd, event, callback, args):
        """Have the callback called when the event comes, in place of what was called so far."""
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        key = self._selector.get_map().get(fd)
        if key is None:
            self._selector.register(fd, event, (handle, None) if event == selectors.EVENT_READ else (None, handle))
            return handle
        reader, writer = key.data
        if event == selectors.EVENT_READ:
            old, pair = reader, (handle, writer)
        else:
            old, pair = writer, (reader, handle)
        self._selector.modify(fd, key.events | event, pair)
        if old is not None:
            old.cancel()
        return handle

    def _unwatch(self, fd, event):
        """Return whether something was called for the event; it is not any more."""
        if self.is_closed():
            return False
        key = self._selector.get_map().get(fd)
        if key is None:
            return False
        reader, writer = key.data
        left = key.events & ~event
        if event == selectors.EVENT_READ:
            old, pair = reader, (None, writer)
        else:
            old, pair = writer, (reader, None)
        if left:
            self._selector.modify(fd, left, pair)
        else:
            self._selector.unregister(fd)
        if old is None:
            return False
        old.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._watch(fd, selectors.EVENT_READ, callback, args)

    def _remove_reader(self, fd):
        return self._unwatch(fd, selectors.EVENT_READ)

    def _add_writer(self, fd, callback, *args):
        return self._watch(fd, selectors.EVENT_WRITE, callback, args)

    def _remove_writer(self, fd):
        return self._unwatch(fd, selectors.EVENT_WRITE)

    def add_reader(self, fd, callback, *args):
        """Have callback(*args) called whenever fd can be read."""
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        """Call nothing any more when fd can be read; return whether something was."""
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Have callback(*args) called whenever fd can be written."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        """Call nothing any more when fd can be written; return whether something was."""
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & selectors.EVENT_READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fileobj)
                else:
                    self._add_callback(reader)
            if mask & selectors.EVENT_WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fileobj)
                else:
                    self._add_callback(writer)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    # ---- Operations of sockets ---------------------------------------------------------------------------------------------------------

    def _check_socket(self, sock):
        base_events._check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    async def _sock_operation(self, sock, operation, *args, writing=False):
        """operation(*args), a method of the socket by its name, or a function; when it would block, as soon as the socket is ready."""
        self._check_socket(sock)
        try:
            return self._sock_call(sock, operation, args)
        except (BlockingIOError, InterruptedError):
            pass
        future = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        watch, done = (self._add_writer, self._sock_write_done) if writing else (self._add_reader, self._sock_read_done)
        handle = watch(fd, self._sock_try, future, sock, operation, args)
        future.add_done_callback(lambda future: done(fd, future, handle=handle))
        return await future

    def _sock_call(self, sock, operation, args):
        return getattr(sock, operation)(*args) if isinstance(operation, str) else operation(*args)

    def _sock_try(self, future, sock, operation, args):
        if future.done():
            return
        try:
            result = self._sock_call(sock, operation, args)
        except (BlockingIOError, InterruptedError):
            return  # try again next time
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            future.set_exception(e)
        else:
            future.set_result(result)

    def _sock_read_done(self, fd, fut, handle=None):
        if handle is None or not handle.cancelled():
            self.remove_reader(fd)

    def _sock_write_done(self, fd, fut, handle=None):
        if handle is None or not handle.cancelled():
            self.remove_writer(fd)

    async def sock_recv(self, sock, n):
        """Receive at most n bytes."""
        return await self._sock_operation(sock, "recv", n)

    async def sock_recv_into(self, sock, buf):
        """Receive into a buffer; return how many bytes that were."""
        return await self._sock_operation(sock, "recv_into", buf)

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a datagram; return (bytes, address)."""
        return await self._sock_operation(sock, "recvfrom", bufsize)

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a datagram into a buffer; return (how many bytes, address)."""
        return await self._sock_operation(sock, "recvfrom_into", buf, nbytes or len(buf))

    async def sock_sendall(self, sock, data):
        """Send all of data."""
        at = 0

        def send():
            nonlocal at
            with view[at:] as rest:
                at += sock.send(rest)
            if at < len(view):
                raise BlockingIOError  # the rest when there is room
        with memoryview(data) as whole, whole.cast("B") as view:
            await self._sock_operation(sock, send if len(view) else lambda: None, writing=True)

    async def sock_sendto(self, sock, data, address):
        """Send a datagram; return how many bytes that were."""
        return await self._sock_operation(sock, "sendto", data, address, writing=True)

    async def sock_accept(self, sock):
        """Accept a connection; return (socket, address)."""
        def accept():
            conn, address = sock.accept()
            conn.setblocking(False)
            return conn, address
        return await self._sock_operation(sock, accept)

    async def sock_connect(self, sock, address):
        """Connect a socket."""
        self._check_socket(sock)
        if sock.family == socket.AF_INET or base_events._HAS_IPv6 and sock.family == socket.AF_INET6:
            infos = await self._ensure_resolved(address, family=sock.family, type=sock.type, proto=sock.proto, loop=self)
            _, _, _, _, address = infos[0]
        future = self.create_future()
        self._sock_connect(future, sock, address)
        try:
            return await future
        finally:
            future = None  # the traceback would hold it

    def _sock_connect(self, fut, sock, address):
        fd = sock.fileno()
        try:
            sock.connect(address)
        except (BlockingIOError, InterruptedError):
            # It goes on by itself; the socket can be written when it has ended
            self._ensure_fd_no_transport(fd)
            handle = self._add_writer(fd, self._sock_connect_cb, fut, sock, address)
            fut.add_done_callback(lambda future: self._sock_write_done(fd, future, handle=handle))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            fut.set_exception(e)
        else:
            fut.set_result(None)
        finally:
            fut = None

    def _sock_connect_cb(self, fut, sock, address):
        if fut.done():
            return
        try:
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error != 0:
                raise OSError(error, f"Connect call failed {address}")
        except (BlockingIOError, InterruptedError):
            pass
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            fut.set_exception(e)
        else:
            fut.set_result(None)
        finally:
            fut = None

    async def _sendfile_native(self, transp, file, offset, count):
        del self._transports[transp._sock_fd]  # so that the loop lets us have the descriptor
        resume = transp.is_reading()
        transp.pause_reading()
        await transp._make_empty_waiter()
        try:
            return await self.sock_sendfile(transp._sock, file, offset, count, fallback=False)
        finally:
            transp._reset_empty_waiter()
            if resume:
                transp.resume_reading()
            self._transports[transp._sock_fd] = transp
