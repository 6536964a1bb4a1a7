"""What CPython's tests need of test.support, as far as it is needed: each function is real, or skips the test and says why."""

import functools
import os
import sys
import types
import unittest

__path__.append(os.path.join(os.environ["CONFORMANCE_SUITE"], "support"))

verbose = 0
use_resources = []
failfast = False
max_memuse = 0
real_max_memuse = 0

PIPE_MAX_SIZE = 4 * 1024 * 1024 + 1
LOOPBACK_TIMEOUT, INTERNET_TIMEOUT, SHORT_TIMEOUT, LONG_TIMEOUT = 10.0, 60.0, 30.0, 300.0
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 2 << 30, 4 << 30
MAX_Py_ssize_t = sys.maxsize
NHASHBITS = sys.hash_info.width
Py_DEBUG = hasattr(sys, "gettotalrefcount")
Py_TRACE_REFS = hasattr(sys, "getobjects")
Py_GIL_DISABLED = False
is_jython = is_android = is_emscripten = is_wasi = is_apple = is_apple_mobile = False
has_fork_support = hasattr(os, "fork")
has_subprocess_support = False
HAVE_DOCSTRINGS = bool(len.__doc__) and sys.flags.optimize < 2
MISSING_C_DOCSTRINGS = not bool(len.__doc__)
requires_docstrings = unittest.skipUnless(HAVE_DOCSTRINGS, "test requires docstrings")
TEST_HOME_DIR = os.environ["CONFORMANCE_SUITE"]


class Error(Exception):
    """Base class of this module's exceptions."""


class TestFailed(Error):
    """A test failed."""

    def __init__(self, msg, *args, stats=None):
        self.msg = msg
        self.stats = stats
        super().__init__(msg, *args)

    def __str__(self):
        return self.msg


class ResourceDenied(unittest.SkipTest):
    """A test needs what it was not given."""


def is_resource_enabled(resource):
    return use_resources is None or resource in use_resources


def requires(resource, msg=None):
    if not is_resource_enabled(resource):
        raise ResourceDenied(msg or "Use of the %r resource not enabled" % resource)


def requires_resource(resource):
    if is_resource_enabled(resource):
        return unittest.case._id
    return unittest.skip(f"resource {resource!r} is not enabled")


def get_attribute(obj, name):
    """The attribute; skips the test where there is none."""
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest(f"object {obj!r} has no attribute {name!r}")


# What is a detail of CPython.

def _parse_guards(guards):
    if not guards:
        return {"cpython": True}, False
    return guards, not next(iter(guards.values()))


def check_impl_detail(**guards):
    """True if the code behind it is for this implementation."""
    guards, default = _parse_guards(guards)
    return guards.get(sys.implementation.name, default)


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return unittest.case._id
    if msg is None:
        names, default = _parse_guards(guards)
        text = "implementation detail not available on {0}" if default else "implementation detail specific to {0}"
        msg = text.format(" or ".join(sorted(names)))
    return unittest.skip(msg)


def cpython_only(test):
    return impl_detail(cpython=True)(test)


def refcount_test(test):
    return cpython_only(no_tracing(test))


def no_tracing(func):
    """The test runs without trace functions."""
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        before = sys.gettrace()
        try:
            sys.settrace(None)
            return func(*args, **kwargs)
        finally:
            sys.settrace(before)
    return wrapper


def _float_is_ieee754():
    return sys.float_info.mant_dig == 53 and float.__getformat__("double").startswith("IEEE")


requires_IEEE_754 = unittest.skipUnless(_float_is_ieee754(), "test requires IEEE 754 doubles")
skip_on_s390x = skip_emscripten_stack_overflow = skip_wasi_stack_overflow = lambda test: test


def requires_mac_ver(*min_version):
    return lambda test: test


def requires_limited_api(test):
    return unittest.skip("needs CPython's _testlimitedcapi")(test)


def requires_specialization(test):
    return unittest.skip("needs CPython's specialization")(test)


def requires_working_socket(*, module=False):
    try:
        import socket
    except ImportError:
        if module:
            raise unittest.SkipTest("no module socket")
        return unittest.skip("no module socket")
    return None if module else unittest.case._id


def requires_subprocess():
    try:
        import subprocess
    except ImportError:
        return unittest.skip("no module subprocess")
    return unittest.case._id


def requires_fork():
    return unittest.skipUnless(has_fork_support, "requires working os.fork()")


def suppress_immortalization(suppress=True):
    """Objects that live for ever are CPython's; there is nothing to suppress."""
    return _Nothing()


class _Context:
    """Also a decorator, as what contextlib.contextmanager makes is."""

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with self:
                return function(*args, **kwargs)
        return wrapper


class _Nothing(_Context):
    def __enter__(self):
        return None

    def __exit__(self, *info):
        return False


class SuppressCrashReport(_Nothing):
    """The harness allows no core files."""


def check_sizeof(test, o, size):
    raise unittest.SkipTest("sizes are CPython's")


def calcobjsize(fmt):
    raise unittest.SkipTest("sizes are CPython's")


calcvobjsize = calcobjsize


def run_in_subinterp(code):
    raise unittest.SkipTest("no subinterpreters")


# Memory.

def gc_collect():
    """Collect all that can be collected."""
    import gc
    for _ in range(3):
        gc.collect()


class disable_gc(_Context):
    """No collection that is not asked for."""

    def __enter__(self):
        import gc
        self.before = gc.isenabled()
        gc.disable()

    def __exit__(self, *info):
        import gc
        if self.before:
            gc.enable()


def bigmemtest(size, memuse, dry_run=True):
    """Without the memory for it, the test runs with a small size, or if dry_run is false not at all."""
    def decorator(function):
        def wrapper(self):
            size, memuse = wrapper.size, wrapper.memuse
            maxsize = size if real_max_memuse else 5147
            if (real_max_memuse or not dry_run) and real_max_memuse < maxsize * memuse:
                raise unittest.SkipTest("not enough memory: %.1fG minimum needed" % (size * memuse / (1024 ** 3)))
            return function(self, maxsize)
        wrapper.size, wrapper.memuse = size, memuse
        return wrapper
    return decorator


def bigaddrspacetest(function):
    def wrapper(self):
        raise unittest.SkipTest("not enough memory: %.1fG minimum needed" % (MAX_Py_ssize_t / (1024 ** 3)))
    return wrapper


def check_free_after_iterating(test, iterator, cls, args=()):
    """An iterator that came to its end does not hold what it went over."""
    class A(cls):
        def __del__(self):
            nonlocal done
            done = True
            try:
                next(it)
            except StopIteration:
                pass
    done = False
    it = iterator(A(*args))
    test.assertRaises(StopIteration, next, it)
    gc_collect()
    test.assertTrue(done)


class catch_unraisable_exception:
    """unraisable is what could not be raised while the context lasted."""

    def __init__(self):
        self.unraisable = None

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self.before = sys.unraisablehook
        sys.unraisablehook = self._hook
        return self

    def __exit__(self, *info):
        sys.unraisablehook = self.before
        del self.unraisable


# Depth.

class set_recursion_limit(_Context):
    def __init__(self, limit):
        self.limit = limit

    def __enter__(self):
        self.before = sys.getrecursionlimit()
        sys.setrecursionlimit(self.limit)

    def __exit__(self, *info):
        sys.setrecursionlimit(self.before)


def get_recursion_depth():
    """How many frames there are, this one and module level left out and counted."""
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return max(depth - 1, 1)


def get_recursion_available():
    return sys.getrecursionlimit() - get_recursion_depth()


def infinite_recursion(max_depth=None):
    """A recursion limit that is soon reached."""
    if max_depth is None:
        max_depth = 100
    elif max_depth < 3:
        raise ValueError(f"max_depth must be at least 3, got {max_depth}")
    return set_recursion_limit(get_recursion_depth() + max_depth)


def get_c_recursion_limit():
    """CPython has one of its own for C; Krait's is how much fits the C stack: this is more."""
    return 100_000


def exceeds_recursion_limit():
    """A depth that is too deep for anything."""
    return get_c_recursion_limit() * 3


class adjust_int_max_str_digits(_Context):
    def __init__(self, max_digits):
        self.max_digits = max_digits

    def __enter__(self):
        self.before = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(self.max_digits)

    def __exit__(self, *info):
        sys.set_int_max_str_digits(self.before)


# Streams, and what replaces something for a while.

class captured_output(_Context):
    """sys.stdout or another stream of sys is a text in memory."""

    def __init__(self, stream_name):
        self.name = stream_name

    def __enter__(self):
        import io
        self.before = getattr(sys, self.name)
        stream = io.StringIO()
        setattr(sys, self.name, stream)
        return stream

    def __exit__(self, *info):
        setattr(sys, self.name, self.before)
        return False


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


_ABSENT = object()


class swap_attr(_Context):
    """The attribute is new_val; gives what it was, if it was anything."""

    def __init__(self, obj, attr, new_val):
        self.obj, self.attr, self.new = obj, attr, new_val

    def __enter__(self):
        self.before = getattr(self.obj, self.attr, _ABSENT)
        setattr(self.obj, self.attr, self.new)
        return None if self.before is _ABSENT else self.before

    def __exit__(self, *info):
        if self.before is not _ABSENT:
            setattr(self.obj, self.attr, self.before)
        elif hasattr(self.obj, self.attr):
            delattr(self.obj, self.attr)


class swap_item(_Context):
    """The item is new_val; gives what it was, if it was anything."""

    def __init__(self, obj, item, new_val):
        self.obj, self.item, self.new = obj, item, new_val

    def __enter__(self):
        self.before = self.obj[self.item] if self.item in self.obj else _ABSENT
        self.obj[self.item] = self.new
        return None if self.before is _ABSENT else self.before

    def __exit__(self, *info):
        if self.before is not _ABSENT:
            self.obj[self.item] = self.before
        elif self.item in self.obj:
            del self.obj[self.item]


def run_with_locale(catstr, *locales):
    try:
        import locale
    except ImportError:
        return unittest.skip("no module locale")

    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            category = getattr(locale, catstr)
            before = locale.setlocale(category)
            try:
                for name in locales:
                    try:
                        locale.setlocale(category, name)
                        break
                    except locale.Error:
                        pass
                return function(*args, **kwargs)
            finally:
                locale.setlocale(category, before)
        return wrapper
    return decorator


def run_with_tz(tz):
    return unittest.skip("no time zones that can be set")


# Checks.

def wait_process(pid, *, exitcode, timeout=None):
    """Wait for a child, and check what it ended with."""
    _, status = os.waitpid(pid, 0)
    seen = os.waitstatus_to_exitcode(status)
    if seen != exitcode:
        raise AssertionError(f"process {pid} exited with code {seen}, but exit code {exitcode} is expected")


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as cm:
        compile(statement, "<test string>", "exec")
    error = cm.exception
    testcase.assertIsNotNone(error.lineno)
    testcase.assertIsNotNone(error.offset)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    """Calling the type raises TypeError, and says so."""
    import re
    module, name = tp.__module__, tp.__name__
    full = name if module == "builtins" else f"{module}.{name}"
    testcase.assertRaisesRegex(TypeError, f"cannot create '{re.escape(full)}' instances", tp, *args, **kwds)


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    names = (module.__name__,) if name_of_module is None else name_of_module
    names = (names,) if isinstance(names, str) else names
    expected = set(extra)
    for name in dir(module):
        if name.startswith("_") or name in not_exported:
            continue
        obj = getattr(module, name)
        if getattr(obj, "__module__", None) in names or (not hasattr(obj, "__module__") and not isinstance(obj, types.ModuleType)):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)


def run_code(code, extra_names=None):
    """Run code, dedented, and give its names."""
    import textwrap
    namespace = dict(extra_names or ())
    exec(textwrap.dedent(code), namespace)
    return namespace


def sortdict(dict):
    """A dict's repr, sorted by keys."""
    return "{%s}" % ", ".join("%r: %r" % pair for pair in sorted(dict.items()))


def collision_stats(nbins, nballs):
    """Mean and standard deviation of collisions of nballs thrown into nbins.

    A bin stays empty with p = (1 - 1/n)^k; two bins with q = (1 - 2/n)^k. The number of collisions is k - n plus the empty bins.
    """
    import math
    n, k = nbins, nballs
    empty = math.exp(k * math.log1p(-1 / n))
    both = math.exp(k * math.log1p(-2 / n))
    variance = n * (n - 1) * both + n * empty - (n * empty) ** 2
    return k - n + n * empty, math.sqrt(max(variance, 0.0))


def findfile(filename, subdir=None):
    """The path of a file of the suite, or filename."""
    if os.path.isabs(filename):
        return filename
    path = os.path.join(TEST_HOME_DIR, subdir or "", filename)
    return path if os.path.exists(path) else filename


def check_sanitizer(*, address=False, memory=False, ub=False, thread=False, function=True):
    """Whether CPython was built with a sanitizer."""
    return False


def open_urlresource(url, *args, **kw):
    """A file from the network, which is a resource that is off."""
    requires("urlfetch")


def skip_on_s390x(test):
    """No machine here is one."""
    return test


def skip_if_pgo_task(test):
    """No profile is made."""
    return test


def load_package_tests(pkg_dir, loader, standard_tests, pattern):
    """The tests of a package's modules, beside standard_tests."""
    for name in sorted(os.listdir(pkg_dir)):
        if name.startswith("test") and name.endswith(".py"):
            standard_tests.addTests(loader.loadTestsFromName("test." + os.path.basename(pkg_dir) + "." + name[:-3]))
    return standard_tests


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    import time
    delay, end = init_delay, time.monotonic() + timeout
    yield
    while time.monotonic() < end:
        time.sleep(delay)
        delay = min(delay * 2, max_delay)
        yield
    if error:
        raise AssertionError(err_msg or "timeout")


class CPUStopwatch:
    """seconds: processor time in the context."""

    def __enter__(self):
        import time
        self.get_time = time.process_time if hasattr(time, "process_time") else time.monotonic
        self.context = self.get_time
        self.start_time = self.get_time()
        self.clock_info = types.SimpleNamespace(resolution=1e-6)
        return self

    def __exit__(self, *exc):
        self.seconds = self.get_time() - self.start_time
        return False


# Objects that compare in a way of their own.

class _ALWAYS_EQ:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NEVER_EQ:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


@functools.total_ordering
class _LARGEST:
    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _SMALLEST:
    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __gt__(self, other):
        return False


ALWAYS_EQ, NEVER_EQ, LARGEST, SMALLEST = _ALWAYS_EQ(), _NEVER_EQ(), _LARGEST(), _SMALLEST()


def force_not_colorized(func):
    """The test runs without colours."""
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        names = ("PYTHON_COLORS", "FORCE_COLOR", "NO_COLOR")
        before = {name: os.environ.pop(name, None) for name in names}
        os.environ["NO_COLOR"] = "1"
        try:
            return func(*args, **kwargs)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
    return wrapper
