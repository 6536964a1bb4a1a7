"""TLS over sockets (SSLContext.wrap_socket) and memory (SSLContext.wrap_bio), with the OpenSSL 3 of the system.

    context = ssl.create_default_context()
    with socket.create_connection((host, 443)) as sock:
        with context.wrap_socket(sock, server_hostname=host) as tls:
            tls.sendall(b"...")

A server's certificate is verified, and must be for server_hostname, unless the program says otherwise."""

import _socket
import _ssl
import errno
import os
import sys
from _ssl import (HAS_ALPN, HAS_ECDH, HAS_NPN, HAS_PSK, HAS_SNI, HAS_SSLv2, HAS_SSLv3, HAS_TLSv1, HAS_TLSv1_1, HAS_TLSv1_2, HAS_TLSv1_3,
                  OPENSSL_VERSION, OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER, _DEFAULT_CIPHERS, _OPENSSL_API_VERSION, _SSLContext,
                  MemoryBIO, RAND_add, RAND_bytes, RAND_status, SSLCertVerificationError, SSLEOFError, SSLError, SSLSession,
                  SSLSyscallError, SSLWantReadError, SSLWantWriteError, SSLZeroReturnError)
from _ssl import nid2obj as _nid2obj, txt2obj as _txt2obj
from collections import namedtuple
from enum import Enum, IntEnum, IntFlag
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, _GLOBAL_DEFAULT_TIMEOUT, create_connection, socket

socket_error = OSError  # older programs want these
CertificateError = SSLCertVerificationError
CHANNEL_BINDING_TYPES = ["tls-unique"]
HAS_NEVER_CHECK_COMMON_NAME = True
_RESTRICTED_SERVER_CIPHERS = _DEFAULT_CIPHERS

# ---- Numbers -----------------------------------------------------------------------------------------------------------------------------


def _enum(name, prefix, kind, skip=()):
    """The constants of _ssl that begin with prefix, as an enum; its members are the module's names."""
    found = {n: getattr(_ssl, n) for n in dir(_ssl) if n.startswith(prefix) and n not in skip}
    made = kind(name, sorted(found.items(), key=lambda item: (item[1], item[0])), module=__name__)
    globals().update(made.__members__)
    return made


_SSLMethod = _enum("_SSLMethod", "PROTOCOL_", IntEnum, ("PROTOCOL_SSLv23",))
Options = _enum("Options", "OP_", IntFlag)
AlertDescription = _enum("AlertDescription", "ALERT_DESCRIPTION_", IntEnum)
SSLErrorNumber = _enum("SSLErrorNumber", "SSL_ERROR_", IntEnum)
VerifyFlags = _enum("VerifyFlags", "VERIFY_", IntFlag)
VerifyMode = _enum("VerifyMode", "CERT_", IntEnum)
PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_TLS
_PROTOCOL_NAMES = {value: name for name, value in _SSLMethod.__members__.items()}
_SSLv2_IF_EXISTS = None


def _numbers(name, doc, text):
    """An enum of names with their numbers in text."""
    words = iter(text.split())
    made = IntEnum(name, [(member, int(next(words), 0)) for member in words], module=__name__)
    made.__doc__ = doc
    return made


TLSVersion = _numbers("TLSVersion", "Versions of TLS; MINIMUM_SUPPORTED and MAXIMUM_SUPPORTED are what there is.",
                      "MINIMUM_SUPPORTED -2 SSLv3 768 TLSv1 769 TLSv1_1 770 TLSv1_2 771 TLSv1_3 772 MAXIMUM_SUPPORTED -1")
_TLSContentType = _numbers("_TLSContentType", "What records hold (RFC 8446, B.1).",
                           "CHANGE_CIPHER_SPEC 20 ALERT 21 HANDSHAKE 22 APPLICATION_DATA 23 HEADER 0x100 INNER_CONTENT_TYPE 0x101")
_TLSAlertType = _numbers("_TLSAlertType", "What alerts say (RFC 8446, B.2).", """
    CLOSE_NOTIFY 0 UNEXPECTED_MESSAGE 10 BAD_RECORD_MAC 20 DECRYPTION_FAILED 21 RECORD_OVERFLOW 22 DECOMPRESSION_FAILURE 30
    HANDSHAKE_FAILURE 40 NO_CERTIFICATE 41 BAD_CERTIFICATE 42 UNSUPPORTED_CERTIFICATE 43 CERTIFICATE_REVOKED 44 CERTIFICATE_EXPIRED 45
    CERTIFICATE_UNKNOWN 46 ILLEGAL_PARAMETER 47 UNKNOWN_CA 48 ACCESS_DENIED 49 DECODE_ERROR 50 DECRYPT_ERROR 51 EXPORT_RESTRICTION 60
    PROTOCOL_VERSION 70 INSUFFICIENT_SECURITY 71 INTERNAL_ERROR 80 INAPPROPRIATE_FALLBACK 86 USER_CANCELED 90 NO_RENEGOTIATION 100
    MISSING_EXTENSION 109 UNSUPPORTED_EXTENSION 110 CERTIFICATE_UNOBTAINABLE 111 UNRECOGNIZED_NAME 112 BAD_CERTIFICATE_STATUS_RESPONSE 113
    BAD_CERTIFICATE_HASH_VALUE 114 UNKNOWN_PSK_IDENTITY 115 CERTIFICATE_REQUIRED 116 NO_APPLICATION_PROTOCOL 120""")
_TLSMessageType = _numbers("_TLSMessageType", "Messages of the handshake (RFC 8446, B.3).", """
    HELLO_REQUEST 0 CLIENT_HELLO 1 SERVER_HELLO 2 HELLO_VERIFY_REQUEST 3 NEWSESSION_TICKET 4 END_OF_EARLY_DATA 5 HELLO_RETRY_REQUEST 6
    ENCRYPTED_EXTENSIONS 8 CERTIFICATE 11 SERVER_KEY_EXCHANGE 12 CERTIFICATE_REQUEST 13 SERVER_DONE 14 CERTIFICATE_VERIFY 15
    CLIENT_KEY_EXCHANGE 16 FINISHED 20 CERTIFICATE_URL 21 CERTIFICATE_STATUS 22 SUPPLEMENTAL_DATA 23 KEY_UPDATE 24 NEXT_PROTO 67
    MESSAGE_HASH 254 CHANGE_CIPHER_SPEC 0x101""")


class _ASN1Object(namedtuple("_ASN1Object", "nid shortname longname oid")):
    """An object with an OID."""

    __slots__ = ()

    def __new__(cls, oid):
        return super().__new__(cls, *_txt2obj(oid, name=False))

    @classmethod
    def fromnid(cls, nid):
        """The object with OpenSSL's number nid."""
        return super().__new__(cls, *_nid2obj(nid))

    @classmethod
    def fromname(cls, name):
        """The object with a short name, a long name or an OID."""
        return super().__new__(cls, *_txt2obj(name, name=True))


class Purpose(_ASN1Object, Enum):
    """What a context is for: to know servers, or clients."""

    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"


# ---- Contexts ----------------------------------------------------------------------------------------------------------------------------

def _as(name, kind, doc):
    """The attribute of _SSLContext of that name, read as a member of kind."""
    plain = getattr(_SSLContext, name)

    def fget(self):
        return kind(plain.__get__(self))

    def fset(self, value):
        plain.__set__(self, value)
    return property(fget, fset, None, doc)


class SSLContext(_SSLContext):
    """What connections have in common: certificates, keys, how the other side is verified.

    protocol: PROTOCOL_TLS_CLIENT (certificates and names of servers are checked) or PROTOCOL_TLS_SERVER."""

    sslsocket_class = sslobject_class = None  # classes of what wrap_socket() and wrap_bio() return

    def __new__(cls, protocol=None, *args, **kwargs):
        if protocol is None:
            _warn("ssl.SSLContext() without protocol argument is deprecated.", DeprecationWarning, 3)
            protocol = PROTOCOL_TLS
        return super().__new__(cls, protocol)

    def _encode_hostname(self, hostname):
        if hostname is None:
            return None
        return str(hostname.encode("idna") if isinstance(hostname, str) else hostname, "ascii")

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None,
                    session=None):
        """Return an SSLSocket that has taken the connection of a socket.

        suppress_ragged_eofs: the end of a connection that does not say goodbye reads as b""; otherwise SSLEOFError."""
        return self.sslsocket_class._create(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, self, session)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """Return an SSLObject that reads from one MemoryBIO and writes to another."""
        host = self._encode_hostname(server_hostname)
        return self.sslobject_class._create(incoming, outgoing, server_side, host, session, self)

    def set_npn_protocols(self, npn_protocols):
        """Nothing: NPN was replaced by ALPN."""
        _warn("ssl NPN is deprecated, use ALPN instead", DeprecationWarning, 3)

    def set_alpn_protocols(self, alpn_protocols):
        """Set the protocols that may be agreed on, the most wanted first: texts."""
        names = [bytes(name, "ascii") for name in alpn_protocols]
        if not all(0 < len(name) < 256 for name in names):
            raise SSLError("ALPN protocols must be 1 to 255 in length")
        self._set_alpn_protocols(b"".join(bytes([len(name)]) + name for name in names))

    def set_servername_callback(self, server_name_callback):
        """Call server_name_callback(connection, name, context) when a client says which server it wants; None: nothing."""
        self.sni_callback = server_name_callback

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Trust the certificates that the system trusts: those of the environment (SSL_CERT_FILE, SSL_CERT_DIR), then those of OpenSSL's
        own folder, then those of Debian, Alpine, OpenWrt and Fedora."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        self.set_default_verify_paths()
        found = get_default_verify_paths()
        said = found.openssl_cafile_env in os.environ or found.openssl_capath_env in os.environ
        if not (said or found.cafile or found.capath and _has_hashes(found.capath)):
            bundle = next(filter(os.path.isfile, _BUNDLES), None)
            if bundle:
                self.load_verify_locations(bundle)

    options = _as("options", Options, "Bits: OP_...")
    verify_flags = _as("verify_flags", VerifyFlags, "How certificates are verified. Bits: VERIFY_...")
    verify_mode = _as("verify_mode", VerifyMode, "CERT_NONE, CERT_OPTIONAL (of clients: if they have one) or CERT_REQUIRED.")
    minimum_version = _as("minimum_version", TLSVersion, "The lowest version of TLS that is spoken.")
    maximum_version = _as("maximum_version", TLSVersion, "The highest version of TLS that is spoken.")
    protocol = property(lambda self: _SSLMethod(super(SSLContext, self).protocol), None, None, "PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, ...")

    @property
    def hostname_checks_common_name(self):
        """May the name of a server stand in the subject's common name, where there is no subjectAltName?"""
        return not self._host_flags & _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @hostname_checks_common_name.setter
    def hostname_checks_common_name(self, value):
        never = _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT
        self._host_flags = self._host_flags & ~never if value else self._host_flags | never

    @property
    def _msg_callback(self):
        """A function that sees all messages: (connection, "read" or "write", version, content type, message type, data)."""
        seen = super()._msg_callback
        return getattr(seen, "user_function", seen)

    @_msg_callback.setter
    def _msg_callback(self, callback):
        plain = _SSLContext._msg_callback
        if callback is None:
            plain.__set__(self, None)
            return
        if not callable(callback):
            raise TypeError(f"{callback} is not callable.")

        def seen(connection, direction, version, content, message, data):
            version, content = _member(TLSVersion, version), _member(_TLSContentType, content)
            kinds = {_TLSContentType.HEADER: _TLSContentType, _TLSContentType.ALERT: _TLSAlertType}
            callback(connection, direction, version, content, _member(kinds.get(content, _TLSMessageType), message), data)
        seen.user_function = callback
        plain.__set__(self, seen)


def _member(kind, value):
    try:
        return kind(value)
    except ValueError:
        return value


def _warn(text, category, level):
    import warnings
    warnings.warn(text, category, level + 1)


_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem")

DefaultVerifyPaths = namedtuple("DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath")


def _has_hashes(folder):
    """Can OpenSSL find certificates in a folder? They are named for the hash of their subject."""
    try:
        with os.scandir(folder) as entries:
            return any(len(entry.name) > 9 and entry.name[8] == "." and entry.name[9:].isdecimal() for entry in entries)
    except OSError:
        return False


def get_default_verify_paths():
    """Return where the system's trusted certificates are: a DefaultVerifyPaths. cafile, capath: None where there is nothing."""
    file_env, file, folder_env, folder = known = _ssl.get_default_verify_paths()
    cafile, capath = os.environ.get(file_env, file), os.environ.get(folder_env, folder)
    return DefaultVerifyPaths(cafile if os.path.isfile(cafile) else None, capath if os.path.isdir(capath) else None, *known)


def _use_key_log(context):
    """Write keys where the environment variable SSLKEYLOGFILE says."""
    path = None if sys.flags.ignore_environment else os.environ.get("SSLKEYLOGFILE")
    if path:
        context.keylog_filename = path


def _of_purpose(purpose):
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    for known, protocol in ((Purpose.SERVER_AUTH, PROTOCOL_TLS_CLIENT), (Purpose.CLIENT_AUTH, PROTOCOL_TLS_SERVER)):
        if purpose == known:
            return protocol
    raise ValueError(purpose)


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """Return a context that verifies servers (Purpose.SERVER_AUTH), or one for servers (Purpose.CLIENT_AUTH).

    cafile, capath, cadata: certificates to trust, instead of the system's."""
    context = SSLContext(_of_purpose(purpose))
    context.verify_flags |= VERIFY_X509_PARTIAL_CHAIN | VERIFY_X509_STRICT
    if not (cafile is capath is cadata is None):
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    _use_key_log(context)
    return context


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH, certfile=None,
                               keyfile=None, cafile=None, capath=None, cadata=None):
    """Return a context that verifies nothing, unless cert_reqs and check_hostname say so: whoever answers is believed."""
    wanted = _of_purpose(purpose)
    context = SSLContext(wanted if protocol is None else protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    if not (cafile is capath is cadata is None):
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    _use_key_log(context)
    return context


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context

# ---- Connections -------------------------------------------------------------------------------------------------------------------------

_QUESTIONS = {"cipher": "(name, protocol, secret bits) of the cipher, None before the handshake.",
              "shared_ciphers": "The ciphers that both sides have, on the server's side; None on the client's.",
              "compression": "The compression, or None.", "version": "'TLSv1.2', 'TLSv1.3', None before the handshake.",
              "selected_alpn_protocol": "The protocol that was agreed on (set_alpn_protocols), or None."}


def _question(name, doc):
    def method(self):
        tls = self._sslobj
        return None if tls is None else getattr(tls, name)()
    method.__name__, method.__doc__ = name, doc
    return method


class _Known:
    """What connections over sockets and over memory know of themselves. _sslobj: the connection, None: there is none (any more)."""

    __slots__ = ()

    for _name, _doc in _QUESTIONS.items():
        vars()[_name] = _question(_name, _doc)
    del _name, _doc

    def selected_npn_protocol(self):
        """None: NPN was replaced by ALPN."""
        _warn("ssl NPN is deprecated, use ALPN instead", DeprecationWarning, 2)

    def _chain(self, certificates):
        return [certificate.public_bytes(_ssl.ENCODING_DER) for certificate in certificates or ()]

    def get_verified_chain(self):
        """The certificates from the other side's to the root, as they were verified: bytes (DER)."""
        return self._chain(self._sslobj.get_verified_chain())

    def get_unverified_chain(self):
        """The certificates that the other side has sent: bytes (DER)."""
        return self._chain(self._sslobj.get_unverified_chain())


class SSLObject(_Known):
    """A TLS connection without a socket: SSLContext.wrap_bio() makes it. What cannot go on raises SSLWantReadError, or SSLWantWriteError."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not have a public constructor. Instances are returned by SSLContext.wrap_bio().")

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        self = cls.__new__(cls)
        self._sslobj = context._wrap_bio(incoming, outgoing, server_side, server_hostname, owner=self, session=session)
        return self

    def read(self, len=1024, buffer=None):
        """Return up to len bytes, b'' at the end; with a buffer, read into it and return how many."""
        return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)

    def write(self, data):
        """Send some of data; return how many bytes."""
        return self._sslobj.write(data)

    def getpeercert(self, binary_form=False):
        """The other side's certificate: a dict, {} if it was not verified, None if there is none; bytes (DER) with binary_form."""
        return self._sslobj.getpeercert(binary_form)

    def pending(self):
        """How many bytes can be read at once."""
        return self._sslobj.pending()

    def do_handshake(self):
        """Agree with the other side on keys."""
        self._sslobj.do_handshake()

    def unwrap(self):
        """End TLS."""
        return self._sslobj.shutdown()

    def get_channel_binding(self, cb_type="tls-unique"):
        """Bytes that only this connection has (RFC 5929); None before the handshake."""
        return self._sslobj.get_channel_binding(cb_type)

    def verify_client_post_handshake(self):
        """Ask the client for its certificate, in TLS 1.3."""
        return self._sslobj.verify_client_post_handshake()

    context = property(lambda self: self._sslobj.context, lambda self, value: setattr(self._sslobj, "context", value), None, "The context.")
    session = property(lambda self: self._sslobj.session, lambda self, value: setattr(self._sslobj, "session", value), None,
                       "The session, to go on with in another connection; None before the handshake.")
    session_reused = property(lambda self: self._sslobj.session_reused, None, None, "Does it go on with an earlier session?")
    server_side = property(lambda self: self._sslobj.server_side, None, None, "Is it the server's side?")
    server_hostname = property(lambda self: self._sslobj.server_hostname, None, None, "The name that was asked for, or None.")


class SSLSocket(_Known, socket):
    """A socket that speaks TLS: SSLContext.wrap_socket() makes it."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not have a public constructor. Instances are returned by SSLContext.wrap_socket().")

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None, context=None,
                session=None):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        if server_side and server_hostname:
            raise ValueError("server_hostname can only be specified in client mode")
        if server_side and session is not None:
            raise ValueError("session can only be specified in client mode")
        if context.check_hostname and not server_hostname:
            raise ValueError("check_hostname requires server_hostname")
        timeout = sock.gettimeout()
        self = cls.__new__(cls)
        socket.__init__(self, sock.family, sock.type, sock.proto, sock.fileno())
        sock.detach()
        self._context, self._session, self._sslobj = context, session, None
        self.server_side = server_side
        self.do_handshake_on_connect, self.suppress_ragged_eofs = do_handshake_on_connect, suppress_ragged_eofs
        try:
            self.server_hostname = context._encode_hostname(server_hostname)
            self._connected = self._is_connected()
            self.settimeout(timeout)
            if self._connected:
                self._begin()
                if do_handshake_on_connect:
                    if timeout == 0.0:
                        raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
                    self.do_handshake()
        except:
            self.close()
            raise
        return self

    def _is_connected(self):
        """SSLError: it was connected, and what was sent in that time would look as if it came over TLS."""
        try:
            self.getpeername()
            return True
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                raise
        blocks = self.getblocking()
        self.setblocking(False)
        try:
            left = _socket.socket.recv(self, 1)
        except OSError as error:
            if error.errno not in (errno.ENOTCONN, errno.EINVAL, errno.EAGAIN):
                raise
            left = b""
        self.setblocking(blocks)
        if left:
            failure = SSLError(errno.ENOTCONN, "Closed before TLS handshake with data in recv buffer.")
            failure.reason, failure.library = failure.args[1], None
            raise failure
        return False

    def _begin(self):
        self._sslobj = self._context._wrap_socket(self, self.server_side, self.server_hostname, owner=self, session=self._session)

    @property
    def context(self):
        """The context. A server can take another one when it knows the name that the client wants (sni_callback)."""
        return self._context

    @context.setter
    def context(self, value):
        self._context = self._sslobj.context = value

    @property
    def session(self):
        """The session, to go on with in another connection; None before the handshake."""
        return None if self._sslobj is None else self._sslobj.session

    @session.setter
    def session(self, value):
        self._session = value
        if self._sslobj is not None:
            self._sslobj.session = value

    @property
    def session_reused(self):
        """Does it go on with an earlier session? None: it is not connected."""
        return None if self._sslobj is None else self._sslobj.session_reused

    def _checkClosed(self, msg=None):
        """Nothing; for subclasses."""

    def _check_connected(self):
        if not self._connected:
            self.getpeername()  # raises

    def _tls(self):
        """The connection that TLS needs. OSError: it is not connected; ValueError: it does not speak TLS."""
        self._checkClosed()
        self._check_connected()
        if self._sslobj is None:
            raise ValueError("No SSL wrapper around " + str(self))
        return self._sslobj

    def dup(self):
        """NotImplementedError: two sockets cannot share a TLS connection."""
        raise NotImplementedError(f"Can't dup() {type(self).__name__} instances")

    # ---- Reading and writing -------------------------------------------------------------------------------------------------------------

    def read(self, len=1024, buffer=None):
        """Return up to len bytes, b'' at the end; with a buffer, read into it and return how many."""
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError("Read on closed or unwrapped SSL socket.")
        try:
            return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)
        except SSLError as error:
            if error.errno == SSL_ERROR_EOF and self.suppress_ragged_eofs:
                return b"" if buffer is None else 0
            raise

    def write(self, data):
        """Send some of data; return how many bytes."""
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError("Write on closed or unwrapped SSL socket.")
        return self._sslobj.write(data)

    def readline(self):
        """Up to and with the next newline, or the end of the connection. As MicroPython has it."""
        line = bytearray()
        while not line.endswith(b"\n") and (byte := self.recv(1)):
            line += byte
        return bytes(line)

    def _no_flags(self, flags, method):
        if flags:
            raise ValueError(f"non-zero flags not allowed in calls to {method}() on {type(self)}")

    def recv(self, buflen=1024, flags=0):
        """Return up to buflen bytes, b'' at the end."""
        if self._sslobj is None:
            return super().recv(buflen, flags)
        self._no_flags(flags, "recv")
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        """Receive into a buffer; return how many bytes."""
        if self._sslobj is None:
            return super().recv_into(buffer, nbytes or 0, flags)
        self._no_flags(flags, "recv_into")
        if not nbytes:
            if type(buffer) is memoryview:
                nbytes = buffer.nbytes or 1024
            else:
                with memoryview(buffer) as view:
                    nbytes = view.nbytes or 1024
        return self.read(nbytes, buffer)

    def send(self, data, flags=0):
        """Send some of data; return how many bytes."""
        if self._sslobj is None:
            return super().send(data, flags)
        self._no_flags(flags, "send")
        return self._sslobj.write(data)

    def sendall(self, data, flags=0):
        """Send all of data."""
        if self._sslobj is None:
            return super().sendall(data, flags)
        self._no_flags(flags, "sendall")
        with memoryview(data) as given, given.cast("B") as rest:
            sent = 0
            while sent < len(rest):
                sent += self.send(rest[sent:])

    def _datagram(name, way):
        """A method that only sockets without TLS have."""
        def method(self, *args, **kwargs):
            if self._sslobj is not None:
                raise ValueError(f"{name} not allowed on instances of {type(self)}")
            return getattr(socket, name)(self, *args, **kwargs)
        method.__name__, method.__doc__ = name, f"{way} without TLS, before the connection."
        return method

    def _message(name):
        def method(self, *args, **kwargs):
            raise NotImplementedError(f"{name} not allowed on instances of {type(self)}")
        method.__name__, method.__doc__ = name, "NotImplementedError: over TLS there are no messages."
        return method

    sendto, recvfrom, recvfrom_into = _datagram("sendto", "Send"), _datagram("recvfrom", "Receive"), _datagram("recvfrom_into", "Receive")
    sendmsg, recvmsg, recvmsg_into = _message("sendmsg"), _message("recvmsg"), _message("recvmsg_into")
    del _datagram, _message

    def pending(self):
        """How many bytes can be read at once."""
        self._checkClosed()
        return 0 if self._sslobj is None else self._sslobj.pending()

    # ---- The connection ------------------------------------------------------------------------------------------------------------------

    def getpeercert(self, binary_form=False):
        """The other side's certificate: a dict, {} if it was not verified, None if there is none; bytes (DER) with binary_form."""
        return self._tls().getpeercert(binary_form)

    def get_channel_binding(self, cb_type="tls-unique"):
        """Bytes that only this connection has (RFC 5929); None before the handshake."""
        if self._sslobj is not None:
            return self._sslobj.get_channel_binding(cb_type)
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError(f"{cb_type} channel binding type not implemented")
        return None

    def verify_client_post_handshake(self):
        """Ask the client for its certificate, in TLS 1.3."""
        if self._sslobj is None:
            raise ValueError("No SSL wrapper around " + str(self))
        return self._sslobj.verify_client_post_handshake()

    def do_handshake(self, block=False):
        """Agree with the other side on keys. block: wait, also if the socket does not."""
        self._check_connected()
        timeout = self.gettimeout()
        try:
            if timeout == 0.0 and block:
                self.settimeout(None)
            self._sslobj.do_handshake()
        finally:
            self.settimeout(timeout)

    def unwrap(self):
        """End TLS; return the socket, on which the connection goes on without."""
        if self._sslobj is None:
            raise ValueError("No SSL wrapper around " + str(self))
        tls, self._sslobj = self._sslobj, None
        try:
            return tls.shutdown()
        except BaseException:
            self._sslobj = tls
            raise

    def shutdown(self, how):
        """End the connection, without a word of TLS."""
        self._checkClosed()
        self._sslobj = None
        super().shutdown(how)

    def _real_close(self):
        self._sslobj = None
        super()._real_close()

    def _connect(self, connect, address):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._sslobj is not None:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        self._begin()
        try:
            failed = connect(self, address)
            if not failed:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
            return failed
        except OSError:
            self._sslobj = None
            raise

    def connect(self, addr):
        """Connect to an address, and begin TLS."""
        self._connect(socket.connect, addr)

    def connect_ex(self, addr):
        """As connect(), but return the errno of a failure, 0 if there is none."""
        return self._connect(socket.connect_ex, addr)

    def accept(self):
        """Wait for a connection, and begin TLS; return (an SSLSocket of it, the other end's address)."""
        connection, address = super().accept()
        return self.context.wrap_socket(connection, True, self.do_handshake_on_connect, self.suppress_ragged_eofs), address


SSLContext.sslsocket_class, SSLContext.sslobject_class = SSLSocket, SSLObject

# ---- Certificates ------------------------------------------------------------------------------------------------------------------------

PEM_HEADER, PEM_FOOTER = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def DER_cert_to_PEM_cert(der_cert_bytes):
    """Return a certificate's bytes as text."""
    from base64 import standard_b64encode
    text = str(standard_b64encode(der_cert_bytes), "ascii")
    return "\n".join([PEM_HEADER, *(text[at:at + 64] for at in range(0, len(text), 64)), PEM_FOOTER, ""])


def PEM_cert_to_DER_cert(pem_cert_string):
    """Return the bytes of a certificate that is text."""
    from base64 import decodebytes
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError(f"Invalid PEM encoding; must start with {PEM_HEADER}")
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f"Invalid PEM encoding; must end with {PEM_FOOTER}")
    return decodebytes(text[len(PEM_HEADER):-len(PEM_FOOTER)].encode("ascii", "strict"))


def cert_time_to_seconds(cert_time):
    """Return the seconds since 1970 of a time as certificates have it: "Jan  5 09:34:43 2018 GMT"."""
    from calendar import timegm
    from time import strptime
    month = "jan feb mar apr may jun jul aug sep oct nov dec ".find(cert_time[:3].lower() + " ")
    if month < 0 or month % 4 or len(cert_time) < 3:
        raise ValueError(f'time data {cert_time!r} does not match format "%b %d %H:%M:%S %Y GMT"')
    then = strptime(cert_time[3:], " %d %H:%M:%S %Y GMT")
    return timegm((then[0], month // 4 + 1, *then[2:6]))


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=_GLOBAL_DEFAULT_TIMEOUT):
    """Return the certificate of the server at (host, port), as text. It is verified only with ca_certs, a file of what to trust."""
    host, _ = addr
    context = _create_stdlib_context(ssl_version, cert_reqs=CERT_NONE if ca_certs is None else CERT_REQUIRED, cafile=ca_certs)
    with create_connection(addr, timeout=timeout) as sock, context.wrap_socket(sock, server_hostname=host) as tls:
        return DER_cert_to_PEM_cert(tls.getpeercert(True))


def get_protocol_name(protocol_code):
    """Return the name of a protocol: "PROTOCOL_TLS_CLIENT"."""
    return _PROTOCOL_NAMES.get(protocol_code, "<unknown>")


# ---- As MicroPython has it ---------------------------------------------------------------------------------------------------------------

def wrap_socket(sock, server_side=False, keyfile=None, certfile=None, cert_reqs=None, ca_certs=None, cadata=None, server_hostname=None,
                do_handshake=True, *, key=None, cert=None):
    """Return sock with TLS. A server's certificate is verified, and must be for server_hostname, unless cert_reqs=ssl.CERT_NONE says that
    nobody is to look; a warning tells of that.

    keyfile (key), certfile (cert): the own key and certificate, paths of PEM files; ca_certs, cadata: what to trust, instead of the system."""
    certfile, keyfile = certfile or cert, keyfile or key
    if server_side:
        context = create_default_context(Purpose.CLIENT_AUTH, cafile=ca_certs, cadata=cadata)
        context.verify_mode = CERT_NONE if cert_reqs is None else cert_reqs
    else:
        context = create_default_context(cafile=ca_certs, cadata=cadata)
        if cert_reqs is not None and cert_reqs != CERT_REQUIRED:
            _warn("TLS without verification: whoever answers is taken for the server", RuntimeWarning, 2)
            context.check_hostname = False
            context.verify_mode = cert_reqs
        elif not server_hostname:
            raise ValueError("TLS needs server_hostname, the name that the server's certificate is for (or cert_reqs=ssl.CERT_NONE, to believe any)")
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    return context.wrap_socket(sock, server_side, do_handshake, server_hostname=None if server_side else server_hostname)
