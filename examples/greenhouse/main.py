"""A node that senses, decides, stores, reports and shows: a greenhouse, or what its configuration makes of it.

    krait main.py [CONFIG] [KEY=VALUE ...]     config.toml beside this file unless given; KEY=VALUE changes a key of it: period=0.1 mqtt.port=0

It runs on real pins where the machine has some, otherwise on the simulated board, in the world that the configuration names. README.md says more.
"""
# SPDX-License-Identifier: MIT
import asyncio
import contextlib
import gc
import logging
import os
import sqlite3
import sys
import time

import parts
import sim
from dashboard import Dashboard
from mqtt.broker import Broker
from node import Device, Service, command, mean, ticks
from node.report import Report
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
            host, port = (c.mqtt.host, c.mqtt.port) if c.mqtt.host else (await enter(Broker(port=c.mqtt.port))).addresses[0]
            report = Report(host, port, c.name, c.title, c.mqtt.user, c.mqtt.password_file, c.mqtt.tls)
            self.rules = await enter(self.make_rules(store, report))
            self.dash = Dashboard(c.title, store=store, folder=c.folder)
            self.present(report)
            tls = (c.dashboard.certificate, c.dashboard.key) if c.dashboard.certificate else None
            await enter(self.dash.serve(c.dashboard.host, c.dashboard.port, tls=tls, address=c.dashboard.address))
            service.ready(f"{c.title} measures every {c.period:g} s")
            works = [self.sense(service), self.sense_host(), self.record(), report.run(lambda: self.readings, c.mqtt.every)]
            await service.run(*works, *([self.show()] if c.display else []))

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
        self.dash.update({name: value for name, value in found.items() if name in self.shown})
        for name, value in found.items():
            await self.judge(name, value)

    async def judge(self, name, value):
        try:
            await self.rules.feed(name, value)
        except (OSError, sqlite3.Error) as error:
            log.error("an alarm cannot be noted: %s", error)

    def make_rules(self, store, report):
        rules = Rules(f"{self.c.folder}/alarms.db", [LogNotifier(log), MqttNotifier(report.client, f"{self.c.name}/alarms")])
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

    # ---- Report and show

    def present(self, report):
        """What there is to see and to set, over MQTT and in the dashboard."""
        c, dash = self.c, self.dash
        self.shown = {v.name: v for v in c.value}
        for v in c.value:
            dash.value(v.name, v.label, unit=v.unit, chart=v.chart, decimals=v.decimals)
            report.value(v.name, v.label, unit=v.unit, device_class=v.device_class)
        for name, output in self.outputs.items():
            output.offer(name, dash)
            output.offer(name, report)
        dash.alarms(self.rules)
        dash.board(True, {one.pin: one.name for one in c.relay} | {one.pin: one.value for one in c.contact}, lambda: parts.board(c, self.outputs))
        dash.names["node"] = self
        logging.getLogger().addHandler(dash.log())

    async def show(self):
        async for _ in ticks(self.c.display.every):
            first = [v for v in self.c.value if v.name in self.readings][:6]
            self.display([self.c.title] + [f"{v.label[:10]:<11}{self.readings[v.name]:.{v.decimals}f} {v.unit}" for v in first])


async def main(config, path):
    gc.threshold(1 << 20)  # bytes between two collections: less memory for a little more work
    os.makedirs(config.folder, mode=0o700, exist_ok=True)
    if config.world:
        sim.world(os.path.join(os.path.dirname(path), config.world))
    try:
        async with Service() as service:
            await Node(config).run(service)
    except sqlite3.Error as error:
        raise OSError(f"{config.folder}: {error}") from error


if __name__ == "__main__":
    sys.exit(command(main, os.path.join(os.path.dirname(os.path.abspath(__file__)), "config.toml"), SETTINGS))
