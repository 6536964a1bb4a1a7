"""A module that ends the process, with success: its tests have failed, those that ran as well."""

import os
import unittest


class Ends(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        os._exit(0)
