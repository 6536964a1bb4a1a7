"""Sends mail (SMTP, RFC 5321). TLS needs module ssl: starttls() and SMTP_SSL raise NotImplementedError."""

import re
import socket
import sys

__all__ = ["SMTPException", "SMTPNotSupportedError", "SMTPServerDisconnected", "SMTPResponseException", "SMTPSenderRefused",
           "SMTPRecipientsRefused", "SMTPDataError", "SMTPConnectError", "SMTPHeloError", "SMTPAuthenticationError", "quoteaddr", "quotedata",
           "SMTP", "SMTP_SSL"]

SMTP_PORT, SMTP_SSL_PORT = 25, 465
CRLF, bCRLF = "\r\n", b"\r\n"
_MAXLINE = 8192


class SMTPException(OSError):
    """Base of the module's exceptions."""


class SMTPNotSupportedError(SMTPException):
    """The server does not have what was asked for."""


class SMTPServerDisconnected(SMTPException):
    """There is no connection, or the server has ended it."""


class SMTPResponseException(SMTPException):
    """The server answered with an error."""

    def __init__(self, code, msg):
        self.smtp_code, self.smtp_error = code, msg
        self.args = (code, msg)


class SMTPSenderRefused(SMTPResponseException):
    """The server takes no mail from this address."""

    def __init__(self, code, msg, sender):
        super().__init__(code, msg)
        self.sender = sender
        self.args = (code, msg, sender)


class SMTPRecipientsRefused(SMTPException):
    """The server takes no mail to any of the addresses; recipients: what it said to each."""

    def __init__(self, recipients):
        self.recipients = recipients
        self.args = (recipients,)


class SMTPDataError(SMTPResponseException):
    """The server did not take the message."""


class SMTPConnectError(SMTPResponseException):
    """The server did not greet us."""


class SMTPHeloError(SMTPResponseException):
    """The server did not like our greeting."""


class SMTPAuthenticationError(SMTPResponseException):
    """The server did not take user and password."""


def quoteaddr(addrstring):
    """'Name <a@b>' or 'a@b' as '<a@b>'."""
    from email.utils import parseaddr
    address = parseaddr(addrstring)[1]
    if address:
        return f"<{address}>"
    return addrstring if addrstring.strip().startswith("<") else f"<{addrstring}>"


def _plain_address(addrstring):
    from email.utils import parseaddr
    return parseaddr(addrstring)[1] or addrstring


def quotedata(data):
    """A message's lines with CR LF, and a dot more where they begin with one."""
    return re.sub(r"(?m)^\.", "..", re.sub(r"\r\n|\n|\r(?!\n)", CRLF, data))


def _quote_bytes(data):
    return re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r\n|\n|\r(?!\n)", bCRLF, data))


class SMTP:
    """A connection to a server, opened at once if host is given. timeout: seconds for each wait; used with `with`, it is closed by quit()."""

    debuglevel = 0
    default_port = SMTP_PORT

    def __init__(self, host="", port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        self._host, self.timeout, self.source_address = host, timeout, source_address
        self.sock = self.file = None
        self._forget()
        self.command_encoding = "ascii"
        self.local_hostname = local_hostname
        if host:
            code, message = self.connect(host, port)
            if code != 220:
                self.close()
                raise SMTPConnectError(code, message)
        if local_hostname is None:
            name = socket.getfqdn()
            self.local_hostname = name if "." in name else "[127.0.0.1]"

    def __enter__(self):
        return self

    def __exit__(self, *args):
        try:
            code, message = self.docmd("QUIT")
            if code != 221:
                raise SMTPResponseException(code, message)
        except SMTPServerDisconnected:
            pass
        finally:
            self.close()

    def set_debuglevel(self, debuglevel):
        """1: print what is sent and received to sys.stderr."""
        self.debuglevel = debuglevel

    def _debug(self, *args):
        if self.debuglevel > 0:
            print(*args, file=sys.stderr)

    # ---- Connection ----

    def _forget(self):
        self.esmtp_features, self.does_esmtp = {}, False
        self.helo_resp = self.ehlo_resp = None

    def connect(self, host="localhost", port=0, source_address=None):
        """Open the connection; host may be 'name:port'. (code, message) of the server's greeting."""
        if not port and host.count(":") == 1:
            host, _, digits = host.partition(":")
            try:
                port = int(digits)
            except ValueError:
                raise OSError("nonnumeric port") from None
        port = port or self.default_port
        sys.audit("smtplib.connect", self, host, port)
        self.sock = socket.create_connection((host, port), self.timeout, source_address or self.source_address)
        self.file = None
        return self.getreply()

    def close(self):
        """Close the connection."""
        file, sock = self.file, self.sock
        self.file = self.sock = None
        if file:
            file.close()
        if sock:
            sock.close()

    def quit(self):
        """Say goodbye and close."""
        answer = self.docmd("quit")
        self._forget()
        self.close()
        return answer

    # ---- Commands ----

    def send(self, s):
        """Send bytes or str."""
        self._debug("send:", repr(s))
        if not self.sock:
            raise SMTPServerDisconnected("please run connect() first")
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        sys.audit("smtplib.send", self, data)
        try:
            self.sock.sendall(data)
        except OSError:
            self.close()
            raise SMTPServerDisconnected("Server not connected") from None

    def putcmd(self, cmd, args=""):
        """Send a command."""
        line = f"{cmd} {args}" if args else cmd
        if "\r" in line or "\n" in line:
            shown = line.replace("\n", "\\n").replace("\r", "\\r")
            raise ValueError(f"command and arguments contain prohibited newline characters: {shown}")
        self.send(line + CRLF)

    def getreply(self):
        """(code, message) of an answer; the message is bytes, its lines with LF between."""
        lines = []
        if self.file is None:
            self.file = self.sock.makefile("rb")
        while True:
            try:
                line = self.file.readline(_MAXLINE + 1)
            except OSError as e:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed: " + str(e)) from None
            if not line:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed")
            self._debug("reply:", repr(line))
            if len(line) > _MAXLINE:
                self.close()
                raise SMTPResponseException(500, "Line too long.")
            lines.append(line[4:].strip(b" \t\r\n"))
            try:
                code = int(line[:3])
            except ValueError:
                code = -1
                break
            if line[3:4] != b"-":
                break
        return code, b"\n".join(lines)

    def docmd(self, cmd, args=""):
        """Send a command; (code, message) of the answer."""
        self.putcmd(cmd, args)
        return self.getreply()

    def helo(self, name=""):
        """Greet the server."""
        message = self.docmd("helo", name or self.local_hostname)
        self.helo_resp = message[1]
        return message

    def ehlo(self, name=""):
        """Greet the server and learn what it can do: esmtp_features."""
        self.esmtp_features = {}
        code, message = self.docmd("ehlo", name or self.local_hostname)
        if code == -1 and not message:
            self.close()
            raise SMTPServerDisconnected("Server not connected")
        self.ehlo_resp = message
        if code == 250:
            self.does_esmtp = True
            for line in message.decode("latin-1").split("\n")[1:]:
                found = re.match(r"(?:auth=|([A-Za-z0-9][A-Za-z0-9\-]*) ?)", line, re.I)
                if found:
                    name = (found[1] or "auth").lower()
                    value = line[found.end():].strip()
                    self.esmtp_features[name] = (self.esmtp_features.get(name, "") + " " + value) if name == "auth" else value
        return code, message

    def has_extn(self, opt):
        """Whether the server can do this."""
        return opt.lower() in self.esmtp_features

    def ehlo_or_helo_if_needed(self):
        """Greet the server, unless that has been done."""
        if self.helo_resp is None and self.ehlo_resp is None and not 200 <= self.ehlo()[0] <= 299:
            code, message = self.helo()
            if not 200 <= code <= 299:
                raise SMTPHeloError(code, message)

    def noop(self):
        """Do nothing."""
        return self.docmd("noop")

    def rset(self):
        """Forget the message that was begun."""
        self.command_encoding = "ascii"
        return self.docmd("rset")

    def verify(self, address):
        """Ask whether there is such an address."""
        return self.docmd("vrfy", _plain_address(address))

    vrfy = verify

    def mail(self, sender, options=()):
        """Begin a message from this address."""
        words = list(options) if self.does_esmtp else []
        if any(word.lower() == "smtputf8" for word in words):
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError("SMTPUTF8 not supported by server")
            self.command_encoding = "utf-8"
        return self.docmd("mail", " ".join([f"FROM:{quoteaddr(sender)}", *words]))

    def rcpt(self, recip, options=()):
        """The message goes to this address, and to others told of before."""
        words = list(options) if self.does_esmtp else []
        return self.docmd("rcpt", " ".join([f"TO:{quoteaddr(recip)}", *words]))

    def data(self, msg):
        """Send the message itself, str (ASCII) or bytes."""
        code, answer = self.docmd("data")
        if code != 354:
            raise SMTPDataError(code, answer)
        body = _quote_bytes(msg.encode("ascii") if isinstance(msg, str) else msg)
        self.send(body + (b"" if body.endswith(bCRLF) else bCRLF) + b"." + bCRLF)
        return self.getreply()

    # ---- Whole jobs ----

    def login(self, user, password, *, initial_response_ok=True):
        """Tell who we are: by CRAM-MD5, PLAIN or LOGIN."""
        import base64
        import hmac
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("auth"):
            raise SMTPNotSupportedError("SMTP AUTH extension not supported by server.")

        def encode(text):
            return base64.b64encode(text.encode("utf-8")).decode("ascii")

        offered = self.esmtp_features["auth"].upper().split()
        answer = None
        for kind in ("CRAM-MD5", "PLAIN", "LOGIN"):
            if kind not in offered:
                continue
            if kind == "PLAIN":
                answer = self.docmd("AUTH", "PLAIN " + encode(f"\0{user}\0{password}"))
            else:
                answer = self.docmd("AUTH", kind)
                if answer[0] == 334 and kind == "LOGIN":
                    answer = self.docmd(encode(user))
                    if answer[0] == 334:
                        answer = self.docmd(encode(password))
                elif answer[0] == 334:
                    digest = hmac.new(password.encode(), base64.b64decode(answer[1]), "md5").hexdigest()
                    answer = self.docmd(encode(f"{user} {digest}"))
            if answer[0] in (235, 503):
                return answer
        if answer is None:
            raise SMTPException("No suitable authentication method found.")
        raise SMTPAuthenticationError(*answer)

    def starttls(self, *, context=None):
        """Go on with TLS."""
        raise NotImplementedError("smtplib: starttls() needs module ssl")

    def _reset_quietly(self):
        try:
            self.rset()
        except SMTPServerDisconnected:
            pass

    def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
        """Send a message, str (ASCII) or bytes with its headers; the addresses that were refused, unless all were: SMTPRecipientsRefused."""
        self.ehlo_or_helo_if_needed()
        body = re.sub(r"\r\n|\n|\r(?!\n)", CRLF, msg).encode("ascii") if isinstance(msg, str) else msg
        options = []
        if self.does_esmtp:
            if self.has_extn("size"):
                options.append(f"size={len(body)}")
            options += mail_options
        code, answer = self.mail(from_addr, options)
        if code != 250:
            self.close() if code == 421 else self._reset_quietly()
            raise SMTPSenderRefused(code, answer, from_addr)
        refused = {}
        to_addrs = [to_addrs] if isinstance(to_addrs, str) else to_addrs
        for address in to_addrs:
            code, answer = self.rcpt(address, rcpt_options)
            if code not in (250, 251):
                refused[address] = code, answer
            if code == 421:
                self.close()
                raise SMTPRecipientsRefused(refused)
        if len(refused) == len(to_addrs):
            self._reset_quietly()
            raise SMTPRecipientsRefused(refused)
        code, answer = self.data(body)
        if code != 250:
            self.close() if code == 421 else self._reset_quietly()
            raise SMTPDataError(code, answer)
        return refused

    def send_message(self, msg, from_addr=None, to_addrs=None, mail_options=(), rcpt_options=()):
        """Send an email.message.Message: from Sender or From, to To, Cc and Bcc; Bcc itself is not sent."""
        import copy
        if from_addr is None:
            from_addr = _plain_address(str(msg["Sender"] if "Sender" in msg else msg["From"]))
        if to_addrs is None:
            fields = [str(value) for name in ("To", "Cc", "Bcc") for value in msg.get_all(name, ())]
            to_addrs = [_plain_address(address.strip()) for field in fields for address in field.split(",") if address.strip()]
        sent = copy.copy(msg)
        del sent["Bcc"]
        body = _to_lines(sent.as_bytes())
        if any(not address.isascii() for address in (from_addr, *to_addrs)):
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError("One or more source or delivery addresses require internationalized email support, but the "
                                            "server does not advertise the required SMTPUTF8 capability")
            mail_options = [*mail_options, "SMTPUTF8", "BODY=8BITMIME"]
        return self.sendmail(from_addr, to_addrs, body, mail_options, rcpt_options)


def _to_lines(data):
    return re.sub(rb"\r\n|\n|\r(?!\n)", bCRLF, data)


class SMTP_SSL(SMTP):
    """A connection with TLS from its beginning."""

    default_port = SMTP_SSL_PORT

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("smtplib: SMTP_SSL needs module ssl")
