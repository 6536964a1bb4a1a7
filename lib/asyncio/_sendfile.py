"""Sending files: by the system where it can, else in pieces."""

import errno
import io
import os
import stat
from . import constants, exceptions, futures
from ._socket import check, refuse_tls

_AT_ONCE = 2 ** 30  # bytes that one call of os.sendfile() is given


def _check_numbers(file, offset, count):
    """TypeError, ValueError: these are no file, offset and count."""
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if count is not None:
        _check_number("count", "a positive integer", count, 1)
    _check_number("offset", "a non-negative integer", offset, 0)


def _check_number(name, what, number, least):
    if not isinstance(number, int):
        raise TypeError(f"{name} must be {what} (got {number!r})")
    if number < least:
        raise ValueError(f"{name} must be {what} (got {number!r})")


# ---- By the system ---------------------------------------------------------------------------------------------------------------------

async def _sock_sendfile_native(self, sock, file, offset, count):
    """Send a file through a socket. SendfileNotAvailableError: the system cannot do it."""
    from . import unix_events
    if not hasattr(unix_events.os, "sendfile"):
        raise exceptions.SendfileNotAvailableError("os.sendfile() is not available")
    try:
        source = file.fileno()
        state = os.fstat(source)
    except (AttributeError, io.UnsupportedOperation, OSError):
        raise exceptions.SendfileNotAvailableError("not a regular file")
    if not stat.S_ISREG(state.st_mode):
        raise exceptions.SendfileNotAvailableError("not a regular file")
    if not state.st_size:
        return 0  # nothing is to be sent
    ended = self.create_future()
    self._sock_sendfile_native_impl(ended, None, sock, source, offset, count, count or _AT_ONCE, 0)
    return await ended


def _sock_sendfile_native_impl(self, fut, registered_fd, sock, fileno, offset, count, blocksize, total_sent):
    """Send the next piece, and then the others; fut: how many bytes that were in the end. registered_fd: on it was waited until now."""
    sending = _Sending(self, sock, fileno, offset, count, min(blocksize, _AT_ONCE), fut, total_sent)
    sending.waits = registered_fd is not None
    sending.attempt()


class _Sending:
    """A file on its way through a socket, by os.sendfile() whenever there is room."""

    def __init__(self, loop, sock, source, offset, count, most, ended, total):
        self.loop, self.target, self.source, self.ended = loop, sock.fileno(), source, ended
        self.offset, self.count, self.most, self.total = offset, count, most, total  # count None: all
        self.waits = self.told = False

    def attempt(self):
        if self.ended.cancelled():
            self.stop()
            return
        left = self.most if self.count is None else min(self.most, self.count - self.total)
        try:
            sent = os.sendfile(self.target, self.source, self.offset, left) if left > 0 else 0
        except (BlockingIOError, InterruptedError):
            self.wait()
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            self.fail(error)
        else:
            self.offset += sent
            self.total += sent
            if sent == 0 or self.total == self.count:
                self.stop()
                self.ended.set_result(self.total)
            else:
                self.wait()

    def fail(self, error):
        if isinstance(error, OSError) and not self.total:
            error = exceptions.SendfileNotAvailableError("os.sendfile call failed")
        elif isinstance(error, OSError) and error.errno == errno.ENOTCONN and type(error) is not ConnectionError:  # macOS: it was connected before
            error = ConnectionError("socket is not connected", errno.ENOTCONN)
        self.stop()
        self.ended.set_exception(error)

    def wait(self):
        if not self.told:
            self.told = True
            self.ended.add_done_callback(lambda ended: ended.cancelled() and self.stop())
        if not self.waits:
            self.waits = True
            self.loop._add_writer(self.target, self.attempt)

    def stop(self):
        """The file stands behind what was sent, whatever has ended it."""
        if self.waits:
            self.waits = False
            self.loop._remove_writer(self.target)
        if self.total > 0:
            os.lseek(self.source, self.offset, os.SEEK_SET)


# ---- In pieces -------------------------------------------------------------------------------------------------------------------------

async def _send_pieces(loop, file, offset, count, send):
    """Await send(piece) for each piece of the file."""
    if offset or hasattr(file, "seek"):
        file.seek(offset)
    size = constants.SENDFILE_FALLBACK_READBUFFER_SIZE
    buffer, total = bytearray(size if count is None else min(count, size)), 0
    try:
        with memoryview(buffer) as view:
            while count is None or total < count:
                room = view if count is None else view[:count - total]
                got = await loop.run_in_executor(None, file.readinto, room)
                if not got:
                    break
                await send(view[:got])
                total += got
        return total
    finally:
        if total and hasattr(file, "seek"):
            file.seek(offset + total)


async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
    """Send a file through a socket; return how many bytes that were. fallback: in pieces if the system cannot do it."""
    check(self, sock)
    refuse_tls(sock)
    import socket
    if sock.type != socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    _check_numbers(file, offset, count)
    try:
        return await self._sock_sendfile_native(sock, file, offset, count)
    except exceptions.SendfileNotAvailableError:
        if not fallback:
            raise
    return await _send_pieces(self, file, offset, count, lambda piece: self.sock_sendall(sock, piece))


class _Pauser:
    """Stands in for a transport's protocol while a file is sent through it: knows when there is room."""

    def __init__(self, transport):
        self._transport, self._protocol = transport, transport.get_protocol()
        self._was_reading = transport.is_reading()
        self._loop = transport._loop
        self._room = None  # a future, while there is none
        self._was_paused = transport._protocol_paused
        transport.pause_reading()
        transport.set_protocol(self)
        if self._was_paused:
            self.pause_writing()

    def pause_writing(self):
        self._room = self._loop.create_future()

    def resume_writing(self):
        room, self._room = self._room, None
        if room is not None:
            futures._set_result_unless_cancelled(room, None)

    def connection_lost(self, error):
        if self._room is not None and not self._room.done():
            self._room.set_exception(error or ConnectionError("Connection is closed by peer"))
        self._protocol.connection_lost(error)

    def connection_made(self, transport):
        raise RuntimeError("Invalid state: connection should have been established already.")

    def data_received(self, data):
        raise RuntimeError("Invalid state: reading should be paused")

    eof_received = data_received

    async def send(self, piece):
        """Send a piece when there is room."""
        if self._transport.is_closing():
            raise ConnectionError("Connection closed by peer")
        if self._room is not None:
            await self._room
        self._transport.write(bytes(piece))

    def end(self):
        """Give the transport its protocol back, which is told of what has changed meanwhile."""
        if self._room is not None:
            self._room.cancel()
        self._transport.set_protocol(self._protocol)
        if self._was_reading:
            self._transport.resume_reading()
        if self._transport._protocol_paused != self._was_paused:
            (self._protocol.resume_writing if self._was_paused else self._protocol.pause_writing)()


async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
    """Send a file through a transport; return how many bytes that were. fallback: in pieces if the system cannot do it."""
    modes = constants._SendfileMode
    if transport.is_closing():
        raise RuntimeError("Transport is closing")
    mode = getattr(transport, "_sendfile_compatible", modes.UNSUPPORTED)
    if mode is modes.UNSUPPORTED:
        raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
    if mode is modes.TRY_NATIVE:
        try:
            return await self._sendfile_native(transport, file, offset, count)
        except exceptions.SendfileNotAvailableError:
            if not fallback:
                raise
    if not fallback:
        raise RuntimeError(f"fallback is disabled and native sendfile is not supported for transport {transport!r}")
    _check_numbers(file, offset, count)
    pauser = _Pauser(transport)
    try:
        return await _send_pieces(self, file, offset, count, pauser.send)
    finally:
        pauser.end()


async def _sendfile_native(self, transport, file, offset, count):
    """Through the socket of a transport, which has sent all of its own before."""
    was_reading = transport.is_reading()
    transport.pause_reading()
    try:
        sock = await transport._lend()
        try:
            return await self.sock_sendfile(sock, file, offset, count, fallback=False)
        finally:
            transport._give_back()
    finally:
        if was_reading:
            transport.resume_reading()
