"""Sockets: TCP, UDP, Unix, IPv6, makefile, sendmsg, descriptors, with threads and timeouts."""

import os
import socket
import threading


def echo(listener):
    connection = listener.accept()[0]
    with connection:
        while data := connection.recv(1000):
            connection.sendall(data.upper())


failed = []


def serve(listener):
    try:
        echo(listener)
    except OSError as error:
        failed.append(error)
    finally:
        listener.close()


def tcp(host, family):
    listener = socket.create_server((host, 0), family=family)
    with listener:
        listener.settimeout(5)
        address = listener.getsockname()
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            with socket.create_connection(address[:2], timeout=5) as sock:
                sock.sendall(b"hello " * 2000)
                sock.shutdown(socket.SHUT_WR)
                got = b""
                while data := sock.recv(5000):
                    got += data
        finally:
            listener.close()
            thread.join()
    if failed:
        raise failed[0]
    print(len(got), got[:6])


def files():
    one, two = socket.socketpair()
    with one, two, two.makefile("rw", newline="\n") as file:
        one.sendall(b"first\nsecond\n")
        print(file.readline(), file.readline())
        file.write("answer\n")
        file.flush()
        got = b""
        while not got.endswith(b"\n"):
            got += one.recv(100) or b"\n"
        print(got)


def datagrams():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
        for sock in (one, two):
            sock.bind(("127.0.0.1", 0))
            sock.settimeout(5)
        one.sendto(b"datagram", two.getsockname())
        data, who = two.recvfrom(100)
        print(data, who == one.getsockname())
        one.connect(two.getsockname())
        one.send(b"connected")
        print(two.recv(100))


def messages():
    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, two:
        read, write = os.pipe()
        received = []
        try:
            print(socket.send_fds(one, [b"descriptor"], [write]))
            data, received, _, _ = socket.recv_fds(two, 100, 4)
            print(data, len(received))
            os.write(received[0], b"x")
            print(os.read(read, 10))
        finally:
            for fd in (read, write, *received):
                try:
                    os.close(fd)
                except InterruptedError:
                    pass
        print(one.sendmsg([b"a", b"bc"]), two.recvmsg(100)[0])


def unix():
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        listener.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect("socket")
            with listener.accept()[0] as server:
                client.sendall(b"local")
                got = b""
                while len(got) < 5:
                    got += server.recv(10) or b"-----"
                print(got)
    os.unlink("socket")


def main():
    tcp("127.0.0.1", socket.AF_INET)
    tcp("::1", socket.AF_INET6)
    files()
    datagrams()
    messages()
    unix()
