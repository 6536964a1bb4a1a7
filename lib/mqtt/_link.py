"""One connection of a client: packets instead of bytes, and the keep-alive, by the loop's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ._error import MqttError, disconnect_reason, explain
from ._transport import Address, Connection
from .packet import AUTH, CONNACK, ConnAck, Decoder, Disconnect, Packet, PingReq, ProtocolError

_PING = 0.75  # keep-alives of silence, after which a PINGREQ is sent
_DEAD = 1.4  # keep-alives of silence, after which the broker is dead
_LATE = 0.1  # keep-alives that the loop may be late before silence proves nothing


class Link(Connection):
    """handlers: what is called with each packet, by its kind; None: the broker must not send it. That of CONNACK is called first, but for AUTH.

    on_end is called when the connection is over, on_read when packets that came together have been handled, with their number, on_room when the broker
    takes again what is written.
    """

    def __init__(
        self, address: Address, version: int, handlers: list[Callable[[Packet], None] | None], on_end: Callable[[Link], None],
        on_read: Callable[[int], None], on_room: Callable[[], None],
    ) -> None:
        super().__init__()
        self.ended: asyncio.Future[MqttError] = self._loop.create_future()
        self.greeted: asyncio.Future[ConnAck] = self._loop.create_future()
        self.alive = True
        self.worked = False  # something has come behind CONNACK
        self.holding = False  # we do not read, so silence is our own
        self._address = address
        self._version = version
        self._handlers = handlers
        self._on_end = on_end
        self._on_read = on_read
        self._on_room = on_room
        self._decoder = Decoder(version)
        self._interval = 0.0  # seconds, 0: no keep-alive
        self._timer: asyncio.TimerHandle | None = None
        self._pinged = False  # since something came

    def send(self, packet: Packet) -> None:
        """Sends a packet at the end of this round."""
        self.write(packet.encode(self._version))

    def received(self, data: bytes) -> None:
        self._pinged = False
        try:
            packets = self._decoder.feed(data)
        except ProtocolError as e:
            self._dispatch(e.packets)
            self.refuse(explain(e, self._address))
            return
        self._dispatch(packets)

    def _dispatch(self, packets: list[Packet]) -> None:
        handlers = self._handlers
        for packet in packets:
            handler = handlers[packet.kind]
            if not self.alive or self.greeted.cancelled():  # who waited for CONNACK has given up
                return
            greeted = self.greeted.done()
            if handler is None or (packet.kind == CONNACK) == greeted and packet.kind != AUTH:
                self.refuse(MqttError(f"{self._address} has broken the protocol: it has sent {type(packet).__name__} out of turn", 0x82))
                return
            self.worked = greeted
            handler(packet)
        if self.alive:
            self._on_read(len(packets))

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.alive and self.greeted.done() and not self.greeted.cancelled():
            self._on_room()

    def lost(self, error: Exception | None) -> None:
        when = "" if self.greeted.done() else " before it said a word of MQTT"
        self.fail(explain(error or ConnectionResetError(f"the broker has closed it{when}"), self._address))

    def refuse(self, error: MqttError) -> None:
        """Ends the connection, and tells the broker why where it can be told."""
        if self._version == 5 and self.alive and self.greeted.done() and error.reason is not None and error.reason >= 0x80:
            self.send(Disconnect(disconnect_reason(error.reason)))
            self.flush()
        self.fail(error)

    def fail(self, error: MqttError) -> None:
        """The connection is over, for whatever reason."""
        if not self.alive:
            return
        self.alive = False
        if self._timer is not None:
            self._timer.cancel()
        if not self.ended.done():  # who waits for it may have been cancelled, and it as well
            self.ended.set_result(error)
        if not self.greeted.done():
            self.greeted.set_exception(error)
            self.greeted.exception()  # it is no news where nobody waits for it
        self._on_end(self)
        self.close()

    def hold(self, holding: bool) -> None:
        """Stops reading, or goes on."""
        self.holding = holding
        if holding:
            self.pause_reading()
        else:
            self.last_received = self._loop.time()
            self.resume_reading()

    def rest(self, seconds: float) -> None:
        """Reads nothing for a moment, so that what comes by bits comes at once."""
        if self.alive and not self.holding:
            self.pause_reading()
            self._loop.call_later(seconds, self._rested)

    def _rested(self) -> None:
        if not self.holding:
            self.resume_reading()

    # ---- Keep-alive: section 3.1.2.10 ----

    def keep_alive(self, seconds: float) -> None:
        """From now on silence is noticed: PINGREQ after three quarters of the time, the end after 1.4 times. 0: never."""
        self._interval = seconds
        if seconds:
            self._watch(self._loop.time())

    def _watch(self, now: float) -> None:
        """Sets the timer for what is due next."""
        due = self.last_received + _DEAD * self._interval
        if not self._pinged:
            due = min(due, min(self.last_received, self.last_sent) + _PING * self._interval)
        due = max(due, now + 0.01)
        self._timer = self._loop.call_at(due, self._look, due)

    def _look(self, due: float) -> None:
        now = self._loop.time()
        late = now - due > _LATE * self._interval  # what has come is not read yet
        if self.holding:
            self.last_received = now
        if now - self.last_received >= _DEAD * self._interval and not late:
            self.fail(MqttError(f"{self._address} is silent: nothing came for {now - self.last_received:.1f} s", 0x8D))
            self.abort()
            return
        if not self._pinged and now - min(self.last_received, self.last_sent) >= _PING * self._interval:
            self.send(PingReq())
            self.flush()
            self._pinged = True
        self._watch(now + _LATE * self._interval if late else now)

