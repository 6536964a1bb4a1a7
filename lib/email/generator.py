"""Messages as text and bytes."""

import re
import sys
import time
from copy import deepcopy
from io import BytesIO, StringIO

from email._parameter import has_surrogates
from email.errors import HeaderWriteError

__all__ = ["Generator", "DecodedGenerator", "BytesGenerator"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_FROM = re.compile(r"^From ", re.M)
_NEXT_HEADER = re.compile(r"\r\n[^ \t]|\r[^ \n\t]|\n[^ \t]")
_DIGITS = len(str(sys.maxsize - 1))


def _make_boundary(text=None):
    """A boundary that is no line of text."""
    import random
    boundary = base = f"{'=' * 15}{random.randrange(sys.maxsize):0{_DIGITS}d}=="
    count = 0
    while text is not None and re.search(f"^--{re.escape(boundary)}(--)?$", text, re.M):
        boundary = f"{base}.{count}"
        count += 1
    return boundary


class Generator:
    """Writes messages to a text file. mangle_from_: write > before 'From ' in bodies; maxheaderlen: where headers are folded; else what
    policy says, else the message's policy."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        if mangle_from_ is None:
            mangle_from_ = policy is None or policy.mangle_from_
        self._fp, self._mangle_from_, self.maxheaderlen, self.policy = outfp, mangle_from_, maxheaderlen, policy

    def write(self, s):
        """Write text."""
        self._fp.write(s)

    def flatten(self, msg, unixfrom=False, linesep=None):
        """Write a message; unixfrom: with the line 'From ' of mailboxes."""
        changes = {} if linesep is None else {"linesep": linesep}
        if self.maxheaderlen is not None:
            changes["max_line_length"] = self.maxheaderlen
        mine, theirs = self.policy, msg.policy
        policy = (theirs if mine is None else mine).clone(**changes) if changes else mine or theirs
        self._NL = policy.linesep
        self._encoded_NL, self._encoded_EMPTY = self._encode(self._NL), self._encode("")
        try:
            self.policy = msg.policy = policy
            if unixfrom:
                self.write((msg.get_unixfrom() or f"From nobody {time.ctime()}") + self._NL)
            self._write(msg)
        finally:
            self.policy, msg.policy = mine, theirs

    def clone(self, fp):
        """A generator like this one that writes to fp."""
        return type(self)(fp, self._mangle_from_, None, policy=self.policy)

    def _new_buffer(self):
        return StringIO()

    def _encode(self, s):
        return s

    def _write_lines(self, lines):
        if not lines:
            return
        *whole, last = _LINE_END.split(lines)
        for line in whole:
            self.write(line)
            self.write(self._NL)
        if last:
            self.write(last)

    def _write_text(self, text):
        self._write_lines(_FROM.sub(">From ", text) if self._mangle_from_ else text)

    def _write(self, msg):
        """The body first, since it may need other headers: a boundary, an encoding."""
        out, self._munge_cte = self._fp, None
        self._fp = body = self._new_buffer()
        try:
            self._dispatch(msg)
        finally:
            self._fp = out
            munged = self._munge_cte
            del self._munge_cte
        if munged:
            msg = deepcopy(msg)
            if msg.get("content-transfer-encoding") is None:
                msg["Content-Transfer-Encoding"] = munged[0]
            else:
                msg.replace_header("content-transfer-encoding", munged[0])
            msg.replace_header("content-type", munged[1])
        own = getattr(msg, "_write_headers", None)
        if own is None:
            self._write_headers(msg)
        else:
            own(self)
        self._fp.write(body.getvalue())

    def _dispatch(self, msg):
        main, sub = (name.replace("-", "_") for name in (msg.get_content_maintype(), msg.get_content_subtype()))
        for name in (f"_handle_{main}_{sub}", f"_handle_{main}"):
            if handler := getattr(self, name, None):
                return handler(msg)
        return self._writeBody(msg)

    def _checked(self, folded):
        """folded, which must be one header."""
        end = self.policy.linesep
        if self.policy.verify_generated_headers:
            if not folded.endswith(end):
                raise HeaderWriteError(f"folded header does not end with {end!r}: {folded!r}")
            if _NEXT_HEADER.search(folded.removesuffix(end)):
                raise HeaderWriteError(f"folded header contains newline: {folded!r}")
        return folded

    def _write_headers(self, msg):
        for name, value in msg.raw_items():
            self.write(self._checked(self.policy.fold(name, value)))
        self.write(self._NL)

    # ---- Bodies by type ----

    def _handle_text(self, msg):
        payload = msg.get_payload()
        if payload is None:
            return
        if not isinstance(payload, str):
            raise TypeError(f"string payload expected: {type(payload)}")
        if has_surrogates(msg._payload):
            charset = msg.get_param("charset")
            if charset is not None: # encode it as the charset does, in headers as well
                msg = deepcopy(msg)
                del msg["content-transfer-encoding"]
                msg.set_payload(msg._payload, charset)
                payload = msg.get_payload()
                self._munge_cte = msg["content-transfer-encoding"], msg["content-type"]
        self._write_text(payload)

    _writeBody = _handle_text

    def _flat(self, part):
        """A part as it is written."""
        out = self._new_buffer()
        self.clone(out).flatten(part, unixfrom=False, linesep=self._NL)
        return out.getvalue()

    def _handle_multipart(self, msg):
        parts = msg.get_payload()
        if isinstance(parts, str):
            return self.write(parts)
        parts = [] if parts is None else parts if isinstance(parts, list) else [parts]
        texts = [self._flat(part) for part in parts]
        boundary = msg.get_boundary()
        if not boundary:
            boundary = self._make_boundary(self._encoded_NL.join(texts))
            msg.set_boundary(boundary)
        if msg.preamble is not None:
            self._write_text(msg.preamble)
            self.write(self._NL)
        self.write(f"--{boundary}{self._NL}")
        for i, text in enumerate(texts):
            if i:
                self.write(f"{self._NL}--{boundary}{self._NL}")
            self._fp.write(text)
        self.write(f"{self._NL}--{boundary}--{self._NL}")
        if msg.epilogue is not None:
            self._write_text(msg.epilogue)

    def _handle_multipart_signed(self, msg):
        """The headers inside are signed, so they are not folded again."""
        before = self.policy
        self.policy = before.clone(max_line_length=0)
        try:
            self._handle_multipart(msg)
        finally:
            self.policy = before

    def _handle_message_delivery_status(self, msg):
        """Blocks of headers; between them one blank line, which each of them ends with."""
        blocks = []
        for part in msg.get_payload():
            lines = self._flat(part).split(self._encoded_NL)
            if lines[-1] == self._encoded_EMPTY:
                lines.pop()
            blocks.append(self._encoded_NL.join(lines))
        self._fp.write(self._encoded_NL.join(blocks))

    def _handle_message(self, msg):
        payload = msg._payload
        self._fp.write(self._flat(payload[0]) if isinstance(payload, list) else self._encode(payload))

    @classmethod
    def _make_boundary(cls, text=None):
        return _make_boundary(text)


class BytesGenerator(Generator):
    """Writes messages to a binary file; with cte_type 8bit, bytes that were parsed are written as they were."""

    def write(self, s):
        """Write text, which is ASCII and undecoded bytes."""
        self._fp.write(s.encode("ascii", "surrogateescape"))

    def _new_buffer(self):
        return BytesIO()

    def _encode(self, s):
        return s.encode("ascii")

    def _write_headers(self, msg):
        for name, value in msg.raw_items():
            self._fp.write(self.policy.fold_binary(name, value))
        self.write(self._NL)

    def _handle_text(self, msg):
        payload = msg._payload
        if payload is None:
            return
        if isinstance(payload, str) and has_surrogates(payload) and self.policy.cte_type != "7bit":
            self._write_text(payload)
        else:
            super()._handle_text(msg)

    _writeBody = _handle_text

    @classmethod
    def _make_boundary(cls, text=None):
        return _make_boundary(None if text is None else text.decode("latin-1"))


_OMITTED = "[Non-text (%(type)s) part of message omitted, filename %(filename)s]"


class DecodedGenerator(Generator):
    """Writes the parts that are text, and for others a line; fmt may have type, maintype, subtype, filename, description, encoding."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, fmt=None, *, policy=None):
        super().__init__(outfp, mangle_from_, maxheaderlen, policy=policy)
        self._fmt = _OMITTED if fmt is None else fmt

    def _dispatch(self, msg):
        for part in msg.walk():
            main = part.get_content_maintype()
            if main == "text":
                print(part.get_payload(decode=False), file=self)
            elif main != "multipart":
                print(self._fmt % {"type": part.get_content_type(), "maintype": main, "subtype": part.get_content_subtype(),
                                   "filename": part.get_filename("[no filename]"),
                                   "description": part.get("Content-Description", "[no description]"),
                                   "encoding": part.get("Content-Transfer-Encoding", "[no encoding]")}, file=self)
