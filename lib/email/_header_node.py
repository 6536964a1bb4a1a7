"""The tree of a parsed header: terminals are strings, all else is a list of nodes. A node's kind decides what it means.

str(node) is the text as it stood, node.value what it means (comments are one space, quotes are gone), node.defects what was wrong.
"""

import re

WSP = " \t"
_NOT_PRINTABLE = re.compile(r"[\x00-\x20\x7f]")
_NEEDS_QUOTES = re.compile(r'[()<>@,:;\\"\[\]]')
_NAME_NEEDS_QUOTES = re.compile(r'[()<>@,:;.\\"\[\]]')


def quote_string(value):
    """value as a quoted string."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', r"\"") + '"'


class Terminal(str):
    """A word, a mark or white space."""

    as_ew_allowed = True      # may it be written as an encoded word?
    ew_combine_allowed = True # together with its neighbours?
    syntactic_break = True    # is the place before it a good one for a new line?
    comments = ()

    def __new__(cls, value, token_type):
        self = super().__new__(cls, value)
        self.token_type, self.defects = token_type, []
        return self

    def __repr__(self):
        return f"{type(self).__name__}({super().__repr__()})"

    def __getnewargs__(self):
        return str(self), self.token_type

    value = property(str)
    all_defects = property(lambda self: list(self.defects))

    def startswith_fws(self):
        return False

    def pprint(self):
        print(f"{type(self).__name__}/{self.token_type}")

    def _lines(self, indent):
        defects = f" {self.defects}" if self.defects else ""
        return [f"{indent}{type(self).__name__}/{self.token_type}({super().__repr__()}){defects}"]


class ValueTerminal(Terminal):
    """What means what it says."""


class WhiteSpaceTerminal(Terminal):
    """White space: means one space."""

    value = property(lambda self: " ")

    def startswith_fws(self):
        return True


class EWWhiteSpaceTerminal(WhiteSpaceTerminal):
    """White space between encoded words: means nothing."""

    value = property(lambda self: "")

    def __str__(self):
        return ""


DOT = ValueTerminal(".", "dot")
LIST_SEPARATOR = ValueTerminal(",", "list-separator")
LIST_SEPARATOR.as_ew_allowed = LIST_SEPARATOR.syntactic_break = False
ROUTE_MARKER = ValueTerminal("@", "route-component-marker")

_NO_WORDS = frozenset(("domain", "no-fold-literal", "addr-spec", "obs-local-part", "local-part", "domain-literal", "content-type",
                       "content-disposition", "content-transfer-encoding", "header-label", "msg-id", "message-id", "invalid-message-id"))
_NO_BREAK = frozenset(("mime-parameters", "content-type", "content-disposition"))


class TokenList(list):
    """A node with parts."""

    token_type = None
    display_name = property(lambda self: self._display_name())

    def __init__(self, parts=(), kind=None):
        super().__init__(parts)
        if kind is not None:
            self.token_type = kind
        self.kind = self.token_type
        self.defects = []

    @property
    def as_ew_allowed(self):
        return self.kind == "dot-atom-text" or self.kind not in _NO_WORDS and all(part.as_ew_allowed for part in self)

    @property
    def ew_combine_allowed(self):
        return self.kind != "display-name"

    @property
    def syntactic_break(self):
        return self.kind not in _NO_BREAK

    # ---- Text ----

    def __str__(self):
        shown = _STR.get(self.kind)
        return shown(self) if shown else "".join(map(str, self))

    def __repr__(self):
        return f"{type(self).__name__}({super().__repr__()}, {self.token_type!r})"

    @property
    def value(self):
        """What the text means."""
        meant = _VALUE.get(self.kind)
        return meant(self) if meant else self._joined()

    def _joined(self):
        return "".join([part.value for part in self])

    def startswith_fws(self):
        return bool(self) and self[0].startswith_fws()

    def fold(self, *, policy):
        """The text in lines of at most policy.max_line_length characters, non-ASCII in encoded words."""
        if self.kind in ("msg-id", "message-id", "invalid-message-id"): # these cannot be in pieces
            return str(self) + policy.linesep
        from email._header_fold import Folder
        return Folder(policy).fold(self)

    def _lines(self, indent):
        defects = f" Defects: {self.defects}" if self.defects else ""
        lines = [f"{indent}{type(self).__name__}/{self.token_type}({defects}"]
        for part in self:
            lines += part._lines(indent + "    ")
        return [*lines, f"{indent})"]

    def ppstr(self, indent=""):
        """The tree as lines, for people."""
        return "\n".join(self._lines(indent))

    def pprint(self, indent=""):
        print(self.ppstr(indent))

    # ---- What is inside ----

    @property
    def all_defects(self):
        """The defects here and below."""
        return [*self.defects, *(defect for part in self for defect in part.all_defects)]

    @property
    def comments(self):
        """The texts of the comments inside."""
        if self.kind == "comment":
            return [self.content]
        return [comment for part in self for comment in part.comments]

    @property
    def content(self):
        """The text of a comment or a quoted string, without what is around it."""
        if self.kind == "quoted-string":
            return self._first("bare-quoted-string").value
        return "".join(map(str, self))

    @property
    def quoted_value(self):
        """The value with its quotes."""
        return "".join(str(part) if part.token_type == "bare-quoted-string" else part.value for part in self)

    @property
    def stripped_value(self):
        """The value without white space and comments around it."""
        for part in self:
            if part.token_type.endswith(("attrtext", "bare-quoted-string")):
                return part.value
            if part.token_type.endswith(("attribute", "quoted-string")):
                return part.stripped_value
        return self.value

    def _below(self, kinds):
        for part in self:
            if part.token_type in kinds or getattr(part, "kind", None) in kinds:
                yield part
            elif isinstance(part, TokenList):
                yield from part._below(kinds)

    def _first(self, *kinds):
        return next(self._below(kinds), None)

    # ---- Addresses ----

    def _display_name(self):
        if self.kind == "display-name":
            parts = list(self)
            if parts and parts[0].token_type == "cfws":
                del parts[0]
            elif parts and _edge(parts[0], 0):
                parts[0] = TokenList(parts[0][1:])
            if parts and parts[-1].token_type == "cfws":
                del parts[-1]
            elif parts and _edge(parts[-1], -1):
                parts[-1] = TokenList(parts[-1][:-1])
            return TokenList(parts).value
        if self.kind == "address" and self[0].token_type != "group":
            return None
        name = self._first("display-name", "group-list")
        return name.display_name if name is not None and name.kind == "display-name" else None

    @property
    def local_part(self):
        """What is before @; None if there is no address."""
        if self.kind == "local-part":
            return _local_text(self[0])
        part = self._first("local-part")
        return None if part is None else part.local_part

    @property
    def domain(self):
        """What is behind @, or None."""
        if self.kind in ("domain", "domain-literal"):
            return "".join(self._joined().split())
        address = self if self.kind == "addr-spec" else self._first("addr-spec")
        return address[2].domain if address is not None and len(address) > 2 else None

    @property
    def ip(self):
        """What stands between a domain's brackets."""
        return next(part for part in self if part.token_type == "ptext").value

    @property
    def addr_spec(self):
        """local part and domain; '<>' for the empty address."""
        local = self.local_part
        if local is None:
            return "<>" if self.kind == "angle-addr" or self._first("angle-addr") is not None else None
        if not local or re.search(r'[()<>@,:;\\"\[\] \t]', local):
            local = quote_string(local)
        domain = self.domain
        return local if domain is None else local + "@" + domain

    @property
    def route(self):
        """The domains of an old route, or None."""
        route = self._first("obs-route")
        return None if route is None else route.domains

    @property
    def domains(self):
        """The domains of a route."""
        return [part.domain for part in self if part.token_type == "domain"]

    @property
    def all_mailboxes(self):
        """The mailboxes, with those that are not valid."""
        return list(self._below(("mailbox", "invalid-mailbox")))

    @property
    def mailboxes(self):
        """The valid mailboxes."""
        return [box for box in self.all_mailboxes if box.token_type == "mailbox"]

    @property
    def addresses(self):
        """The addresses of a list: mailboxes and groups."""
        return [part for part in self if part.token_type == "address"]


def _edge(part, i):
    """Does part begin (0) or end (-1) with white space or a comment?"""
    return isinstance(part, TokenList) and bool(part) and part[i].token_type == "cfws"


def _local_text(words):
    """A local part without the white space around its dots."""
    words = [word for word in words if word.token_type != "cfws"]
    texts = []
    for i, word in enumerate(words):
        parts = list(word) if isinstance(word, TokenList) else [word]
        if parts and parts[0].token_type == "cfws" and (i == 0 or words[i - 1].token_type == "dot"):
            del parts[0]
        if parts and parts[-1].token_type == "cfws" and (i == len(words) - 1 or words[i + 1].token_type == "dot"):
            del parts[-1]
        texts += [part.value for part in parts]
    return "".join(texts)


def _quoted_for_comment(part):
    if part.token_type == "comment":
        return str(part)
    return re.sub(r"[\\()]", r"\\\g<0>", str(part))


def _display_value(node):
    if not node:
        return ""
    before = " " if node[0].token_type == "cfws" or _edge(node[0], 0) else ""
    after = " " if node[-1].token_type == "cfws" or _edge(node[-1], -1) else ""
    quoted = any(part.token_type == "quoted-string" for part in node) or any(isinstance(d, _obsolete()) or isinstance(d, _invalid())
                                                                            for d in node.defects)
    return before + quote_string(node.display_name) + after if quoted else node._joined()


def _obsolete():
    from email.errors import ObsoleteHeaderDefect
    return ObsoleteHeaderDefect


def _invalid():
    from email.errors import InvalidHeaderDefect
    return InvalidHeaderDefect


def _address_value(node):
    if len(node) < 3:
        return node[0].value
    return node[0].value.rstrip() + node[1].value + node[2].value.lstrip()


def _mailbox_value(node):
    return node._joined()


def _parameters_text(node):
    params = [f"{name}={quote_string(value)}" if value else name for name, value in node.params]
    return " " + "; ".join(params) if params else ""


_STR = {"comment": lambda node: "(" + "".join(map(_quoted_for_comment, node)) + ")",
        "bare-quoted-string": lambda node: quote_string(node.content),
        "mime-parameters": _parameters_text}
_VALUE = {"cfws": lambda node: " ", "comment": lambda node: " ",
          "bare-quoted-string": lambda node: node.content,
          "addr-spec": _address_value,
          "display-name": _display_value,
          "local-part": lambda node: node[0].quoted_value if node[0].token_type == "quoted-string" else node[0].value}
