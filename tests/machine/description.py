# A board from a description, its environment, faults and traces.
import time

import sim
from machine import I2C, Pin
from sim import _describe

text = """
name = "garden"
[names]
LAMP = 12
[environment]
humidity = 45.0
[environment.temperature]
mean = 20.0
day = 5.0
[[device]]
type = "BME280"
i2c = 0
[[device]]
type = "Button"
name = "door"
pin = 17
bounce = 0.0
[[device]]
type = "ADS1115"
i2c = 0
[device.inputs]
1 = {mean = 1.5, steps = [[0, 0.0], [10, 0.5]]}
[[fault]]
at = 100.0
kind = "unplug"
device = "bme280"
for = 10.0
[[fault]]
at = 200.0
kind = "stick"
i2c = 0
for = 1.0
[[fault]]
at = 300.0
kind = "silence"
device = "bme280"
transfers = 2
[[event]]
at = 50.0
device = "door"
call = "tap"
arguments = [0.25]
"""
with open("garden.toml", "w") as file:
    file.write(text)
board = sim.board()
_describe.apply(board, "garden.toml")
print(board.name, sorted(board.devices), board.names["LAMP"])
from drivers.ads1115 import ADS1115
from drivers.bme280 import BME280

i2c = I2C(0)
sensor, converter = BME280(i2c), ADS1115(i2c)
print(sensor.read(), round(converter.read(1), 3))


def until(seconds):
    time.sleep(seconds - board.seconds())


until(20)
print(round(converter.read(1), 3))
Pin(17, Pin.IN)
board.trace.start()
until(60)
print([(round(ns / 1e9, 2), level) for ns, level in board.trace.levels(17)])
for moment in (105, 111, 200.5, 202):
    until(moment)
    try:
        print(moment, sensor.read()[0] < 30)
    except OSError as error:
        print(moment, error)
until(300)
for _ in range(3):
    try:
        print(sensor.read()[0] < 30)
    except OSError as error:
        print(error.errno)
until(12 * 3600)
print(round(sensor.temperature), round(board.environment["temperature"], 2))
board.trace.stop()
kinds = {}
for event in board.trace.events():
    kinds[event[1]] = kinds.get(event[1], 0) + 1
print(kinds)
lamp = Pin("LAMP", Pin.OUT)
board.trace.clear()
board.trace.start()
start = board.trace._board.start_ns
for _ in range(3):
    lamp.toggle()
    time.sleep(0.001)
print([level for _, level in board.trace.levels("LAMP")])
board.trace.save("a.vcd")
board.trace.save("a.json")
import json

print(open("a.vcd").read().split("\n")[:4], len(json.load(open("a.json"))["events"]))

for wrong in ('[[device]]\ntype = "Nothing"', '[[device]]\ntype = "BME280"\ni2c = 0', "colour = 1", '[environment.x]\nmeen = 1', '[[fault]]\nkind = "unplug"\ndevice = "x"',
              "a = = 2", '[[device]]\ntype = "Button"', '[names]\nX = 99', '[[analog]]\nmean = 1'):
    with open("wrong.toml", "w") as file:
        file.write(wrong)
    try:
        _describe.apply(board, "wrong.toml")
    except ValueError as error:
        print(error)
noise = sim.Noise(1.0, seed=3)
values = [noise.at(i * 0.01) for i in range(5000)]
mean = sum(values) / len(values)
print(abs(mean) < 0.05, abs(sum((v - mean) ** 2 for v in values) / len(values) - 1) < 0.06, noise.at(1.0) == sim.Noise(1.0, seed=3).at(1.0))
with open("r.csv", "w") as file:
    file.write("timestamp,value\n2026-01-01 00:00:00,10\n2026-01-01 01:00:00,20\n")
print(sim.Recorded("r.csv").at(1800), sim.Recorded("r.csv", "value", scale=2, offset=1).at(99999))
