"""Compiling Python files to code files, which Krait runs without their source: `krait -m py_compile FILE.py ...`"""

import sys

import _krait

__all__ = ["PyCompileError", "compile", "main"]


class PyCompileError(Exception):
    """A file that cannot be compiled.

    exc_type_name: name of the exception's class; exc_value: the exception; file: the file's name; msg: the text to show.
    """

    def __init__(self, exc_type, exc_value, file, msg=""):
        self.exc_type_name = exc_type.__name__
        self.exc_value = exc_value
        self.file = file
        self.msg = msg or f"Sorry: {self.exc_type_name}: {exc_value}"
        super().__init__(self.msg, self.exc_type_name, exc_value, file)

    def __str__(self):
        return self.msg


def compile(file: str, cfile: str | None = None, dfile: str | None = None, doraise: bool = False, optimize: int = -1,
            lines: bool = True) -> str | None:
    """Compile a file; return the name of the code file, or None if it could not be compiled and was reported.

    cfile: the code file to write, FILE.krc beside FILE.py by default. dfile: the name that tracebacks show. doraise: raise
    PyCompileError instead of reporting it. optimize: as compile(). lines: with line tables.
    """
    import builtins
    if cfile is None:
        cfile = (file[:-3] if file.endswith(".py") else file) + ".krc"
    with open(file, "rb") as f:
        source = f.read()
    try:
        code = builtins.compile(source, dfile or file, "exec", dont_inherit=True, optimize=optimize)
    except Exception as exc:
        error = PyCompileError(type(exc), exc, dfile or file)
        if doraise:
            raise error from None
        sys.stderr.write(str(error) + "\n")
        return None
    with open(cfile, "wb") as f:
        f.write(_krait.code_save(code, lines))
    return cfile


def main() -> None:
    """The command: compile the files named as arguments. Exit status 1 if one of them could not be compiled."""
    failed = False
    for file in sys.argv[1:]:
        try:
            failed = compile(file) is None or failed
        except OSError as exc:
            sys.stderr.write(f"{exc}\n")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
