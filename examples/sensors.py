"""Reads this machine's own sensors for a while, filters them, and prints what they say.

Sources: /proc (load, memory, processor time), /sys/class/thermal and /sys/class/hwmon where the machine has them.
"""

import sys

SAMPLES = 5


def read_text(path):
    """The first line of a file, or None where it cannot be read."""
    try:
        with open(path) as f:
            return f.readline().strip()
    except OSError:
        return None


def read_number(path, scale=1.0):
    text = read_text(path)
    try:
        return float(text) * scale
    except (TypeError, ValueError):
        return None


class Median:
    """Median of the last n readings: a single wild one does not show."""

    def __init__(self, n=3):
        self.n = n
        self.window = []

    def __call__(self, value):
        self.window = (self.window + [value])[-self.n:]
        return sorted(self.window)[len(self.window) // 2]


class Average:
    """Exponentially weighted moving average."""

    def __init__(self, weight=0.3):
        self.weight = weight
        self.value = None

    def __call__(self, value):
        self.value = value if self.value is None else self.value + self.weight * (value - self.value)
        return self.value


class Sensor:
    def __init__(self, name, unit, read):
        self.name = name
        self.unit = unit
        self.read = read
        self.filters = [Median(), Average()]
        self.filtered = None
        self.count = 0

    def sample(self):
        value = self.read()
        if value is None:
            return
        for f in self.filters:
            value = f(value)
        self.filtered = value
        self.count += 1


def memory_used():
    fields = {}
    try:
        with open("/proc/meminfo") as f:
            for line in f:
                name, _, rest = line.partition(":")
                fields[name] = int(rest.split()[0])
        return 100.0 * (1 - fields["MemAvailable"] / fields["MemTotal"])
    except (OSError, KeyError, ValueError):
        return None


def load():
    text = read_text("/proc/loadavg")
    return float(text.split()[0]) if text else None


def processor_busy(last=[0, 0]):
    text = read_text("/proc/stat")
    if not text:
        return None
    ticks = [int(t) for t in text.split()[1:9]]
    total, idle = sum(ticks), ticks[3] + ticks[4]
    d_total, d_idle = total - last[0], idle - last[1]
    last[:] = total, idle
    return 100.0 * (1 - d_idle / d_total) if d_total else 0.0


def find_sensors():
    yield Sensor("load (1 min)", "", load)
    yield Sensor("memory used", "%", memory_used)
    yield Sensor("processor busy", "%", processor_busy)
    for i in range(8):
        path = f"/sys/class/thermal/thermal_zone{i}"
        name = read_text(path + "/type")
        if name:
            yield Sensor(f"thermal {name}", "°C", lambda p=path: read_number(p + "/temp", 0.001))
    for i in range(8):
        path = f"/sys/class/hwmon/hwmon{i}"
        name = read_text(path + "/name")
        for k in range(1, 5):
            if name and read_text(f"{path}/temp{k}_input"):
                yield Sensor(f"{name} {k}", "°C", lambda p=path, k=k: read_number(f"{p}/temp{k}_input", 0.001))


def main():
    sensors = list(find_sensors())
    for _ in range(SAMPLES):
        for sensor in sensors:
            sensor.sample()
    print(f"Krait {'.'.join(map(str, sys.implementation.version[:3]))}: {len(sensors)} sensors, {SAMPLES} samples each")
    for sensor in sensors:
        if sensor.count:
            print(f"  {sensor.name:<24}{sensor.filtered:10.2f} {sensor.unit}")
        else:
            print(f"  {sensor.name:<24}{'no reading':>10}")


main()
