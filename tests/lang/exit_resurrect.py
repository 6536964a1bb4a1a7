# Each __del__ runs once, also when it makes the object reachable again, or makes new objects.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)
        kept.append(self)


class Maker:
    def __del__(self):
        print("maker")
        kept.append(D("made at the end"))


kept = []
a = D("a")
b = D("b")
m = Maker()
print("end")
