"""MQTT client whose methods wait, for programs without asyncio; safe to use from several threads.

    with Client("broker.local") as client:
        client.subscribe("room/+/temperature", qos=1)
        client.publish("room/1/light", "on", qos=1)
        for message in client.messages:
            print(message.topic, message.payload)

A thread of its own runs mqtt.Client in an event loop: the keep-alive, acknowledgements and connecting again go on while the program computes.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from concurrent.futures import Future
from typing import Any

from . import client as _asynchronous
from .client import MqttError, Subscription, Will
from .packet import Publish

__all__ = ["Client", "MqttError", "Subscription", "Will"]


class Messages:
    """An iterator over messages, which waits for the next; it ends when the client disconnects."""

    def __init__(self, owner: Client) -> None:
        self._owner = owner

    def __len__(self) -> int:
        """How many wait."""
        return len(self._owner._client.messages)

    def __iter__(self) -> Messages:
        return self

    def __next__(self) -> Publish:
        message = self._owner._run(self._next())
        if message is None:
            raise StopIteration
        return message

    async def _next(self) -> Publish | None:
        return await anext(self._owner._client.messages, None)

    def get(self, timeout: float | None = None) -> Publish:
        """The next message. TimeoutError: none came within timeout seconds. MqttError: there will be none."""
        return self._owner._run(self._get(timeout))

    async def _get(self, timeout: float | None) -> Publish:
        async with asyncio.timeout(timeout):
            return await self._owner._client.messages.get()


class Client:
    """As mqtt.Client, with the same arguments, names and errors; on_connection is called in the client's thread."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._client = _asynchronous.Client(*arguments, **options)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self.messages = Messages(self)

    def __enter__(self) -> Client:
        self.connect()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.disconnect(wait=kind is None)

    def _submit(self, coroutine: Coroutine[Any, Any, Any]) -> Future[Any]:
        if self._loop is None:
            coroutine.close()
            raise MqttError("the client is not connected: call connect() first, or use with")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        future = self._submit(coroutine)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    @property
    def connected(self) -> bool:
        """Whether there is a connection now."""
        return self._client.connected

    @property
    def client_id(self) -> str:
        """The client's identifier."""
        return self._client.client_id

    @property
    def session_present(self) -> bool:
        """Whether the broker went on with an earlier session when it was connected to last."""
        return self._client.session_present

    @property
    def last_error(self) -> MqttError | None:
        """Why the last connection was lost, or could not be made."""
        return self._client.last_error

    @property
    def server(self) -> dict[str, object]:
        """Properties of the broker's CONNACK."""
        return self._client.server

    def connect(self) -> None:
        """Connects, once; later losses are mended without a word. MqttError says why there is no connection."""
        if self._thread is not None:
            raise RuntimeError("the client is connected, or connects")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mqtt", daemon=True)
        self._thread.start()
        try:
            self._run(self._client.connect())
        except BaseException:
            self._stop()
            raise

    def disconnect(self, reason: int = 0, wait: bool = True) -> None:
        """Ends the connection, as mqtt.Client.disconnect, and the client's thread."""
        if self._thread is not None:
            try:
                self._run(self._client.disconnect(reason, wait))
            finally:
                self._stop()

    def _stop(self) -> None:
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def wait_connected(self, timeout: float | None = None) -> None:
        """Waits until there is a connection. TimeoutError: there was none within timeout seconds. MqttError: there will be none."""
        async def wait() -> None:
            async with asyncio.timeout(timeout):
                await self._client.wait_connected()

        self._run(wait())

    def publish(self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None) -> int:
        """Publishes a message; with QoS 1 and 2 it has arrived at the broker when this returns. As mqtt.Client.publish."""
        return self._run(self._client.publish(topic, payload, qos, retain, properties))

    def publish_nowait(self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None) -> Future[int]:
        """As publish, without waiting for the acknowledgement: the future has what publish returns, or raises."""
        return self._submit(self._client.publish(topic, payload, qos, retain, properties))

    def subscribe(self, filters: str | Subscription | Iterable[str | Subscription], qos: int = 0, **options: Any) -> int | list[int]:
        """Subscribes to one topic filter, or several. As mqtt.Client.subscribe."""
        return self._run(self._client.subscribe(filters, qos, **options))

    def unsubscribe(self, filters: str | Iterable[str], properties: dict[str, object] | None = None) -> None:
        """Ends subscriptions. As mqtt.Client.unsubscribe."""
        self._run(self._client.unsubscribe(filters, properties))

    def ack(self, message: Publish) -> None:
        """Acknowledges a message, where manual_ack is set. As mqtt.Client.ack."""
        async def ack() -> None:
            self._client.ack(message)

        self._run(ack())

    def reauthenticate(self) -> None:
        """Goes through the authentication once more. As mqtt.Client.reauthenticate."""
        self._run(self._client.reauthenticate())

    def request(self, topic: str, payload: bytes | str = b"", qos: int = 1, timeout: float | None = None, properties: dict[str, object] | None = None) -> Publish:
        """Publishes a message that asks for an answer, and returns the answer. As mqtt.Client.request."""
        return self._run(self._client.request(topic, payload, qos, timeout, properties))

    def respond(self, message: Publish, payload: bytes | str = b"", qos: int = 1) -> int:
        """Answers a message that asks for it. As mqtt.Client.respond."""
        return self._run(self._client.respond(message, payload, qos))


async def _cancel_all() -> None:
    """The end of whoever still waits in the loop."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
