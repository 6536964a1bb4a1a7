"""Who may do what: two tokens, their hashes in a file, sessions, and limited tries.

A token is 128 random bits, shown once. The file has PBKDF2-HMAC-SHA256 of it (RFC 8018, 5.2): whoever reads the file cannot log in with what it says.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable

from _tries import Tries

OPERATOR, VIEWER = "operator", "viewer"
SESSION_SECONDS = 12 * 3600
_SESSIONS = 64  # at once; the oldest one ends for a new one
_SOCKETS = 16  # of one session
_FORMAT = 1
_ROUNDS = 50_000
_MOST = 200  # characters of a token that somebody shows
_ALL = "all addresses"  # what counts the tries of everybody


class Session:
    """Somebody who has shown a token. What holds the session open is told when it ends."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.timer: asyncio.TimerHandle | None = None  # that ends it
        self._ends: set[Callable[[], object]] = set()

    @property
    def operator(self) -> bool:
        """Whether it may change something."""
        return self.role == OPERATOR

    def hold(self, end: Callable[[], object]) -> bool:
        """end() is called when the session ends; False: it holds too much already."""
        if len(self._ends) >= _SOCKETS:
            return False
        self._ends.add(end)
        return True

    def release(self, end: Callable[[], object]) -> None:
        """What hold() was given has ended by itself."""
        self._ends.discard(end)

    def end(self) -> None:
        """Tell all that hold it."""
        self.timer.cancel()
        for end in list(self._ends):
            end()
        self._ends.clear()


class Doorkeeper:
    """Tokens and sessions of one dashboard. folder: where dashboard.json is; new: the tokens by role, where that was made just now.

    OSError: the file cannot be read or made. ValueError: others may read it, or it is something else."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, "dashboard.json")
        self.new: dict[str, str] = {}
        self._sessions: dict[bytes, Session] = {}  # by the hash of what the cookie says, the oldest first
        self._tries, self._tries_of_all = Tries(), Tries(free=50, first=1, longest=30)
        self._turn = asyncio.Lock()  # one hash at a time
        os.makedirs(folder, exist_ok=True)
        self._known = self._read() or self._make()

    # ---- The file ----

    def _read(self) -> dict[str, object] | None:
        try:
            with open(os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), encoding="utf-8") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read(4096)
        except FileNotFoundError:
            return None
        if mode & 0o077:
            raise ValueError(f"others may read {self._path}: its mode is {mode & 0o777:o}, expected 600; remove it, and new tokens are made")
        try:
            known = json.loads(text)
            if known["format"] != _FORMAT:
                raise ValueError(f"format {known['format']}, expected {_FORMAT}")
            return {"salt": bytes.fromhex(known["salt"]), "rounds": min(int(known["rounds"]), 1_000_000),
                    OPERATOR: bytes.fromhex(known[OPERATOR]), VIEWER: bytes.fromhex(known[VIEWER])}
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{self._path} does not hold the dashboard's tokens ({error}); remove it, and new tokens are made") from None

    def _make(self) -> dict[str, object]:
        known: dict[str, object] = {"salt": secrets.token_bytes(16), "rounds": _ROUNDS}
        for role in (OPERATOR, VIEWER):
            self.new[role] = secrets.token_urlsafe(16)
            known[role] = _hash(self.new[role], known)
        text = json.dumps({"format": _FORMAT} | {name: value.hex() if isinstance(value, bytes) else value for name, value in known.items()})
        write_whole(self._path, text, 0o600)
        return known

    # ---- Tokens ----

    def wait(self, address: str) -> int:
        """Seconds for which an address need not try."""
        return max(self._tries.locked(address), self._tries_of_all.locked(_ALL))

    async def login(self, token: str, address: str) -> tuple[str, Session] | None:
        """A session, and what its cookie says; None: the token is wrong, or the address has to wait."""
        async with self._turn:
            if self.wait(address):
                return None
            shown = await asyncio.to_thread(_hash, token, self._known) if len(token) <= _MOST else b""
            roles = [role for role in (OPERATOR, VIEWER) if hmac.compare_digest(shown, self._known[role])]
            if not roles:
                self._tries.failed(address)
                self._tries_of_all.failed(_ALL)
                return None
            self._tries.passed(address)
            self._tries_of_all.passed(_ALL)
        return self._open(roles[0])

    # ---- Sessions ----

    def _open(self, role: str) -> tuple[str, Session]:
        cookie, session = secrets.token_urlsafe(32), Session(role)
        if len(self._sessions) >= _SESSIONS:
            self._sessions.pop(next(iter(self._sessions))).end()
        self._sessions[_digest(cookie)] = session
        session.timer = asyncio.get_running_loop().call_later(SESSION_SECONDS, self.logout, cookie)
        return cookie, session

    def find(self, cookie: str) -> Session | None:
        """The session of a cookie, if it goes on."""
        return self._sessions.get(_digest(cookie))

    def logout(self, cookie: str) -> None:
        """End a session."""
        session = self._sessions.pop(_digest(cookie), None)
        if session is not None:
            session.end()

    def end(self) -> None:
        """End all sessions."""
        while self._sessions:
            self._sessions.popitem()[1].end()


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


def _hash(token: str, known: dict[str, object]) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", token.encode("utf-8", "replace"), known["salt"], known["rounds"])


def write_whole(path: str, text: str, mode: int) -> None:
    """Write a file so that it is the old one or the new one, whatever happens. mode: its permissions."""
    there = f"{path}.{secrets.token_hex(4)}.new"
    try:
        with open(os.open(there, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(there, path)
    except BaseException:
        if os.path.exists(there):
            os.unlink(there)
        raise
