"""Home Assistant finds a device by itself: announce() publishes what its MQTT discovery wants to know.

    await homeassistant.announce(client, {"identifiers": "gh-7", "name": "Greenhouse"}, [
        {"component": "sensor", "id": "temperature", "device_class": "temperature", "unit_of_measurement": "°C", "state_topic": "gh-7/temperature"}])

Source: Home Assistant's documentation of MQTT (home-assistant.io, /integrations/mqtt, sensor.mqtt, binary_sensor.mqtt, switch.mqtt, number.mqtt, button.mqtt).
What it does not know is refused here, since Home Assistant only writes it to its log.
"""

import json

_TEXT, _TEXTS, _NUMBER, _WHOLE, _TRUTH, _TOPIC, _PAIRS = "a text", "a text or list of texts", "a number", "a whole number, not negative", "True or False", "a topic without wildcards", "a list of pairs of texts"
_DEVICE = {
    "configuration_url": _TEXT, "connections": _PAIRS, "hw_version": _TEXT, "identifiers": _TEXTS, "manufacturer": _TEXT, "model": _TEXT, "model_id": _TEXT, "name": _TEXT,
    "serial_number": _TEXT, "suggested_area": _TEXT, "sw_version": _TEXT, "via_device": _TEXT,
}
_ANY = {
    "availability_topic": _TOPIC, "availability_template": _TEXT, "payload_available": _TEXT, "payload_not_available": _TEXT, "enabled_by_default": _TRUTH, "encoding": _TEXT,
    "entity_category": ("config", "diagnostic"), "entity_picture": _TEXT, "icon": _TEXT, "json_attributes_template": _TEXT, "json_attributes_topic": _TOPIC, "name": _TEXT,
    "object_id": _TEXT, "default_entity_id": _TEXT, "qos": (0, 1, 2), "unique_id": _TEXT,
}
_STATE = {"state_topic": _TOPIC, "value_template": _TEXT}
_COMMAND = {"command_topic": _TOPIC, "command_template": _TEXT, "retain": _TRUTH}
_COMPONENTS = {
    "sensor": {**_STATE, "device_class": _TEXT, "expire_after": _WHOLE, "force_update": _TRUTH, "last_reset_value_template": _TEXT, "options": _TEXTS, "suggested_display_precision": _WHOLE,
               "state_class": ("measurement", "measurement_angle", "total", "total_increasing"), "unit_of_measurement": _TEXT},
    "binary_sensor": {**_STATE, "device_class": _TEXT, "expire_after": _WHOLE, "force_update": _TRUTH, "off_delay": _WHOLE, "payload_off": _TEXT, "payload_on": _TEXT},
    "switch": {**_STATE, **_COMMAND, "device_class": ("outlet", "switch"), "optimistic": _TRUTH, "payload_off": _TEXT, "payload_on": _TEXT, "state_off": _TEXT, "state_on": _TEXT},
    "number": {**_STATE, **_COMMAND, "device_class": _TEXT, "max": _NUMBER, "min": _NUMBER, "mode": ("auto", "box", "slider"), "optimistic": _TRUTH, "payload_reset": _TEXT, "step": _NUMBER,
               "unit_of_measurement": _TEXT},
    "button": {**_COMMAND, "device_class": ("identify", "restart", "update"), "payload_press": _TEXT},
}
_NEEDS = {"sensor": "state_topic", "binary_sensor": "state_topic", "switch": "command_topic", "number": "command_topic", "button": "command_topic"}


def _is(value, kind) -> bool:
    if isinstance(kind, tuple):
        return type(value) in (str, int) and value in kind
    if kind == _TEXTS and type(value) is list:
        return bool(value) and all(type(one) is str and one for one in value)
    if kind == _PAIRS:
        return type(value) is list and all(type(pair) in (list, tuple) and len(pair) == 2 and all(type(one) is str for one in pair) for pair in value)
    if kind == _TOPIC:
        return type(value) is str and 0 < len(value.encode()) < 65536 and not any(c in value for c in "+#\0")
    if kind == _NUMBER:
        return type(value) in (int, float) and value - value == 0
    if kind == _WHOLE:
        return type(value) is int and value >= 0
    return type(value) is (bool if kind == _TRUTH else str)


def _check(what: str, given: dict, known: dict) -> None:
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"{what} has no {name!r}: Home Assistant knows {', '.join(sorted(known))}")
        if not _is(value, known[name]):
            kind = known[name]
            raise ValueError(f"{what}: {name} must be {'one of ' + ', '.join(map(str, kind)) if isinstance(kind, tuple) else kind}, not {value!r}")


def _check_id(what: str, text) -> str:
    if type(text) is not str or not text or not all(c.isascii() and (c.isalnum() or c in "_-") for c in text):
        raise ValueError(f"{what} must be letters, digits, _ and -, since it is part of a topic; not {text!r}")
    return text


def _node(device: dict) -> str:
    """What stands for a device in topics: its first identifier."""
    _check("the device", device, _DEVICE)
    identifiers = device.get("identifiers")
    if not identifiers:
        raise ValueError("the device needs identifiers: a text that no other device has")
    return _check_id("the device's first identifier", identifiers if type(identifiers) is str else identifiers[0])


def _config(node: str, device: dict, entity: dict, availability: str | None) -> tuple[str, str, dict]:
    """The component, the id and the configuration of an entity."""
    entity = dict(entity)
    component, name = entity.pop("component", None), entity.pop("id", None)
    if component not in _COMPONENTS:
        raise ValueError(f"an entity's component must be one of {', '.join(_COMPONENTS)}, not {component!r}")
    what = f"{component} {_check_id(f'the id of a {component}', name)}"
    _check(what, entity, {**_ANY, **_COMPONENTS[component]})
    if _NEEDS[component] not in entity:
        raise ValueError(f"{what} needs {_NEEDS[component]}")
    if component == "number" and entity.get("min", 1) >= entity.get("max", 100):
        raise ValueError(f"{what}: min ({entity.get('min', 1)}) must be less than max ({entity.get('max', 100)})")
    if component == "number" and entity.get("step", 1) < 0.001:
        raise ValueError(f"{what}: step must be at least 0.001, not {entity['step']}")
    config = {"unique_id": f"{node}_{name}", "device": device, **entity}
    if availability is not None:
        config.setdefault("availability_topic", availability)
    return component, name, config


def messages(device: dict, entities: list[dict], availability: str | None = None, prefix: str = "homeassistant") -> list[tuple[str, bytes]]:
    """What announce() publishes: (topic, payload) for each entity. ValueError: Home Assistant would not understand it."""
    if not isinstance(device, dict) or not all(isinstance(entity, dict) for entity in entities):
        raise TypeError(f"a dict for the device and a dict for each entity are expected, not {device!r} and {entities!r}")
    node = _node(device)
    if availability is not None and not _is(availability, _TOPIC):
        raise ValueError(f"availability must be {_TOPIC}, not {availability!r}")
    found: dict[str, bytes] = {}
    for entity in entities:
        component, name, config = _config(node, device, entity, availability)
        topic = f"{prefix}/{component}/{node}/{name}/config"
        if topic in found:
            raise ValueError(f"there are two entities {name!r} of component {component}")
        found[topic] = json.dumps(config, ensure_ascii=False, separators=(",", ":")).encode()
    return list(found.items())


async def announce(client, device: dict, entities: list[dict], availability: str | None = None, prefix: str = "homeassistant") -> None:
    """Tell Home Assistant of a device and its entities, by an mqtt.Client; again at any time, to change them.

    device: keys of Home Assistant's device block; identifiers is needed, its first one stands in topics. entities: a dict each, of component ("sensor",
    "binary_sensor", "switch", "number", "button"), id, and the keys of that component. unique_id is made of device and id unless given.
    availability: the topic that says "online" (published here, retained) and, by the will that will() makes for the client, "offline".
    ValueError: an unknown key, or a value that Home Assistant would not take.
    """
    for topic, payload in messages(device, entities, availability, prefix):
        await client.publish(topic, payload, qos=1, retain=True)
    if availability is not None:
        await client.publish(availability, b"online", qos=1, retain=True)


async def forget(client, device: dict, entities: list[dict], prefix: str = "homeassistant") -> None:
    """Let Home Assistant remove entities that were announced: of each, component and id are looked at."""
    node = _node(device)
    for entity in entities:
        await client.publish(f"{prefix}/{entity['component']}/{node}/{_check_id('the id', entity['id'])}/config", b"", qos=1, retain=True)


def will(availability: str):
    """The will to give to mqtt.Client, so that Home Assistant sees when the device is gone."""
    from mqtt import Will

    return Will(availability, b"offline", qos=1, retain=True)
