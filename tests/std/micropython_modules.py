# Krait alone: MicroPython's names and modules, held against its documentation (docs.micropython.org).
import gc
import io
import sys

import micropython
from micropython import const, schedule


def raises(kind, function, *args, words=""):
    try:
        function(*args)
    except kind as e:
        assert words in str(e), str(e)
        return
    raise AssertionError(f"no {kind.__name__}")


# ---- Other names ----
import ujson, utime, ustruct, uos, usys, ubinascii, uhashlib, ure, uio, ucollections, uheapq, urandom, uerrno, uselect, usocket, uzlib
import uasyncio, ucontextlib, uarray, uplatform, ulogging
import array, asyncio, binascii, collections, contextlib, errno, hashlib, heapq, json, logging, os, platform, random, re, select, socket
import struct, time, zlib
for other, module in [(ujson, json), (utime, time), (ustruct, struct), (usys, sys), (ubinascii, binascii), (uhashlib, hashlib),
                      (ure, re), (uio, io), (ucollections, collections), (uheapq, heapq), (urandom, random), (uerrno, errno),
                      (uselect, select), (usocket, socket), (uzlib, zlib), (uasyncio, asyncio), (ucontextlib, contextlib), (uarray, array),
                      (uplatform, platform), (ulogging, logging)]:
    assert other is module and sys.modules["u" + module.__name__] is module, module
import uasyncio.queues
from uasyncio.locks import Lock
assert uasyncio.queues is asyncio.queues and Lock is asyncio.Lock
import uos.path
assert uos.path is os.path and uos.remove is os.remove
assert type(uos.stat('.')) is tuple and uos.stat('.')[:2] == os.stat('.')[:2] and type(uos.statvfs('.')) is tuple
assert sorted(uos.listdir('/')) == sorted(name for name, kind, inode, size in uos.ilistdir('/'))
raises(ImportError, __import__, "umath", words="No module named 'umath'")
raises(ImportError, __import__, "u", words="No module named 'u'")
raises(ImportError, __import__, "ujson.nothing", words="No module named 'json.nothing'")
sys.path.insert(0, ".")
with open("uheapq.py", "w") as file:
    file.write("mine = 1\n")
del sys.modules["uheapq"]
import uheapq
assert uheapq.mine == 1  # the program's own comes first
print("names")

# ---- time ----
TICKS = 1 << 30
assert all(0 <= ticks() < TICKS for ticks in (time.ticks_ms, time.ticks_us, time.ticks_cpu))
assert time.ticks_diff(10, 3) == 7 and time.ticks_diff(3, 10) == -7
assert time.ticks_diff(2, TICKS - 3) == 5 and time.ticks_diff(TICKS - 3, 2) == -5
assert time.ticks_diff(TICKS // 2, 0) == -(TICKS // 2) and time.ticks_diff(TICKS // 2 - 1, 0) == TICKS // 2 - 1
assert time.ticks_add(TICKS - 1, 1) == 0 and time.ticks_add(0, -1) == TICKS - 1
assert time.ticks_add(0, TICKS // 2 - 1) == TICKS // 2 - 1
raises(OverflowError, time.ticks_add, 0, TICKS // 2)
start = time.ticks_ms()
time.sleep_ms(20)
assert 20 <= time.ticks_diff(time.ticks_ms(), start) < 5000
start = time.ticks_us()
time.sleep_us(1500)
assert 1500 <= time.ticks_diff(time.ticks_us(), start) < 5000000
assert time.time_ns() // 10**9 - int(time.time()) in (-1, 0)
print("time")

# ---- gc ----
assert gc.mem_alloc() > 0 and gc.mem_free() > 0
assert gc.threshold() == -1
assert gc.threshold(100000) is None and gc.threshold() == 100000


def collections_during(function):
    before = gc.get_stats()[2]["collections"]
    function()
    return gc.get_stats()[2]["collections"] - before


def allocate():
    for _ in range(250):
        bytearray(20000)


assert collections_during(allocate) >= 4  # 5 MB
gc.threshold(-1)
assert gc.threshold() == -1
raises(TypeError, gc.threshold, "1")
print("gc")

# ---- sys ----
try:
    raise ValueError("a value")
except ValueError as e:
    text = io.StringIO()
    sys.print_exception(e, text)
    assert text.getvalue().startswith("Traceback (most recent call last):\n") and text.getvalue().endswith("ValueError: a value\n")
    old, sys.stdout = sys.stdout, io.StringIO()
    sys.print_exception(e)
    old, sys.stdout = sys.stdout, old
    assert old.getvalue() == text.getvalue()
raises(TypeError, sys.print_exception, 3, words="must be an exception")

# ---- micropython ----
X = const(1 << 5)
assert X == 32 and const("x") == "x"


@micropython.native
def double(n):
    return 2 * n


@micropython.viper
def half(n: int) -> int:
    return n // 2


assert double(half(8)) == 8
micropython.alloc_emergency_exception_buf(100)
raises(ValueError, micropython.alloc_emergency_exception_buf, -1)
assert micropython.opt_level() == 0
micropython.opt_level(1)
assert micropython.opt_level() == 1
exec("assert False\nresult = __debug__")
assert result is False
micropython.opt_level(0)
raises(AssertionError, exec, "assert False")
raises(ValueError, micropython.opt_level, 4)


def deeper(n):
    return deeper(n - 1) if n else micropython.stack_use()


deeper(1)
assert deeper(0) < deeper(50) < deeper(100)
for function, words in ((micropython.mem_info, ("stack: ", "GC: total: ", "used: ", "free: ")), (micropython.qstr_info, ("n_qstr=", "n_total_bytes="))):
    for verbose in ((), (1,)):
        old, sys.stdout = sys.stdout, io.StringIO()
        function(*verbose)
        old, sys.stdout = sys.stdout, old
        assert all(word in old.getvalue() for word in words)
assert micropython.buf_contains_ptrs(bytearray(3)) is None
micropython.kbd_intr(-1)  # no terminal here
micropython.kbd_intr(3)
raises(ValueError, micropython.kbd_intr, -2)
print("micropython")


# ---- heap_lock ----
def locked():
    assert micropython.heap_locked() == 0
    data = bytearray(8)
    micropython.heap_lock()
    micropython.heap_lock()
    failed, i, total = False, 0, 0
    while i < 100:  # what needs no memory works
        total += i
        data[i & 7] = i
        i += 1
    try:
        [1, 2, 3]
    except MemoryError:
        failed = True
    depth = micropython.heap_locked()
    first, second = micropython.heap_unlock(), micropython.heap_unlock()
    return failed, total, depth, first, second, data


assert locked() == (True, 4950, 2, 1, 0, bytearray([96, 97, 98, 99, 92, 93, 94, 95])), locked()
raises(RuntimeError, micropython.heap_unlock, words="not locked")
print("heap_lock")


# ---- schedule ----
def until(condition):
    for _ in range(1000000):
        if condition():
            return
    raise AssertionError("nothing happened")


log = []
schedule(log.append, 1)
schedule(log.append, 2)
until(lambda: len(log) == 2)
assert log == [1, 2]


def outer(arg):
    schedule(log.append, "later")
    for _ in range(1000):
        pass
    log.append(arg)


schedule(outer, "outer")
until(lambda: len(log) == 4)
assert log == [1, 2, "outer", "later"]  # one never interrupts another


def fill(_):
    count = 0
    try:
        while True:
            schedule(log.append, 0)
            count += 1
    except RuntimeError as e:
        log.append((str(e), count))


schedule(fill, None)
until(lambda: len(log) >= 37)
assert log[4] == ("schedule queue full", 32)
errors = []
sys.unraisablehook = lambda event: errors.append((event.exc_type, event.object))
schedule(int, "x")
until(lambda: errors)
assert errors == [(ValueError, int)]
try:
    schedule(micropython.kbd_intr, None)
    time.sleep(10)
    print("no interrupt")
except KeyboardInterrupt:
    pass
raises(TypeError, schedule, 3, 4)
print("schedule")

# ---- RingIO ----
ring = micropython.RingIO(4)
assert ring.write(b"abcdef") == 4 and ring.any() == 4 and ring.read(3) == b"abc"
assert ring.write(b"\nxy") == 3 and ring.readline() == b"d\n" and ring.read() == b"xy" and ring.read() == b"" == ring.readline()
assert ring.write(b"123") == 3
target = bytearray(2)
assert ring.readinto(target) == 2 and target == b"12" and ring.readinto(target, 1) == 1 and target == b"32" and ring.readinto(target) == 0
assert micropython.RingIO(bytearray(4)).write(b"abcdef") == 3
ring.close()
raises(TypeError, micropython.RingIO, b"abc")
print("RingIO")

# ---- asyncio and sockets ----
async def tasks():
    flag, order = asyncio.ThreadSafeFlag(), []

    async def waiter():
        for _ in range(2):
            await flag.wait()
            order.append("set")

    task = asyncio.create_task(waiter())
    await asyncio.sleep_ms(1)
    thread = threading.Thread(target=flag.set)
    thread.start()
    while not order:
        await asyncio.sleep_ms(1)
    thread.join()
    schedule(lambda _: flag.set(), None)
    await asyncio.wait_for_ms(task, 5000)
    flag.set()
    await flag.wait()  # set before
    flag.set()
    flag.clear()
    try:
        await asyncio.wait_for_ms(flag.wait(), 5)
    except asyncio.TimeoutError:
        order.append("timeout")
    return order


import threading
assert asyncio.run(tasks()) == ["set", "set", "timeout"]
a, b = socket.socketpair()
assert a.write(b"first\nsecond\nrest of it") == 23
assert b.readline() == b"first\n" and b.readline() == b"second\n" and b.read(4) == b"rest"
target = bytearray(6)
assert b.readinto(target, 3) == 3 and target == b" of\0\0\0"
a.close()
assert b.read() == b" it" and b.read() == b"" == b.readline() and b.readinto(target) == 0
b.close()
print("streams")
