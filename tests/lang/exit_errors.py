# Errors in what is finalized at the end stop nothing, and the status is that of the program.
import sys


class D:
    def __init__(self, name, error=None):
        self.name, self.error = name, error

    def __del__(self):
        print("del", self.name)
        if self.error:
            raise self.error


def gen():
    try:
        yield
    finally:
        print("finally")
        raise KeyError("in finally")


def ignores():
    while True:
        try:
            yield
        except GeneratorExit:
            print("ignored")


a = D("a", ValueError("a"))
g = gen()
next(g)
b = D("b", SystemExit(5))
i = ignores()
next(i)
c = D("c", KeyboardInterrupt())
d = D("d")
print("end")
sys.exit(3)
