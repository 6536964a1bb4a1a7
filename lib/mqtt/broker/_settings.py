"""The broker's settings: from arguments, a TOML file or the command line, checked in one place."""

import ipaddress
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from mqtt.broker._access import Rule

if TYPE_CHECKING:
    import ssl

MAX_SESSION_EXPIRY = 0xFFFFFFFF  # seconds; for MQTT this number means for ever (MQTT 5 section 3.1.2.11.2)
_FULL_POLICIES = ("drop-new", "drop-old", "refuse")


class SettingsError(ValueError):
    """A setting that is unknown, of a wrong type, out of range or unsafe; the text says which, what was expected and what came."""


@dataclass
class Listener:
    """An address to accept connections at. Port 0: any free one; path: a Unix socket in place of host and port."""
    host: str = "127.0.0.1"
    port: int = 1883
    path: str = ""
    websocket: bool = False  # MQTT over WebSocket, subprotocol "mqtt"
    certificate: str = ""  # PEM file of the server's certificate chain: TLS
    key: str = ""  # PEM file of its private key; empty: in the certificate's file
    client_ca: str = ""  # PEM file of authorities; clients have to show a certificate of one of them
    certificate_user: bool = False  # the common name of a client's certificate is its user name, in place of a password
    allow_insecure: bool = False  # listen beyond this machine without TLS
    allow_anonymous: bool | None = None  # None: where nothing else says who clients are, on this machine alone

    @property
    def is_local(self) -> bool:
        """Whether only programs of this machine can connect."""
        if self.path or self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def may_be_anonymous(self, has_passwords: bool) -> bool:
        """Whether clients are let in that do not say who they are."""
        if self.allow_anonymous is not None:
            return self.allow_anonymous
        return not has_passwords and (self.is_local or bool(self.client_ca))

    def check(self) -> None:
        """SettingsError where it cannot be listened like this, or should not."""
        where = f"listener {self.describe()}"
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"{where}: port is 0 to 65535, not {self.port}")
        if (self.key or self.client_ca) and not self.certificate:
            raise SettingsError(f"{where}: key and client_ca need certificate")
        if self.certificate_user and not self.client_ca:
            raise SettingsError(f"{where}: certificate_user needs client_ca")
        if not self.is_local and not self.certificate and not self.allow_insecure:
            raise SettingsError(f"{where}: beyond this machine TLS is needed (certificate, key); allow_insecure does without")

    def describe(self) -> str:
        """HOST:PORT or the path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.path or f"{host}:{self.port}"

    def make_context(self) -> "ssl.SSLContext | None":
        """The context for TLS, None without."""
        if not self.certificate:
            return None
        import ssl  # a large library

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key or None)
            if self.client_ca:
                context.load_verify_locations(self.client_ca)
                context.verify_mode = ssl.CERT_REQUIRED
        except OSError as error:
            names = ", ".join(filter(None, (self.certificate, self.key, self.client_ca)))
            raise SettingsError(f"listener {self.describe()}: {names} cannot be loaded: {error}") from None
        return context


@dataclass
class BridgeSettings:
    """Another broker, and what goes there (`out`) and comes from there (`into`), as filters; prefixes are put before topics and taken off on the way."""
    name: str = ""
    host: str = ""
    port: int = 0  # 0: 1883, with TLS 8883
    version: int = 5
    tls: bool = False
    ca: str = ""  # PEM file of authorities; empty: those of the system
    certificate: str = ""
    key: str = ""
    user: str = ""
    password: str = ""
    password_file: str = ""  # a file whose first line is the password
    client_id: str = ""  # empty: krait-bridge-NAME
    keep_alive: int = 30  # seconds
    out: list[str] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    remote_prefix: str = ""  # before topics there: "site1/" makes "a/b" "site1/a/b"
    local_prefix: str = ""  # before topics here that came from there
    qos: int = 1

    def check(self) -> None:
        """SettingsError where something is missing or would go round in circles."""
        where = f"bridge {self.name!r}"
        if not self.name or any(c in self.name for c in "+#/ "):
            raise SettingsError(f"{where}: name is a word without +, # and /")
        if not self.host:
            raise SettingsError(f"{where}: host is missing")
        if self.version not in (4, 5):
            raise SettingsError(f"{where}: version is 4 (MQTT 3.1.1) or 5, not {self.version}")
        if self.qos not in (0, 1, 2):
            raise SettingsError(f"{where}: qos is 0, 1 or 2, not {self.qos}")
        if not 5 <= self.keep_alive <= 65535:
            raise SettingsError(f"{where}: keep_alive is 5 to 65535 seconds, not {self.keep_alive}")
        if not (self.out or self.into):
            raise SettingsError(f"{where}: needs topics in out, into or both")
        if self.out and self.into and self.version == 4 and not self._is_apart():
            raise SettingsError(f"{where}: MQTT 3.1.1 cannot tell what came back: out and into must not meet; use version = 5 or a prefix")

    def _is_apart(self) -> bool:
        from mqtt.broker._access import filters_meet
        return not any(filters_meet(self.remote_prefix + a, self.remote_prefix + b) for a in self.out for b in self.into)


@dataclass
class Settings:
    """All settings, with what they are where nothing else is said. Sizes are in bytes, times in seconds; 0 as a maximum means none."""
    listeners: list[Listener] = field(default_factory=list)
    store: str = ""  # folder of the database; empty: nothing outlives the broker
    passwords: str = ""  # file of users and passwords
    rules: list[Rule] = field(default_factory=list)
    bridges: list[BridgeSettings] = field(default_factory=list)
    max_connections: int = 10_000  # one more is closed before it is read from
    max_pending_connects: int = 1_000  # those that have not been let in yet; likewise
    connect_timeout: float = 10.0  # without CONNECT until then, closed
    max_packet_size: int = 1 << 20  # of a client's packets; a longer one closes the connection (reason 149)
    max_connect_size: int = 64 << 10  # of CONNECT, before anybody knows who it is (reason 149)
    max_keep_alive: int = 0  # a client that asks for more, or none, is told this one (MQTT 5)
    max_session_expiry: int = MAX_SESSION_EXPIRY  # a client that asks for longer is told this one
    max_sessions: int = 100_000  # another client is refused (reason 151)
    max_receive: int = 100  # messages of QoS 1 and 2 of a client that wait for their acknowledgement; more: reason 147
    max_inflight: int = 100  # the same towards a client, which may ask for less
    max_topic_alias: int = 32  # per connection
    max_topic_levels: int = 128  # more: reason 143 or 144
    max_subscriptions: int = 10_000  # per client; one more: reason 151
    max_subscription_bytes: int = 4 << 20  # of filters, per client, with 64 for each level; likewise
    max_queued_messages: int = 100_000  # per session, those of QoS 1 and 2 that wait
    max_queued_bytes: int = 64 << 20  # the same in bytes
    when_full: str = "drop-new"  # or "drop-old"; "refuse": the publisher is told reason 151
    max_unsent_bytes: int = 1 << 20  # not taken by a client yet: beyond, what has QoS 0 is dropped, and what has more waits
    max_retained: int = 100_000  # one more: the publisher is told reason 151
    max_retained_bytes: int = 64 << 20
    max_store_bytes: int = 1 << 30  # of the database; beyond, QoS 1 and 2 are refused (reason 151) where they would have to be kept
    will_grace: float = 10.0  # after the start, for clients to come back before the wills of those are published that were there when the broker ended
    sys_interval: float = 10.0  # between values of $SYS; 0: none

    def check(self) -> "Settings":
        """The settings themselves; SettingsError where one is wrong."""
        for listener in self.listeners:
            listener.check()
        for bridge in self.bridges:
            bridge.check()
        if self.when_full not in _FULL_POLICIES:
            raise SettingsError(f"when_full is one of {', '.join(_FULL_POLICIES)}, not {self.when_full!r}")
        for name, low, high in (("max_packet_size", 16, 268435455), ("max_connect_size", 16, 268435455), ("max_receive", 1, 65535), ("max_inflight", 1, 65535), ("max_topic_alias", 0, 65535),
                                ("max_keep_alive", 0, 65535), ("max_session_expiry", 0, MAX_SESSION_EXPIRY), ("max_topic_levels", 1, 32768)):
            if not low <= getattr(self, name) <= high:
                raise SettingsError(f"{name} is {low} to {high}, not {getattr(self, name)}")
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, (int, float)) and value < 0:
                raise SettingsError(f"{entry.name} is not negative, not {value}")
        return self


_TABLES = {"listeners": ("listener", Listener), "rules": ("rule", Rule), "bridges": ("bridge", BridgeSettings)}


def read_settings(path: str) -> dict:
    """The settings that a TOML file has, as arguments for Settings: [[listener]], [[rule]] and [[bridge]] are tables, others names with values.

    SettingsError names the file and the setting that is wrong; OSError where it cannot be read."""
    with open(path, "rb") as file:
        try:
            table = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: {error}") from None
    found = {}
    try:
        for many, (one, kind) in _TABLES.items():
            if one in table:
                entries = table.pop(one)
                if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
                    raise SettingsError(f"{one}: expected tables that begin with [[{one}]]")
                found[many] = [kind(**_checked(kind, entry, f"{one} {n}: ")) for n, entry in enumerate(entries, 1)]
        found.update(_checked(Settings, table, ""))
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    return found


def _checked(kind: type, table: dict, where: str) -> dict:
    known = {entry.name: entry.type for entry in fields(kind) if entry.name not in _TABLES}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(f"{where}{name} is no setting; there are {', '.join(known)}")
        _check_type(where + name, value, known[name])
    return table


def _check_type(name: str, value, kind) -> None:
    if kind == list[str]:
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        wanted = "a list of strings"
    else:
        kind = bool if kind == (bool | None) else kind
        good = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))
        wanted = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}[kind]
    if not good:
        raise SettingsError(f"{name} is {wanted}, not {value!r}")
