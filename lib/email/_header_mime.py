"""MIME's header fields as trees (RFC 2045; parameters in pieces and with a charset: RFC 2231)."""

from urllib.parse import unquote, unquote_to_bytes

from email import errors
from email._header_node import WSP, TokenList, ValueTerminal
from email._header_reader import _LEADER, PHRASE_ENDS, WordReader
from email._header_value_parser import _invalid


def _missing(node, text):
    node.defects.append(errors.HeaderMissingRequiredValue(text))
    return node


class MimeReader(WordReader):
    """The rules of parameters, and of the fields that have them."""

    def parameter(self):
        """name=value, name*=charset'language'value, name*0=first piece ..."""
        node = TokenList(kind="parameter")
        node.sectioned = node.extended = False
        node.section_number, node.charset, node.lang, node.param_value = 0, "us-ascii", "", ""
        name = self.attribute()
        node.append(name)
        if not self.next or self.next == ";":
            _invalid(node, f"Parameter contains name ({name}) but no value")
            return node
        if self.next == "*":
            self._section(node)
        if self.next != "=":
            raise errors.HeaderParseError("Parameter not followed by '='")
        node.append(self.mark("parameter-separator"))
        leader = self.leader()
        if node.extended and self.next == '"':
            self._quoted_extended(node, leader)
        elif node.extended and not node.section_number:
            self._initial_extended(node, leader, node)
        else:
            self._plain_value(node, leader)
        return node

    def _section(self, node):
        if self.text[self.at + 1:self.at + 2].isdigit():
            section = TokenList([self.mark("section-marker")], "section")
            digits = ""
            while self.next.isdigit():
                digits += self.next
                self.at += 1
            if digits[0] == "0" and digits != "0":
                section.defects.append(errors.InvalidHeaderDefect("section number has an invalid leading 0"))
            node.section_number = int(digits[:9])
            section.append(ValueTerminal(digits, "digits"))
            node.append(section)
            node.sectioned = True
            if not self.next:
                raise errors.HeaderParseError("Incomplete parameter")
        if self.next == "*":
            node.append(self.mark("extended-parameter-marker"))
            node.extended = True

    def _plain_value(self, node, leader):
        value = self.param_value()
        value[0][:0] = leader
        node.append(value)
        node.param_value = value.stripped_value
        if self.next == "'":
            _invalid(node, "Apparent initial-extended-value but attribute was not marked as extended or was not initial section")
            self._initial_extended(node, [], node, value)

    def _quoted_extended(self, node, leader):
        """Quotes around what is marked as encoded: not valid, but seen."""
        quoted = self.quoted_string()
        quoted[:0] = leader
        inner = MimeReader(quoted.stripped_value)
        try:
            if node.section_number == 0:
                valid = inner.next == "'" or bool(inner.attrtext()) and inner.next == "'"
            else:
                valid = bool(inner.extended_attrtext()) and not inner.next
        except errors.HeaderParseError:
            valid = False
        if not valid:
            _invalid(node, "Parameter marked as extended but appears to have a quoted string value that is non-encoded")
            node.append(TokenList([quoted], "value"))
            node.param_value = quoted.stripped_value
            return
        _invalid(node, "Quoted string value for extended parameter is invalid")
        node.append(quoted)
        holder = next(part for part in quoted if part.token_type == "bare-quoted-string")
        holder.clear()
        inner.at = 0
        if node.section_number == 0:
            inner._initial_extended(node, [], holder, quoted=True)
        else:
            inner._rest_of_quoted(node, holder)

    def _initial_extended(self, node, leader, holder, charset=None, quoted=False):
        """charset'language'value"""
        if charset is None and self.next != "'":
            charset = self.param_value()
            charset[0][:0] = leader
            if not self.next:
                _invalid(node, "Missing required charset/lang delimiters")
                holder.append(charset)
                node.param_value = charset.stripped_value
                return
            holder.append(charset)
        if charset is not None:
            node.charset = charset.stripped_value
        self._delimiter(holder)
        if self.next and self.next != "'":
            holder.append(self.attrtext())
            node.lang = holder[-1].value
        self._delimiter(holder)
        if quoted:
            return self._rest_of_quoted(node, holder)
        value = self.param_value()
        holder.append(value)
        node.param_value = value.stripped_value

    def _delimiter(self, holder):
        if self.next != "'":
            self.fail("RFC2231 char/lang encoding delimiter")
        holder.append(self.mark("RFC2231-delimiter"))

    def _rest_of_quoted(self, node, holder):
        value = TokenList(kind="value")
        while c := self.next:
            value.append(self.fws() if c in WSP else self.mark("DQUOTE") if c == '"' else self.qcontent())
        holder.append(value)
        node.param_value = value.value

    def mime_parameters(self):
        """Parameters with ; between."""
        node = TokenList(kind="mime-parameters")
        while self.next:
            start = self.at
            try:
                node.append(self.parameter())
            except errors.HeaderParseError:
                self.at = start
                leader = self.leader()
                if not self.next:
                    node.extend(leader)
                    break
                if self.next == ";":
                    node.extend(leader)
                    _invalid(node, "parameter entry with no content")
                else:
                    junk = self.junk("invalid-parameter", ";")
                    junk[:0] = leader
                    node.append(junk)
                    _invalid(node, f"invalid parameter {str(junk)!r}")
            if self.next and self.next != ";":
                last = node[-1]
                last.token_type = "invalid-parameter"
                junk = self.junk("invalid-parameter", ";")
                last.extend(junk)
                _invalid(node, f"parameter with invalid trailing text {str(junk)!r}")
            if self.next:
                node.append(self.mark("parameter-separator"))
        node.params = list(_join_pieces(node))
        return node

    def parameters_behind(self, node):
        """What comes before ; is junk, the parameters are behind it."""
        while self.next and self.next != ";":
            node.append(self.mark("misplaced-special") if self.next in PHRASE_ENDS else self.phrase())
        if self.next:
            node.append(self.mark("parameter-separator"))
            node.append(self.mime_parameters())
            node.params = node[-1].params
        return node

    def word_or_junk(self, node, what):
        """A token; None if there is none, and then it is noted."""
        start = self.at
        try:
            token = self.token()
        except errors.HeaderParseError:
            self.at = start
            _invalid(node, f"Expected {what} but found {self.rest!r}")
            return None
        node.append(token)
        return token.value.strip().lower()

    def number(self, node, what, ends):
        """The digits of a version's part; None if they are none."""
        start = self.at
        while self.next and self.next not in ends:
            self.at += 1
        digits = self.text[start:self.at]
        if digits.isdigit():
            node.append(ValueTerminal(digits, "digits"))
            return int(digits)
        _invalid(node, f"Expected MIME {what} version number but found {digits!r}")
        node.append(ValueTerminal(digits, "xtext"))
        return None


def _join_pieces(node):
    """(name, value) of the parameters: pieces joined, %XX decoded, of several with one name the first."""
    found = {}
    for part in node:
        if part.token_type == "parameter":
            found.setdefault(part[0].value.strip(), []).append(part)
    for name, parts in found.items():
        parts.sort(key=lambda part: part.section_number)
        charset = parts[0].charset
        if not parts[0].extended and len(parts) > 1 and parts[1].section_number == 0:
            _invalid(parts[1], "duplicate parameter name; duplicate(s) ignored")
            parts = parts[:1]
        texts = []
        for part in parts:
            if part.section_number != len(texts):
                if not part.extended:
                    _invalid(part, "duplicate parameter name; duplicate ignored")
                    continue
                _invalid(part, "inconsistent RFC2231 parameter numbering")
            texts.append(_decode(part, charset) if part.extended else part.param_value)
        yield name, "".join(texts)


def _decode(part, charset):
    try:
        octets = unquote_to_bytes(part.param_value)
    except UnicodeEncodeError:
        return unquote(part.param_value, encoding="latin-1")
    try:
        text = octets.decode(charset, "surrogateescape")
    except (LookupError, UnicodeError):
        text = octets.decode("us-ascii", "surrogateescape")
    if any("\udc80" <= c <= "\udcff" for c in text):
        part.defects.append(errors.UndecodableBytesDefect())
    return text


def parse_mime_parameters(value):
    """The tree of parameters."""
    return MimeReader(value).mime_parameters()


def parse_mime_version(value):
    """The tree of MIME-Version; major and minor are its numbers, or None."""
    node, reader = TokenList(kind="mime-version"), MimeReader(value)
    node.major = node.minor = None
    if not value:
        return _missing(node, "Missing MIME version number (eg: MIME-Version: 1.0)")
    reader.add_space(node)
    if not reader.next:
        return _missing(node, "Expected MIME version number but found only CFWS")
    node.major = reader.number(node, "major", _LEADER | {"."})
    reader.add_space(node)
    if reader.next == ".":
        node.append(reader.mark("version-separator"))
        reader.add_space(node)
    elif reader.next:
        if node.major is not None:
            _invalid(node, "Incomplete MIME version; found only major number")
        node.append(ValueTerminal(reader.rest, "xtext"))
        return node
    if not reader.next:
        if node.major is not None:
            _invalid(node, "Incomplete MIME version; found only major number")
        return node
    node.minor = reader.number(node, "minor", _LEADER)
    reader.add_space(node)
    if reader.next:
        _invalid(node, "Excess non-CFWS text after MIME version")
        node.append(ValueTerminal(reader.rest, "xtext"))
    return node


def parse_content_type_header(value):
    """The tree of Content-Type; maintype, subtype and params are what it says, text/plain if it is not valid."""
    node, reader = TokenList(kind="content-type"), MimeReader(value)
    node.maintype, node.subtype, node.params = "text", "plain", []
    if not value:
        _invalid(node, "Missing content type specification")
        return node
    main = reader.word_or_junk(node, "content maintype")
    if main is None:
        return reader.parameters_behind(node)
    if reader.next != "/":
        _invalid(node, "Invalid content type")
        return reader.parameters_behind(node)
    node.append(reader.mark("content-type-separator"))
    sub = reader.word_or_junk(node, "content subtype")
    if sub is not None and reader.next and reader.next != ";":
        _invalid(node, f"Only parameters are valid after content type, but found {reader.rest!r}")
    elif sub is not None:
        node.maintype, node.subtype = main, sub
    return reader.parameters_behind(node)


def parse_content_disposition_header(value):
    """The tree of Content-Disposition; content_disposition and params are what it says."""
    node, reader = TokenList(kind="content-disposition"), MimeReader(value)
    node.content_disposition, node.params = None, []
    if not value:
        return _missing(node, "Missing content disposition")
    node.content_disposition = reader.word_or_junk(node, "content disposition")
    if node.content_disposition is not None and reader.next and reader.next != ";":
        _invalid(node, f"Only parameters are valid after content disposition, but found {reader.rest!r}")
    return reader.parameters_behind(node)


def parse_content_transfer_encoding_header(value):
    """The tree of Content-Transfer-Encoding; cte is what it says, 7bit if it is not valid."""
    node, reader = TokenList(kind="content-transfer-encoding"), MimeReader(value)
    node.cte = "7bit"
    if not value:
        return _missing(node, "Missing content transfer encoding")
    node.cte = reader.word_or_junk(node, "content transfer encoding") or "7bit"
    while reader.next:
        _invalid(node, "Extra text after content transfer encoding")
        node.append(reader.mark("misplaced-special") if reader.next in PHRASE_ENDS else reader.phrase())
    return node
