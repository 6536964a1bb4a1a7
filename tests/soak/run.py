"""run.py [--seconds N] [--rate N] [--cut-every N] [--sample-every N] - do a client, a pipeline, the broker and a store go on for ever?

A sender puts RATE readings per second into a pipeline, which publishes them with QoS 1 to our broker; a subscriber puts them into a store. Each is a
process of its own. Both links go through a proxy that cuts them every so many seconds, and refuses connections for a second. Resident memory (after a
collection of garbage), bytes that live in the heap, and open descriptors of the three are sampled.

Held: every reading is in the store once. Of each process, with the first third of the samples as its warm-up: the median of the last third is at most 1 %
above that of the middle third, for resident memory and for the bytes that live in the heap, and no sample has more descriptors than the most of the
warm-up. With fewer than 12 samples these are only printed. Ends with a line N passed, N failed.
"""
# SPDX-License-Identifier: MIT
import argparse
import asyncio
import contextlib
import os
import signal
import sqlite3
import statistics
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
_LEAST_SAMPLES = 12
_MOST_GROWTH = 0.01
_PAUSE = 1.0  # seconds that the proxy refuses connections after a cut
_ANSWER = 60.0  # seconds that a program may take to start or to end


class Proxy:
    """Relays connections from a port of its own to another one, until they are cut."""

    def __init__(self, target: int) -> None:
        self.cuts = 0
        self._target = target
        self._writers: set[asyncio.StreamWriter] = set()
        self._refuses = False

    async def start(self) -> int:
        """The port."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refuses:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._copy(reader, back), self._copy(there, writer))
        except OSError:
            pass
        finally:
            for end in (writer, back):
                end.transport.abort()
                self._writers.discard(end)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def cut_every(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds - _PAUSE)
            self._refuses = True
            for writer in list(self._writers):
                writer.transport.abort()
            self.cuts += 1
            await asyncio.sleep(_PAUSE)
            self._refuses = False


class Program:
    """A process, and samples of it: (bytes of resident memory, bytes that live in the heap, open descriptors)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.samples: list[tuple[int, int, int]] = []

    async def start(self, *arguments: str, cwd: str) -> None:
        self.process = await asyncio.create_subprocess_exec(sys.executable, os.path.join(HERE, "_watched.py"), *arguments, cwd=cwd,
                                                            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        self._live = os.path.join(cwd, f"live.{self.process.pid}")

    async def line(self, seconds: float = _ANSWER) -> str:
        async with asyncio.timeout(seconds):
            text = (await self.process.stdout.readline()).decode()
        if not text:
            raise RuntimeError(f"the {self.name} ended by itself, with code {await self.process.wait()}")
        return text.strip()

    def collect(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._live)
        self.process.send_signal(signal.SIGUSR1)

    async def sample(self) -> None:
        """Once it has collected, as it was asked."""
        async with asyncio.timeout(_ANSWER):
            while not os.path.exists(self._live):
                await asyncio.sleep(0.05)
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            kilobytes = next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))
        with open(self._live, encoding="ascii") as file:
            live = int(file.read())
        self.samples.append((kilobytes * 1024, live, len(os.listdir(f"/proc/{self.process.pid}/fd"))))

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.terminate()
            async with asyncio.timeout(_ANSWER):
                await self.process.wait()

    def verdict(self) -> list[str]:
        """What is wrong; prints how it went."""
        count = len(self.samples)
        thirds = [self.samples[count * n // 3:count * (n + 1) // 3] or self.samples for n in range(3)]
        wrong = []
        for what, column in (("resident", 0), ("live", 1)):
            first, middle, last = (statistics.median(sample[column] for sample in third) for third in thirds)
            growth = last / middle - 1
            print(f"{self.name}: {what}, medians of thirds: {first / 1e6:.3f}, {middle / 1e6:.3f}, {last / 1e6:.3f} MB: {growth:+.2%}")
            if count >= _LEAST_SAMPLES and growth > _MOST_GROWTH:
                wrong.append(f"the {what} memory of the {self.name} grows")
        before, after = (max(sample[2] for sample in part) for part in (thirds[0], thirds[1] + thirds[2]))
        print(f"{self.name}: {count} samples; descriptors at most {before}, then {after}")
        if count >= _LEAST_SAMPLES and after > before:
            wrong.append(f"the {self.name} keeps descriptors")
        return wrong


class Run:
    """One soak."""

    def __init__(self, options: argparse.Namespace, place: str) -> None:
        self.options = options
        self.place = place
        self.count = int(options.seconds * options.rate)
        self.programs = self.broker, self.receiver, self.sender = Program("broker"), Program("receiver"), Program("sender")

    async def go(self) -> list[str]:
        options, place = self.options, self.place
        await self.broker.start("mqtt.broker", "--port", "0", "--store", os.path.join(place, "broker"), cwd=place)
        proxy = Proxy(int((await self.broker.line()).rsplit(" ", 1)[1].rstrip(".")))
        port = str(await proxy.start())
        store = os.path.join(place, "store.db")
        await self.receiver.start(os.path.join(HERE, "_receive.py"), port, store, cwd=place)
        await self.receiver.line()
        await self.sender.start(os.path.join(HERE, "_send.py"), port, "queue.db", str(options.rate), str(self.count), cwd=place)
        tasks = [asyncio.create_task(proxy.cut_every(options.cut_every)), asyncio.create_task(self.watch())]
        try:
            failures = int((await self.sender.line(options.seconds + _ANSWER)).split()[1])
            for task in tasks:
                if task.done():
                    task.result()  # raises: neither ends by itself
            await self.await_all(store)
            for program in (self.sender, self.receiver):
                program.process.stdin.close()
            came, new = (int(word) for word in (await self.receiver.line()).split())
        finally:
            for task in tasks:
                task.cancel()
        stored, different = read(store)
        print(f"{self.count} readings, {proxy.cuts} cuts, {failures} deliveries tried again, {came} readings came, {came - new} of them twice: "
              f"lost {self.count - different}, stored twice {stored - different}")
        wrong = [text for program in self.programs for text in program.verdict()]
        return wrong + ["readings were lost"] * (different != self.count) + ["readings were stored twice"] * (stored != different or new != different)

    async def watch(self) -> None:
        """Samples between cuts, when every link has had its time to come back."""
        begin = time.monotonic()
        next_sample = self.options.sample_every - self.options.cut_every / 4
        while True:
            await asyncio.sleep(next_sample - 1.0 - (time.monotonic() - begin))
            for program in self.programs:
                program.collect()
            await asyncio.sleep(1.0)
            for program in self.programs:
                await program.sample()
            print(f"{next_sample:.0f} s:", "; ".join(f"{p.name} {p.samples[-1][0] >> 10} KB, {p.samples[-1][1] >> 10} KB alive, {p.samples[-1][2]} descriptors" for p in self.programs), flush=True)
            next_sample += self.options.sample_every

    async def await_all(self, store: str) -> None:
        """What the broker has may still be on its way."""
        end = time.monotonic() + _ANSWER
        while read(store)[1] < self.count and time.monotonic() < end:
            await asyncio.sleep(0.1)

    async def end(self) -> None:
        for program in self.programs:
            if hasattr(program, "process"):
                await program.end()


def read(store: str) -> tuple[int, int]:
    """How many points are in a store, and how many different ones."""
    db = sqlite3.connect(store)
    try:
        return db.execute("SELECT count(*), count(DISTINCT value) FROM point").fetchone()
    finally:
        db.close()


async def soak(options: argparse.Namespace) -> list[str]:
    with tempfile.TemporaryDirectory() as place:
        run = Run(options, place)
        try:
            return await run.go()
        except (OSError, RuntimeError, TimeoutError) as error:
            return [f"{type(error).__name__}: {error}"]
        finally:
            await run.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--cut-every", type=float, default=20)
    parser.add_argument("--sample-every", type=float, default=30)
    wrong = asyncio.run(soak(parser.parse_args()))
    for text in wrong:
        print("FAIL:", text)
    print(f"{int(not wrong)} passed, {int(bool(wrong))} failed")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
