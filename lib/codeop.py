"""Compiles what is typed at a prompt, and tells what is wrong from what only goes on."""

import __future__
import warnings

__all__ = ["compile_command", "Compile", "CommandCompiler"]
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ONLY_AST = 0x400
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
_PART = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT # what was typed may be the beginning of more
_features = [getattr(__future__, name) for name in __future__.all_feature_names]


def _maybe_compile(compiler, source, filename, symbol):
    """The code; None: more lines are needed; SyntaxError if no lines could help."""
    if symbol != "eval" and all(not line or line.isspace() or line.lstrip().startswith("#") for line in source.split("\n")):
        source = "pass" # there is nothing
    if _is_unfinished(compiler, source, filename, symbol):
        return None
    return compiler(source, filename, symbol) # which says what is wrong


def _is_unfinished(compiler, source, filename, symbol):
    """Whether it does not compile, and would with another line end, or with what may come after that."""
    with warnings.catch_warnings():
        for category in SyntaxWarning, DeprecationWarning:
            warnings.simplefilter("ignore", category)
        try:
            compiler(source, filename, symbol, flags=_PART)
            return False
        except SyntaxError:
            pass
        try:
            compiler(source + "\n", filename, symbol, flags=_PART)
        except SyntaxError as error:
            return isinstance(error, _IncompleteInputError)
        return True


def _compile(source, filename, symbol, flags=0):
    return compile(source, filename, symbol, flags | _PART if flags else PyCF_DONT_IMPLY_DEDENT)


def compile_command(source, filename="<input>", symbol="single"):
    """The code of what was typed; None: it is not complete; SyntaxError, ValueError or OverflowError if it is wrong."""
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """As compile(), but a `from __future__ import` that was compiled stays in force for what comes."""

    def __init__(self):
        self.flags = _PART

    def __call__(self, source, filename, symbol, flags=0, **kwargs):
        flags |= self.flags
        if kwargs.get("incomplete_input") is False:
            flags &= ~_PART
        code = compile(source, filename, symbol, flags, True)
        if flags & PyCF_ONLY_AST:
            return code
        for feature in _features:
            self.flags |= code.co_flags & feature.compiler_flag
        return code


class CommandCompiler:
    """As compile_command, with the memory of Compile."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe_compile(self.compiler, source, filename, symbol)
