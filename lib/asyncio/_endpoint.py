"""The transports of all that is a descriptor with a stream of bytes: sockets, pipes, terminals.

A Descriptor is open until close(), an error or the end of the input; then what is left to send is still sent (it is closing); then it
is lost: connection_lost() is called, and the file closed. An Endpoint, the one for streams, has a read side and a write side; of these
a pipe has one. A connection that only waits is to be small: what not every one needs is an attribute of the class until it is set.

The names of attributes are those that programs and tests know: _sock and _sock_fd, for pipes _pipe and _fileno; _buffer, what is to be
sent; _conn_lost, above zero when nothing is sent any more, and how often that was tried."""

import collections
import socket
import sys
from . import constants, futures, protocols, transports
from .log import logger

_PIECES_AT_ONCE = 64  # buffers given to one system call; every Unix takes 16, those of today 1024


def _bytes_view(data):
    """A view of data for later; a bytearray is copied, since it could not be resized meanwhile."""
    view = memoryview(bytes(data) if isinstance(data, bytearray) else data)
    return view if view.itemsize == 1 and view.ndim == 1 else view.cast("B")


class _FirstUse:
    """An attribute that an object gets when it is first asked for."""

    def __init__(self, make):
        self._make = make

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = self._make()
        setattr(obj, self._name, value)
        return value


class Descriptor(transports._FlowControlMixin):
    """The life of a transport that has a descriptor. Subclasses have _read_ready()."""

    max_size = 256 * 1024  # bytes read at a time
    _buffer = _FirstUse(collections.deque)  # what is to be sent, and how many bytes that is
    _size = 0
    _conn_lost = 0
    _lost_writes = ("selector_events", "socket.send() raised exception.")  # in the name of which module what is logged of them
    _paused = _closing = _over = False  # over: connection_lost() will be called, though nothing has failed (pipes)
    _has_input = True
    _server = None

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra, loop)
        self._sock, self._sock_fd = sock, sock.fileno()
        self.set_protocol(protocol)
        if server is not None:
            self._server = server
            server._attach(self)

    def _begin(self, waiter):
        try:
            self._protocol.connection_made(self)
        finally:
            self._watch_input()
            if waiter is not None:
                futures._set_result_unless_cancelled(waiter, None)

    def _watch_input(self):
        if self._has_input:
            try:
                self._add_reader(self._sock_fd, self._read_ready)
            except OSError as error:  # the system has no room for it: nothing would ever come
                details = {"message": "Fatal error: the transport cannot be watched", "exception": error, "transport": self, "protocol": self._protocol}
                self._loop.call_exception_handler(details)
                self._force_close(error)

    def _add_reader(self, fd, callback):
        if not (self._closing or self._paused):
            self._loop._add_reader(fd, callback)

    def __repr__(self):
        parts = [type(self).__name__, *(["closed"] if self._sock is None else ["closing"] if self._closing else []), f"fd={self._sock_fd}"]
        if self._loop is not None and not self._loop.is_closed():
            parts += self._side_parts(*self._loop._get_watch(self._sock_fd))
        else:
            parts += self._closed_parts()
        return f"<{' '.join(parts)}>"

    def _side_parts(self, *handles):
        reads, writes = ("idle" if handle is None else "polling" for handle in handles)
        return [f"read={reads}", f"write=<{writes}, bufsize={self.get_write_buffer_size()}>"]

    def _closed_parts(self):
        return []

    def __del__(self):
        if getattr(self, "_sock", None) is not None:
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._release()

    def _release(self):
        """Close the file; nothing is held any more, and the descriptor may become that of another one."""
        self._closing = True
        server, self._server = self._server, None
        file, self._sock = self._sock, None
        file.close()
        if server is not None:
            server._detach(self)

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol = protocol

    def get_protocol(self):
        """Return the protocol."""
        return self._protocol

    def is_closing(self):
        """Return whether it is closed, or about to be."""
        return self._closing

    def is_reading(self):
        """Return whether it receives now."""
        return not (self._closing or self._paused)

    def get_write_buffer_size(self):
        """Return how many bytes wait to be sent."""
        return self._size

    def close(self):
        """Close it, when all is sent."""
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._sock_fd)
        if not self._buffer:
            self._conn_lost += 1
            self._loop._remove_writer(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        """Close it at once; what was not sent is dropped."""
        self._force_close(None)

    def _force_close(self, error):
        """The connection is over, whatever was to be sent: the protocol will be told."""
        if self._conn_lost:
            return
        if self._buffer:
            self._drop()
            self._loop._remove_writer(self._sock_fd)
        if not self._closing:
            self._closing = True
            self._loop._remove_reader(self._sock_fd)
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, error)

    def _drop(self):
        self._buffer.clear()
        self._size = 0

    def _call_connection_lost(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            if self._sock is not None:
                self._release()
            self._loop = self._protocol = None

    def _count_lost_write(self):
        if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            module, text = self._lost_writes
            sys.modules[f"{__package__}.{module}"].logger.warning(text)
        self._conn_lost += 1

    def _fatal_error(self, error, message="Fatal error on transport"):
        """An error that ends the connection. What a connection may well come to is not told of, but in debug mode."""
        if self._is_usual(error):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            details = {"message": message, "exception": error, "transport": self, "protocol": self._protocol}
            self._loop.call_exception_handler(details)
        self._force_close(error)

    def _is_usual(self, error):
        return isinstance(error, OSError)


class Endpoint(Descriptor):
    """A stream of bytes. Subclasses say how they are read, _read(count) and _read_into(buffer), and how the writing direction is ended,
    _end_output(); _write_ready() is called when there is room for more."""

    _kind = "socket"
    _strict = True  # an exception of the protocol's is the end of the connection
    _input_ended = _eof = False  # the end was read; write_eof() was called
    _empty_waiter, _all_sent = None, None  # sendfile() has borrowed it; what that waits for

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol, self._buffered = protocol, isinstance(protocol, protocols.BufferedProtocol)

    def _call_connection_lost(self, error):
        try:
            super()._call_connection_lost(error)
        finally:
            if self._all_sent is not None and not self._all_sent.done():
                self._all_sent.set_exception(error or ConnectionError("Connection is closed by peer"))

    def _debug(self, message):
        if self._loop.get_debug():
            logger.debug(message, self)

    # ---- The read side ---------------------------------------------------------------------------------------------------------------

    def pause_reading(self):
        """Receive nothing until resume_reading()."""
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._sock_fd)
            self._debug("%r pauses reading")

    def resume_reading(self):
        """Receive again."""
        if self._paused and not self._closing:
            self._paused = False
            if not self._input_ended:
                self._watch_input()
            self._debug("%r resumes reading")

    def _read_ready(self):
        """There is something to read, or the end."""
        if self._conn_lost:
            return
        protocol, step = self._protocol, "read"
        try:
            if self._buffered:
                step = "get_buffer"
                buffer = protocol.get_buffer(-1)
                if not len(buffer):
                    raise RuntimeError("get_buffer() returned an empty buffer")
                step = "read"
                count = self._read_into(buffer)
                if count:
                    step = "buffer_updated"
                    protocol.buffer_updated(count)
                    return
            else:
                data = self._read(self.max_size)
                if data:
                    step = "data_received"
                    protocol.data_received(data)
                    return
            step = "eof_received"
            self._debug("%r received EOF")
            self._end_input()
        except BaseException as error:
            self._read_failed(step, error)

    def _read_failed(self, step, error):
        if isinstance(error, (SystemExit, KeyboardInterrupt)) or step != "read" and not self._strict:
            raise error
        if step != "read":
            self._fatal_error(error, f"Fatal error: protocol.{step}() call failed.")
        elif not isinstance(error, (BlockingIOError, InterruptedError)):
            self._fatal_error(error, f"Fatal read error on {self._kind} transport")

    def _end_input(self):
        if self._protocol.eof_received():  # it goes on sending
            self._input_ended = True
            self._loop._remove_reader(self._sock_fd)
        else:
            self.close()

    # ---- The write side --------------------------------------------------------------------------------------------------------------

    def _may_write(self, method):
        """Can something be sent? RuntimeError: it was not to be tried."""
        if self._eof:
            raise RuntimeError(f"Cannot call {method}() after write_eof()")
        if self._empty_waiter is not None:
            raise RuntimeError(f"unable to {method}; sendfile is in progress")
        return not self._conn_lost

    @staticmethod
    def _check_data(data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")

    def _attempt(self, write, data):
        """What write(data) returns, how many bytes were sent; None: the connection is over."""
        try:
            return write(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            self._write_failed(error)
            return None

    def _write_failed(self, error):
        self._fatal_error(error, f"Fatal write error on {self._kind} transport")

    def _written(self):
        """Something was sent, perhaps all."""
        self._maybe_resume_protocol()  # which may write more, or close
        if self._buffer or self._conn_lost or self._over:
            return
        self._size = 0
        self._loop._remove_writer(self._sock_fd)
        if self._all_sent is not None and not self._all_sent.done():
            self._all_sent.set_result(None)
        if self._closing:
            self._call_connection_lost(None)
        elif self._eof:
            self._end_output()

    def can_write_eof(self):
        """Return whether write_eof() can be used: True."""
        return True

    def write_eof(self):
        """Send no more, once all is sent."""
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            self._end_output()

    # sendfile() borrows the file: from when all is sent, until it is given back, nothing else is written

    async def _lend(self):
        """Wait until all is sent; return the file."""
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        self._empty_waiter = True
        try:
            if self._buffer:
                self._all_sent = self._loop.create_future()
                await self._all_sent
            return self._sock
        except BaseException:
            self._empty_waiter = None
            raise
        finally:
            self._all_sent = None

    def _give_back(self):
        self._empty_waiter = None


# ---- Sockets ---------------------------------------------------------------------------------------------------------------------------

_HAS_SENDMSG = hasattr(socket.socket, "sendmsg")


def _set_nodelay(sock):
    """What is written in pieces goes at once."""
    if sock.proto == socket.IPPROTO_TCP and sock.type == socket.SOCK_STREAM and sock.family in (socket.AF_INET, socket.AF_INET6):
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:  # it works without
            pass


_OF_SOCKETS = ("socket", "sockname", "peername")


class SocketInfo:
    """What get_extra_info() knows of a socket: asked of it when the program first wants to know, or before it is closed."""

    _peername = None  # if that is known from the beginning

    def _know_extra(self, extra):
        """What is known already: extra of __init__()."""
        self._extra = None
        if extra:
            self._peername = extra.get("peername")
            if len(extra) > 1 or self._peername is None:
                self._fill_extra(extra)

    def _fill_extra(self, given=()):
        from .trsock import TransportSocket
        sock = self._sock
        known = self._extra = {"socket": TransportSocket(sock), "peername": self._peername, **dict(given)}
        for name, ask in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
            if known.get(name) is None:
                try:
                    known[name] = ask()
                except OSError:
                    known[name] = None
        return known

    def get_extra_info(self, name, default=None):
        extra = self._extra
        if extra is None:
            if name not in _OF_SOCKETS:
                return default
            extra = self._fill_extra()
        return extra.get(name, default)

    get_extra_info.__doc__ = transports.BaseTransport.get_extra_info.__doc__

    def _release(self):
        if self._extra is None:
            self._fill_extra()
        super()._release()


class _SelectorTransport(SocketInfo, Descriptor):
    """A socket, of streams or datagrams."""

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(loop, sock, protocol, None, server)
        self._know_extra(extra)
        loop._transports[self._sock_fd] = self


class _SelectorSocketTransport(_SelectorTransport, Endpoint):
    """A connected socket."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(loop, sock, protocol, extra, server)
        _set_nodelay(sock)
        loop.call_soon(self._begin, waiter)

    def _read(self, count):
        return self._sock.recv(count)

    def _read_into(self, buffer):
        return self._sock.recv_into(buffer)

    def _end_output(self):
        self._sock.shutdown(socket.SHUT_WR)

    def write(self, data):
        """Send data, now or when there is room."""
        self._check_data(data)
        if self._eof or self._empty_waiter is not None or self._conn_lost:
            if not self._may_write("write") and data:
                self._count_lost_write()
            return
        if not data:
            return
        if self._buffer:
            self._keep(_bytes_view(data))
        else:
            sent = self._attempt(self._sock.send, data)
            if sent is None or sent == (data.nbytes if isinstance(data, memoryview) else len(data)):
                return
            self._keep(_bytes_view(data)[sent:])
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._maybe_pause_protocol()

    def writelines(self, list_of_data):
        """Send all of the pieces."""
        able, pieces = self._may_write("writelines"), [_bytes_view(data) for data in list_of_data]
        if not able:
            if pieces:
                self._count_lost_write()
            return
        waits = bool(self._buffer)
        for piece in pieces:
            self._keep(piece)
        if not self._buffer:
            return
        if not waits:
            self._write_ready()
            if self._conn_lost or not self._buffer:
                return
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._maybe_pause_protocol()

    def _keep(self, view):
        if view.nbytes:
            self._buffer.append(view)
            self._size += view.nbytes

    # There is room for more: one piece is sent, or many at once

    def _write_ready(self):
        if _HAS_SENDMSG and len(self._buffer) > 1:
            self._write_sendmsg()
        else:
            self._write_send()

    def _write_send(self):
        assert self._buffer, "Data should not be empty"
        if not self._conn_lost:
            self._sent(self._attempt(self._sock.send, self._buffer[0]))

    def _write_sendmsg(self):
        assert self._buffer, "Data should not be empty"
        if not self._conn_lost:
            self._sent(self._attempt(self._sock.sendmsg, [piece for piece, _ in zip(self._buffer, range(_PIECES_AT_ONCE))]))

    def _sent(self, count):
        pieces = self._buffer
        if count is None:
            self._drop()
            return
        self._size -= count
        while count:
            first = pieces.popleft()
            if len(first) > count:
                pieces.appendleft(first[count:])
                break
            count -= len(first)
        self._written()

    def _write_failed(self, error):
        self._loop._remove_writer(self._sock_fd)
        super()._write_failed(error)


async def wait_or_close(ready, transport):
    """Wait until a transport has begun; if that fails, close it."""
    try:
        await ready
    except BaseException:
        transport.close()
        raise


# ---- For loops: what makes transports --------------------------------------------------------------------------------------------------

def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
    self._ensure_fd_no_transport(sock)
    return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)


def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False, server_hostname=None, extra=None,
                        server=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    self._ensure_fd_no_transport(rawsock)
    from .sslproto import SSLProtocol
    wire = SSLProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
                       ssl_shutdown_timeout=ssl_shutdown_timeout)
    _SelectorSocketTransport(self, rawsock, wire, None, extra, server)
    return wire._app_transport
