"""The transports of pipes and terminals, and how loops make them."""

import os
import stat
import sys
from ._endpoint import Descriptor, Endpoint, _bytes_view, _FirstUse, wait_or_close
from .log import logger


class _Pipe(Endpoint):
    """What the two ends of pipes have in common. pipe: an open file."""

    _kind = "pipe"
    _lost_writes = ("unix_events", "pipe closed by peer or os.write(pipe, data) raised exception.")
    _strict = False
    _refusal = ""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        mode = os.fstat(pipe.fileno()).st_mode
        self._is_terminal = stat.S_ISCHR(mode)
        if not (self._is_terminal or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
            raise ValueError(self._refusal)
        os.set_blocking(pipe.fileno(), False)
        super().__init__(loop, pipe, protocol, {**(extra or {}), "pipe": pipe})
        loop.call_soon(self._begin, waiter)

    def _set_pipe(self, pipe):
        self._sock = pipe

    _pipe = property(lambda self: self._sock, _set_pipe)
    _fileno = property(lambda self: self._sock_fd)

    def _closed_parts(self):
        return ["closed" if self._sock is None else "open"]

    def _read(self, count):
        return os.read(self._sock_fd, count)

    def _read_into(self, buffer):
        return os.readv(self._sock_fd, [buffer])

    def abort(self):
        self._close(None)

    abort.__doc__ = Descriptor.abort.__doc__

    def _close(self, error):
        """It is over: what was not sent is dropped."""
        if self._over or self._loop is None:
            return
        self._closing = self._over = True
        if self._buffer:
            self._loop._remove_writer(self._sock_fd)
        self._drop()
        self._loop._remove_reader(self._sock_fd)
        self._loop.call_soon(self._call_connection_lost, error)

    def _force_close(self, error):
        self._close(error)


class _UnixReadPipeTransport(_Pipe):
    """The end of a pipe that is read."""

    _refusal = "Pipe transport is for pipes/sockets only."

    def _side_parts(self, reader, writer):
        return ["idle" if reader is None else "polling"]

    def _is_usual(self, error):
        import errno
        return isinstance(error, OSError) and error.errno == errno.EIO  # a terminal's other end was closed

    def _end_input(self):
        self._loop.call_soon(self._protocol.eof_received)
        self._close(None)

    def close(self):
        if not self._closing:
            self._close(None)

    close.__doc__ = Endpoint.close.__doc__


class _UnixWritePipeTransport(_Pipe):
    """The end of a pipe that is written. What is to be sent is a bytearray."""

    _refusal = "Pipe transport is only for pipes, sockets and character devices"
    _buffer = _FirstUse(bytearray)

    def _side_parts(self, reader, writer):
        return ["idle" if writer is None else "polling", f"bufsize={len(self._buffer)}"]

    @property
    def _has_input(self):
        return not self._is_terminal and not sys.platform.startswith("aix")  # it can be "read" when nobody reads it any more

    def _read_ready(self):
        self._debug("%r was closed by peer")
        self._close(BrokenPipeError() if self._buffer else None)

    def get_write_buffer_size(self):
        return len(self._buffer)

    get_write_buffer_size.__doc__ = Endpoint.get_write_buffer_size.__doc__

    def write(self, data):
        """Send data, now or when there is room."""
        self._check_data(data)
        data = _bytes_view(data)
        if not data:
            return
        if self._conn_lost or self._closing:
            self._count_lost_write()
            return
        if not self._buffer:
            sent = self._attempt(lambda data: os.write(self._sock_fd, data), data)
            if sent is None or sent == len(data):
                return
            if sent:
                data = data[sent:]
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        """There is room for more."""
        sent = self._attempt(lambda data: os.write(self._sock_fd, data), self._buffer)
        if sent is None:
            self._buffer.clear()
            self._loop._remove_writer(self._sock_fd)
            return
        del self._buffer[:sent]
        self._written()

    def _written(self):
        if self._closing and not self._buffer:
            self._loop._remove_reader(self._sock_fd)
        super()._written()

    def _write_failed(self, error):
        self._conn_lost += 1
        super()._write_failed(error)

    def _drop(self):
        self._buffer.clear()

    def write_eof(self):
        """The same as close()."""
        if self._closing:
            return
        self._closing = True
        if not self._buffer:
            self._over = True
            self._loop._remove_reader(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def close(self):
        if self._sock is not None and not self._closing:
            self.write_eof()

    close.__doc__ = Endpoint.close.__doc__


async def _connect_pipe(loop, make, protocol_factory, pipe, name):
    protocol, ready = protocol_factory(), loop.create_future()
    transport = make(pipe, protocol, ready)
    await wait_or_close(ready, transport)
    if loop.get_debug():
        logger.debug("%s pipe %r connected: (%r, %r)", name, pipe.fileno(), transport, protocol)
    return transport, protocol


async def connect_read_pipe(self, protocol_factory, pipe):
    """Read from a pipe, an open file; return (transport, protocol)."""
    return await _connect_pipe(self, self._make_read_pipe_transport, protocol_factory, pipe, "Read")


async def connect_write_pipe(self, protocol_factory, pipe):
    """Write to a pipe, an open file; return (transport, protocol)."""
    return await _connect_pipe(self, self._make_write_pipe_transport, protocol_factory, pipe, "Write")


def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
    return _UnixReadPipeTransport(self, pipe, protocol, waiter, extra)


def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
    return _UnixWritePipeTransport(self, pipe, protocol, waiter, extra)
