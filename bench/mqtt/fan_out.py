"""fan_out.py KRAIT [SECONDS] - one publisher, 100 subscribers, QoS 0: deliveries a second of the broker here and of mosquitto, in turns, in the same run.

The generator keeps at most WINDOW messages on their way, so that neither broker has to drop any, and counts bytes only; what it costs is the same for both.
A second table: QoS 1 with a publisher that keeps 100 messages on their way, our broker with its store (each PUBACK after a sync of the disk) and without,
mosquitto without persistence. The brokers' own processor time per message is what remains comparable on a loaded machine."""
# SPDX-License-Identifier: MIT
import os
import select
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "mqtt"))
from _broker import PROGRAM as MOSQUITTO, free_port

KRAIT = os.path.abspath(sys.argv[1])
SUBSCRIBERS, WINDOW, PAYLOAD = 100, 400, b"x" * 64


def short(text):
    data = text.encode()
    return len(data).to_bytes(2, "big") + data


def packet(first, body):
    assert len(body) < 16384
    length = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 127 | 128, len(body) >> 7])
    return bytes([first]) + length + body


CONNECT = packet(0x10, short("MQTT") + b"\x04\x02\x00\x00" + short(""))


def connect(port, filter=None, qos=0):
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(CONNECT)
    assert connection.recv(4) == b"\x20\x02\x00\x00"
    if filter:
        connection.sendall(packet(0x82, b"\x00\x01" + short(filter) + bytes([qos])))
        assert connection.recv(5)[:4] == b"\x90\x03\x00\x01"
    return connection


class Server:
    """A broker as a process of its own."""

    def __init__(self, kind, folder):
        self.port = free_port()
        if kind == "mosquitto":
            config = os.path.join(folder, "mosquitto.conf")
            with open(config, "w") as file:
                file.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_inflight_messages 0\nmax_queued_messages 0\n")
            command = [MOSQUITTO, "-c", config]
        else:
            command = [KRAIT, "-m", "mqtt.broker", "--port", str(self.port), *(["--store", os.path.join(folder, "store")] if kind == "store" else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)

    def processor_time(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def fan_out(server, seconds):
    """(deliveries a second, microseconds of the broker's processor time for each)."""
    frame = packet(0x30, short("bench/fan") + PAYLOAD)
    subscribers = [connect(server.port, "bench/fan") for _ in range(SUBSCRIBERS)]
    publisher = connect(server.port)
    poll = select.epoll()
    received = {}
    by_fd = {s.fileno(): s for s in subscribers}
    for fd in by_fd:
        poll.register(fd, select.EPOLLIN)
        received[fd] = 0
    sent = total = 0
    began, used = time.perf_counter(), server.processor_time()
    while (now := time.perf_counter()) < began + seconds or total < sent * SUBSCRIBERS * len(frame):
        room = WINDOW - (sent - min(received.values()) // len(frame))
        if room >= WINDOW // 4 and now < began + seconds:
            publisher.sendall(frame * room)
            sent += room
        events = poll.poll(5)
        if not events:
            raise SystemExit(f"lost: {sent * SUBSCRIBERS - total // len(frame)} of {sent * SUBSCRIBERS} deliveries")
        for fd, _ in events:
            n = len(by_fd[fd].recv(1 << 18))
            received[fd] += n
            total += n
    took, used = time.perf_counter() - began, server.processor_time() - used
    for s in (*subscribers, publisher):
        s.close()
    deliveries = sent * SUBSCRIBERS
    return deliveries / took, used / deliveries * 1e6


def acknowledged(server, seconds, kept):
    """(messages of QoS 1 a second, microseconds of processor time for each), to one subscriber; kept: it has a session that is stored."""
    flags = b"\x04\x00\x00\x00" if kept else b"\x04\x02\x00\x00"
    subscriber = socket.create_connection(("127.0.0.1", server.port), 10)
    subscriber.sendall(packet(0x10, short("MQTT") + flags + short("bench-subscriber")) + packet(0x82, b"\x00\x01" + short("bench/one") + b"\x01"))
    publisher = connect(server.port)
    time.sleep(0.2)
    subscriber.recv(9)
    waiting, sent, done, acks = b"", 0, 0, 0
    head = short("bench/one")
    size = 2 + len(head) + 2 + len(PAYLOAD)
    began, used = time.perf_counter(), server.processor_time()
    while (now := time.perf_counter()) < began + seconds or done < sent:
        if (room := 100 - (sent - acks)) >= 25 and now < began + seconds:
            publisher.sendall(b"".join(packet(0x32, head + ((sent + i) % 65535 + 1).to_bytes(2, "big") + PAYLOAD) for i in range(room)))
            sent += room
        readable, _, _ = select.select([subscriber, publisher], [], [], 5)
        if not readable:
            raise SystemExit(f"{sent - acks} acknowledgements and {sent - done} messages are missing")
        if publisher in readable:
            acks += len(publisher.recv(1 << 16)) // 4
        if subscriber in readable:
            data = subscriber.recv(1 << 16)
            if not data:
                raise SystemExit("the broker has closed the connection")
            waiting += data
            whole = len(waiting) // size
            subscriber.sendall(b"".join(b"\x40\x02" + waiting[i * size + 2 + len(head):i * size + 4 + len(head)] for i in range(whole)))
            waiting = waiting[whole * size:]
            done += whole
    took, used = time.perf_counter() - began, server.processor_time() - used
    subscriber.close()
    publisher.close()
    return sent / took, used / sent * 1e6


def compare(title, kinds, measure, rounds=3):
    best = {kind: (0, 0) for kind in kinds}
    for _ in range(rounds):
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder:
                server = Server(kind, folder)
                try:
                    best[kind] = max(best[kind], measure(server, kind))
                finally:
                    server.stop()
    print(f"\n{title}\n\n| broker | messages/s | processor time | beside mosquitto |\n| --- | ---: | ---: | ---: |")
    for kind, (rate, cost) in best.items():
        name = {"krait": "krait", "store": "krait, synced store", "mosquitto": "mosquitto, no persistence"}[kind]
        beside = f"{rate / best['mosquitto'][0]:.2f}x" if "mosquitto" in best else ""
        print(f"| {name} | {rate:,.0f} | {cost:.2f} us | {beside} |", flush=True)


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    others = ["mosquitto"] if MOSQUITTO else []
    if not others:
        print("SKIP mosquitto: not installed (make prerequisites)")
    compare(f"QoS 0, one publisher, {SUBSCRIBERS} subscribers, {len(PAYLOAD)} bytes: deliveries", ["krait", *others], lambda s, kind: fan_out(s, seconds))
    compare("QoS 1, one publisher with 100 on their way, one subscriber", ["krait", "store", *others], lambda s, kind: acknowledged(s, seconds, kind == "store"))


main()
