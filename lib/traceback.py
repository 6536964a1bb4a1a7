"""Tracebacks as text and as lists of frames."""

import sys

import _krait

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb",
           "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "clear_frames", "FrameSummary",
           "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list"]

_FOLD = 3  # identical entries shown before they are counted
_sentinel = object()


def _source_line(filename, lineno, module_globals=None):
    line = _krait.source_line(filename, lineno or 0)
    if line is not None:
        return line
    try:
        with open(filename, "rb") as f:
            lines = f.read().decode("utf-8", "replace").splitlines()
    except (OSError, ValueError, TypeError):
        return ""
    return lines[lineno - 1] if lineno and 0 < lineno <= len(lines) else ""


class FrameSummary:
    """One entry of a traceback."""

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno

    @property
    def line(self):
        """The line of the source without indentation; None: there is no line number."""
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = _source_line(self.filename, self.lineno)
        return self._line.strip()

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other) and self.locals == other.locals
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    __hash__ = None

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


def walk_stack(f):
    """Yields (frame, line number) from a frame outwards; None: from the caller's."""
    if f is None:
        f = sys._getframe().f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Yields (frame, line number) of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _position(code, lasti):
    if lasti is None or lasti < 0 or not hasattr(code, "co_positions"):
        return None
    for i, position in enumerate(code.co_positions()):
        if i == lasti // 2:
            return position
    return None


class StackSummary(list):
    """A list of FrameSummary."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From an iterable of (frame, line number)."""
        return klass._extract([(f, n, None) for f, n in frame_gen], limit, capture_locals)

    @classmethod
    def _extract(klass, entries, limit, capture_locals=False):
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None:
                limit = max(limit, 0)
        if limit is not None:
            entries = entries[:limit] if limit >= 0 else entries[limit:]
        result = klass()
        for f, lineno, position in entries:
            code = f.f_code
            end_lineno = colno = end_colno = None
            if position is not None and position[0] == lineno:
                _, end_lineno, colno, end_colno = position
            result.append(FrameSummary(code.co_filename, lineno, code.co_name, locals=f.f_locals if capture_locals else None,
                                       end_lineno=end_lineno, colno=colno, end_colno=end_colno))
        return result

    @classmethod
    def from_list(klass, a_list):
        """From a list of (filename, line number, name, line)."""
        result = klass()
        for frame in a_list:
            if isinstance(frame, FrameSummary):
                result.append(frame)
            else:
                filename, lineno, name, line = frame
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The lines of one entry."""
        f = frame_summary
        row = [f'  File "{f.filename}", line {f.lineno}, in {f.name}\n']
        line = f.line
        if line:
            row.append(f"    {line}\n")
            row.append(self._carets(f, line))
        if f.locals:
            row.extend(f"    {name} = {value}\n" for name, value in sorted(f.locals.items()))
        return "".join(row)

    @staticmethod
    def _carets(f, line):
        if f.colno is None or f.end_colno is None or f.end_lineno != f.lineno:
            return ""
        indent = len(f._line) - len(f._line.lstrip())
        raw = f._line.encode()
        start = len(raw[:f.colno].decode(errors="replace")) - indent
        end = len(raw[:f.end_colno].decode(errors="replace")) - indent
        if start < 0 or end <= start or (start == 0 and end >= len(line)):
            return ""
        return f"    {' ' * start}{'^' * (end - start)}\n"

    def format(self, **kwargs):
        """A list of strings, one for each entry; repeated entries are counted."""
        result = []
        last = None
        count = 0
        for f in self:
            key = (f.filename, f.lineno, f.name)
            if key != last:
                result.extend(_repeated(count))
                last, count = key, 0
            count += 1
            if count <= _FOLD:
                text = self.format_frame_summary(f)
                if text is not None:
                    result.append(text)
        result.extend(_repeated(count))
        return result


def _repeated(count):
    if count > _FOLD:
        more = count - _FOLD
        yield f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


# ---- Frames ----


def extract_tb(tb, limit=None):
    """The entries of a traceback."""
    entries = []
    while tb is not None:
        entries.append((tb.tb_frame, tb.tb_lineno, _position(tb.tb_frame.f_code, tb.tb_lasti)))
        tb = tb.tb_next
    return StackSummary._extract(entries, limit)


def extract_stack(f=None, limit=None):
    """The entries of the stack, the oldest first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_list(extracted_list):
    """The lines of a list of entries."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    for item in format_list(extracted_list):
        print(item, file=sys.stderr if file is None else file, end="")


def format_tb(tb, limit=None):
    return extract_tb(tb, limit=limit).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit=limit), file=file)


def format_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def print_stack(f=None, limit=None, file=None):
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def clear_frames(tb):
    """Clear the local variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


# ---- Exceptions ----


def _exception_of(exc, value):
    if value is _sentinel:
        if isinstance(exc, BaseException) or exc is None:
            return exc
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    return value


class TracebackException:
    """What is needed to print an exception later."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
                 max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        entries = []
        tb = exc_traceback
        while tb is not None:
            entries.append((tb.tb_frame, tb.tb_lineno, _position(tb.tb_frame.f_code, tb.tb_lasti)))
            tb = tb.tb_next
        self.stack = StackSummary._extract(entries, limit, capture_locals)
        self.exc_type = exc_type if save_exc_type else None
        self.exc_type_str = f"{exc_type.__module__}.{exc_type.__qualname__}" if exc_type else None
        if exc_type and exc_type.__module__ in ("builtins", "__main__"):
            self.exc_type_str = exc_type.__qualname__
        self._last = "NoneType: None\n" if exc_value is None else _krait.format_last_line(exc_value)
        try:
            self._str = str(exc_value)
        except Exception:
            self._str = "<exception str() failed>"
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.__suppress_context__ = bool(getattr(exc_value, "__suppress_context__", False))

        def chained(e):
            if e is None or id(e) in seen:
                return None
            return TracebackException(type(e), e, e.__traceback__, limit=limit, capture_locals=capture_locals, _seen=seen)
        self.__cause__ = chained(getattr(exc_value, "__cause__", None))
        self.__context__ = chained(getattr(exc_value, "__context__", None))
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [TracebackException(type(e), e, e.__traceback__, limit=limit, _seen=seen) for e in exc_value.exceptions]
        self._text = None
        if exc_value is not None and limit is None and exc_traceback is exc_value.__traceback__ and not capture_locals:
            self._text = _krait.format_exception(exc_value)
        for name in ("filename", "lineno", "end_lineno", "text", "offset", "end_offset", "msg"):
            if isinstance(exc_value, SyntaxError):
                value = getattr(exc_value, name)
                setattr(self, name, str(value) if name.endswith("lineno") and value is not None else value)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type_name(self):
        return self.exc_type_str

    def __str__(self):
        return self._str

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    __hash__ = None

    def format_exception_only(self, *, show_group=False, **kwargs):
        """Yields the last lines: the exception and its notes."""
        yield from self._last.splitlines(keepends=True)

    def format(self, *, chain=True, **kwargs):
        """Yields the lines of the whole text."""
        if chain and self._text is not None:
            yield from _pieces(self._text)
            return
        if chain:
            if self.__cause__ is not None:
                yield from self.__cause__.format()
                yield "\nThe above exception was the direct cause of the following exception:\n\n"
            elif self.__context__ is not None and not self.__suppress_context__:
                yield from self.__context__.format()
                yield "\nDuring handling of the above exception, another exception occurred:\n\n"
        if self.stack:
            yield "Traceback (most recent call last):\n"
            yield from self.stack.format()
        yield from self.format_exception_only()

    def print(self, *, file=None, chain=True, **kwargs):
        for line in self.format(chain=chain):
            print(line, file=sys.stderr if file is None else file, end="")


def _pieces(text):
    """Lines of a traceback, each entry with the line of source below it in one piece."""
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and not (piece.startswith("  File ") and line.startswith("    ")) and not piece == "\n":
            yield piece
            piece = ""
        piece += line
    if piece:
        yield piece


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True, **kwargs):
    """The text of an exception with its traceback, as a list of strings that end with newlines."""
    e = _exception_of(exc, value)
    if tb is _sentinel:
        tb = e.__traceback__ if e is not None else None
    return list(TracebackException(type(e), e, tb, limit=limit).format(chain=chain))


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True, **kwargs):
    """Print an exception with its traceback, to sys.stderr by default."""
    (sys.stderr if file is None else file).write("".join(format_exception(exc, value, tb, limit, chain)))


def format_exception_only(exc, /, value=_sentinel, *, show_group=False, **kwargs):
    """The last lines of the text: the exception and its notes."""
    e = _exception_of(exc, value)
    return list(TracebackException(type(e), e, None).format_exception_only())


def format_exc(limit=None, chain=True):
    """The text of the exception that is being handled."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    """Print the last exception that was not handled."""
    if not hasattr(sys, "last_exc") and not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
