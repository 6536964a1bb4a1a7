"""Functions that encode a message's payload, and set Content-Transfer-Encoding."""

__all__ = ["encode_7or8bit", "encode_base64", "encode_noop", "encode_quopri"]

_FIELD = "Content-Transfer-Encoding"


def encode_base64(msg):
    """Encode the payload in base64."""
    from email.base64mime import body_encode
    msg.set_payload(body_encode(msg.get_payload(decode=True)))
    msg[_FIELD] = "base64"


def encode_quopri(msg):
    """Encode the payload as quoted-printable, with its spaces."""
    from binascii import b2a_qp
    octets = b2a_qp(msg.get_payload(decode=True), quotetabs=True)
    msg.set_payload(octets.replace(b" ", b"=20"))
    msg[_FIELD] = "quoted-printable"


def encode_7or8bit(msg):
    """Say whether the payload is ASCII only."""
    octets = msg.get_payload(decode=True)
    msg[_FIELD] = "7bit" if octets is None or octets.isascii() else "8bit"


def encode_noop(msg):
    """Leave all as it is."""
