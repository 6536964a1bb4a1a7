# A day of six sensors, each read every so many seconds (5), logged to a file: how fast simulated time passes.
import sys
import time

from drivers.ads1115 import ADS1115
from drivers.bme280 import BME280
from drivers.ds18b20 import DS18B20
from drivers.hcsr04 import HCSR04
from drivers.mpu6050 import MPU6050
from machine import ADC, I2C, OneWire, Pin

i2c = I2C(0)
climate, converter, motion = BME280(i2c), ADS1115(i2c, rate=860), MPU6050(i2c, address=0x69)
water, level, light = DS18B20(OneWire(Pin(4)), bits=9), HCSR04(Pin(5), Pin(6)), ADC(0)
pause = int(sys.argv[1]) if len(sys.argv) > 1 else 5
count = 0
end = time.time() + 24 * 3600
with open("day.csv", "w") as log:
    while time.time() < end:
        row = (*climate.read(), converter.read(1), *motion.acceleration, water.read(), level.read(), light.read_u16())
        print(int(time.time()), *row, sep=",", file=log)
        count += 1
        time.sleep(pause - time.time() % pause)
print(count, "readings")
