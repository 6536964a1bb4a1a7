"""Addresses of connections: what is known without asking for names, and in which order they are tried."""

import collections
import itertools
import socket

_HAS_IPv6 = hasattr(socket, "AF_INET6")


def _port_number(port):
    """The number of a port, or None if it is a service's name."""
    if port is None:
        return 0
    if isinstance(port, (bytes, str)) and not port:
        return 0
    try:
        return int(port)
    except (TypeError, ValueError):
        return None


def ipaddr_info(socket, host, port, family, type, proto, flowinfo, scopeid):
    """What getaddrinfo() would say about a numeric address; None if host is not one."""
    if not hasattr(socket, "inet_pton") or proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP) or host is None:
        return None
    if type == socket.SOCK_STREAM:
        proto = socket.IPPROTO_TCP
    elif type == socket.SOCK_DGRAM:
        proto = socket.IPPROTO_UDP
    else:
        return None
    port = _port_number(port)
    if port is None:
        return None
    families = [family] if family != socket.AF_UNSPEC else [socket.AF_INET] + [socket.AF_INET6] * _HAS_IPv6
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if "%" in host:  # the scope of an IPv6 address: getaddrinfo() knows
        return None
    for family in families:
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        if _HAS_IPv6 and family == socket.AF_INET6:
            return family, type, proto, "", (host, port, flowinfo, scopeid)
        return family, type, proto, "", (host, port)
    return None


def _interleave_addrinfos(addrinfos, first_address_family_count=1):
    """Addresses of the families in turn, after some of the first family."""
    by_family = collections.OrderedDict()
    for info in addrinfos:
        by_family.setdefault(info[0], []).append(info)
    lists = list(by_family.values())
    ordered = []
    if first_address_family_count > 1:
        ordered.extend(lists[0][:first_address_family_count - 1])
        del lists[0][:first_address_family_count - 1]
    ordered.extend(info for info in itertools.chain.from_iterable(itertools.zip_longest(*lists)) if info is not None)
    return ordered


def _set_reuseport(sock):
    if not hasattr(socket, "SO_REUSEPORT"):
        raise ValueError("reuse_port not supported by socket module")
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError("reuse_port not supported by socket module, SO_REUSEPORT defined but not implemented.")
