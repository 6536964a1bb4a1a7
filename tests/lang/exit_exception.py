# A program that an exception ends: its traceback holds the frames' variables, which are let go of before the globals.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = D("a")


def gen():
    try:
        yield
    finally:
        print("finally")


g = gen()
next(g)
z = D("z")
raise RuntimeError("the end")
