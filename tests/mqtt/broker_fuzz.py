"""broker_fuzz.py [SEED] [SECONDS] - the broker's sessions under clients that send packets at random, some of them damaged, read or do not, and come and go.

Nothing may raise; all that the broker sends is well formed and keeps to the client's receive maximum; its books agree; and when the sessions have ended, nothing is left."""
# SPDX-License-Identifier: MIT
import asyncio
import logging
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _lives import Quiet, lives
from _packets import random_packet

from mqtt.broker import Broker, Listener
from mqtt.broker._client import Client
from mqtt.packet import Connect, Decoder, Disconnect, PingReq, PubAck, PubComp, Publish, PubRec, PubRel, Subscribe, Subscription, Unsubscribe, Will

TOPICS = ("a", "b", "a/b", "a/b/c", "", "$SYS/x", "c/" * 9)
FILTERS = ("#", "+", "a/#", "a/+", "+/b", "a", "$SYS/#", "$share/g/a/#", "$share/g/+", "$share/h/a", "c/" * 9 + "#")
STEPS = 400  # of one broker's life


class Wire(Quiet):
    """What a client of the broker's would see of the network; it checks what comes."""

    def __init__(self, broker, random_source):
        super().__init__()
        self.broker, self.r = broker, random_source
        self.client = Client(broker, Listener())
        self.decoder = None
        self.closed = self.is_cut = self.is_odd = self.paused = self.blocked = False
        self.unanswered = {}  # QoS 1 and 2 that the broker waits for: identifier -> QoS
        self.quota = 65535
        self.client.connection_made(self)

    def write(self, data):
        assert self.is_cut or not self.closed, "written after close"
        if self.decoder is None or self.is_cut:
            return  # it did not even say CONNECT rightly
        for packet in self.decoder.feed(data):
            self.take(packet)

    def take(self, packet):
        if packet.kind == 3 and packet.qos and not self.is_odd:
            assert packet.packet_id not in self.unanswered, "an identifier is used twice"
            self.unanswered[packet.packet_id] = packet.qos
            assert len(self.unanswered) <= self.quota, "receive maximum"

    def close(self):
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.client.connection_lost, None)

    abort = close

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.is_cut = True
        self.close()

    def cut(self):
        """The network is gone; the broker notices it in the next round."""
        self.is_cut = True
        self.close()

    def send(self, data):
        if self.closed or self.paused:
            return
        self.client.data_received(data)

    def connect(self):
        r = self.r
        version = r.choice((4, 5))
        self.decoder = Decoder(version)
        properties = {}
        if version == 5:
            self.quota = r.choice((1, 2, 5, 65535))
            properties = {"receive_maximum": self.quota, "session_expiry_interval": r.choice((0, 0, 5, 0xFFFFFFFF)), "maximum_packet_size": r.choice((50, 1000, 268435455))}
        delay = {"will_delay_interval": r.choice((0, 1, 100)), "message_expiry_interval": 5} if version == 5 and r.random() < 0.5 else {}
        will = Will(r.choice(("a", "a/b")), bytes(r.choice((4, 4, 4, 65_530))), r.randrange(3), r.random() < 0.3, delay) if r.random() < 0.3 else None
        self.send(Connect(r.choice(("x", "y", "z", "")), version, r.random() < 0.4, r.choice((0, 10)), None, None, will, properties).encode(version))

    def step(self):
        r = self.r
        if self.decoder is None:
            if r.random() < 0.05:
                self.send(r.randbytes(r.randrange(1, 30)))
            self.connect()
            return
        version, chance = self.decoder.version, r.random()
        if chance < 0.02:
            return self.cut()
        if chance < 0.05:
            self.blocked = not self.blocked
            return self.client.pause_writing() if self.blocked else self.client.resume_writing()
        if self.unanswered and chance < 0.4:
            return self.answer(version)
        try:
            data = self.packet(version).encode(version)
        except ValueError:
            return  # one that cannot be said in this version
        if chance > 0.98:
            self.is_odd = True  # what it has acknowledged is not known any more
            data = bytearray(data)
            data[r.randrange(len(data))] ^= 1 << r.randrange(8)
        self.send(bytes(data))

    def answer(self, version):
        packet_id = self.r.choice(tuple(self.unanswered))
        qos = self.unanswered[packet_id]
        if qos == 2 and self.r.random() < 0.5:
            self.send(PubRec(packet_id).encode(version))
            return
        del self.unanswered[packet_id]
        if qos == 1:
            self.send(PubAck(packet_id).encode(version))
        elif self.r.random() < 0.2 and version == 5:
            self.send(PubRec(packet_id, 0x83).encode(version))
        else:
            self.send(PubRec(packet_id).encode(version) + PubComp(packet_id).encode(version))

    def packet(self, version):
        r = self.r
        packet_id = r.randrange(1, 6)
        chance = r.random()
        if chance < 0.55:
            qos = r.randrange(3)
            properties = {"topic_alias": r.randrange(1, 4)} if version == 5 and r.random() < 0.2 else {}
            if version == 5 and r.random() < 0.1:
                properties["message_expiry_interval"] = r.randrange(2)
            return Publish(r.choice(TOPICS), bytes(r.randrange(0, 80)), qos, r.random() < 0.2, qos > 0 and r.random() < 0.2, packet_id if qos else None, properties)
        if chance < 0.75:
            new = version == 5
            many = [Subscription(r.choice(FILTERS), r.randrange(3), new and r.random() < 0.2, new and r.random() < 0.5, r.randrange(3) if new else 0) for _ in range(r.randrange(1, 4))]
            return Subscribe(packet_id, many, {"subscription_identifier": [r.randrange(1, 9)]} if new and r.random() < 0.3 else {})
        if chance < 0.83:
            return Unsubscribe(packet_id, [r.choice(FILTERS)])
        if chance < 0.95:
            return PubRel(packet_id)
        if chance < 0.97:
            return Disconnect(r.choice((0, 4))) if version == 5 else Disconnect()
        if r.random() < 0.5:
            return PingReq()
        self.is_odd = True
        return random_packet(r, version)


def check_books(broker):
    """What is counted is what is there."""
    router = broker.router
    assert router.subscriptions.count == sum(len(s.subscriptions) for s in broker.sessions.values()), "subscriptions"
    kept = router.retained.match("#") + router.retained.match("$SYS/#")
    assert (router.retained.count, router.retained_bytes) == (len(kept), sum(m.size for m in kept)), "retained"
    for session in broker.sessions.values():
        assert session.queued_bytes == sum(d.message.size for d in session.queue), "queued"
        assert len(session.queue) <= broker.settings.max_queued_messages, "queue"
        assert all(sent.item.packet_id == sent.packet_id for sent in session.outgoing), "identifiers"


async def life(r, folder):
    """One broker, some clients, STEPS steps."""
    loop, problems = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda loop, context: problems.append(context))
    settings = {"store": folder} if folder else {}
    async with Broker(listeners=[], sys_interval=0.05, max_queued_messages=20, max_receive=5, max_inflight=r.choice((1, 3, 100)), when_full=r.choice(("drop-new", "drop-old", "refuse")),
                      max_subscriptions=8, max_retained=4, **settings) as broker:
        wires = []
        for _ in range(STEPS):
            wires = [wire for wire in wires if not wire.closed]
            if len(wires) < 6 and r.random() < 0.3:
                wires.append(Wire(broker, r))
            if wires:
                r.choice(wires).step()
            if r.random() < 0.5:
                await asyncio.sleep(0)
            check_books(broker)
            assert not problems, problems
        for wire in wires:
            wire.cut()
        for _ in range(3):
            await asyncio.sleep(0)
        for session in tuple(broker.sessions.values()):
            broker.end_session(session)
        check_books(broker)
        assert broker.router.subscriptions._root.is_bare(), "nodes are left"
        assert not broker.clients and not broker.connecting, "clients are left"
        if folder:
            store = broker.store
            while store._running or store._has_changes:
                await asyncio.sleep(0.001)
            left = {name: store._db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("session", "subscription", "message", "delivery", "incoming", "will")}
            assert not any(left.values()), left
            assert store._db.execute("SELECT count(*) FROM retained").fetchone()[0] <= 4
    assert not problems, problems


async def in_a_folder(r, seed):
    with tempfile.TemporaryDirectory() as folder:
        await life(r, folder if seed % 3 == 0 else "")


logging.getLogger("mqtt.broker").setLevel(logging.CRITICAL)
count, _ = lives("broker_fuzz.py", in_a_folder, sys.argv[1:])
print(f"{count} brokers, {count * STEPS} steps")
