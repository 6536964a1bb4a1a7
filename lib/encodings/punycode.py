"""Punycode (RFC 3492): Unicode in letters, digits and hyphens."""

import codecs

_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _threshold(at, bias):
    return 1 if at <= bias else 26 if at >= bias + 26 else at - bias


def _adapt(delta, first, count):
    """Section 6.1."""
    delta = delta // 700 if first else delta // 2
    delta += delta // count
    steps = 0
    while delta > 455:
        delta //= 35
        steps += 36
    return steps + 36 * delta // (delta + 38)


def _number(value, bias):
    """Section 3.3: a number of variable length."""
    out, at = "", 36
    while True:
        t = _threshold(at, bias)
        if value < t:
            return out + _DIGITS[value]
        value, digit = divmod(value - t, 36 - t)
        out += _DIGITS[t + digit]
        at += 36


def punycode_encode(text):
    base = "".join(c for c in text if c < "\x80")
    out = base + "-" if base else ""
    done, code, delta, bias, first = len(base), 128, 0, 72, True
    while done < len(text):
        least = min(ord(c) for c in text if ord(c) >= code)
        delta += (least - code) * (done + 1)
        code = least
        for c in text:
            if ord(c) < code:
                delta += 1
            elif ord(c) == code:
                out += _number(delta, bias)
                bias = _adapt(delta, first, done + 1)
                delta, done, first = 0, done + 1, False
        delta, code = delta + 1, code + 1
    return out.encode("ascii")


def punycode_decode(data, errors):
    data = bytes(data)
    if errors not in ("strict", "replace", "ignore"):
        raise UnicodeError(f"Unsupported error handling: {errors}")
    split = data.rfind(b"-")
    base, extended = (data[:split], data[split + 1:]) if split >= 0 else (b"", data)
    try:
        out = list(base.decode("ascii", errors))
    except UnicodeDecodeError as e:
        raise UnicodeDecodeError("ascii", data, e.start, e.end, e.reason) from None
    offset, at = len(data) - len(extended), 0
    code, position, bias, first = 128, 0, 72, True
    while at < len(extended):
        value, weight, step = 0, 1, 36
        while True:
            if at >= len(extended):
                if errors == "strict":
                    raise UnicodeDecodeError("punycode", data, len(data), len(data) + 1, "incomplete punycode string")
                return "".join(out)
            digit = _DIGITS.find(chr(extended[at] | 32 if extended[at] in range(65, 91) else extended[at]))
            if digit < 0:
                if errors == "strict":
                    raise UnicodeDecodeError("punycode", data, offset + at, offset + at + 1,
                                             f"Invalid extended code point '{chr(extended[at])}'")
                return "".join(out)
            at += 1
            t = _threshold(step, bias)
            value += digit * weight
            if digit < t:
                break
            weight *= 36 - t
            step += 36
        position += value
        more, position = divmod(position, len(out) + 1)
        code += more
        if code > 0x10FFFF:
            if errors == "strict":
                raise UnicodeDecodeError("punycode", data, offset + at - 1, offset + at, f"Invalid character U+{code:x}")
            code = ord("?")
        out.insert(position, chr(code))
        bias = _adapt(value, first, len(out))
        position, first = position + 1, False
    return "".join(out)


class Codec(codecs.Codec):
    def encode(self, input, errors="strict"):
        return punycode_encode(input), len(input)

    def decode(self, input, errors="strict"):
        return punycode_decode(input, errors), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return punycode_encode(input)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return punycode_decode(input, self.errors)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    codec = Codec()
    return codecs.CodecInfo(codec.encode, codec.decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, "punycode")
