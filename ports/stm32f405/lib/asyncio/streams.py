"""Streams over UARTs: `reader, writer = await asyncio.open_uart(machine.UART(2, 115200))`, or StreamReader(uart) and StreamWriter(uart)."""

from . import exceptions
from .tasks import sleep

_PAUSE = 0.001  # seconds between two looks at a UART that has nothing: its ring holds what comes meanwhile


class StreamReader:
    """What comes from a UART, or from anything with any() and read(n). limit: the longest line, in bytes."""

    def __init__(self, uart, limit=1024):
        self._uart, self._limit = uart, limit
        self._rest = b""

    async def _more(self):
        while not (count := self._uart.any()):
            await sleep(_PAUSE)
        self._rest += self._uart.read(count) or b""

    def _take(self, count):
        data, self._rest = self._rest[:count], self._rest[count:]
        return data

    async def read(self, n=-1):
        """Return at least one byte, and at most n."""
        if n == 0:
            return b""
        if not self._rest:
            await self._more()
        return self._take(len(self._rest) if n < 0 else n)

    async def readexactly(self, n):
        """Return n bytes."""
        while len(self._rest) < n:
            await self._more()
        return self._take(n)

    async def readuntil(self, separator=b"\n"):
        """Return what comes up to the separator, and with it. LimitOverrunError: it is longer than the limit."""
        while (at := self._rest.find(separator)) < 0:
            if len(self._rest) > self._limit:
                raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", len(self._rest))
            await self._more()
        return self._take(at + len(separator))

    async def readline(self):
        """Return a line with its newline."""
        return await self.readuntil(b"\n")


class StreamWriter:
    """What goes to a UART."""

    def __init__(self, uart):
        self._uart = uart
        self._waiting = b""

    def write(self, data):
        """Have bytes sent by the next drain()."""
        self._waiting += data

    def writelines(self, data):
        """As write(), of several."""
        self.write(b"".join(data))

    async def drain(self):
        """Send what was written, and let others run meanwhile."""
        while self._waiting:
            sent = self._uart.write(self._waiting[:64])
            self._waiting = self._waiting[sent or 0:]
            await sleep(0)

    def close(self):
        """Send what was written. The UART stays as it is."""
        while self._waiting:
            self._waiting = self._waiting[self._uart.write(self._waiting) or 0:]

    async def wait_closed(self):
        """Return at once."""


async def open_uart(uart, limit=1024):
    """Return a StreamReader and a StreamWriter of a UART."""
    return StreamReader(uart, limit), StreamWriter(uart)
