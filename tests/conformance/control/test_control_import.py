"""A module that cannot be imported: its tests have failed."""

import unittest

import no_such_module


class Never(unittest.TestCase):
    def test_never(self):
        pass
