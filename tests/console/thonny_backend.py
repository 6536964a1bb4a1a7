"""thonny_backend.py - Thonny's back end for MicroPython boards, without its windows, at Krait's console over a pair of pseudo terminals.

usage: /usr/bin/python3 tests/console/thonny_backend.py KRAIT        with Debian's package thonny"""
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import tempfile
import threading
import queue
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pair import Pair  # noqa: E402
from thonny.common import (CommandToBackend, ImmediateCommand, InlineCommand, InputSubmission, ToplevelCommand,  # noqa: E402
                           parse_message, serialize_message)

WAIT = 20


class Thonny:
    def __init__(self, port):
        arguments = {"port": port, "clean": True, "interrupt_on_connect": True, "sync_time": True, "validate_time": True, "local_rtc": True,
                     "cwd": "/", "dtr": None, "rts": None, "submit_mode": None, "write_block_size": None, "write_block_delay": None,
                     "proxy_class": "GenericBareMetalMicroPythonProxy"}
        home = tempfile.mkdtemp()
        self.log = open(home + "/log", "w+")
        self.process = subprocess.Popen([sys.executable, "-m", "thonny.plugins.micropython.bare_metal_backend", repr(arguments)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env={**os.environ, "HOME": home, "THONNY_USER_DIR": home})
        self.messages = queue.Queue()
        self.seen = []
        self.output = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            try:
                self.messages.put(parse_message(line.rstrip("\n")))
            except Exception:
                self.messages.put(line)
        self.messages.put(None)

    def send(self, command):
        self.process.stdin.write(serialize_message(command) + "\n")
        self.process.stdin.flush()

    def until(self, wanted, what):
        end = time.monotonic() + WAIT
        while True:
            try:
                m = self.messages.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                m = None
            if m is None:
                self.log.seek(0)
                raise AssertionError(f"no {what}; it said {self.seen[-5:]}, {self.output!r}, log {self.log.read()[-3000:]!r}")
            self.seen.append(m)
            if isinstance(m, str):
                continue
            if getattr(m, "event_type", "") == "ProgramOutput":
                self.output += m.data
            if wanted(m):
                return m

    def ready(self, name=None):
        return self.until(lambda m: type(m).__name__ == "ToplevelResponse", "ToplevelResponse" + (" of " + name if name else ""))

    def top(self, name, **arguments):
        self.output = ""
        self.send(ToplevelCommand(name=name, argv=[], cmd_line="", **arguments))
        self.ready(name)
        return self.output

    def inline(self, name, **arguments):
        self.send(InlineCommand(name=name, id=1, **arguments))
        m = self.until(lambda m: type(m).__name__ == "InlineResponse" and m.command_name == name, "InlineResponse of " + name)
        assert not m.get("error"), m
        return m


def main():
    folder = tempfile.mkdtemp()
    with open(folder + "/there.txt", "w") as f:
        f.write("abc\n")
    pair = Pair()
    krait = subprocess.Popen([sys.argv[1], "--serial", pair.a, "--root", folder], stdin=subprocess.DEVNULL)
    passed = 0

    def is_equal(name, got, wanted):
        nonlocal passed
        assert got == wanted, f"{name}: {got!r}, not {wanted!r}"
        passed += 1

    try:
        t = Thonny(pair.b)
        first = t.ready()
        is_equal("the banner", "Krait" in first.welcome_text, True)
        is_equal("the folder", first.cwd, folder)
        is_equal("an expression", "42" in t.top("execute_source", source="6*7"), True)
        is_equal("a program", t.top("Run", source="x = 5\nfor i in range(3):\n    print(i)\n").replace("\r", ""), "0\n1\n2\n")
        out = t.top("execute_source", source="1/0")
        is_equal("an error", "ZeroDivisionError" in out and "File \"<stdin>\"" in out, True)
        g = t.inline("get_globals", module_name="__main__")
        is_equal("variables", g["globals"]["x"].repr, "5")
        files = t.inline("get_dirs_children_info", node_id="", paths=[folder], include_hidden=False)
        is_equal("the file browser", sorted(files["data"][folder]), ["there.txt"])
        is_equal("the disk", t.inline("get_fs_info", path=folder)["total"] > 0, True)
        is_equal("a text file is written", t.inline("write_file", path=folder + "/new.py", content_bytes=b"y = 'z'\n" * 300, editor_class="x",
                                                 blocking=False, description="d", make_shebang_scripts_executable=False).get("error"), None)
        with open(folder + "/new.py", "rb") as f:
            is_equal("and is there", f.read(), b"y = 'z'\n" * 300)
        data = bytes(range(256)) * 20
        t.inline("write_file", path=folder + "/new.bin", content_bytes=data, editor_class="x", blocking=False, description="d",
                 make_shebang_scripts_executable=False)
        with open(folder + "/new.bin", "rb") as f:
            is_equal("a binary file is written", f.read(), data)
        is_equal("and read", t.inline("read_file", path=folder + "/new.bin")["content_bytes"], data)
        t.inline("delete", paths=[folder + "/new.bin"])
        is_equal("and deleted", os.path.exists(folder + "/new.bin"), False)
        t.inline("mkdir", path=folder + "/made")
        is_equal("a folder is made", os.path.isdir(folder + "/made"), True)
        t.output = ""
        t.send(ToplevelCommand(name="execute_source", argv=[], cmd_line="", source="print('<' + input('name? ') + '>')"))
        t.until(lambda m: "name? " in t.output, "question of input()")
        t.send(InputSubmission(data="Ann\n"))
        t.ready("input")
        is_equal("input()", "<Ann>" in t.output, True)
        t.send(ToplevelCommand(name="execute_source", argv=[], cmd_line="", source="print('on')\nwhile True: pass"))
        t.until(lambda m: t.output.endswith("on\n") or t.output.endswith("on\r\n"), "output of a program that does not end")
        t.send(ImmediateCommand(name="interrupt"))
        t.ready("interrupt")
        is_equal("stop", "KeyboardInterrupt" in t.output, True)
        is_equal("and it goes on", "43" in t.top("execute_source", source="43"), True)
        t.process.kill()
    finally:
        krait.kill()
    print(f"{passed} passed, 0 failed")


main()
