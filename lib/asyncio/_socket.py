"""Operations of a loop on sockets of the program's: each is tried at once, and again whenever the socket is ready."""

import os
import socket
import stat
import sys
from .log import logger


def refuse_tls(sock):
    """Sockets of module ssl are not for loops. TypeError."""
    ssl = sys.modules.get("ssl")
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")


def check(loop, sock):
    """Is it a socket that the loop can use? TypeError; in debug mode ValueError if it blocks."""
    refuse_tls(sock)
    if loop.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")


def remove_left_over(path):
    """Remove the Unix socket at path that a process before us has left; abstract names have none."""
    if path[0] in (0, "\x00"):
        return
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.error("Unable to check or remove stale UNIX socket %r: %r", path, error)


async def when_ready(loop, sock, side, operation):
    """What operation() returns, as soon as it does not raise BlockingIOError. side: "reader" or "writer"."""
    try:
        return operation()
    except (BlockingIOError, InterruptedError):
        pass
    result, fd = loop.create_future(), loop._ensure_fd_no_transport(sock)

    def attempt():
        if result.done():
            return
        try:
            value = operation()
        except (BlockingIOError, InterruptedError):
            return
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            result.set_exception(error)
        else:
            result.set_result(value)

    add, remove = (loop._add_reader, loop._remove_reader) if side == "reader" else (loop._add_writer, loop._remove_writer)
    handle = add(fd, attempt)
    try:
        return await result
    finally:
        if not handle.cancelled():  # else another operation has taken its place
            remove(fd)


async def sock_recv(self, sock, n):
    """Receive at most n bytes."""
    check(self, sock)
    return await when_ready(self, sock, "reader", lambda: sock.recv(n))


async def sock_recv_into(self, sock, buf):
    """Receive into a buffer; return how many bytes that were."""
    check(self, sock)
    return await when_ready(self, sock, "reader", lambda: sock.recv_into(buf))


async def sock_recvfrom(self, sock, bufsize):
    """Receive a datagram; return (bytes, address)."""
    check(self, sock)
    return await when_ready(self, sock, "reader", lambda: sock.recvfrom(bufsize))


async def sock_recvfrom_into(self, sock, buf, nbytes=0):
    """Receive a datagram into a buffer; return (how many bytes, address)."""
    check(self, sock)
    return await when_ready(self, sock, "reader", lambda: sock.recvfrom_into(buf, nbytes or len(buf)))


async def sock_sendto(self, sock, data, address):
    """Send a datagram; return how many bytes that were."""
    check(self, sock)
    return await when_ready(self, sock, "writer", lambda: sock.sendto(data, address))


async def sock_sendall(self, sock, data):
    """Send all of data."""
    check(self, sock)
    with memoryview(data) as given, given.cast("B") as rest:
        sent = 0
        while sent < len(rest):
            sent += await when_ready(self, sock, "writer", lambda: _send_from(sock, rest, sent))


def _send_from(sock, view, start):
    with view[start:] as rest:
        return sock.send(rest)


async def sock_accept(self, sock):
    """Accept a connection; return (socket, address)."""
    check(self, sock)
    connection, address = await when_ready(self, sock, "reader", lambda: sock.accept())
    connection.setblocking(False)
    return connection, address


async def sock_connect(self, sock, address):
    """Connect a socket."""
    check(self, sock)
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        from ._network import resolve
        found = await resolve(self, address, family=sock.family, type=sock.type, proto=sock.proto)
        address = found[0][4]
    begun = False

    def connect():
        nonlocal begun
        if not begun:
            begun = True
            sock.connect(address)
            return
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, f"Connect call failed {address}")
    await when_ready(self, sock, "writer", connect)
