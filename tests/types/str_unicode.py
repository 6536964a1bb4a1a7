# str_unicode.py - str: Unicode: indexing, case mapping, normal behaviour outside the BMP, surrogates, ordering, iteration.
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
def lengths_and_indexing():
    s = "aé€😀b" * 40
    print(len(s), [s[i] for i in (0, 1, 2, 3, 4, 63, 64, 65, 127, 128, 129, 199, -1, -2, -137)], s[62:67], s[126:131], s[-5:], s[::-1][:6], s[3::40], s[198:] + s[:2], s[1:1], s[64:63], [ord(c) for c in s[:5]], s.index("b"), s.find("😀", 100), s.rfind("€"), s.count("é€"), s.find("b", -3), len(s[:100]) + len(s[100:]), s[:100] + s[100:] == s)
    wide = "".join(chr(0x1F600 + i) for i in range(70))
    print(len(wide), wide[69], wide[64], wide[-70] == wide[0], wide[10:13], wide.index(wide[68]), len(wide.encode()), len(("é" * 65 + "x")[64:]), ("é" * 65 + "x")[65], [c for c in "aé😀"], list(reversed("aé😀")), list(enumerate("é😀")), sorted("é😀aZ€"), max("aé😀"), min("éa"), "".join(sorted(set("ééaa"))))
    error(lambda: "é"[1])
    error(lambda: s[200])


@section
def case_mapping():
    for s in ("straße", "ΑΣΑΣ", "σς", "İi", "ıI", "ǆ", "ǅ", "Ǆ", "ŉ", "ΐ", "ÿ", "µ", "ſ", "K", "Å", "Ω", "ß", "ẞ", "Σ", "A\u0345", "ͅ", "ΑΣ\u0301", "Ά", "ё", "Ж"):
        print(s, s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold(), len(s.upper()), len(s.lower()))


@section
def classification():
    print([c for c in "aA1²½日_ -\n\u00a0\u200b·ªʰǅ\u0300$€" if c.isalpha()], [c for c in "1²½" if c.isnumeric()], [c for c in "1²½" if c.isdigit()], [c for c in "1²½" if c.isdecimal()], [hex(ord(c)) for c in "\t\n\x0b\x0c\r\x1c\x1f \x85\xa0\u1680\u2000\u200a\u2028\u202f\u205f\u3000\u200b\ufeff\u180e" if c.isspace()], [hex(ord(c)) for c in "a \xa0\xad\u200b\u2028\u0378\ud800é\x7f" if c.isprintable()])


@section
def ordering():
    print("a" < "b", "a" < "é" < "€" < "😀", "Z" < "a", "" < "a", "ab" < "abc", "\uffff" < "\U00010000", "\ud800" < "\ue000", "é" == "e\u0301", "é" > "z", max("a", "😀", "z"), sorted(["é", "e", "z", "E", "😀", "\uffff"], key=lambda c: c) == sorted(["😀", "\uffff", "é", "z", "e", "E"]), "a" <= "a" >= "a", "abc" != "abd", "10" < "9", hash("é") == hash("\xe9"), {"é": 1}["\xe9"])


@section
def surrogates():
    lone = "\ud83d"
    pair = "\ud83d\ude00"
    print(len(pair), len("😀"), pair == "😀", ascii(pair), ascii(lone + "\ude00"), ascii("\ude00"[0]), [ascii(c) for c in pair], lone in pair, pair.find("\ude00"), ascii(pair[::-1]), ascii(lone * 2), lone.isprintable(), lone == "\ud83d", ascii(lone.upper()), ascii("a" + lone + "b"), len("a" + lone + "b"), ascii(("a" + lone)[1]), ascii(chr(0xdfff)), ord(chr(0xd800)), ascii(lone.center(3)), repr(pair), hash(lone) == hash("\ud83d"), ascii("".join(["\ud83d", "\ude00"])), len("".join(["\ud83d", "\ude00"])))
    for f in (lambda: lone.encode(), lambda: pair.encode("utf-16"), lambda: lone.encode("latin-1"), lambda: int(lone), lambda: float(lone), lambda: b"\xed\xa0\x80".decode(), lambda: getattr(5, lone)):
        try: print(f())
        except Exception as e: print(type(e).__name__, ascii(str(e)))
    print(lone.encode("utf-8", "surrogatepass"), pair.encode("utf-16-le", "surrogatepass"), ascii(b"\xed\xa0\xbd".decode("utf-8", "surrogatepass")), ascii(b"\x80\xff".decode("utf-8", "surrogateescape")), "\udc80".encode("ascii", "surrogateescape"), pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le"), pair.encode("utf-8", "replace"), lone.encode("utf-8", "backslashreplace"))


@section
def chr_ord():
    print([ascii(chr(n)) for n in (0, 65, 127, 128, 255, 256, 0xd7ff, 0xd800, 0xffff, 0x10000, 0x10ffff)], [ord(c) for c in "\0a\x7fé€\uffff😀"], all(ord(chr(n)) == n for n in range(0, 0x110000, 997)))
    for f in (lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: chr(1.5), lambda: chr(2**70), lambda: ord(""), lambda: ord("ab"), lambda: ord("e\u0301"), lambda: ord(5), lambda: ord(b""), lambda: ord(b"ab"), lambda: ord(None)): error(f)
    print(ord(b"a"), ord(bytearray(b"b")), chr(True) == "\x01")


@section
def representation():
    for s in ("a\tb", "\x00\x1f\x7f", "\x80\x9f\xa0\xad", "é", "\u0378", "\u200b\u2028", "\ufeff", "😀", "'", '"', "'\"", "\\", "\r\n", "\u0301a"): print(repr(s), ascii(s))
    print(repr("a'b"), repr('a"b'), repr("it's \"q\""), ["é'"], str({"k'": 'v"'}), ascii(["é", "😀"]), ascii({"é": "日"}))


@section
def concatenation_and_repeat():
    s = ""
    for i in range(30): s += chr(0x60 + i * 300)
    print(len(s), s[0], s[29] == chr(0x60 + 29 * 300), s.encode()[:4], ("é" * 3 + "a" * 3) * 2, "a" * 5 + "日", "日" * 2 + "a", ("ab" * 3)[2], "é" * 0, -1 * "é", len("😀" * 50), ("x" + "é" * 63 + "y" + "z")[64], "".join(c + c for c in "é😀"), "é".join(["", "", ""]), f"{'é'}{'😀'}", "日" in "日本", "本" not in "日本", "" in "é", "é日" in "aé日b", "aé"[0] + "日本"[1])
