# Coroutines and asynchronous generators that are left behind.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Wait:
    def __await__(self):
        yield "waiting"


async def work(name):
    held = D(name + "'s")
    try:
        await Wait()
    finally:
        print("finally", name)


async def agen(name):
    try:
        yield name
    finally:
        print("agen finally", name)


c = work("c")
print(c.send(None))
d = D("d")
never = work("never")
g = agen("g")
step = g.__anext__()
try:
    step.send(None)
except StopIteration as e:
    print("got", e.value)
del step
unused = agen("unused")
print("end")
