"""Buses of the simulated board, and what models of devices derive from.

A transfer of the program's is one call of the bus. Faults are of two places: of a device (unplugged, silent for some transfers, bits that flip) and of a
bus (a line that is held low). All of them are counted in the program's own time and repeat exactly, since nothing here is truly random.
"""

import errno

import _sim

_IDLE = 0xFF  # what a bus without a driver reads


class Device:
    """Anything that hangs on the board. `name` is for traces and faults; `board` is set when it is attached."""

    name = ""
    board = None
    powered = True

    def __init__(self) -> None:
        self._silent = 0
        self._flips = 0.0
        self._flip_state = 1

    def attached(self, board) -> None:
        """Called once, when the device hangs on the board."""
        self.board = board
        if not self.name:
            self.name = type(self).__name__.lower()

    def power_on(self) -> None:
        """Called when power comes back: models forget what a real device forgets."""

    # Faults

    def unplug(self) -> None:
        """Take the device off its bus."""
        self.powered = False

    def plug(self) -> None:
        """Put it back; it starts as after power on."""
        if not self.powered:
            self.powered = True
            self.power_on()

    def stay_silent(self, transfers: int) -> None:
        """Do not answer the next transfers."""
        self._silent = transfers

    def flip_bits(self, share: float, seed: int = 1) -> None:
        """Invert this share of the bits that the program reads (0.01: one in a hundred); 0: none."""
        if not 0 <= share <= 1:
            raise ValueError(f"share must be 0 to 1, not {share}")
        self._flips = share
        self._flip_state = seed or 1

    def _answers(self) -> bool:
        if self._silent:
            self._silent -= 1
            return False
        return self.powered

    def _disturbed(self, data: bytes) -> bytes:
        if not self._flips:
            return data
        out = bytearray(data)
        state = self._flip_state
        limit = int(self._flips * 0x100000000)
        for bit in range(len(out) * 8):
            state ^= state << 13 & 0xFFFFFFFF  # xorshift32, Marsaglia 2003
            state ^= state >> 17
            state ^= state << 5 & 0xFFFFFFFF
            if state < limit:
                out[bit >> 3] ^= 1 << (bit & 7)
        self._flip_state = state
        return bytes(out)


# ---- I2C -----------------------------------------------------------------------------------------------------------------------------


class I2CDevice(Device):
    """A device with an address. Derived classes have write(data) and read(count)."""

    def __init__(self, address: int) -> None:
        super().__init__()
        self.address = address

    def write(self, data: bytes) -> int:
        """Take bytes; return how many are acknowledged."""
        return len(data)

    def read(self, count: int) -> bytes:
        """Give bytes."""
        return bytes([_IDLE]) * count

    def stop(self) -> None:
        """A stop condition."""


class RegisterDevice(I2CDevice):
    """A device with 8-bit registers behind a pointer that advances: the first byte written is the pointer."""

    def __init__(self, address: int, size: int = 256) -> None:
        super().__init__(address)
        self.register = bytearray(size)
        self.pointer = 0

    def write(self, data: bytes) -> int:
        if data:
            self.pointer = data[0]
            for value in data[1:]:
                self.write_register(self.pointer, value)
                self.pointer = self.next_register(self.pointer)
        return len(data)

    def read(self, count: int) -> bytes:
        self.before_read(self.pointer, count)
        out = bytearray(count)
        for i in range(count):
            out[i] = self.read_register(self.pointer)
            self.pointer = self.next_register(self.pointer)
        return bytes(out)

    def before_read(self, first: int, count: int) -> None:
        """The registers from `first` are about to be read: measure now."""

    def next_register(self, register: int) -> int:
        return (register + 1) % len(self.register)

    def read_register(self, register: int) -> int:
        return self.register[register] if register < len(self.register) else 0

    def write_register(self, register: int, value: int) -> None:
        if register < len(self.register):
            self.register[register] = value


class I2CBus:
    """A bus with devices by address."""

    def __init__(self, board, number) -> None:
        self.board = board
        self.number = number
        self.devices: dict[int, I2CDevice] = {}
        self.stuck = False

    def attach(self, *devices: I2CDevice) -> None:
        """Hang devices on the bus. ValueError: the address is taken."""
        for device in devices:
            if device.address in self.devices:
                raise ValueError(f"I2C {self.number}: address {device.address:#04x} is taken by {self.devices[device.address].name}")
            self.devices[device.address] = device
            self.board._add(device)

    def stick(self, held: bool = True) -> None:
        """Hold the data line low, or let go of it: transfers end with ETIMEDOUT meanwhile."""
        self.stuck = held

    def transfer(self, address: int, data: bytes, count: int, stop: bool):
        """What machine.I2C does: write data, then (unless count is -1) read count bytes."""
        tracing = self.board.trace.recording
        if self.stuck:
            if tracing:
                self.board.trace.note("i2c", self.number, address, "stuck", "")
            raise OSError(errno.ETIMEDOUT, f"I2C {self.number}: the bus is held low; a device may hang: switch it off and on")
        device = self.devices.get(address)
        if device is None or not device._answers():
            if tracing:
                self.board.trace.note("i2c", self.number, address, "nak", "")
            raise OSError(errno.ENODEV, f"I2C {self.number}: no device answers at address {address:#04x}")
        taken = 0
        if data or count < 0:
            taken = device.write(data)
            if tracing:
                self.board.trace.note("i2c", self.number, address, "w", data.hex())
            if taken < len(data) and count >= 0:
                raise OSError(errno.EIO, f"I2C {self.number}: the device at {address:#04x} took {taken} of {len(data)} bytes")
        result = taken
        if count >= 0:
            result = device._disturbed(device.read(count))
            if tracing:
                self.board.trace.note("i2c", self.number, address, "r", result.hex())
        if stop:
            device.stop()
        return result


# ---- SPI -----------------------------------------------------------------------------------------------------------------------------


class SPIDevice(Device):
    """A device that is selected by a pin, low unless `active` says 1. Derived classes have transfer(data)."""

    def __init__(self, select: int | str, active: int = 0) -> None:
        super().__init__()
        self.select_pin = select
        self.active = active

    def selected(self) -> None:
        """The select pin has become active: a transaction begins."""

    def deselected(self) -> None:
        """It has become inactive: the transaction ends."""

    def transfer(self, data: bytes) -> bytes:
        """Take bytes; give as many."""
        return bytes([_IDLE]) * len(data)

    def attached(self, board) -> None:
        super().attached(board)
        self.select_pin = board.pin_number(self.select_pin)
        board.listen(self.select_pin, self._select_changed)

    def _select_changed(self, pin: int, level: int) -> None:
        if level == self.active:
            self.selected()
        else:
            self.deselected()


class SPIBus:
    """A bus whose device is the one whose pin is active."""

    def __init__(self, board, number) -> None:
        self.board = board
        self.number = number
        self.devices: list[SPIDevice] = []
        self.hz = 0
        self.mode = 0

    def attach(self, *devices: SPIDevice) -> None:
        """Hang devices on the bus."""
        for device in devices:
            self.devices.append(device)
            self.board._add(device)

    def transfer(self, data: bytes) -> bytes:
        """What machine.SPI does: send data, and return as many bytes. Without a device, or with a silent one, 0xff."""
        level = self.board.level
        out = bytes([_IDLE]) * len(data)
        for device in self.devices:
            if level(device.select_pin) == device.active and device._answers():
                out = device._disturbed(device.transfer(data))
        if self.board.trace.recording:
            self.board.trace.note("spi", self.number, data.hex(), out.hex())
        return out


# ---- 1-wire --------------------------------------------------------------------------------------------------------------------------

SEARCH_ROM, READ_ROM, MATCH_ROM, SKIP_ROM, ALARM_SEARCH = 0xF0, 0x33, 0x55, 0xCC, 0xEC


def crc8(data: bytes) -> int:
    """Checksum of ROMs and scratchpads: Maxim's application note 27."""
    crc = 0
    for value in data:
        crc ^= value
        for _ in range(8):
            crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
    return crc


class WireDevice(Device):
    """A device with a ROM of 8 bytes: family, 6 bytes of a number, checksum. Derived classes have command(code), and take(bit) or give()."""

    def __init__(self, family: int, number: int) -> None:
        super().__init__()
        body = bytes([family]) + number.to_bytes(6, "little")
        self.rom = body + bytes([crc8(body)])
        self._rom_bits = int.from_bytes(self.rom, "little")
        self._state = "idle"

    def alarmed(self) -> bool:
        """Does it take part in an alarm search?"""
        return False

    def command(self, code: int) -> None:
        """A function command, after the device was selected."""

    def byte_written(self, value: int) -> None:
        """A byte that follows a command."""

    def bytes_to_read(self) -> bytes:
        """What read slots after the command give; called once after each command."""
        return b""

    def status_bit(self) -> int:
        """What read slots give when no bytes are left."""
        return 1

    # The machine that all 1-wire devices have: a reset, a ROM command, a function command

    def reset(self) -> None:
        self._state = "rom command"
        self._bits = self._value = 0
        self._out = b""
        self._asked = False

    def slot(self, out: int) -> int:
        """One slot: the master writes `out`; what the device pulls the line to."""
        state = self._state
        if state == "idle":
            return 1
        if state == "search":
            return self._search_slot(out)
        if state == "match":
            if out != self._rom_bits >> self._bits & 1:
                self._state = "idle"
            self._bits += 1
            if self._bits == 64 and self._state != "idle":
                self._begin("command")
            return 1
        if state == "read rom":
            bit = self._rom_bits >> self._bits & 1
            self._bits += 1
            if self._bits == 64:
                self._begin("command")
            return bit
        if state == "data" and out and self._give_pending():
            return self._give_bit()
        self._value |= out << self._bits
        self._bits += 1
        if self._bits == 8:
            value = self._value
            self._bits = self._value = 0
            self._byte(value)
        elif state == "data" and out and self._bits == 1 and not self._out:
            return self.status_bit()
        return 1

    def byte(self, out: int) -> int:
        """Eight slots: `out` is written, the lowest bit first; what the device pulls the line to. By the byte wherever that gives the same."""
        state = self._state
        if state == "idle":
            return 0xFF
        if not self._bits % 8:
            if state in ("rom command", "command") or (state == "data" and not (out & 1 and (self._give_pending() or not self._out))):
                self._byte(out)
                return 0xFF
            if state == "match":
                if out != self.rom[self._bits >> 3]:
                    self._state = "idle"
                elif self._bits == 56:
                    self._begin("command")
                else:
                    self._bits += 8
                return 0xFF
            if state == "data" and out == 0xFF and self._give_pending() and not self._place % 8:
                self._place += 8
                return self._out[(self._place >> 3) - 1]
        value = 0
        for i in range(8):
            value |= self.slot(out >> i & 1) << i
        return value

    def _begin(self, state: str) -> None:
        self._state = state
        self._bits = self._value = 0

    def _byte(self, value: int) -> None:
        if self._state == "rom command":
            if value == SEARCH_ROM or (value == ALARM_SEARCH and self.alarmed()):
                self._begin("search")
                self._phase = 0
            elif value == MATCH_ROM:
                self._begin("match")
            elif value == READ_ROM:
                self._begin("read rom")
            elif value == SKIP_ROM:
                self._begin("command")
            else:
                self._state = "idle"
        elif self._state == "command":
            self._begin("data")
            self._asked = False
            self.command(value)
            self._out = self.bytes_to_read()
            self._place = 0
        elif self._state == "data":
            self.byte_written(value)

    def _give_pending(self) -> bool:
        return self._place < len(self._out) * 8

    def _give_bit(self) -> int:
        bit = self._out[self._place >> 3] >> (self._place & 7) & 1
        self._place += 1
        return bit

    def _search_slot(self, out: int) -> int:
        bit = self._rom_bits >> self._bits & 1
        phase = self._phase
        self._phase = (phase + 1) % 3
        if phase == 0:
            return bit
        if phase == 1:
            return 1 - bit
        if out != bit:
            self._state = "idle"
        self._bits += 1
        if self._bits == 64 and self._state != "idle":
            self._begin("command")
        return 1


class WireBus:
    """A 1-wire bus on a pin."""

    def __init__(self, board, pin: int) -> None:
        self.board = board
        self.pin = pin
        self.devices: list[WireDevice] = []
        self.stuck = False

    def attach(self, *devices: WireDevice) -> None:
        """Hang devices on the bus."""
        for device in devices:
            self.devices.append(device)
            self.board._add(device)

    def stick(self, held: bool = True) -> None:
        """Hold the line low, or let go of it."""
        self.stuck = held

    def reset(self) -> int:
        if self.stuck:
            raise OSError(errno.ETIMEDOUT, f"1-wire on pin {self.pin}: the line is held low")
        there = 0
        for device in self.devices:
            if device._answers():
                device.reset()
                there = 1
            else:
                device._state = "idle"
        if self.board.trace.recording:
            self.board.trace.note("wire", self.pin, "reset", there)
        return there

    def bit(self, out: int) -> int:
        line = out
        for device in self.devices:
            if device.powered:
                line &= device.slot(out)
        return 0 if self.stuck else line

    def byte(self, out: int) -> int:
        value = 0 if self.stuck else out
        for device in self.devices:
            if device.powered:
                value &= device.byte(out)
            if device._flips:
                value = device._disturbed(bytes([value]))[0]
        if self.board.trace.recording:
            self.board.trace.note("wire", self.pin, out, value)
        return value


# ---- Serial lines ----------------------------------------------------------------------------------------------------------------------


class Line(_sim.Line):
    """A serial line. Without a device, what the program sends is kept in `output`; feed(data) sends to the program.

    `noise` is the share of bits that flip, both ways; a device has attached(board) and received(line, data).
    """

    def __init__(self, board, number) -> None:
        self.board = board
        self.number = number
        self.output = bytearray()
        self.device = None
        self.baud = 0
        self._noise = Device()

    def attach(self, device) -> None:
        """Connect a device. ValueError: there is one."""
        if self.device is not None:
            raise ValueError(f"serial line {self.number} is taken by {self.device.name}")
        self.device = device
        self.board._add(device)
        connected = getattr(device, "connected", None)
        if connected is not None:
            connected(self)

    def disturb(self, share: float, seed: int = 1) -> None:
        """Flip this share of the bits in both directions."""
        self._noise.flip_bits(share, seed)

    def send(self, data: bytes) -> int:
        """From the device to the program; return how many bytes found room."""
        data = self._noise._disturbed(data)
        if self.board.trace.recording:
            self.board.trace.note("uart", self.number, "rx", bytes(data).hex())
        return self.feed(data)

    def sent(self, data: bytes) -> None:
        """From the program: called by machine.UART."""
        data = self._noise._disturbed(data)
        if self.board.trace.recording:
            self.board.trace.note("uart", self.number, "tx", data.hex())
        if self.device is None:
            self.output += data
        elif self.device.powered:
            self.device.received(self, data)

    def sent_break(self) -> None:
        """A break from the program."""
        if self.board.trace.recording:
            self.board.trace.note("uart", self.number, "break", "")
