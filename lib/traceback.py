"""Tracebacks as text and as lists of frames."""

import linecache
import sys

import _krait
import _traceback_line as _line

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb",
           "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "clear_frames", "FrameSummary",
           "StackSummary", "TracebackException", "walk_stack", "walk_tb"]

_RECURSIVE_CUTOFF = 3  # identical entries shown before they are counted
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_sentinel = object()
_UNHANDLED = object()  # limit: sys.tracebacklimit, the innermost entries


def _safe_text(value, what, convert=str):
    try:
        return convert(value)
    except:
        return f"<{what} {convert.__name__}() failed>"


# ---- Frames --------------------------------------------------------------------------------------------------------------------


class FrameSummary:
    """One entry of a traceback.

    lineno, end_lineno: lines of the file, from 1; colno, end_colno: UTF-8 bytes, from 0, or None; locals: name -> repr, or None.
    """

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_lines", "_lines_dedented", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None, end_colno=None):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._lines = line
        self._lines_dedented = None
        if lookup_line:
            self._load()
        self.locals = {k: _safe_text(v, "local", repr) for k, v in locals.items()} if locals else None

    def _load(self):
        if self._lines is None and self.lineno is not None and self.end_lineno is not None:
            self._lines = "".join(linecache.getline(self.filename, n).rstrip() + "\n" for n in range(self.lineno, self.end_lineno + 1)) or "\n"

    @property
    def _original_lines(self):
        self._load()
        return self._lines

    @property
    def _dedented_lines(self):
        self._load()
        if self._lines_dedented is None and self._lines is not None:
            self._lines_dedented = _line.dedent(self._lines)
        return self._lines_dedented

    @property
    def line(self):
        """The first line of the source without the white space around it; None: there is no line number."""
        self._load()
        return None if self._lines is None else self._lines.partition("\n")[0].strip()

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == (other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4


def walk_stack(f):
    """Yields (frame, line number) from a frame outwards; None: from who called this module."""
    if f is None:
        f = sys._getframe().f_back
        if f.f_globals is globals():
            while f is not None and f.f_globals is globals():
                f = f.f_back
        else: # as many as CPython's own calls are
            for _ in range(3):
                f = f.f_back if f is not None else None
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Yields (frame, line number) of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _a_traceback():
    try:
        raise TypeError
    except TypeError as e:
        return e.__traceback__


_Traceback = type(_a_traceback())


def _position_of_lookalike(tb):
    """The position in something that only has a traceback's attributes."""
    positions = getattr(tb.tb_frame.f_code, "co_positions", None)
    if tb.tb_lasti >= 0 and positions is not None:
        for i, position in enumerate(positions()):
            if i == tb.tb_lasti // 2:
                return position
    return None, None, None, None


def _walk_positions(tb):
    while tb is not None:
        position = _krait.traceback_position(tb) if type(tb) is _Traceback else _position_of_lookalike(tb)
        yield tb.tb_frame, position if position[0] is not None else (tb.tb_lineno, *position[1:])
        tb = tb.tb_next


def _limited(entries, limit):
    """The entries that a limit leaves: the first n, or the last n if it is negative."""
    unhandled = limit is _UNHANDLED
    if limit is None or unhandled:
        limit = getattr(sys, "tracebacklimit", None)
        if limit is not None and limit < 0:
            limit = 0
    if limit is None:
        return entries
    if unhandled:
        entries = tuple(entries)
        return entries[len(entries) - limit:]
    if limit >= 0:
        return (entry for _, entry in zip(range(limit), entries))
    return list(entries)[limit:]


class StackSummary(list):
    """A list of FrameSummary."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From an iterable of (frame, line number)."""
        def positions():
            for f, lineno in frame_gen:
                yield f, (lineno, None, None, None)
        return klass._extract_from_extended_frame_gen(positions(), limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals)

    @classmethod
    def _extract_from_extended_frame_gen(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        result = klass()
        names = set()
        for f, (lineno, end_lineno, colno, end_colno) in _limited(frame_gen, limit):
            code = f.f_code
            names.add(code.co_filename)
            linecache.lazycache(code.co_filename, f.f_globals)
            result.append(FrameSummary(code.co_filename, lineno, code.co_name, lookup_line=False, end_lineno=end_lineno, colno=colno,
                                       end_colno=end_colno, locals=f.f_locals if capture_locals else None))
        for name in names:
            linecache.checkcache(name)
        if lookup_lines:
            for f in result:
                f.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """From a list of FrameSummary or (filename, line number, name, line)."""
        result = StackSummary()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            result.append(entry)
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The lines of one entry; None in a subclass leaves it out."""
        f = frame_summary
        colour = kwargs.get("colorize", False)
        on, off = (_line.MAGENTA, _line.RESET) if colour else ("", "")
        filename = "<stdin>" if f.filename.startswith("<stdin>-") else f.filename
        text = f'  File {on}"{filename}"{off}, line {on}{f.lineno}{off}, in {on}{f.name}{off}\n'
        if f._dedented_lines and f._dedented_lines.strip():
            if f.colno is None or f.end_colno is None:
                text += f"    {f.line}\n"
            else:
                written, count = f._original_lines.splitlines(), f.end_lineno - f.lineno + 1
                text += _line.source_text(written[0], written[count - 1], f._dedented_lines.splitlines()[:count], f.colno, f.end_colno, colour)
        if f.locals:
            text += "".join(f"    {name} = {value}\n" for name, value in sorted(f.locals.items()))
        return text

    def format(self, **kwargs):
        """A list of strings, one for each entry; repeated entries are counted."""
        result, last, count = [], None, 0
        for f in self:
            text = self.format_frame_summary(f, colorize=kwargs.get("colorize", False))
            if text is None:
                continue
            entry = f.filename, f.lineno, f.name
            if entry != last or None in entry:
                result.extend(_repeated(count))
                last, count = entry, 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        result.extend(_repeated(count))
        return result


def _repeated(count):
    if count > _RECURSIVE_CUTOFF:
        more = count - _RECURSIVE_CUTOFF
        yield f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


def extract_tb(tb, limit=None):
    """The entries of a traceback, the oldest first."""
    return StackSummary._extract_from_extended_frame_gen(_walk_positions(tb), limit=limit)


def extract_stack(f=None, limit=None):
    """The entries of the stack, the oldest first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_list(extracted_list):
    """The lines of a list of entries, as print_list prints them."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Print a list of entries, to sys.stderr by default."""
    for item in format_list(extracted_list):
        print(item, file=sys.stderr if file is None else file, end="")


def format_tb(tb, limit=None):
    """The lines of a traceback."""
    return extract_tb(tb, limit=limit).format()


def print_tb(tb, limit=None, file=None):
    """Print the entries of a traceback; a negative limit prints the innermost ones."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_stack(f=None, limit=None):
    """The lines of the stack of a frame, by default the caller's."""
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def print_stack(f=None, limit=None, file=None):
    """Print the stack of a frame, by default the caller's."""
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def clear_frames(tb):
    """Clear the local variables of all frames of a traceback that do not run any more."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


# ---- Exceptions ----------------------------------------------------------------------------------------------------------------


class _Margin:
    """Where the text of exception groups stands: each level is two columns further in, behind a bar."""

    def __init__(self):
        self.level = 0
        self.open = False  # the box of the last member still wants its lower edge

    def indent(self):
        return "  " * self.level

    def put(self, texts, bar="|"):
        margin = f"{self.indent()}{bar} " if self.level else ""
        for text in (texts,) if isinstance(texts, str) else texts:
            yield "".join(margin + line for line in text.splitlines(True)) if margin else text


def _last_line(name, text, colour=False, newline="\n"):
    on, bold, off = (_line.MAGENTA, _line.BOLD_MAGENTA, _line.RESET) if colour else ("", "", "")
    return f"{bold}{name}{off}: {on}{text}{off}{newline}" if text else f"{bold}{name}{off}{newline}"


def _hint(value, tb):
    """What is added to the message of an error about a name."""
    if isinstance(value, ImportError):
        if value.name_from is None:
            return ""
    elif not isinstance(value, (NameError, AttributeError)) or value.name is None:
        return ""
    try:
        suggestion = _krait.suggestion(value, tb)
    except Exception:
        suggestion = None
    text = f". Did you mean: '{suggestion}'?" if suggestion else ""
    if isinstance(value, NameError) and value.name in sys.stdlib_module_names:
        text += f"{' Or did' if suggestion else '. Did'} you forget to import '{value.name}'?"
    return text


class TracebackException:
    """What is needed to print an exception later; it keeps neither frames nor the exception alive.

    compact: leave out contexts that are not printed. max_group_width, max_group_depth: limits of what is shown of exception groups.
    """

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
                 max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        outermost = _seen is None
        seen = set() if outermost else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._extract_from_extended_frame_gen(_walk_positions(exc_traceback), limit=limit, lookup_lines=lookup_lines,
                                                                   capture_locals=capture_locals)
        self._exc_type = exc_type if save_exc_type else None
        self._str = _safe_text(exc_value, "exception")
        try:
            self.__notes__ = getattr(exc_value, "__notes__", None)
        except Exception as e:
            self.__notes__ = [f"Ignored error getting __notes__: {_safe_text(e, '__notes__', repr)}"]
        self._have_exc_type = exc_type is not None
        self.exc_type_qualname = exc_type.__qualname__ if exc_type is not None else None
        self.exc_type_module = exc_type.__module__ if exc_type is not None else None
        self._is_syntax_error = bool(exc_type) and issubclass(exc_type, SyntaxError)
        if self._is_syntax_error:
            self._take_place(exc_value)
        elif exc_type:
            self._str += _hint(exc_value, exc_traceback)
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        if outermost:
            def made(e):
                return TracebackException(type(e), e, e.__traceback__, limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                                          max_group_width=max_group_width, max_group_depth=max_group_depth, _seen=seen)
            self._chain(exc_value, seen, made, compact)

    def _take_place(self, e):
        self.filename, self.text, self.offset, self.end_offset, self.msg = e.filename, e.text, e.offset, e.end_offset, e.msg
        self.lineno = None if e.lineno is None else str(e.lineno)
        self.end_lineno = None if e.end_lineno is None else str(e.end_lineno)

    def _chain(self, exc_value, seen, made, compact):
        """Make what the exception and those that it leads to are chained to, without recursion."""
        todo = [(self, exc_value)]
        while todo:
            te, e = todo.pop()
            te.__cause__ = te.__context__ = te.exceptions = None
            if e is None:
                continue
            if e.__cause__ is not None and id(e.__cause__) not in seen:
                te.__cause__ = made(e.__cause__)
                todo.append((te.__cause__, e.__cause__))
            shown = not compact or (te.__cause__ is None and not e.__suppress_context__)
            if e.__context__ is not None and shown and id(e.__context__) not in seen:
                te.__context__ = made(e.__context__)
                todo.append((te.__context__, e.__context__))
            if isinstance(e, BaseExceptionGroup):
                te.exceptions = [made(member) for member in e.exceptions]
                todo.extend(zip(te.exceptions, e.exceptions))

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """From an exception, with its own traceback."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        import warnings
        warnings.warn("Deprecated in 3.13. Use exc_type_str instead.", DeprecationWarning, stacklevel=2)
        return self._exc_type

    @property
    def exc_type_str(self):
        """The name of the type as it is printed; None: there is no exception."""
        if not self._have_exc_type:
            return None
        module = self.exc_type_module
        if module in ("__main__", "builtins"):
            return self.exc_type_qualname
        return f"{module if isinstance(module, str) else '<unknown>'}.{self.exc_type_qualname}"

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """Yields the last lines: the exception and its notes; for a SyntaxError also where it is."""
        colour, margin = kwargs.get("colorize", False), "   " * _depth
        if not self._have_exc_type:
            yield margin + _last_line(None, self._str, colour)
            return
        if self._is_syntax_error:
            for line in self._format_syntax_error(self.exc_type_str, colour):
                yield margin + line
        elif _depth > 0:
            for line in _last_line(self.exc_type_str, self._str, colour, "").split("\n"):
                yield f"{margin}{line}\n"
        else:
            yield _last_line(self.exc_type_str, self._str, colour)
        yield from self._format_notes(margin)
        for member in self.exceptions or () if show_group else ():
            yield from member.format_exception_only(show_group=True, _depth=_depth + 1, colorize=colour)

    def _format_notes(self, margin):
        notes = self.__notes__
        if notes is None:
            return
        from _collections_abc import Sequence
        if isinstance(notes, Sequence) and not isinstance(notes, (str, bytes)):
            for note in notes:
                for line in _safe_text(note, "note").split("\n"):
                    yield f"{margin}{line}\n"
        else:
            yield f"{margin}{_safe_text(notes, '__notes__', repr)}\n"

    def _format_syntax_error(self, name, colour):
        on, off = (_line.MAGENTA, _line.RESET) if colour else ("", "")
        suffix = f" ({self.filename})" if self.lineno is None and self.filename is not None else ""
        if self.lineno is not None:
            yield f'  File {on}"{self.filename or "<string>"}"{off}, line {on}{self.lineno}{off}\n'
        if self.text is not None:
            yield from self._format_syntax_line(colour)
        bold = _line.BOLD_MAGENTA if colour else ""
        yield f"{bold}{name}{off}: {on}{self.msg or '<no detail available>'}{off}{suffix}\n"

    def _format_syntax_line(self, colour):
        text = self.text.rstrip("\n")
        shown = text.lstrip(" \n\f")
        if self.offset is None:
            yield f"    {shown}\n"
            return
        start, length = self.offset, len(self.text)
        if self.lineno == self.end_lineno:
            end = start if self.end_offset is None or self.end_offset == 0 else self.end_offset
        else:
            end = len(text) + 1
        if self.text and start > length:
            start = len(text) + 1
        if self.text and end > length:
            end = len(text) + 1
        if start >= end or end < 0:
            end = start + 1
        cut = len(text) - len(shown) + 1  # columns count from 1
        start, end = start - cut, end - cut
        if start < 0:
            yield f"    {shown}\n"
            return
        on, off = (_line.BOLD_RED, _line.RESET) if colour else ("", "")
        blank = "".join(c if c.isspace() else " " for c in shown[:start])  # tabs stay, for what is below them
        yield f"    {shown[:start]}{on}{shown[start:end]}{off}{shown[end:]}\n"
        yield f"    {blank}{on}{'^' * (end - start)}{off}\n"

    def format(self, *, chain=True, _ctx=None, **kwargs):
        """Yields the lines of the whole text; each string ends with a newline, some have newlines inside."""
        margin, colour = _Margin() if _ctx is None else _ctx, kwargs.get("colorize", False)
        links, te = [], self
        while te is not None:
            message = before = None
            if chain and te.__cause__ is not None:
                message, before = _CAUSE, te.__cause__
            elif chain and te.__context__ is not None and not te.__suppress_context__:
                message, before = _CONTEXT, te.__context__
            links.append((message, te))
            te = before
        for message, te in reversed(links):
            if message is not None:
                yield from margin.put(message)
            yield from te._format_alone(margin, chain, colour)

    def _format_alone(self, margin, chain, colour):
        """Without what it is chained to."""
        if self.exceptions is not None and margin.level > self.max_group_depth:
            yield from margin.put(f"... (max_group_depth is {self.max_group_depth})\n")
            return
        group = self.exceptions is not None
        outermost = group and margin.level == 0
        margin.level += outermost
        if self.stack:
            yield from margin.put(f"{'Exception Group ' if group else ''}Traceback (most recent call last):\n", "+" if outermost else "|")
            yield from margin.put(self.stack.format(colorize=colour))
        yield from margin.put(self.format_exception_only(colorize=colour))
        if group:
            yield from self._format_members(margin, chain)
        if outermost:
            margin.level = 0

    def _format_members(self, margin, chain):
        count, width = len(self.exceptions), self.max_group_width
        rows = count if count <= width else width + 1
        margin.open = False
        for i in range(rows):
            last = i == rows - 1
            if last:
                margin.open = True  # unless a group inside closes it
            title = str(i + 1) if i < width else "..."
            yield f"{margin.indent()}{'  ' if i else '+-'}+---------------- {title} ----------------\n"
            margin.level += 1
            if i < width:
                yield from self.exceptions[i].format(chain=chain, _ctx=margin)
            else:
                yield from margin.put(f"and {count - width} more exception{'s' if count - width > 1 else ''}\n")
            if last and margin.open:
                yield f"{margin.indent()}+------------------------------------\n"
                margin.open = False
            margin.level -= 1

    def print(self, *, file=None, chain=True, **kwargs):
        """Print the whole text, to sys.stderr by default."""
        for line in self.format(chain=chain, colorize=kwargs.get("colorize", False)):
            print(line, file=sys.stderr if file is None else file, end="")


def _value_and_traceback(exc, value, tb):
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _sentinel:
        return value, tb
    if exc is None:
        return None, None
    if isinstance(exc, BaseException):
        return exc, exc.__traceback__
    raise TypeError(f"Exception expected for value, {type(exc).__name__} found")


def _summary(exc, value, tb, limit):
    value, tb = _value_and_traceback(exc, value, tb)
    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True, **kwargs):
    """The text of an exception with its traceback, as a list of strings that end with newlines."""
    return list(_summary(exc, value, tb, limit).format(chain=chain, colorize=kwargs.get("colorize", False)))


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True, **kwargs):
    """Print an exception with its traceback, to sys.stderr by default."""
    _summary(exc, value, tb, limit).print(file=file, chain=chain, colorize=kwargs.get("colorize", False))


def _format_unhandled(exc):
    """The text of an exception that ends the program, in colour on a terminal."""
    te = TracebackException(type(exc), exc, exc.__traceback__, limit=_UNHANDLED, compact=True)
    return "".join(te.format(colorize=_line.can_colour()))


def format_exception_only(exc, /, value=_sentinel, *, show_group=False, **kwargs):
    """The last lines of the text: the exception and its notes; those of a group's members as well if show_group."""
    if value is _sentinel:
        value = exc
    te = TracebackException(type(value), value, None, compact=True)
    return list(te.format_exception_only(show_group=show_group, colorize=kwargs.get("colorize", False)))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text of the exception that is being handled."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the last exception that was not handled at the prompt."""
    if hasattr(sys, "last_exc"):
        print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
    elif hasattr(sys, "last_type"):
        print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)
    else:
        raise ValueError("no last exception")
