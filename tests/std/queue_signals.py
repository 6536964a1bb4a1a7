"""queue.SimpleQueue between threads, interrupt_main, signals that come before a wait, fork beside threads, warnings that are errors in C."""
import _queue
import _thread
import os
import queue
import signal
import sys
import threading
import time
import warnings


class Sub(queue.SimpleQueue):
    pass


def show(f, *a, **k):
    try:
        print(f(*a, **k))
    except BaseException as e:
        print(repr(e))


q = Sub()
q.x = 1
for i in range(1000):
    q.put(i)
print([q.get() for i in range(500)] == list(range(500)), q.qsize())
for i in range(1000, 2000):
    q.put(i, False)
print([q.get_nowait() for i in range(1500)] == list(range(500, 2000)), q.empty())
show(q.get, timeout=-1)
show(q.get, False)
show(q.get, False, -1)
show(q.get, timeout=1e100)
show(q.get_nowait)
show(q.get, True, 0.01)
show(queue.SimpleQueue, 1)
show(queue.SimpleQueue, a=1)
show(threading.Lock, 1)
show(threading.Lock, a=1)
print(queue.Empty, queue.SimpleQueue[int], _queue.SimpleQueue is queue.SimpleQueue)

source, sink = queue.SimpleQueue(), queue.SimpleQueue()


def work():
    while (item := source.get()) is not None:
        sink.put(item * 2)


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for i in range(1000):
    source.put(i)
for thread in threads:
    source.put(None)
for thread in threads:
    thread.join()
print(sorted(sink.get() for _ in range(1000)) == list(range(0, 2000, 2)), source.empty(), sink.empty())

got = []
signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
_thread.interrupt_main(signal.SIGUSR1)
print(got == [signal.SIGUSR1])
show(_thread.interrupt_main)
show(_thread.interrupt_main, 0)
show(_thread.interrupt_main, 99)
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
show(_thread.interrupt_main, signal.SIGUSR2)
got.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
signal.signal(signal.SIGALRM, lambda number, frame: got.append(number))
signal.setitimer(signal.ITIMER_REAL, 1e-6)
time.sleep(0.05)
print(got == [signal.SIGALRM])
got.clear()
read, write = os.pipe()


def stop(number, frame):
    raise ZeroDivisionError(number)


signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.05)
show(os.read, read, 1)
thread = threading.Thread(target=signal.raise_signal, args=(signal.SIGUSR1,))
thread.start()
thread.join()
time.sleep(0.05)
print(got == [signal.SIGUSR1])

event = threading.Event()
thread = threading.Thread(target=event.wait)
thread.start()
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        os._exit(10 + threading.active_count() + len(sys._current_frames()))
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), [str(w.message).replace(str(os.getpid()), "N") for w in seen])
event.set()
thread.join()

with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        open(False)
    except RuntimeWarning as e:
        print(repr(e), e.__traceback__.tb_next)
