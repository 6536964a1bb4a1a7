"""Runs what operators type: in threads of its own, so that the node goes on; what awaits runs in the node's loop."""

from __future__ import annotations

import _thread
import ast
import asyncio
import sys
import threading
import traceback
import types
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import Protocol

_STUCK = 5.0  # seconds for which a statement that awaits may hold up the loop
_LAST = 2.0  # seconds that a cancelled one has to end
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Output(Protocol):
    """Where a thread's output goes."""

    def say(self, text: str) -> None:
        """Text, as it is printed."""

    def line(self) -> str:
        """What sys.stdin.readline() gives."""


class Worker:
    """A thread that runs code. main(worker) is what it does; its output, and that of tasks it starts, goes to output."""

    def __init__(self, loop: asyncio.AbstractEventLoop, output: Output, name: str, names: dict[str, object]) -> None:
        self.output = output
        self.module = types.ModuleType(name)
        self.module.__dict__.update(names)
        self._loop, self._loop_thread = loop, threading.get_ident()
        self._thread: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        """Does it run?"""
        return self._thread is not None and self._thread.is_alive()

    def start(self, main: Callable[[], None]) -> None:
        """Begin. RuntimeError: there is no room for a thread."""
        self._thread = threading.Thread(target=self._run, args=(main,), name=self.module.__name__, daemon=True)
        self._thread.start()

    def _run(self, main: Callable[[], None]) -> None:
        _worker.set(self)
        main()

    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in it."""
        if self.alive:
            _thread._interrupt(self._thread.ident)

    def execute(self, source: str, name: str, mode: str) -> bool:
        """Run source, and show what it raises; did it raise nothing? SystemExit is passed on, since somebody may want to go."""
        try:
            self._evaluate(compile(source, name, mode, _FLAGS, True))
            return True
        except SystemExit:
            raise
        except KeyboardInterrupt:
            self.output.say("\nKeyboardInterrupt\n")
        except BaseException as error:
            self._show(error)
        return False

    def _evaluate(self, code: types.CodeType) -> None:
        if code.co_flags & 0x80:  # CO_COROUTINE
            self._wait(eval(code, self.module.__dict__))
        else:
            exec(code, self.module.__dict__)

    def _show(self, error: BaseException) -> None:
        trace, own = error.__traceback__, Worker._show.__code__.co_filename
        while trace is not None and trace.tb_frame.f_code.co_filename == own:
            trace = trace.tb_next
        sys.last_exc = error
        self.output.say("".join(traceback.format_exception(type(error), error, trace)))

    # ---- In the loop ----

    def _wait(self, work: Coroutine[object, object, object]) -> None:
        done: SimpleQueue[BaseException | None] = SimpleQueue()
        tasks: list[asyncio.Task[None]] = []
        self._loop.call_soon_threadsafe(lambda: tasks.append(self._loop.create_task(_guard(work, done))))
        try:
            error = self._result(done, tasks)
        except KeyboardInterrupt:
            self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in tasks])
            try:
                done.get(timeout=_LAST)
            except Empty:
                self.output.say("\nthe task goes on: it has not ended when it was cancelled\n")
            raise
        if error is not None:
            raise error

    def _result(self, done: SimpleQueue[BaseException | None], tasks: list[asyncio.Task[None]]) -> BaseException | None:
        """What the task raised. One that holds up the loop gets KeyboardInterrupt: nobody could tell it that Ctrl-C was pressed."""
        answered: SimpleQueue[None] = SimpleQueue()
        while True:
            self._loop.call_soon_threadsafe(answered.put, None)
            try:
                return done.get(timeout=_STUCK)
            except Empty:
                if answered.empty() and tasks and asyncio.current_task(self._loop) is tasks[0]:
                    _thread._interrupt(self._loop_thread)
                while not answered.empty():
                    answered.get()


async def _guard(work: Coroutine[object, object, object], done: SimpleQueue[BaseException | None]) -> None:
    """Nothing that is typed ends the node's loop."""
    try:
        await work
    except BaseException as error:
        done.put(error)
    else:
        done.put(None)


# ---- Standard streams ------------------------------------------------------------------------------------------------------------------

_worker: ContextVar[Worker | None] = ContextVar("worker", default=None)


class _Routed:
    """A standard stream: that of a worker in its own thread and tasks, otherwise what it was before."""

    def __init__(self, name: str) -> None:
        self._name, self._before = name, getattr(sys, name)
        setattr(sys, name, self)

    def __getattr__(self, name: str) -> object:
        return getattr(self._before, name)

    def isatty(self) -> bool:
        """A page is none: pagers and the like would take the node's own terminal."""
        return _worker.get() is None and self._before.isatty()

    def end(self) -> None:
        """It is what it was before, unless the program has put something else there."""
        if getattr(sys, self._name, None) is self:
            setattr(sys, self._name, self._before)


class _Out(_Routed):
    """sys.stdout or sys.stderr."""

    def write(self, text: str) -> int:
        """Show text where it belongs."""
        worker = _worker.get()
        if worker is None:
            return self._before.write(text)
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        worker.output.say(text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Show each."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """All is shown as it is written."""
        if _worker.get() is None:
            self._before.flush()


class _In(_Routed):
    """sys.stdin."""

    def readline(self, size: int = -1) -> str:
        """A line that is typed."""
        worker = _worker.get()
        return self._before.readline(size) if worker is None else worker.output.line()

    def read(self, size: int = -1) -> str:
        """Lines that are typed, up to Ctrl-D, or one of them where a size is given."""
        if _worker.get() is None:
            return self._before.read(size)
        if size >= 0:
            return self.readline()
        return "".join(iter(self.readline, ""))

class Streams:
    """The standard streams, and what a prompt does with a value, by worker: between begin() and end()."""

    def __init__(self) -> None:
        self._streams: list[_Routed] = []
        self._hook: Callable[[object], None] = sys.__displayhook__

    def begin(self) -> None:
        """From now on, if that has not been said before."""
        if not self._streams:
            self._streams = [_Out("stdout"), _Out("stderr"), _In("stdin")]
            self._hook, sys.displayhook = sys.displayhook, self._display

    def end(self) -> None:
        """As before."""
        for stream in self._streams:
            stream.end()
        if self._streams and sys.displayhook == self._display:
            sys.displayhook = self._hook
        self._streams = []

    def _display(self, value: object) -> None:
        worker = _worker.get()
        if worker is None:
            self._hook(value)
        elif value is not None:
            names = worker.module.__dict__
            names["_"] = None
            worker.output.say(repr(value) + "\n")
            names["_"] = value
