"""What a configuration of the node may say, and what holds where it says nothing. config.toml explains each key."""
# SPDX-License-Identifier: MIT
from node import Choice, Flag, Map, Maybe, Number, Numbers, Table, Tables, Text, Whole

_NAME = {"pattern": "[a-z][a-z0-9_-]*", "hint": "a name of small letters, digits, _ and -"}
_PIN = Whole(low=0)
_BUS = {"bus": Whole(1, low=0)}



def _together(c):
    """What is wrong between keys."""
    readings = {one.name for one in (*c.relay, *c.pwm)} | {one.value for one in c.contact} | {i.value for chip in c.ads1115 for i in chip.input} | {*c.host.values.values(), "unsaved"}
    readings |= {name for chip in c.bme280 for name in (chip.temperature, chip.humidity, chip.pressure) if name}
    known, pins = ", ".join(sorted(readings)), {}
    for kind, key in (("relay", "by"), ("pwm", "by"), ("alarm", "value")):
        for n, one in enumerate(getattr(c, kind), 1):
            if (name := getattr(one, key)) and name not in readings:
                yield (kind, n, key), f"expected the name of a reading, which are {known}; got {name!r}"
    for kind in ("contact", "relay", "pwm"):
        for n, one in enumerate(getattr(c, kind), 1):
            if pins.setdefault(one.pin, (kind, n)) != (kind, n):
                yield (kind, n, "pin"), f"expected a pin of its own, got {one.pin}, which is that of {' '.join(map(str, pins[one.pin]))}"
    for n, chip in enumerate(c.ads1115, 1):
        for m, i in enumerate(chip.input, 1):
            if i.volts[0] == i.volts[1]:
                yield ("ads1115", n, "input", m, "volts"), f"expected two different voltages, got {i.volts}"
    for n, one in enumerate(c.alarm, 1):
        if one.above is one.below is one.silent is None:
            yield ("alarm", n), "expected one of above, below and silent"
        try:
            one.text.format(name="", series="", value=0.0, detector="")
        except (KeyError, IndexError, ValueError) as error:
            yield ("alarm", n, "text"), f"expected a text with none but {{name}}, {{series}}, {{value}} and {{detector}}, got {one.text!r} ({error})"


SETTINGS = Table(
    _together, name=Text(**_NAME), title=Text(), folder=Text("state"), world=Text(""),
    period=Number(1.0, low=0.01, high=3600),
    store=Table(every=Number(10.0, low=0.01, high=3600), raw=Number(30.0, low=1), minute=Number(400.0, low=1)),
    mqtt=Table(host=Text(""), port=Whole(1883, low=0, high=65535), user=Text(None), password_file=Text(None), tls=Flag(False), every=Number(1.0, low=0.01, high=3600)),
    dashboard=Table(host=Text("127.0.0.1"), port=Whole(8800, low=0, high=65535), certificate=Text(""), key=Text(""), address=Text("")),
    value=Tables(name=Text(**_NAME), label=Text(), unit=Text(""), chart=Text(""), decimals=Whole(1, low=0, high=6), device_class=Text("")),
    bme280=Tables(**_BUS, address=Whole(0x76, low=0x76, high=0x77), temperature=Text(""), humidity=Text(""), pressure=Text("")),
    ads1115=Tables(**_BUS, address=Whole(0x48, low=0x48, high=0x4B), input=Tables(value=Text(), channel=Whole(low=0, high=3), volts=Numbers(2), reads=Numbers(2))),
    contact=Tables(value=Text(), pin=_PIN, closed=Whole(0, low=0, high=1)),
    host=Table(every=Number(5.0, low=0.1), values=Map(Text())),
    relay=Tables(name=Text(**_NAME), label=Text(), pin=_PIN, on=Whole(1, low=0, high=1), hold=Number(300.0, low=0), by=Text(""), on_below=Number(None), off_above=Number(None),
                 on_above=Number(None), off_below=Number(None), longest=Number(None, low=0.1), rest=Number(0.0, low=0)),
    pwm=Tables(name=Text(**_NAME), label=Text(), pin=_PIN, hz=Number(1000.0, low=1), hold=Number(300.0, low=0), by=Text(""), setpoint=Number(0.0), kp=Number(0.1, low=0),
               ki=Number(0.0, low=0), cools=Flag(False)),
    display=Maybe(Table(**_BUS, address=Whole(0x3C, low=0x3C, high=0x3D), every=Number(5.0, low=0.1))),
    alarm=Tables(name=Text(), value=Text(), text=Text("{series} is at {value:.1f}"), above=Number(None), below=Number(None), hysteresis=Number(0.0, low=0), delay=Number(0.0, low=0),
                 silent=Number(None, low=0.1)),
)
