"""Waiting for many files at once, by the best means that the system has."""

import select
from abc import ABCMeta, abstractmethod
from collections import namedtuple
from collections.abc import Mapping
import math as _math

EVENT_READ, EVENT_WRITE = 1, 2


def _descriptor(fileobj):
    """The descriptor of an int or of what has fileno(). ValueError: neither."""
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if fd < 0:
        raise ValueError(f"Invalid file descriptor: {fd}")
    return fd


SelectorKey = namedtuple("SelectorKey", ["fileobj", "fd", "events", "data"])
SelectorKey.__doc__ = """A registered file: the object, its descriptor, the events that it is watched for, and data of the program's own."""


def _not_registered(fileobj):
    return KeyError(f"{fileobj!r} is not registered")


class _Files(Mapping):
    """The files of a selector: object -> SelectorKey."""

    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._keys)

    def get(self, fileobj, default=None):
        fd = self._selector._find(fileobj)
        return self._selector._keys.get(fd, default)

    def __getitem__(self, fileobj):
        key = self.get(fileobj)
        if key is None:
            raise _not_registered(fileobj)
        return key

    def __iter__(self):
        return iter(self._selector._keys)


class BaseSelector(metaclass=ABCMeta):
    """Watches files, and tells which are ready."""

    @abstractmethod
    def register(self, fileobj, events, data=None):
        """Watch fileobj for events (EVENT_READ, EVENT_WRITE or both); return its SelectorKey.

        ValueError: bad events or file; KeyError: it is registered already."""
        raise NotImplementedError(f"{type(self).__name__} has no such method")

    @abstractmethod
    def unregister(self, fileobj):
        """Do not watch fileobj any more; return its SelectorKey. KeyError: it is not registered."""
        raise NotImplementedError(f"{type(self).__name__} has no such method")

    def modify(self, fileobj, events, data=None):
        """Change the events and data of a registered file; return its new SelectorKey."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    @abstractmethod
    def select(self, timeout=None):
        """Wait until files are ready, at most timeout seconds; return a list of (SelectorKey, events)."""
        raise NotImplementedError(f"{type(self).__name__} has no such method")

    def close(self):
        """Give back what the selector holds of the system."""

    def get_key(self, fileobj):
        """Return the SelectorKey of a registered file. KeyError: it is not."""
        mapping = self.get_map()
        if mapping is None:
            raise RuntimeError("Selector is closed")
        try:
            return mapping[fileobj]
        except KeyError:
            raise _not_registered(fileobj) from None

    @abstractmethod
    def get_map(self):
        """Return a mapping from files to their SelectorKeys."""
        raise NotImplementedError(f"{type(self).__name__} has no such method")

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class _Selector(BaseSelector):
    """What all have in common: the table of files."""

    def __init__(self):
        self._keys = {}  # descriptor -> SelectorKey
        self._map = _Files(self)

    def _find(self, fileobj):
        """The descriptor under which fileobj was registered, even if it is closed by now."""
        try:
            return _descriptor(fileobj)
        except ValueError:
            for key in self._keys.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        key = SelectorKey(fileobj, self._find(fileobj), events, data)
        if key.fd in self._keys:
            raise KeyError(f"{fileobj!r} (FD {key.fd}) is already registered")
        self._keys[key.fd] = key
        return key

    def _known(self, fileobj):
        """The SelectorKey of fileobj. KeyError: it has none."""
        key = self._keys.get(self._find(fileobj))
        if key is None:
            raise _not_registered(fileobj)
        return key

    def unregister(self, fileobj):
        key = self._known(fileobj)
        del self._keys[key.fd]
        return key

    def modify(self, fileobj, events, data=None):
        key = self._known(fileobj)
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._keys[key.fd] = key._replace(data=data)
        return key

    def close(self):
        self._keys.clear()
        self._map = None

    def get_map(self):
        return self._map

    def _ready(self, pairs):
        """Of (descriptor, events) those that are registered and watched for them."""
        found = []
        for fd, events in pairs:
            key = self._keys.get(fd)
            if key and (events := events & key.events):
                found.append((key, events))
        return found


class SelectSelector(_Selector):
    """By select()."""

    def __init__(self):
        super().__init__()
        self._watched = {EVENT_READ: set(), EVENT_WRITE: set()}  # descriptors

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        for event, files in self._watched.items():
            if events & event:
                files.add(key.fd)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        for files in self._watched.values():
            files.discard(key.fd)
        return key

    def select(self, timeout=None):
        try:
            found = select.select(*self._watched.values(), (), timeout if timeout is None or timeout > 0 else 0)
        except InterruptedError:
            return []
        ready = {}
        for event, files in zip(self._watched, found):
            for fd in files:
                ready[fd] = ready.get(fd, 0) | event
        return self._ready(ready.items())


class _Polling(_Selector):
    """By an object with register(), unregister() and poll()."""

    _read, _write = select.POLLIN, select.POLLOUT
    _selector_cls = None  # what makes the object

    def __init__(self):
        super().__init__()
        self._selector = self._selector_cls()

    def _mask(self, events):
        return (self._read if events & EVENT_READ else 0) | (self._write if events & EVENT_WRITE else 0)

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        try:
            self._selector.register(key.fd, self._mask(events))
        except:
            super().unregister(fileobj)
            raise
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except OSError:  # closed in the meantime
            pass
        return key

    def modify(self, fileobj, events, data=None):
        key = self._known(fileobj)
        if events != key.events:
            try:
                self._selector.modify(key.fd, self._mask(events))
            except:
                super().unregister(fileobj)
                raise
        if events != key.events or data != key.data:
            key = self._keys[key.fd] = key._replace(events=events, data=data)
        return key

    def _poll(self, timeout):
        return self._selector.poll(timeout)

    def select(self, timeout=None):
        try:
            found = self._poll(timeout)
        except InterruptedError:
            return []
        return self._ready((fd, (EVENT_READ if events & ~self._write else 0) | (EVENT_WRITE if events & ~self._read else 0)) for fd, events in found)


class PollSelector(_Polling):
    """By poll()."""

    _selector_cls = staticmethod(select.poll)

    def _poll(self, timeout):
        return self._selector.poll(None if timeout is None else 0 if timeout <= 0 else _math.ceil(timeout * 1e3))


class EpollSelector(_Polling):
    """By epoll."""

    _selector_cls = select.epoll

    def fileno(self):
        """Return the descriptor of the epoll object."""
        return self._selector.fileno()

    def _poll(self, timeout):
        timeout = None if timeout is None else 0 if timeout <= 0 else _math.ceil(timeout * 1e3) * 1e-3
        return self._selector.poll(timeout, max(len(self._keys), 1))

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
