"""Datagrams: their transport, and how loops make one."""

import socket
from . import transports
from ._endpoint import Descriptor, socket_extra, wait_or_close
from ._socket import remove_left_over
from .log import logger


class _SelectorDatagramTransport(Descriptor, transports.DatagramTransport):
    """A socket for datagrams. address: where all of them go; None: each has its own, or the socket is connected."""

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, waiter, socket_extra(sock, extra))
        self._address = address
        loop._transports[self._fd] = self

    def _is_usual(self, error):
        return False

    def _readable(self):
        if self._lost:
            return
        try:
            data, address = self._file.recvfrom(self.max_size)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:  # of an earlier datagram, most likely
            self._protocol.error_received(error)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fail(error, "Fatal read error on datagram transport")
        else:
            self._protocol.datagram_received(data, address)

    def sendto(self, data, addr=None):
        """Send a datagram, to addr, or to where the socket is connected to."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._address is not None:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
        if self._lost and self._address is not None:
            self._count_lost_write()
            return
        if not self._pieces:
            if self._send(data, addr):
                return
            self._loop._add_writer(self._fd, self._writable)
        self._pieces.append((bytes(data), addr))
        self._size += len(data)
        self._maybe_pause_protocol()

    def _send(self, data, address):
        """False: there is no room. Errors are told to the protocol, or end the transport."""
        try:
            if self._extra["peername"]:
                self._file.send(data)
            else:
                self._file.sendto(data, address)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            self._protocol.error_received(error)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fail(error, "Fatal write error on datagram transport")
        return True

    def _writable(self):
        while self._pieces:
            data, address = self._pieces[0]
            if not self._send(data, address):
                break
            if self._lost:
                return
            self._pieces.popleft()
            self._size -= len(data)
        self._maybe_resume_protocol()
        if not self._pieces:
            self._loop._remove_writer(self._fd)
            if self._closing:
                self._lose(None)


# ---- Making one (a method of loops) ----------------------------------------------------------------------------------------------------

async def _address_pairs(loop, local, remote, family, proto, flags):
    """[(family, proto, local address, remote address)] that may be used together."""
    if local is None and remote is None:
        if family == 0:
            raise ValueError("unexpected address family")
        return [(family, proto, None, None)]
    if family == socket.AF_UNIX:
        for address in (local, remote):
            if address is not None and not isinstance(address, str):
                raise TypeError("string is expected")
        if local:
            remove_left_over(local)
        return [(family, proto, local, remote)]
    from ._network import resolve
    found = {}  # (family, proto) -> [local, remote]
    for index, address in enumerate((local, remote)):
        if address is None:
            continue
        if not (isinstance(address, tuple) and len(address) == 2):
            raise TypeError("2-tuple is expected")
        infos = await resolve(loop, address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        for each_family, _, each_proto, _, each in infos:
            found.setdefault((each_family, each_proto), [None, None])[index] = each
    pairs = [(*key, *pair) for key, pair in found.items() if not (local and pair[0] is None or remote and pair[1] is None)]
    if not pairs:
        raise ValueError("can not get address information")
    return pairs


async def _open(loop, pair, reuse_port, allow_broadcast):
    """A socket for a pair of addresses."""
    family, proto, local, remote = pair
    sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
    try:
        if reuse_port:
            from ._server import set_reuse_port
            set_reuse_port(sock)
        if allow_broadcast:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.setblocking(False)
        if local:
            sock.bind(local)
        if remote and not allow_broadcast:  # a connected socket would not get answers of others
            await loop.sock_connect(sock, remote)
        return sock
    except BaseException:
        sock.close()
        raise


async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0,
                                   reuse_port=None, allow_broadcast=None, sock=None):
    """Make a socket for datagrams; return (transport, protocol)."""
    remote = None
    if sock is not None:
        if sock.type == socket.SOCK_STREAM:
            raise ValueError(f"A datagram socket was expected, got {sock!r}")
        given = {"local_addr": local_addr, "remote_addr": remote_addr, "family": family, "proto": proto, "flags": flags,
                 "reuse_port": reuse_port, "allow_broadcast": allow_broadcast}
        useless = ", ".join(f"{name}={value}" for name, value in given.items() if value)
        if useless:
            raise ValueError(f"socket modifier keyword arguments can not be used when sock is specified. ({useless})")
        sock.setblocking(False)
    else:
        failures = []
        for pair in await _address_pairs(self, local_addr, remote_addr, family, proto, flags):
            try:
                sock, remote = await _open(self, pair, reuse_port, allow_broadcast), pair[3]
                break
            except OSError as error:
                failures.append(error)
        else:
            raise failures[0]
    protocol, ready = protocol_factory(), self.create_future()
    transport = _SelectorDatagramTransport(self, sock, protocol, remote, ready)
    if self.get_debug():
        logger.debug("Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)", local_addr, remote_addr, transport, protocol)
    await wait_or_close(ready, transport)
    return transport, protocol
