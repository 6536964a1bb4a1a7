"""The terminal that the prompt is on: keys from descriptor 0, drawing on descriptor 1."""

import posix

import _terminal


class Terminal:
    """raw() before a block is edited, restore() after it. OSError: the terminal is gone."""

    def raw(self) -> None:
        self._saved = _terminal.raw(0)

    def restore(self) -> None:
        _terminal.restore(0, self._saved)

    def read(self, milliseconds: int | None) -> bytes | None:
        """Bytes that come within the time; b"": none, or the window has changed; None: the end."""
        return _terminal.read(0, milliseconds)

    def write(self, text: str) -> None:
        """All of it."""
        data = text.encode("utf-8", "replace")
        while data:
            data = data[posix.write(1, data):]

    def mark_pastes(self, on: bool) -> None:
        """Shall the terminal say where a paste begins and ends?"""
        self.write("\x1b[?2004h" if on else "\x1b[?2004l")

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return _terminal.size(1)

    def suspend(self) -> None:
        _terminal.suspend()
