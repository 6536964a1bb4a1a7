"""A node that senses, decides, stores, reports and shows: a greenhouse, or what its configuration makes of it.

    krait main.py [CONFIG] [KEY=VALUE ...]     config.toml beside this file unless given; KEY=VALUE changes a key of it: period=0.1 mqtt.port=0

It runs on real pins where the machine has some, otherwise on the simulated board, in the world that the configuration names. README.md says more.
"""
# SPDX-License-Identifier: MIT
import asyncio
import contextlib
import gc
import json
import logging
import os
import sqlite3
import sys
import time

import homeassistant
import mqtt
import parts
import sim
from dashboard import Dashboard
from mqtt.broker import Broker
from node import Device, Service, load, mean, ticks
from pipeline import Pipeline, StoreSink
from rules import Daily, LogNotifier, Missing, MqttNotifier, Rules, Threshold
from settings import SETTINGS
from store import Store

log = logging.getLogger("greenhouse")


class Node:
    """c: the configuration. Everything begins in run(), and ends with it."""

    def __init__(self, c):
        self.c = c
        self.sensors = [Device(f"{kind} {n}", lambda open=getattr(parts, kind), one=one: open(one))
                        for kind in ("bme280", "ads1115", "contact") for n, one in enumerate(getattr(c, kind), 1)]
        self.host = Device("this machine", lambda: parts.host(c.host, c.folder))
        self.display = c.display and Device("the display", lambda: parts.display(c.display))
        self.outputs = {one.name: make(one) for make, ones in ((parts.relay, c.relay), (parts.pwm, c.pwm)) for one in ones}
        self.readings, self.fresh = {}, []  # the last ones; those that are not stored yet

    async def run(self, service):
        c = self.c
        async with contextlib.AsyncExitStack() as stack:
            enter = stack.enter_async_context
            store = stack.enter_context(Store(f"{c.folder}/readings.db", keep={"raw": c.store.raw, "minute": c.store.minute}))
            self.queue = await enter(Pipeline(f"{c.folder}/queue.db", [StoreSink(store, with_device=False)], device=c.name))
            broker = await enter(Broker(port=c.mqtt.port)) if not c.mqtt.host else None
            self.client = self.make_client(c.mqtt, broker)
            self.rules = await enter(self.make_rules(store))
            self.dash = self.make_dashboard(store)
            await enter(self.dash.serve(c.dashboard.host, c.dashboard.port, tls=(c.dashboard.certificate, c.dashboard.key) if c.dashboard.certificate else None))
            service.ready(f"{c.title} measures every {c.period:g} s")
            works = [self.sense(service), self.sense_host(), self.record(), self.talk()] + ([self.show()] if c.display else [])
            await service.run(*works)

    # ---- Sense, decide, act

    async def sense(self, service):
        async for _ in ticks(self.c.period):
            now = time.monotonic()
            found = {name: value for sensor in self.sensors for name, value in (sensor() or {}).items()}
            for name, output in self.outputs.items():
                output.follow(found, now)
                found[name] = output.value
            await self.take(found)
            service.alive()

    async def sense_host(self):
        async for _ in ticks(self.c.host.every):
            await self.take(self.host() or {})

    async def take(self, found):
        """New readings: kept for the store, shown, and looked at by the rules."""
        self.readings.update(found)
        self.fresh.append(found)
        self.dash.update({name: value for name, value in found.items() if name in self.labels})
        for name, value in found.items():
            await self.judge(name, value)

    async def judge(self, name, value):
        try:
            await self.rules.feed(name, value)
        except (OSError, sqlite3.Error) as error:
            log.error("an alarm cannot be noted: %s", error)

    def make_rules(self, store):
        rules = Rules(f"{self.c.folder}/alarms.db", [LogNotifier(log), MqttNotifier(self.client, f"{self.c.name}/alarms")])
        for a in self.c.alarm:
            detector = Threshold(a.above, a.below, a.hysteresis, a.delay) if a.silent is None else Missing(a.silent)
            rules.watch(a.value, detector, a.name, a.text)
        rules.schedule(Daily("03:30"), lambda moment: asyncio.to_thread(store.expire))
        return rules

    # ---- Store

    async def record(self):
        """The means of what has come since the last time: on disk, and then in the store, whatever happens to the program or its power."""
        unsaved = 0
        async for _ in ticks(self.c.store.every):
            fresh, self.fresh = self.fresh, []
            if not fresh:
                continue
            try:
                await self.queue.put(mean(fresh))
                unsaved = 0
            except (OSError, sqlite3.Error) as error:
                unsaved += 1
                if unsaved == 1:
                    log.error("readings cannot be stored: %s", error)
            await self.judge("unsaved", unsaved)

    # ---- Report

    def make_client(self, c, broker):
        password = open(c.password_file, encoding="utf-8").read().strip() if c.password_file else None
        host, port = (c.host, c.port) if c.host else broker.addresses[0]
        log.info("MQTT: %s:%d", host, port)
        return mqtt.Client(host, port, username=c.user, password=password, tls=c.tls, client_id=self.c.name, will=homeassistant.will(f"{self.c.name}/status"))

    async def talk(self):
        """Publish what is read, and do what is asked for. The broker may be away, also at the start."""
        name, client = self.c.name, self.client
        while not client.connected:
            try:
                await client.connect()
            except mqtt.MqttError as error:
                log.warning("MQTT: %s", error)
                await asyncio.sleep(10)
        try:
            await homeassistant.announce(client, {"identifiers": name, "name": self.c.title, "model": "Krait"}, self.entities(), f"{name}/status")
            await client.subscribe(f"{name}/+/set", qos=1)
            await asyncio.gather(self.publish(), self.obey())
        finally:
            await client.disconnect()

    async def publish(self):
        async for _ in ticks(self.c.mqtt.every):
            if self.client.connected:
                state = {name: round(value, 3) for name, value in self.readings.items()}
                await self.client.publish(f"{self.c.name}/state", json.dumps(state))

    async def obey(self):
        async for message in self.client.messages:
            name, text = message.topic.split("/")[1], message.payload.decode("utf-8", "replace")
            try:
                self.outputs[name].set({"ON": 1, "OFF": 0}.get(text.upper(), text))
            except (KeyError, ValueError) as error:
                log.warning("%s is asked for %.40r: %s", name, text, error)

    def entities(self):
        """What Home Assistant is told of."""
        state = {"state_topic": f"{self.c.name}/state"}
        found = [{"component": "sensor", "id": v.name, "name": v.label, "value_template": "{{ value_json.%s }}" % v.name, **state,
                  **({"unit_of_measurement": v.unit} if v.unit else {}), **({"device_class": v.device_class} if v.device_class else {})} for v in self.c.value]
        for name, output in self.outputs.items():
            common = {"id": name, "name": output.c.label, "command_topic": f"{self.c.name}/{name}/set", **state}
            if output.most == 1:
                found.append({"component": "switch", "value_template": "{{ 'ON' if value_json.%s else 'OFF' }}" % name, **common})
            else:
                found.append({"component": "number", "min": 0, "max": output.most, "value_template": "{{ value_json.%s }}" % name, **common})
        return found

    # ---- Show

    def make_dashboard(self, store):
        dash = Dashboard(self.c.title, store=store, folder=self.c.folder)
        self.labels = {v.name: v for v in self.c.value}
        for v in self.c.value:
            dash.value(v.name, v.label, unit=v.unit, chart=v.chart, decimals=v.decimals)
        for name, output in self.outputs.items():
            if output.most == 1:
                dash.switch(name, output.c.label, get=lambda output=output: bool(output.value), set=output.set)
            else:
                dash.slider(name, output.c.label, 0, output.most, unit="%", get=lambda output=output: output.value, set=output.set)
        dash.alarms(self.rules)
        dash.board(True, roles={one.pin: one.name for one in (*self.c.relay, *self.c.pwm)} | {one.pin: one.value for one in self.c.contact})
        dash.names["node"] = self
        logging.getLogger().addHandler(dash.log())
        return dash

    async def show(self):
        async for _ in ticks(self.c.display.every):
            shown = [v for v in self.c.value if v.name in self.readings][:6]
            self.display([self.c.title] + [f"{v.label[:10]:<11}{self.readings[v.name]:.{v.decimals}f} {v.unit}" for v in shown])


def describe(world):
    """What the simulated board is connected to, unless it has real pins, or was told otherwise (--board sim:FILE)."""
    with contextlib.suppress(RuntimeError):
        if not sim.board().devices:
            sim.board().describe(world)


async def main(config):
    os.makedirs(config.folder, mode=0o700, exist_ok=True)
    async with Service() as service:
        await Node(config).run(service)


if __name__ == "__main__":
    gc.threshold(1 << 20)  # bytes between two collections: less memory for a little more work
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    here = os.path.dirname(os.path.abspath(__file__))
    path = next((word for word in sys.argv[1:] if "=" not in word), os.path.join(here, "config.toml"))
    try:
        config = load(path, SETTINGS, [word for word in sys.argv[1:] if "=" in word])
        if config.world:
            describe(os.path.join(os.path.dirname(path), config.world))
        asyncio.run(main(config))
    except (ValueError, OSError) as error:
        print(f"{os.path.basename(sys.argv[0])}: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, ValueError) else 1)
