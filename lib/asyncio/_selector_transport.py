"""Transports over sockets, for loops with a selector."""

import collections
import os
import selectors
import socket
import warnings
from itertools import islice
from . import constants, futures, protocols, transports
from .log import logger

_HAS_SENDMSG = hasattr(socket.socket, "sendmsg")
try:
    SC_IOV_MAX = os.sysconf("SC_IOV_MAX")
except (OSError, ValueError, AttributeError):
    SC_IOV_MAX = 16  # what every system has (POSIX, _XOPEN_IOV_MAX)


def _kept(data):
    """A view of data for later; a bytearray is copied, since it could not be resized meanwhile."""
    return memoryview(bytes(data) if isinstance(data, bytearray) else data)


def _test_selector_event(selector, fd, event):
    """Is fd watched for the event?"""
    try:
        key = selector.get_key(fd)
    except KeyError:
        return False
    return bool(key.events & event)


class _SelectorTransport(transports._FlowControlMixin, transports.Transport):
    """What transports over sockets have in common."""

    max_size = 256 * 1024  # bytes of one recv()
    _buffer_factory = bytearray
    _sock = None

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra, loop)
        from .trsock import TransportSocket
        self._extra["socket"] = TransportSocket(sock)
        try:
            self._extra["sockname"] = sock.getsockname()
        except OSError:
            self._extra["sockname"] = None
        if "peername" not in self._extra:
            try:
                self._extra["peername"] = sock.getpeername()
            except socket.error:
                self._extra["peername"] = None
        self._sock, self._sock_fd = sock, sock.fileno()
        self._protocol_connected = False
        self.set_protocol(protocol)
        self._server = server
        self._buffer = collections.deque()
        self._conn_lost = 0  # how many calls came since the connection was lost
        self._closing = self._paused = False
        if server is not None:
            server._attach(self)
        loop._transports[self._sock_fd] = self

    def __repr__(self):
        info = [self.__class__.__name__]
        if self._sock is None:
            info.append("closed")
        elif self._closing:
            info.append("closing")
        info.append(f"fd={self._sock_fd}")
        if self._loop is not None and not self._loop.is_closed():
            selector = self._loop._selector
            info.append("read=polling" if _test_selector_event(selector, self._sock_fd, selectors.EVENT_READ) else "read=idle")
            state = "polling" if _test_selector_event(selector, self._sock_fd, selectors.EVENT_WRITE) else "idle"
            info.append(f"write=<{state}, bufsize={self.get_write_buffer_size()}>")
        return f"<{' '.join(info)}>"

    def abort(self):
        """Close the transport at once; what was not sent is dropped."""
        self._force_close(None)

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol, self._protocol_connected = protocol, True

    def get_protocol(self):
        """Return the protocol."""
        return self._protocol

    def is_closing(self):
        """Return whether it is closed, or about to be."""
        return self._closing

    def is_reading(self):
        return not self.is_closing() and not self._paused

    def pause_reading(self):
        if not self.is_reading():
            return
        self._paused = True
        self._loop._remove_reader(self._sock_fd)
        if self._loop.get_debug():
            logger.debug("%r pauses reading", self)

    def resume_reading(self):
        if self._closing or not self._paused:
            return
        self._paused = False
        self._add_reader(self._sock_fd, self._read_ready)
        if self._loop.get_debug():
            logger.debug("%r resumes reading", self)

    def close(self):
        """Close the transport, when all is sent."""
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._sock_fd)
        if not self._buffer:
            self._conn_lost += 1
            self._loop._remove_writer(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def __del__(self, _warn=warnings.warn):
        if self._sock is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()
            if self._server is not None:
                self._server._detach(self)

    def _fatal_error(self, exc, message="Fatal error on transport"):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({"message": message, "exception": exc, "transport": self, "protocol": self._protocol})
        self._force_close(exc)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        if self._buffer:
            self._buffer.clear()
            self._loop._remove_writer(self._sock_fd)
        if not self._closing:
            self._closing = True
            self._loop._remove_reader(self._sock_fd)
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, exc)

    def _call_connection_lost(self, exc):
        try:
            if self._protocol_connected:
                self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = self._protocol = self._loop = None
            server = self._server
            if server is not None:
                server._detach(self)
                self._server = None

    def get_write_buffer_size(self):
        """Return how many bytes wait to be sent."""
        return sum(map(len, self._buffer))

    def _add_reader(self, fd, callback, *args):
        if self.is_reading():
            self._loop._add_reader(fd, callback, *args)

    def _count_lost_write(self):
        if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning("socket.send() raised exception.")
        self._conn_lost += 1


class _SelectorSocketTransport(_SelectorTransport):
    """A stream's transport."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._read_ready_cb = None
        super().__init__(loop, sock, protocol, extra, server)
        self._eof = False
        self._empty_waiter = None
        self._write_ready = self._write_sendmsg if _HAS_SENDMSG else self._write_send
        from .base_events import _set_nodelay
        _set_nodelay(self._sock)  # what is written in pieces goes at once
        loop.call_soon(protocol.connection_made, self)
        loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)  # not before connection_made()
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def set_protocol(self, protocol):
        buffered = isinstance(protocol, protocols.BufferedProtocol)
        self._read_ready_cb = self._read_ready__get_buffer if buffered else self._read_ready__data_received
        super().set_protocol(protocol)

    def _read_ready(self):
        self._read_ready_cb()

    def _read_ready__get_buffer(self):
        if self._conn_lost:
            return
        try:
            buffer = self._protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError("get_buffer() returned an empty buffer")
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.get_buffer() call failed.")
            return
        try:
            count = self._sock.recv_into(buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on socket transport")
            return
        if not count:
            self._read_ready__on_eof()
            return
        try:
            self._protocol.buffer_updated(count)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.buffer_updated() call failed.")

    def _read_ready__data_received(self):
        if self._conn_lost:
            return
        try:
            data = self._sock.recv(self.max_size)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on socket transport")
            return
        if not data:
            self._read_ready__on_eof()
            return
        try:
            self._protocol.data_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.data_received() call failed.")

    def _read_ready__on_eof(self):
        if self._loop.get_debug():
            logger.debug("%r received EOF", self)
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.eof_received() call failed.")
            return
        if keep_open:
            self._loop._remove_reader(self._sock_fd)  # or it would be called again and again
        else:
            self.close()

    def write(self, data):
        """Send data, now or when there is room."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._empty_waiter is not None:
            raise RuntimeError("unable to write; sendfile is in progress")
        if not data:
            return
        if self._conn_lost:
            self._count_lost_write()
            return
        if not self._buffer:
            try:
                sent = self._sock.send(data)
            except (BlockingIOError, InterruptedError):
                data = _kept(data)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                self._fatal_error(e, "Fatal write error on socket transport")
                return
            else:
                if sent == len(data):
                    return
                data = _kept(data)[sent:]
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer.append(_kept(data))
        self._maybe_pause_protocol()

    def _get_sendmsg_buffer(self):
        return islice(self._buffer, SC_IOV_MAX)

    def _write_sendmsg(self):
        assert self._buffer, "Data should not be empty"
        if self._conn_lost:
            return
        try:
            sent = self._sock.sendmsg(self._get_sendmsg_buffer())
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._write_failed(e)
            return
        self._adjust_leftover_buffer(sent)
        self._written()

    def _adjust_leftover_buffer(self, nbytes):
        buffer = self._buffer
        while nbytes:
            piece = buffer.popleft()
            if len(piece) > nbytes:
                buffer.appendleft(memoryview(piece)[nbytes:])
                break
            nbytes -= len(piece)

    def _write_send(self):
        assert self._buffer, "Data should not be empty"
        if self._conn_lost:
            return
        try:
            piece = self._buffer.popleft()
            sent = self._sock.send(piece)
            if sent != len(piece):
                self._buffer.appendleft(piece[sent:])
        except (BlockingIOError, InterruptedError):
            self._buffer.appendleft(piece)
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._write_failed(e)
            return
        self._written()

    def _write_failed(self, error):
        self._loop._remove_writer(self._sock_fd)
        self._buffer.clear()
        self._fatal_error(error, "Fatal write error on socket transport")
        if self._empty_waiter is not None:
            self._empty_waiter.set_exception(error)

    def _written(self):
        """Some was sent: what follows when all is."""
        self._maybe_resume_protocol()  # which may write more
        if self._buffer:
            return
        self._loop._remove_writer(self._sock_fd)
        if self._empty_waiter is not None:
            self._empty_waiter.set_result(None)
        if self._closing:
            self._call_connection_lost(None)
        elif self._eof:
            self._sock.shutdown(socket.SHUT_WR)

    def write_eof(self):
        """Send no more, once all is sent."""
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            self._sock.shutdown(socket.SHUT_WR)

    def writelines(self, list_of_data):
        """Send all of the pieces."""
        if self._eof:
            raise RuntimeError("Cannot call writelines() after write_eof()")
        if self._empty_waiter is not None:
            raise RuntimeError("unable to writelines; sendfile is in progress")
        if not list_of_data:
            return
        if self._conn_lost:
            self._count_lost_write()
            return
        self._buffer.extend([_kept(data) for data in list_of_data])
        self._write_ready()
        if self._buffer:
            self._loop._add_writer(self._sock_fd, self._write_ready)
            self._maybe_pause_protocol()

    def can_write_eof(self):
        """True."""
        return True

    def _call_connection_lost(self, exc):
        try:
            super()._call_connection_lost(exc)
        finally:
            self._write_ready = None  # a bound method: it would hold the transport
            if self._empty_waiter is not None:
                self._empty_waiter.set_exception(ConnectionError("Connection is closed by peer"))

    def _make_empty_waiter(self):
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        self._empty_waiter = self._loop.create_future()
        if not self._buffer:
            self._empty_waiter.set_result(None)
        return self._empty_waiter

    def _reset_empty_waiter(self):
        self._empty_waiter = None

    def close(self):
        self._read_ready_cb = None
        super().close()

    close.__doc__ = _SelectorTransport.close.__doc__


class _SelectorDatagramTransport(_SelectorTransport, transports.DatagramTransport):
    """A datagram socket's transport."""

    _buffer_factory = collections.deque

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._buffer_size = 0
        loop.call_soon(protocol.connection_made, self)
        loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def get_write_buffer_size(self):
        return self._buffer_size

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, addr = self._sock.recvfrom(self.max_size)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as e:
            self._protocol.error_received(e)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on datagram transport")
        else:
            self._protocol.datagram_received(data, addr)

    def _send_one(self, data, addr):
        if self._extra["peername"]:
            self._sock.send(data)
        else:
            self._sock.sendto(data, addr)

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
        if self._conn_lost and self._address:
            self._count_lost_write()
            return
        if not self._buffer:
            try:
                self._send_one(data, addr)
                return
            except (BlockingIOError, InterruptedError):
                self._loop._add_writer(self._sock_fd, self._sendto_ready)
            except OSError as e:
                self._protocol.error_received(e)
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                self._fatal_error(e, "Fatal write error on datagram transport")
                return
        self._buffer.append((bytes(data), addr))  # what the caller has may change
        self._buffer_size += len(data)
        self._maybe_pause_protocol()

    def _sendto_ready(self):
        while self._buffer:
            data, addr = self._buffer.popleft()
            self._buffer_size -= len(data)
            try:
                self._send_one(data, addr)
            except (BlockingIOError, InterruptedError):
                self._buffer.appendleft((data, addr))
                self._buffer_size += len(data)
                break
            except OSError as e:
                self._protocol.error_received(e)
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                self._fatal_error(e, "Fatal write error on datagram transport")
                return
        self._maybe_resume_protocol()
        if not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)
