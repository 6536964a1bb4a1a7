# Suspended generators are closed at the end: finally blocks run, and what they hold goes with them.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def gen(name):
    held = D(name + "'s")
    try:
        yield 1
    except GeneratorExit:
        print("exit", name)
        raise
    finally:
        print("finally", name)


def plain(name):
    held = D(name)
    yield 1


def inner(name):
    try:
        yield 1
    finally:
        print("finally", name)


def outer(name):
    try:
        yield from inner(name + ".inner")
    finally:
        print("outer", name)


one = gen("one")
next(one)
d = D("between")
_two = gen("two")
next(_two)
not_started = gen("not started")
deep = outer("deep")
next(deep)
p = plain("plain")
next(p)
wrapped = [gen("in a list")]
next(wrapped[0])
print("end")
