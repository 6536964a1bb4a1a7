# needs: ssl
"""Module ssl: contexts, their settings and errors, names of objects, random bytes, numbers."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import ssl
import warnings
from pair import client, path, server, talk, text, told

print("-- numbers")
for kind in (ssl._SSLMethod, ssl.Options, ssl.AlertDescription, ssl.SSLErrorNumber, ssl.VerifyFlags, ssl.VerifyMode, ssl.TLSVersion,
             ssl._TLSContentType, ssl._TLSAlertType, ssl._TLSMessageType):
    print(kind.__name__, [(name.replace("UNEXPECTED", "UNAWAITED"), int(value)) for name, value in kind.__members__.items()])
print([n for n in ("HAS_ALPN", "HAS_ECDH", "HAS_NPN", "HAS_PSK", "HAS_SNI", "HAS_SSLv2", "HAS_SSLv3", "HAS_TLSv1_2", "HAS_TLSv1_3") if getattr(ssl, n)])
print(ssl.PROTOCOL_TLS_CLIENT, repr(ssl.PROTOCOL_TLS_SERVER), ssl.get_protocol_name(16), ssl.get_protocol_name(99), ssl.CERT_REQUIRED)
print(ssl.OPENSSL_VERSION.startswith("OpenSSL 3."), ssl.OPENSSL_VERSION_INFO[0], ssl.OPENSSL_VERSION_NUMBER >> 28, ssl.CHANNEL_BINDING_TYPES)
print(ssl.CertificateError is ssl.SSLCertVerificationError, ssl.socket_error is OSError)
for kind in (ssl.SSLError, ssl.SSLCertVerificationError, ssl.SSLZeroReturnError, ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLSyscallError, ssl.SSLEOFError):
    error = kind(1, "text")
    print(kind.__name__, kind.__module__, [k.__name__ for k in kind.__mro__], str(error), repr(error), error.errno, error.strerror)
print(str(ssl.SSLError("only")), str(ssl.SSLError()))
print(ssl.Purpose.SERVER_AUTH.oid, ssl.Purpose.CLIENT_AUTH.shortname, ssl.Purpose.SERVER_AUTH == ssl._ASN1Object("1.3.6.1.5.5.7.3.1"))
told(ssl._ASN1Object.fromname, "serverAuth")
told(ssl._ASN1Object.fromnid, 129)
told(ssl._ASN1Object, "serverAuth")
told(ssl._ASN1Object.fromname, "nothing")
told(ssl._ASN1Object.fromnid, -1)
told(ssl._ASN1Object.fromnid, 100000)

print("-- random")
print(len(ssl.RAND_bytes(10)), ssl.RAND_bytes(0), ssl.RAND_bytes(8) != ssl.RAND_bytes(8), ssl.RAND_status())
told(ssl.RAND_bytes, -1)
told(ssl.RAND_bytes, "a")
told(ssl.RAND_add, b"seed", 0.5)
told(ssl.RAND_add, 3, 0.5)

print("-- making")
c, s = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
for x in (c, s):
    print(x.protocol, x.verify_mode, x.check_hostname, repr(x.options), repr(x.verify_flags), repr(x.minimum_version), repr(x.maximum_version), x.num_tickets,
          x.post_handshake_auth, x.sni_callback, x.keylog_filename, x.hostname_checks_common_name, x.security_level)
default = ssl.create_default_context(cafile=path("authority.pem"))
print(default.verify_flags, default.verify_mode, default.check_hostname, default.protocol)
print(ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).verify_mode, ssl._create_unverified_context().verify_mode, ssl._create_unverified_context().check_hostname)
told(ssl.create_default_context, 3)
told(ssl._create_unverified_context, keyfile="x")
told(ssl.SSLContext, 42)
told(ssl.SSLContext, "x")
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    ssl.SSLContext()
    ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    c.options |= ssl.OP_NO_TLSv1_1
    s.minimum_version = ssl.TLSVersion.TLSv1
print([(w.category.__name__, str(w.message)) for w in seen])

print("-- settings")
def sets(x, name, value):
    try:
        setattr(x, name, value)
        print(name, repr(getattr(x, name)))
    except Exception as error:
        print(name, text(error))
for name, value in (("verify_mode", 0), ("verify_mode", 42), ("verify_mode", None), ("check_hostname", False), ("verify_mode", 0), ("check_hostname", True),
                    ("verify_flags", ssl.VERIFY_CRL_CHECK_LEAF), ("verify_flags", None), ("options", -1), ("options", "a"), ("options", 0),
                    ("minimum_version", ssl.TLSVersion.TLSv1_3), ("minimum_version", 42), ("minimum_version", ssl.TLSVersion.MINIMUM_SUPPORTED),
                    ("maximum_version", ssl.TLSVersion.TLSv1_2), ("maximum_version", ssl.TLSVersion.MAXIMUM_SUPPORTED), ("maximum_version", "a"),
                    ("num_tickets", 1), ("sni_callback", None), ("post_handshake_auth", True), ("hostname_checks_common_name", False),
                    ("_msg_callback", 3), ("keylog_filename", 3), ("keylog_filename", "/"), ("protocol", 3)):
    sets(c, name, value)
for name, value in (("num_tickets", 0), ("num_tickets", -1), ("num_tickets", None), ("sni_callback", 3), ("sni_callback", print), ("sni_callback", None)):
    sets(s, name, value)
told(s.set_ciphers, "nothing at all")
told(s.set_ciphers, 3)
told(s.set_ciphers, "AES128")
print([x["name"] for x in s.get_ciphers()][:4], sorted(s.get_ciphers()[0].items(), key=str))
told(s.set_ecdh_curve, "prime256v1")
told(s.set_ecdh_curve, b"secp384r1")
told(s.set_ecdh_curve, "nothing")
told(s.set_alpn_protocols, ["h2", "http/1.1"])
told(s.set_alpn_protocols, ["a" * 256])
told(s.set_alpn_protocols, [""])
told(s.load_dh_params, path("server.pem"))
told(s.load_dh_params, "nothing.pem")
told(c.set_psk_server_callback, print)
told(s.set_psk_client_callback, print)
told(s.set_psk_server_callback, 3)
told(s.set_psk_server_callback, lambda identity: b"", "hint")
told(s.set_psk_server_callback, None)
print(s.session_stats())

print("-- keys and certificates")
told(s.load_cert_chain, path("server.pem"))
told(s.load_cert_chain, path("server.crt"), path("server.pem"))
told(s.load_cert_chain, path("server.crt").encode(), keyfile=path("server_locked.key"), password="secret")
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), lambda: b"secret")
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), bytearray(b"secret"))
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), "wrong")
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), lambda: 9)
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), lambda: 1 / 0)
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), "a" * 2000)
told(s.load_cert_chain, path("server.crt"), path("server_locked.key"), True)
told(s.load_cert_chain, path("server.crt"), path("client.pem"))
told(s.load_cert_chain, path("server.crt"))
told(s.load_cert_chain, "nothing.pem")
told(s.load_cert_chain, 3)
told(s.load_cert_chain, path("server.pem"), 3)
told(s.load_cert_chain, path("make.sh"))
print(c.cert_store_stats(), c.get_ca_certs())
told(c.load_verify_locations)
told(c.load_verify_locations, 3)
told(c.load_verify_locations, "nothing.pem")
told(c.load_verify_locations, path("make.sh"))
told(c.load_verify_locations, capath=3)
told(c.load_verify_locations, cadata=3)
told(c.load_verify_locations, cadata="x")
told(c.load_verify_locations, cadata="\xe4")
told(c.load_verify_locations, cadata=b"x")
told(c.load_verify_locations, cadata="")
told(c.load_verify_locations, path("authority.pem"))
with open(path("stranger.pem")) as file:
    pem = file.read()
told(c.load_verify_locations, cadata=pem + "between\n" + pem)
told(c.load_verify_locations, cadata=ssl.PEM_cert_to_DER_cert(pem))
told(c.load_verify_locations, path("alone.pem"))
print(c.cert_store_stats(), len(c.get_ca_certs(True)), c.get_ca_certs()[0]["subject"])
told(c.load_default_certs, 3)
print(len(ssl.get_default_verify_paths()), ssl.get_default_verify_paths().openssl_cafile_env)
os.environ["SSL_CERT_FILE"] = path("authority.pem")
trusts = ssl.create_default_context()
print(trusts.cert_store_stats()["x509_ca"] >= 1, ssl.get_default_verify_paths().cafile == path("authority.pem"))
print(talk(server(), trusts, at_client=lambda tls: tls.version()))

print("-- connections that cannot be")
bio = ssl.MemoryBIO
told(c.wrap_bio, bio(), bio(), server_side=True)
told(s.wrap_bio, bio(), bio())
told(c.wrap_bio, bio(), bio(), server_hostname="")
told(c.wrap_bio, bio(), bio(), server_hostname="a\0b")
told(c.wrap_bio, 1, 2)
told(c.wrap_bio, bio(), bio(), session=3)
told(ssl.SSLSocket)
told(ssl.SSLObject)
