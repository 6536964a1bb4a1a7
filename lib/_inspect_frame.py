"""inspect's view of frames and tracebacks: where they are, and the lines around."""

import sys
from collections import namedtuple

_TracebackFields = namedtuple("_Traceback", "filename lineno function code_context index")
_FrameFields = namedtuple("_FrameInfo", ("frame",) + _TracebackFields._fields)


class Traceback(_TracebackFields):
    """Where a frame is: file, line, function, the lines around and which of them it is; positions: where in the line."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, filename, lineno, function, code_context, index)
        self.positions = positions
        return self

    def __repr__(self):
        return (f"Traceback(filename={self.filename!r}, lineno={self.lineno!r}, function={self.function!r}, "
                f"code_context={self.code_context!r}, index={self.index!r}, positions={self.positions!r})")


class FrameInfo(_FrameFields):
    """As Traceback, with the frame before."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        self.positions = positions
        return self

    def __repr__(self):
        return (f"FrameInfo(frame={self.frame!r}, filename={self.filename!r}, lineno={self.lineno!r}, function={self.function!r}, "
                f"code_context={self.code_context!r}, index={self.index!r}, positions={self.positions!r})")


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def getlineno(frame):
    """The line that a frame is at."""
    return frame.f_lineno


_WORD = 4 # bytes of an instruction; co_positions has an item for each


def _positions(code, offset):
    """The places (line, end line, column, end column) of one instruction, as dis.Positions."""
    if offset < 0:
        return None
    from itertools import islice
    from dis import Positions
    place = next(islice(code.co_positions(), offset // _WORD, None), None)
    return None if place is None else Positions(*place)


def getframeinfo(frame, context=1):
    """A Traceback for a frame or a traceback, with this many lines of source around its line."""
    from _inspect_source import findsource, getfile, getsourcefile
    import types
    if isinstance(frame, types.TracebackType):
        line, offset, frame = frame.tb_lineno, frame.tb_lasti, frame.tb_frame
    elif isinstance(frame, types.FrameType):
        line, offset = frame.f_lineno, frame.f_lasti
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    places = _positions(frame.f_code, offset)
    if places is not None and places.lineno is not None:
        line = places.lineno
    elif places is not None:
        places = type(places)(line, *places[1:])
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        try:
            found, _ = findsource(frame)
            start = max(0, min(line - 1 - context // 2, len(found) - context))
            lines, index = found[start:start + context], line - 1 - start
        except OSError:
            pass
    return Traceback(filename, line, frame.f_code.co_name, lines, index, positions=places)


def _record(frame, at, context):
    info = getframeinfo(at, context)
    return FrameInfo(frame, *info, positions=info.positions)


def getouterframes(frame, context=1):
    """FrameInfo for a frame and those that called it, innermost first."""
    out = []
    while frame:
        out.append(_record(frame, frame, context))
        frame = frame.f_back
    return out


def getinnerframes(tb, context=1):
    """FrameInfo for a traceback and those that follow it, outermost first."""
    out = []
    while tb:
        out.append(_record(tb.tb_frame, tb, context))
        tb = tb.tb_next
    return out


def stack(context=1):
    """FrameInfo for the caller and those that called it."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """FrameInfo for the frames between here and the exception that is being handled."""
    error = sys.exception()
    return getinnerframes(None if error is None else error.__traceback__, context)
