"""Addresses and sockets of datagram endpoints."""

import collections
import os
import stat
from ._address import _set_reuseport


async def address_pairs(loop, local_addr, remote_addr, family, proto, flags):
    """[((family, proto), (local, remote))]: what an endpoint may be made of."""
    import socket
    if not (local_addr or remote_addr):
        if family == 0:
            raise ValueError("unexpected address family")
        return [((family, proto), (None, None))]
    if hasattr(socket, "AF_UNIX") and family == socket.AF_UNIX:
        for address in (local_addr, remote_addr):
            if address is not None and not isinstance(address, str):
                raise TypeError("string is expected")
        _remove_stale(local_addr)
        return [((family, proto), (local_addr, remote_addr))]
    found = collections.OrderedDict()
    for place, address in enumerate((local_addr, remote_addr)):
        if address is None:
            continue
        if not (isinstance(address, tuple) and len(address) == 2):
            raise TypeError("2-tuple is expected")
        infos = await loop._ensure_resolved(address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags, loop=loop)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        for fam, _, pro, _, where in infos:
            found.setdefault((fam, pro), [None, None])[place] = where
    pairs = [(key, tuple(pair)) for key, pair in found.items()
             if not (local_addr and pair[0] is None or remote_addr and pair[1] is None)]
    if not pairs:
        raise ValueError("can not get address information")
    return pairs


def _remove_stale(path):
    """The socket that another process has left there goes."""
    if path and path[0] not in (0, "\x00"):
        try:
            if stat.S_ISSOCK(os.stat(path).st_mode):
                os.remove(path)
        except FileNotFoundError:
            pass
        except OSError as e:
            from .log import logger
            logger.error("Unable to check or remove stale UNIX socket %r: %r", path, e)


async def open_first(loop, socket, pairs, local_addr, remote_addr, reuse_port, allow_broadcast):
    """A socket for the first pair that works, and its remote address."""
    failures = []
    for (family, proto), (local, remote) in pairs:
        sock = None
        try:
            sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
            if reuse_port:
                _set_reuseport(sock)
            if allow_broadcast:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.setblocking(False)
            if local_addr:
                sock.bind(local)
            if remote_addr:
                if not allow_broadcast:
                    await loop.sock_connect(sock, remote)
                return sock, remote
            return sock, None
        except OSError as e:
            if sock is not None:
                sock.close()
            failures.append(e)
        except:
            if sock is not None:
                sock.close()
            raise
    raise failures[0]
