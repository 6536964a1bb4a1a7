"""Messages of several buffers and ancillary data, files by the system, the kernel's own families, pairs, options of every form."""
import array
import os
import select
import socket
import struct
import tempfile
import threading


def show(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


print("-- messages")
a, b = socket.socketpair()
print(a.sendmsg([b"one", bytearray(b"two"), memoryview(b"-three")[1:]]), b.recv(100))
buffers = bytearray(3), array.array("B", bytes(2)), memoryview(bytearray(10))[2:]
a.sendall(b"abcdefghij")
print(b.recvmsg_into(buffers), bytes(buffers[0]), bytes(buffers[1]), bytes(buffers[2][:5]))
print(a.sendmsg([]), a.sendmsg(part for part in (b"x", b"y")), b.recvmsg(10), a.sendmsg([b"q"], [], 0, None), b.recv(1))
for args in ((5,), ([5],), ([b""], 5), ([b""], [5]), ([b""], [(1, 2)]), ([b""], [(1, 2, 3)]), ([b""], [("a", 2, b"")])):
    show(a.sendmsg, *args)
show(b.recvmsg, -1)
show(b.recvmsg, 10, -1)
show(b.recvmsg_into, 5)
show(b.recvmsg_into, [b""])
show(b.recvmsg_into, [], -1)
b.settimeout(0)
show(b.recvmsg, 5)
show(b.recvmsg_into, [bytearray(3)])
b.settimeout(None)

print("-- ancillary data")
with tempfile.TemporaryFile() as file:
    file.write(b"passed on")
    file.flush()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file.fileno(), file.fileno()]))]
    print(a.sendmsg([b"here"], rights))
    data, items, flags, address = b.recvmsg(100, socket.CMSG_SPACE(2 * array.array("i").itemsize))
    fds = array.array("i", items[0][2])
    print(data, items[0][:2], len(fds), flags == 0, address in (None, ""))
    print([os.pread(fd, 100, 0) for fd in fds])
    for fd in fds:
        os.close(fd)
    socket.send_fds(a, [b"again"], [file.fileno()])
    data, fds, flags, address = socket.recv_fds(b, 100, 5)
    print(data, len(fds), os.pread(fds[0], 6, 0))
    os.close(fds[0])
    socket.send_fds(a, [b"x"], [file.fileno()])
    data, items, flags, address = b.recvmsg(100, 0)
    print(data, items, flags == socket.MSG_CTRUNC)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as u, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as v:
    u.bind(("127.0.0.1", 0))
    u.setsockopt(socket.IPPROTO_IP, socket.IP_PKTINFO, 1)
    print(v.sendmsg([b"to ", b"you"], (), 0, u.getsockname()))
    size, items, flags, address = u.recvmsg_into([bytearray(2), bytearray(20)], 100)
    print(size, [(level, kind, len(content)) for level, kind, content in items], address == v.getsockname() or address[1] == v.getsockname()[1])
    show(v.sendmsg, [b"x"], (), 0, 5)
for n in (0, 1, 7, 8, 1000, 2**31 - 100):
    print(socket.CMSG_LEN(n) - n, socket.CMSG_SPACE(n) >= socket.CMSG_LEN(n))
for n in (-1, 2**31, 2**70):
    show(socket.CMSG_LEN, n)
    show(socket.CMSG_SPACE, n)

print("-- files")


def take(listener, got):
    connection, _ = listener.accept()
    with connection:
        while data := connection.recv(65536):
            got.append(data)


with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryFile() as file:
    content = bytes(range(256)) * 8000
    file.write(content)
    file.flush()
    for method in ("sendfile", "_sendfile_use_sendfile", "_sendfile_use_send"):
        for offset, count, timeout in ((0, None, None), (100, None, 20), (1000, 5000, None), (0, 10**9, 20), (10**9, None, None)):
            got = []
            thread = threading.Thread(target=take, args=(listener, got))
            thread.start()
            with socket.create_connection(listener.getsockname()) as sock:
                sock.settimeout(timeout)
                file.seek(0)
                sent = getattr(sock, method)(file, offset, count)
                where = file.tell()
            thread.join()
            want = content[offset:] if count is None else content[offset:offset + count]
            print(method, sent == len(want), b"".join(got) == want, where)
    show(a.sendfile, open(os.devnull))
    show(a.sendfile, file, count=0)
    show(a.sendfile, file, count=1.5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as u:
        show(u.sendfile, file)
    with socket.socket() as u:
        u.setblocking(False)
        show(u.sendfile, file)

print("-- families")
print(socket.AF_NETLINK, socket.AF_PACKET, socket.AF_CAN, socket.AF_ALG, socket.AF_VSOCK, int(socket.AF_QIPCRTR), socket.IPPROTO_UDPLITE)
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as n:
    n.bind((0, 0))
    print(n.getsockname()[1], n.getsockname()[0] > 0)
    show(n.bind, 5)
    show(n.bind, (0,))
    n.sendto(struct.pack("=IHHII4s", 20, 18, 0x301, 1, 0, b"\0" * 4), (0, 0))  # RTM_GETLINK: all interfaces
    data, address = n.recvfrom(65536)
    print(len(data) > 100, address)
    print(sorted(name for _, name in socket.if_nameindex())[:0], socket.if_indextoname(socket.if_nametoindex("lo")))
for index in (0, -1, 2**40, 10**6):
    try:
        socket.if_indextoname(index)
    except OSError as error:
        print(type(error).__name__)
    except OverflowError as error:
        print(type(error).__name__)
show(socket.if_nametoindex, "no such one")

print("-- names")
with socket.socket(socket.AF_UNIX) as s, socket.socket(socket.AF_UNIX) as c:
    name = b"\0krait-test-%d" % os.getpid()
    s.bind(bytearray(name))
    s.listen()
    c.connect(name)
    print(s.getsockname() == name, c.getpeername() == name, repr(c.getsockname()))
with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
    path = os.path.join(os.fsencode(folder), b"gr\xfc\xdfe")
    s.bind(os.fsdecode(path))
    print(os.path.exists(path), ascii(os.path.basename(s.getsockname())), os.fsencode(s.getsockname()) == path)
show(socket.socket(socket.AF_UNIX).bind, "x" * 200)
show(socket.socket(socket.AF_UNIX).bind, 5)

print("-- pairs")
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        x, y = socket._fallback_socketpair(family)
    except OSError:  # no IPv6 here
        x, y = socket._fallback_socketpair()
    with x, y:
        x.sendall(b"over loopback")
        print(y.recv(100), x.getsockname() == y.getpeername())
show(socket._fallback_socketpair, socket.AF_UNIX)
show(socket._fallback_socketpair, type=socket.SOCK_DGRAM)
show(socket._fallback_socketpair, proto=17)

print("-- options")
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
    print(struct.unpack("ii", s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)), len(s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 4)))
    show(s.setsockopt, socket.SOL_SOCKET, socket.SO_BINDTODEVICE, None, 0)
    show(s.getsockopt, socket.SOL_SOCKET, socket.SO_TYPE, 2000)
    show(s.getsockopt, socket.SOL_SOCKET, socket.SO_TYPE, -1)
    show(s.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, 2**40)
    show(s.getsockopt, 12345, 1)
print(socket.AddressFamily(16), list(socket.AddressFamily)[:3], socket.SocketKind.SOCK_SEQPACKET, socket.AF_DECnet)
show(socket.getaddrinfo, "localhost", "\ud800")
a.close()
b.close()

print("-- select")
r, w = os.pipe()


class Shrinks:
    def __init__(self, files):
        self.files = files

    def fileno(self):
        del self.files[-1]
        return w


files = []
files[:] = [Shrinks(files)] * 10
print(len(select.select([], files, [])[1]), select.select((), {w}, ()) == ([], [w], []))
show(select.select, [], [], [], "soon")
show(select.select, 5, [], [])
p = select.poll()
p.register(w, select.POLLOUT)
print(p.poll(0) == [(w, select.POLLOUT)])
show(p.poll, 2**31)
show(type(p))
os.close(r)
os.close(w)

print("-- other threads run meanwhile")
r, w = os.pipe()
thread = threading.Timer(0.05, os.write, (w, b"hello"))
thread.start()
parts = bytearray(3), bytearray(4)
print(os.readv(r, parts), parts, os.writev(w, [b"a", b"bc"]), os.read(r, 10))
thread.join()
os.close(r)
os.close(w)
