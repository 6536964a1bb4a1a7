"""Names and connections: what a loop does to reach somebody. Each function is a method of loops (see Later), or helps one."""

import collections
import itertools
import socket
from . import base_events, staggered, unix_events
from ._endpoint import wait_or_close
from ._socket import refuse_tls
from .log import logger

base_events.socket = unix_events.socket = socket  # tests look for it there, and put another in its place

# ---- Names -----------------------------------------------------------------------------------------------------------------------------


async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
    """As socket.getaddrinfo(), in a thread."""
    call = _timed(self, base_events.socket.getaddrinfo) if self.get_debug() else base_events.socket.getaddrinfo
    return await self.run_in_executor(None, call, host, port, family, type, proto, flags)


async def getnameinfo(self, sockaddr, flags=0):
    """As socket.getnameinfo(), in a thread."""
    return await self.run_in_executor(None, base_events.socket.getnameinfo, sockaddr, flags)


def _timed(loop, function):
    """In debug mode, what was asked for and how long it took is logged: as info if that was long."""
    def call(host, port, family, kind, proto, flags):
        asked = [f"{host}:{port!r}"]
        asked += [f"{name}={value!r}" for name, value in (("family", family), ("type", kind), ("proto", proto), ("flags", flags)) if value]
        text = ", ".join(asked)
        logger.debug("Get address info %s", text)
        began = loop.time()
        found = function(host, port, family, kind, proto, flags)
        seconds = loop.time() - began
        tell = logger.info if seconds >= loop.slow_callback_duration else logger.debug
        tell("Getting address info %s took %.3fms: %r", text, seconds * 1e3, found)
        return found
    return call


def _port_number(port):
    if port in (None, "", b""):
        return 0
    try:
        return int(port)  # or the name of a service, which is not for us to look up
    except (TypeError, ValueError):
        return None


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo() gives for an address that is one already; None: it has to be asked."""
    transport = {socket.SOCK_STREAM: socket.IPPROTO_TCP, socket.SOCK_DGRAM: socket.IPPROTO_UDP}.get(type)
    if host is None or transport is None or proto not in (0, transport) or (number := _port_number(port)) is None:
        return None
    if isinstance(host, bytes):
        host = host.decode("idna")
    if "%" in host:  # with the name of an interface
        return None
    if not hasattr(base_events.socket, "inet_pton"):
        return None
    for each in (socket.AF_INET, socket.AF_INET6) if family == socket.AF_UNSPEC else (family,):
        try:
            base_events.socket.inet_pton(each, host)
        except OSError:
            continue
        return each, type, transport, "", (host, number, flowinfo, scopeid) if each == socket.AF_INET6 else (host, number)
    return None


async def resolve(loop, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0):
    """What getaddrinfo() gives for (host, port, ...); at once if that is an address already."""
    host, port, *more = address
    known = _ipaddr_info(host, port, family, type, proto, *more[:2])
    if known is not None:
        return [known]
    return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


async def _resolve_all(loop, pair, **hints):
    if pair is None:
        return []
    found = await resolve(loop, pair, **hints)
    if not found:
        raise OSError("getaddrinfo() returned empty list")
    return found


def _interleave_addrinfos(infos, first_count=1):
    """Addresses in turn of each family, so that one that does not work costs little: first_count of the first family first."""
    families = collections.defaultdict(list)
    for info in infos:
        families[info[0]].append(info)
    first, *others = families.values()
    ahead = max(first_count - 1, 0)
    rounds = itertools.zip_longest(first[ahead:], *others)
    return first[:ahead] + [info for round in rounds for info in round if info is not None]


# ---- Connections -----------------------------------------------------------------------------------------------------------------------

def check_tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout):
    """ValueError: timeouts are given without TLS."""
    for name, value in (("ssl_handshake_timeout", ssl_handshake_timeout), ("ssl_shutdown_timeout", ssl_shutdown_timeout)):
        if value is not None and not ssl:
            raise ValueError(f"{name} is only meaningful with ssl")


async def attach(loop, sock, ours, protocol_factory, ssl, server_side=False, server_hostname=None, **timeouts):
    """Make a transport and a protocol of a connected socket; with TLS, wait for the handshake. ours: nobody else would close it."""
    try:
        sock.setblocking(False)
        protocol, ready = protocol_factory(), loop.create_future()
        if ssl:
            context = None if isinstance(ssl, bool) else ssl
            transport = loop._make_ssl_transport(sock, protocol, context, ready, server_side=server_side, server_hostname=server_hostname,
                                                 **timeouts)
        else:
            transport = loop._make_socket_transport(sock, protocol, ready)
    except BaseException:
        if ours:
            sock.close()
        raise
    await wait_or_close(ready, transport)
    return transport, protocol


async def _try_address(loop, failures, info, local_infos):
    """A socket connected to one address. What fails is put into failures."""
    family, kind, proto, _, address = info
    mine = []
    failures.append(mine)
    sock = None
    try:
        sock = base_events.socket.socket(family=family, type=kind, proto=proto)
        sock.setblocking(False)
        if local_infos:
            _bind_local(sock, family, local_infos, mine)
        await loop.sock_connect(sock, address)
        return sock
    except BaseException as error:
        if isinstance(error, OSError):
            mine.append(error)
        if sock is not None:
            try:
                sock.close()
            except OSError:
                pass
        raise
    finally:
        mine = failures = None  # tracebacks would hold them


def _bind_local(sock, family, local_infos, failures):
    for local_family, _, _, _, address in local_infos:
        if local_family != family:
            continue
        try:
            sock.bind(address)
            return
        except OSError as error:
            text = f"error while attempting to bind on address {address!r}: {str(error).lower()}"
            failures.append(OSError(error.errno, text))
    raise failures.pop() if failures else OSError(f"no matching local address with {family=} found")


def _as_one(failures, all_errors):
    """The exception that tells of all failures."""
    try:
        if all_errors:
            return ExceptionGroup("create_connection failed", failures)
        if len({str(failure) for failure in failures}) == 1:
            return failures[0]
        return OSError(f"Multiple exceptions: {', '.join(str(failure) for failure in failures)}")
    finally:
        failures = None


async def _connect_any(loop, infos, local_infos, delay, all_errors):
    """A socket connected to the first address that can be reached; with a delay several are tried at a time."""
    failures, sock = [], None
    try:
        if delay is None:
            for info in infos:
                try:
                    return await _try_address(loop, failures, info, local_infos)
                except OSError:
                    continue
        else:
            attempts = [lambda info=info: _try_address(loop, failures, info, local_infos) for info in infos]
            sock, _, raised = await staggered.staggered_race(attempts, delay, loop=loop)
            if sock is not None:
                return sock
            for error in raised:
                if not isinstance(error, OSError):
                    raise error
        raise _as_one([error for each in failures for error in each], all_errors)
    finally:
        failures = raised = error = None


async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None,
                            local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                            happy_eyeballs_delay=None, interleave=None, all_errors=False):
    """Connect to a TCP server at host and port, or use a connected socket; return (transport, protocol).

    happy_eyeballs_delay: seconds after which the next address is tried, too (RFC 8305); interleave: addresses of the first family that
    come before those of others; all_errors: raise an ExceptionGroup of all that failed."""
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    if server_hostname is None and ssl and not host:
        raise ValueError("You must set server_hostname when using ssl without a host")
    check_tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if ssl and server_hostname is None:
        server_hostname = host
    ours = sock is None
    if not ours:
        refuse_tls(sock)
    if host is not None or port is not None:
        if not ours:
            raise ValueError("host/port and sock can not be specified at the same time")
        hints = dict(family=family, type=socket.SOCK_STREAM, proto=proto, flags=flags)
        infos = await _resolve_all(self, (host, port), **hints)
        local_infos = await _resolve_all(self, local_addr, **hints)
        if interleave is None and happy_eyeballs_delay is not None:
            interleave = 1
        if interleave:
            infos = _interleave_addrinfos(infos, interleave)
        sock = await _connect_any(self, infos, local_infos, happy_eyeballs_delay, all_errors)
    elif ours:
        raise ValueError("host and port was not specified and no sock specified")
    elif sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    transport, protocol = await attach(self, sock, ours, protocol_factory, ssl, False, server_hostname,
                                       ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    if self.get_debug():
        logger.debug("%r connected to %s:%r: (%r, %r)", transport.get_extra_info("socket"), host, port, transport, protocol)
    return transport, protocol


async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    """Connect to a Unix socket at path, or use a connected socket; return (transport, protocol)."""
    assert server_hostname is None or isinstance(server_hostname, str)
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    if server_hostname is None and ssl:
        raise ValueError("you have to pass server_hostname when using ssl")
    check_tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        import os
        sock = unix_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            await self.sock_connect(sock, os.fspath(path))
        except BaseException:
            sock.close()
            raise
    else:
        check_unix(sock)
    return await attach(self, sock, path is not None, protocol_factory, ssl, False, server_hostname,
                        ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)


def check_unix(sock):
    """Is it a Unix socket for a stream? ValueError."""
    if sock is None:
        raise ValueError("no path and sock were specified")
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")


async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    """Make a transport for a connection that was accepted elsewhere; return (transport, protocol)."""
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    check_tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    refuse_tls(sock)
    transport, protocol = await attach(self, sock, False, protocol_factory, ssl, True, "", ssl_handshake_timeout=ssl_handshake_timeout,
                                       ssl_shutdown_timeout=ssl_shutdown_timeout)
    if self.get_debug():
        logger.debug("%r handled: (%r, %r)", transport.get_extra_info("socket"), transport, protocol)
    return transport, protocol
