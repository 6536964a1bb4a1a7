"""Messages of pictures."""

import re

from email import encoders
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ["MIMEImage"]

_KINDS = (("jpeg", rb"......JFIF|......Exif|\xff\xd8\xff\xdb"), ("png", rb"\x89PNG\r\n\x1a\n"), ("gif", b"GIF8[79]a"), ("tiff", b"MM|II"),
          ("rgb", rb"\x01\xda"), ("pbm", b"P[14][ \t\n\r]"), ("pgm", b"P[25][ \t\n\r]"), ("ppm", b"P[36][ \t\n\r]"),
          ("rast", b"\x59\xa6\x6a\x95"), ("xbm", b"#define "), ("bmp", b"BM"), ("webp", b"RIFF....WEBP"), ("exr", rb"\x76\x2f\x31\x01"))


def _kind_of(data):
    """The subtype of a picture by its first bytes, or None."""
    return next((kind for kind, begin in _KINDS if re.match(begin, data, re.S)), None)


class MIMEImage(MIMENonMultipart):
    """A picture of the type image/_subtype (found out, if it is None), encoded by _encoder (base64)."""

    def __init__(self, _imagedata, _subtype=None, _encoder=encoders.encode_base64, *, policy=None, **_params):
        kind = _kind_of(_imagedata) if _subtype is None else _subtype
        if kind is None:
            raise TypeError("Could not guess image MIME subtype")
        super().__init__("image", kind, policy=policy, **_params)
        self.set_payload(_imagedata)
        _encoder(self)
