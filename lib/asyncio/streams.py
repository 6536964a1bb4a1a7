"""Connections as streams to read from and write to."""

import weakref
from . import coroutines, events, exceptions, protocols, tasks
from ._waitqueue import WaitQueue
from .log import logger

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
           "start_unix_server")

_DEFAULT_LIMIT = 64 * 1024  # bytes


# ---- Opening ---------------------------------------------------------------------------------------------------------------------------

async def _open(method, limit, *args, **options):
    loop = events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await getattr(loop, method)(lambda: protocol, *args, **options)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def _serve(method, callback, limit, *args, **options):
    loop = events.get_running_loop()

    def factory():
        return StreamReaderProtocol(StreamReader(limit=limit, loop=loop), callback, loop=loop)
    return await getattr(loop, method)(factory, *args, **options)


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect to a TCP server; return (reader, writer). limit: bytes that readline() and the like look through."""
    return await _open("create_connection", limit, host, port, **kwds)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Accept TCP connections: client_connected_cb(reader, writer) is called for each; return the Server."""
    return await _serve("create_server", client_connected_cb, limit, host, port, **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As open_connection(), to a Unix socket."""
    return await _open("create_unix_connection", limit, path, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As start_server(), at a Unix socket."""
    return await _serve("create_unix_server", client_connected_cb, limit, path, **kwds)


# ---- Protocols -------------------------------------------------------------------------------------------------------------------------

class FlowControlMixin(protocols.Protocol):
    """Lets writers wait while the transport has too much to send."""

    def __init__(self, loop=None):
        self._loop = loop if loop is not None else events.get_event_loop()

    _paused = _connection_lost = False
    _loss = None  # the error with which the connection was lost
    _drainers = ()  # a WaitQueue, since somebody first had to wait

    def _get_loop(self):
        return self._loop

    def _pause(self, paused, what):
        assert self._paused is not paused
        self._paused = paused
        if self._loop.get_debug():
            logger.debug("%r %s writing", self, what)

    def pause_writing(self):
        self._pause(True, "pauses")

    def resume_writing(self):
        self._pause(False, "resumes")
        self._wake_drainers()

    def _wake_drainers(self):
        if self._drainers:
            self._drainers.wake_all()

    def connection_lost(self, exc):
        if not self._connection_lost:  # a process's loses its pipe first, then itself
            self._connection_lost, self._loss = True, exc
        self._wake_drainers()

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if self._paused:
            if not self._drainers:
                self._drainers = WaitQueue(self)
            await self._drainers.wait(lost=lambda: None)
            if self._loss is not None:
                raise self._loss

    def _get_close_waiter(self, stream):
        raise NotImplementedError


def _settle(future, error):
    """End a future that somebody may wait for: with an error, or None."""
    if future.done():
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)


class StreamReaderProtocol(FlowControlMixin):
    """Feeds what comes to a StreamReader, which it does not keep alive, but for a server's until its callback has it."""

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        self._reader_ref = None if stream_reader is None else weakref.ref(stream_reader)
        self._client_connected_cb = client_connected_cb
        if client_connected_cb is not None:
            self._kept_reader = stream_reader

    _transport = _task = _kept_reader = None
    _served = None  # the transport, as long as the server's coroutine runs
    _over_tls = False
    _waiter = None  # a future, since somebody first wanted to wait for the end

    @property
    def _closed(self):
        """A future of the connection's end."""
        if self._waiter is None:
            self._waiter = self._loop.create_future()
            if self._connection_lost:
                _settle(self._waiter, self._loss)
        return self._waiter

    @property
    def _stream_reader(self):
        return self._reader_ref and self._reader_ref()

    def _replace_transport(self, transport):
        self._transport = transport
        self._over_tls = transport.get_extra_info("sslcontext") is not None

    def connection_made(self, transport):
        self._replace_transport(transport)
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        if self._client_connected_cb is None:
            return
        outcome = self._client_connected_cb(reader, StreamWriter(transport, self, reader, self._loop))
        if coroutines.iscoroutine(outcome):
            self._task, self._served = self._loop.create_task(outcome), transport
            self._task.add_done_callback(self._callback_ended)
        self._kept_reader = None

    def _callback_ended(self, task):
        """The server's coroutine for this connection has ended."""
        transport, self._served = self._served, None
        error = None if task.cancelled() else task.exception()
        if error is not None:
            details = {"message": "Unhandled exception in client_connected_cb", "exception": error, "transport": transport}
            self._loop.call_exception_handler(details)
        if error is not None or task.cancelled():
            transport.close()

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof() if exc is None else reader.set_exception(exc)
        if self._waiter is not None:
            _settle(self._waiter, exc)
            if exc is not None:
                self._waiter.exception()  # who does not wait for it any more is not to be told of it in the log
        super().connection_lost(exc)
        self._reader_ref = self._transport = self._task = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        return not self._over_tls  # over TLS the other direction ends, too

    def _get_close_waiter(self, stream):
        return self._closed


# ---- Writing ---------------------------------------------------------------------------------------------------------------------------

def _of_transport(name, text):
    """A method that does what the transport's of that name does."""
    def method(self):
        return getattr(self._transport, name)()
    method.__name__, method.__doc__ = name, text
    return method


class StreamWriter:
    """What is written to a connection."""

    def __init__(self, transport, protocol, reader, loop):
        assert reader is None or isinstance(reader, StreamReader)
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop

    def __repr__(self):
        reader = "" if self._reader is None else f" reader={self._reader!r}"
        return f"<{type(self).__name__} transport={self._transport!r}{reader}>"

    @property
    def transport(self):
        """The transport."""
        return self._transport

    def get_extra_info(self, name, default=None):
        """Return what the transport knows as name."""
        return self._transport.get_extra_info(name, default)

    def write(self, data):
        """Send data. Await drain() now and then."""
        self._transport.write(data)

    def writelines(self, data):
        """Send all of the pieces."""
        self._transport.writelines(data)

    for _name, _text in (("can_write_eof", "Return whether write_eof() can be used."), ("write_eof", "Send no more."),
                         ("close", "Close the connection. Then await wait_closed()."),
                         ("is_closing", "Return whether it is closed, or about to be.")):
        vars()[_name] = _of_transport(_name, _text)
    del _name, _text

    async def wait_closed(self):
        """Wait until it is closed."""
        await self._protocol._get_close_waiter(self)

    async def drain(self):
        """Wait until there is not too much to send."""
        if self._reader is not None and (error := self._reader.exception()) is not None:
            raise error
        if self._transport.is_closing():
            await tasks.sleep(0)  # connection_lost() may be on its way, and is to be told of
        await self._protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Go on with TLS over this connection."""
        await self.drain()
        transport = await self._loop.start_tls(self._transport, self._protocol, sslcontext, server_hostname=server_hostname,
                                               server_side=self._protocol._client_connected_cb is not None,
                                               ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        self._transport = transport
        self._protocol._replace_transport(transport)
        if self._reader is not None:
            self._reader._transport = transport

    def __del__(self):
        import warnings
        if self._transport.is_closing():
            return
        if self._loop.is_closed():
            warnings.warn("loop is closed", ResourceWarning)
        else:
            self.close()
            warnings.warn(f"unclosed {self!r}", ResourceWarning)


# ---- Reading ---------------------------------------------------------------------------------------------------------------------------

class StreamReader:
    """What comes from a connection. The transport is paused while more than twice the limit waits to be read."""

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._loop = events.get_event_loop() if loop is None else loop
        if limit != _DEFAULT_LIMIT:
            self._limit = limit

    _limit = _DEFAULT_LIMIT
    _buffer = b""  # the bytes that came when there were none, as they came; a bytearray, when there are more
    _eof = _paused = False
    _waiter = None  # a future, while a coroutine waits for more
    _exception = _transport = None

    def __repr__(self):
        parts = [f"{len(self._buffer)} bytes"] if self._buffer else []
        parts += ["eof"] if self._eof else []
        parts += [f"limit={self._limit}"] if self._limit != _DEFAULT_LIMIT else []
        known = (("waiter", self._waiter), ("exception", self._exception), ("transport", self._transport))
        parts += [f"{name}={value!r}" for name, value in known if value]
        return f"<{' '.join(['StreamReader', *parts, *(['paused'] if self._paused else [])])}>"

    # ---- What the protocol tells -----------------------------------------------------------------------------------------------------

    def set_transport(self, transport):
        """The transport, which is paused while too much waits to be read."""
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def feed_data(self, data):
        """Bytes have come."""
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        if not self._buffer:
            self._buffer = data if isinstance(data, bytes) else bytearray(data)
        elif isinstance(self._buffer, bytes):
            self._buffer = bytearray().join((self._buffer, data))
        else:
            self._buffer += data
        self._wake()
        if not self._paused and self._transport is not None and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
                self._paused = True
            except NotImplementedError:
                self._transport = None  # one that cannot: not to be asked again

    def feed_eof(self):
        """Nothing comes any more."""
        self._eof = True
        self._wake()

    def set_exception(self, exc):
        """The connection has ended with exc."""
        self._exception = exc
        self._wake(exc)

    def exception(self):
        """Return the exception that ended the connection, or None."""
        return self._exception

    def _wake(self, error=None):
        waiter, self._waiter = self._waiter, None
        if waiter is not None:
            _settle(waiter, error)

    # ---- What readers are made of ----------------------------------------------------------------------------------------------------

    def at_eof(self):
        """Return whether all was read and nothing comes any more."""
        return self._eof and not self._buffer

    def _check(self):
        if self._exception is not None:
            raise self._exception

    def _more(self, reader):
        """A future of more bytes, or the end. reader: the name of the method that waits for it, in its own frame, and takes _waiter back."""
        if self._waiter is not None:
            raise RuntimeError(f"{reader}() called while another coroutine is already waiting for incoming data")
        assert not self._eof
        self._resume(self._paused)  # somebody wants more than the limit
        self._waiter = self._loop.create_future()
        return self._waiter

    def _resume(self, wanted):
        if self._paused and wanted:
            self._paused = False
            self._transport.resume_reading()

    def _take(self, count=None):
        """The first count bytes of the buffer, or all."""
        buffer = self._buffer
        if count is None or count >= len(buffer):
            self._buffer = b""
            data = buffer if isinstance(buffer, bytes) else bytes(buffer)
        else:
            data = bytes(buffer[:count])
            if isinstance(buffer, bytes):
                buffer = self._buffer = bytearray(buffer)
            del buffer[:count]
        if self._paused:
            self._resume(len(self._buffer) <= self._limit)
        return data

    async def readuntil(self, separator=b"\n"):
        """Read up to a separator, or the first of several in a tuple, and return it, too.

        IncompleteReadError: the stream ended before; LimitOverrunError: it is not within the limit, and nothing was read."""
        separators = sorted(separator, key=len) if isinstance(separator, tuple) else [separator]
        if not separators:
            raise ValueError("Separator should contain at least one element")
        if not separators[0]:
            raise ValueError("Separator should be at least one-byte string")
        self._check()
        longest, looked = len(separators[-1]), 0  # looked: bytes in which no separator begins
        while True:
            end, start = _find_first(self._buffer, separators, looked)
            if end is not None:
                break
            looked = max(0, len(self._buffer) + 1 - longest)
            if looked > self._limit:
                raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", looked)
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(), None)
            more = self._more("readuntil")
            try:
                await more
            finally:
                self._waiter = None
        if start > self._limit:
            raise exceptions.LimitOverrunError("Separator is found, but chunk is longer than limit", start)
        return self._take(end)

    async def readline(self):
        """Read a line, with its newline; at the end what there is. ValueError: it is longer than the limit, and dropped."""
        try:
            return await self.readuntil(b"\n")
        except exceptions.IncompleteReadError as error:
            return error.partial
        except exceptions.LimitOverrunError as error:
            found = self._buffer.startswith(b"\n", error.consumed)
            self._take(error.consumed + 1 if found else None)
            raise ValueError(error.args[0])

    async def read(self, n=-1):
        """Read at most n bytes, as soon as there are some; all up to the end if n is negative. b"": it is the end."""
        self._check()
        if n == 0:
            return b""
        if n > 0:
            if not (self._buffer or self._eof):
                more = self._more("read")
                try:
                    await more
                finally:
                    self._waiter = None
            return self._take(n)
        pieces = []
        while True:
            if self._buffer:
                pieces.append(self._take())
            elif self._eof:
                return b"".join(pieces)
            else:
                more = self._more("read")
                try:
                    await more
                finally:
                    self._waiter = None
            self._check()

    async def readexactly(self, n):
        """Read n bytes. IncompleteReadError: there are no more so many."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        self._check()
        while len(self._buffer) < n:
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(), n)
            more = self._more("readexactly")
            try:
                await more
            finally:
                self._waiter = None
        return self._take(n) if n else b""

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


def _find_first(buffer, separators, start):
    """(end, start) of the separator that ends first in buffer, from start on; the shortest of several. (None, None): there is none."""
    best = None, None
    for separator in separators:
        at = buffer.find(separator, start)
        if at != -1 and (best[0] is None or at + len(separator) < best[0]):
            best = at + len(separator), at
    return best
