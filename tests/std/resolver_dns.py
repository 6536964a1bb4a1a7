"""Names by DNS: a server of our own on the loopback answers well, badly and not at all.

CPython's answers (the expected output) are those of the C library with the same files: as root in a mount namespace of its own,
    unshare -m sh -c 'for f in hosts resolv.conf; do cp /etc/$f /tmp/$f; mount --bind /tmp/$f /etc/$f; done; python3.13 tests/std/resolver_dns.py'
where the servers listen at port 53. It differs from them in this: an address is told once; an alias without addresses of the family is EAI_NODATA;
the answers of "foreign" that are not to the question are not taken, damaged answers are EAI_AGAIN."""

import os
import socket
import struct
import sys
import threading

KRAIT = sys.implementation.name == "krait"
A, CNAME, PTR, AAAA = 1, 5, 12, 28
asked = []
lock = threading.Lock()


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def record(owner, kind, data, ttl=300):
    return (owner if isinstance(owner, bytes) else name(owner)) + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data


def four(text):
    return socket.inet_pton(socket.AF_INET, text)


def six(text):
    return socket.inet_pton(socket.AF_INET6, text)


ZONE = {
    "four.test": [(A, four("198.18.2.1")), (A, four("198.18.2.2"))],
    "six.test": [(AAAA, six("2001:db8::1"))],
    "both.test": [(A, four("198.18.2.3")), (AAAA, six("2001:db8::3"))],
    "alias.test": [(CNAME, "four.test")],
    "chain.test": [(CNAME, "link.test")],
    "link.test": [(CNAME, "both.test")],
    "dangling.test": [(CNAME, "nothing.test")],
    "empty.test": [],
    "host.sub.test": [(A, four("198.18.2.4"))],
    "first.test": [(A, four("198.18.2.8"))],
    "host.test": [(A, four("198.18.2.5"))],
    "a.b.sub.test": [(A, four("198.18.2.6"))],
    "many.test": [(A, bytes([198, 18, 2, 100 + i])) for i in range(40)],
    "twice.test": [(A, four("198.18.2.7")), (A, four("198.18.2.7"))],
    "1.2.18.198.in-addr.arpa": [(PTR, name("four.test"))],
    "2.2.18.198.in-addr.arpa": [(CNAME, "2.0/25.2.18.198.in-addr.arpa")],
    "2.0/25.2.18.198.in-addr.arpa": [(PTR, name("second.test"))],
    "3.2.18.198.in-addr.arpa": [(PTR, b"\x04e vi\x04test\0")],
    "1.0.0.0." + "0." * 20 + "8.b.d.0.1.0.0.2.ip6.arpa": [(PTR, name("six.test"))],
}


def answers(asked_for, kind):
    rows, at = [], asked_for
    while True:
        zone = ZONE.get(at.lower())
        if zone is None:
            return rows, 3 if at == asked_for else 3
        link = [value for row, value in zone if row == CNAME]
        if not link:
            rows += [record(at, row, value) for row, value in zone if row == kind]
            return rows, 0
        rows.append(record(at, CNAME, name(link[0])))
        at = link[0]


def reply(packet, tcp, which):
    """The answers to send, as a list."""
    at, labels = 12, []
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode())
        at += 1 + packet[at]
    question, kind = packet[12:at + 5], struct.unpack("!H", packet[at + 1:at + 3])[0]
    text = ".".join(labels)
    with lock:
        asked.append((text, kind, "tcp" if tcp else "udp", which))

    def message(rows, code=0, flags=0x8180, number=packet[:2], question=question, count=None):
        return number + struct.pack("!HHHHH", flags | code, 1, len(rows) if count is None else count, 0, 0) + question + b"".join(rows)

    one = [record(text, kind, four("198.51.100.1") if kind == A else six("2001:db8::98"))]
    what = labels[0].lower()
    if what == "silent":
        return []
    if what == "servfail" or what == "first" and which == 0:
        return [message([], 2)]
    if what == "refused":
        return [message([], 5)]
    if what == "notimp":
        return [packet[:2] + struct.pack("!HHHHH", 0x8184, 0, 0, 0, 0)]
    if what == "foreign":  # wrong numbers, questions and kinds before the answer: what an attacker would send
        other = name("other.test") + question[-4:]
        bad = [record(text, kind, four("203.0.113.66") if kind == A else six("2001:db8::66"))]
        return [message(bad, number=bytes([packet[0] ^ 1, packet[1]])), message(bad, question=other), message(bad, flags=0x0100), message(bad, question=question[:-3] + b"\x63" + question[-2:]), b"", packet[:5],
                message(one)]
    if what == "stray":  # records of other names in the answer
        return [message([record("evil.test", kind, four("203.0.113.66") if kind == A else six("2001:db8::66"))] + one)]
    if what == "pointers":
        return [message([record(b"\xc0\x0c", kind, one[0][-(4 if kind == A else 16):])])]
    if what == "big" or what == "many":
        rows, code = (answers(text, kind) if what == "many" else (one, 0))
        if tcp:
            return [message(rows, code)]
        return [message([], flags=0x8380)]
    if what in DAMAGED:
        return [DAMAGED[what](message, question, text, kind)]
    rows, code = answers(text, kind)
    return [message(rows, code)]


def forward(message, question, text, kind):
    return message([record(b"\xc0" + bytes([12 + len(question) + 30]), kind, bytes(4 if kind == A else 16)) + bytes(40)])


DAMAGED = {
    "loop": lambda m, q, t, k: m([record(b"\xc0" + bytes([12 + len(q)]), k, bytes(4 if k == A else 16))]),
    "forward": forward,
    "short": lambda m, q, t, k: m([record(t, k, bytes(4 if k == A else 16))])[:-3],
    "count": lambda m, q, t, k: m([record(t, k, bytes(4 if k == A else 16))], count=9),
    "length": lambda m, q, t, k: m([record(t, k, bytes(5))]),
    "circle": lambda m, q, t, k: m([record(t, CNAME, name("x.test")), record("x.test", CNAME, name(t))]),
    "links": lambda m, q, t, k: m([record(t if i == 0 else f"l{i}.test", CNAME, name(f"l{i + 1}.test")) for i in range(30)]),
    "label": lambda m, q, t, k: m([record(b"\x3f" + b"x" * 20, k, bytes(4))]),
    "extended": lambda m, q, t, k: m([record(b"\x81abc\0", k, bytes(4))]),
}


def serve_udp(sock, which):
    while True:
        packet, who = sock.recvfrom(1000)
        if packet == b"end":
            return
        for data in reply(packet, False, which):
            sock.sendto(data, who)


def serve_tcp(sock, which):
    while True:
        connection = sock.accept()[0]
        with connection:
            while head := connection.recv(2):
                if head == b"en":
                    return
                for data in reply(connection.recv(int.from_bytes(head)), True, which):
                    whole = struct.pack("!H", len(data)) + data
                    for at in range(0, len(whole), 300):  # in pieces
                        connection.sendall(whole[at:at + 300])


class Server:
    """which: a number, the last part of its address as well."""

    def __init__(self, which):
        address = f"127.0.0.{which + 1}"
        while True:  # until a port is free for both
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.udp.bind((address, 0 if KRAIT else 53))
            try:
                self.tcp = socket.create_server(self.udp.getsockname())
                break
            except OSError:
                self.udp.close()
                if not KRAIT:
                    raise
        self.threads = [threading.Thread(target=serve_udp, args=(self.udp, which)), threading.Thread(target=serve_tcp, args=(self.tcp, which))]
        for thread in self.threads:
            thread.start()
        self.address = self.udp.getsockname()
        self.text = "%s:%d" % self.address if KRAIT else self.address[0]

    def end(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"end", self.address)
        with socket.create_connection(self.address) as sock:
            sock.sendall(b"end")
        for thread in self.threads:
            thread.join()
        self.udp.close()
        self.tcp.close()


if KRAIT:
    os.environ["KRAIT_RESOLV_CONF"], os.environ["KRAIT_HOSTS"] = conf, hosts = os.path.abspath("resolv.conf"), os.path.abspath("hosts")
else:
    conf, hosts = "/etc/resolv.conf", "/etc/hosts"


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def call(function, *args):
    asked.clear()
    try:
        found = getattr(socket, function)(*args)
    except OSError as error:
        return type(error).__name__, *error.args
    if function == "getaddrinfo":
        return [(int(f), t[0], n) for f, _, _, n, t in found]
    return found


def both(*args):
    found = call("getaddrinfo", *args)
    print(sorted(found) if isinstance(found, list) else found)


def show(text, *args, kind="getaddrinfo"):
    print(text, call(kind, text, *args))


def queries():
    return sorted({(text, kind, how) for text, kind, how, _ in asked})


servers = [Server(0), Server(1)]
try:
    first, second = (server.text for server in servers)
    write(hosts, "127.0.0.1 localhost\n198.18.2.200\tprinter.test printer # a note\n2001:db8::200 printer\n198.18.2.201 printer other\n# 198.18.2.9 four.test\n300.1.1.1 broken\n198.18.2.202\n198.18.2.203 last.test")
    write(conf, f"# comment\n; comment\nnameserver {first}\noptions timeout:1 attempts:1\n")
    S = socket.SOCK_STREAM
    print("-- families")
    for host in ("four.test", "six.test", "both.test", "alias.test", "chain.test", "FOUR.test", "four.test.", "twice.test", "stray.test", "pointers.test"):
        for family in (socket.AF_INET, socket.AF_INET6):
            show(host, 80, family, S, 0, socket.AI_CANONNAME)
    both("both.test", 80, 0, S)
    print(queries())
    show("six.test", 80, 0, S)
    show("four.test", 80, 0, S)
    show("four.test", 80, socket.AF_INET6, S, 0, socket.AI_V4MAPPED)
    both("both.test", 80, socket.AF_INET6, S, 0, socket.AI_V4MAPPED | socket.AI_ALL)
    show("both.test", 80, socket.AF_INET6, S, 0, socket.AI_V4MAPPED)
    print("-- none")
    for host in ("nothing.test", "empty.test", "dangling.test", "servfail.test", "refused.test", "silent.test", "x" * 60 + ".test", ".".join(["y" * 50] * 6)):
        show(host, 80, 0, S)
        show(host, 80, socket.AF_INET, S)
    print("-- attackers, damage")
    for host in ("foreign.test", *(each + ".test" for each in DAMAGED)):
        show(host, 80, socket.AF_INET, S)
    print("-- over TCP")
    show("big.test", 80, socket.AF_INET, S)
    print(queries())
    both("big.test", 80, 0, S)
    print(queries())
    print(len(call("getaddrinfo", "many.test", 80, socket.AF_INET, S)))
    print("-- hosts")
    for host in ("printer", "printer.test", "PRINTER", "other", "broken", "last.test"):
        print(host, call("getaddrinfo", host, 80, socket.AF_INET, S, 0, socket.AI_CANONNAME), queries() if host != "broken" else "")
    show("printer", 80, socket.AF_INET6, S)
    show("printer.test", kind="gethostbyname")
    show("last.test", kind="gethostbyname_ex")
    show("198.18.2.203", kind="gethostbyaddr")
    print("-- names of addresses")
    for ip in ("198.18.2.1", "198.18.2.2", "198.18.2.3", "198.18.2.99", "2001:db8::1"):
        show(ip, kind="gethostbyaddr")
        print(call("getnameinfo", (ip, 80), 0), call("getnameinfo", (ip, 80), socket.NI_NAMEREQD))
    print(call("getnameinfo", ("::ffff:198.18.2.1", 80), 0))
    for host in ("four.test", "alias.test", "chain.test", "six.test", "empty.test", "nothing.test", "servfail.test"):
        show(host, kind="gethostbyname")
        show(host, kind="gethostbyname_ex")
    print("-- search list")
    write(conf, f"domain none.test\nsearch sub.test test\nnameserver {first}\noptions timeout:1 attempts:1\n")
    for host in ("host", "four", "a.b", "host.sub.test", "host.", "nothing", "no.thing", "empty", "servfail"):
        show(host, 80, socket.AF_INET, S, 0, socket.AI_CANONNAME)
        if host != "servfail":
            print("   ", [text for text, kind, _, _ in asked])
    write(conf, f"search sub.test\nnameserver {first}\noptions ndots:3 timeout:1 attempts:1\n")
    show("a.b", 80, socket.AF_INET, S)
    print("   ", [text for text, kind, _, _ in asked])
    show("four.test", 80, socket.AF_INET, S)
    print("   ", [text for text, kind, _, _ in asked])
    write(conf, f"search sub.test\ndomain test\nnameserver {first}\noptions timeout:1 attempts:1\n")
    show("four", 80, socket.AF_INET, S)
    print("   ", [text for text, kind, _, _ in asked])
    print("-- servers")
    write(conf, f"nameserver {first}\nnameserver {second}\noptions timeout:1 attempts:2\n")
    show("first.test", 80, socket.AF_INET, S)
    show("four.test", 80, socket.AF_INET, S)
    print({which for _, _, _, which in asked})
    write(conf, f"nameserver 127.0.0.9\nnameserver {second}\noptions timeout:1\n")  # nobody listens there
    show("four.test", 80, socket.AF_INET, S)
    write(conf, f"nameserver nonsense\nnameserver {second}\n")
    show("four.test", 80, socket.AF_INET, S)
    write(conf, f"nameserver {first}\nnameserver {second}\noptions rotate timeout:1\n")
    show("four.test", 80, socket.AF_INET, S)
finally:
    for server in servers:
        server.end()
