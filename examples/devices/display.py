# A thermometer on a display.
import time

from drivers.ds18b20 import DS18B20
from drivers.ssd1306 import SSD1306
from machine import I2C, OneWire, Pin

display = SSD1306(I2C(0))
sensor = DS18B20(OneWire(Pin(4)))
for _ in range(3):
    value = sensor.read()
    display.fill(0)
    display.rect(0, 0, 128, 64)
    display.text(f"{value:.1f} degrees", 22, 12)
    display.rect(10, 30, int(max(0, min(value, 40)) / 40 * 108), 12, filled=True)
    display.text("0        20       40", 6, 48)
    display.show()
    time.sleep(2)

try:
    import sim
except ImportError:
    sim = None
if sim:
    print("\n".join(sim.board().device("ssd1306").rows()[10:45:2]))
