# Where one is, and how fast: once a second, as long as there is a fix.
import time

from drivers.gps import GPS
from machine import UART

gps = GPS(UART(1, 9600, rxbuf=512))
for _ in range(6):
    time.sleep(1)
    gps.update()
    if gps.has_fix:
        print(f"{gps.time:%H:%M:%S} {gps.latitude:.5f} {gps.longitude:.5f} {gps.altitude:.0f} m, {gps.speed * 3.6:.1f} km/h, {gps.satellites} satellites")
    else:
        print("no fix yet")
