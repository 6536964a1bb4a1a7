# The sinks of pipeline: a file, HTTP, MQTT (by a client that stands in for the real one), a store.
import asyncio
import http.server
import json
import logging
import os
import threading

import pipeline
import store
from pipeline import FileSink, Gap, HttpSink, MqttSink, Record, Refused, StoreSink

logging.disable(logging.CRITICAL)


def record(n, value=None, device="d"):
    return Record(device, "s", n, 1_700_000_000_000_000_000 + n, n, "boot", json.dumps(n if value is None else value))


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [pipeline.decode(line)[0].sequence for line in file]


async def files():
    sink = FileSink("out.jsonl")
    await sink.open()
    await sink.send([record(1), record(2)])
    await sink.close()
    with open("out.jsonl", "a", encoding="utf-8") as file:
        file.write('{"device":"d","stream":"s","sequ')  # the power went here
    sink = FileSink("out.jsonl")
    await sink.open()
    await sink.send([record(2), record(3)])
    await sink.send([record(3), Gap("d", "s", 4, 9), record(10, "é" * 3000)])
    await sink.close()
    await sink.open()
    await sink.send([record(9), record(10), record(11), record(1, device="other")])
    await sink.close()
    assert lines("out.jsonl") == [1, 2, 3, 9, 10, 11, 1]
    with open("odd.txt", "w", encoding="utf-8") as file:
        file.write("hello\n")
    try:
        await FileSink("odd.txt").open()
    except ValueError as error:
        print(error)
    try:
        await FileSink("no/such/folder/x").open()
    except FileNotFoundError:
        print("no folder")


class Server(http.server.BaseHTTPRequestHandler):
    answers, got = [], []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.answers.pop(0) if self.answers else 204
        if status < 300:
            self.got.append((self.headers["Idempotency-Key"], self.headers["X-Token"], body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        text = b"wrong unit" if status == 422 else b""
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        raise AssertionError("a redirection was followed")

    def log_message(self, *args):
        pass


async def over_http():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sink = HttpSink(f"http://127.0.0.1:{server.server_port}/in", {"X-Token": "t"}, batch=2)
        await sink.send([record(1), record(2)])
        key, token, body = Server.got.pop()
        assert (key, token) == ('"d/s/1-2"', "t") and [i.value for i in pipeline.decode(body)] == [1, 2]
        for status, kind in ((400, Refused), (404, Refused), (422, Refused), (408, OSError), (429, OSError), (500, OSError), (503, OSError), (302, OSError)):
            Server.answers[:] = [status]
            try:
                await sink.send([record(3)])
                raise AssertionError(status)
            except kind as error:
                text = str(error).replace(str(server.server_port), "PORT")
                if status in (422, 503):
                    print(text)
        # In a pipeline: one of a batch is refused, the others arrive.
        Server.got.clear()
        Server.answers[:] = [503, 400, 200, 400]
        async with pipeline.Pipeline("http.db", [sink], device="d", retry=(0.001, 0.01)) as p:
            await p.put_many(["good", "bad"])
            await p.flush(10)
            assert [pipeline.decode(body)[0].value for _, _, body in Server.got] == ["good"]
            assert [row[1] for row in await p.refused()] == [2]
        server.shutdown()
    try:
        await sink.send([record(1)])
    except OSError:
        print("nobody is there")


class Client:
    """What MqttSink asks of mqtt.Client."""

    def __init__(self, version=5):
        self.version, self.sent, self.fail, self.on_line = version, [], 0, asyncio.Event()
        self.on_line.set()

    async def wait_connected(self):
        await self.on_line.wait()

    async def publish(self, topic, payload=b"", qos=0, retain=False, properties=None):
        self.sent.append((topic, payload, qos, retain, properties))
        await asyncio.sleep(0.001)
        if self.fail and len(self.sent) >= self.fail:
            self.fail = 0
            raise ConnectionError("lost")
        return 0


async def over_mqtt():
    client = Client()
    await MqttSink(client).send([record(1, {"t": 20}), Gap("d", "s", 2, 3)])
    (topic, payload, qos, retain, properties), second = client.sent
    assert (topic, qos, retain, properties) == ("pipeline/d", 1, False, {"user_property": [("key", "d/s/1")]})
    assert pipeline.decode(payload)[0].value == {"t": 20} and second[4] == {"user_property": [("key", "d/s/2-3")]}
    client = Client(4)
    sink = MqttSink(client, "plant/{room}/{device}")
    await sink.send([record(1, {"room": "kitchen"}), Gap("d", "s", 2, 3)])
    assert [(m[0], m[4]) for m in client.sent] == [("plant/kitchen/d", None), ("plant/gap", None)]
    try:
        await sink.send([record(1, 5)])
    except Refused as error:
        print(error)
    # Through a pipeline, with a link that breaks in the middle of a batch.
    client = Client()
    client.fail = 30
    async with pipeline.Pipeline("mqtt.db", [MqttSink(client, batch=50)], device="d", retry=(0.001, 0.01)) as p:
        await asyncio.gather(*(p.put(n) for n in range(100)))
        await p.flush(10)
    got = [pipeline.decode(m[1])[0].sequence for m in client.sent]
    assert sorted(set(got)) == list(range(1, 101)) and len(got) > 100 and got[-50:] == list(range(51, 101)), got
    # Without a connection nothing is given to the client.
    client = Client()
    client.on_line.clear()
    async with pipeline.Pipeline("off.db", [MqttSink(client)], device="d", timeout=0.02, retry=(0.001, 0.01)) as p:
        await p.put(1)
        await asyncio.sleep(0.1)
        assert client.sent == []
        client.on_line.set()
        await p.flush(10)
    assert len(client.sent) == 1


async def into_store():
    with store.Store("s.db") as target:
        async with pipeline.Pipeline("store.db", [StoreSink(target)], device="hall") as p:
            await p.put_many([20.5, {"t": 21.0, "door": {"open": True}, "none": None}, "text"])
            await p.put({"t": [1, 2]})
            await p.put(21.5)
            await p.flush(10)
            print([row[1:3] for row in await p.refused()])
        assert target.series() == {"hall/door/open": "bool", "hall/t": "number", "hall/value": "number"}
        assert [point.value for point in target.points("hall/value")] == [20.5, 21.5]
        items = [record(1, 1.0, "x"), record(2, 2.0, "x")]
        assert target.add_records(items) == 2 and target.add_records(items) == 0


asyncio.run(files())
asyncio.run(over_http())
asyncio.run(over_mqtt())
asyncio.run(into_store())
