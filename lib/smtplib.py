"""Sends mail (SMTP, RFC 5321), over TLS too: starttls(), SMTP_SSL."""

import re
import socket
import sys

__all__ = ["SMTPException", "SMTPNotSupportedError", "SMTPServerDisconnected", "SMTPResponseException", "SMTPSenderRefused",
           "SMTPRecipientsRefused", "SMTPDataError", "SMTPConnectError", "SMTPHeloError", "SMTPAuthenticationError", "quoteaddr", "quotedata",
           "SMTP", "SMTP_SSL", "LMTP"]

SMTP_PORT, SMTP_SSL_PORT, LMTP_PORT = 25, 465, 2003
CRLF, bCRLF = "\r\n", b"\r\n"
_MAXLINE = 8192
_MAXCHALLENGE = 5 # in one authentication


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
    ehlo_msg = "ehlo"

    def __init__(self, host="", port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None):
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
            self.local_hostname = _own_name()

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
        """1: print what is sent and received to sys.stderr; 2: with the time."""
        self.debuglevel = debuglevel

    def _debug(self, *args):
        if self.debuglevel > 1:
            from datetime import datetime
            args = (datetime.now().time(), *args)
        if self.debuglevel > 0:
            print(*args, file=sys.stderr)

    # ---- Connection ----

    def _forget(self):
        self.esmtp_features, self.does_esmtp = {}, False
        self.helo_resp = self.ehlo_resp = None

    def _get_socket(self, host, port, timeout):
        """An open socket."""
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        self._debug("connect: to", (host, port), self.source_address)
        return socket.create_connection((host, port), timeout, self.source_address)

    def connect(self, host="localhost", port=0, source_address=None):
        """Open the connection; host may be 'name:port'. (code, message) of the server's greeting."""
        if source_address:
            self.source_address = source_address
        if not port and host.count(":") == 1:
            host, _, digits = host.partition(":")
            try:
                port = int(digits)
            except ValueError:
                raise OSError("nonnumeric port") from None
        port = port or self.default_port
        self._host = self._host or host
        sys.audit("smtplib.connect", self, host, port)
        self.sock = self._get_socket(host, port, self.timeout)
        return self._greeting()

    def _greeting(self):
        self.file = None
        answer = self.getreply()
        self._debug("connect:", repr(answer[1]))
        return answer

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
        message = b"\n".join(lines)
        self._debug(f"reply: retcode ({code}); Msg: {message!r}")
        return code, message

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
        code, message = self.docmd(self.ehlo_msg, name or self.local_hostname)
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

    def expn(self, address):
        """Ask who is behind an address."""
        return self.docmd("expn", _plain_address(address))

    def help(self, args=""):
        """What the server has to say about itself, or a command."""
        return self.docmd("help", args)[1]

    def mail(self, sender, options=()):
        """Begin a message from this address."""
        words = list(options) if self.does_esmtp else []
        if any(word.lower() == "smtputf8" for word in words):
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError("SMTPUTF8 not supported by server")
            self.command_encoding = "utf-8"
        return self.docmd("mail", " ".join([f"from:{quoteaddr(sender)}", *words]))

    def rcpt(self, recip, options=()):
        """The message goes to this address, and to others told of before."""
        words = list(options) if self.does_esmtp else []
        return self.docmd("rcpt", " ".join([f"to:{quoteaddr(recip)}", *words]))

    def data(self, msg):
        """Send the message itself, str (ASCII) or bytes."""
        code, answer = self.docmd("data")
        if code != 354:
            raise SMTPDataError(code, answer)
        body = _quote_bytes(msg.encode("ascii") if isinstance(msg, str) else msg)
        self.send(body + (b"" if body.endswith(bCRLF) else bCRLF) + b"." + bCRLF)
        return self.getreply()

    # ---- Whole jobs ----

    def auth(self, mechanism, authobject, *, initial_response_ok=True):
        """Authenticate: authobject(challenge) gives the answer to each challenge of the server, and without argument, the one to begin with,
        or None."""
        import base64

        def encode(text):
            return base64.b64encode(text.encode("ascii")).decode("ascii")
        first = authobject() if initial_response_ok else None
        self._challenges = 0 if first is None else 1
        answer = self.docmd("AUTH", mechanism.upper() + ("" if first is None else " " + encode(first)))
        while answer[0] == 334:
            self._challenges += 1
            answer = self.docmd(encode(authobject(base64.decodebytes(answer[1]))))
            if self._challenges > _MAXCHALLENGE:
                raise SMTPException(f"Server AUTH mechanism infinite loop. Last response: {answer!r}")
        if answer[0] in (235, 503): # done, or it was done before
            return answer
        raise SMTPAuthenticationError(*answer)

    def auth_cram_md5(self, challenge=None):
        """For auth(): CRAM-MD5 of self.user and self.password (RFC 2195)."""
        if challenge is None:
            return None
        import hmac
        return f"{self.user} {hmac.new(self.password.encode('ascii'), challenge, 'md5').hexdigest()}"

    def auth_plain(self, challenge=None):
        """For auth(): PLAIN (RFC 4616)."""
        return f"\0{self.user}\0{self.password}"

    def auth_login(self, challenge=None):
        """For auth(): LOGIN, first the user, then the password."""
        return self.user if challenge is None or self._challenges < 2 else self.password

    def login(self, user, password, *, initial_response_ok=True):
        """Tell who we are: by CRAM-MD5, PLAIN or LOGIN, the first that works."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("auth"):
            raise SMTPNotSupportedError("SMTP AUTH extension not supported by server.")
        offered = self.esmtp_features["auth"].split()
        self.user, self.password = user, password
        failure = SMTPException("No suitable authentication method found.")
        for name in ("CRAM-MD5", "PLAIN", "LOGIN"):
            if name in offered:
                try:
                    return self.auth(name, getattr(self, "auth_" + name.lower().replace("-", "_")), initial_response_ok=initial_response_ok)
                except SMTPAuthenticationError as e:
                    failure = e
        raise failure

    def starttls(self, *, context=None):
        """Go on with TLS; context: an ssl.SSLContext. Then nothing is known about the server any more (RFC 3207)."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("starttls"):
            raise SMTPNotSupportedError("STARTTLS extension not supported by server.")
        context = context or _context()
        answer = self.docmd("STARTTLS")
        if answer[0] != 220:
            raise SMTPResponseException(*answer)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.file = None
        self._forget()
        return answer

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
        """Send an email.message.Message: from Sender or From, to To, Cc and Bcc, or those with Resent-; Bcc itself is not sent."""
        import copy
        import io
        from email.generator import BytesGenerator
        from email.utils import getaddresses
        self.ehlo_or_helo_if_needed()
        resent = msg.get_all("Resent-Date") or ()
        if len(resent) > 1:
            raise ValueError("message has more than one 'Resent-' header block")
        prefix = "Resent-" if resent else ""
        if from_addr is None:
            sender = msg[prefix + "Sender"] if prefix + "Sender" in msg else msg[prefix + "From"]
            from_addr = getaddresses([sender])[0][1]
        if to_addrs is None:
            fields = [msg[prefix + name] for name in ("To", "Bcc", "Cc")]
            to_addrs = [address for _, address in getaddresses([field for field in fields if field is not None])]
        sent = copy.copy(msg)
        del sent["Bcc"], sent["Resent-Bcc"]
        out = io.BytesIO()
        if (from_addr + "".join(to_addrs)).isascii():
            generator = BytesGenerator(out)
        else:
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError("One or more source or delivery addresses require internationalized email support, but the "
                                            "server does not advertise the required SMTPUTF8 capability")
            generator = BytesGenerator(out, policy=msg.policy.clone(utf8=True))
            mail_options = (*mail_options, "SMTPUTF8", "BODY=8BITMIME")
        generator.flatten(sent, linesep="\r\n")
        return self.sendmail(from_addr, to_addrs, out.getvalue(), mail_options, rcpt_options)


def _own_name():
    """This machine's name as EHLO wants it: with a domain, or else the address in brackets."""
    name = socket.getfqdn()
    if "." in name:
        return name
    try:
        return f"[{socket.gethostbyname(socket.gethostname())}]"
    except socket.gaierror:
        return "[127.0.0.1]"


def _context():
    import ssl
    return ssl.create_default_context()


class SMTP_SSL(SMTP):
    """A connection with TLS from its beginning. context: an ssl.SSLContext; needs module ssl."""

    default_port = SMTP_SSL_PORT

    def __init__(self, host="", port=0, local_hostname=None, *, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None):
        self.context = _context() if context is None else context
        super().__init__(host, port, local_hostname, timeout, source_address)

    def _get_socket(self, host, port, timeout):
        return self.context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._host)


class LMTP(SMTP):
    """A connection to a program that delivers mail (RFC 2033); a host that begins with / is a socket of this machine."""

    ehlo_msg = "lhlo"

    def __init__(self, host="", port=LMTP_PORT, local_hostname=None, source_address=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        super().__init__(host, port, local_hostname=local_hostname, source_address=source_address, timeout=timeout)

    def connect(self, host="localhost", port=0, source_address=None):
        if host[:1] != "/":
            return super().connect(host, port, source_address=source_address)
        if self.timeout is not None and not self.timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self.timeout is not socket._GLOBAL_DEFAULT_TIMEOUT:
                self.sock.settimeout(self.timeout)
            self.sock.connect(host)
        except OSError:
            self._debug("connect fail:", host)
            self.close()
            raise
        return self._greeting()
