# What assert methods say, and what runners write.
import unittest, io, sys
class T(unittest.TestCase):
    def runTest(self): pass
t = T(); n = 0
class Bad:
    def __repr__(self): raise ValueError
class NoLen:
    def __getitem__(self, i): return i
    def __repr__(self): return "NoLen()"
def f(*a): pass
cases = [
 lambda: t.assertEqual(1, 2), lambda: t.assertEqual(1, 2, "why"), lambda: t.assertEqual("a"*100, "a"*100+"b"), lambda: t.assertEqual("abc\ndef\n", "abc\ndeg"),
 lambda: t.assertEqual(b"x"*200, b"x"*100+b"y"*100), lambda: t.assertEqual("", "x"), lambda: t.assertEqual("x\n", ""), lambda: t.assertEqual("a\nb\nc", "a\nb\nd\n"),
 lambda: t.assertNotEqual(1, 1), lambda: t.assertTrue(0), lambda: t.assertFalse([1]), lambda: t.assertFalse(1, "m"), lambda: t.fail("f"), lambda: t.fail(),
 lambda: t.assertAlmostEqual(1, 1.1), lambda: t.assertAlmostEqual(1, 1.1, delta=0.01), lambda: t.assertAlmostEqual(1,2,places=3, delta=1), lambda: t.assertNotAlmostEqual(1, 1.00000001), lambda: t.assertNotAlmostEqual(1, 1), lambda: t.assertNotAlmostEqual(1, 1.1, delta=0.5), lambda: t.assertNotAlmostEqual(1,1,delta=0.5),
 lambda: t.assertSequenceEqual([1,2], (1,3)), lambda: t.assertSequenceEqual([1,2,3], (1,2)), lambda: t.assertSequenceEqual(5, (1,2)), lambda: t.assertSequenceEqual((1,2), NoLen()), lambda: t.assertSequenceEqual([1,2], (1,2)), lambda: t.assertSequenceEqual([1], (1,), seq_type=list), lambda: t.assertSequenceEqual({1:2},{1:3}),
 lambda: t.assertListEqual([1], (1,)), lambda: t.assertListEqual([1,2,[3]], [1,2,[4]], "m"), lambda: t.assertTupleEqual((), (1,)), lambda: t.assertEqual(list(range(60)), list(range(61))), lambda: t.assertEqual([list(range(30))]*20, [list(range(31))]*20),
 lambda: t.assertSetEqual({1,2},{2,3}), lambda: t.assertSetEqual(1,{2}), lambda: t.assertSetEqual({2}, 1), lambda: t.assertEqual(frozenset([1]), frozenset()), 
 lambda: t.assertDictEqual({1:2},{1:3}), lambda: t.assertDictEqual([],{}), lambda: t.assertDictEqual({}, 3), lambda: t.assertEqual({'a':1,'b':[1,2]},{'a':1,'c':None}),
 lambda: t.assertIn(1, []), lambda: t.assertNotIn(1, [1]), lambda: t.assertIs(1, 2), lambda: t.assertIsNot(None, None), lambda: t.assertIsNone(1), lambda: t.assertIsNotNone(None), lambda: t.assertIsInstance(1, str), lambda: t.assertIsInstance(1, (str, list)), lambda: t.assertNotIsInstance(1, int),
 lambda: t.assertLess(2,1), lambda: t.assertLessEqual(2,1), lambda: t.assertGreater(1,2), lambda: t.assertGreaterEqual(1,2), lambda: t.assertIs(Bad(), 1) if 0 else None,
 lambda: t.assertRegex("abc", "x+"), lambda: t.assertNotRegex("abc", "b"), lambda: t.assertRegex("abc", ""), lambda: t.assertRegex("abc", "x", "m"),
 lambda: t.assertRaises(ValueError, f), lambda: t.assertRaises((ValueError, KeyError), f, 1), lambda: t.assertRaises(1), lambda: t.assertRaises(int, f), lambda: t.assertRaises(ValueError, foo=1), lambda: t.assertRaises(ValueError, int, "1"), lambda: t.assertRaises(ValueError, None),
 lambda: t.assertRaises(KeyError, int, "x"), lambda: t.assertRaisesRegex(ValueError, "zzz", int, "x"), lambda: t.assertRaisesRegex(ValueError, "invalid", int, "x"), lambda: t.assertWarns(UserWarning, f), lambda: t.assertWarnsRegex(UserWarning, "a", f), lambda: t.assertWarns(ValueError, f), lambda: t._assertNotWarns(UserWarning, __import__('warnings').warn, "hi"), lambda: t.assertWarnsRegex(UserWarning, "zz", __import__('warnings').warn, "hi"),
 lambda: t.assertCountEqual([1,2,2],[2,1,3]), lambda: t.assertCountEqual([[1],[2]],[[2],[3]]), lambda: t.assertCountEqual("abc", "cba"), lambda: t.assertMultiLineEqual(1, "a"), lambda: t.assertMultiLineEqual("a", b"a"), lambda: t.assertMultiLineEqual("a"*70000, "b"),
 lambda: t.enterContext(1), lambda: T("nope"), lambda: t.subTest().__enter__(), lambda: t.skipTest("s"),
]
for i, c in enumerate(cases):
    try: print(i, "ok", c().__class__.__name__)
    except BaseException as e: print(i, type(e), e)
try:
    with t.assertRaises(ValueError, msg="M"): pass
except AssertionError as e: print(e)
t.longMessage = False
try: t.assertEqual(1,2,"only")
except AssertionError as e: print(e)
with t.assertRaises(ValueError) as cm: int("x")
print(repr(cm.exception), cm.exception.__traceback__)
with t.assertWarns(UserWarning) as cm:
    import warnings; warnings.warn("w")
print(cm.warning, cm.filename == __file__, cm.lineno)
log = []
def setUpModule(): log.append("setUpModule"); unittest.addModuleCleanup(log.append, "module cleanup")
def tearDownModule(): log.append("tearDownModule")
class A(unittest.TestCase):
    @classmethod
    def setUpClass(cls): log.append("setUpClass"); cls.addClassCleanup(log.append, "class cleanup")
    @classmethod
    def tearDownClass(cls): log.append("tearDownClass")
    def setUp(self): log.append("setUp"); self.addCleanup(log.append, "cleanup")
    def tearDown(self): log.append("tearDown")
    def test_ok(self): "doc of ok\n\nmore"; log.append("ok")
    def test_fail(self): self.assertEqual([1,2],[1,3])
    def test_error(self): 1/0
    @unittest.skip("because")
    def test_skip(self): pass
    @unittest.skipIf(True, "if")
    def test_skip2(self): pass
    @unittest.skipUnless(True, "if")
    def test_skip3(self): self.skipTest("inside")
    @unittest.expectedFailure
    def test_xfail(self): self.fail()
    @unittest.expectedFailure
    def test_xpass(self): pass
    @unittest.expectedFailure
    def test_xsub(self):
        with self.subTest(a=1): self.fail()
        log.append("not reached")
    def test_sub(self):
        for i in range(4):
            with self.subTest("msg", i=i):
                with self.subTest(j="x"):
                    if i == 1: self.fail("sub")
                    if i == 2: raise KeyError(i)
                    if i == 3: self.skipTest("subskip")
    def test_print(self): print("out"); print("err", file=sys.stderr); self.fail("x")
    def test_chain(self):
        try: int("x")
        except ValueError as e:
            raise KeyError("k") from e
@unittest.skip("class")
class B(unittest.TestCase):
    def test_1(self): pass
class C(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError("setUpClass")
    def test_1(self): pass
class D(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("skipped class")
    def test_1(self): pass
class E(unittest.TestCase):
    @classmethod
    def tearDownClass(cls): raise ValueError("tearDownClass")
    def test_1(self): pass
class F(unittest.TestCase):
    def setUp(self): raise ValueError("setup")
    def test_1(self): pass
import re
def norm(s): return re.sub(r'\d+\.\d+s', 'Xs', s).replace(__file__, 'FILE')
for v in 0, 1, 2:
  for kw in {}, {'buffer': True}, {'failfast': True}, {'tb_locals': True, 'durations': 3}:
    if kw.get('tb_locals') and v < 2: continue
    log.clear()
    out = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
    r = unittest.TextTestRunner(out, verbosity=v, **kw).run(suite)
    s = norm(out.getvalue())
    s = s[:s.find('Slowest')] if 'tb_locals' in kw else s
    print(s); print(r, log, suite.countTestCases())
L = unittest.TestLoader()
for name in ('A.test_ok', 'A', 'nope', 'A.nope', 'A.setUpClass', 'log', 'norm'):
    try: print(name, L.loadTestsFromName(name, sys.modules['__main__']))
    except Exception as e: print(name, type(e), e)
    print([x.splitlines()[-1] for x in L.errors]); L.errors.clear()
print(L.loadTestsFromName('no.such.module'), L.errors[0].splitlines()[0], L.errors[0].splitlines()[-1])
print(L.getTestCaseNames(A), A('test_ok'), repr(A('test_ok')), A('test_ok').id(), A('test_ok').shortDescription(), A('test_ok') == A('test_ok'))
ft = unittest.FunctionTestCase(f, description="d"); print(ft, ft.id(), ft.shortDescription(), ft.run())
print(unittest.util.safe_repr(Bad())[:15], unittest.util.safe_repr("x"*200, short=True), unittest.util.sorted_list_difference([1,1,2,4],[2,3,3]), unittest.util.unorderable_list_difference([1,2],[2,3]))
