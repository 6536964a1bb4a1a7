"""Terminals that give keys as they are typed: setraw(), setcbreak()."""

from termios import *

__all__ = ["cfmakeraw", "cfmakecbreak", "setraw", "setcbreak"]

IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)  # places in what tcgetattr() gives


def _wait_for_one(mode):
    """read() returns with the first byte, whenever it comes."""
    mode[CC] = list(mode[CC])
    mode[CC][VMIN], mode[CC][VTIME] = 1, 0


def cfmakeraw(mode):
    """Change a list of tcgetattr(): bytes pass as they are, in both directions."""
    mode[IFLAG] &= ~(IGNBRK | BRKINT | IGNPAR | PARMRK | INPCK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXANY | IXOFF)
    mode[OFLAG] &= ~OPOST
    mode[CFLAG] = mode[CFLAG] & ~(CSIZE | PARENB) | CS8
    mode[LFLAG] &= ~(ECHO | ECHOE | ECHOK | ECHONL | ICANON | IEXTEN | ISIG | NOFLSH | TOSTOP)
    _wait_for_one(mode)


def cfmakecbreak(mode):
    """Change a list of tcgetattr(): keys come as they are typed, without echo; Ctrl-C still interrupts."""
    mode[LFLAG] &= ~(ECHO | ICANON)
    _wait_for_one(mode)


def _set(fd, when, change):
    before = tcgetattr(fd)
    mode = list(before)
    change(mode)
    tcsetattr(fd, when, mode)
    return before


def setraw(fd, when=TCSAFLUSH):
    """cfmakeraw() of a terminal; returns what tcgetattr() gave before."""
    return _set(fd, when, cfmakeraw)


def setcbreak(fd, when=TCSAFLUSH):
    """cfmakecbreak() of a terminal; returns what tcgetattr() gave before."""
    return _set(fd, when, cfmakecbreak)
