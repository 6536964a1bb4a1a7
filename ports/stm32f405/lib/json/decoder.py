"""The error of texts that are not JSON."""


class JSONDecodeError(ValueError):
    """msg: what is wrong; doc: the text; pos, lineno, colno: where."""

    def __init__(self, msg, doc, pos):
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {self.lineno} column {self.colno} (char {pos})")
        self.msg, self.doc, self.pos = msg, doc, pos
