"""What happened on the simulated board: levels of pins, and transfers on buses. Saved as VCD (IEEE 1364-2005, section 18) or JSON."""

import json

import _sim


class Trace:
    """The record of a board. start() and stop() may be called at any time; events() has all so far, by time."""

    def __init__(self, board) -> None:
        self._board = board
        self.recording = False
        self._events: list[tuple] = []

    def start(self) -> None:
        """Begin to record: first, the level that each pin in use has now."""
        self.recording = True
        self._board._trace(True)
        now = _sim.now_ns()
        for number in range(self._board.pin_count):
            mode, _, level, outside, _ = self._board.pin_state(number)
            if mode is not None or outside is not None:
                self._events.append((now, "pin", number, level))

    def stop(self) -> None:
        """End recording; what was recorded stays."""
        self._collect()
        self._board._trace(False)
        self.recording = False

    def clear(self) -> None:
        """Forget what was recorded."""
        self._board._take_trace()
        self._events.clear()

    def note(self, *event) -> None:
        """Record an event of another kind: its kind, then what it needs, in JSON's types."""
        self._events.append((_sim.now_ns(), *event))

    def _collect(self) -> None:
        changes = self._board._take_trace()
        if changes:
            self._events += [(ns, "pin", pin, level) for ns, pin, level in changes]
            self._events.sort(key=lambda event: event[0])  # stable: of one moment, as they came

    def events(self, kind: str | None = None) -> list[tuple]:
        """Return (ns, kind, ...) of all that was recorded, or of one kind: pin (number, level), i2c (bus, address, what, hex), spi (bus, out, in),
        uart (line, direction, hex), wire (pin, out, in), pwm (pin, hz, duty)."""
        self._collect()
        return [event for event in self._events if kind is None or event[1] == kind]

    def levels(self, pin: int | str) -> list[tuple[int, int]]:
        """Return (ns, level) of one pin."""
        number = self._board.pin_number(pin)
        return [(event[0], event[3]) for event in self.events("pin") if event[2] == number]

    # Files

    def to_json(self) -> str:
        """Return the trace as JSON: {"version": 1, "names": {...}, "events": [[ns, kind, ...], ...]}, an event a line."""
        lines = ",\n  ".join(json.dumps(event, separators=(",", ":")) for event in self.events())
        names = json.dumps(self._board.names, sort_keys=True)
        return f'{{"version": 1,\n "names": {names},\n "events": [\n  {lines}\n]}}\n'

    def to_vcd(self) -> str:
        """Return the pins' levels as a value change dump, in nanoseconds."""
        changes = self.events("pin")
        pins = sorted({event[2] for event in changes})
        code = {pin: _identifier(i) for i, pin in enumerate(pins)}
        of = {number: name for name, number in self._board.names.items()}
        out = ["$timescale 1ns $end", "$scope module board $end"]
        out += [f"$var wire 1 {code[pin]} {of.get(pin, f'GPIO{pin}')} $end" for pin in pins]
        out += ["$upscope $end", "$enddefinitions $end"]
        last = None
        for ns, _, pin, level in changes:
            if ns != last:
                out.append(f"#{ns}")
                last = ns
            out.append(f"{level}{code[pin]}")
        return "\n".join(out) + "\n"

    def save(self, path: str) -> None:
        """Write the trace to a file, as its suffix says: .vcd or .json."""
        if path.endswith(".vcd"):
            text = self.to_vcd()
        elif path.endswith(".json"):
            text = self.to_json()
        else:
            raise ValueError(f"a trace is saved as .vcd or .json, not {path!r}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def _identifier(n: int) -> str:
    """Short codes of printable characters: !, ", ... ~, then two of them."""
    out = ""
    while True:
        out += chr(33 + n % 94)
        n //= 94
        if not n:
            return out
        n -= 1
