"""Programs that are started on a board. A Krait says at the end what it has sent, so that nothing damaged passes for a result (device.py has its half);
others are taken at their word."""

import binascii
import re
import time

from _remote.board import Board
from _remote.link import LinkLost, RemoteError

_REPORT = re.compile(rb"\x1e=([a-z]+) ([0-9a-f]{8}) ([0-9a-f]{8})\x1e")  # how it ended; the CRC-32 of what it said; of the two before
_REPORT_MOST = 40  # bytes
_TRIES = 5  # of a program that the line damages on its way
_ASKED = 3.0  # seconds at most for the answer of a board that is asked whether its program runs
_ENQ, _ACK = b"\x05", b"\x06"
_ASK = "try:\n import _remote.device,sys\n print(sys.implementation.name)\nexcept ImportError:print('plain')"


class Damaged(RemoteError):
    """The line has changed what came over it."""


class _Output:
    """Takes what a board sends; shows the program's part of it, and keeps the report."""

    def __init__(self, show) -> None:
        self._show = show
        self._rest = b""
        self.crc = 0
        self.report: tuple[str, int] | None = None

    def __call__(self, data: bytes) -> None:
        self._rest += data
        found = _REPORT.search(self._rest)
        if found and binascii.crc32(found[1] + b" " + found[2]) == int(found[3], 16):
            self._pass(found.start())
            self.report = found[1].decode(), int(found[2], 16)
            self._rest = b""
            return
        at = self._rest.rfind(b"\x1e=", max(0, len(self._rest) - _REPORT_MOST))
        self._pass(at if at >= 0 else len(self._rest) - self._rest.endswith(b"\x1e"))

    def _pass(self, count: int) -> None:
        data, self._rest = self._rest[:count], self._rest[count:]
        self.crc = binascii.crc32(data, self.crc)
        if data:
            self._show(data)

    def end(self) -> None:
        self._pass(len(self._rest))


def can_check(board: Board) -> bool:
    """Is it a Krait with the other half?"""
    if board.checks is None:
        board.checks = _asked_for_checks(board)
    return board.checks


def _asked_for_checks(board: Board) -> bool:
    """A board that a noisy line makes say something else is asked again."""
    said = []
    for _ in range(2 * _TRIES):
        try:
            out, error = board.run(_ASK, timeout=board.timeout)
        except LinkLost:
            raise
        except RemoteError:
            board.mend()
            continue
        name = out.strip()
        if name == b"krait" or (name.isalpha() and name in said):
            return name == b"krait"
        said.append(name)
        if error:
            board.mend()
    raise Damaged("the line is too noisy: the board cannot be asked what it is")


def run(board: Board, source: str, output, filter=None) -> bytes:
    """Run a program; what it says goes to output(), the traceback is returned. filter: what the output passes before (a mount's). Damaged: it has not run, or what
    it has said is not what has come, or its end has been lost."""
    if not can_check(board):
        board.start(source)
        return board.follow(output, filter=filter)[1]
    text = f"__import__('_remote.device').device.run({binascii.crc32(source.encode())},{source!r})"
    for _ in range(_TRIES):
        try:
            board.start(text)
        except LinkLost:
            raise
        except RemoteError as e:
            board.is_raw = False
            raise Damaged(f"the program has not come to the board as it should: {e}") from None
        checked = _Output(output)
        error = follow(board, checked, filter(board.link, checked) if filter else checked)
        if not (checked.report and checked.report[0] == "damaged"):
            return _judged(checked, error)
    raise Damaged(f"the line has damaged the program {_TRIES} times on its way; it has not run")


def _judged(checked: _Output, error: bytes) -> bytes:
    if checked.report is None:
        if error:  # of a program that did not begin, or that has ended its interpreter
            return error
        raise Damaged("the line has damaged the program, or what it has said at its end")
    how, crc = checked.report
    if crc != checked.crc and not how.startswith("open"):
        raise Damaged("the line has damaged what the program has said" + (f"\n{error.decode('utf-8', 'replace')}" if error else ""))
    if how.endswith("raised") and not error:
        raise Damaged("the program has raised an exception, which the line has damaged")
    return error if how.endswith("raised") else b""


def follow(board: Board, checked: _Output, take) -> bytes:
    """What a program says, up to its end; its error. A board that has said nothing for its timeout is asked whether the program still runs."""
    error, part, asked, last = b"", 0, 0, time.monotonic()
    while part < 2:
        data = board.link.read(min(_ASKED, board.timeout) if asked else board.timeout)
        if not data:
            if part or checked.report:
                board.is_raw = False  # the program has ended; what the line has made of the rest does not matter
                break
            if asked >= 3:
                board.is_raw = False
                raise Damaged(f"for {time.monotonic() - last:.0f} s the board has said nothing, and it does not answer: it is gone, or was reset, or the line has damaged the "
                              "program's end")
            board.link.write(_ENQ)
            asked += 1
            continue
        if asked and _ACK in data:  # anything else may be what a board says that has been reset
            data, asked = data.replace(_ACK, b"", 1), 0
        last = time.monotonic()
        while data and part < 2:
            piece, end, data = data.partition(b"\x04")
            if part == 0:
                take(piece)
            else:
                error += piece
            part += bool(end)
        board.link.unread(data)
    checked.end()
    if part == 2 and board.is_raw:
        try:
            board.expect_prompt()
        except LinkLost:
            raise
        except RemoteError:
            board.is_raw = False
    return error
