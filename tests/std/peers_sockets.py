"""The other side of a socket: resets, half-closed connections, slow readers, nobody there."""

import select
import socket
import struct
import threading
import time


def told(function, *args):
    try:
        return function(*args)
    except OSError as error:
        return f"{type(error).__name__}: {error}"


def pair():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        server, _ = listener.accept()
    for sock in (client, server):
        sock.settimeout(10)
    return client, server


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


print("-- reset")
client, server = pair()
client.sendall(b"last words")
print(server.recv(100))
reset(client)
print(told(server.recv, 100))
print(server.recv(100))
while (result := told(server.send, b"x")) == 1:
    time.sleep(0.01)
print(result)
server.close()

client, server = pair()
file = server.makefile("rb")
reset(client)
print(told(file.readline))
file.close()
server.close()

client, server = pair()
thread = threading.Thread(target=lambda: (time.sleep(0.05), reset(server)))
thread.start()
print(told(client.recv, 1))
thread.join()
client.close()

print("-- half closed")
client, server = pair()
client.sendall(b"request")
client.shutdown(socket.SHUT_WR)
print(server.recv(100), server.recv(100), server.recv(100))
server.sendall(b"answer")
print(client.recv(100))
print(told(client.send, b"more"))
server.close()
print(client.recv(100))
client.close()
client, server = pair()
client.shutdown(socket.SHUT_RD)
print(client.recv(10))
server.close()
client.close()

print("-- closed")
client, server = pair()
server.close()
print(client.recv(1))
print([told(client.send, b"x" * 10) for _ in range(1)])
time.sleep(0.05)
print(told(client.send, b"y"), "|", told(client.sendall, b"z" * 100000))
client.close()

print("-- a reader that does not read")
client, server = pair()
for sock, option in ((client, socket.SO_SNDBUF), (server, socket.SO_RCVBUF)):
    sock.setsockopt(socket.SOL_SOCKET, option, 20000)
client.settimeout(0.1)
print(told(client.sendall, b"x" * 50_000_000))
client.setblocking(False)
try:
    while True:
        client.send(b"x" * 10000)
except BlockingIOError as error:
    print(error)
print(select.select([], [client], [], 0.02))
server.setblocking(False)
got = 0
while select.select([server], [], [], 0.2)[0]:
    got += len(server.recv(1_000_000))
print(got > 10000, select.select([], [client], [], 5)[1] == [client])
client.close()
server.close()

print("-- nobody there")
with socket.create_server(("127.0.0.1", 0)) as listener:
    address = listener.getsockname()
print(told(socket.create_connection, address))
with socket.socket(socket.AF_UNIX) as sock:
    print(told(sock.connect, "nothing-here"))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.settimeout(5)
    sock.connect(address)
    sock.send(b"x")
    print(told(sock.recv, 1))
with socket.create_server(("127.0.0.1", 0), backlog=1) as listener, socket.create_connection(listener.getsockname()) as early:
    early.close()  # gone before it is accepted
    connection, _ = listener.accept()
    print(connection.recv(1))
    connection.close()
