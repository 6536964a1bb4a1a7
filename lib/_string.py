"""The parts of a format string, for string.Formatter: the grammar of str.format()."""


def _text(value):
    if not isinstance(value, str):
        raise TypeError(f"expected str, got {type(value).__name__}")
    return value


def formatter_parser(format_string, /):
    """An iterator over (literal, field name, format spec, conversion)."""
    return _pieces(_text(format_string))


def _pieces(text):
    at, end = 0, len(text)
    while at < end:
        start = at
        while at < end and text[at] not in "{}":
            at += 1
        if at == end:
            yield text[start:], None, None, None
            return
        brace = text[at]
        at += 1
        if at < end and text[at] == brace:
            yield text[start:at], None, None, None
            at += 1
            continue
        if brace == "}" or at == end:
            raise ValueError(f"Single '{brace}' encountered in format string")
        literal = text[start:at - 1]
        name, spec, conversion, at = _field(text, at)
        yield literal, name, spec, conversion


def _field(text, at):
    """(name, spec, conversion, the index behind the closing brace) of the field whose name begins at `at`."""
    start, end = at, len(text)
    in_brackets = False
    while at < end and (in_brackets or text[at] not in "{}:!"):
        if text[at] == "[":
            in_brackets = True
        elif text[at] == "]":
            in_brackets = False
        at += 1
    if at == end:
        raise ValueError("expected '}' before end of string")
    if text[at] == "{":
        raise ValueError("unexpected '{' in field name")
    name, conversion = text[start:at], None
    mark = text[at]
    at += 1
    if mark == "!":
        if at == end:
            raise ValueError("end of string while looking for conversion specifier")
        conversion = text[at]
        at += 1
        if at == end:
            raise ValueError("unmatched '{' in format spec")
        mark = text[at]
        at += 1
        if mark not in ":}":
            raise ValueError("unmatched '{' in format spec" if conversion == "}" else "expected ':' after conversion specifier")
    if mark == "}":
        return name, "", conversion, at
    start, depth = at, 1
    while at < end:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return name, text[start:at], conversion, at + 1
        at += 1
    raise ValueError("unmatched '{' in format spec")


def _number(text):
    """The int that a name of digits stands for, or the name."""
    if not text.isascii() or not text.isdigit():
        return text
    value = int(text)
    if value > 0x7FFFFFFFFFFFFFFF:
        raise ValueError("Too many decimal digits in format string")
    return value


def formatter_field_name_split(field_name, /):
    """(the argument's number or name, an iterator over (is it an attribute, name or index)) of a text such as '0.x[y]'."""
    end = next((i for i, c in enumerate(_text(field_name)) if c in ".["), len(field_name))
    return _number(field_name[:end]), _steps(field_name, end)


def _steps(text, at):
    end = len(text)
    while at < end:
        mark = text[at]
        at += 1
        start = at
        if mark == ".":
            while at < end and text[at] not in ".[":
                at += 1
            name = text[start:at]
        elif mark == "[":
            at = text.find("]", at)
            if at < 0:
                raise ValueError("Missing ']' in format string")
            name = _number(text[start:at])
            at += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if name == "":
            raise ValueError("Empty attribute in format string")
        yield mark == ".", name
