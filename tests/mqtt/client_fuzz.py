"""client_fuzz.py [SEED] [SECONDS] - the client's session under a broker that answers, sends what it likes, some of it damaged, and cuts the connection.

Nothing may raise but what publish() and its like are documented to; what the client sends is well formed, keeps to the broker's receive maximum and uses no
identifier twice; its queues keep to their limits; and in the end nobody is left waiting."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _lives import Quiet, lives
from _packets import random_packet

import mqtt.client
from mqtt import Client, MqttError
from mqtt.packet import (PUBCOMP, PUBLISH, PUBREC, PUBREL, SUBACK, SUBSCRIBE, UNSUBACK, UNSUBSCRIBE, Auth, ConnAck, Decoder, Disconnect, PubAck, PubComp, Publish, PubRec,
                         PubRel, SubAck, UnsubAck)

STEPS = 300  # of one client's life
LIMIT = 20  # messages that may wait


class Broker(Quiet):
    """The network and the broker at its other end, for one connection."""

    def __init__(self, link, r, version):
        super().__init__()
        self.link, self.r, self.version = link, r, version
        self.decoder = Decoder()
        self.asked = []  # packets that want an answer
        self.published = {}  # QoS 1 and 2 on their way here
        self.quota = r.choice((1, 3, 65535)) if version == 5 else 65535
        self.closed = self.paused = self.is_odd = self.is_cut = False
        link.connection_made(self)

    def close(self):
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.link.connection_lost, None)

    abort = close

    def write(self, data):
        if self.is_cut:
            return
        assert not self.closed, "written after close"
        for packet in self.decoder.feed(data):
            if packet.kind == PUBLISH and packet.qos:
                assert self.is_odd or packet.packet_id not in self.published, "an identifier is used twice"
                self.published[packet.packet_id] = packet.qos
                assert self.is_odd or len(self.published) <= self.quota, "receive maximum"
            self.asked.append(packet)
        del self.asked[:-50]

    def say(self, data):
        if not (self.closed or self.paused):
            self.link.data_received(data)

    def step(self):
        r, chance = self.r, self.r.random()
        if chance < 0.02:
            self.is_cut = True  # the client notices it in the next round
            self.close()
        elif chance < 0.5 and self.asked:
            packet = self.answer(self.asked.pop(0 if r.random() < 0.9 else r.randrange(len(self.asked))))
            if packet is not None:
                self.say(packet.encode(self.version))
        else:
            try:
                data = bytearray(self.packet().encode(self.version))
            except ValueError:
                return  # one that cannot be said in this version
            if chance > 0.97:
                self.is_odd = True
                data[r.randrange(len(data))] ^= 1 << r.randrange(8)
            self.say(bytes(data))

    def answer(self, packet):
        r, kind, new = self.r, packet.kind, self.version == 5
        if kind == 1:
            properties = {"receive_maximum": self.quota, "topic_alias_maximum": r.randrange(3), "maximum_packet_size": r.choice((100, 100_000))} if new else {}
            reason = 0 if r.random() < 0.95 else 0x87 if new else 5
            return ConnAck(not packet.clean_start and not reason and r.random() < 0.7, reason, properties)
        if kind == PUBLISH and packet.qos:
            reason = r.choice((0, 0, 0, 0x10, 0x87)) if new else 0
            if packet.qos == 1 or reason >= 0x80:
                self.published.pop(packet.packet_id, None)
            return (PubAck if packet.qos == 1 else PubRec)(packet.packet_id, reason)
        if kind == PUBREL:
            self.published.pop(packet.packet_id, None)
            return PubComp(packet.packet_id)
        if kind == PUBREC:
            return PubRel(packet.packet_id)
        if kind == SUBSCRIBE:
            return SubAck(packet.packet_id, [r.choice((0, 1, 2, 0x80)) for _ in packet.filters])
        return UnsubAck(packet.packet_id, [0 for _ in packet.filters] if new else []) if kind == UNSUBSCRIBE else None

    def packet(self):
        r = self.r
        packet_id, chance = r.randrange(1, 9), r.random()
        if chance < 0.7:
            qos = r.randrange(3)
            properties = {"topic_alias": r.randrange(1, 4)} if self.version == 5 and r.random() < 0.2 else {}
            return Publish(r.choice(("a", "b/c", "")), bytes(r.randrange(40)), qos, False, qos > 0 and r.random() < 0.3, packet_id if qos else None, properties)
        self.is_odd = True
        if chance < 0.95:
            return r.choice((PubAck, PubRec, PubRel, PubComp))(packet_id)
        if chance < 0.97:
            return r.choice((Disconnect(0x8B), Auth(0x18, {"authentication_method": "M"}), SubAck(packet_id, [0])))
        return random_packet(r, self.version)


async def life(r):
    """One client, several connections, STEPS steps."""
    loop, problems, brokers, version = asyncio.get_running_loop(), [], [], r.choice((4, 5))
    loop.set_exception_handler(lambda loop, context: problems.append(context))

    async def connect(make, address):
        if r.random() < 0.2:
            raise ConnectionRefusedError("not now")
        brokers.append(Broker(make(), r, version))
        return brokers[-1].link

    mqtt.client.connect = connect
    client = Client(version=version, client_id="fuzz", clean_start=False, start_offline=True, reconnect_delay=(0.0001, 0.0002), timeout=0.2, queue_limit=LIMIT, receive_maximum=5,
                    manual_ack=r.random() < 0.5, authentication=("M", lambda data: b"x") if version == 5 and r.random() < 0.3 else None,
                    **({"session_expiry": r.choice((0, 60))} if version == 5 else {}))
    tasks, taken = [], []
    opening = asyncio.create_task(client.connect())
    for _ in range(STEPS):
        if brokers:
            brokers[-1].step()
        chance = r.random()
        if opening.done() and chance < 0.3:
            tasks.append(asyncio.create_task(client.publish(r.choice(("a", "b/c")), bytes(r.randrange(150)), r.randrange(3))))
        elif opening.done() and chance < 0.35:
            tasks.append(asyncio.create_task(client.subscribe(["a", "b/#"][:r.randrange(1, 3)], r.randrange(3)) if chance < 0.33 else client.unsubscribe("a")))
        elif tasks and chance < 0.4:
            r.choice(tasks).cancel()
        elif len(client.messages) and chance < 0.6:
            taken.append(client.messages.get_nowait())
        elif taken and client.messages.is_manual and chance < 0.8:
            client.ack(taken.pop(r.randrange(len(taken))))
        await asyncio.sleep(0 if chance < 0.9 else 0.0002)
        assert len(client._sender.waiting) <= LIMIT + 65535 * (len(client._sender.outgoing) > 0) and len(client._receiver.incoming.ids) <= 5, "limits"
        assert len(client.messages) <= 2 * LIMIT, "messages"
        assert not problems, problems
    await asyncio.wait([opening])
    await client.disconnect(wait=False)
    if tasks:
        pending = (await asyncio.wait(tasks, timeout=5))[1]
        assert not pending, pending
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        assert not isinstance(result, BaseException) or isinstance(result, (MqttError, asyncio.CancelledError)), result
    assert not client._sender.waiting and not client._sender._room and not len(client._sender.outgoing), "something is left"
    await asyncio.sleep(0)
    assert not problems, problems
    return len(brokers)


count, connections = lives("client_fuzz.py", lambda r, seed: life(r), sys.argv[1:])
print(f"{count} clients, {connections} connections, {count * STEPS} steps")
