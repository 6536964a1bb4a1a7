"""A board at the other end of a link: MicroPython's raw mode, with raw-paste where the board has it (MicroPython documentation,
"The MicroPython Interactive Interpreter Mode"), and calls that find and mend what a noisy line does to them."""

import binascii
import time

from _remote.link import Link, LinkLost, RemoteError

_BANNER = b"raw REPL; CTRL-B to exit\r\n>"
_PACE = 256  # bytes that a board without flow control takes at once
_PACE_TIME = 0.01  # seconds, for it to take them
_TRIES = 200  # of a call on a line that is noisy
_MOST_NOISE = 60.0  # seconds without a call that gets through

# What the board runs for calls: _kc(number, CRC-32, source) runs the source if it is what was sent, and prints the bytes that are in r then
# with number and CRC-32. It comes in pieces, so that each passes a noisy line whole at times.
_CALLER = ('import binascii as _kb\n_kg={}\ndef _ks(n,p):\n print("{%d %d "%(n,_kb.crc32(b"%d"%n+p)&0xffffffff)+str(_kb.b2a_base64(p).strip(),',
           '"ascii")+"}")\ndef _kc(n,c,s):\n if _kb.crc32(s.encode())&0xffffffff!=c:_ks(n,b"?");return\n try:\n  _kg["r"]=b"";exec(s,_kg)',
           '\n  p=b"R"+_kg["r"]\n except Exception as e:\n  p=b"E"+repr(e).encode()\n _ks(n,p)\n')


class BoardError(RemoteError):
    """What a call raised on the board, as repr() shows it."""


class Board:
    def __init__(self, link: Link, timeout: float = 10.0) -> None:
        self.link = link
        self.timeout = timeout  # seconds without a word before a board that should answer is given up
        self.trace = None  # a function that is told of retries
        self._pastes: bool | None = None  # does it have raw-paste mode? None: not known
        self.is_raw = False
        self.checks: bool | None = None  # does it check programs (program.py)? None: not known
        self._number = 0
        self.has_caller = False
        self.noisy = False
        self.retries = 0
        self.chunk = 256  # bytes that a call carries; changes with what the line lets through
        self._most_chunk = 1024
        self._good = 0

    # ---- Raw mode ----------------------------------------------------------------------------------------------------------------

    def _until(self, end: bytes, timeout: float, what: str) -> bytes:
        got, stop = b"", time.monotonic() + timeout
        while True:
            data = self.link.read(stop - time.monotonic())
            at = (got + data).find(end, max(0, len(got) - len(end)))
            got += data
            if at >= 0:
                self.link.unread(got[at + len(end):])
                return got[:at]
            if time.monotonic() >= stop:
                raise RemoteError(f"{what}: the board has sent {got[-60:]!r} within {timeout:g} s")

    def drain(self, quiet: float = 0.0) -> bytes:
        got = b""
        while data := self.link.read(quiet):
            got += data
        return got

    def enter_raw(self, soft_reset: bool = False, timeout: float | None = None) -> None:
        """Interrupt what runs. soft_reset: begin with an empty namespace."""
        tries = max(2, int((timeout or self.timeout) / 2))
        for left in range(tries, 0, -1):
            self.link.write(b"\r\x03\x03")
            self.drain(0.05)
            self.link.write(b"\x01")
            try:
                self._until(_BANNER, 2, "could not enter raw mode")
                break
            except RemoteError:
                if left == 1:
                    raise
        self.is_raw = True
        self._good = 0
        if soft_reset:
            self.link.write(b"\x04")
            self.has_caller = False
            self._until(b"soft reboot\r\n", self.timeout, "could not reset the board")
            self._until(_BANNER, self.timeout, "could not enter raw mode after the reset")

    def leave_raw(self) -> None:
        if self.is_raw:
            self.link.write(b"\r\x02")
            self.is_raw = False

    def _paste(self, source: bytes) -> bool:
        """Send with flow control. False: the board cannot do that."""
        self.link.write(b"\x05A\x01")
        answer = self._exactly(2, "no answer to raw-paste")
        if answer != b"R\x01":
            if answer == b"ra":
                self._until(_BANNER[2:], self.timeout, "raw mode")
            elif answer == b"R\x00":
                pass
            else:
                raise RemoteError(f"raw-paste: the board has sent {answer!r}")
            return False
        window = int.from_bytes(self._exactly(2, "raw-paste"), "little")
        left, at = window, 0
        if not 1 <= window <= 65535:
            raise RemoteError("raw-paste: a window of 0 bytes")
        while at < len(source):
            for key in self.link.read(0 if left else self.timeout) or (b"" if left else b"-"):
                if key == 1:
                    left += window
                elif key == 4:  # the board wants no more, because it knows that the program is wrong
                    self.link.write(b"\x04")
                    return True
                else:
                    raise RemoteError(f"raw-paste: the board has stopped after {at} of {len(source)} bytes")
            piece = source[at:at + left]
            self.link.write(piece)
            at += len(piece)
            left -= len(piece)
        self.link.write(b"\x04")
        self._until(b"\x04", self.timeout, "raw-paste: no acknowledgement")
        return True

    def _exactly(self, size: int, what: str) -> bytes:
        got, stop = b"", time.monotonic() + self.timeout
        while len(got) < size:
            got += self.link.read(stop - time.monotonic())
            if time.monotonic() >= stop:
                raise RemoteError(f"{what}: the board has sent {got!r}")
        self.link.unread(got[size:])
        return got[:size]

    def _plain(self, source: bytes) -> None:
        for at in range(0, len(source), _PACE):
            self.link.write(source[at:at + _PACE])
            if len(source) > at + _PACE:
                time.sleep(_PACE_TIME)
        self.link.write(b"\x04")

    def start(self, source: str | bytes) -> None:
        """Send a program, which begins to run."""
        data = source.encode() if isinstance(source, str) else source
        if not data.strip():
            data = b"pass"
        if self._pastes is not False:
            self._pastes = self._paste(data)
            if self._pastes:
                return
        self._plain(data)
        self._until(b"OK", self.timeout, "the board has not taken the program")

    def run(self, source: str | bytes, output=None, timeout: float | None = None, filter=None) -> tuple[bytes, bytes]:
        """Output and error. output: a function that gets the output as it comes instead; timeout: seconds without a word; filter: what both pass before (a mount's)."""
        self.start(source)
        return self.follow(output, timeout, filter)

    def follow(self, output=None, timeout: float | None = None, filter=None) -> tuple[bytes, bytes]:
        """What a program that was started gives, up to its end."""
        parts = bytearray(), bytearray()
        takers = [output or parts[0].extend, parts[1].extend]
        if filter:
            takers = [filter(self.link, take) for take in takers]
        for part in (0, 1):
            while True:
                data = self.link.read(timeout or (self.timeout if part else 3600))
                if not data and (part or timeout is not None):
                    raise RemoteError(f"the program has said nothing for {timeout or self.timeout:g} s")
                at = data.find(b"\x04")
                takers[part](data if at < 0 else data[:at])
                if at >= 0:
                    self.link.unread(data[at + 1:])
                    break
        self.expect_prompt()
        return bytes(parts[0]), bytes(parts[1])

    def expect_prompt(self) -> None:
        """Raw mode's, behind what a program has given."""
        self._until(b">", self.timeout, "raw mode: no prompt")

    # ---- Calls that are checked --------------------------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self.retries += 1
        if self.trace:
            self.trace(text)

    def mend(self) -> None:
        """Back to raw mode, whatever has become of it."""
        begun = heard = time.monotonic()
        while time.monotonic() < begun + _MOST_NOISE / 2 and time.monotonic() < heard + self.timeout:
            self.link.write(b"\r\x03\x03")
            got = self.drain(0.01)
            self.link.write(b"\x01")
            while data := self.link.read(0.3):
                got += data
                if b">" in data:
                    self.drain(0.01)
                    return
            if got:
                heard = time.monotonic()
        raise RemoteError("could not enter raw mode: the line is too noisy, or the board does not answer")

    def _exchange(self, source: str, good, slow: float):
        """One try of a short program: what good() makes of what comes back; None: a broken one. slow: seconds that it may take."""
        data = source.encode()
        patience = 0.4 + len(data) / 5000
        try:
            if self._pastes and not self.noisy and len(data) > 200:
                self._paste(data)
            else:
                self._plain(data)
        except LinkLost:
            raise
        except RemoteError:
            return None
        got, last, answer = b"", time.monotonic(), None
        while not got.endswith(b"\x04>"):
            piece = self.link.read(0.05)
            got += piece
            now = time.monotonic()
            if piece:
                last = now
                answer = good(got)
            wait = 0.1 if answer is not None else slow if got and not self.noisy else max(patience, slow if slow > self.timeout else 0)
            if now - last > wait:
                break
        return answer

    def _until_good(self, source: str, good, what: str, slow: float = 0):
        begun = time.monotonic()
        for _ in range(_TRIES):
            answer = self._exchange(source, good, max(slow, self.timeout))
            if answer is not None:
                return answer
            if time.monotonic() - begun > _MOST_NOISE + slow:
                raise RemoteError(f"{what}: for {_MOST_NOISE:g} s nothing has come through whole: the line is too noisy, or the board does not answer")
            self._tell(what)
            self.noisy = self.noisy or self.retries > 2
            self.mend()
        raise RemoteError(f"{what}: given up after {_TRIES} tries: the line is too noisy")

    def _install(self) -> None:
        """The caller's pieces one by one, each with its checksum back; then all of them together."""
        if not self._exchange("print(8191)", lambda got: True if b"8191" in got else None, self.timeout):
            self.mend()
        if self._pastes is None:
            try:
                self.start("pass")
                self.follow(timeout=2)
            except RemoteError:
                self.mend()
        for i, piece in enumerate(_CALLER):
            crc = str(binascii.crc32(piece.encode())).encode()
            lacks: set[bytes] = set()
            self._until_good(f"import binascii as _kb;_k{i}={piece!r};print('<',_kb.crc32(_k{i}.encode())&0xffffffff,'>')",
                             lambda got, crc=crc, lacks=lacks: True if b"< " + crc + b" >" in got else _missing(got, lacks), "helper")
        names = "+".join(f"_k{i}" for i in range(len(_CALLER)))
        self._until_good(f"exec({names});_kc(0,0,'')", lambda got: True if b"{0 " in got and b"}" in got else None, "helper")
        self.has_caller = True
        kind = self._call_once("import sys;r=sys.implementation.name.encode()")
        self._most_chunk = 16384 if kind == b"krait" else 1024

    def _parse(self, number: int, got: bytes) -> bytes | None:
        at = got.find(b"{%d " % number)
        end = got.find(b"}", at)
        if at < 0 or end < 0:
            return None
        parts = got[at + 1:end].split(b" ")
        if len(parts) != 3 or not parts[1].isdigit():
            return None
        try:
            payload = binascii.a2b_base64(parts[2])
        except ValueError:
            return None
        if binascii.crc32(b"%d" % number + payload) != int(parts[1]) or payload == b"?":
            return None
        return payload

    def _call_once(self, source: str, slow: float = 0) -> bytes:
        self._number = self._number % 9999 + 1
        number = self._number
        text = f"_kc({number},{binascii.crc32(source.encode())},{source!r})"
        payload = self._until_good(text, lambda got: self._parse(number, got), "call", slow)
        if payload[:1] == b"E":
            raise BoardError(payload[1:].decode("utf-8", "replace"))
        return payload[1:]

    def call(self, source: str, slow: float = 0) -> bytes:
        """Run source on the board, perhaps more than once, until its result, the bytes in r, has come back whole. BoardError: it raised.
        slow: seconds that it may take, where that is more than usual."""
        if not self.is_raw:
            self.enter_raw()
        if not self.has_caller:
            self._install()
        before = self.retries
        out = self._call_once(source, slow)
        self._adapt(self.retries - before)
        return out

    def _adapt(self, failures: int) -> None:
        if failures:
            self.chunk = max(16, self.chunk >> min(failures, 6))
            self._good = 0
        else:
            self._good += 1
            if self._good >= 4 and self.chunk < self._most_chunk:
                self.chunk *= 2
                self._good = 0


def _missing(got: bytes, said: set[bytes]) -> None:
    """An error that comes twice, letter by letter, is no noise."""
    if b"ImportError" in got and b"binascii" in got or b"AttributeError" in got and b"crc32" in got:
        if got in said:
            raise RemoteError("this board has no binascii.crc32(), which file transfers need")
        said.add(got)
