"""What goes through a pipeline: readings with their keys and times, and gaps where readings were dropped."""

import json
import time

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def boot_id() -> str:
    """Names the time since this machine was started: monotonic times of equal names can be compared. Linux: proc(5), random/boot_id."""
    try:
        with open(_BOOT_ID, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return f"process-{time.time_ns() - time.monotonic_ns():x}"


class Record:
    """A reading in the queue. Its order is its sequence, whatever the clock said.

    device, stream: who made it: stream is new with each queue file, so that a device with a new card does not repeat keys. sequence: 1, 2, 3, ...
    time_ns: nanoseconds since 1970 UTC by the clock of the device; monotonic_ns, boot: the same moment by a clock that is never set. body: the value as JSON.
    """

    __slots__ = ("device", "stream", "sequence", "time_ns", "monotonic_ns", "boot", "body")

    def __init__(self, device: str, stream: str, sequence: int, time_ns: int, monotonic_ns: int, boot: str, body: str) -> None:
        self.device = device
        self.stream = stream
        self.sequence = sequence
        self.time_ns = time_ns
        self.monotonic_ns = monotonic_ns
        self.boot = boot
        self.body = body

    def __repr__(self) -> str:
        return f"<Record {self.key} {self.body}>"

    @property
    def value(self):
        """The reading itself."""
        return json.loads(self.body)

    @property
    def source(self) -> str:
        """The part of the key that says who numbers the readings."""
        return f"{self.device}/{self.stream}"

    @property
    def key(self) -> str:
        """What no other reading has: device/stream/sequence."""
        return f"{self.device}/{self.stream}/{self.sequence}"

    def encode(self) -> str:
        """One JSON object, which decode() reads."""
        return (f'{{"device":{json.dumps(self.device)},"stream":"{self.stream}","sequence":{self.sequence},"time_ns":{self.time_ns},'
                f'"monotonic_ns":{self.monotonic_ns},"boot":"{self.boot}","value":{self.body}}}')


class Gap:
    """Readings first to last were dropped, because the queue was full: they will never come."""

    __slots__ = ("device", "stream", "first", "last")

    def __init__(self, device: str, stream: str, first: int, last: int) -> None:
        self.device = device
        self.stream = stream
        self.first = first
        self.last = last

    def __repr__(self) -> str:
        return f"<Gap {self.source}/{self.first} to {self.last}>"

    @property
    def source(self) -> str:
        """The part of the key that says who numbers the readings."""
        return f"{self.device}/{self.stream}"

    @property
    def key(self) -> str:
        """What no reading and no other gap has."""
        return f"{self.device}/{self.stream}/{self.first}-{self.last}"

    @property
    def sequence(self) -> int:
        """The last reading that is missing: the place in the order."""
        return self.last

    @property
    def count(self) -> int:
        """How many readings are missing."""
        return self.last - self.first + 1

    def encode(self) -> str:
        """One JSON object, which decode() reads."""
        return f'{{"device":{json.dumps(self.device)},"stream":"{self.stream}","gap":[{self.first},{self.last}]}}'


def _from_object(item: dict) -> Record | Gap:
    if type(item) is dict and type(item.get("device")) is str and type(item.get("stream")) is str:
        gap = item.get("gap")
        if type(gap) is list and len(gap) == 2 and all(type(n) is int for n in gap) and 0 < gap[0] <= gap[1]:
            return Gap(item["device"], item["stream"], *gap)
        numbers = [item.get(name) for name in ("sequence", "time_ns", "monotonic_ns")]
        if all(type(n) is int for n in numbers) and numbers[0] > 0 and type(item.get("boot")) is str and "value" in item:
            return Record(item["device"], item["stream"], *numbers, item["boot"], json.dumps(item["value"], separators=(",", ":")))
    raise ValueError(f"expected a reading (device, stream, sequence, time_ns, monotonic_ns, boot, value) or a gap (device, stream, gap), got {str(item)[:200]}")


def decode(payload: str | bytes) -> list[Record | Gap]:
    """What a sink sent: one JSON object or a list of them. ValueError: it is something else."""
    data = json.loads(payload)
    return [_from_object(item) for item in (data if type(data) is list else [data])]


def clock_jump(earlier: Record, later: Record) -> int | None:
    """By how many nanoseconds the device's clock was set forward (or back: negative) between two of its readings; None: it was started anew between them.

    A clock that is slewed shows up as a small difference as well.
    """
    if earlier.boot != later.boot:
        return None
    return (later.time_ns - earlier.time_ns) - (later.monotonic_ns - earlier.monotonic_ns)
