# sys_hooks.py - sys.settrace, sys.setprofile and sys.monitoring: which events come, in which order.
# SPDX-License-Identifier: MIT
import sys


def gen(n):
    for i in range(n):
        yield i
    return 5


def fails(x):
    y = x + 1
    return y.nothing


class C:
    def __init__(self, v):
        self.v = v

    @property
    def p(self):
        return self.v

    def m(self, n):
        return len([self.v] * n)


def work():
    total = 0
    g = gen(1)
    total += next(g) + next(g, 3)
    c = C(1)
    total += c.m(2) + c.p
    f = lambda a: a * 2
    total = f(total)
    while total < 8:
        total += 1
    return str(total)


def short(v):
    return v if isinstance(v, (int, str, type(None))) else getattr(v, "__name__", type(v).__name__)


events = []


def show():
    for e in events:
        print(*e)
    events.clear()


print("== settrace")


def tracer(frame, event, arg):
    if frame.f_code.co_filename != work.__code__.co_filename:
        return None
    a = arg[0].__name__ if event == "exception" else short(arg)
    events.append((frame.f_code.co_name, event, frame.f_lineno, a))
    return tracer


sys.settrace(tracer)
work()
sys.settrace(None)
show()
print(sys.gettrace())

print("== setprofile")


def profiler(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno, short(arg)))


sys.setprofile(profiler)
work()
sys.setprofile(None)
show()

print("== an error in the hook")


def broken(frame, event, arg):
    raise KeyError(event)


sys.settrace(broken)
try:
    work()
except KeyError as e:
    print("KeyError", e, sys.gettrace())

print("== monitoring")
m = sys.monitoring
E = m.events


def callback(name, where=1):
    def record(code, *args):
        events.append((code.co_name, name) + tuple(short(a) for a in args[where:]))
    return record


m.use_tool_id(m.PROFILER_ID, "test")
print(m.get_tool(m.PROFILER_ID), m.get_tool(m.DEBUGGER_ID))
for name in ("PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "RAISE", "EXCEPTION_HANDLED", "PY_UNWIND", "C_RETURN", "C_RAISE"):
    m.register_callback(m.PROFILER_ID, getattr(E, name), callback(name))
m.set_events(m.PROFILER_ID, E.PY_START | E.PY_RESUME | E.PY_RETURN | E.PY_YIELD)
work()
m.set_events(m.PROFILER_ID, 0)
show()

print("== exceptions")


def catches():
    try:
        fails(1)
    except AttributeError as e:
        return type(e).__name__


m.set_events(m.PROFILER_ID, E.PY_UNWIND | E.RAISE | E.EXCEPTION_HANDLED)
catches()
m.set_events(m.PROFILER_ID, 0)
show()

print("== local lines and calls")
m.register_callback(m.PROFILER_ID, E.LINE, callback("LINE", 0))
m.register_callback(m.PROFILER_ID, E.CALL, callback("CALL"))
m.set_local_events(m.PROFILER_ID, work.__code__, E.LINE)
m.set_local_events(m.PROFILER_ID, C.m.__code__, E.CALL)
work()
print(m.get_local_events(m.PROFILER_ID, work.__code__) == E.LINE, m.get_events(m.PROFILER_ID))
m.set_local_events(m.PROFILER_ID, work.__code__, 0)
m.set_local_events(m.PROFILER_ID, C.m.__code__, 0)
show()

print("== disable")
count = 0


def once(code, line):
    global count
    count += 1
    return m.DISABLE


def loop():
    i = 0
    while i < 5:
        i += 1
    return i


m.register_callback(m.PROFILER_ID, E.LINE, once)
m.set_local_events(m.PROFILER_ID, loop.__code__, E.LINE)
loop()
first = count
loop()
print(first == count, first > 3)
m.restart_events()
loop()
print(count == 2 * first)
m.free_tool_id(m.PROFILER_ID)
loop()
print(count == 2 * first)

print("== bad arguments")


def error(f, *args):
    try:
        print("no error", f(*args))
    except Exception as e:
        print(type(e).__name__, e)


error(m.use_tool_id, 6, "x")
error(m.use_tool_id, 0, 5)
m.use_tool_id(3, "x")
error(m.use_tool_id, 3, "y")
error(m.set_events, 4, 1)
error(m.set_events, 3, 1 << 20)
error(m.set_events, 3, E.C_RETURN)
error(m.register_callback, 3, 3, None)
error(m.set_local_events, 3, loop.__code__, E.RAISE)
error(m.get_local_events, 3, 5)
m.free_tool_id(3)
