"""Compiles what is typed at a prompt, and tells what is wrong from what only goes on."""

import __future__
import warnings

__all__ = ["compile_command", "Compile", "CommandCompiler"]
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ONLY_AST = 0x400
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
_features = [getattr(__future__, name) for name in __future__.all_feature_names]


def _maybe_compile(compiler, source, filename, symbol):
    """The code; None: more lines are needed; SyntaxError if no lines could help."""
    for line in source.split("\n"):
        if line.strip() and line.strip()[0] != "#":
            break # there is something
    else:
        if symbol != "eval":
            source = "pass"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        try:
            compiler(source, filename, symbol, flags=PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT)
        except SyntaxError: # would another line end help?
            try:
                compiler(source + "\n", filename, symbol, flags=PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT)
                return None
            except _IncompleteInputError:
                return None
            except SyntaxError:
                pass # the real compilation below says what is wrong
    return compiler(source, filename, symbol)


def _compile(source, filename, symbol, flags=0):
    return compile(source, filename, symbol, flags | PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT if flags else PyCF_DONT_IMPLY_DEDENT)


def compile_command(source, filename="<input>", symbol="single"):
    """The code of what was typed; None: it is not complete; SyntaxError, ValueError or OverflowError if it is wrong."""
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """As compile(), but a `from __future__ import` that was compiled stays in force for what comes."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

    def __call__(self, source, filename, symbol, flags=0, **kwargs):
        flags |= self.flags
        if kwargs.get("incomplete_input", True) is False:
            flags &= ~PyCF_DONT_IMPLY_DEDENT & ~PyCF_ALLOW_INCOMPLETE_INPUT
        code = compile(source, filename, symbol, flags, True)
        if flags & PyCF_ONLY_AST:
            return code
        for feature in _features:
            if code.co_flags & feature.compiler_flag:
                self.flags |= feature.compiler_flag
        return code


class CommandCompiler:
    """As compile_command, with the memory of Compile."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe_compile(self.compiler, source, filename, symbol)
