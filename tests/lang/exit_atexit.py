# atexit functions, the last one first, before anything is finalized; errors in them, and what is registered too late.
import atexit


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


d = D("d")


def say(*args, **kwargs):
    print("say", args, kwargs)


def fail():
    print("fail")
    1 / 0


def leave():
    print("leave")
    raise SystemExit(7)


def remove():
    print("remove")
    atexit.unregister(say)
    atexit.register(say, "too late")


atexit.register(say, 1)
atexit.register(fail)
atexit.register(say, 2)
atexit.register(remove)
atexit.register(say, 3, k=4)
atexit.register(leave)
atexit.register(fail)
atexit.register(fail)
print(atexit.register(print, "registered") is print)
print("end")
