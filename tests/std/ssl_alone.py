# needs: ssl
# Krait alone: module ssl as MicroPython has it, and what CPython 3.13.0 does not do well.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import socket
import ssl
import threading
import warnings
from pair import client, path, server, talk, text, told

print("-- wrap_socket, as MicroPython has it")


def calls(host="localhost", name="server", **options):
    ends, result = socket.socketpair(), []

    def serve():
        try:
            tls = ssl.wrap_socket(ends[0], server_side=True, key=path(name + ".pem"), cert=path(name + ".pem"))
            tls.write(tls.readline() + b"and more\n")
            tls.close()
        except OSError:
            ends[0].close()
    thread = threading.Thread(target=serve)
    thread.start()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            tls = ssl.wrap_socket(ends[1], server_hostname=host, **options)
            tls.write(b"a line\n")
            print(tls.readline(), tls.read(100), tls.read(100))
            tls.close()
        except (OSError, ValueError) as error:
            print(text(error))
            ends[1].close()
    thread.join()
    print([(w.category.__name__, str(w.message)) for w in seen if w.category is not ResourceWarning])


authority = path("authority.pem")
with open(authority) as file:
    pem = file.read()
calls(ca_certs=authority)
calls(cadata=pem)
calls()
calls("a.invalid", ca_certs=authority)
calls(None, ca_certs=authority)
calls(name="expired", ca_certs=authority)
calls(name="expired", cert_reqs=ssl.CERT_NONE)
calls(None, cert_reqs=ssl.CERT_NONE)
calls(cert_reqs=ssl.CERT_REQUIRED, ca_certs=authority)
buffer = bytearray(6)
print(talk(server(), client(), at_server=lambda tls: tls.sendall(b"abcdef"), at_client=lambda tls: (tls.readinto(buffer), bytes(buffer))))

print("-- two threads at one connection")


def answers(tls):
    total = 0
    while total < 1000000:
        data = tls.recv(65536)
        total += len(data)
        tls.sendall(data)
    return total


def both(tls):
    got = []

    def reads():
        while sum(got) < 1000000:
            got.append(len(tls.recv(65536)))
    thread = threading.Thread(target=reads)
    thread.start()
    for _ in range(50):
        tls.sendall(b"x" * 20000)
    thread.join()
    return sum(got)


print(talk(server(), client(), at_server=answers, at_client=both))


def crowd(tls):
    """Threads that all write, while others ask."""
    def writes():
        for _ in range(100):
            tls.sendall(b"y" * 500)

    def asks():
        for _ in range(300):
            tls.cipher(), tls.getpeercert(), tls.pending()
    threads = [threading.Thread(target=each) for each in (writes, asks) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tls.unwrap()


def counts(tls):
    total = 0
    while data := tls.recv(65536):
        assert set(data) == {ord("y")}
        total += len(data)
    tls.unwrap()
    return total


print(talk(server(), client(), at_server=counts, at_client=crowd))

print("-- a context that changes while connections are made")
changing, stop = server(), threading.Event()


def changes():
    while not stop.is_set():
        changing.set_ciphers("ECDHE+AESGCM")
        changing.load_cert_chain(path("server.pem"))
        changing.set_alpn_protocols(["a", "b"])


thread = threading.Thread(target=changes)
thread.start()
print({talk(changing, client(), at_client=lambda tls: tls.version())[1] for _ in range(8)})
stop.set()
thread.join()

print("-- in the middle of a step")
x = server()
x.sni_callback = lambda tls, name, context: (told(tls.version), told(tls._sslobj.cipher), told(tls._sslobj.read, 1), told(context.set_ciphers, "ECDHE+AESGCM"))[-1]
print(talk(x, client(), at_client=lambda tls: tls.version()))

print("-- asyncio: a writer waits while the other end does not read")
import asyncio


class Counts(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.log, self.size, self.over = transport, [], 0, asyncio.get_running_loop().create_future()

    def pause_writing(self):
        self.log.append("pause")

    def resume_writing(self):
        self.log.append("resume")

    def data_received(self, data):
        self.size += len(data)

    def connection_lost(self, error):
        self.over.set_result((self.log, self.size, error))


async def waits():
    loop, made = asyncio.get_running_loop(), []
    serving = await loop.create_server(lambda: made.append(Counts()) or made[-1], "127.0.0.1", 0, ssl=server())
    transport, protocol = await loop.create_connection(Counts, *serving.sockets[0].getsockname(), ssl=client(), server_hostname="localhost")
    while not made or not hasattr(made[0], "transport"):
        await asyncio.sleep(0.01)
    made[0].transport.pause_reading()
    transport.write(bytes(30000000))
    print(transport.get_write_buffer_size() > 10000000, transport._ssl_protocol._transport.get_write_buffer_size() < 1000000, protocol.log)
    await asyncio.sleep(0.05)
    print(protocol.log, made[0].size)
    made[0].transport.resume_reading()
    while "resume" not in protocol.log:
        await asyncio.sleep(0.01)
    transport.close()
    print(await protocol.over, await made[0].over)
    serving.close()


asyncio.run(waits())

print("-- limits")
told(setattr, x, "options", 2 ** 80)
told(client().wrap_bio, ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="x" * 64)
told(ssl.RAND_bytes, 2 ** 40)
