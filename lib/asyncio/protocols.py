"""What transports call: subclasses say what is done with what arrives."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all have in common."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection stands."""

    def connection_lost(self, exc):
        """The connection is gone; exc: why, or None if it was closed."""

    def pause_writing(self):
        """The transport has more to send than its high-water mark."""

    def resume_writing(self):
        """The transport has no more to send than its low-water mark."""


class Protocol(BaseProtocol):
    """For streams."""

    __slots__ = ()

    def data_received(self, data):
        """Bytes have come."""

    def eof_received(self):
        """The other end sends no more. Return true to keep the transport open."""


class BufferedProtocol(BaseProtocol):
    """For streams, into buffers of the protocol's own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Return a writable buffer, of about sizehint bytes, -1: any size."""

    def buffer_updated(self, nbytes):
        """nbytes have come into the buffer."""

    def eof_received(self):
        """The other end sends no more. Return true to keep the transport open."""


class DatagramProtocol(BaseProtocol):
    """For datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram has come."""

    def error_received(self, exc):
        """A send or receive has failed with OSError."""


class SubprocessProtocol(BaseProtocol):
    """For child processes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child has written to fd."""

    def pipe_connection_lost(self, fd, exc):
        """The pipe fd was closed."""

    def process_exited(self):
        """The child has ended."""


def _feed_data_to_buffered_proto(proto, data):
    """Give data to a BufferedProtocol, in as many pieces as its buffers need."""
    left = len(data)
    while left:
        buffer = proto.get_buffer(left)
        room = len(buffer)
        if not room:
            raise RuntimeError("get_buffer() returned an empty buffer")
        count = min(room, left)
        buffer[:count] = data[:count]
        proto.buffer_updated(count)
        data = data[count:]
        left = len(data)
