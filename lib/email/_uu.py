"""Bodies that are uuencoded, as mail was before MIME."""

import binascii


def decode_uu(encoded):
    """The bytes of the first file in uuencoded lines. ValueError if there is none, or no end."""
    lines = iter(encoded.splitlines())
    for line in lines:
        word, _, rest = line.partition(b" ")
        mode = rest.partition(b" ")[0]
        if word == b"begin" and mode and not mode.strip(b"01234567"):
            break
    else:
        raise ValueError("`begin` line not found")
    parts = []
    for line in lines:
        if not line:
            break
        if line.strip(b" \t\r\n\f") == b"end":
            return b"".join(parts)
        try:
            parts.append(binascii.a2b_uu(line))
        except binascii.Error: # more characters than the count says: some programs write them
            parts.append(binascii.a2b_uu(line[:((line[0] - 32 & 63) * 4 + 5) // 3]))
    raise ValueError("Truncated input")
