"""Text and bytes to messages."""

import io

from email._policybase import compat32
from email.feedparser import BytesFeedParser, FeedParser

__all__ = ["Parser", "HeaderParser", "BytesParser", "BytesHeaderParser", "FeedParser", "BytesFeedParser"]

_PIECE = 8192


class Parser:
    """Makes messages of text. _class: what makes them, else the policy's."""

    def __init__(self, _class=None, *, policy=compat32):
        self._class, self.policy = _class, policy

    def _feeder(self, headersonly):
        feeder = FeedParser(self._class, policy=self.policy)
        if headersonly:
            feeder._set_headersonly()
        return feeder

    def parse(self, fp, headersonly=False):
        """The message in a text file; headersonly: all behind the headers is one text."""
        feeder = self._feeder(headersonly)
        while piece := fp.read(_PIECE):
            feeder.feed(piece)
        return feeder.close()

    def parsestr(self, text, headersonly=False):
        """The message in a str."""
        feeder = self._feeder(headersonly)
        feeder.feed(text)
        return feeder.close()


class HeaderParser(Parser):
    """A Parser that takes nothing apart behind the headers."""

    def parse(self, fp, headersonly=True):
        return super().parse(fp, True)

    def parsestr(self, text, headersonly=True):
        return super().parsestr(text, True)


class BytesParser:
    """A Parser of bytes; those that are not ASCII become lone surrogates."""

    def __init__(self, *args, **kw):
        self.parser = Parser(*args, **kw)

    def parse(self, fp, headersonly=False):
        """The message in a binary file, which stays open."""
        text = io.TextIOWrapper(fp, encoding="ascii", errors="surrogateescape")
        try:
            return self.parser.parse(text, headersonly)
        finally:
            text.detach()

    def parsebytes(self, text, headersonly=False):
        """The message in bytes."""
        return self.parser.parsestr(text.decode("ascii", "surrogateescape"), headersonly)


class BytesHeaderParser(BytesParser):
    """A BytesParser that takes nothing apart behind the headers."""

    def parse(self, fp, headersonly=True):
        return super().parse(fp, True)

    def parsebytes(self, text, headersonly=True):
        return super().parsebytes(text, True)
