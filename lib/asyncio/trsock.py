"""What of a transport's socket others may use."""

_SHARED = "fileno dup get_inheritable shutdown getsockopt setsockopt getpeername getsockname getsockbyname"  # shutdown() leaves the descriptor open


def _passed_on(name):
    def method(self, *args):
        return getattr(self._sock, name)(*args)
    method.__name__, method.__doc__ = name, f"As the socket's {name}()."
    return method


class TransportSocket:
    """A socket as a transport has it: it can be asked and set up, but not read, written or closed."""

    __slots__ = ("_sock",)

    def __init__(self, sock):
        self._sock = sock

    family = property(lambda self: self._sock.family, doc="The family of addresses.")
    type = property(lambda self: self._sock.type, doc="What it carries: a stream, datagrams.")
    proto = property(lambda self: self._sock.proto, doc="The number of the protocol.")

    for _name in _SHARED.split():
        vars()[_name] = _passed_on(_name)
    del _name

    def __repr__(self):
        parts = [f"fd={self.fileno()}", f"family={self.family!s}", f"type={self.type!s}", f"proto={self.proto}"]
        for name, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
            try:
                address = ask() if self.fileno() != -1 else None
            except OSError:  # not connected
                address = None
            if address:
                parts.append(f"{name}={address}")
        return f"<asyncio.TransportSocket {', '.join(parts)}>"

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def gettimeout(self):
        """Return 0: it does not wait."""
        return 0

    def settimeout(self, value):
        """ValueError: value is not 0."""
        if value != 0:
            raise ValueError("settimeout(): only 0 timeout is allowed on transport sockets")

    def setblocking(self, flag):
        """ValueError: flag is true."""
        if flag:
            raise ValueError("setblocking(): transport sockets cannot be blocking")
