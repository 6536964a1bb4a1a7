"""A module that does not come to an end: its tests have failed."""

import unittest


class Hangs(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        while True:
            pass
