"""An MQTT broker, for 3.1.1 and 5, to have in a program or to run by itself (``krait -m mqtt.broker``).

    async with Broker(port=1883, store="/var/lib/krait") as broker:
        await asyncio.Event().wait()

Whoever is told that a message is taken (QoS 1 and 2) can rely on it: with a store, acknowledgements wait for the disk. See docs/mqtt-broker.md."""

from mqtt.broker._access import Rule
from mqtt.broker._broker import Broker
from mqtt.broker._settings import BridgeSettings, Listener, Settings, SettingsError, read_settings
from mqtt.broker._store import StoreError

__all__ = ["BridgeSettings", "Broker", "Listener", "Rule", "Settings", "SettingsError", "StoreError", "read_settings"]
