"""Whether what is printed may have colours, and the codes of some: what tracebacks and tests ask."""

import os
import sys

COLORIZE = True


class ANSIColors:
    """Codes of a terminal."""

    BACKGROUND_YELLOW = "\x1b[43m"
    BOLD_GREEN = "\x1b[1;32m"
    BOLD_MAGENTA = "\x1b[1;35m"
    BOLD_RED = "\x1b[1;31m"
    BLACK = "\x1b[30m"
    GREEN = "\x1b[32m"
    GREY = "\x1b[90m"
    MAGENTA = "\x1b[35m"
    RED = "\x1b[31m"
    RESET = "\x1b[0m"
    YELLOW = "\x1b[33m"


NoColors = type("NoColors", (ANSIColors,), {name: "" for name in vars(ANSIColors) if name[0] != "_"})()


def get_colors(colorize=False):
    """Return the codes, empty ones unless colours may be used."""
    return ANSIColors() if colorize or can_colorize() else NoColors


def can_colorize():
    """Return whether stderr is a terminal with colours, as the environment (NO_COLOR, FORCE_COLOR, PYTHON_COLORS, TERM) says."""
    if not sys.flags.ignore_environment:
        wish = os.environ.get("PYTHON_COLORS")
        if wish in ("0", "1"):
            return wish == "1"
    if os.environ.get("NO_COLOR"):
        return False
    if not COLORIZE:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb" or not hasattr(sys.stderr, "fileno"):
        return False
    try:
        return os.isatty(sys.stderr.fileno())
    except OSError:
        return sys.stderr.isatty()
