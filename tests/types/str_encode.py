# str_encode.py - str and bytes: encode and decode: codecs, error handlers, partial and invalid sequences.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def codecs():
    s = "aé€😀"
    for enc in ("utf-8", "UTF8", "utf_8", "U8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig"):
        b = s.encode(enc)
        print(enc, b, b.decode(enc) == s)
    for enc in ("ascii", "us-ascii", "ASCII", "latin-1", "latin1", "iso-8859-1", "L1", "646"):
        print(enc, "abc".encode(enc), b"abc".decode(enc))
    print("é".encode("latin-1"), b"\xe9\x80\xff".decode("latin-1") == "é\x80ÿ", "".encode("utf-16"), b"".decode("utf-16"), b"\xff\xfea\x00".decode("utf-16"), b"\xfe\xff\x00a".decode("utf-16"), b"a\x00".decode("utf-16-le"), b"\xef\xbb\xbfabc".decode("utf-8-sig"), b"abc".decode("utf-8-sig"), ascii(b"\xef\xbb\xbfabc".decode()), "\ufeff".encode("utf-8-sig"))
    for enc in ("nope", "", "utf-9", "x" * 100, "é", "a\0b"): error(lambda: "a".encode(enc))
    error(lambda: b"a".decode("nope"))


@section
def invalid_utf8():
    for b in (b"\x80", b"\xff", b"\xc3", b"\xc3(", b"\xc0\x80", b"\xc1\xbf", b"\xe2\x82", b"\xe2\x82(", b"\xe2(\xa1", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf0\x9f\x98", b"\xf0\x9f(", b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"a\xffb\xfec", b"\xe2\x82\xac\xe2\x82", b"\xc3\xa9\xc3", b"\xfe\xff", b"\xf0\x90\x80a\x80", b"ok\xc2"):
        try: b.decode()
        except UnicodeDecodeError as e: print(b, e, "|", e.start, e.end, end=" | ")
        print(ascii(b.decode("utf-8", "replace")), ascii(b.decode("utf-8", "ignore")), b.decode("utf-8", "backslashreplace"), ascii(b.decode("utf-8", "surrogateescape")), b.decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == b)


@section
def ascii_and_latin():
    for b in (b"a\x80b", b"\xff\xfe", b"abc\xe9"):
        try: b.decode("ascii")
        except UnicodeDecodeError as e: print(e)
        print([ascii(b.decode("ascii", h)) for h in ("ignore", "replace", "backslashreplace", "surrogateescape")])
    for s in ("aéb", "é€😀", "\ud800"):
        for enc in ("ascii", "latin-1"):
            try: print(s.encode(enc))
            except UnicodeEncodeError as e: print(enc, ascii(str(e)), e.start, e.end)
            print([s.encode(enc, h) for h in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace")])
    print("\udc80a".encode("ascii", "surrogateescape"), "\udcff".encode("latin-1", "surrogateescape"))


@section
def handlers():
    for h in ("strict", "nope", "", "STRICT", "x" * 50):
        for f in (lambda: "é".encode("ascii", h), lambda: b"\xff".decode("utf-8", h), lambda: "a".encode("ascii", h)):
            try: print(h[:6], f())
            except (LookupError, UnicodeError) as e: print(h[:6], type(e).__name__, e)
    error(lambda: b"a".decode("utf-8", 5))
    error(lambda: "a".encode(5))
    error(lambda: b"a".decode(None))
    print("é".encode("ascii", errors="replace"), b"\xff".decode(errors="replace") == "\ufffd", "é".encode(errors="strict"), str(b"\xc3\xa9", "utf-8"), str(b"\xff", "ascii", "ignore"), str(b"x", errors="strict"), str(bytearray(b"ab"), "ascii"), str(memoryview(b"cd"), "ascii"), bytes("é", "utf-8"), bytes("é", "ascii", "replace"), bytearray("é", "latin-1"), bytes("a", encoding="ascii"))
    for f in (lambda: str("a", "utf-8"), lambda: str(5, "utf-8"), lambda: bytes("a"), lambda: bytes(5, "utf-8"), lambda: bytes(b"a", "utf-8"), lambda: bytearray("a"), lambda: bytes("é", "ascii"), lambda: str(b"\xff", "utf-8")): error(f)


@section
def utf16_32_errors():
    for b, enc in ((b"a", "utf-16"), (b"\x00", "utf-16-le"), (b"\x00\xd8", "utf-16-le"), (b"\x00\xd8a\x00", "utf-16-le"), (b"\x00\xdc", "utf-16-le"), (b"\x00\xd8\x00\xdc", "utf-16-le"), (b"abc", "utf-32"), (b"\x00\x00\x11\x00", "utf-32-le"), (b"\x00\xd8\x00\x00", "utf-32-le"), (b"\xff\xfe\x00\x00a\x00\x00\x00", "utf-32")):
        try: print(b, enc, ascii(b.decode(enc)))
        except UnicodeDecodeError as e: print(b, enc, e)
        print(ascii(b.decode(enc, "replace")), ascii(b.decode(enc, "ignore")))
    for s in ("\ud800", "a\udfffb"):
        for enc in ("utf-16-le", "utf-32-le", "utf-8"):
            try: s.encode(enc)
            except UnicodeEncodeError as e: print(ascii(str(e)))
            print(s.encode(enc, "replace"), s.encode(enc, "ignore"), s.encode(enc, "surrogatepass"))


@section
def round_trips():
    everything = "".join(chr(c) for c in list(range(0, 0x300, 7)) + [0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff])
    for enc in ("utf-8", "utf-16", "utf-32", "utf-16-be", "utf-32-be", "utf-8-sig"): print(enc, everything.encode(enc).decode(enc) == everything, len(everything.encode(enc)))
    raw = bytes(range(256))
    print(raw.decode("latin-1").encode("latin-1") == raw, raw.decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == raw, raw.decode("ascii", "surrogateescape").encode("ascii", "surrogateescape") == raw)


@section
def spellings():
    for enc in ("latin-", "utf-", " utf 8", "utf--8", "-utf-8-", "Latin 1", "ascii-", "iso8859.1", "", "-", "ut f8", "utf\t8", "utf.8", "iso 8859 1", "latin_1.", "utf8\xe9", "ANSI X3.4-1968", "utf/16", "utf 32", "ISO-8859-1 ", "iso_8859-1:1987", "x" * 30, "latin1" + "_" * 30):
        try: print(ascii(enc), ascii(b"a\xc3".decode(enc, "replace")), "\xe9".encode(enc, "replace"))
        except LookupError as e: print(ascii(e))


@section
def notes():
    for enc in ("utf-8", "u8", "us-ascii", "l1", "latin-1", "iso-8859-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "cp1252", "unicode_escape", "Latin"):
        for f in (lambda: b"\xff\xd8a".decode(enc), lambda: b"\\ud8\xff".decode(enc, "nope"), lambda: "\ud800\u20acx\U0001f600".encode(enc)):
            try: f()
            except Exception as e: print(enc, type(e).__name__, getattr(e, "__notes__", None))
