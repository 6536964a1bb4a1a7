# futures_pool.py - concurrent.futures: futures, thread pools, wait, as_completed, map; cancelling, callbacks, errors.
# SPDX-License-Identifier: MIT
import concurrent.futures as cf
import logging
import re
import sys
import threading
import time
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Future, ThreadPoolExecutor, as_completed, wait

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s", level=logging.CRITICAL)


def show(call, *args, **kwargs):
    try:
        result = repr(call(*args, **kwargs))
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(re.sub("0x[0-9a-f]+", "0x...", result))


print(cf.__all__, cf.TimeoutError is TimeoutError)
f = Future()
print(re.sub("0x[0-9a-f]+", "0x...", repr(f)), f.done(), f.running(), f.cancelled())
show(f.result, 0)
show(f.exception, timeout=0.01)
f.add_done_callback(lambda f: print("callback 1", f.result()))
print(f.set_running_or_notify_cancel(), f.running(), f.cancel())
show(lambda: f)
f.set_result(5)
f.add_done_callback(lambda f: print("callback 2", f.result()))
show(lambda: f)
show(f.result)
show(f.exception)
show(f.set_result, 6)
show(f.set_exception, ValueError())
show(f.cancel)
show(f.set_running_or_notify_cancel)
f = Future()
print(f.cancel(), f.cancel(), f.cancelled(), f.done(), f.running())
show(lambda: f)
show(f.result)
show(f.exception)
print(f.set_running_or_notify_cancel())
show(lambda: f)
f = Future()
f.set_exception(KeyError("k"))
show(f.result)
show(f.exception)
show(lambda: f)
show(lambda: Future[int])


def slow(gate, value):
    gate.wait()
    return value


with ThreadPoolExecutor(3, thread_name_prefix="pool") as pool:
    print(list(pool.map(pow, range(6), [2] * 6)), list(pool.map(abs, [])))
    print(pool.submit(lambda *a, **k: (a, k), 1, x=2).result(), pool.submit(lambda: threading.current_thread().name[:5]).result())
    show(pool.submit(divmod, 1, 0).result)
    show(pool.submit(divmod, 1, 0).exception)
    gate, done = threading.Event(), pool.submit(int, "3")
    done.result()
    late = pool.submit(slow, gate, "late")
    result = wait([done, late], return_when=FIRST_COMPLETED)
    print(result.done == {done}, result.not_done == {late}, len(result), result[0] == {done})
    print([len(part) for part in wait([done, late], timeout=0.01)])
    failing = pool.submit(int, "x")
    print([len(part) for part in wait([late, failing], return_when=FIRST_EXCEPTION)])
    show(wait, [late], return_when="never")
    show(lambda: list(as_completed([late], timeout=0.01)))
    show(lambda: list(as_completed([late, done], timeout=0)))
    show(lambda: list(pool.map(slow, [gate], [1], timeout=0.01)))
    gate.set()
    print([len(part) for part in wait([done, late, failing], return_when=ALL_COMPLETED)], late.result())
    print(sorted(f.result() for f in as_completed([done, done, pool.submit(int, "9")])))
    print([len(part) for part in wait([])], list(as_completed([])))
show(pool.submit, print)
show(ThreadPoolExecutor, 0)
show(ThreadPoolExecutor, initializer=5)
show(cf.Executor().submit, print)
show(lambda: cf.Nothing)

# cancelling what has not begun
gate = threading.Event()
pool = ThreadPoolExecutor(max_workers=1)
running = pool.submit(slow, gate, 1)
while not running.running():
    time.sleep(0.001)
waiting = [pool.submit(slow, gate, i) for i in range(3)]
print(running.cancel(), waiting[0].cancel(), waiting[0].cancelled())
pool.shutdown(wait=False, cancel_futures=True)
gate.set()
print([f.cancelled() for f in waiting], running.result())
pool.shutdown()

# initializers
logging.disable(logging.CRITICAL)
names = []
with ThreadPoolExecutor(1, initializer=lambda *a: names.append(a), initargs=(1, 2)) as pool:
    print(pool.submit(lambda: list(names)).result())
pool = ThreadPoolExecutor(1, initializer=divmod, initargs=(1, 0))
first = pool.submit(print, "never")
show(first.result)
show(pool.submit, print)
pool.shutdown()

# callbacks that fail do not stop the others
f = Future()
f.add_done_callback(lambda f: 1 / 0)
f.add_done_callback(lambda f: print("still called"))
f.set_result(None)
order = []
with ThreadPoolExecutor(4) as pool:
    gates = [threading.Event() for _ in range(4)]
    jobs = [pool.submit(slow, g, i) for i, g in enumerate(gates)]
    gates[2].set()
    for f in as_completed(jobs):
        order.append(f.result())
        gates[(f.result() + 1) % 4].set()
print(order)
