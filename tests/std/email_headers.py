# Headers: encoded words, charsets, structured headers with their attributes and defects, folding; addresses, dates, parameters.
import datetime
import email.policy
from email import base64mime, charset, header, headerregistry, quoprimime, utils
from email._header_value_parser import get_address_list, get_unstructured
from email.headerregistry import Address, Group, HeaderRegistry


def fails(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


print("-- words")
for text in ("plain", "=?utf-8?q?gr=C3=BC=C3=9Fe?=", "a =?utf-8?b?w7w=?= =?iso-8859-1?q?=FC?= b", "=?utf-8?b?w7?=", "=?utf-8?q?a?=\n =?utf-8?q?b?="):
    fails(header.decode_header, text)
    fails(lambda: str(header.make_header(header.decode_header(text))))
h = header.Header("Grüße aus Köln an alle, die es lesen, und an alle anderen auch, die es nicht lesen", "utf-8", header_name="Subject")
h.append("plain text")
h.append("naïve", "iso-8859-1")
print(h.encode(), str(h), h == str(h), h.encode(maxlinelen=0) == h.encode(maxlinelen=10000))
print(header.Header("a, b; c " * 20, maxlinelen=40).encode(splitchars=",;"))
fails(header.Header, b"\xff")
fails(header.Header("a\nInjected: b").encode)
for name in ("utf-8", "latin-1", "us-ascii", "koi8-r", "unknown"):
    c = charset.Charset(name)
    print(c, c.header_encoding, c.body_encoding, c.get_output_charset(), c.header_encode("a b") if name != "unknown" else "", c == name.upper())
fails(charset.Charset, "ä")
fails(charset.add_charset, "x", body_enc=charset.SHORTEST)
print(charset.Charset("utf-8").body_encode("ü" * 50), charset.Charset("latin-1").body_encode("ü =\n"))
print(quoprimime.header_encode(b"a b\xff?"), quoprimime.body_encode("x" * 80 + "\n \n=\t"), quoprimime.decode("a=\nb=3D \n"), quoprimime.header_decode("a_=41"))
fails(quoprimime.body_encode, "a", 3)
print(base64mime.header_encode("a b"), base64mime.body_encode(b"x" * 60), base64mime.decode("YQ=="), base64mime.header_length("abcd"))

print("-- kinds of headers")
make = HeaderRegistry()
for name, value in (("Subject", "a =?utf-8?q?=C3=BC?= b"), ("Date", "Tue, 05 Mar 2024 10:11:12 +0100"), ("Date", "nonsense"), ("Date", ""),
                    ("To", "A <a@b>, Team: x@y, \"Q, R\" <q@r>;, (c) z@w"), ("To", "broken <a@b"), ("From", "no address"), ("To", "a b@c, <>"),
                    ("Sender", "S <s@t>"), ("MIME-Version", "1.0 (x)"), ("MIME-Version", "x"), ("Content-Type", "TEXT/html; charset=utf-8; a*0=b; a*1=c"),
                    ("Content-Type", "nonsense; a=b"), ("Content-Type", "text/plain; x*=utf-8'de'%C3%BC; x=1"), ("Content-Disposition", "Attachment; filename=\"a;b\""),
                    ("Content-Disposition", ""), ("Content-Transfer-Encoding", "BASE64"), ("Content-Transfer-Encoding", "7bit junk"),
                    ("Message-ID", "<a@b>"), ("Message-ID", "<a@b> x"), ("X-Other", "any  thing\x01")):
    h = make(name, value)
    shown = {key: getattr(h, key) for key in ("datetime", "groups", "addresses", "major", "minor", "version", "content_type", "content_disposition", "cte")
             if hasattr(h, key)}
    if hasattr(h, "params"):
        shown["params"] = dict(h.params)
    print(name, repr(str(h)), h.max_count, shown, [f"{type(d).__name__}: {d}" for d in h.defects])
    print(h.fold(policy=email.policy.default), end="")
print(make("Sender", "S <s@t>").address, make("Date", datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)))
fails(lambda: make("Sender", "a@b, c@d").address)
print(make("To", [Address("N", "u", "d.e"), Group("G", [Address(addr_spec="x@y")])]), make("To", Address("é", "u", "d")).fold(policy=email.policy.SMTP))
fails(Address, "n", "u", "d", "a@b")
fails(Address, addr_spec="bad address")
fails(Address, "a\nb")
print(Address("A, B", "a b", "c"), repr(Address()), Group("x"), Group(None, [Address(addr_spec="a@b")]), Address("a") == Address("a"), Group("a") == 3)
registry = HeaderRegistry(use_default_map=False)
registry.map_to_type("x", headerregistry.AddressHeader)
print(type(registry("subject", "s")).__name__, registry("X", "a@b").addresses)
for text in ("word " * 30, "ü" * 60, "x" * 100, "a " + "y" * 90 + " ü", "=?utf-8?q?=C3=BC?= tail"):
    print(get_unstructured(text).fold(policy=email.policy.default.clone(max_line_length=50)), end="")
print(email.policy.default.fold("Content-Disposition", make("Content-Disposition", "attachment; filename*=utf-8''" + "%C3%BC" * 30)), end="")
tree, rest = get_address_list("Böb <b@c.d>, (note) \"x y\"@z")
print(tree.fold(policy=email.policy.default), [(m.display_name, m.local_part, m.domain, m.addr_spec) for m in tree.mailboxes], tree.comments)

print("-- addresses, dates")
for text in ("A B <a@b>", "a@b (C D)", "\"A, B\" <a@b>", "a@b, c@d", "<>", "", "a@b@c", "x <a@b", "Group: a@b;", "a (b) c <d@e>", "(a", "a.b . c@d"):
    print(text, utils.parseaddr(text), utils.parseaddr(text, strict=False), utils.getaddresses([text, "z@z"]), utils.getaddresses([text], strict=False))
for pair in ("", "a@b"), ("A", "a@b"), ("A. B", "a@b"), ('q"\\', "a@b"), ("ü", "a@b"):
    print(utils.formataddr(pair))
fails(utils.formataddr, ("a", "ü@b"))
print(utils.formataddr(("ü", "a@b"), "latin-1"), utils.quote('a"b\\'), utils.unquote('"a\\"b"'), utils.unquote("<a>"))
for text in ("Fri, 09 Nov 2001 01:08:47 -0500", "9 Nov 01 1:08 EST", "Friday, 09-Nov-01 01:08:47 GMT", "Nov 9, 2001 01:08:47 +0000", "Fri,9 Nov 2001 01.08.47 -0000",
             "9 Nov 2001", "x", None, "Fri, 09 Nov 2001 01:08:47 +9900"):
    print(text, utils.parsedate(text), utils.parsedate_tz(text))
    fails(utils.parsedate_to_datetime, text)
print(utils.mktime_tz(utils.parsedate_tz("Fri, 09 Nov 2001 01:08:47 -0500")), utils.formatdate(1e9), utils.formatdate(1e9, usegmt=True))
print(utils.format_datetime(datetime.datetime(2024, 1, 2, 3, 4, 5)), utils.format_datetime(datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc), True))
fails(utils.format_datetime, datetime.datetime(2024, 1, 2), True)
print(utils.localtime(datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)).timestamp(), utils.make_msgid("x", "d.e").endswith(".x@d.e>"))
print(utils.decode_rfc2231("utf-8'de'a"), utils.decode_rfc2231("a"), utils.encode_rfc2231("ü", "utf-8", "de"), utils.encode_rfc2231("a b"))
print(utils.decode_params([("x", ""), ("a*0", "b"), ("a*1*", "%20c"), ("d*", "utf-8''%C3%BC")]), utils.collapse_rfc2231_value(("utf-8", "", "\xc3\xbc")))
