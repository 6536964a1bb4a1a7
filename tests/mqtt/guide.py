"""The programs of docs/mqtt.md and docs/mqtt-broker.md print what the pages say: `$ cat NAME` is followed by a program, `$ krait NAME` by its output.

"localhost" becomes the test's broker.
"""
# SPDX-License-Identifier: MIT
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import _broker

from mqtt.blocking import Client


def programs():
    """Name, program and output of each."""
    blocks = []
    for page in ("mqtt.md", "mqtt-broker.md"):
        with open(os.path.join(HERE, "..", "..", "docs", page), encoding="utf-8") as f:
            blocks += f.read().split("    $ cat ")[1:]
    for block in blocks:
        name, rest = block.split("\n", 1)
        program, output = rest.split(f"    $ krait {name}\n")
        lines = []
        for line in output.split("\n"):
            if not line.startswith("    "):
                break
            lines.append(line[4:])
        yield name, "\n".join(line[4:] for line in program.split("\n")), "\n".join(lines)


class Guide(unittest.TestCase):
    def test_programs(self):
        with _broker.Mosquitto() as broker, tempfile.TemporaryDirectory() as folder:
            for name, program, output in programs():
                program = program.replace('"sensor", "localhost"', f'"sensor", "127.0.0.1", {broker.port}')
                program = program.replace('"localhost"', f'"mqtt://127.0.0.1:{broker.port}"')
                with open(os.path.join(folder, name), "w") as f:
                    f.write(program)
                done = subprocess.run([sys.executable, os.path.join(folder, name)], capture_output=True, text=True, timeout=30)
                self.assertEqual((done.stdout.strip(), done.stderr), (output, ""), name)

    def test_example(self):
        program = os.path.join(HERE, "..", "..", "examples", "mqtt", "telemetry.py")
        with _broker.Mosquitto() as broker:
            url = f"mqtt://127.0.0.1:{broker.port}"
            with Client(url) as watcher:
                watcher.subscribe("machines/#", qos=1)
                done = subprocess.run([sys.executable, program, url, "1"], capture_output=True, text=True, timeout=30)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                got = [watcher.messages.get(5) for _ in range(3)]
            self.assertEqual([m.payload for m in got[::2]], [b"here", b"gone"])
            self.assertEqual(sorted(json.loads(got[1].payload)), ["free_mb", "load"])
        done = subprocess.run([sys.executable, program, url], capture_output=True, text=True, timeout=30)
        self.assertEqual((done.returncode, done.stderr), (1, f"telemetry: 127.0.0.1:{broker.port} refuses connections: is a broker running there?\n"))

    def test_there_are_programs(self):
        self.assertGreaterEqual(len(list(programs())), 6)


if __name__ == "__main__":
    unittest.main()
