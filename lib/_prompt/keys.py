"""From the bytes of a terminal to keys: characters, names such as "left" or "C-a", and what is pasted."""

# What stands behind ESC [ or ESC O.
_FINAL = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "backtab", "P": "f1", "Q": "f2", "R": "f3",
          "S": "f4", "M": "enter"}
_NUMBER = {1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end"}
_CONTROL = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\x1b": "escape", "\x00": "C-@"}
_PASTE_END = b"\x1b[201~"
_MOST = 32  # bytes of a sequence; longer ones are none


def _modified(name: str, modifier: int) -> str:
    """xterm's modifier: 1 + shift 1, alt 2, control 4."""
    bits = max(0, modifier - 1)
    return ("C-" if bits & 4 else "") + ("M-" if bits & 2 else "") + name


class Decoder:
    """feed() takes bytes and gives what is complete of them; a pasted text comes as ("paste", text)."""

    def __init__(self) -> None:
        self._rest = b""
        self._pasting = False

    @property
    def waiting(self) -> bool:
        """Is there a beginning whose end may be on its way?"""
        return bool(self._rest) or self._pasting

    @property
    def pasting(self) -> bool:
        return self._pasting

    def feed(self, data: bytes) -> list:
        self._rest += data
        return self._take(False)

    def flush(self) -> list:
        """Nothing more has come in time: an ESC alone was the key."""
        return self._take(True)

    def _take(self, final: bool) -> list:
        out, data, at = [], self._rest, 0
        while at < len(data):
            if self._pasting:
                end = data.find(_PASTE_END, at)
                if end < 0:
                    break
                out.append(("paste", _text(data[at:end])))
                at = end + len(_PASTE_END)
                self._pasting = False
                continue
            key, size = self._one(data, at, final)
            if not size:
                break
            at += size
            if key == "paste":
                self._pasting = True
            elif key:
                out.append(key)
        self._rest = data[at:]
        return out

    def _one(self, data: bytes, at: int, final: bool) -> tuple[str, int]:
        """The key at a place and its length in bytes; length 0: more bytes are needed. An empty key is none."""
        b = data[at]
        if b == 0x1B:
            return self._escape(data, at, final)
        if b < 0x20 or b == 0x7F:
            c = chr(b)
            return _CONTROL.get(c) or "C-" + chr(b + 0x60), 1
        if b < 0x80:
            return chr(b), 1
        need = 2 if 0xC2 <= b < 0xE0 else 3 if 0xE0 <= b < 0xF0 else 4 if 0xF0 <= b < 0xF5 else 0
        part = data[at:at + need]
        good = 1
        while good < len(part) and 0x80 <= part[good] < 0xC0:
            good += 1
        if need and good == len(part) and len(part) < need and not final:
            return "", 0
        if not need or good < need:
            return "\ufffd", 1
        return part.decode("utf-8", "replace")[0], need

    def _escape(self, data: bytes, at: int, final: bool) -> tuple[str, int]:
        rest = data[at + 1:at + 1 + _MOST]
        if not rest:
            return ("escape", 1) if final else ("", 0)
        if rest[:1] == b"[" or rest[:1] == b"O":
            return self._sequence(rest, final)
        if rest[:1] == b"\x1b":  # ESC before a sequence: the key with Meta; otherwise a lone ESC
            if len(rest) == 1 and not final:
                return "", 0
            if rest[1:2] in (b"[", b"O"):
                key, size = self._sequence(rest[1:], final)
                return ("M-" + key if key and key != "paste" else "", size + 1) if size else ("", 0)
            return "escape", 1
        key, size = self._one(data, at + 1, final)
        return ("M-" + key, size + 1) if size else ("", 0)

    def _sequence(self, rest: bytes, final: bool) -> tuple[str, int]:
        """rest begins with [ or O; the length that is given counts the ESC before it."""
        i = 1
        while i < len(rest) and (0x20 <= rest[i] < 0x40):
            i += 1
        if i == len(rest):
            if len(rest) >= _MOST:
                return "", len(rest) + 1
            return ("M-" + chr(rest[0]) if len(rest) == 1 else "", len(rest) + 1) if final else ("", 0)
        last = chr(rest[i])
        if rest[i] < 0x40 or rest[i] > 0x7E:
            return "", i + 1  # broken off: what broke it is looked at again
        numbers = [int(p) if p.isdigit() and len(p) < 5 else 0 for p in rest[1:i].decode("latin-1").split(";")]
        modifier = numbers[1] if len(numbers) > 1 else 1
        if last == "~":
            if numbers[0] == 200:
                return "paste", i + 2
            name = _NUMBER.get(numbers[0], "")
        else:
            name = _FINAL.get(last, "")
        return (_modified(name, modifier) if name else ""), i + 2


def _text(data: bytes) -> str:
    """What is pasted, with newlines as they are in Python."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
