"""A dashboard with values that move, for the page's authors: krait _demo.py PORT FOLDER prints the addresses. An alarm is raised after 10 s."""

import asyncio
import logging
import math
import os
import random
import sys
import time

import machine
from dashboard import Dashboard
from rules import Missing, Rules, Threshold
from store import Store

SCRIPT = '''"""Blinks, and says so."""
import time

for i in range(5):
    print("blink", i)
    pump.toggle()
    time.sleep(0.5)
'''


def readings(now: float) -> dict[str, float]:
    """What the greenhouse is like at a time."""
    day = math.sin(2 * math.pi * (now / 86400 - 0.375))
    return {"air": 21 + 6 * day + random.gauss(0, 0.1), "humidity": 60 - 15 * day + random.gauss(0, 0.5), "soil": 45 + 5 * math.sin(now / 7200) + random.gauss(0, 0.2),
            "light": max(0.0, 40000 * day) + random.random() * 50}


def fill(store: Store) -> None:
    """Two days of history."""
    now = time.time()
    store.add_many([(name, int((now - age) * 1e9), value) for age in range(2 * 86400, 0, -60) for name, value in readings(now - age).items()])


async def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    port, folder = int(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    script = os.path.join(folder, "blink.py")
    if not os.path.exists(script):
        with open(script, "w") as file:
            file.write(SCRIPT)
    logging.basicConfig(level=logging.INFO)
    pump, door, fan = machine.Pin(17, machine.Pin.OUT), machine.Pin(27, machine.Pin.IN, machine.Pin.PULL_UP), {"percent": 30.0}
    with Store(os.path.join(folder, "store.db")) as store:
        if not store.series():
            fill(store)
        async with Rules(os.path.join(folder, "alarms.db")) as rules:
            rules.watch("heat", Threshold(above=40), name="heat wave", text="the air has {value:.1f} °C")
            rules.watch("tank", Missing(3600), name="tank silent")
            dash = Dashboard("Greenhouse", store, folder)
            dash.value("air", "Air", unit="°C", chart="Climate", decimals=1)
            dash.value("humidity", "Humidity", unit="%", chart="Climate", decimals=0)
            dash.value("soil", "Soil moisture", unit="%", chart="Soil", decimals=1)
            dash.value("light", "Light", unit="lx", chart="Light", decimals=0)
            dash.switch("pump", "Pump", get=lambda: bool(pump.value()), set=pump.value)
            dash.slider("fan", "Fan", 0, 100, unit="%", get=lambda: fan["percent"], set=lambda value: fan.update(percent=value))
            dash.alarms(rules, {"heat wave": "critical"})
            dash.board(True, {17: "Pump", 27: "Door"})
            logging.getLogger().addHandler(dash.log())
            dash.script("blink.py", script)
            dash.names.update(pump=pump, door=door, fan=fan)
            async with dash.serve(port=port):
                begin = time.monotonic()
                while True:
                    now = readings(time.time())
                    dash.update(now)
                    store.add_many([(name, time.time_ns(), value) for name, value in now.items()])
                    await rules.feed("heat", 41.5 if time.monotonic() - begin > 10 else 22.0)
                    logging.getLogger("greenhouse").info("air %.1f °C", now["air"])
                    await asyncio.sleep(1)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
