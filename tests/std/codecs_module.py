# codecs: the registry, error handlers, incremental coders, streams, and encodings by name.
import codecs
import io


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("-- lookup")
for name in ("utf-8", "UTF8", "utf_8", "latin-1", "L1", "ascii", "us-ascii", "utf-16", "UTF-16LE", "utf-32-be", "cp1252", "windows-1252",
             "iso8859-15", "koi8-r", "mac-roman", "cp437", "rot13", "hex", "base64", "punycode", "utf-7", "unicode_escape", "utf-8-sig"):
    info = codecs.lookup(name)
    print(name, info.name, info._is_text_encoding, isinstance(info, tuple), len(info))
print(shown(codecs.lookup, "nonsense"), shown(codecs.lookup, 7), shown("x".encode, "nonsense"))
print(shown(b"ab".decode, "hex"), shown("ab".encode, "rot13"))

print("-- encode, decode")
texts = ["", "plain", "h\xe9llo", "\u20ac", "\U00010000x", "a\0b"]
for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "punycode",
             "unicode_escape", "raw_unicode_escape"):
    for text in texts:
        data = codecs.encode(text, name)
        print(name, ascii(text), data, codecs.decode(data, name) == text)
for name in ("iso8859-15", "koi8-r", "cp1252", "cp437", "cp1140", "mac-roman", "iso8859-5"):
    data = bytes(range(32, 256))
    text = data.decode(name, "replace")
    print(name, ascii(text[-40:]), text.replace("\ufffd", "").encode(name)[:20])
print(codecs.encode("Hello", "rot13"), codecs.encode(b"ab", "hex"), codecs.decode(b"6162", "hex"), codecs.encode(b"ab\xff", "base64"),
      codecs.decode(b"YWL/\n", "base64"), codecs.encode(b"a=b", "quopri"))
print(codecs.encode(b"x", "uu"), shown(codecs.decode, b"zz", "hex"))

print("-- error handlers")
for handler in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass"):
    print(handler, shown("a\xe9\u20ac\udc80b".encode, "ascii", handler), shown(b"a\xff\xe2\x82b".decode, "utf-8", handler).encode("ascii", "backslashreplace"))
    error = UnicodeEncodeError("ascii", "a\xe9b", 1, 2, "why")
    print("  ", shown(codecs.lookup_error(handler), error))
    error = UnicodeDecodeError("utf-8", b"a\xffb", 1, 2, "why")
    print("  ", ascii(shown(codecs.lookup_error(handler), error)))


def dashes(error):
    return "-" * (error.end - error.start), error.end


codecs.register_error("test.dashes", dashes)
print("a\xe9\xe9b".encode("ascii", "test.dashes"), b"a\xff\xfeb".decode("ascii", "test.dashes"), codecs.lookup_error("test.dashes") is dashes)
print(shown(codecs.lookup_error, "nobody"), shown(codecs.register_error, "x", 7))

print("-- incremental")
for name, text in (("utf-8", "a\u20ac\U00010000"), ("utf-16", "a\u20ac\U00010000"), ("utf-32", "a\u20ac"), ("utf-8-sig", "a\u20ac"),
                   ("utf-7", "a\u20acb"), ("cp1252", "a\u20ac")):
    decoder = codecs.getincrementaldecoder(name)()
    data = text.encode(name)
    print(name, [ascii(decoder.decode(data[i:i + 1])) for i in range(len(data))], ascii(decoder.decode(b"", True)), decoder.getstate())
    encoder = codecs.getincrementalencoder(name)()
    print("  ", [encoder.encode(c) for c in text], encoder.encode("", True), encoder.getstate())
decoder = codecs.getincrementaldecoder("utf-8")()
print(repr(decoder.decode(b"\xe2\x82")), decoder.getstate(), shown(decoder.decode, b"x"))
decoder.reset()
print(decoder.getstate(), list(codecs.iterdecode([b"\xe2", b"\x82\xac", b"x"], "utf-8")), list(codecs.iterencode("a\u20ac", "utf-16-le")))

print("-- streams")
stream = codecs.getreader("utf-8")(io.BytesIO("eins\nzw\xf6lf\r\ndrei".encode()))
print(ascii(stream.readline()), ascii(stream.read(3)), ascii(stream.readlines()))
out = io.BytesIO()
writer = codecs.getwriter("utf-16")(out)
writer.write("a")
writer.writelines(["b", "\xe9"])
print(out.getvalue())
recoder = codecs.EncodedFile(io.BytesIO("h\xe9".encode("latin-1")), "utf-8", "latin-1")
print(recoder.read(), recoder.data_encoding, recoder.file_encoding)
print([ascii(line) for line in codecs.getreader("utf-16")(io.BytesIO("a\nb\nc".encode("utf-16")))])

print("-- registry")


def search(name):
    if name == "test_twice":
        return codecs.CodecInfo(lambda text, errors="strict": ((text * 2).encode(), len(text)), lambda data, errors="strict": (bytes(data).decode() * 2, len(data)),
                                name="twice")


codecs.register(search)
print("ab".encode("test-twice"), b"x".decode("TEST twice"))
codecs.unregister(search)
print(shown("ab".encode, "test-twice"), shown(codecs.register, 7))
print(codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.utf_8_decode(b"a\xe2\x82"), codecs.utf_16_ex_decode(b"\xff\xfea\0"))
print(codecs.charmap_encode("ab", "strict", {97: 120, 98: b"yz"}), codecs.charmap_decode(b"\0\1", "replace", "x\ufffe"),
      shown(codecs.charmap_decode, b"\1", "strict", {0: "x"}), codecs.escape_decode(rb"a\x41\n\101"), codecs.escape_encode(b"a\n\xff'"))
print(b"\\u20ac\\N{EURO SIGN}\\x41".decode("unicode_escape") == "\u20ac\u20acA", shown(b"\\N{NOBODY}".decode, "unicode_escape"))
