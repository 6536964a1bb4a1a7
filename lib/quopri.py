"""Text of mails whose bytes beyond ASCII are written as =E9: quoted-printable (RFC 1521), and its variant for headers (RFC 1522)."""

from binascii import a2b_qp, b2a_qp

__all__ = ["encode", "decode", "encodestring", "decodestring"]

_a2b_qp, _b2a_qp = a2b_qp, b2a_qp
ESCAPE, MAXLINESIZE, HEX, EMPTYSTRING = b"=", 76, b"0123456789ABCDEF", b""


def needsquoting(c, quotetabs, header):
    """Must this byte (bytes of length 1) be written as =XX?"""
    if c in b" \t":
        return quotetabs
    return header if c == b"_" else c == ESCAPE or not b" " <= c <= b"~"


def quote(c):
    """A byte (bytes of length 1) as =XX."""
    return b"=%02X" % ord(c)


def ishex(c):
    """Is this byte (bytes of length 1) a hexadecimal digit?"""
    return len(c) == 1 and c in b"0123456789abcdefABCDEF"


def unhex(s):
    """The number that hexadecimal digits are."""
    return int(s, 16)


def encode(input, output, quotetabs, header=False):
    """Read bytes from one binary file, write them encoded to another. quotetabs: spaces and tabs are encoded as well; header: space is _."""
    output.write(_b2a_qp(input.read(), quotetabs=quotetabs, header=header))


def decode(input, output, header=False):
    """Read encoded bytes from one binary file, write what they mean to another. header: _ is a space."""
    output.write(_a2b_qp(input.read(), header=header))


def encodestring(s, quotetabs=False, header=False):
    """Bytes, encoded."""
    return _b2a_qp(s, quotetabs=quotetabs, header=header)


def decodestring(s, header=False):
    """What encoded bytes mean."""
    return _a2b_qp(s, header=header)


def main():
    """python -m quopri [-t | -d] [file ...]: encode files (-t: spaces and tabs as well), or decode them."""
    import getopt
    import sys
    try:
        options, names = getopt.getopt(sys.argv[1:], "td")
    except getopt.error as e:
        sys.stdout = sys.stderr
        print(e)
        print("usage: quopri [-t | -d] [file] ...\n-t: quote tabs\n-d: decode; default encode")
        sys.exit(2)
    given = {name for name, _ in options}
    if given >= {"-t", "-d"}:
        sys.stdout = sys.stderr
        print("-t and -d are mutually exclusive")
        sys.exit(2)
    failed = 0
    for name in names or ["-"]:
        try:
            file = sys.stdin.buffer if name == "-" else open(name, "rb")
        except OSError as e:
            sys.stderr.write(f"{name}: can't open ({e})\n")
            failed = 1
            continue
        try:
            if "-d" in given:
                decode(file, sys.stdout.buffer)
            else:
                encode(file, sys.stdout.buffer, "-t" in given)
        finally:
            if name != "-":
                file.close()
    if failed:
        sys.exit(failed)


if __name__ == "__main__":
    main()
