# Logs the climate to a file, once a minute for an hour; a sensor that fails is noted, and tried again.
import time

from drivers.bme280 import BME280
from machine import I2C

i2c = I2C(0)
sensor = None
with open("climate.csv", "w") as log:
    print("time,temperature,pressure,humidity", file=log)
    for minute in range(60):
        try:
            sensor = sensor or BME280(i2c)
            temperature, pressure, humidity = sensor.read()
            print(f"{minute},{temperature:.2f},{pressure:.1f},{humidity:.1f}", file=log)
        except OSError as error:
            sensor = None
            print(f"{minute},,,", file=log)
            print("minute", minute, error)
        time.sleep(60)
with open("climate.csv") as log:
    rows = log.read().split()
print(len(rows), rows[1], rows[-1])
