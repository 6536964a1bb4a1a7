"""What can be wrong with a message: exceptions, and defects, which parsers note in a message's attribute defects."""


class MessageError(Exception):
    """Base of the package's exceptions."""


class MessageParseError(MessageError):
    """A message cannot be parsed."""


class HeaderParseError(MessageParseError):
    """A header cannot be parsed, or written."""


class BoundaryError(MessageParseError):
    """The end of a part was not found."""


class MultipartConversionError(MessageError, TypeError):
    """A payload that is text cannot have parts."""


class CharsetError(MessageError):
    """A character set is not known."""


class HeaderWriteError(MessageError):
    """A header cannot be written."""


class MessageDefect(ValueError):
    """Base of defects; line: where it was found."""

    def __init__(self, line=None):
        if line is not None:
            super().__init__(line)
        self.line = line


class FirstHeaderLineIsContinuationDefect(MessageDefect):
    """The first line of the headers begins with a space."""


class MissingHeaderBodySeparatorDefect(MessageDefect):
    """A line among the headers is none, and no blank line is before it."""


class NoBoundaryInMultipartDefect(MessageDefect):
    """A multipart message without the parameter boundary."""


class StartBoundaryNotFoundDefect(MessageDefect):
    """The boundary of a multipart message never came."""


class CloseBoundaryNotFoundDefect(MessageDefect):
    """The last part of a multipart message has no end."""


class MultipartInvariantViolationDefect(MessageDefect):
    """A message says that it has parts and has none."""


class InvalidBase64PaddingDefect(MessageDefect):
    """A base64 payload is not padded well."""


class InvalidBase64CharactersDefect(MessageDefect):
    """A base64 payload has other characters."""


class InvalidBase64LengthDefect(MessageDefect):
    """A base64 payload has one character more than whole groups of four."""


class MisplacedEnvelopeHeaderDefect(MessageDefect):
    """A line 'From ' stands among the headers."""


class MalformedHeaderDefect(MessageDefect):
    """A header has no colon, or is otherwise none."""


class InvalidMultipartContentTransferEncodingDefect(MessageDefect):
    """A multipart message is encoded as a whole."""


class UndecodableBytesDefect(MessageDefect):
    """A header has bytes that are not of its character set."""


class HeaderDefect(MessageDefect):
    """Base of the defects of one header."""

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)


class InvalidHeaderDefect(HeaderDefect):
    """A header is not valid."""


class HeaderMissingRequiredValue(HeaderDefect):
    """A header that needs a value has none."""


class NonPrintableDefect(HeaderDefect):
    """A header has control characters; non_printables: which."""

    def __init__(self, non_printables):
        super().__init__(non_printables)
        self.non_printables = non_printables

    def __str__(self):
        return f"the following ASCII non-printables found in header: {self.non_printables}"


class ObsoleteHeaderDefect(HeaderDefect):
    """A header has a form that is not to be used any more."""


class NonASCIILocalPartDefect(HeaderDefect):
    """An address has other characters than ASCII before @."""


class InvalidDateDefect(HeaderDefect):
    """A date cannot be understood."""
