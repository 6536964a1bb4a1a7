"""Loops that wait with a selector: which files they watch, how they are woken, and which transport has which file.

Without a selector of the program's own the loop waits with epoll itself (_asyncio.Loop), and its selector only shows what is watched."""

import os
import selectors
import weakref
from collections.abc import MutableMapping
from . import base_events, events
from .log import logger

__all__ = ("BaseSelectorEventLoop",)

__getattr__ = base_events.names_from(globals(), {
    "_SelectorTransport": "._endpoint", "_SelectorSocketTransport": "._endpoint", "_HAS_SENDMSG": "._endpoint",
    "_SelectorDatagramTransport": "._datagram", "ssl": "ssl", "socket": "socket"})
_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
_EVENTS = _READ, _WRITE  # of the two sides: 0 is what is read, 1 what is written


class _Watched(MutableMapping):
    """What a loop watches, as selectors have it: descriptor -> SelectorKey, whose data are the two handles."""

    def __init__(self, loop):
        self._watch, self._all = loop._get_watch, loop._watched

    def __getitem__(self, fd):
        handles = self._watch(fd)
        wanted = sum(event for event, handle in zip(_EVENTS, handles) if handle is not None)
        if not wanted:
            raise KeyError(fd)
        return selectors.SelectorKey(fd, fd, wanted, handles)

    def __iter__(self):
        return iter(self._all())

    def __len__(self):
        return len(self._all())

    def __setitem__(self, fd, key):
        raise RuntimeError("files are registered with the loop's add_reader() and add_writer()")

    __delitem__ = __setitem__

    def clear(self):
        """The selector is closed."""


class _WakeEnd:
    """An end of the pipe that wakes a loop: a byte sent into one makes the other readable."""

    def __init__(self, fd):
        self._fd = fd
        os.set_blocking(fd, False)

    def fileno(self):
        return self._fd

    def recv(self, count):
        return os.read(self._fd, count)

    def send(self, data):
        return os.write(self._fd, data)

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    __del__ = close


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """selector: None: the best that the system has."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.DefaultSelector() if selector is None else selector
        logger.debug("Using selector: %s", type(self._selector).__name__)
        if selector is None and type(self)._process_events is BaseSelectorEventLoop._process_events:
            self._use_epoll(self._selector.fileno())
            self._selector._keys = _Watched(self)
        self._transports = weakref.WeakValueDictionary()  # descriptor -> the transport that has it
        self._internal_fds = 0
        self._make_self_pipe()

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._close_self_pipe()
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    # ---- Waking ------------------------------------------------------------------------------------------------------------------------

    def _make_self_pipe(self):
        self._ssock, self._csock = map(_WakeEnd, os.pipe())
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _close_self_pipe(self):
        self._remove_reader(self._ssock.fileno())
        for end in (self._ssock, self._csock):
            end.close()
        self._ssock = self._csock = None
        self._internal_fds -= 1

    def _write_to_self(self):
        waker = self._csock
        try:
            if waker is not None:  # None: another thread has closed the loop
                waker.send(b"\0")
        except OSError:  # there is no room: then it has enough to wake it
            if self._debug:
                logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
            except InterruptedError:
                continue
            except BlockingIOError:
                return
            if not data:
                return
            self._process_self_data(data)

    def _process_self_data(self, data):
        """What woke the loop: the numbers of signals, or zeros."""

    # ---- Watching ----------------------------------------------------------------------------------------------------------------------

    def _process_events(self, event_list):
        for key, mask in event_list:
            for event, handle, remove in zip(_EVENTS, key.data, (self._remove_reader, self._remove_writer)):
                if not mask & event or handle is None:
                    continue
                if handle._cancelled:
                    remove(key.fileobj)
                else:
                    self._add_callback(handle)

    def _key(self, fd):
        return self._selector.get_map().get(fd)

    def _get_watch(self, fd):
        """The handles of what is called when fd can be read, and when it can be written; or None."""
        if self._waits_itself():
            return super()._get_watch(fd)
        key = None if self._selector is None else self._key(fd)
        return (None, None) if key is None else key.data

    def _watch(self, fd, side, handle):
        """Have handle, None: nothing, called for that side of fd; return the one so far."""
        if self._waits_itself():
            return self._set_watch(fd, side, handle)
        key = self._key(fd)
        handles = [None, None] if key is None else list(key.data)
        old, handles[side] = handles[side], handle
        wanted = (_READ if handles[0] is not None else 0) | (_WRITE if handles[1] is not None else 0)
        if key is None:
            if wanted:
                self._selector.register(fd, wanted, tuple(handles))
        elif wanted:
            self._selector.modify(fd, wanted, tuple(handles))
        else:
            self._selector.unregister(fd)
        if old is not None:
            old.cancel()
        return old

    def _add_reader(self, fd, callback, *args):
        self._check_closed()
        handle = events.Handle(callback, args, self)
        self._watch(fd, 0, handle)
        return handle

    def _add_writer(self, fd, callback, *args):
        self._check_closed()
        handle = events.Handle(callback, args, self)
        self._watch(fd, 1, handle)
        return handle

    def _remove_reader(self, fd):
        return not self._closed and self._watch(fd, 0, None) is not None

    def _remove_writer(self, fd):
        return not self._closed and self._watch(fd, 1, None) is not None

    def _ensure_fd_no_transport(self, file):
        """A file must not be one that a transport has. ValueError: it is no file; RuntimeError."""
        try:
            fd = file if isinstance(file, int) else int(file.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {file!r}") from None
        transport = self._transports.get(fd)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f"File descriptor {file!r} is used by transport {transport!r}")
        return fd

    def add_reader(self, fd, callback, *args):
        """Have callback(*args) called whenever fd can be read."""
        self._add_reader(self._ensure_fd_no_transport(fd), callback, *args)

    def add_writer(self, fd, callback, *args):
        """Have callback(*args) called whenever fd can be written."""
        self._add_writer(self._ensure_fd_no_transport(fd), callback, *args)

    def remove_reader(self, fd):
        """Call nothing any more when fd can be read; return whether something was."""
        return self._remove_reader(self._ensure_fd_no_transport(fd))

    def remove_writer(self, fd):
        """Call nothing any more when fd can be written; return whether something was."""
        return self._remove_writer(self._ensure_fd_no_transport(fd))

    # ---- The world outside ---------------------------------------------------------------------------------------------------------------

    base_events.later(vars(), "._socket", "sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_accept "
                      "sock_connect")
    base_events.later(vars(), "._endpoint", "_make_socket_transport _make_ssl_transport")
    base_events.later(vars(), "._datagram", "_make_datagram_transport")
    base_events.later(vars(), "._server", "_start_serving _stop_serving _accept_connection _accept_connection2")
    base_events.later(vars(), "._sendfile", "_sendfile_native")
