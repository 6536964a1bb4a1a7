"""A node over MQTT: NAME/state has its readings as JSON, NAME/OUTPUT/set sets its outputs, NAME/status says whether it is there; Home Assistant finds all of that.

    report = Report("broker.local", 1883, "gh-7", "Greenhouse")
    report.value("air", "Air", unit="°C", device_class="temperature")
    report.switch("pump", "Pump", set=pump.set)
    await report.run(lambda: readings, every=1.0)
"""

import asyncio
import json
import logging
from collections.abc import Callable

import homeassistant
import mqtt

from ._device import ticks

_log = logging.getLogger("node")
_PAUSE = 10.0  # seconds between two tries to reach a broker that is not there at the start
_ON_OFF = {"ON": 1, "OFF": 0}


class Report:
    """What is published, and may be set, is said first; then run(). name: of topics; title: for people. OSError: the password's file cannot be read."""

    def __init__(self, host: str, port: int, name: str, title: str, user: str | None = None, password_file: str | None = None, tls: bool = False) -> None:
        password = None
        if password_file:
            with open(password_file, encoding="utf-8") as file:
                password = file.read().strip()
        self.client = mqtt.Client(host, port, username=user, password=password, tls=tls, client_id=name, will=homeassistant.will(f"{name}/status"))
        self._name, self._title, self._at = name, title, f"{host}:{port}"
        self._entities: list[dict[str, object]] = []
        self._outputs: dict[str, Callable[[object], object]] = {}

    def value(self, name: str, label: str, *, unit: str = "", device_class: str = "") -> None:
        """A reading. device_class: Home Assistant's word for what it is."""
        self._add("sensor", name, label, f"{{{{ value_json.{name} }}}}", unit_of_measurement=unit, device_class=device_class)

    def switch(self, name: str, label: str, *, set: Callable[[object], object], get: object = None) -> None:
        """What is 0 or 1: a message ON or OFF calls set(1) or set(0). get: as a dashboard's switch has it; here the readings say how it is."""
        self._outputs[name] = set
        self._add("switch", name, label, f"{{{{ 'ON' if value_json.{name} else 'OFF' }}}}", command_topic=f"{self._name}/{name}/set")

    def slider(self, name: str, label: str, low: float, high: float, *, set: Callable[[object], object], unit: str = "", get: object = None) -> None:
        """A number from low to high: set() gets the text of a message, and raises ValueError where it is none."""
        self._outputs[name] = set
        self._add("number", name, label, f"{{{{ value_json.{name} }}}}", command_topic=f"{self._name}/{name}/set", min=low, max=high, unit_of_measurement=unit)

    def _add(self, component: str, name: str, label: str, template: str, **more: object) -> None:
        known = {key: value for key, value in more.items() if value != ""}
        self._entities.append({"component": component, "id": name, "name": label, "state_topic": f"{self._name}/state", "value_template": template, **known})

    async def run(self, readings: Callable[[], dict[str, float]], every: float) -> None:
        """Publish the readings every so many seconds, and do what is asked for. The broker may be away, also at the start."""
        _log.info("MQTT: %s", self._at)
        while not self.client.connected:
            try:
                await self.client.connect()
            except mqtt.MqttError as error:
                _log.warning("MQTT: %s", error)
                await asyncio.sleep(_PAUSE)
        try:
            await homeassistant.announce(self.client, {"identifiers": self._name, "name": self._title, "model": "Krait"}, self._entities, f"{self._name}/status")
            await self.client.subscribe(f"{self._name}/+/set", qos=1)
            await asyncio.gather(self._publish(readings, every), self._obey())
        finally:
            await self.client.disconnect()

    async def _publish(self, readings: Callable[[], dict[str, float]], every: float) -> None:
        async for _ in ticks(every):
            if self.client.connected:
                await self.client.publish(f"{self._name}/state", json.dumps({name: round(value, 3) for name, value in readings().items()}))

    async def _obey(self) -> None:
        async for message in self.client.messages:
            name, text = message.topic.split("/")[1], message.payload.decode("utf-8", "replace")
            try:
                self._outputs[name](_ON_OFF.get(text.upper(), text))
            except (KeyError, ValueError) as error:
                _log.warning("%s is asked for %.40r: %s", name, text, error)
