"""Extended authentication: steps between client and broker by a method that both know (section 4.12)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ._error import MqttError
from ._link import Link
from .packet import Auth, ConnAck

_CONTINUE, _AGAIN = 0x18, 0x19


class Authentication:
    """answer: called with None at the beginning of each exchange, for its first data (None: there is none), then with the data of each packet of the
    broker's, for those of the answer; what it returns for the last one is not sent. What it raises ends the connection."""

    def __init__(self, pair: tuple[str, Callable[[bytes | None], bytes | None]]) -> None:
        if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], str) or not callable(pair[1]):
            raise TypeError(f"authentication: the name of a method and a function are expected, not {pair!r}")
        self.method, self._answer = pair
        self._again: asyncio.Future[None] | None = None  # an exchange on a connection that there is

    def begin(self) -> dict[str, object]:
        """Properties of the first packet. MqttError: there is no answer."""
        return self._properties(self._ask(None))

    def _ask(self, data: bytes | None) -> bytes | None:
        try:
            return self._answer(data)
        except Exception as e:
            raise MqttError(f"authentication failed: {e or type(e).__name__}", 0x87) from e

    def _properties(self, data: bytes | None) -> dict[str, object]:
        properties: dict[str, object] = {"authentication_method": self.method}
        if data is not None:
            properties["authentication_data"] = data
        return properties

    def answer(self, packet: Auth | ConnAck) -> bytes | None:
        """What a packet's data are answered with. MqttError: it is not as it should be."""
        method = packet.properties.get("authentication_method", self.method)
        if method != self.method:
            raise MqttError(f"authentication failed: the broker goes on with the method {method!r}, not {self.method!r}", 0x82)
        data = packet.properties.get("authentication_data")
        return None if data is None and packet.reason != _CONTINUE else self._ask(b"" if data is None else data)

    def on_auth(self, link: Link, packet: Auth) -> None:
        """AUTH has come: a step, or the end of an exchange on a connection that there is."""
        if packet.reason != _CONTINUE and self._again is None:
            link.refuse(MqttError("the broker has broken the protocol: it has sent AUTH out of turn", 0x82))
            return
        try:
            data = self.answer(packet)
        except MqttError as e:
            link.refuse(e)
            return
        if packet.reason == _CONTINUE:
            link.send(Auth(_CONTINUE, self._properties(data)))
        elif not self._again.done():
            self._again.set_result(None)

    async def again(self, link: Link, timeout: float) -> None:
        """An exchange on a connection that there is. MqttError: the broker has refused, or does not answer."""
        if self._again is not None:
            raise RuntimeError("the client authenticates itself already")
        self._again = asyncio.get_running_loop().create_future()
        try:
            link.send(Auth(_AGAIN, self.begin()))
            async with asyncio.timeout(timeout):
                await asyncio.wait((self._again, link.ended), return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            raise MqttError(f"the broker has not answered within {timeout} s") from None
        finally:
            done, self._again = self._again, None
        if not done.done():
            raise link.ended.result()
