"""TLS for streams: a protocol for the transport of a connection, and the transport that the program's protocol gets.

SSLProtocol stands between the two: what arrives goes into the MemoryBIO that TLS reads, and what TLS writes into the other one goes out. While the
transport below has something left to send, nothing more is encrypted, so that little waits in memory, and the program is told to pause."""

import collections
import enum
import ssl
import threading
from . import constants, events, exceptions, futures, protocols, transports
from ._endpoint import wait_or_close
from .log import logger

_AT_ONCE = 64 * 1024  # bytes that are decrypted, or encrypted, between two looks at what else there is


class _State(enum.Enum):
    UNWRAPPED = "before the handshake"
    HANDSHAKE = "in the handshake"
    OPEN = "open"
    FLUSHING = "closing: what was written is being sent"
    SHUTDOWN = "closing: waiting for the other side's goodbye"
    CLOSED = "closed"


def _seconds(name, value, otherwise):
    """A timeout. ValueError: it is not positive."""
    if value is None:
        return otherwise
    if value <= 0:
        raise ValueError(f"{name} should be a positive number, got {value}")
    return value


class _SSLProtocolTransport(transports._FlowControlMixin):
    """What the program's protocol sends with."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.FALLBACK
    _closing = False

    def __init__(self, loop, wire):
        super().__init__(None, loop)
        self._ssl_protocol = wire

    @property
    def _protocol(self):
        return self._ssl_protocol._app_protocol

    def __repr__(self):
        return f"<{type(self).__name__} {self._ssl_protocol._state.value}, over {self._ssl_protocol._transport!r}>"

    def __del__(self):
        if self._ssl_protocol._state is _State.OPEN and not self._closing:
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._closing = True

    def get_extra_info(self, name, default=None):
        return self._ssl_protocol._get_extra_info(name, default)

    def set_protocol(self, protocol):
        self._ssl_protocol._set_app_protocol(protocol)

    def get_protocol(self):
        return self._ssl_protocol._app_protocol

    def is_closing(self):
        return self._closing or self._ssl_protocol._transport is None or self._ssl_protocol._transport.is_closing()

    def close(self):
        if not self._closing:
            self._closing = True
            self._ssl_protocol._close()

    def abort(self):
        self._closing = True
        self._ssl_protocol._abort(None)

    def _force_close(self, error):
        self._closing = True
        self._ssl_protocol._abort(error)

    def is_reading(self):
        return not (self._closing or self._ssl_protocol._reading_paused)

    def pause_reading(self):
        self._ssl_protocol._pause_reading()

    def resume_reading(self):
        self._ssl_protocol._resume_reading()

    def get_write_buffer_size(self):
        return self._ssl_protocol._unsent()

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data: expecting a bytes-like instance, got {type(data).__name__}")
        self._ssl_protocol._write([data])

    def writelines(self, list_of_data):
        self._ssl_protocol._write(list(list_of_data))

    def _test__append_write_backlog(self, data):
        """For tests: data is to be sent, with what is written next."""
        self._ssl_protocol._keep(data)

    def write_eof(self):
        raise NotImplementedError

    def can_write_eof(self):
        return False

    for _name, _method in list(vars().items()):
        if callable(_method) and not _method.__doc__ and hasattr(transports.Transport, _name):
            _method.__doc__ = getattr(transports.Transport, _name).__doc__
    del _name, _method


class _Arrived(threading.local):
    """Where bytes arrive before TLS has them: at once, so that one place is enough for all connections of a thread."""

    def __init__(self):
        self.view = memoryview(bytearray(_AT_ONCE))


_arrived = _Arrived()


class SSLProtocol(protocols.BufferedProtocol):
    """TLS between a transport and the program's protocol."""

    def __init__(self, loop, app_protocol, sslcontext, waiter, server_side=False, server_hostname=None, call_connection_made=True,
                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        if ssl is None:
            raise RuntimeError("the module ssl is not there")
        if not sslcontext:
            sslcontext = _create_transport_context(server_side, server_hostname)
        self._handshake_seconds = _seconds("ssl_handshake_timeout", ssl_handshake_timeout, constants.SSL_HANDSHAKE_TIMEOUT)
        self._shutdown_seconds = _seconds("ssl_shutdown_timeout", ssl_shutdown_timeout, constants.SSL_SHUTDOWN_TIMEOUT)
        self._loop, self._sslcontext, self._waiter, self._server_side = loop, sslcontext, waiter, server_side
        self._server_hostname = None if server_side else server_hostname or None
        self._tell_made, self._made = call_connection_made, not call_connection_made
        self._set_app_protocol(app_protocol)
        self._in, self._out, self._sslobj = ssl.MemoryBIO(), ssl.MemoryBIO(), None
        self._transport, self._state, self._timer, self._known = None, _State.UNWRAPPED, None, {}
        self._pieces, self._size = collections.deque(), 0  # what the program has written and was not encrypted, and how many bytes that is
        self._below_paused = self._below_ended = self._reading_paused = self._ended = False  # ended: eof_received() was called
        self._loss = None
        self._app_transport = _SSLProtocolTransport(loop, self)

    def _set_app_protocol(self, protocol):
        self._app_protocol, self._buffered = protocol, isinstance(protocol, protocols.BufferedProtocol)

    def _get_extra_info(self, name, default=None):
        if name in self._known:
            return self._known[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def _debug(self, message, *more):
        if self._loop.get_debug():
            logger.debug(message, self, *more)

    # ---- The transport below tells --------------------------------------------------------------------------------------------------------

    def connection_made(self, transport):
        self._transport, self._state = transport, _State.HANDSHAKE
        if hasattr(transport, "set_write_buffer_limits"):
            transport.set_write_buffer_limits(high=0)  # more is encrypted when there is nothing left
        self._debug("%r starts SSL handshake")
        self._timer = self._loop.call_later(self._handshake_seconds, self._handshake_late)
        self._known["sslcontext"] = self._sslcontext
        try:
            self._sslobj = self._sslcontext.wrap_bio(self._in, self._out, self._server_side, self._server_hostname)
        except Exception as error:
            self._handshake_ended(error)
            return
        self._shake()

    def get_buffer(self, sizehint):
        return _arrived.view

    def buffer_updated(self, nbytes):
        if self._state is not _State.CLOSED and self._sslobj is not None:
            self._in.write(_arrived.view[:nbytes])
            self._go_on()

    def eof_received(self):
        self._debug("%r received EOF")
        if self._state is _State.HANDSHAKE:
            self._handshake_ended(ConnectionResetError("the connection ended in the TLS handshake"))
        elif self._state is not _State.CLOSED:
            self._below_ended = True  # TLS is not told, if the other side did not: what is left to send could not be encrypted any more
            self._go_on()
            if self._state is _State.OPEN and not self._reading_paused:
                self._input_ended()
        return self._reading_paused and self._state is _State.OPEN  # it is looked at again when reading goes on

    def connection_lost(self, exc):
        self._stop_timer()
        was, self._state = self._state, _State.CLOSED
        self._drop()
        self._app_transport._closing = True
        if was in (_State.UNWRAPPED, _State.HANDSHAKE):
            self._wake(exc or self._loss or ConnectionResetError("the connection was lost in the TLS handshake"))
        if self._made:
            self._loop.call_soon(self._app_protocol.connection_lost, exc or self._loss)
        self._transport = self._sslobj = None

    def pause_writing(self):
        self._below_paused = True

    def resume_writing(self):
        self._below_paused = False
        if self._state is _State.FLUSHING:
            self._go_on()
        else:
            self._flush()
        self._app_transport._maybe_resume_protocol()

    def _go_on(self):
        """What arrived may let the handshake, reading or the goodbye go on."""
        if self._state is _State.HANDSHAKE:
            self._shake()
        elif self._state is _State.OPEN:
            self._read()
            self._flush()  # a client's answer to a new key
        elif self._state is _State.FLUSHING:
            self._flush_and_say_goodbye()
        elif self._state is _State.SHUTDOWN:
            self._discard()
            self._say_goodbye()

    def _send(self):
        """Give the transport below what TLS has written."""
        if self._out.pending and self._transport is not None:
            self._transport.write(self._out.read())

    # ---- The handshake --------------------------------------------------------------------------------------------------------------------

    def _handshake_late(self):
        if self._state is _State.HANDSHAKE:
            text = f"SSL handshake is taking longer than {self._handshake_seconds} seconds: aborting the connection"
            self._handshake_ended(ConnectionAbortedError(text))

    def _shake(self):
        try:
            self._sslobj.do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            self._send()
        except Exception as error:
            self._send()  # the alert that says why
            self._handshake_ended(error)
        else:
            self._send()
            self._handshake_ended(None)

    def _handshake_ended(self, error):
        self._stop_timer()
        if error is not None:
            self._state = _State.UNWRAPPED
            if isinstance(error, ssl.CertificateError):
                self._fatal_error(error, "SSL handshake failed on verifying the certificate")
            else:
                self._fatal_error(error, "SSL handshake failed")
            self._wake(error)
            return
        tls = self._sslobj
        self._known.update(peercert=tls.getpeercert(), cipher=tls.cipher(), compression=tls.compression(), ssl_object=tls)
        self._state = _State.OPEN
        self._debug("%r: SSL handshake is over")
        if not self._made:
            self._made = True
            self._app_protocol.connection_made(self._app_transport)
        self._wake(None)
        self._go_on()

    def _wake(self, error):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            if error is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(error)

    # ---- Reading --------------------------------------------------------------------------------------------------------------------------

    def _pause_reading(self):
        if not self._reading_paused:
            self._reading_paused = True
            if self._transport is not None:
                self._transport.pause_reading()

    def _resume_reading(self):
        if self._reading_paused:
            self._reading_paused = False
            if self._transport is not None:
                self._transport.resume_reading()
            self._loop.call_soon(self._read_again)

    def _read_again(self):
        if self._state is _State.OPEN:
            self._read()
            if self._below_ended and self._state is _State.OPEN and not self._reading_paused:
                self._input_ended()

    def _read(self):
        """Give the program what has arrived, as far as it wants it."""
        step = "read"
        try:
            while self._state is _State.OPEN and not self._reading_paused and not self._ended:
                step = "read"
                if self._buffered:
                    step = "get_buffer"
                    buffer = self._app_protocol.get_buffer(-1)
                    if not len(buffer):
                        raise RuntimeError("get_buffer() returned an empty buffer")
                    step = "read"
                    count = self._sslobj.read(len(buffer), buffer)
                    step = "buffer_updated"
                    if count:
                        self._app_protocol.buffer_updated(count)
                        continue
                elif data := self._sslobj.read(_AT_ONCE):
                    step = "data_received"
                    self._app_protocol.data_received(data)
                    continue
                self._farewell = True
                self._input_ended()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            self._send()
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            self._out.read()
            self._farewell = True
            self._input_ended()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if step == "read":
                self._send()
                self._fatal_error(error, "Fatal error on SSL protocol")
            else:
                self._fatal_error(error, f"Fatal error: protocol.{step}() call failed.")

    def _input_ended(self):
        """The other side sends no more. It gets a goodbye: over TLS, both directions end together."""
        if self._ended:
            return
        self._ended = True
        try:
            if self._app_protocol.eof_received() and self._loop.get_debug():
                logger.warning("returning true from eof_received() has no effect when using ssl")
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, "Fatal error: protocol.eof_received() call failed.")
            return
        self._app_transport.close()

    # ---- Writing --------------------------------------------------------------------------------------------------------------------------

    def _unsent(self):
        below = self._transport if self._below_paused else None  # else it has nothing left
        return self._size + (below.get_write_buffer_size() if below is not None else 0)

    def _drop(self):
        self._pieces.clear()
        self._size = 0

    def _write(self, pieces):
        if self._state not in (_State.UNWRAPPED, _State.HANDSHAKE, _State.OPEN):
            if self._state is not _State.CLOSED or self._transport is None:
                self._count_lost()
            return
        for piece in pieces:
            self._keep(piece)
        self._flush()
        self._app_transport._maybe_pause_protocol()

    def _keep(self, piece):
        view = memoryview(bytes(piece) if isinstance(piece, bytearray) else piece).cast("B")
        if len(view):
            self._pieces.append(view)
            self._size += len(view)

    _lost_writes = 0
    _farewell = False  # the other side has said goodbye

    def _count_lost(self):
        self._lost_writes += 1
        if self._lost_writes > constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning("SSL connection is closed")

    def _flush(self):
        """Encrypt and send what the program has written, until the transport below has enough."""
        if self._state not in (_State.OPEN, _State.FLUSHING):
            return
        pieces = self._pieces
        try:
            while pieces and not self._below_paused:
                first = pieces[0]
                sent = self._sslobj.write(first[:_AT_ONCE])
                self._size -= sent
                if sent < len(first):
                    pieces[0] = first[sent:]
                else:
                    pieces.popleft()
                if self._out.pending >= _AT_ONCE:
                    self._send()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, "Fatal error on SSL protocol")
            return
        self._send()

    # ---- The end --------------------------------------------------------------------------------------------------------------------------

    def _close(self):
        if self._state is _State.OPEN:
            self._state = _State.FLUSHING
            if self._reading_paused:
                self._transport.resume_reading()  # the goodbye is wanted
            self._timer = self._loop.call_later(self._shutdown_seconds, self._shutdown_late)
            self._flush_and_say_goodbye()
        elif self._state in (_State.UNWRAPPED, _State.HANDSHAKE):
            self._abort(None)

    def _shutdown_late(self):
        if self._state in (_State.FLUSHING, _State.SHUTDOWN):
            self._abort(exceptions.TimeoutError("SSL shutdown timed out"))

    def _flush_and_say_goodbye(self):
        self._discard()
        self._flush()
        if not self._pieces and self._state is _State.FLUSHING:
            self._state = _State.SHUTDOWN
            self._say_goodbye()

    def _say_goodbye(self):
        if self._farewell or not self._below_ended:  # else the other side has gone without a word, and gets none
            try:
                self._sslobj.unwrap()
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                self._send()
                if not self._below_ended:
                    return  # the other side's is on its way
            except (OSError, ValueError):
                self._out.read()
        self._send()
        self._stop_timer()
        self._state = _State.CLOSED
        if self._transport is not None:
            self._transport.close()

    def _discard(self):
        """What still arrives before the other side's goodbye is not wanted any more."""
        try:
            while self._sslobj.read(_AT_ONCE):
                pass
            self._farewell = True
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except ssl.SSLZeroReturnError:
            self._farewell = True
        except ssl.SSLError:
            self._out.read()

    def _abort(self, error):
        self._stop_timer()
        self._loss = self._loss or error
        self._drop()
        if self._transport is not None:
            self._transport._force_close(error)

    def _stop_timer(self):
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _fatal_error(self, error, message="Fatal error on transport"):
        """The connection ends with an error. What connections may well come to is told in debug mode only."""
        if isinstance(error, OSError):
            self._debug("%r: %s: %r", message, error)
        elif not isinstance(error, exceptions.CancelledError):
            self._loop.call_exception_handler({"message": message, "exception": error, "transport": self._transport, "protocol": self})
        if self._transport is not None and self._out.pending:
            self._send()
        self._abort(error)


# ---- For loops ---------------------------------------------------------------------------------------------------------------------------

def _create_transport_context(server_side, server_hostname):
    """What TLS is made with where the program has only said that it wants it. ValueError: a server needs more."""
    if server_side:
        raise ValueError("Server side SSL needs a valid SSLContext")
    context = ssl.create_default_context()
    if not server_hostname:
        context.check_hostname = False
    return context


async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None,
                    ssl_shutdown_timeout=None):
    """Go on with TLS over a transport that has a connection; return the transport to use from now on."""
    if not isinstance(sslcontext, ssl.SSLContext):
        raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}")
    if not getattr(transport, "_start_tls_compatible", False):
        raise TypeError(f"transport {transport!r} is not supported by start_tls()")
    ready = self.create_future()
    wire = SSLProtocol(self, protocol, sslcontext, ready, server_side, server_hostname, False, ssl_handshake_timeout, ssl_shutdown_timeout)
    transport.pause_reading()  # what comes now is for TLS
    transport.set_protocol(wire)
    steps = self.call_soon(wire.connection_made, transport), self.call_soon(transport.resume_reading)
    try:
        await ready
    except BaseException:
        transport.close()
        for step in steps:
            step.cancel()
        raise
    return wire._app_transport
