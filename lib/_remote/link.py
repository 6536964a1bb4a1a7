"""What leads to a board: a serial line, or a TCP connection to `krait --listen`."""

import errno
import os
import select
import socket
import time


class RemoteError(Exception):
    """What went wrong, in words for people."""


class LinkLost(RemoteError):
    """There is no other end any more."""


class Link:
    """Bytes both ways."""

    def __init__(self, fd: int, name: str) -> None:
        self._fd, self.name = fd, name
        self._back = b""

    def fileno(self) -> int:
        return self._fd

    def _receive(self) -> bytes:
        return os.read(self._fd, 65536)

    def _send(self, data) -> int:
        return os.write(self._fd, data)

    def _pending(self) -> bool:
        return False

    def unread(self, data: bytes) -> None:
        self._back = data + self._back

    def read(self, timeout: float) -> bytes:
        """What comes within the time (s); b"": nothing. RemoteError: the other end is gone."""
        if self._back:
            data, self._back = self._back, b""
            return data
        end = time.monotonic() + timeout
        while self._pending() or select.select([self._fd], [], [], max(end - time.monotonic(), 0))[0]:
            try:
                data = self._receive()
            except BlockingIOError:  # TLS has had a word of its own
                continue
            except OSError as e:
                raise LinkLost(f"{self.name}: the connection is lost ({e.strerror or e})") from None
            if not data:
                raise LinkLost(f"{self.name}: the connection is closed")
            return data
        return b""

    def write(self, data: bytes, timeout: float = 10) -> None:
        """All of it. RemoteError: nobody takes it within the time (s)."""
        view, end = memoryview(data), time.monotonic() + timeout
        while view:
            try:
                done = self._send(view[:4096])
                view = view[done:]
                if done:
                    end = time.monotonic() + timeout
                continue
            except BlockingIOError:
                pass
            except OSError as e:
                raise LinkLost(f"{self.name}: the connection is lost ({e.strerror or e})") from None
            if time.monotonic() > end:
                raise LinkLost(f"{self.name}: the other end has taken nothing for {timeout:g} s")
            select.select([], [self._fd], [], 0.5)

    def close(self) -> None:
        os.close(self._fd)


class SerialLink(Link):
    def __init__(self, device: str, baud: int) -> None:
        import _wire
        try:
            fd = _wire.serial(device, baud)
        except OSError as e:
            hint = {errno.EACCES: " (is your user in the group of this device, often dialout?)", errno.ENOTTY: " (it is no serial line)"}.get(e.errno, "")
            raise RemoteError(f"{device}: {e.strerror}{hint}") from None
        super().__init__(fd, device)
        self._lock()

    def _lock(self) -> None:
        import fcntl
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._fd)
            raise RemoteError(f"{self.name}: another program uses it") from None


class TcpLink(Link):
    """tls: None, or the path of the certificate to trust ("": those that the system trusts)."""

    def __init__(self, host: str, port: int, token: str | None, tls: str | None, timeout: float = 10) -> None:
        self._host, self._tls = host, tls
        try:
            self._socket = socket.create_connection((host, port), timeout)
            if tls is not None:
                import ssl
                context = ssl.create_default_context(cafile=tls or None)
                self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except OSError as e:
            raise RemoteError(f"{host} port {port}: {e.strerror or e}") from None
        super().__init__(self._socket.fileno(), f"tcp:{host}:{port}")
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        self._enter(token, timeout)

    def _enter(self, token: str | None, timeout: float) -> None:
        got, end = b"", time.monotonic() + timeout
        while not got.endswith((b"Connected\r\n", b"Token: ")) or (got.endswith(b"Token: ") and token == ""):
            if got.endswith(b"Token: "):
                raise RemoteError(f"{self.name}: it asks for a token (KRAIT_TOKEN, --token-file, or ~/.krait_token)")
            try:
                data = self.read(end - time.monotonic())
            except RemoteError:
                data = b""
            if not data or len(got) > 4096:
                text = got.decode("utf-8", "replace").replace("Krait console. ", "").replace("Token: ", "").strip()
                raise RemoteError(f"{self.name}: {text or 'no console of Krait answers'}")
            got += data
            if b"Token: " in got and token:
                got = got.replace(b"Token: ", b"", 1)
                self.write(token.encode() + b"\n")
                token = ""

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(65536)
        except OSError as e:
            if type(e).__name__ in ("SSLWantReadError", "SSLWantWriteError"):
                raise BlockingIOError from None
            raise

    def _send(self, data) -> int:
        try:
            return self._socket.send(data)
        except OSError as e:
            if type(e).__name__ in ("SSLWantReadError", "SSLWantWriteError"):
                raise BlockingIOError from None
            raise

    def _pending(self) -> bool:
        return self._tls is not None and self._socket.pending() > 0

    def close(self) -> None:
        self._socket.close()


def _token(path: str | None) -> str:
    if path is None:
        token = os.environ.get("KRAIT_TOKEN")
        if token:
            return token.strip()
        path = os.path.expanduser("~/.krait_token")
        if not os.path.exists(path):
            return ""
    try:
        with open(path) as f:
            return f.read().strip()
    except OSError as e:
        raise RemoteError(f"the token: {e}") from None


def connect(where: str, baud: int = 115200, token_file: str | None = None, tls: str | None = None) -> Link:
    """DEV[:BAUD], tcp:HOST:PORT or tls:HOST:PORT."""
    kind, _, rest = where.partition(":")
    if kind in ("tcp", "tls"):
        host, _, port = rest.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            raise RemoteError(f"{where}: expected {kind}:HOST:PORT")
        host = host[1:-1] if host.startswith("[") else host
        return TcpLink(host, int(port), _token(token_file), (tls or "") if kind == "tls" else None)
    device, _, speed = where.rpartition(":")
    if device and speed.isdecimal():
        return SerialLink(device, int(speed))
    return SerialLink(where, baud)


# ---- Serial lines of this machine ------------------------------------------------------------------------------------------------


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read().strip()
    except OSError:
        return ""


def _usb_of(path: str) -> str:
    """Numbers and names of the USB device that a device in /sys belongs to."""
    while path.count("/") > 2:
        vendor = _text_of(path + "/idVendor")
        if vendor:
            words = [f"{vendor}:{_text_of(path + '/idProduct')}", _text_of(path + "/serial"), _text_of(path + "/manufacturer"),
                     _text_of(path + "/product")]
            return " ".join(w for w in words if w)
        path = os.path.dirname(path)
    return ""


def ports(root: str = "/sys/class/tty") -> list[tuple[str, str]]:
    """Device and description of each serial line that has hardware; those on USB first."""
    found = []
    try:
        names = os.listdir(root)
    except OSError:
        return []
    for name in names:
        device = f"{root}/{name}/device"
        if not os.path.exists(device) or _text_of(f"{root}/{name}/type") == "0":
            continue
        usb = _usb_of(os.path.realpath(device))
        found.append((not usb, f"/dev/{name}", usb or "serial line"))
    return [(device, text) for _, device, text in sorted(found)]
