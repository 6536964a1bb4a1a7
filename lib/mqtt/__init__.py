"""MQTT, versions 5 and 3.1.1: a client for asyncio (`Client`), one that blocks (`mqtt.blocking`), and packets (`mqtt.packet`)."""

__all__ = ["Client", "MqttError", "Subscription", "Will"]


def __getattr__(name: str) -> object:
    """What the package has of mqtt.client, which is imported when it is asked for: packets alone do without asyncio."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)
