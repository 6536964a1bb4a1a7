"""The command krait remote: what stands on its command line, and what each command does."""

import os
import sys
import time

from _remote.board import Board
from _remote.files import Files
from _remote.link import RemoteError, connect, ports

HELP = """usage: krait remote [option ...] [connect WHERE] command [+ command ...]

WHERE: DEV[:BAUD], tcp:HOST:PORT, tls:HOST:PORT; otherwise KRAIT_REMOTE, or the first serial line on USB.
Options:
  --baud N          speed of a serial line (115200)
  --token-file FILE the token of krait --listen (KRAIT_TOKEN, or ~/.krait_token)
  --ca FILE         the certificate to trust with tls:
  --timeout S       seconds without a word before a board is given up (10)
  --verbose         say what is repeated on a noisy line
Commands; a name with : before it is on the board:
  list                      serial lines of this machine
  repl                      the board's prompt here; Ctrl-] or Ctrl-X leaves it
  exec CODE, eval EXPR      run a piece of Python; print the value of an expression
  run FILE                  run a program of this machine
  cp [-r] FROM ... TO       copy to or from the board, checked by SHA-256
  ls [PATH], tree [PATH]    what is there; cat PATH: what is in it
  rm [-r] PATH ..., mkdir PATH ..., rmdir PATH ..., touch PATH ...
  sha256sum PATH ...        hashes of files on the board
  sync [--delete] DIR :DIR  copy what differs
  mount DIR                 show the board a folder of this machine as /remote, as long as what follows runs
  watch FILE                run a program, and again when it has changed, until Ctrl-C
  reset, soft-reset         restart the board, or only its interpreter
  resume                    do without the soft reset before the first command
  sleep S                   wait
"""

_ARITY = {"connect": 1, "list": 0, "repl": 0, "exec": 1, "eval": 1, "run": 1, "reset": 0, "soft-reset": 0, "resume": 0, "sleep": 1, "mount": 1,
          "watch": 1}  # others go on to the next +


def _bare(path: str) -> str:
    return path[1:] if path.startswith(":") else path


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder and folder != "/" else folder + name


def _number(what: str, text: str, kind: type):
    """A number above 0. RemoteError: it is none."""
    try:
        number = kind(text)
    except ValueError:
        number = 0
    if not 0 < number < 1e9:
        raise RemoteError(f"{what}: expected a number above 0, not {text!r}")
    return number


class _Bar:
    """Progress on a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, name: str, done: int, size: int) -> None:
        now = time.monotonic()
        if not self._shown or (done < size and now - self._last < 0.1):
            return
        self._last = now
        full = 20 * done // size if size else 20
        end = "\r\x1b[K" if done >= size else ""
        sys.stderr.write(f"\r{name[-40:]} [{'#' * full}{'.' * (20 - full)}] {done}/{size}{end}")
        sys.stderr.flush()


class _Screen:
    """Shows output as it comes, with \\n for \\r\\n, also for one that comes in two pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def __call__(self, data: bytes) -> None:
        data = self._rest + data
        self._rest = b"\r" if data.endswith(b"\r") else b""
        sys.stdout.buffer.write(data.removesuffix(b"\r").replace(b"\r\n", b"\n"))
        sys.stdout.flush()

    def end(self) -> None:
        """Nothing more comes."""
        sys.stdout.buffer.write(self._rest)
        sys.stdout.flush()


class Session:
    """One command line: the board is connected with when it is needed first."""

    def __init__(self, options: dict) -> None:
        self._options = options
        self._where = os.environ.get("KRAIT_REMOTE")
        self._board: Board | None = None
        self._fresh = True  # a soft reset is due
        self._mount = None
        self._shelf: Files | None = None

    # ---- The board ---------------------------------------------------------------------------------------------------------------

    def _connect(self) -> Board:
        if self._board is None:
            if not self._where:
                found = [device for device, text in ports() if ":" in text.partition(" ")[0]]
                if not found:
                    raise RemoteError("no board: there is no serial line on USB (connect DEV, or connect tcp:HOST:PORT)")
                self._where = found[0]
            o = self._options
            link = connect(self._where, o["--baud"], o["--token-file"], o["--ca"])
            self._board = Board(link, o["--timeout"])
            if o["--verbose"]:
                self._board.trace = lambda text: sys.stderr.write(f"repeated: {text}\n")
        return self._board

    def _raw(self) -> Board:
        board = self._connect()
        if not board.is_raw:
            board.enter_raw(self._fresh)
            self._fresh = False
        return board

    def _files(self) -> Files:
        board = self._raw()
        if self._shelf is None:
            self._shelf = Files(board, _Bar())
        return self._shelf

    def close(self) -> None:
        if self._board:
            try:
                if self._mount:
                    self._mount.end(self._raw())
                self._board.leave_raw()
            except (RemoteError, OSError):
                pass
            self._board.link.close()
            self._board = self._shelf = None

    def _follow(self, source: str) -> None:
        """Run a program; its output comes as it is, its error ends the command."""
        from _remote import program
        board = self._raw()
        filter = self._mount.filter if self._mount else None
        show = _Screen()
        try:
            error = program.run(board, source, show, filter)
        except KeyboardInterrupt:
            board.link.write(b"\x03")
            _, error = board.follow(show, 5, filter)
        finally:
            show.end()
        if error:
            sys.stderr.write(error.decode("utf-8", "replace").replace("\r\n", "\n"))
            raise SystemExit(1)

    # ---- Commands ----------------------------------------------------------------------------------------------------------------

    def do_connect(self, where: str) -> None:
        if where == "list":
            return self.do_list()
        self.close()
        self._where = where
        self._fresh = True

    def do_list(self) -> None:
        for device, text in ports():
            print(device, text)

    def do_resume(self) -> None:
        self._fresh = False

    def do_sleep(self, seconds: str) -> None:
        time.sleep(_number("sleep", seconds, float))

    def do_exec(self, code: str) -> None:
        self._follow(code)

    def do_eval(self, expression: str) -> None:
        self._follow(f"print(repr({expression}))")

    def do_run(self, path: str) -> None:
        self._follow(self._program(path))

    @staticmethod
    def _program(path: str) -> str:
        try:
            with open(path, encoding="utf-8") as f:
                return f.read()
        except (OSError, UnicodeDecodeError) as e:
            raise RemoteError(f"{path}: {e}") from None

    def do_soft_reset(self) -> None:
        self._connect().enter_raw(True)
        self._fresh = False

    def do_reset(self) -> None:
        board = self._raw()
        board.start("try:\n import machine\n machine.reset()\nexcept ImportError:\n import sys\n sys.exit()")
        time.sleep(0.3)
        board.is_raw = False
        self.close()
        self._fresh = False

    def do_repl(self) -> None:
        from _remote.repl import interact
        board = self._connect()
        board.leave_raw()
        self._fresh = False
        interact(board.link, self._mount)

    def do_mount(self, folder: str) -> None:
        from _remote.mount import Mount
        if not os.path.isdir(folder):
            raise RemoteError(f"{folder} is no folder")
        self._mount = Mount(folder)
        self._mount.begin(self._raw())

    def do_ls(self, *paths: str) -> None:
        for path in paths or ("",):
            for name, is_folder, size in self._files().listing(_bare(path)):
                print(f"{'' if is_folder else size:>10} {name}{'/' if is_folder else ''}")

    def do_tree(self, *paths: str) -> None:
        for path in paths or ("",):
            print(f":{_bare(path)}")
            for name, is_folder, _ in self._files().walk(_bare(path)):
                depth = name.count("/")
                print("  " * (depth + 1) + name.rpartition("/")[2] + ("/" if is_folder else ""))

    def do_cat(self, *paths: str) -> None:
        for path in paths:
            self._files().get(_bare(path), sys.stdout.buffer.write)
        sys.stdout.flush()

    def do_rm(self, *words: str) -> None:
        for path in [w for w in words if w != "-r"]:
            self._files().remove(_bare(path), "-r" in words)

    def do_mkdir(self, *paths: str) -> None:
        for path in paths:
            self._files().make_folder(_bare(path))

    def do_rmdir(self, *paths: str) -> None:
        for path in paths:
            self._files().remove_folder(_bare(path))

    def do_touch(self, *paths: str) -> None:
        for path in paths:
            self._files().touch(_bare(path))

    def do_sha256sum(self, *paths: str) -> None:
        for path in paths:
            print(self._files().sha256(_bare(path)).hex(), _bare(path))

    def do_cp(self, *words: str) -> None:
        from _remote.copy import copy
        *sources, target = [w for w in words if w != "-r"]
        if not sources:
            raise RemoteError("cp: from where, and where to?")
        copy(self._files(), sources, target, "-r" in words)

    def do_sync(self, *words: str) -> None:
        from _remote.copy import sync
        names = [w for w in words if w != "--delete"]
        if len(names) != 2 or names[0].startswith(":") or not names[1].startswith(":"):
            raise RemoteError("sync: expected DIR :DIR")
        sync(self._files(), names[0], _bare(names[1]), "--delete" in words)

    def do_watch(self, path: str) -> None:
        """Until Ctrl-C."""
        while True:
            stamp = os.stat(path).st_mtime_ns
            board = self._raw()
            board.start(self._program(path))
            show = _Screen()
            while True:
                try:
                    if self._watched(board, path, stamp, show):
                        break
                except KeyboardInterrupt:
                    board.link.write(b"\x03")
                    return
            self._fresh = True
            board.is_raw = False

    @staticmethod
    def _watched(board: Board, path: str, stamp: int, show: _Screen) -> bool:
        """Shows what comes for a while. Has the program changed?"""
        data = board.link.read(0.2)
        if data:
            show(data.replace(b"\x04>", b"-- ended --\n").replace(b"\x04", b""))
        try:
            return os.stat(path).st_mtime_ns != stamp
        except FileNotFoundError:  # an editor is at work
            return False


def _split(words: list[str]) -> list[list[str]]:
    """Commands with their arguments."""
    out: list[list[str]] = []
    at = 0
    while at < len(words):
        name = words[at]
        if name == "+":
            at += 1
            continue
        if name in ("fs",) and at + 1 < len(words):
            at += 1
            name = words[at]
        if not hasattr(Session, "do_" + name.replace("-", "_")):
            raise RemoteError(f"there is no command {name!r} (krait remote --help)")
        rest = words[at + 1:]
        count = _ARITY.get(name)
        if count is None:
            count = rest.index("+") if "+" in rest else len(rest)
        if len(rest[:count]) < count or (count == 0 and name in ("cp", "cat", "rm", "mkdir", "rmdir", "touch", "sha256sum", "sync")):
            raise RemoteError(f"{name}: something is missing behind it (krait remote --help)")
        out.append([name, *rest[:count]])
        at += 1 + count
    return out


def main(words: list[str]) -> int:
    options: dict = {"--baud": "115200", "--token-file": None, "--ca": None, "--timeout": "10", "--verbose": False}
    while words and words[0].startswith("-"):
        name, equals, value = words.pop(0).partition("=")
        if name in ("-h", "--help"):
            sys.stdout.write(HELP)
            return 0
        if name not in options or (not equals and name != "--verbose" and not words):
            sys.stderr.write(f"krait remote: {name}: no such option, or nothing behind it (--help)\n")
            return 2
        options[name] = True if name == "--verbose" else value if equals else words.pop(0)
    session = Session(options)
    try:
        for name, kind in (("--baud", int), ("--timeout", float)):
            options[name] = _number(name, options[name], kind)
        for name, *arguments in _split(words or ["repl"]):
            getattr(session, "do_" + name.replace("-", "_"))(*arguments)
    except (RemoteError, OSError, ValueError) as e:
        sys.stderr.write(f"krait remote: {e}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    finally:
        session.close()
    return 0
