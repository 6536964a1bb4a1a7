"""krait -m mqtt.broker: the broker as a program, and its file of passwords."""

import argparse
import asyncio
import getpass
import logging
import signal
import sys
from dataclasses import fields

from mqtt.broker._access import create_password_file
from mqtt.broker._broker import Broker
from mqtt.broker._settings import Listener, Settings, SettingsError, read_settings
from mqtt.broker._store import StoreError

_USAGE = "krait -m mqtt.broker"


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit status."""
    if arguments[:1] == ["passwd"]:
        return _passwords(arguments[1:])
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.verbose > 1 else logging.INFO if options.verbose else logging.WARNING,
                        format="%(asctime)s %(levelname)s %(message)s")
    try:
        asyncio.run(_serve(_settings(options)))
    except (SettingsError, StoreError, OSError) as error:
        print(f"{_USAGE}: {error}", file=sys.stderr)
        return 2 if isinstance(error, SettingsError) else 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_USAGE, description="An MQTT broker for 3.1.1 and 5. `passwd FILE USER` writes users for --passwords.")
    parser.add_argument("--config", metavar="FILE", help="settings in TOML; what is said here goes before them")
    parser.add_argument("--host", default=None, help="address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=None, help="port (1883, with TLS 8883); 0: any free one, which is printed")
    parser.add_argument("--unix", metavar="PATH", help="a Unix socket as well")
    parser.add_argument("--websocket", type=int, metavar="PORT", help="MQTT over WebSocket as well, at this port")
    parser.add_argument("--store", metavar="FOLDER", help="keep sessions, messages and retained messages in a database there")
    parser.add_argument("--passwords", metavar="FILE", help="users and passwords, as passwd writes them")
    parser.add_argument("--certificate", metavar="PEM", default="", help="certificate chain of the server: TLS")
    parser.add_argument("--key", metavar="PEM", default="", help="its private key, if that is not in the same file")
    parser.add_argument("--client-ca", metavar="PEM", default="", help="authorities of clients' certificates, which they then need")
    parser.add_argument("--certificate-user", action="store_true", help="the common name of a client's certificate is its user name")
    parser.add_argument("--allow-insecure", action="store_true", help="listen beyond this machine without TLS")
    parser.add_argument("--allow-anonymous", action="store_true", default=None, help="let in clients that do not say who they are")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="any other setting, such as max_connections=500")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="log who comes and goes; twice: more")
    return parser


def _settings(options: argparse.Namespace) -> dict:
    """Arguments for Broker()."""
    settings = read_settings(options.config) if options.config else {}
    for name in ("store", "passwords"):
        if getattr(options, name) is not None:
            settings[name] = getattr(options, name)
    known = {entry.name: entry.type for entry in fields(Settings)}
    for text in options.set:
        name, _, value = text.partition("=")
        kind = known.get(name)
        if kind not in (int, float, str):
            raise SettingsError(f"--set {text}: expected NAME=VALUE, NAME one of {', '.join(n for n, k in known.items() if k in (int, float, str))}")
        try:
            settings[name] = kind(value)
        except ValueError:
            raise SettingsError(f"--set {text}: {name} is a number") from None
    listeners = settings.setdefault("listeners", [])
    security = {"certificate": options.certificate, "key": options.key, "client_ca": options.client_ca, "certificate_user": options.certificate_user,
                "allow_insecure": options.allow_insecure, "allow_anonymous": options.allow_anonymous}
    host = options.host or "127.0.0.1"
    if not listeners or options.host or options.port is not None:
        port = options.port if options.port is not None else 8883 if options.certificate else 1883
        listeners.append(Listener(host, port, **security))
    if options.websocket is not None:
        listeners.append(Listener(host, options.websocket, websocket=True, **security))
    if options.unix:
        listeners.append(Listener(path=options.unix))
    return settings


async def _serve(settings: dict) -> None:
    broker = Broker(**settings)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with broker:
        for host, port in broker.addresses:
            print(f"listening at {host} port {port}", flush=True)
        await stopped.wait()


def _passwords(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"{_USAGE} passwd", description="Write a user and the hash of a password, which is asked for, into a file.")
    parser.add_argument("file")
    parser.add_argument("user")
    parser.add_argument("--delete", action="store_true", help="take the user out")
    parser.add_argument("--stdin", action="store_true", help="read the password from the standard input, up to the end of the line")
    options = parser.parse_args(arguments)
    try:
        file = create_password_file(options.file)
        if options.delete:
            if file.delete(options.user):
                return 0
            raise ValueError(f"{options.file} has no user {options.user}")
        password = sys.stdin.readline().rstrip("\r\n") if options.stdin else _ask()
        if not password:
            raise ValueError("a password is not empty")
        file.set(options.user, password)
    except (ValueError, OSError) as error:
        print(f"{_USAGE} passwd: {error}", file=sys.stderr)
        return 1
    return 0


def _ask() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise ValueError("the two passwords are not the same")
    return password
