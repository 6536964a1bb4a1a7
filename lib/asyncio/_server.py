"""Servers: sockets that listen, and the connections that were accepted at them."""

import collections
import errno
import os
import socket
import weakref
from . import base_events, constants, coroutines, events, exceptions, tasks, unix_events
from ._endpoint import wait_or_close
from ._network import check_tls, check_unix, resolve
from ._socket import refuse_tls, remove_left_over
from .log import logger
from .trsock import TransportSocket

_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)  # why accept() fails though there is a connection


class Server(events.AbstractServer):
    """Sockets that accept connections."""

    _inode = None  # of the Unix socket's path, which is removed with the server; None: it is not

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        self._loop, self._sockets, self._protocol_factory, self._backlog = loop, sockets, protocol_factory, backlog
        self._ssl_context, self._ssl_timeouts = ssl_context, (ssl_handshake_timeout, ssl_shutdown_timeout)
        self._serving = False
        self._clients = weakref.WeakSet()  # transports
        self._waiters = []  # futures; None: it is closed, and all connections are gone
        self._forever = None  # what serve_forever() waits for

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    def get_loop(self):
        """Return the loop."""
        return self._loop

    def is_serving(self):
        """Return whether it accepts connections."""
        return self._serving

    @property
    def sockets(self):
        """The sockets that listen."""
        return tuple(map(TransportSocket, self._sockets or ()))

    # Transports tell of themselves

    def _attach(self, transport):
        assert self._sockets is not None
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        self._check_end()

    def _check_end(self):
        if self._sockets is None and not self._clients and self._waiters is not None:
            waiters, self._waiters = self._waiters, None
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    # ---- Serving -----------------------------------------------------------------------------------------------------------------------

    def _start(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._start_serving(self._protocol_factory, sock, self._ssl_context, self, self._backlog, *self._ssl_timeouts)

    async def start_serving(self):
        """Accept connections from now on."""
        self._start()
        await tasks.sleep(0)  # so that one may come

    async def serve_forever(self):
        """Accept connections until this is cancelled or the server closed."""
        if self._forever is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._start()
        self._forever = self._loop.create_future()
        try:
            await self._forever
        except exceptions.CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._forever = None

    # ---- The end -----------------------------------------------------------------------------------------------------------------------

    def close(self):
        """Accept no more connections. Those that stand stay."""
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            if self._inode is not None:
                _remove_path(sock, self._inode)
            self._loop._stop_serving(sock)
        self._serving = False
        if self._forever is not None:
            self._forever.cancel()
            self._forever = None
        self._check_end()

    def close_clients(self):
        """Close the connections that stand."""
        for transport in list(self._clients):
            transport.close()

    def abort_clients(self):
        """Close the connections at once."""
        for transport in list(self._clients):
            transport.abort()

    async def wait_closed(self):
        """Wait until the server is closed and all of its connections are gone."""
        if self._waiters is not None:
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            await waiter


def _remove_path(sock, inode):
    """Remove the path of a Unix socket that is being closed, if it is still that socket's."""
    path = sock.getsockname()
    try:
        if os.stat(path).st_ino == inode:
            os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.error("Unable to clean up listening UNIX socket %r: %s", path, error)


# ---- Accepting (methods of loops) ------------------------------------------------------------------------------------------------------

def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100, ssl_handshake_timeout=None,
                   ssl_shutdown_timeout=None):
    if server is None or server._serving:
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, sslcontext, server, backlog,
                         ssl_handshake_timeout, ssl_shutdown_timeout)


def _stop_serving(self, sock):
    self._remove_reader(sock.fileno())
    sock.close()


def _accept_connection(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100, ssl_handshake_timeout=None,
                       ssl_shutdown_timeout=None):
    """Accept the connections that wait."""
    timeouts = ssl_handshake_timeout, ssl_shutdown_timeout
    for _ in range(backlog):
        try:
            connection, address = sock.accept()
        except ConnectionAbortedError:
            continue  # gone while it waited
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            if error.errno not in _EXHAUSTED:
                raise
            details = {"message": "socket.accept() out of system resource", "exception": error, "socket": TransportSocket(sock)}
            self.call_exception_handler(details)
            self._remove_reader(sock.fileno())
            self.call_later(constants.ACCEPT_RETRY_DELAY, self._start_serving, protocol_factory, sock, sslcontext, server, backlog, *timeouts)
            return
        if self._debug:
            logger.debug("%r got a new connection from %r: %r", server, address, connection)
        connection.setblocking(False)
        rest = self._accept_connection2(protocol_factory, connection, {"peername": address}, sslcontext, server, *timeouts)
        if coroutines.iscoroutine(rest):
            self.create_task(rest)


def _accept_connection2(self, protocol_factory, conn, extra, sslcontext=None, server=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None):
    """Make a transport of a connection; with TLS, what is returned is to be awaited."""
    found = {}
    try:
        protocol = found["protocol"] = protocol_factory()
        if sslcontext:
            ready = self.create_future()
            transport = self._make_ssl_transport(conn, protocol, sslcontext, ready, server_side=True, extra=extra, server=server,
                                                 ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
            return _finish_handshake(self, ready, protocol, transport)
        self._make_socket_transport(conn, protocol, extra=extra, server=server)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        conn.close()
        _not_taken(self, error, found)


async def _finish_handshake(loop, ready, protocol, transport):
    try:
        await wait_or_close(ready, transport)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        _not_taken(loop, error, {"protocol": protocol, "transport": transport})


def _not_taken(loop, error, found):
    if loop.get_debug():
        loop.call_exception_handler({"message": "Error on transport creation for incoming connection", "exception": error, **found})


# ---- Making servers (methods of loops) -------------------------------------------------------------------------------------------------

async def _serve(loop, sockets, protocol_factory, backlog, start_serving, inode=None, tls=(None, None, None)):
    for sock in sockets:
        sock.setblocking(False)
    context, *timeouts = tls
    server = Server(loop, sockets, protocol_factory, context, backlog, *timeouts)
    server._inode = inode
    if start_serving:
        await server.start_serving()
    if loop.get_debug():
        logger.info("%r is serving", server)
    return server


async def _addresses(loop, host, port, family, flags):
    """The addresses to listen at, each once."""
    hosts = [host or None] if host is None or isinstance(host, str) or not isinstance(host, collections.abc.Iterable) else list(host)
    found = await tasks.gather(*(resolve(loop, (each, port), family=family, flags=flags) for each in hosts))
    for each, infos in zip(hosts, found):
        if not infos:
            raise OSError(f"getaddrinfo({each!r}) returned empty list")
    return list(dict.fromkeys(info for infos in found for info in infos))


def _set_options(sock, family, reuse_address, reuse_port, keep_alive):
    if reuse_address:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if reuse_port and family in (socket.AF_INET, socket.AF_INET6):  # not AF_UNIX
        set_reuse_port(sock)
    if keep_alive:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # IPv4 has a socket of its own


def set_reuse_port(sock):
    """Let several sockets have the address. ValueError: the system cannot."""
    if not hasattr(base_events.socket, "SO_REUSEPORT"):
        raise ValueError("reuse_port not supported by socket module")
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError("reuse_port not supported by socket module, SO_REUSEPORT defined but not implemented.")


def _open(loop, info, options):
    """A socket bound to an address, or None: this machine does not have such. OSError."""
    family, kind, proto, _, address = info
    try:
        sock = base_events.socket.socket(family, kind, proto)
    except OSError:
        if loop.get_debug():
            logger.warning("create_server() failed to create socket.socket(%r, %r, %r)", family, kind, proto, exc_info=True)
        return None
    try:
        _set_options(sock, family, *options)
        sock.bind(address)
        return sock
    except OSError as error:
        sock.close()
        text = f"error while attempting to bind on address {address!r}: {str(error).lower()}"
        if error.errno != errno.EADDRNOTAVAIL:
            raise OSError(error.errno, text) from None
        if loop.get_debug():
            logger.warning(text)
        return None
    except BaseException:
        sock.close()
        raise


def _open_all(loop, infos, options):
    """Sockets bound to all of the addresses that this machine has."""
    sockets = []
    try:
        for info in infos:
            sock = _open(loop, info, options)
            if sock is not None:
                sockets.append(sock)
        if not sockets:
            raise OSError(f"could not bind on any address out of {[info[4] for info in infos]!r}")
    except BaseException:
        for sock in sockets:
            sock.close()
        raise
    return sockets


async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None,
                        backlog=100, ssl=None, reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None, start_serving=True):
    """Accept TCP connections at host (several: a sequence; None: all) and port, or at a bound socket; return the Server."""
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    tls = ssl, ssl_handshake_timeout, ssl_shutdown_timeout
    check_tls(*tls)
    if sock is not None:
        refuse_tls(sock)
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        options = reuse_address is None or reuse_address, reuse_port, keep_alive
        sockets = _open_all(self, await _addresses(self, host, port, family, flags), options)
    elif sock is None:
        raise ValueError("Neither host/port nor sock were specified")
    elif sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    else:
        sockets = [sock]
    return await _serve(self, sockets, protocol_factory, backlog, start_serving, tls=tls)


def _bind_path(path):
    """A Unix socket bound to path; one that was left there is removed."""
    sock = unix_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        remove_left_over(path)
        sock.bind(path)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
        raise
    except BaseException:
        sock.close()
        raise
    return sock


async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
                             ssl_shutdown_timeout=None, start_serving=True, cleanup_socket=True):
    """Accept connections at a Unix socket at path, or at a bound socket; return the Server.

    cleanup_socket: remove the path when the server is closed."""
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    tls = ssl, ssl_handshake_timeout, ssl_shutdown_timeout
    check_tls(*tls)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        sock = _bind_path(os.fspath(path))
    elif sock is None:
        raise ValueError("path was not specified, and no sock specified")
    else:
        check_unix(sock)
    inode = _inode_of(sock.getsockname()) if cleanup_socket else None
    return await _serve(self, [sock], protocol_factory, backlog, start_serving, inode, tls)


def _inode_of(path):
    if path and path[0] not in (0, "\x00"):  # not an abstract name
        try:
            return os.stat(path).st_ino
        except FileNotFoundError:
            pass
    return None
