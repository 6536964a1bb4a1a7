"""Prompts for programs: an interpreter that runs what it is given piece by piece, and a console around it."""

import builtins
import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveInterpreter", "InteractiveConsole", "interact", "compile_command"]


class InteractiveInterpreter:
    """Runs pieces of source with names of its own (locals); what goes wrong is written as at a prompt."""

    def __init__(self, locals=None):
        self.locals = {"__name__": "__console__", "__doc__": None} if locals is None else locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename="<input>", symbol="single"):
        """Compile and run; True: the source is not complete, and has not run."""
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename, source=source)
            return False
        if code is None:
            return True
        self.runcode(code)
        return False

    def runcode(self, code):
        """Run a code object; exceptions but SystemExit are shown."""
        try:
            exec(code, self.locals)
        except SystemExit:
            raise
        except:
            self.showtraceback()

    def showsyntaxerror(self, filename=None, **kwargs):
        """Show the SyntaxError that is being handled, as one of this file."""
        try:
            kind, value, _ = sys.exc_info()
            if filename and issubclass(kind, SyntaxError):
                value.filename = filename
            self._show(kind, value, None, kwargs.pop("source", ""))
        finally:
            kind = value = None

    def showtraceback(self):
        """Show the exception that is being handled, without this frame."""
        try:
            kind, value, tb = sys.exc_info()
            self._show(kind, value, tb.tb_next, "")
        finally:
            kind = value = tb = None

    def _show(self, kind, value, tb, source):
        value = value.with_traceback(tb)
        lines = source.splitlines()
        if source and kind is SyntaxError and not value.text and value.lineno is not None and len(lines) >= value.lineno:
            value.text = lines[value.lineno - 1]
        sys.last_exc = sys.last_value = value
        sys.last_type, sys.last_traceback = kind, tb
        if sys.excepthook is sys.__excepthook__:
            self.write("".join(traceback.format_exception(kind, value, tb)))
            return
        try:
            sys.excepthook(kind, value, tb)
        except SystemExit:
            raise
        except BaseException as error:
            error.__context__ = None
            error = error.with_traceback(error.__traceback__.tb_next)
            print("Error in sys.excepthook:", file=sys.stderr)
            sys.__excepthook__(type(error), error, error.__traceback__)
            print(file=sys.stderr)
            print("Original exception was:", file=sys.stderr)
            sys.__excepthook__(kind, value, tb)

    def write(self, data):
        """Where messages go: sys.stderr."""
        sys.stderr.write(data)


class Quitter:
    def __init__(self, name):
        import os
        self.name = name
        self.eof = "Ctrl-Z plus Return" if os.sep == "\\" else "Ctrl-D (i.e. EOF)"

    def __repr__(self):
        return f"Use {self.name} or {self.eof} to exit"

    def __call__(self, code=None):
        raise SystemExit(code)


class InteractiveConsole(InteractiveInterpreter):
    """A prompt: interact() reads lines, and runs what they make up."""

    def __init__(self, locals=None, filename="<console>", *, local_exit=False):
        InteractiveInterpreter.__init__(self, locals)
        self.filename, self.local_exit = filename, local_exit
        self.resetbuffer()

    def resetbuffer(self):
        """Forget lines that wait for more."""
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        """Read and run until the input ends."""
        missing = object()
        prompts = {name: getattr(sys, name, missing) for name in ("ps1", "ps2")}
        sys.ps1, sys.ps2 = (value if value is not missing else default for value, default in zip(prompts.values(), (">>> ", "... ")))
        if banner is None:
            self.write(f"Python {sys.version} on {sys.platform}\n"
                       f'Type "help", "copyright", "credits" or "license" for more information.\n({type(self).__name__})\n')
        elif banner:
            self.write(f"{banner}\n")
        quitters = {}
        if self.local_exit:
            for name in ("exit", "quit"):
                quitters[name] = getattr(builtins, name, missing)
                setattr(builtins, name, Quitter(name))
        try:
            self._loop()
            if exitmsg is None:
                self.write(f"now exiting {type(self).__name__}...\n")
            elif exitmsg != "":
                self.write(f"{exitmsg}\n")
        finally:
            for place, saved in ((builtins, quitters), (sys, prompts)):
                for name, value in saved.items():
                    if value is missing:
                        delattr(place, name)
                    else:
                        setattr(place, name, value)

    def _loop(self):
        more = False
        while True:
            try:
                try:
                    line = self.raw_input(sys.ps2 if more else sys.ps1)
                except EOFError:
                    self.write("\n")
                    return
                more = self.push(line)
            except KeyboardInterrupt:
                self.write("\nKeyboardInterrupt\n")
                self.resetbuffer()
                more = False
            except SystemExit as error:
                if not self.local_exit:
                    raise
                self.write("\n")
                return

    def push(self, line, filename=None, _symbol="single"):
        """Add a line, and run what there is if it is complete; True: it is not."""
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename if filename is None else filename, symbol=_symbol)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        """Read a line; EOFError at the end of the input."""
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None, local_exit=False):
    """A console; readfunc(prompt) reads its lines."""
    console = InteractiveConsole(local, local_exit=local_exit)
    if readfunc is not None:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)


if __name__ == "__main__":
    interact("" if "-q" in sys.argv[1:] else None)
