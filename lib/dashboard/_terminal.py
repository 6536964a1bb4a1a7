"""A terminal in a page: what is typed there goes to a thread, what that thread says comes back.

Ctrl-C may raise KeyboardInterrupt in the thread at any point, so it takes no locks that the event loop could wait for: what passes between them are
queues that one side fills and the other one empties.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue

import web

_PENDING = 1 << 16  # characters that wait to be shown: then the program waits
_TYPED = 1 << 16  # bytes that wait to be read
_WHOLE = 1 << 18  # characters of one text; of a longer one the middle is left out
_PIECE = 1 << 14  # characters in one message
_DRAWN = 1 << 13  # characters of a prompt that can be drawn again
_WAIT = 0.02  # seconds between looks at whether there is room
_SIZE = 500  # columns and rows at most
_LEFT_OUT = "\n... ({} characters are left out) ...\n"
_newline = re.compile("(?<!\r)\n")
_lines = re.compile("[^\r]*\r|[^\r]+")


class Terminal:
    """One terminal. interrupt: called at Ctrl-C while a program runs. The line editor of _prompt stands on raw() to suspend()."""

    def __init__(self, interrupt: Callable[[], object]) -> None:
        self.ended = False
        self._interrupt = interrupt
        self._loop, self._loop_thread = asyncio.get_running_loop(), threading.get_ident()
        self._typed: SimpleQueue[bytes] = SimpleQueue()
        self._ahead = 0  # bytes in it
        self._running = True  # a program, or nothing yet; no prompt
        self._columns, self._rows = 80, 24
        self._out: deque[str] = deque()
        self._written = self._sent = self._dropped = 0  # characters
        self._told = False  # the loop knows that there is something to send
        self._news = asyncio.Event()
        self._drawn: list[str] = []  # what the prompt has drawn

    # ---- The page's side ----

    async def feed(self, text: str) -> None:
        """What was typed; waits while the prompt has enough to read."""
        if self._running and "\x03" in text:
            text = text.rpartition("\x03")[2]
            self._forget()
            self._interrupt()
        while not self._running and self._ahead > _TYPED and not self.ended:
            await asyncio.sleep(_WAIT)
        if self._ahead + len(text) > 2 * _TYPED:
            return
        for line in _lines.findall(text):  # a prompt takes one, the program that it starts the next
            data = line.encode("utf-8", "replace")
            self._ahead += len(data)
            self._typed.put(data)

    def _forget(self) -> None:
        """What was typed ahead."""
        while True:
            try:
                self._ahead -= len(self._typed.get_nowait())
            except Empty:
                return

    def resize(self, columns: object, rows: object) -> None:
        """The page's terminal has another size; what is no size is ignored."""
        if all(type(n) is int and 2 <= n <= _SIZE for n in (columns, rows)):
            self._columns, self._rows = columns, rows
            self._typed.put(b"")

    async def send(self, socket: web.WebSocket) -> None:
        """Send what is written, until the page is gone."""
        while True:
            await self._news.wait()
            self._news.clear()
            self._told = False
            while self._out or self._dropped:
                await socket.send(self._take().encode("utf-8", "replace").decode())

    def _take(self) -> str:
        pieces, length = [], 0
        while self._out and length < _PIECE:
            pieces.append(self._out.popleft())
            length += len(pieces[-1])
        self._sent += length
        if not self._out and self._dropped:
            pieces.append(_newline.sub("\r\n", _LEFT_OUT.format(self._dropped)))
            self._dropped = 0
        return "".join(pieces)

    def end(self) -> None:
        """The page is gone."""
        self.ended = True
        self._typed.put(b"")

    def between(self, text: str) -> None:
        """Whole lines that others say; where a prompt stands, it stands below them then."""
        drawn = "".join(self._drawn)
        if self._running or len(drawn) > _DRAWN:
            self.offer(text)
        else:
            self.offer(f"\r\x1b[K{text}{drawn}")

    def offer(self, text: str) -> None:
        """Have text shown if there is room; for those who cannot wait."""
        if self._written - self._sent > _PENDING:
            self._dropped += len(text)
        else:
            self._put(text)

    def _put(self, text: str) -> None:
        text = _newline.sub("\r\n", text)
        for at in range(0, len(text), _PIECE):
            self._out.append(text[at:at + _PIECE])
        self._written += len(text)
        if not self._told:
            self._told = True
            try:
                self._loop.call_soon_threadsafe(self._news.set)
            except RuntimeError:  # the loop has ended
                self.ended = True

    # ---- The thread's side ----

    def say(self, text: str) -> None:
        """Have text shown; waits where there is much to show already, unless it is the loop that writes."""
        if len(text) > _WHOLE:
            text = text[:_WHOLE // 2] + _LEFT_OUT.format(len(text) - _WHOLE) + text[-_WHOLE // 2:]
        if threading.get_ident() == self._loop_thread:
            self.offer(text)
            return
        while self._written - self._sent > _PENDING and not self.ended:
            time.sleep(_WAIT)
        if not self.ended:
            self._put(text)

    def line(self) -> str:
        """A line that is typed while a program runs, with its newline; "" at Ctrl-D, or where the page is gone."""
        text, rest = "", ""
        while True:
            for at, key in enumerate(rest):
                if key in "\r\n":
                    self._typed_again(rest[at + 1:])
                    self.say("\n")
                    return text + "\n"
                if key == "\x04" and not text:
                    self._typed_again(rest[at + 1:])
                    return ""
                if key in "\x7f\b":
                    self.say("\b \b" if text else "")
                    text = text[:-1]
                elif key.isprintable():
                    self.say(key)
                    text += key
            data = self.read(None)
            if data is None:
                return ""
            rest = data.decode("utf-8", "replace")

    def _typed_again(self, text: str) -> None:
        """What has not been used of what was read comes first next time."""
        ahead = [text.encode()] if text else []
        while not self._typed.empty():
            ahead.append(self._typed.get())
        for data in ahead:
            self._typed.put(data)
        self._ahead += len(ahead[0]) if text else 0

    def raw(self) -> None:
        """A prompt begins: keys are its own."""
        self._drawn = []
        self._running = False

    def restore(self) -> None:
        """A program begins: Ctrl-C interrupts it."""
        self._running = True
        self._drawn = []

    def read(self, milliseconds: int | None) -> bytes | None:
        """Bytes that are typed within the time; b"": none, or the size has changed; None: the page is gone."""
        if self.ended:
            return None
        try:
            data = self._typed.get(timeout=None if milliseconds is None else milliseconds / 1000)
        except Empty:
            return b""
        self._ahead -= len(data)
        return None if self.ended else data

    def write(self, text: str) -> None:
        """What the prompt draws."""
        self._drawn.append(text)
        self.say(text)

    def mark_pastes(self, on: bool) -> None:
        """Shall the terminal say where a paste begins and ends?"""
        self.say("\x1b[?2004h" if on else "\x1b[?2004l")

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._columns, self._rows

    def suspend(self) -> None:
        """There is nothing to go back to."""
