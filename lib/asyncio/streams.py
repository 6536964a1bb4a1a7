"""Connections as streams to read from and write to."""

import collections
import functools
import socket
import sys
import warnings
import weakref
from . import coroutines, events, exceptions, format_helpers, protocols
from .log import logger
from .tasks import sleep

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server")
if hasattr(socket, "AF_UNIX"):
    __all__ += ("open_unix_connection", "start_unix_server")

_DEFAULT_LIMIT = 2 ** 16  # 64 KiB


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect to a TCP server; return (reader, writer). limit: bytes that readline() and the like look through."""
    loop = events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


def _server_factory(client_connected_cb, limit, loop):
    return lambda: StreamReaderProtocol(StreamReader(limit=limit, loop=loop), client_connected_cb, loop=loop)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Accept TCP connections: client_connected_cb(reader, writer) is called for each; return the Server."""
    loop = events.get_running_loop()
    return await loop.create_server(_server_factory(client_connected_cb, limit, loop), host, port, **kwds)


if hasattr(socket, "AF_UNIX"):
    async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
        """As open_connection(), to a Unix socket."""
        loop = events.get_running_loop()
        reader = StreamReader(limit=limit, loop=loop)
        protocol = StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_unix_connection(lambda: protocol, path, **kwds)
        return reader, StreamWriter(transport, protocol, reader, loop)

    async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
        """As start_server(), at a Unix socket."""
        loop = events.get_running_loop()
        return await loop.create_unix_server(_server_factory(client_connected_cb, limit, loop), path, **kwds)


class FlowControlMixin(protocols.Protocol):
    """Lets writers wait while the transport has too much to send."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        self._drain_waiters = collections.deque()
        self._connection_lost = False

    def pause_writing(self):
        assert not self._paused
        self._paused = True
        if self._loop.get_debug():
            logger.debug("%r pauses writing", self)

    def resume_writing(self):
        assert self._paused
        self._paused = False
        if self._loop.get_debug():
            logger.debug("%r resumes writing", self)
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if not self._paused:
            return
        for waiter in self._drain_waiters:
            if not waiter.done():
                if exc is None:
                    waiter.set_result(None)
                else:
                    waiter.set_exception(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin, protocols.Protocol):
    """Feeds what comes to a StreamReader."""

    _source_traceback = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        if stream_reader is not None:
            self._stream_reader_wr = weakref.ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        else:
            self._stream_reader_wr = None
        # A server's streams belong to its callback; until that has begun, the protocol keeps the reader
        self._strong_reader = stream_reader if client_connected_cb is not None else None
        self._reject_connection = False
        self._task = self._transport = None
        self._client_connected_cb = client_connected_cb
        self._over_ssl = False
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def _replace_transport(self, transport):
        self._transport = transport
        self._over_ssl = transport.get_extra_info("sslcontext") is not None

    def connection_made(self, transport):
        if self._reject_connection:
            context = {"message": "An open stream was garbage collected prior to establishing network connection; call "
                                  "\"stream.close()\" explicitly."}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
            transport.abort()
            return
        self._transport = transport
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        self._over_ssl = transport.get_extra_info("sslcontext") is not None
        if self._client_connected_cb is not None:
            writer = StreamWriter(transport, self, reader, self._loop)
            result = self._client_connected_cb(reader, writer)
            if coroutines.iscoroutine(result):
                self._task = self._loop.create_task(result)
                self._task.add_done_callback(functools.partial(self._handler_done, transport))
            self._strong_reader = None

    def _handler_done(self, transport, task):
        if task.cancelled():
            transport.close()
            return
        exc = task.exception()
        if exc is not None:
            self._loop.call_exception_handler({"message": "Unhandled exception in client_connected_cb", "exception": exc,
                                               "transport": transport})
            transport.close()

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
        super().connection_lost(exc)
        self._stream_reader_wr = self._stream_writer = self._task = self._transport = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        return not self._over_ssl  # TLS has no half-closed connections

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        try:
            closed = self._closed
        except AttributeError:  # __init__ has failed
            return
        if closed.done() and not closed.cancelled():
            closed.exception()  # so that it is not logged


class StreamWriter:
    """What is written to a connection."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop
        assert reader is None or isinstance(reader, StreamReader)
        self._complete_fut = self._loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        info = [self.__class__.__name__, f"transport={self._transport!r}"]
        if self._reader is not None:
            info.append(f"reader={self._reader!r}")
        return f"<{' '.join(info)}>"

    @property
    def transport(self):
        """The transport."""
        return self._transport

    def write(self, data):
        """Send data. Await drain() now and then."""
        self._transport.write(data)

    def writelines(self, data):
        """Send all of the pieces."""
        self._transport.writelines(data)

    def write_eof(self):
        """Send no more."""
        return self._transport.write_eof()

    def can_write_eof(self):
        """Return whether write_eof() can be used."""
        return self._transport.can_write_eof()

    def close(self):
        """Close the connection. Then await wait_closed()."""
        return self._transport.close()

    def is_closing(self):
        """Return whether it is closed, or about to be."""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Wait until it is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """Return what the transport knows as name."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Wait until there is not too much to send."""
        if self._reader is not None:
            exc = self._reader.exception()
            if exc is not None:
                raise exc
        if self._transport.is_closing():
            await sleep(0)  # so that connection_lost() may come, and be told of
        await self._protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Krait's asyncio has no TLS yet: NotImplementedError."""
        server_side = self._protocol._client_connected_cb is not None
        protocol = self._protocol
        await self.drain()
        transport = await self._loop.start_tls(self._transport, protocol, sslcontext, server_side=server_side,
                                               server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
                                               ssl_shutdown_timeout=ssl_shutdown_timeout)
        self._transport = transport
        protocol._replace_transport(transport)

    def __del__(self, warnings=warnings):
        if not self._transport.is_closing():
            if self._loop.is_closed():
                warnings.warn("loop is closed", ResourceWarning)
            else:
                self.close()
                warnings.warn(f"unclosed {self!r}", ResourceWarning)


class StreamReader:
    """What comes from a connection."""

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = self._paused = False
        self._waiter = self._exception = self._transport = None
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        info = ["StreamReader"]
        if self._buffer:
            info.append(f"{len(self._buffer)} bytes")
        if self._eof:
            info.append("eof")
        if self._limit != _DEFAULT_LIMIT:
            info.append(f"limit={self._limit}")
        if self._waiter:
            info.append(f"waiter={self._waiter!r}")
        if self._exception:
            info.append(f"exception={self._exception!r}")
        if self._transport:
            info.append(f"transport={self._transport!r}")
        if self._paused:
            info.append("paused")
        return f"<{' '.join(info)}>"

    def exception(self):
        """Return the exception that ended the connection, or None."""
        return self._exception

    def set_exception(self, exc):
        """The connection has ended with exc."""
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    def set_transport(self, transport):
        """The transport, which is paused while too much waits to be read."""
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        """Nothing comes any more."""
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        """Return whether all was read and nothing comes any more."""
        return self._eof and not self._buffer

    def feed_data(self, data):
        """Bytes have come."""
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if self._transport is not None and not self._paused and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                self._transport = None  # it cannot be paused: do not try again
            else:
                self._paused = True

    async def _wait_for_data(self, func_name):
        """Wait until bytes come, or the end."""
        if self._waiter is not None:
            raise RuntimeError(f"{func_name}() called while another coroutine is already waiting for incoming data")
        assert not self._eof, "_wait_for_data after EOF"
        if self._paused:  # somebody wants more than the limit
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _take(self, count):
        data = bytes(self._buffer[:count])  # a memoryview would keep the buffer from shrinking until it is collected
        del self._buffer[:count]
        self._maybe_resume_transport()
        return data

    async def readline(self):
        """Read a line, with its newline; at the end what there is. ValueError: it is longer than the limit, and dropped."""
        separator = b"\n"
        try:
            return await self.readuntil(separator)
        except exceptions.IncompleteReadError as e:
            return e.partial
        except exceptions.LimitOverrunError as e:
            if self._buffer.startswith(separator, e.consumed):
                del self._buffer[:e.consumed + len(separator)]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(e.args[0])

    async def readuntil(self, separator=b"\n"):
        """Read up to a separator (several: a tuple), which is part of the result. IncompleteReadError, LimitOverrunError."""
        separators = sorted(separator, key=len) if isinstance(separator, tuple) else [separator]
        if not separators:
            raise ValueError("Separator should contain at least one element")
        shortest, longest = len(separators[0]), len(separators[-1])
        if not shortest:
            raise ValueError("Separator should be at least one-byte string")
        if self._exception is not None:
            raise self._exception
        offset = 0  # no separator begins before it
        while True:
            length = len(self._buffer)
            if length - offset >= shortest:
                found = self._find(separators, offset)
                if found is not None:
                    start, end = found
                    break
                offset = max(0, length + 1 - longest)
                if offset > self._limit:
                    raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", offset)
            if self._eof:
                partial = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(partial, None)
            await self._wait_for_data("readuntil")
        if start > self._limit:
            raise exceptions.LimitOverrunError("Separator is found, but chunk is longer than limit", start)
        return self._take(end)

    def _find(self, separators, offset):
        """Where the separator that ends first begins and ends."""
        best = None
        for separator in separators:
            at = self._buffer.find(separator, offset)
            if at != -1 and (best is None or at + len(separator) < best[1]):
                best = at, at + len(separator)
        return best

    async def read(self, n=-1):
        """Read at most n bytes, as soon as there are any; -1: all up to the end."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        if n < 0:
            blocks = []
            while block := await self.read(self._limit):
                blocks.append(block)
            return b"".join(blocks)
        if not self._buffer and not self._eof:
            await self._wait_for_data("read")
        return self._take(n)

    async def readexactly(self, n):
        """Read n bytes. IncompleteReadError."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        while len(self._buffer) < n:
            if self._eof:
                partial = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(partial, n)
            await self._wait_for_data("readexactly")
        return self._take(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b"":
            raise StopAsyncIteration
        return line
