"""node.py KRAIT [NAME ...] - the greenhouse as people run it: started, asked, broken, killed. Ends with a line N passed, N failed."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

from _program import EXAMPLE, PATIENCE, Program, look, states

def test_first_values():
    """Live values within 5 s of the start; SIGTERM ends it within 1 s."""
    with Program("mqtt.every=0.2") as node:
        state = asyncio.run(states(node.broker(), lambda s: {"air", "soil", "light", "door", "pump", "fan", "humidity", "host_memory"} <= s.keys()))
        seconds = time.monotonic() - node.started
        assert seconds < 5 * max(1, PATIENCE / 20), seconds
        assert -20 < state["air"] < 50 and 10 < state["soil"] < 100, state
        seconds = node.stop()
        assert seconds < max(1, PATIENCE / 20), seconds


def test_pump_by_mqtt():
    """Who asks over MQTT has the pump; nonsense is refused and said."""
    with Program("period=0.1", "mqtt.every=0.1") as node:
        address = node.broker()
        asyncio.run(states(address, lambda s: s["pump"] == 1, say=[("greenhouse/pump/set", "ON"), ("greenhouse/fan/set", "300"), ("greenhouse/nobody/set", "1")]))
        asyncio.run(states(address, lambda s: s["pump"] == 0 and s["fan"] == 55.5, say=[("greenhouse/pump/set", "off"), ("greenhouse/fan/set", "55.5")]))
        node.wait_for("Fan: expected 0 to 100, got 300")
        node.wait_for("nobody is asked for")


def test_home_assistant():
    """What Home Assistant looks for is there, retained."""
    with Program() as node:
        address = node.broker()
        node.wait_for("connected")
        config = asyncio.run(states(address, lambda s: True, "homeassistant/switch/greenhouse/pump/config"))
        assert config["command_topic"] == "greenhouse/pump/set" and config["device"]["name"] == "Greenhouse", config


def test_dashboard():
    """A page gets values, and switches the pump."""
    with Program("period=0.1") as node:
        url, token = node.wait_for(r"operator: (\S+)#token=(\S+)").groups()
        assert asyncio.run(look(url, token, lambda m: m["type"] == "result"))["ok"] is True
        assert "air" in asyncio.run(look(url, token, lambda m: m["type"] == "values" and "air" in m["v"]))["v"]
        rows = {row["name"]: row for row in asyncio.run(look(url, token, lambda m: m["type"] == "board"))["pins"]}
        assert rows.keys() == {"17", "18", "23", "I2C 1"} and rows["18"]["mode"] == "PWM" and rows["18"]["level"].endswith(" % of 1000 Hz"), rows
        assert rows["I2C 1"]["role"] == "bme280 at 0x76, ads1115 at 0x48, ssd1306 at 0x3c" and rows["23"]["role"] == "pump", rows


def test_kill():
    """kill -9: what was stored is there, in order and once, and it goes on."""
    folder, before = tempfile.mkdtemp(prefix="greenhouse-"), []
    for run in range(4):
        with Program("period=0.02", "store.every=0.02", folder=folder) as node:
            end = time.monotonic() + PATIENCE
            while len(node.stored("air") if os.path.exists(os.path.join(folder, "state", "readings.db")) and run + len(node.said()) else []) < len(before) + 20:
                assert time.monotonic() < end, node.said()
                time.sleep(0.1)
            node.process.send_signal(signal.SIGKILL)
            node.process.wait()
        with sqlite3.connect(os.path.join(folder, "state", "queue.db")) as db:
            waiting = [number for number, in db.execute("SELECT sequence FROM reading ORDER BY sequence")]
        db.close()
        with sqlite3.connect(os.path.join(folder, "state", "readings.db")) as db:
            waiting += [number for first, last in db.execute("SELECT first, last FROM seen") for number in range(first, last + 1)]
        db.close()
        assert sorted({*waiting}) == list(range(1, max(waiting) + 1)), "readings are missing"
        rows = node.stored("air")
        assert rows[:len(before)] == before and len({number for number, _ in rows}) == len(rows), "what was stored has changed"
        before = rows


def test_vanished_sensor():
    """A sensor that vanishes is an alarm, the others go on, and it comes back."""
    with tempfile.TemporaryDirectory() as folder:
        board = os.path.join(folder, "board.py")
        with open(board, "w", encoding="utf-8") as file:
            file.write(f"import sys; sys.path.insert(0, {EXAMPLE!r}); import world\n"
                       "def setup(board):\n    world.setup(board)\n    chip = board.device('bme280')\n    board.at(3.0, chip.unplug)\n    board.at(6.0, chip.plug)\n")
        with Program("period=0.1", "mqtt.every=0.1", board=f"sim:{board}", config=short_alarms(folder)) as node:
            node.wait_for("bme280 1 is lost: .*no device answers")
            node.wait_for("raised: climate sensor lost")
            asyncio.run(states(node.broker(), lambda s: s["soil"] > 0))
            node.wait_for("bme280 1 is back")
            node.wait_for("cleared: climate sensor lost")


def short_alarms(folder):
    """The configuration with less patience."""
    path = os.path.join(folder, "config.toml")
    with open(os.path.join(EXAMPLE, "config.toml"), encoding="utf-8") as file, open(path, "w", encoding="utf-8") as out:
        out.write(file.read().replace("silent = 30", "silent = 2").replace('world = "world.py"', ""))
    return path


def test_full_disk():
    """A disk without room is an alarm; the node goes on, and stores again when there is room."""
    folder = tempfile.mkdtemp(prefix="greenhouse-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder], capture_output=True).returncode:
        print("SKIP test_full_disk: no right to mount a file system of 3 MB")
        return
    try:
        with Program("period=0.1", "store.every=0.1", "mqtt.every=0.1", folder=folder) as node:
            node.wait_for("connected")
            time.sleep(1)
            stuffing = os.path.join(folder, "stuffing")
            with open(stuffing, "wb", buffering=0) as file:
                try:
                    while file.write(bytes(4096)):
                        pass
                except OSError:
                    pass
            asyncio.run(states(node.broker(), lambda s: True, "greenhouse/alarms/not stored"))
            asyncio.run(states(node.broker(), lambda s: s["air"]))
            os.remove(stuffing)
            asyncio.run(states(node.broker(), lambda s: s["state"] == "cleared", "greenhouse/alarms/not stored"))
            assert node.stop() < 2 * max(1, PATIENCE / 20)
    finally:
        subprocess.run(["umount", "-l", folder])


def test_cold_store():
    """The same program with another configuration."""
    with Program("period=0.1", "mqtt.every=0.1", config="config-coldstore.toml") as node:
        state = asyncio.run(states(node.broker(), lambda s: "room" in s, "coldstore/state"))
        assert -25 < state["room"] < -10 and "compressor" in state, state
        asyncio.run(states(node.broker(), lambda s: s["compressor"] == 1, "coldstore/state", [("coldstore/compressor/set", "ON")]))


def test_wrong_configuration():
    """What is wrong is said with its line; status 2."""
    with Program(config="absent.toml") as node:
        assert node.process.wait(PATIENCE) == 2 and "No such file" in node.said(), node.said()
    for changes, text in ((["period=0"], r"period: expected a number from 0\.01 to 3600, got 0"), (["perod=1"], "perod: unknown: expected one of "), (["mqtt.port=x"], "mqtt.port: expected a whole number"),
                          (["dashboard.host=0.0.0.0"], "the dashboard takes TLS")):
        with Program(*changes) as node:
            assert node.process.wait(PATIENCE) == 2, node.said()
            assert re.search(text, node.said()) and "Traceback" not in node.said(), node.said()
    for old, new, text in (('name = "fan"', 'name = "Fan!"', r"config\.toml, line \d+: value 5, name: expected a name of small letters"), ("off_above = 45", "off_above = 3", "on_below < off_above"),
                           ('by = "soil"', 'by = "sol"', r"config\.toml, line \d+: relay 1, by: expected the name of a reading, which are air, .*; got 'sol'"),
                           ("pin = 23", "pin = 17", r"config\.toml, line \d+: relay 1, pin: expected a pin of its own, got 17, which is that of contact 1"),
                           ("volts = [2.8, 1.2]", "volts = [2, 2]", r"line \d+: ads1115 1, input 1, volts: expected two different voltages"), ("above = 32", "", r"line \d+: alarm 1: expected one of above"),
                           ("{value:.0f} MB", "{valu} MB", r"line \d+: alarm 7, text: expected a text with none but"),
                           ("pin = 23", "pin = 99", "Pin 99: this board has pins 0 to 53")):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "config.toml")
            with open(os.path.join(EXAMPLE, "config.toml"), encoding="utf-8") as file, open(path, "w", encoding="utf-8") as out:
                out.write(file.read().replace(old, new).replace('world = "world.py"', ""))
            with Program(config=path) as node:
                assert node.process.wait(PATIENCE) == 2, node.said()
                assert re.search(text, node.said()) and "Traceback" not in node.said(), node.said()


def test_service():
    """systemd hears of READY, WATCHDOG, STOPPING."""
    folder = tempfile.mkdtemp(prefix="greenhouse-")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(os.path.join(folder, "notify"))
        manager.settimeout(PATIENCE)
        with Program("period=0.1", folder=folder, env={"NOTIFY_SOCKET": os.path.join(folder, "notify"), "WATCHDOG_USEC": "600000"}) as node:
            heard = [manager.recv(1000).decode() for _ in range(4)]
            node.process.send_signal(signal.SIGTERM)
            while not heard[-1].startswith("STOPPING"):
                heard.append(manager.recv(1000).decode())
    assert heard[0].startswith("READY=1\nSTATUS=Greenhouse measures") and heard[1:4] == ["WATCHDOG=1"] * 3, heard


def main(names):
    passed = failed = 0
    for name, test in list(globals().items()):
        if name.startswith("test_") and (not names or name in names):
            start = time.monotonic()
            try:
                test()
                passed += 1
            except Exception as error:
                failed += 1
                print(f"FAIL {name}: {type(error).__name__}: {error}")
            if "-v" in sys.argv:
                print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[2:] if name != "-v"]))
