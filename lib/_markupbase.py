"""Where a parser of markup is in its text."""


class ParserBase:
    """Counts lines. Base of html.parser.HTMLParser."""

    def __init__(self):
        if self.__class__ is ParserBase:
            raise RuntimeError("_markupbase.ParserBase must be subclassed")

    def reset(self):
        self.lineno, self.offset = 1, 0

    def getpos(self):
        """(line from 1, column from 0) of the piece that is being handled."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """The text from i to j is done with; j."""
        lines = self.rawdata.count("\n", i, j)
        if lines:
            self.lineno += lines
            self.offset = j - self.rawdata.rindex("\n", i, j) - 1
        else:
            self.offset += max(j - i, 0)
        return j

    def unknown_decl(self, data):
        """<![...]>"""
