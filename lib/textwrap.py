"""Text in lines of a given width, and indentation added and taken away."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_whitespace = "\t\n\x0b\x0c\r "


class _Lazy:
    """A regular expression among the attributes of a class: compiled when it is first needed."""

    def __init__(self, make):
        self.make = make

    def __set_name__(self, owner, name):
        self.owner, self.name = owner, name

    def __get__(self, instance, cls):
        import re
        pattern = self.make(re)
        setattr(self.owner, self.name, pattern)
        return pattern


def _make_wordsep(re):
    """Where a line may be cut: at white space, behind the hyphens of words, before and behind dashes."""
    letter, space, other = r"[^\d\W]", f"[{_whitespace}]", f"[^{_whitespace}]"
    before_dash = f"(?<={TextWrapper.word_punct})"
    dash = f"{before_dash}-{{2,}}(?=\\w)"
    hyphen = f"-(?:(?<={letter}{{2}}-)|(?<={letter}-{letter}-))(?={letter}-?{letter})"
    word = f"{other}+?(?:{hyphen}|(?={space}|\\Z)|{before_dash}(?=-{{2,}}\\w))"
    return re.compile(f"({space}+|{dash}|{word})")


class TextWrapper:
    """Cuts text into lines. The attributes are those of __init__; lengths are in characters.

    width: of a line; initial_indent, subsequent_indent: before the first and the other lines; expand_tabs, tabsize: tabs become blanks;
    replace_whitespace: other white space too; fix_sentence_endings: two blanks behind a sentence; break_long_words: what is longer than a line is cut;
    break_on_hyphens: so are words with hyphens; drop_whitespace: none at the ends of lines; max_lines, placeholder: where to stop, and with what.
    """

    word_punct = r"[\w!\"'&.,?]"
    unicode_whitespace_trans = dict.fromkeys(map(ord, _whitespace), ord(" "))
    wordsep_re = _Lazy(_make_wordsep)
    wordsep_simple_re = _Lazy(lambda re: re.compile(f"([{_whitespace}]+)"))
    sentence_end_re = _Lazy(lambda re: re.compile(r"[a-z][.!?][\"']?\Z"))

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False,
                 break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        settings = locals()
        del settings["self"]
        vars(self).update(settings)

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(self.unicode_whitespace_trans)
        return text

    def _split(self, text):
        """The pieces that stay together, with the white space between them as pieces too."""
        pattern = self.wordsep_re if self.break_on_hyphens is True else self.wordsep_simple_re
        return [piece for piece in pattern.split(text) if piece]

    def _fix_sentence_endings(self, chunks):
        at = 0
        while at < len(chunks) - 1:
            if chunks[at + 1] == " " and self.sentence_end_re.search(chunks[at]):
                chunks[at + 1] = "  "
                at += 1
            at += 1

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """Puts as much of a word that is longer than a line as fits into the line; all of it where it may not be cut."""
        space = width - cur_len if width >= 1 else 1
        if self.break_long_words:
            chunk = reversed_chunks[-1]
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any(c != "-" for c in chunk[:hyphen]):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()  # a stack
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and chunks[-1].strip() == "":
                del chunks[-1]
            line, length = self._take_line(chunks, width)
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or self._is_last(chunks) and length <= width:
                lines.append(indent + "".join(line))
            else:
                self._end_lines(lines, line, length, indent, width)
                break
        return lines

    def _take_line(self, chunks, width):
        """(the chunks of the next line, their length)."""
        line, length = [], 0
        while chunks and length + len(chunks[-1]) <= width:
            length += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > width:
            self._handle_long_word(chunks, line, length, width)
            length = sum(map(len, line))
        if self.drop_whitespace and line and line[-1].strip() == "":
            length -= len(line[-1])
            del line[-1]
        return line, length

    def _is_last(self, chunks):
        return not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()

    def _end_lines(self, lines, line, length, indent, width):
        """Puts the placeholder behind as much of the last line as leaves room for it, or behind the line before."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + "".join(line))
                return
            length -= len(line[-1])
            del line[-1]
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """The lines of a paragraph, without newlines, as a list."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The lines of a paragraph as one text."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph as a list; keywords as for TextWrapper."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The lines of a paragraph as one text; keywords as for TextWrapper."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text with single blanks, cut at a word so that it and the placeholder fit."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def _margin_of(line):
    return line[:len(line) - len(line.lstrip(" \t"))]


def dedent(text):
    """The text without the blanks and tabs that all its lines begin with. Lines of nothing else become empty."""
    lines = text.split("\n")
    lines = [line if line.strip(" \t") else "" for line in lines]
    margins = [_margin_of(line) for line in lines if line]
    if margins:
        low, high = min(margins), max(margins)  # what these two share, all share
        width = next((i for i, c in enumerate(low) if c != high[i]), len(low))
        if width:
            lines = [line[width:] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    """The text with prefix before each line that is more than white space, or for which predicate(line) is true."""
    chosen = predicate or str.strip
    return "".join([prefix + line if chosen(line) else line for line in text.splitlines(True)])
