"""A text of several lines and a cursor in it, and what the keys do with them: Emacs's commands, as readline has them."""

from _prompt.width import of_char

_INDENT = 4


def _is_word(c: str) -> bool:
    return c.isalnum() or c == "_"


class Editor:
    """text and position. A key's command is a method named in KEYS; the last one decides whether kills are joined."""

    def __init__(self) -> None:
        self.killed: list[str] = []  # the newest last
        self.begin("")

    def begin(self, text: str) -> None:
        self.text = text
        self.position = len(text)
        self.last = ""
        self._undo: list[tuple[str, int]] = []
        self._column: int | None = None  # that up and down try to keep

    # ---- Places ------------------------------------------------------------------------------------------------------------------

    def line_start(self, position: int | None = None) -> int:
        return self.text.rfind("\n", 0, self.position if position is None else position) + 1

    def line_end(self, position: int | None = None) -> int:
        end = self.text.find("\n", self.position if position is None else position)
        return len(self.text) if end < 0 else end

    def line_before(self) -> str:
        """The line up to the cursor."""
        return self.text[self.line_start():self.position]

    def _word_left(self) -> int:
        at = self.position
        while at and not _is_word(self.text[at - 1]):
            at -= 1
        while at and _is_word(self.text[at - 1]):
            at -= 1
        return at

    def _word_right(self) -> int:
        at = self.position
        while at < len(self.text) and not _is_word(self.text[at]):
            at += 1
        while at < len(self.text) and _is_word(self.text[at]):
            at += 1
        return at

    # ---- Changes -----------------------------------------------------------------------------------------------------------------

    def _remember(self, kind: str) -> None:
        if kind != "insert" or self.last != "insert":
            self._undo.append((self.text, self.position))
            del self._undo[:-200]

    def replace(self, start: int, stop: int, new: str, kind: str = "edit") -> None:
        """The one way in which the text changes; the cursor stands behind what is new."""
        self._remember(kind)
        self.text = self.text[:start] + new + self.text[stop:]
        self.position = start + len(new)

    def insert(self, text: str) -> None:
        self.replace(self.position, self.position, text, "insert" if len(text) == 1 else "edit")

    def set(self, text: str) -> None:
        """Another entry of the history."""
        self.replace(0, len(self.text), text)

    def _kill(self, start: int, stop: int, backwards: bool) -> None:
        if start == stop:
            return
        piece = self.text[start:stop]
        if self.last == "kill" and self.killed:
            self.killed[-1] = piece + self.killed[-1] if backwards else self.killed[-1] + piece
        else:
            self.killed.append(piece)
            del self.killed[:-20]
        self.replace(start, stop, "")

    # ---- Commands ----------------------------------------------------------------------------------------------------------------

    def _on_mark(self) -> bool:
        """Does a combining character stand at the cursor? It belongs to the one before."""
        c = self.text[self.position:self.position + 1]
        return c > "\u02ff" and not of_char(c)

    def left(self) -> None:
        self.position = max(0, self.position - 1)
        while self.position and self._on_mark():
            self.position -= 1

    def right(self) -> None:
        self.position = min(len(self.text), self.position + 1)
        while self._on_mark():
            self.position += 1

    def home(self) -> None:
        self.position = self.line_start()

    def end(self) -> None:
        self.position = self.line_end()

    def first(self) -> None:
        self.position = 0

    def last_place(self) -> None:
        self.position = len(self.text)

    def word_left(self) -> None:
        self.position = self._word_left()

    def word_right(self) -> None:
        self.position = self._word_right()

    def up(self) -> bool:
        """False: this is the first line."""
        start = self.line_start()
        if not start:
            return False
        column = self._keep_column(start)
        before = self.line_start(start - 1)
        self.position = min(before + column, start - 1)
        return True

    def down(self) -> bool:
        """False: this is the last line."""
        end = self.line_end()
        if end == len(self.text):
            return False
        column = self._keep_column(self.line_start())
        self.position = min(end + 1 + column, self.line_end(end + 1))
        return True

    def _keep_column(self, start: int) -> int:
        if self.last != "vertical" or self._column is None:
            self._column = self.position - start
        return self._column

    def backspace(self) -> None:
        before = self.line_before()
        if not self.position:
            return
        size = 1
        if before and not before.strip(" "):
            size = (len(before) - 1) % _INDENT + 1  # back to the indentation before
        self.replace(self.position - size, self.position, "")

    def delete(self) -> None:
        if self.position < len(self.text):
            at = self.position
            self.replace(at, at + 1, "")

    def kill_line(self) -> None:
        end = self.line_end()
        self._kill(self.position, end if end > self.position else min(len(self.text), end + 1), False)

    def kill_to_start(self) -> None:
        start = self.line_start()
        self._kill(start if start < self.position else max(0, start - 1), self.position, True)

    def kill_word(self) -> None:
        self._kill(self.position, self._word_right(), False)

    def kill_word_left(self) -> None:
        self._kill(self._word_left(), self.position, True)

    def kill_to_space(self) -> None:
        at = self.position
        while at and self.text[at - 1].isspace():
            at -= 1
        while at and not self.text[at - 1].isspace():
            at -= 1
        self._kill(at, self.position, True)

    def yank(self) -> None:
        if self.killed:
            self.replace(self.position, self.position, self.killed[-1])

    def yank_older(self) -> None:
        if self.last not in ("yank", "yank_older") or len(self.killed) < 2:
            return
        size = len(self.killed[-1])
        self.killed.insert(0, self.killed.pop())
        self.replace(self.position - size, self.position, self.killed[-1])

    def transpose(self) -> None:
        at = self.position
        if at == self.line_end() and at:
            at -= 1
        if at - 1 < self.line_start() or at >= len(self.text) or "\n" in self.text[at - 1:at + 1]:
            return
        self.replace(at - 1, at + 1, self.text[at] + self.text[at - 1])

    def _case(self, change) -> None:
        end = self._word_right()
        self.replace(self.position, end, change(self.text[self.position:end]))

    def upper(self) -> None:
        self._case(str.upper)

    def lower(self) -> None:
        self._case(str.lower)

    def capitalize(self) -> None:
        def change(text: str) -> str:
            word = text.lstrip(" \n\t.,;:()[]{}+-*/=<>!\"'")
            return text[:len(text) - len(word)] + word[:1].upper() + word[1:].lower()
        self._case(change)

    def undo(self) -> None:
        if self._undo:
            self.text, self.position = self._undo.pop()

    def new_line(self) -> None:
        """A line below, indented as this one, deeper behind a colon."""
        line = self.line_before()
        indent = line[:len(line) - len(line.lstrip(" \t"))]
        code = _without_comment(line).rstrip()
        self.insert("\n" + indent + (" " * _INDENT if code.endswith(":") else ""))

    KEYS = {
        "left": left, "C-b": left, "right": right, "C-f": right, "home": home, "C-a": home, "end": end, "C-e": end,
        "M-<": first, "M->": last_place, "C-home": first, "C-end": last_place,
        "M-b": word_left, "C-left": word_left, "M-left": word_left, "M-f": word_right, "C-right": word_right, "M-right": word_right,
        "backspace": backspace, "delete": delete, "C-k": kill_line, "C-u": kill_to_start, "M-d": kill_word, "C-delete": kill_word,
        "M-backspace": kill_word_left, "C-w": kill_to_space, "C-y": yank, "M-y": yank_older, "C-t": transpose,
        "M-u": upper, "M-l": lower, "M-c": capitalize, "C-_": undo, "C-\x7f": undo,
    }
    _KILLS = ("C-k", "C-u", "M-d", "C-delete", "M-backspace", "C-w")

    def command(self, key: str) -> bool:
        """Do what a key stands for; False: nothing here."""
        method = self.KEYS.get(key)
        if method is None:
            return False
        before = self.text
        method(self)
        self.last = "kill" if key in self._KILLS and self.text != before else method.__name__
        return True


def _without_comment(line: str) -> str:
    """A line without the comment at its end; quotes are respected."""
    quote = ""
    i = 0
    while i < len(line):
        c = line[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c == "#":
            return line[:i]
        i += 1
    return line
