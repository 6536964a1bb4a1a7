# A day of weather, in readings of half an hour: climate, light, rain in the soil, by four sensors; summed up by the hour.
import time
from statistics import mean

from drivers.ads1115 import ADS1115
from drivers.bme280 import BME280
from drivers.ds3231 import DS3231
from machine import ADC, I2C

i2c = I2C(0)
climate, soil, clock, light = BME280(i2c), ADS1115(i2c), DS3231(i2c), ADC(0)
hours = {}
start = time.ticks_ms()
for _ in range(24 * 2):
    temperature, pressure, humidity = climate.read()
    reading = (temperature, humidity, light.read_uv() / 1e6, soil.read(1))
    hours.setdefault(clock.read().hour, []).append(reading)
    time.sleep(1800)
for hour in sorted(hours)[::3]:
    temperature, humidity, sun, moisture = map(mean, zip(*hours[hour]))
    print(f"{hour:02}h {temperature:5.1f} C {humidity:4.0f} % {sun:4.2f} V of light, soil {moisture:.2f} V")
