"""The lines of several files, one after the other: for line in fileinput.input(): ..."""

import io
import os
import sys
from types import GenericAlias

__all__ = ["input", "close", "nextfile", "filename", "lineno", "filelineno", "fileno", "isfirstline", "isstdin", "FileInput", "hook_compressed",
           "hook_encoded"]

_state = None  # the FileInput that the functions of the module ask


def input(files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
    """The FileInput that the functions of the module ask from now on; RuntimeError: there is one that has not come to its end."""
    global _state
    if _state and _state._file:
        raise RuntimeError("input() already active")
    _state = FileInput(files, inplace, backup, mode=mode, openhook=openhook, encoding=encoding, errors=errors)
    return _state


def close():
    """End the reading."""
    global _state
    state, _state = _state, None
    if state:
        state.close()


def _active():
    if not _state:
        raise RuntimeError("no active input()")
    return _state


def nextfile():
    """Leave out the rest of this file."""
    return _active().nextfile()


def filename():
    """The name of the file that is read; None before the first line."""
    return _active().filename()


def lineno():
    """How many lines have been read, of all files."""
    return _active().lineno()


def filelineno():
    """How many lines have been read of this file."""
    return _active().filelineno()


def fileno():
    """The descriptor of the file that is read, or -1."""
    return _active().fileno()


def isfirstline():
    """Was the last line the first one of its file?"""
    return _active().isfirstline()


def isstdin():
    """Did the last line come from sys.stdin?"""
    return _active().isstdin()


class FileInput:
    """The lines of files (names; "-" is sys.stdin; None: those of the command line, or sys.stdin).

    inplace: what is printed meanwhile replaces the file, whose old contents stay in one with the suffix `backup` if that is given.
    openhook(name, mode): opens the files; it also gets encoding and errors where those are given."""

    _filename = _file = _output = _savestdout = _backupfilename = None
    _startlineno = _filelineno = 0
    _isstdin, _backup = False, ""

    def __init__(self, files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
        if isinstance(files, str):
            files = (files,)
        elif isinstance(files, os.PathLike):
            files = (os.fspath(files),)
        else:
            files = tuple(sys.argv[1:] if files is None else files) or ("-",)
        if mode not in ("r", "rb"):
            raise ValueError("FileInput opening mode must be 'r' or 'rb'")
        if inplace and openhook:
            raise ValueError("FileInput cannot use an opening hook in inplace mode")
        if openhook and not callable(openhook):
            raise ValueError("FileInput openhook must be callable")
        if encoding is None and "b" not in mode and sys.flags.warn_default_encoding:
            import warnings
            warnings.warn("'encoding' argument not specified.", EncodingWarning, 2)
        self._files, self._inplace, self._backup, self._mode, self._openhook = files, inplace, backup, mode, openhook
        self._encoding, self._errors = encoding, errors

    def __del__(self):
        self.close()

    def close(self):
        """End the reading."""
        try:
            self.nextfile()
        finally:
            self._files = ()

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self):
        """The next line of the files; empty at their end."""
        while True:
            if self._file is None:
                if not self._files:
                    return b"" if "b" in self._mode else ""
                self._open_next()
            line = self._file.readline()
            if line:
                self._filelineno += 1
                return line
            self.nextfile()

    def nextfile(self):
        """Leave out the rest of this file."""
        stdout, self._savestdout = self._savestdout, None
        if stdout:
            sys.stdout = stdout
        file, output, old = self._file, self._output, self._backupfilename
        self._file = self._output = self._backupfilename = None
        try:
            if output:
                output.close()
        finally:
            try:
                if file and not self._isstdin:
                    file.close()
            finally:
                if old and not self._backup:
                    try:
                        os.unlink(old)
                    except OSError:
                        pass
                self._isstdin = False

    def _open_next(self):
        self._startlineno += self._filelineno
        self._filelineno = 0
        self._filename, self._files = self._files[0], self._files[1:]
        binary = "b" in self._mode
        if self._filename == "-":
            self._filename, self._isstdin = "<stdin>", True
            self._file = getattr(sys.stdin, "buffer", sys.stdin) if binary else sys.stdin
        elif self._inplace:
            self._open_in_place()
        elif self._openhook:
            extra = {} if self._encoding is None and self._errors is None else {"encoding": self._encoding, "errors": self._errors}
            self._file = self._openhook(self._filename, self._mode, **extra)
        else:
            self._file = open(self._filename, self._mode, encoding=self._text_encoding(), errors=self._errors)

    def _text_encoding(self):
        return None if "b" in self._mode else self._encoding or "locale"

    def _open_in_place(self):
        name = os.fspath(self._filename)
        self._backupfilename = old = name + (self._backup or ".bak")
        try:
            os.unlink(old)
        except OSError:
            pass
        os.rename(name, old)
        self._file = open(old, self._mode, encoding=self._text_encoding(), errors=self._errors)
        output_mode = self._mode.replace("r", "w")
        try:
            mode = os.fstat(self._file.fileno()).st_mode
        except OSError:
            self._output = open(name, output_mode, encoding=self._text_encoding(), errors=self._errors)
        else:
            fd = os.open(name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
            self._output = os.fdopen(fd, output_mode, encoding=self._text_encoding(), errors=self._errors)
            try:
                os.chmod(name, mode)
            except OSError:
                pass
        self._savestdout, sys.stdout = sys.stdout, self._output

    def filename(self):
        """The name of the file that is read; None before the first line."""
        return self._filename

    def lineno(self):
        """How many lines have been read, of all files."""
        return self._startlineno + self._filelineno

    def filelineno(self):
        """How many lines have been read of this file."""
        return self._filelineno

    def fileno(self):
        """The descriptor of the file that is read, or -1."""
        if self._file:
            try:
                return self._file.fileno()
            except ValueError:
                pass
        return -1

    def isfirstline(self):
        """Was the last line the first one of its file?"""
        return self._filelineno == 1

    def isstdin(self):
        """Did the last line come from sys.stdin?"""
        return self._isstdin

    __class_getitem__ = classmethod(GenericAlias)


def hook_compressed(filename, mode, *, encoding=None, errors=None):
    """An openhook that reads .gz and .bz2 files decompressed."""
    if encoding is None and "b" not in mode:
        encoding = "locale"
    ext = os.path.splitext(filename)[1]
    if ext == ".gz":
        import gzip
        stream = gzip.open(filename, mode)
    elif ext == ".bz2":
        import bz2
        stream = bz2.BZ2File(filename, mode)
    else:
        return open(filename, mode, encoding=encoding, errors=errors)
    return stream if "b" in mode else io.TextIOWrapper(stream, encoding=encoding, errors=errors)


def hook_encoded(encoding, errors=None):
    """An openhook that reads files in that encoding."""
    def openhook(filename, mode):
        return open(filename, mode, encoding=encoding, errors=errors)
    return openhook


def _main():
    import getopt
    inplace, backup = False, ""
    options, names = getopt.getopt(sys.argv[1:], "ib:")
    for option, value in options:
        if option == "-i":
            inplace = True
        else:
            backup = value
    for line in input(names, inplace, backup, encoding="locale"):
        print(f"{lineno()}: {filename()}[{filelineno()}{'*' if isfirstline() else ''}] {line.rstrip(chr(10)).rstrip(chr(13))}")


if __name__ == "__main__":
    _main()
