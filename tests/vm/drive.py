"""drive.py QEMU-COMMAND... - runs a virtual machine, does what its program asks of the host, and prints what the program prints.

The program's lines stand between BEGIN and EXIT on the first serial line, which is QEMU's standard output. "HOST set gpioB1 true", "HOST get gpioA0",
"HOST later gpioB1 true" (in a second) and "HOST temperature 25500" (thousandths of a degree) go to QEMU's monitor (QMP) on the socket QMP_SOCKET.
The word @LINE in the command stands for a serial line of the host's, at whose other end are "HOST send 6162" (hexadecimal), "HOST take 2" (bytes) and
"HOST speed", which is the one that the machine has set.
"""

import json
import os
import pty
import select
import socket
import subprocess
import sys
import termios
import threading
import time
import tty

GPIO = "/machine/soc/gpio"


class Monitor:
    """QEMU's machine protocol."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = None
        self._lock = threading.Lock()

    def _connect(self) -> None:
        link = socket.socket(socket.AF_UNIX)
        link.connect(self._path)
        self._file = link.makefile("rw", encoding="utf-8")
        self._file.readline()
        self._ask({"execute": "qmp_capabilities"})

    def _ask(self, command: dict):
        self._file.write(json.dumps(command) + "\n")
        self._file.flush()
        while True:
            answer = json.loads(self._file.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise RuntimeError(answer["error"]["desc"])

    def property(self, path: str, name: str, value=None):
        """Return a property of an object, or set it."""
        with self._lock:
            if self._file is None:
                self._connect()
            arguments = {"path": path, "property": name}
            if value is None:
                return self._ask({"execute": "qom-get", "arguments": arguments})
            return self._ask({"execute": "qom-set", "arguments": arguments | {"value": value}})


class SerialLine:
    """The host's end of the machine's second serial line: the other half of a pseudo terminal that QEMU drives as a device."""

    def __init__(self) -> None:
        self._fd, self._device = pty.openpty()
        tty.setraw(self._fd)
        self.name = os.ttyname(self._device)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._fd, data):]

    def take(self, count: int) -> bytes:
        """So many bytes; fewer where they do not come within ten seconds."""
        got, end = b"", time.monotonic() + 10
        while len(got) < count and select.select([self._fd], [], [], max(0, end - time.monotonic()))[0]:
            got += os.read(self._fd, count - len(got))
        return got

    def speed(self) -> int:
        number = termios.tcgetattr(self._device)[5]
        return next(int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdecimal() and getattr(termios, name) == number)


def act(monitor: Monitor, line: SerialLine, words: list[str]) -> str:
    """Do what the program asks; return the answer."""
    if words[0] == "set":
        monitor.property(GPIO, words[1], words[2] == "true")
    elif words[0] == "get":
        return json.dumps(monitor.property(GPIO, words[1]))
    elif words[0] == "later":
        threading.Timer(1.0, monitor.property, (GPIO, words[1], words[2] == "true")).start()
    elif words[0] == "temperature":
        monitor.property("/machine/peripheral/t", "temperature", int(words[1]))
    elif words[0] == "send":
        line.send(bytes.fromhex(words[1]))
    elif words[0] == "take":
        return line.take(int(words[1])).hex()
    elif words[0] == "speed":
        return str(line.speed())
    return "done"


def main() -> int:
    """Run the machine for at most three minutes; 0 if its program has ended well."""
    monitor = Monitor(os.environ["QMP_SOCKET"])
    line = SerialLine()
    command = [line.name if word == "@LINE" else word for word in sys.argv[1:]]
    machine = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    limit = threading.Timer(180, machine.kill)
    limit.daemon = True
    limit.start()
    begun = False
    try:
        for row in machine.stdout:
            text = row.decode(errors="replace").strip("\r\n")
            if text.startswith("EXIT "):
                return 0 if text == "EXIT 0" else 1
            if not begun:
                begun = text.endswith("BEGIN")
                if not begun:
                    print(text, file=sys.stderr)
            elif text.startswith("HOST "):
                machine.stdin.write(act(monitor, line, text.split()[1:]).encode() + b"\n")
                machine.stdin.flush()
            elif text != "END":
                print(text, flush=True)
        return 2
    finally:
        machine.kill()
        machine.wait()


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)
