"""Consoles and scripts of operators. A console is a prompt in a thread of its own, a script one run of a file; both may await what the node's loop does."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import deque

import web
from _prompt import Prompt
from _prompt.screen import Screen

from ._auth import write_whole
from ._execute import Streams, Worker
from ._terminal import Terminal

_CONSOLES = 4  # at once
_SCRIPT = 1 << 18  # bytes of a script
_KEPT = 200  # lines that scripts have said while no console was open
_LINE = 1000  # characters of a line
_BANNER = "Python {}.{} of the node itself: {}.\nCtrl-C interrupts, Ctrl-D begins anew; await works.\n"


class Console:
    """One prompt."""

    def __init__(self, names: dict[str, object]) -> None:
        self.terminal = Terminal(self.interrupt)
        self._names = names
        self._worker = Worker(asyncio.get_running_loop(), self.terminal, "__console__", names)

    @property
    def alive(self) -> bool:
        """Does its thread run?"""
        return self._worker.alive

    def interrupt(self) -> None:
        """As Ctrl-C."""
        self._worker.interrupt()

    def start(self) -> None:
        """Begin."""
        self._worker.start(self._main)

    def _main(self) -> None:
        self.terminal.say(_BANNER.format(*sys.version_info[:2], ", ".join(sorted(self._names))))
        while not self.terminal.ended:
            try:
                self._prompts()
            except KeyboardInterrupt:  # that came between prompts
                self.terminal.say("\nKeyboardInterrupt\n")

    def _prompts(self) -> None:
        """Until Ctrl-D, which forgets all names but those of the beginning."""
        names = self._worker.module.__dict__
        prompt = Prompt(self.terminal, Screen, True, None, self._worker.module)
        while not self.terminal.ended:
            try:
                text = prompt.read(">>> ", "... ")
            except KeyboardInterrupt:
                self.terminal.say("KeyboardInterrupt\n")
                continue
            if text is None:
                names.clear()
                names.update(self._names, __name__="__console__")
                self.terminal.say("Names are as they were at the beginning.\n")
                return
            if text.strip():
                self._run(text.rstrip(" \t") + "\n")  # an indentation alone is an empty line

    def _run(self, text: str) -> None:
        try:
            self._worker.execute(text, "<console>", _mode_of(text))
        except SystemExit as error:
            self.terminal.say(f"SystemExit: {error.code!r:.200}. The node goes on; close the page's tab to leave.\n")


def _mode_of(text: str) -> str:
    """single, which shows values; exec where several statements were pasted."""
    try:
        compile(text, "<console>", "single", 0x2000, True)
    except SyntaxError as error:
        if "multiple statements" in str(error.msg):
            return "exec"
    except (ValueError, OverflowError, RecursionError, MemoryError):
        pass
    return "single"


class _ScriptOutput:
    """What a script says: whole lines, to all consoles."""

    def __init__(self, consoles: Consoles, name: str) -> None:
        self._consoles, self._name, self._begun = consoles, name, ""

    def say(self, text: str) -> None:
        *lines, self._begun = (self._begun + text).split("\n")
        if len(self._begun) > _LINE:
            lines.append(self._begun)
            self._begun = ""
        if lines:
            self._consoles.tell("".join(f"{self._name}: {line[:_LINE]}\n" for line in lines))

    def line(self) -> str:
        """Nobody types for a script."""
        return ""

    def finish(self) -> None:
        """What was begun is a line."""
        if self._begun:
            self.say("\n")


class Script:
    """One run of a script."""

    def __init__(self, consoles: Consoles, name: str, path: str, names: dict[str, object]) -> None:
        self._path = path
        self._output = _ScriptOutput(consoles, name)
        self._worker = Worker(asyncio.get_running_loop(), self._output, "__main__", {**names, "__file__": path})

    @property
    def alive(self) -> bool:
        """Does it run?"""
        return self._worker.alive

    def start(self, source: str) -> None:
        """Begin."""
        self._worker.start(lambda: self._main(source))

    def stop(self) -> None:
        """KeyboardInterrupt in it."""
        self._worker.interrupt()

    def _main(self, source: str) -> None:
        end = "has failed"
        try:
            if self._worker.execute(source, self._path, "exec"):
                end = "has ended"
        except SystemExit as error:
            end = f"has ended with {error.code!r:.200}"
        except KeyboardInterrupt:
            end = "was stopped"
        self._output.finish()
        self._output.say(f"{end}\n")


class Consoles:
    """The consoles and scripts of a dashboard. names: what they begin with."""

    def __init__(self, names: dict[str, object]) -> None:
        self._names = names
        self._consoles: set[Console] = set()
        self._scripts: dict[str, Script] = {}
        self._said: deque[str] = deque(maxlen=_KEPT)
        self._streams = Streams()

    def close(self) -> None:
        """Interrupt all that runs."""
        self._streams.end()
        for script in self._scripts.values():
            script.stop()
        for console in self._consoles:
            console.terminal.end()
            console.interrupt()

    # ---- Consoles ----

    async def serve(self, socket: web.WebSocket) -> None:
        """Serve a console until its page is closed."""
        self._consoles = {console for console in self._consoles if console.alive}
        if len(self._consoles) >= _CONSOLES:
            await socket.close(1013, f"{_CONSOLES} consoles are open, or run something that does not end")
            return
        self._streams.begin()
        console = Console(self._names)
        self._consoles.add(console)
        for text in self._said:
            console.terminal.offer(text)
        self._said.clear()
        console.start()
        sender = asyncio.create_task(self._send(console, socket))
        try:
            async for message in socket:
                await _take(console.terminal, message)
        finally:
            sender.cancel()
            console.terminal.end()
            console.interrupt()

    async def _send(self, console: Console, socket: web.WebSocket) -> None:
        try:
            await console.terminal.send(socket)
        except ConnectionError:
            pass

    def tell(self, text: str) -> None:
        """Lines of a script; from its thread."""
        open_ones = [console for console in list(self._consoles) if not console.terminal.ended]
        for console in open_ones:
            console.terminal.between(text)
        if not open_ones:
            self._said.append(text)

    # ---- Scripts ----

    def read(self, path: str) -> str:
        """A script's text; "" where there is none yet. Error 500: it cannot be read."""
        try:
            with open(path, encoding="utf-8") as file:
                return file.read(_SCRIPT)
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise web.Error(500, f"the script cannot be read: {error}") from None

    def write(self, path: str, text: str) -> None:
        """Write a script. Error 413, 500."""
        if len(text.encode()) > _SCRIPT:
            raise web.Error(413, f"a script has at most {_SCRIPT} bytes")
        try:
            mode = os.stat(path).st_mode & 0o777
        except OSError:
            mode = 0o600
        try:
            write_whole(path, text, mode)
        except OSError as error:
            raise web.Error(500, f"the script cannot be written: {error}") from None

    def run(self, name: str, path: str) -> None:
        """Run a script. Error 409: it runs already."""
        running = self._scripts.get(name)
        if running is not None and running.alive:
            raise web.Error(409, f"{name} runs already")
        self._streams.begin()
        self._scripts[name] = script = Script(self, name, path, self._names)
        script.start(self.read(path))

    def stop(self, name: str) -> None:
        """Stop a script, if it runs."""
        script = self._scripts.get(name)
        if script is not None:
            script.stop()


async def _take(terminal: Terminal, message: str | bytes) -> None:
    """What a page sends: keys, or "\\0" and the size of its terminal as JSON."""
    if not isinstance(message, str):
        return
    if not message.startswith("\0"):
        await terminal.feed(message)
        return
    try:
        size = json.loads(message[1:])
        terminal.resize(size["cols"], size["rows"])
    except (KeyError, TypeError, ValueError, RecursionError):
        pass
