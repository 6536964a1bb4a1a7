# Messages: built, parsed, written; parts, payloads, parameters, charsets, defects, policies.
import copy
import email
import email.policy
import io
import pickle
from email import encoders, errors, iterators, message_from_bytes, message_from_string
from email.generator import BytesGenerator, DecodedGenerator, Generator
from email.message import EmailMessage, Message, MIMEPart
from email.mime.application import MIMEApplication
from email.mime.audio import MIMEAudio
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesFeedParser, BytesHeaderParser, BytesParser, FeedParser, HeaderParser, Parser


def fails(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


print("-- old messages")
m = Message()
m["Subject"] = "one"
m["subject"] = "two"
m["X-Long"] = "word " * 30
m.add_header("Content-Disposition", "attachment", filename="a b.txt", size_now=None)
m.add_header("X-Other", None, charset=("utf-8", "", "ü"))
print(len(m), m.keys(), m.get_all("SUBJECT"), m["none"], "SuBject" in m, m.get("x", 3), list(m), m.values()[:2])
m.replace_header("subject", "three")
fails(m.replace_header, "none", 1)
del m["SUBJECT"]
m.set_payload("größe\n", "utf-8")
print(m.as_string())
print(m.get_payload(), m.get_payload(decode=True), m.get_content_charset(), m.get_charset(), m.get_charsets())
print(m.get_filename(), m.get_content_disposition(), m.get_params(header="content-disposition"), m.get_param("charset", header="x-other"))
m.set_param("charset", "latin-1")
m.set_param("name", "é", charset="utf-8", language="fr")
print(m["content-type"], m.get_param("name"), m.get_filename())
m.del_param("name")
m.set_type("text/html")
print(m["content-type"], m["MIME-Version"], m.get_content_type(), m.get_content_maintype(), m.get_content_subtype(), m.get_default_type())
fails(m.set_type, "bad")
fails(m.set_boundary, "b")
fails(Message().set_boundary, "b")
fails(m.attach, Message())
fails(m.get_payload, 0)
print(Message().as_string(unixfrom=True).split("\n")[0][:11], repr(Message().get_payload(decode=True)))
for encoding, text in ("base64", "aGk"), ("quoted-printable", "=41=\n b"), ("x-uuencode", "begin 644 f\n#86)C\n \nend\n"), ("7bit", "pl\udce4in"):
    m = Message()
    m["Content-Transfer-Encoding"] = encoding
    m.set_payload(text)
    print(m.get_payload(decode=True), m.defects)

print("-- mime classes")
outer = MIMEMultipart("mixed", "XXX", [MIMEText("text\n"), MIMEText("schön", "html", "utf-8")])
outer.attach(MIMEApplication(b"\0\1\2"))
outer.attach(MIMEImage(b"GIF89a..."))
outer.attach(MIMEAudio(b"RIFF1234WAVEfmt ", name="n.wav"))
outer.attach(MIMEMessage(MIMEText("inner")))
part = MIMEBase("application", "x-thing", param="v")
part.set_payload(b"a = b\xff")
encoders.encode_quopri(part)
outer.attach(part)
outer.preamble, outer.epilogue = "before\n", "after\n"
print(outer.as_string())
print(outer.as_bytes() == outer.as_string().encode())
for bad in (MIMEImage, MIMEAudio):
    fails(bad, b"unknown")
fails(MIMEText("a").attach, None)
fails(MIMEMessage, "text")
iterators._structure(outer)
print(list(iterators.body_line_iterator(outer))[:3], [p.get_content_type() for p in iterators.typed_subpart_iterator(outer, "text")])
out = io.StringIO()
DecodedGenerator(out).flatten(outer)
print(out.getvalue())
out = io.StringIO()
g = Generator(out, True)
m = message_from_string("From me Mon Jan 1\nA: b\n\nFrom here\nto there\n")
g.flatten(m, unixfrom=True, linesep="\r\n")
print(repr(out.getvalue()), m.get_unixfrom())

print("-- parsers")
text = """\
Subject: test
To: a@b,
 c@d
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=="

preamble
--==
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

gr=C3=BC=C3=9Fe
--==
Content-Type: message/rfc822

Subject: inner

body
--==--
epilogue
"""
for message in (message_from_string(text), message_from_bytes(text.encode()), email.message_from_file(io.StringIO(text)),
                email.message_from_binary_file(io.BytesIO(text.encode())), Parser().parsestr(text), BytesParser().parsebytes(text.encode())):
    assert message.as_string() == text, message.as_string()
print([p.get_content_type() for p in message.walk()], repr(message["to"]), repr(message.preamble), repr(message.epilogue))
print(message.get_payload(0).get_payload(decode=True), message.get_payload(1).get_payload(0)["subject"])
print(HeaderParser().parsestr(text).is_multipart(), BytesHeaderParser().parsebytes(text.encode()).keys())
for parser, data in (FeedParser(), text), (BytesFeedParser(), text.encode()):
    for i in range(0, len(data), 7):
        parser.feed(data[i:i + 7])
    print(parser.close().as_string() == text)
for bad in (" a: b\n\n", "a: b\nnonsense\nc: d\n\n", ": x\n\n", "a: b\nFrom x\nc: d\n\n", "Content-Type: multipart/mixed\n\nx",
            "Content-Type: multipart/mixed; boundary=b\n\nx", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx",
            "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\nx\n--b--\n"):
    m = message_from_string(bad)
    print(m.keys(), [type(d).__name__ for d in m.defects], m.is_multipart())
    fails(message_from_string, bad, policy=email.policy.strict)

print("-- new messages")
m = EmailMessage()
m["Subject"] = "Grüße aus dem Süden, und noch viel mehr davon, damit die Zeile zu lang wird"
m["From"] = "Jörg <joerg@example.com>"
m["To"] = ["a@example.com", "b@example.com"] and "a@example.com, \"B, C\" <b@example.com>"
fails(m.__setitem__, "Subject", "again")
fails(m.__setitem__, "X", "a\nb")
m.set_content("Hallo\nWelt\n")
print(m.as_string())
m.add_alternative("<p>ä</p>", subtype="html")
m.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="d.bin")
m.add_attachment("notes\n", filename="nötes.txt")
print(m.get_body(("html",)).get_content(), m.get_body(("plain",)).get_content(), [a.get_filename() for a in m.iter_attachments()])
print([a.get_content() for a in m.iter_attachments()], m.is_attachment(), [p.get_content_type() for p in m.iter_parts()])
fails(m.make_alternative)
fails(m.set_content, "x")
fails(EmailMessage().get_content)
fails(EmailMessage().set_content, 3)
fails(EmailMessage().set_content, "ä", cte="7bit")
fails(EmailMessage().set_content, "ä", cte="bad")
for policy in (email.policy.default, email.policy.SMTP, email.policy.SMTPUTF8, email.policy.HTTP, email.policy.compat32):
    data = m.as_bytes(policy=policy.clone(max_line_length=60) if policy.max_line_length else policy)
    print(repr(policy), data.split(b"\n")[:4])
    back = message_from_bytes(data, policy=email.policy.default)
    print(back["subject"] == m["subject"], back["from"].addresses[0].display_name, back.get_body(("plain",)).get_content() == "Hallo\nWelt\n")
for text, kw in ("ä" * 200, {}), ("plain " * 20, {}), ("ä\n" * 3, {"cte": "quoted-printable"}), ("ä", {"cte": "base64"}), ("ä", {"charset": "latin-1", "cte": "8bit"}):
    part = MIMEPart(policy=email.policy.SMTP)
    part.set_content(text, subtype="x", disposition="inline", cid="<a@b>", params={"k": "v"}, headers=["X-Extra: 1"], **kw)
    print(part.as_bytes())
m = EmailMessage()
m.set_content(EmailMessage())
print(m["content-type"], m["content-transfer-encoding"], m.get_content().keys())
m.clear_content()
m.make_related("bound")
print(m["content-type"])
m.clear()
print(m.keys(), copy.deepcopy(back).as_bytes() == back.as_bytes(), pickle.loads(pickle.dumps(back)).as_bytes() == back.as_bytes())

print("-- policies")
p = email.policy.EmailPolicy(max_line_length=30) + email.policy.strict
print(p.max_line_length, p.raise_on_defect, p.linesep, p.cte_type, email.policy.compat32.mangle_from_)
fails(setattr, p, "linesep", "x")
fails(setattr, p, "nothing", "x")
fails(p.clone, nothing=1)
fails(email.policy.EmailPolicy, nothing=1)
m = Message(policy=email.policy.compat32)
m.set_raw("A", "b\nInjected: c")
fails(m.as_string)
m["B"] = "c"
m.policy = email.policy.default
fails(m.as_string)
fails(m.as_string, policy=email.policy.default.clone(verify_generated_headers=False))
for name in sorted(dir(errors)):
    if isinstance(getattr(errors, name), type) and name[0] != "_":
        print(name, [c.__name__ for c in getattr(errors, name).__mro__[1:-2]], end="; ")
print()
