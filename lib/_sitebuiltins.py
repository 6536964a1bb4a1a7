"""What `site` adds to the builtins: exit, quit, help, copyright, credits and license."""
import sys


class Quitter:
    """Ends the program when called: SystemExit with the given code."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Use {self.name}() or Ctrl-D (i.e. EOF) to exit"

    def __call__(self, code: object = None) -> None:
        raise SystemExit(code)


class _Printer:
    """Shows a text when it is printed or called."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text

    def __repr__(self) -> str:
        return self._text

    def __call__(self) -> None:
        print(self._text)


class _Helper:
    """Shows what an object is: help(object), or help("name") for a module, a builtin name or a keyword."""

    def __repr__(self) -> str:
        return "Type help() for interactive help, or help(object) for help about object."

    def __call__(self, *args: object, **kwds: object) -> None:
        from pydoc import help
        help(*args, **kwds)


exit = Quitter("exit")
quit = Quitter("quit")
copyright = _Printer("copyright", "Copyright (c) the developers of Krait. MIT licence.")
credits = _Printer("credits", "Krait is Python 3 for the Internet of Things.")
license = _Printer("license", "MIT: see the file LICENSE of the source.")
help = _Helper()
