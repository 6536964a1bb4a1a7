"""A simulated board: pins, buses, and models of devices on them, in an environment that changes with time.

Programs see it through module machine. Tests and descriptions see it here:

    import sim
    board = sim.board()
    board.i2c(0).attach(sim.devices.BME280(0x76))
    board.environment["temperature"] = 21.5
    board.at(10.0, board.drive, 17, 1)      # a level from outside, ten seconds from the start
    board.trace.start()

The board is `sim:FILE` on the command line (--board) or in KRAIT_BOARD: FILE is a description in TOML, or a Python file whose function
setup(board) is called. KRAIT_TRACE=FILE.vcd (or .json) records a trace from start to end.
"""

from _sim import at_ns, is_virtual, now_ns, wall_ns
from _sim import board as _current
from sim import devices
from sim._board import Board, Reset
from sim._bus import Device, I2CBus, I2CDevice, Line, RegisterDevice, SPIBus, SPIDevice, WireBus, WireDevice
from sim._environment import Constant, Day, Drift, Environment, Noise, Recorded, Signal, Steps
from sim._trace import Trace

__all__ = ["Board", "Constant", "Day", "Device", "Drift", "Environment", "I2CBus", "I2CDevice", "Line", "Noise", "Recorded",
           "RegisterDevice", "Reset", "SPIBus", "SPIDevice", "Signal", "Steps", "Trace", "WireBus", "WireDevice", "board", "devices", "go_virtual", "world"]


def board() -> Board:
    """Return the board that module machine uses. RuntimeError: it is not a simulated one."""
    return _current()


def world(path: str) -> None:
    """Describe the board by the file at path, as --board sim:FILE does, unless it is a real one or has devices already. ValueError: what is wrong in it."""
    try:
        made = board()
    except RuntimeError:
        return
    if not made.devices:
        made.describe(path)


def go_virtual(start: str = "2026-01-01T00:00:00") -> None:
    """Make time virtual from now on: it starts at `start` (UTC), and jumps whenever all threads wait."""
    from datetime import datetime, timezone

    from _sim import go_virtual as begin

    begin(round(datetime.fromisoformat(start).replace(tzinfo=timezone.utc).timestamp()) * 1_000_000_000)


def _open(description: str | None) -> Board:
    """Make the board, as its description says; called once, by module machine."""
    import os

    made = Board()
    if description:
        made.describe(description)
    path = os.environ.get("KRAIT_TRACE")
    if path:
        import atexit

        made.trace.start()
        atexit.register(made.trace.save, path)
    return made
