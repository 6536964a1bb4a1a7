# Each driver against its model, and against the example or table of its datasheet.
import datetime
import time

import sim
from drivers import ads1115, bme280, ds18b20, ds3231, eeprom, encoder, gps, hcsr04, mcp23017, mpu6050, servo, ssd1306, w25q, ws2812
from machine import I2C, SPI, UART, OneWire, Pin

models = sim.devices
board = sim.board()
i2c, bus = I2C(0), board.i2c(0)


def refused(function, *arguments, **names):
    try:
        print(function(*arguments, **names))
    except (OSError, ValueError, IndexError) as error:
        print(type(error).__name__, error)


print("BME280")  # BMP280 datasheet, 3.12: 25.08 degrees, 100653.27 Pa
t, p = (27504, 26435, -1000), (36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
fine = bme280.compensate_temperature(519888, t)
print(fine, fine * 5 + 128 >> 8, round(bme280.compensate_pressure(415148, fine, p) / 256, 1))
bus.attach(models.BME280())
sensor = bme280.BME280(i2c, oversampling=4)
board.environment["temperature"], board.environment["pressure"], board.environment["humidity"] = -12.5, 870.0, 88.0
print([round(v, 2) for v in sensor.read()], sensor.has_humidity)
refused(bme280.BME280, i2c, 0x77)
refused(bme280.BME280, i2c, oversampling=3)
board.environment["temperature"] = 20

print("ADS1115")  # SBAS444E, table 8-2: 0x7fff is full scale less one, 0x8000 minus full scale
bus.attach(models.ADS1115())
adc = ads1115.ADS1115(i2c)
for channel, volts in enumerate((1.5, 2.0, 9.0, -9.0)):
    board.device("ads1115").input(channel, volts)
print([adc.read(i) for i in range(2)], adc.read(0, 1), adc.read_raw(2), adc.read_raw(3))
refused(adc.read, 4)
refused(adc.read, 1, 0)
refused(ads1115.ADS1115, i2c, full_scale=5)

print("DS18B20")  # 19-7487, table 1
for value in (0x07D0, 0x0550, 0x0191, 0x00A2, 0x0008, 0x0000, 0xFFF8, 0xFF5E, 0xFE6F, 0xFC90):
    print(ds18b20.decode(value.to_bytes(2, "little")), end=" ")
print()
wire = OneWire(Pin(4))
refused(ds18b20.DS18B20, wire)
board.wire(4).attach(models.DS18B20(0x1234))
single = ds18b20.DS18B20(wire)
print(single.read(), single.conversion_ms)
board.wire(4).attach(models.DS18B20(0x9999, -10.125), models.DS18B20(7, 30))
for rom in wire.scan():
    print(ds18b20.DS18B20(wire, rom).read(), ds18b20.DS18B20(wire, rom, bits=9).read(), end=" ")
print()
refused(ds18b20.DS18B20, wire)
board.device("ds18b20").flip_bits(0.2)
refused(single.read)
board.device("ds18b20").flip_bits(0)
board.device("ds18b20").unplug()
refused(single.read)
board.device("ds18b20").plug()
print(single.read())

print("MCP23017")
bus.attach(models.MCP23017(interrupt=5))
expander, model = mcp23017.MCP23017(i2c), board.device("mcp23017")
pin = expander.pin(3)
pin.init(pin.OUT)
pin.on()
print(model.level(3), expander.inputs, pin())
pin.toggle()
print(model.level(3))
expander.pin(9).init(pin.IN, pin.PULL_UP)
expander.watch(1 << 9)
model.drive(9, 0)
print(Pin(5)(), expander.changed(), Pin(5)(), expander.pin(9)())
refused(expander.pin, 16)

print("DS3231")
bus.attach(models.DS3231(drift=20))
clock = ds3231.DS3231(i2c)
print(clock.lost_power, ds3231.decode(bytes.fromhex("56 34 52 03 31 12 99".replace(" ", ""))), ds3231.encode(datetime.datetime(2124, 2, 29, 23, 5, 7)).hex())
clock.set(datetime.datetime(2026, 2, 28, 23, 59, 50))
time.sleep(15)
print(clock.read(), clock.temperature, clock.lost_power)
time.sleep(86400 * 10)
print(clock.read())
refused(clock.set, datetime.datetime(1999, 1, 1))

print("24LC256")
bus.attach(models.EEPROM24LC256())
memory = eeprom.EEPROM24LC256(i2c)
memory.write(60, b"hello world")
print(memory[58:73], memory[60], len(memory), board.device("eeprom24lc256").writes)
memory[-1] = 7
print(memory[32767])
refused(memory.write, 32760, b"too long!")
refused(memory.__getitem__, 32768)

print("W25Q")  # W25Q64JV, 8.1.1: JEDEC id ef 40 17
board.spi(1).attach(models.W25Q(8))
spi, select = SPI(1), Pin(8)
flash, model = w25q.W25Q(spi, select), board.device("w25q")
select(0)
spi.write(b"\x9f")
print(spi.read(3).hex())
select(1)
flash.program(250, bytes(range(20)))
print(flash.size, flash.read(248, 24).hex())
flash.write(255, b"ZZ")
print(flash.read(250, 10).hex(), model.erases)
refused(flash.erase, 100)
refused(flash.read, flash.size, 1)
model.unplug()
refused(w25q.W25Q, spi, select)

print("MPU6050")
bus.attach(models.MPU6050(0x69))
motion = mpu6050.MPU6050(i2c, 0x69, acceleration_range=4, rotation_range=500)
board.environment["rotation_z"], board.environment["acceleration_x"] = -90, 25
print([round(v, 2) for v in motion.acceleration + motion.rotation], round(motion.temperature, 2))
refused(mpu6050.MPU6050, i2c, 0x69, acceleration_range=3)
refused(mpu6050.MPU6050, i2c, 0x76)

print("SSD1306")
bus.attach(models.SSD1306())
screen, model = ssd1306.SSD1306(i2c), board.device("ssd1306")
screen.text("Ag", 1, 1)
screen.line(0, 10, 12, 16)
screen.show()
print("\n".join(row[:14] for row in model.rows()[:18]))
screen.invert(True)
print(model.pixel(100, 50))
model.save("screen.png")
print(open("screen.png", "rb").read(24).hex())

print("HC-SR04")
board.attach(models.HCSR04(5 + 1, 7))
sonar = hcsr04.HCSR04(Pin(6), Pin(7))
for distance in (0.05, 1.0, 3.5, 9.0):
    board.environment["distance"] = distance
    print(sonar.read() and round(sonar.read(), 3), end=" ")
print()
time.sleep(0.1)
board.device("hcsr04").unplug()
refused(sonar.read)

print("WS2812")
board.attach(models.WS2812(15, 3))
strip, model = ws2812.WS2812(Pin(15), 3), board.device("ws2812")
strip[1] = (1, 2, 3)
strip[-1] = (9, 8, 7)
strip.show()
print(model.colours, strip[2], strip.buffer.hex())
refused(strip.__setitem__, 3, (0, 0, 0))


class Coded(sim.SPIDevice):
    """A strip on MOSI: four bits there are one of the strip's."""

    def transfer(self, data):
        text = data.strip(b"\0").hex()
        print(spi_bus.hz, len(data) - len(text) // 2, set(text) <= {"8", "e"}, int("".join("1" if c == "e" else "0" for c in text), 2).to_bytes(len(text) // 8, "big").hex())
        return data


spi_bus = board.spi(3)
spi_bus.attach(Coded(21))
Pin(21, Pin.OUT, value=0)
strip = ws2812.WS2812(SPI(3), 2, bpp=4)
strip[0], strip[1] = (1, 2, 3, 4), (255, 128, 0, 77)
strip.show()

print("GPS")
board.uart(1).attach(models.GPS(course=90))
board.environment["latitude"], board.environment["speed"] = -33.8568, 10
receiver = gps.GPS(UART(1, 9600, rxbuf=1024))
time.sleep(3.5)
print(receiver.update(), receiver.latitude, receiver.longitude, receiver.time.isoformat()[:16], receiver.satellites, round(receiver.speed, 2), receiver.course)
print(receiver.take(b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"), round(receiver.latitude, 4), receiver.altitude)
print(receiver.take(b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*48"), receiver.take(b"noise"), receiver.take(b"$GPRMC,x*"), receiver.damaged)
board.device("gps").fix = False
time.sleep(1)
receiver.update()
print(receiver.has_fix)
board.uart(1).disturb(0.01)
board.device("gps").fix = True
time.sleep(20)
print(receiver.update() < 40, receiver.damaged > 0)

print("encoder, servo")
board.attach(models.RotaryEncoder(20, 21), models.Servo(12))
knob = encoder.RotaryEncoder(Pin(20), Pin(21))
board.device("rotaryencoder").turn(5)
time.sleep(1)
print(knob.position, end=" ")
board.device("rotaryencoder").turn(-7)
time.sleep(1)
print(knob.position)
arm = servo.Servo(Pin(12))
arm.angle = 0
time.sleep(0.1)
print(round(board.device("servo").angle), end=" ")
time.sleep(1)
print(board.device("servo").angle, arm.angle)
refused(setattr, arm, "angle", 200)

print("pump and relay")
pump = models.Pump(30, flow=0.01)
board.attach(pump)
before = board.environment["soil_moisture"]
Pin(30, Pin.OUT, value=1)
time.sleep(10)
Pin(30)(0)
time.sleep(1)
print(round(board.environment["soil_moisture"] - before, 3), round(pump.ran, 2), pump.switched)
