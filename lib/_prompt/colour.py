"""Colours of Python text as it is typed: a scanner that goes line by line, so that lines that have not changed are not looked at again."""

import builtins
import keyword

RESET = "\x1b[0m"
PROMPT = "\x1b[1;35m"
_KEYWORD, _BUILTIN, _STRING, _NUMBER, _COMMENT, _NAME = "\x1b[1;34m", "\x1b[36m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[1m"
_keywords = frozenset(keyword.kwlist)
_builtins = frozenset(n for n in dir(builtins) if not n.startswith("_"))


def _string_end(line: str, at: int, quote: str, raw: bool) -> int:
    """Behind the closing quote; -1: it is not in this line."""
    while at < len(line):
        if line[at] == "\\" and not raw:
            at += 2
        elif line[at] == "\\" and at + 1 < len(line):
            at += 2  # in raw strings as well, a backslash keeps a quote from closing
        elif line.startswith(quote, at):
            return at + len(quote)
        else:
            at += 1
    return -1


def scan(line: str, state: str) -> tuple[list[tuple[int, int, str]], str]:
    """(start, end, colour) of what has a colour, and the state after the line: the quotes of a string that goes on, or ""."""
    spans, at, size, before = [], 0, len(line), ""
    if state:
        at = _string_end(line, 0, state, False)
        if at < 0:
            return [(0, size, _STRING)], state
        spans.append((0, at, _STRING))
        state = ""
    while at < size:
        c = line[at]
        start = at
        if c == "#":
            spans.append((at, size, _COMMENT))
            break
        if c == "'" or c == '"' or c.isalpha() or c == "_":
            while at < size and (line[at].isalnum() or line[at] == "_"):
                at += 1
            word = line[start:at]
            if at < size and line[at] in "'\"" and (not word or word.lower() in ("r", "b", "f", "u", "rb", "br", "rf", "fr")):
                quote = line[at] * 3 if line.startswith(line[at] * 3, at) else line[at]
                end = _string_end(line, at + len(quote), quote, "r" in word.lower())
                if end < 0:
                    spans.append((start, size, _STRING))
                    return spans, quote if len(quote) == 3 else ""
                spans.append((start, end, _STRING))
                at = end
            elif word in _keywords:
                spans.append((start, at, _KEYWORD))
            elif before in ("def", "class"):
                spans.append((start, at, _NAME))
            elif word in _builtins and not line[:start].rstrip().endswith("."):
                spans.append((start, at, _BUILTIN))
            before = word
            continue
        if c.isdigit():
            while at < size and (line[at].isalnum() or line[at] in "._" or (line[at] in "+-" and line[at - 1] in "eE" and line[start:start + 2].lower() != "0x")):
                at += 1
            spans.append((start, at, _NUMBER))
        else:
            at += 1
    return spans, state
