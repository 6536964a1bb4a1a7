"""Header fields as trees: addresses (RFC 5322 section 3.4), identifiers, and MIME's fields (RFC 2045, 2231)."""

from email import errors
from email._header_node import DOT, LIST_SEPARATOR, ROUTE_MARKER, EWWhiteSpaceTerminal, Terminal, TokenList, ValueTerminal, WhiteSpaceTerminal
from email._header_node import quote_string
from email._header_reader import _LEADER, PHRASE_ENDS, WordReader, wsp_split as _wsp_splitter


class CFWSList(TokenList):
    """White space and comments."""

    token_type = "cfws"


class HeaderLabel(TokenList):
    """A header's name and colon."""

    token_type = "header-label"


class Header(TokenList):
    """A header: label, space and value."""

    token_type = "header"


def _invalid(node, text):
    node.defects.append(errors.InvalidHeaderDefect(text))


def _obsolete(node, text):
    node.defects.append(errors.ObsoleteHeaderDefect(text))


class AddressReader(WordReader):
    """The rules of addresses and identifiers."""

    def local_part(self):
        """What stands before @."""
        node = TokenList(kind="local-part")
        start = self.at
        leader = self.leader()
        if not self.next:
            self.fail("local-part")
        inside = self.at
        try:
            inner = self.first(self.dot_atom, self.word)
        except errors.HeaderParseError:
            self.at = inside
            if self.next != "\\" and self.next in PHRASE_ENDS:
                raise
            inner = TokenList()
        inner[:0] = leader
        if self.next and (self.next == "\\" or self.next not in PHRASE_ENDS):
            self.at = start
            inner = self.obs_local_part()
            if inner.token_type == "invalid-obs-local-part":
                _invalid(node, "local-part is not dot-atom, quoted-string, or obs-local-part")
            else:
                _obsolete(node, "local-part is not a dot-atom (contains CFWS)")
        node.append(inner)
        if not node.value.isascii():
            node.defects.append(errors.NonASCIILocalPartDefect("local-part contains non-ASCII characters)"))
        return node

    def obs_local_part(self):
        """The old form, with white space between words and dots; what does not fit is noted."""
        node = TokenList(kind="obs-local-part")
        dotted = False
        while (c := self.next) and (c == "\\" or c not in PHRASE_ENDS):
            if c == ".":
                if dotted:
                    _invalid(node, "invalid repeated '.'")
                node.append(DOT)
                dotted = True
                self.at += 1
                continue
            if c == "\\":
                node.append(self.mark("misplaced-special"))
                _invalid(node, "'\\' character outside of quoted-string/ccontent")
                dotted = False
                continue
            if node and node[-1].token_type != "dot":
                _invalid(node, "missing '.' between words")
            start = self.at
            try:
                node.append(self.word())
                dotted = False
            except errors.HeaderParseError:
                self.at = start
                if c not in _LEADER:
                    raise
                node.append(self.cfws())
        if not node:
            self.fail("obs-local-part")
        for way, side in ((1, "leading"), (-1, "trailing")):
            edge = [part.token_type for part in node[::way][:2]]
            if edge[0] == "dot" or edge == ["cfws", "dot"]:
                _invalid(node, f"Invalid {side} '.' in local part")
        if node.defects:
            node.token_type = "invalid-obs-local-part"
        return node

    def dtext(self):
        """Text between a domain's brackets."""
        text, backslash = self.quoted_text("[]")
        if backslash:
            text.defects.append(errors.ObsoleteHeaderDefect("quoted printable found in domain-literal"))
        return text

    def _bracketed(self, node, rule, ended=False):
        if self.next != "[":
            self.fail("'[' at start of domain-literal")
        node.append(self.mark("domain-literal-start"))
        for part in (self.fws, rule, self.fws):
            if not self.next and ended:
                _invalid(node, "end of input inside domain-literal")
                node.append(ValueTerminal("]", "domain-literal-end"))
                return node
            if part == rule or self.next in (" ", "\t"):
                node.append(part())
        if not self.next and ended:
            _invalid(node, "end of input inside domain-literal")
            node.append(ValueTerminal("]", "domain-literal-end"))
            return node
        if self.next != "]":
            self.fail("']' at end of domain-literal")
        node.append(self.mark("domain-literal-end"))
        return node

    def domain_literal(self):
        """[ an address of the network ]"""
        node = TokenList(kind="domain-literal")
        self.add_space(node)
        if not self.next:
            self.fail("domain-literal")
        self._bracketed(node, self.dtext, True)
        self.add_space(node)
        return node

    def no_fold_literal(self):
        """[ text ] of an identifier."""
        node = TokenList(kind="no-fold-literal")
        if self.next != "[":
            self.fail("'[' at the start of no-fold-literal")
        node.append(self.mark("no-fold-literal-start"))
        node.append(self.dtext())
        if self.next != "]":
            self.fail("']' at the end of no-fold-literal")
        node.append(self.mark("no-fold-literal-end"))
        return node

    def domain(self):
        """What stands behind @."""
        node = TokenList(kind="domain")
        leader = self.leader()
        if not self.next:
            self.fail("domain")
        inner = self.domain_literal() if self.next == "[" else self.first(self.dot_atom, self.atom)
        if self.next == "@":
            raise errors.HeaderParseError("Invalid Domain")
        inner[:0] = leader
        node.append(inner)
        if self.next == "." and inner.token_type != "domain-literal":
            _obsolete(node, "domain is not a dot-atom (contains CFWS)")
            if inner.token_type == "dot-atom":
                node[:] = inner
            while self.next == ".":
                node.append(DOT)
                self.at += 1
                node.append(self.atom())
        return node

    def addr_spec(self):
        """local part @ domain"""
        node = TokenList(kind="addr-spec")
        node.append(self.local_part())
        if self.next != "@":
            _invalid(node, "addr-spec local part with no domain")
            return node
        node.append(self.mark("address-at-symbol"))
        node.append(self.domain())
        return node

    def obs_route(self):
        """@domain, @domain: (the servers to go by; an old form)"""
        node = TokenList(kind="obs-route")

        def separators():
            while (c := self.next) and (c == "," or c in _LEADER):
                if c == ",":
                    node.append(LIST_SEPARATOR)
                    self.at += 1
                else:
                    node.append(self.cfws())
        separators()
        if self.next != "@":
            self.fail("obs-route domain")
        while self.next == "@":
            node.append(ROUTE_MARKER)
            self.at += 1
            node.append(self.domain())
            separators()
        if not self.next:
            raise errors.HeaderParseError("end of header while parsing obs-route")
        if self.next != ":":
            self.fail("':' marking end of obs-route")
        node.append(self.mark("end-of-obs-route-marker"))
        return node

    def angle_addr(self):
        """< address >"""
        node = TokenList(kind="angle-addr")
        self.add_space(node)
        if self.next != "<":
            self.fail("angle-addr")
        node.append(self.mark("angle-addr-start"))
        if self.next == ">":
            node.append(self.mark("angle-addr-end"))
            _invalid(node, "null addr-spec in angle-addr")
            return node
        inner = self.first(self.addr_spec, self.obs_route)
        if inner.token_type == "obs-route":
            _obsolete(node, "obsolete route specification in angle-addr")
            node.append(inner)
            inner = self.addr_spec()
        node.append(inner)
        if self.next == ">":
            self.at += 1
        else:
            _invalid(node, "missing trailing '>' on angle-addr")
        node.append(ValueTerminal(">", "angle-addr-end"))
        self.add_space(node)
        return node

    def display_name(self):
        """The name before an address."""
        phrase = self.phrase()
        node = TokenList(phrase, "display-name")
        node.defects = phrase.defects[:]
        return node

    def name_addr(self):
        """name < address >"""
        node = TokenList(kind="name-addr")
        leader = self.leader()
        if not self.next:
            self.fail("name-addr")
        if self.next != "<":
            if self.next in PHRASE_ENDS:
                self.fail("name-addr")
            name = self.display_name()
            if not self.next:
                self.fail("name-addr")
            if leader:
                (name[0] if name and isinstance(name[0], TokenList) else name)[:0] = leader
                leader = []
            node.append(name)
        address = self.angle_addr()
        address[:0] = leader
        node.append(address)
        return node

    def mailbox(self):
        """An address, with or without a name."""
        node = TokenList(kind="mailbox")
        try:
            node.append(self.first(self.name_addr, self.addr_spec))
        except errors.HeaderParseError:
            self.fail("mailbox")
        if any(isinstance(defect, errors.InvalidHeaderDefect) for defect in node.all_defects):
            node.token_type = "invalid-mailbox"
        return node

    def _add_entry(self, node, rule, wrap, ends, what, empty):
        """One entry of a list of addresses: by the rule, or empty, or junk."""
        start = self.at
        try:
            node.append(rule())
        except errors.HeaderParseError:
            self.at = start
            leader = self.leader()
            if not self.next or self.next in ends:
                node.extend(leader)
                _obsolete(node, empty if leader else f"empty element in {what}-list")
            else:
                junk = self.junk("invalid-mailbox", ends)
                junk[:0] = leader
                node.append(wrap(junk))
                _invalid(node, f"invalid {what} in {what}-list")
        if self.next and self.next not in ends:  # something stands behind what was a mailbox
            last = node[-1] if what == "mailbox" else node[-1][0]
            last.token_type = "invalid-mailbox"
            last.extend(self.junk("invalid-mailbox", ends))
            _invalid(node, f"invalid {what} in {what}-list")

    def mailbox_list(self):
        """Mailboxes with commas between."""
        node = TokenList(kind="mailbox-list")
        while self.next and self.next != ";":
            self._add_entry(node, self.mailbox, lambda junk: junk, ",;", "mailbox", "empty element in mailbox-list")
            if self.next == ",":
                node.append(LIST_SEPARATOR)
                self.at += 1
        return node

    def group_list(self):
        """The mailboxes of a group."""
        node = TokenList(kind="group-list")
        if not self.next:
            _invalid(node, "end of header before group-list")
            return node
        leader = self.leader()
        if leader and (not self.next or self.next == ";"):
            if not self.next:
                _invalid(node, "end of header in group-list")
            node.extend(leader)
            return node
        boxes = self.mailbox_list()
        if not boxes.all_mailboxes:
            node.extend(leader)
            node.extend(boxes)
            _obsolete(node, "group-list with empty entries")
            return node
        boxes[:0] = leader
        node.append(boxes)
        return node

    def group(self):
        """name : mailboxes ;"""
        node = TokenList(kind="group")
        node.append(self.display_name())
        if self.next != ":":
            self.fail("':' at end of group display name")
        node.append(self.mark("group-display-name-terminator"))
        if self.next == ";":
            node.append(self.mark("group-terminator"))
            return node
        node.append(self.group_list())
        if not self.next:
            _invalid(node, "end of header in group")
        elif self.next != ";":
            self.fail("';' at end of group")
        else:
            self.at += 1
        node.append(ValueTerminal(";", "group-terminator"))
        return node

    def address(self):
        """A mailbox or a group."""
        try:
            return TokenList([self.first(self.group, self.mailbox)], "address")
        except errors.HeaderParseError:
            self.fail("address")

    def address_list(self):
        """Addresses with commas between."""
        node = TokenList(kind="address-list")
        while self.next:
            self._add_entry(node, self.address, lambda junk: TokenList([junk], "address"), ",", "address",
                            "address-list entry with no content")
            if self.next:
                node.append(LIST_SEPARATOR)
                self.at += 1
        return node

    def msg_id(self):
        """< left @ right >"""
        node = TokenList(kind="msg-id")
        self.add_space(node)
        if self.next != "<":
            self.fail("msg-id")
        node.append(self.mark("msg-id-start"))
        node.append(self._old_or_new(node, "id-left", self.dot_atom_text, self.obs_local_part))
        if self.next != "@":
            _invalid(node, "msg-id with no id-right")
            if self.next == ">":
                node.append(self.mark("msg-id-end"))
            return node
        node.append(self.mark("address-at-symbol"))
        node.append(self._old_or_new(node, "id-right", self.dot_atom_text, self.no_fold_literal, self.domain))
        if self.next == ">":
            self.at += 1
        else:
            _invalid(node, "missing trailing '>' on msg-id")
        node.append(ValueTerminal(">", "msg-id-end"))
        self.add_space(node)
        return node

    def _old_or_new(self, node, what, *rules):
        inner = self.first(*rules)
        if inner.kind in ("obs-local-part", "domain"):
            _obsolete(node, f"obsolete {what} in msg-id")
        return inner


def _entry(name, doc):
    rule = getattr(AddressReader, name)

    def get(value):
        reader = AddressReader(value)
        return rule(reader), reader.rest
    get.__name__ = get.__qualname__ = "get_" + name
    get.__doc__ = f"(the node that value begins with, the rest of value): {doc}"
    return get


for _name in ("fws qp_ctext qcontent atext bare_quoted_string comment cfws quoted_string atom dot_atom_text dot_atom word phrase local_part "
              "obs_local_part dtext domain_literal no_fold_literal domain addr_spec obs_route angle_addr display_name name_addr mailbox "
              "mailbox_list group_list group address address_list msg_id ttext token attrtext attribute extended_attrtext "
              "extended_attribute").split():
    globals()["get_" + _name] = _entry(_name, getattr(AddressReader, _name).__doc__)


def get_encoded_word(value, terminal_type="vtext"):
    """(the encoded word that value begins with, the rest of value)"""
    reader = WordReader(value)
    return reader.encoded_word(terminal_type), reader.rest


def get_unstructured(value):
    """The tree of any text."""
    return WordReader(value).unstructured()


def parse_message_id(value):
    """The tree of an identifier."""
    reader = AddressReader(value)
    try:
        node = TokenList([reader.msg_id()], "message-id")
    except errors.HeaderParseError as e:
        node = TokenList(get_unstructured(value), "invalid-message-id")
        _invalid(node, f"Invalid msg-id: {e!r}")
        return node
    if reader.next:
        _invalid(node, f"Unexpected {reader.rest!r}")
    return node


def __getattr__(name):
    if name.startswith("parse_"):
        from email import _header_mime
        return getattr(_header_mime, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
