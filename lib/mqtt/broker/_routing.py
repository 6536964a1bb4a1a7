"""From a published message to those who get it.

What a topic leads to is worked out once, as a plan, and kept while subscriptions and connections stay as they are. For QoS 0 a plan has the connections
in groups that get the very same bytes."""

from collections import deque

from mqtt.broker._message import Delivery, Message
from mqtt.broker._session import Session, Subscribed
from mqtt.broker._tree import SubscriptionTree, TopicTree

_PLANS = 10_000  # topics whose plans are kept,
_LONGEST = 512  # if they are not longer than that
_ROUND = 256 << 10  # bytes of frames that are sent to any one connection before what waits is flushed


class Refused(Exception):
    """A message is not taken, because there is no room for what it asks for; the broker's counters know."""


class Target:
    """One session that gets messages of a topic, by one or more of its subscriptions."""

    __slots__ = ("session", "qos", "retain_as_published", "identifiers", "no_local")

    def __init__(self, subscribed: Subscribed):
        self.session = subscribed.session
        self.qos = subscribed.qos
        self.retain_as_published = subscribed.retain_as_published
        self.identifiers = () if subscribed.identifier is None else (subscribed.identifier,)
        self.no_local = subscribed.no_local

    def add(self, subscribed: Subscribed) -> None:
        """Another subscription of the session: it gets one message, with the most that any of them asks for (section 3.3.4)."""
        self.qos = max(self.qos, subscribed.qos)
        self.retain_as_published = self.retain_as_published or subscribed.retain_as_published
        self.no_local = self.no_local and subscribed.no_local
        if subscribed.identifier is not None:
            self.identifiers += (subscribed.identifier,)


class Plan:
    """Who gets messages of a topic."""

    __slots__ = ("targets", "shares", "groups", "apart", "is_kept", "has_any")

    def __init__(self, targets: list[Target], shares: list):
        self.targets, self.shares = targets, shares
        self.has_any = bool(targets or shares)
        self.is_kept = any(target.session.store and target.qos for target in targets) or bool(shares)
        groups = {}
        self.apart = []  # connected targets that messages of their own do not go to
        for target in targets:
            connection = target.session.connection
            if connection is None:
                continue
            if target.no_local:
                self.apart.append(target)
                continue
            is_new = connection.version == 5
            like = (connection.version, target.retain_as_published, target.identifiers if is_new else (), connection.peer_max_packet)
            groups.setdefault(like, []).append(connection)
        self.groups = list(groups.items())


class Router:
    """Subscriptions, retained messages, and the way of messages."""

    def __init__(self, settings, counters, outbox):
        self.subscriptions = SubscriptionTree()
        self.retained = TopicTree()
        self.retained_bytes = 0
        self.store = None
        self._settings, self._counters, self._outbox = settings, counters, outbox
        self._plans: dict[str, Plan] = {}
        self._plans_version = 0
        self._changes = 0

    def connections_changed(self) -> None:
        """A session with subscriptions has got or lost its connection."""
        self._changes += 1

    def publish(self, message: Message) -> list[tuple[Session, Delivery]]:
        """Give a message to all who want it, and keep it if it is to be retained. Returns what was queued or sent with QoS 1 or 2.

        Refused where it has QoS 1 or 2, or is to be retained, and something that has to be kept cannot be: then nobody gets it."""
        plan = self.plan(message.topic)
        if message.retain:
            self._check_retained(message)
        if message.qos:
            self._check_room(message, plan)
        if message.retain:
            self.retain(message)
        deliveries = []
        if message.qos:
            for target in plan.targets:
                self._give(message, target, deliveries, None)
        else:
            self._fan_out(message, plan)
        for share in plan.shares:
            self._give_one(message, share, deliveries)
        return deliveries

    def plan(self, topic: str) -> Plan:
        """The plan of a topic."""
        version = self.subscriptions.version + self._changes
        if version != self._plans_version or len(self._plans) >= _PLANS:
            self._plans.clear()
            self._plans_version = version
        plan = self._plans.get(topic)
        if plan is None:
            plan = self._make_plan(topic)
            if len(topic) <= _LONGEST:
                self._plans[topic] = plan
        return plan

    def _make_plan(self, topic: str) -> Plan:
        found, shares = self.subscriptions.match(topic)
        targets: dict[Session, Target] = {}
        for subscribed in found:
            session = subscribed.session
            if session in targets:
                targets[session].add(subscribed)
            elif session.rights is None or session.rights.may_read(topic):
                targets[session] = Target(subscribed)
        return Plan(list(targets.values()), shares)

    def _check_room(self, message: Message, plan: Plan) -> None:
        if plan.is_kept and self.store and self.store.is_full:
            raise Refused("the store is full")
        if self._settings.when_full == "refuse" and any(t.qos and not t.session.has_room(message) for t in plan.targets):
            raise Refused("a subscriber's queue is full")

    # QoS 0

    def _fan_out(self, message: Message, plan: Plan) -> None:
        outbox, counters = self._outbox, self._counters
        retain = message.retain
        for (version, as_published, identifiers, limit), connections in plan.groups:
            frame = message.frame(version, 0, retain and as_published, identifiers)
            if len(frame) > limit:
                counters.dropped += len(connections)
                continue
            for connection in connections:
                if connection.is_blocked:
                    counters.dropped += 1
                else:
                    out = connection.out
                    if not out:
                        outbox.add(connection)
                    out.append(frame)
            counters.publish_sent += len(connections)
            outbox.count(len(frame))
        for target in plan.apart:
            if target.session is not message.origin:
                self._send_now(message, target.session, message.retain and target.retain_as_published, target.identifiers)

    def _send_now(self, message: Message, session: Session, retain: bool, identifiers: tuple[int, ...]) -> None:
        connection = session.connection
        if connection is None:
            return
        frame = connection.frame_of(message, 0, retain, identifiers)
        if connection.is_blocked or len(frame) > connection.peer_max_packet:
            self._counters.dropped += 1
            return
        connection.send(frame)
        self._counters.publish_sent += 1

    # QoS 1 and 2

    def _give(self, message: Message, target: Target, deliveries: list, share) -> None:
        session = target.session
        if target.no_local and session is message.origin:
            return
        retain = message.retain and target.retain_as_published
        qos = min(message.qos, target.qos)
        if not qos:
            self._send_now(message, session, retain, target.identifiers)
            return
        delivery = Delivery(message, qos, retain, target.identifiers, share)
        if session.deliver(delivery):
            deliveries.append((session, delivery))

    def _give_one(self, message: Message, share, deliveries: list) -> None:
        """To one member of a shared subscription: the next in turn who is there and not busy."""
        if not share.members:
            return
        topic = message.topic

        def may_read(subscribed: Subscribed) -> bool:
            rights = subscribed.session.rights
            return rights is None or rights.may_read(topic)
        chosen = share.choose(lambda subscribed: subscribed.session.can_take() and may_read(subscribed))
        if may_read(chosen):
            self._give(message, Target(chosen), deliveries, share)

    def give_again(self, deliveries: list[Delivery]) -> None:
        """Messages of a shared subscription whose member has gone for good: others get them."""
        for delivery in deliveries:
            self._give_one(delivery.message, delivery.share, [])

    # Retained messages

    def _check_retained(self, message: Message) -> None:
        settings = self._settings
        old = self.retained.get(message.topic)
        if not message.payload:
            return
        size = message.size - (old.size if old else 0)
        if (self.store and self.store.is_full or settings.max_retained and not old and self.retained.count >= settings.max_retained
                or settings.max_retained_bytes and self.retained_bytes + size > settings.max_retained_bytes):
            raise Refused("there is no room for retained messages")

    def retain(self, message: Message, is_kept: bool = True) -> None:
        """Keep a message for later subscribers; an empty one takes the topic's out (section 3.3.1.3). What is_kept goes to the store."""
        topic = message.topic
        old = self.retained.pop(topic)
        if old:
            self.retained_bytes -= old.size
        if message.payload:
            self.retained.put(topic, message)
            self.retained_bytes += message.size
            if self.store and is_kept:
                self.store.put("retained", topic, message.to_row())
        elif old and self.store and is_kept:
            self.store.delete("retained", topic)

    def retained_for(self, subscribed: Subscribed) -> deque:
        """The retained messages that a new subscription is to get."""
        rights = subscribed.session.rights
        found = self.retained.match(subscribed.pattern)
        for message in found:
            if message.is_expired():
                self.retain(Message(message.topic, b""))
        return deque(m for m in found if not m.is_expired() and (rights is None or rights.may_read(m.topic))
                     and not (subscribed.no_local and m.origin is subscribed.session))

    def give_retained(self, message: Message, subscribed: Subscribed) -> None:
        """Send one of these."""
        identifiers = () if subscribed.identifier is None else (subscribed.identifier,)
        qos = min(message.qos, subscribed.qos)
        if qos:
            subscribed.session.deliver(Delivery(message, qos, True, identifiers))
        else:
            self._send_now(message, subscribed.session, True, identifiers)


class Outbox:
    """The connections that have something to send. Once per round of the loop each sends all of it at once."""

    def __init__(self, loop):
        self._loop = loop
        self._waiting: list = []
        self._bytes = 0

    def add(self, connection) -> None:
        """A connection's `out` gets its first frame."""
        if not self._waiting:
            self._loop.call_soon(self.flush)
        self._waiting.append(connection)

    def count(self, size: int) -> None:
        """So many bytes went to any one connection; what waits is bounded by that."""
        self._bytes += size
        if self._bytes > _ROUND:
            self.flush()

    def flush(self) -> None:
        """Send all that waits."""
        waiting, self._waiting = self._waiting, []
        self._bytes = 0
        for connection in waiting:
            connection.flush()
