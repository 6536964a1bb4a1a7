"""Who may connect and what they may read and write: a file of passwords and rules on topics.

The file of passwords has a line per user, `name:$scrypt$N$r$p$SALT$KEY` (RFC 7914; salt and key in base64); empty lines and those that begin with # mean
nothing. A password itself is written nowhere. Rules are patterns of topics, in which %u is the user's name and %c the client's identifier."""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field

from mqtt.packet import check_filter, topic_matches

_COST, _BLOCK, _LANES = 1 << 14, 8, 1  # N, r, p: 16 MB of memory and some 50 ms
_MEMORY = 64 << 20  # the most that hashing may take, so that a damaged file cannot ask for all there is
_KEY = 32  # bytes


def hash_password(password: str | bytes) -> str:
    """What the file keeps of a password: scrypt with a salt of its own."""
    salt = secrets.token_bytes(16)
    key = hashlib.scrypt(_bytes(password), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=_KEY)
    return f"$scrypt${_COST}${_BLOCK}${_LANES}${_text(salt)}${_text(key)}"


def verify_password(password: str | bytes, kept: str) -> bool:
    """Whether this is the password of which hash_password() made `kept`. ValueError where `kept` has another form."""
    cost, block, lanes, salt, key = _parse(kept)
    made = hashlib.scrypt(_bytes(password), salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=len(key))
    return hmac.compare_digest(made, key)


def _bytes(password: str | bytes) -> bytes:
    return password.encode() if isinstance(password, str) else bytes(password)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _parse(kept: str) -> tuple[int, int, int, bytes, bytes]:
    parts = kept.split("$")
    if len(parts) != 7 or parts[0] or parts[1] != "scrypt":
        raise ValueError("expected $scrypt$N$r$p$SALT$KEY")
    cost, block, lanes = (int(part) for part in parts[2:5])
    salt, key = (base64.b64decode(part, validate=True) for part in parts[5:])
    if cost < 1024 or cost & (cost - 1) or not 1 <= block <= 64 or not 1 <= lanes <= 16 or 128 * cost * block > _MEMORY or len(salt) < 8 or len(key) < 16:
        raise ValueError("numbers of scrypt out of range")
    return cost, block, lanes, salt, key


class PasswordFile:
    """Users and the hashes of their passwords. It is read again when it has changed."""

    def __init__(self, path: str):
        """ValueError that names the line where the file is damaged, OSError where it cannot be read."""
        self.path = path
        self._users: dict[str, str] = {}
        self._stamp = None
        self._nobody = hash_password(secrets.token_bytes(16))
        self.refresh()

    def refresh(self) -> None:
        """Read the file if it is another than before."""
        status = os.stat(self.path)
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if stamp == self._stamp:
            return
        users = {}
        with open(self.path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                line = line.strip()
                if not line or line.startswith("#"):
                    continue
                name, _, kept = line.partition(":")
                try:
                    if not name:
                        raise ValueError("expected NAME:HASH")
                    _parse(kept)
                except ValueError as error:
                    raise ValueError(f"{self.path}, line {number}: {error}") from None
                users[name] = kept
        self._users, self._stamp = users, stamp

    def verify(self, user: str, password: str | bytes) -> bool:
        """Whether the user has this password. Takes as long for users who do not exist; call it in a thread."""
        kept = self._users.get(user)
        return verify_password(password, kept or self._nobody) and kept is not None

    def set(self, user: str, password: str | bytes) -> None:
        """Write the user with this password, in place of an earlier one."""
        _check_user(user)
        self._users[user] = hash_password(password)
        self._write()

    def delete(self, user: str) -> bool:
        """Take the user out; False if there was none."""
        found = self._users.pop(user, None) is not None
        if found:
            self._write()
        return found

    def _write(self) -> None:
        temporary = f"{self.path}.new"
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{name}:{kept}\n" for name, kept in sorted(self._users.items()))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)
        self._stamp = None


def create_password_file(path: str) -> PasswordFile:
    """The file at the path, made empty and readable by its owner alone where there is none."""
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
    return PasswordFile(path)


def _check_user(user: str) -> None:
    if not user or user.startswith("#") or user != user.strip() or any(c in user for c in ":\n\r\0"):
        raise ValueError(f"a user's name is not empty and has no colon, no line end and no space at its ends, not {user!r}")


@dataclass(frozen=True)
class Rule:
    """Patterns for a user ("*": everybody, also those without a name). What is denied is denied whatever another rule allows."""
    user: str = "*"
    read: list[str] = field(default_factory=list)
    write: list[str] = field(default_factory=list)
    deny: list[str] = field(default_factory=list)

    def __post_init__(self):
        for pattern in (*self.read, *self.write, *self.deny):
            try:
                check_filter(pattern)
                if any(mark in level and level != mark for level in pattern.split("/") for mark in ("%u", "%c")):
                    raise ValueError("%u and %c stand for a whole level")
            except ValueError as error:
                raise ValueError(f"rule of user {self.user!r}, pattern {pattern!r}: {error}") from None


class Rights:
    """What one client may read and write."""

    def __init__(self, rules: list[Rule], user: str | None, client_id: str):
        """Without any rule all is allowed; with rules, what one of them allows and none denies."""
        mine = [rule for rule in rules if rule.user in ("*", user)]
        self.is_free = not rules
        self._read = _filled([p for rule in mine for p in rule.read], user, client_id)
        self._write = _filled([p for rule in mine for p in rule.write], user, client_id)
        self._deny = _filled([p for rule in mine for p in rule.deny], user, client_id, "+")

    def may_read(self, topic: str) -> bool:
        """Whether messages of the topic may be given to the client."""
        return self.is_free or _any_matches(self._read, topic) and not _any_matches(self._deny, topic)

    def may_write(self, topic: str) -> bool:
        """Whether the client may publish to the topic."""
        return self.is_free or _any_matches(self._write, topic) and not _any_matches(self._deny, topic)

    def may_subscribe(self, filter: str) -> bool:
        """Whether the filter means any topic that the client might read; which ones it gets, may_read() says of each."""
        return self.is_free or any(filters_meet(filter, pattern) for pattern in self._read) and not any(covers(p, filter) for p in self._deny)


def _filled(patterns: list[str], user: str | None, client_id: str, otherwise: str | None = None) -> list[str]:
    """The patterns with %u and %c replaced. A name that could mean other topics as well, or none, becomes `otherwise`; without that its pattern is left out."""
    names = {mark: name if name and not any(c in name for c in "+#/") else otherwise for mark, name in (("%u", user), ("%c", client_id))}
    levels = ([names.get(level, level) for level in pattern.split("/")] for pattern in patterns)
    return ["/".join(parts) for parts in levels if None not in parts]


def _any_matches(patterns: list[str], topic: str) -> bool:
    return any(topic_matches(pattern, topic) for pattern in patterns)


def filters_meet(one: str, other: str) -> bool:
    """Whether there is a topic that both filters match."""
    ours, theirs = one.split("/"), other.split("/")
    for i in range(max(len(ours), len(theirs))):
        a, b = (levels[i] if i < len(levels) else None for levels in (ours, theirs))
        if i == 0 and (a in ("+", "#") and b.startswith("$") or b in ("+", "#") and a.startswith("$")):
            return False
        if a == "#" or b == "#":
            return True
        if a is None or b is None or a != b and "+" not in (a, b):
            return False
    return True


def covers(wide: str, narrow: str) -> bool:
    """Whether every topic that `narrow` matches is matched by `wide` too."""
    outer, inner = wide.split("/"), narrow.split("/")
    for i, level in enumerate(inner):
        above = outer[i] if i < len(outer) else None
        if i == 0 and level.startswith("$") and above in ("+", "#"):
            return False
        if above == "#":
            return True
        if above is None or level == "#" or level != above and above != "+":
            return False
    return len(outer) == len(inner) or outer[len(inner):] == ["#"]
