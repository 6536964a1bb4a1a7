# The live WebSocket: what pages are told, what they may do, and what a viewer may not.
import asyncio
import json
import logging
import os
import tempfile

import machine
from _part import Page, closed, served, until
from rules import Rules, Threshold

fan = {"percent": 30.0}
pump = machine.Pin(17, machine.Pin.OUT, value=0)
looks = 0


async def slow(value):
    await asyncio.sleep(0.05)
    if value > 90:
        raise OSError(5, "the fan does not answer")
    fan["percent"] = value


def get_pump():
    global looks
    looks += 1
    return pump.value()


def prepare(dash):
    dash.value("air", "Air", unit="°C", chart="Climate", decimals=1)
    dash.value("soil")
    dash.switch("pump", "Pump", get=get_pump, set=pump.value)
    dash.slider("fan", "Fan", 0, 100, unit="%", get=lambda: fan["percent"], set=slow)
    dash.switch("broken", get=lambda: 1 / 0, set=lambda on: 1 / 0)
    dash.board(True, {17: "Pump"})
    logger = logging.getLogger("node")
    logger.addHandler(dash.log())
    logger.propagate = False
    dash.script("x.py", "x.py")


async def ask(socket, **message):
    message = {"id": 7} | message
    await socket.send(json.dumps(message))
    return await until(socket, "result", lambda result: result["id"] == message["id"])


async def shows(dash, operator, viewer):
    dash.update({"air": 21.5})
    logging.getLogger("node").warning("the door is open")
    page, other = await operator.socket("/api/live"), await viewer.socket("/api/live")
    for socket in (page, other):
        hello = await until(socket, "hello")
        hello.pop("now"), hello.pop("latest_at")
        print(json.dumps(hello, ensure_ascii=False))
    print((await until(page, "board"))["pins"])
    print([(line["level"], line["text"]) for line in (await until(page, "log"))["lines"]])
    dash.update({"air": float("nan"), "soil": 48})
    print((await until(page, "values"))["v"], (await until(other, "values"))["v"])
    for number in range(100):
        dash.update({"air": number, "soil": -number})
    print((await until(other, "values"))["v"])
    try:
        dash.update({"air": 1, "fire": 2})
    except KeyError as error:
        print(error)
    logging.getLogger("node").info("x" * 5000)
    line = (await until(other, "log"))["lines"][0]
    print(line["level"], len(line["text"]))
    return page, other


async def acts(page, other):
    print(await ask(page, type="set", name="pump", value=True), pump.value(), (await until(other, "actuator"))["value"], (await until(other, "board"))["pins"][0]["level"])
    pump.off()
    print("by the program", await until(other, "actuator"))
    print(await ask(page, type="set", name="fan", value=55.5), fan)
    for name, value in (("fan", 95), ("fan", 101), ("fan", -0.1), ("fan", "5"), ("fan", None), ("fan", True), ("pump", 1), ("pump", "true"), ("broken", True), ("nothing", 1), (None, 1), ([], 1)):
        print(name, value, (await ask(page, type="set", name=name, value=value))["error"])
    await page.send('{"type":"set","id":8,"name":"fan","value":1e999}')
    print((await until(page, "result"))["error"])
    for text in ("", "[]", "null", "{", "[" * 4000, '{"type":"set"}', '{"type":"boom","id":1}', '{"type":"ack","id":{"a":1},"alarm":[]}'):
        await page.send(text)
        print(text[:10], await until(page, "result"))
    print(fan, pump.value())


async def viewer_tries(viewer, other, tokens):
    for message in ({"type": "set", "name": "pump", "value": True}, {"type": "set", "name": "fan", "value": 1}, {"type": "ack", "alarm": "heat"}, {"type": "set", "name": "pump", "value": True, "role": "operator"},
                    {"type": "run", "name": "x.py"}):
        print((await ask(other, **message))["error"])
    for path in ("/api/script/x.py/run", "/api/script/x.py/stop"):
        print(path, (await viewer.post(path)).status)
    for path in ("/api/console",):
        try:
            await viewer.socket(path)
            print("it is open")
        except Exception as error:
            print(type(error).__name__, "403" in str(error))
    print("pump", pump.value(), "fan", fan)


async def alarms(page, other, rules):
    await rules.feed("air", 45.0)
    alarm = (await until(other, "alarms", lambda message: message["alarms"]))["alarms"][0]
    print({name: alarm[name] for name in alarm if name != "since"})
    print((await ask(other, type="ack", alarm="heat"))["error"])
    print(await ask(page, type="ack", alarm="heat"), (await until(other, "alarms", lambda message: message["alarms"][0]["state"] != "raised"))["alarms"][0]["state"])
    print((await ask(page, type="ack", alarm="flood"))["error"])
    await rules.feed("air", 20.0)
    print((await until(page, "alarms", lambda message: not message["alarms"])))


async def nobody(page, other):
    await page.close()
    await other.close()
    await asyncio.sleep(0.2)
    before = looks
    await asyncio.sleep(1.2)
    print("looked at while nobody looks:", looks - before)


async def bounded(dash, viewer):
    """A page that reads nothing."""
    socket = await viewer.socket("/api/live")
    await until(socket, "hello")
    socket._stream.transport.pause_reading()
    for number in range(300):
        dash.update({"air": number})
        for _ in range(50):
            logging.getLogger("node").info("y" * 1900)
        await asyncio.sleep(0)
    await asyncio.sleep(0.3)
    waiting, = dash._live._viewers
    print("waits:", len(waiting.values) <= 1, len(waiting.lines) <= 500, len(waiting.results))
    socket._stream.transport.resume_reading()
    print((await until(socket, "values", lambda message: message["v"].get("air") == 299))["v"])
    await socket.close()
    held = [await viewer.socket("/api/live") for _ in range(15)]
    big = await viewer.socket("/api/live")
    await big.send("x" * 5000)
    print("a large message", await closed(big))
    for socket in held:
        await socket.close()


async def main():
    with tempfile.TemporaryDirectory() as folder:
        async with Rules(os.path.join(folder, "a.db")) as rules:
            rules.watch("air", Threshold(above=40), name="heat", text="the air has {value:.0f} °C")
            async with served(prepare) as (dash, server, tokens):
                dash.alarms(rules, {"heat": "critical"})
                operator, viewer = await Page(server.url).login(tokens["operator"]), await Page(server.url).login(tokens["viewer"])
                page, other = await shows(dash, operator, viewer)
                await acts(page, other)
                await viewer_tries(viewer, other, tokens)
                await alarms(page, other, rules)
                await nobody(page, other)
                await bounded(dash, viewer)


logging.getLogger("dashboard").setLevel(logging.CRITICAL)
logging.getLogger("node").setLevel(logging.INFO)
asyncio.run(main())
