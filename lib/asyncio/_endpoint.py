"""The transports of all that is a descriptor with a stream of bytes: sockets, pipes, terminals.

A Descriptor is open until close(), an error or the end of the input; then what is left to send is still sent (it is closing); then it
is lost: connection_lost() is called, and the file closed. An Endpoint, the one for streams, has a read side and a write side; of these
a pipe has one."""

import collections
import os
import socket
import stat
import sys
from . import constants, futures, protocols, transports
from .log import logger

_PIECES_AT_ONCE = 64  # buffers given to one system call; every Unix takes 16, those of today 1024


def _bytes_view(data):
    """A view of data for later; a bytearray is copied, since it could not be resized meanwhile."""
    view = memoryview(bytes(data) if isinstance(data, bytearray) else data)
    return view if view.itemsize == 1 and view.ndim == 1 else view.cast("B")


class Descriptor(transports._FlowControlMixin):
    """The life of a transport that has a descriptor. Subclasses have _readable() and _pieces, what is to be sent."""

    max_size = 256 * 1024  # bytes read at a time
    _lost_write_warning = "socket.send() raised exception."
    _lost_at_end = 1  # what is counted as a lost write when it is closed well
    _has_input = True

    def __init__(self, loop, file, protocol, waiter=None, extra=None, server=None):
        super().__init__(extra, loop)
        self._file, self._fd, self._server = file, file.fileno(), server
        self._pieces, self._size = collections.deque(), 0  # what is to be sent, and how many bytes that is
        self._paused = self._closing = self._lost = False
        self._lost_writes = 0
        self.set_protocol(protocol)
        if server is not None:
            server._attach(self)
        loop.call_soon(self._begin, waiter)

    def _begin(self, waiter):
        try:
            self._protocol.connection_made(self)
        finally:
            self._watch_input()
            if waiter is not None:
                futures._set_result_unless_cancelled(waiter, None)

    def _watch_input(self):
        if self._has_input and not (self._closing or self._paused):
            try:
                self._loop._add_reader(self._fd, self._readable)
            except OSError as error:  # the system has no room for it: nothing would ever come
                details = {"message": "Fatal error: the transport cannot be watched", "exception": error, "transport": self, "protocol": self._protocol}
                self._loop.call_exception_handler(details)
                self._lose(error)

    def __repr__(self):
        parts = [type(self).__name__, *(["closed"] if self._file is None else ["closing"] if self._closing else []), f"fd={self._fd}"]
        if self._loop is not None and not self._loop.is_closed():
            parts += self._side_parts(self._loop._watches.get(self._fd))
        else:
            parts += self._closed_parts()
        return f"<{' '.join(parts)}>"

    def _side_parts(self, watch):
        reads, writes = ("polling" if getattr(watch, side, None) is not None else "idle" for side in ("reader", "writer"))
        return [f"read={reads}", f"write=<{writes}, bufsize={self._size}>"]

    def _closed_parts(self):
        return []

    def __del__(self):
        if getattr(self, "_file", None) is not None:
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._release()

    def _release(self):
        """Close the file; nothing is held any more."""
        server, self._server = self._server, None
        file, self._file = self._file, None
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

    def get_write_buffer_size(self):
        """Return how many bytes wait to be sent."""
        return self._size

    def close(self):
        """Close it, when all is sent."""
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._fd)
        if not self._pieces:
            self._lose(None)

    def abort(self):
        """Close it at once; what was not sent is dropped."""
        self._lose(None)

    def _lose(self, error):
        """The connection is over: the protocol will be told."""
        if self._lost:
            return
        self._lost = self._closing = True
        self._lost_writes, self._size = (self._lost_at_end if error is None else 1), 0
        self._pieces.clear()
        self._loop._remove_reader(self._fd)
        self._loop._remove_writer(self._fd)
        self._loop.call_soon(self._tell_lost, error)

    def _tell_lost(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._release()
            self._loop = self._protocol = None

    def _count_lost_write(self):
        if self._lost_writes >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning(self._lost_write_warning)
        self._lost_writes += 1

    def _fail(self, error, message):
        """An error that ends the connection. What a connection may well come to is not told of, but in debug mode."""
        if self._is_usual(error):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            details = {"message": message, "exception": error, "transport": self, "protocol": self._protocol}
            self._loop.call_exception_handler(details)
        self._lose(error)

    def _is_usual(self, error):
        return isinstance(error, OSError)


class Endpoint(Descriptor):
    """A stream of bytes. Subclasses say how they are read, _read(count) and _read_into(buffer), and written, _write(data) and
    _write_pieces(pieces); _end_output() ends that direction."""

    _kind = "socket"
    _strict = True  # an exception of the protocol's is the end of the connection
    _input_ended = _output_ended = False  # the end was read; write_eof() was called
    _lent, _all_sent = False, None  # to sendfile(), and what that waits for

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol, self._buffered = protocol, isinstance(protocol, protocols.BufferedProtocol)

    def _tell_lost(self, error):
        try:
            super()._tell_lost(error)
        finally:
            if self._all_sent is not None and not self._all_sent.done():
                self._all_sent.set_exception(error or ConnectionError("Connection is closed by peer"))

    def _debug(self, message):
        if self._loop.get_debug():
            logger.debug(message, self)

    # ---- The read side ---------------------------------------------------------------------------------------------------------------

    def is_reading(self):
        """Return whether it receives now."""
        return not (self._closing or self._paused)

    def pause_reading(self):
        """Receive nothing until resume_reading()."""
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._fd)
            self._debug("%r pauses reading")

    def resume_reading(self):
        """Receive again."""
        if self._paused and not self._closing:
            self._paused = False
            if not self._input_ended:
                self._watch_input()
            self._debug("%r resumes reading")

    def _readable(self):
        """There is something to read, or the end."""
        if self._lost:
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
            self._fail(error, f"Fatal error: protocol.{step}() call failed.")
        elif not isinstance(error, (BlockingIOError, InterruptedError)):
            self._fail(error, f"Fatal read error on {self._kind} transport")

    def _end_input(self):
        if self._protocol.eof_received():  # it goes on sending
            self._input_ended = True
            self._loop._remove_reader(self._fd)
        else:
            self.close()

    # ---- The write side --------------------------------------------------------------------------------------------------------------

    def _may_write(self, method):
        """Can something be sent? RuntimeError: it was not to be tried."""
        if self._output_ended:
            raise RuntimeError(f"Cannot call {method}() after write_eof()")
        if self._lent:
            raise RuntimeError(f"unable to {method}; sendfile is in progress")
        return not self._lost

    def write(self, data):
        """Send data, now or when there is room."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if not self._may_write("write"):
            if data:
                self._count_lost_write()
            return
        if not data:
            return
        if self._pieces:
            self._keep(_bytes_view(data))
        else:
            sent = self._attempt(self._write, data)
            if sent is not None and sent < (data.nbytes if isinstance(data, memoryview) else len(data)):
                self._loop._add_writer(self._fd, self._writable)
                self._keep(_bytes_view(data)[sent:])
        self._maybe_pause_protocol()

    def writelines(self, list_of_data):
        """Send all of the pieces."""
        able, pieces = self._may_write("writelines"), [_bytes_view(data) for data in list_of_data]
        if not able:
            if pieces:
                self._count_lost_write()
            return
        waits = bool(self._pieces)
        for piece in pieces:
            self._keep(piece)
        if self._pieces and not waits and self._flush() and self._pieces:
            self._loop._add_writer(self._fd, self._writable)
        if not self._lost:
            self._maybe_pause_protocol()

    def _keep(self, view):
        if view.nbytes:
            self._pieces.append(view)
            self._size += view.nbytes

    def _attempt(self, write, data):
        """What write(data) returns, how many bytes were sent; None: the connection is over."""
        try:
            return write(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            self._fail(error, f"Fatal write error on {self._kind} transport")
            return None

    def _flush(self):
        """Send of the pieces what there is room for. False: the connection is over."""
        pieces = self._pieces
        if len(pieces) == 1:
            sent = self._attempt(self._write, pieces[0])
        else:
            sent = self._attempt(self._write_pieces, [piece for piece, _ in zip(pieces, range(_PIECES_AT_ONCE))])
        if sent is None:
            return False
        self._size -= sent
        while sent:
            first = pieces.popleft()
            if len(first) > sent:
                pieces.appendleft(first[sent:])
                break
            sent -= len(first)
        return True

    def _writable(self):
        """There is room for more."""
        if self._lost or not self._flush():
            return
        self._maybe_resume_protocol()  # which may write more
        if self._pieces:
            return
        self._loop._remove_writer(self._fd)
        if self._all_sent is not None and not self._all_sent.done():
            self._all_sent.set_result(None)
        if self._closing:
            self._lose(None)
        elif self._output_ended:
            self._end_output()

    def can_write_eof(self):
        """Return whether write_eof() can be used: True."""
        return True

    def write_eof(self):
        """Send no more, once all is sent."""
        if self._closing or self._output_ended:
            return
        self._output_ended = True
        if not self._pieces:
            self._end_output()

    # sendfile() borrows the file: from when all is sent, until it is given back, nothing else is written

    async def _lend(self):
        """Wait until all is sent; return the file."""
        if self._lent:
            raise RuntimeError("Empty waiter is already set")
        self._lent = True
        try:
            if self._pieces:
                self._all_sent = self._loop.create_future()
                await self._all_sent
            return self._file
        except BaseException:
            self._lent = False
            raise
        finally:
            self._all_sent = None

    def _give_back(self):
        self._lent = False


_HAS_SENDMSG = hasattr(socket.socket, "sendmsg")


# ---- Sockets ---------------------------------------------------------------------------------------------------------------------------

def _set_nodelay(sock):
    """What is written in pieces goes at once."""
    if sock.type == socket.SOCK_STREAM and sock.proto == socket.IPPROTO_TCP and sock.family in (socket.AF_INET, socket.AF_INET6):
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:  # it works without
            pass


def socket_extra(sock, extra):
    """What get_extra_info() knows of a socket, besides extra."""
    from .trsock import TransportSocket
    known = {"socket": TransportSocket(sock), **(extra or {})}
    for name, ask in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
        if name not in known:
            try:
                known[name] = ask()
            except OSError:
                known[name] = None
    return known


class _SelectorSocketTransport(Endpoint):
    """A connected socket."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(loop, sock, protocol, waiter, socket_extra(sock, extra), server)
        self._read, self._read_into, self._write = sock.recv, sock.recv_into, sock.send
        self._write_pieces = sock.sendmsg if _HAS_SENDMSG else lambda pieces: sock.send(b"".join(pieces))
        loop._transports[self._fd] = self
        _set_nodelay(sock)

    def _end_output(self):
        self._file.shutdown(socket.SHUT_WR)

    def _release(self):
        super()._release()
        self._read = self._read_into = self._write = self._write_pieces = None


# ---- Pipes -----------------------------------------------------------------------------------------------------------------------------

class _Pipe(Endpoint):
    """What the two ends of pipes have in common. pipe: an open file."""

    _kind = "pipe"
    _lost_write_warning = "pipe closed by peer or os.write(pipe, data) raised exception."
    _strict, _lost_at_end = False, 0
    _refusal = ""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        mode = os.fstat(pipe.fileno()).st_mode
        self._is_terminal = stat.S_ISCHR(mode)
        if not (self._is_terminal or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
            raise ValueError(self._refusal)
        os.set_blocking(pipe.fileno(), False)
        super().__init__(loop, pipe, protocol, waiter, {**(extra or {}), "pipe": pipe})

    def _closed_parts(self):
        return ["closed" if self._file is None else "open"]

    def _read(self, count):
        return os.read(self._fd, count)

    def _read_into(self, buffer):
        return os.readv(self._fd, [buffer])

    def _write(self, data):
        return os.write(self._fd, data)

    def _write_pieces(self, pieces):
        return os.writev(self._fd, pieces)


class _UnixReadPipeTransport(_Pipe):
    """The end of a pipe that is read."""

    _refusal = "Pipe transport is for pipes/sockets only."

    def _side_parts(self, watch):
        return ["polling" if watch is not None and watch.reader is not None else "idle"]

    def _is_usual(self, error):
        import errno
        return isinstance(error, OSError) and error.errno == errno.EIO  # a terminal's other end was closed

    def _end_input(self):
        self._loop.call_soon(self._protocol.eof_received)
        self._lose(None)


class _UnixWritePipeTransport(_Pipe):
    """The end of a pipe that is written."""

    _refusal = "Pipe transport is only for pipes, sockets and character devices"

    def _side_parts(self, watch):
        return ["polling" if watch is not None and watch.writer is not None else "idle", f"bufsize={self._size}"]

    @property
    def _has_input(self):
        return not self._is_terminal and not sys.platform.startswith("aix")  # it can be "read" when nobody reads it any more

    def _readable(self):
        self._debug("%r was closed by peer")
        self._lose(BrokenPipeError() if self._pieces else None)

    def _may_write(self, method):
        return not self._lent and not self._closing

    def write_eof(self):
        """The same as close()."""
        self.close()


async def _connect_pipe(loop, kind, protocol_factory, pipe, name):
    protocol, ready = protocol_factory(), loop.create_future()
    transport = kind(loop, pipe, protocol, ready)
    await wait_or_close(ready, transport)
    if loop.get_debug():
        logger.debug("%s pipe %r connected: (%r, %r)", name, pipe.fileno(), transport, protocol)
    return transport, protocol


async def connect_read_pipe(self, protocol_factory, pipe):
    """Read from a pipe, an open file; return (transport, protocol)."""
    return await _connect_pipe(self, _UnixReadPipeTransport, protocol_factory, pipe, "Read")


async def connect_write_pipe(self, protocol_factory, pipe):
    """Write to a pipe, an open file; return (transport, protocol)."""
    return await _connect_pipe(self, _UnixWritePipeTransport, protocol_factory, pipe, "Write")


async def wait_or_close(ready, transport):
    """Wait until a transport has begun; if that fails, close it."""
    try:
        await ready
    except BaseException:
        transport.close()
        raise
