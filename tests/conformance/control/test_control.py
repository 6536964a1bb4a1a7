"""Tests whose outcomes are known: the harness has to see each of them as it is, before its figures mean anything."""

import unittest


class Passes(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(1 + 1, 2)

    def test_raises(self):
        with self.assertRaises(ZeroDivisionError):
            1 // 0

    def test_subtests(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertLess(i, 3)


class Fails(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(1, 2)

    def test_not_equal(self):
        self.assertNotEqual(1, 1)

    def test_true(self):
        self.assertTrue(0)

    def test_false(self):
        self.assertFalse(1)

    def test_is(self):
        self.assertIs([], [])

    def test_in(self):
        self.assertIn(1, [])

    def test_almost(self):
        self.assertAlmostEqual(1.0, 1.1)

    def test_list(self):
        self.assertEqual([1], [2])

    def test_text(self):
        self.assertEqual("a", "b")

    def test_dict(self):
        self.assertEqual({1: 2}, {1: 3})

    def test_set(self):
        self.assertEqual({1}, {2})

    def test_count(self):
        self.assertCountEqual([1, 1], [1])

    def test_instance(self):
        self.assertIsInstance(1, str)

    def test_regex(self):
        self.assertRegex("a", "b")

    def test_raises_nothing(self):
        with self.assertRaises(ValueError):
            pass

    def test_raises_other(self):
        with self.assertRaises(ValueError):
            raise KeyError

    def test_raises_call(self):
        self.assertRaises(ValueError, int, "1")

    def test_raises_regex(self):
        with self.assertRaisesRegex(ValueError, "other"):
            raise ValueError("this")

    def test_warns(self):
        with self.assertWarns(UserWarning):
            pass

    def test_subtests(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertEqual(i, 1)

    def test_raises_error(self):
        raise KeyError("not caught")

    def test_exit(self):
        raise RuntimeError

    @unittest.expectedFailure
    def test_unexpected(self):
        pass


class FailsAround(unittest.TestCase):
    def setUp(self):
        if "setup" in self._testMethodName:
            raise ValueError

    def tearDown(self):
        if "teardown" in self._testMethodName:
            raise ValueError

    def test_setup(self):
        pass

    def test_teardown(self):
        pass

    def test_cleanup(self):
        self.addCleanup(int, "x")


class FailsClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError

    def test_never(self):
        pass


class Skips(unittest.TestCase):
    @unittest.skip("a reason")
    def test_decorator(self):
        pass

    def test_inside(self):
        self.skipTest("a reason")


class SkipsClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("a reason")

    def test_never(self):
        pass
