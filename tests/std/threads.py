# threading, _thread and queue: outputs that do not depend on who runs when.
import _thread
import gc
import queue
import sys
import threading
import time
import weakref


def run(*targets, **keywords):
    threads = [threading.Thread(target=t, **keywords) for t in targets]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def caught(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except BaseException as e:
        return f"{type(e).__name__}: {e}"


print("-- many threads, one result")
total = []


def work(n):
    s = 0
    for i in range(n):
        s += i * i
        if i % 1000 == 0:
            [str(k) for k in range(20)]
    total.append(s)


run(*[lambda: work(20000)] * 8)
print(len(total), set(total))

print("-- locks")
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01))
lock.release()
print(lock.locked(), caught(lock.release))
print(caught(lock.acquire, False, 1), caught(lock.acquire, True, -2), caught(lock.acquire, timeout=1e20))
with lock:
    print(lock.locked())
counter = 0


def count():
    global counter
    for _ in range(2000):
        with lock:
            now = counter
            if now % 100 == 0:
                time.sleep(0)
            counter = now + 1


run(count, count, count)
print(counter)
r = threading.RLock()
print(r.acquire(), r.acquire(), r._is_owned(), r._recursion_count())
seen = []
run(lambda: seen.append((r.acquire(False), caught(r.release), r._is_owned())))
print(seen)
r.release(), r.release()
print(caught(r.release), r._is_owned())
print(repr(lock)[:28], repr(r)[:26])

print("-- conditions, events, semaphores, barriers")
cond = threading.Condition()
items = []


def consume():
    with cond:
        cond.wait_for(lambda: items)
        got.append(items.pop())


got = []
threads = [threading.Thread(target=consume) for _ in range(3)]
for t in threads:
    t.start()
for i in range(3):
    with cond:
        items.append(i)
        cond.notify()
for t in threads:
    t.join()
print(sorted(got), caught(cond.notify), caught(cond.wait))
with cond:
    print(cond.wait(0.01), cond.wait_for(lambda: 0, 0.01))
event = threading.Event()
print(event.is_set(), event.wait(0.01))
threading.Timer(0.02, event.set).start()
print(event.wait(5), event.is_set())
event.clear()
print(event.is_set())
sem = threading.Semaphore(2)
print(sem.acquire(), sem.acquire(), sem.acquire(False), sem.acquire(timeout=0.01))
sem.release(2)
print(caught(sem.acquire, False, 1), caught(sem.release, 0), caught(threading.Semaphore, -1))
bounded = threading.BoundedSemaphore(1)
print(caught(bounded.release), bounded.acquire(), bounded.release())
barrier = threading.Barrier(3, action=lambda: order.append("open"))
order = []
run(*[lambda: order.append(barrier.wait())] * 3)
print(order[0], sorted(order[1:]), barrier.n_waiting, barrier.parties, barrier.broken)
print(caught(barrier.wait, 0.01), barrier.broken, caught(threading.Barrier, 0))
barrier.reset()
print(barrier.broken)
cancelled = threading.Timer(0.01, lambda: print("not printed"))
cancelled.cancel()
cancelled.start()
cancelled.join()

print("-- threads as objects")
t = threading.Thread(target=lambda: None, name="worker", daemon=True)
print(t.name, t.daemon, t.ident, t.native_id, t.is_alive(), t)
print(caught(t.join))
t.start()
t.join()
print(t.is_alive(), type(t.ident), caught(t.start), caught(setattr, t, "daemon", False))
print(threading.current_thread() is threading.main_thread(), threading.main_thread().name, threading.active_count())
print(caught(threading.current_thread().join), [x.name for x in threading.enumerate()])
names = []
run(lambda: names.append(threading.current_thread().name), name="T")
print(names)


class Own(threading.Thread):
    def __init__(self):
        super().__init__()
        self.seen = None

    def run(self):
        self.seen = threading.get_ident() == self.ident != threading.main_thread().ident, threading.get_native_id() == self.native_id


own = Own()
own.start()
own.join()
print(own.seen)

print("-- local data")
local = threading.local()
local.x = 1
seen = []


def touch():
    seen.append(hasattr(local, "x"))
    local.x = 2
    seen.append((local.x, local.__dict__))


run(touch)
print(local.x, seen, caught(getattr, local, "y"), caught(delattr, local, "y"))


class Local(threading.local):
    kind = "class"

    def __init__(self, n):
        self.n = [n]

    @property
    def first(self):
        return self.n[0]


own = Local(5)
own.n.append(6)
seen = []
run(lambda: seen.append((own.n, own.first, own.kind)))
print(own.n, seen, caught(threading.local, 1), caught(setattr, own, "__dict__", {}))


class Thing:
    pass


thing = Thing()
gone = weakref.ref(thing)


def keep():
    global thing
    local.thing = thing
    del thing


run(keep)
gc.collect()
print(gone() is None)

print("-- errors")
told = []
threading.excepthook = lambda a: told.append((a.exc_type.__name__, str(a.exc_value), a.thread.name))
run(lambda: 1 / 0, name="bad")
run(sys.exit, name="leaves")
print(told[0], told[1][0])
threading.excepthook = threading.__excepthook__
run(sys.exit)
print(caught(threading.excepthook, 1))
print(caught(_thread.start_new_thread, 1, ()), caught(_thread.start_new_thread, print, 1), caught(_thread.stack_size, -1))
print(_thread.stack_size(1 << 20), _thread.stack_size(0))


def deep(n):
    return n and 1 + deep(n - 1)


def overflow():
    try:
        deep(10 ** 6)
    except RecursionError as e:
        seen.append(str(e)[:31])


seen = []
run(overflow, overflow)
print(seen)

print("-- generators and exceptions of several threads")


def gen():
    for i in range(300):
        try:
            yield i
        except ValueError:
            yield -1


def walk():
    g = gen()
    s = 0
    for i in g:
        s += i
        if i % 50 == 7:
            s += g.throw(ValueError)
        try:
            raise KeyError(i)
        except KeyError as e:
            time.sleep(0) if i % 100 == 0 else None
            assert sys.exception() is e
    sums.append(s)


sums = []
run(*[walk] * 5)
print(sums)

print("-- trace functions are each thread's own")
events = []
threading.settrace(lambda frame, event, arg: events.append(frame.f_code.co_name))


def traced():
    pass


run(traced)
threading.settrace(None)
print("traced" in events, sys.gettrace(), threading.gettrace())

print("-- queues")
q = queue.Queue(2)
q.put(1), q.put(2)
print(q.full(), q.qsize(), caught(q.put, 3, False), caught(q.put, 3, timeout=0.01), caught(q.put, 3, True, -1))
print(q.get(), q.get(), q.empty(), caught(q.get_nowait), caught(q.get, timeout=0.01))
q.task_done(), q.task_done()
print(caught(q.task_done))
q = queue.Queue(3)
out = []


def produce():
    for i in range(100):
        q.put(i)


def take():
    while (item := q.get()) is not None:
        out.append(item)
        q.task_done()
    q.task_done()


consumers = [threading.Thread(target=take) for _ in range(3)]
for t in consumers:
    t.start()
run(produce, produce)
for t in consumers:
    q.put(None)
q.join()
print(len(out), sum(out))
p = queue.PriorityQueue()
for i in (3, 1, 2):
    p.put(i)
print([p.get() for _ in range(3)])
s = queue.LifoQueue()
for i in (3, 1, 2):
    s.put(i)
print([s.get() for _ in range(3)])
s = queue.SimpleQueue()
threading.Timer(0.02, s.put, ("late",)).start()
print(s.get(), caught(s.get_nowait), s.empty(), s.qsize(), caught(s.get, timeout=0.01))
q = queue.Queue()
q.put(1)
q.shutdown()
print(caught(q.put, 2), q.get(), caught(q.get))

print("-- the program waits for its threads")


def last():
    time.sleep(0.05)
    print("last")


threading.Thread(target=last).start()
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
