"""A header's tree as lines: broken at white space between parts, what is not ASCII in encoded words."""

import re
import sys
from urllib.parse import quote

from email import _encoded_words, errors
from email._header_node import WSP, Terminal, TokenList, quote_string

_LINE_END = frozenset("\r\n")
_SPECIAL = frozenset('()<>@,:;.\\"[]') | _LINE_END
_OPEN = object() # ends a part in which nothing may become an encoded word


class Folder:
    """Lines that grow. Parts wait in a stack, the next one on top."""

    def __init__(self, policy):
        self.policy = policy
        self.width = policy.max_line_length or sys.maxsize
        self.charset = "utf-8" if policy.utf8 else "us-ascii"
        self.lines = [""]
        self.indent = ""       # white space at the line's beginning, to be encoded if an encoded word follows
        self.word_at = None    # where in the line the last encoded word begins, that more can be joined to
        self.word_charset = None
        self.blocked = 0
        self.encode = False

    def fold(self, tree):
        """The lines of a tree, joined."""
        stack = list(reversed(tree))
        while stack:
            part = stack.pop()
            if part is _OPEN:
                self.blocked -= 1
            elif getattr(part, "kind", None) == "mime-parameters":
                self._parameters(part)
            else:
                for more in reversed(self._part(part) or ()):
                    stack.append(more)
        return self.policy.linesep.join(self.lines) + self.policy.linesep

    def _room(self):
        return self.width - len(self.lines[-1])

    def _charset_of(self, part, text):
        try:
            text.encode(self.charset)
        except UnicodeEncodeError:
            self.encode = True
            return "unknown-8bit" if any(isinstance(defect, errors.UndecodableBytesDefect) for defect in part.all_defects) else "utf-8"
        return self.charset

    def _part(self, part):
        """Write a part, or return the parts to go on with instead."""
        text, whole = str(part), isinstance(part, TokenList)
        if not self.encode:
            self.encode = not (_SPECIAL if part.token_type == "ptext" else _LINE_END).isdisjoint(text)
        charset = self._charset_of(part, text)
        if self.encode and not self.blocked:
            if not part.as_ew_allowed:
                self.encode, self.word_at = False, None
                if whole and part.syntactic_break and self._own_line(part):
                    return None
            if whole:
                self.encode = False
                return list(part)
            if part.as_ew_allowed:
                self._word(part, text, charset)
                return None
        return self._plain(part, text, whole)

    def _own_line(self, part):
        """Write a part folded by itself, if that is one line."""
        folded = part.fold(policy=self.policy)[:-len(self.policy.linesep)]
        if self.policy.linesep in folded:
            return False
        if len(folded) > self._room():
            self.lines.append(self._take_trailing_space())
        self.lines[-1] += folded
        return True

    def _plain(self, part, text, whole):
        if len(text) <= self._room():
            self.lines[-1] += text
            return None
        self.indent = ""
        if part.syntactic_break and len(text) + 1 <= self.width and self._new_line(part, text):
            return None
        if whole:
            if part.as_ew_allowed:
                return list(part)
            self.blocked += 1
            return [*part, _OPEN]
        if part.as_ew_allowed and not self.blocked:
            self.encode = True  # an encoded word can be broken anywhere
            return [part]
        space = self._take_trailing_space()
        if space or part.startswith_fws():
            self.lines.append(space + text)
        else:
            self.lines[-1] += text
        return None

    def _new_line(self, part, text):
        space = self._take_trailing_space()
        if not space and not part.startswith_fws():
            return False
        self.lines.append(space + text)
        self.indent = re.match("[ \t]*", self.lines[-1])[0]
        self.word_at = None
        return True

    def _take_trailing_space(self):
        line = self.lines[-1]
        if not line or line[-1] not in WSP:
            return ""
        self.lines[-1] = line[:-1]
        return line[-1]

    # ---- Encoded words ----

    def _word(self, part, text, charset):
        before = self.word_charset
        if self.word_at is not None and charset != before and (before == "unknown-8bit" or before == "utf-8" and charset != "us-ascii"):
            self.word_at = None
        self._write_words(text, charset, part.ew_combine_allowed)
        self.indent, self.word_charset, self.encode = "", charset, False

    def _write_words(self, text, charset, join):
        if self.word_at is not None and join:
            from email._header_reader import WordReader
            text = str(WordReader(self.lines[-1][self.word_at:] + text).unstructured())
            self.lines[-1] = self.lines[-1][:self.word_at]
        elif text[0] in WSP:
            if self._room() == 0:
                self.lines.append(self._take_trailing_space())
            self.lines[-1] += text[0]
            text = text[1:]
        tail = text[-1:] if text[-1:] and text[-1] in WSP else ""
        text = text[:len(text) - len(tail)]
        begin = len(self.lines[-1]) if self.word_at is None else self.word_at
        name = "utf-8" if charset == "us-ascii" else charset
        frame = len(name) + len("=???q?=")
        if frame + 1 >= self.width:
            raise errors.HeaderParseError("max_line_length is too small to fit an encoded word")
        while text:
            room = self._room()
            count = room - frame - len(self.indent)
            if count <= 0:
                self.lines.append(" ")
                continue
            if self.indent and len(self.lines) > 1 and len(self.lines[-1]) == 1:
                self.lines[-1] += _encoded_words.encode(self.indent, charset=name)
                self.indent = ""
            while len(word := _encoded_words.encode(text[:count], charset=name)) > room and count > 1:
                count -= 1
            self.lines[-1] += word
            text, self.indent = text[count:], ""
            if text:
                self.lines.append(" ")
                begin = 1
        self.lines[-1] += tail
        self.word_at = begin if join else None

    # ---- Parameters ----

    def _parameters(self, part):
        for name, value in part.params:
            if not self.lines[-1].rstrip().endswith(";"):
                self.lines[-1] += ";"
            charset, handler, coded = self.charset, "strict", False
            try:
                value.encode(charset)
            except UnicodeEncodeError:
                coded = True
                charset, handler = ("unknown-8bit", "surrogateescape") if any("\udc80" <= c <= "\udcff" for c in value) else ("utf-8", "strict")
            text = f"{name}*={charset}''{quote(value, safe='', errors=handler)}" if coded else f"{name}={quote_string(value)}"
            if len(text) + 1 < self._room():
                self.lines[-1] += " " + text
            elif len(text) + 2 <= self.width:
                self.lines.append(" " + text)
            else:
                self._pieces(name, value, charset + "''", handler)

    def _pieces(self, name, value, prefix, handler):
        number, width = 0, self.width
        while value:
            head = f" {name}*{number}*={prefix}"
            if width <= len(head) + 2:
                width = 78
            most = count = width - len(head) - 1
            while len(coded := quote(value[:count], safe="", errors=handler)) > most and count > 1:
                count -= 1
            value, prefix, number = value[count:], "", number + 1
            self.lines.append(head + coded + (";" if value else ""))
