"""Documentation of objects, as help() shows it: krait -m pydoc NAME ...

Documents are text; HTML is not here (HTMLDoc and what needs it raise NotImplementedError), nor is the language's reference by topics.
"""

import builtins
import inspect
import re
import sys

from _pydoc_text import (Doc, TextDoc, TextRepr, _PlainTextDoc, _getargspec, _getdoc, _getowndoc, _is_bound_method, allmethods, classify_class_attrs,
                         classname, cram, describe, getdoc, isdata, ispackage, parentname, plaintext, replace, sort_attributes, splitdoc, stripid,
                         text, visiblename)

__all__ = ["help"]


class ErrorDuringImport(Exception):
    """A module that is there could not be imported."""

    def __init__(self, filename, exc_info):
        if not isinstance(exc_info, tuple):
            exc_info = type(exc_info), exc_info, exc_info.__traceback__
        self.filename = filename
        self.exc, self.value, self.tb = exc_info

    def __str__(self):
        return f"problem in {self.filename} - {self.exc.__name__}: {self.value}"


# ---- Objects by name ----------------------------------------------------------------------------------------------------------------


def safeimport(path, forceload=0, cache={}):
    """The module of this name, None if there is none. ErrorDuringImport: there is one, and it fails."""
    if forceload and path in sys.modules and path not in sys.builtin_module_names:
        for name in [name for name in sys.modules if name == path or name.startswith(path + ".")]:
            cache[name] = sys.modules.pop(name)
    try:
        module = __import__(path)
    except BaseException as e:
        if path in sys.modules:
            raise ErrorDuringImport(sys.modules[path].__file__, e) from None
        if isinstance(e, SyntaxError):
            raise ErrorDuringImport(e.filename, e) from None
        if isinstance(e, ImportError) and e.name is not None and (path + ".").startswith(e.name + "."):
            return None
        raise ErrorDuringImport(path, e) from None
    for part in path.split(".")[1:]:
        module = getattr(module, part, None)
        if module is None:
            return None
    return module


def locate(path, forceload=0):
    """What a dotted name stands for: modules first, then builtins. None: nothing."""
    parts = [part for part in path.split(".") if part]
    module, known = None, 0
    while known < len(parts):
        found = safeimport(".".join(parts[:known + 1]), forceload)
        if found is None:
            break
        module, known = found, known + 1
    thing = builtins if module is None else module
    for part in parts[known:]:
        try:
            thing = getattr(thing, part)
        except AttributeError:
            return None
    return thing


def resolve(thing, forceload=0):
    """An object or its name: the object and its name. ImportError: there is none."""
    if isinstance(thing, str):
        found = locate(thing, forceload)
        if found is None:
            raise ImportError(f"No Python documentation found for {thing!r}.\nUse help() to get the interactive help utility.\n"
                              "Use help(str) for help on the str class.")
        return found, thing
    name = getattr(thing, "__name__", None)
    return thing, name if isinstance(name, str) else None


def ispath(x):
    """Is it text with a folder in it?"""
    import os
    return isinstance(x, str) and x.find(os.sep) >= 0


def importfile(path):
    """The module of a source file, or of a code file."""
    import importlib.util
    import os
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    try:
        if spec is None:
            raise ImportError(f"no loader for {path}", path=path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as e:
        raise ErrorDuringImport(path, e) from None
    return module


# ---- Documents ----------------------------------------------------------------------------------------------------------------------


class HTMLDoc(Doc):
    """Documents in HTML: not written."""

    def __init__(self):
        raise NotImplementedError("pydoc: documents in HTML")


def writedoc(thing, forceload=0):
    """A document in HTML, in a file: not written."""
    raise NotImplementedError("pydoc: documents in HTML")


def browse(port=0, *, open_browser=True, hostname="localhost"):
    """A server of documents in HTML: not written."""
    raise NotImplementedError("pydoc: documents in HTML")


def plain(text):
    """text with nothing struck twice."""
    return re.sub(".\b", "", text)


def render_doc(thing, title="Python Library Documentation: %s", forceload=0, renderer=None):
    """The text about an object or what has this name. ImportError: nothing has."""
    renderer = text if renderer is None else renderer
    object, name = resolve(thing, forceload)
    what, module = describe(object), inspect.getmodule(object)
    if name and "." in name:
        what += " in " + name[:name.rfind(".")]
    elif module and module is not object:
        what += " in module " + module.__name__
    if not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object) or inspect.isdatadescriptor(object) or _getdoc(object)):
        # an instance without words of its own: its class
        object = object.__origin__ if hasattr(object, "__origin__") else type(object)
        what += " object"
    return title % what + "\n\n" + renderer.document(object, name)


def doc(thing, title="Python Library Documentation: %s", forceload=0, output=None, is_cli=False):
    """Show the text about an object, in pages on a terminal, or write it to output."""
    if output is not None:
        output.write(render_doc(thing, title, forceload, plaintext))
        return
    try:
        pager(render_doc(thing, title, forceload), title % thing if isinstance(thing, str) else "")
    except ImportError as e:
        if is_cli:
            raise
        print(e)


# ---- Pages --------------------------------------------------------------------------------------------------------------------------


def getpager():
    """The function that shows text here: on a terminal, the program that PAGER names, or pages."""
    try:
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):
        terminal = False
    if not terminal:
        return plainpager
    import os
    command = os.environ.get("MANPAGER") or os.environ.get("PAGER")
    if command:
        return lambda text, title="": pipepager(plain(text), command, title)
    return ttypager if os.environ.get("TERM") not in ("dumb", "emacs") else plainpager


def pager(text, title=""):
    """Show text."""
    getpager()(text, title)


def plainpager(text, title=""):
    """Write text as it is."""
    sys.stdout.write(plain(text))


def pipepager(text, cmd, title=""):
    """Give text to a program."""
    import subprocess
    try:
        subprocess.run(cmd, shell=True, input=text.encode("utf-8", "backslashreplace"))
    except (OSError, KeyboardInterrupt):
        pass


def ttypager(text, title=""):
    """Show text a screen at a time; q ends it."""
    import shutil
    height = max(shutil.get_terminal_size().lines - 1, 5)
    lines = plain(text).split("\n")
    for i in range(0, len(lines), height):
        sys.stdout.write("\n".join(lines[i:i + height]) + "\n")
        if i + height < len(lines):
            try:
                answer = input("-- more (Return; q ends) --")
            except (EOFError, KeyboardInterrupt):
                return
            if answer.strip().lower() == "q":
                return


# ---- help() -------------------------------------------------------------------------------------------------------------------------

_GoInteractive = object()


class Helper:
    """What `help` is: help(object), help("name"), or help() for questions and answers."""

    def __init__(self, input=None, output=None):
        self._input, self._output = input, output

    input = property(lambda self: self._input or sys.stdin)
    output = property(lambda self: self._output or sys.stdout)

    def __repr__(self):
        if sys._getframe(1).f_code.co_name == "?":
            self()
        return f"<{self.__class__.__module__}.{self.__class__.__qualname__} instance>"

    def __call__(self, request=_GoInteractive):
        if request is not _GoInteractive:
            try:
                self.help(request)
            except ImportError as e:
                self.output.write(f"{e}\n")
            return
        self.intro()
        self.interact()
        self.output.write("\nYou are now leaving help and returning to the Python interpreter.\n")

    def intro(self):
        """Say how to ask."""
        self.output.write("\nType the name of any module, class, function or other object, as str.join; 'modules' lists modules,\n"
                          "'keywords' the words of the language; 'quit' or an empty line ends.\n\n")

    def getline(self, prompt):
        """A line of input."""
        if self.input is sys.stdin:
            return input(prompt)
        self.output.write(prompt)
        self.output.flush()
        return self.input.readline()

    def interact(self):
        """Questions and answers."""
        while True:
            try:
                request = self.getline("help> ").strip()
            except (KeyboardInterrupt, EOFError):
                return
            if not request or request.lower() in ("q", "quit", "exit"):
                return
            if len(request) > 2 and request[0] == request[-1] and request[0] in "'\"":
                request = request[1:-1]
            try:
                self.help(request)
            except ImportError as e:
                self.output.write(f"{e}\n")

    def help(self, request, is_cli=False):
        """Show what is known about an object or a name."""
        if isinstance(request, Helper):
            self()
            return
        if isinstance(request, str):
            request = request.strip()
            if request == "keywords":
                self.listkeywords()
            elif request == "modules":
                self.listmodules()
            elif request.startswith("modules "):
                self.listmodules(request.split()[1])
            elif request in ("True", "False", "None"):
                doc(getattr(builtins, request, {"True": True, "False": False}.get(request)), "Help on %s:", output=self._output)
            else:
                doc(request or str, "Help on %s:", output=self._output, is_cli=is_cli)
        else:
            doc(request, "Help on %s:", output=self._output, is_cli=is_cli)
        self.output.write("\n")

    def list(self, items, columns=4, width=80):
        """Write items in columns, top to bottom."""
        items = sorted(items)
        each = width // columns
        rows = -(-len(items) // columns)
        for row in range(rows):
            self.output.write("".join(item.ljust(each - 1) + " " for item in items[row::rows]).rstrip() + "\n")

    def listkeywords(self):
        """Write the language's keywords."""
        import keyword
        self.output.write("\nHere is a list of the Python keywords.\n\n")
        self.list(keyword.kwlist)

    def listmodules(self, key=""):
        """Write the modules that can be imported, or those whose name or summary has key in it."""
        if key:
            self.output.write(f"\nHere is a list of modules whose name or summary contains '{key}'.\n\n")
            apropos(key)
            return
        self.output.write("\nHere is a list of all available modules.\n\n")
        self.list(dict.fromkeys(name for name, _ in _modules() if "." not in name and not name.startswith("_")))


help = Helper()


def _modules():
    """Names of the modules that can be imported, and functions that give their summaries."""
    import pkgutil
    for name in sys.builtin_module_names:
        yield name, lambda name=name: splitdoc(getattr(safeimport(name), "__doc__", None) or "")[0]
    for finder, name, _ in pkgutil.walk_packages(onerror=lambda name: None):
        def summary(finder=finder, name=name):
            spec = finder.find_spec(name.rpartition(".")[2]) if hasattr(finder, "find_spec") else None
            source = spec.loader.get_source(spec.name) if spec is not None and hasattr(spec.loader, "get_source") else None
            import io
            return source_synopsis(io.StringIO(source)) or "" if source else ""
        yield name, summary


def source_synopsis(file):
    """The first line of the docstring of a source file; None if it has none."""
    import ast
    try:
        doc = ast.get_docstring(ast.parse(file.read()))
    except (SyntaxError, ValueError):
        return None
    return doc.strip().split("\n")[0].strip() if doc else None


def synopsis(filename, cache={}):
    """The first line of a module's docstring, from its file."""
    import os
    changed, line = cache.get(filename, (None, None))
    now = os.stat(filename).st_mtime
    if changed is None or changed < now:
        import tokenize
        try:
            with tokenize.open(filename) as file:
                line = source_synopsis(file)
        except (OSError, SyntaxError, UnicodeDecodeError):
            return None
        cache[filename] = now, line
    return line


def apropos(key):
    """Print the modules whose name or summary has key in it."""
    for name, summary in _modules():
        try:
            line = summary()
        except Exception:
            line = ""
        if key.lower() in name.lower() or key.lower() in line.lower():
            print(name + (" - " + line if line else ""))


def cli():
    """krait -m pydoc NAME ...: print about what has this name, or about a file. -k WORD: modules by summary."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["-k"] and len(arguments) == 2:
        apropos(arguments[1])
        return
    if not arguments or arguments[0].startswith("-"):
        print("usage: python -m pydoc NAME ...   about a module, a class, a function, a path to a file\n       python -m pydoc -k WORD")
        return
    import os
    for argument in arguments:
        try:
            help.help(importfile(argument) if ispath(argument) and os.path.exists(argument) else argument, is_cli=True)
        except (ImportError, ErrorDuringImport) as e:
            print(e)
            sys.exit(1)


if __name__ == "__main__":
    cli()
