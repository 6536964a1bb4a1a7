"""pair.py - two pseudo terminals with a wire between them, which may flip bits, or be cut."""
# SPDX-License-Identifier: MIT
import os
import pty
import random
import select
import threading
import tty


class Pair:
    """a and b are the names of its ends. flips: how many of 1000 bytes that pass have one bit wrong; bits: how many of 1000 bits are; from the start, or
    once noisy is set."""

    def __init__(self, flips=0, bits=0, seed=1):
        self.flips, self.bits, self.noisy, self.flipped, self.passed = flips, bits, True, 0, 0
        self._random = random.Random(seed)
        self._masters, self._slaves = [], []
        for _ in range(2):
            master, slave = pty.openpty()
            tty.setraw(master)
            self._masters.append(master)
            self._slaves.append(slave)
        self.a, self.b = (os.ttyname(s) for s in self._slaves)
        self._stop = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _spoil(self, data):
        if not (self.flips or self.bits) or not self.noisy:
            return data
        data = bytearray(data)
        for i in range(len(data)):
            wrong = 1 << self._random.randrange(8) if self._random.randrange(1000) < self.flips else 0
            if self.bits:
                wrong = sum(1 << bit for bit in range(8) if self._random.randrange(1000) < self.bits)
            data[i] ^= wrong
            self.flipped += wrong != 0
        return bytes(data)

    def _run(self):
        a, b = self._masters
        while True:
            ready = select.select([a, b, self._stop[0]], [], [])[0]
            if self._stop[0] in ready:
                return
            for fd in ready:
                try:
                    data = os.read(fd, 4096)
                except OSError:
                    return
                self.passed += len(data)
                data = self._spoil(data)
                while data:
                    data = data[os.write(b if fd == a else a, data):]

    def close(self):
        os.write(self._stop[1], b"x")
        self._thread.join(2)
        for fd in (*self._masters, *self._slaves, *self._stop):
            os.close(fd)
