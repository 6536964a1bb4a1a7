"""Takes HTML apart, as it comes, well formed or not: a subclass has methods that are called for tags, text, comments, ..."""

import re
from html import unescape

import _markupbase

__all__ = ["HTMLParser"]

_tag_name = re.compile(r"[a-zA-Z][^\t\n\r\f />\x00]*")
_attribute = re.compile(r"[^\s/>][^\s/=>]*")
_between = re.compile(r"[\s/]*")
_equals = re.compile(r"\s*=+\s*")
_unquoted = re.compile(r"[^>\s]*")
_plain_end = re.compile(r"</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>")
_comment_end = re.compile(r"--\s*>")
_character = re.compile(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]")
_entity = re.compile(r"&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]")
_reference_begun = re.compile(r"&[a-zA-Z#]")
_special = re.compile("[&<]")
_reference_over = re.compile(r"[\s;]")
_section_name = re.compile(r"[a-zA-Z][-_.a-zA-Z0-9]*")
_section_end = re.compile(r"\]\s*\]\s*>"), re.compile(r"\]\s*>")
_LONGEST_REFERENCE = 34


class HTMLParser(_markupbase.ParserBase):
    """feed() takes text and calls handle_...(); close() deals with what is left.

    convert_charrefs: &...; in text is replaced, and handle_charref() and handle_entityref() are not called."""

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        super().__init__()
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Begin anew; what has not been handled is lost."""
        self.rawdata = ""
        self.lasttag = "???"
        self.cdata_elem = self._cdata_end = self.__starttag_text = None
        super().reset()

    def feed(self, data):
        """Handle text as far as it is whole."""
        self.rawdata += data
        self.goahead(False)

    def close(self):
        """Handle all that is left, as if the text ended here."""
        self.goahead(True)

    def get_starttag_text(self):
        """The text of the last start tag."""
        return self.__starttag_text

    def set_cdata_mode(self, elem):
        """All up to the end tag of elem is text."""
        self.cdata_elem = elem.lower()
        self._cdata_end = re.compile(rf"</\s*{re.escape(self.cdata_elem)}\s*>", re.I)

    def clear_cdata_mode(self):
        """Tags are tags again."""
        self.cdata_elem = self._cdata_end = None

    # ---- The text ----

    def _text(self, text):
        self.handle_data(unescape(text) if self.convert_charrefs and not self.cdata_elem else text)

    def _next_special(self, i):
        """Where text that begins at i ends; -1: that is not yet known."""
        text = self.rawdata
        if self.cdata_elem:
            found = self._cdata_end.search(text, i)
            return found.start() if found else -1
        if not self.convert_charrefs:
            found = _special.search(text, i)
            return found.start() if found else len(text)
        j = text.find("<", i)
        if j >= 0:
            return j
        ampersand = text.rfind("&", max(i, len(text) - _LONGEST_REFERENCE))
        return -1 if ampersand >= 0 and not _reference_over.search(text, ampersand) else len(text)

    def goahead(self, end):
        """Handle what has come; end: there is no more."""
        i = 0
        while i < len(self.rawdata):
            j = self._next_special(i)
            if j < 0:
                break
            if i < j:
                self._text(self.rawdata[i:j])
            i = self.updatepos(i, j)
            if i == len(self.rawdata):
                break
            k = self._markup(i, end) if self.rawdata[i] == "<" else self._reference(i, end)
            if k < 0:
                if k < -1:  # a reference that goes no further: some of it is done with
                    i = self.updatepos(i, i - k - 1)
                break
            i = self.updatepos(i, k)
        if end and i < len(self.rawdata) and not self.cdata_elem:
            self._text(self.rawdata[i:])
            i = self.updatepos(i, len(self.rawdata))
        self.rawdata = self.rawdata[i:]

    def _markup(self, i, end):
        """Handle what begins with < at i; where it ends, -1: not here yet."""
        text = self.rawdata
        if _tag_name.match(text, i + 1):
            k = self.parse_starttag(i)
        elif text.startswith("</", i):
            k = self.parse_endtag(i)
        elif text.startswith("<!", i):
            k = self.parse_html_declaration(i)
        elif text.startswith("<?", i):
            k = self.parse_pi(i)
        elif i + 1 < len(text):
            self.handle_data("<")
            return i + 1
        else:
            return -1
        if k < 0 and end:  # it never will be: text
            k = text.find(">", i + 1) + 1 or text.find("<", i + 1)
            if k < 0:
                k = i + 1
            self._text(text[i:k])
        return k

    def _reference(self, i, end):
        """Handle what begins with & at i; where it ends, -1: not here yet, -1 - n: stop, n characters are done with."""
        text = self.rawdata
        if text.startswith("&#", i):
            if found := _character.match(text, i):
                self.handle_charref(found[0][2:-1])
                return found.end() - (text[found.end() - 1] != ";")
            if text.find(";", i) >= 0:  # it is none
                self.handle_data("&#")
                return -3
            return -1
        if found := _entity.match(text, i):
            self.handle_entityref(found[1])
            return found.end() - (text[found.end() - 1] != ";")
        if found := _reference_begun.match(text, i):
            return -2 if end and found.end() == len(text) else -1  # the & is lost, as in CPython
        if i + 1 < len(text):
            self.handle_data("&")
            return i + 1
        return -1

    # ---- Declarations, comments, instructions ----

    def parse_html_declaration(self, i):
        """<!...> at i; where it ends, -1: not here yet."""
        text = self.rawdata
        if text.startswith("<!--", i):
            found = _comment_end.search(text, i + 4)
            if not found:
                return -1
            self.handle_comment(text[i + 4:found.start()])
            return found.end()
        if text.startswith("<![", i):
            return self._parse_section(i)
        if text[i:i + 9].lower() == "<!doctype":
            j = text.find(">", i + 9)
            if j < 0:
                return -1
            self.handle_decl(text[i + 2:j])
            return j + 1
        return self.parse_bogus_comment(i)

    def _parse_section(self, i):
        text = self.rawdata
        found = _section_name.match(text, i + 3)
        if not found:
            return -1 if i + 3 == len(text) else self.parse_bogus_comment(i)
        if found.end() == len(text):
            return -1
        end = _section_end[found[0].lower() in ("if", "else", "endif")].search(text, i + 3)
        if not end:
            return -1
        self.unknown_decl(text[i + 3:end.start()])
        return end.end()

    def parse_bogus_comment(self, i, report=1):
        """<!...> or </...> that is nothing else is a comment."""
        j = self.rawdata.find(">", i + 2)
        if j < 0:
            return -1
        if report:
            self.handle_comment(self.rawdata[i + 2:j])
        return j + 1

    def parse_pi(self, i):
        """<?...> at i."""
        j = self.rawdata.find(">", i + 2)
        if j < 0:
            return -1
        self.handle_pi(self.rawdata[i + 2:j])
        return j + 1

    # ---- Tags ----

    def _scan_value(self, i):
        """(an attribute's value at i, where it ends), -1: not here yet."""
        text = self.rawdata
        quote = text[i:i + 1]
        if quote and quote in "'\"":
            j = text.find(quote, i + 1)
            return (None, -1) if j < 0 else (text[i + 1:j], j + 1)
        found = _unquoted.match(text, i)
        return (None, -1) if found.end() == len(text) else (found[0], found.end())

    def _scan_attributes(self, i):
        """([(name, value)], where the tag ends, whether with /), -1: not here yet."""
        text, found = self.rawdata, []
        while True:
            space = _between.match(text, i)
            i = space.end()
            if i == len(text):
                return found, -1, False
            if text[i] == ">":
                return found, i + 1, space[0].endswith("/")
            name = _attribute.match(text, i)
            i, value = name.end(), None
            if equals := _equals.match(text, i):
                value, i = self._scan_value(equals.end())
                if i < 0:
                    return found, -1, False
                value = unescape(value)
            found.append((name[0].lower(), value))

    def parse_starttag(self, i):
        """<name ...> at i; where it ends, -1: not here yet."""
        self.__starttag_text = None
        name = _tag_name.match(self.rawdata, i + 1)
        attributes, end, closed = self._scan_attributes(name.end())
        if end < 0:
            return -1
        self.__starttag_text = self.rawdata[i:end]
        self.lasttag = tag = name[0].lower()
        if closed:
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def parse_endtag(self, i):
        """</name> at i; where it ends, -1: not here yet. What stands behind the name is lost."""
        text = self.rawdata
        end = text.find(">", i + 1) + 1
        if not end:
            return -1
        if found := _plain_end.match(text, i):
            self.handle_endtag(found[1].lower())
            self.clear_cdata_mode()
            return end
        if found := _tag_name.match(text, i + 2):
            self.handle_endtag(found[0].lower())
            return text.find(">", found.end()) + 1
        return i + 3 if text.startswith("</>", i) else self.parse_bogus_comment(i)

    # ---- What subclasses have ----

    def handle_startendtag(self, tag, attrs):
        """<tag .../>"""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        """<tag ...>; attrs: pairs of a name in small letters and a value, None where there is no ="""

    def handle_endtag(self, tag):
        """</tag>"""

    def handle_charref(self, name):
        """&#name;"""

    def handle_entityref(self, name):
        """&name;"""

    def handle_data(self, data):
        """Text."""

    def handle_comment(self, data):
        """<!--data-->"""

    def handle_decl(self, decl):
        """<!decl>"""

    def handle_pi(self, data):
        """<?data>"""
