"""Messages of sound."""

from email import encoders
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ["MIMEAudio"]


def _kind_of(data):
    """The subtype of a sound file by its first bytes, or None."""
    if data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC"):
        return "x-aiff"
    if data[:4] == b".snd":
        return "basic"
    if data[:4] == b"RIFF" and data[8:16] == b"WAVEfmt ":
        return "x-wav"
    return None


class MIMEAudio(MIMENonMultipart):
    """Sound of the type audio/_subtype (found out, if it is None), encoded by _encoder (base64)."""

    def __init__(self, _audiodata, _subtype=None, _encoder=encoders.encode_base64, *, policy=None, **_params):
        kind = _kind_of(_audiodata) if _subtype is None else _subtype
        if kind is None:
            raise TypeError("Could not find audio MIME subtype")
        super().__init__("audio", kind, policy=policy, **_params)
        self.set_payload(_audiodata)
        _encoder(self)
