"""Coroutines that wait together: event loops, tasks, streams, processes.

How it is made, each part of those above it:

    tasks       a coroutine, run step by step; what it waits for is a future (futures); many together: _wait, taskgroups, timeouts
    events      what waits for its turn (Handle), which loop a thread is in, policies
    base_events the loop: what is ready, a heap of timers, threads, errors. selector_events: files, waited for with epoll in _asyncio,
                or with a selector of the program's, and a pipe that wakes it. unix_events: signals. What reaches outside are methods
                whose modules are loaded when they are first used:
    _endpoint     a socket with a stream of bytes, and what is the same for _pipe; _datagram: one without a stream
    _network, _server, _socket, _sendfile   who makes them: names, connections, servers; sockets without transports
    _process      three endpoints and a child, whose end a _watcher tells
    _waitqueue  who waits for what: of it are made locks and queues
    streams, subprocess   coroutines in place of protocols and transports; runners: a program's main one

Tasks, futures and the loop know of each other only what the heads of tasks and futures say. Streams, processes and what else is
not for every program are loaded when they are first asked for."""

import importlib
from . import base_events, coroutines, events, exceptions, futures, locks, protocols, queues, runners
from . import taskgroups, tasks, timeouts, transports
from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *
from .timeouts import *
from .transports import *
from .unix_events import DefaultEventLoopPolicy, EventLoop, SelectorEventLoop

_LATER = {
    "base_events": ("Server",),
    "streams": ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
                "start_unix_server"),
    "subprocess": ("create_subprocess_exec", "create_subprocess_shell"),
    "threads": ("to_thread",),
    "unix_events": ("AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher", "MultiLoopChildWatcher",
                    "ThreadedChildWatcher"),
    "base_subprocess": (), "proactor_events": (), "staggered": (), "trsock": (),
}
_HIDDEN = {name: "_micropython" for name in ("ThreadSafeFlag", "sleep_ms", "wait_for_ms")} # MicroPython's, which * does not bring
_MODULE_OF = {name: module for module, names in _LATER.items() for name in names}
__all__ = ("DefaultEventLoopPolicy", "EventLoop", "SelectorEventLoop", *_MODULE_OF, *(
    name for module in (base_events, coroutines, events, exceptions, futures, locks, protocols, queues, runners, taskgroups, tasks,
                        timeouts, transports) for name in module.__all__))


def __getattr__(name):
    """The parts that are loaded when they are first asked for."""
    if module := _MODULE_OF.get(name) or _HIDDEN.get(name):
        value = getattr(importlib.import_module("." + module, __name__), name)
    elif name in _LATER:
        value = importlib.import_module("." + name, __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *_MODULE_OF, *_LATER})
