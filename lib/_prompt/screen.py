"""Draws the text being edited: wraps lines at the window's width, keeps the cursor in view, and writes only the rows that have changed."""

from _prompt import colour, width

_TAB = 4  # columns


def shown(c: str, column: int) -> str:
    """How a character is drawn; control characters as ^X."""
    if c == "\t":
        return " " * (_TAB - column % _TAB)
    if c < " " or c == "\x7f":
        return "^" + chr(ord(c) ^ 64)
    if "\x80" <= c < "\xa0" or "\ud800" <= c < "\ue000":
        return f"\\x{ord(c):02x}" if c < "\xa0" else "?"
    return c


def prompt_width(text: str) -> int:
    """Columns of a prompt, whose escape sequences take none."""
    out, at = 0, 0
    while at < len(text):
        if text[at] == "\x1b" and text[at + 1:at + 2] == "[":
            at += 2
            while at < len(text) and not "@" <= text[at] <= "~":
                at += 1
        elif text[at] == "\x01":
            while at < len(text) and text[at] != "\x02":
                at += 1
        elif text[at] >= " ":
            out += width.of_char(text[at])
        at += 1
    return out


class _Line:
    """A line of the text, laid out: its rows, and for each character the row and column where it begins (one more for the end)."""

    __slots__ = ("rows", "places", "state")

    def __init__(self, prompt: str, line: str, state: str, columns: int, coloured: bool) -> None:
        spans, self.state = colour.scan(line, state) if coloured else ([], "")
        row, column = [prompt], prompt_width(prompt)
        while column > columns:  # a prompt wider than the window wraps by itself
            column -= columns
        self.rows, self.places = [], []
        start, used, next_span, end = 0, 0, 0, 0
        for i, c in enumerate(line):
            if i == end and end:
                row.append(colour.RESET)
                end = 0
            if next_span < len(spans) and spans[next_span][0] == i:
                row.append(spans[next_span][2])
                end = spans[next_span][1]
                next_span += 1
            text = c if " " <= c < "\x7f" else shown(c, used)
            size = len(text) if len(text) != 1 or c < "\x7f" else width.of_char(c)
            if column + size > columns and size and column:
                self._end_row(row, end)
                row, column = [spans[next_span - 1][2]] if end else [], 0
            if size > columns:
                text, size = "?", 1
            self.places.append((len(self.rows), column))
            row.append(text)
            column += size
            used += size
        if end:
            row.append(colour.RESET)
        if column >= columns:
            self.rows.append("".join(row))
            row, column = [], 0
        self.places.append((len(self.rows), column))
        self.rows.append("".join(row))

    def _end_row(self, row: list, end: int) -> None:
        self.rows.append("".join(row) + (colour.RESET if end else ""))


class Screen:
    """begin() where the prompt stands, draw() after each key, end() below the text."""

    def __init__(self, terminal, coloured: bool) -> None:
        self._terminal = terminal
        self._coloured = coloured
        self._cache: dict = {}
        self.begin()

    def begin(self) -> None:
        self._cache.clear()
        self._drawn: list[str] = []
        self._row = 0  # of the cursor, counted from the first row that is drawn
        self._top = 0  # the first row that is in view
        self.columns, self.lines = self._terminal.size()

    def fresh_line(self) -> None:
        """To the first column, on a new row if something stands on this one already."""
        self._terminal.write(" " * (self.columns - 1) + "\r\x1b[K" if self.columns > 1 else "\r")

    def resized(self) -> bool:
        return (self.columns, self.lines) != self._terminal.size()

    def clear(self) -> None:
        """The whole window; what is edited stands at its top then."""
        self._terminal.write("\x1b[H\x1b[2J\x1b[3J")
        self._drawn, self._row, self._top = [], 0, 0

    def redraw(self) -> None:
        """After the window has changed its size: the rows may have moved."""
        columns, self.lines = self._terminal.size()
        up = self._row
        if columns < self.columns:  # the terminal has wrapped the rows above that were longer
            up += sum((prompt_width(row) - 1) // columns for row in self._drawn[:self._row] if prompt_width(row) > columns)
        self.columns = columns
        up = min(up, self.lines - 1)
        self._terminal.write("\r" + (f"\x1b[{up}A" if up else "") + "\x1b[J")
        self._cache.clear()
        self._drawn, self._row, self._top = [], 0, 0

    def _layout(self, prompts: list[str], text: str) -> list[_Line]:
        out, state = [], ""
        for i, line in enumerate(text.split("\n")):
            prompt = prompts[0] if i == 0 else prompts[1]
            key = (i > 0, line, state)
            laid = self._cache.get(key)
            if laid is None:
                if len(self._cache) > 2000:
                    self._cache.clear()
                laid = self._cache[key] = _Line(prompt, line, state, self.columns, self._coloured)
            out.append(laid)
            state = laid.state
        return out

    def draw(self, prompts: list[str], text: str, position: int, below: list[str] = ()) -> None:
        """prompts: of the first line and of the others; below: rows of plain text under it, such as completions."""
        rows, cursor = [], (0, 0)
        at = 0
        for laid in self._layout(prompts, text):
            if at <= position < at + len(laid.places):
                row, column = laid.places[position - at]
                cursor = len(rows) + row, column
            rows += laid.rows
            at += len(laid.places)
        rows += below
        if cursor[0] < self._top:
            self._top = cursor[0]
        elif cursor[0] >= self._top + self.lines:
            self._top = cursor[0] - self.lines + 1
        if self._top and len(rows) - self._top < self.lines:
            self._top = max(0, len(rows) - self.lines)
        self._update(rows[self._top:self._top + self.lines], cursor[0] - self._top, cursor[1])

    def _go(self, row: int) -> str:
        """To the first column of a row; rows below the last are made."""
        out = ["\r"]
        last = max(0, len(self._drawn) - 1)
        if row < self._row:
            out.append(f"\x1b[{self._row - row}A")
        elif row > self._row:
            down = min(row, last) - self._row
            if down > 0:
                out.append(f"\x1b[{down}B")
            out.append("\n" * (row - max(self._row, last)) if row > last else "")
        self._row = row
        return "".join(out)

    def _update(self, rows: list[str], row: int, column: int) -> None:
        out, old = [], self._drawn
        for i, text in enumerate(rows):
            if i < len(old) and old[i] == text:
                continue
            out.append(self._go(i) + "\x1b[K" + text)
            if i < len(self._drawn):
                self._drawn[i] = text
            else:
                self._drawn.append(text)
        if len(self._drawn) > len(rows):
            out.append(self._go(len(rows)) + "\x1b[J")
            del self._drawn[len(rows):]
        out.append(self._go(row))
        if column:
            out.append(f"\x1b[{column}C")
        text = "".join(out)
        self._terminal.write("\x1b[?25l" + text + "\x1b[?25h" if len(text) > 40 else text)

    def end(self, prompts: list[str], text: str) -> None:
        """Leaves the text as it stands, with the cursor on a new line below it."""
        self.draw(prompts, text, len(text))
        self._terminal.write("\r\n")
