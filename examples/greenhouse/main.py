"""A node that senses, decides, stores, reports and shows: a greenhouse, or whatever its configuration makes of it.

    krait main.py [CONFIG] [KEY=VALUE ...]     config.toml beside this file unless given; KEY=VALUE changes a key of it: period=0.1 mqtt.port=0

It runs on real pins where the machine has some, otherwise on the simulated board, in the world that the configuration names. README.md says more.
"""
# SPDX-License-Identifier: MIT
import asyncio
import json
import logging
import os
import sys
import time

import homeassistant
import mqtt
import sim
from dashboard import Dashboard
from drivers.ads1115 import ADS1115
from drivers.bme280 import BME280
from drivers.ssd1306 import SSD1306
from machine import I2C, PWM, Pin
from mqtt.broker import Broker
from node import ConfigError, Host, Sensor, Service, load, mean
from pipeline import Pipeline, StoreSink
from rules import Daily, Missing, MqttNotifier, Pid, Rules, Threshold, TwoPoint
from settings import SETTINGS
from store import Store

HERE = os.path.dirname(os.path.abspath(__file__))
log = logging.getLogger("node")

# ---- Sensors: each opens what a table of the configuration describes, and returns a function that gives readings by name


def bme280(c):
    chip = BME280(I2C(c.bus), c.address, continuous=True)
    return lambda: {name: value for name, value in zip((c.temperature, c.pressure, c.humidity), chip.read()) if name and value is not None}


def ads1115(c):
    chip = ADS1115(I2C(c.bus), c.address, rate=860)

    def between(volts, i):  # two points of a line: at volts[0] it reads reads[0], at volts[1] reads[1]
        return i.reads[0] + (volts - i.volts[0]) * (i.reads[1] - i.reads[0]) / (i.volts[1] - i.volts[0])

    return lambda: {i.value: between(chip.read(i.channel), i) for i in c.input}


def contact(c):
    pin = Pin(c.pin, Pin.IN, Pin.PULL_UP)
    return lambda: {c.value: int(pin() != c.closed)}


def host(c, folder):
    machine = Host(folder)
    return lambda: {c.values[name]: value for name, value in machine.read().items() if name in c.values}


class Output:
    """What acts: a relay (0 or 1) or pulses (0 to 100 %). A controller moves it, unless a person has within the last c.hold seconds."""

    def __init__(self, c, control, move):
        self.c, self.control, self.move = c, control, move
        self.value, self.by_hand_until = 0, 0.0

    def set(self, value):
        if not 0 <= float(value) <= (1 if isinstance(self.control, TwoPoint) else 100):
            raise ValueError(f"{self.c.label} cannot be set to {value}")
        self.by_hand_until = time.monotonic() + self.c.hold
        self.change(value)

    def change(self, value):
        if value != self.value:
            self.value = value
            self.move(value)

    def follow(self, readings, now):
        """Let the controller decide. Without the reading that it looks at, it is off."""
        measured = readings.get(self.c.by)
        if now < self.by_hand_until:
            if isinstance(self.control, TwoPoint):
                self.control.force(bool(self.value), now)
        elif measured is not None:
            self.change(round(self.control.update(measured, now), 1) if isinstance(self.control, Pid) else int(self.control.update(measured, now)))
        else:
            self.change(0)


def relay(c):
    pin = Pin(c.pin, Pin.OUT, value=1 - c.on)
    limits = {name: getattr(c, name) for name in ("on_below", "off_above", "on_above", "off_below", "longest", "rest")}
    return Output(c, TwoPoint(**limits), lambda on: pin(c.on if on else 1 - c.on))


def pwm(c):
    pulses = PWM(Pin(c.pin), freq=int(c.hz), duty_u16=0)
    return Output(c, Pid(c.kp, c.ki, setpoint=c.setpoint, high=100.0, reverse=c.cools), lambda percent: pulses.duty_u16(round(percent * 655.35)))


class Node:
    def __init__(self, c, folder):
        self.c, self.folder, self.readings, self.fresh = c, folder, {}, []
        self.sensors = [Sensor(f"{kind.__name__} {n}", lambda kind=kind, one=one: kind(one))
                        for kind in (bme280, ads1115, contact) for n, one in enumerate(getattr(c, kind.__name__), 1)]
        self.outputs = {one.name: make(one) for make in (relay, pwm) for one in getattr(c, make.__name__)}
        self.host = Sensor("this machine", lambda: host(c.host, folder))
        self.labels = {v.name: v for v in c.value}

    async def run(self, service):
        c = self.c
        store = Store(os.path.join(self.folder, "readings.db"), keep={"raw": c.store.raw, "minute": c.store.minute})
