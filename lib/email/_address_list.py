"""Addresses of a field, read as forgivingly as mail programs always did: a name, and an address that may be wrong."""

import re

_SPACE = " \t\r\n"
_ENDS = '()<>@,:;."[]' + _SPACE
_ATOM = re.compile(f"[^{re.escape(_ENDS)}]+")
_PHRASE = re.compile(f"[^{re.escape(_ENDS.replace('.', ''))}]+")
_MAX_NESTING = 100


class AddressReader:
    """A field, a place in it, and the comments that were met."""

    def __init__(self, field):
        self.field, self.at, self.comments, self.depth = field, 0, [], 0

    @property
    def next(self):
        return self.field[self.at:self.at + 1]

    def addresses(self):
        """All addresses as pairs; ('', '') for what is none."""
        found = []
        while self.next:
            found += self.address() or [("", "")]
        return found

    def skip(self):
        """Go on behind white space and comments; the white space without line ends."""
        seen = []
        while c := self.next:
            if c in _SPACE:
                seen.append(c)
                self.at += 1
            elif c == "(":
                self.comments.append(self.comment())
            else:
                break
        return "".join(seen).replace("\r", "").replace("\n", "")

    def address(self):
        """The pairs of one address, or of a group's."""
        self.comments = []
        self.skip()
        start, before = self.at, self.comments
        words = self.phrase()
        self.skip()
        c, pairs = self.next, []
        if c in (".", "@") and c:
            self.at, self.comments = start, before
            spec = self.addr_spec()
            pairs = [(" ".join(self.comments), spec)]
        elif c == ":":
            self.at += 1
            while self.next:
                self.skip()
                if self.next == ";":
                    self.at += 1
                    break
                if self.next:
                    pairs += self.address() if self.depth < _MAX_NESTING else self._give_up()
        elif c == "<":
            spec = self.route_addr()
            name = " ".join(words)
            pairs = [(f"{name} ({' '.join(self.comments)})" if self.comments else name, spec)]
        elif words:
            pairs = [(" ".join(self.comments), words[0])]
        elif c and c in _ENDS:
            self.at += 1
        self.skip()
        if self.next == ",":
            self.at += 1
        return pairs

    def _give_up(self):
        self.at = len(self.field)
        return []

    def route_addr(self):
        """< address >, of which a route is left out"""
        self.at += 1
        spec, route = "", False
        self.skip()
        while c := self.next:
            if route:
                self.domain()
                route = False
            elif c in ">@:":
                self.at += 1
                route = c == "@"
                if c == ">":
                    break
            else:
                spec = self.addr_spec()
                self.at += 1
                break
            self.skip()
        return spec

    def addr_spec(self):
        """local part @ domain; '' if the domain is wrong."""
        parts = []
        self.skip()
        while c := self.next:
            keep = c != "."
            if c in "." or c in _ENDS and c != '"':
                if parts and not parts[-1].strip():
                    parts.pop()
                if keep:
                    break
                parts.append(".")
                self.at += 1
            elif c == '"':
                text = self.delimited('"\r').replace("\\", "\\\\").replace('"', r"\"")
                parts.append(f'"{text}"')
            else:
                parts.append(self.match(_ATOM))
            space = self.skip()
            if keep and space:
                parts.append(space)
        if self.next != "@":
            return "".join(parts)
        self.at += 1
        self.skip()
        domain = self.domain()
        return "".join(parts) + "@" + domain if domain else ""

    def domain(self):
        """A domain; '' if a second @ follows."""
        parts = []
        while c := self.next:
            if c in " \t":
                self.at += 1
            elif c == "(":
                self.comments.append(self.comment())
            elif c == "[":
                parts.append(f"[{self.delimited(']' + chr(13))}]")
            elif c == ".":
                self.at += 1
                parts.append(c)
            elif c == "@":
                return ""
            elif c in _ENDS:
                break
            else:
                parts.append(self.match(_ATOM))
        return "".join(parts)

    def match(self, pattern):
        found = pattern.match(self.field, self.at)
        self.at = found.end()
        return found[0]

    def comment(self):
        """The text of a comment, with those inside it."""
        self.depth += 1
        text = self.delimited(")\r", self.depth < _MAX_NESTING)
        self.depth -= 1
        return text

    def delimited(self, ends, nested=False):
        """The text from behind the next character to one of ends."""
        parts, quoted = [], False
        self.at += 1
        while c := self.next:
            if quoted:
                quoted = False
            elif c in ends:
                self.at += 1
                break
            elif nested and c == "(":
                parts.append(self.comment())
                continue
            elif c == "\\":
                quoted = True
                self.at += 1
                continue
            parts.append(c)
            self.at += 1
        return "".join(parts)

    def phrase(self):
        """The words before an address."""
        words = []
        while c := self.next:
            if c in _SPACE:
                self.at += 1
            elif c == '"':
                words.append(self.delimited('"\r'))
            elif c == "(":
                self.comments.append(self.comment())
            elif c in _ENDS and c != ".":
                break
            else:
                words.append(self.match(_PHRASE))
        return words
