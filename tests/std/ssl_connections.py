# needs: ssl
"""Module ssl: connections over sockets and memory: reading, writing, timeouts, names, protocols, sessions, keys, threads, the end."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import select
import socket
import ssl
import tempfile
import threading
import warnings
from pair import client, path, server, talk, text, told

warnings.simplefilter("ignore")


def echo(tls):
    while data := tls.recv(4096):
        tls.sendall(data)


def memory(serving, calling, host="localhost", **options):
    """Two ends in memory, after the handshake, and what carries bytes between them."""
    ci, co, si, so = (ssl.MemoryBIO() for _ in range(4))
    ends = calling.wrap_bio(ci, co, server_hostname=host, **options), serving.wrap_bio(si, so, server_side=True)

    def carry():
        si.write(co.read())
        ci.write(so.read())
    for _ in range(3):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            carry()
    return *ends, carry, (ci, co, si, so)


print("-- sockets")
def uses(tls):
    print(type(tls).__name__, tls.version(), tls.cipher(), tls.server_side, tls.server_hostname, tls.compression(), tls.selected_alpn_protocol(),
          tls.pending(), tls.shared_ciphers(), tls.session_reused, len(tls.get_channel_binding()))
    tls.sendall(b"hello" * 3)
    print(tls.recv(5), tls.pending(), tls.read(100))
    buffer = bytearray(8)
    tls.sendall(memoryview(b"into it"))
    print(tls.recv_into(buffer), buffer, tls.write(b"x" * 70000))
    got = 0
    while got < 70000:
        got += len(tls.recv(70000))
    print(got, tls.send(b""), tls.recv(0))
    with tls.makefile("rwb") as file:
        file.write(b"a line\nanother\n")
        file.flush()
        print(file.readline(), file.readline())
    with tempfile.TemporaryFile() as file:
        file.write(bytes(range(200)) * 100)
        file.flush()
        sent, got = tls.sendfile(file, 50, 15000), b""
        while len(got) < 15000:
            got += tls.recv(15000)
        print(sent, got == (bytes(range(200)) * 100)[50:15050], file.tell())
    for call in ("send", "recv", "sendall", "recv_into"):
        told(getattr(tls, call), {"recv": 1, "recv_into": bytearray(1)}.get(call, b"x"), flags=1)
    for call, *given in (("sendto", b"x", 1), ("recvfrom", 1), ("recvfrom_into", bytearray(1)), ("sendmsg", [b""]), ("recvmsg", 1), ("recvmsg_into", []), ("dup",)):
        told(getattr(tls, call), *given)
    told(tls.write, "text")
    told(tls.read, -1)
    told(tls.get_channel_binding, "other")
    told(tls.connect, "x")
    tls.settimeout(0.05)
    told(tls.recv, 1)
    tls.setblocking(False)
    told(tls.recv, 1)
    tls.settimeout(10)
    plain = tls.unwrap()
    print(plain is tls, tls.version(), tls.cipher())
    told(tls.read)
    told(tls.write, b"x")
    told(tls.unwrap)


def serves(tls):
    echo(tls)
    tls.unwrap()


print(talk(server(), client(), at_server=serves, at_client=uses))
TLS12 = server()
TLS12.maximum_version = ssl.TLSVersion.TLSv1_2
bindings = talk(TLS12, client(), at_server=lambda tls: (tls.get_channel_binding(), tls.sendall(b"x")), at_client=lambda tls: (tls.get_channel_binding(), tls.recv(1)))
print(bindings[0][0] == bindings[1][0], len(bindings[0][0]))
print(talk(TLS12, client(), at_client=lambda tls: (tls.version(), tls.cipher()[0], tls.cipher()[1:])))
told(client().wrap_socket, socket.socket())
told(client().wrap_socket, socket.socket(type=socket.SOCK_DGRAM), server_hostname="x")
told(server().wrap_socket, socket.socket(), True, server_hostname="x")
told(client().wrap_socket, socket.socket(), server_hostname="a..b")
late, silent = socket.socketpair()
late.settimeout(0.05)
told(client().wrap_socket, late, server_hostname="localhost")
late, silent = socket.socketpair()
late.setblocking(False)
told(client().wrap_socket, late, server_hostname="localhost")
late, silent = socket.socketpair()
silent.sendall(b"HTTP/1.0 400 Bad request\r\n\r\n")
try:
    client().wrap_socket(late, server_hostname="localhost")
except ssl.SSLError as error:
    print(error.reason, error.library, error.errno)

print("-- over TCP")
listener = socket.create_server(("127.0.0.1", 0))
with server().wrap_socket(listener, server_side=True) as serving:
    def accepts():
        tls, address = serving.accept()
        with tls:
            echo(tls)
    thread = threading.Thread(target=accepts)
    thread.start()
    tls = client().wrap_socket(socket.socket(), server_hostname="localhost")
    print(tls.version(), tls.session, tls.pending(), tls.get_channel_binding())
    told(tls.getpeercert)
    told(tls.do_handshake)
    tls.connect(serving.getsockname())
    told(tls.connect, serving.getsockname())
    tls.sendall(b"over TCP")
    print(tls.recv(100), tls.getpeercert()["subjectAltName"])
    tls.close()
    told(tls.read, 1)
    told(tls.recv, 1)
    thread.join()
    thread = threading.Thread(target=accepts)
    thread.start()
    tls = client().wrap_socket(socket.socket(), server_hostname="localhost", do_handshake_on_connect=False)
    tls.setblocking(False)
    print(tls.connect_ex(serving.getsockname()) in (0, 115))
    select.select([], [tls], [], 10)
    while True:
        try:
            tls.do_handshake()
            break
        except ssl.SSLWantReadError:
            select.select([tls], [], [], 10)
        except ssl.SSLWantWriteError:
            select.select([], [tls], [], 10)
    print(tls.getpeercert()["version"])
    tls.close()
    thread.join()
pem = []
listener = socket.create_server(("127.0.0.1", 0))
def once():
    try:
        with server().wrap_socket(listener.accept()[0], server_side=True) as tls:
            tls.recv(1)
    except OSError as error:
        pass
for trust in (None, path("authority.pem")):
    thread = threading.Thread(target=once)
    thread.start()
    pem.append(ssl.get_server_certificate(listener.getsockname(), ca_certs=trust))
    thread.join()
print(pem[0] == pem[1] == ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(pem[0])))

print("-- ends")
def ragged(**options):
    return talk(server(), client(), at_server=lambda tls: (tls.sendall(b"x"), tls.shutdown(socket.SHUT_RDWR))[1], at_client=lambda tls: (tls.recv(1), tls.recv(1)), **options)[1]
print(ragged(), text(ragged(suppress_ragged_eofs=False)))
print(talk(server(), client(), at_server=lambda tls: tls.unwrap() and None, at_client=lambda tls: (tls.recv(1), tls.recv(1), tls.unwrap() is tls)))

print("-- memory")
a, b, carry, bios = memory(server(), client())
print(type(a).__name__, a.version(), a.cipher()[0], a.server_side, b.server_side, a.server_hostname, b.server_hostname, a.session_reused, b.getpeercert())
print(a.write(b"there"), bios[1].pending > 5, b.pending())
carry()
print(b.read(2), b.pending(), b.read(), b.version())
told(b.read)
buffer = bytearray(3)
b.write(b"and back")
carry()
print(a.read(3, buffer), buffer, a.read(0), a.read(100, bytearray(100)))
big = bytes(range(256)) * 1000
print(a.write(big))
got = b""
carry()
while len(got) < len(big):
    got += b.read(100000)
print(got == big)
told(a.unwrap)
carry()
print(b.read(), b.unwrap())
carry()
print(a.unwrap())
told(a.write, b"x")
told(setattr, a, "context", 3)
told(setattr, a, "session", 3)
a, b, carry, bios = memory(server(), client())
bios[0].write_eof()
told(a.read)
bio = ssl.MemoryBIO()
print(bio.write(b"abcdef"), bio.pending, bio.read(2), bio.read(0), bio.eof, bio.write_eof(), bio.eof, bio.read(), bio.eof, bio.read(-1))
told(bio.write, b"x")
told(bio.write, "x")
told(bio.read, "x")
fresh = client().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
for ask in ("version", "cipher", "shared_ciphers", "compression", "selected_alpn_protocol", "getpeercert", "pending", "get_verified_chain", "get_unverified_chain",
            "get_channel_binding", "do_handshake", "read", "unwrap"):
    print(ask, end=" ")
    told(getattr(fresh, ask))

print("-- protocols")
for ours, theirs in ((["h2", "http/1.1"], ["http/1.1"]), (["a"], ["b"]), ([], ["b"])):
    x, y = server(), client()
    x.set_alpn_protocols(ours)
    y.set_alpn_protocols(theirs)
    print([end.selected_alpn_protocol() for end in memory(x, y)[:2]])

print("-- names")
calls = []
def choose(tls, name, context):
    calls.append((type(tls).__name__, name, context is first))
    if name == "other.krait.test":
        tls.context = second
    return {"refuse.krait.test": ssl.ALERT_DESCRIPTION_ACCESS_DENIED, "wrong.krait.test": "text"}.get(name)
first, second = server(), server("other")
first.sni_callback = choose
for host in ("localhost", "other.krait.test", "refuse.krait.test"):
    _, result = talk(first, client(), host, at_client=lambda tls: tls.getpeercert()["subject"][-1])
    print(host, getattr(result, "reason", result))
print(calls, first.sni_callback is choose)
sys.unraisablehook = lambda said: print("unraisable:", said.exc_type.__name__, said.exc_value)
print(getattr(talk(first, client(), "wrong.krait.test")[1], "reason", "-"))
first.sni_callback = lambda *given: 1 / 0
print(getattr(talk(first, client())[1], "reason", "-"))
first.set_servername_callback(lambda tls, name, context: print("named", ascii(name)))
easy = client()
easy.check_hostname = False
print(talk(first, easy, "b\xfccher.krait.test", at_client=lambda tls: tls.server_hostname))
print(talk(first, easy, None, at_client=lambda tls: tls.server_hostname))

print("-- sessions")
x, y = server(), client()
x.maximum_version = ssl.TLSVersion.TLSv1_2
saved = talk(x, y, at_client=lambda tls: (tls.session, tls.session_reused))[1]
print(saved[0].has_ticket, len(saved[0].id), saved[0].time > 1600000000, saved[0].timeout, saved[0].ticket_lifetime_hint, saved[1], saved[0] == saved[0], saved[0] != saved[0])
again = talk(x, y, at_client=lambda tls: (tls.session, tls.session_reused), session=saved[0])[1]
print(again[1], again[0] == saved[0], x.session_stats()["hits"], x.session_stats()["accept"])
print(text(talk(x, client(), session=saved[0])[1]))
told(hash, saved[0])
def late(tls):
    tls.session = saved[0]
print(text(talk(x, y, at_client=late)[1]))

print("-- keys that both know")
x, y = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
y.check_hostname = False
y.verify_mode = ssl.CERT_NONE
for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    for context in (x, y):
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.maximum_version = context.minimum_version = version
        context.set_ciphers("PSK")
    y.set_psk_client_callback(lambda hint: (print("hint", hint), ("me", b"\1\2\3\4"))[1])
    x.set_psk_server_callback(lambda identity: (print("identity", identity), b"\1\2\3\4")[1], "who?")
    print(talk(x, y, None, at_client=lambda tls: tls.version())[1])
    y.set_psk_client_callback(lambda hint: (None, b"wrong"))
    print(isinstance(talk(x, y, None)[1], ssl.SSLError) or version == ssl.TLSVersion.TLSv1_3)

print("-- asking for a certificate later")
x, y = server(), client()
x.load_verify_locations(path("authority.pem"))
x.verify_mode = ssl.CERT_REQUIRED
x.post_handshake_auth = y.post_handshake_auth = True
y.load_cert_chain(path("client.pem"))
def asks(tls):
    before = tls.getpeercert()
    asked = tls.verify_client_post_handshake()
    tls.sendall(b"go")
    tls.recv(2)
    return before, asked, tls.getpeercert()["subject"][0]
print(talk(x, y, at_server=asks, at_client=lambda tls: (tls.recv(2), tls.sendall(b"ok"), tls.recv(1))))
print(text(talk(x, client(), at_server=lambda tls: tls.verify_client_post_handshake())[0]))

print("-- messages and keys of connections")
x, y, seen = server(), client(), []
y._msg_callback = lambda tls, way, version, content, message, data: seen.append((way, version.name, content.name, getattr(message, "name", message), type(data).__name__))
print(y._msg_callback.__name__)
talk(x, y)
print(seen[0], len(seen) > 8, {type(row[3]).__name__ for row in seen})
y._msg_callback = lambda *given: 1 / 0
print(text(talk(x, y)[1]))
y._msg_callback = None
y.keylog_filename = "keys.txt"
print(talk(x, y, at_client=lambda tls: tls.version()), y.keylog_filename)
with open("keys.txt") as file:
    lines = file.read().splitlines()
print(lines[0][0], sorted(line.split()[0] for line in lines[1:6]))
y.keylog_filename = None
