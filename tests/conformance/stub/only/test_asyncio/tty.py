"""While there is no tty: tests that set a terminal's modes are skipped."""

import unittest


def setraw(fd, when=None):
    """Skips the test."""
    raise unittest.SkipTest("needs tty.setraw")
