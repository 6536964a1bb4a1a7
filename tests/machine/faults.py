# What goes wrong around a board, and what a program sees of it.
import time

import sim
from drivers import bme280, ds18b20, eeprom, gps, w25q
from machine import I2C, SPI, UART, OneWire, Pin, Timer

board = sim.board()
models = sim.devices
i2c, bus = I2C(0), board.i2c(0)


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except OSError as error:
        return f"{type(error).__name__} {error}"


print("a sensor that vanishes between its measurement and its answer")
bus.attach(models.BME280())
sensor, model = bme280.BME280(i2c), board.device("bme280")
board.after(0.001, model.unplug)
print(attempt(sensor.read))
model.plug()
print(attempt(sensor.read))  # it has forgotten its settings, and is asked to measure anew
for transfers in (1, 2, 5):
    model.stay_silent(transfers)
    results = [attempt(sensor.read) for _ in range(transfers + 1)]
    print(sum(type(result) is str for result in results), type(results[-1]) is tuple)

print("a bus that is held low in the middle of a transaction, and comes free")
board.after(0.002, bus.stick)
print(attempt(sensor.read))
board.after(0.5, bus.stick, False)
tries = 0
while type(attempt(sensor.read)) is str:
    tries += 1
    time.sleep(0.1)
print(tries)

print("bits that flip")
bus.attach(models.EEPROM24LC256())
memory, chip = eeprom.EEPROM24LC256(i2c), board.device("eeprom24lc256")
memory.write(0, bytes(range(256)))
chip.flip_bits(0.01, seed=5)
noisy = memory.read(0, 256)
wrong = sum((a ^ b).bit_count() for a, b in zip(noisy, range(256)))
chip.flip_bits(0)
print(10 <= wrong <= 32, memory.read(0, 256) == bytes(range(256)))

print("power that fails while a page is written")
board.after(0.0005, chip.unplug)
print(attempt(memory.write, 512, b"x" * 64))
chip.plug()
print(memory[512:576] in (b"x" * 64, b"\xff" * 64))
board.spi(0).attach(models.W25Q(8))
flash, chip = w25q.W25Q(SPI(0), Pin(8)), board.device("w25q")
flash.program(0, bytes(4096))
board.after(0.01, chip.unplug)
print(attempt(flash.erase, 0))
chip.plug()
half = flash.read(0, 4096)
print(half.count(0), half.count(255))

print("a brown-out of the whole board")
print(type(attempt(sensor.read)) is tuple)
board.brown_out(0.05)
print(attempt(sensor.read))
time.sleep(0.1)
print(type(attempt(sensor.read)) is tuple)

print("a serial line with one bit in a hundred flipped")
board.uart(1).attach(models.GPS())
receiver = gps.GPS(UART(1, 9600, rxbuf=4096))
board.uart(1).disturb(0.001, seed=2)
understood = 0
for _ in range(100):
    time.sleep(1)
    understood += receiver.update()
print(80 < understood < 190, receiver.damaged > 5, abs(receiver.latitude - 52.52) < 1e-4)
board.uart(1).disturb(0.01, seed=2)
for _ in range(100):
    time.sleep(1)
    receiver.update()
print(abs(receiver.latitude - 52.52) < 1e-4)

print("a 1-wire bus without devices, and held low")
wire = OneWire(Pin(4))
print(attempt(ds18b20.DS18B20, wire))
board.wire(4).attach(models.DS18B20(3))
probe = ds18b20.DS18B20(wire)
board.wire(4).stick()
print(attempt(probe.read))
board.wire(4).stick(False)
print(probe.read())

print("100,000 edges a second, for a second")
count = 0


def counter(pin):
    global count
    count += 1


level = 0


def storm(left):
    global level
    level = 1 - level
    board.drive(18, level)
    if left:
        board.after(0.00001, storm, left - 1)


irq = Pin(18, Pin.IN).irq(counter, Pin.IRQ_RISING | Pin.IRQ_FALLING)
ticks = []
timer = Timer(period=100, callback=lambda timer: ticks.append(round(time.monotonic() * 1000)))
storm(99_999)
time.sleep(1.05)
timer.deinit()
print(count + irq.lost, irq.lost, len(ticks), max(b - a for a, b in zip(ticks, ticks[1:])))

print("handlers that fail do not end the program")
import sys

failures = []
sys.unraisablehook = lambda what: failures.append(what.exc_type.__name__)
Pin(19, Pin.IN).irq(lambda pin: 1 // 0, Pin.IRQ_RISING)
for level in (1, 0, 1):
    board.drive(19, level)
    time.sleep(0.01)
print(failures)
