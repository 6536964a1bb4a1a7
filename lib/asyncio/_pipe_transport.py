"""Transports over pipes, and those of child processes, on Unix."""

import errno
import os
import selectors
import stat
import subprocess
import sys
import warnings
from . import base_subprocess, constants, futures, transports
from .log import logger


class _Pipe(transports._FlowControlMixin):
    """What both directions have in common."""

    _what, _event = "", 0

    def __init__(self, loop, pipe, protocol, extra, kinds, complaint):
        super().__init__(extra, loop)
        self._extra["pipe"] = pipe
        self._pipe, self._fileno, self._protocol = pipe, pipe.fileno(), protocol
        self._closing = False
        mode = os.fstat(self._fileno).st_mode
        if not any(kind(mode) for kind in kinds):
            self._pipe = self._fileno = self._protocol = None
            raise ValueError(complaint)
        os.set_blocking(self._fileno, False)
        self._mode = mode

    def _state(self):
        from ._selector_transport import _test_selector_event
        selector = getattr(self._loop, "_selector", None)
        if self._pipe is not None and selector is not None:
            return "polling" if _test_selector_event(selector, self._fileno, self._event) else "idle"
        return "open" if self._pipe is not None else "closed"

    def _repr_head(self):
        info = [self.__class__.__name__]
        if self._pipe is None:
            info.append("closed")
        elif self._closing:
            info.append("closing")
        info.append(f"fd={self._fileno}")
        return info

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol = protocol

    def get_protocol(self):
        """Return the protocol."""
        return self._protocol

    def is_closing(self):
        """Return whether it is closed, or about to be."""
        return self._closing

    def __del__(self, _warn=warnings.warn):
        if self._pipe is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._pipe.close()

    def _fatal_error(self, exc, message="Fatal error on pipe transport"):
        if self._is_ordinary(exc):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({"message": message, "exception": exc, "transport": self, "protocol": self._protocol})
        self._close(exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._pipe.close()
            self._pipe = self._protocol = self._loop = None


class _UnixReadPipeTransport(_Pipe, transports.ReadTransport):
    """The reading end of a pipe."""

    max_size = 256 * 1024  # bytes of one read()
    _event = selectors.EVENT_READ

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        self._pipe = None
        self._paused = False
        super().__init__(loop, pipe, protocol, extra, (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR),
                         "Pipe transport is for pipes/sockets only.")
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._add_reader, self._fileno, self._read_ready)  # not before connection_made()
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        return f"<{' '.join([*self._repr_head(), self._state()])}>"

    def _is_ordinary(self, exc):
        return isinstance(exc, OSError) and exc.errno == errno.EIO

    def _add_reader(self, fd, callback):
        if self.is_reading():
            self._loop._add_reader(fd, callback)

    def is_reading(self):
        return not self._paused and not self._closing

    def _read_ready(self):
        try:
            data = os.read(self._fileno, self.max_size)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as e:
            self._fatal_error(e, "Fatal read error on pipe transport")
            return
        if data:
            self._protocol.data_received(data)
            return
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._protocol.eof_received)
        self._loop.call_soon(self._call_connection_lost, None)

    def pause_reading(self):
        if not self.is_reading():
            return
        self._paused = True
        self._loop._remove_reader(self._fileno)
        if self._loop.get_debug():
            logger.debug("%r pauses reading", self)

    def resume_reading(self):
        if self._closing or not self._paused:
            return
        self._paused = False
        self._loop._add_reader(self._fileno, self._read_ready)
        if self._loop.get_debug():
            logger.debug("%r resumes reading", self)

    def close(self):
        """Close the pipe."""
        if not self._closing:
            self._close(None)

    def _close(self, exc):
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._call_connection_lost, exc)

    def get_write_buffer_size(self):
        return 0


class _UnixWritePipeTransport(_Pipe, transports.WriteTransport):
    """The writing end of a pipe."""

    _event = selectors.EVENT_WRITE

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        self._pipe = None
        self._buffer = bytearray()
        self._conn_lost = 0
        super().__init__(loop, pipe, protocol, extra, (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK),
                         "Pipe transport is only for pipes, sockets and character devices")
        loop.call_soon(self._protocol.connection_made, self)
        # A pipe whose other end closes becomes readable; not so on AIX, and a character device is readable anyway
        if stat.S_ISSOCK(self._mode) or stat.S_ISFIFO(self._mode) and not sys.platform.startswith("aix"):
            loop.call_soon(self._loop._add_reader, self._fileno, self._read_ready)
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        info, state = self._repr_head(), self._state()
        info.append(state)
        if state in ("polling", "idle"):
            info.append(f"bufsize={self.get_write_buffer_size()}")
        return f"<{' '.join(info)}>"

    def _is_ordinary(self, exc):
        return isinstance(exc, OSError)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _read_ready(self):
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._close(BrokenPipeError() if self._buffer else None)

    def write(self, data):
        """Send data, now or when there is room."""
        assert isinstance(data, (bytes, bytearray, memoryview)), repr(data)
        if not data:
            return
        if self._conn_lost or self._closing:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("pipe closed by peer or os.write(pipe, data) raised exception.")
            self._conn_lost += 1
            return
        if not self._buffer:
            try:
                sent = os.write(self._fileno, data)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                self._conn_lost += 1
                self._fatal_error(e, "Fatal write error on pipe transport")
                return
            if sent == len(data):
                return
            if sent > 0:
                data = data[sent:]
            self._loop._add_writer(self._fileno, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        assert self._buffer, "Data should not be empty"
        try:
            sent = os.write(self._fileno, self._buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._buffer.clear()
            self._conn_lost += 1
            self._loop._remove_writer(self._fileno)  # not by _fatal_error(), which calls _close(): there is nothing left to send
            self._fatal_error(e, "Fatal write error on pipe transport")
            return
        if sent == len(self._buffer):
            self._buffer.clear()
            self._loop._remove_writer(self._fileno)
            self._maybe_resume_protocol()
            if self._closing:
                self._loop._remove_reader(self._fileno)
                self._call_connection_lost(None)
        elif sent > 0:
            del self._buffer[:sent]

    def can_write_eof(self):
        """True."""
        return True

    def write_eof(self):
        """Close the pipe, once all is sent."""
        if self._closing:
            return
        assert self._pipe
        self._closing = True
        if not self._buffer:
            self._loop._remove_reader(self._fileno)
            self._loop.call_soon(self._call_connection_lost, None)

    def close(self):
        """Close the pipe, once all is sent."""
        if self._pipe is not None and not self._closing:
            self.write_eof()

    def abort(self):
        """Close the pipe at once."""
        self._close(None)

    def _close(self, exc=None):
        self._closing = True
        if self._buffer:
            self._loop._remove_writer(self._fileno)
        self._buffer.clear()
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._call_connection_lost, exc)


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    """A child process's transport."""

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, universal_newlines=False,
                                      bufsize=bufsize, **kwargs)
