"""What lib has for nodes: configurations, devices that vanish, sensors of the machine, two-position control; letters and continuous measurement on the simulated board."""
# SPDX-License-Identifier: MIT
import os
import tempfile
import unittest

import sim
from drivers.bme280 import BME280
from drivers.ssd1306 import SSD1306
from machine import I2C
from node import Choice, ConfigError, Device, Flag, Host, Map, Maybe, Number, Numbers, Table, Tables, Text, Whole, load, mean
from rules import TwoPoint

SETTINGS = Table(
    title=Text("Hall", pattern="[A-Z].*", hint="a text that begins with a capital"), on=Flag(False), mode=Choice("a", "b", default="a"), mqtt=Table(port=Whole(1883, low=0, high=65535)),
    extra=Maybe(Table(x=Number())), limits=Numbers(2, [0.0, 1.0]), sensor=Tables(id=Text(), values=Map(Number(low=0))))


class Configuration(unittest.TestCase):
    def read(self, text, changes=()):
        with tempfile.TemporaryDirectory() as folder:
            self.path = os.path.join(folder, "hall.toml")
            with open(self.path, "w", encoding="utf-8") as file:
                file.write(text)
            return load(self.path, SETTINGS, changes)

    def test_values(self):
        config = self.read('title = "Hall 2"\nlimits = [1, 2]\n[[sensor]]\nid = "a"\nvalues = {x = 3}\n', ["mqtt.port=0", "mode=b", "on=true"])
        self.assertEqual((config.title, config.mqtt.port, config.mode, config.on, config.extra, config.limits), ("Hall 2", 0, "b", True, None, [1.0, 2.0]))
        self.assertEqual((config.sensor[0].id, config.sensor[0].values), ("a", {"x": 3.0}))
        self.assertEqual(self.read("").sensor, [])

    def test_errors(self):
        for text, where, what in (
            ("\n[mqtt]\nport = 70000\n", ", line 3: mqtt.port", "expected a whole number from 0 to 65535, got 70000"),
            ("title = 'hall'", ", line 1: title", "expected a text that begins with a capital, got 'hall'"),
            ("on = 1", ", line 1: on", "expected true or false, got 1"),
            ("mode = 'c'", ", line 1: mode", "expected one of 'a', 'b', got 'c'"),
            ("mqtt.port = true", ", line 1: mqtt.port", "expected a whole number from 0 to 65535, got true"),
            ("limits = [1, 2, 3]", ", line 1: limits", "expected a list of 2 numbers, got [1, 2, 3]"),
            ("extra = {}", ", line 1: extra.x", "missing: expected a number"),
            ("speed = 3", ", line 1: speed", "unknown: expected one of extra, limits, mode, mqtt, on, sensor, title"),
            ("[[sensor]]\nid = 'a'\n\n[[sensor]]\n[sensor.values]\nx = -1\n", ", line 4: sensor 2, id", "missing: expected a text"),
            ("[[sensor]]\nid = 'a'\n[sensor.values]\nx = 1\n[[sensor]]\nid = 'b'\n[sensor.values]\nx = -1\n", ", line 8: sensor 2, values.x", "expected a number of at least 0, got -1"),
            ("sensor = 3", ", line 1: sensor", "expected tables, which begin with their name in [[ ]], got 3"),
        ):
            with self.subTest(text), self.assertRaises(ConfigError) as caught:
                self.read(text)
            self.assertEqual(str(caught.exception), f"{self.path}{where}: {what}")
        for text, what in (("a = ", "line 1|end of document"), ("x = 1\nx = 2", "overwrite")):
            with self.subTest(text):
                self.assertRaisesRegex(ConfigError, what, self.read, text)
        self.assertRaisesRegex(ConfigError, "expected KEY=VALUE", self.read, "", ["port"])
        self.assertRaisesRegex(ConfigError, "title is no table", self.read, "title = 'X'", ["title.x=1"])


class Devices(unittest.TestCase):
    def test_lost(self):
        there, opened = [True], []

        def open():
            opened.append(1)
            if not there[0]:
                raise OSError(19, "nobody answers")
            return lambda: {"a": 1.0} if there[0] else (_ for _ in ()).throw(OSError(19, "nobody answers"))

        device = Device("thermometer", open, pause=0.0)
        self.assertEqual(device(), {"a": 1.0})
        there[0] = False
        with self.assertLogs("node", "WARNING") as logs:
            self.assertEqual([device(), device(), device()], [None] * 3)
            there[0] = True
            self.assertEqual(device(), {"a": 1.0})
        self.assertEqual([line.split(":", 2)[2] for line in logs.output], ["thermometer is lost: [Errno 19] nobody answers", "thermometer is back"])
        self.assertEqual(len(opened), 4)

    def test_mean(self):
        self.assertEqual(mean([{"a": 1.0, "door": 0}, {"a": 2.0, "b": 5.0}, {"door": 1}]), {"a": 1.5, "b": 5.0, "door": 1})

    def test_continuous(self):
        board = sim.board()
        board.i2c(5).attach(sim.devices.BME280())
        sensor = BME280(I2C(5), continuous=True)
        for celsius in (21.5, -5.0):
            board.environment["temperature"] = celsius
            self.assertAlmostEqual(sensor.read()[0], celsius, delta=0.02)

    def test_letters(self):
        board = sim.board()
        panel = sim.devices.SSD1306()
        board.i2c(6).attach(panel)
        screen = SSD1306(I2C(6))
        for x, y in ((0, 0), (-3, 5), (120, 60), (30, -4), (50, 13), (70, 57)):
            screen.text("Hg", x, y)
        screen.fill(0)
        screen.text("I", 10, 13)
        screen.show()
        self.assertEqual([row[10:15] for row in panel.rows()[12:21]], [".....", ".###.", "..#..", "..#..", "..#..", "..#..", "..#..", ".###.", "....."])


class Machine(unittest.TestCase):
    def test_tree(self):
        files = {"proc/loadavg": "0.50 0.4 0.3 1/100 5\n", "proc/stat": "cpu 10 0 10 80 0 0 0 0 0 0\n", "proc/meminfo": "MemTotal: 1000 kB\nMemAvailable: 250 kB\n",
                 "sys/class/thermal/thermal_zone0/type": "soc\n", "sys/class/thermal/thermal_zone0/temp": "45500\n",
                 "sys/class/hwmon/hwmon0/name": "chip\n", "sys/class/hwmon/hwmon0/temp1_input": "51000\n"}
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
                with open(os.path.join(root, name), "w", encoding="ascii") as file:
                    file.write(text)
            host = Host(root, root)
            found = host.read()
            self.assertGreater(found.pop("disk"), 0)
            self.assertEqual({name: round(value, 9) for name, value in found.items()}, {"load": 0.5, "processor": 20.0, "memory": 75.0, "temperature": 51.0})
            self.assertEqual(host.temperatures(), {"soc": 45.5, "chip:temp1": 51.0})
            os.remove(os.path.join(root, "sys/class/hwmon/hwmon0/temp1_input"))
            os.remove(os.path.join(root, "proc/stat"))
            self.assertEqual((host.read().get("temperature"), host.read().get("processor")), (45.5, None))

    def test_bare(self):
        self.assertEqual(Host("/nowhere", "/nowhere").read(), {})


class Control(unittest.TestCase):
    def run_it(self, control, values):
        return [control.update(value, float(time)) for time, value in enumerate(values)]

    def test_two_points(self):
        self.assertEqual(self.run_it(TwoPoint(on_below=35, off_above=45), (40, 34, 40, 44, 45, 40, 34)), [False, True, True, True, False, False, True])
        self.assertEqual(self.run_it(TwoPoint(on_above=-17, off_below=-19), (-18, -16, -18, -19, -18)), [False, True, True, False, False])

    def test_rest(self):
        self.assertEqual(self.run_it(TwoPoint(on_below=35, off_above=45, longest=2, rest=3), [30] * 8), [True, True, False, False, False, True, True, False])

    def test_by_hand(self):
        control = TwoPoint(on_below=35, off_above=45, rest=3)
        control.force(True, 0.0)
        self.assertTrue(control.update(40, 1.0))
        control.force(False, 2.0)
        self.assertEqual([control.update(30, 3.0), control.update(30, 5.0)], [False, True])

    def test_nonsense(self):
        for limits in ({}, {"on_below": 1}, {"on_below": 2, "off_above": 1}, {"on_below": 1, "off_above": 2, "on_above": 3}, {"on_below": 1, "off_above": 2, "longest": 0}):
            self.assertRaises(ValueError, TwoPoint, **limits)


unittest.main()
