# smtplib: sessions with a server that plays a script: greetings, extensions, authentication, messages, refusals, broken connections.
import io
import os
import smtplib
import socket
import tempfile
import threading
from contextlib import redirect_stderr
from email.message import EmailMessage

ANSWERS = {"EHLO": "250-host\r\n250-SIZE 1000\r\n250-AUTH LOGIN PLAIN CRAM-MD5\r\n250-AUTH=LOGIN\r\n250-SMTPUTF8\r\n250 HELP", "HELO": "250 host",
           "LHLO": "250-host\r\n250 PIPELINING", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "QUIT": "221 bye", "RSET": "250 ok", "NOOP": "250 ok",
           "VRFY": "252 perhaps", "EXPN": "502 no", "HELP": "214-one\r\n214 two", "STARTTLS": "454 not now", ".": "250 taken"}


class Server:
    """Answers each command as the script says, else as usual; seen: what came."""

    def __init__(self, greeting="220 hello", family=socket.AF_INET, address=("127.0.0.1", 0), **script):
        self.seen, self.script, self.greeting = [], script, greeting
        self.socket = socket.socket(family)
        self.socket.bind(address)
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def answer(self, word):
        found = self.script.get(word, ANSWERS.get(word, "500 what?"))
        return found.pop(0) if isinstance(found, list) else found

    def run(self):
        connection = self.socket.accept()[0]
        with connection, connection.makefile("rwb") as file:
            def say(text):
                file.write(text.encode() + b"\r\n")
                file.flush()
            say(self.greeting)
            while line := file.readline():
                line = line.decode().rstrip("\r\n")
                self.seen.append(line)
                word = line.split(" ")[0].upper()
                answer = self.answer(word)
                if answer is None:
                    return
                say(answer)
                if answer.startswith("354"):
                    while (line := file.readline()) != b".\r\n":
                        self.seen.append(line)
                    say(self.answer("."))
                if answer.startswith("334"):
                    self.seen.append(file.readline())
                    say(self.answer("AUTH2"))


def client(server, cls=smtplib.SMTP, **kwargs):
    return cls("127.0.0.1", server.port, local_hostname="me.here", timeout=10, **kwargs)


def fails(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except (OSError, ValueError) as e:
        print(type(e).__name__, e)


print(smtplib.quoteaddr("A <a@b>"), smtplib.quoteaddr("a@b"), smtplib.quoteaddr("<>"), repr(smtplib.quotedata("a\n.b\r\nc\r.")))
server = Server()
with client(server) as s:
    print(s.ehlo(), s.esmtp_features, s.does_esmtp, s.has_extn("Size"), s.has_extn("none"))
    print(s.noop(), s.rset(), s.vrfy("a@b"), s.expn("list"), s.help(), s.docmd("ODD", "x"))
    print(s.sendmail("me@here", ["a@there", "B <b@there>"], "Subject: x\n\n.dot\nend", ["BODY=8BITMIME"], ["NOTIFY=NEVER"]))
    print(s.sendmail("me@here", "a@there", b"bytes\r\n"))
    fails(s.putcmd, "NOOP\r\nQUIT")
    fails(s.starttls)
    fails(s.sendmail, "me@here", "a@there", "ä")
print(server.seen)
fails(s.noop)

print("-- messages")
m = EmailMessage()
m["From"], m["Sender"] = "me@here, other@here", "boss@here"
m["To"], m["Cc"], m["Bcc"] = "A <a@there>, b@there", "c@there", "secret@there"
m["Subject"] = "größe"
m.set_content("text\n.\n")
server = Server()
with client(server) as s:
    print(s.send_message(m), s.send_message(m, "x@y", ["z@y"]))
    m["Resent-Date"], m["Resent-From"], m["Resent-To"] = "Fri, 09 Nov 2001 01:08:47 -0000", "again@here", "d@there"
    s.send_message(m)
    m.replace_header("Resent-To", "dö@there")
    s.send_message(m)
    m["Resent-Date"] = "Fri, 09 Nov 2001 01:08:48 -0000"
    fails(s.send_message, m)
print([line for line in server.seen if isinstance(line, str) or b"cc" in line.lower() or b"ubject" in line or line == b"..\r\n"])
server = Server(EHLO="250 bare")
with client(server) as s:
    del m["Resent-Date"]
    fails(s.send_message, m, "ö@here", ["a@b"])
    fails(s.login, "u", "p")
    fails(s.starttls)

print("-- authentication")
for offered, script in (("CRAM-MD5", {"AUTH": "334 PDE+", "AUTH2": "235 in"}), ("PLAIN", {"AUTH": "235 in"}), ("LOGIN PLAIN", {"AUTH": ["535 no", "334 UGFzc3dvcmQ6"], "AUTH2": "235 in"}),
                        ("LOGIN", {"AUTH": "334 VXNlcg==", "AUTH2": "535 no"}), ("GSSAPI", {})):
    server = Server(EHLO=f"250-h\r\n250 AUTH {offered}", **script)
    with client(server) as s:
        fails(s.login, "user", "secret")
    print(server.seen)
server = Server(AUTH="334 eA==", AUTH2="235 done")
with client(server) as s:
    s.user, s.password = "u", "p"
    print(s.auth("own", lambda challenge=None: None if challenge is None else f"<{challenge}>"), repr(s.auth_plain()), s.auth_cram_md5(), s.auth_cram_md5(b"c"))
print(server.seen)

print("-- refusals")
fails(client, Server("554 closed"))
fails(client, Server("nonsense"))
for script in ({"EHLO": "500 no", "HELO": "250 old"}, {"EHLO": "500 no", "HELO": "500 no"}, {"MAIL": "550 not you"}, {"RCPT": "550 nobody"},
               {"RCPT": ["550 nobody", "250 ok"]}, {"DATA": "550 no data"}, {".": "552 too much"}, {"MAIL": "421 go"}, {"RCPT": "421 go"}, {".": "421 go"},
               {"MAIL": None}, {"DATA": None}, {"MAIL": "250 " + "x" * 9000}):
    server = Server(**script)
    s = client(server)
    fails(s.sendmail, "me@here", ["a@there", "b@there"], "text")
    print(s.sock is None, [line for line in server.seen if line[:4] in ("RSET", "rset")])
    s.close()
fails(smtplib.SMTP, "127.0.0.1:bad")
fails(smtplib.SMTP, "127.0.0.1", 25, timeout=0)
fails(smtplib.SMTP().ehlo)
for e in (smtplib.SMTPResponseException(1, b"m"), smtplib.SMTPSenderRefused(1, b"m", "s"), smtplib.SMTPRecipientsRefused({"a": (1, b"")})):
    print(type(e).__mro__[1].__name__, e.args, vars(e))
quiet = socket.create_server(("127.0.0.1", 0))
try:
    smtplib.SMTP("127.0.0.1", quiet.getsockname()[1], timeout=0.1)
except (TimeoutError, smtplib.SMTPServerDisconnected) as e:
    print(type(e).__name__, e)

print("-- lmtp, debugging")
server = Server()
with client(server, smtplib.LMTP) as s:
    print(s.sendmail("a@b", "c@d", "x"), s.esmtp_features)
print(server.seen[0])
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "s")
    server = Server(family=socket.AF_UNIX, address=path)
    with smtplib.LMTP(path, local_hostname="me") as s:
        print(s.ehlo())
    try:
        smtplib.LMTP(path + "x")
    except FileNotFoundError as e:
        print(e.errno)
err = io.StringIO()
with redirect_stderr(err):
    s = smtplib.SMTP(local_hostname="me")
    s.set_debuglevel(1)
    s.connect("127.0.0.1", Server().port)
    s.noop()
    s.quit()
print([line for line in err.getvalue().splitlines() if "127.0.0.1" not in line])
