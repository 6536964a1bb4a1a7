"""Iterating over messages."""

import sys

__all__ = ["body_line_iterator", "typed_subpart_iterator", "walk"]


def walk(self):
    """This message and all that it contains, depth first."""
    yield self
    if self.is_multipart():
        for part in self.get_payload():
            yield from part.walk()


def body_line_iterator(msg, decode=False):
    """The lines of all payloads that are text."""
    for part in msg.walk():
        text = part.get_payload(decode=decode)
        if isinstance(text, str):
            yield from text.splitlines(keepends=True)


def typed_subpart_iterator(msg, maintype="text", subtype=None):
    """The parts of a type."""
    for part in msg.walk():
        if part.get_content_maintype() == maintype and subtype in (None, part.get_content_subtype()):
            yield part


def _structure(msg, fp=None, level=0, include_default=False):
    """Print the types of a message and its parts as a tree."""
    out = sys.stdout if fp is None else fp
    default = f" [{msg.get_default_type()}]" if include_default else ""
    print(" " * (4 * level) + msg.get_content_type() + default, file=out)
    if msg.is_multipart():
        for part in msg.get_payload():
            _structure(part, out, level + 1, include_default)
