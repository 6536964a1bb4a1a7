"""The prompt on a terminal: a line editor for blocks of several lines, with history, completion and colours.

The interpreter's own loop calls read() for each block, and runs what it gives."""

import posix
import sys

from _prompt import colour
from _prompt.editor import Editor
from _prompt.history import History
from _prompt.keys import Decoder
from _prompt.screen import Screen, prompt_width
from _prompt.terminal import Terminal

_ESCAPE_TIME = 50  # ms after which an ESC was the key of that name
_PASTE_TIME = 2000  # ms after which a paste that does not end has ended
_COMMANDS = ("exit", "quit", "help", "copyright", "credits", "license")
_CHECK = 0x4200  # PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT


def _environment(name: str) -> str:
    return posix.environ.get(name.encode(), b"").decode("utf-8", "surrogateescape")


def _history_path() -> str | None:
    path = _environment("KRAIT_HISTORY")
    if path:
        return path
    home = _environment("HOME")
    return home.rstrip("/") + "/.krait_history" if home else None


def make(use_environment: bool, main) -> "Prompt":
    """The editor of a session. main: the module whose names are completed."""
    choice = _environment("PYTHON_COLORS") if use_environment else ""
    coloured = choice == "1" or (choice != "0" and not _environment("NO_COLOR"))
    return Prompt(Terminal(), Screen, coloured, _history_path(), main)


def wants_more(text: str) -> bool:
    """Does Enter at the end of this text ask for another line?"""
    last = text[text.rfind("\n") + 1:]
    if last and not last.strip(" \t") and "\n" in text:
        text = text[:len(text) - len(last)]  # an indentation alone is an empty line
    state = _try(text, "single")
    if state != "wrong":
        return state == "more"
    if "\n" not in text:
        return False
    last = text[text.rfind("\n") + 1:]
    state = _try(text, "exec")  # several statements
    if state == "right":
        return last[:1] in (" ", "\t")
    return state == "more" or bool(last)


def _try(text: str, mode: str) -> str:
    warnings = sys.modules.get("warnings")
    saved = None
    if warnings is None:
        import warnings
    saved = warnings.filters[:]
    warnings.simplefilter("ignore")
    try:
        try:
            compile(text, "<stdin>", mode, _CHECK)
            return "right"
        except SyntaxError:
            compile(text + "\n", "<stdin>", mode, _CHECK)
            return "more"
    except SyntaxError as e:
        return "more" if str(e.msg) == "incomplete input" else "wrong"
    except (ValueError, OverflowError, RecursionError, MemoryError):
        return "right"  # it shall be said when it runs
    finally:
        warnings.filters[:] = saved
        warnings._filters_mutated()


class _Search:
    """C-r: what is looked for, and where it was found."""

    def __init__(self, step: int, saved: tuple[str, int, int], index: int) -> None:
        self.word = ""
        self.step = step
        self.saved = saved
        self.index = index
        self.failed = False


class Prompt:
    """read() gives the next block of text, or None at the end of input."""

    _decode = Decoder

    def __init__(self, terminal, screen: type, coloured: bool, history: str | None, main) -> None:
        self._terminal = terminal
        self._coloured = coloured
        self._main = main
        self._editor = Editor()
        self._screen = screen(terminal, coloured)
        self._decoder = self._decode()
        self._history = History(history)
        self._pending: list = []  # keys that came too early: while a program ran

    # ---- A block -----------------------------------------------------------------------------------------------------------------

    def read(self, ps1: str, ps2: str) -> str | None:
        try:
            self._terminal.raw()
        except OSError:
            return None
        try:
            try:
                return self._read(ps1, ps2)
            finally:
                try:
                    self._terminal.mark_pastes(False)
                finally:
                    self._terminal.restore()
        except OSError:  # the terminal is gone
            return None

    def _read(self, ps1: str, ps2: str) -> str | None:
        head, _, ps1 = ps1.rpartition("\n")
        self._editor.begin("")
        self._screen.begin()
        self._prompts = [self._paint(ps1), self._paint(ps2)]
        self._below: list[str] = []
        self._index = len(self._history.entries)  # of the entry that is edited; the last is none yet
        self._typed = ""  # what stood there before the history was looked at
        self._search: _Search | None = None
        self._tabs = 0
        self._quoted = False
        self._finished = False
        self._terminal.mark_pastes(True)
        self._screen.fresh_line()
        if head:
            self._terminal.write(head.replace("\n", "\r\n") + "\r\n")
        try:
            return self._edit()
        except KeyboardInterrupt:  # by Ctrl-C, or by a signal
            self._decoder = self._decode()
            self._pending = []
            if not self._finished:
                self._finish()
            raise

    def _edit(self) -> str | None:
        while True:
            if not self._pending:
                self._draw()
            key = self._key()
            if key is None:
                self._finish()
                return None
            done = self._press(key)
            if done is not None:
                return done[0]

    def _paint(self, prompt: str) -> str:
        plain = prompt.replace("\x01", "").replace("\x02", "") if "\x1b" in prompt else prompt
        if self._coloured and "\x1b" not in prompt and prompt:
            return colour.PROMPT + prompt + colour.RESET
        return plain

    def _draw(self) -> None:
        if self._screen.resized():
            self._screen.redraw()
        if self._search:
            s = self._search
            name = ("failed " if s.failed else "") + ("" if s.step < 0 else "forward-") + "search"
            prompt = f"({name} `{s.word}') "
            self._screen._cache.clear()
            self._screen.draw([self._paint(prompt), self._prompts[1]], self._editor.text, self._editor.position)
            self._screen._cache.clear()
        else:
            self._screen.draw(self._prompts, self._editor.text, self._editor.position, self._below)

    def _finish(self) -> None:
        """The cursor below the text, nothing else on the screen."""
        self._finished = True
        self._below = []
        self._search = None
        self._screen.end(self._prompts, self._editor.text)

    def _key(self):
        """The next key; None: the end of input."""
        while not self._pending:
            waiting = self._decoder.waiting
            time = _PASTE_TIME if self._decoder.pasting else _ESCAPE_TIME if waiting else None
            data = self._terminal.read(time)
            if data is None:
                return None
            if data:
                self._pending = self._decoder.feed(data)
            elif waiting:
                self._pending = self._decoder.flush()
            elif self._screen.resized():
                self._draw()
        return self._pending.pop(0)

    # ---- A key -------------------------------------------------------------------------------------------------------------------

    def _press(self, key) -> tuple | None:
        """What read() gives, as a tuple of one; None: it goes on."""
        tabs, self._tabs = self._tabs, 0
        self._below = []
        if isinstance(key, tuple):
            self._leave_search()
            self._editor.insert(key[1].expandtabs(8) if "\t" in key[1] and "\n" in key[1] else key[1])
            self._editor.last = "paste"
            return None
        if self._quoted:
            self._quoted = False
            self._editor.insert(_literal(key))
            return None
        if self._search and self._press_search(key):
            return None
        if key == "enter":
            return self._enter()
        if key == "M-enter":
            self._editor.new_line()
        elif key == "C-c":
            self._editor.position = len(self._editor.text)
            self._finish()
            raise KeyboardInterrupt
        elif key == "C-d":
            if not self._editor.text:
                self._finish()
                return (None,)
            self._editor.delete()
        elif key == "tab":
            self._tab(tabs)
        elif len(key) == 1:
            self._editor.insert(key)
            self._editor.last = "insert"
        elif not self._editor.command(key):
            self._other(key)
        return None

    def _other(self, key: str) -> None:
        editor = self._editor
        if key in ("up", "C-p"):
            if key == "C-p" or not editor.up():
                self._go(self._index - 1)
            else:
                editor.last = "vertical"
        elif key in ("down", "C-n"):
            if key == "C-n" or not editor.down():
                self._go(self._index + 1)
            else:
                editor.last = "vertical"
        elif key in ("pageup", "M-p"):
            self._go_prefix(-1)
        elif key in ("pagedown", "M-n"):
            self._go_prefix(1)
        elif key in ("C-r", "C-s"):
            self._search = _Search(-1 if key == "C-r" else 1, (editor.text, editor.position, self._index), self._index)
        elif key == "C-l":
            self._screen.clear()
        elif key in ("C-q", "C-v"):
            self._quoted = True
        elif key == "C-z":
            self._suspend()

    def _enter(self) -> tuple | None:
        editor = self._editor
        text = editor.text
        if "\n" in text and text[editor.position:].strip() or (text.strip() and wants_more(text)):
            editor.new_line()
            editor.last = "new_line"
            return None
        self._finish()
        word = text.strip()
        if word:
            self._history.add(text)
        if word == "clear" and word not in self._main.__dict__:
            self._screen.clear()
            return ("",)
        if word in _COMMANDS and word not in self._main.__dict__:
            return (word + "()",)
        return (text,)

    def _suspend(self) -> None:
        self._screen.end(self._prompts, self._editor.text)
        self._terminal.mark_pastes(False)
        self._terminal.restore()
        self._terminal.suspend()
        self._terminal.raw()
        self._terminal.mark_pastes(True)
        self._screen.begin()

    # ---- History -----------------------------------------------------------------------------------------------------------------

    def _entry(self, index: int) -> str:
        return self._history.entries[index] if index < len(self._history.entries) else self._typed

    def _go(self, index: int) -> None:
        if not 0 <= index <= len(self._history.entries) or index == self._index:
            return
        if self._index == len(self._history.entries):
            self._typed = self._editor.text
        self._index = index
        self._editor.set(self._entry(index))
        self._editor.last = "history"

    def _go_prefix(self, step: int) -> None:
        """To the next entry that begins with what stands before the cursor."""
        prefix = self._editor.text[:self._editor.position]
        found = self._history.find(self._index + step, step, lambda entry: entry.startswith(prefix) and entry != self._editor.text)
        if found < 0 and step > 0 and self._typed.startswith(prefix):
            found = len(self._history.entries)
        if found >= 0:
            self._go(found)
            self._editor.position = len(prefix)

    def _leave_search(self) -> None:
        self._search = None

    def _press_search(self, key: str) -> bool:
        """False: the key ends the search, and does what it always does."""
        s = self._search
        if key in ("C-r", "C-s"):
            s.step = -1 if key == "C-r" else 1
            self._find(s.index + s.step)
        elif key == "backspace":
            s.word = s.word[:-1]
            s.index = len(self._history.entries) if s.step < 0 else -1
            self._find(s.index + s.step if s.step < 0 else 0)
        elif key in ("C-g", "C-c"):
            self._editor.text, self._editor.position, self._index = s.saved
            self._leave_search()
        elif len(key) == 1:
            s.word += key
            self._find(min(s.index, len(self._history.entries) - 1) if s.step < 0 else max(s.index, 0))
        else:
            self._leave_search()
            return key == "escape"
        return True

    def _find(self, start: int) -> None:
        s = self._search
        found = self._history.find(start, s.step, lambda entry: s.word in entry) if s.word else -1
        s.failed = found < 0 and bool(s.word)
        if found < 0:
            return
        s.index = found
        self._go(found)
        if s.word not in self._editor.text:  # the entry was there already, and has been edited
            self._editor.set(self._entry(found))
        self._editor.position = self._editor.text.find(s.word)

    # ---- Completion --------------------------------------------------------------------------------------------------------------

    def _tab(self, tabs: int) -> None:
        editor = self._editor
        line = editor.line_before()
        if not line.strip(" \t"):
            editor.insert(" " * (4 - len(line) % 4))
            return
        from _prompt.complete import complete
        start, words = complete(line, self._main.__dict__)
        if not words:
            return
        have = len(line) - start
        common = words[0]
        for word in words:
            while not word.startswith(common):
                common = common[:-1]
        if len(common) > have or len(words) == 1:
            editor.replace(editor.position - have, editor.position, common)
            return
        self._tabs = tabs + 1
        self._below = self._menu(words) if tabs else ["[ not unique ]"]

    def _menu(self, words: list[str]) -> list[str]:
        """The words in columns; no more rows than half the window has."""
        names = [w.rpartition(".")[2] or w for w in words]
        size = min(max(map(prompt_width, names)) + 2, self._screen.columns)
        across = max(1, self._screen.columns // size)
        down = -(-len(names) // across)
        most = max(1, self._screen.lines // 2)
        rows = []
        for r in range(min(down, most)):
            row = [n[:size - 1] for n in names[r::down]]
            rows.append("".join(n + " " * (size - prompt_width(n)) for n in row[:-1]) + row[-1])
        if down > most:
            rows.append(f"... {len(names)} in all")
        return rows


def _literal(key: str) -> str:
    """The character of a key that was quoted with C-q."""
    if len(key) == 3 and key.startswith("C-"):
        return chr(ord(key[2]) & 31)
    return {"tab": "\t", "escape": "\x1b", "backspace": "\x7f", "enter": "\n"}.get(key, key if len(key) == 1 else "")
