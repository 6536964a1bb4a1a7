"""Names of hosts: hosts, DNS over UDP and TCP."""

import os
import socket
import threading


def answer(packet, cut):
    end = packet.index(b"\0", 12) + 5
    rows = b"" if cut else b"\xc0\x0c" + packet[end - 4:end] + b"\0\0\0\x3c" + (b"\0\4\xc6\x12\2\1" if packet[end - 3] == 1 else b"\0\x10" + b"\x20\1\x0d\xb8" + bytes(11) + b"\1")
    return packet[:2] + (b"\x83\x80" if cut else b"\x81\x80") + b"\0\1" + (b"\0\0" if cut else b"\0\1") + bytes(4) + packet[12:end] + rows


def serve_udp(sock):
    while len(packet := sock.recvfrom_into(room := bytearray(600))) and (n := packet[0]) > 3:
        sock.sendto(answer(bytes(room[:n]), b"\5large" in room), packet[1])


def serve_tcp(sock):
    while True:
        connection = sock.accept()[0]
        with connection, connection.makefile("rb") as file:
            while (head := file.read(2)) and int.from_bytes(head):
                data = answer(file.read(int.from_bytes(head)), False)
                connection.sendall(len(data).to_bytes(2) + data)
            if head == b"\0\0":
                return


SERVER = """
import socket, sys, threading
sys.path.insert(0, sys.argv[1])
from names import serve_tcp, serve_udp
while True:  # until a port is free for both
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    try:
        tcp = socket.create_server(udp.getsockname())
        break
    except OSError:
        udp.close()
print(udp.getsockname()[1], flush=True)
threading.Thread(target=serve_tcp, args=(tcp,), daemon=True).start()
threading.Thread(target=serve_udp, args=(udp,), daemon=True).start()
sys.stdin.read()
"""
server = None


def prepare():
    import subprocess
    import sys
    global server
    server = subprocess.Popen([sys.executable, "-c", SERVER, os.path.dirname(os.path.abspath(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    os.environ["KRAIT_RESOLV_CONF"], os.environ["KRAIT_HOSTS"] = "resolv.conf", "hosts"
    with open("resolv.conf", "w") as file:
        file.write(f"nameserver 127.0.0.1:{server.stdout.readline().strip()}\noptions timeout:2\n")
    with open("hosts", "w") as file:
        file.write("192.0.2.1 printer\n")


def main():
    print(socket.gethostbyname("printer"))
    print(sorted({row[4][0] for row in socket.getaddrinfo("small.test", 80)}))
    print(socket.gethostbyname("large.test"))
    print(socket.getservbyname("http"), socket.getprotobyname("tcp"))


def check():
    server.communicate("")
