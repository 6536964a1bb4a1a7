"""Messages with headers, as in mail and HTTP (RFC 5322): parsed by email.parser, held by email.message, dates in email.utils."""

__all__ = ["base64mime", "charset", "encoders", "errors", "feedparser", "generator", "header", "iterators", "message", "message_from_binary_file",
           "message_from_bytes", "message_from_file", "message_from_string", "mime", "parser", "quoprimime", "utils"]


def message_from_string(s, *args, **kwargs):
    """Return the message that a str holds; further arguments are those of email.parser.Parser."""
    from email.parser import Parser
    return Parser(*args, **kwargs).parsestr(s)


def message_from_bytes(s, *args, **kwargs):
    """Return the message that bytes hold."""
    from email.parser import BytesParser
    return BytesParser(*args, **kwargs).parsebytes(s)


def message_from_file(fp, *args, **kwargs):
    """Return the message that a text file holds."""
    from email.parser import Parser
    return Parser(*args, **kwargs).parse(fp)


def message_from_binary_file(fp, *args, **kwargs):
    """Return the message that a binary file holds."""
    from email.parser import BytesParser
    return BytesParser(*args, **kwargs).parse(fp)
