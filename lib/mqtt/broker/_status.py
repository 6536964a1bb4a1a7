"""What the broker counts, and the topics of $SYS that tell it. Where mosquitto has a topic for the same figure, it is called the same."""

import time


class Counters:
    """Figures since the start."""

    __slots__ = ("started", "received", "sent", "bytes_received", "bytes_sent", "publish_received", "publish_sent", "dropped", "expired", "denied", "refused",
                 "connected")

    def __init__(self):
        for name in self.__slots__:
            setattr(self, name, 0)
        self.started = time.monotonic()


def status(broker) -> dict[str, int | str]:
    """Topics below $SYS/broker/ with their values now."""
    counters, router, store = broker.counters, broker.router, broker.store
    connected = len(broker.clients) - broker.connecting
    values = {
        "version": broker.version,
        "uptime": f"{int(time.monotonic() - counters.started)} seconds",
        "clients/connected": connected,
        "clients/disconnected": max(0, len(broker.sessions) - connected),
        "clients/total": len(broker.sessions),
        "connections/accepted": counters.connected,
        "connections/refused": counters.refused,
        "messages/received": counters.received,
        "messages/sent": counters.sent,
        "bytes/received": counters.bytes_received,
        "bytes/sent": counters.bytes_sent,
        "publish/messages/received": counters.publish_received,
        "publish/messages/sent": counters.publish_sent,
        "publish/messages/dropped": counters.dropped,
        "publish/messages/expired": counters.expired,
        "publish/messages/denied": counters.denied,
        "messages/inflight": sum(len(session.outgoing) for session in broker.sessions.values()),
        "messages/queued": sum(len(session.queue) for session in broker.sessions.values()),
        "retained messages/count": router.retained.count,
        "retained messages/bytes": router.retained_bytes,
        "subscriptions/count": router.subscriptions.count,
    }
    if store:
        values |= {"store/bytes": store.bytes, "store/commits": store.commits, "store/state": str(store.error or ("full" if store.is_full else "good"))}
    for bridge in broker.bridges:
        values[f"bridge/{bridge.name}/state"] = bridge.state
    return values
