# Breadth first: names, then what is in their containers; lists and tuples from their ends.
class D:
    def __init__(self, name, *held):
        self.name, self.held = name, held

    def __del__(self):
        print("del", self.name)


class Plain:
    pass


items = [D("l0", D("in l0")), D("l1"), [D("l2.0"), D("l2.1")]]
pair = D("t0"), D("t1")
table = {"k": D("d.k"), "j": [D("d.j0")], 3: D("d.3")}
single = {D("in a set")}
o = Plain()
o.x = D("o.x")
o.y = [D("o.y0"), D("o.y1")]
o.z = Plain()
o.z.deep = D("o.z.deep")
cycle = []
cycle.append(cycle)
cycle.append(D("cycle"))
empty = Plain()
last = D("last")
print("end")
