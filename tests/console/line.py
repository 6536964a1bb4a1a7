"""line.py - a Krait whose console is on a pseudo terminal, and what tests say to it and expect of it."""
# SPDX-License-Identifier: MIT
import os
import pty
import select
import subprocess
import time
import tty

RAW = b"raw REPL; CTRL-B to exit\r\n>"


class Line:
    """The other end of the wire."""

    def __init__(self, krait, folder, *options, main=True):
        self.master, slave = pty.openpty()
        tty.setraw(self.master)
        self.name = os.ttyname(slave)
        self.got = b""
        command = [krait, *options, "--serial", self.name, "--root", folder]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._slave = slave  # so that the line lives on when the process closes it

    def send(self, data):
        while data:
            data = data[os.write(self.master, data[:512]):]

    def some(self, timeout):
        if not select.select([self.master], [], [], timeout)[0]:
            return b""
        try:
            return os.read(self.master, 65536)
        except OSError:
            return b""

    def until(self, end, timeout=5.0):
        """What comes up to and including this. AssertionError with what came instead."""
        stop = time.monotonic() + timeout
        while end not in self.got:
            left = stop - time.monotonic()
            assert left > 0, f"no {end!r} within {timeout} s, but {self.got[-2000:]!r}"
            self.got += self.some(left)
        at = self.got.index(end) + len(end)
        out, self.got = self.got[:at], self.got[at:]
        return out

    def take(self, count, timeout=5.0):
        """So many bytes."""
        stop = time.monotonic() + timeout
        while len(self.got) < count:
            assert time.monotonic() < stop, f"no {count} bytes within {timeout} s, but {self.got!r}"
            self.got += self.some(max(0, stop - time.monotonic()))
        out, self.got = self.got[:count], self.got[count:]
        return out

    def has_some(self):
        self.got += self.some(0)
        return bool(self.got)

    def quiet(self, time_=0.1):
        """What else comes."""
        while data := self.some(time_):
            self.got += data
        out, self.got = self.got, b""
        return out

    def ask(self, data, end, timeout=5.0):
        self.send(data)
        return self.until(end, timeout)

    def raw(self):
        self.ask(b"\r\x03\x01", RAW)

    def run(self, source, timeout=5.0):
        """In raw mode: output and error."""
        self.send(source.encode() + b"\x04")
        self.until(b"OK", timeout)
        out = self.until(b"\x04", timeout)[:-1]
        error = self.until(b"\x04>", timeout)[:-2]
        return out.decode(), error.decode()

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        os.close(self.master)
        os.close(self._slave)
