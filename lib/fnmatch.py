"""File names and patterns of the shell: * any text, ? any character, [seq] one of seq, [!seq] none of it."""

import re as _re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

_compiled = {}


def fnmatch(name, pat):
    """Does the name match the pattern, in the way of the system's file names?"""
    import os
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def _matcher(pat):
    try:
        return _compiled[type(pat), pat]
    except KeyError:
        pass
    source = bytes(translate(str(pat, "ISO-8859-1")), "ISO-8859-1") if isinstance(pat, bytes) else translate(pat)
    match = _re.compile(source).match
    if len(_compiled) >= 1024:
        _compiled.clear()
    _compiled[type(pat), pat] = match
    return match


def filter(names, pat):
    """The names that match the pattern, as a list."""
    import os
    normcase = os.path.normcase
    match = _matcher(normcase(pat))
    return [name for name in names if match(normcase(name))]


def fnmatchcase(name, pat):
    """Does the name match the pattern? Capitals differ from small letters."""
    return _matcher(pat)(name) is not None


def translate(pat):
    """The regular expression for a pattern."""
    star = object()
    parts = _translate(pat, star, ".")
    at = parts.index(star) if star in parts else len(parts)
    result = parts[:at]
    groups, current = [], []
    for part in parts[at:]:
        if part is star:
            groups.append(current)
            current = []
        else:
            current.append(part)
    groups.append(current)
    for fixed in groups[1:-1]:  # behind every star but the last, the first place that fits is as good as any other
        result.append(f"(?>.*?{''.join(fixed)})")
    if at < len(parts):
        result.append(".*" + "".join(groups[-1]))
    return f"(?s:{''.join(result)})\\Z"


def _translate(pat, star, question):
    """The parts of the regular expression, with star where * stands; several in a row are one."""
    parts = []
    at = 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not parts or parts[-1] is not star:
                parts.append(star)
        elif c == "?":
            parts.append(question)
        elif c == "[":
            end = at + 1 if pat[at:at + 1] == "!" else at
            end = pat.find("]", end + 1 if pat[end:end + 1] == "]" else end)
            if end < 0:
                parts.append("\\[")
            else:
                parts.append(_set(pat, at, end))
                at = end + 1
        else:
            parts.append(_re.escape(c))
    return parts


def _set(pat, at, end):
    """The regular expression for what stands between brackets. Ranges that are empty vanish."""
    text = pat[at:end]
    if "-" not in text:
        text = text.replace("\\", "\\\\")
    else:
        chunks = []
        start = at + 2 if pat[at] == "!" else at + 1
        while (dash := pat.find("-", start, end)) >= 0:
            chunks.append(pat[at:dash])
            at = dash + 1
            start = dash + 3
        rest = pat[at:end]
        if rest:
            chunks.append(rest)
        else:
            chunks[-1] += "-"
        for i in range(len(chunks) - 1, 0, -1):
            if chunks[i - 1][-1] > chunks[i][0]:
                chunks[i - 1] = chunks[i - 1][:-1] + chunks[i][1:]
                del chunks[i]
        text = "-".join([chunk.replace("\\", "\\\\").replace("-", "\\-") for chunk in chunks])
    for c in "&~|":  # doubled, these may come to mean set operations
        text = text.replace(c, "\\" + c)
    if not text:
        return "(?!)"
    if text == "!":
        return "."
    if text[0] == "!":
        text = "^" + text[1:]
    elif text[0] in "^[":
        text = "\\" + text
    return f"[{text}]"
