"""Policies: how messages are parsed, what their headers are, how they are written."""

import re
import sys

from email._policybase import Compat32, Policy, compat32, has_surrogates, split_source
from email.contentmanager import raw_data_manager
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage

__all__ = ["Compat32", "compat32", "Policy", "EmailPolicy", "default", "strict", "SMTP", "HTTP"]

_LINE_END = re.compile(r"\n|\r\n?")


class EmailPolicy(Policy):
    """Headers are str with attributes, of the classes of email.headerregistry.

    utf8: headers may be UTF-8 (RFC 6532); refold_source: fold 'none', 'long' or 'all' of the headers that were parsed; header_factory:
    makes headers; content_manager: what get_content() and set_content() call.
    """

    message_factory = EmailMessage
    utf8 = False
    refold_source = "long"
    header_factory = HeaderRegistry()
    content_manager = raw_data_manager

    def __init__(self, **kw):
        if "header_factory" not in kw: # what one policy maps shall not change another
            object.__setattr__(self, "header_factory", HeaderRegistry())
        super().__init__(**kw)

    def header_max_count(self, name):
        """The max_count of the header's class."""
        return self.header_factory[name].max_count

    def header_source_parse(self, sourcelines):
        """The value as it stands, with its line ends inside."""
        return split_source(sourcelines)

    def header_store_parse(self, name, value):
        """The value as a header object; ValueError if it has line ends."""
        if getattr(value, "name", "").lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        """The value as a header object."""
        return value if hasattr(value, "name") else self.header_factory(name, _LINE_END.sub("", value))

    def fold(self, name, value):
        """A header object's own fold(); text is folded as refold_source says."""
        return self._fold(name, value, True)

    def fold_binary(self, name, value):
        """As fold(), in UTF-8 or ASCII; with cte_type 8bit, bytes that could not be decoded stay."""
        return self._fold(name, value, self.cte_type == "7bit").encode("utf-8" if self.utf8 else "ascii", "surrogateescape")

    def _fold(self, name, value, clean):
        if hasattr(value, "name"):
            return value.fold(policy=self)
        width = self.max_line_length or sys.maxsize
        lines = _LINE_END.split(value)
        refold = self.refold_source == "all" or self.refold_source == "long" and (
            len(lines[0]) + len(name) + 2 > width or any(len(line) > width for line in lines[1:]))
        if not refold:
            refold = clean and has_surrogates(value) or not self.utf8 and not value.isascii() and not has_surrogates(value)
        if refold:
            return self.header_factory(name, "".join(lines)).fold(policy=self)
        return f"{name}: {self.linesep.join(lines)}{self.linesep}"


default = EmailPolicy()
del default.__dict__["header_factory"] # this one has the class's, as programs that subclass expect
_CRLF = {"linesep": "\r\n"}
strict, SMTP, SMTPUTF8, HTTP = (default.clone(**changes) for changes in (
    {"raise_on_defect": True}, _CRLF, {**_CRLF, "utf8": True}, {**_CRLF, "max_line_length": None}))
