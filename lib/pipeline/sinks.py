"""Where a pipeline sends readings. A sink of one's own derives from Sink and has send()."""

import asyncio
import os
import string
import urllib.error

from _post import post

from ._record import Gap, Record, decode

_NEVER = (0x90, 0x95, 0x99)  # topic name invalid, packet too large, payload format invalid: MQTT 5, section 2.4
_TRY_AGAIN = (408, 425, 429)  # of the 4xx: RFC 9110, RFC 8470, RFC 6585


class Refused(Exception):
    """A sink will never take this; the pipeline puts it aside and goes on. Of a batch, each reading is then sent alone."""


class Sink:
    """A receiver. name: under which the queue remembers how far it is. batch: how many readings send() gets at most."""

    def __init__(self, name: str, batch: int = 100) -> None:
        if not name or batch < 1:
            raise ValueError(f"a sink needs a name, and a batch of at least 1; got {name!r} and {batch}")
        self.name = name
        self.batch = batch

    async def open(self) -> None:
        """Before the first send(), and again after a failure."""

    async def send(self, items: list[Record | Gap]) -> None:
        """Return when all items are safe at the receiver. Refused: it will never take them. Any other exception: all are sent again, later."""
        raise NotImplementedError(f"sink {self.name} does not say how to send")

    async def close(self) -> None:
        """After a failure, and at the end."""


class FileSink(Sink):
    """Appends one JSON object per line to a file, synced with each batch. Lines that are there already after a restart are not written twice."""

    def __init__(self, path: str, name: str | None = None, batch: int = 500) -> None:
        super().__init__(name or f"file:{path}", batch)
        self.path = path

    async def open(self) -> None:
        await asyncio.to_thread(self._open)

    def _open(self) -> None:
        is_new = not os.path.exists(self.path)
        self._file = open(self.path, "a+b", buffering=0)
        if is_new:
            _sync_folder(self.path)
        self._last: tuple[str, int] | None = None
        line, end = _last_line(self._file)
        self._file.truncate(end)  # a line without its end was being written when the power went
        if line:
            try:
                item, = decode(line)
            except ValueError as error:
                self._file.close()
                raise ValueError(f"{self.path} ends with something other than a reading: {error}") from None
            self._last = (item.source, item.sequence)

    async def send(self, items: list[Record | Gap]) -> None:
        await asyncio.to_thread(self._write, items)

    def _write(self, items: list[Record | Gap]) -> None:
        if self._last:
            items = [item for item in items if item.source != self._last[0] or item.sequence > self._last[1]]
        if items:
            data = "".join(item.encode() + "\n" for item in items).encode()
            while data:
                data = data[self._file.write(data):]
            os.fdatasync(self._file.fileno())
            self._last = (items[-1].source, items[-1].sequence)

    async def close(self) -> None:
        self._file.close()


def _last_line(file) -> tuple[bytes, int]:
    """The last whole line of a file, and where it ends."""
    end = file.seek(0, 2)
    data = b""
    while end and data.count(b"\n") < 2:
        size = min(end, 4096)
        end -= size
        file.seek(end)
        data = file.read(size) + data
    whole = data.rfind(b"\n") + 1
    return data[:whole].rstrip(b"\n").rpartition(b"\n")[2], end + whole


def _sync_folder(path: str) -> None:
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class HttpSink(Sink):
    """Posts a JSON list of readings to a URL. 2xx: they are safe there; 408, 425, 429, 5xx: tried again; other 4xx: refused.

    The header Idempotency-Key names the batch. Redirections are not followed: a POST would become a GET.
    """

    def __init__(self, url: str, headers: dict[str, str] | None = None, name: str | None = None, batch: int = 100,
                 timeout: float = 30.0, context: "ssl.SSLContext | None" = None) -> None:
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise ValueError(f"url must begin with http:// or https://, not {url!r}")
        super().__init__(name or f"http:{url}", batch)
        self.url = url
        self.headers = dict(headers or {})
        self.timeout = timeout
        self.context = context

    async def send(self, items: list[Record | Gap]) -> None:
        await asyncio.to_thread(self._post, items)

    def _post(self, items: list[Record | Gap]) -> None:
        body = "[" + ",".join(item.encode() for item in items) + "]"
        headers = {**self.headers, "Idempotency-Key": f'"{items[0].key}-{items[-1].sequence}"'}
        try:
            post(self.url, body.encode(), headers, self.timeout, self.context)
        except urllib.error.HTTPError as error:
            with error:
                if 400 <= error.code < 500 and error.code not in _TRY_AGAIN:
                    raise Refused(f"{self.url} answers {error.code}: {error.read(200).decode('utf-8', 'replace')}") from None
            raise OSError(f"{self.url} answers {error.code} {error.reason}") from None


class MqttSink(Sink):
    """Publishes readings by an mqtt.Client, which the program has opened: one message each, the JSON that decode() reads.

    topic: may hold {device}, and any field of readings that are dicts: "plant/{device}/{room}". With MQTT 5 the key is also the user property "key".
    """

    def __init__(self, client, topic: str = "pipeline/{device}", name: str | None = None, batch: int = 100, qos: int = 1, retain: bool = False) -> None:
        if not hasattr(client, "wait_connected"):
            raise TypeError(f"client must be an mqtt.Client, not {client!r}")
        if any(c in literal for literal, *_ in string.Formatter().parse(topic) for c in "+#"):
            raise ValueError(f"topic must be a topic without wildcards, not {topic!r}")
        super().__init__(name or f"mqtt:{topic}", batch)
        self.client = client
        self.topic = topic
        self.qos = qos
        self.retain = retain

    def _topic(self, item: Record | Gap) -> str:
        value = item.value if isinstance(item, Record) and self.topic.count("{") > self.topic.count("{device}") else None
        fields = {**(value if type(value) is dict else {}), "device": item.device}
        try:
            return self.topic.format_map(fields)
        except KeyError as error:
            if isinstance(item, Gap):
                return self.topic.split("{", 1)[0] + "gap"
            raise Refused(f"the topic {self.topic!r} needs {error}, which the reading lacks") from None

    async def send(self, items: list[Record | Gap]) -> None:
        await self.client.wait_connected()  # what is published without a connection would stay with the client when this call times out
        # Started in order, so that the client sends them in order; it waits where the receiver's window is full.
        waits = [asyncio.ensure_future(self._publish(self._topic(item), item)) for item in items]
        try:
            await asyncio.gather(*waits)
        finally:
            for wait in waits:
                wait.cancel()

    async def _publish(self, topic: str, item: Record | Gap) -> None:
        properties = {"user_property": [("key", item.key)]} if self.client.version == 5 else None
        try:
            await self.client.publish(topic, item.encode().encode(), qos=self.qos, retain=self.retain, properties=properties)
        except ValueError as error:  # the reading makes a topic that there cannot be
            raise Refused(str(error)) from None
        except Exception as error:
            if getattr(error, "reason", 0) in _NEVER:
                raise Refused(str(error)) from None
            raise


class StoreSink(Sink):
    """Puts readings into a store.Store of this machine: see store.Store.add_records for the names of their series, and for with_device."""

    def __init__(self, store, name: str = "store", batch: int = 1000, with_device: bool = True) -> None:
        if not hasattr(store, "add_records"):
            raise TypeError(f"store must be a store.Store, not {store!r}")
        super().__init__(name, batch)
        self.store = store
        self.with_device = with_device

    async def send(self, items: list[Record | Gap]) -> None:
        try:
            await asyncio.to_thread(self.store.add_records, items, self.with_device)
        except (TypeError, ValueError) as error:
            raise Refused(str(error)) from None
