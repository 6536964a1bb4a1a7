"""The package test: Krait's own test.support, and beside it CPython's modules of tests, where they are installed."""

import os

__path__.append(os.environ["CONFORMANCE_SUITE"])
