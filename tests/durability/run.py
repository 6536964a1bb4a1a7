"""run.py [--link http|mqtt] [--count N] [--kills N] [--cut SHARED_OBJECT] [--plant sync|key] [--seed N] [--broker COMMAND] [--lossy] - are readings lost or stored twice?

COUNT readings go from a pipeline over a link into a store, while the sender is killed (SIGKILL) N times and the other end N times: of the HTTP link the
receiver with its store, of the MQTT link the broker, and N times the receiver. With --cut, each kill is a power cut as well: what the killed program had not synced is lost
(tests/powercut). --plant makes a mistake on purpose: sync (the sender's queue does not sync) or key (the receiver does not refuse what it has). --lossy:
the broker may lose what it has acknowledged, as a relay before it has seen; what lacks its acknowledgement must not be missing. Ends with a line N passed, N failed.
"""
# SPDX-License-Identifier: MIT
import argparse
import os
import random
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "powercut")]
from _witness import Witness
from undo import undo

_LIMIT = 3600.0  # seconds that a run may take


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Program:
    """A program that is killed and started again, with a folder whose files a power cut can catch."""

    def __init__(self, name: str, command: list[str], place: str, cut: str | None, chance: random.Random) -> None:
        self.name = name
        self.command = command
        self.folder = os.path.join(place, name)
        self.log = os.path.join(place, name + ".log")
        self.errors = os.path.join(place, name + ".errors")
        self.cut = cut
        self.chance = chance
        self.kills = self.undone = 0
        os.mkdir(self.folder)
        os.mkdir(self.log)

    def start(self) -> None:
        env = dict(os.environ)
        if self.cut:
            env.update(LD_PRELOAD=self.cut, POWERCUT_FOLDER=self.folder, POWERCUT_LOG=self.log)
        with open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(self.command, cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=errors, text=True)

    def kill(self) -> list[str]:
        """End it at some moment; the lines that it had still printed."""
        time.sleep(self.chance.random() * 0.02)
        self.process.send_signal(signal.SIGKILL)
        rest = self.process.stdout.readlines()
        self.process.wait()
        self.process.stdout.close()
        self.kills += 1
        if self.cut: # the worst and a random one, by turns
            self.undone += undo(self.folder, self.log, self.kills if self.kills % 2 else None)["bytes"]
        return rest

    def complaints(self) -> str:
        """The end of what it wrote to standard error."""
        with open(self.errors, encoding="utf-8", errors="replace") as file:
            return file.read()[-2000:]


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"nothing listens at port {port}")


class Run:
    """One experiment."""

    def __init__(self, options: argparse.Namespace, place: str) -> None:
        self.options = options
        self.chance = random.Random(options.seed)
        self.port = free_port()
        self.witness = Witness(self.port) if options.lossy else None
        krait, door = sys.executable, self.witness.port if self.witness else self.port
        script = lambda name: os.path.join(HERE, name)
        make = lambda name, command: Program(name, command, place, options.cut, self.chance)
        self.sender = make("sender", [krait, script("_send.py"), options.link, str(door), "queue.db", str(options.count)])
        if options.link == "http":
            self.other = make("receiver", [krait, script("_receive_http.py"), str(self.port), "store.db"])
            self.receiver = self.other
        else:
            self.other = make("broker", shlex.split(options.broker.format(krait=krait, port=self.port, folder=".")))
            self.receiver = make("receiver", [krait, script("_receive_mqtt.py"), str(self.port), "store.db"])
        self.store = os.path.join(self.receiver.folder, "store.db")
        self.programs = list(dict.fromkeys((self.sender, self.other, self.receiver)))
        self.put = self.lost = 0

    def start(self, program: Program) -> None:
        """Start it, and wait until it does its work."""
        program.start()
        if program is self.other:
            wait_for_port(self.port)
        elif program is self.receiver and program.process.stdout.readline() != "ready\n":
            raise RuntimeError("the receiver did not start")

    def heed(self, line: str) -> bool:
        """A line of the sender's; True: it is done."""
        what, *rest = line.split()
        if what == "put":
            self.put = int(rest[0])
        elif what == "next":
            self.lost += max(0, self.put + 1 - int(rest[0]))
        return what == "done"

    def moments(self) -> list[int]:
        """At how many readings put there is a kill: anywhere, but in order."""
        return sorted(self.chance.randrange(self.options.count) for _ in range(self.options.kills))

    def go(self) -> None:
        kills = [(program, self.moments()) for program in self.programs]
        for program in dict.fromkeys((self.other, self.receiver, self.sender)):
            self.start(program)
        try:
            while True:
                line = self.sender.process.stdout.readline()
                if not line:
                    raise RuntimeError(f"the sender ended by itself, with code {self.sender.process.wait()}")
                if self.heed(line):
                    break
                for program, moments in kills:
                    while moments and moments[0] <= self.put:
                        moments.pop(0)
                        self.kill(program)
            self.await_all()
        finally:
            for program in self.programs:
                program.process.kill()

    def kill(self, program: Program) -> None:
        """Kill it and start it again."""
        rest = program.kill()
        if program is self.sender:
            for line in rest:
                if line.endswith("\n"):
                    self.heed(line)
        self.start(program)

    def read_store(self) -> tuple[int, int]:
        """How many points are in the store, and how many different ones."""
        db = sqlite3.connect(self.store)
        try:
            return db.execute("SELECT count(*), count(DISTINCT value) FROM point").fetchone()
        finally:
            db.close()

    def unacknowledged(self) -> int:
        """How many are not in the store although the broker has not even said that it has them."""
        db = sqlite3.connect(self.store)
        try:
            stored = {int(n) for n, in db.execute("SELECT value FROM point")}
        finally:
            db.close()
        return len(set(range(1, self.options.count + 1)) - stored - self.witness.acknowledged)

    def await_all(self) -> None:
        """What the broker has may still be on its way; what it has lost is not."""
        end = time.monotonic() + (0 if self.options.link == "http" else 5 if self.witness else 60)
        while self.read_store()[1] < self.options.count and time.monotonic() < end:
            time.sleep(0.1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--link", choices=["http", "mqtt"], default="http")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--cut", type=os.path.abspath)
    parser.add_argument("--plant", choices=["sync", "key"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lossy", action="store_true")
    parser.add_argument("--broker", default="{krait} -m mqtt.broker --port {port} --store {folder}")
    options = parser.parse_args()
    if options.plant:
        os.environ["DURABILITY_PLANT"] = options.plant
    watch = threading.Timer(_LIMIT, lambda: os._exit(2))
    watch.daemon = True
    watch.start()
    with tempfile.TemporaryDirectory() as place:
        run = Run(options, place)
        begin = time.monotonic()
        try:
            run.go()
            stored, different = run.read_store()
            missing = run.unacknowledged() if options.lossy else options.count - different
        except Exception as error:
            complaints = "\n".join(program.complaints() for program in run.programs)
            print(f"FAIL: {error}\n{complaints}\n0 passed, 1 failed")
            return 1
    lost, twice = options.count - different + run.lost, stored - different
    good = missing + run.lost == 0 and twice == 0 and all(program.kills == options.kills for program in run.programs)
    killed = ", ".join(f"{program.name} {program.kills} times" for program in run.programs)
    print(f"{'ok' if good else 'FAIL'}: {options.link}{', power cuts' * bool(options.cut)}: {options.count} readings, killed: {killed}; "
          f"{sum(program.undone for program in run.programs)} bytes taken back: lost {lost}{f", of which {missing} lack their acknowledgement" * options.lossy}, duplicated {twice}, {time.monotonic() - begin:.1f} s")
    print(f"{int(good)} passed, {int(not good)} failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
