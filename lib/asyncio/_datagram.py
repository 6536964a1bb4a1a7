"""Datagrams: their transport, and how loops make one."""

import socket
from . import base_events, transports
from ._endpoint import Endpoint, _SelectorTransport, wait_or_close
from ._socket import remove_left_over
from .log import logger


class _SelectorDatagramTransport(_SelectorTransport, transports.DatagramTransport):
    """A socket for datagrams. address: where all of them go; None: each has its own, or the socket is connected."""

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._connected = bool(self.get_extra_info("peername"))
        loop.call_soon(self._begin, waiter)

    def _read_ready(self):
        """A datagram has come."""
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(self.max_size)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:  # of an earlier datagram, most likely
            self._protocol.error_received(error)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, "Fatal read error on datagram transport")
        else:
            self._protocol.datagram_received(data, address)

    def sendto(self, data, addr=None):
        """Send a datagram, to addr, or to where the socket is connected to."""
        Endpoint._check_data(data)
        if self._address is not None:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
        if self._conn_lost and self._address is not None:
            self._count_lost_write()
            return
        if not self._buffer:
            if self._send(data, addr):
                return
            self._loop._add_writer(self._sock_fd, self._sendto_ready)
        self._buffer.append((bytes(data), addr))
        self._size += len(data)
        self._maybe_pause_protocol()

    def _send(self, data, address):
        """False: there is no room. Errors are told to the protocol, or end the transport."""
        try:
            if self._connected:
                self._sock.send(data)
            else:
                self._sock.sendto(data, address)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            self._protocol.error_received(error)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, "Fatal write error on datagram transport")
        return True

    def _sendto_ready(self):
        """There is room for more."""
        while self._buffer:
            data, address = self._buffer[0]
            if not self._send(data, address):
                break
            if not self._buffer or self._conn_lost:
                return
            self._buffer.popleft()
            self._size -= len(data)
        self._maybe_resume_protocol()
        if self._buffer:
            return
        self._loop._remove_writer(self._sock_fd)
        if self._closing and not self._conn_lost:
            self._call_connection_lost(None)


def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
    self._ensure_fd_no_transport(sock)
    return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)


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
    sock = base_events.socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
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
    transport = self._make_datagram_transport(sock, protocol, remote, ready)
    if self.get_debug():
        logger.debug("Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)", local_addr, remote_addr, transport, protocol)
    await wait_or_close(ready, transport)
    return transport, protocol
