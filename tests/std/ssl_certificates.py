# needs: ssl
"""Module ssl: which certificates are refused, and what is said; what certificates say."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import socket
import ssl
from pair import client, path, server, talk, text, told


def refused(what, serving, calling, host="localhost"):
    _, error = talk(serving, calling, host, lambda tls: tls.recv(1), lambda tls: tls.sendall(b"x"))
    print(f"{what}: {text(error) if error else 'accepted'}")
    if isinstance(error, ssl.SSLError):
        print("   ", error.errno, error.library, error.reason, getattr(error, "verify_code", "-"), getattr(error, "verify_message", "-"))


print("-- refused")
refused("good", server(), client())
refused("good, by a wildcard", server(), client(), "a.krait.test")
refused("good, by its address", server(), client(), "127.0.0.1")
refused("good, by its address of IPv6", server(), client(), "::1")
refused("expired", server("expired"), client())
refused("not yet valid", server("early"), client())
refused("wrong host", server("other"), client())
refused("wrong host, two levels", server(), client(), "a.b.krait.test")
refused("wrong address", server(), client(), "127.0.0.2")
refused("wrong address of IPv6", server(), client(), "::2")
refused("self-signed", server("alone"), client())
refused("unknown authority", server("unknown"), client())
refused("wrong use", server("wrong_use"), client())
told(server, "weak")
weak = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
weak.set_ciphers("ALL:@SECLEVEL=0")
weak.load_cert_chain(path("weak.pem"))
refused("weak key", weak, client())
nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
refused("nothing is trusted", server(), nobody)
import warnings
warnings.simplefilter("ignore")
for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
    old = server()
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, version
    old.set_ciphers("ALL:@SECLEVEL=0")
    seen, error = talk(old, client(), "localhost", lambda tls: tls.version())
    print(version.name, "|", getattr(error, "reason", error), "|", getattr(seen, "reason", seen))

print("-- a chain that must be complete")
strict = client()
strict.verify_flags |= ssl.VERIFY_X509_STRICT
refused("strict", server(), strict)
alone = client("alone")
refused("trusted though self-signed", server("alone"), alone)

print("-- on purpose")
none = client()
none.check_hostname = False
refused("any name", server("other"), none)
none.verify_mode = ssl.CERT_NONE
refused("anybody", server("expired"), none)

print("-- clients")
asks = server()
asks.verify_mode = ssl.CERT_REQUIRED
asks.load_verify_locations(path("authority.pem"))
with_certificate = client()
with_certificate.load_cert_chain(path("client.pem"))
names = talk(asks, with_certificate, at_server=lambda tls: (tls.sendall(b"x"), tls.getpeercert()["subject"])[1], at_client=lambda tls: tls.recv(1))
print(names)
seen, error = talk(asks, client(), at_server=lambda tls: tls.recv(1), at_client=lambda tls: tls.recv(1))
print(text(seen), "|", getattr(error, "reason", error))
stranger = client()
stranger.load_cert_chain(path("unknown.pem"))
seen, error = talk(asks, stranger, at_server=lambda tls: tls.recv(1), at_client=lambda tls: tls.recv(1))
print(text(seen), "|", getattr(error, "reason", error))
asks.verify_mode = ssl.CERT_OPTIONAL
print(talk(asks, client(), at_server=lambda tls: (tls.sendall(b"x"), tls.getpeercert())[1], at_client=lambda tls: tls.recv(1)))

print("-- what they say")
for name in ("server", "authority", "alone", "client"):
    said = ssl._ssl._test_decode_cert(path(name + ".pem"))
    print(name, {key: value for key, value in said.items() if key != "notBefore" or name != "alone"} if name != "alone" else sorted(said))


def look(tls):
    chain = tls._sslobj.get_verified_chain()
    one = chain[0]
    der = one.public_bytes(ssl._ssl.ENCODING_DER)
    pem = one.public_bytes()
    print(chain, len(tls._sslobj.get_unverified_chain()))
    print(der == tls.getpeercert(True) == ssl.PEM_cert_to_DER_cert(pem), one.get_info() == tls.getpeercert())
    print(one == chain[0], one != chain[1], hash(one) == hash(chain[0]), len({*chain, *tls._sslobj.get_unverified_chain()}))
    print(len(tls.get_verified_chain()), tls.get_unverified_chain()[0] == der)


_, error = talk(server(), client(), at_client=look)
print(error)
told(ssl.PEM_cert_to_DER_cert, "x")
told(ssl.PEM_cert_to_DER_cert, ssl.PEM_HEADER + "x")
told(ssl._ssl._test_decode_cert, path("server_locked.key"))
told(ssl._ssl._test_decode_cert, path("nothing.pem"))
for time in ("Jan  5 09:34:43 2018 GMT", "JAN 05 09:34:60 2018 gmt", "Dec 31 23:59:59 9999 GMT", "Feb 29 00:00:00 2020 GMT"):
    print(ssl.cert_time_to_seconds(time))
for time in ("Jan  5 09:34 2018 GMT", "Jan 35 09:34:43 2018 GMT", "Jon  5 09:34:43 2018 GMT", "", "Jan  5 09:34:43 2018 UTC"):
    try:
        print("no error", ssl.cert_time_to_seconds(time))
    except ValueError:
        print("ValueError", repr(time))
