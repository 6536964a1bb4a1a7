# Objects that only functions, classes, methods and closures hold.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def default(x=D("default"), *, y=D("keyword default")):
    pass


default.attribute = D("function attribute")


def make():
    cell = D("cell")
    return lambda: cell


closure = make()
bound = D("self of a method").__init__


class K:
    attribute = D("class attribute")


first = D("a global")
print("end")
