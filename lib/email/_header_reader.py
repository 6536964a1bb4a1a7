"""The words of header fields (RFC 5322 sections 3.2 and 4, RFC 2047): a reader with one method per rule of the grammar."""

import re

from email import _encoded_words, errors
from email._header_node import DOT, WSP, EWWhiteSpaceTerminal, TokenList, ValueTerminal, WhiteSpaceTerminal

_SPECIALS = r'()<>@,:;.\"[]'
_TSPECIALS = _SPECIALS.replace(".", "") + "/?="
PHRASE_ENDS = frozenset(_SPECIALS) - frozenset('."(')
_WORD_ENDS = frozenset(_SPECIALS + WSP)
_TOKEN_ENDS = frozenset(_TSPECIALS + WSP)
_LEADER = frozenset(WSP + "(")
_MAX_NESTING = 100 # of comments: a limit that real headers never see


def _until(ends):
    return re.compile(f"[^{re.escape(ends)}]+")


_SPACE = re.compile(r"\s+")
_SPACED = re.compile(r"([ \t]+)")
_BLACK = re.compile(r"[^ \t]+")
_ATEXT = _until(_SPECIALS + WSP)
_TTEXT = _until(_TSPECIALS + WSP)
_ATTRTEXT = _until(_TSPECIALS + WSP + "*'%")
_EXTENDED = _until(_TSPECIALS + WSP + "*'")
_QUOTED = {ends: re.compile(rf"(?:\\[^ \t]|\\(?=[ \t]|\Z)|[^\\ \t{re.escape(ends)}])*") for ends in ("()", '"', "[]")}
_WORD_INSIDE = re.compile(r"=\?[^?]*\?[qQbB]\?.*?\?=", re.S)
_NOT_PRINTABLE = re.compile(r"[\x00-\x20\x7f]")


class InvalidEncodedWord(errors.HeaderParseError):
    """It begins and ends as an encoded word, and is none."""


def wsp_split(text, maxsplit=0):
    """text in words and the white space between them."""
    return _SPACED.split(text, maxsplit)


def check_text(token):
    """Note the characters that do not belong in a text."""
    if found := _NOT_PRINTABLE.findall(token):
        token.defects.append(errors.NonPrintableDefect(found))
    if any("\udc80" <= c <= "\udcff" for c in token):
        token.defects.append(errors.UndecodableBytesDefect("Non-ASCII characters found in header token"))
    return token


class WordReader:
    """A text and a place in it. A rule moves the place and returns a node, or raises HeaderParseError."""

    def __init__(self, text):
        self.text, self.at, self.depth = text, 0, 0

    @property
    def next(self):
        """The next character, or ''."""
        return self.text[self.at:self.at + 1]

    @property
    def rest(self):
        return self.text[self.at:]

    def fail(self, wanted):
        """Raise: something else was expected here."""
        raise errors.HeaderParseError(f"expected {wanted} but found '{self.rest}'")

    def first(self, *rules):
        """The node of the first rule that fits here."""
        start = self.at
        for rule in rules[:-1]:
            try:
                return rule()
            except errors.HeaderParseError:
                self.at = start
        return rules[-1]()

    def match(self, pattern, kind, wanted):
        """What pattern matches here, as a terminal."""
        found = pattern.match(self.text, self.at)
        if not found:
            self.fail(wanted)
        self.at = found.end()
        return check_text(ValueTerminal(found[0], kind))

    def mark(self, kind):
        """The next character as a terminal."""
        self.at += 1
        return ValueTerminal(self.text[self.at - 1], kind)

    def add_space(self, node):
        """Add white space and comments, if there are any here."""
        if self.next and self.next in _LEADER:
            node.append(self.cfws())

    def around(self, node, rule):
        """The rule's node in node, with the white space and comments around it."""
        self.add_space(node)
        node.append(rule())
        self.add_space(node)
        return node

    def leader(self):
        """White space and comments as a list of one node or none."""
        return [self.cfws()] if self.next and self.next in _LEADER else []

    # ---- White space and comments ----

    def fws(self):
        """White space."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return WhiteSpaceTerminal(found[0] if found else "", "fws")

    def quoted_text(self, ends, terminal=ValueTerminal):
        """Characters up to white space or one of ends, of which the quoted ones have lost their backslash; and whether one was a backslash."""
        found = _QUOTED[ends].match(self.text, self.at)
        self.at = found.end()
        return check_text(terminal(re.sub(r"\\(.?)", r"\1", found[0], flags=re.S), "ptext")), "\\\\" in found[0]

    def qp_ctext(self):
        """Text of a comment."""
        return self.quoted_text("()", WhiteSpaceTerminal)[0]

    def qcontent(self):
        """Text of a quoted string."""
        return self.quoted_text('"')[0]

    def comment(self):
        """( text and comments )"""
        node = TokenList(kind="comment")
        if self.next != "(":
            self.fail("'('")
        self.depth += 1
        if self.depth > _MAX_NESTING:
            raise errors.HeaderParseError(f"comments are nested more than {_MAX_NESTING} deep")
        self.at += 1
        while (c := self.next) and c != ")":
            node.append(self.fws() if c in WSP else self.comment() if c == "(" else self.qp_ctext())
        if not c:
            node.defects.append(errors.InvalidHeaderDefect("end of header inside comment"))
        self.at += len(c)
        self.depth -= 1
        return node

    def cfws(self):
        """White space and comments."""
        node = TokenList(kind="cfws")
        while (c := self.next) and c in _LEADER:
            node.append(self.fws() if c in WSP else self.comment())
        return node

    # ---- Words ----

    def encoded_word(self, kind="vtext"):
        """=?charset?encoding?text?="""
        node = TokenList(kind="encoded-word")
        if not self.text.startswith("=?", self.at):
            self.fail("encoded word")
        end = self.text.find("?=", self.at + 2)
        if end < 0:
            self.fail("encoded word")
        if re.match("[0-9a-fA-F]{2}", self.text[end + 2:end + 4]) and self.text.count("?", self.at + 2, end) < 2:
            further = self.text.find("?=", end + 2)  # what looked like the end was the beginning of =XX
            end = further if further >= 0 else len(self.text)
        inner = self.text[self.at + 2:end]
        if len(inner.split()) > 1:
            node.defects.append(errors.InvalidHeaderDefect("whitespace inside encoded word"))
        node.cte = self.rest
        try:
            text, node.charset, node.lang, defects = _encoded_words.decode(f"=?{inner}?=")
        except (ValueError, KeyError):
            raise InvalidEncodedWord(f"encoded word format invalid: '{node.cte}'") from None
        node.defects += defects
        self.at = min(end + 2, len(self.text))
        for i, part in enumerate(_SPACED.split(text)):
            if part:
                node.append(WhiteSpaceTerminal(part, "fws") if i % 2 else check_text(ValueTerminal(part, kind)))
        if self.next and self.next not in WSP:
            node.defects.append(errors.InvalidHeaderDefect("missing trailing whitespace after encoded-word"))
        return node

    def unstructured(self):
        """Any text, in which words may be encoded."""
        node = TokenList(kind="unstructured")
        while c := self.next:
            if c in WSP:
                node.append(self.fws())
                continue
            valid, start = True, self.at
            if self.text.startswith("=?", start):
                try:
                    self._add_encoded_word(node)
                    continue
                except InvalidEncodedWord:
                    valid = False
                except errors.HeaderParseError:
                    pass
                self.at = start
            word = _BLACK.match(self.text, start)[0]
            if valid and _WORD_INSIDE.search(word):
                word = word[:word.index("=?", 1)] if "=?" in word[1:] else word
            self.at += len(word)
            node.append(check_text(ValueTerminal(word, "utext")))
        return node

    def _add_encoded_word(self, node):
        word = self.encoded_word("utext")
        if node and node[-1].token_type != "fws":
            node.defects.append(errors.InvalidHeaderDefect("missing whitespace before encoded word"))
        elif len(node) > 1 and node[-2].token_type == "encoded-word":
            node[-1] = EWWhiteSpaceTerminal(node[-1], "fws")
        node.append(word)

    def atext(self):
        """Characters of an atom."""
        return self.match(_ATEXT, "atext", "atext")

    def _or_encoded(self, rule):
        if self.text.startswith("=?", self.at):
            return self.first(self.encoded_word, rule)
        return rule()

    def atom(self):
        """A word without quotes."""
        return self.around(TokenList(kind="atom"), lambda: self._or_encoded(self.atext))

    def dot_atom_text(self):
        """Words with dots between."""
        node = TokenList(kind="dot-atom-text")
        if not self.next or self.next in _WORD_ENDS:
            self.fail("atom at a start of dot-atom-text")
        while (c := self.next) and c not in _WORD_ENDS:
            node.append(self.atext())
            if self.next == ".":
                node.append(DOT)
                self.at += 1
        if node[-1] is DOT:
            self.fail("atom at end of dot-atom-text")
        return node

    def dot_atom(self):
        """Words with dots between, and white space around them."""
        return self.around(TokenList(kind="dot-atom"), lambda: self._or_encoded(self.dot_atom_text))

    def bare_quoted_string(self):
        """Text in quotes."""
        node = TokenList(kind="bare-quoted-string")
        if self.next != '"':
            self.fail("'\"'")
        self.at += 1
        if self.next == '"':
            node.append(self.qcontent())
        while (c := self.next) and c != '"':
            if c in WSP:
                node.append(self.fws())
            elif self.text.startswith("=?", self.at):
                self._add_quoted_word(node)
            else:
                node.append(self.qcontent())
        if not c:
            node.defects.append(errors.InvalidHeaderDefect("end of header inside quoted string"))
        self.at += len(c)
        return node

    def _add_quoted_word(self, node):
        start = self.at
        try:
            word = self.encoded_word()
        except errors.HeaderParseError:
            self.at = start
            node.append(self.qcontent())
            return
        node.defects.append(errors.InvalidHeaderDefect("encoded word inside quoted string"))
        if len(node) > 1 and node[-1].token_type == "fws" and node[-2].token_type == "encoded-word":
            node[-1] = EWWhiteSpaceTerminal(node[-1], "fws")
        node.append(word)

    def quoted_string(self):
        """Text in quotes, and white space around it."""
        return self.around(TokenList(kind="quoted-string"), self.bare_quoted_string)

    def word(self):
        """An atom or a quoted string."""
        leader = self.leader()
        c = self.next
        if not c:
            raise errors.HeaderParseError("Expected 'atom' or 'quoted-string' but found nothing.")
        if c in _SPECIALS and c != '"':
            self.fail("'atom' or 'quoted-string'")
        node = self.quoted_string() if c == '"' else self.atom()
        node[:0] = leader
        return node

    def phrase(self):
        """Words; dots between them are an old form."""
        node = TokenList(kind="phrase")
        start = self.at
        try:
            node.append(self.word())
        except errors.HeaderParseError:
            self.at = start
            node.defects.append(errors.InvalidHeaderDefect("phrase does not start with word"))
        while (c := self.next) and c not in PHRASE_ENDS:
            if c == ".":
                node.append(DOT)
                node.defects.append(errors.ObsoleteHeaderDefect("period in 'phrase'"))
                self.at += 1
                continue
            start = self.at
            try:
                node.append(self.word())
            except errors.HeaderParseError:
                self.at = start
                if c not in _LEADER:
                    raise
                node.append(self.cfws())
                node.defects.append(errors.ObsoleteHeaderDefect("comment found without atom"))
        return node

    def junk(self, kind, ends):
        """Whatever comes before one of ends."""
        node = TokenList(kind=kind)
        while (c := self.next) and c not in ends:
            node.append(self.mark("misplaced-special") if c in PHRASE_ENDS else self.phrase())
        return node

    # ---- The words of MIME ----

    def ttext(self):
        return self.match(_TTEXT, "ttext", "ttext")

    def attrtext(self):
        return self.match(_ATTRTEXT, "attrtext", "attrtext")

    def extended_attrtext(self):
        return self.match(_EXTENDED, "extended-attrtext", "extended attrtext")

    def token(self):
        """A word of MIME."""
        return self.around(TokenList(kind="token"), self.ttext)

    def attribute(self):
        """The name of a parameter."""
        return self.around(TokenList(kind="attribute"), self.attrtext)

    def extended_attribute(self):
        """A name or value in which %XX may stand."""
        return self.around(TokenList(kind="extended-attribute"), self.extended_attrtext)

    def param_value(self):
        """The value of a parameter: a word or a quoted string."""
        node = TokenList(kind="value")
        leader = self.leader()
        if not self.next:
            raise errors.HeaderParseError(f"Expected value but found end of string after {leader}")
        inner = self.quoted_string() if self.next == '"' else self.extended_attribute()
        inner[:0] = leader
        node.append(inner)
        return node
