"""What the broker keeps of a client: its subscriptions and the messages of QoS 1 and 2 on their way to and from it (MQTT 5 sections 4.1, 4.3, 4.4).

A session is stored where it outlives its connection and there is a store; then each step of a message is put into the store before the packet goes out
that makes the client forget its part of it: PUBREL waits for the commit that knows of it, and the first PUBLISH of QoS 2 for the one with its packet
identifier, so that a broker that was killed never gives a message of QoS 2 twice."""

import time
from collections import deque

from mqtt._inflight import Incoming, Outgoing, Sent
from mqtt.broker._message import Delivery, Message, topic_size
from mqtt.broker._settings import MAX_SESSION_EXPIRY
from mqtt.packet import Decoder, PubRel, Will, publish_frame, with_packet_id


class Subscribed:
    """A subscription: how a session gets what a filter matches."""

    __slots__ = ("session", "filter", "group", "pattern", "qos", "no_local", "retain_as_published", "retain_handling", "identifier")

    def __init__(self, session, filter, group, pattern, qos, no_local, retain_as_published, retain_handling, identifier):
        self.session = session
        self.filter = filter  # as the client wrote it
        self.group, self.pattern = group, pattern  # of a shared one: both halves
        self.qos, self.no_local, self.retain_as_published, self.retain_handling = qos, no_local, retain_as_published, retain_handling
        self.identifier = identifier  # or None

    def to_row(self) -> tuple:
        """For the store."""
        return self.qos, int(self.no_local), int(self.retain_as_published), self.retain_handling, self.identifier


class Session:
    """A client's state. Its connection is None while it is away."""

    def __init__(self, client_id: str, settings, counters, user: str | None = None):
        self.client_id, self.user = client_id, user
        self.connection = None
        self.expiry = 0  # seconds that it outlives its connection; MAX_SESSION_EXPIRY: for ever
        self.ends: float | None = None  # time.time() when it is to end, while the client is away
        self.will_at: float | None = None  # time.monotonic() when the delayed will is due
        self.will: Will | None = None  # of the connection, and after its end while its delay lasts
        self.rights = None
        self.store = self.key = None  # where it is stored
        self.subscriptions: dict[str, Subscribed] = {}
        self.filter_bytes = 0  # that these take, about
        self.incoming = Incoming()
        self.outgoing = Outgoing(settings.max_inflight)  # of deliveries
        self.queue: deque[Delivery] = deque()  # those that have no packet identifier yet
        self.queued_bytes = 0
        self._again: deque[Sent] = deque()  # of the outgoing ones, those that are to be sent again on this connection
        self._settings, self._counters = settings, counters

    # Life

    def keep(self, store) -> None:
        """Store the session, and what it has, from now on."""
        if self.store is None:
            self.store, self.key = store, store.new_key()
            self.save(is_new=True)
            for subscribed in self.subscriptions.values():
                self.save_subscription(subscribed)
            if self.will:
                self._save_will(None)
            for delivery in self._deliveries():
                self._save_new(delivery)

    def save(self, is_new: bool = False) -> None:
        """Write the session's own row, if it is stored."""
        if self.store:
            self.store.put("session", self.key, (self.client_id, self.user, self.expiry, self.ends), is_new)

    def save_subscription(self, subscribed: Subscribed) -> None:
        """Write a subscription's row, if the session is stored."""
        if self.store:
            self.store.put("subscription", (self.key, subscribed.filter), subscribed.to_row())

    @property
    def will_delay(self) -> int:
        """Seconds from the end of the connection until the will is due (MQTT 5 section 3.1.3.2.2)."""
        return min(self.will.properties.get("will_delay_interval", 0), self.expiry)

    def set_will(self, will: Will | None) -> None:
        """The will of the connection that is there now, None: it has none; in the store too, so that the end of the broker is not the will's."""
        if will is self.will and self.will_at is None:
            return
        self.will_at = None
        if will is None:
            self.take_will()
            return
        self.will = will
        self._save_will(None)

    def delay_will(self, seconds: float) -> None:
        """The connection is gone: the will is due in so many seconds."""
        self.will_at = time.monotonic() + seconds
        self._save_will(time.time() + seconds)

    def take_will(self) -> Will | None:
        """The will, which is no more the session's then."""
        will, self.will, self.will_at = self.will, None, None
        if will and self.store:
            self.store.delete("will", self.key)
        return will

    def _save_will(self, due: float | None) -> None:
        if self.store:
            will = self.will
            properties = {name: value for name, value in will.properties.items() if name != "will_delay_interval"}
            frame = publish_frame(will.topic, will.payload, will.qos, will.retain, False, 1 if will.qos else None, properties, 5)
            self.store.put("will", self.key, (frame, will.properties.get("will_delay_interval", 0), due))

    def restore_will(self, frame: bytes, delay: int, due: float | None, least: float) -> None:
        """Put back the will that the store had: due as its delay says from now on, or from when the connection ended, but not in less than `least` seconds."""
        packet = Decoder(version=5).feed(frame)[0]
        self.will = Will(packet.topic, packet.payload, packet.qos, packet.retain, {**packet.properties, "will_delay_interval": delay})
        self.will_at = time.monotonic() + max(least, self.will_delay if due is None else due - time.time())

    def has_room_for_filter(self, filter: str) -> bool:
        """Whether there may be another subscription, of this filter."""
        settings = self._settings
        return ((not settings.max_subscriptions or len(self.subscriptions) < settings.max_subscriptions)
                and (not settings.max_subscription_bytes or self.filter_bytes + topic_size(filter) <= settings.max_subscription_bytes))

    def add_subscription(self, subscribed: Subscribed) -> None:
        """Put a subscription in, in place of an earlier one of its filter."""
        if subscribed.filter not in self.subscriptions:
            self.filter_bytes += topic_size(subscribed.filter)
        self.subscriptions[subscribed.filter] = subscribed

    def drop_subscription(self, filter: str) -> Subscribed | None:
        """Take a subscription out; None if there was none."""
        subscribed = self.subscriptions.pop(filter, None)
        if subscribed:
            self.filter_bytes -= topic_size(filter)
            if self.store:
                self.store.delete("subscription", (self.key, filter))
        return subscribed

    def end(self) -> list[Delivery]:
        """Forget all, in the store too. Returns what was undelivered of shared subscriptions, which others are to get (section 4.8.2)."""
        self.take_will()
        unsent = [d for d in self._deliveries() if d.share and (d.qos == 1 or not d.was_sent)]
        for delivery in self._deliveries():
            self._forget(delivery)
        self.outgoing.clear()
        self.queue.clear()
        self.queued_bytes = 0
        for packet_id in tuple(self.incoming.ids):
            self.release_incoming(packet_id)
        if self.store:
            for filter in self.subscriptions:
                self.store.delete("subscription", (self.key, filter))
            self.store.delete("session", self.key)
            self.store = None
        return unsent

    def _deliveries(self) -> list[Delivery]:
        return [*(sent.item for sent in self.outgoing), *self.queue]

    # From the client

    def add_incoming(self, packet_id: int) -> None:
        """A message of QoS 2 has come: PUBREL has to come too before another may have its identifier."""
        if self.incoming.add(packet_id) and self.store:
            self.store.put("incoming", (self.key, packet_id), ())

    def release_incoming(self, packet_id: int) -> bool:
        """PUBREL has come; whether the identifier was known."""
        if not self.incoming.release(packet_id):
            return False
        if self.store:
            self.store.delete("incoming", (self.key, packet_id))
        return True

    # To the client

    def has_room(self, message: Message) -> bool:
        """Whether another message may be queued."""
        settings = self._settings
        return ((not settings.max_queued_messages or len(self.queue) < settings.max_queued_messages)
                and (not settings.max_queued_bytes or self.queued_bytes + message.size <= settings.max_queued_bytes))

    def can_take(self) -> bool:
        """Whether a message would be sent at once."""
        return not self.queue and self._can_send()

    def deliver(self, delivery: Delivery) -> bool:
        """Send a message of QoS 1 or 2 now or later; False if there is no room for it."""
        if not self.can_take():
            while not self.has_room(delivery.message):
                self._counters.dropped += 1
                if self._settings.when_full != "drop-old" or not self.queue:
                    return False
                self._forget(self._pop_queue())
            self.queue.append(delivery)
            self.queued_bytes += delivery.message.size
            self._save_new(delivery)
            return True
        delivery.packet_id = self.outgoing.add(delivery, delivery.qos)
        self._save_new(delivery)
        self._send(delivery)
        return True

    def pump(self) -> None:
        """Send what waits, as far as the client takes it."""
        while self._again and self._may_send():
            sent = self._again.popleft()
            if self.outgoing.get(sent.packet_id) is sent:
                self._send(sent.item)
        while self.queue and self._can_send():
            delivery = self._pop_queue()
            if delivery.message.is_expired():
                self._counters.expired += 1
                self._forget(delivery)
                continue
            delivery.packet_id = self.outgoing.add(delivery, delivery.qos)
            self._save(delivery)
            self._hold(delivery)
            self._send(delivery)

    def resume(self, quota: int) -> None:
        """The client is back, and takes so many messages without acknowledging them: send again what it has not acknowledged."""
        self.outgoing.quota = min(quota, self._settings.max_inflight)
        self._again = deque(self.outgoing)
        self.pump()

    def acknowledge(self, packet_id: int, qos: int) -> bool:
        """PUBACK (qos 1), PUBCOMP or a PUBREC that refuses (2) has come; whether it was waited for."""
        delivery = self.outgoing.done(packet_id, qos)
        if delivery is None:
            return False
        self._forget(delivery)
        if self.queue or self._again:
            self.pump()
        return True

    def received(self, packet_id: int) -> bool:
        """PUBREC has come: the message is the client's, PUBREL is to be sent; False where the identifier means none of QoS 2."""
        if not self.outgoing.received(packet_id):
            return False
        delivery = self.outgoing.get(packet_id).item
        if not delivery.is_released:
            delivery.is_released = True
            self._save(delivery)
        return True

    def _may_send(self) -> bool:
        connection = self.connection
        return connection is not None and self.outgoing.messages - len(self._again) < self.outgoing.quota and not connection.is_blocked

    def _can_send(self) -> bool:
        return not self._again and not self.outgoing.full and self._may_send()

    def _pop_queue(self) -> Delivery:
        delivery = self.queue.popleft()
        self.queued_bytes -= delivery.message.size
        return delivery

    def _send(self, delivery: Delivery) -> None:
        """Send PUBLISH, or PUBREL where that was acknowledged. What the commit does not know yet is sent after it."""
        if not delivery.is_committed:
            return
        connection = self.connection
        if delivery.is_released:
            connection.send(PubRel(delivery.packet_id).encode(connection.version))
            return
        frame = connection.frame_of(delivery.message, delivery.qos, delivery.retain, delivery.identifiers)
        if len(frame) > connection.peer_max_packet:  # section 3.1.2.11.4: as if it had been delivered
            self._counters.dropped += 1
            self.outgoing.done(delivery.packet_id, delivery.qos)
            self._forget(delivery)
            return
        connection.send(with_packet_id(frame, delivery.packet_id, delivery.was_sent))
        delivery.was_sent = True
        self._counters.publish_sent += 1

    # The store

    def _save_new(self, delivery: Delivery) -> None:
        if not self.store:
            return
        message = delivery.message
        if not message.references:
            message.key = self.store.new_key()
            self.store.put("message", message.key, message.to_row(), is_new=True)
        message.references += 1
        delivery.key = self.store.new_key()
        self._save(delivery, is_new=True)
        self._hold(delivery)

    def _save(self, delivery: Delivery, is_new: bool = False) -> None:
        if delivery.key is not None:
            identifiers = " ".join(map(str, delivery.identifiers))
            row = (self.key, delivery.message.key, delivery.qos, int(delivery.retain), identifiers, delivery.packet_id, int(delivery.is_released))
            self.store.put("delivery", delivery.key, row, is_new)

    def _hold(self, delivery: Delivery) -> None:
        """With QoS 2, keep it back until the store has its packet identifier; it is too late for that if the session was not stored when it was sent."""
        if delivery.qos == 2 and delivery.packet_id is not None and self.store and not delivery.was_sent:
            delivery.is_committed = False
            self._commit(delivery)

    def _commit(self, delivery: Delivery) -> None:
        self.store.after_commit(lambda is_safe: self._committed(delivery, is_safe))

    def _committed(self, delivery: Delivery, is_safe: bool) -> None:
        if not is_safe:
            if delivery.key is not None:
                self._commit(delivery)  # the store tries again
            return
        delivery.is_committed = True
        sent = self.outgoing.get(delivery.packet_id) if delivery.packet_id is not None else None
        if sent is not None and sent.item is delivery and self.connection is not None and sent not in self._again:
            self._send(delivery)
            self.pump()

    def take_back(self, delivery: Delivery) -> None:
        """Forget a message that has not been sent: the store could not keep it, and its publisher is told so."""
        if delivery.was_sent or delivery.key is None:
            return
        if delivery.packet_id is not None:
            self.outgoing.done(delivery.packet_id, delivery.qos)
        elif delivery in self.queue:
            self.queue.remove(delivery)
            self.queued_bytes -= delivery.message.size
        self._forget(delivery)

    def _forget(self, delivery: Delivery) -> None:
        if delivery.key is None:
            return
        self.store.delete("delivery", delivery.key)
        delivery.key = None
        message = delivery.message
        message.references -= 1
        if not message.references:
            self.store.delete("message", message.key)
            message.key = None

    def restore(self, delivery: Delivery) -> None:
        """Put back a delivery that the store had."""
        if delivery.packet_id is None:
            self.queue.append(delivery)
            self.queued_bytes += delivery.message.size
        else:
            self.outgoing.restore(Sent(delivery.packet_id, delivery.qos, delivery.is_released, delivery))
            delivery.was_sent = True

    @property
    def is_forever(self) -> bool:
        """Whether it never ends by itself."""
        return self.expiry >= MAX_SESSION_EXPIRY
