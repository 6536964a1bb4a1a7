"""What a program needs that is a node for years: a configuration that is checked, a service that starts, lives and stops as it should, this machine's own sensors.

    SETTINGS = Table(title=Text("Hall"), period=Number(1.0, low=0.05, high=3600), mqtt=Table(host=Text(""), port=Whole(1883, low=0, high=65535)))
    config = load("hall.toml", SETTINGS)      # ConfigError: hall.toml, line 7: mqtt.port: expected a whole number from 0 to 65535, got 'x'
    async with Service() as service:          # SIGTERM and SIGINT end run(); systemd hears of READY, WATCHDOG and STOPPING
        service.ready("measuring")
        await service.run(measure(config, service))

See docs/node.md.
"""

from ._config import Choice, ConfigError, Field, Flag, Map, Maybe, Number, Numbers, Table, Tables, Text, Whole, load
from ._device import Device, mean, ticks
from ._host import Host
from ._service import Service, command, notify

__all__ = ("Choice", "ConfigError", "Device", "Field", "Flag", "Host", "Map", "Maybe", "Number", "Numbers", "Service", "Table", "Tables", "Text", "Whole", "command", "load", "mean", "notify", "ticks")
