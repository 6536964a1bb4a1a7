"""MQTT, versions 5 and 3.1.1: a client for asyncio (`Client`), one that blocks (`mqtt.blocking`), and packets (`mqtt.packet`)."""

from .client import Client, MqttError, Subscription, Will

__all__ = ["Client", "MqttError", "Subscription", "Will"]
