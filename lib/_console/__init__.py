"""The console on a wire, as boards have it: a prompt for people, and MicroPython's raw and raw-paste modes for tools
(MicroPython documentation, "The MicroPython Interactive Interpreter Mode").

ports/linux/main.c calls start(), and resets the interpreter where it asks for that. _wire is the line itself."""

import sys

import _wire
import posix

_WINDOW = 128  # bytes: how much a raw-paste client may send before it is told to go on
_MOST = 16 << 20  # bytes of one program
_PATIENCE = 10_000  # ms that a raw-paste client may be silent
_RAW_BANNER = b"raw REPL; CTRL-B to exit\r\n"
_RAW_STOPS = 0b11110  # Ctrl-A to Ctrl-D
_PASTE_STOPS = 0b11000  # Ctrl-C, Ctrl-D


def start(serial, listen, root, cert, key, token_file, again, token_wanted) -> str | None:
    """Run the console of a command line. What is given back: how it begins again after a soft reset ("raw", "friendly"); None: it is over."""
    if root is not None:
        try:
            posix.chdir(root)
        except OSError as e:
            raise SystemExit(f"krait: --root: {e}") from None
    if listen is not None:
        from _console.server import serve
        serve(listen, cert, key, token_file if token_wanted else False)
        return None
    device, baud = _line_of(serial)
    try:
        _wire.start(device, baud, posix.environ.pop(b"KRAIT_CONSOLE_CHILD", b"") == b"1")
    except (OSError, ValueError) as e:
        raise SystemExit(f"krait: --serial: {e}") from None
    return Console(again).run()


def _line_of(text: str) -> tuple[str | None, int]:
    device, colon, baud = text.rpartition(":")
    if not colon or not baud.isdecimal():
        device, baud = text, "115200"
    return (None if device == "-" else device), int(baud)


def banner() -> str:
    import os
    return f"Krait 0.1 (Python 3.13); {os.uname().sysname} with {os.uname().machine}\r\nType \"help()\" for more information.\r\n"


class Console:
    """One life between two resets. again: how it begins after a reset; None: this is the first."""

    def __init__(self, again: str | None) -> None:
        from _console import stream
        import __main__
        self._main = __main__
        self._raw = again == "raw"
        self._prompt = None
        self._stream = stream
        stream.install()
        _wire.interrupt(3)
        self._root = posix.getcwd()
        library = self._root.rstrip("/") + "/lib"
        if library not in sys.path:
            sys.path.append(library)

    def run(self) -> str | None:
        try:
            self._file("boot.py")
            if not self._raw:
                self._file("main.py")
            action = "raw" if self._raw else "friendly"
            while action in ("raw", "friendly", "again"):
                try:
                    action = self._raw_mode() if action == "raw" else self._friendly_mode(action == "friendly")
                except KeyboardInterrupt:  # of a program that had just ended
                    action = "raw" if self._raw else "again"
        finally:
            _wire.running(False)
        if action == "end":
            return None
        self._leave()
        self._send(b"Krait: soft reboot\r\n")
        return "raw" if self._raw else "friendly"

    def _leave(self) -> None:
        """What a program wants to have done at its end."""
        atexit = sys.modules.get("atexit")
        if atexit:
            error = self._call(atexit._run_exitfuncs)
            if error:
                self._show(error)
        self._flush()
        posix.chdir(self._root)

    # ---- Programs ----------------------------------------------------------------------------------------------------------------

    def _send(self, data: bytes) -> None:
        _wire.write(data)

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass

    def _call(self, function, *arguments) -> BaseException | None:
        """What it raised."""
        error = None
        try:
            _wire.running(True)
            function(*arguments)
        except BaseException as e:
            error = e
        while True:
            try:
                _wire.running(False)
                _wire.write(b"")  # where a Ctrl-C that comes too late is seen
                return error
            except KeyboardInterrupt:
                pass

    def _execute(self, source: bytes | str, name: str) -> BaseException | None:
        """Run a program in the main module."""
        try:
            if isinstance(source, bytearray):
                source = bytes(source).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            code = compile(source, name, "exec", 0, True)
        except BaseException as e:
            e.__traceback__ = None
            return e
        error = self._call(exec, code, self._main.__dict__)
        if error:
            trace = error.__traceback__  # without _call()
            error.__traceback__ = trace.tb_next if trace else None
        return error

    def _show(self, error: BaseException) -> None:
        try:
            sys.excepthook(type(error), error, error.__traceback__)
        except Exception:
            sys.__excepthook__(type(error), error, error.__traceback__)

    def _file(self, name: str) -> None:
        """boot.py or main.py, where it is there. What it raises is shown: the prompt comes in any case."""
        try:
            with open(name, "rb") as f:
                source = f.read()
        except FileNotFoundError:
            return
        except OSError as e:
            self._show(e)
            return
        self._main.__file__ = name
        error = self._execute(source, name)
        del self._main.__file__
        self._flush()
        if error and not isinstance(error, SystemExit):
            self._show(error)
            self._flush()

    # ---- The prompt for people ---------------------------------------------------------------------------------------------------

    def _friendly_mode(self, with_banner: bool) -> str:
        """What comes next: "raw", "friendly", "again" (without a banner), "reset" or "end"."""
        self._raw = False
        if self._prompt is None:
            from _console.line import make
            self._prompt = make(self._main)
        if with_banner:
            self._send(banner().encode())
        self._prompt.action = "broken"
        try:
            _wire.prompt(self._prompt)
        except SystemExit:
            return "reset"
        finally:
            _wire.running(False)
        action = self._prompt.action
        if action == "broken":  # a program has changed what the editor needs, or there was no memory for it
            self._prompt = None
            return "friendly"
        if action != "paste":
            return action
        error = self._execute(self._prompt.pasted, "<stdin>")
        self._flush()
        if isinstance(error, SystemExit):
            return "reset"
        if error:
            self._show(error)
            self._flush()
        return "again"

    # ---- The mode for tools ------------------------------------------------------------------------------------------------------

    def _raw_mode(self) -> str:
        from _console import tool_os
        tool_os.install()
        self._raw = True
        self._send(_RAW_BANNER + b">")
        source = bytearray()
        while True:
            data = _wire.read(4096, None, _RAW_STOPS)
            if data is None:
                return "end"
            last = data[-1] if data else 0
            if not 1 <= last <= 4:
                if len(source) <= _MOST:
                    source += data
                continue
            source += data[:-1]
            action = self._control(last, source)
            if action:
                return action
            source = bytearray()

    def _control(self, key: int, source: bytearray) -> str | None:
        """Ctrl-A to Ctrl-D in raw mode, after the source that has come."""
        if key == 1:
            if source == b"\x05A":
                return self._raw_paste()
            self._send(b"R\x00>" if len(source) == 2 and source[0] == 5 else _RAW_BANNER + b">")
        elif key == 2:
            self._send(b"\r\n")
            return "friendly"
        elif key == 4:
            self._send(b"OK")
            if not source:
                self._send(b"\r\n")
                return "reset"
            return self._answer(source)
        return None

    def _answer(self, source: bytearray, error: BaseException | None = None) -> str | None:
        """Run a program and send what becomes of it: its output, Ctrl-D, its error, Ctrl-D."""
        if len(source) > _MOST:
            error = MemoryError(f"a program of more than {_MOST} bytes")
        if error is None:
            error = self._execute(source, "<stdin>")
        checked, self._stream.failure = self._stream.failure, None
        self._flush()
        self._send(b"\x04")
        if isinstance(error or checked, SystemExit):
            self._send(b"\x04")
            return "reset"
        if error or checked:
            self._show(error or checked)
            self._flush()
        if isinstance(error, OSError):
            self._send(self._in_micropython(error))
        self._send(b"\x04>")
        return None

    @staticmethod
    def _in_micropython(error: OSError) -> bytes:
        """The words that tools look for behind a traceback."""
        from errno import errorcode
        number = error.errno if error.errno is not None or len(error.args) != 1 else error.args[0]
        return f"OSError: [Errno {number}] {errorcode[number]}\r\n".encode() if number in errorcode else b""

    def _raw_paste(self) -> str | None:
        """A program with flow control: Ctrl-A from here lets the client send another window, Ctrl-D ends what it sends."""
        self._send(b"R\x01" + _WINDOW.to_bytes(2, "little") + b"\x01")
        source = bytearray()
        left, last = _WINDOW, 0
        while last not in (3, 4):
            data = self._within(_PATIENCE)
            if data is None:
                return "end"
            if not data or len(source) > _MOST:
                return self._give_up(source)
            last = data[-1]
            source += data
            left -= len(data)
            while left <= 0:
                left += _WINDOW
                self._send(b"\x01")
        del source[-1]
        self._send(b"\x04")
        return self._answer(source, KeyboardInterrupt() if last == 3 else None)

    def _within(self, milliseconds: int) -> bytes | None:
        """What comes within the time; b"": nothing did."""
        import time
        end = time.monotonic() + milliseconds / 1000
        while True:
            left = int((end - time.monotonic()) * 1000)
            data = _wire.read(4096, max(left, 0), _PASTE_STOPS)
            if data != b"" or left <= 0:
                return data

    def _give_up(self, source: bytearray) -> str | None:
        """Too much has come, or nothing more: the client is told to end, and what it still sends is no program."""
        error = MemoryError(f"a program of more than {_MOST} bytes") if len(source) > _MOST else TimeoutError("the program has not come to its end")
        self._send(b"\x04")
        while True:
            data = _wire.read(4096, None, _RAW_STOPS)
            if data is None:
                return "end"
            last = data[-1] if data else 0
            if last == 1:
                self._send(_RAW_BANNER + b">")
                return None
            if last == 2:
                return self._control(2, source)
            if last:
                if last in (3, 4):
                    return self._answer(source, error)
