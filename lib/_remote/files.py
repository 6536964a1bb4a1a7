"""Files of a board: what is copied is checked by its hash, and takes its place only when it is whole."""

import ast
import errno
import hashlib
import os
import re

from _remote.board import Board, BoardError
from _remote.link import RemoteError

_PART = ".part"  # behind the name of a file that is not whole yet
_START = "import os\nfrom binascii import a2b_base64 as d"
_ERRORS = ("ENOENT", "EEXIST", "EISDIR", "ENOTDIR", "ENOSPC", "EACCES", "EROFS", "ENOTEMPTY", "EPERM", "EINVAL", "EIO")
_HASH = """import hashlib
h=hashlib.sha256();f=open({0!r},'rb')
while 1:
 b=f.read({1})
 if not b:break
 h.update(b)
f.close();r=h.digest()"""


class FileError(RemoteError):
    """number: the errno; 0: not known."""

    def __init__(self, what: str, error: BoardError, numbers: dict[int, int]) -> None:
        text = str(error)
        found = re.match(r"\w+\((\d+)", text)
        number = int(found[1]) if found else 0
        self.number = numbers.get(number, number)
        super().__init__(f"{what}: {os.strerror(self.number) if self.number else text}")


class Files:
    def __init__(self, board: Board, progress=None) -> None:
        self._board = board
        self._progress = progress  # a function that gets a name, bytes done and bytes in all
        self._ready = False
        self._numbers: dict[int, int] = {}  # of errors: the board's, and ours

    def _call(self, what: str, source: str, slow: float = 0) -> bytes:
        try:
            if not self._ready or not self._board.has_caller:
                self._board.call(_START)
                theirs = self._board.call(f"import errno;r=repr([getattr(errno,n,0) for n in {_ERRORS!r}]).encode()")
                self._numbers = dict(zip(ast.literal_eval(theirs.decode()), (getattr(errno, name) for name in _ERRORS)))
                self._numbers.pop(0, None)  # names that the board has not got
                self._ready = True
            return self._board.call(source, slow)
        except BoardError as e:
            raise FileError(what, e, self._numbers) from None

    def _done(self, name: str, done: int, size: int) -> None:
        if self._progress:
            self._progress(name, done, size)

    # ---- Folders -----------------------------------------------------------------------------------------------------------------

    def listing(self, path: str) -> list[tuple[str, bool, int]]:
        """Name, whether it is a folder, and size (bytes), in order."""
        at = path.rstrip("/") + "/" if path else ""
        source = f"l=[]\nfor n in os.listdir({path or '.'!r}):\n try:\n  s=os.stat({at!r}+n);l.append((n,s[0],s[6]))\n except OSError:pass\nr=repr(l).encode()"
        names = ast.literal_eval(self._call(path or ".", source).decode())
        return sorted((name, mode & 0xF000 == 0x4000, size) for name, mode, size in names)

    def kind(self, path: str) -> tuple[str, int]:
        """"folder", "file" or "", and the size in bytes. (Not by the error's number: there are boards with numbers of their own.)"""
        try:
            mode, size = ast.literal_eval(self._call(path, f"s=os.stat({path!r});r=repr((s[0],s[6])).encode()").decode())
        except FileError:
            return "", 0
        return ("folder" if mode & 0xF000 == 0x4000 else "file"), size

    def walk(self, path: str) -> list[tuple[str, bool, int]]:
        """As listing(), of all that is below; names are relative."""
        out = []
        for name, is_folder, size in self.listing(path):
            out.append((name, is_folder, size))
            if is_folder:
                out += [(f"{name}/{below}", *rest) for below, *rest in self.walk(f"{path.rstrip('/')}/{name}" if path else name)]
        return out

    def make_folder(self, path: str, may_be_there: bool = False) -> None:
        try:
            self._call(path, f"os.mkdir({path!r})")
        except FileError as e:
            if not (e.number == errno.EEXIST and (may_be_there or self._board.retries) and self.kind(path)[0] == "folder"):
                raise

    def remove(self, path: str, recursive: bool = False) -> None:
        kind, _ = self.kind(path)
        if not kind:
            raise RemoteError(f"{path}: {os.strerror(errno.ENOENT)}")
        if kind == "file":
            self._gone(path, f"os.remove({path!r})")
            return
        if not recursive:
            raise RemoteError(f"{path} is a folder (rm -r)")
        for name, is_folder, _ in self.listing(path):
            below = f"{path.rstrip('/')}/{name}"
            if is_folder:
                self.remove(below, True)
            else:
                self._gone(below, f"os.remove({below!r})")
        if path.strip("/."):
            self.remove_folder(path)

    def remove_folder(self, path: str) -> None:
        self._gone(path, f"os.rmdir({path!r})")

    def _gone(self, path: str, source: str) -> None:
        """A call that was made twice finds nothing the second time."""
        before = self._board.retries
        try:
            self._call(path, source)
        except FileError as e:
            if e.number != errno.ENOENT or self._board.retries == before:
                raise

    def touch(self, path: str) -> None:
        self._call(path, f"open({path!r},'ab').close()")

    # ---- Contents ----------------------------------------------------------------------------------------------------------------

    def sha256(self, path: str, size: int | None = None) -> bytes:
        size = self.kind(path)[1] if size is None else size
        return self._call(path, _HASH.format(path, min(self._board.chunk * 4, 16384)), 10 + size / 20000)

    def get(self, path: str, write) -> None:
        """Give the contents to write(), piece by piece. RemoteError: they did not come as they are."""
        kind, size = self.kind(path)
        if kind != "file":
            raise RemoteError(f"{path}: {os.strerror(errno.EISDIR if kind else errno.ENOENT)}")
        self._call(path, f"f=open({path!r},'rb')")
        ours, at = hashlib.sha256(), 0
        while True:
            data = self._call(path, f"f.seek({at});r=f.read({self._board.chunk})")
            if not data:
                break
            write(data)
            ours.update(data)
            at += len(data)
            self._done(path, at, max(size, at))
        self._call(path, "f.close()")
        if self.sha256(path, at) != ours.digest():
            raise RemoteError(f"{path}: it has changed while it was copied")

    def put(self, path: str, read, size: int) -> None:
        """Make a file of what read(n) gives. Another of this name stays as it is until the new one is whole."""
        part = path + _PART
        try:
            self._call(path, f"f=open({part!r},'wb')")
            ours, at = hashlib.sha256(), 0
            rest = b""
            self._done(path, 0, size)
            while True:
                rest = rest or read(self._board.chunk)
                if not rest:
                    break
                data, rest = rest[:self._board.chunk], rest[self._board.chunk:]
                self._write(path, at, data)
                ours.update(data)
                at += len(data)
                self._done(path, at, size)
            self._call(path, "f.close()")
            if self.sha256(part, at) != ours.digest():
                raise RemoteError(f"{path}: what the board has is not what was sent")
            self._put_in_place(part, path)
        except (RemoteError, OSError, KeyboardInterrupt):
            self._forget(part)
            raise

    def _write(self, path: str, at: int, data: bytes) -> None:
        import binascii
        text = binascii.b2a_base64(data, newline=False).decode()
        done = self._call(path, f"f.seek({at});r=b'%d'%f.write(d(b'{text}'))")
        if int(done) != len(data):
            raise RemoteError(f"{path}: {os.strerror(errno.ENOSPC)}: the board has taken {done.decode()} of {len(data)} bytes")

    def _put_in_place(self, part: str, path: str) -> None:
        """rename() replaces a file on some file systems, and on others not."""
        before = self._board.retries
        try:
            self._call(path, f"os.rename({part!r},{path!r})")
        except FileError as e:
            if e.number == errno.ENOENT and self._board.retries > before:
                return
            if e.number == errno.EISDIR or self.kind(path)[0] == "folder":
                raise
            self._gone(path, f"os.remove({path!r})")
            self._gone(path, f"os.rename({part!r},{path!r})")

    def _forget(self, part: str) -> None:
        try:
            self._board.enter_raw()
            self._board.has_caller = self._board.has_caller and not self._board.noisy
            self._call(part, f"try:\n f.close()\nexcept Exception:pass\ntry:\n os.remove({part!r})\nexcept OSError:pass")
        except (RemoteError, OSError):
            pass
