"""Sensors of the machine that runs the program. Sources: Linux, proc(5), Documentation/driver-api/thermal/sysfs-api.rst; drivers.hwmon for the chips.

What a machine lacks is left out: a container has no thermal zones, a board no hwmon chips.
"""

import os

from drivers import hwmon

_HEAD = 512  # bytes of a file of /proc or /sys that are looked at


class Host:
    """The load, processor, memory, disk and temperatures of this machine.

    folder: of the disk whose free space counts. root: where proc and sys are.
    """

    def __init__(self, folder: str = ".", root: str = "") -> None:
        self._folder, self._root = folder, root
        self._ticks: tuple[int, int] | None = None  # all, and idle ones
        self._zones = self._find_zones(f"{root}/sys/class/thermal")
        self._chips = [sensor for sensor in hwmon.sensors(f"{root}/sys/class/hwmon") if sensor.kind == "temp"]

    def read(self) -> dict[str, float]:
        """load (runnable tasks, average of a minute), processor (% busy since the last call), memory (% in use), disk (MB free), temperature (°C, of the hottest sensor)."""
        found = {"load": self._load(), "processor": self._processor(), "memory": self._memory(), "disk": self._disk(), "temperature": max(self.temperatures().values(), default=None)}
        return {name: value for name, value in found.items() if value is not None}

    def temperatures(self) -> dict[str, float]:
        """Degrees Celsius by the name of the zone or sensor."""
        found = {}
        for name, path in self._zones:
            try:
                found[name] = int(self._text(path)) / 1000
            except (OSError, ValueError):  # a zone that is switched off
                pass
        for sensor in self._chips:
            try:
                found[sensor.name] = sensor.read()
            except (OSError, ValueError):
                pass
        return found

    def _find_zones(self, folder: str) -> list[tuple[str, str]]:
        names = sorted(name for name in os.listdir(folder) if name.startswith("thermal_zone")) if os.path.isdir(folder) else []
        return [(self._text(f"{folder}/{name}/type"), f"{folder}/{name}/temp") for name in names]

    @staticmethod
    def _head(path: str) -> list[str]:
        """The first lines of a file."""
        with open(path, "rb", buffering=0) as file:
            return file.read(_HEAD).decode("utf-8", "replace").split("\n")

    def _text(self, path: str) -> str:
        return self._head(path)[0].strip()

    def _load(self) -> float | None:
        try:
            return float(self._text(f"{self._root}/proc/loadavg").split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _processor(self) -> float | None:
        try:
            ticks = [int(count) for count in self._text(f"{self._root}/proc/stat").split()[1:9]]
            now, before = (sum(ticks), ticks[3] + ticks[4]), self._ticks or (0, 0)
        except (OSError, ValueError, IndexError):
            return None
        self._ticks = now
        passed = now[0] - before[0]
        return 100.0 * (1 - (now[1] - before[1]) / passed) if passed > 0 else 0.0

    def _memory(self) -> float | None:
        try:
            lines = self._head(f"{self._root}/proc/meminfo")[:-1]  # the last one may be cut off
            fields = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
            return 100.0 * (1 - fields["MemAvailable"] / fields["MemTotal"])
        except (OSError, ValueError, KeyError, IndexError, ZeroDivisionError):
            return None

    def _disk(self) -> float | None:
        try:
            disk = os.statvfs(self._folder)
        except OSError:
            return None
        return disk.f_bavail * disk.f_frsize / 1e6
