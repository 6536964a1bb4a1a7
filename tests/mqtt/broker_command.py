"""krait -m mqtt.broker: options, settings from a file, passwords, signals, errors."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import Process, Wire


def command(*arguments, text=None):
    done = subprocess.run([sys.executable, "-m", "mqtt.broker", *arguments], input=text, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def run(test):
    """A test, as a coroutine function."""
    async def whole(self):
        try:
            await test(self)
        finally:
            await Wire.cut_all()
    return lambda self: asyncio.run(whole(self))


class Command(unittest.TestCase):
    def write(self, name, text):
        with open(name, "w") as file:
            file.write(text)

    def test_passwords(self):
        self.assertEqual(command("passwd", "users", "ann", "--stdin", text="secret\n"), (0, ""))
        with open("users") as file:
            self.assertNotIn("secret", file.read())
        for arguments, text, words in ((("bob",), "\n", "not empty"), (("b:b",), "x\n", "no colon"), (("bob", "--delete"), "", "has no user bob")):
            code, said = command("passwd", "users", *arguments, *([] if "--delete" in arguments else ["--stdin"]), text=text)
            self.assertEqual((code, words in said), (1, True), said)
        self.assertEqual(command("passwd", "users", "ann", "--delete"), (0, ""))
        self.assertIn("No such file", command("passwd", "nowhere/users", "ann", "--stdin", text="x\n")[1])

    @run
    async def test_configuration(self):
        command("passwd", "file", "ann", "--stdin", text="secret\n")
        self.write("broker.toml", 'passwords = "file"\nmax_packet_size = 5000\n[[listener]]\nport = 0\n[[rule]]\nuser = "ann"\nwrite = ["a/#"]\n')
        child = subprocess.Popen([sys.executable, "-m", "mqtt.broker", "--config", "broker.toml", "--set", "max_packet_size=6000"], stdout=subprocess.PIPE, text=True)
        try:
            port = int(child.stdout.readline().split()[-1])
            wire = await Wire.open(port, username="ann", password=b"secret")
            self.assertEqual((wire.connack.reason, wire.connack.properties["maximum_packet_size"]), (0, 6000))
            self.assertEqual([await wire.publish(t, b"", 1) for t in ("a/b", "b")], [0x10, 0x87])
            self.assertEqual((await Wire.open(port)).connack.reason, 0x87)
        finally:
            child.terminate()
            child.communicate()

    def test_errors(self):
        self.write("bad.toml", "max_conections = 5\n")
        self.write("damaged", "ann:clear\n")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            for arguments, code, words in ((("--config", "bad.toml"), 2, "bad.toml: max_conections is no setting"), (("--config", "none.toml"), 1, "none.toml"),
                                           (("--host", "0.0.0.0"), 2, "TLS is needed"), (("--port", "99999"), 2, "port is 0 to 65535"),
                                           (("--port", port), 1, f"listener 127.0.0.1:{port}:"), (("--set", "x=1"), 2, "expected NAME=VALUE"),
                                           (("--set", "max_sessions=many", "--port", "0"), 2, "max_sessions is a number"),
                                           (("--passwords", "damaged", "--port", "0"), 2, "damaged, line 1: expected $scrypt"),
                                           (("--certificate", "none.pem", "--port", "0"), 2, "none.pem cannot be loaded"),
                                           (("--store", "/proc/x", "--port", "0"), 1, "cannot be opened")):
                got, said = command(*arguments)
                self.assertEqual((got, words in said, said.count("\n")), (code, True, 1), said)

    @run
    async def test_signals(self):
        """It stops within a second, also with clients that do not read, and tells those of version 5."""
        for number in (signal.SIGTERM, signal.SIGINT):
            broker = Process("--store", "store", "--set", "sys_interval=0")
            wire, stuck = await Wire.open(broker.port, "s", session_expiry_interval=100), socket.create_connection(("127.0.0.1", broker.port))
            await wire.subscribe("t", qos=1)
            began = time.monotonic()
            broker.child.send_signal(number)
            packet = await wire.next()
            self.assertEqual(packet.reason, 0x8B)
            self.assertEqual((broker.child.wait(10), broker.child.communicate()), (0, ("", "")))
            self.assertLess(time.monotonic() - began, 3)  # a second where nothing else runs
            stuck.close()
        broker = Process("--store", "store")
        self.assertTrue((await Wire.open(broker.port, "s", clean=False)).connack.session_present)
        broker.stop()

    @run
    async def test_files_that_cannot_grow(self):
        """The disk is full, as a limit on the size of files: QoS 1 is refused, the broker lives, and what it had taken is there afterwards."""
        most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, most[1]))
        try:
            broker = Process("--store", "full", "--set", "sys_interval=0")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, most)
        wire = await Wire.open(broker.port, "s", session_expiry_interval=1000)
        await wire.subscribe("t", qos=1)
        await wire.close()
        publisher, taken = await Wire.open(broker.port), 0
        while await publisher.publish("t", b"%06d" % taken + b"x" * 10000, 1) == 0:
            taken += 1
            self.assertLess(taken, 100)
        self.assertGreater(taken, 5)
        self.assertEqual(await publisher.publish("nobody", b"x", 1), 0x10)
        await publisher.publish("nobody", b"x", 0)
        self.assertEqual(await publisher.publish("t", b"x" * 100_000, 1), 0x97)
        broker.kill()
        broker = Process("--store", "full")
        wire = await Wire.open(broker.port, "s", clean=False)
        self.assertEqual([int(bytes((await wire.message()).payload[:6])) for _ in range(taken)], list(range(taken)))
        broker.stop()


if __name__ == "__main__":
    unittest.main()
