"""Boards from descriptions: a TOML file, or a Python file with a function setup(board).

    pins = 54                      # how many
    [names]                        # further names of pins
    LAMP = 12
    [environment]                  # numbers, or
    humidity = 45.0
    [environment.temperature]      # a sum of: mean, day (amplitude, peak hour), noise (deviation), drift (an hour), csv (file, column, time)
    mean = 21.0
    day = 6.0
    noise = 0.05
    [[device]]                     # a model of sim.devices, where it hangs, and what else it takes
    type = "BME280"
    i2c = 0
    address = 0x76
    [[device]]
    type = "Button"
    name = "door"
    pin = 17
    [[analog]]                     # a voltage: channel or pin name, and a signal as in the environment
    channel = 0
    mean = 1.2
    [[fault]]                      # at a time (seconds): unplug, silence (transfers), flip (share), stick (bus), brown_out; `for`: seconds until it ends
    at = 60.0
    kind = "unplug"
    device = "bme280"
    for = 5.0
    [[event]]                      # at a time, a method of a device
    at = 3.0
    device = "door"
    call = "tap"
    arguments = [0.2]
"""

import os

_SIGNAL = {"mean", "day", "peak", "noise", "every", "seed", "drift", "csv", "column", "time", "scale", "offset", "steps", "ramp"}
_BUSES = ("i2c", "spi", "uart", "wire")


def apply(board, path: str) -> None:
    """Do to a board what the file says. ValueError: what is wrong, and where."""
    if path.endswith(".py"):
        _apply_python(board, path)
        return
    import tomllib

    with open(path, "rb") as file:
        try:
            table = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path}: {error}") from None
    try:
        _apply_table(board, table, os.path.dirname(path))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        text = error.args[0] if error.args else type(error).__name__
        raise ValueError(f"{path}: {text}") from error


def _apply_python(board, path: str) -> None:
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    names = {"__name__": "board_description", "__file__": path}
    exec(code, names)
    if not callable(names.get("setup")):
        raise ValueError(f"{path}: expected a function setup(board)")
    names["setup"](board)


def _apply_table(board, table: dict, folder: str) -> None:
    known = {"name", "pins", "names", "environment", "device", "analog", "fault", "event", "trace"}
    if unknown := set(table) - known:
        raise ValueError(f"unknown entries: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    board.name = table.get("name", board.name)
    if table.get("pins", board.pin_count) != board.pin_count:
        board.set_pins(table["pins"], {})
    board.name_pins(table.get("names", {}))
    for name, value in table.get("environment", {}).items():
        board.environment[name] = make_signal(value, folder, name)
    for row in table.get("device", ()):
        _device(board, dict(row), folder)
    for row in table.get("analog", ()):
        row = dict(row)
        where = row.pop("channel", None)
        where = row.pop("pin", None) if where is None else where
        if where is None:
            raise ValueError("an analog entry needs channel or pin")
        board.analog(where, make_signal(row, folder, f"analog {where}"))
    for row in table.get("fault", ()):
        _fault(board, dict(row))
    for row in table.get("event", ()):
        call = getattr(board.device(row["device"]) if "device" in row else board, row["call"])
        board.at(float(row["at"]), call, *row.get("arguments", ()))
    if table.get("trace"):
        board.trace.start()


def make_signal(value, folder: str, name: str):
    """A signal from a number or a table of its parts."""
    from sim._environment import Constant, Day, Drift, Noise, Recorded, Steps

    if not isinstance(value, dict):
        return Constant(value)
    if unknown := set(value) - _SIGNAL:
        raise ValueError(f"{name}: unknown parts of a signal: {', '.join(sorted(unknown))}; known are {', '.join(sorted(_SIGNAL))}")
    total = Constant(value.get("mean", 0.0))
    if "day" in value:
        total += Day(value["day"], value.get("peak", 15.0))
    if "noise" in value:
        total += Noise(value["noise"], value.get("every", 0.001), value.get("seed", 0))
    if "drift" in value:
        total += Drift(value["drift"])
    if "steps" in value:
        total += Steps(*map(tuple, value["steps"]), ramp=value.get("ramp", False))
    if "csv" in value:
        path = os.path.join(folder, value["csv"])
        total += Recorded(path, value.get("column"), value.get("time"), value.get("scale", 1.0), value.get("offset", 0.0))
    return total


def _device(board, row: dict, folder: str) -> None:
    from sim import devices

    kind = row.pop("type", None)
    if kind is None:
        raise ValueError("a device needs a type")
    model = getattr(devices, kind)
    name = row.pop("name", None)
    inputs = row.pop("inputs", {})
    where = [(bus, row.pop(bus)) for bus in _BUSES if bus in row]
    if len(where) > 1:
        raise ValueError(f"device {kind}: on one bus, not on {' and '.join(bus for bus, _ in where)}")
    if "file" in row:
        row["file"] = os.path.join(folder, row["file"])
    try:
        device = model(**row)
    except TypeError as error:
        raise ValueError(f"device {kind}: {error}") from None
    if name:
        device.name = name
    if where:
        bus, number = where[0]
        getattr(board, bus)(number).attach(device)
    else:
        board.attach(device)
    for channel, value in inputs.items():
        device.input(int(channel), make_signal(value, folder, f"input {channel} of {kind}"))


def _fault(board, row: dict) -> None:
    kind, at, length = row.get("kind"), float(row.get("at", 0.0)), row.get("for")
    if kind == "brown_out":
        board.at(at, board.brown_out, float(length or 0.1))
        return
    if kind == "stick":
        where = [bus for bus in ("i2c", "wire") if bus in row]
        if len(where) != 1:
            raise ValueError("fault stick: give i2c or wire")
        bus = getattr(board, where[0])(row[where[0]])
        start, end = (bus.stick, True), (bus.stick, False)
    else:
        device = board.device(row["device"])
        if kind == "unplug":
            start, end = (device.unplug,), (device.plug,)
        elif kind == "silence":
            start, end = (device.stay_silent, int(row.get("transfers", 1))), (device.stay_silent, 0)
        elif kind == "flip":
            start, end = (device.flip_bits, float(row.get("share", 0.01))), (device.flip_bits, 0.0)
        else:
            raise ValueError(f"unknown fault {kind!r}; known are unplug, silence, flip, stick, brown_out")
    board.at(at, *start)
    if length is not None:
        board.at(at + float(length), *end)
