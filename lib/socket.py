"""Sockets: connections to other programs, on this host and others."""

import _socket
from _socket import *
import io
import os
from enum import IntEnum, IntFlag

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6", "AddressFamily", "SocketKind", "AddressInfo", "MsgFlag",
           "socket", "SocketType", "SocketIO", "error", "herror", "gaierror", "timeout", "socketpair", "send_fds", "recv_fds", "if_nametoindex", "if_indextoname", "dup", "close"]
__all__ += [name for name in dir(_socket) if name[0] != "_" and name not in ("socket", "dup", "close")]


def _family(name, prefix, kind):
    """The numbers whose names begin with prefix, as an enum; they replace the plain ones."""
    members = {n: v for n, v in vars(_socket).items() if n.startswith(prefix)} or {n: getattr(_socket, n) for n in dir(_socket) if n.startswith(prefix)}
    enum = kind(name, members, module=__name__)
    globals().update(enum.__members__)
    return enum


AddressFamily = _family("AddressFamily", "AF_", IntEnum)
SocketKind = _family("SocketKind", "SOCK_", IntEnum)
MsgFlag = _family("MsgFlag", "MSG_", IntFlag)
AddressInfo = _family("AddressInfo", "AI_", IntFlag)

has_ipv6 = True
EBADF, EAGAIN, EWOULDBLOCK = 9, 11, 11
_LOCALHOST, _LOCALHOST_V6 = "127.0.0.1", "::1"


class herror(OSError):
    """A host's name or address cannot be found."""


class gaierror(OSError):
    """An address cannot be found: errno is one of EAI_..."""


_socket._set_errors(gaierror, herror)
error = OSError
timeout = TimeoutError
SocketType = _socket.SocketType


def _member(value, enum):
    try:
        return enum(value)
    except ValueError:
        return value


class socket(_socket.socket):
    """One end of a connection.

    family: AF_INET, AF_INET6, AF_UNIX; type: SOCK_STREAM, SOCK_DGRAM; proto: mostly 0; fileno: a descriptor that is a socket already."""

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        super().__init__(int(family), int(type), int(proto), fileno)
        self._io_refs = 0  # files of makefile() that are open: the socket closes after the last
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._closed:
            self.close()

    def __repr__(self):
        of = self.__class__
        text = f"<{of.__module__}.{of.__qualname__}{' [closed]' if getattr(self, '_closed', False) else ''} fd={self.fileno()}, family={self.family!s}, type={self.type!s}, proto={self.proto}"
        if not self._closed:
            for name, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
                try:
                    if address := ask():
                        text += f", {name}={address!s}"
                except (OSError, AttributeError):
                    pass
        return text + ">"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def dup(self):
        """Return another socket object of the same connection."""
        sock = self.__class__(self.family, self.type, self.proto, fileno=_socket.dup(self.fileno()))
        sock.settimeout(self.gettimeout())
        return sock

    def accept(self):
        """Wait for a connection; return (a socket of it, the other end's address)."""
        fd, address = self._accept()
        sock = socket(self.family, self.type, self.proto, fileno=fd)
        if getdefaulttimeout() is None and self.gettimeout():
            sock.setblocking(True)
        return sock, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """Return a file of the connection, as open() does."""
        if not set(mode) <= set("rwb"):
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        writing = "w" in mode
        reading = "r" in mode or not writing
        raw = SocketIO(self, ("r" if reading else "") + ("w" if writing else ""))
        self._io_refs += 1
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if "b" not in mode:
                raise ValueError("unbuffered streams must be binary")
            return raw
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        else:
            buffer = (io.BufferedReader if reading else io.BufferedWriter)(raw, buffering)
        if "b" in mode:
            return buffer
        text = io.TextIOWrapper(buffer, io.text_encoding(encoding), errors, newline)
        text.mode = mode
        return text

    # MicroPython's sockets are streams.

    def read(self, size=-1, /):
        """size bytes, fewer only where the connection ends; all until then without size. As MicroPython has it."""
        parts = bytearray()
        while size is None or size < 0 or len(parts) < size:
            data = self.recv(65536 if size is None or size < 0 else min(65536, size - len(parts)))
            if not data:
                break
            parts += data
        return bytes(parts)

    def readinto(self, buf, nbytes=None, /):
        """Fill buf, or its first nbytes; how many bytes that were, fewer only where the connection ends. As MicroPython has it."""
        view = memoryview(buf).cast("B")
        size = len(view) if nbytes is None else min(nbytes, len(view))
        done = 0
        while done < size and (count := self.recv_into(view[done:size])):
            done += count
        return done

    def readline(self):
        """Up to and with the next newline, or the end of the connection. As MicroPython has it."""
        line = bytearray()
        while not line.endswith(b"\n"):
            seen = self.recv(1024, MSG_PEEK)
            data = self.recv(seen.find(b"\n") + 1 or len(seen)) if seen else b""
            if not data:
                break
            line += data
        return bytes(line)

    def write(self, buf, /):
        """Send all of buf; how many bytes that were. As MicroPython has it."""
        self.sendall(buf)
        return memoryview(buf).nbytes

    def sendfile(self, file, offset=0, count=None):
        """Send a file that is open for reading bytes, from offset on, at most count bytes; return how many."""
        if self.type != SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        if count is not None and not isinstance(count, int):
            raise TypeError(f"count must be a positive integer (got {count!r})")
        if count is not None and count <= 0:
            raise ValueError(f"count must be a positive integer (got {count!r})")
        if self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        if offset:
            file.seek(offset)
        sent = 0
        try:
            while count is None or sent < count:
                block = file.read(8192 if count is None else min(8192, count - sent))
                if not block:
                    break
                self.sendall(block)
                sent += len(block)
        finally:
            if sent and hasattr(file, "seek"):
                file.seek(offset + sent)
        return sent

    def _decref_socketios(self):
        if self._io_refs > 0:
            self._io_refs -= 1
        if self._closed:
            self.close()

    def _real_close(self, _ss=_socket.socket):
        _ss.close(self)

    def close(self):
        """Close the socket, once no file of makefile() is open any more."""
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Treat the socket as closed and return its descriptor, which stays open."""
        self._closed = True
        return super().detach()

    @property
    def family(self):
        """The address family, as a member of AddressFamily."""
        return _member(super().family, AddressFamily)

    @property
    def type(self):
        """The kind of socket, as a member of SocketKind."""
        return _member(super().type, SocketKind)

    def get_inheritable(self):
        """Return whether programs that this one starts get the socket."""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Set whether programs that this one starts get the socket."""
        os.set_inheritable(self.fileno(), inheritable)


def fromfd(fd, family, type, proto=0):
    """Return a socket of a copy of a descriptor."""
    return socket(family, type, proto, _socket.dup(fd))


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Return two sockets that are connected to each other."""
    family = AF_UNIX if family is None else family
    return tuple(socket(family, type, proto, one.detach()) for one in _socket.socketpair(int(family), int(type), proto))


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send descriptors over a local socket, with the bytes in buffers."""
    import array
    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, array.array("i", fds))], flags, address)


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Return (bytes, descriptors, flags, address) received from a local socket."""
    import array
    fds = array.array("i")
    data, ancillary, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * fds.itemsize), flags)
    for level, kind, content in ancillary:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            fds.frombytes(content[:len(content) - len(content) % fds.itemsize])
    return data, list(fds), flags, address


class SocketIO(io.RawIOBase):
    """The file below those that makefile() returns."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError(f"invalid mode: {mode!r}")
        super().__init__()
        self._sock, self._mode = sock, mode if "b" in mode else mode + "b"
        self._reading, self._writing = "r" in mode, "w" in mode
        self._timeout_occurred = False

    def readinto(self, b):
        """Read into b; return how many bytes, None if a non-blocking socket has none."""
        if self.closed or not self._reading or self._timeout_occurred:
            self._checkClosed()
            self._checkReadable()
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except timeout:
            self._timeout_occurred = True
            raise
        except BlockingIOError:
            return None

    def write(self, b):
        """Write b; return how many bytes, None if a non-blocking socket takes none."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except BlockingIOError:
            return None

    def readable(self):
        """Return whether it is open for reading."""
        return self._while_open(self._reading)

    def writable(self):
        """Return whether it is open for writing."""
        return self._while_open(self._writing)

    def seekable(self):
        """Return False."""
        return self._while_open(False)

    def _while_open(self, answer):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return answer

    def fileno(self):
        """Return the descriptor."""
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        """The descriptor, -1 when it is closed."""
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        """'rb', 'wb' or 'rwb'"""
        return self._mode

    def close(self):
        """Close the file; the socket closes if it was to be closed before."""
        if self.closed:
            return
        super().close()
        self._sock._decref_socketios()
        self._sock = None


def getfqdn(name=""):
    """Return the full name of a host, of this one without name."""
    name = name.strip()
    if not name or name in ("0.0.0.0", "::"):
        name = gethostname()
    try:
        host, aliases, _ = gethostbyaddr(name)
    except OSError:
        return name
    return next((alias for alias in [host, *aliases] if "." in alias), host)


def if_nametoindex(name):
    """Return the number of a network interface."""
    name = os.fsdecode(name)
    for number, known in if_nameindex():
        if known == name:
            return number
    raise OSError("no interface with this name")


def if_indextoname(index):
    """Return the name of the network interface with a number."""
    for number, known in if_nameindex():
        if number == index:
            return known
    raise OSError(6, os.strerror(6))


_whatever = _GLOBAL_DEFAULT_TIMEOUT = object()


def create_connection(address, timeout=_whatever, source_address=None, *, all_errors=False):
    """Connect to (host, port), at whatever address of the host works; return the socket.

    source_address: what to bind to before; all_errors: raise an ExceptionGroup of what went wrong, not the last only."""
    host, port = address
    errors = []
    for family, kind, proto, _, sockaddr in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _whatever:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(sockaddr)
            errors.clear()
            return sock
        except error as e:
            if not all_errors:
                errors.clear()
            errors.append(e)
            if sock is not None:
                sock.close()
    if not errors:
        raise error("getaddrinfo returns an empty list")
    try:
        raise ExceptionGroup("create_connection failed", errors) if all_errors else errors[0]
    finally:
        errors.clear()


def has_dualstack_ipv6():
    """Return whether one socket can serve both IPv4 and IPv6."""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """Return a socket that listens at (host, port)."""
    if dualstack_ipv6 and not has_dualstack_ipv6():
        raise ValueError("dualstack_ipv6 not supported on this platform")
    if dualstack_ipv6 and family != AF_INET6:
        raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    sock = socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as e:
            raise error(e.errno, f"{e.strerror} (while attempting to bind on address {address!r})") from None
        sock.listen() if backlog is None else sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Return a list of (family, type, proto, canonname, sockaddr) for a host and a service."""
    rows = _socket.getaddrinfo(host, port, int(family), int(type), proto, int(flags))
    return [(_member(f, AddressFamily), _member(t, SocketKind), *rest) for f, t, *rest in rows]
