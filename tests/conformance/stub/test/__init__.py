"""The package test: CPython's own, where it is installed; nothing else of its library is to be found."""

import os

__path__[:] = [os.environ["CONFORMANCE_SUITE"]]
