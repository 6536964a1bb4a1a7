"""getpass(): asks for a password, which is not shown; getuser(): who runs the program."""

import os
import sys

__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    """What is typed will be seen."""


def _ask(prompt, stream, source):
    if stream is not None and prompt:
        stream.write(prompt)
        stream.flush()
    line = source.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def _shown(prompt, stream):
    import warnings
    warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=3)
    stream = stream or sys.stderr
    print("Warning: Password input may be echoed.", file=stream)
    return _ask(prompt, stream, sys.stdin)


def getpass(prompt="Password: ", stream=None):
    """What is typed at the terminal, without showing it; stream: where the prompt goes if there is no terminal of its own."""
    try:
        import termios
    except ImportError:
        return _shown(prompt, stream)
    try:
        tty = open("/dev/tty", "r+", buffering=1)
    except (OSError, ValueError):
        tty = None
    source = tty or sys.stdin
    try:
        fd = source.fileno()
        before = termios.tcgetattr(fd)
    except (AttributeError, ValueError, OSError, termios.error):
        return _shown(prompt, stream)
    out = stream or tty or sys.stderr
    hidden = before[:]
    hidden[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(fd, termios.TCSAFLUSH, hidden)
        try:
            return _ask(prompt, out, source)
        finally:
            termios.tcsetattr(fd, termios.TCSAFLUSH, before)
            out.write("\n")
            out.flush()
    finally:
        if tty is not None:
            tty.close()


def getuser():
    """The name of who runs the program: of the environment, or the system's. OSError: there is none."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        user = os.environ.get(name)
        if user:
            return user
    try:
        import pwd
        return pwd.getpwuid(os.getuid())[0]
    except (ImportError, AttributeError, KeyError) as e:
        raise OSError("No username set in the environment") from e
