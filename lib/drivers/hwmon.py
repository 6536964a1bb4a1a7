"""Sensors of the machine itself: what the Linux kernel knows of temperatures, voltages, fans, currents, power and humidity.

Source: Linux, Documentation/hwmon/sysfs-interface.rst.
"""

import errno
import os
import re

_ROOT = "/sys/class/hwmon"
_KINDS = {"temp": (1e-3, "degrees Celsius"), "in": (1e-3, "V"), "fan": (1.0, "rpm"), "curr": (1e-3, "A"), "power": (1e-6, "W"), "energy": (1e-6, "J"),
          "humidity": (1e-3, "%")}
_INPUT = re.compile("(" + "|".join(_KINDS) + r")(\d+)_input")


class Sensor:
    """One quantity of one chip. name: "coretemp:Core 0", or "nct6775:fan2" where the chip has no label for it; unit: of what read() gives."""

    def __init__(self, chip: str, folder: str, kind: str, number: int) -> None:
        self.chip, self.kind, self.file = chip, kind, f"{kind}{number}"
        self._path = f"{folder}/{self.file}"
        self.label = _line(self._path + "_label") or self.file
        self.name = f"{chip}:{self.label}"
        self.unit = _KINDS[kind][1]

    def __repr__(self) -> str:
        return f"<Sensor {self.name!r}, {self.unit}>"

    def read(self) -> float:
        """Measure, in `unit`. OSError: the chip does not answer, or has nothing connected there."""
        return self._value("input")

    def limit(self, which: str) -> float | None:
        """A limit that the chip knows, in `unit`: "min", "max", "crit", "lcrit", "emergency"; None: it knows none."""
        return self._value(which) if os.path.exists(f"{self._path}_{which}") else None

    def _value(self, which: str) -> float:
        with open(f"{self._path}_{which}", encoding="ascii") as f:
            return int(f.read()) * _KINDS[self.kind][0]


def _line(path: str) -> str:
    """The text in a file; "": there is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read().strip()
    except OSError:
        return ""


def _number_of(name: str) -> tuple[str, int]:
    kind = name.rstrip("0123456789")
    return kind, int(name[len(kind):] or 0)


def sensors(root: str = _ROOT) -> list[Sensor]:
    """All that the kernel has, in order of chips. root: where its files are."""
    found = []
    for entry in sorted(os.listdir(root) if os.path.isdir(root) else (), key=_number_of):
        folder = f"{root}/{entry}"
        chip = _line(folder + "/name") or entry
        inputs = [_INPUT.fullmatch(file) for file in os.listdir(folder)]
        for kind, number in sorted((match[1], int(match[2])) for match in inputs if match):
            found.append(Sensor(chip, folder, kind, number))
    return found


def find(name: str, root: str = _ROOT) -> Sensor:
    """The sensor of that name: "chip:label", or "chip" if it has only one. OSError ENODEV, which says what there is."""
    there = sensors(root)
    found = [sensor for sensor in there if name in (sensor.name, f"{sensor.chip}:{sensor.file}")]
    found = found or [sensor for sensor in there if sensor.chip == name]
    if len(found) == 1 or (found and ":" in name):
        return found[0]
    raise OSError(errno.ENODEV, f"there is no one sensor {name!r} in {root}; there are {', '.join(s.name for s in there) or 'none'}")
