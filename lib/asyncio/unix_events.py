"""The event loop of Unix systems: signals, pipes, child processes, sockets with names in the file system."""

import errno
import os
import signal
import socket
import stat
import sys
import threading
from . import base_events, coroutines, events, exceptions, futures, selector_events, tasks
from ._pipe_transport import _UnixReadPipeTransport, _UnixSubprocessTransport, _UnixWritePipeTransport
from ._watcher import (AbstractChildWatcher, BaseChildWatcher, FastChildWatcher, MultiLoopChildWatcher, PidfdChildWatcher,
                       SafeChildWatcher, ThreadedChildWatcher, can_use_pidfd, waitstatus_to_exitcode)
from .log import logger

__all__ = ("SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy", "EventLoop")


def _sighandler_noop(signum, frame):
    """What a handled signal calls: the loop learns of it by the descriptor for wake-ups."""


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """The loop of Unix systems."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}
        self._unix_server_sockets = {}  # socket -> inode of its name

    def close(self):
        super().close()
        if sys.is_finalizing():
            if self._signal_handlers:
                import warnings
                warnings.warn(f"Closing the loop {self!r} on interpreter shutdown stage, skipping signal handlers removal", ResourceWarning,
                              source=self)
                self._signal_handlers.clear()
        else:
            for sig in list(self._signal_handlers):
                self.remove_signal_handler(sig)

    # ---- Signals -----------------------------------------------------------------------------------------------------------------------

    def _process_self_data(self, data):
        for signum in data:
            if signum:  # 0 only wakes
                self._handle_signal(signum)

    def add_signal_handler(self, sig, callback, *args):
        """Have callback(*args) called when a signal comes. ValueError, RuntimeError: that cannot be."""
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        try:
            signal.set_wakeup_fd(self._csock.fileno())
        except (ValueError, OSError) as e:
            raise RuntimeError(str(e))
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _sighandler_noop)
            signal.siginterrupt(sig, False)
        except OSError as e:
            del self._signal_handlers[sig]
            if not self._signal_handlers:
                self._stop_wakeups()
            if e.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise

    def _stop_wakeups(self):
        try:
            signal.set_wakeup_fd(-1)
        except (ValueError, OSError) as e:
            logger.info("set_wakeup_fd(-1) failed: %s", e)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Do for a signal what the system does; return whether there was a handler."""
        self._check_signal(sig)
        try:
            del self._signal_handlers[sig]
        except KeyError:
            return False
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as e:
            if e.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise
        if not self._signal_handlers:
            self._stop_wakeups()
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    # ---- Pipes and processes -----------------------------------------------------------------------------------------------------------

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixReadPipeTransport(self, pipe, protocol, waiter, extra)

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixWritePipeTransport(self, pipe, protocol, waiter, extra)

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None, **kwargs):
        policy = events.get_event_loop_policy()
        watcher = policy._watcher_for_loop() if hasattr(policy, "_watcher_for_loop") else policy.get_child_watcher()
        with watcher:
            if not watcher.is_active():
                raise RuntimeError("asyncio.get_child_watcher() is not activated, subprocess support is not installed.")
            waiter = self.create_future()
            transport = _UnixSubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=waiter, extra=extra,
                                                 **kwargs)
            watcher.add_child_handler(transport.get_pid(), self._child_watcher_callback, transport)
            try:
                await waiter
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                transport.close()
                await transport._wait()
                raise
        return transport

    def _child_watcher_callback(self, pid, returncode, transp):
        self.call_soon_threadsafe(transp._process_exited, returncode)

    # ---- Sockets with names ------------------------------------------------------------------------------------------------------------

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Connect to a Unix socket; return (transport, protocol)."""
        assert server_hostname is None or isinstance(server_hostname, str)
        if ssl:
            if server_hostname is None:
                raise ValueError("you have to pass server_hostname when using ssl")
        else:
            base_events._check_ssl_options(ssl, server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
                                           ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, path)
            except:
                sock.close()
                raise
        else:
            if sock is None:
                raise ValueError("no path and sock were specified")
            if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
                raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")
            sock.setblocking(False)
        return await self._create_connection_transport(sock, protocol_factory, ssl, server_hostname,
                                                       ssl_handshake_timeout=ssl_handshake_timeout,
                                                       ssl_shutdown_timeout=ssl_shutdown_timeout)

    def _bind_path(self, path):
        path = os.fspath(path)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if path[0] not in (0, "\x00"):
            try:
                if stat.S_ISSOCK(os.stat(path).st_mode):
                    os.remove(path)  # of a server that is gone
            except FileNotFoundError:
                pass
            except OSError as e:
                logger.error("Unable to check or remove stale UNIX socket %r: %r", path, e)
        try:
            sock.bind(path)
        except OSError as e:
            sock.close()
            if e.errno == errno.EADDRINUSE:
                raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
            raise
        except:
            sock.close()
            raise
        return sock

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
                                 ssl_shutdown_timeout=None, start_serving=True, cleanup_socket=True):
        """Accept connections at a Unix socket; return the Server. cleanup_socket: its name goes when the server closes."""
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        if ssl is not None:
            raise NotImplementedError("asyncio: TLS is not there yet")
        base_events._check_ssl_options(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            sock = self._bind_path(path)
        else:
            if sock is None:
                raise ValueError("path was not specified, and no sock specified")
            if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
                raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")
        if cleanup_socket:
            path = sock.getsockname()
            if path and path[0] not in (0, "\x00"):
                try:
                    self._unix_server_sockets[sock] = os.stat(path).st_ino
                except FileNotFoundError:
                    pass
        sock.setblocking(False)
        server = base_events.Server(self, [sock], protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0)
        return server

    def _stop_serving(self, sock):
        inode = self._unix_server_sockets.pop(sock, None)
        path = sock.getsockname() if inode is not None else None
        super()._stop_serving(sock)
        if inode is None:
            return
        try:
            if os.stat(path).st_ino == inode:  # and not of another server that came later
                os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as e:
            logger.error("Unable to clean up listening UNIX socket %r: %r", path, e)

    # ---- Files -------------------------------------------------------------------------------------------------------------------------

    async def _sock_sendfile_native(self, sock, file, offset, count):
        if not hasattr(os, "sendfile"):
            raise exceptions.SendfileNotAvailableError("os.sendfile() is not available")
        import io
        try:
            fileno = file.fileno()
        except (AttributeError, io.UnsupportedOperation):
            raise exceptions.SendfileNotAvailableError("not a regular file")
        try:
            size = os.fstat(fileno).st_size
        except OSError:
            raise exceptions.SendfileNotAvailableError("not a regular file")
        block = count if count else size
        if not block:
            return 0
        future = self.create_future()
        self._sock_sendfile_native_impl(future, None, sock, fileno, offset, count, block, 0)
        return await future

    def _sock_sendfile_native_impl(self, fut, registered_fd, sock, fileno, offset, count, blocksize, total_sent):
        """Send until the socket has no room; then again when it has."""
        fd = sock.fileno()
        if registered_fd is not None:
            self.remove_writer(registered_fd)
        if fut.cancelled():
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            return
        if count:
            blocksize = count - total_sent
            if blocksize <= 0:
                self._sock_sendfile_update_filepos(fileno, offset, total_sent)
                fut.set_result(total_sent)
                return
        blocksize = min(blocksize, sys.maxsize // 2 + 1)
        try:
            sent = os.sendfile(fd, fileno, offset, blocksize)
        except (BlockingIOError, InterruptedError):
            if registered_fd is None:
                self._sock_add_cancellation_callback(fut, sock)
            self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset, count, blocksize, total_sent)
        except OSError as e:
            if registered_fd is not None and e.errno == errno.ENOTCONN and type(e) is not ConnectionError:
                converted = ConnectionError("socket is not connected", errno.ENOTCONN)
                converted.__cause__ = e
                e = converted
            if total_sent == 0:  # files of this kind cannot be sent so
                error = exceptions.SendfileNotAvailableError("os.sendfile call failed")
                error.__cause__ = e
                fut.set_exception(error)
            else:
                self._sock_sendfile_update_filepos(fileno, offset, total_sent)
                fut.set_exception(e)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_exception(e)
        else:
            if sent == 0:  # the end of the file
                self._sock_sendfile_update_filepos(fileno, offset, total_sent)
                fut.set_result(total_sent)
                return
            if registered_fd is None:
                self._sock_add_cancellation_callback(fut, sock)
            self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset + sent, count, blocksize, total_sent + sent)

    def _sock_sendfile_update_filepos(self, fileno, offset, total_sent):
        if total_sent > 0:
            os.lseek(fileno, offset, os.SEEK_SET)

    def _sock_add_cancellation_callback(self, fut, sock):
        def stop(future):
            if future.cancelled() and sock.fileno() != -1:
                self.remove_writer(sock.fileno())
        fut.add_done_callback(stop)


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The usual policy, and the one watcher of child processes."""

    _loop_factory = _UnixSelectorEventLoop

    def __init__(self):
        super().__init__()
        self._watcher = None

    def _init_watcher(self):
        with events._lock:
            if self._watcher is None:
                self._watcher = PidfdChildWatcher() if can_use_pidfd() else ThreadedChildWatcher()

    def set_event_loop(self, loop):
        super().set_event_loop(loop)
        if self._watcher is not None and threading.current_thread() is threading.main_thread():
            self._watcher.attach_loop(loop)

    set_event_loop.__doc__ = events.BaseDefaultEventLoopPolicy.set_event_loop.__doc__

    def _watcher_for_loop(self):
        if self._watcher is None:
            self._init_watcher()
        return self._watcher

    def get_child_watcher(self):
        """Return what watches child processes."""
        watcher = self._watcher_for_loop()
        import warnings
        warnings._deprecated("get_child_watcher", "{name!r} is deprecated as of Python 3.12 and will be removed in Python {remove}.",
                             remove=(3, 14))
        return watcher

    def set_child_watcher(self, watcher):
        """Set what watches child processes."""
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher
        import warnings
        warnings._deprecated("set_child_watcher", "{name!r} is deprecated as of Python 3.12 and will be removed in Python {remove}.",
                             remove=(3, 14))


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
