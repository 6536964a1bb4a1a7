"""Sending files where the system cannot do it by itself: the parts of loop.sendfile() and of create_server()."""

from . import constants, protocols, transports


def _check_sendfile_params(sock, file, offset, count):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    import socket
    if not sock.type == socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    check_numbers(offset, count)


def check_numbers(offset, count):
    if count is not None:
        if not isinstance(count, int):
            raise TypeError("count must be a positive integer (got {!r})".format(count))
        if count <= 0:
            raise ValueError("count must be a positive integer (got {!r})".format(count))
    if not isinstance(offset, int):
        raise TypeError("offset must be a non-negative integer (got {!r})".format(offset))
    if offset < 0:
        raise ValueError("offset must be a non-negative integer (got {!r})".format(offset))


async def send_pieces(loop, file, offset, count, send):
    """Read file from offset, count bytes or all, and await send(piece) for each piece; return how many bytes that were."""
    if offset:
        file.seek(offset)
    size = min(count, constants.SENDFILE_FALLBACK_READBUFFER_SIZE) if count else constants.SENDFILE_FALLBACK_READBUFFER_SIZE
    buffer, total = bytearray(size), 0
    try:
        while True:
            if count:
                size = min(count - total, size)
                if size <= 0:
                    break
            view = memoryview(buffer)[:size]
            got = await loop.run_in_executor(None, file.readinto, view)
            if not got:
                break
            await send(view[:got])
            total += got
        return total
    finally:
        if total > 0 and hasattr(file, "seek"):
            file.seek(offset + total)


class _SendfileFallbackProtocol(protocols.Protocol):
    """Takes the place of a transport's protocol while a file is sent through it."""

    def __init__(self, transp):
        if not isinstance(transp, transports._FlowControlMixin):
            raise TypeError("transport should be _FlowControlMixin instance")
        self._transport, self._proto = transp, transp.get_protocol()
        self._should_resume_reading = transp.is_reading()
        self._should_resume_writing = transp._protocol_paused
        transp.pause_reading()
        transp.set_protocol(self)
        self._write_ready_fut = self._transport._loop.create_future() if self._should_resume_writing else None

    async def drain(self):
        if self._transport.is_closing():
            raise ConnectionError("Connection closed by peer")
        if self._write_ready_fut is not None:
            await self._write_ready_fut

    def connection_made(self, transport):
        raise RuntimeError("Invalid state: connection should have been established already.")

    def connection_lost(self, exc):
        if self._write_ready_fut is not None:
            # The writer may be waiting
            self._write_ready_fut.set_exception(ConnectionError("Connection is closed by peer") if exc is None else exc)
        self._proto.connection_lost(exc)

    def pause_writing(self):
        if self._write_ready_fut is None:
            self._write_ready_fut = self._transport._loop.create_future()

    def resume_writing(self):
        if self._write_ready_fut is not None:
            self._write_ready_fut.set_result(False)
            self._write_ready_fut = None

    def data_received(self, data):
        raise RuntimeError("Invalid state: reading should be paused")

    def eof_received(self):
        raise RuntimeError("Invalid state: reading should be paused")

    async def restore(self):
        self._transport.set_protocol(self._proto)
        if self._should_resume_reading:
            self._transport.resume_reading()
        if self._write_ready_fut is not None:
            self._write_ready_fut.cancel()
        if self._should_resume_writing:
            self._proto.resume_writing()
