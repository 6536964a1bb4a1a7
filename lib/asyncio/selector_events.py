"""Loops that wait with a selector: which files they watch, how they are woken, and which transport has which file."""

import os
import selectors
import weakref
from . import base_events, events
from .log import logger

__all__ = ("BaseSelectorEventLoop",)

__getattr__ = base_events.names_from(globals(), {"_SelectorSocketTransport": "._endpoint", "_SelectorDatagramTransport": "._datagram"})
_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class _Watch:
    """What is called when a descriptor can be read or written. The selector has it as the key's data."""

    __slots__ = ("fd", "reader", "writer")

    def __init__(self, fd):
        self.fd, self.reader, self.writer = fd, None, None

    def events(self):
        return (_READ if self.reader is not None else 0) | (_WRITE if self.writer is not None else 0)


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """selector: None: the best that the system has."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.DefaultSelector() if selector is None else selector
        logger.debug("Using selector: %s", type(self._selector).__name__)
        self._watches = {}  # descriptor -> _Watch
        self._transports = weakref.WeakValueDictionary()  # descriptor -> the transport that has it
        ends = os.pipe()
        for fd in ends:
            os.set_blocking(fd, False)
        self._wakes, self._waker = open(ends[0], "rb", 0), open(ends[1], "wb", 0)  # a byte in the second wakes the loop
        self._add_reader(ends[0], self._woken)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._remove_reader(self._wakes.fileno())
        super().close()
        self._wakes.close()
        self._waker.close()
        self._selector.close()
        self._selector = None

    # ---- Waking ------------------------------------------------------------------------------------------------------------------------

    def _write_to_self(self):
        try:
            self._waker.write(b"\0")  # or nothing, if there is no room: then it has enough to wake it
        except (OSError, ValueError):  # another thread has closed it
            if self._debug:
                logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    def _woken(self):
        while data := self._wakes.read(4096):
            self._wake_data(data)

    def _wake_data(self, data):
        """What woke the loop: the numbers of signals, or zeros."""

    # ---- Watching ----------------------------------------------------------------------------------------------------------------------

    def _process_events(self, event_list):
        ready = self._ready
        for key, mask in event_list:
            watch = key.data
            if mask & _READ and (handle := watch.reader) is not None:
                if handle._cancelled:
                    self._remove_reader(watch.fd)
                else:
                    ready.append(handle)
            if mask & _WRITE and (handle := watch.writer) is not None:
                if handle._cancelled:
                    self._remove_writer(watch.fd)
                else:
                    ready.append(handle)

    def _set_watch(self, fd, side, handle):
        """Have handle, None: nothing, called for that side ("reader", "writer") of fd; return the one so far."""
        watch = self._watches.get(fd) or _Watch(fd)
        before, old = watch.events(), getattr(watch, side)
        setattr(watch, side, handle)
        wanted = watch.events()
        try:
            self._tell_selector(watch, before, wanted)
        except OSError:
            setattr(watch, side, old)
            raise
        if old is not None:
            old.cancel()
        return old

    def _tell_selector(self, watch, before, wanted):
        fd = watch.fd
        if wanted and not before:
            self._selector.register(fd, wanted, watch)
            self._watches[fd] = watch
        elif before and not wanted:
            del self._watches[fd]
            self._selector.unregister(fd)
        elif wanted != before:
            self._selector.modify(fd, wanted, watch)

    def _add_reader(self, fd, callback, *args):
        self._check_closed()
        handle = events.Handle(callback, args, self)
        self._set_watch(fd, "reader", handle)
        return handle

    def _add_writer(self, fd, callback, *args):
        self._check_closed()
        handle = events.Handle(callback, args, self)
        self._set_watch(fd, "writer", handle)
        return handle

    def _remove_reader(self, fd):
        return not self._closed and self._set_watch(fd, "reader", None) is not None

    def _remove_writer(self, fd):
        return not self._closed and self._set_watch(fd, "writer", None) is not None

    def _free_fd(self, file):
        """The descriptor of a file, which must not be one that a transport has. ValueError, RuntimeError."""
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
        self._add_reader(self._free_fd(fd), callback, *args)

    def add_writer(self, fd, callback, *args):
        """Have callback(*args) called whenever fd can be written."""
        self._add_writer(self._free_fd(fd), callback, *args)

    def remove_reader(self, fd):
        """Call nothing any more when fd can be read; return whether something was."""
        return self._remove_reader(self._free_fd(fd))

    def remove_writer(self, fd):
        """Call nothing any more when fd can be written; return whether something was."""
        return self._remove_writer(self._free_fd(fd))

    # ---- The world outside ---------------------------------------------------------------------------------------------------------------

    base_events.later(vars(), "._socket", "sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_accept "
                      "sock_connect")
