"""run.py KRAIT PEER [PAGE] - messages per second with mosquitto: mqtt.Client under Krait against paho-mqtt under CPython, which take turns.

PEER is the CPython with Debian's python3-paho-mqtt. The best of ROUNDS (5) of each counts. With PAGE, the table is written there.
"""
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "mqtt"))
import _broker

COUNT = 20000
ROUNDS = int(os.environ.get("ROUNDS", "5"))
INTRODUCTION = """# Speed of MQTT

Messages per second through mosquitto on the loopback, {count} messages of 54 bytes, as `make bench-mqtt` measures it: `mqtt.Client` under Krait against
paho-mqtt 1.6.1 under {peer}. The two take turns with the same broker; the best of {rounds} rounds of each. *publish*: until the last message is acknowledged;
*publish and receive*: two clients in one process, until the last message has come. Processor time is that of the client's process. 20 messages are on their
way, as the broker asks in version 5 and as paho does by itself (with more it is slower); Krait's 1000 with QoS 1 in version 4, where the broker takes
them. Machine: {machine}, {processors} processors, which
broker and client share; their load was {load:.1f} when the measurement began.

| version | QoS | what | Krait messages/s | paho messages/s | ratio | Krait messages/s of processor | paho messages/s of processor | ratio |
| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def measure(program, script, port, version, qos):
    done = subprocess.run([program, os.path.join(HERE, script), str(port), str(COUNT), str(version), str(qos)], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise SystemExit(f"{script}: {done.stderr}")
    return [float(n) for n in done.stdout.split()]


def rows(krait, peer):
    with _broker.Mosquitto() as broker:
        for version in (4, 5):
            for qos in (1, 2):
                ours, theirs = [], []
                for _ in range(ROUNDS):
                    ours.append(measure(krait, "krait_client.py", broker.port, version, qos))
                    theirs.append(measure(peer, "paho_client.py", broker.port, version, qos))
                for i, what in enumerate(("publish", "publish and receive")):
                    cells = []
                    for column in (2 * i, 2 * i + 1):
                        a, b = max(r[column] for r in ours), max(r[column] for r in theirs)
                        cells += [f"{a:.0f}", f"{b:.0f}", f"{a / b:.2f}"]
                    yield f"| {version} | {qos} | {what} | {' | '.join(cells)} |\n"


def machine():
    with open("/proc/cpuinfo") as f:
        names = [line.split(":", 1)[1].strip() for line in f if line.startswith("model name")]
    return names[0] if names else os.uname().machine


def main(krait, peer, page=None):
    name = subprocess.run([peer, "-V"], capture_output=True, text=True).stdout.strip()
    text = INTRODUCTION.format(count=COUNT, rounds=ROUNDS, peer=name, machine=machine(), processors=os.cpu_count(), load=os.getloadavg()[0])
    for row in rows(krait, peer):
        print(row, end="", flush=True)
        text += row
    if page:
        with open(page, "w") as f:
            f.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
