"""How the text of a character set is written in mail: encoded as what, in headers and in bodies, and converted to which set before."""

__all__ = ["Charset", "add_alias", "add_charset", "add_codec"]

QP, BASE64, SHORTEST = 1, 2, 3
RFC2047_CHROME_LEN = 7 # =? ?q? ?=
DEFAULT_CHARSET = "us-ascii"
UNKNOWN8BIT = "unknown-8bit"

# name: (encoding in headers, encoding in bodies, set to convert to)
CHARSETS = {**dict.fromkeys([f"iso-8859-{i}" for i in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)] + ["windows-1252", "viscii"], (QP, QP, None)),
            "us-ascii": (None, None, None),
            **dict.fromkeys(("big5", "gb2312", "koi8-r"), (BASE64, BASE64, None)),
            **dict.fromkeys(("euc-jp", "shift_jis"), (BASE64, None, "iso-2022-jp")),
            "iso-2022-jp": (BASE64, None, None),
            "utf-8": (SHORTEST, BASE64, "utf-8")}
ALIASES = {f"latin{mark}{i}": f"iso-8859-{part}" for i, part in enumerate((1, 2, 3, 4, 9, 10, 13, 14, 15, 16), 1) for mark in "_-"}
ALIASES.update(zip(("cp949", "euc_jp", "euc_kr", "ascii"), ("ks_c_5601-1987", "euc-jp", "euc-kr", "us-ascii")))
CODEC_MAP = {"gb2312": "eucgb2312_cn", "big5": "big5_tw", "us-ascii": None} # None: no conversion


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    """Say how text of charset is to be written; QP or BASE64, in headers SHORTEST too; None: as it is."""
    if body_enc == SHORTEST:
        raise ValueError("SHORTEST not allowed for body_enc")
    CHARSETS[charset] = (header_enc, body_enc, output_charset)


def add_alias(alias, canonical):
    """alias is another name of canonical."""
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    """codecname is the name that str.encode() knows charset by."""
    CODEC_MAP[charset] = codecname


def _encode(string, codec):
    return string.encode("ascii", "surrogateescape") if codec == UNKNOWN8BIT else string.encode(codec)


class Charset:
    """A character set; its attributes say how text of it is written."""

    def __init__(self, input_charset=DEFAULT_CHARSET):
        from email.errors import CharsetError
        try:
            octets = input_charset.encode("ascii") if isinstance(input_charset, str) else input_charset
            given = octets.decode("ascii").lower()
        except UnicodeError:
            raise CharsetError(input_charset) from None
        name = ALIASES.get(given, given)
        self.input_charset = name
        self.header_encoding, self.body_encoding, output = CHARSETS.get(name, (SHORTEST, BASE64, None))
        output = ALIASES.get(output or name, output or name)
        self.output_charset = output
        self.input_codec, self.output_codec = (CODEC_MAP.get(charset, charset) for charset in (name, output))

    def __repr__(self):
        return self.input_charset.lower()

    __str__ = __repr__

    def __eq__(self, other):
        return str(self) == str(other).lower()

    def get_body_encoding(self):
        """'quoted-printable', 'base64', or a function of email.encoders that looks at the message."""
        name = {QP: "quoted-printable", BASE64: "base64"}.get(self.body_encoding)
        if name:
            return name
        from email.encoders import encode_7or8bit
        return encode_7or8bit

    def get_output_charset(self):
        """The set that text is converted to."""
        return self.output_charset or self.input_charset

    def _encoder(self, octets):
        """The module for words of these bytes, or None."""
        from email import base64mime, quoprimime
        how = self.header_encoding
        if how == SHORTEST:
            how = BASE64 if base64mime.header_length(octets) < quoprimime.header_length(octets) else QP
        return {QP: quoprimime, BASE64: base64mime}.get(how)

    def header_encode(self, string):
        """string as an encoded word."""
        codec = self.output_codec or "us-ascii"
        octets = _encode(string, codec)
        encoder = self._encoder(octets)
        return string if encoder is None else encoder.header_encode(octets, codec)

    def header_encode_lines(self, string, maxlengths):
        """string in encoded words, each as long as the next number of maxlengths allows; None: the first has no room at all."""
        codec = self.output_codec or "us-ascii"
        encoder = self._encoder(_encode(string, codec))
        measure = len if encoder is None else encoder.header_length
        frame = len(self.get_output_charset()) + RFC2047_CHROME_LEN
        lines, current, room = [], "", next(maxlengths) - frame
        for character in string:
            if measure(_encode(current + character, codec)) > room:
                lines.append(self._line(current, codec, encoder) if lines or current else None)
                current, room = "", next(maxlengths) - frame
            current += character
        lines.append(self._line(current, codec, encoder))
        return lines

    def _line(self, text, codec, encoder):
        return text if encoder is None else encoder.header_encode(_encode(text, codec), codec)

    def body_encode(self, string):
        """string, or bytes, as a body in this set has it."""
        if not string:
            return string
        if self.body_encoding == BASE64:
            from email.base64mime import body_encode
            return body_encode(string.encode(self.output_charset) if isinstance(string, str) else string)
        if self.body_encoding == QP:
            from email.quoprimime import body_encode
            return body_encode((string.encode(self.output_charset) if isinstance(string, str) else string).decode("latin-1"))
        return string.encode(self.output_charset).decode("ascii") if isinstance(string, str) else string
