"""What a configuration of the node may say, and what holds where it says nothing. config.toml explains each key."""
# SPDX-License-Identifier: MIT
from node import Choice, Flag, Map, Maybe, Number, Numbers, Table, Tables, Text, Whole

_NAME = {"pattern": "[a-z][a-z0-9_-]*", "hint": "a name of small letters, digits, _ and -"}
_PIN = Whole(low=0)
_BUS = {"bus": Whole(1, low=0)}

SETTINGS = Table(
    name=Text(**_NAME), title=Text(), folder=Text("state"), world=Text(""),
    period=Number(1.0, low=0.01, high=3600), patience=Number(10.0, low=0.1),
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
