"""The prompt on a wire: the line editor of _prompt, drawn with as few bytes as there can be, so that programs can read it as well as people."""

import _wire
from _prompt import Prompt
from _prompt.keys import Decoder
from _prompt.screen import Screen, prompt_width
from _prompt.width import of_text

_KEYS = 0xFFFFFFFF & ~(1 << 27)  # all control characters but ESC, which begins a sequence
_MOST = 1 << 16  # characters of a block
_ACTIONS = {"C-a": "raw", "C-b": "friendly", "C-d": "reset", "C-e": "paste"}  # in an empty block
_PASTE = "paste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== "


class LineDecoder(Decoder):
    """Pastes are not asked for on a wire, and so they have no marks: one would keep Ctrl-C from being seen."""

    def _one(self, data: bytes, at: int, final: bool) -> tuple[str, int]:
        key, size = super()._one(data, at, final)
        return "" if key == "paste" else key, size


class WireTerminal:
    """What is not read yet stays where the program that runs next finds it: a block ends with a control character, and so does a read."""

    def raw(self) -> None:
        _wire.running(False)

    def restore(self) -> None:
        _wire.running(True)

    def read(self, milliseconds: int | None) -> bytes | None:
        return _wire.read(4096, milliseconds, _KEYS)

    def write(self, text: str) -> None:
        _wire.write(text.encode("utf-8", "replace"))

    def mark_pastes(self, on: bool) -> None:
        pass

    def size(self) -> tuple[int, int]:
        return 80, 24

    def suspend(self) -> None:
        pass


class LineScreen(Screen):
    """What is typed at the end of the text is echoed as it is; the rest is drawn as on any terminal."""

    def begin(self) -> None:
        super().begin()
        self._column = 0

    def fresh_line(self) -> None:
        pass

    def clear(self) -> None:
        super().clear()
        self._column = 0

    def _update(self, rows: list[str], row: int, column: int) -> None:
        out = self._echo(rows)
        if out is None:
            super()._update(rows, row, column)
        else:
            self._terminal.write(out + self._move(rows, row, column))
            self._drawn, self._row = list(rows), row
        self._column = column

    def _echo(self, rows: list[str]) -> str | None:
        """What leads from the rows drawn to these, where rows were only begun or went on behind the cursor; None: it takes more."""
        old = self._drawn
        if not old:
            return "\r\n".join(rows)
        last = len(old) - 1
        if len(rows) <= last or rows[:last] != old[:last] or self._row != last or self._column != prompt_width(old[last]):
            return "" if rows == old else None
        if rows[last].startswith(old[last]):
            return "".join([rows[last][len(old[last]):]] + ["\r\n" + text for text in rows[last + 1:]])
        if len(rows) == last + 1 and old[last].startswith(rows[last]):
            return "\b" * of_text(old[last][len(rows[last]):]) + "\x1b[K"
        return None

    def _move(self, rows: list[str], row: int, column: int) -> str:
        """From the end of the last row, or from where the cursor is, to where it shall be."""
        here, at = (self._row, self._column) if rows == self._drawn else (len(rows) - 1, prompt_width(rows[-1]))
        if row != here:
            step = f"\x1b[{here - row}A" if row < here else f"\x1b[{row - here}B"
            return step + "\r" + (f"\x1b[{column}C" if column else "")
        if column < at:
            return "\b" * (at - column) if at - column < 4 else f"\x1b[{at - column}D"
        return f"\x1b[{column - at}C" if column > at else ""


class LinePrompt(Prompt):
    """After a read() that gives None, action says why; "broken": it could not give anything."""

    _decode = LineDecoder
    action = "end"
    pasted = bytearray()

    def read(self, ps1: str, ps2: str) -> str | None:
        while True:
            self.action = "broken"
            try:
                text = super().read(ps1, ps2)
            except KeyboardInterrupt:
                continue
            if text is None and self.action == "broken":
                self.action = "end" if self._ended else "reset"  # Ctrl-D may also end a search
            return text

    def _key(self):
        key = super()._key()
        self._ended = key is None
        return key

    def _press(self, key) -> tuple | None:
        if not self._editor.text and not self._search and not self._quoted and isinstance(key, str) and key in _ACTIONS:
            self._finish()
            self.action = _ACTIONS[key]
            if self.action != "paste":
                return (None,)
            return self._paste()
        if len(self._editor.text) > _MOST and (isinstance(key, tuple) or len(key) == 1):
            return None
        return super()._press(key)

    def _paste(self) -> tuple:
        """Lines as they come, up to Ctrl-D. Ctrl-C: none of them."""
        self._terminal.write(_PASTE)
        source, after_return = bytearray(), False
        while True:
            data = self._terminal.read(None)
            if data is None:
                self.action = "end"
                return (None,)
            if after_return and data[:1] == b"\n":
                data = data[1:]
            if not data:
                continue
            after_return = data[-1:] == b"\r"
            last = data[-1]
            if last in (3, 4):
                data = data[:-1]
            if len(source) < 16 << 20:
                source += data
            _wire.write(data.replace(b"\r", b"\n").replace(b"\n", b"\r\n=== "))
            if last in (3, 4):
                self._terminal.write("\r\n")
                self.pasted = source
                if last == 3:
                    raise KeyboardInterrupt
                return (None,)


def make(main) -> LinePrompt:
    return LinePrompt(WireTerminal(), LineScreen, False, None, main)
