"""The console over TCP: who may come in, and what passes between the one client and the console, which is a process of its own.

That process lives on when a client goes, and is started again when it ends. So the door stays open whatever the program does."""

import asyncio
import hmac
import ipaddress
import os
import secrets
import socket
import subprocess
import sys
import time

from _tries import Tries, place_of

_LEAST_TOKEN = 22  # characters: 128 bits in base64
_AT_THE_DOOR = 16  # clients that have not shown a token yet
_TOKEN_TIME = 30  # seconds to send one
_STALL_TIME = 10  # seconds that a client may take nothing
_OPTIONS = ("--listen", "--cert", "--key", "--token-file", "--root")


def _say(text: str) -> None:
    os.write(2, f"krait: {text}\n".encode("utf-8", "backslashreplace"))


def _refuse(text: str):
    raise SystemExit(f"krait: --listen: {text}")


# ---- Settings --------------------------------------------------------------------------------------------------------------------


def parse_address(text: str) -> tuple[str, int]:
    """[HOST:]PORT; an IPv6 address in brackets. ValueError."""
    host, colon, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{text!r} is no [HOST:]PORT")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"an IPv6 address stands in brackets: [{host}]:{port}")
    return (host if colon and host else "127.0.0.1"), int(port)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def token_of(path: str | None) -> bytes:
    """The token in a file, which is made where there is none."""
    path = path or os.path.expanduser("~/.krait_token")
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fd = -1
    except OSError as e:
        _refuse(f"the token cannot be kept: {e}")
    if fd >= 0:
        with open(fd, "w") as f:
            f.write(secrets.token_hex(16) + "\n")
        _say(f"a token for clients is in {path} now")
    try:
        with open(path, "rb") as f:
            mode = os.fstat(f.fileno()).st_mode
            token = f.read(4096).strip()
    except OSError as e:
        _refuse(f"the token cannot be read: {e}")
    if mode & 0o077:
        _refuse(f"others may read the token in {path}: chmod 600 it, or better make a new one")
    if len(token) < _LEAST_TOKEN or not token.isascii() or len(token.split()) != 1:
        _refuse(f"{path} holds no token of at least 128 bits: {_LEAST_TOKEN} characters or more, without spaces")
    return token


def _tls(cert: str, key: str):
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as e:
        _refuse(f"certificate and key: {e}")
    return context


def serve(listen: str, cert: str | None, key: str | None, token_file) -> None:
    """token_file: its path; None: the usual one; False: no token is asked for."""
    try:
        host, port = parse_address(listen)
    except ValueError as e:
        _refuse(str(e))
    local = is_loopback(host)
    if not local and not cert:
        _refuse(f"{host} can be reached from elsewhere: it takes TLS, with --cert and --key")
    if not local and token_file is False:
        _refuse(f"{host} can be reached from elsewhere: it takes a token")
    if token_file is False:
        _say("without a token, every user and program of this machine may do what it likes with this console")
    token = None if token_file is False else token_of(token_file)
    server = Server(token, _tls(cert, key) if cert else None)
    try:
        asyncio.run(server.run(host, port))
    except OSError as e:
        _refuse(str(e))
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


# ---- The door --------------------------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, token: bytes | None, tls) -> None:
        self._token, self._tls = token, tls
        self._tries = Tries()
        self._waiting = 0
        self._client: asyncio.StreamWriter | None = None
        self._console: asyncio.StreamWriter | None = None
        self._process: subprocess.Popen | None = None

    async def run(self, host: str, port: int) -> None:
        server = await asyncio.start_server(self._greet, host, port, ssl=self._tls, **({"ssl_handshake_timeout": 10} if self._tls else {}))
        loop = asyncio.get_running_loop()
        import signal
        task = asyncio.current_task()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, task.cancel)
        for s in server.sockets:
            _say(f"console at {s.getsockname()[0]} port {s.getsockname()[1]}" + (" with TLS" if self._tls else ""))
        try:
            await self._keep_console()
        except asyncio.CancelledError:
            pass
        finally:
            server.close()

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _start(self, end: socket.socket) -> None:
        command, skip = [sys.executable], False
        for word in sys.orig_argv[1:]:
            name = word.partition("=")[0]
            if not skip and name not in _OPTIONS and word != "--no-token":
                command.append(word)
            skip = not skip and word in _OPTIONS
        command += ["--serial", "-", "--root", os.getcwd()]
        self._process = subprocess.Popen(command, stdin=end, stdout=end, env={**os.environ, "KRAIT_CONSOLE_CHILD": "1"}, start_new_session=True)

    async def _keep_console(self) -> None:
        """Runs the console, and again when it has ended; what it says goes to the client, or nowhere."""
        while True:
            started = time.monotonic()
            ours, theirs = socket.socketpair()
            self._start(theirs)
            theirs.close()
            reader, self._console = await asyncio.open_connection(sock=ours)
            while data := await self._from_console(reader):
                await self._to_client(data)
            self._console.close()
            self._console = None
            self.stop()
            await self._to_client(b"\r\nKrait: the console has ended and begins again\r\n")
            await asyncio.sleep(max(0, started + 1 - time.monotonic()))

    @staticmethod
    async def _from_console(reader) -> bytes:
        try:
            return await reader.read(65536)
        except OSError:
            return b""

    async def _to_client(self, data: bytes) -> None:
        client = self._client
        if client is None:
            return
        try:
            client.write(data)
            await asyncio.wait_for(client.drain(), _STALL_TIME)
        except (OSError, TimeoutError):
            self._drop(client)

    def _drop(self, client) -> None:
        if self._client is client:
            self._client = None
        client.transport.abort()

    async def _greet(self, reader, writer) -> None:
        address = writer.get_extra_info("peername")[0]
        try:
            _keep_alive(writer.get_extra_info("socket"))
            answer = await self._refusal(address, reader, writer)
            writer.write(answer or b"Connected\r\n")
            await writer.drain()
            if not answer:
                await self._relay(reader, writer)
        except (OSError, EOFError, asyncio.TimeoutError, ValueError):
            pass
        finally:
            if self._client is writer:
                self._client = None
            writer.close()

    async def _refusal(self, address: str, reader, writer) -> bytes:
        """What is said to a client that may not come in; b"": it may."""
        writer.write(b"Krait console. ")
        locked = self._tries.locked(address) if self._token else 0
        if locked:
            return b"Locked out for %d s after wrong tokens\r\n" % locked
        if self._token:
            if self._waiting >= _AT_THE_DOOR:
                return b"Too many clients without a token\r\n"
            self._waiting += 1
            try:
                writer.write(b"Token: ")
                await writer.drain()
                given = await asyncio.wait_for(_line(reader), _TOKEN_TIME)
            finally:
                self._waiting -= 1
            locked = self._tries.locked(address)  # by others, while this one was typing
            if locked:
                return b"\r\nLocked out for %d s after wrong tokens\r\n" % locked
            if not hmac.compare_digest(given, self._token):
                count, wait = self._tries.failed(address)
                if wait:
                    _say(f"{count} wrong tokens from {place_of(address)}: locked out for {wait} s")
                return b"\r\nWrong token\r\n"
            self._tries.passed(address)
            writer.write(b"\r\n")
        for _ in range(10):  # one that has just gone may not have been noticed yet
            if self._client is None:
                break
            await asyncio.sleep(0.1)
        if self._client is not None:
            return b"Busy: another client is connected\r\n"
        self._client = writer
        return b""

    async def _relay(self, reader, writer) -> None:
        while self._client is writer:
            data = await reader.read(65536)
            if not data:
                return
            if self._console is not None:
                self._console.write(data)
                await self._console.drain()


def _keep_alive(sock) -> None:
    """A client that is gone without a word is noticed within a minute."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 60000), ("TCP_NODELAY", 1)):
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


async def _line(reader) -> bytes:
    """Up to a return or a newline, which people's clients send both."""
    line = bytearray()
    while True:
        c = await reader.readexactly(1)
        if c in b"\r\n":
            if line:
                return bytes(line)
        elif len(line) < 4096:
            line += c
        else:
            raise ValueError("no token is as long")
